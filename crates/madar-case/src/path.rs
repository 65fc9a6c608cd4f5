//! How two people or things are tied, hop by hop: *A met B, B owns C*. A path is as good as its weakest hop;
//! who is tied to everybody (a president, a ministry) makes weak hops; each further path goes through others.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, BinaryHeap};

use madar_read::{FactKind, Status};
use rustc_hash::FxHashMap;

use crate::CaseError;
use crate::answer::{Hop, Named, Path, Paths};
use crate::ask::Asked;
use crate::ledger::ClaimEntry;
use crate::view::{At, View};

/// Paths shown; each goes through other people than those before it.
const PATHS: usize = 5;
/// Hops of a path at most: what is further apart is tied through anybody.
const HOPS: usize = 5;
/// Ties shown of a hop; the rest is counted.
const TIES: usize = 3;
/// Neighbours from which on somebody counts as a hub; most people of a case have fewer.
const HUB: u32 = 20;

/// How much a claim bears, in thousandths.
type Strength = u32;

/// Which ties count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ties {
    /// What somebody says is so, was so or will be so.
    Told,
    /// Also what is only told to be denied.
    DeniedToo,
}

impl Asked<'_> {
    /// The paths between two people or things, the one with the strongest weakest hop first.
    ///
    /// # Errors
    /// When nobody is called so, or several are.
    pub fn path(&self, a: &str, b: &str, ties: Ties) -> Result<Paths, CaseError> {
        let view = self.view();
        let (from, to) = (view.entity_named(a)?, view.entity_named(b)?);
        let mut web = Web::new(&view.all_ties(ties), from, to);
        let mut paths = Vec::new();
        while let Some(way) = web.strongest().filter(|_| paths.len() < PATHS) {
            paths.push(view.path(&web, &way));
            web.leave_out(&way);
        }
        Ok(Paths {
            from: view.named(from),
            to: view.named(to),
            paths,
        })
    }
}

impl View<'_> {
    pub(crate) fn named(&self, entity: At) -> Named {
        let held = self.entity(entity);
        Named {
            entity: held.id.clone(),
            name: held.name.clone(),
        }
    }

    fn path(&self, web: &Web, way: &[At]) -> Path {
        let pairs = || way.windows(2).map(|pair| (pair[0], pair[1]));
        let hop = |(a, b): (At, At)| {
            let ties = web.between(a, b);
            Hop {
                from: self.named(a),
                to: self.named(b),
                ties: ties
                    .iter()
                    .take(TIES)
                    .map(|&claim| self.line(claim))
                    .collect(),
                more: ties.len().saturating_sub(TIES),
            }
        };
        let weakest = pairs()
            .enumerate()
            .min_by_key(|&(_, (a, b))| web.strength(a, b));
        Path {
            weakest: weakest.map_or(0, |(at, _)| at),
            hops: pairs().map(hop).collect(),
        }
    }
}

/// A claim that ties two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Tied {
    to: u32,
    strength: Reverse<Strength>,
    claim: u32,
}

/// Who is tied to whom by which claims.
struct Web {
    from: At,
    to: At,
    /// By entity, where its ties begin; those to one other stand together, the strongest first.
    starts: Vec<u32>,
    ties: Vec<Tied>,
    /// Distinct others to whom each is tied.
    others: Vec<u32>,
    /// Who stood on an earlier path.
    used: BTreeSet<At>,
    /// The two ends are tied directly, and that was shown.
    direct_shown: bool,
}

/// Two ends of a claim, both ways round.
struct End {
    a: u32,
    tied: Tied,
}

impl View<'_> {
    /// Two and two, as the claims tie them.
    fn all_ties(&self, wanted: Ties) -> Vec<End> {
        let mut out = Vec::new();
        let claims = self.claims_ledger();
        for (claim, entry) in claims.entries.iter().enumerate() {
            if entry.status == Status::Denied && wanted == Ties::Told {
                continue;
            }
            let who = claims.who(claim);
            let seen = match self.is_confirmed(claim) {
                true => Seen::Yes,
                false => Seen::No,
            };
            let strength = strength(entry, who.len(), seen);
            let claim = u32::try_from(claim).expect("a case holds fewer claims");
            for &a in who {
                let others = who.iter().filter(|&&b| b != a);
                out.extend(others.map(|&to| End {
                    a,
                    tied: Tied {
                        to,
                        strength: Reverse(strength),
                        claim,
                    },
                }));
            }
        }
        out
    }
}

impl Web {
    fn new(ends: &[End], from: At, to: At) -> Self {
        let most = ends.iter().map(|end| end.a as usize + 1);
        let entities = most.max().unwrap_or(0).max(from + 1).max(to + 1);
        let mut starts = vec![0u32; entities + 1];
        for end in ends {
            starts[end.a as usize + 1] += 1;
        }
        for at in 0..entities {
            starts[at + 1] += starts[at];
        }
        let none = Tied {
            to: 0,
            strength: Reverse(0),
            claim: 0,
        };
        let mut ties = vec![none; ends.len()];
        let mut next = starts.clone();
        for end in ends {
            let slot = &mut next[end.a as usize];
            ties[*slot as usize] = end.tied;
            *slot += 1;
        }
        let mut out = Self {
            from,
            to,
            others: Vec::with_capacity(entities),
            starts,
            ties,
            used: BTreeSet::new(),
            direct_shown: false,
        };
        for at in 0..entities {
            let own = out.starts[at] as usize..out.starts[at + 1] as usize;
            out.ties[own].sort_unstable();
            let others = u32::try_from(out.best(at).count()).expect("a case holds fewer things");
            out.others.push(others);
        }
        out
    }

    fn ties_of(&self, at: At) -> &[Tied] {
        &self.ties[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Its strongest tie to each other.
    fn best(&self, at: At) -> impl Iterator<Item = Tied> {
        let chunks = self.ties_of(at).chunk_by(|a, b| a.to == b.to);
        chunks.map(|ties| ties[0])
    }

    /// Claims between two, the strongest first.
    fn between(&self, a: At, b: At) -> Vec<At> {
        let own = self.ties_of(a);
        let first = own.partition_point(|tied| (tied.to as At) < b);
        let ties = own[first..].iter().take_while(|tied| tied.to as At == b);
        ties.map(|tied| tied.claim as At).collect()
    }

    /// Those to whom it is tied, in order, with what the hop bears on a path between the two ends.
    fn neighbours(&self, at: At) -> impl Iterator<Item = (At, Strength)> {
        let own = self.damping(at);
        self.best(at).map(move |tied| {
            let to = tied.to as At;
            (to, tied.strength.0 * own.min(self.damping(to)) / 1000)
        })
    }

    fn strength(&self, a: At, b: At) -> Strength {
        let found = self.neighbours(a).find(|(to, _)| *to == b);
        found.map_or(0, |(_, strength)| strength)
    }

    /// Thousandths that are left of a hop to somebody on the way who is tied to many; the ends count whole.
    fn damping(&self, entity: At) -> u32 {
        let ties = self.others[entity];
        if entity == self.from || entity == self.to || ties <= HUB {
            return 1000;
        }
        (1_000_000 / ties).saturating_mul(HUB).isqrt()
    }

    /// The way whose weakest hop is strongest; of equals the shortest, then the one through the first.
    fn strongest(&self) -> Option<Vec<At>> {
        if self.from == self.to {
            return None;
        }
        let level = self.weakest_hop()?;
        let left = self.distances(level)?;
        let mut way = vec![self.from];
        while way[way.len() - 1] != self.to {
            let end = way[way.len() - 1];
            let hops = left[&end];
            let next = self
                .hops(end, level)
                .find(|(next, _)| left.get(next).is_some_and(|&n| n + 1 == hops));
            way.push(next?.0);
        }
        Some(way)
    }

    /// The weakest hop of the strongest way: from the beginning on always the way that bears most is gone further,
    /// until it meets the end. What was reached by a way that bears as much and is no longer is not gone from again.
    fn weakest_hop(&self) -> Option<Strength> {
        let mut open = BinaryHeap::from([(1000, Reverse(0), Reverse(self.from))]);
        let mut least: FxHashMap<At, usize> = FxHashMap::default();
        while let Some((strength, Reverse(hops), Reverse(at))) = open.pop() {
            if at == self.to {
                return Some(strength);
            }
            if hops == HOPS || least.get(&at).is_some_and(|&before| before <= hops) {
                continue;
            }
            least.insert(at, hops);
            for (next, bears) in self.hops(at, 0) {
                open.push((strength.min(bears), Reverse(hops + 1), Reverse(next)));
            }
        }
        None
    }

    /// Hops of at least this strength from somebody to those who may stand on a further path, in order.
    fn hops(&self, at: At, level: Strength) -> impl Iterator<Item = (At, Strength)> {
        self.neighbours(at).filter(move |&(next, strength)| {
            let ends = (at.min(next), at.max(next));
            let direct = ends == (self.from.min(self.to), self.from.max(self.to));
            strength >= level && !self.used.contains(&next) && !(direct && self.direct_shown)
        })
    }

    /// How far those who lie on the way are from the end, if the beginning is among them.
    fn distances(&self, level: Strength) -> Option<FxHashMap<At, usize>> {
        let mut left: FxHashMap<At, usize> = FxHashMap::default();
        left.insert(self.to, 0);
        let mut edge = vec![self.to];
        for hops in 1..=HOPS {
            let mut next = Vec::new();
            for &at in &edge {
                for (other, _) in self.hops(at, level) {
                    if let Entry::Vacant(slot) = left.entry(other) {
                        slot.insert(hops);
                        next.push(other);
                    }
                }
            }
            if left.contains_key(&self.from) {
                return Some(left);
            }
            edge = next;
        }
        None
    }

    fn leave_out(&mut self, way: &[At]) {
        let between = &way[1..way.len() - 1];
        self.direct_shown |= between.is_empty();
        self.used.extend(between);
    }
}

/// Whether a person has seen that the claim is told so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Seen {
    No,
    Yes,
}

/// One more independent chain says more, ever less so; what is not so yet ties less, and a meeting of many
/// ties two of them less than a meeting of two.
fn strength(claim: &ClaimEntry, participants: usize, seen: Seen) -> Strength {
    let chains = match seen {
        Seen::Yes => 1000,
        Seen::No => 1000 * claim.k_lo / (claim.k_lo + 1),
    };
    let status = match claim.status {
        Status::Asserted | Status::Ended => 10,
        Status::Planned | Status::Negotiated => 7,
        Status::Proposed | Status::Conditional => 6,
        Status::Alleged => 5,
        Status::Denied => 3,
    };
    // that two are named with one event, and nothing closer, says the least
    let kind = match claim.kind {
        FactKind::Event | FactKind::Communication | FactKind::Tie => 8,
        _ => 10,
    };
    let crowd = u32::try_from(participants).unwrap_or(u32::MAX).max(2);
    chains * status * kind / 100 * 2 / crowd
}

#[cfg(test)]
mod tests {
    use madar_open::{Given, open};
    use madar_read::Kit;

    use super::*;
    use crate::{Case, Said};

    const TOLD: &str = "Talks in the Gulf\n\n\
        Gordon Halvorsen met Rodion Vasilenkov in Muscat on March 3, 2025.\n\n\
        The lawyer Curtis Weller met Rodion Vasilenkov in Doha on March 2, 2025.\n\n\
        Mikael Sandqvist met Curtis Weller in Oslo on March 1, 2025.";

    fn paths(a: &str, b: &str) -> Paths {
        let kit = Kit::bundled();
        let mut case = Case::in_memory().unwrap();
        let document = open(TOLD.as_bytes(), &Given::default()).unwrap();
        let reading = madar_read::read(&document, &kit);
        case.add(&document, &reading, Said::ByUser).unwrap();
        case.asked(&kit).unwrap().path(a, b, Ties::Told).unwrap()
    }

    #[test]
    fn a_path_goes_hop_by_hop_with_its_passages() {
        let found = paths("Gordon Halvorsen", "Mikael Sandqvist");
        let [path] = &found.paths[..] else {
            panic!("{found:?}")
        };
        let names: Vec<&str> = path.hops.iter().map(|hop| &*hop.to.name).collect();
        assert_eq!(
            names,
            ["Rodion Vasilenkov", "Curtis Weller", "Mikael Sandqvist"]
        );
        for hop in &path.hops {
            let passage = &hop.ties[0].tellings[0].passage.text;
            let surname = |name: &str| name.split(' ').next_back().unwrap_or_default().to_owned();
            assert!(passage.contains(&surname(&hop.from.name)), "{passage}");
            assert!(passage.contains(&surname(&hop.to.name)), "{passage}");
        }
    }

    #[test]
    fn it_is_the_same_path_from_either_end() {
        let there = paths("Gordon Halvorsen", "Mikael Sandqvist");
        let back = paths("Mikael Sandqvist", "Gordon Halvorsen");
        let names = |paths: &Paths| -> Vec<String> {
            let hops = paths.paths.iter().flat_map(|path| &path.hops);
            let mut ends: Vec<String> = hops
                .map(|hop| {
                    let mut pair = [hop.from.name.clone(), hop.to.name.clone()];
                    pair.sort();
                    pair.join(" – ")
                })
                .collect();
            ends.sort();
            ends
        };
        assert_eq!(names(&there), names(&back));
    }

    #[test]
    fn whoever_is_tied_to_all_makes_weak_hops() {
        let mut ends = Vec::new();
        let mut tie = |a: u32, b: u32, claim: u32| {
            for (a, to) in [(a, b), (b, a)] {
                let strength = Reverse(500);
                ends.push(End {
                    a,
                    tied: Tied {
                        to,
                        strength,
                        claim,
                    },
                });
            }
        };
        // 2 is tied to a hundred others, 3 to the two ends
        tie(0, 2, 0);
        tie(2, 1, 1);
        for other in 10..110 {
            tie(2, other, other);
        }
        tie(0, 3, 2);
        tie(3, 1, 3);
        let mut web = Web::new(&ends, 0, 1);
        assert_eq!(web.strongest(), Some(vec![0, 3, 1]));
        web.leave_out(&[0, 3, 1]);
        assert_eq!(web.strongest(), Some(vec![0, 2, 1]));
    }
}
