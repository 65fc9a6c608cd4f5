//! The whole of linking: documents with their readings in, entities, reports, claims and their support
//! out.

use std::collections::BTreeSet;

use madar_read::{Kit, Reading};
use madar_text::{DocumentId, Metadata};

use crate::alike;
use crate::claims::{self, Claim, ClaimId};
use crate::dependence::{self, Dependence};
use crate::described::Described;
use crate::entities::{self, Entity};
use crate::reports::{self, Report};
use crate::suspicion::Suspicion;
use crate::transmitters::Transmitters;

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
/// reading again; a fact is named by its place in the reading at hand, which the case has found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    Same(Thing, Thing),
    Different(Thing, Thing),
    /// The fact with this number in the document's reading.
    Reject {
        document: DocumentId,
        fact: u32,
    },
}

/// Two claims that cannot both be so, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction {
    pub a: ClaimId,
    pub b: ClaimId,
    pub why: String,
}

/// What is known of a case. The same documents and decisions give the same network, in whatever
/// order they come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Network {
    /// In order of their ids; numbers of documents elsewhere point here.
    pub documents: Vec<DocumentId>,
    pub entities: Vec<Entity>,
    pub reports: Vec<Report>,
    pub claims: Vec<Claim>,
    pub dependences: Vec<Dependence>,
    pub contradictions: Vec<Contradiction>,
}

/// Links the documents of a case.
pub fn project(told: &[Told<'_>], decisions: &[Decision], kit: &Kit) -> Network {
    let mut told: Vec<Told<'_>> = told.to_vec();
    told.sort_by_key(|t| t.id);
    told.dedup_by_key(|t| t.id);
    let entities = entities::entities(&told, decisions, kit);
    let rejected: BTreeSet<(DocumentId, u32)> = decisions
        .iter()
        .filter_map(|decision| match decision {
            Decision::Reject { document, fact } => Some((*document, *fact)),
            _ => None,
        })
        .collect();
    let rejected = |r: &Report| rejected.contains(&(told[r.document as usize].id, r.fact));
    let described = Described::bundled();
    let transmitters = Transmitters::new(&told, &entities, &described, kit);
    let mut reports = reports::reports(&told, &entities, &transmitters);
    reports.retain(|r| !rejected(r));
    let groups = alike::group(&told, &reports, &entities, kit);
    let dependences = dependence::dependences(&told, &reports, &groups, &entities, &transmitters);
    let suspicion = Suspicion {
        told: &told,
        entities: &entities,
        dependences: &dependences,
        described: &described,
        kit,
    };
    let claims = claims::claims(&reports, groups, &suspicion);
    let contradictions = claims::contradictions(&claims, &reports);
    Network {
        documents: told.iter().map(|t| t.id).collect(),
        entities: entities.list,
        reports,
        claims,
        dependences,
        contradictions,
    }
}
