//! Which parts of two names belong together.
//!
//! Every part of one name is held against every part of the other; the likeliest pairs are taken
//! first, in any order, neighbours also joined: *Exxon Mobil* is *ExxonMobil*, نور الدين *Noureddine*.
//! What the pairs are worth is left to `weigh`.

use crate::align::{Extent, FULL, Run, likeness, most_alike};
use crate::initials;
use crate::name::{MAX_CONTENT, Name, NameKind};
use crate::part::{Part, PartRole};
use crate::sounds::SOUNDS;

/// Parts less alike than this (thousandths) are not paired.
pub(crate) const PAIRED: u32 = 540;
/// The same within one script, where no transcription excuses a difference.
const PAIRED_IN_ONE_SCRIPT: u32 = 742;
/// Two parts joined must be this like the one they are held against.
const JOINED: u32 = 687;
/// A single part this like needs no look at joining.
pub(crate) const SETTLED: u32 = 990;
/// Forms of one given name agree a little less than one name.
pub(crate) const NICKNAME: u32 = 880;
/// Words of one meaning in two languages.
const SAME_MEANING: u32 = 990;
/// A word that may be the initials of others, by its letters: two agree by chance too often.
const ACRONYM_OF_TWO: u32 = 990;
const ACRONYM_OF_THREE: u32 = 967;
const ACRONYM: u32 = 930;
/// A letter that may stand for a part.
const INITIAL: u32 = 659;
/// What a fuzzy pair of a given name with a surname keeps, in hundredths: order is free in lists,
/// but *Kirill* for *Kirillov* is no spelling.
const CROSSED: u32 = 70;
/// *Salman bin Muhammad* is not *Muhammad bin Salman*: what a part keeps that is one's own name and
/// the other's father's, in hundredths.
const SON_FOR_FATHER: u32 = 59;
/// As alike as this, a part is the same in whatever role.
const SURELY: u32 = 880;

/// Two names side by side.
pub(crate) struct View<'a> {
    pub(crate) a: &'a Name,
    pub(crate) b: &'a Name,
    pub(crate) parts_a: Parts<'a>,
    pub(crate) parts_b: Parts<'a>,
    pub(crate) is_person: bool,
    /// Whether both names say whose child it is.
    pub(crate) fathers: bool,
    /// Whether both names say which part is the surname.
    pub(crate) surnames: bool,
}

/// The compared parts of a name.
pub(crate) struct Parts<'a> {
    name: &'a Name,
    pub(crate) len: usize,
}

impl<'a> Parts<'a> {
    fn of(name: &'a Name) -> Parts<'a> {
        Parts {
            name,
            len: name.content().len(),
        }
    }

    pub(crate) fn get(&self, at: usize) -> &'a Part {
        self.name.part(at)
    }

    /// All of them, as bits.
    pub(crate) fn all(&self) -> u32 {
        (1u32 << self.len) - 1
    }
}

/// Which parts belong together: up to two neighbouring ones on either side.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) a: (usize, usize),
    pub(crate) b: (usize, usize),
    pub(crate) likeness: u32,
    /// Whether one side is made of the other's initials.
    pub(crate) is_acronym: bool,
}

/// All pairs, and the parts that are in one, as bits.
pub(crate) struct Pairing {
    pairs: [Option<Pair>; MAX_CONTENT],
    pub(crate) len: usize,
    pub(crate) taken_a: u32,
    pub(crate) taken_b: u32,
}

impl<'a> View<'a> {
    pub(crate) fn of(a: &'a Name, b: &'a Name) -> View<'a> {
        let is_person = a.kind() == NameKind::Person || b.kind() == NameKind::Person;
        let fathers = is_person && a.has_father() && b.has_father();
        let surnames = is_person && a.has_surname() && b.has_surname();
        View {
            a,
            b,
            parts_a: Parts::of(a),
            parts_b: Parts::of(b),
            is_person,
            surnames,
            fathers,
        }
    }

    /// Likeness of two parts in their roles, in thousandths; 0 where it is too low for a pair.
    pub(crate) fn likeness(&self, a: &Part, b: &Part) -> u32 {
        // most parts of two names have nothing in common
        let share_sounds = a.extent.families & b.extent.families != 0;
        if !share_sounds && a.is_heard_only() && b.is_heard_only() && !a.is_spelled_like(b) {
            return 0;
        }
        let crossed = self.fathers && is_father(a) != is_father(b);
        let likeness = match self.unheard(a, b) {
            Unheard::Settled(likeness) => likeness,
            Unheard::Nickname => self.sounds_likeness(a, b, NICKNAME).max(NICKNAME),
            Unheard::BySound { least, softened } => {
                let sounds = self.sounds_likeness(a, b, least);
                if softened && sounds < SURELY {
                    sounds * CROSSED / 100
                } else {
                    sounds
                }
            }
        };
        if crossed {
            likeness * SON_FOR_FATHER / 100
        } else {
            likeness
        }
    }

    /// What is known of two parts before they are heard.
    fn unheard(&self, a: &Part, b: &Part) -> Unheard {
        if a.is_spelled_like(b) {
            return Unheard::Settled(FULL);
        }
        if a.role == PartRole::Number || b.role == PartRole::Number {
            return Unheard::Settled(0);
        }
        if let (Some(x), Some(y)) = (a.meaning, b.meaning) {
            return Unheard::Settled(if x == y { SAME_MEANING } else { 0 });
        }
        if a.role == PartRole::Initial || b.role == PartRole::Initial {
            return Unheard::Settled(self.initial_likeness(a, b));
        }
        if a.bearers.share(&b.bearers) {
            return Unheard::Nickname;
        }
        let softened = self.is_crossed(a, b);
        let mut least = PAIRED;
        if a.script == b.script {
            least = least.max(PAIRED_IN_ONE_SCRIPT);
        }
        if softened {
            least = least.max((PAIRED * 100).div_ceil(CROSSED));
        }
        if self.fathers && is_father(a) != is_father(b) {
            least = least.max((PAIRED * 100).div_ceil(SON_FOR_FATHER));
        }
        Unheard::BySound { least, softened }
    }

    /// Whether one part is what the other is not: a given name, a father's name, a surname.
    pub(crate) fn is_crossed(&self, a: &Part, b: &Part) -> bool {
        let crossed = matches!(
            (a.role, b.role),
            (PartRole::Given | PartRole::Patronymic, PartRole::Surname)
                | (PartRole::Surname, PartRole::Given | PartRole::Patronymic)
                | (PartRole::Given, PartRole::Patronymic)
                | (PartRole::Patronymic, PartRole::Given)
        );
        self.surnames && crossed
    }

    /// A letter agrees with a part that begins with its sound.
    fn initial_likeness(&self, a: &Part, b: &Part) -> u32 {
        let first = |name: &Name, part: &Part| name.sounds().get(part.sounds.start()).copied();
        let lettered = !a.sounds.is_empty() && !b.sounds.is_empty();
        match (first(self.a, a), first(self.b, b)) {
            (Some(x), Some(y)) if lettered && SOUNDS.swap(x, y) <= 20 => INITIAL,
            _ => 0,
        }
    }

    /// Likeness by ear, with and without what may be written on; 0 where it is below `least`.
    fn sounds_likeness(&self, a: &Part, b: &Part, least: u32) -> u32 {
        if a.extent.families & b.extent.families == 0 || a.sounds.is_empty() || b.sounds.is_empty()
        {
            return 0;
        }
        let heard = |a_bare: bool, b_bare: bool, best: u32| {
            let (a, b) = (heard_run(self.a, a, a_bare), heard_run(self.b, b, b_bare));
            likeness(&a, &b, least.max(best + 1)).max(best)
        };
        let mut best = heard(false, false, 0);
        if a.bare.is_some() {
            best = heard(true, false, best);
            if b.bare.is_some() {
                best = heard(true, true, best);
            }
        }
        if b.bare.is_some() {
            best = heard(false, true, best);
        }
        best
    }
}

/// What two parts are to each other before they are heard.
enum Unheard {
    /// Their likeness, whatever they sound like.
    Settled(u32),
    /// Forms of one given name, at least.
    Nickname,
    /// By sound alone; below `least` they are no pair.
    BySound { least: u32, softened: bool },
}

/// What an acronym of so many letters agrees with the words it abbreviates.
fn acronym_likeness(letters: usize) -> u32 {
    match letters {
        0..=2 => ACRONYM_OF_TWO,
        3 => ACRONYM_OF_THREE,
        _ => ACRONYM,
    }
}

/// The parts, as bits, that repeat what is in a pair already: a name's own acronym or its words.
fn said_twice(name: &Name, taken: u32) -> u32 {
    let Some((short, (at, len))) = name.own_acronym() else {
        return 0;
    };
    let run = ((1u32 << len) - 1) << at;
    if taken & (1 << short) != 0 && taken & run == 0 {
        run
    } else if taken & (1 << short) == 0 && taken & run != 0 {
        1 << short
    } else {
        0
    }
}

fn is_father(part: &Part) -> bool {
    part.role == PartRole::Patronymic
}

pub(crate) fn run<'a>(name: &'a Name, part: &Part) -> Run<'a> {
    Run {
        sounds: &name.sounds()[part.sounds.range()],
        extent: part.extent,
    }
}

fn heard_run<'a>(name: &'a Name, part: &Part, is_bare: bool) -> Run<'a> {
    match part.bare.filter(|_| is_bare) {
        Some(bare) => Run {
            sounds: &name.sounds()[bare.range()],
            extent: part.bare_extent,
        },
        None => run(name, part),
    }
}

/// Two neighbours as one run.
pub(crate) fn joined_run<'a>(name: &'a Name, first: &Part, second: &Part) -> Run<'a> {
    let sounds = &name.sounds()[first.sounds.start()..second.sounds.end()];
    // a word said before may stand between, whose sounds are no part's that is compared
    let are_neighbours = first.sounds.end() == second.sounds.start();
    Run {
        sounds,
        extent: if are_neighbours {
            first.extent.joined(&second.extent)
        } else {
            let families = first.extent.families | second.extent.families;
            Extent::of(sounds, first.is_arabic()).among(families)
        },
    }
}

/// How alike two neighbours of a name are to one part of another at most.
pub(crate) fn most_joined(name: &Name, first: &Part, second: &Part, one: &Part) -> u32 {
    if !first.extent.may_join(&second.extent, &one.extent, JOINED)
        || [first, second, one].into_iter().any(never_joins)
        || one.sounds.is_empty()
    {
        return 0;
    }
    let both = joined_run(name, first, second);
    if both.sounds.is_empty() {
        return 0;
    }
    most_alike(&both.extent, &one.extent, JOINED)
}

/// Likeness of two neighbours with one part of the other name; 0 where a single one is as like.
pub(crate) fn joined_likeness(a: &Run<'_>, b: &Run<'_>, single: u32) -> u32 {
    likeness(a, b, JOINED.max(single + 1))
}

/// Likeness of each part of one name with each of the other.
pub(crate) type Grid = [[u16; MAX_CONTENT]; MAX_CONTENT];

impl View<'_> {
    /// Holds every part against every part.
    pub(crate) fn grid(&self) -> Grid {
        let mut grid = [[0; MAX_CONTENT]; MAX_CONTENT];
        for (i, row) in grid.iter_mut().enumerate().take(self.parts_a.len) {
            for (j, cell) in row.iter_mut().enumerate().take(self.parts_b.len) {
                *cell = thousandths(self.likeness(self.parts_a.get(i), self.parts_b.get(j)));
            }
        }
        grid
    }
}

/// A likeness is no more than a thousand.
pub(crate) fn thousandths(likeness: u32) -> u16 {
    u16::try_from(likeness).unwrap_or(u16::MAX)
}

/// The parts of either name, as bits, that have a counterpart of their own so like them that no joining is looked for:
/// in *Plant P.I. Plandin* the plant is завод, and only *Plandin* is Пландина.
struct Settled {
    a: u32,
    b: u32,
}

impl Settled {
    fn of(grid: &Grid, n: usize, m: usize) -> Settled {
        let mut settled = Settled { a: 0, b: 0 };
        for (i, row) in grid.iter().enumerate().take(n) {
            for (j, &likeness) in row.iter().enumerate().take(m) {
                if u32::from(likeness) >= SETTLED {
                    settled.a |= 1 << i;
                    settled.b |= 1 << j;
                }
            }
        }
        settled
    }
}

/// Numbers and letters stand alone.
fn never_joins(part: &Part) -> bool {
    matches!(part.role, PartRole::Number | PartRole::Initial)
}

impl Pairing {
    pub(crate) fn of(view: &View<'_>, grid: &Grid) -> Pairing {
        let mut pairing = Pairing {
            pairs: [None; MAX_CONTENT],
            len: 0,
            taken_a: 0,
            taken_b: 0,
        };
        let (n, m) = (view.parts_a.len, view.parts_b.len);
        pairing.take_joined(view, grid);
        pairing.take_single(grid, n, m);
        if !view.is_person {
            pairing.take_acronyms(view);
        }
        pairing
    }

    /// Takes neighbours that are one word on the other side.
    fn take_joined(&mut self, view: &View<'_>, grid: &Grid) {
        let (n, m) = (view.parts_a.len, view.parts_b.len);
        let settled = Settled::of(grid, n, m);
        for i in 0..n.saturating_sub(1) {
            let (x, y) = (view.parts_a.get(i), view.parts_a.get(i + 1));
            for (j, (&above, &below)) in grid[i].iter().zip(&grid[i + 1]).enumerate().take(m) {
                let single = u32::from(above.max(below));
                let z = view.parts_b.get(j);
                if settled.a & (0b11 << i) != 0
                    || settled.b & (1 << j) != 0
                    || !x.extent.may_join(&y.extent, &z.extent, JOINED)
                    || [x, y, z].into_iter().any(never_joins)
                {
                    continue;
                }
                let joined = joined_likeness(&joined_run(view.a, x, y), &run(view.b, z), single);
                if joined > 0 {
                    self.take(Pair {
                        a: (i, 2),
                        b: (j, 1),
                        likeness: joined,
                        is_acronym: false,
                    });
                }
            }
        }
        for j in 0..m.saturating_sub(1) {
            let (x, y) = (view.parts_b.get(j), view.parts_b.get(j + 1));
            for (i, row) in grid.iter().enumerate().take(n) {
                let single = u32::from(row[j].max(row[j + 1]));
                let z = view.parts_a.get(i);
                if settled.a & (1 << i) != 0
                    || settled.b & (0b11 << j) != 0
                    || !x.extent.may_join(&y.extent, &z.extent, JOINED)
                    || [x, y, z].into_iter().any(never_joins)
                {
                    continue;
                }
                let joined = joined_likeness(&run(view.a, z), &joined_run(view.b, x, y), single);
                if joined > 0 {
                    self.take(Pair {
                        a: (i, 1),
                        b: (j, 2),
                        likeness: joined,
                        is_acronym: false,
                    });
                }
            }
        }
    }

    /// Takes single parts, the likeliest pair first.
    fn take_single(&mut self, grid: &Grid, n: usize, m: usize) {
        for _ in 0..n.min(m) {
            let mut best: Option<Pair> = None;
            for (i, row) in grid.iter().enumerate().take(n) {
                for (j, &likeness) in row.iter().enumerate().take(m) {
                    let likeness = u32::from(likeness);
                    let free = self.taken_a & (1 << i) == 0 && self.taken_b & (1 << j) == 0;
                    if free && likeness >= PAIRED && best.is_none_or(|p| likeness > p.likeness) {
                        best = Some(Pair {
                            a: (i, 1),
                            b: (j, 1),
                            likeness,
                            is_acronym: false,
                        });
                    }
                }
            }
            let Some(pair) = best else { return };
            self.take(pair);
        }
    }

    /// Takes words for the initials of a run of words, and what a name says twice.
    fn take_acronyms(&mut self, view: &View<'_>) {
        for i in 0..view.parts_a.len {
            if self.taken_a & (1 << i) == 0
                && let Some(run) = initials::run_of(view.a.letters(i), view.b, self.taken_b)
            {
                let likeness = acronym_likeness(view.a.letters(i).len());
                self.take(Pair {
                    a: (i, 1),
                    b: run,
                    likeness,
                    is_acronym: true,
                });
            }
        }
        for j in 0..view.parts_b.len {
            if self.taken_b & (1 << j) == 0
                && let Some(run) = initials::run_of(view.b.letters(j), view.a, self.taken_a)
            {
                let likeness = acronym_likeness(view.b.letters(j).len());
                self.take(Pair {
                    a: run,
                    b: (j, 1),
                    likeness,
                    is_acronym: true,
                });
            }
        }
        self.taken_a |= said_twice(view.a, self.taken_a);
        self.taken_b |= said_twice(view.b, self.taken_b);
    }

    fn take(&mut self, pair: Pair) {
        let bits = |(at, len): (usize, usize)| ((1u32 << len) - 1) << at;
        if self.taken_a & bits(pair.a) != 0 || self.taken_b & bits(pair.b) != 0 {
            return;
        }
        if let Some(slot) = self.pairs.get_mut(self.len) {
            *slot = Some(pair);
            self.len += 1;
            self.taken_a |= bits(pair.a);
            self.taken_b |= bits(pair.b);
        }
    }

    pub(crate) fn pairs(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().take(self.len).flatten()
    }
}
