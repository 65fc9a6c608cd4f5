//! The case as tools of a language model.

use serde_json::{Value, json};

use super::Served;

fn talk(served: &Served, messages: &[Value]) -> Vec<Value> {
    let input: String = messages
        .iter()
        .map(|message| format!("{message}\n"))
        .collect();
    let mut output = Vec::new();
    crate::mcp(&served.path, input.as_bytes(), &mut output).unwrap();
    let lines = String::from_utf8(output).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn call(id: u32, name: &str, arguments: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": name, "arguments": arguments}})
}

#[tokio::test]
async fn a_model_gets_passages_and_independent_chains() {
    let served = Served::usual().await;
    let answers = talk(
        &served,
        &[
            json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-03-26"}}),
            json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
            json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}),
            call(
                3,
                "claims",
                &json!({"about": "Halvorsen", "kind": "Meeting"}),
            ),
            call(
                4,
                "path",
                &json!({"from": "Gordon Halvorsen", "to": "Rodion Vasilenkov"}),
            ),
            call(5, "claims", &json!({"kind": "Rumour"})),
            json!({"jsonrpc": "2.0", "id": 6, "method": "none"}),
            call(7, "news", &json!({"about": "Gordon Halvorsen"})),
            call(8, "versions", &json!({})),
        ],
    );
    assert_eq!(answers.len(), 8, "a notification is not answered");
    assert_eq!(answers[0]["result"]["protocolVersion"], "2025-03-26");
    assert_eq!(answers[1]["result"]["tools"].as_array().unwrap().len(), 10);
    let claim = &answers[2]["result"]["structuredContent"]["claims"][0];
    let tellings = claim["tellings"].as_array().unwrap();
    assert!(tellings.iter().any(|telling| {
        let passage = telling["passage"]["text"].as_str().unwrap();
        passage.contains("Halvorsen")
    }));
    assert!(claim["support"]["k_hi"].as_u64().unwrap() >= 1);
    let path = &answers[3]["result"]["structuredContent"]["paths"][0];
    assert!(!path["hops"][0]["ties"].as_array().unwrap().is_empty());
    assert_eq!(answers[4]["result"]["isError"], true);
    assert_eq!(answers[5]["error"]["code"], -32601);
    let news = &answers[6]["result"]["structuredContent"];
    assert_eq!(news["documents"], 2);
    assert_eq!(news["alerts"][0]["alert"], "new claim");
    assert!(news["alerts"][0]["claim"]["support"]["k_lo"].is_number());
    assert_eq!(answers[7]["result"]["structuredContent"]["total"], 0);
}

#[tokio::test]
async fn what_is_no_message_is_told_so() {
    let served = Served::new(&[]).await;
    let mut output = Vec::new();
    crate::mcp(&served.path, &b"not json\n\n{\"id\":1}\n"[..], &mut output).unwrap();
    let lines = String::from_utf8(output).unwrap();
    let codes: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["error"]["code"].clone())
        .collect();
    assert_eq!(codes, [-32700, -32600]);
}
