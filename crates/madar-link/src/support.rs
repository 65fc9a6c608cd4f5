//! How many independent chains stand behind a claim, as an interval, and what it hangs on: *k_hi* takes the chains as told,
//! with those of what may be told of the same; *k_lo* takes only what is told of it for sure, and also what is suspected.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::Role;

use crate::digest::DocumentNumber;
use crate::entities::EntityId;
use crate::packing::packing;
use crate::reliance::Strand;
use crate::reports::Report;
use crate::suspicion::{Collapse, Suspicion};
use crate::transmitters::Transmitter;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    /// With what is suspected.
    pub k_lo: u32,
    /// As told, by those who may tell it too.
    pub k_hi: u32,
    /// Distinct documents, versions of one article counted once.
    pub articles: u32,
    pub languages: u32,
    /// Transmitters on every chain as told.
    pub common_links: Vec<Transmitter>,
    /// Transmitters on every chain, with what is suspected; holds the told ones.
    pub suspected_links: Vec<Transmitter>,
    /// Where there is no common link: a smallest set of transmitters without which no chain is left.
    pub cut: Vec<Transmitter>,
    /// Chains that begin with a party to the fact.
    pub interested: u32,
    pub collapses: Vec<Collapse>,
    /// One to each telling, in their order.
    pub told: Vec<Strand>,
    /// Chains of what may be told of the same: by articles that leave somebody unnamed whom this claim names, or the
    /// other way round.
    pub perhaps: Vec<Strand>,
    /// What is left of those told with what is suspected.
    pub suspected: Vec<Strand>,
    /// The counts are bounds, not exact.
    pub bounded: bool,
}

/// The support of chains as told, each with the publisher first. Empty chains are left out.
pub fn weigh(told: &[Vec<Transmitter>]) -> Support {
    let chains: Vec<&[Transmitter]> = told
        .iter()
        .map(Vec::as_slice)
        .filter(|c| !c.is_empty())
        .collect();
    let numbers = Numbers::new(chains.iter().copied().flatten());
    let packed = packing(&chains.iter().map(|c| numbers.set(c)).collect::<Vec<_>>());
    let common_links = common(&chains);
    Support {
        k_lo: packed.lower,
        k_hi: packed.upper,
        articles: u32::try_from(chains.len()).expect("fewer chains"),
        languages: 1,
        cut: if common_links.is_empty() {
            smallest_cut(&chains)
        } else {
            Vec::new()
        },
        suspected_links: common_links.clone(),
        common_links,
        interested: 0,
        collapses: Vec::new(),
        told: Vec::new(),
        perhaps: Vec::new(),
        suspected: Vec::new(),
        bounded: packed.lower != packed.upper,
    }
}

impl Support {
    /// With the chains of what may be told of the same.
    pub(crate) fn with_perhaps(mut self, perhaps: Vec<Strand>) -> Self {
        if !perhaps.is_empty() {
            let all = self.told.iter().chain(&perhaps);
            let all: Vec<Vec<Transmitter>> = all.map(|s| s.through.clone()).collect();
            let all = weigh(&all);
            self.k_hi = self.k_hi.max(all.k_hi);
            self.bounded |= all.bounded;
            self.perhaps = perhaps;
        }
        self
    }
}

/// Transmitters as small numbers, in their order.
pub(crate) struct Numbers<'a>(BTreeMap<&'a Transmitter, u32>);

impl<'a> Numbers<'a> {
    pub(crate) fn new(all: impl Iterator<Item = &'a Transmitter>) -> Self {
        let distinct: BTreeSet<&Transmitter> = all.collect();
        Self(distinct.into_iter().zip(0..).collect())
    }

    pub(crate) fn set(&self, chain: &[Transmitter]) -> BTreeSet<u32> {
        chain.iter().map(|t| self.0[t]).collect()
    }
}

fn common(chains: &[&[Transmitter]]) -> Vec<Transmitter> {
    let Some((first, rest)) = chains.split_first() else {
        return Vec::new();
    };
    first
        .iter()
        .filter(|t| rest.iter().all(|c| c.contains(t)))
        .cloned()
        .collect()
}

/// The largest set that is looked for; larger cuts say little to a reader.
const LARGEST_CUT: usize = 3;

/// A smallest set of transmitters that meets every chain, outlets first; empty if it would be large.
fn smallest_cut(chains: &[&[Transmitter]]) -> Vec<Transmitter> {
    let all: Vec<&Transmitter> = chains
        .iter()
        .flat_map(|c| c.iter())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    for size in 2..=LARGEST_CUT {
        if let Some(cut) = cut_of(&all, chains, size) {
            return cut.into_iter().cloned().collect();
        }
    }
    Vec::new()
}

fn cut_of<'a>(
    all: &[&'a Transmitter],
    chains: &[&[Transmitter]],
    size: usize,
) -> Option<Vec<&'a Transmitter>> {
    let Some(open) = chains.first() else {
        return Some(Vec::new());
    };
    if size == 0 {
        return None;
    }
    // Whoever cuts must meet the first open chain.
    all.iter().filter(|t| open.contains(t)).find_map(|choice| {
        let left: Vec<&[Transmitter]> = chains
            .iter()
            .copied()
            .filter(|c| !c.contains(choice))
            .collect();
        let mut rest = cut_of(all, &left, size - 1)?;
        rest.insert(0, choice);
        Some(rest)
    })
}

/// The support of one claim: of these reports.
pub(crate) fn support(
    reports: &[Report],
    tellings: &[usize],
    participants: &[(Role, EntityId)],
    suspicion: &Suspicion<'_>,
) -> Support {
    let own: Vec<Vec<Transmitter>> = tellings.iter().map(|&t| reports[t].chain.clone()).collect();
    let mut support = weigh(&own);
    let documents: BTreeSet<DocumentNumber> =
        tellings.iter().map(|&t| reports[t].document).collect();
    support.articles = suspicion.articles(&documents);
    support.languages = suspicion.languages(&documents);
    let parties: BTreeSet<EntityId> = participants.iter().map(|(_, e)| *e).collect();
    let origins: BTreeSet<&[Transmitter]> = own
        .iter()
        .map(Vec::as_slice)
        .filter(|c| matches!(c.last(), Some(Transmitter::Entity(e)) if parties.contains(e)))
        .collect();
    support.interested = u32::try_from(origins.len()).expect("fewer chains");
    let (suspected, collapses) = suspicion.suspected(reports, tellings);
    let through: Vec<Vec<Transmitter>> = suspected.iter().map(|s| s.through.clone()).collect();
    let lower = weigh(&through);
    // Suspicion only ever lowers; a bound above the told count would be none.
    support.k_lo = lower
        .k_lo
        .min(support.k_hi)
        .max(u32::from(!tellings.is_empty()));
    let further = lower.common_links.into_iter();
    let further: Vec<Transmitter> = further
        .filter(|t| !support.common_links.contains(t))
        .collect();
    support.suspected_links.extend(further);
    support.collapses = collapses;
    let told = tellings.iter().map(|&t| Strand::of(&reports[t]));
    support.told = told.collect();
    support.suspected = suspected;
    support
}
