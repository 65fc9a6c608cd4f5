//! What a cluster holds that could keep it from another: what it is listed as, in which documents its people
//! stand, how they are spelled, what was decided on its members. Whether two may be one is told from these
//! few things, however many profiles they hold.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use madar_read::EntityKind;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::dependence::number;
use crate::profiles::{Profiles, Sort};
use crate::spellings::names_contradict;

#[derive(Clone, Default)]
pub(crate) struct Held<'a> {
    listed: SmallVec<[&'a str; 1]>,
    /// Documents of its people.
    people: SmallVec<[u32; 4]>,
    /// Documents of its assets, and of its bodies.
    assets: SmallVec<[u32; 2]>,
    bodies: SmallVec<[u32; 2]>,
    /// Of its people.
    spellings: SmallVec<[u32; 4]>,
    profiles: SmallVec<[u32; 4]>,
}

impl<'a> Held<'a> {
    /// Of profiles that are called alike, in order.
    pub(crate) fn new(profiles: &Profiles<'a>, spelling: usize, members: &[u32]) -> Self {
        let called = &profiles.called(spelling).called;
        let mut out = Self {
            listed: called.listed.as_deref().into_iter().collect(),
            profiles: members.into(),
            ..Self::default()
        };
        if called.sort == Sort::Person {
            let documents = members
                .iter()
                .map(|&at| profiles.list[at as usize].document);
            out.people = documents.collect();
            out.people.dedup();
            out.spellings.push(number(spelling));
        }
        if called.sort == Sort::Thing {
            let documents = |asset: bool| {
                let own = members.iter().map(|&at| &profiles.list[at as usize]);
                let own = own.filter(move |p| (p.kind == EntityKind::Asset) == asset);
                own.map(|p| p.document)
            };
            out.assets = documents(true).collect();
            out.bodies = documents(false).collect();
            out.assets.dedup();
            out.bodies.dedup();
        }
        out
    }

    pub(crate) fn profiles(&self) -> &[u32] {
        &self.profiles
    }

    pub(crate) fn size(&self) -> usize {
        self.profiles.len()
    }

    pub(crate) fn take_in(&mut self, other: Held<'a>) {
        self.listed.extend(other.listed);
        self.people.extend(other.people);
        self.assets.extend(other.assets);
        self.bodies.extend(other.bodies);
        self.spellings.extend(other.spellings);
        self.profiles.extend(other.profiles);
        // two runs that are in order are put in order in one go
        self.listed.sort();
        self.listed.dedup();
        self.people.sort();
        self.people.dedup();
        self.assets.sort();
        self.assets.dedup();
        self.bodies.sort();
        self.bodies.dedup();
        self.spellings.sort();
        self.spellings.dedup();
    }

    /// Some document names both.
    pub(crate) fn meets(&self, other: &Held<'_>, profiles: &Profiles<'_>) -> bool {
        let documents = |held: &Held<'_>| -> Vec<u32> {
            let own = held.profiles.iter();
            let mut all: Vec<u32> = own.map(|&at| profiles.list[at as usize].document).collect();
            all.sort_unstable();
            all
        };
        common(&documents(self), &documents(other)) > 0
    }
}

/// How many both have; both in order.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let is_there = |document: &&u32| long.binary_search(document).is_ok();
    short.iter().filter(is_there).count()
}

/// Documents that name two as different people, of a hundred that name the rarer one, from which on they are
/// two. Below it lie slips of reading among hundreds of documents: one that takes *the president* and his
/// name for two people keeps no two spellings of him apart.
const APART_PERCENT: usize = 1;

/// Whether `times` of `all` are more than slips.
fn often(times: usize, all: usize) -> bool {
    times > 0 && times * 100 >= all * APART_PERCENT
}

/// Whether documents name two as two: people, or a pipeline and the company that runs it.
fn tells_apart(a: &[u32], b: &[u32]) -> bool {
    often(common(a, b), a.len().min(b.len()))
}

/// Tells who cannot be one.
pub(crate) struct Judge<'a> {
    profiles: &'a Profiles<'a>,
    /// By profile those that a person keeps apart from it.
    apart: BTreeMap<usize, BTreeSet<usize>>,
    spelled_apart: BTreeSet<(usize, usize)>,
    contradict: RefCell<FxHashMap<(usize, usize), bool>>,
    /// By spelling the documents of those called so, each once, in order; found when asked for.
    documents: Vec<OnceCell<Box<[u32]>>>,
}

impl<'a> Judge<'a> {
    /// `contradict` has what is known of pairs of spellings.
    pub(crate) fn new(
        profiles: &'a Profiles<'a>,
        decided: &BTreeSet<(usize, usize)>,
        contradict: FxHashMap<(usize, usize), bool>,
    ) -> Self {
        let mut apart: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut spelled_apart = BTreeSet::new();
        for &(a, b) in decided {
            apart.entry(a).or_default().insert(b);
            apart.entry(b).or_default().insert(a);
            let (x, y) = (profiles.list[a].spelling, profiles.list[b].spelling);
            spelled_apart.insert((x.min(y), x.max(y)));
        }
        Self {
            profiles,
            apart,
            spelled_apart,
            contradict: RefCell::new(contradict),
            documents: profiles.bearers.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// A decision, two listed things, people or a thing and a body whom documents tell apart, or people's full names that
    /// contradict.
    pub(crate) fn conflict(&self, a: &Held<'a>, b: &Held<'a>) -> bool {
        self.decided_apart(a, b)
            || differ(&a.listed, &b.listed)
            || tells_apart(&a.people, &b.people)
            || tells_apart(&a.assets, &b.bodies)
            || tells_apart(&a.bodies, &b.assets)
            || self.names_contradict(&a.spellings, &b.spellings)
    }

    pub(crate) fn decided_apart(&self, a: &Held<'a>, b: &Held<'a>) -> bool {
        if self.apart.is_empty() {
            return false;
        }
        let (short, long) = if a.size() <= b.size() { (a, b) } else { (b, a) };
        let mut against = short
            .profiles
            .iter()
            .filter_map(|p| self.apart.get(&(*p as usize)));
        against.any(|those| long.profiles.iter().any(|p| those.contains(&(*p as usize))))
    }

    fn names_contradict(&self, a: &[u32], b: &[u32]) -> bool {
        let mut pairs = a.iter().flat_map(|&x| b.iter().map(move |&y| (x, y)));
        pairs.any(|(x, y)| self.contradicts(x as usize, y as usize))
    }

    fn contradicts(&self, x: usize, y: usize) -> bool {
        let key = (x.min(y), x.max(y));
        if x == y {
            return false;
        }
        if let Some(known) = self.contradict.borrow().get(&key) {
            return *known;
        }
        let found = names_contradict(self.profiles.called(x), self.profiles.called(y));
        self.contradict.borrow_mut().insert(key, found);
        found
    }

    fn documents(&self, spelling: usize) -> &[u32] {
        self.documents[spelling].get_or_init(|| {
            let bearers = self.profiles.bearers[spelling].iter();
            let mut all: Vec<u32> = bearers.map(|&at| self.profiles.list[at].document).collect();
            all.dedup();
            all.into()
        })
    }

    /// Whether the people called so cannot be one; one spelling may be that of two.
    pub(crate) fn spelled_apart(&self, x: usize, y: usize) -> bool {
        let bearers = &self.profiles.bearers;
        if self.spelled_apart.contains(&(x.min(y), x.max(y))) {
            return true;
        }
        let own = self.documents(x);
        if x == y {
            return often(bearers[x].len() - own.len(), own.len());
        }
        let theirs = self.documents(y);
        let listed = |s: usize| self.profiles.called(s).called.listed.as_deref();
        listed(x).zip(listed(y)).is_some_and(|(x, y)| x != y)
            || often(common(own, theirs), own.len().min(theirs.len()))
            || self.contradicts(x, y)
    }
}

fn differ(a: &[&str], b: &[&str]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x != y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_names_two_as_two_tells_them_apart() {
        assert!(tells_apart(&[3, 7], &[7, 9]));
        assert!(!tells_apart(&[3, 7], &[8]));
        assert!(!tells_apart(&[], &[8]));
    }

    #[test]
    fn slips_among_hundreds_of_documents_tell_nothing_apart() {
        let many: Vec<u32> = (0..300).collect();
        let others: Vec<u32> = (299..700).collect();
        assert!(!tells_apart(&many, &others));
        assert!(tells_apart(&many, &[298, 299]));
    }
}
