//! What is known of a case between two linkings, and how it grows. Who is who is told anew of all documents, from
//! their digests; what they tell, only where that or a further document could change it. Linking a case at once is
//! growing it from nothing, so that both come to the same.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::Kit;
use madar_text::{Day, DocumentId};
use smallvec::SmallVec;

use crate::alike::Keys;
use crate::claims::Claim;
use crate::dependence::{Dependence, Independent};
use crate::digest::{Digest, DocumentNumber, digest, document_number};
use crate::entities::{Entity, EntityId, Standing};
use crate::growth::Growth;
use crate::network::{Decision, Told};
use crate::reports::Report;
use crate::spellings::Spellings;

/// The documents of a case, and what was found of them when they were last linked.
pub trait Library {
    /// What `look` sees of a document; it need not be in hand before or after.
    fn told<T>(&self, document: DocumentId, look: impl FnOnce(&Told<'_>) -> T) -> T;
    /// What it told when the case was last linked, in the order of its facts.
    fn reports(&self, document: DocumentId) -> Vec<Report>;
}

/// What is kept of a case to link it again.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// In order; what follows is in the same order.
    pub ids: Vec<DocumentId>,
    pub digests: Vec<Digest>,
    pub marks: Vec<Mark>,
    pub spellings: Spellings,
    /// Of each kind those that hold, sorted.
    pub dependences: Vec<Dependence>,
    pub entities: BTreeMap<EntityId, Standing>,
    /// Pairs of claims that cannot both be so.
    pub contradictions: BTreeSet<(u64, u64)>,
    /// Pairs of claims of which the first, which leaves somebody unnamed, may be the second.
    pub perhaps: BTreeSet<(u64, u64)>,
    /// As a person said when the case was last linked.
    pub independent: Independent,
}

/// What was found of a document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// Of each of its drafts.
    pub entities: Vec<EntityId>,
    /// Who publishes it, where the outlets file does not know him.
    pub publisher: Option<String>,
    /// How many facts its reading has.
    pub facts: u32,
    /// Of its reports, in the order of their facts.
    pub heads: Vec<Head>,
}

/// What of a report tells which others to hold it against.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    pub fact: u32,
    pub keys: Keys,
    pub denied: bool,
    /// Those who take part, and the place; in order.
    pub who: SmallVec<[EntityId; 2]>,
    /// Hashes of those through whom the publisher has it.
    pub hops: SmallVec<[u64; 2]>,
    /// The sentence itself says from whom the publisher has it.
    pub sourced: bool,
    /// How much it tells; see [`madar_read::Fact::fullness`].
    pub fullness: u16,
    /// Days that it puts itself on.
    pub days: Option<(Day, Day)>,
    /// The number of its claim.
    pub claim: u64,
}

/// What has changed, in order of ids.
#[derive(Clone, Debug, Default)]
pub struct Grown {
    pub entities: Vec<GrownEntity>,
    pub gone_entities: Vec<EntityId>,
    /// Of the claims, sorted by their ids and documents; claims point here.
    pub reports: Vec<Report>,
    pub claims: Vec<Claim>,
    /// By number of the claim those against which it stands; of the claims here.
    pub against: BTreeMap<u64, Vec<u64>>,
    /// By number of the claim those with which it may be one, where anybody is left unnamed; of the claims here.
    pub perhaps: BTreeMap<u64, Vec<u64>>,
    pub gone_claims: Vec<u64>,
    /// Places of documents whose mark has changed.
    pub documents: Vec<usize>,
    /// What documents tell, of those where that has changed.
    pub told: Vec<(usize, Vec<Report>)>,
}

/// An entity with the numbers of the claims that it takes part in or that happened there, in order.
#[derive(Clone, Debug)]
pub struct GrownEntity {
    pub entity: Entity,
    pub claims: Vec<u64>,
}

impl Known {
    /// Takes further documents in, those that are read otherwise than before, and decisions as they stand now. The
    /// outcome is that of linking all at once.
    pub fn link(
        &mut self,
        new: &[DocumentId],
        decisions: &[Decision],
        kit: &Kit,
        library: &impl Library,
    ) -> Grown {
        let renewed = self.renew(new, library);
        let fresh = self.take_in(new, library);
        let renewed = renewed.into_iter().map(|(id, digest)| {
            let at = self.ids.binary_search(&id);
            (at.expect("it is known"), digest)
        });
        let renewed: BTreeMap<usize, Digest> = renewed.collect();
        let numbers: Vec<DocumentNumber> = self.ids.iter().map(|id| document_number(*id)).collect();
        let digests: Vec<&Digest> = self.digests.iter().collect();
        let rejected = decisions.iter().filter_map(|decision| match decision {
            Decision::Reject { document, fact } => Some((*document, *fact)),
            _ => None,
        });
        let apart = decisions.iter().filter_map(|decision| match decision {
            Decision::Independent(a, b) => Some((document_number(*a), document_number(*b))),
            _ => None,
        });
        let here = |(a, b): &(DocumentNumber, DocumentNumber)| {
            [a, b].iter().all(|d| numbers.binary_search(d).is_ok())
        };
        let independent = Independent::new(apart.filter(here));
        let turned = independent
            .turned(&self.independent)
            .into_iter()
            .filter(here);
        let growth = Growth {
            turned: turned.collect(),
            independent: &independent,
            rejected: rejected.collect(),
            ids: &self.ids,
            numbers: &numbers,
            digests: &digests,
            decisions,
            kit,
            library,
            fresh,
            renewed: &renewed,
        };
        let (change, borne) = growth.grow(
            &mut self.marks,
            &mut self.spellings,
            &mut self.dependences,
            &mut self.entities,
            &mut self.contradictions,
            &mut self.perhaps,
        );
        self.spellings.retain(|id| borne.contains(&id));
        self.independent = independent;
        change
    }

    /// Takes new digests of those that are known; gives their old ones.
    fn renew(&mut self, new: &[DocumentId], library: &impl Library) -> Vec<(DocumentId, Digest)> {
        let mut out = Vec::new();
        for &id in new {
            if let Ok(at) = self.ids.binary_search(&id) {
                let (digest, spellings) = library.told(id, digest);
                self.spellings.add(spellings);
                out.push((id, std::mem::replace(&mut self.digests[at], digest)));
            }
        }
        out
    }

    /// Puts further documents among the others; gives their places.
    fn take_in(&mut self, new: &[DocumentId], library: &impl Library) -> BTreeSet<usize> {
        let mut fresh: BTreeMap<DocumentId, Digest> = BTreeMap::new();
        let mut called = Vec::new();
        let is_new = |id: &&DocumentId| self.ids.binary_search(id).is_err();
        for &id in new.iter().filter(is_new) {
            let (digest, spellings) = library.told(id, digest);
            called.extend(spellings);
            fresh.insert(id, digest);
        }
        self.spellings.add(called);
        let places = fresh.keys().enumerate().map(|(before, id)| {
            let place = self.ids.binary_search(id);
            before + place.expect_err("it is new")
        });
        let places: BTreeSet<usize> = places.collect();
        let mut old = std::mem::take(&mut self.ids)
            .into_iter()
            .zip(std::mem::take(&mut self.digests))
            .zip(std::mem::take(&mut self.marks));
        let mut fresh = fresh.into_iter();
        let all = old.len() + fresh.len();
        for place in 0..all {
            let (id, digest, mark) = if places.contains(&place) {
                let (id, digest) = fresh.next().expect("one to each place");
                (id, digest, Mark::default())
            } else {
                let ((id, digest), mark) = old.next().expect("one to each place");
                (id, digest, mark)
            };
            self.ids.push(id);
            self.digests.push(digest);
            self.marks.push(mark);
        }
        places
    }
}
