//! Documents that seem to depend on an earlier one without saying so: copies in one language by shared
//! word sequences (containment, not symmetric likeness: true copies share as little as 30 % of their
//! sequences), translated copies by the same claims in the same order. Dependence runs along time.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use madar_text::{Day, Lang, fold};
use rustc_hash::{FxHashMap, FxHasher};

use crate::network::Told;
use crate::reports::Report;

/// What the suspicion rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DependenceKind {
    /// Share of the shorter text's word sequences that stand in the other, in percent.
    Copy { percent: u32 },
    /// Claims told by both in the same order, of all claims of the later one.
    Translation { shared: u32, of: u32 },
}

/// The later document may rest on the earlier one; numbers of documents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dependence {
    pub later: u32,
    pub earlier: u32,
    pub kind: DependenceKind,
}

/// Words in a sequence: passim's default.
const SEQUENCE: usize = 5;
/// Sequences in more documents than this are phrases of the trade.
const TOO_COMMON: usize = 50;
/// Share of the shorter text that must be found in the other. Below it lie quotes of one speech.
const LEAST_PERCENT: u32 = 25;
/// And at least so many sequences: two short notices share a title by chance.
const LEAST_SEQUENCES: u32 = 8;
/// Claims that a translation shares with its original, at least.
const LEAST_CLAIMS: u32 = 3;
/// And the share of the later document's claims, in percent; both from the bundled examples, where
/// honest reports of one affair share a third at most.
const LEAST_CLAIMS_PERCENT: u32 = 50;
/// Share of the shared claims that must stand in the same order, in percent.
const LEAST_ORDER_PERCENT: usize = 70;

pub(crate) fn dependences(
    told: &[Told<'_>],
    reports: &[Report],
    groups: &[Vec<usize>],
) -> Vec<Dependence> {
    let mut out = copies(told);
    for dependence in translations(told, reports, groups) {
        if !out
            .iter()
            .any(|d| (d.later, d.earlier) == (dependence.later, dependence.earlier))
        {
            out.push(dependence);
        }
    }
    out.sort_by_key(|d| (d.later, d.earlier));
    out
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a case holds fewer documents")
}

/// When a document was published; day and second where it is known.
fn published(told: &Told<'_>) -> Option<(Day, u32)> {
    if let Some(published) = &told.meta.published {
        return Some((published.stamp.day, published.stamp.second.unwrap_or(0)));
    }
    let anchor = told.reading.anchor.as_ref()?;
    (anchor.earliest == anchor.latest).then_some((anchor.latest, 0))
}

/// The two in order of time: earlier, later. Where time does not tell, the smaller number counts as
/// the earlier: it makes no difference to a count.
fn in_order(told: &[Told<'_>], a: usize, b: usize) -> (u32, u32) {
    let (x, y) = (published(&told[a]), published(&told[b]));
    let swap = match (x, y) {
        (Some(x), Some(y)) if x != y => x > y,
        _ => a > b,
    };
    if swap {
        (number(b), number(a))
    } else {
        (number(a), number(b))
    }
}

fn copies(told: &[Told<'_>]) -> Vec<Dependence> {
    let sequences: Vec<BTreeSet<u64>> = told.iter().map(|t| sequences(t)).collect();
    let mut documents: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, set) in sequences.iter().enumerate() {
        for sequence in set {
            documents.entry(*sequence).or_default().push(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for list in documents.values().filter(|list| list.len() <= TOO_COMMON) {
        for (i, &a) in list.iter().enumerate() {
            for &b in &list[i + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut out = Vec::new();
    for ((a, b), count) in shared {
        let shorter = number(sequences[a].len().min(sequences[b].len())).max(1);
        let percent = count * 100 / shorter;
        if count >= LEAST_SEQUENCES && percent >= LEAST_PERCENT {
            let (earlier, later) = in_order(told, a, b);
            out.push(Dependence {
                later,
                earlier,
                kind: DependenceKind::Copy { percent },
            });
        }
    }
    out
}

/// Hashes of the sequences of folded words of a document, each once.
fn sequences(told: &Told<'_>) -> BTreeSet<u64> {
    let words: Vec<String> = told
        .reading
        .sentences
        .iter()
        .flat_map(|s| s.of(told.text).split(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .map(fold)
        .collect();
    let hash = |words: &[String]| {
        let mut hasher = FxHasher::default();
        words.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(SEQUENCE).map(hash).collect()
}

fn language(told: &Told<'_>) -> Option<Lang> {
    told.reading.mentions.first().map(|m| m.lang)
}

fn translations(told: &[Told<'_>], reports: &[Report], groups: &[Vec<usize>]) -> Vec<Dependence> {
    // For each document its claims in the order in which it tells them.
    let mut claims: Vec<Vec<(u32, usize)>> = vec![Vec::new(); told.len()];
    for (claim, tellings) in groups.iter().enumerate() {
        for &telling in tellings {
            let report = &reports[telling];
            claims[report.document as usize].push((report.fact, claim));
        }
    }
    let order: Vec<Vec<usize>> = claims
        .into_iter()
        .map(|mut list| {
            list.sort_unstable();
            let mut seen = BTreeSet::new();
            list.into_iter()
                .map(|(_, claim)| claim)
                .filter(|c| seen.insert(*c))
                .collect()
        })
        .collect();
    let mut out = Vec::new();
    for a in 0..told.len() {
        for b in a + 1..told.len() {
            if language(&told[a]) == language(&told[b]) {
                continue;
            }
            let (earlier, later) = in_order(told, a, b);
            let (first, second) = (&order[earlier as usize], &order[later as usize]);
            let at: BTreeMap<usize, usize> =
                first.iter().enumerate().map(|(i, c)| (*c, i)).collect();
            let shared: Vec<usize> = second.iter().filter_map(|c| at.get(c).copied()).collect();
            let (count, of) = (number(shared.len()), number(second.len()));
            let enough = count >= LEAST_CLAIMS && count * 100 >= of * LEAST_CLAIMS_PERCENT;
            if enough && rising(&shared) * 100 >= shared.len() * LEAST_ORDER_PERCENT {
                let kind = DependenceKind::Translation { shared: count, of };
                out.push(Dependence {
                    later,
                    earlier,
                    kind,
                });
            }
        }
    }
    out
}

/// Length of the longest rising part of a sequence, gaps allowed.
fn rising(sequence: &[usize]) -> usize {
    let mut tails: Vec<usize> = Vec::new();
    for &value in sequence {
        let at = tails.partition_point(|&tail| tail < value);
        match tails.get_mut(at) {
            Some(tail) => *tail = value,
            None => tails.push(value),
        }
    }
    tails.len()
}
