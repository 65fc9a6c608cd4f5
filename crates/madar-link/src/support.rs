//! How many independent chains stand behind a claim, as an interval, and what it hangs on
//! (`docs/chains.md`): *k_hi* takes the chains as told; *k_lo* also what is suspected.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{Kit, Role};

use crate::dependence::{Dependence, DependenceKind};
use crate::entities::EntityId;
use crate::network::Told;
use crate::packing::packing;
use crate::reports::Report;
use crate::transmitters::{self, Transmitter};

/// Why two chains that look independent may be one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Collapse {
    /// The later document seems to copy the earlier one; percent of its word sequences.
    Copy {
        later: u32,
        earlier: u32,
        percent: u32,
    },
    /// It seems to be translated from it.
    Translation {
        later: u32,
        earlier: u32,
        shared: u32,
        of: u32,
    },
    /// Two outlets of one owner.
    SameOwner(Transmitter, Transmitter),
    /// Two unnamed sources of like kind and country.
    LikeSources(Transmitter, Transmitter),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    /// With what is suspected.
    pub k_lo: u32,
    /// As told.
    pub k_hi: u32,
    /// Distinct documents.
    pub articles: u32,
    pub languages: u32,
    /// Transmitters on every chain.
    pub common_links: Vec<Transmitter>,
    /// Where there is no common link: a smallest set of transmitters without which no chain is left.
    pub cut: Vec<Transmitter>,
    /// Chains that begin with a party to the fact.
    pub interested: u32,
    pub collapses: Vec<Collapse>,
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
        common_links,
        interested: 0,
        collapses: Vec::new(),
        bounded: packed.lower != packed.upper,
    }
}

/// Transmitters as small numbers, in their order.
struct Numbers<'a>(BTreeMap<&'a Transmitter, u32>);

impl<'a> Numbers<'a> {
    fn new(all: impl Iterator<Item = &'a Transmitter>) -> Self {
        let distinct: BTreeSet<&Transmitter> = all.collect();
        Self(distinct.into_iter().zip(0..).collect())
    }

    fn set(&self, chain: &[Transmitter]) -> BTreeSet<u32> {
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

/// The support of one claim.
pub(crate) fn support(
    told: &[Told<'_>],
    reports: &[Report],
    tellings: &[usize],
    participants: &[(Role, EntityId)],
    dependences: &[Dependence],
    kit: &Kit,
) -> Support {
    let own: Vec<Vec<Transmitter>> = tellings.iter().map(|&t| reports[t].chain.clone()).collect();
    let mut support = weigh(&own);
    let documents: BTreeSet<u32> = tellings.iter().map(|&t| reports[t].document).collect();
    support.articles = u32::try_from(documents.len()).expect("fewer documents");
    let languages: BTreeSet<_> = documents
        .iter()
        .filter_map(|&d| told[d as usize].reading.mentions.first().map(|m| m.lang))
        .collect();
    support.languages = u32::try_from(languages.len()).expect("three languages");
    let parties: BTreeSet<EntityId> = participants.iter().map(|(_, e)| *e).collect();
    let origins: BTreeSet<&[Transmitter]> = own
        .iter()
        .map(Vec::as_slice)
        .filter(|c| matches!(c.last(), Some(Transmitter::Entity(e)) if parties.contains(e)))
        .collect();
    support.interested = u32::try_from(origins.len()).expect("fewer chains");
    let (suspected, mut collapses) = replaced(told, reports, tellings, dependences);
    let (suspected, merges) = merged(suspected, kit);
    collapses.extend(merges);
    collapses.sort();
    collapses.dedup();
    let lower = weigh(&suspected).k_lo;
    // Suspicion only ever lowers; a bound above the told count would be none.
    support.k_lo = lower.min(support.k_hi).max(u32::from(!tellings.is_empty()));
    support.collapses = collapses;
    support
}

/// Each telling's chain, or, where its document seems to depend on an earlier one that tells the same
/// claim, the chains through that one.
fn replaced(
    told: &[Told<'_>],
    reports: &[Report],
    tellings: &[usize],
    dependences: &[Dependence],
) -> (Vec<Vec<Transmitter>>, Vec<Collapse>) {
    let mut by_document: BTreeMap<u32, Vec<&[Transmitter]>> = BTreeMap::new();
    for &telling in tellings {
        by_document
            .entry(reports[telling].document)
            .or_default()
            .push(&reports[telling].chain);
    }
    let mut collapses = Vec::new();
    let mut out: Vec<Vec<Transmitter>> = Vec::new();
    for (&document, chains) in &by_document {
        let mut at = document;
        let mut path: Vec<u32> = vec![document];
        while let Some(dependence) = dependences.iter().find(|d| {
            d.later == at && by_document.contains_key(&d.earlier) && !path.contains(&d.earlier)
        }) {
            collapses.push(collapse(dependence));
            at = dependence.earlier;
            path.push(at);
        }
        if at == document {
            out.extend(chains.iter().map(|c| c.to_vec()));
            continue;
        }
        let through: Vec<Transmitter> = path
            .iter()
            .map(|&d| transmitters::publisher(&told[d as usize], d))
            .collect();
        for chain in &by_document[&at] {
            let mut long = through.clone();
            long.extend(chain.iter().filter(|t| !through.contains(t)).cloned());
            out.push(long);
        }
    }
    (out, collapses)
}

fn collapse(dependence: &Dependence) -> Collapse {
    let (later, earlier) = (dependence.later, dependence.earlier);
    match dependence.kind {
        DependenceKind::Copy { percent } => Collapse::Copy {
            later,
            earlier,
            percent,
        },
        DependenceKind::Translation { shared, of } => Collapse::Translation {
            later,
            earlier,
            shared,
            of,
        },
    }
}

/// Takes sister outlets for one, and unnamed sources of like kind.
fn merged(chains: Vec<Vec<Transmitter>>, kit: &Kit) -> (Vec<Vec<Transmitter>>, Vec<Collapse>) {
    let all: BTreeSet<Transmitter> = chains.iter().flatten().cloned().collect();
    let mut first: BTreeMap<String, Transmitter> = BTreeMap::new();
    let mut instead: BTreeMap<Transmitter, Transmitter> = BTreeMap::new();
    let mut collapses = Vec::new();
    for transmitter in &all {
        let Some(key) = likeness_key(transmitter, kit) else {
            continue;
        };
        match first.get(&key) {
            None => {
                first.insert(key, transmitter.clone());
            }
            Some(other) => {
                instead.insert(transmitter.clone(), other.clone());
                collapses.push(match transmitter {
                    Transmitter::Outlet(_) => {
                        Collapse::SameOwner(other.clone(), transmitter.clone())
                    }
                    _ => Collapse::LikeSources(other.clone(), transmitter.clone()),
                });
            }
        }
    }
    let swap = |t: Transmitter| instead.get(&t).cloned().unwrap_or(t);
    let chains = chains
        .into_iter()
        .map(|chain| {
            let mut out: Vec<Transmitter> = Vec::new();
            for t in chain.into_iter().map(swap) {
                if !out.contains(&t) {
                    out.push(t);
                }
            }
            out
        })
        .collect();
    (chains, collapses)
}

/// Stems of words that say what kind of unnamed source it is, a number to a kind, in the three
/// languages. Sources of no kind known are never merged.
const SOURCES: &[(&str, &[&str])] = &[
    ("official", &["official", "مسؤول", "чиновник", "официальн"]),
    (
        "familiar",
        &[
            "familiar",
            "close to",
            "knowledge",
            "مطلع",
            "مقرب",
            "знаком",
            "близк",
            "осведомлен",
        ],
    ),
    ("diplomat", &["diplomat", "دبلوماسي", "дипломат"]),
    (
        "security",
        &[
            "security",
            "intelligence",
            "أمني",
            "استخبار",
            "силов",
            "спецслужб",
        ],
    ),
    (
        "trader",
        &["trader", "broker", "تاجر", "تجار", "трейдер", "брокер"],
    ),
];

/// What makes two transmitters possibly one: the owner of outlets, the kind of unnamed sources.
fn likeness_key(transmitter: &Transmitter, kit: &Kit) -> Option<String> {
    match transmitter {
        Transmitter::Outlet(id) => {
            let owner = &kit.gazetteer.entry(id)?.owner;
            (!owner.is_empty()).then(|| format!("owner {owner}"))
        }
        Transmitter::Anonymous { described, .. } => {
            let kinds = SOURCES.iter().filter(|(_, stems)| {
                stems
                    .iter()
                    .any(|s| described.contains(&madar_text::fold(s)))
            });
            let kinds: Vec<&str> = kinds.map(|(kind, _)| *kind).collect();
            (!kinds.is_empty()).then(|| format!("source {}", kinds.join(" ")))
        }
        _ => None,
    }
}
