//! Profiles to clusters: names decide, company only separates and supports. The clearest pairs come
//! first; two that something keeps apart never meet in one cluster. A name that fits two different
//! people (كاربين for Карпин and for Карбин) joins one of them only where their company tells which.
//!
//! Profiles called alike are compared once, as one [`Spelling`]: a president who stands in ten thousand
//! documents costs no more than his few dozen spellings.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use crate::company::{Acquaintances, Company, tells};
use crate::dependence::number;
use crate::entities::Merge;
use crate::held::{Held, Judge};
use crate::namesakes::{Namesake, Namesakes, People, kin};
use crate::profiles::{Profiles, Sort};
use crate::spellings::{Common, SpellingId, why};

/// Company that decides between namesakes, and that a surname alone needs: a fact shared, or three
/// sentences' company.
pub(crate) const ENOUGH_COMPANY: u32 = 3;

/// Two spellings with alike names; `a` is the smaller number.
#[derive(Clone, Copy)]
pub(crate) struct Alike {
    pub(crate) score: u16,
    pub(crate) a: usize,
    pub(crate) b: usize,
    /// Places among their full names.
    pub(crate) names: (u8, u8),
    contradict: bool,
}

/// What the spellings of a case have in common.
pub(crate) struct Pairs {
    /// By sort, the most alike first.
    alike: BTreeMap<Sort, Vec<Alike>>,
    misread: Vec<(usize, usize)>,
    /// By one that is a part of others, those.
    wholes: FxHashMap<usize, Vec<usize>>,
    /// Two that are parts of names, and alike.
    parts: Vec<(usize, usize)>,
}

impl Pairs {
    pub(crate) fn new(profiles: &Profiles<'_>) -> Self {
        let mut out = Self {
            alike: BTreeMap::new(),
            misread: Vec::new(),
            wholes: FxHashMap::default(),
            parts: Vec::new(),
        };
        let ids: FxHashMap<_, usize> = profiles.spellings.iter().map(|s| s.0).zip(0..).collect();
        for (a, (_, spelling)) in profiles.spellings.iter().enumerate() {
            for pair in &spelling.pairs {
                let Some(&b) = ids.get(&pair.with) else {
                    continue;
                };
                match pair.common {
                    Common::Alike {
                        score,
                        names,
                        contradict,
                    } => out
                        .alike
                        .entry(spelling.called.sort)
                        .or_default()
                        .push(Alike {
                            score,
                            a,
                            b,
                            names,
                            contradict,
                        }),
                    Common::Misread => out.misread.push((a, b)),
                    Common::PartOf => out.wholes.entry(a).or_default().push(b),
                    Common::Holds => out.wholes.entry(b).or_default().push(a),
                    Common::BothParts => out.parts.push((a, b)),
                }
            }
        }
        // of two that are as alike those whom more are called by, so that slips come last
        let borne = |p: &Alike| profiles.bearers[p.a].len().min(profiles.bearers[p.b].len());
        for pairs in out.alike.values_mut() {
            pairs.sort_by_cached_key(|p| (std::cmp::Reverse((p.score, borne(p))), p.a, p.b));
        }
        out.wholes
            .values_mut()
            .for_each(|those| those.sort_unstable());
        out
    }

    pub(crate) fn of(&self, sort: Sort) -> &[Alike] {
        self.alike.get(&sort).map_or(&[], Vec::as_slice)
    }

    /// Whether the first names of two people who are alike contradict.
    pub(crate) fn known(&self) -> FxHashMap<(usize, usize), bool> {
        let people = self.of(Sort::Person).iter();
        people.map(|p| ((p.a, p.b), p.contradict)).collect()
    }
}

/// Two spellings that were joined, and why; worded when somebody asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joined {
    a: usize,
    b: usize,
    why: Why,
}

#[derive(Clone, Copy, Debug)]
enum Why {
    Decided,
    /// As what this spelling is listed.
    Listed(usize),
    SameName,
    Alike(usize, usize, (u8, u8)),
    /// The company tells which of two namesakes; what is alike in their names.
    Company(Option<(usize, usize, (u8, u8))>),
    Part,
    Misread,
    /// Only a part of a name is told of both, and it is the same.
    BothParts,
}

impl Joined {
    /// The same whatever else the case names.
    pub(crate) fn key(
        &self,
        profiles: &Profiles<'_>,
    ) -> (SpellingId, SpellingId, u8, [SpellingId; 2]) {
        let id = |spelling: usize| profiles.spellings[spelling].0;
        let (sort, of) = match self.why {
            Why::Decided => (0, [0, 0]),
            Why::Listed(spelling) => (1, [id(spelling), 0]),
            Why::SameName => (2, [0, 0]),
            Why::Alike(a, b, _) => (3, [id(a), id(b)]),
            Why::Company(pair) => (4, pair.map_or([0, 0], |(a, b, _)| [id(a), id(b)])),
            Why::Part => (5, [0, 0]),
            Why::Misread => (6, [0, 0]),
            Why::BothParts => (7, [0, 0]),
        };
        (id(self.a), id(self.b), sort, of)
    }

    pub(crate) fn told(&self, profiles: &Profiles<'_>) -> Merge {
        let shown = |spelling: usize| profiles.called(spelling).shown();
        let alike = |(a, b, names)| why(profiles.called(a), profiles.called(b), names);
        let why = match self.why {
            Why::Decided => "a person decided so".to_owned(),
            Why::Listed(spelling) => {
                let listed = profiles.called(spelling).called.listed.as_deref();
                format!("both are listed as {}", listed.unwrap_or_default())
            }
            Why::SameName => "the same name".to_owned(),
            Why::Alike(a, b, names) => alike((a, b, names)),
            Why::Company(pair) => {
                let why = pair.map_or_else(|| "the same name".to_owned(), alike);
                format!("{why}; the same company tells which of two namesakes")
            }
            Why::Part => "the only full name that it is a part of, in the same company".to_owned(),
            Why::Misread => "one name, read as two sorts of thing".to_owned(),
            Why::BothParts => "the same part of a name, in the same company".to_owned(),
        };
        Merge {
            a: shown(self.a),
            b: shown(self.b),
            why,
        }
    }
}

/// The profiles of a cell, in order.
type Cell = SmallVec<[u32; 4]>;

/// Disjoint sets of cells with what keeps them apart. A cell is one profile, or all that are called alike
/// where nothing tells two of them apart.
pub(crate) struct Clusters<'a> {
    profiles: &'a Profiles<'a>,
    pairs: &'a Pairs,
    judge: Judge<'a>,
    cell_of: Vec<usize>,
    /// The profiles of each cell, in order.
    cells: Vec<Cell>,
    /// The first cell of each spelling, and the end.
    first_cell: Vec<usize>,
    parent: Vec<u32>,
    /// By root, of those that were held against another: most never are.
    held: Vec<OnceCell<Box<Held<'a>>>>,
    merges: FxHashMap<usize, Vec<Joined>>,
    people: People,
}

/// Clusters when all is joined.
#[derive(Default)]
pub(crate) struct Joint {
    /// Profiles, those of one cluster together, in order.
    pub(crate) members: Vec<usize>,
    /// The first member of each cluster, and the end.
    pub(crate) first: Vec<usize>,
    /// Why those of a cluster were joined, by its place.
    pub(crate) merges: FxHashMap<usize, Vec<Joined>>,
}

/// Who is joined already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    Things,
    PeopleToo,
}

impl<'a> Clusters<'a> {
    /// `apart` are profiles that a person keeps apart, `joined` those that one joined.
    pub(crate) fn new(
        profiles: &'a Profiles<'a>,
        pairs: &'a Pairs,
        apart: &BTreeSet<(usize, usize)>,
        joined: &[(usize, usize)],
    ) -> Self {
        let judge = Judge::new(profiles, apart, pairs.known());
        let people = People::new(profiles, pairs, &judge);
        let bound: BTreeSet<usize> = apart
            .iter()
            .chain(joined)
            .flat_map(|&(a, b)| [a, b])
            .collect();
        let mut cell_of = vec![0; profiles.list.len()];
        let mut cells: Vec<Cell> = Vec::new();
        let mut first_cell = Vec::with_capacity(profiles.spellings.len() + 1);
        for (spelled, (_, spelling)) in profiles.spellings.iter().enumerate() {
            first_cell.push(cells.len());
            let one = spelling.joins_itself && !people.ambiguous[spelled];
            let mut together = Cell::new();
            for &at in &profiles.bearers[spelled] {
                if one && !bound.contains(&at) {
                    together.push(number(at));
                } else {
                    cell_of[at] = cells.len();
                    cells.push(smallvec![number(at)]);
                }
            }
            if !together.is_empty() {
                together
                    .iter()
                    .for_each(|&at| cell_of[at as usize] = cells.len());
                cells.push(together);
            }
        }
        first_cell.push(cells.len());
        let mut clusters = Self {
            held: vec![OnceCell::new(); cells.len()],
            parent: (0..number(cells.len())).collect(),
            merges: FxHashMap::default(),
            profiles,
            pairs,
            judge,
            cell_of,
            cells,
            first_cell,
            people,
        };
        for &(a, b) in joined {
            clusters.join_decided(a, b);
        }
        clusters
    }

    fn root(&self, mut cell: usize) -> usize {
        loop {
            let up = self.parent[cell] as usize;
            if up == cell {
                return cell;
            }
            cell = up;
        }
    }

    /// What the cluster of a root holds.
    fn held(&self, root: usize) -> &Held<'a> {
        self.held[root].get_or_init(|| {
            let cell = &self.cells[root];
            let spelling = self.profiles.list[cell[0] as usize].spelling;
            Box::new(Held::new(self.profiles, spelling, cell))
        })
    }

    fn root_of(&self, profile: usize) -> usize {
        self.root(self.cell_of[profile])
    }

    /// The clusters in order of their first profiles.
    pub(crate) fn into_groups(mut self) -> Joint {
        const NOBODY: u32 = u32::MAX;
        let mut place = vec![NOBODY; self.cells.len()];
        let mut out = Joint::default();
        let mut of = Vec::with_capacity(self.profiles.list.len());
        let mut sizes: Vec<usize> = Vec::new();
        for profile in 0..self.profiles.list.len() {
            let root = self.root_of(profile);
            if place[root] == NOBODY {
                place[root] = number(sizes.len());
                if let Some(merges) = self.merges.remove(&root) {
                    out.merges.insert(sizes.len(), merges);
                }
                sizes.push(0);
            }
            sizes[place[root] as usize] += 1;
            of.push(place[root]);
        }
        let mut end = 0;
        for size in sizes {
            out.first.push(end);
            end += size;
        }
        let mut next = out.first.clone();
        out.first.push(end);
        out.members = vec![0; end];
        for (profile, &group) in of.iter().enumerate() {
            let next = &mut next[group as usize];
            out.members[*next] = profile;
            *next += 1;
        }
        out
    }

    /// Joins the clusters of two cells unless something keeps them apart.
    fn join(&mut self, a: usize, b: usize, why: Why) {
        let (first, second) = (self.root(a), self.root(b));
        if first == second || self.judge.conflict(self.held(first), self.held(second)) {
            return;
        }
        self.unite(
            first,
            second,
            [self.cells[a][0] as usize, self.cells[b][0] as usize],
            why,
        );
    }

    /// A person said that these are one: only what a person keeps apart stands against it.
    fn join_decided(&mut self, a: usize, b: usize) {
        let (x, y) = (self.root_of(a), self.root_of(b));
        if x != y && !self.judge.decided_apart(self.held(x), self.held(y)) {
            self.unite(x, y, [a, b], Why::Decided);
        }
    }

    fn unite(&mut self, a: usize, b: usize, [x, y]: [usize; 2], why: Why) {
        // the larger one takes the smaller one in
        let size = |root: usize| (self.held(root).size(), std::cmp::Reverse(root));
        let (keep, gone) = if size(a) >= size(b) { (a, b) } else { (b, a) };
        self.parent[gone] = number(keep);
        let moved = self.held[gone].take();
        let held = self.held[keep].get_mut().zip(moved);
        let (held, moved) = held.expect("their sizes were compared");
        held.take_in(*moved);
        let theirs = self.merges.remove(&gone).unwrap_or_default();
        let merges = self.merges.entry(keep).or_default();
        merges.extend(theirs);
        merges.push(Joined {
            a: self.profiles.list[x].spelling,
            b: self.profiles.list[y].spelling,
            why,
        });
    }

    /// The cells of a spelling.
    fn cells_of(&self, spelling: usize) -> std::ops::Range<usize> {
        self.first_cell[spelling]..self.first_cell[spelling + 1]
    }

    pub(crate) fn join_listed(&mut self) {
        let mut first: BTreeMap<(&str, Sort), usize> = BTreeMap::new();
        let profiles = self.profiles;
        for (number, (_, spelling)) in profiles.spellings.iter().enumerate() {
            let Some(id) = spelling.called.listed.as_deref() else {
                continue;
            };
            for cell in self.cells_of(number) {
                let other = *first.entry((id, spelling.called.sort)).or_insert(cell);
                if other != cell {
                    self.join(other, cell, Why::Listed(number));
                }
            }
        }
    }

    /// Bodies, places, papers: full names above the bar, the most alike first.
    pub(crate) fn join_things(&mut self) {
        for sort in [Sort::Place, Sort::Thing, Sort::Paper] {
            self.join_spelled(sort);
            for pair in self.pairs.of(sort) {
                self.join_alike(pair);
            }
        }
    }

    /// Bearers of one spelling whom decisions made cells of their own.
    fn join_spelled(&mut self, sort: Sort) {
        let profiles = self.profiles;
        for (number, (_, spelling)) in profiles.spellings.iter().enumerate() {
            let clear = spelling.called.sort == sort && spelling.joins_itself;
            if !clear || self.people.ambiguous[number] {
                continue;
            }
            let cells = self.cells_of(number);
            for cell in cells.clone().take(cells.len().saturating_sub(1)) {
                for other in cells.clone().filter(|&other| other != cell) {
                    self.join(cell, other, Why::SameName);
                }
            }
        }
    }

    fn join_alike(&mut self, pair: &Alike) {
        let why = Why::Alike(pair.a, pair.b, pair.names);
        for a in self.cells_of(pair.a) {
            for b in self.cells_of(pair.b) {
                self.join(a, b, why);
            }
        }
    }

    /// People: first whose names fit nobody else, then namesakes by their company.
    pub(crate) fn join_people(&mut self, company: &Company<'_>) {
        self.join_spelled(Sort::Person);
        let pairs = self.pairs.of(Sort::Person);
        let ambiguous = |spelling: usize, of: &Self| of.people.ambiguous[spelling];
        for pair in pairs {
            if !ambiguous(pair.a, self) && !ambiguous(pair.b, self) {
                self.join_alike(pair);
            }
        }
        let namesakes = Namesakes::new(self.profiles, &self.people, pairs, company);
        for pair in &namesakes.pairs {
            // of many called alike most are one already
            let apart = self.root_of(pair.a) != self.root_of(pair.b);
            if apart && self.company_tells(pair, &namesakes) {
                let why = Why::Company(namesakes.alike(self.profiles, pair));
                self.join(self.cell_of[pair.a], self.cell_of[pair.b], why);
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
                    let spelling = self.profiles.list[namesake].spelling;
                    let alone = Held::new(self.profiles, spelling, &[number(namesake)]);
                    if self.judge.conflict(self.held(theirs), &alone) {
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
        let pairs = self.pairs;
        let mut acquaintances: FxHashMap<usize, Acquaintances> = FxHashMap::default();
        for at in 0..self.profiles.list.len() {
            let number = self.profiles.list[at].spelling;
            let fits = pairs.wholes.get(&number).map_or(&[][..], Vec::as_slice);
            let Some(only) = self.only_cluster(at, fits) else {
                continue;
            };
            let theirs = acquaintances.entry(only).or_insert_with(|| {
                let mut all = Acquaintances::default();
                let mut members = self.held(only).profiles().to_vec();
                members.sort_unstable();
                members
                    .iter()
                    .for_each(|&member| all.add(member as usize, company));
                all
            });
            let shared = theirs
                .shared(company.of(at))
                .into_iter()
                .map(|(_, n)| n)
                .max();
            if shared.unwrap_or(0) >= ENOUGH_COMPANY {
                theirs.add(at, company);
                let (own, first) = (self.cell_of[at], only);
                self.join(first, own, Why::Part);
                if self.root(only) != only
                    && let Some(moved) = acquaintances.remove(&only)
                {
                    acquaintances.insert(self.root(only), moved);
                }
            }
        }
    }

    /// A surname that stands for somebody in two documents, neither of which has more of his name, stands for one
    /// where both keep the same company, unless the case knows two who could be meant.
    pub(crate) fn join_parts(&mut self, company: &Company<'_>) {
        let mut pairs: Vec<(std::cmp::Reverse<u32>, usize, usize)> = Vec::new();
        for kin in self.parts_alike() {
            let bearers = || kin.iter().flat_map(|&s| &self.profiles.bearers[s]).copied();
            if self.wholes_of(&kin) > 1 {
                continue;
            }
            let mut all = Acquaintances::default();
            bearers().for_each(|bearer| all.add(bearer, company));
            for own in bearers() {
                let document = |at: usize| self.profiles.list[at].document;
                for (other, shared) in all.shared(company.of(own)) {
                    let asked = own < other && document(own) != document(other);
                    if asked && shared >= ENOUGH_COMPANY {
                        pairs.push((std::cmp::Reverse(shared), own, other));
                    }
                }
            }
        }
        pairs.sort_unstable();
        for (_, a, b) in pairs {
            self.join(self.cell_of[a], self.cell_of[b], Why::BothParts);
        }
    }

    /// Parts of people's names, those together that are alike.
    fn parts_alike(&self) -> Vec<Vec<usize>> {
        let profiles = self.profiles;
        let is_part = |spelling: &usize| {
            let spelling = profiles.called(*spelling);
            spelling.is_weak && spelling.called.sort == Sort::Person
        };
        let own = (0..profiles.spellings.len()).filter(is_part);
        let own = own.filter(|&spelling| profiles.bearers[spelling].len() > 1);
        let alike = self.pairs.parts.iter().copied();
        let alike = alike.filter(|(a, b)| is_part(a) && is_part(b));
        kin(alike.chain(own.map(|spelling| (spelling, spelling))))
    }

    /// How many people bear a full name that one of these is a part of.
    fn wholes_of(&self, parts: &[usize]) -> usize {
        let wholes = parts.iter().filter_map(|part| self.pairs.wholes.get(part));
        let cells = wholes.flatten().flat_map(|&whole| self.cells_of(whole));
        let people: BTreeSet<usize> = cells.map(|cell| self.root(cell)).collect();
        people.len()
    }

    /// The only other cluster that bears one of these spellings. People whom the document at hand names itself do not
    /// count.
    fn only_cluster(&self, at: usize, spellings: &[usize]) -> Option<usize> {
        let profile = &self.profiles.list[at];
        let own = self.root_of(at);
        let mut only = None;
        for &number in spellings {
            let person = self.profiles.called(number).called.sort == Sort::Person;
            let elsewhere = |&bearer: &u32| {
                let bearer = &self.profiles.list[bearer as usize];
                bearer.spelling == number && bearer.document != profile.document
            };
            for cell in self.cells_of(number) {
                let root = self.root(cell);
                if root == own || only == Some(root) {
                    continue;
                }
                if person && !self.cells[cell].iter().any(elsewhere) {
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
        for &(a, b) in &self.pairs.misread {
            let bearer = |spelling: usize| self.profiles.bearers[spelling][0];
            let (one, two) = (self.cell_of[bearer(a)], self.cell_of[bearer(b)]);
            let (x, y) = (self.root(one), self.root(two));
            if x != y && !self.held(x).meets(self.held(y), self.profiles) {
                self.join(one, two, Why::Misread);
            }
        }
    }

    /// What each profile stands for as company of others. Before people are joined, those of one name in
    /// two documents are not yet known to be one.
    pub(crate) fn companions(&self, of: Known) -> Vec<Option<u32>> {
        let told = self.profiles.spellings.iter().map(|(_, spelling)| {
            let called = &spelling.called;
            let unknown = called.sort == Sort::Person && called.listed.is_none();
            tells(spelling) && !(unknown && of == Known::Things)
        });
        let told: Vec<bool> = told.collect();
        let all = self.profiles.list.iter().zip(&self.cell_of);
        all.map(|(profile, &cell)| told[profile.spelling].then(|| number(self.root(cell))))
            .collect()
    }
}
