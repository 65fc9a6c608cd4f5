//! Search over everything: who, what is claimed, passages.

use axum::extract::State;
use madar_case::Search;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Json, Query};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{DocumentLine, Line, Passage, Someone};

/// Results of each sort that are given.
const MOST: usize = 30;

/// Characters of what is looked for.
const LONGEST: usize = 400;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Sought {
    /// Words or a name, in any of the three scripts.
    #[param(max_length = 400)]
    q: String,
}

#[derive(Serialize, ToSchema, Default)]
pub(crate) struct Found {
    entities: Vec<Someone>,
    claims: Vec<Line>,
    documents: Vec<DocumentLine>,
    passages: Vec<Passage>,
    /// Whether there are more passages.
    passages_more: bool,
}

/// Search over names, claims, titles and passages
#[utoipa::path(get, path = "/search", tag = "search", params(Sought),
    responses((status = 200, body = Found)))]
pub(crate) async fn search(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(sought): Query<Sought>,
) -> Result<Json<Found>, Problem> {
    let found = shared.ask(tongue, move |told, _| {
        let query = sought.q.trim();
        if sought.q.chars().count() > LONGEST {
            return Err(Problem::wrong(
                format!("more than {LONGEST} characters are looked for"),
                "a name, or some words",
            ));
        }
        if query.is_empty() {
            return Ok(Found::default());
        }
        let mut entities: Vec<Someone> = Vec::new();
        let alike = told.asked.called(query).into_iter();
        for one in alike.chain(told.asked.holding(query, MOST)) {
            if entities.len() < MOST && entities.iter().all(|held| held.entity != one.entity) {
                entities.push((&one).into());
            }
        }
        let passages = told.asked.search(&Search {
            text: query.to_owned(),
            limit: Some(MOST + 1),
            ..Search::default()
        });
        let mut claims: Vec<&String> = Vec::new();
        for claim in passages.iter().flat_map(|found| &found.claims) {
            if claims.len() < MOST && !claims.contains(&claim) {
                claims.push(claim);
            }
        }
        let claims = claims.into_iter();
        let claims = claims.filter_map(|claim| told.asked.chains(claim).ok());
        let documents = told.asked.titled(query, MOST);
        Ok(Found {
            entities,
            claims: claims.map(|line| Line::from(&line)).collect(),
            documents: documents.iter().map(DocumentLine::from).collect(),
            passages_more: passages.len() > MOST,
            passages: passages
                .iter()
                .take(MOST)
                .map(|found| Passage::from(&found.passage))
                .collect(),
        })
    });
    Ok(Json(found.await?))
}
