//! What a person settled about facts, and what later readings leave of it.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use madar_case::answer::Line;
use madar_case::{Case, Decision, Note, Said, Wanted};
use madar_open::{Given, open, parse_stamp};
use madar_read::{FactKind, Kit, Reading, Status};
use madar_text::Document;
use rusqlite::Connection;

const WORDS: &str = "Talks in the Gulf about the price of a harbour\n\
    Muscat, March 4, 2025 — Harbour Post\n\n\
    It was not the first talk about it. The lawyer Curtis Weller met Mikael Sandqvist in Doha on March 2, one \
    of the people said, but it is not known what they spoke of.\n";

struct Desk {
    folder: tempfile::TempDir,
    kit: Kit,
    case: Case,
}

impl Desk {
    /// A case with one document in the reading that `older` makes of today's.
    fn new(older: impl Fn(&mut Reading)) -> Self {
        let kit = Kit::bundled();
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::open_or_create(&folder.path().join("a.madar")).unwrap();
        let (document, mut reading) = read(&kit, &Given::default());
        older(&mut reading);
        case.add(&document, &reading, Said::ByDocument).unwrap();
        Self { folder, kit, case }
    }

    fn lines(&self) -> Vec<Line> {
        let asked = self.case.asked(&self.kit).unwrap();
        asked.facts(&Wanted::default()).unwrap()
    }

    /// The line of this kind with somebody called so.
    fn line(&self, kind: FactKind, name: &str) -> Option<Line> {
        let mut lines = self.lines().into_iter();
        lines.find(|l| l.kind == kind && l.parties.iter().any(|p| p.name == name))
    }

    fn decide(&mut self, decision: impl Fn(madar_case::Anchor) -> Decision, line: &Line) -> i64 {
        let asked = self.case.asked(&self.kit).unwrap();
        let mut told = asked.told(&line.claim).unwrap();
        assert_eq!(told.len(), 1);
        let decision = decision(told.remove(0).anchor);
        self.case.decide(&decision, &Note::default()).unwrap()
    }

    fn reread(&mut self) {
        let store = Connection::open(self.folder.path().join("a.madar")).unwrap();
        store
            .execute("UPDATE readings SET reader = '0.0.1'", [])
            .unwrap();
        drop(store);
        assert_eq!(self.case.reread(&self.kit).unwrap().documents, 1);
    }

    fn holds(&self, number: i64) -> bool {
        let decisions = self.case.decisions().unwrap();
        let (_, decision) = decisions.iter().find(|(n, _)| *n == number).unwrap();
        self.case.asked(&self.kit).unwrap().holds(decision)
    }
}

fn read(kit: &Kit, given: &Given) -> (Document, Reading) {
    let document = open(WORDS.as_bytes(), given).unwrap();
    let reading = madar_read::read(&document, kit);
    (document, reading)
}

#[test]
fn a_rejected_fact_stays_out_though_it_is_read_otherwise() {
    // an older version did not see whom he met, took it for a plan, and ended the clause early
    let mut desk = Desk::new(|reading| {
        let meetings = reading.facts.iter_mut();
        for fact in meetings.filter(|f| f.kind == FactKind::Meeting) {
            fact.participants.pop();
            fact.status = Status::Planned;
            fact.passage.end = fact.trigger.end;
        }
    });
    let before = desk.lines().len();
    let line = desk.line(FactKind::Meeting, "Curtis Weller").unwrap();
    let number = desk.decide(Decision::Wrong, &line);
    assert_eq!(desk.lines().len(), before - 1);
    desk.reread();
    assert!(desk.holds(number));
    assert!(desk.line(FactKind::Meeting, "Curtis Weller").is_none());
    let undo = Decision::Undo(number);
    desk.case.decide(&undo, &Note::default()).unwrap();
    assert!(desk.line(FactKind::Meeting, "Curtis Weller").is_some());
}

#[test]
fn a_decision_says_so_when_nothing_is_read_in_its_passage() {
    // an older version took the meeting for a visit
    let mut desk = Desk::new(|reading| {
        let meetings = reading.facts.iter_mut();
        for fact in meetings.filter(|f| f.kind == FactKind::Meeting) {
            fact.kind = FactKind::Visit;
        }
    });
    let line = desk.line(FactKind::Visit, "Curtis Weller").unwrap();
    let number = desk.decide(Decision::Confirmed, &line);
    assert!(desk.holds(number));
    desk.reread();
    assert!(!desk.holds(number));
    assert!(desk.line(FactKind::Meeting, "Curtis Weller").is_some());
}

#[test]
fn a_date_given_later_leaves_decisions_as_they_are() {
    let mut desk = Desk::new(|_| {});
    let line = desk.line(FactKind::Meeting, "Curtis Weller").unwrap();
    let number = desk.decide(Decision::Wrong, &line);
    let given = Given {
        published: parse_stamp("2025-03-05"),
        ..Given::default()
    };
    let (document, reading) = read(&desk.kit, &given);
    desk.case.add(&document, &reading, Said::ByUser).unwrap();
    assert!(desk.holds(number));
    assert!(desk.line(FactKind::Meeting, "Curtis Weller").is_none());
    // and goes with the document, whatever id that has by then
    let id = desk.case.kept().unwrap()[0].id;
    desk.case.forget(id).unwrap();
    assert!(desk.case.log().unwrap().is_empty());
}
