//! The company a profile keeps: whom it shares facts and sentences with. It tells namesakes apart (the
//! banker is named with his bank, the judge with his court) and lets a weak name attach; alone it joins
//! nobody.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::dependence::number;
use crate::profiles::{Profiles, Sort};
use crate::spellings::Spelling;

/// What a shared fact counts against a shared sentence.
const FACT: u32 = 3;
const SENTENCE: u32 = 1;
/// Mentions in a sentence above which standing in it says little.
const MOST_IN_A_SENTENCE: usize = 12;

/// Whom the profiles of one document stand with: the part of each begins in `first` where the one before it ends.
struct Around {
    first: Vec<u32>,
    with: Vec<(usize, u32)>,
}

/// Whom somebody stands with, in order, and how closely.
pub(crate) struct Companions {
    around: Rc<Around>,
    draft: usize,
}

impl Deref for Companions {
    type Target = [(usize, u32)];

    fn deref(&self) -> &Self::Target {
        let first = &self.around.first;
        &self.around.with[first[self.draft] as usize..first[self.draft + 1] as usize]
    }
}

/// For each profile the things it stands with, found when asked for.
pub(crate) struct Company<'a> {
    profiles: &'a Profiles<'a>,
    /// What each profile stands for as company of others. Countries and outlets stand with everybody and
    /// tell nothing.
    stands_for: Vec<Option<usize>>,
    /// By document.
    known: RefCell<FxHashMap<u32, Rc<Around>>>,
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
        let own = &self.profiles.list[profile];
        let mut known = self.known.borrow_mut();
        let look = || Rc::new(self.around(own.document as usize));
        let around = Rc::clone(known.entry(own.document).or_insert_with(look));
        let draft = own.draft as usize;
        Companions { around, draft }
    }

    fn around(&self, document: usize) -> Around {
        let mut met: Vec<(u32, usize, u32)> = Vec::new();
        let mut meet = |drafts: &[u32], close: u32| {
            // a list of everybody ties nobody
            if close == SENTENCE && drafts.len() > MOST_IN_A_SENTENCE {
                return;
            }
            for &b in drafts {
                if let Some(other) = self.stands_for[self.profiles.of(document, b)] {
                    let others = drafts.iter().filter(|&&a| a != b);
                    met.extend(others.map(|&a| (a, other, close)));
                }
            }
        };
        let digest = self.profiles.digests[document];
        for sentence in digest.sentences.iter() {
            meet(sentence, SENTENCE);
        }
        for parties in digest.parties.iter() {
            meet(parties, FACT);
        }
        met.sort_unstable_by_key(|&(own, other, close)| (own, other, std::cmp::Reverse(close)));
        met.dedup_by_key(|&mut (own, other, _)| (own, other));
        let drafts = 0..=self.profiles.of_document(document).len();
        let first = drafts.map(|draft| {
            let begins = met.partition_point(|&(own, ..)| (own as usize) < draft);
            number(begins)
        });
        Around {
            first: first.collect(),
            with: met
                .iter()
                .map(|&(_, other, close)| (other, close))
                .collect(),
        }
    }
}

/// Many profiles by their company: with whom of them somebody shares how much.
#[derive(Default)]
pub(crate) struct Acquaintances {
    profiles: Vec<usize>,
    /// By companion the places of those who stand with it.
    with: FxHashMap<usize, Vec<(u32, u32)>>,
    /// Of each place what is shared, nothing between questions.
    sums: RefCell<Vec<u32>>,
}

/// Profiles with one companion of which no more are looked at: who stands with a president stands with
/// everybody.
const MOST_ACQUAINTED: usize = 2_000;

impl Acquaintances {
    /// Nobody is added twice.
    pub(crate) fn add(&mut self, profile: usize, company: &Company<'_>) {
        let place = number(self.profiles.len());
        self.profiles.push(profile);
        self.sums.get_mut().push(0);
        for &(companion, close) in company.of(profile).iter() {
            let list = self.with.entry(companion).or_default();
            if list.len() < MOST_ACQUAINTED {
                list.push((place, close));
            }
        }
    }

    /// How much somebody with such companions shares with each of those that share anything, in order.
    pub(crate) fn shared(&self, companions: &Companions) -> Vec<(usize, u32)> {
        let mut sums = self.sums.borrow_mut();
        let mut out: Vec<(usize, u32)> = Vec::new();
        for (companion, close) in companions.iter() {
            for (place, theirs) in self.with.get(companion).into_iter().flatten() {
                let sum = &mut sums[*place as usize];
                if *sum == 0 {
                    out.push((*place as usize, 0));
                }
                *sum += close.min(theirs);
            }
        }
        for (at, shared) in &mut out {
            *shared = std::mem::take(&mut sums[*at]);
            *at = self.profiles[*at];
        }
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
