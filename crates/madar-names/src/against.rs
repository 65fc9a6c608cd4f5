//! One name held against many: what is found out of a part once is not found out again.
//!
//! Of a hundred listed names that share *Mohammed* with the one asked for, most have it in one of five
//! spellings: how alike these are to the parts of the one asked for is looked up from the second time on. Most
//! names are left before they are aligned (`reach`). Left to others: which names (`index`), and what a
//! comparison is worth (`weigh`).

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::align::{likeness, most_alike};
use crate::likeness::{Score, Wanted, Weighed};
use crate::name::{MAX_CONTENT, Name};
use crate::pairing::{
    Alike, Grid, JOINED, PAIRED, Pairing, View, joined_run, never_joins, run, thousandths,
};
use crate::part::Part;
use crate::reach::{Joined, Reach};
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
    /// Where the row of a part stands, by the part's identity.
    places: FxHashMap<u64, usize>,
    rows: Vec<Row>,
}

/// How alike a part of another name is to the parts of this one, in thousandths.
struct Row {
    /// To each part at most.
    most: [u16; MAX_CONTENT],
    /// To each part, once it is wanted.
    exact: Option<[u16; MAX_CONTENT]>,
    /// To each two neighbours joined at most, once it is wanted.
    joined: Option<[u16; MAX_CONTENT]>,
}

impl<'a> Against<'a> {
    /// Nothing is known yet.
    pub fn new(name: &'a Name) -> Self {
        Against {
            name,
            places: FxHashMap::default(),
            rows: Vec::new(),
        }
    }

    /// The same where so many others are to come.
    pub fn many(name: &'a Name, others: usize) -> Self {
        let parts = 2 * others;
        Against {
            name,
            places: FxHashMap::with_capacity_and_hasher(parts, FxBuildHasher),
            rows: Vec::with_capacity(parts),
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

    /// The pairs of two names that may come to what is wanted: most others are told before they are aligned.
    fn pairing(&mut self, view: &View<'_>, is_first: bool, wanted: &Wanted) -> Option<Pairing> {
        let mut reach = Reach::of(view, wanted);
        let held = Held::of(view, is_first);
        let most = self.grid(&held, |row, _| row.most);
        if !reach.may(&most, || self.joined(&held)) {
            return None;
        }
        let grid = self.grid(&held, |row, part| {
            *row.exact.get_or_insert_with(|| held.exact(part, &row.most))
        });
        reach
            .may(&grid, || self.joined(&held))
            .then(|| Pairing::of(view, &grid))
    }

    /// The row of a part of the other name.
    fn row(&mut self, held: &Held<'_>, part: &Part) -> &mut Row {
        let next = self.rows.len();
        let place = *self.places.entry(held.identity(part)).or_insert(next);
        if place == next {
            self.rows.push(Row {
                most: held.most(part),
                exact: None,
                joined: None,
            });
        }
        &mut self.rows[place]
    }

    /// What the rows say of two names, as the view has them.
    fn grid(
        &mut self,
        held: &Held<'_>,
        said: impl Fn(&mut Row, &Part) -> [u16; MAX_CONTENT],
    ) -> Grid {
        let mut grid = [[0; MAX_CONTENT]; MAX_CONTENT];
        for at in 0..held.others() {
            let part = held.other_part(at);
            let row = said(self.row(held, part), part);
            for (own, &likeness) in row.iter().enumerate().take(held.owns()) {
                let (i, j) = if held.is_first { (own, at) } else { (at, own) };
                grid[i][j] = likeness;
            }
        }
        grid
    }

    /// Neighbours of either name that could be one part of the other.
    fn joined(&mut self, held: &Held<'_>) -> Vec<Joined> {
        let mut all = Vec::new();
        let view = held.view;
        let mut add = |two_of_own: bool, two: usize, one: usize, likeness: u32| {
            if likeness > 0 {
                let two_of_a = two_of_own == held.is_first;
                all.push(Joined::of(view, two_of_a, two, one, likeness));
            }
        };
        for at in 0..held.others() {
            let part = held.other_part(at);
            let row = self.row(held, part);
            let joined = *row.joined.get_or_insert_with(|| held.joined(part));
            for (two, &likeness) in joined.iter().enumerate().take(held.owns()) {
                add(true, two, at, u32::from(likeness));
            }
        }
        let (own, other) = (held.own(), held.other());
        for two in 0..held.others().saturating_sub(1) {
            let (first, second) = (held.other_part(two), held.other_part(two + 1));
            if never_joins(first) || never_joins(second) {
                continue;
            }
            let may_be = |one: &&Part| {
                !never_joins(one) && first.extent.may_join(&second.extent, &one.extent, JOINED)
            };
            for (at, one) in (0..held.owns()).map(|at| (at, held.own_part(at))) {
                if may_be(&one) {
                    let both = joined_run(other, first, second);
                    add(false, two, at, most_alike(&both, &run(own, one), JOINED));
                }
            }
        }
        all
    }
}

/// Two names in their order, seen from the one that is held against many.
struct Held<'a> {
    view: &'a View<'a>,
    is_first: bool,
}

impl<'a> Held<'a> {
    fn of(view: &'a View<'a>, is_first: bool) -> Self {
        Held { view, is_first }
    }

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

    fn most(&self, part: &Part) -> [u16; MAX_CONTENT] {
        self.each(|own| self.alike(own, part, most_alike))
    }

    fn exact(&self, part: &Part, most: &[u16; MAX_CONTENT]) -> [u16; MAX_CONTENT] {
        let mut likely = most.iter().map(|&most| u32::from(most) >= PAIRED);
        self.each(|own| {
            if likely.next() == Some(true) {
                self.alike(own, part, likeness)
            } else {
                0
            }
        })
    }

    fn alike(&self, own: &Part, part: &Part, alike: Alike) -> u32 {
        let (a, b) = if self.is_first {
            (own, part)
        } else {
            (part, own)
        };
        self.view.likeness_by(a, b, alike)
    }

    /// How alike two neighbours of this name are to a part of the other at most, by the first of them.
    fn joined(&self, part: &Part) -> [u16; MAX_CONTENT] {
        let mut row = [0; MAX_CONTENT];
        if never_joins(part) {
            return row;
        }
        let one = run(self.other(), part);
        for (two, cell) in row
            .iter_mut()
            .enumerate()
            .take(self.owns().saturating_sub(1))
        {
            let (first, second) = (self.own_part(two), self.own_part(two + 1));
            let may_be = first.extent.may_join(&second.extent, &part.extent, JOINED);
            if may_be && !never_joins(first) && !never_joins(second) {
                let both = joined_run(self.own(), first, second);
                *cell = thousandths(most_alike(&both, &one, JOINED));
            }
        }
        row
    }

    /// A figure for each part of this name.
    fn each(&self, mut likeness: impl FnMut(&Part) -> u32) -> [u16; MAX_CONTENT] {
        let mut row = [0; MAX_CONTENT];
        for (at, cell) in row.iter_mut().enumerate().take(self.owns()) {
            *cell = thousandths(likeness(self.own_part(at)));
        }
        row
    }
}
