//! Pairs of claims: those that cannot both be so, and those that may be one.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Bodies, Grouped, Growth, Spot, all_heads};
use crate::alike::{Comparison, Telling, is_compatible, may_be_at_odds};
use crate::claims::{self, Claim};
use crate::known::{Library, Mark};
use crate::reports::Report;

impl<L: Library> Growth<'_, L> {
    /// Claims that cannot both be so, where one of them has changed; gives those whose opposites are others now.
    pub(super) fn contradictions(
        &self,
        marks: &[Mark],
        grouped: &Grouped,
        bodies: &Bodies<'_, L>,
        comparison: &Comparison<'_>,
        contradictions: &mut BTreeSet<(u64, u64)>,
    ) -> BTreeSet<u64> {
        let touched = |claim: &u64| grouped.changed.contains(claim) || grouped.left.contains(claim);
        let before = contradictions.clone();
        contradictions.retain(|(a, b)| !touched(a) && !touched(b));
        let mut wanted: FxHashMap<u64, BTreeSet<u64>> = FxHashMap::default();
        let heads = || marks.iter().flat_map(|mark| &mark.heads);
        for head in heads().filter(|head| grouped.changed.contains(&head.claim)) {
            for &key in &head.keys.pairs {
                wanted.entry(key).or_default().insert(head.claim);
            }
        }
        let mut near: BTreeSet<(u64, u64)> = BTreeSet::new();
        for head in heads() {
            for key in &head.keys.pairs {
                for &claim in wanted.get(key).into_iter().flatten() {
                    if claim != head.claim {
                        near.insert((claim.min(head.claim), claim.max(head.claim)));
                    }
                }
            }
        }
        let involved: FxHashSet<u64> = near.iter().flat_map(|&(a, b)| [a, b]).collect();
        let mut spots: FxHashMap<u64, Vec<Spot>> = FxHashMap::default();
        for (spot, head) in all_heads(marks) {
            if involved.contains(&head.claim) {
                spots.entry(head.claim).or_default().push(spot);
            }
        }
        let mut known: FxHashMap<u64, claims::Stand> = FxHashMap::default();
        let mut stand = |claim: u64| -> claims::Stand {
            let make = || {
                let all = spots[&claim]
                    .iter()
                    .map(|&spot| bodies.with(spot, Report::clone));
                claims::Stand::of(&all.collect::<Vec<_>>())
            };
            known.entry(claim).or_insert_with(make).clone()
        };
        let tellings = |claim: u64| -> Vec<Telling> {
            let telling = |&spot: &Spot| bodies.with(spot, |report| comparison.telling(report));
            spots[&claim].iter().map(telling).collect()
        };
        for (a, b) in near {
            if !claims::contradict(&stand(a), &stand(b)) {
                continue;
            }
            let (ones, others) = (tellings(a), tellings(b));
            let mut pairs = ones
                .iter()
                .flat_map(|one| others.iter().map(move |other| (one, other)));
            if pairs.any(|(one, other)| may_be_at_odds(one, other)) {
                contradictions.insert((a, b));
            }
        }
        let turned = before.symmetric_difference(contradictions);
        let turned: BTreeSet<u64> = turned.flat_map(|&(a, b)| [a, b]).collect();
        turned
            .into_iter()
            .filter(|claim| !grouped.left.contains(claim))
            .collect()
    }

    /// Claims that may be one, where something was told anew; gives those that may be one with others than before.
    pub(super) fn perhaps(
        &self,
        marks: &[Mark],
        grouped: &Grouped,
        bodies: &Bodies<'_, L>,
        comparison: &Comparison<'_>,
        perhaps: &mut BTreeSet<(u64, u64)>,
    ) -> BTreeSet<u64> {
        let before = perhaps.clone();
        let touched = |claim: &u64| grouped.seen.contains(claim) || grouped.left.contains(claim);
        perhaps.retain(|(a, b)| !touched(a) && !touched(b));
        let claim = |(at, number): Spot| marks[at].heads[number].claim;
        let near = grouped.perhaps.iter().map(|&(a, b)| (claim(a), claim(b)));
        let near: BTreeSet<(u64, u64)> = near.filter(|(a, b)| a != b).collect();
        let involved: FxHashSet<u64> = near.iter().flat_map(|&(a, b)| [a, b]).collect();
        let mut tellings: FxHashMap<u64, Vec<(usize, Telling)>> = FxHashMap::default();
        for (spot, head) in all_heads(marks) {
            if involved.contains(&head.claim) {
                let telling = bodies.with(spot, |report| comparison.telling(report));
                tellings
                    .entry(head.claim)
                    .or_default()
                    .push((spot.0, telling));
            }
        }
        let fit = |(a, b): &(u64, u64)| {
            let mut all = tellings[a].iter();
            all.all(|(at, one)| {
                let mut others = tellings[b].iter();
                others.all(|(other, two)| at != other && is_compatible(one, two))
            })
        };
        perhaps.extend(near.into_iter().filter(fit));
        let turned = before.symmetric_difference(perhaps).map(|(thin, _)| *thin);
        let turned: BTreeSet<u64> = turned.collect();
        let (was, now) = (Perhaps::new(&before), Perhaps::new(perhaps));
        let mut out = BTreeSet::new();
        for thin in turned {
            let (was, now) = (was.meant_by(thin), now.meant_by(thin));
            let other = was.symmetric_difference(&now);
            let mut other = other.copied().peekable();
            out.extend(other.peek().is_some().then_some(thin));
            out.extend(other);
        }
        out.retain(|claim| !grouped.left.contains(claim));
        out
    }
}

/// Which claims may be one. What may be one of many says nothing of any.
pub(super) struct Perhaps<'a> {
    /// From those that leave somebody unnamed to those that they may be.
    meant: &'a BTreeSet<(u64, u64)>,
    /// The other way.
    told: FxHashMap<u64, Vec<u64>>,
}

/// Claims that one may be, above which it tells nothing of them.
const MANY: usize = 3;

impl<'a> Perhaps<'a> {
    pub(super) fn new(meant: &'a BTreeSet<(u64, u64)>) -> Self {
        let mut told: FxHashMap<u64, Vec<u64>> = FxHashMap::default();
        for &(thin, full) in meant {
            told.entry(full).or_default().push(thin);
        }
        Self { meant, told }
    }

    /// Those that a claim which leaves somebody unnamed may be.
    fn meant_by(&self, thin: u64) -> BTreeSet<u64> {
        let all = self.meant.range((thin, 0)..=(thin, u64::MAX));
        let all: BTreeSet<u64> = all.map(|(_, full)| *full).collect();
        match all.len() > MANY {
            true => BTreeSet::new(),
            false => all,
        }
    }

    /// Those with which a claim may be one, in order.
    pub(super) fn with(&self, claim: u64) -> Vec<u64> {
        let mut out = self.meant_by(claim);
        let told = self.told.get(&claim).into_iter().flatten();
        out.extend(told.filter(|&&thin| self.meant_by(thin).contains(&claim)));
        out.into_iter().collect()
    }
}

/// By number of a claim those against which it stands, in order.
pub(super) fn stand_against(
    contradictions: &BTreeSet<(u64, u64)>,
    claims: &[Claim],
) -> BTreeMap<u64, Vec<u64>> {
    let none = claims.iter().map(|claim| (claim.id.number(), Vec::new()));
    let mut out: BTreeMap<u64, Vec<u64>> = none.collect();
    for &(a, b) in contradictions {
        for (claim, other) in [(a, b), (b, a)] {
            if let Some(those) = out.get_mut(&claim) {
                those.push(other);
            }
        }
    }
    out.values_mut().for_each(|those| those.sort_unstable());
    out
}
