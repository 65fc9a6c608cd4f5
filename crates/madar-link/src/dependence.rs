//! Documents that seem to depend on an earlier one: copies in one language by shared word sequences
//! (containment, not symmetric likeness: true copies share as little as 30 % of their sequences),
//! translated copies, and those that openly retell another for most of what they say. Dependence runs
//! along time.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use madar_text::{Day, fold};
use rustc_hash::{FxHashMap, FxHasher};

use crate::entities::Entities;
use crate::network::Told;
use crate::reports::Report;
use crate::translations::translations;
use crate::transmitters::{Transmitter, Transmitters};

/// What the suspicion rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dependence {
    pub later: u32,
    pub earlier: u32,
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

pub(crate) fn dependences(
    told: &[Told<'_>],
    reports: &[Report],
    groups: &[Vec<usize>],
    entities: &Entities,
    transmitters: &Transmitters<'_>,
) -> Vec<Dependence> {
    let mut out = copies(told);
    out.extend(translations(told, entities));
    out.extend(retellings(told, reports, groups, transmitters));
    // of one pair the strongest sign counts, which comes first: the sort is stable
    out.sort_by_key(|d| (d.later, d.earlier));
    out.dedup_by_key(|d| (d.later, d.earlier));
    out
}

/// Documents most of whose facts come from another's publisher, as they say, and that tell something which
/// the other tells too: on others it says nothing.
fn retellings(
    told: &[Told<'_>],
    reports: &[Report],
    groups: &[Vec<usize>],
    transmitters: &Transmitters<'_>,
) -> Vec<Dependence> {
    let mut facts = vec![0u32; told.len()];
    let mut from: FxHashMap<(u32, &Transmitter), u32> = FxHashMap::default();
    for report in reports {
        facts[report.document as usize] += 1;
        for hop in report.chain.iter().skip(1) {
            *from.entry((report.document, hop)).or_default() += 1;
        }
    }
    let mut found: BTreeMap<(u32, u32), DependenceKind> = BTreeMap::new();
    for group in groups {
        let documents: BTreeSet<u32> = group.iter().map(|&r| reports[r].document).collect();
        for &later in &documents {
            for &earlier in documents.iter().filter(|&&earlier| earlier != later) {
                let publisher = transmitters.publisher(earlier);
                let retold = from.get(&(later, publisher)).copied().unwrap_or(0);
                let of = facts[later as usize];
                let enough = retold >= LEAST_RETOLD && retold * 100 >= of * LEAST_RETOLD_PERCENT;
                if enough && may_follow(told, later as usize, earlier as usize) {
                    let kind = DependenceKind::Retelling { facts: retold, of };
                    found.insert((later, earlier), kind);
                }
            }
        }
    }
    let dependence = |((later, earlier), kind)| Dependence {
        later,
        earlier,
        kind,
    };
    found.into_iter().map(dependence).collect()
}

pub(crate) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a case holds fewer documents")
}

/// When a document was published; day, and second where it is known.
fn published(told: &Told<'_>) -> Option<(Day, Option<u32>)> {
    if let Some(published) = &told.meta.published {
        return Some((published.stamp.day, published.stamp.second));
    }
    let anchor = told.reading.anchor.as_ref()?;
    (anchor.earliest == anchor.latest).then_some((anchor.latest, None))
}

/// Whether `a` may have been published after `b`: unless time tells otherwise. Of two that may both be
/// the later one nothing tells which rests on the other.
pub(crate) fn may_follow(told: &[Told<'_>], a: usize, b: usize) -> bool {
    match (published(&told[a]), published(&told[b])) {
        (Some((x, _)), Some((y, _))) if x != y => x > y,
        (Some((_, Some(x))), Some((_, Some(y)))) => x >= y,
        _ => true,
    }
}

fn copies(told: &[Told<'_>]) -> Vec<Dependence> {
    let sketches: Vec<Vec<u32>> = told.iter().map(sequences).collect();
    let lengths: Vec<usize> = sketches.iter().map(Vec::len).collect();
    let passes = lengths.iter().sum::<usize>().div_ceil(IN_HAND).max(1) as u64;
    let mut pairs: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for pass in 0..passes {
        let of_pass = |hash: &u32| (u64::from(*hash) * passes) >> 32 == pass;
        let mut all: Vec<(u32, u32)> = Vec::new();
        for (own, number) in sketches.iter().zip(0..) {
            let own = own.iter().copied().filter(of_pass);
            all.extend(own.map(|sequence| (sequence, number)));
        }
        all.sort_unstable();
        for one in all.chunk_by(|a, b| a.0 == b.0) {
            if one.len() > TOO_COMMON {
                continue;
            }
            for (i, &(_, a)) in one.iter().enumerate() {
                for &(_, b) in &one[i + 1..] {
                    *pairs.entry((a, b)).or_default() += 1;
                }
            }
        }
    }
    let mut shared: Vec<((usize, usize), u32)> = pairs
        .into_iter()
        .filter(|&(_, count)| count >= LEAST_SEQUENCES)
        .map(|((a, b), count)| ((a as usize, b as usize), count))
        .collect();
    shared.sort_unstable();
    let mut out = Vec::new();
    for ((a, b), count) in shared {
        let shorter = number(lengths[a].min(lengths[b])).max(1);
        let percent = count * 100 / shorter;
        if count >= LEAST_SEQUENCES && percent >= LEAST_PERCENT {
            for (later, earlier) in [(a, b), (b, a)] {
                if may_follow(told, later, earlier) {
                    out.push(Dependence {
                        later: number(later),
                        earlier: number(earlier),
                        kind: DependenceKind::Copy { percent },
                    });
                }
            }
        }
    }
    out
}

/// The sketch of a document: hashes of its sequences of folded words, each once, in order. Of a million articles
/// the sketches take less than two gigabytes; two sequences of one hash among them are rare, and eight shared by
/// chance do not happen.
fn sequences(told: &Told<'_>) -> Vec<u32> {
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

fn hash<T: Hash + ?Sized>(what: &T) -> u64 {
    let mut hasher = FxHasher::default();
    what.hash(&mut hasher);
    hasher.finish()
}
