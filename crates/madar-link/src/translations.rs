//! Translated copies: a document that names the same people, sums and days in the same order as an earlier
//! one in another language. Reports of one affair share who and what; only a copy shares the order.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::dependence::{Dependence, DependenceKind, Papers, number};
use crate::digest::{Digest, Kept};
use crate::entities::{Entities, EntityId};

/// Something that a translation keeps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
enum Item {
    Named(EntityId),
    Days(madar_text::Day, madar_text::Day),
    Sum(i64),
}

/// Things named in more documents than this bring no two of them together: they are the news of the year.
const TOO_COMMON: usize = 50;
/// Distinct things that two documents share, at least: shorter ones say too little.
const LEAST_SHARED: usize = 6;
/// Share of the later document's things that stand in the earlier one in the same order, in percent, at
/// least. Translated copies of the dev stories reach 70 and more, honest reports of one affair 45.
const LEAST_IN_ORDER: usize = 60;

/// What stood in documents before they were looked at again: their digests with the entities of their drafts.
pub(crate) type Before<'a> = FxHashMap<usize, (&'a Digest, &'a [EntityId])>;

/// Translations among the pairs of documents of which one has changed, and of those that share with it what has
/// become too common, or no longer is. Gives the documents that were looked at.
pub(crate) fn translations(
    papers: &Papers<'_>,
    entities: &Entities<'_>,
    changed: &BTreeSet<usize>,
    before: &Before<'_>,
) -> (BTreeSet<usize>, Vec<Dependence>) {
    let now = |at: usize| kept(papers.digests[at], entities.of_drafts(at));
    // how many more documents have it than had it
    let mut more: FxHashMap<Item, isize> = FxHashMap::default();
    for &at in changed {
        for item in distinct(now(at)) {
            *more.entry(item).or_default() += 1;
        }
        if let Some((digest, drafts)) = before.get(&at) {
            for item in distinct(kept(digest, drafts)) {
                *more.entry(item).or_default() -= 1;
            }
        }
    }
    let mut looked_at = changed.clone();
    let mut documents = documents(papers, entities, &more.keys().copied().collect());
    for (item, more) in more {
        let those = documents.get(&item).map_or(&[][..], Vec::as_slice);
        let had = those.len().saturating_add_signed(-more);
        if (had > TOO_COMMON) != (those.len() > TOO_COMMON) {
            looked_at.extend(those.iter().map(|&at| at as usize));
        }
    }
    if looked_at.len() > changed.len() {
        let items = looked_at.iter().flat_map(|&at| now(at)).collect();
        documents = self::documents(papers, entities, &items);
    }
    let mut out = Vec::new();
    for &a in &looked_at {
        let own = now(a);
        let mut shared: FxHashMap<usize, usize> = FxHashMap::default();
        for item in distinct(own.clone()) {
            let those = &documents[&item];
            if those.len() <= TOO_COMMON {
                for &b in those {
                    *shared.entry(b as usize).or_default() += 1;
                }
            }
        }
        for (b, count) in shared {
            // of two that are both looked at the first one asks
            let asked = a == b || looked_at.contains(&b) && b < a;
            let enough = count >= LEAST_SHARED;
            if !asked && enough && papers.digests[a].lang != papers.digests[b].lang {
                out.extend(between(papers, (a, &own), (b, &now(b))));
            }
        }
    }
    (looked_at, out)
}

/// The documents that have each of these, in order.
fn documents(
    papers: &Papers<'_>,
    entities: &Entities<'_>,
    wanted: &FxHashSet<Item>,
) -> FxHashMap<Item, Vec<u32>> {
    let mut out: FxHashMap<Item, Vec<u32>> = FxHashMap::default();
    for at in 0..papers.digests.len() {
        let place = number(at);
        for item in items(papers.digests[at], entities.of_drafts(at)) {
            if wanted.contains(&item) {
                let those = out.entry(item).or_default();
                if those.last() != Some(&place) {
                    those.push(place);
                }
            }
        }
    }
    out
}

/// One may be translated from the other, or the other way round.
fn between(
    papers: &Papers<'_>,
    (a, of_a): (usize, &[Item]),
    (b, of_b): (usize, &[Item]),
) -> Vec<Dependence> {
    let shared = longest_common(of_a, of_b);
    let one = |(later, earlier, of): (usize, usize, usize)| {
        let kind = DependenceKind::Translation {
            shared: number(shared),
            of: number(of),
        };
        (shared * 100 >= of * LEAST_IN_ORDER && papers.may_follow(later, earlier))
            .then(|| papers.dependence(later, earlier, kind))
    };
    let both = [(a, b, of_a.len()), (b, a, of_b.len())];
    both.into_iter().filter_map(one).collect()
}

fn distinct(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_unstable();
    items.dedup();
    items
}

/// What a translation of the document would keep, in order, where its drafts stand for these; what comes twice in
/// a row once.
fn kept(digest: &Digest, drafts: &[EntityId]) -> Vec<Item> {
    let mut out: Vec<Item> = items(digest, drafts).collect();
    out.dedup();
    out
}

fn items<'a>(digest: &'a Digest, drafts: &'a [EntityId]) -> impl Iterator<Item = Item> + 'a {
    digest.order.iter().filter_map(|kept| match *kept {
        Kept::Named(mention) => {
            let draft = digest.draft_of[mention as usize] as usize;
            let named = !digest.drafts[draft].names.is_empty();
            named.then(|| Item::Named(drafts[draft]))
        }
        Kept::Days(from, to) => Some(Item::Days(from, to)),
        Kept::Sum(value) => Some(Item::Sum(value)),
    })
}

/// Length of the longest common subsequence.
fn longest_common(a: &[Item], b: &[Item]) -> usize {
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
