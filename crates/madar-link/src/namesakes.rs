//! People whose names are alike: whom a name fits, who of them cannot be one, and what company they share, which
//! tells namesakes apart.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::clusters::{Alike, ENOUGH_COMPANY, Pairs};
use crate::company::{Acquaintances, Company};
use crate::dependence::number;
use crate::held::Judge;
use crate::profiles::{Profiles, Sort};

/// Who is called like whom, by spelling.
pub(crate) struct People {
    fits: Vec<SmallVec<[u32; 4]>>,
    /// Whether a spelling fits two who cannot be one.
    pub(crate) ambiguous: Vec<bool>,
}

impl People {
    pub(crate) fn new(profiles: &Profiles<'_>, pairs: &Pairs, judge: &Judge<'_>) -> Self {
        let mut fits = vec![SmallVec::new(); profiles.spellings.len()];
        for pair in pairs.of(Sort::Person) {
            fits[pair.a].push(number(pair.b));
            fits[pair.b].push(number(pair.a));
        }
        for (at, (_, spelling)) in profiles.spellings.iter().enumerate() {
            let full = spelling.called.sort == Sort::Person && spelling.joins_itself;
            if full && profiles.bearers[at].len() > 1 {
                fits[at].push(number(at));
            }
        }
        fits.iter_mut().for_each(|those| those.sort_unstable());
        // a name that fits two who cannot be one
        let is_ambiguous = |those: &[u32]| {
            let mut pairs = (0..those.len()).flat_map(|i| (i..those.len()).map(move |j| (i, j)));
            pairs.any(|(i, j)| judge.spelled_apart(those[i] as usize, those[j] as usize))
        };
        // the spellings of one mostly fit the same
        let mut known: FxHashMap<&[u32], bool> = FxHashMap::default();
        let ambiguous = fits.iter().map(|those: &SmallVec<[u32; 4]>| {
            let known = known.entry(those.as_slice());
            *known.or_insert_with_key(|those| is_ambiguous(those))
        });
        Self {
            ambiguous: ambiguous.collect(),
            fits,
        }
    }

    /// Spellings that fit two who cannot be one, with those that they fit; apart those whom no chain of names that
    /// are alike ties, since they never meet in one cluster.
    fn kin(&self) -> Vec<BTreeSet<usize>> {
        let fits = |one: usize| self.fits[one].iter().map(|&other| other as usize);
        let pairs = (0..self.fits.len()).flat_map(|one| fits(one).map(move |other| (one, other)));
        let mut out = Vec::new();
        for tied in kin(pairs) {
            let mut those = BTreeSet::new();
            for &spelling in tied.iter().filter(|&&s| self.ambiguous[s]) {
                those.insert(spelling);
                those.extend(fits(spelling));
            }
            if !those.is_empty() {
                out.push(those);
            }
        }
        out
    }
}

/// Two profiles with alike names that also fit others.
pub(crate) struct Namesake {
    shared: u32,
    score: u16,
    pub(crate) a: usize,
    pub(crate) b: usize,
}

/// Who of some namesakes met, and whom they share company with.
type Met = (Vec<Namesake>, FxHashMap<usize, Vec<(usize, u32)>>);

/// Those whose names fit several, with the company that they share.
pub(crate) struct Namesakes {
    pub(crate) pairs: Vec<Namesake>,
    /// Whom each shares company with, whatever their names.
    shared: FxHashMap<usize, Vec<(usize, u32)>>,
    /// How alike two spellings are.
    scores: FxHashMap<(usize, usize), (u16, (u8, u8))>,
}

impl Namesakes {
    pub(crate) fn new(
        profiles: &Profiles<'_>,
        people: &People,
        pairs: &[Alike],
        company: &Company<'_>,
    ) -> Self {
        let scores = pairs.iter().map(|p| ((p.a, p.b), (p.score, p.names)));
        let mut out = Self {
            pairs: Vec::new(),
            shared: FxHashMap::default(),
            scores: scores.collect(),
        };
        let kin = people.kin();
        let kin = kin.par_iter();
        let met = kin.map(|kin| out.meet(kin, profiles, people, company));
        let met: Vec<Met> = met.collect();
        for (pairs, shared) in met {
            out.pairs.extend(pairs);
            out.shared.extend(shared);
        }
        let order = |p: &Namesake| (std::cmp::Reverse((p.shared, p.score)), p.a, p.b);
        out.pairs.sort_by_key(order);
        out
    }

    /// What those with such names share. Nobody outside them can be one with any of them.
    fn meet(
        &self,
        kin: &BTreeSet<usize>,
        profiles: &Profiles<'_>,
        people: &People,
        company: &Company<'_>,
    ) -> Met {
        let mut all = Acquaintances::default();
        for &spelling in kin {
            for &bearer in &profiles.bearers[spelling] {
                all.add(bearer, company);
            }
        }
        let mut pairs: Vec<Namesake> = Vec::new();
        let mut shares: FxHashMap<usize, Vec<(usize, u32)>> = FxHashMap::default();
        for &spelling in kin {
            let ambiguous = people.ambiguous[spelling];
            for &own in &profiles.bearers[spelling] {
                let theirs = all.shared(company.of(own));
                // whom company ties to nobody it joins to nobody
                let tied = |&(other, shared)| other != own && shared >= ENOUGH_COMPANY;
                if !theirs.iter().any(tied) {
                    continue;
                }
                for &(other, shared) in theirs.iter().filter(|(other, _)| own < *other) {
                    let of_other = profiles.list[other].spelling;
                    let doubtful = ambiguous || people.ambiguous[of_other];
                    if let (true, Some(score)) = (doubtful, self.fit(profiles, own, other)) {
                        pairs.push(Namesake {
                            shared,
                            score,
                            a: own,
                            b: other,
                        });
                    }
                }
                shares.insert(own, theirs);
            }
        }
        pairs.retain(|pair| shares.contains_key(&pair.b));
        let met: FxHashSet<usize> = pairs.iter().flat_map(|pair| [pair.a, pair.b]).collect();
        shares.retain(|own, _| met.contains(own));
        (pairs, shares)
    }

    /// How alike the names of two are, where they can be one's.
    pub(crate) fn fit(&self, profiles: &Profiles<'_>, a: usize, b: usize) -> Option<u16> {
        let (p, q) = (&profiles.list[a], &profiles.list[b]);
        if a == b || p.document == q.document {
            return None;
        }
        let (x, y) = (p.spelling, q.spelling);
        let known = self.scores.get(&(x.min(y), x.max(y))).map(|known| known.0);
        known.or((x == y).then_some(10_000))
    }

    /// What is alike in the names of two.
    pub(crate) fn alike(
        &self,
        profiles: &Profiles<'_>,
        pair: &Namesake,
    ) -> Option<(usize, usize, (u8, u8))> {
        let (x, y) = (
            profiles.list[pair.a].spelling,
            profiles.list[pair.b].spelling,
        );
        let (a, b) = (x.min(y), x.max(y));
        self.scores.get(&(a, b)).map(|known| (a, b, known.1))
    }

    pub(crate) fn of(&self, profile: usize) -> &[(usize, u32)] {
        self.shared.get(&profile).map_or(&[], Vec::as_slice)
    }
}

/// Those together whom a chain of pairs ties, in order.
pub(crate) fn kin(pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    const NOBODY: usize = usize::MAX;
    let mut parent: Vec<usize> = Vec::new();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    for (a, b) in pairs {
        if parent.len() <= a.max(b) {
            parent.resize(a.max(b) + 1, NOBODY);
        }
        for one in [a, b] {
            if parent[one] == NOBODY {
                parent[one] = one;
            }
        }
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b)] = a.min(b);
    }
    // a root is the first of its own
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut place = vec![NOBODY; parent.len()];
    for one in 0..parent.len() {
        if parent[one] == NOBODY {
            continue;
        }
        let root = root(&mut parent, one);
        if place[root] == NOBODY {
            place[root] = out.len();
            out.push(Vec::new());
        }
        out[place[root]].push(one);
    }
    out
}
