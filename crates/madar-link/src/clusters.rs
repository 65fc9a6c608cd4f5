//! Profiles to clusters: names decide, company only separates and supports. The clearest pairs come
//! first; two that something keeps apart never meet in one cluster. A name that fits two different
//! people (كاربين for Карпин and for Карбин) joins one of them only where their company tells which.
//!
//! Profiles called alike are compared once, as one [`Spelling`]: a president who stands in ten thousand
//! documents costs no more than his few dozen spellings.

use std::collections::{BTreeMap, BTreeSet};

use madar_names::{Index, Name, NameKind};
use rustc_hash::FxHashMap;

use crate::company::{Acquaintances, Company, tells};
use crate::entities::Merge;
use crate::held::{Held, Judge};
use crate::profiles::{Profiles, Sort, Spelling};
use crate::spelled::{Alike, NAMES_COMPARED, content, partial_name, parts_differ};

/// Company that decides between namesakes, and that a surname alone needs: a fact shared, or three
/// sentences' company.
const ENOUGH_COMPANY: u32 = 3;
/// Likeness at which a person and a company of one name are one thing that a reading took wrongly.
const MISREAD: u16 = 9_500;

/// Disjoint sets of cells with what keeps them apart. A cell is one profile, or all that are called alike
/// where nothing tells two of them apart.
pub(crate) struct Clusters<'a> {
    profiles: &'a Profiles,
    judge: Judge<'a>,
    cell_of: Vec<usize>,
    /// The profiles of each cell, in order.
    cells: Vec<Vec<usize>>,
    parent: Vec<usize>,
    /// By root.
    held: Vec<Held>,
    merges: Vec<Vec<Merge>>,
    people: People,
}

/// Who is joined already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Things,
    PeopleToo,
}

/// Who is called like whom, by spelling.
struct People {
    pairs: Vec<Alike>,
    fits: FxHashMap<usize, Vec<usize>>,
    /// Spellings that fit two who cannot be one.
    ambiguous: BTreeSet<usize>,
}

impl<'a> Clusters<'a> {
    /// `apart` are profiles that a person keeps apart, `joined` those that one joined.
    pub(crate) fn new(
        profiles: &'a Profiles,
        apart: &BTreeSet<(usize, usize)>,
        joined: &[(usize, usize)],
    ) -> Self {
        let judge = Judge::new(profiles, apart);
        let people = People::new(profiles, &judge);
        let bound: BTreeSet<usize> = apart
            .iter()
            .chain(joined)
            .flat_map(|&(a, b)| [a, b])
            .collect();
        let mut cell_of = vec![0; profiles.list.len()];
        let mut cells: Vec<Vec<usize>> = Vec::new();
        for (number, spelling) in profiles.spellings.iter().enumerate() {
            let one = spelling.joins_itself() && !people.ambiguous.contains(&number);
            let (together, alone): (Vec<usize>, Vec<usize>) = spelling
                .bearers
                .iter()
                .partition(|&at| one && !bound.contains(at));
            let alone = alone.into_iter().map(|at| vec![at]);
            for cell in alone.chain(Some(together).filter(|cell| !cell.is_empty())) {
                cell.iter().for_each(|&at| cell_of[at] = cells.len());
                cells.push(cell);
            }
        }
        let held = cells.iter().map(|cell| Held::new(profiles, cell));
        let mut clusters = Self {
            held: held.collect(),
            parent: (0..cells.len()).collect(),
            merges: vec![Vec::new(); cells.len()],
            profiles,
            judge,
            cell_of,
            cells,
            people,
        };
        for &(a, b) in joined {
            clusters.join_decided(a, b);
        }
        clusters
    }

    fn root(&self, mut cell: usize) -> usize {
        while self.parent[cell] != cell {
            cell = self.parent[cell];
        }
        cell
    }

    fn root_of(&self, profile: usize) -> usize {
        self.root(self.cell_of[profile])
    }

    /// The clusters in order of their first profiles, each with its members in order and why they were
    /// joined.
    pub(crate) fn into_groups(mut self) -> Vec<(Vec<usize>, Vec<Merge>)> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.cells.len()];
        for profile in 0..self.profiles.list.len() {
            members[self.root_of(profile)].push(profile);
        }
        let mut out = Vec::new();
        for (root, members) in members.into_iter().enumerate() {
            if !members.is_empty() {
                out.push((members, std::mem::take(&mut self.merges[root])));
            }
        }
        out.sort_by_key(|(members, _)| members[0]);
        out
    }

    /// Joins the clusters of two cells unless something keeps them apart.
    fn join(&mut self, a: usize, b: usize, why: &str) {
        let (first, second) = (self.root(a), self.root(b));
        if first == second || self.judge.conflict(&self.held[first], &self.held[second]) {
            return;
        }
        self.unite(first, second, [self.cells[a][0], self.cells[b][0]], why);
    }

    /// A person said that these are one: only what a person keeps apart stands against it.
    fn join_decided(&mut self, a: usize, b: usize) {
        let (x, y) = (self.root_of(a), self.root_of(b));
        if x != y && !self.judge.decided_apart(&self.held[x], &self.held[y]) {
            self.unite(x, y, [a, b], "a person decided so");
        }
    }

    fn unite(&mut self, a: usize, b: usize, [x, y]: [usize; 2], why: &str) {
        // the larger one takes the smaller one in
        let size = |root: usize| (self.held[root].size(), std::cmp::Reverse(root));
        let (keep, gone) = if size(a) >= size(b) { (a, b) } else { (b, a) };
        self.parent[gone] = keep;
        let moved = std::mem::take(&mut self.held[gone]);
        self.held[keep].take_in(moved);
        let merges = std::mem::take(&mut self.merges[gone]);
        self.merges[keep].extend(merges);
        self.merges[keep].push(Merge {
            a: self.profiles.spelling(x).shown(),
            b: self.profiles.spelling(y).shown(),
            why: why.to_owned(),
        });
    }

    /// The cells of a spelling.
    fn cells_of(&self, spelling: usize) -> Vec<usize> {
        let bearers = &self.profiles.spellings[spelling].bearers;
        let mut cells: Vec<usize> = bearers.iter().map(|&at| self.cell_of[at]).collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    pub(crate) fn join_listed(&mut self) {
        let mut first: BTreeMap<(&str, Sort), usize> = BTreeMap::new();
        let profiles = self.profiles;
        for (number, spelling) in profiles.spellings.iter().enumerate() {
            let Some(id) = spelling.listed.as_deref() else {
                continue;
            };
            for cell in self.cells_of(number) {
                let other = *first.entry((id, spelling.sort)).or_insert(cell);
                if other != cell {
                    self.join(other, cell, &format!("both are listed as {id}"));
                }
            }
        }
    }

    /// Bodies, places, papers: full names above the bar, the most alike first.
    pub(crate) fn join_things(&mut self) {
        for sort in [Sort::Place, Sort::Thing, Sort::Paper] {
            self.join_spelled(sort);
            for pair in Alike::pairs(self.profiles, sort) {
                self.join_alike(&pair);
            }
        }
    }

    /// Bearers of one spelling whom decisions made cells of their own.
    fn join_spelled(&mut self, sort: Sort) {
        let profiles = self.profiles;
        for (number, spelling) in profiles.spellings.iter().enumerate() {
            let clear = spelling.sort == sort && spelling.joins_itself();
            if !clear || self.people.ambiguous.contains(&number) {
                continue;
            }
            let cells = self.cells_of(number);
            for pair in cells.windows(2) {
                for &other in cells.iter().filter(|&&other| other != pair[0]) {
                    self.join(pair[0], other, "the same name");
                }
            }
        }
    }

    fn join_alike(&mut self, pair: &Alike) {
        let why = pair.why(self.profiles);
        for a in self.cells_of(pair.a) {
            for b in self.cells_of(pair.b) {
                self.join(a, b, &why);
            }
        }
    }

    /// People: first whose names fit nobody else, then namesakes by their company.
    pub(crate) fn join_people(&mut self, company: &Company<'_>) {
        self.join_spelled(Sort::Person);
        let pairs = std::mem::take(&mut self.people.pairs);
        let ambiguous = |spelling: usize, of: &Self| of.people.ambiguous.contains(&spelling);
        for pair in &pairs {
            if !ambiguous(pair.a, self) && !ambiguous(pair.b, self) {
                self.join_alike(pair);
            }
        }
        let namesakes = Namesakes::new(self, &pairs, company);
        for pair in &namesakes.pairs {
            if self.company_tells(pair, &namesakes) {
                let why = pair.why(self.profiles, &pairs);
                let why = format!("{why}; the same company tells which of two namesakes");
                self.join(self.cell_of[pair.a], self.cell_of[pair.b], &why);
            }
        }
    }

    /// Each of the two keeps more company with the other's cluster than with any namesake outside it.
    fn company_tells(&self, pair: &Namesake, namesakes: &Namesakes) -> bool {
        let one_sided = |own: usize, other: usize| {
            let theirs = self.root_of(other);
            let (mut shared, mut most) = (0, 0);
            for &(namesake, common) in namesakes.of(own) {
                if self.root_of(namesake) == theirs {
                    shared = shared.max(common);
                } else if common > most && namesakes.fit(self.profiles, own, namesake).is_some() {
                    let alone = Held::new(self.profiles, &[namesake]);
                    if self.judge.conflict(&self.held[theirs], &alone) {
                        most = common;
                    }
                }
            }
            shared >= ENOUGH_COMPANY && shared > most
        };
        one_sided(pair.a, pair.b) && one_sided(pair.b, pair.a)
    }

    /// A part of a name alone (a surname, the first word of a company) joins the one full name that it
    /// is part of, where both keep the same company.
    pub(crate) fn join_partial(&mut self, company: &Company<'_>) {
        let parts = Parts::new(self.profiles);
        let mut fitting: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        let mut acquaintances: FxHashMap<usize, Acquaintances> = FxHashMap::default();
        for at in 0..self.profiles.list.len() {
            let number = self.profiles.list[at].spelling;
            if !is_weak(&self.profiles.spellings[number]) {
                continue;
            }
            let fits = fitting
                .entry(number)
                .or_insert_with(|| parts.fitting(self.profiles, number))
                .clone();
            let Some(only) = self.only_cluster(at, &fits) else {
                continue;
            };
            let theirs = acquaintances.entry(only).or_insert_with(|| {
                let mut all = Acquaintances::default();
                let mut members = self.held[only].profiles().to_vec();
                members.sort_unstable();
                members.iter().for_each(|&member| all.add(member, company));
                all
            });
            let shared = theirs
                .shared(&company.of(at))
                .into_iter()
                .map(|(_, n)| n)
                .max();
            if shared.unwrap_or(0) >= ENOUGH_COMPANY {
                theirs.add(at, company);
                let why = "the only full name that it is a part of, in the same company";
                let (own, first) = (self.cell_of[at], only);
                self.join(first, own, why);
                if self.root(only) != only
                    && let Some(moved) = acquaintances.remove(&only)
                {
                    acquaintances.insert(self.root(only), moved);
                }
            }
        }
    }

    /// The only other cluster that bears one of these spellings. People whom the document at hand names
    /// itself do not count.
    fn only_cluster(&self, at: usize, spellings: &[usize]) -> Option<usize> {
        let profile = &self.profiles.list[at];
        let own = self.root_of(at);
        let mut only = None;
        for &number in spellings {
            let spelling = &self.profiles.spellings[number];
            for &bearer in &spelling.bearers {
                let here = self.profiles.list[bearer].document == profile.document;
                let root = self.root_of(bearer);
                if root == own || here && spelling.sort == Sort::Person || only == Some(root) {
                    continue;
                }
                if only.is_some() {
                    return None;
                }
                only = Some(root);
            }
        }
        only
    }

    /// One full name read as a person here and as a company there, and never both in one document, is
    /// one thing.
    pub(crate) fn join_misread(&mut self) {
        let profiles = self.profiles;
        let as_any = |s: &Spelling| {
            let first = s.names.first().filter(|n| s.named && content(n) >= 2)?;
            Some(Name::new(first.text(), NameKind::Other))
        };
        let mut index: Index<usize> = Index::new();
        let mut names: Vec<Option<Name>> = Vec::with_capacity(profiles.spellings.len());
        for spelling in &profiles.spellings {
            let name = as_any(spelling);
            if let Some(name) = &name {
                let alike = index.candidates(name).into_iter().find(|&o| {
                    let other: Option<&Name> = names[o].as_ref();
                    let sorts = profiles.spellings[o].sort != spelling.sort;
                    let score = |n: &Name| madar_names::score(name, n).ten_thousandths();
                    sorts && other.is_some_and(|n| score(n) >= MISREAD)
                });
                if let Some(other) = alike {
                    let one = self.cell_of[profiles.spellings[other].bearers[0]];
                    let two = self.cell_of[spelling.bearers[0]];
                    let (a, b) = (self.root(one), self.root(two));
                    if a != b && !self.held[a].meets(&self.held[b]) {
                        self.join(one, two, "one name, read as two sorts of thing");
                    }
                }
                index.insert(name, names.len());
            }
            names.push(name);
        }
    }

    /// What each profile stands for as company of others. Before people are joined, those of one name in
    /// two documents are not yet known to be one.
    pub(crate) fn companions(&self, of: Known) -> Vec<Option<usize>> {
        let stands_for = |profile: usize| {
            let spelling = self.profiles.spelling(profile);
            let unknown = spelling.sort == Sort::Person && spelling.listed.is_none();
            let told = tells(spelling) && !(unknown && of == Known::Things);
            told.then(|| self.root_of(profile))
        };
        (0..self.profiles.list.len()).map(stands_for).collect()
    }
}

impl People {
    fn new(profiles: &Profiles, judge: &Judge<'_>) -> Self {
        let pairs = Alike::pairs(profiles, Sort::Person);
        let mut fits: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for pair in &pairs {
            fits.entry(pair.a).or_default().push(pair.b);
            fits.entry(pair.b).or_default().push(pair.a);
        }
        let full = |s: &Spelling| s.sort == Sort::Person && s.joins_itself();
        for (number, spelling) in profiles.spellings.iter().enumerate() {
            if full(spelling) && spelling.bearers.len() > 1 {
                fits.entry(number).or_default().push(number);
            }
        }
        // a name that fits two who cannot be one
        let is_ambiguous = |those: &Vec<usize>| {
            let mut pairs = (0..those.len()).flat_map(|i| (i..those.len()).map(move |j| (i, j)));
            pairs.any(|(i, j)| judge.spelled_apart(those[i], those[j]))
        };
        let ambiguous = fits.iter().filter(|(_, those)| is_ambiguous(those));
        Self {
            ambiguous: ambiguous.map(|(number, _)| *number).collect(),
            pairs,
            fits,
        }
    }
}

/// Two profiles with alike names that also fit others.
struct Namesake {
    shared: u32,
    score: u16,
    a: usize,
    b: usize,
}

impl Namesake {
    fn why(&self, profiles: &Profiles, pairs: &[Alike]) -> String {
        let (x, y) = (
            profiles.list[self.a].spelling,
            profiles.list[self.b].spelling,
        );
        let pair = pairs.iter().find(|p| (p.a, p.b) == (x.min(y), x.max(y)));
        pair.map_or_else(|| "the same name".to_owned(), |pair| pair.why(profiles))
    }
}

/// Those whose names fit several, with the company that they share.
struct Namesakes {
    pairs: Vec<Namesake>,
    /// Whom each shares company with, whatever their names.
    shared: FxHashMap<usize, Vec<(usize, u32)>>,
    /// How alike two spellings are.
    scores: FxHashMap<(usize, usize), u16>,
}

impl Namesakes {
    fn new(clusters: &Clusters<'_>, pairs: &[Alike], company: &Company<'_>) -> Self {
        let (profiles, people) = (clusters.profiles, &clusters.people);
        let mut scores: FxHashMap<(usize, usize), u16> = FxHashMap::default();
        scores.extend(pairs.iter().map(|p| ((p.a, p.b), p.score)));
        let mut involved: BTreeSet<usize> = BTreeSet::new();
        for spelling in &people.ambiguous {
            involved.insert(*spelling);
            involved.extend(people.fits.get(spelling).into_iter().flatten());
        }
        let mut all = Acquaintances::default();
        for &spelling in &involved {
            for &bearer in &profiles.spellings[spelling].bearers {
                all.add(bearer, company);
            }
        }
        let mut out = Self {
            pairs: Vec::new(),
            shared: FxHashMap::default(),
            scores,
        };
        for &spelling in &involved {
            let ambiguous = people.ambiguous.contains(&spelling);
            for &own in &profiles.spellings[spelling].bearers {
                let theirs = all.shared(&company.of(own));
                for &(other, shared) in theirs.iter().filter(|(other, _)| own < *other) {
                    let of_other = profiles.list[other].spelling;
                    let doubtful = ambiguous || people.ambiguous.contains(&of_other);
                    if let (true, Some(score)) = (doubtful, out.fit(profiles, own, other)) {
                        out.pairs.push(Namesake {
                            shared,
                            score,
                            a: own,
                            b: other,
                        });
                    }
                }
                out.shared.insert(own, theirs);
            }
        }
        let order = |p: &Namesake| (std::cmp::Reverse((p.shared, p.score)), p.a, p.b);
        out.pairs.sort_by_key(order);
        out
    }

    /// How alike the names of two are, where they can be one's.
    fn fit(&self, profiles: &Profiles, a: usize, b: usize) -> Option<u16> {
        let (p, q) = (&profiles.list[a], &profiles.list[b]);
        if a == b || p.document == q.document {
            return None;
        }
        let (x, y) = (p.spelling, q.spelling);
        let known = self.scores.get(&(x.min(y), x.max(y))).copied();
        known.or((x == y).then_some(10_000))
    }

    fn of(&self, profile: usize) -> &[(usize, u32)] {
        self.shared.get(&profile).map_or(&[], Vec::as_slice)
    }
}

/// The parts by which full names may be called alone.
struct Parts {
    index: Index<usize>,
    /// The part, and whose.
    parts: Vec<(Name, usize)>,
}

impl Parts {
    fn new(profiles: &Profiles) -> Self {
        let mut out = Self {
            index: Index::new(),
            parts: Vec::new(),
        };
        for (number, spelling) in profiles.spellings.iter().enumerate() {
            for name in spelling.full_names().take(NAMES_COMPARED) {
                if let Some(part) = partial_name(name, spelling.sort) {
                    out.index.insert(&part, out.parts.len());
                    out.parts.push((part, number));
                }
            }
        }
        out
    }

    /// The spellings that this one may be a part of.
    fn fitting(&self, profiles: &Profiles, number: usize) -> Vec<usize> {
        let spelling = &profiles.spellings[number];
        let Some(name) = spelling.names.first() else {
            return Vec::new();
        };
        let fits = |&at: &usize| {
            let (part, of) = &self.parts[at];
            profiles.spellings[*of].sort == spelling.sort
                && madar_names::score(name, part) >= madar_names::SAME
                && !parts_differ(name, part)
        };
        let found = self.index.candidates(name).into_iter().filter(fits);
        let found: BTreeSet<usize> = found.map(|at| self.parts[at].1).collect();
        found.into_iter().collect()
    }
}

/// Called by one word that may be a part of a name.
fn is_weak(spelling: &Spelling) -> bool {
    let short = spelling
        .names
        .first()
        .is_some_and(|name| content(name) == 1);
    spelling.named && spelling.listed.is_none() && short
}
