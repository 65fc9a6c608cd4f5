//! The whole of linking: documents with their readings in, entities, reports, claims and their support
//! out.

use madar_read::{EntityKind, Kit, MentionId, Reading};
use madar_text::{DocumentId, Metadata};

use crate::claims::{Claim, ClaimId};
use crate::dependence::{self, Dependence};
use crate::digest::{DocumentNumber, document_number};
use crate::entities::Entity;
use crate::known::{Known, Library};
use crate::reports::Report;

/// One document with its reading.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub id: DocumentId,
    pub meta: &'a Metadata,
    pub text: &'a str,
    pub reading: &'a Reading,
}

/// Something that a document names, as it stood when it was decided on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Thing {
    pub document: DocumentId,
    pub name: String,
}

/// What a person settled. Things are documents and names, not places in a reading, so that it outlives
/// reading again; facts and mentions are named by their places in the reading at hand, which the case has found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    Same(Thing, Thing),
    Different(Thing, Thing),
    /// The fact with this number in the document's reading.
    Reject {
        document: DocumentId,
        fact: u32,
    },
    /// What the mention stands for is of this kind.
    Kind(Place, EntityKind),
    /// The mention stands for this.
    Means(Place, Thing),
    /// The mention stands for something else.
    Other(Place, Thing),
    /// Neither document has from the other, or from one and the same third, what both tell.
    Independent(DocumentId, DocumentId),
}

/// The mention with this number in the document's reading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    pub document: DocumentId,
    pub mention: MentionId,
}

/// Two claims that cannot both be so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction {
    pub a: ClaimId,
    pub b: ClaimId,
}

/// What is known of a case. The same documents and decisions give the same network, in whatever
/// order they come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Network {
    /// In order of their ids.
    pub documents: Vec<DocumentId>,
    pub entities: Vec<Entity>,
    pub reports: Vec<Report>,
    pub claims: Vec<Claim>,
    pub dependences: Vec<Dependence>,
    pub contradictions: Vec<Contradiction>,
}

impl Network {
    /// The place of a document.
    pub fn document(&self, number: DocumentNumber) -> usize {
        let at = self
            .documents
            .binary_search_by_key(&number, |id| document_number(*id));
        at.expect("numbers are of this network")
    }

    /// An entity of the network.
    pub fn entity(&self, id: crate::EntityId) -> &Entity {
        let at = self.entities.binary_search_by_key(&id, |entity| entity.id);
        &self.entities[at.expect("ids are of this network")]
    }
}

/// Documents in hand that were never linked.
struct InHand<'a>(Vec<Told<'a>>);

impl Library for InHand<'_> {
    fn told<T>(&self, document: DocumentId, look: impl FnOnce(&Told<'_>) -> T) -> T {
        let at = self.0.binary_search_by_key(&document, |told| told.id);
        look(&self.0[at.expect("ids are of these documents")])
    }

    fn reports(&self, _: DocumentId) -> Vec<Report> {
        Vec::new()
    }
}

/// Links the documents of a case.
pub fn project(told: &[Told<'_>], decisions: &[Decision], kit: &Kit) -> Network {
    let mut told: Vec<Told<'_>> = told.to_vec();
    told.sort_by_key(|t| t.id);
    told.dedup_by_key(|t| t.id);
    let documents: Vec<DocumentId> = told.iter().map(|t| t.id).collect();
    let mut known = Known::default();
    let change = known.link(&documents, decisions, kit, &InHand(told));
    let ids = change
        .claims
        .iter()
        .map(|claim| (claim.id.number(), claim.id));
    let ids: std::collections::BTreeMap<u64, ClaimId> = ids.collect();
    let contradictions = known.contradictions.iter();
    Network {
        documents,
        entities: change
            .entities
            .into_iter()
            .map(|change| change.entity)
            .collect(),
        reports: change.reports,
        claims: change.claims,
        dependences: dependence::strongest(known.dependences),
        contradictions: contradictions
            .map(|(a, b)| Contradiction {
                a: ids[a],
                b: ids[b],
            })
            .collect(),
    }
}
