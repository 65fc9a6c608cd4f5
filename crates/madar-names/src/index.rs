//! Candidates: which of many names are worth comparing with one.
//!
//! A name is filed under its keys (`keys`). A query adds up what the keys it shares with each name are worth, rare
//! keys most, and keeps the names that share enough and whose outline is near. Left to [`crate::compare`]: whether a
//! candidate is one.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::keys::{Grouped, Sort, keys};
use crate::name::Name;
use crate::outline::Outline;

/// The most candidates one name gets: bounds the work that one name like *Mohammed Ali* can cause.
const MAX_CANDIDATES: usize = 160;
/// A candidate must share keys worth so much of what the best one shares, in hundredths …
const SHARE_OF_BEST: u32 = 45;
/// … but so many are kept whatever they share.
const ALWAYS_KEPT: usize = 12;
/// Names looked at under the keys of one query, rarest keys first: a name of a million's commonest
/// words costs no more than this.
const MAX_LOOKED_AT: usize = 150_000;
/// What a key of a part counts, and one of two neighbours joined: that they stand side by side says
/// little more than that both are there.
const OWN: u32 = 4;
const JOINED: u32 = 1;
/// By how much more a joined key counts in a name that shares nothing else.
const AS_A_WORD: u16 = 4;
/// Names weighed closely at most, those that share most first.
const MAX_WEIGHED: usize = 400;
/// Candidates by one part alone at most: who shares one part of many is seldom meant. A hundred found one
/// more of six hundred on the lists.
const MAX_BY_ONE_PART: usize = 16;

/// Finds the names that could be alike to a given one.
///
/// ```
/// use madar_names::{Index, Name, NameKind};
/// let mut index = Index::new();
/// index.insert(&Name::new("Геннадий Тимченко", NameKind::Person), 7);
/// index.insert(&Name::new("Steve Witkoff", NameKind::Person), 8);
/// assert_eq!(index.candidates(&Name::new("تيمتشينكو", NameKind::Person)), [7]);
/// ```
#[derive(Clone, Debug)]
pub struct Index<T> {
    items: Vec<T>,
    names: Names,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index {
            items: Vec::new(),
            names: Names::default(),
        }
    }
}

impl<T: Copy> Index<T> {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// Files a name under its keys; `item` is what [`Index::candidates`] gives back.
    pub fn insert(&mut self, name: &Name, item: T) {
        self.names.insert(name);
        self.items.push(item);
    }

    /// The number of names filed.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is filed.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The items of names that share enough keys, people's for a person's name and all other kinds'
    /// for all others, at most 160, those that share the rarest keys first, then those that say least
    /// more, equal ones in the order filed. An item filed under several names may come twice.
    pub fn candidates(&self, name: &Name) -> Vec<T> {
        let found = self.names.candidates(name);
        found.iter().map(|f| self.items[f.number()]).collect()
    }
}

/// Names by number, filed under their keys.
#[derive(Clone, Debug, Default)]
struct Names {
    outlines: Vec<Outline>,
    /// How many parts each has that are compared: apart, since a query looks at thousands.
    sizes: Vec<u8>,
    /// The names under each key, in order.
    lists: FxHashMap<u64, Vec<u32>>,
}

thread_local! {
    /// What each entry shares with the query in hand, nothing between queries; and which entries share something.
    static SHARED: RefCell<(Vec<Shared>, Vec<u32>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

/// An entry that shares something with a query, in one number that orders: what shares most first; of names
/// that share as much those that say least more, then those filed first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found(u64);

impl Found {
    fn of(shared: Shared, size: u8, number: u32) -> Found {
        let less = u64::from(u16::MAX - shared.worth);
        let order = less << 48 | u64::from(size) << 40 | u64::from(number) << 8;
        Found(order | u64::from(shared.parts))
    }

    fn number(self) -> usize {
        let [_, _, _, a, b, c, d, _] = self.0.to_be_bytes();
        u32::from_be_bytes([a, b, c, d]) as usize
    }

    /// How many parts of the query have a key in it.
    fn parts(self) -> u8 {
        self.0.to_be_bytes()[7]
    }
}

/// What an entry shares with a query.
#[derive(Clone, Copy, Default)]
struct Shared {
    /// What the keys are worth, for each part the rarest.
    worth: u16,
    /// How many parts of the query have a key in it, and [`Shared::ONLY_JOINED`].
    parts: u8,
    /// The part that was counted last, from one.
    last: u8,
}

impl Shared {
    /// Set where nothing but neighbours joined has a key in it. Cells are small, since a query touches thousands.
    const ONLY_JOINED: u8 = 128;
}

/// The lists under the keys of a name, group by group, those of rarer keys first.
struct Lists<'a> {
    all: Vec<&'a [u32]>,
    groups: Vec<(Sort, Range<usize>)>,
}

impl<'a> Lists<'a> {
    /// Groups, each with its lists, the shortest first; none is empty.
    fn iter(&self) -> impl DoubleEndedIterator<Item = (Sort, &[&'a [u32]])> {
        let groups = self.groups.iter();
        groups.map(|(sort, lists)| (*sort, &self.all[lists.clone()]))
    }
}

impl Names {
    fn insert(&mut self, name: &Name) {
        let number = u32::try_from(self.sizes.len()).expect("fewer than 2^32 names fit in memory");
        self.outlines.push(Outline::of(name));
        let size = name.content().len();
        self.sizes.push(u8::try_from(size).unwrap_or(u8::MAX));
        for key in keys(name) {
            self.lists.entry(key).or_default().push(number);
        }
    }

    /// Those worth comparing, the best first.
    fn candidates(&self, name: &Name) -> Vec<Found> {
        let lists = self.lists(name);
        let parts = lists.iter().filter(|(sort, _)| *sort == Sort::Part).count();
        let mut found =
            SHARED.with_borrow_mut(|(shared, touched)| self.looked_at(&lists, shared, touched));
        if found.len() > MAX_WEIGHED {
            found.select_nth_unstable(MAX_WEIGHED);
            found.truncate(MAX_WEIGHED);
        }
        found.sort_unstable();
        let own = Outline::of(name);
        let (mut by_one_part, mut taken) = (0, 0);
        found.retain(|f| {
            // a name of one part has nothing else to share
            let by_one = f.parts() < 2 && parts > 1;
            let is_open = taken < MAX_CANDIDATES && (!by_one || by_one_part < MAX_BY_ONE_PART);
            let is_taken = is_open && own.is_near(&self.outlines[f.number()]);
            by_one_part += usize::from(is_taken && by_one);
            taken += usize::from(is_taken);
            is_taken
        });
        found
    }

    /// The lists under a name's keys.
    fn lists(&self, name: &Name) -> Lists<'_> {
        let grouped = Grouped::of(name);
        let mut lists = Lists {
            all: Vec::with_capacity(32),
            groups: Vec::with_capacity(8),
        };
        for (sort, keys) in grouped.iter() {
            let start = lists.all.len();
            let known = keys.iter().filter_map(|key| self.lists.get(key));
            lists.all.extend(known.map(Vec::as_slice));
            if lists.all.len() > start {
                lists.all[start..].sort_by_key(|list| list.len());
                lists.groups.push((sort, start..lists.all.len()));
            }
        }
        let Lists { all, groups } = &mut lists;
        groups.sort_by_key(|(sort, own)| (all[own.start].len(), *sort));
        lists
    }

    /// What the names under the query's keys share with it, and their numbers.
    fn looked_at(
        &self,
        lists: &Lists<'_>,
        shared: &mut Vec<Shared>,
        touched: &mut Vec<u32>,
    ) -> Vec<Found> {
        if shared.len() < self.sizes.len() {
            shared.resize(self.sizes.len(), Shared::default());
        }
        let mut left = MAX_LOOKED_AT;
        let rest = self.most_to_come(lists);
        // whether what is first met now could still be a candidate beside the best so far
        let (mut is_open, mut best) = (true, 0);
        for ((number, (sort, lists)), rest) in (1u8..).zip(lists.iter()).zip(rest) {
            is_open = is_open && is_open_to(rest, best, touched, shared);
            for list in lists {
                if list.len() > left {
                    continue;
                }
                left -= list.len();
                let each = self.worth_of_key(sort, list);
                let counted = u8::from(sort == Sort::Part);
                let kept = match sort {
                    Sort::Joined => u8::MAX,
                    Sort::Part | Sort::Whole => !Shared::ONLY_JOINED,
                };
                for &entry in *list {
                    let cell = &mut shared[entry as usize];
                    let mut parts = cell.parts;
                    if cell.last == 0 {
                        if !is_open {
                            continue;
                        }
                        touched.push(entry);
                        parts = Shared::ONLY_JOINED;
                    } else if cell.last == number {
                        continue;
                    }
                    let worth = cell.worth.saturating_add(each);
                    best = best.max(worth);
                    *cell = Shared {
                        worth,
                        parts: (parts & kept) + counted,
                        last: number,
                    };
                }
            }
        }
        self.found(shared, touched)
    }

    /// Of the entries that share something those that share enough; nothing is left in their cells.
    fn found(&self, shared: &mut [Shared], touched: &mut Vec<u32>) -> Vec<Found> {
        let mut best = 0;
        for &entry in &*touched {
            let this = &mut shared[entry as usize];
            if this.parts == Shared::ONLY_JOINED {
                // one word there is two here: as telling as a word
                this.worth = this.worth.saturating_mul(AS_A_WORD);
                this.parts = 2;
            }
            best = best.max(this.worth);
        }
        let found = |entry: u32| {
            let this = shared[entry as usize];
            Found::of(this, self.sizes[entry as usize], entry)
        };
        let least = least_worth(u32::from(best));
        let is_enough = |entry: &&u32| u32::from(shared[**entry as usize].worth) >= least;
        let enough = touched.iter().filter(is_enough);
        let mut kept: Vec<Found> = enough.map(|&entry| found(entry)).collect();
        if kept.len() < ALWAYS_KEPT {
            kept = touched.iter().map(|&entry| found(entry)).collect();
            if kept.len() > ALWAYS_KEPT {
                kept.select_nth_unstable(ALWAYS_KEPT);
                kept.truncate(ALWAYS_KEPT);
            }
        }
        for entry in touched.drain(..) {
            shared[entry as usize] = Shared::default();
        }
        kept
    }

    /// What a key is worth that so many names have: the bits that it tells, by what it is a key of.
    fn worth_of_key(&self, sort: Sort, list: &[u32]) -> u16 {
        let share = if sort == Sort::Joined { JOINED } else { OWN };
        let all = self.sizes.len().max(1).ilog2();
        let each = (1 + all.saturating_sub(list.len().ilog2())) * share;
        u16::try_from(each).unwrap_or(u16::MAX)
    }

    /// For each group, what a name that no group before has met can share with the query at most.
    fn most_to_come(&self, lists: &Lists<'_>) -> Vec<u32> {
        let (mut all, mut joined) = (0, 0);
        let mut rest: Vec<u32> = lists
            .iter()
            .rev()
            .map(|(sort, lists)| {
                let most = u32::from(self.worth_of_key(sort, lists[0]));
                all += most;
                joined += if sort == Sort::Joined { most } else { 0 };
                all.max(joined * u32::from(AS_A_WORD))
            })
            .collect();
        rest.reverse();
        rest
    }
}

/// What a candidate must share at least, by what the best one does.
fn least_worth(best: u32) -> u32 {
    best * SHARE_OF_BEST / 100
}

/// Whether a name that shares `rest` at most could be a candidate beside those met so far.
fn is_open_to(rest: u32, best: u16, touched: &[u32], shared: &[Shared]) -> bool {
    let mut worths = touched
        .iter()
        .map(|&at| u32::from(shared[at as usize].worth));
    rest >= least_worth(u32::from(best))
        || worths
            .by_ref()
            .filter(|&worth| worth > rest)
            .take(ALWAYS_KEPT)
            .count()
            < ALWAYS_KEPT
}
