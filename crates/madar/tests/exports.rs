//! The case carried into other tools, held against what those tools ask of a file.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{Desk, example};
use serde_json::Value;

/// The bundled examples, with one hostile document among them.
fn desk() -> Desk {
    let desk = Desk::new();
    let hostile = "=HYPERLINK(\"http://x\") <script>alert(1)</script> \u{1b}[2J | *a*\n\n\
        Gordon Halvorsen, chairman of Brazos Meridian, met Rodion Vasilenkov in Doha on 3 March 2025.\n";
    desk.write("hostile.txt", hostile);
    let articles: Vec<String> = [
        "01-laptev-talks.en.txt",
        "02-laptev-retold.ar.txt",
        "03-laptev-kommersant.ru.txt",
    ]
    .into_iter()
    .map(example)
    .collect();
    let mut args = vec!["read", "hostile.txt", "--case", "a.madar"];
    args.extend(articles.iter().map(String::as_str));
    desk.told(&args);
    desk
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn followthemoney_gets_edges_for_what_is_asserted_only() {
    let desk = desk();
    desk.told(&["export", "ftm", "--to", "ftm"]);
    let entities = lines(&fs::read_to_string(desk.path("ftm/entities.ftm.json")).unwrap());
    let claims = lines(&fs::read_to_string(desk.path("ftm/claims.jsonl")).unwrap());
    let status: BTreeMap<&str, &str> = claims
        .iter()
        .map(|c| (c["claim"].as_str().unwrap(), c["status"].as_str().unwrap()))
        .collect();
    let ids: BTreeSet<&str> = entities.iter().map(|e| e["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), entities.len(), "each id once");
    let mut told = BTreeSet::new();
    for entity in &entities {
        let properties = entity["properties"].as_object().unwrap();
        for end in [
            "employee",
            "employer",
            "holder",
            "post",
            "involved",
            "organizer",
            "owner",
            "asset",
            "proof",
            "subject",
            "object",
        ] {
            for value in properties
                .get(end)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                assert!(
                    ids.contains(value.as_str().unwrap()),
                    "{end} leads nowhere: {entity}"
                );
            }
        }
        let Some(claim) = properties.get("recordId") else {
            continue;
        };
        let claim = claim[0].as_str().unwrap();
        told.insert(claim);
        let holds = matches!(status[claim], "asserted" | "ended");
        assert!(
            holds || entity["schema"] == "Event",
            "{} as {}",
            status[claim],
            entity["schema"]
        );
    }
    assert_eq!(told, status.keys().copied().collect(), "every claim leaves");
    assert!(status.values().any(|status| *status == "negotiated"));
}

#[test]
fn statements_are_external_until_a_claim_is_confirmed() {
    let desk = desk();
    let rows = |desk: &Desk| {
        desk.told(&["export", "ftm", "--to", "ftm"]);
        fs::read_to_string(desk.path("ftm/statements.csv")).unwrap()
    };
    let accepted = |rows: &str| {
        rows.lines()
            .filter(|row| row.contains("\"f\"") && !row.contains("\"Article\""))
            .count()
    };
    let before = rows(&desk);
    assert_eq!(accepted(&before), 0);
    let facts = lines(&desk.told(&["facts", "--json"]));
    let claim = facts[0]["claim"].as_str().unwrap().to_owned();
    desk.told(&["confirm", &claim, "--why", "seen"]);
    assert!(accepted(&rows(&desk)) > 0);
}

#[test]
fn annotations_count_letters_and_quote_the_passage() {
    let desk = desk();
    let page: Value = serde_json::from_str(&desk.told(&["export", "annotations"])).unwrap();
    let items = page["items"].as_array().unwrap();
    assert!(items.iter().any(|item| {
        item["target"]["selector"][1]["exact"]
            .as_str()
            .unwrap()
            .contains('و')
    }));
    for item in items {
        let [position, quote] = item["target"]["selector"].as_array().unwrap().as_slice() else {
            panic!("{item}")
        };
        let long = position["end"].as_u64().unwrap() - position["start"].as_u64().unwrap();
        assert_eq!(
            long,
            quote["exact"].as_str().unwrap().chars().count() as u64
        );
    }
}

#[test]
fn graphs_are_well_formed_and_every_edge_has_two_ends() {
    let desk = desk();
    for form in ["graphml", "gexf"] {
        let text = desk.told(&["export", form]);
        let mut reader = quick_xml::Reader::from_str(&text);
        let (mut nodes, mut ends) = (BTreeSet::new(), BTreeSet::new());
        loop {
            let event = reader.read_event().unwrap();
            let tag = match &event {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => tag,
                _ => continue,
            };
            let value = |name: &str| {
                let found = tag.try_get_attribute(name).unwrap().unwrap();
                String::from_utf8(found.value.to_vec()).unwrap()
            };
            match tag.name().as_ref() {
                b"node" => drop(nodes.insert(value("id"))),
                b"edge" => ends.extend([value("source"), value("target")]),
                _ => {}
            }
        }
        assert!(!ends.is_empty() && ends.is_subset(&nodes), "{form}");
    }
}

#[test]
fn what_a_document_wrote_runs_nowhere() {
    let desk = desk();
    desk.told(&["export", "csv", "--to", "csv"]);
    let documents = fs::read_to_string(desk.path("csv/documents.csv")).unwrap();
    assert!(documents.contains("'=HYPERLINK"), "{documents}");
    let page = desk.told(&["export", "dossier-html"]);
    assert!(!page.contains("<script") && page.contains("footnote"));
    assert!(!page.contains('\u{1b}'));
}

#[test]
fn an_export_about_one_holds_what_that_one_takes_part_in() {
    let desk = desk();
    let all = desk.told(&["export", "dossier"]);
    let one = desk.told(&["export", "dossier", "--about", "Gordon Halvorsen"]);
    assert!(one.len() < all.len() && one.contains("Halvorsen"));
    let nobody = desk.madar(&["export", "dossier", "--about", "Nobody At All"]);
    assert!(!nobody.status.success());
    let again = desk.told(&["export", "dossier"]);
    assert_eq!(all, again);
}
