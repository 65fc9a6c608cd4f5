//! Who and what is in the case.

use axum::extract::{Path, State};
use madar_case::{Wanted, Whom};
use madar_read::EntityKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use crate::asked::{Json, Query};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Appearance, Line, Listed, Member, Someone};

/// Of those of whose names one begins so.
const HOLDING: usize = 200;
/// Claims told with an entity, and documents.
const LINES: usize = 100;
const APPEARANCES: usize = 200;

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

/// Who and what is in the case, the most told of first; with `q` the most alike first, then those with names that begin so
#[utoipa::path(get, path = "/entities", tag = "entities", params(Which, Part),
    responses((status = 200, body = Listed<Someone>)))]
pub(crate) async fn list(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(which): Query<Which>,
    Query(part): Query<Part>,
) -> Result<Json<Listed<Someone>>, Problem> {
    let listed = shared.ask(tongue, move |told, _| {
        let kind = which.kind.as_deref();
        let kind_named = kind.map(EntityKind::named);
        if let Some(name) = &which.q {
            let mut found = told.asked.called(name);
            for one in told.asked.holding(name, HOLDING) {
                if found.iter().all(|held| held.entity != one.entity) {
                    found.push(one);
                }
            }
            found.retain(|one| {
                let fits = kind.is_none_or(|kind| one.kind.name() == kind);
                (which.described || one.named) && fits
            });
            return Ok(part.of(found, |one| Someone::from(&one)));
        }
        // nothing is of a kind that there is not
        if kind_named == Some(None) {
            return Ok(part.listed(Vec::new(), 0));
        }
        let whom = Whom {
            kind: kind_named.flatten(),
            described: which.described,
        };
        let found = told.asked.everyone_of(whom, part.wanted());
        Ok(part.found(&found, Someone::from))
    });
    Ok(Json(listed.await?))
}

/// An entity with all that is claimed of it
#[derive(Serialize, ToSchema)]
pub(crate) struct Entity {
    #[serde(flatten)]
    member: Member,
    /// Claims in which it takes part, by kind and then by importance; all of them are among `/claims`.
    lines: Vec<Line>,
    /// How many claims there are in all.
    lines_total: usize,
    /// Under which names which documents speak of it; of many documents the latest.
    appearances: Vec<Appearance>,
    /// What this desk has noted, the earliest first.
    notes: Vec<Note>,
    /// The decision by which it is followed; undoing it ends that.
    followed: Option<i64>,
    seen: i64,
}

/// A note of the desk.
#[derive(Serialize, ToSchema)]
pub(crate) struct Note {
    /// Of its decision.
    number: i64,
    text: String,
    by: Option<String>,
    at: Option<String>,
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
        let lines = told.asked.claims(&wanted, madar_case::Part::first(LINES))?;
        let appearances = told.asked.appearances(&member.entity, APPEARANCES)?;
        let notes = told.asked.notes(&member.entity, &laid.log).into_iter();
        let notes = notes.map(|(entry, text)| Note {
            number: entry.number,
            text: told.asked.covered(text),
            by: entry.note.by.clone(),
            at: entry.note.at.clone(),
        });
        let mut followed = told.asked.all_followed(&laid.log).into_iter();
        let followed = followed.find(|(_, named)| named.entity == member.entity);
        Ok(Entity {
            member: (&member).into(),
            lines: lines.some.iter().map(Line::from).collect(),
            lines_total: lines.all,
            appearances: appearances.iter().map(Appearance::from).collect(),
            notes: notes.collect(),
            followed: followed.map(|(number, _)| number),
            seen: laid.seen(),
        })
    });
    Ok(Json(found.await?))
}
