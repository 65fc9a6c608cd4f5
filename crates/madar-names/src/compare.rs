//! How alike two names are, part by part, and why.
//!
//! Every part of one name is held against every part of the other; the likeliest pairs are taken
//! first, in any order, neighbours also joined (*Exxon Mobil*, *ExxonMobil*). What is left over
//! decides: parts left on one side are missing on the other, parts left on both contradict. "Kirill
//! Dmitriev" and "Dmitri Kirillov" have alike parts in the wrong roles; "Mikhail" and "Gennady"
//! Timchenko share a surname and nothing else.

use crate::acronym::abbreviates;
use crate::align::{FULL, Run, lengths, likeness};
use crate::likeness::{Likeness, Reason, Score, Side};
use crate::name::{MAX_CONTENT, Name, NameKind};
use crate::part::{Part, PartRole};
use crate::script::Script;
use crate::sounds::SOUNDS;

/// Parts less alike than this (thousandths) are not paired.
const PAIRED: u32 = 560;
/// Two parts joined must be this like the one they are held against.
const JOINED: u32 = 810;
/// A single part this like needs no look at joining.
const SETTLED: u32 = 900;
/// Forms of one given name agree a little less than one name.
const NICKNAME: u32 = 900;
/// Words of one meaning in two languages.
const SAME_MEANING: u32 = 980;
/// A letter that may stand for a part.
const INITIAL: u32 = 860;
/// What a fuzzy pair of a given name with a surname keeps, in hundredths: order is free in lists,
/// but *Kirill* for *Kirillov* is no spelling.
const CROSSED: u32 = 80;
/// As alike as this, a part is the same in whatever role.
const SURELY: u32 = 880;
/// How much faster agreement falls than likeness, in hundredths: a part of 0.8 likeness agrees by
/// 0.63 of its weight.
const STEEPNESS: u32 = 140;
/// Added to it within one script, where a difference is no matter of transcription.
const IN_ONE_SCRIPT: u32 = 10;
/// What contradicting parts count against agreeing ones, in hundredths.
const CONTRADICTION: u32 = 115;
/// What a missing part counts where several others agree, in hundredths.
const MISSING: u32 = 14;
/// What it counts where only one part agrees: a surname alone is half a name.
const MISSING_OF_ONE: u32 = 95;
/// The same two figures for organisations' names.
const STEEPNESS_OF_WORDS: u32 = 130;
const CONTRADICTING_WORD: u32 = 156;
/// What a missing distinctive word of an organisation's name counts, where several others agree.
const MISSING_WORD: u32 = 18;
/// Where only one does.
const MISSING_WORD_OF_ONE: u32 = 36;
/// Words of a trade that contradict: *Gazprom Bank*, *Gazprom Oil*.
const CONTRADICTING_CLASS: u32 = 131;
/// A word of a trade that is missing.
const MISSING_CLASS: u32 = 8;
/// The weight of a given name or surname that found no counterpart.
const NAME: u32 = 100;
/// The least weight of a part that agreement can hang on.
const STRONG: u32 = 50;
/// A missing patronymic counts less than a missing given name, in hundredths of its weight.
const MISSING_PATRONYMIC: u32 = 60;
/// The score of an acronym with what it abbreviates: likely, never certain.
const ACRONYM: u32 = 8_000;
/// Names that sound exactly alike but are not written alike stay below one.
const NEARLY_ONE: u32 = 9_950;
/// Parts in another order: *Dmitriev Kirill*. Keeps the order of scores near the top.
const REORDERED: u32 = 20;

/// Compares two names and says why.
///
/// ```
/// use madar_names::{Name, NameKind, SAME, compare};
/// let person = |text| Name::new(text, NameKind::Person);
/// let full = person("Геннадий Николаевич Тимченко");
/// assert!(compare(&full, &person("جينادي تيمتشينكو")).score() >= SAME);
/// assert!(compare(&full, &person("Timchenko")).score() < SAME); // which Timchenko?
/// assert!(compare(&full, &person("Xenia Timchenko")).score() < SAME);
/// ```
pub fn compare(a: &Name, b: &Name) -> Likeness {
    let swapped = is_after(a, b);
    let (first, second) = if swapped { (b, a) } else { (a, b) };
    let view = View::of(first, second);
    let pairing = Pairing::of(&view);
    let (score, acronym) = weigh(&view, &pairing);
    let mut reasons = view.reasons(&pairing, acronym);
    if swapped {
        reasons = reasons.into_iter().map(turned).collect();
    }
    Likeness { score, reasons }
}

/// The score of [`compare`] without its reasons, for comparing by the million.
pub fn score(a: &Name, b: &Name) -> Score {
    let (first, second) = if is_after(a, b) { (b, a) } else { (a, b) };
    let view = View::of(first, second);
    weigh(&view, &Pairing::of(&view)).0
}

/// One fixed order of two names makes the comparison symmetric, whatever breaks its ties.
fn is_after(a: &Name, b: &Name) -> bool {
    (a.folded(), a.text(), a.kind()) > (b.folded(), b.text(), b.kind())
}

/// Two names side by side.
struct View<'a> {
    a: &'a Name,
    b: &'a Name,
    parts_a: Parts<'a>,
    parts_b: Parts<'a>,
    is_person: bool,
    /// Whether both names say which part is the surname.
    surnames: bool,
}

/// The compared parts of a name.
struct Parts<'a> {
    parts: [Option<&'a Part>; MAX_CONTENT],
    len: usize,
}

impl<'a> Parts<'a> {
    fn of(name: &'a Name) -> Parts<'a> {
        let mut parts = [None; MAX_CONTENT];
        let mut len = 0;
        for (slot, part) in parts.iter_mut().zip(name.content()) {
            *slot = Some(part);
            len += 1;
        }
        Parts { parts, len }
    }

    fn get(&self, at: usize) -> &'a Part {
        self.parts[at].expect("at < len")
    }
}

/// Which parts belong together: up to two neighbouring ones on either side.
#[derive(Clone, Copy)]
struct Pair {
    a: (usize, usize),
    b: (usize, usize),
    likeness: u32,
}

/// All pairs, and the parts that are in one, as bits.
struct Pairing {
    pairs: [Option<Pair>; MAX_CONTENT],
    len: usize,
    taken_a: u32,
    taken_b: u32,
}

impl<'a> View<'a> {
    fn of(a: &'a Name, b: &'a Name) -> View<'a> {
        let is_person = a.kind() == NameKind::Person || b.kind() == NameKind::Person;
        let has_surname = |name: &Name| name.content().any(|p| p.role == PartRole::Surname);
        let surnames = is_person && has_surname(a) && has_surname(b);
        View {
            a,
            b,
            parts_a: Parts::of(a),
            parts_b: Parts::of(b),
            is_person,
            surnames,
        }
    }

    /// Likeness of two parts, in thousandths.
    fn parts_likeness(&self, a: &Part, b: &Part) -> u32 {
        if a.folded == b.folded {
            return FULL;
        }
        if a.role == PartRole::Number || b.role == PartRole::Number {
            return 0;
        }
        if let (Some(x), Some(y)) = (a.meaning, b.meaning) {
            return if x == y { SAME_MEANING } else { 0 };
        }
        if a.role == PartRole::Initial || b.role == PartRole::Initial {
            return self.initial_likeness(a, b);
        }
        if a.bearers.iter().any(|n| b.bearers.contains(n)) {
            return self.sounds_likeness(a, b).max(NICKNAME);
        }
        let sounds = self.sounds_likeness(a, b);
        let crossed = matches!(
            (a.role, b.role),
            (PartRole::Given | PartRole::Patronymic, PartRole::Surname)
                | (PartRole::Surname, PartRole::Given | PartRole::Patronymic)
                | (PartRole::Given, PartRole::Patronymic)
                | (PartRole::Patronymic, PartRole::Given)
        );
        if self.surnames && crossed && sounds < SURELY {
            sounds * CROSSED / 100
        } else {
            sounds
        }
    }

    /// A letter agrees with a part that begins with its sound.
    fn initial_likeness(&self, a: &Part, b: &Part) -> u32 {
        let first = |name: &Name, part: &Part| name.sounds().get(part.sounds.start).copied();
        let lettered = !a.sounds.is_empty() && !b.sounds.is_empty();
        match (first(self.a, a), first(self.b, b)) {
            (Some(x), Some(y)) if lettered && SOUNDS.swap(x, y) <= 20 => INITIAL,
            _ => 0,
        }
    }

    /// Likeness by ear, with and without what may be written on.
    fn sounds_likeness(&self, a: &Part, b: &Part) -> u32 {
        let mut best = likeness(run(self.a, a), run(self.b, b));
        let (bare_a, bare_b) = (bare_run(self.a, a), bare_run(self.b, b));
        if let Some(bare_a) = bare_a {
            best = best.max(likeness(bare_a, run(self.b, b)));
            if let Some(bare_b) = bare_b {
                best = best.max(likeness(bare_a, bare_b));
            }
        }
        if let Some(bare_b) = bare_b {
            best = best.max(likeness(run(self.a, a), bare_b));
        }
        best
    }
}

fn run<'a>(name: &'a Name, part: &Part) -> Run<'a> {
    Run {
        sounds: &name.sounds()[part.sounds.clone()],
        lengths: part.lengths,
        is_arabic: part.script == Script::Arabic,
    }
}

fn bare_run<'a>(name: &'a Name, part: &Part) -> Option<Run<'a>> {
    let bare = part.bare.clone()?;
    Some(Run {
        sounds: &name.sounds()[bare],
        lengths: part.bare_lengths,
        is_arabic: part.script == Script::Arabic,
    })
}

/// Two neighbours as one run.
fn joined_run<'a>(name: &'a Name, first: &Part, second: &Part) -> Run<'a> {
    let sounds = &name.sounds()[first.sounds.start..second.sounds.end];
    Run {
        sounds,
        lengths: lengths(sounds),
        is_arabic: first.script == Script::Arabic,
    }
}

impl Pairing {
    fn of(view: &View<'_>) -> Pairing {
        let mut pairing = Pairing {
            pairs: [None; MAX_CONTENT],
            len: 0,
            taken_a: 0,
            taken_b: 0,
        };
        let (n, m) = (view.parts_a.len, view.parts_b.len);
        let mut grid = [[0u32; MAX_CONTENT]; MAX_CONTENT];
        for (i, row) in grid.iter_mut().enumerate().take(n) {
            for (j, cell) in row.iter_mut().enumerate().take(m) {
                *cell = view.parts_likeness(view.parts_a.get(i), view.parts_b.get(j));
            }
        }
        pairing.take_joined(view, &grid);
        pairing.take_single(&grid, n, m);
        pairing
    }

    /// Takes neighbours that are one word on the other side.
    fn take_joined(&mut self, view: &View<'_>, grid: &[[u32; MAX_CONTENT]; MAX_CONTENT]) {
        let (n, m) = (view.parts_a.len, view.parts_b.len);
        let joins = |part: &Part| matches!(part.role, PartRole::Number | PartRole::Initial);
        for i in 0..n.saturating_sub(1) {
            let (x, y) = (view.parts_a.get(i), view.parts_a.get(i + 1));
            for (j, (&above, &below)) in grid[i].iter().zip(&grid[i + 1]).enumerate().take(m) {
                let single = above.max(below);
                let z = view.parts_b.get(j);
                if single >= SETTLED || joins(x) || joins(y) || joins(z) {
                    continue;
                }
                let joined = likeness(joined_run(view.a, x, y), run(view.b, z));
                if joined >= JOINED && joined > single {
                    self.take(Pair {
                        a: (i, 2),
                        b: (j, 1),
                        likeness: joined,
                    });
                }
            }
        }
        for j in 0..m.saturating_sub(1) {
            let (x, y) = (view.parts_b.get(j), view.parts_b.get(j + 1));
            for (i, row) in grid.iter().enumerate().take(n) {
                let single = row[j].max(row[j + 1]);
                let z = view.parts_a.get(i);
                if single >= SETTLED || joins(x) || joins(y) || joins(z) {
                    continue;
                }
                let joined = likeness(run(view.a, z), joined_run(view.b, x, y));
                if joined >= JOINED && joined > single {
                    self.take(Pair {
                        a: (i, 1),
                        b: (j, 2),
                        likeness: joined,
                    });
                }
            }
        }
    }

    /// Takes single parts, the likeliest pair first.
    fn take_single(&mut self, grid: &[[u32; MAX_CONTENT]; MAX_CONTENT], n: usize, m: usize) {
        for _ in 0..n.min(m) {
            let mut best: Option<Pair> = None;
            for (i, row) in grid.iter().enumerate().take(n) {
                for (j, &likeness) in row.iter().enumerate().take(m) {
                    let free = self.taken_a & (1 << i) == 0 && self.taken_b & (1 << j) == 0;
                    if free && likeness >= PAIRED && best.is_none_or(|p| likeness > p.likeness) {
                        best = Some(Pair {
                            a: (i, 1),
                            b: (j, 1),
                            likeness,
                        });
                    }
                }
            }
            let Some(pair) = best else { return };
            self.take(pair);
        }
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

    fn pairs(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().take(self.len).flatten()
    }
}

/// What agrees, what contradicts and what is missing, as one score; true if by an acronym.
fn weigh(view: &View<'_>, pairing: &Pairing) -> (Score, bool) {
    if view.parts_a.len == 0 || view.parts_b.len == 0 {
        let equal = view.a.text() == view.b.text() && view.a.kind() == view.b.kind();
        return (if equal { Score::ONE } else { Score::ZERO }, false);
    }
    if view.a.folded() == view.b.folded() {
        return (same_words(view), false);
    }
    let sums = Sums::of(view, pairing);
    let score = sums.score(view.is_person);
    if score < ACRONYM && !view.is_person && is_acronym(view) {
        return (Score::from_ten_thousandths(ACRONYM), true);
    }
    let reordered = pairing
        .pairs()
        .any(|p| pairing.pairs().any(|q| p.a.0 < q.a.0 && p.b.0 > q.b.0));
    let score = if reordered {
        score.saturating_sub(REORDERED)
    } else {
        score
    };
    (Score::from_ten_thousandths(score.min(NEARLY_ONE)), false)
}

/// Names of the same words: one if also written the same, a little less for what differs around them.
fn same_words(view: &View<'_>) -> Score {
    if view.a.text() == view.b.text() && view.a.kind() == view.b.kind() {
        return Score::ONE;
    }
    let words = |name: &Name| name.parts().len();
    let around = words(view.a).abs_diff(words(view.b)).min(5);
    Score::from_ten_thousandths(9_999 - u32::try_from(around).unwrap_or(5))
}

fn is_acronym(view: &View<'_>) -> bool {
    let one_short = |parts: &Parts<'_>, other: &Parts<'_>| {
        parts.len == 1 && other.len > 1 && parts.get(0).folded.len() <= 20
    };
    let (a, b) = (view.a, view.b);
    one_short(&view.parts_a, &view.parts_b) && abbreviates(&view.parts_a.get(0).folded, b.text())
        || one_short(&view.parts_b, &view.parts_a)
            && abbreviates(&view.parts_b.get(0).folded, a.text())
}

/// The weights of two names' parts, summed by what became of them.
#[derive(Default)]
struct Sums {
    /// Of the pairs, and of that what agrees, in hundredths of a weight.
    paired: u32,
    agreed: u32,
    /// The number of pairs that weigh: words, given names, surnames.
    strong_pairs: u32,
    /// Of the names and words left over on either side.
    left_a: u32,
    left_b: u32,
    /// Of the words of a trade left over.
    class_a: u32,
    class_b: u32,
}

impl Sums {
    fn of(view: &View<'_>, pairing: &Pairing) -> Sums {
        let mut sums = Sums::default();
        let steepness = if view.is_person {
            STEEPNESS
        } else {
            STEEPNESS_OF_WORDS
        };
        let weight = |parts: &Parts<'_>, (at, len): (usize, usize)| {
            (at..at + len)
                .map(|i| parts.get(i).weight)
                .max()
                .unwrap_or(0)
        };
        for pair in pairing.pairs() {
            let weight = weight(&view.parts_a, pair.a).min(weight(&view.parts_b, pair.b));
            let scripts = [
                view.parts_a.get(pair.a.0).script,
                view.parts_b.get(pair.b.0).script,
            ];
            let steepness = steepness
                + if scripts[0] == scripts[1] {
                    IN_ONE_SCRIPT
                } else {
                    0
                };
            let unlike = (FULL - pair.likeness) * steepness / 100;
            sums.paired += weight;
            sums.agreed += weight * FULL.saturating_sub(unlike) / 10;
            sums.strong_pairs += u32::from(weight >= STRONG);
        }
        (sums.left_a, sums.class_a) = left_over(&view.parts_a, pairing.taken_a);
        (sums.left_b, sums.class_b) = left_over(&view.parts_b, pairing.taken_b);
        sums
    }

    /// In ten-thousandths.
    fn score(&self, is_person: bool) -> u32 {
        let (missing, contradiction) = match (is_person, self.strong_pairs) {
            (true, 0 | 1) => (MISSING_OF_ONE, CONTRADICTION),
            (true, _) => (MISSING, CONTRADICTION),
            (false, 0 | 1) => (MISSING_WORD_OF_ONE, CONTRADICTING_WORD),
            (false, _) => (MISSING_WORD, CONTRADICTING_WORD),
        };
        let against = self.left_a.min(self.left_b) * contradiction
            + self.class_a.min(self.class_b) * CONTRADICTING_CLASS;
        let lacking = self.left_a.abs_diff(self.left_b) * missing
            + self.class_a.abs_diff(self.class_b) * MISSING_CLASS;
        let whole = u64::from(self.paired * 100 + against + lacking).max(1);
        u32::try_from(u64::from(self.agreed) * 10_000 / whole).unwrap_or(0)
    }
}

/// The weight of names and words that found no counterpart, and that of words of a trade.
fn left_over(parts: &Parts<'_>, taken: u32) -> (u32, u32) {
    let (mut words, mut classes) = (0, 0);
    for part in (0..parts.len)
        .filter(|i| taken & (1 << i) == 0)
        .map(|i| parts.get(i))
    {
        match part.role {
            PartRole::ClassWord => classes += part.weight,
            PartRole::Patronymic => words += part.weight * MISSING_PATRONYMIC / 100,
            // Very common names contradict like any other: only agreeing on them says less.
            PartRole::Given | PartRole::Surname => words += NAME,
            _ => words += part.weight,
        }
    }
    (words, classes)
}

impl View<'_> {
    fn reasons(&self, pairing: &Pairing, acronym: bool) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if acronym {
            let (short, long) = if self.parts_a.len == 1 {
                (self.a, self.b)
            } else {
                (self.b, self.a)
            };
            reasons.push(Reason::Acronym {
                short: short.text().to_owned(),
                long: long.text().to_owned(),
            });
            return reasons;
        }
        for pair in pairing.pairs() {
            self.pair_reasons(pair, &mut reasons);
        }
        let left = |parts: &Parts<'_>, taken: u32| -> Vec<String> {
            let free = (0..parts.len).filter(|i| taken & (1 << i) == 0);
            free.map(|i| parts.get(i).text.clone()).collect()
        };
        let (left_a, left_b) = (
            left(&self.parts_a, pairing.taken_a),
            left(&self.parts_b, pairing.taken_b),
        );
        for (a, b) in left_a.iter().zip(&left_b) {
            reasons.push(Reason::Contradicts {
                a: a.clone(),
                b: b.clone(),
            });
        }
        let missing = |part: &String, side| Reason::Missing {
            part: part.clone(),
            side,
        };
        reasons.extend(
            left_a
                .iter()
                .skip(left_b.len())
                .map(|p| missing(p, Side::First)),
        );
        reasons.extend(
            left_b
                .iter()
                .skip(left_a.len())
                .map(|p| missing(p, Side::Second)),
        );
        for (name, side) in [(self.a, Side::First), (self.b, Side::Second)] {
            if name.had_homoglyphs() {
                reasons.push(Reason::Homoglyph { side });
            }
        }
        reasons
    }

    fn pair_reasons(&self, pair: &Pair, reasons: &mut Vec<Reason>) {
        let text = |parts: &Parts<'_>, (at, len): (usize, usize)| -> String {
            let texts: Vec<&str> = (at..at + len).map(|i| parts.get(i).text.as_str()).collect();
            texts.join(" ")
        };
        let (a, b) = (text(&self.parts_a, pair.a), text(&self.parts_b, pair.b));
        let (x, y) = (self.parts_a.get(pair.a.0), self.parts_b.get(pair.b.0));
        let single = pair.a.1 == 1 && pair.b.1 == 1;
        let common = (x.is_common && y.is_common).then(|| a.clone());
        reasons.push(if single && x.folded == y.folded {
            Reason::Same { a, b }
        } else if single && x.meaning.is_some() && x.meaning == y.meaning {
            Reason::SameMeaning { a, b }
        } else if single && (x.role == PartRole::Initial || y.role == PartRole::Initial) {
            Reason::InitialOf { a, b }
        } else if single
            && pair.likeness == NICKNAME
            && x.bearers.iter().any(|n| y.bearers.contains(n))
        {
            Reason::Nickname { a, b }
        } else {
            Reason::SpelledOtherwise {
                a,
                b,
                score: Score::from_ten_thousandths(pair.likeness * 10),
            }
        });
        if let Some(part) = common {
            reasons.push(Reason::TooCommon { part });
        }
    }
}

/// A reason as seen with the two names exchanged.
fn turned(reason: Reason) -> Reason {
    let other = |side| match side {
        Side::First => Side::Second,
        Side::Second => Side::First,
    };
    match reason {
        Reason::Same { a, b } => Reason::Same { a: b, b: a },
        Reason::SpelledOtherwise { a, b, score } => Reason::SpelledOtherwise { a: b, b: a, score },
        Reason::Nickname { a, b } => Reason::Nickname { a: b, b: a },
        Reason::SameMeaning { a, b } => Reason::SameMeaning { a: b, b: a },
        Reason::InitialOf { a, b } => Reason::InitialOf { a: b, b: a },
        Reason::Contradicts { a, b } => Reason::Contradicts { a: b, b: a },
        Reason::Missing { part, side } => Reason::Missing {
            part,
            side: other(side),
        },
        Reason::Homoglyph { side } => Reason::Homoglyph { side: other(side) },
        kept @ (Reason::TooCommon { .. } | Reason::Acronym { .. }) => kept,
    }
}
