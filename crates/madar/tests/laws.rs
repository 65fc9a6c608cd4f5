//! What holds for every case: the order of reading does not matter, reading again changes nothing,
//! and each passage is exactly where it says it is.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use std::collections::BTreeMap;

use common::{Desk, example, examples};
use serde_json::Value;

/// Every form of the brief, of a case into which the files were read in this order.
fn briefs(orders: &[&[&str]]) -> Vec<String> {
    let desk = Desk::new();
    for names in orders {
        let mut args = vec!["read".to_owned()];
        args.extend(names.iter().map(|name| example(name)));
        args.extend(["--case", "a.madar"].map(str::to_owned));
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        desk.told(&args);
    }
    let forms: [&[&str]; 6] = [
        &["brief"],
        &["brief", "--json"],
        &["brief", "--html"],
        &["facts", "--json"],
        &["timeline", "--json"],
        &["documents", "--json"],
    ];
    forms.iter().map(|form| desk.asked(form)).collect()
}

#[test]
fn the_order_of_reading_does_not_matter() {
    let (a, b, c) = (
        "01-laptev-talks.en.txt",
        "02-laptev-retold.ar.txt",
        "03-laptev-kommersant.ru.txt",
    );
    let expect = briefs(&[&[a], &[b], &[c]]);
    for order in [&[&[c][..], &[b], &[a]][..], &[&[b, a, c]], &[&[c, a], &[b]]] {
        assert_eq!(briefs(order), expect, "{order:?}");
    }
}

#[test]
fn reading_again_changes_nothing() {
    let (a, b) = ("04-lawyer-beirut.ar.txt", "05-halvorsen-denies.en.txt");
    assert_eq!(briefs(&[&[a, b], &[b, a], &[a]]), briefs(&[&[a, b]]));
}

/// `text[span]` over everything that leaves the program.
#[test]
fn a_passage_is_where_it_says() {
    let desk = Desk::new();
    desk.told(&[
        "read",
        &examples().display().to_string(),
        "--case",
        "a.madar",
    ]);
    let case = madar_case::Case::open(&desk.path("a.madar")).unwrap();
    let kept = case.kept().unwrap();
    let texts: BTreeMap<String, String> = kept
        .into_iter()
        .map(|kept| (kept.id.hex(), kept.document.text))
        .collect();
    assert_eq!(texts.len(), 15);
    let mut seen = 0;
    let answers: [&[&str]; 5] = [
        &["brief", "--json"],
        &["facts", "--json"],
        &["timeline", "--json"],
        &["find", "a", "--json"],
        &["who", "Halvorsen", "--json"],
    ];
    for args in answers {
        for value in desk.json(args) {
            check(&value, &texts, &mut seen);
        }
    }
    assert!(seen > 100, "only {seen} passages were checked");
}

fn check(value: &Value, texts: &BTreeMap<String, String>, seen: &mut usize) {
    if let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) {
        let text = &texts[value["document"]["id"].as_str().unwrap()];
        let range = usize::try_from(start).unwrap()..usize::try_from(end).unwrap();
        assert_eq!(value["text"].as_str(), text.get(range), "{value}");
        *seen += 1;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| check(item, texts, seen)),
        Value::Object(fields) => fields.values().for_each(|field| check(field, texts, seen)),
        _ => {}
    }
}
