//! Others' forms.

use axum::http::StatusCode;
use serde_json::json;

use super::{Served, json as body};

#[tokio::test]
async fn yente_clients_find_the_entities_of_the_case() {
    let served = Served::usual().await;
    let asked = json!({"queries": {"q1": {"schema": "Person", "properties": {"name": ["روديون فاسيلينكوف"]}}}});
    let (status, answer) = served
        .post("/match/case?threshold=0.7&limit=3", &asked)
        .await;
    assert_eq!(status, StatusCode::OK);
    let found = &answer["responses"]["q1"]["results"][0];
    assert!(
        found["caption"].as_str().unwrap().contains("Vasilenkov"),
        "{answer}"
    );
    assert_eq!(
        (&found["match"], &found["schema"]),
        (&json!(true), &json!("Person"))
    );
    assert!(found["explanations"]["name_match"]["candidate"].is_string());
    let entity = served
        .get(&format!("/entities/{}", found["id"].as_str().unwrap()))
        .await;
    assert_eq!(entity["caption"], found["caption"]);
    let search = served.get("/search/case?q=halvorsen").await;
    assert!(search["total"]["value"].as_u64().unwrap() > 0);
    let (status, _) = served.post("/match/nowhere", &asked).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, none) = served.post("/match/case", &json!({"queries": {}})).await;
    assert_eq!(
        (status, none["detail"].is_string()),
        (StatusCode::BAD_REQUEST, true)
    );
}

/// Whether a value has these fields and no others are missing.
fn has(value: &serde_json::Value, fields: &[&str]) {
    let held = value.as_object().unwrap();
    for field in fields {
        assert!(held.contains_key(*field), "{field} is missing: {value}");
    }
}

const ENTITY: [&str; 10] = [
    "id",
    "caption",
    "schema",
    "properties",
    "datasets",
    "referents",
    "target",
    "first_seen",
    "last_seen",
    "last_change",
];

#[tokio::test]
async fn answers_have_the_fields_of_yente() {
    let served = Served::usual().await;
    let asked = json!({
        "weights": {"name_literal": 0.8},
        "config": {"nm_number_mismatch": 0.4},
        "queries": {
            "q1": {"id": "row-1", "schema": "Person", "properties": {"name": ["Gordon Halvorsen"], "birthDate": "1958"}},
            "q2": {"schema": "Company", "properties": {"name": "Nobody Ever Heard Of"}},
        },
    });
    let (status, answer) = served
        .post(
            "/match/case?algorithm=best&limit=3&exclude_dataset=x",
            &asked,
        )
        .await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["limit"], 3);
    for key in ["q1", "q2"] {
        has(
            &answer["responses"][key],
            &["status", "total", "query", "results"],
        );
        assert_eq!(answer["responses"][key]["status"], 200);
    }
    assert_eq!(answer["responses"]["q1"]["query"]["id"], "row-1");
    assert_eq!(
        answer["responses"]["q2"]["total"],
        json!({"value": 0, "relation": "eq"})
    );
    let found = &answer["responses"]["q1"]["results"][0];
    has(found, &ENTITY);
    has(found, &["score", "match", "explanations"]);
    for explained in found["explanations"].as_object().unwrap().values() {
        has(explained, &["score", "detail", "query", "candidate"]);
    }
    for (name, values) in found["properties"].as_object().unwrap() {
        assert!(values.is_array(), "{name}");
    }
    let search = served
        .get("/search/default?q=halvorsen&limit=1&schema=Thing")
        .await;
    has(&search, &["results", "facets", "limit", "offset", "total"]);
    has(&search["results"][0], &ENTITY);
    has(
        &served.get("/algorithms").await,
        &["algorithms", "default", "best"],
    );
    has(
        &served.get("/catalog").await["datasets"][0],
        &["name", "title", "version", "children"],
    );
    assert_eq!(served.get("/healthz").await["status"], "ok");
    let many: serde_json::Map<String, serde_json::Value> = (0..101)
        .map(|n| {
            (
                n.to_string(),
                json!({"schema": "Person", "properties": {"name": "x"}}),
            )
        })
        .collect();
    let (status, refused) = served.post("/match/case", &json!({"queries": many})).await;
    assert_eq!(
        (status, refused["detail"].is_string()),
        (StatusCode::BAD_REQUEST, true)
    );
}

#[tokio::test]
async fn openrefine_on_this_machine_may_read_and_no_other_page() {
    let served = Served::usual().await;
    let allowed = async |uri: &str, origin: &str| {
        let answer = served.send("GET", uri, &[("origin", origin)], "").await;
        assert_eq!(answer.status(), StatusCode::OK, "{uri}");
        let header = answer.headers().get("access-control-allow-origin");
        header.map(|value| value.to_str().unwrap().to_owned())
    };
    let refine = "http://127.0.0.1:3333";
    for uri in [
        "/reconcile/case",
        "/reconcile/case/suggest/entity?prefix=Halv",
    ] {
        assert_eq!(allowed(uri, refine).await.as_deref(), Some(refine));
        for other in [
            "https://evil.example",
            "http://127.0.0.1.evil.example",
            "null",
            "https://localhost",
        ] {
            assert_eq!(allowed(uri, other).await, None, "{other}");
        }
    }
    assert_eq!(allowed("/api/v1/case", refine).await, None);
}

#[tokio::test]
async fn openrefine_reconciles_a_table_with_the_case() {
    let served = Served::usual().await;
    let manifest = served.get("/reconcile/case").await;
    assert_eq!(manifest["versions"], json!(["0.2"]));
    has(
        &manifest,
        &[
            "name",
            "identifierSpace",
            "schemaSpace",
            "defaultTypes",
            "view",
            "suggest",
            "batchSize",
        ],
    );
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let queries = "queries=%7B%22q0%22%3A%7B%22query%22%3A%22Gordon%20Halvorsen%22%2C%22type%22%3A%22Person%22%7D%7D";
    let answer = body(served.send("POST", "/reconcile/case", &form, queries).await).await;
    assert_eq!(answer["q0"]["result"][0]["match"], true);
    has(
        &answer["q0"]["result"][0],
        &["id", "name", "description", "type", "score", "match"],
    );
    has(&answer["q0"]["result"][0]["type"][0], &["id", "name"]);
    assert_eq!(answer["q0"]["result"][0]["name"], "Gordon Halvorsen");
    let suggested = served
        .get("/reconcile/case/suggest/entity?prefix=Halv")
        .await;
    assert!(!suggested["result"].as_array().unwrap().is_empty());
}
