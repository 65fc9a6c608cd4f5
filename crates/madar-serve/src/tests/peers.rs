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

#[tokio::test]
async fn openrefine_reconciles_a_table_with_the_case() {
    let served = Served::usual().await;
    let manifest = served.get("/reconcile/case").await;
    assert_eq!(manifest["versions"], json!(["0.2"]));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let queries = "queries=%7B%22q0%22%3A%7B%22query%22%3A%22Gordon%20Halvorsen%22%2C%22type%22%3A%22Person%22%7D%7D";
    let answer = body(served.send("POST", "/reconcile/case", &form, queries).await).await;
    assert_eq!(answer["q0"]["result"][0]["match"], true);
    assert_eq!(answer["q0"]["result"][0]["name"], "Gordon Halvorsen");
    let suggested = served
        .get("/reconcile/case/suggest/entity?prefix=Halv")
        .await;
    assert!(!suggested["result"].as_array().unwrap().is_empty());
}
