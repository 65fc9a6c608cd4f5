//! Search over everything: who, what is claimed, passages.

use axum::Json;
use axum::extract::{Query, State};
use madar_text::fold;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{DocumentLine, Line, Passage, Someone};

/// Results of each sort that are given.
const MOST: usize = 30;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Sought {
    /// Words or a name, in any of the three scripts.
    #[param(max_length = 400)]
    q: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    entities: Vec<Someone>,
    claims: Vec<Line>,
    documents: Vec<DocumentLine>,
    passages: Vec<Passage>,
    /// How many passages there are in all.
    passages_total: usize,
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
        if query.is_empty() {
            return Err(Problem::wrong(
                "nothing to search for",
                "q is a name or some words",
            ));
        }
        let folded = fold(query);
        let mut entities: Vec<Someone> = Vec::new();
        let who = told.asked.who(query);
        let alike = who
            .iter()
            .filter_map(|one| told.someone(&one.member.entity));
        let holding = told.everyone.iter().filter(|one| {
            let mut names = one.names.iter();
            one.named && names.any(|name| fold(name).contains(&folded))
        });
        for one in alike.chain(holding) {
            if entities.len() < MOST && entities.iter().all(|held| held.entity != one.entity) {
                entities.push(one.into());
            }
        }
        let claims = told
            .lines
            .iter()
            .filter(|line| fold(&line.sentence.to_string()).contains(&folded));
        let documents = told.asked.documents();
        let titled = documents.iter().filter(|line| {
            let title = line.source.title.as_deref().unwrap_or_default();
            fold(title).contains(&folded)
        });
        let passages = told.asked.find(query);
        Ok(Found {
            entities,
            claims: claims.take(MOST).map(Line::from).collect(),
            documents: titled.take(MOST).map(DocumentLine::from).collect(),
            passages_total: passages.len(),
            passages: passages.iter().take(MOST).map(Passage::from).collect(),
        })
    });
    Ok(Json(found.await?))
}
