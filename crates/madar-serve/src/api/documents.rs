//! The documents of the case: listed, shown as they were read, added.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use madar_case::{Added, Failure, Said, document_id};
use madar_open::{Given, parse_stamp};
use madar_text::DocumentId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use super::events::{Happened, tell};
use crate::asked::{Json, Query};
use crate::desk::{Desk, KIT};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{DocumentLine, Listed, Page, Units};

/// The documents of the case, the earliest first
#[utoipa::path(get, path = "/documents", tag = "documents", params(Part),
    responses((status = 200, body = Listed<DocumentLine>)))]
pub(crate) async fn list(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(part): Query<Part>,
) -> Result<Json<Listed<DocumentLine>>, Problem> {
    let listed = shared.ask(tongue, move |told, _| {
        let found = told.asked.documents_of(part.wanted());
        Ok(part.found(&found, DocumentLine::from))
    });
    Ok(Json(listed.await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Counted {
    /// What positions are counted in: `bytes`, `utf16` or `chars`.
    #[serde(default)]
    #[param(inline)]
    units: Units,
    /// A passage of interest, `start-end` in bytes; given back in the wanted units.
    at: Option<String>,
}

/// A document as it was read, with its marks
#[utoipa::path(get, path = "/documents/{document}", tag = "documents",
    params(("document" = String, Path, description = "its id: 64 hexadecimal digits"), Counted),
    responses((status = 200, body = Page), (status = 404, body = Problem)))]
pub(crate) async fn one(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Path(document): Path<String>,
    Query(counted): Query<Counted>,
) -> Result<Json<Page>, Problem> {
    let id =
        DocumentId::from_hex(&document).ok_or_else(|| Problem::not_found("document", &document))?;
    let at = counted.at.as_deref().and_then(|at| {
        let (start, end) = at.split_once('-')?;
        Some([start.parse().ok()?, end.parse().ok()?])
    });
    let page = shared.ask(tongue, move |told, laid| {
        let mut page = Page::new(&told.asked.page(id)?, counted.units, at);
        page.seen = laid.seen();
        Ok(page)
    });
    Ok(Json(page.await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Named {
    /// What the file is called; its extension helps to tell the format.
    origin: Option<String>,
    /// Who published it, over what it says itself.
    publisher: Option<String>,
    /// When it was published: 2025-03-04.
    #[param(format = "date")]
    published: Option<String>,
}

/// What adding a document did.
#[derive(Serialize, ToSchema)]
pub(crate) struct Kept {
    pub(crate) document: String,
    /// `new`, `same`, `other capture`, `replaced`.
    pub(crate) added: &'static str,
    pub(crate) title: Option<String>,
    pub(crate) facts: usize,
    pub(crate) warnings: Vec<String>,
}

/// Read one document into the case: its bytes are the body
#[utoipa::path(post, path = "/documents", tag = "documents", params(Named),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = Kept), (status = 400, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn add(
    State(shared): State<Shared>,
    Query(named): Query<Named>,
    body: Bytes,
) -> Result<(StatusCode, Json<Kept>), Problem> {
    let origin = named.origin.clone().unwrap_or_else(|| "-".to_owned());
    tell(
        &shared,
        &Happened::Reading {
            origin: origin.clone(),
        },
    );
    let read = shared.work(move |desk| keep(desk, &named, &body)).await;
    match &read {
        Ok(kept) => tell(
            &shared,
            &Happened::Read {
                origin,
                document: kept.document.clone(),
                added: kept.added,
                facts: kept.facts,
            },
        ),
        Err(problem) => tell(
            &shared,
            &Happened::Failed {
                origin,
                reason: problem.error.clone(),
            },
        ),
    }
    Ok((StatusCode::CREATED, Json(read?)))
}

fn keep(desk: &Desk, named: &Named, bytes: &[u8]) -> Result<Kept, Problem> {
    let published = named.published.as_deref().map(|words| {
        parse_stamp(words).ok_or_else(|| {
            let error = format!("{words:?} is no date");
            Problem::wrong(error, "a date is 2025-03-04 or 2025-03-04T06:00:00-05:00")
        })
    });
    let given = Given {
        publisher: named.publisher.clone(),
        published: published.transpose()?,
        origin: named.origin.clone(),
    };
    let said = match (&given.publisher, &given.published) {
        (None, None) => Said::ByDocument,
        _ => Said::ByUser,
    };
    let document = match madar_open::open(bytes, &given) {
        Ok(document) => document,
        Err(error) => {
            note(desk, named, &error.to_string())?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Problem::new(status, error.to_string(), error.hint()));
        }
    };
    let mut case = desk.open()?;
    let foreseen = case.foresee(&document, said)?;
    if foreseen == Added::Same {
        case.see_again(&document)?;
        return Ok(kept(&document, None, foreseen));
    }
    let reading = madar_read::read(&document, &KIT);
    let added = case.add(&document, &reading, said)?;
    Ok(kept(&document, Some(&reading), added))
}

/// What could not be read stands with the case until it is read.
fn note(desk: &Desk, named: &Named, reason: &str) -> Result<(), Problem> {
    let mut case = desk.open()?;
    let origin = named.origin.clone().unwrap_or_else(|| "-".to_owned());
    let mut failures = case.failures()?;
    failures.retain(|failure| failure.origin != origin);
    failures.push(Failure {
        origin,
        reason: reason.to_owned(),
    });
    Ok(case.note_failures(&failures)?)
}

fn kept(
    document: &madar_text::Document,
    reading: Option<&madar_read::Reading>,
    added: Added,
) -> Kept {
    let warnings = reading.map(|reading| reading.warnings.clone());
    let own = document.warnings.iter().cloned();
    Kept {
        document: document_id(document).hex(),
        added: match added {
            Added::New => "new",
            Added::Same => "same",
            Added::OtherCapture => "other capture",
            Added::Replaced => "replaced",
        },
        title: document.meta.title.clone(),
        facts: reading.map_or(0, |reading| reading.facts.len()),
        warnings: own.chain(warnings.into_iter().flatten()).collect(),
    }
}
