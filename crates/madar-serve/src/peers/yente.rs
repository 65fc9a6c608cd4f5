//! `/match`, `/search`, `/entities` as yente answers them, so that its clients need no change.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::candidates::{
    self, CASE, LISTS, Query as Wanted, TONGUE, by_id, candidates, holding, known, score,
};
use crate::failure::Problem;
use crate::state::Shared;

/// Queries of one request, as yente allows them.
const BATCH: usize = 100;
/// Results of one query.
const MOST: usize = 500;

#[derive(Deserialize)]
pub(super) struct Matching {
    limit: Option<usize>,
    threshold: Option<f64>,
}

#[derive(Deserialize)]
pub(super) struct Queries {
    queries: BTreeMap<String, Example>,
}

#[derive(Deserialize)]
struct Example {
    id: Option<String>,
    #[serde(default)]
    schema: String,
    #[serde(default)]
    properties: Map<String, Value>,
}

impl Example {
    fn values(&self, keys: &[&str]) -> Vec<String> {
        let held = keys.iter().filter_map(|key| self.properties.get(*key));
        held.flat_map(|value| match value {
            Value::String(one) => vec![one.clone()],
            Value::Array(all) => all
                .iter()
                .filter_map(|v| v.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        })
        .filter(|value| !value.trim().is_empty())
        .collect()
    }
}

/// What yente answers a request that makes no sense.
fn refused(status: StatusCode, detail: &str) -> Response {
    (status, Json(json!({"detail": detail}))).into_response()
}

pub(super) async fn matched(
    State(shared): State<Shared>,
    Path(dataset): Path<String>,
    Query(matching): Query<Matching>,
    Json(asked): Json<Queries>,
) -> Result<Response, Problem> {
    if asked.queries.is_empty() {
        return Ok(refused(StatusCode::BAD_REQUEST, "No queries provided."));
    }
    if asked.queries.len() > BATCH {
        return Ok(refused(
            StatusCode::BAD_REQUEST,
            "Too many queries in one batch (limit: 100).",
        ));
    }
    let limit = matching.limit.unwrap_or(5).min(MOST);
    let threshold = matching
        .threshold
        .unwrap_or_else(|| madar_names::SAME.as_f64());
    if !(0.0..=1.0).contains(&threshold) {
        return Ok(refused(
            StatusCode::BAD_REQUEST,
            "threshold is between 0 and 1",
        ));
    }
    let batch = asked.queries.len();
    let answers = shared.ask(TONGUE, move |told, laid| {
        known(&dataset, laid)?;
        let mut responses = Map::new();
        for (key, example) in &asked.queries {
            let wanted = Wanted {
                names: example.values(&["name", "alias", "weakAlias", "previousName"]),
                schema: example.schema.clone(),
                births: example.values(&["birthDate", "incorporationDate"]),
                countries: example.values(&["country", "nationality", "citizenship", "jurisdiction"]),
            };
            let found = candidates(&wanted, &dataset, score(threshold), told);
            let results: Vec<Value> = found.iter().take(limit).map(|one| one.scored(threshold)).collect();
            responses.insert(
                key.clone(),
                json!({
                    "status": 200,
                    "results": results,
                    "total": {"value": found.len(), "relation": "eq"},
                    "query": {"id": example.id, "schema": example.schema, "properties": example.properties},
                }),
            );
        }
        Ok(json!({"responses": responses, "limit": limit}))
    });
    let header = [("x-batch-size", batch.to_string())];
    Ok((header, Json(answers.await?)).into_response())
}

#[derive(Deserialize)]
pub(super) struct Searching {
    #[serde(default)]
    q: String,
    limit: Option<usize>,
    offset: Option<usize>,
    schema: Option<String>,
}

pub(super) async fn search(
    State(shared): State<Shared>,
    Path(dataset): Path<String>,
    Query(searching): Query<Searching>,
) -> Result<Json<Value>, Problem> {
    let found = shared.ask(TONGUE, move |told, laid| {
        known(&dataset, laid)?;
        let mut found = holding(&searching.q, &dataset, told);
        if let Some(schema) = searching
            .schema
            .as_deref()
            .filter(|schema| *schema != "Thing")
        {
            found.retain(|one| one.schema == schema);
        }
        let (offset, limit) = (
            searching.offset.unwrap_or(0),
            searching.limit.unwrap_or(10).min(MOST),
        );
        let results: Vec<Value> = found
            .iter()
            .skip(offset)
            .take(limit)
            .map(candidates::Candidate::entity)
            .collect();
        Ok(json!({
            "results": results,
            "facets": {},
            "limit": limit,
            "offset": offset,
            "total": {"value": found.len(), "relation": "eq"},
        }))
    });
    Ok(Json(found.await?))
}

pub(super) async fn entity(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let found = shared.ask(TONGUE, move |told, _| {
        by_id(&id, told)
            .map(|one| one.entity())
            .ok_or_else(|| Problem::not_found("entity", &id))
    });
    Ok(Json(found.await?))
}

pub(super) async fn algorithms() -> Json<Value> {
    Json(json!({
        "algorithms": [{
            "name": "madar",
            "description": "Names by their parts and sounds across scripts; births, countries and numbers beside them.",
            "features": {},
        }],
        "default": "madar",
        "best": "madar",
    }))
}

pub(super) async fn catalog(State(shared): State<Shared>) -> Result<Json<Value>, Problem> {
    let told = shared.ask(TONGUE, |_, laid| {
        let dataset = |name: &str, title: &str, updated: Option<String>| {
            json!({"name": name, "title": title, "version": updated, "children": []})
        };
        let mut all = vec![
            dataset(LISTS, "All lists of the case", None),
            dataset(CASE, "The entities of the case", None),
        ];
        for snapshot in &laid.snapshots {
            all.push(dataset(&snapshot.list, &snapshot.list, Some(snapshot.day.to_string())));
        }
        Ok(json!({"datasets": all, "updated_at": null}))
    });
    Ok(Json(told.await?))
}

pub(super) async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}
