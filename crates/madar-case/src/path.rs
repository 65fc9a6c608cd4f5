//! How two people or things are tied, hop by hop: *A met B, B owns C*. A path is as good as its weakest hop;
//! who is tied to everybody (a president, a ministry) makes weak hops; each further path goes through others.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use madar_read::{FactKind, Status};

use crate::CaseError;
use crate::answer::{Hop, Named, Path, Paths};
use crate::ask::Asked;
use crate::linked::Claim;
use crate::view::{At, View};

/// Paths shown; each goes through other people than those before it.
const PATHS: usize = 5;
/// Hops of a path at most: what is further apart is tied through anybody.
const HOPS: usize = 5;
/// Ties shown of a hop; the rest is counted.
const TIES: usize = 3;
/// Neighbours from which on somebody counts as a hub; most people of a case have fewer.
const HUB: u32 = 20;

/// Which ties count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ties {
    /// What somebody says is so, was so or will be so.
    Told,
    /// Also what is only told to be denied.
    DeniedToo,
}

/// How much a hop bears, in thousandths.
type Strength = u32;

impl Asked<'_> {
    /// The paths between two people or things, the one with the strongest weakest hop first.
    ///
    /// # Errors
    /// When nobody is called so, or several are.
    pub fn path(&self, a: &str, b: &str, ties: Ties) -> Result<Paths, CaseError> {
        let view = self.view();
        let (from, to) = (view.entity_named(a)?, view.entity_named(b)?);
        let mut web = Web::new(&view, ties, from, to);
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
    fn named(&self, entity: At) -> Named {
        let held = &self.network.entities[entity];
        Named {
            entity: held.id.clone(),
            name: held.name.clone(),
        }
    }

    fn path(&self, web: &Web, way: &[At]) -> Path {
        let pairs = || way.windows(2).map(|pair| (pair[0], pair[1]));
        let hop = |(a, b): (At, At)| {
            let ties = web.ties(a, b);
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

/// Somebody's neighbours, with the claims that tie the two, the strongest first.
type Neighbours = BTreeMap<At, Vec<(Reverse<Strength>, At)>>;

/// Who is tied to whom by which claims.
struct Web {
    from: At,
    to: At,
    neighbours: BTreeMap<At, Neighbours>,
    /// Who stood on an earlier path.
    used: BTreeSet<At>,
    /// The two ends are tied directly, and that was shown.
    direct_shown: bool,
}

impl Web {
    fn new(view: &View<'_>, ties: Ties, from: At, to: At) -> Self {
        let mut neighbours: BTreeMap<At, Neighbours> = BTreeMap::new();
        for (at, claim) in view.network.claims.iter().enumerate() {
            if claim.status == Status::Denied && ties == Ties::Told {
                continue;
            }
            let who = view.taking_part_in(claim);
            let strength = strength(claim, who.len());
            for &a in &who {
                for &b in who.iter().filter(|&&b| b != a) {
                    let of = neighbours.entry(a).or_default();
                    of.entry(b).or_default().push((Reverse(strength), at));
                }
            }
        }
        for of in neighbours.values_mut() {
            of.values_mut().for_each(|ties| ties.sort_unstable());
        }
        Self {
            from,
            to,
            neighbours,
            used: BTreeSet::new(),
            direct_shown: false,
        }
    }

    /// Claims between two, the strongest first.
    fn ties(&self, a: At, b: At) -> Vec<At> {
        let ties = self.neighbours.get(&a).and_then(|of| of.get(&b));
        ties.into_iter()
            .flatten()
            .map(|&(_, claim)| claim)
            .collect()
    }

    /// What a hop bears on a path between the two ends.
    fn strength(&self, a: At, b: At) -> Strength {
        let best = self.neighbours.get(&a).and_then(|of| of.get(&b)?.first());
        let own = best.map_or(0, |&(Reverse(strength), _)| strength);
        own * self.damping(a).min(self.damping(b)) / 1000
    }

    /// Thousandths that are left of a hop to somebody on the way who is tied to many; the ends count whole.
    fn damping(&self, entity: At) -> u32 {
        let ties = self.neighbours.get(&entity).map_or(0, BTreeMap::len);
        let ties = u32::try_from(ties).unwrap_or(u32::MAX);
        if entity == self.from || entity == self.to || ties <= HUB {
            return 1000;
        }
        (1_000_000 / ties).saturating_mul(HUB).isqrt()
    }

    /// The way whose weakest hop is strongest; of equals the shortest.
    fn strongest(&self) -> Option<Vec<At>> {
        let mut open = BinaryHeap::from([(1000, Reverse(0), Reverse(vec![self.from]))]);
        let mut least: BTreeMap<At, usize> = BTreeMap::new();
        while let Some((strength, Reverse(hops), Reverse(way))) = open.pop() {
            let end = way[way.len() - 1];
            if end == self.to {
                return (hops > 0).then_some(way);
            }
            // reached before by a stronger way that is no longer
            if least.get(&end).is_some_and(|&before| before <= hops) || hops == HOPS {
                continue;
            }
            least.insert(end, hops);
            for &next in self
                .neighbours
                .get(&end)
                .into_iter()
                .flat_map(BTreeMap::keys)
            {
                let shown = self.direct_shown && end == self.from && next == self.to;
                if shown || self.used.contains(&next) || way.contains(&next) {
                    continue;
                }
                let weakest = strength.min(self.strength(end, next));
                let further = [&way[..], &[next]].concat();
                open.push((weakest, Reverse(hops + 1), Reverse(further)));
            }
        }
        None
    }

    fn leave_out(&mut self, way: &[At]) {
        let between = &way[1..way.len() - 1];
        self.direct_shown |= between.is_empty();
        self.used.extend(between);
    }
}

/// One more independent chain says more, ever less so; what is not so yet ties less, and a meeting of many
/// ties two of them less than a meeting of two.
fn strength(claim: &Claim, participants: usize) -> Strength {
    let k = claim.support.k_lo;
    let chains = if claim.support.confirmed > 0 {
        1000
    } else {
        1000 * k / (k + 1)
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
        let mut web = Web {
            from: 0,
            to: 1,
            neighbours: BTreeMap::new(),
            used: BTreeSet::new(),
            direct_shown: false,
        };
        let mut tie = |a: At, b: At, claim: At| {
            for (x, y) in [(a, b), (b, a)] {
                let of = web.neighbours.entry(x).or_default();
                of.entry(y).or_default().push((Reverse(500), claim));
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
        assert_eq!(web.strongest(), Some(vec![0, 3, 1]));
        web.leave_out(&[0, 3, 1]);
        assert_eq!(web.strongest(), Some(vec![0, 2, 1]));
    }
}
