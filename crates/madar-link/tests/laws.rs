//! Laws of independence, against the definition by brute force.

use std::collections::BTreeSet;

use madar_link::{Transmitter, packing, weigh};
use proptest::prelude::*;

/// The largest set of chains of which no two share a transmitter, by trying all sets.
fn brute(chains: &[BTreeSet<u32>]) -> u32 {
    (0u32..1 << chains.len())
        .filter(|set| {
            let taken: Vec<_> = (0..chains.len())
                .filter(|i| set & 1 << i != 0)
                .map(|i| &chains[i])
                .collect();
            taken
                .iter()
                .enumerate()
                .all(|(i, a)| taken[i + 1..].iter().all(|b| a.is_disjoint(b)))
        })
        .map(u32::count_ones)
        .max()
        .unwrap_or(0)
}

fn chains(most: usize) -> impl Strategy<Value = Vec<BTreeSet<u32>>> {
    let chain = prop::collection::btree_set(0u32..9, 1..5);
    prop::collection::vec(chain, 0..most)
}

fn outlets(chain: &BTreeSet<u32>) -> Vec<Transmitter> {
    chain
        .iter()
        .map(|n| Transmitter::Outlet(format!("outlets/{n}")))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_packing_is_the_largest(chains in chains(11)) {
        let found = packing(&chains);
        prop_assert_eq!(found.lower, brute(&chains));
        prop_assert_eq!(found.lower, found.upper);
    }

    #[test]
    fn order_and_repetition_change_nothing(chains in chains(9)) {
        let mut turned = chains.clone();
        turned.reverse();
        turned.extend(chains.clone());
        prop_assert_eq!(packing(&chains), packing(&turned));
    }

    #[test]
    fn a_further_report_never_lowers(chains in chains(9), more in prop::collection::btree_set(0u32..9, 1..5)) {
        let before = packing(&chains);
        let mut with = chains.clone();
        with.push(more);
        prop_assert!(packing(&with).lower >= before.lower);
    }

    #[test]
    fn merging_two_transmitters_never_raises(chains in chains(9), a in 0u32..9, b in 0u32..9) {
        let before = packing(&chains);
        let merged: Vec<BTreeSet<u32>> = chains
            .iter()
            .map(|c| c.iter().map(|&t| if t == a { b } else { t }).collect())
            .collect();
        prop_assert!(packing(&merged).lower <= before.lower);
    }

    #[test]
    fn a_further_dependence_never_raises(chains in chains(8), later in 0usize..8, earlier in 0usize..8) {
        prop_assume!(!chains.is_empty());
        let (later, earlier) = (later % chains.len(), earlier % chains.len());
        let before = packing(&chains);
        let mut with = chains.clone();
        // The later one's chain now runs through the earlier one's; its publisher stays.
        let publisher = *chains[later].iter().next().unwrap();
        with[later] = chains[earlier].iter().copied().chain([publisher]).collect();
        prop_assert!(packing(&with).lower <= before.lower);
    }

    #[test]
    fn bounds_hold_above_the_limit(chains in chains(40)) {
        let found = packing(&chains);
        prop_assert!(found.lower <= found.upper);
        let distinct: BTreeSet<u32> = chains.iter().flatten().copied().collect();
        prop_assert!(found.lower as usize <= distinct.len());
    }

    #[test]
    fn one_chain_exactly_where_there_is_a_common_link_or_no_two_are_disjoint(chains in chains(8)) {
        prop_assume!(!chains.is_empty());
        let support = weigh(&chains.iter().map(outlets).collect::<Vec<_>>());
        if !support.common_links.is_empty() {
            prop_assert_eq!(support.k_hi, 1);
        }
        prop_assert!(1 <= support.k_lo && support.k_lo <= support.k_hi);
    }
}
