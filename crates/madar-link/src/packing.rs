//! The largest number of chains of which no two share a transmitter: a set packing, exact by branch
//! and bound. A claim has few distinct chains, so it is fast; above a limit bounds are given.

use std::collections::BTreeSet;

/// Chains (after those that hold another whole are dropped) up to which the packing is exact. The
/// search is exponential at worst; 24 chains take well under a millisecond in practice, and no claim
/// of the dev stories has more than six.
const EXACT_UP_TO: usize = 24;

/// How many chains are independent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Packing {
    pub lower: u32,
    /// The same as `lower` where the packing is exact.
    pub upper: u32,
}

/// The packing of `chains`, each a set of transmitters by number. No chain may be empty; without
/// chains it is 0.
pub fn packing(chains: &[BTreeSet<u32>]) -> Packing {
    let minimal = minimal(chains);
    if minimal.len() <= EXACT_UP_TO {
        let best = u32::try_from(search(&minimal, 0)).expect("at most 24");
        return Packing {
            lower: best,
            upper: best,
        };
    }
    Packing {
        lower: greedy(&minimal),
        upper: flow(chains),
    }
}

/// Chains that hold no other chain whole: who passes through more transmitters is never the better
/// choice.
fn minimal(chains: &[BTreeSet<u32>]) -> Vec<&BTreeSet<u32>> {
    let distinct: BTreeSet<&BTreeSet<u32>> = chains.iter().collect();
    let all: Vec<&BTreeSet<u32>> = distinct.into_iter().collect();
    let mut kept: Vec<&BTreeSet<u32>> = all
        .iter()
        .copied()
        .filter(|c| !all.iter().any(|o| o != c && o.is_subset(c)))
        .collect();
    kept.sort_by_key(|c| (c.len(), (*c).clone()));
    kept
}

/// Takes the first chain or leaves it; whole rests that cannot beat `at_least` are cut off.
fn search(chains: &[&BTreeSet<u32>], at_least: usize) -> usize {
    let Some((first, rest)) = chains.split_first() else {
        return 0;
    };
    if chains.len() <= at_least {
        return 0;
    }
    let free: Vec<&BTreeSet<u32>> = rest
        .iter()
        .copied()
        .filter(|c| c.is_disjoint(first))
        .collect();
    let taken = 1 + search(&free, at_least.saturating_sub(1));
    if free.len() == rest.len() {
        return taken; // it stands in nobody's way
    }
    taken.max(search(rest, at_least.max(taken)))
}

fn greedy(chains: &[&BTreeSet<u32>]) -> u32 {
    let mut used: BTreeSet<u32> = BTreeSet::new();
    let mut count = 0;
    for chain in chains {
        if chain.is_disjoint(&used) {
            used.extend(*chain);
            count += 1;
        }
    }
    count
}

/// An upper bound: no more chains than there are distinct ends, and no more than the smallest number
/// of transmitters that a greedy choice needs to hit them all (each can serve one chain).
fn flow(chains: &[BTreeSet<u32>]) -> u32 {
    let mut left: Vec<&BTreeSet<u32>> = chains.iter().collect();
    let mut hit = 0;
    while !left.is_empty() {
        let all: BTreeSet<u32> = left.iter().flat_map(|c| c.iter().copied()).collect();
        let best = all
            .into_iter()
            .max_by_key(|t| (left.iter().filter(|c| c.contains(t)).count(), u32::MAX - t));
        let Some(best) = best else { break };
        left.retain(|c| !c.contains(&best));
        hit += 1;
    }
    hit
}
