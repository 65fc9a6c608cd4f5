//! Laws of suspicion on random chains: what is suspected never raises the count, and a circle without order
//! is one transmitter, whatever the numbers of its documents.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::collections::BTreeSet;

use madar_link::{Chain, Dependence, DependenceKind, Transmitter, standing, taken_together, weigh};
use proptest::prelude::*;

const DOCUMENTS: u64 = 6;

fn outlet(n: u64) -> Transmitter {
    Transmitter::Outlet(format!("outlets/{n}"))
}

fn source(n: u32) -> Transmitter {
    Transmitter::Publisher(format!("source {n}"))
}

/// A chain of a document: its publisher, which another document may share, and up to two sources.
fn chain(document: u64, sources: &[u32]) -> Chain {
    let publisher = outlet(document % 5);
    Chain {
        document,
        sourced: !sources.is_empty(),
        through: [publisher]
            .into_iter()
            .chain(sources.iter().map(|&n| source(n)))
            .collect(),
    }
}

fn chains() -> impl Strategy<Value = Vec<Chain>> {
    let sources = prop::collection::btree_set(0u32..5, 0..3);
    let one = (0..DOCUMENTS, sources)
        .prop_map(|(document, sources)| chain(document, &sources.into_iter().collect::<Vec<_>>()));
    prop::collection::vec(one, 1..9)
}

fn dependence() -> impl Strategy<Value = Dependence> {
    (0..DOCUMENTS, 0..DOCUMENTS, any::<bool>()).prop_map(|(later, earlier, open)| Dependence {
        later,
        earlier,
        kind: if open {
            DependenceKind::Retelling { facts: 3, of: 4 }
        } else {
            DependenceKind::Copy { percent: 60 }
        },
    })
}

fn dependences() -> impl Strategy<Value = Vec<Dependence>> {
    prop::collection::vec(dependence(), 0..8)
}

fn k(chains: &[Chain], dependences: &[Dependence]) -> u32 {
    let strands = standing(chains, dependences).chains.into_iter();
    weigh(&strands.map(|s| s.through).collect::<Vec<_>>()).k_lo
}

/// By the definition: of documents that rest on each other directly or by others take one chain through
/// all; leave out who rests on somebody outside; of the rest the largest set without a shared transmitter.
fn by_definition(chains: &[Chain], dependences: &[Dependence]) -> u32 {
    let n = chains.len();
    let mut rests = vec![vec![false; n]; n];
    for (a, later) in chains.iter().enumerate() {
        for (b, earlier) in chains.iter().enumerate() {
            rests[a][b] = dependences.iter().any(|d| {
                let open = matches!(d.kind, DependenceKind::Retelling { .. });
                d.later == later.document
                    && d.earlier == earlier.document
                    && d.later != d.earlier
                    && !(open && later.sourced)
            });
        }
    }
    for via in 0..n {
        let from = rests[via].clone();
        for own in rests.iter_mut().filter(|own| own[via]) {
            own.iter_mut().zip(&from).for_each(|(to, more)| *to |= more);
        }
    }
    let set = |at: usize| chains[at].through.iter().collect::<BTreeSet<_>>();
    let mut sets: Vec<BTreeSet<&Transmitter>> = Vec::new();
    for (a, rests_on) in rests.iter().enumerate() {
        if (0..n).any(|b| rests_on[b] && !rests[b][a]) {
            continue;
        }
        let circle = (0..n).filter(|&b| b == a || rests_on[b]);
        sets.push(circle.flat_map(set).collect());
    }
    (0u32..1 << sets.len())
        .filter(|chosen| {
            let taken: Vec<_> = (0..sets.len()).filter(|i| chosen & 1 << i != 0).collect();
            let apart = |(i, a): (usize, &usize)| {
                taken[i + 1..]
                    .iter()
                    .all(|b| sets[*a].is_disjoint(&sets[*b]))
            };
            taken.iter().enumerate().all(apart)
        })
        .map(u32::count_ones)
        .max()
        .unwrap_or(0)
}

/// The chains with all that may be one taken together.
fn merged(chains: &[Chain], alike: &[(u32, u32)]) -> Vec<Vec<Transmitter>> {
    let known: Vec<Transmitter> = (0..5).map(source).collect();
    let known: Vec<(&Transmitter, u32)> = known.iter().zip(0..).collect();
    let may_be = |a: &u32, b: &u32| alike.contains(&(*a, *b)) || alike.contains(&(*b, *a));
    let (instead, _) = taken_together(&known, may_be, |_, _| false);
    let swap = |t: &Transmitter| (*instead.get(t).unwrap_or(&t)).clone();
    chains
        .iter()
        .map(|c| c.through.iter().map(swap).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_count_is_that_of_the_definition(chains in chains(), dependences in dependences()) {
        prop_assert_eq!(k(&chains, &dependences), by_definition(&chains, &dependences));
    }

    #[test]
    fn it_lies_between_one_and_what_is_told(chains in chains(), dependences in dependences()) {
        let found = k(&chains, &dependences);
        prop_assert!(1 <= found && found <= k(&chains, &[]));
    }

    #[test]
    fn a_further_dependence_never_raises(
        chains in chains(),
        dependences in dependences(),
        more in dependence(),
    ) {
        let before = k(&chains, &dependences);
        let with = [&dependences[..], &[more]].concat();
        prop_assert!(k(&chains, &with) <= before);
    }

    #[test]
    fn a_further_merge_never_raises(
        chains in chains(),
        alike in prop::collection::vec((0u32..5, 0u32..5), 0..5),
        more in (0u32..5, 0u32..5),
    ) {
        let before = weigh(&merged(&chains, &alike)).k_lo;
        let with = [&alike[..], &[more]].concat();
        prop_assert!(weigh(&merged(&chains, &with)).k_lo <= before);
    }

    #[test]
    fn a_further_report_never_lowers_what_is_told(chains in chains(), more in 0..DOCUMENTS, sources in prop::collection::btree_set(0u32..5, 0..3)) {
        let told = |chains: &[Chain]| {
            let all: Vec<_> = chains.iter().map(|c| c.through.clone()).collect();
            weigh(&all).k_hi
        };
        let more = chain(more, &sources.into_iter().collect::<Vec<_>>());
        prop_assert!(told(&[&chains[..], &[more]].concat()) >= told(&chains));
    }

    #[test]
    fn the_numbers_of_documents_change_nothing(chains in chains(), dependences in dependences()) {
        let turn = |n: u64| DOCUMENTS - 1 - n;
        let turned: Vec<Chain> = chains
            .iter()
            .map(|c| Chain { document: turn(c.document), ..c.clone() })
            .collect();
        let other: Vec<Dependence> = dependences
            .iter()
            .map(|d| Dependence { later: turn(d.later), earlier: turn(d.earlier), kind: d.kind })
            .collect();
        prop_assert_eq!(k(&chains, &dependences), k(&turned, &other));
    }
}

/// Two copies without a date cite one source each, a third paper cites one of these: were one of the copies
/// taken for the earlier, the count would be 1 or 2 by chance.
#[test]
fn a_circle_without_order_is_one_transmitter() {
    let copy = |later, earlier| Dependence {
        later,
        earlier,
        kind: DependenceKind::Copy { percent: 80 },
    };
    let told = [chain(0, &[0]), chain(1, &[1]), chain(2, &[0])];
    let circle = [copy(0, 1), copy(1, 0)];
    assert_eq!((k(&told, &[]), k(&told, &circle)), (2, 1));
    let found = standing(&told, &circle);
    assert_eq!(found.circles, [[0, 1]]);
    assert!(found.applied.is_empty());
    // with an order it is the earlier one's chain that stands
    assert_eq!(k(&told, &[copy(0, 1)]), 2);
    assert_eq!(k(&told, &[copy(1, 0)]), 1);
    // a circle that rests on a fourth paper passes on that one's chain
    let told = [&told[..], &[chain(3, &[4])]].concat();
    let further = [&circle[..], &[copy(1, 3)]].concat();
    assert_eq!(k(&told, &further), 2);
    let through = &standing(&told, &further).chains[0];
    assert_eq!(
        through.through,
        [outlet(0), outlet(1), outlet(3), source(4)]
    );
}
