//! What claims stand on: behind which of them a source or a document stands. Found once for a case, in one go through
//! its claims, so that what falls with a source is asked of those few alone that stand on it.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use madar_link::{Collapse, Support, Transmitter, Withdrawn};
use rustc_hash::FxHasher;

use crate::view::At;

#[derive(Default)]
pub(crate) struct Footing {
    /// Who stands in the chains of claims as they are told.
    pub(crate) sources: BTreeSet<Transmitter>,
    /// By claim where what it stands on ends in `on`.
    ends: Vec<usize>,
    on: Vec<Footprint>,
}

/// A hash of a transmitter or a document. Two may have the same: what is found by it is looked at.
type Footprint = u64;

impl Footing {
    /// Takes in the next claim.
    pub(crate) fn add(&mut self, support: &Support) {
        let mut on: BTreeSet<Footprint> = BTreeSet::new();
        for strand in support.told.iter().chain(&support.suspected) {
            on.extend(strand.through.iter().map(footprint));
            on.extend(strand.documents.iter().map(footprint));
        }
        for collapse in &support.collapses {
            // who may be one with a source falls with it
            if let Collapse::SameOwner(a, b)
            | Collapse::LikeSources(a, b)
            | Collapse::LikePapers(a, b) = collapse
            {
                on.extend([a, b].map(footprint));
            }
        }
        self.on.extend(on);
        self.ends.push(self.on.len());
        for transmitter in support.told.iter().flat_map(|strand| &strand.through) {
            if !self.sources.contains(transmitter) {
                self.sources.insert(transmitter.clone());
            }
        }
    }

    /// The claims that may stand on what is withdrawn; nothing of any other changes.
    pub(crate) fn stand_on(&self, withdrawn: &Withdrawn) -> Vec<At> {
        let wanted: BTreeSet<Footprint> = match withdrawn {
            Withdrawn::Source(all) => all.iter().map(footprint).collect(),
            Withdrawn::Documents(all) => all.iter().map(footprint).collect(),
        };
        let begins = std::iter::once(&0).chain(&self.ends);
        let on = begins
            .zip(&self.ends)
            .map(|(&from, &to)| &self.on[from..to]);
        let stands = |on: &[Footprint]| on.iter().any(|one| wanted.contains(one));
        let found = on.enumerate().filter(|(_, on)| stands(on));
        found.map(|(claim, _)| claim).collect()
    }
}

fn footprint<T: Hash>(of: &T) -> Footprint {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    hasher.finish()
}
