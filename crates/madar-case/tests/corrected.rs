//! What a person says of mentions: nothing is named there, something else is, of another kind, or it is missing. The
//! reading in the file stays, what is answered follows.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use madar_case::answer::Line;
use madar_case::{Case, Decision, NamedAs, Note, Said, Someone, Wanted, Who};
use madar_open::{Given, open};
use madar_read::{EntityKind, FactKind, Kit, Reading, Status};
use madar_text::{DocumentId, Span};
use rusqlite::Connection;

const MUSCAT: &str = "Talks in the Gulf about the price of a harbour\n\n\
    The lawyer Curtis Weller met Mikael Sandqvist in Doha on March 2. \
    Weller is a partner of the firm Brazos Meridian. Later Sandqvist called the clerk, Oleander Vane-Tempest.\n";

const DOHA: &str = "The firm behind the harbour\n\n\
    Curtis Weller bought a stake in Brazos Meridian for $5 million in 2024, the company said. \
    Mikael Sandqvist was not there.\n";

struct Desk {
    folder: tempfile::TempDir,
    kit: Kit,
    case: Case,
    ids: Vec<DocumentId>,
}

impl Desk {
    fn new(older: impl Fn(&mut Reading)) -> Self {
        let kit = Kit::bundled();
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::open_or_create(&folder.path().join("a.madar")).unwrap();
        let mut ids = Vec::new();
        for words in [MUSCAT, DOHA] {
            let document = open(words.as_bytes(), &Given::default()).unwrap();
            let mut reading = madar_read::read(&document, &kit);
            older(&mut reading);
            case.add(&document, &reading, Said::ByDocument).unwrap();
            ids.push(madar_case::document_id(&document));
        }
        Self {
            folder,
            kit,
            case,
            ids,
        }
    }

    fn decide(&mut self, document: usize, words: &str, wanted: &NamedAs<'_>) -> i64 {
        let id = self.ids[document];
        let asked = self.case.asked(&self.kit).unwrap();
        let places = asked.places_of_words(id, words).unwrap();
        let decision = asked.naming(id, places[0], wanted).unwrap();
        drop(asked);
        self.case.decide(&decision, &Note::default()).unwrap()
    }

    fn undo(&mut self, number: i64) {
        let undo = Decision::Undo(number);
        self.case.decide(&undo, &Note::default()).unwrap();
    }

    fn someone(&self, name: &str) -> Option<Someone> {
        let asked = self.case.asked(&self.kit).unwrap();
        let mut all = asked.everyone().into_iter();
        all.find(|one| one.name == name)
    }

    fn lines(&self) -> Vec<Line> {
        let asked = self.case.asked(&self.kit).unwrap();
        asked.facts(&Wanted::default()).unwrap()
    }

    fn meeting(&self) -> Option<Line> {
        let mut lines = self.lines().into_iter();
        lines.find(|line| line.kind == FactKind::Meeting)
    }

    fn holds(&self, number: i64) -> bool {
        let decisions = self.case.decisions().unwrap();
        let (_, decision) = decisions.iter().find(|(n, _)| *n == number).unwrap();
        self.case.asked(&self.kit).unwrap().holds(decision)
    }

    fn reread(&mut self) {
        let store = Connection::open(self.folder.path().join("a.madar")).unwrap();
        store
            .execute("UPDATE readings SET reader = '0.0.1'", [])
            .unwrap();
        drop(store);
        assert_eq!(self.case.reread(&self.kit).unwrap().documents, 2);
    }

    fn is_whole(&self) {
        assert_eq!(self.case.verify().unwrap().findings, []);
    }
}

#[test]
fn who_is_not_named_takes_part_in_nothing_there() {
    let mut desk = Desk::new(|_| {});
    let stored = desk.case.kept().unwrap();
    let before = desk.someone("Mikael Sandqvist").unwrap();
    assert!(desk.meeting().is_some());
    let number = desk.decide(0, "Mikael Sandqvist", &NamedAs::Nothing);
    assert!(desk.meeting().is_none());
    let after = desk.someone("Mikael Sandqvist").unwrap();
    assert!(after.mentions < before.mentions);
    assert_eq!(desk.case.kept().unwrap(), stored);
    desk.is_whole();
    desk.undo(number);
    assert!(desk.meeting().is_some());
    assert_eq!(desk.someone("Mikael Sandqvist"), Some(before));
}

#[test]
fn who_is_corrected_elsewhere_keeps_his_id() {
    let mut desk = Desk::new(|_| {});
    let before = desk.someone("Mikael Sandqvist").unwrap().entity;
    desk.decide(0, "Curtis Weller", &NamedAs::Nothing);
    assert_eq!(desk.someone("Mikael Sandqvist").unwrap().entity, before);
}

#[test]
fn a_kind_is_that_of_the_entity_in_all_documents() {
    let mut desk = Desk::new(|_| {});
    let before = desk.someone("Brazos Meridian").unwrap();
    assert_ne!(before.kind, EntityKind::Asset);
    let number = desk.decide(0, "Brazos Meridian", &NamedAs::Kind(EntityKind::Asset));
    let after = desk.someone("Brazos Meridian").unwrap();
    assert_eq!(after.kind, EntityKind::Asset);
    assert_eq!(after.documents, before.documents);
    // of another sort of thing altogether, against what the other document says
    desk.decide(0, "Brazos Meridian", &NamedAs::Kind(EntityKind::Place));
    let place = desk.someone("Brazos Meridian").unwrap();
    assert_eq!(
        (place.kind, place.documents),
        (EntityKind::Place, before.documents)
    );
    desk.undo(number);
    assert_eq!(
        desk.someone("Brazos Meridian").unwrap().kind,
        EntityKind::Place
    );
    desk.is_whole();
}

#[test]
fn a_mention_can_stand_for_somebody_else() {
    let mut desk = Desk::new(|_| {});
    let weller = desk.someone("Curtis Weller").unwrap();
    let sandqvist = desk.someone("Mikael Sandqvist").unwrap();
    // of another document, by id
    let known = NamedAs::Means(Who::Known(&sandqvist.entity));
    let number = desk.decide(1, "Curtis Weller", &known);
    let bought = |desk: &Desk, name: &str| {
        let lines = desk.lines();
        let by = |line: &&Line| line.parties.iter().any(|party| party.name == name);
        lines.iter().filter(by).count()
    };
    assert_eq!(
        desk.someone("Curtis Weller").unwrap().documents,
        weller.documents - 1
    );
    assert_eq!(
        desk.someone("Mikael Sandqvist").unwrap().mentions,
        sandqvist.mentions + 1
    );
    desk.undo(number);
    assert_eq!(desk.someone("Curtis Weller"), Some(weller.clone()));
    // and for one whom the case does not know, under his own name
    desk.decide(
        1,
        "Curtis Weller",
        &NamedAs::Means(Who::Called("Curtis Weller Jr. of Basra")),
    );
    let other = desk.someone("Curtis Weller Jr. of Basra").unwrap();
    assert_eq!((other.documents, other.mentions), (1, 1));
    assert_eq!(
        desk.someone("Curtis Weller").unwrap().documents,
        weller.documents - 1
    );
    assert!(bought(&desk, "Curtis Weller Jr. of Basra") > 0);
    desk.is_whole();
}

#[test]
fn the_latest_word_on_a_place_holds() {
    let mut desk = Desk::new(|_| {});
    let weller = desk.someone("Curtis Weller").unwrap();
    let sandqvist = desk.someone("Mikael Sandqvist").unwrap();
    let known = NamedAs::Means(Who::Known(&sandqvist.entity));
    desk.decide(1, "Curtis Weller", &known);
    desk.decide(1, "Curtis Weller", &NamedAs::Nothing);
    let called = NamedAs::Missing(EntityKind::Company, Who::Called("Weller & Sons"));
    let number = desk.decide(1, "Curtis Weller", &called);
    let sons = desk.someone("Weller & Sons").unwrap();
    assert_eq!((sons.kind, sons.mentions), (EntityKind::Company, 1));
    assert_eq!(
        desk.someone("Mikael Sandqvist").unwrap().mentions,
        sandqvist.mentions
    );
    desk.undo(number);
    assert!(desk.someone("Weller & Sons").is_none());
    assert_eq!(
        desk.someone("Curtis Weller").unwrap().mentions,
        weller.mentions - 1
    );
}

#[test]
fn a_name_that_was_missed_is_one() {
    let mut desk = Desk::new(|_| {});
    let words = "price of a harbour";
    assert!(desk.someone("The Harbour").is_none());
    let called = NamedAs::Missing(EntityKind::Paper, Who::Called("The Harbour"));
    let number = desk.decide(0, words, &called);
    let one = desk.someone("The Harbour").unwrap();
    assert_eq!(
        (one.kind, one.documents, one.mentions),
        (EntityKind::Paper, 1, 1)
    );
    // the same thing, in the other document
    let known = NamedAs::Missing(EntityKind::Paper, Who::Known("The Harbour"));
    desk.decide(1, "stake", &known);
    let one = desk.someone("The Harbour").unwrap();
    assert_eq!((one.documents, one.mentions), (2, 2));
    desk.undo(number);
    let one = desk.someone("The Harbour").unwrap();
    assert_eq!((one.documents, one.mentions), (1, 1));
    desk.is_whole();
}

#[test]
fn what_cannot_be_decided_is_refused() {
    let desk = Desk::new(|_| {});
    let asked = desk.case.asked(&desk.kit).unwrap();
    let check = |words: &str, wanted: NamedAs<'_>, expect: &str| {
        let place = asked.places_of_words(desk.ids[0], words).unwrap()[0];
        let error = asked.naming(desk.ids[0], place, &wanted).unwrap_err();
        assert_eq!(error.to_string(), expect);
    };
    let missing = NamedAs::Missing(EntityKind::Person, Who::Called("X"));
    check(
        "on March",
        NamedAs::Nothing,
        "no name is read in \"on March\" there",
    );
    check(
        "Curtis Weller",
        missing,
        "\"Curtis Weller\" is read as a name already",
    );
    check(
        "Weller met",
        missing,
        "\"Weller met\" would cut through \"Curtis Weller\"",
    );
    let outside = asked.naming(desk.ids[0], Span::new(9_000, 9_004), &NamedAs::Nothing);
    assert!(outside.is_err());
}

#[test]
fn corrections_outlive_reading_again() {
    // an older version ended the name elsewhere
    let mut desk = Desk::new(|reading| {
        for mention in &mut reading.mentions {
            if mention.name == "Mikael Sandqvist" {
                mention.span.start += 7;
            }
        }
    });
    let not = desk.decide(0, "Sandqvist", &NamedAs::Nothing);
    let kind = desk.decide(1, "Brazos Meridian", &NamedAs::Kind(EntityKind::Asset));
    assert!(desk.meeting().is_none());
    desk.reread();
    assert!(desk.holds(not) && desk.holds(kind));
    assert!(desk.meeting().is_none());
    assert_eq!(
        desk.someone("Brazos Meridian").unwrap().kind,
        EntityKind::Asset
    );
    desk.case.forget(desk.ids[0]).unwrap();
    assert_eq!(desk.case.decisions().unwrap().len(), 1);
    desk.is_whole();
}

#[test]
fn a_fact_can_be_told_otherwise() {
    let mut desk = Desk::new(|_| {});
    let line = desk.meeting().unwrap();
    assert_eq!(line.status, Status::Asserted);
    let asked = desk.case.asked(&desk.kit).unwrap();
    let anchor = asked.told(&line.claim).unwrap().remove(0).anchor;
    drop(asked);
    let planned = Decision::Restated(anchor.clone(), Status::Planned);
    let number = desk.case.decide(&planned, &Note::default()).unwrap();
    assert_eq!(desk.meeting().unwrap().status, Status::Planned);
    // a decision made on it before still means it
    let wrong = desk
        .case
        .decide(&Decision::Wrong(anchor), &Note::default())
        .unwrap();
    assert!(desk.meeting().is_none());
    desk.undo(wrong);
    desk.undo(number);
    assert_eq!(desk.meeting().unwrap().status, Status::Asserted);
}
