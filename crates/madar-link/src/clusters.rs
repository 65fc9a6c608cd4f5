//! Profiles to clusters: names decide, company only separates and supports. The clearest pairs come
//! first; two that something keeps apart never meet in one cluster. A name that fits two different
//! people (كاربين for Карпин and for Карбин) joins one of them only where their company tells which.

use std::collections::{BTreeMap, BTreeSet};

use madar_names::{Index, Name, NameKind, PartRole, Reason, SAME, compare, score};

use crate::company::{Company, tells};
use crate::entities::Merge;
use crate::profiles::{CONTRADICTS, Profile, Sort};

/// Disjoint sets of profiles with what keeps them apart.
pub(crate) struct Clusters<'a> {
    profiles: &'a [Profile],
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
    merges: Vec<Vec<Merge>>,
    apart: BTreeSet<(usize, usize)>,
}

/// Likeness, in ten-thousandths, that two parts of people's names need in one script: what differs in a
/// script that both are written in is seldom a matter of spelling. *Карпин* and *Карбин* reach 0.91,
/// *Ivanov* and *Ivanova* 0.91, *Hassan* and *Hussein* 0.85, *Sechin* and *Setchin* 1.00.
const SAME_PART_IN_ONE_SCRIPT: u16 = 9_300;
/// Names, fullest first, that are compared of one profile.
const NAMES_COMPARED: usize = 4;
/// Company that decides between namesakes, and that a surname alone needs: a fact shared, or three
/// sentences' company.
const ENOUGH_COMPANY: u32 = 3;
/// Likeness at which a person and a company of one name are one thing that a reading took wrongly.
const MISREAD: u16 = 9_500;

/// Two profiles with alike names.
struct Pair {
    score: u16,
    a: usize,
    b: usize,
    why: String,
}

impl<'a> Clusters<'a> {
    pub(crate) fn new(profiles: &'a [Profile], apart: BTreeSet<(usize, usize)>) -> Self {
        Self {
            profiles,
            parent: (0..profiles.len()).collect(),
            members: (0..profiles.len()).map(|n| vec![n]).collect(),
            merges: vec![Vec::new(); profiles.len()],
            apart,
        }
    }

    pub(crate) fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    /// The clusters, each with its members in order and why they were joined.
    pub(crate) fn into_groups(mut self) -> Vec<(Vec<usize>, Vec<Merge>)> {
        let mut out = Vec::new();
        for root in 0..self.profiles.len() {
            if self.parent[root] == root {
                let mut members = std::mem::take(&mut self.members[root]);
                members.sort_unstable();
                out.push((members, std::mem::take(&mut self.merges[root])));
            }
        }
        out
    }

    /// Joins two clusters unless something keeps them apart.
    pub(crate) fn join(&mut self, a: usize, b: usize, why: &str) -> bool {
        let (first, second) = (self.root(a), self.root(b));
        if first == second {
            return true;
        }
        let (keep, gone) = (first.min(second), first.max(second));
        if self.conflict(keep, gone) {
            return false;
        }
        self.unite(keep, gone, a, b, why);
        true
    }

    /// A person said that these are one: only what a person keeps apart stands against it.
    pub(crate) fn join_decided(&mut self, a: usize, b: usize) {
        let (x, y) = (self.root(a), self.root(b));
        let against = self.members[x].iter().any(|&p| {
            let mut theirs = self.members[y].iter();
            theirs.any(|&q| self.apart.contains(&(p.min(q), p.max(q))))
        });
        if x != y && !against {
            self.unite(x.min(y), x.max(y), a, b, "a person decided so");
        }
    }

    fn unite(&mut self, keep: usize, gone: usize, a: usize, b: usize, why: &str) {
        self.parent[gone] = keep;
        let moved = std::mem::take(&mut self.members[gone]);
        self.members[keep].extend(moved);
        let merges = std::mem::take(&mut self.merges[gone]);
        self.merges[keep].extend(merges);
        self.merges[keep].push(Merge {
            a: self.profiles[a].shown(),
            b: self.profiles[b].shown(),
            why: why.to_owned(),
        });
    }

    fn conflict(&self, a: usize, b: usize) -> bool {
        let pairs = self.members[a]
            .iter()
            .flat_map(|&x| self.members[b].iter().map(move |&y| (x, y)));
        pairs.into_iter().any(|(x, y)| self.are_apart(x, y))
    }

    /// A decision, two listed things, two people of one document (the reading told them apart), or
    /// people's full names that contradict.
    fn are_apart(&self, x: usize, y: usize) -> bool {
        if self.apart.contains(&(x.min(y), x.max(y))) {
            return true;
        }
        let (p, q) = (&self.profiles[x], &self.profiles[y]);
        if p.listed.is_some() && q.listed.is_some() && p.listed != q.listed {
            return true;
        }
        let people = p.sort == Sort::Person && q.sort == Sort::Person;
        people && (p.document == q.document || names_contradict(p, q))
    }

    pub(crate) fn join_listed(&mut self) {
        let mut first: BTreeMap<(&str, Sort), usize> = BTreeMap::new();
        let profiles = self.profiles;
        for (at, profile) in profiles.iter().enumerate() {
            let Some(id) = profile.listed.as_deref() else {
                continue;
            };
            let other = *first.entry((id, profile.sort)).or_insert(at);
            if other != at {
                self.join(other, at, &format!("both are listed as {id}"));
            }
        }
    }

    /// Bodies, places, papers: full names above the bar, the most alike first.
    pub(crate) fn join_things(&mut self) {
        for sort in [Sort::Place, Sort::Thing, Sort::Paper] {
            for pair in self.pairs(sort) {
                self.join(pair.a, pair.b, &pair.why);
            }
        }
    }

    /// People: first whose names fit nobody else, then namesakes by their company.
    pub(crate) fn join_people(&mut self, company: &Company) {
        let pairs = self.pairs(Sort::Person);
        let mut fits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for pair in &pairs {
            fits.entry(pair.a).or_default().push(pair.b);
            fits.entry(pair.b).or_default().push(pair.a);
        }
        // a name that fits two who cannot be one
        let is_ambiguous = |at: &usize| {
            let those = &fits[at];
            let mut pairs = those
                .iter()
                .enumerate()
                .flat_map(|(i, &x)| those[i + 1..].iter().map(move |&y| (x, y)));
            pairs.any(|(x, y)| self.are_apart(x, y))
        };
        let ambiguous: BTreeSet<usize> = fits.keys().copied().filter(is_ambiguous).collect();
        let clear = |p: &&Pair| !ambiguous.contains(&p.a) && !ambiguous.contains(&p.b);
        for pair in pairs.iter().filter(clear) {
            self.join(pair.a, pair.b, &pair.why);
        }
        let mut doubtful: Vec<(u32, &Pair)> = pairs
            .iter()
            .filter(|p| !clear(p))
            .map(|p| (company.shared(p.a, p.b), p))
            .collect();
        doubtful.sort_by_key(|(shared, p)| (std::cmp::Reverse((*shared, p.score)), p.a, p.b));
        for (_, pair) in doubtful {
            if self.company_tells(pair, &fits, company) {
                let why = format!(
                    "{}; the same company tells which of two namesakes",
                    pair.why
                );
                self.join(pair.a, pair.b, &why);
            }
        }
    }

    /// Each of the two keeps more company with the other's cluster than with any namesake outside it.
    fn company_tells(
        &self,
        pair: &Pair,
        fits: &BTreeMap<usize, Vec<usize>>,
        company: &Company,
    ) -> bool {
        let one_sided = |own: usize, other: usize| {
            let theirs = &self.members[self.root(other)];
            let shared = company.shared_with(own, theirs);
            let rivals = fits[&own].iter().filter(|&&r| {
                theirs.iter().any(|&m| self.are_apart(m, r)) && self.root(r) != self.root(other)
            });
            let most = rivals.map(|&r| company.shared(own, r)).max().unwrap_or(0);
            shared >= ENOUGH_COMPANY && shared > most
        };
        one_sided(pair.a, pair.b) && one_sided(pair.b, pair.a)
    }

    /// Pairs of one sort whose names are alike enough, the most alike first.
    fn pairs(&self, sort: Sort) -> Vec<Pair> {
        let profiles = self.profiles;
        let mut index: Index<(usize, usize)> = Index::new();
        let mut best: BTreeMap<(usize, usize), (u16, usize, usize)> = BTreeMap::new();
        for (at, profile) in profiles.iter().enumerate() {
            if profile.sort != sort || !profile.named {
                continue;
            }
            let names = || profile.full_names().take(NAMES_COMPARED).enumerate();
            for (own, name) in names() {
                for (other, theirs) in index.candidates(name) {
                    let q = &profiles[other];
                    let listed = q.listed.is_some() && profile.listed.is_some();
                    if other == at
                        || listed
                        || q.document == profile.document && sort == Sort::Person
                    {
                        continue;
                    }
                    let Some(their_name) = q.full_names().nth(theirs) else {
                        continue;
                    };
                    let score = score(name, their_name).ten_thousandths();
                    if score >= SAME.ten_thousandths()
                        && !(sort == Sort::Person && parts_differ(name, their_name))
                    {
                        let slot = best.entry((other, at)).or_insert((0, theirs, own));
                        *slot = (*slot).max((score, theirs, own));
                    }
                }
            }
            for (own, name) in names() {
                index.insert(name, (at, own));
            }
        }
        let mut pairs: Vec<Pair> = best
            .into_iter()
            .filter_map(|((a, b), (score, x, y))| {
                let (p, q) = (
                    profiles[a].full_names().nth(x)?,
                    profiles[b].full_names().nth(y)?,
                );
                let why = compare(p, q).explain();
                Some(Pair { score, a, b, why })
            })
            .collect();
        pairs.sort_by_key(|p| (std::cmp::Reverse(p.score), p.a, p.b));
        pairs
    }

    /// A part of a name alone (a surname, the first word of a company) joins the one full name that it
    /// is part of, where both keep the same company.
    pub(crate) fn join_partial(&mut self, company: &Company) {
        let profiles = self.profiles;
        let mut index: Index<usize> = Index::new();
        let mut partial: Vec<Name> = Vec::new();
        let mut roots: Vec<usize> = Vec::new();
        for (at, profile) in profiles.iter().enumerate() {
            for name in profile.full_names().take(NAMES_COMPARED) {
                if let Some(part) = partial_name(name, profile.sort) {
                    index.insert(&part, partial.len());
                    partial.push(part);
                    roots.push(at);
                }
            }
        }
        for (at, profile) in profiles.iter().enumerate() {
            let weak = profile.named && profile.listed.is_none();
            let short = |n: &&Name| content(n) == 1;
            let Some(name) = profile.names.first().filter(short).filter(|_| weak) else {
                continue;
            };
            let fitting = index.candidates(name).into_iter().filter(|&p| {
                let other = &profiles[roots[p]];
                let here = other.document == profile.document && profile.sort == Sort::Person;
                other.sort == profile.sort
                    && !here
                    && score(name, &partial[p]) >= SAME
                    && !parts_differ(name, &partial[p])
            });
            let fits: BTreeSet<usize> = fitting.map(|p| self.root(roots[p])).collect();
            let fits: Vec<usize> = fits.into_iter().filter(|&r| r != self.root(at)).collect();
            let [only] = fits[..] else { continue };
            if company.shared_with(at, &self.members[only]) >= ENOUGH_COMPANY {
                let why = "the only full name that it is a part of, in the same company";
                self.join(only, at, why);
            }
        }
    }

    /// One full name read as a person here and as a company there, and never both in one document, is
    /// one thing.
    pub(crate) fn join_misread(&mut self) {
        let profiles = self.profiles;
        let as_any = |p: &Profile| {
            let first = p.names.first().filter(|n| p.named && content(n) >= 2)?;
            Some(Name::new(first.text(), NameKind::Other))
        };
        let mut index: Index<usize> = Index::new();
        let mut names: Vec<Option<Name>> = Vec::with_capacity(profiles.len());
        for (at, profile) in profiles.iter().enumerate() {
            let name = as_any(profile);
            if let Some(name) = &name {
                let alike = index.candidates(name).into_iter().find(|&o| {
                    let other: Option<&Name> = names[o].as_ref();
                    let sorts = profiles[o].sort != profile.sort;
                    sorts && other.is_some_and(|n| score(name, n).ten_thousandths() >= MISREAD)
                });
                if let Some(other) = alike {
                    let (a, b) = (self.root(other), self.root(at));
                    let in_one = self.members[a].iter().any(|&x| {
                        let document = profiles[x].document;
                        self.members[b]
                            .iter()
                            .any(|&y| profiles[y].document == document)
                    });
                    if !in_one {
                        self.join(other, at, "one name, read as two sorts of thing");
                    }
                }
                index.insert(name, at);
            }
            names.push(name);
        }
    }

    /// What a profile stands for as company of others.
    pub(crate) fn companion(&self, at: usize) -> Option<usize> {
        tells(&self.profiles[at]).then(|| self.root(at))
    }
}

/// Whether two names of one script differ in a part, more than spelling explains.
fn parts_differ(a: &Name, b: &Name) -> bool {
    let differs = |reason: &Reason| match reason {
        Reason::Contradicts { .. } => true,
        Reason::SpelledOtherwise { score, .. } => score.ten_thousandths() < SAME_PART_IN_ONE_SCRIPT,
        _ => false,
    };
    a.script() == b.script() && compare(a, b).reasons().iter().any(differs)
}

fn content(name: &Name) -> usize {
    let counts = |role: PartRole| {
        !matches!(
            role,
            PartRole::Honorific | PartRole::Particle | PartRole::OrgForm
        )
    };
    name.parts().iter().filter(|p| counts(p.role)).count()
}

/// The part of a full name by which it may be called alone: a person's last, a body's first.
fn partial_name(name: &Name, sort: Sort) -> Option<Name> {
    let (person, thing) = (sort == Sort::Person, sort == Sort::Thing);
    if content(name) < 2 || !(person || thing) {
        return None;
    }
    let mut words = name.text().split_whitespace();
    let word = if person {
        words.next_back()
    } else {
        words.next()
    };
    Some(Name::new(word?, name.kind()))
}

/// Full names of two people that cannot be one's.
fn names_contradict(a: &Profile, b: &Profile) -> bool {
    let mut full = a
        .full_names()
        .take(1)
        .flat_map(|p| b.full_names().take(1).map(move |q| (p, q)));
    full.any(|(p, q)| score(p, q).ten_thousandths() < CONTRADICTS || parts_differ(p, q))
}
