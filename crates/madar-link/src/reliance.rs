//! What is left of a claim's chains when documents rest on one another. A document that rests on an earlier
//! one passes on that one's chains. Documents that rest on one another in a circle, because nothing tells
//! which came first, are one transmitter with one chain: through all of them and all their sources.

use std::collections::{BTreeMap, BTreeSet};

use crate::dependence::{Dependence, DependenceKind};
use crate::digest::DocumentNumber;
use crate::reports::Report;
use crate::transmitters::Transmitter;

/// A chain of a claim with the document that tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chain {
    pub document: DocumentNumber,
    /// It names a source of its own; a document that openly retells another has the rest from there.
    pub sourced: bool,
    pub through: Vec<Transmitter>,
}

/// A chain of a claim with the documents that it hangs on: the one that tells it, and those on which that
/// one seems to rest.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Strand {
    pub documents: Vec<DocumentNumber>,
    pub through: Vec<Transmitter>,
}

impl Strand {
    /// The chain of a report, as told.
    pub(crate) fn of(report: &Report) -> Self {
        Self {
            documents: vec![report.document],
            through: report.chain.clone(),
        }
    }
}

/// The chains that stand once documents rest on one another.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StandingChains {
    pub chains: Vec<Strand>,
    /// The dependences that were applied, circles left out.
    pub applied: Vec<Dependence>,
    /// Documents that rest on one another, each circle in order of their numbers.
    pub circles: Vec<Vec<DocumentNumber>>,
}

/// The chains of one document that share their fate: those with a source of their own, or those without.
type Telling = (DocumentNumber, bool);

/// Lays the dependences over the chains of one claim; those on documents that do not tell it say nothing.
pub fn standing(chains: &[Chain], dependences: &[Dependence]) -> StandingChains {
    let mut tellings: BTreeMap<Telling, Vec<&[Transmitter]>> = BTreeMap::new();
    for chain in chains {
        let own = tellings.entry((chain.document, chain.sourced)).or_default();
        own.push(&chain.through);
    }
    let rests = Rests::new(&tellings, dependences);
    let mut out = StandingChains::default();
    for (&telling, own) in &tellings {
        let path = rests.path(telling);
        let (last, way) = path.split_last().expect("a path holds its start");
        let circle = rests.circle(*last);
        out.applied.extend(
            way.iter()
                .zip(&path[1..])
                .filter_map(|(a, b)| rests.by(*a, *b)),
        );
        let through: Vec<Transmitter> =
            way.iter().filter_map(|t| publisher(&tellings[t])).collect();
        let passed: Vec<DocumentNumber> = path.iter().map(|(document, _)| *document).collect();
        let strand = |documents: &[DocumentNumber], through: Vec<Transmitter>| Strand {
            documents: documents.to_vec(),
            through,
        };
        if circle.len() > 1 {
            let mut documents: Vec<DocumentNumber> =
                circle.iter().map(|(document, _)| *document).collect();
            documents.dedup();
            let all = circle.iter().flat_map(|t| &tellings[t]).copied();
            let passed = [&passed[..], &documents].concat();
            out.chains.push(strand(&passed, joined(&through, all)));
            out.circles.push(documents);
        } else if way.is_empty() {
            let own = own.iter().map(|chain| strand(&passed, chain.to_vec()));
            out.chains.extend(own);
        } else {
            let theirs = tellings[last].iter();
            out.chains
                .extend(theirs.map(|chain| strand(&passed, joined(&through, [*chain]))));
        }
    }
    out.circles.sort();
    out.circles.dedup();
    out
}

fn publisher(chains: &[&[Transmitter]]) -> Option<Transmitter> {
    chains.iter().find_map(|chain| chain.first()).cloned()
}

fn joined<'a>(
    through: &[Transmitter],
    chains: impl IntoIterator<Item = &'a [Transmitter]>,
) -> Vec<Transmitter> {
    let mut out = through.to_vec();
    for transmitter in chains.into_iter().flatten() {
        if !out.contains(transmitter) {
            out.push(transmitter.clone());
        }
    }
    out
}

/// Which tellings rest on which.
struct Rests {
    on: BTreeMap<Telling, Vec<(Telling, Dependence)>>,
    reach: BTreeMap<Telling, BTreeSet<Telling>>,
}

impl Rests {
    fn new(tellings: &BTreeMap<Telling, Vec<&[Transmitter]>>, dependences: &[Dependence]) -> Self {
        let mut on: BTreeMap<Telling, Vec<(Telling, Dependence)>> = BTreeMap::new();
        for &telling in tellings.keys() {
            let (document, sourced) = telling;
            let own = dependences.iter().filter(|d| {
                let open = matches!(d.kind, DependenceKind::Retelling { .. });
                d.later == document && d.earlier != document && !(open && sourced)
            });
            let edges = own.flat_map(|d| {
                let theirs = [(d.earlier, false), (d.earlier, true)].into_iter();
                theirs.filter(|t| tellings.contains_key(t)).map(|t| (t, *d))
            });
            on.insert(telling, edges.collect());
        }
        let reach = on
            .keys()
            .map(|&start| (start, reached(&on, start)))
            .collect();
        Self { on, reach }
    }

    /// Those that rest on it and on which it rests, itself too.
    fn circle(&self, telling: Telling) -> BTreeSet<Telling> {
        let back = |other: &&Telling| self.reach[*other].contains(&telling);
        let mut out: BTreeSet<Telling> =
            self.reach[&telling].iter().filter(back).copied().collect();
        out.insert(telling);
        out
    }

    /// It rests on nothing outside of its circle.
    fn is_origin(&self, telling: Telling) -> bool {
        self.reach[&telling].is_subset(&self.circle(telling))
    }

    /// The shortest way to an origin, the start first.
    fn path(&self, start: Telling) -> Vec<Telling> {
        let mut ways = vec![vec![start]];
        let mut seen = BTreeSet::from([start]);
        let mut at = 0;
        loop {
            let way = ways[at].clone();
            let end = way[way.len() - 1];
            if self.is_origin(end) {
                return way;
            }
            for (next, _) in &self.on[&end] {
                if seen.insert(*next) {
                    ways.push([&way[..], &[*next]].concat());
                }
            }
            at += 1;
            assert!(
                at < ways.len(),
                "circles taken together, something rests on nothing"
            );
        }
    }

    fn by(&self, later: Telling, earlier: Telling) -> Option<Dependence> {
        let edges = self.on[&later].iter();
        edges
            .filter(|(to, _)| *to == earlier)
            .map(|(_, d)| *d)
            .next()
    }
}

fn reached(
    on: &BTreeMap<Telling, Vec<(Telling, Dependence)>>,
    start: Telling,
) -> BTreeSet<Telling> {
    let mut out = BTreeSet::new();
    let mut open = vec![start];
    while let Some(telling) = open.pop() {
        for (next, _) in &on[&telling] {
            if out.insert(*next) {
                open.push(*next);
            }
        }
    }
    out
}

/// Who stands for each transmitter once all that may be one are taken together, and the pairs that did it.
/// Likeness is carried on: what may be one with a third is one with what that third may be; but never so far that
/// two are together that are known to be apart.
pub fn taken_together<'a, T>(
    known: &[(&'a Transmitter, T)],
    may_be: impl Fn(&T, &T) -> bool,
    apart: impl Fn(&Transmitter, &Transmitter) -> bool,
) -> (
    BTreeMap<&'a Transmitter, &'a Transmitter>,
    Vec<(&'a Transmitter, &'a Transmitter)>,
) {
    let mut first: Vec<usize> = (0..known.len()).collect();
    let mut pairs = Vec::new();
    for at in 0..known.len() {
        for other in 0..at {
            let (a, b) = (first[other], first[at]);
            if a == b || !may_be(&known[other].1, &known[at].1) {
                continue;
            }
            let of = |group: usize| {
                known
                    .iter()
                    .zip(&first)
                    .filter(move |(_, of)| **of == group)
            };
            if of(a).any(|(x, _)| of(b).any(|(y, _)| apart(x.0, y.0))) {
                continue;
            }
            pairs.push((known[other].0, known[at].0));
            let (keep, drop) = (a.min(b), a.max(b));
            for of in first.iter_mut().filter(|of| **of == drop) {
                *of = keep;
            }
        }
    }
    let stands = first.iter().enumerate();
    let stands = stands.filter(|(at, of)| at != *of);
    let instead = stands.map(|(at, &of)| (known[at].0, known[of].0)).collect();
    (instead, pairs)
}
