//! The company a profile keeps: whom it shares facts and sentences with. It tells namesakes apart (the
//! banker is named with his bank, the judge with his court) and lets a weak name attach; alone it joins
//! nobody.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::profiles::{Profiles, Sort};
use crate::spellings::Spelling;

/// What a shared fact counts against a shared sentence.
const FACT: u32 = 3;
const SENTENCE: u32 = 1;
/// Mentions in a sentence above which standing in it says little.
const MOST_IN_A_SENTENCE: usize = 12;

/// Whom somebody stands with, in order, and how closely.
pub(crate) type Companions = Rc<Vec<(usize, u32)>>;

/// For each profile the things it stands with, found when asked for.
pub(crate) struct Company<'a> {
    profiles: &'a Profiles<'a>,
    /// What each profile stands for as company of others. Countries and outlets stand with everybody and
    /// tell nothing.
    stands_for: Vec<Option<usize>>,
    known: RefCell<FxHashMap<usize, Companions>>,
}

impl<'a> Company<'a> {
    pub(crate) fn new(profiles: &'a Profiles<'a>, stands_for: Vec<Option<usize>>) -> Self {
        Self {
            profiles,
            stands_for,
            known: RefCell::default(),
        }
    }

    pub(crate) fn of(&self, profile: usize) -> Companions {
        if let Some(known) = self.known.borrow().get(&profile) {
            return Rc::clone(known);
        }
        self.look_into(self.profiles.list[profile].document as usize);
        let known = self.known.borrow();
        known.get(&profile).map_or_else(Rc::default, Rc::clone)
    }

    fn look_into(&self, number: usize) {
        let mut out: FxHashMap<usize, FxHashMap<usize, u32>> = FxHashMap::default();
        let own = self.profiles.of_document(number);
        out.extend(own.map(|profile| (profile, FxHashMap::default())));
        let mut meet = |drafts: &[u32], close: u32| {
            // a list of everybody ties nobody
            if close == SENTENCE && drafts.len() > MOST_IN_A_SENTENCE {
                return;
            }
            let all = || drafts.iter().map(|&draft| self.profiles.of(number, draft));
            for a in all() {
                for b in all() {
                    if let (true, Some(other)) = (a != b, self.stands_for[b]) {
                        let slot = out.entry(a).or_default().entry(other).or_default();
                        *slot = (*slot).max(close);
                    }
                }
            }
        };
        let digest = self.profiles.digests[number];
        for sentence in digest.sentences.iter() {
            meet(sentence, SENTENCE);
        }
        for parties in digest.parties.iter() {
            meet(parties, FACT);
        }
        let mut known = self.known.borrow_mut();
        for (profile, with) in out {
            let mut with: Vec<(usize, u32)> = with.into_iter().collect();
            with.sort_unstable();
            known.insert(profile, Rc::new(with));
        }
    }
}

/// Many profiles by their company: with whom of them somebody shares how much.
#[derive(Default)]
pub(crate) struct Acquaintances {
    with: FxHashMap<usize, Vec<(usize, u32)>>,
}

/// Profiles with one companion of which no more are looked at: who stands with a president stands with
/// everybody.
const MOST_ACQUAINTED: usize = 2_000;

impl Acquaintances {
    pub(crate) fn add(&mut self, profile: usize, company: &Company<'_>) {
        for &(companion, close) in company.of(profile).iter() {
            let list = self.with.entry(companion).or_default();
            if list.len() < MOST_ACQUAINTED {
                list.push((profile, close));
            }
        }
    }

    /// How much somebody with such companions shares with each of those that share anything, in order.
    pub(crate) fn shared(&self, companions: &Companions) -> Vec<(usize, u32)> {
        let mut sums: FxHashMap<usize, u32> = FxHashMap::default();
        for (companion, close) in companions.iter() {
            for (profile, theirs) in self.with.get(companion).into_iter().flatten() {
                *sums.entry(*profile).or_default() += close.min(theirs);
            }
        }
        let mut out: Vec<(usize, u32)> = sums.into_iter().collect();
        out.sort_unstable();
        out
    }
}

/// Whether profiles called so say something of those they stand with.
pub(crate) fn tells(spelling: &Spelling) -> bool {
    let spelling = &spelling.called;
    let listed = spelling.listed.as_deref().unwrap_or_default();
    let everywhere = listed.starts_with("places/") || listed.starts_with("outlets/");
    spelling.named && !everywhere && !matches!(spelling.sort, Sort::Paper | Sort::Group)
}
