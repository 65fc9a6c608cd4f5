//! OpenRefine's reconciliation, version 0.2: names of a table become entities of the case or entries of lists.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::candidates::{Candidate, Query as Wanted, TONGUE, candidates, holding, known, score};
use crate::failure::Problem;
use crate::state::Shared;

/// Candidates below this are not worth a person's look.
const LEAST: f64 = 0.5;
/// Results where the query does not say how many.
const LIMIT: usize = 5;
const MOST: usize = 50;

const TYPES: [(&str, &str); 6] = [
    ("Thing", "Anything"),
    ("Person", "Person"),
    ("Organization", "Organisation"),
    ("Company", "Company"),
    ("PublicBody", "Public body"),
    ("Vessel", "Vessel"),
];

pub(super) async fn manifest(
    State(shared): State<Shared>,
    Path(dataset): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let base = format!("http://{}", host.unwrap_or("127.0.0.1"));
    let told = shared.ask(TONGUE, move |_, laid| {
        known(&dataset, laid)?;
        let types = TYPES.map(|(id, name)| json!({"id": id, "name": name}));
        Ok(json!({
            "versions": ["0.2"],
            "name": format!("Madar: {dataset}"),
            "identifierSpace": format!("{base}/entity/"),
            "schemaSpace": "https://followthemoney.tech/explorer/schemata/",
            "defaultTypes": types,
            "batchSize": 10,
            "view": {"url": format!("{base}/entity/{{{{id}}}}")},
            "suggest": {
                "entity": {
                    "service_url": base,
                    "service_path": format!("/reconcile/{dataset}/suggest/entity"),
                },
            },
        }))
    });
    Ok(Json(told.await?))
}

#[derive(Deserialize)]
pub(super) struct Asked {
    queries: String,
}

#[derive(Deserialize)]
struct One {
    query: String,
    #[serde(rename = "type")]
    of: Option<Value>,
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<Property>,
}

#[derive(Deserialize)]
struct Property {
    pid: String,
    v: Value,
}

impl One {
    fn values(&self, names: &[&str]) -> Vec<String> {
        let of = self.properties.iter().filter(|property| {
            let name = property.pid.rsplit(':').next().unwrap_or_default();
            names.contains(&name)
        });
        of.filter_map(|property| property.v.as_str().map(str::to_owned))
            .collect()
    }

    fn schema(&self) -> String {
        let of = match &self.of {
            Some(Value::Array(all)) => all.first().and_then(Value::as_str),
            Some(one) => one.as_str(),
            None => None,
        };
        of.unwrap_or("Thing").to_owned()
    }
}

pub(super) async fn reconcile(
    State(shared): State<Shared>,
    Path(dataset): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Json<Value>, Problem> {
    let queries: BTreeMap<String, One> = serde_json::from_str(&asked.queries)
        .map_err(|error| Problem::wrong(format!("queries: {error}"), "queries is a JSON object"))?;
    let answers = shared.ask(TONGUE, move |told, laid| {
        known(&dataset, laid)?;
        let mut out = Map::new();
        for (key, one) in &queries {
            let wanted = Wanted {
                names: vec![one.query.clone()],
                schema: one.schema(),
                births: one.values(&["birthDate"]),
                countries: one.values(&["country", "nationality"]),
            };
            let found = candidates(&wanted, &dataset, score(LEAST), told);
            let limit = one.limit.unwrap_or(LIMIT).min(MOST);
            let result: Vec<Value> = found.iter().take(limit).map(told_of).collect();
            out.insert(key.clone(), json!({"result": result}));
        }
        Ok(Value::Object(out))
    });
    Ok(Json(answers.await?))
}

fn told_of(one: &Candidate) -> Value {
    let same = madar_names::SAME.as_f64();
    json!({
        "id": one.id,
        "name": one.caption,
        "description": one.dataset,
        "type": [{"id": one.schema, "name": one.schema}],
        // of a hundred, as OpenRefine's users are used to
        "score": (one.score * 1000.0).round() / 10.0,
        "match": one.score >= same,
    })
}

#[derive(Deserialize)]
pub(super) struct Prefix {
    #[serde(default)]
    prefix: String,
}

pub(super) async fn suggest(
    State(shared): State<Shared>,
    Path(dataset): Path<String>,
    Query(prefix): Query<Prefix>,
) -> Result<Json<Value>, Problem> {
    let found = shared.ask(TONGUE, move |told, laid| {
        known(&dataset, laid)?;
        let found = holding(&prefix.prefix, &dataset, told);
        let result: Vec<Value> = found
            .iter()
            .take(MOST)
            .map(|one| json!({"id": one.id, "name": one.caption, "description": one.dataset}))
            .collect();
        Ok(json!({"result": result}))
    });
    Ok(Json(found.await?))
}
