//! Cases of older shapes, kept as SQLite dumps them: each is opened, brought up to date, and holds what it held.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use madar_case::{Case, Wanted};
use madar_read::{FactKind, Kit};
use rusqlite::Connection;

#[test]
fn a_case_without_a_log_is_taken_into_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.madar");
    let store = Connection::open(&path).unwrap();
    store.execute_batch(include_str!("older/2.sql")).unwrap();
    drop(store);
    let kit = Kit::bundled();
    let mut case = Case::open(&path).unwrap();
    let verified = case.verify().unwrap();
    assert_eq!(verified.findings, []);
    assert_eq!(
        (verified.documents, verified.decisions, verified.entries),
        (1, 2, 3)
    );
    // an older version read it, perhaps in a shape that this one does not know
    assert_eq!(case.reread(&kit).unwrap().documents, 1);
    assert_eq!(case.verify().unwrap().findings, []);
    let asked = case.asked(&kit).unwrap();
    for (_, decision) in case.decisions().unwrap() {
        assert!(asked.holds(&decision), "{decision:?}");
    }
    let lines = asked.facts(&Wanted::default()).unwrap();
    let meeting = lines
        .iter()
        .find(|line| line.kind == FactKind::Meeting)
        .unwrap();
    assert_eq!(meeting.support.confirmed, 1);
    let names: Vec<&str> = meeting.parties.iter().map(|p| p.name.as_str()).collect();
    assert!(names.contains(&"C. Weller"), "{names:?}");
}

#[test]
fn readings_move_and_what_was_found_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.madar");
    let store = Connection::open(&path).unwrap();
    store.execute_batch(include_str!("older/5.sql")).unwrap();
    drop(store);
    let kit = Kit::bundled();
    let case = Case::open(&path).unwrap();
    case.check().unwrap();
    let verified = case.verify().unwrap();
    assert_eq!(verified.findings, []);
    assert_eq!((verified.documents, verified.decisions), (1, 1));
    let asked = case.asked(&kit).unwrap();
    let lines = asked.facts(&Wanted::default()).unwrap();
    let confirmed = lines.iter().filter(|line| line.support.confirmed == 1);
    assert_eq!(confirmed.count(), 1);
    assert_eq!(asked.find("lawyer").len(), 1);
    let who = asked.who("Curtis Weller");
    assert_eq!(who[0].member.facts, 3);
}
