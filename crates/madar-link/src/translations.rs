//! Translated copies: a document that names the same people, sums and days in the same order as an earlier
//! one in another language. Reports of one affair share who and what; only a copy shares the order.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{AmountKind, MentionId};
use madar_text::{Day, Lang};

use crate::dependence::{Dependence, DependenceKind, may_follow, number};
use crate::entities::Entities;
use crate::network::Told;

/// Something that a translation keeps.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kept {
    Named(u32),
    Days(Day, Day),
    Sum(i64),
}

/// Things named in more documents than this bring no two of them together: they are the news of the year.
const TOO_COMMON: usize = 50;
/// Distinct things that two documents share, at least: shorter ones say too little.
const LEAST_SHARED: usize = 6;
/// Share of the later document's things that stand in the earlier one in the same order, in percent, at
/// least. Translated copies of the dev stories reach 70 and more, honest reports of one affair 45.
const LEAST_IN_ORDER: usize = 60;

pub(crate) fn translations(told: &[Told<'_>], entities: &Entities) -> Vec<Dependence> {
    let kept: Vec<Vec<Kept>> = told
        .iter()
        .zip(0..)
        .map(|(document, number)| kept(document, number, entities))
        .collect();
    let languages: Vec<Option<Lang>> = told.iter().map(language).collect();
    let mut out = Vec::new();
    for (a, b) in candidates(&kept) {
        if languages[a] == languages[b] {
            continue;
        }
        let shared = longest_common(&kept[a], &kept[b]);
        for (later, earlier) in [(a, b), (b, a)] {
            let of = kept[later].len();
            if shared * 100 < of * LEAST_IN_ORDER || !may_follow(told, later, earlier) {
                continue;
            }
            let (shared, of) = (number(shared), number(of));
            out.push(Dependence {
                later: number(later),
                earlier: number(earlier),
                kind: DependenceKind::Translation { shared, of },
            });
        }
    }
    out
}

fn language(told: &Told<'_>) -> Option<Lang> {
    let first = told.reading.mentions.first();
    first.map(|m| m.lang)
}

/// What a translation of the document would keep, in order; what comes twice in a row once.
fn kept(told: &Told<'_>, document: u32, entities: &Entities) -> Vec<Kept> {
    let reading = told.reading;
    let last = reading.sentences.iter().map(|s| s.end).max().unwrap_or(0);
    let mut found: Vec<(u32, Kept)> = Vec::new();
    for (at, mention) in reading.mentions.iter().enumerate() {
        let entity = entities.of(document, MentionId::new(at));
        let named = entities.list[entity.at()].named && mention.span.end <= last;
        if named {
            found.push((mention.span.start, Kept::Named(entity.0)));
        }
    }
    for time in &reading.times {
        if let Some((from, to)) = time.range {
            found.push((time.span.start, Kept::Days(from, to)));
        }
    }
    for amount in reading
        .amounts
        .iter()
        .filter(|a| a.kind != AmountKind::Ordinal)
    {
        if let Some(value) = amount.value {
            found.push((amount.span.start, Kept::Sum(value.0)));
        }
    }
    found.sort();
    let mut out: Vec<Kept> = found.into_iter().map(|(_, kept)| kept).collect();
    out.dedup();
    out
}

/// Pairs of documents that share enough for a comparison.
fn candidates(kept: &[Vec<Kept>]) -> Vec<(usize, usize)> {
    let mut documents: BTreeMap<&Kept, Vec<usize>> = BTreeMap::new();
    for (at, list) in kept.iter().enumerate() {
        for item in list.iter().collect::<BTreeSet<_>>() {
            documents.entry(item).or_default().push(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for list in documents.values().filter(|l| l.len() <= TOO_COMMON) {
        for (i, &a) in list.iter().enumerate() {
            for &b in &list[i + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    let enough = shared.into_iter().filter(|(_, n)| *n >= LEAST_SHARED);
    enough.map(|(pair, _)| pair).collect()
}

/// Length of the longest common subsequence.
fn longest_common(a: &[Kept], b: &[Kept]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y {
                before + 1
            } else {
                above.max(row[at])
            };
            before = above;
        }
    }
    row[b.len()]
}
