//! One name held against many: what is found out of a part once is not found out again.
//!
//! Of a hundred listed names that share *Mohammed* with the one asked for, most have it in one of five
//! spellings: how alike these are to the parts of the one asked for is looked up from the second time on. Most
//! names are left before their parts are paired (`reach`). Left to others: which names (`index`), and what a
//! comparison is worth (`weigh`).

use std::cell::Cell;

use rustc_hash::FxHashMap;

use crate::likeness::{Score, Wanted, Weighed};
use crate::name::{MAX_CONTENT, Name};
use crate::pairing::{Grid, Pairing, SETTLED, View, most_joined};
use crate::part::Part;
use crate::reach::{Best, Hopes, Joined, Prospect, Reach, Whole};
use crate::surprise::{is_whole, surprise};
use crate::weigh::weigh;

/// One name, to be held against many others.
///
/// ```
/// use madar_names::{Against, Name, NameKind, SAME, score};
/// let person = |text| Name::new(text, NameKind::Person);
/// let asked = person("Kirill Dmitriev");
/// let mut asked = Against::new(&asked);
/// assert!(asked.weighed(&person("Кирилл Дмитриев"), &SAME.into()).is_some());
/// assert!(asked.weighed(&person("Dmitri Kirillov"), &SAME.into()).is_none());
/// ```
pub struct Against<'a> {
    name: &'a Name,
    room: Room,
}

/// What grows while a name is held against others.
#[derive(Default)]
struct Room {
    known: Known,
    /// Neighbours of the two names in hand that could be one word.
    joined: Vec<Joined>,
}

thread_local! {
    /// The room that the last name took, for the next; nothing is known in it.
    static ROOM: Cell<Option<Room>> = const { Cell::new(None) };
}

/// Parts met of which the room is kept at most, so that one monstrous query holds no memory for good.
const MAX_KEPT: usize = 2_000;

impl Drop for Against<'_> {
    fn drop(&mut self) {
        let mut room = std::mem::take(&mut self.room);
        if room.known.rows.len() <= MAX_KEPT {
            room.known.places.clear();
            room.known.rows.clear();
            room.known.told.clear();
            ROOM.set(Some(room));
        }
    }
}

/// What is known of parts of others.
#[derive(Default)]
struct Known {
    /// Where the row of a part stands, by the part's identity.
    places: FxHashMap<u64, usize>,
    rows: Vec<Row>,
    /// What the rows tell of each part of this name, one after the other.
    told: Vec<Best>,
}

/// What the parts of this name are to a part of another.
struct Row {
    /// Where in [`Known::told`] that begins, part by part.
    from: usize,
    /// And all together.
    whole: Whole,
    /// Those that are so like it, as bits, that no joining is looked for.
    settled: u32,
    /// Where in [`Known::told`] begins what each two neighbours joined are to it at most, once it is wanted; none of
    /// them anything if there is no such place.
    joined: Option<Option<usize>>,
}

/// Where the rows of another name's parts stand.
type Places = [usize; MAX_CONTENT];

impl<'a> Against<'a> {
    /// Nothing is known yet.
    pub fn new(name: &'a Name) -> Self {
        Against {
            name,
            room: ROOM.take().unwrap_or_default(),
        }
    }

    /// Whether another name shares a family of sounds, a letter or a known word with this one: if not, nothing of
    /// them is alike. Asked of many before any is compared, it brings them near.
    pub fn may_share(&self, other: &Name) -> bool {
        let others = other
            .content()
            .fold(0, |all, part| all | part.extent.families);
        let mut own = self.name.content();
        own.any(|part| part.extent.families & others != 0 || !part.is_heard_only())
            || other.content().any(|part| !part.is_heard_only())
    }

    /// The score of [`crate::compare`] with another name, where it is `bar` or above.
    pub fn score(&mut self, other: &Name, bar: Score) -> Option<Score> {
        let (view, is_first) = self.view(other);
        let pairing = self.pairing(&view, is_first, &bar.into())?;
        let (score, _) = weigh(&view, &pairing);
        (score >= bar).then_some(score)
    }

    /// What [`crate::compare`] finds of another name without saying why, where it comes to what is wanted.
    pub fn weighed(&mut self, other: &Name, wanted: &Wanted) -> Option<Weighed> {
        let (view, is_first) = self.view(other);
        let pairing = self.pairing(&view, is_first, wanted)?;
        let (score, is_acronym) = weigh(&view, &pairing);
        if score < wanted.score {
            return None;
        }
        let weighed = Weighed {
            score,
            evidence: surprise(&view, &pairing),
            is_whole: is_whole(&view, &pairing),
            is_acronym,
        };
        let tells = weighed.evidence >= wanted.evidence || (wanted.or_whole && weighed.is_whole);
        tells.then_some(weighed)
    }

    /// Both names in their fixed order, and whether this one is the first.
    fn view<'b>(&self, other: &'b Name) -> (View<'b>, bool)
    where
        'a: 'b,
    {
        if self.name.is_after(other) {
            (View::of(other, self.name), false)
        } else {
            (View::of(self.name, other), true)
        }
    }

    fn pairing(&mut self, view: &View<'_>, is_first: bool, wanted: &Wanted) -> Option<Pairing> {
        let Room { known, joined } = &mut self.room;
        let held = Held { view, is_first };
        known.pairing(&held, Reach::of(view, wanted, joined))
    }
}

impl Known {
    /// The pairs of two names that may come to what is wanted: most others are told before they are paired.
    fn pairing(&mut self, held: &Held<'_>, reach: Reach<'_>) -> Option<Pairing> {
        let places = self.places(held);
        let places = &places[..held.others()];
        let known = places.iter().map(|&place| self.hopes(held, place));
        let mut prospect = Prospect::default();
        prospect.open(held.is_first, known);
        if !reach.may(&prospect, |all| self.joined(held, places, all)) {
            return None;
        }
        let known = places.iter().map(|&place| self.hopes(held, place));
        Some(Pairing::of(held.view, &held.grid(known)))
    }

    /// What is known of the part in a place.
    fn hopes(&self, held: &Held<'_>, place: usize) -> Hopes<'_> {
        let row = &self.rows[place];
        Hopes {
            each: &self.told[row.from..row.from + held.owns()],
            whole: row.whole,
        }
    }

    /// Where the rows of the other name's parts stand; those of parts not yet met are made.
    fn places(&mut self, held: &Held<'_>) -> Places {
        let mut places = [0; MAX_CONTENT];
        for (at, place) in places.iter_mut().enumerate().take(held.others()) {
            let part = held.other_part(at);
            let next = self.rows.len();
            *place = *self.places.entry(held.identity(part)).or_insert(next);
            if *place == next {
                let from = self.told.len();
                let owns = (0..held.owns()).map(|own| held.own_part(own));
                self.told.extend(owns.map(|own| held.best(own, part)));
                let each = &self.told[from..];
                let is_settled = |best: &Best| u32::from(best.likeness()) >= SETTLED;
                let settled = (0..).zip(each).filter(|(_, best)| is_settled(best));
                self.rows.push(Row {
                    from,
                    whole: Whole::of(each),
                    settled: settled.fold(0, |all, (own, _)| all | 1 << own),
                    joined: None,
                });
            }
        }
        places
    }

    /// Adds neighbours of either name that could be one part of the other: more alike to it than either is by itself,
    /// and none of the three with a counterpart of its own.
    fn joined(&mut self, held: &Held<'_>, places: &[usize], all: &mut Vec<Joined>) {
        let settled = places
            .iter()
            .fold(0, |all, &at| all | self.rows[at].settled);
        for (one, &place) in places.iter().enumerate() {
            if self.rows[place].settled != 0 {
                continue;
            }
            let joined = match self.rows[place].joined {
                Some(joined) => joined,
                None => self.join(held, place, held.other_part(one)),
            };
            let Some(from) = joined else { continue };
            let singles = self.hopes(held, place).each.windows(2);
            let bests = self.told[from..].iter().zip(singles).enumerate();
            for (two, (best, singles)) in bests {
                let single = singles[0].likeness().max(singles[1].likeness());
                if best.likeness() > single && settled & (0b11 << two) == 0 {
                    all.push(Joined::new(held.is_first, two, one, *best));
                }
            }
        }
        let other = held.other();
        for (two, (first, second)) in other.content().zip(other.content().skip(1)).enumerate() {
            let rows = [places[two], places[two + 1]];
            if rows.iter().any(|&at| self.rows[at].settled != 0) {
                continue;
            }
            let [above, below] = rows.map(|at| self.hopes(held, at).each);
            for (one, part) in held.own().content().enumerate() {
                if settled & (1 << one) != 0 {
                    continue;
                }
                let single = above[one].likeness().max(below[one].likeness());
                let likeness = most_joined(other, first, second, part);
                if likeness > u32::from(single) {
                    let best = Best::of_joined(held.view, first, part, likeness);
                    all.push(Joined::new(!held.is_first, two, one, best));
                }
            }
        }
    }

    /// Finds what each two neighbours of this name joined are to a part of the other at most.
    fn join(&mut self, held: &Held<'_>, place: usize, part: &Part) -> Option<usize> {
        let (from, own) = (self.told.len(), held.own());
        let neighbours = own.content().zip(own.content().skip(1));
        self.told.extend(neighbours.map(|(first, second)| {
            let likeness = most_joined(own, first, second, part);
            Best::of_joined(held.view, first, part, likeness)
        }));
        let is_any = self.told[from..].iter().any(|best| best.likeness() > 0);
        let joined = is_any.then_some(from);
        if !is_any {
            self.told.truncate(from);
        }
        self.rows[place].joined = Some(joined);
        joined
    }
}

/// Two names in their order, seen from the one that is held against many.
struct Held<'a> {
    view: &'a View<'a>,
    is_first: bool,
}

impl<'a> Held<'a> {
    fn own(&self) -> &'a Name {
        if self.is_first {
            self.view.a
        } else {
            self.view.b
        }
    }

    fn other(&self) -> &'a Name {
        if self.is_first {
            self.view.b
        } else {
            self.view.a
        }
    }

    fn owns(&self) -> usize {
        if self.is_first {
            self.view.parts_a.len
        } else {
            self.view.parts_b.len
        }
    }

    fn others(&self) -> usize {
        if self.is_first {
            self.view.parts_b.len
        } else {
            self.view.parts_a.len
        }
    }

    fn own_part(&self, at: usize) -> &'a Part {
        self.own().part(at)
    }

    fn other_part(&self, at: usize) -> &'a Part {
        self.other().part(at)
    }

    /// What decides how alike a part of the other name is to those of this one: the part, and what both names
    /// say of fathers and surnames.
    fn identity(&self, part: &Part) -> u64 {
        let said = u64::from(self.view.fathers) | u64::from(self.view.surnames) << 1;
        part.identity ^ said << 62
    }

    /// What a part of this name and one of the other are to each other.
    fn best(&self, own: &Part, part: &Part) -> Best {
        let (a, b) = if self.is_first {
            (own, part)
        } else {
            (part, own)
        };
        Best::of(self.view, a, b, self.view.likeness(a, b))
    }

    /// How alike the parts are, as the view has the names.
    fn grid<'h>(&self, all: impl Iterator<Item = Hopes<'h>>) -> Grid {
        let mut grid = [[0; MAX_CONTENT]; MAX_CONTENT];
        for (at, hopes) in all.enumerate() {
            for (own, best) in hopes.each.iter().enumerate() {
                let (i, j) = if self.is_first { (own, at) } else { (at, own) };
                grid[i][j] = best.likeness();
            }
        }
        grid
    }
}
