//! Documents that seem to depend on an earlier one: copies in one language by shared word sequences
//! (containment, not symmetric likeness: true copies share as little as 30 % of their sequences),
//! translated copies, and those that openly retell another for most of what they say. Dependence runs
//! along time.

use std::collections::BTreeSet;

use madar_text::fold;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::digest::{Digest, DocumentNumber};
use crate::hashed::hash;
use crate::network::Told;

/// What the suspicion rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DependenceKind {
    /// Share of the shorter text's word sequences that stand in the other, in percent.
    Copy { percent: u32 },
    /// Names, sums and days that stand in both in the same order, of all in the later one.
    Translation { shared: u32, of: u32 },
    /// Facts that the later one has from the earlier one's publisher, as it says, of all its facts. It may
    /// have from there also what it gives no source for.
    Retelling { facts: u32, of: u32 },
}

/// The later document may rest on the earlier one; numbers of documents. Where time does not tell which
/// is the later one, there is one each way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Dependence {
    pub later: DocumentNumber,
    pub earlier: DocumentNumber,
    pub kind: DependenceKind,
}

/// Words in a sequence: passim's default.
const SEQUENCE: usize = 5;
/// Sequences compared at a time; of more, those whose hashes are near each other go together. Eight bytes each:
/// an eighth of a gigabyte.
const IN_HAND: usize = 16 << 20;
/// Sequences in more documents than this are phrases of the trade.
const TOO_COMMON: usize = 50;
/// Share of the shorter text that must be found in the other. Below it lie quotes of one speech.
const LEAST_PERCENT: u32 = 25;
/// And at least so many sequences: two short notices share a title by chance.
const LEAST_SEQUENCES: u32 = 8;
/// Facts that a document has from another, as it says, at least, and their share of its facts in percent:
/// a paper that quotes another once has not read it for the rest.
const LEAST_RETOLD: u32 = 3;
const LEAST_RETOLD_PERCENT: u32 = 50;

/// The documents of a case as they are held against each other, by place.
pub(crate) struct Papers<'a> {
    pub(crate) numbers: &'a [DocumentNumber],
    pub(crate) digests: &'a [&'a Digest],
}

impl Papers<'_> {
    /// The place of a document.
    pub(crate) fn at(&self, number: DocumentNumber) -> usize {
        let at = self.numbers.binary_search(&number);
        at.expect("numbers are of this case")
    }

    pub(crate) fn dependence(
        &self,
        later: usize,
        earlier: usize,
        kind: DependenceKind,
    ) -> Dependence {
        Dependence {
            later: self.numbers[later],
            earlier: self.numbers[earlier],
            kind,
        }
    }

    /// Whether `a` may have been published after `b`: unless time tells otherwise. Of two that may both be
    /// the later one nothing tells which rests on the other.
    pub(crate) fn may_follow(&self, a: usize, b: usize) -> bool {
        match (self.digests[a].published, self.digests[b].published) {
            (Some((x, _)), Some((y, _))) if x != y => x > y,
            (Some((_, Some(x))), Some((_, Some(y)))) => x >= y,
            _ => true,
        }
    }
}

/// What somebody has from whom, as he says: how many facts of a document come from which publisher.
pub(crate) struct Retold {
    pub(crate) facts: Vec<u32>,
    /// By place of the document and hash of the transmitter.
    pub(crate) from: FxHashMap<(usize, u64), u32>,
}

/// Whether a document has most of its facts from another's publisher, as it says; on documents that do not tell
/// something that it tells too it says nothing.
pub(crate) fn retelling(
    papers: &Papers<'_>,
    retold: &Retold,
    later: usize,
    earlier: usize,
    publisher: u64,
) -> Option<Dependence> {
    let own = retold.from.get(&(later, publisher)).copied().unwrap_or(0);
    let of = retold.facts[later];
    let enough = own >= LEAST_RETOLD && own * 100 >= of * LEAST_RETOLD_PERCENT;
    let kind = DependenceKind::Retelling { facts: own, of };
    (enough && papers.may_follow(later, earlier)).then(|| papers.dependence(later, earlier, kind))
}

/// Of one pair the strongest sign counts.
pub(crate) fn strongest(mut all: Vec<Dependence>) -> Vec<Dependence> {
    all.sort_unstable();
    all.dedup_by_key(|d| (d.later, d.earlier));
    all
}

pub(crate) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a case holds fewer documents")
}

/// Copies among the pairs of documents of which one is new, and those that it makes less alike: each further
/// document may make a sequence too common. Gives the documents that were looked at.
pub(crate) fn copies(
    papers: &Papers<'_>,
    new: &BTreeSet<usize>,
) -> (BTreeSet<usize>, Vec<Dependence>) {
    let mut looked_at = new.clone();
    let old = (new.len() < papers.digests.len()).then_some(new);
    for one in old
        .into_iter()
        .flat_map(|new| shared_sequences(papers, new))
    {
        let known = one.iter().filter(|at| !new.contains(at)).count();
        if one.len() > TOO_COMMON && known <= TOO_COMMON {
            looked_at.extend(one);
        }
    }
    let mut pairs: FxHashMap<(usize, usize), u32> = FxHashMap::default();
    for one in shared_sequences(papers, &looked_at) {
        if one.len() > TOO_COMMON {
            continue;
        }
        let own: Vec<bool> = one.iter().map(|at| looked_at.contains(at)).collect();
        for (i, &a) in one.iter().enumerate() {
            for (j, &b) in one.iter().enumerate().skip(i + 1) {
                if own[i] || own[j] {
                    *pairs.entry((a, b)).or_default() += 1;
                }
            }
        }
    }
    let mut out = Vec::new();
    for ((a, b), count) in pairs {
        let shorter = papers.digests[a]
            .sketch
            .len()
            .min(papers.digests[b].sketch.len());
        let percent = count * 100 / number(shorter).max(1);
        if count >= LEAST_SEQUENCES && percent >= LEAST_PERCENT {
            for (later, earlier) in [(a, b), (b, a)] {
                if papers.may_follow(later, earlier) {
                    out.push(papers.dependence(later, earlier, DependenceKind::Copy { percent }));
                }
            }
        }
    }
    (looked_at, out)
}

/// The documents of each sequence that several have, one of these among them; in no order.
fn shared_sequences<'a>(
    papers: &'a Papers<'_>,
    of: &'a BTreeSet<usize>,
) -> impl Iterator<Item = Vec<usize>> + 'a {
    let all = of.len() == papers.digests.len();
    let mut wanted: FxHashSet<u32> = FxHashSet::default();
    if !all {
        wanted.extend(of.iter().flat_map(|&at| &papers.digests[at].sketch));
    }
    let lengths = papers.digests.iter().map(|digest| digest.sketch.len());
    let passes = if all {
        lengths.sum::<usize>().div_ceil(IN_HAND).max(1)
    } else {
        1
    } as u64;
    (0..passes).flat_map(move |pass| {
        let of_pass = |hash: &u32| (u64::from(*hash) * passes) >> 32 == pass;
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (digest, at) in papers.digests.iter().zip(0u32..) {
            let own = digest.sketch.iter().copied();
            let own = own.filter(|hash| of_pass(hash) && (all || wanted.contains(hash)));
            found.extend(own.map(|hash| (hash, at)));
        }
        found.sort_unstable();
        let several = found
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|one| one.len() > 1);
        let places = several.map(|one| one.iter().map(|(_, at)| *at as usize).collect());
        places.collect::<Vec<Vec<usize>>>()
    })
}

/// The sketch of a document: hashes of its sequences of folded words, each once, in order. Of a million articles
/// the sketches take less than two gigabytes; two sequences of one hash among them are rare, and eight shared by
/// chance do not happen.
pub(crate) fn sequences(told: &Told<'_>) -> Vec<u32> {
    let words: Vec<u64> = told
        .reading
        .sentences
        .iter()
        .flat_map(|s| s.of(told.text).split(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .map(|word| hash(&fold(word)))
        .collect();
    // of the product the upper half is mixed best
    let short = |words: &[u64]| u32::try_from(hash(words) >> 32).expect("half of a number");
    let mut out: Vec<u32> = words.windows(SEQUENCE).map(short).collect();
    out.sort_unstable();
    out.dedup();
    out
}
