//! What is claimed.

use axum::extract::{Path, State};
use madar_case::Wanted;
use madar_case::answer;
use madar_read::{FactKind, Status};
use madar_text::DocumentId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use crate::asked::{Json, Query};
use crate::desk::Told;
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Line, Listed};

/// No document has this id.
const NOWHERE: DocumentId = DocumentId([0; 32]);

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only these kinds, with commas between: `Deal,Payment`.
    #[param(
        pattern = "^((Role|Family|Associate|Membership|Ownership|Deal|Payment|Meeting|Visit|Sanction|Licence|Proposal|Communication|Investigation|Event|Tie)(,(Role|Family|Associate|Membership|Ownership|Deal|Payment|Meeting|Visit|Sanction|Licence|Proposal|Communication|Investigation|Event|Tie))*)?$"
    )]
    kind: Option<String>,
    /// Only this status: asserted, planned, denied …
    #[param(
        pattern = "^(asserted|planned|proposed|negotiated|conditional|alleged|denied|ended)?$"
    )]
    status: Option<String>,
    /// Only what this person or thing takes part in: an id or a name.
    about: Option<String>,
    /// Only what this document tells: its id.
    document: Option<String>,
    /// Only these claims, with commas between.
    ids: Option<String>,
    /// Only claims behind which at least so many independent chains stand.
    #[param(format = "int64", minimum = 0, maximum = 4294967295u64)]
    k: Option<u32>,
}

impl Which {
    fn kinds(&self) -> Result<Option<Vec<FactKind>>, Problem> {
        let Some(named) = self.kind.as_ref().filter(|kind| !kind.is_empty()) else {
            return Ok(None);
        };
        let kinds = named.split(',').map(|name| {
            FactKind::named(name).ok_or_else(|| {
                let all = FactKind::ALL.map(FactKind::name).join(", ");
                Problem::wrong(
                    format!("no kind is named {name:?}"),
                    &format!("the kinds are {all}"),
                )
            })
        });
        kinds.collect::<Result<_, _>>().map(Some)
    }

    fn status(&self) -> Result<Option<Status>, Problem> {
        let Some(name) = self.status.as_ref().filter(|status| !status.is_empty()) else {
            return Ok(None);
        };
        let all = || Status::ALL.map(Status::name).join(", ");
        let wrong = || {
            let hint = format!("the statuses are {}", all());
            Problem::wrong(format!("no status is named {name:?}"), &hint)
        };
        Status::named(name).map(Some).ok_or_else(wrong)
    }

    fn wanted(&self) -> Result<Wanted, Problem> {
        Ok(Wanted {
            kinds: self.kinds()?.unwrap_or_default(),
            status: self.status()?,
            about: self.about.clone().filter(|about| !about.is_empty()),
            document: None,
            chains: self.k.unwrap_or(0),
        })
    }
}

/// Those of these claims that there are and that are wanted.
fn named(ids: &str, wanted: &Wanted, told: &Told) -> Vec<answer::Line> {
    let lines = ids.split(',').filter_map(|id| told.asked.chains(id).ok());
    let fits = |line: &answer::Line| {
        (wanted.kinds.is_empty() || wanted.kinds.contains(&line.kind))
            && wanted.status.is_none_or(|status| line.status == status)
            && line.support.k_lo >= wanted.chains
    };
    lines.filter(fits).collect()
}

/// What is claimed, by kind and then by importance
#[utoipa::path(get, path = "/claims", tag = "claims", params(Which, Part),
    responses((status = 200, body = Listed<Line>), (status = 400, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn list(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(which): Query<Which>,
    Query(part): Query<Part>,
) -> Result<Json<Listed<Line>>, Problem> {
    let mut wanted = which.wanted()?;
    let listed = shared.ask(tongue, move |told, _| {
        if let Some(ids) = &which.ids {
            let lines = named(ids, &wanted, told);
            return Ok(part.of(lines, |line| Line::from(&line)));
        }
        if let Some(id) = &which.document {
            wanted.document = Some(DocumentId::from_hex(id).unwrap_or(NOWHERE));
        }
        let found = told.asked.claims(&wanted, part.wanted())?;
        Ok(part.found(&found, Line::from))
    });
    Ok(Json(listed.await?))
}

/// A claim beside what contradicts it, and what may be the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct Claim {
    #[serde(flatten)]
    line: Line,
    contradicted_by: Vec<Line>,
    may_be_one_with: Vec<Line>,
    seen: i64,
}

/// A claim with each telling, its passage and its chain
#[utoipa::path(get, path = "/claims/{claim}", tag = "claims",
    params(("claim" = String, Path, description = "its id, or the first digits of it")),
    responses((status = 200, body = Claim), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn one(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Path(claim): Path<String>,
) -> Result<Json<Claim>, Problem> {
    let found = shared.ask(tongue, move |told, laid| {
        let line = told.asked.chains(&claim)?;
        let lines = |ids: &[String]| -> Vec<Line> {
            let found = ids.iter().filter_map(|id| told.asked.chains(id).ok());
            found.map(|line| Line::from(&line)).collect()
        };
        Ok(Claim {
            contradicted_by: lines(&line.against),
            may_be_one_with: lines(&line.perhaps),
            line: (&line).into(),
            seen: laid.seen(),
        })
    });
    Ok(Json(found.await?))
}
