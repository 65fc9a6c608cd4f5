//! The company a profile keeps: whom it shares facts and sentences with. It tells namesakes apart (the
//! banker is named with his bank, the judge with his court) and lets a weak name attach; alone it joins
//! nobody.

use std::cell::RefCell;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

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
    with: Vec<Companion>,
}

/// What somebody stands with, and how closely.
type Companion = (u32, u32);

/// For each profile the things it stands with, found when asked for.
pub(crate) struct Company<'a> {
    profiles: &'a Profiles<'a>,
    /// What each profile stands for as company of others. Countries and outlets stand with everybody and
    /// tell nothing.
    stands_for: Vec<Option<u32>>,
    /// By document.
    known: Vec<OnceLock<Around>>,
}

impl<'a> Company<'a> {
    pub(crate) fn new(profiles: &'a Profiles<'a>, stands_for: Vec<Option<u32>>) -> Self {
        Self {
            known: profiles.digests.iter().map(|_| OnceLock::new()).collect(),
            profiles,
            stands_for,
        }
    }

    /// Whom a profile stands with, in order.
    pub(crate) fn of(&self, profile: usize) -> &[Companion] {
        let own = &self.profiles.list[profile];
        let (document, draft) = (own.document as usize, own.draft as usize);
        let around = self.known[document].get_or_init(|| self.around(document));
        let (from, to) = (around.first[draft], around.first[draft + 1]);
        &around.with[from as usize..to as usize]
    }

    fn around(&self, document: usize) -> Around {
        let mut met: Vec<(u32, u32, u32)> = Vec::new();
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
    with: FxHashMap<u32, SmallVec<[(u32, u32); 2]>>,
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
        for &(companion, close) in company.of(profile) {
            let list = self.with.entry(companion).or_default();
            if list.len() < MOST_ACQUAINTED {
                list.push((place, close));
            }
        }
    }

    /// How much somebody with such companions shares with each of those that share anything, in order.
    pub(crate) fn shared(&self, companions: &[Companion]) -> Vec<(usize, u32)> {
        let mut sums = self.sums.borrow_mut();
        let mut out: Vec<(usize, u32)> = Vec::new();
        for (companion, close) in companions {
            for (place, theirs) in self.with.get(companion).into_iter().flatten() {
                let sum = &mut sums[*place as usize];
                if *sum == 0 {
                    out.push((*place as usize, 0));
                }
                *sum += *close.min(theirs);
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
