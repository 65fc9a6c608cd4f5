//! The case at a glance: the brief, what could not be read, what awaits a decision.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::asked::Json;
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Dispute, DocumentLine, Line, Member, Origin, Section, Sum};

/// Documents told with the case; the rest is listed by `/documents`.
const DOCUMENTS: usize = 8;

#[derive(Serialize, ToSchema)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// Number of the last decision: what whoever decides now has seen.
    pub(crate) seen: i64,
    pub(crate) counts: Counts,
    /// Documents by language.
    pub(crate) languages: BTreeMap<&'static str, usize>,
    /// The outlets that are retold most.
    pub(crate) origins: Vec<Origin>,
    pub(crate) cast: Vec<Member>,
    /// Claims that nobody told before the latest documents.
    pub(crate) newest: Vec<Line>,
    pub(crate) sections: Vec<Section>,
    pub(crate) disputes: Vec<Dispute>,
    pub(crate) sums: Vec<Sum>,
    /// The last ones by date of publication.
    pub(crate) documents: Vec<DocumentLine>,
    pub(crate) failures: Vec<Failure>,
    pub(crate) lists: Vec<List>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Counts {
    pub(crate) documents: usize,
    pub(crate) publishers: usize,
    pub(crate) entities: usize,
    pub(crate) claims: usize,
    pub(crate) decisions: usize,
    /// Claims behind which at least two independent chains stand, whatever is suspected.
    pub(crate) established: usize,
    /// Documents that another version of Madar has read.
    pub(crate) outdated: usize,
}

/// What could not be read, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct Failure {
    pub(crate) origin: String,
    pub(crate) reason: String,
}

/// A snapshot of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct List {
    pub(crate) number: i64,
    pub(crate) list: String,
    pub(crate) day: String,
    pub(crate) entries: u64,
    pub(crate) format: String,
    pub(crate) source: Option<String>,
    /// BLAKE3 over its files.
    pub(crate) hash: String,
}

/// The case at a glance
#[utoipa::path(get, path = "/case", tag = "case", params(("in" = Option<String>, Query, description = "ar, en or ru")),
    responses((status = 200, body = Case)))]
pub(crate) async fn case(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
) -> Result<Json<Case>, Problem> {
    let name = shared.desk.name();
    let case = shared.ask(tongue, move |told, laid| {
        let brief = told.asked.overview(DOCUMENTS);
        let languages = brief.languages.iter();
        let languages = languages.map(|(lang, count)| (lang.code(), *count));
        let counts = Counts {
            documents: brief.documents,
            publishers: brief.publishers,
            entities: brief.entities,
            claims: brief.claims,
            decisions: laid.log.len(),
            established: brief.established,
            outdated: laid.outdated,
        };
        let failures = laid.failures.iter().map(|failure| Failure {
            origin: failure.origin.clone(),
            reason: failure.reason.clone(),
        });
        let lists = laid.snapshots.iter().map(|snapshot| List {
            number: snapshot.number,
            list: snapshot.list.clone(),
            day: snapshot.day.to_string(),
            entries: snapshot.entries,
            format: snapshot.format.clone(),
            source: snapshot.source.clone(),
            hash: snapshot.hash.clone(),
        });
        Ok(Case {
            name,
            seen: laid.seen(),
            counts,
            languages: languages.collect(),
            origins: brief.origins.iter().map(Origin::from).collect(),
            cast: brief.cast.iter().map(Member::from).collect(),
            newest: brief.newest.iter().map(Line::from).collect(),
            sections: brief.sections.iter().map(Section::from).collect(),
            disputes: brief.disputes.iter().map(Dispute::from).collect(),
            sums: brief.sums.iter().map(Sum::from).collect(),
            documents: brief.latest.iter().map(DocumentLine::from).collect(),
            failures: failures.collect(),
            lists: lists.collect(),
        })
    });
    Ok(Json(case.await?))
}
