//! Who and what is in the case.

use axum::Json;
use axum::extract::{Path, Query, State};
use madar_case::Wanted;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Appearance, Line, Listed, Member, Someone};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// A name in any of the three scripts; without it, everybody.
    q: Option<String>,
    /// Only this kind: Person, Company, PublicBody …
    kind: Option<String>,
    /// Also what is only described and has no name.
    #[serde(default)]
    described: bool,
}

/// Who and what is in the case, the most told of first; with `q` the most alike first
#[utoipa::path(get, path = "/entities", tag = "entities", params(Which, Part),
    responses((status = 200, body = Listed<Someone>)))]
pub(crate) async fn list(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(which): Query<Which>,
    Query(part): Query<Part>,
) -> Result<Json<Listed<Someone>>, Problem> {
    let listed = shared.ask(tongue, move |told, _| {
        let mut all: Vec<&madar_case::Someone> = match &which.q {
            Some(name) => {
                let found = told.asked.who(name);
                let ids = found.iter().map(|candidate| &candidate.member.entity);
                ids.filter_map(|id| told.someone(id)).collect()
            }
            None => told.everyone.iter().collect(),
        };
        all.retain(|one| {
            let kind = which.kind.as_deref();
            (which.described || one.named) && kind.is_none_or(|kind| one.kind.name() == kind)
        });
        Ok(part.of(all, Someone::from))
    });
    Ok(Json(listed.await?))
}

/// An entity with all that is claimed of it
#[derive(Serialize, ToSchema)]
pub(crate) struct Entity {
    #[serde(flatten)]
    member: Member,
    /// All claims in which it takes part, by kind and then by importance.
    lines: Vec<Line>,
    /// Under which names which documents speak of it.
    appearances: Vec<Appearance>,
    seen: i64,
}

/// An entity with its names, ties, claims, hits and documents
#[utoipa::path(get, path = "/entities/{entity}", tag = "entities",
    params(("entity" = String, Path, description = "its id, or a name that only one has")),
    responses((status = 200, body = Entity), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn one(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Path(entity): Path<String>,
) -> Result<Json<Entity>, Problem> {
    let found = shared.ask(tongue, move |told, laid| {
        let member = told.asked.member(&entity)?;
        let wanted = Wanted {
            about: Some(member.entity.clone()),
            ..Wanted::default()
        };
        let lines = told.asked.facts(&wanted)?;
        let appearances = told.asked.appearances(&member.entity)?;
        Ok(Entity {
            member: (&member).into(),
            lines: lines.iter().map(Line::from).collect(),
            appearances: appearances.iter().map(Appearance::from).collect(),
            seen: laid.seen(),
        })
    });
    Ok(Json(found.await?))
}
