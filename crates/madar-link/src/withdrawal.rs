//! What is left of a claim's support when a source or a document falls: a retraction, a source found to
//! invent, a paper that nobody trusts any more. *If The Wall Street Journal falls, this claim has no chain
//! left.*

use std::collections::BTreeSet;

use crate::digest::DocumentNumber;
use crate::packing::packing;
use crate::reliance::Strand;
use crate::support::{Numbers, Support};
use crate::suspicion::Collapse;
use crate::transmitters::Transmitter;

/// What falls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Withdrawn {
    /// One transmitter, under each of its forms (an outlet that is also quoted as a body).
    Source(BTreeSet<Transmitter>),
    /// Documents, by their numbers.
    Documents(BTreeSet<DocumentNumber>),
}

/// The chains that are left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Left {
    /// With what is suspected; 0 where all chains may rest on what fell.
    pub k_lo: u32,
    /// As told; 0 where nothing is left.
    pub k_hi: u32,
    /// Places of the tellings that still stand as told.
    pub tellings: Vec<usize>,
}

impl Support {
    /// What is left without the withdrawn. Who may be one with a withdrawn source may fall with it, and so
    /// may a document that seems to rest on a withdrawn one.
    pub fn without(&self, gone: &Withdrawn) -> Left {
        let tellings: Vec<usize> = (0..self.told.len())
            .filter(|&at| !gone.takes(&self.told[at]))
            .collect();
        let told = tellings.iter().map(|&at| &self.told[at]);
        let perhaps = self.perhaps.iter().filter(|strand| !gone.takes(strand));
        let k_hi = match tellings.is_empty() {
            true => 0,
            false => packed(&told.chain(perhaps).collect::<Vec<_>>()),
        };
        let with_alike = gone.with_alike(&self.collapses);
        let standing = self.suspected.iter().filter(|s| !with_alike.takes(s));
        let k_lo = packed(&standing.collect::<Vec<_>>())
            .min(k_hi)
            .min(self.k_lo);
        Left {
            k_lo,
            k_hi,
            tellings,
        }
    }
}

impl Withdrawn {
    fn takes(&self, strand: &Strand) -> bool {
        match self {
            Withdrawn::Source(all) => strand.through.iter().any(|t| all.contains(t)),
            Withdrawn::Documents(all) => strand.documents.iter().any(|d| all.contains(d)),
        }
    }

    /// With those that a suspicion takes for one with it.
    fn with_alike(&self, collapses: &[Collapse]) -> Withdrawn {
        let Withdrawn::Source(all) = self else {
            return self.clone();
        };
        let mut all = all.clone();
        loop {
            let before = all.len();
            for collapse in collapses {
                let (Collapse::SameOwner(a, b)
                | Collapse::LikeSources(a, b)
                | Collapse::LikePapers(a, b)) = collapse
                else {
                    continue;
                };
                if all.contains(a) || all.contains(b) {
                    all.extend([a.clone(), b.clone()]);
                }
            }
            if all.len() == before {
                return Withdrawn::Source(all);
            }
        }
    }
}

fn packed(strands: &[&Strand]) -> u32 {
    let numbers = Numbers::new(strands.iter().flat_map(|s| &s.through));
    let sets: Vec<BTreeSet<u32>> = strands.iter().map(|s| numbers.set(&s.through)).collect();
    packing(&sets).lower
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::weigh;

    fn outlet(name: &str) -> Transmitter {
        Transmitter::Outlet(format!("outlets/{name}"))
    }

    /// Support whose chains as told and as suspected are these, the numbers being documents.
    fn support(
        told: &[(&[DocumentNumber], &[&str])],
        suspected: &[(&[DocumentNumber], &[&str])],
    ) -> Support {
        let strands = |all: &[(&[DocumentNumber], &[&str])]| -> Vec<Strand> {
            let strand = |(documents, names): &(&[DocumentNumber], &[&str])| Strand {
                documents: documents.to_vec(),
                through: names.iter().map(|n| outlet(n)).collect(),
            };
            all.iter().map(strand).collect()
        };
        let (told, suspected) = (strands(told), strands(suspected));
        let chains = |all: &[Strand]| all.iter().map(|s| s.through.clone()).collect::<Vec<_>>();
        Support {
            k_lo: weigh(&chains(&suspected)).k_lo,
            told: told.clone(),
            suspected,
            ..weigh(&chains(&told))
        }
    }

    #[test]
    fn who_may_tell_it_stands_only_beside_those_who_do() {
        let mut support = support(&[(&[0], &["asharq"])], &[(&[0], &["asharq"])]);
        support = support.with_perhaps(vec![Strand {
            documents: vec![1],
            through: vec![outlet("kommersant")],
        }]);
        assert_eq!((support.k_lo, support.k_hi), (1, 2));
        let of = |name: &str| Withdrawn::Source(BTreeSet::from([outlet(name)]));
        assert_eq!(support.without(&of("asharq")).k_hi, 0);
        assert_eq!(support.without(&of("kommersant")).k_hi, 1);
        assert_eq!(support.without(&of("reuters")).k_hi, 2);
    }

    #[test]
    fn what_all_chains_pass_through_takes_all() {
        let chains: [(&[DocumentNumber], &[&str]); 2] = [
            (&[0], &["asharq", "journal"]),
            (&[1], &["kommersant", "journal"]),
        ];
        let held = support(&chains, &chains);
        let gone = |name| Withdrawn::Source(BTreeSet::from([outlet(name)]));
        assert_eq!(held.without(&gone("journal")).k_hi, 0);
        let left = held.without(&gone("asharq"));
        assert_eq!((left.k_lo, left.k_hi, left.tellings), (1, 1, vec![1]));
    }

    #[test]
    fn a_copy_may_fall_with_what_it_copies() {
        let told: [(&[DocumentNumber], &[&str]); 2] =
            [(&[0], &["asharq"]), (&[1], &["kommersant"])];
        let suspected: [(&[DocumentNumber], &[&str]); 2] =
            [(&[0], &["asharq"]), (&[1, 0], &["kommersant", "asharq"])];
        let document = |number| Withdrawn::Documents(BTreeSet::from([number]));
        let left = support(&told, &suspected).without(&document(0));
        assert_eq!((left.k_lo, left.k_hi), (0, 1));
        let left = support(&told, &suspected).without(&document(1));
        assert_eq!((left.k_lo, left.k_hi), (1, 1));
    }

    #[test]
    fn a_sister_may_fall_with_its_sister() {
        let told: [(&[DocumentNumber], &[&str]); 2] =
            [(&[0], &["asharq"]), (&[1], &["kommersant"])];
        let suspected: [(&[DocumentNumber], &[&str]); 2] =
            [(&[0], &["asharq"]), (&[1], &["asharq"])];
        let mut held = support(&told, &suspected);
        held.collapses = vec![Collapse::SameOwner(outlet("asharq"), outlet("kommersant"))];
        let left = held.without(&Withdrawn::Source(BTreeSet::from([outlet("kommersant")])));
        assert_eq!((left.k_lo, left.k_hi), (0, 1));
    }
}
