//! What a case keeps, and what is left when something is forgotten.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::path::{Path, PathBuf};

use madar_case::{Added, Case, Failure, Said, document_id};
use madar_open::{Given, open, parse_stamp};
use madar_read::{Kit, Reading};
use madar_text::{Document, DocumentId};
use rusqlite::Connection;

const WORDS: &str = "Harbour chief met envoy\nMUSCAT, March 4, 2025 — Harbour Post\n\n\
    Gordon Halvorsen met Rodion Vasilenkov in Muscat on March 3, Curtis Weller said.\n";

struct Desk {
    folder: tempfile::TempDir,
    kit: Kit,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            kit: Kit::bundled(),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("a.madar")
    }

    fn case(&self) -> Case {
        Case::open_or_create(&self.path()).unwrap()
    }

    fn read(&self, text: &str, origin: &str, given: Given) -> (Document, Reading) {
        let given = Given {
            origin: Some(origin.to_owned()),
            ..given
        };
        let document = open(text.as_bytes(), &given).unwrap();
        let reading = madar_read::read(&document, &self.kit);
        (document, reading)
    }

    fn plain(&self, text: &str, origin: &str) -> (Document, Reading) {
        self.read(text, origin, Given::default())
    }
}

fn add(case: &mut Case, (document, reading): &(Document, Reading)) -> Added {
    case.add(document, reading, Said::ByDocument).unwrap()
}

#[test]
fn the_same_bytes_change_nothing() {
    let desk = Desk::new();
    let mut case = desk.case();
    let first = desk.plain(WORDS, "b.txt");
    assert_eq!(add(&mut case, &first), Added::New);
    let before = case.kept().unwrap();
    assert_eq!(add(&mut case, &first), Added::Same);
    assert_eq!(case.kept().unwrap(), before);
    assert_eq!(before[0].reading, first.1);
    // met again elsewhere, it goes by the first of its names
    assert_eq!(add(&mut case, &desk.plain(WORDS, "a.txt")), Added::Same);
    assert_eq!(add(&mut case, &desk.plain(WORDS, "c.txt")), Added::Same);
    let kept = case.kept().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].document.meta.origin.as_deref(), Some("a.txt"));
}

#[test]
fn other_bytes_of_one_text_are_another_capture_in_either_order() {
    let desk = Desk::new();
    let captures = [
        desk.plain(WORDS, "a.txt"),
        desk.plain(&WORDS.replace('\n', "\r\n"), "b.txt"),
    ];
    assert_eq!(captures[0].0.text, captures[1].0.text);
    let mut told = Vec::new();
    for order in [[0, 1], [1, 0]] {
        let folder = tempfile::tempdir().unwrap();
        let mut case = Case::open_or_create(&folder.path().join("a.madar")).unwrap();
        assert_eq!(add(&mut case, &captures[order[0]]), Added::New);
        assert_eq!(add(&mut case, &captures[order[1]]), Added::OtherCapture);
        assert_eq!(add(&mut case, &captures[order[0]]), Added::Same);
        told.push(case.kept().unwrap());
    }
    assert_eq!(told[0].len(), 1);
    assert_eq!(told[0], told[1]);
}

#[test]
fn what_the_user_says_replaces_what_the_document_said() {
    let desk = Desk::new();
    let mut case = desk.case();
    add(&mut case, &desk.plain(WORDS, "a.txt"));
    let given = Given {
        publisher: Some("Quay Gazette".to_owned()),
        published: parse_stamp("2025-03-05"),
        origin: None,
    };
    let (document, reading) = desk.read(WORDS, "a.txt", given);
    let mut by_user = || case.add(&document, &reading, Said::ByUser).unwrap();
    assert_eq!(by_user(), Added::Replaced);
    assert_eq!(by_user(), Added::Same);
    // and stands when the file is read again without a word
    assert_eq!(add(&mut case, &desk.plain(WORDS, "a.txt")), Added::Same);
    let kept = case.kept().unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].id, document_id(&document));
    let publisher = kept[0].document.meta.publisher.as_deref();
    assert_eq!(publisher, Some("Quay Gazette"));
}

#[test]
fn a_document_is_named_by_id_path_or_title() {
    let desk = Desk::new();
    let mut case = desk.case();
    let (a, b) = (
        desk.plain(WORDS, "in/a.txt"),
        WORDS.replace("chief", "master"),
    );
    add(&mut case, &a);
    add(&mut case, &desk.plain(&b, "in/b.txt"));
    let id = document_id(&a.0);
    let names = ["in/a.txt", "a.txt", "Harbour CHIEF", "chief met"];
    for name in [&id.hex(), &id.hex()[..6]].into_iter().chain(names) {
        assert_eq!(case.document_named(name).unwrap(), id, "{name}");
    }
    let message = |name| case.document_named(name).unwrap_err().to_string();
    assert!(
        message("Harbour").contains("Harbour chief met envoy"),
        "{}",
        message("Harbour")
    );
    for name in ["no such", "", ".txt"] {
        assert_eq!(message(name), format!("no document is named {name:?}"));
    }
}

/// The files of the case, write-ahead log included, as one stretch of bytes.
fn on_disk(folder: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        out.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    out
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Stretches of the packed records of a document: pages split longer ones.
fn packed(case: &Path, id: DocumentId) -> Vec<Vec<u8>> {
    let store = Connection::open(case).unwrap();
    let bodies = [
        "SELECT body FROM documents WHERE id = ?1",
        "SELECT body FROM readings WHERE document = ?1",
    ];
    let body =
        |query: &str| -> Vec<u8> { store.query_row(query, [id.0], |row| row.get(0)).unwrap() };
    bodies
        .iter()
        .map(|query| body(query))
        .map(|body| body[40..64].to_vec())
        .collect()
}

#[test]
fn what_is_forgotten_is_out_of_the_file() {
    let desk = Desk::new();
    // unlike its neighbours from the first word, so that its packed records are its own
    let text = |n: usize| match n {
        5 => "Osmotherley, the quiet broker, buys a fleet\nDOHA, April 9, 2025 — Quay Gazette\n\n\
              Percival Osmotherley bought nine tankers from Brackenthwaite Lines in Doha."
            .to_owned(),
        n => WORDS.replace("chief", &format!("Quillfeather{n}")),
    };
    let mut case = desk.case();
    for n in 0..40 {
        add(
            &mut case,
            &desk.plain(&text(n), &format!("{n}-{}.txt", n * 7919)),
        );
    }
    case.note_failures(&[Failure {
        origin: "5-39595.txt".to_owned(),
        reason: "cannot read it twice".to_owned(),
    }])
    .unwrap();
    let id = case.document_named("5-39595.txt").unwrap();
    // titles and origins lie in the file as they are, texts and readings packed
    let mut traces = packed(&desk.path(), id);
    traces.extend(["Osmotherley", "5-39595.txt"].map(|words| words.as_bytes().to_vec()));
    let before = on_disk(desk.folder.path());
    for trace in &traces {
        assert!(holds(&before, trace), "{}", String::from_utf8_lossy(trace));
    }
    case.forget(id).unwrap();
    let after = on_disk(desk.folder.path());
    for trace in &traces {
        assert!(!holds(&after, trace), "{}", String::from_utf8_lossy(trace));
    }
    assert!(holds(&after, b"Quillfeather6"));
    assert!(case.failures().unwrap().is_empty());
    assert_eq!(case.kept().unwrap().len(), 39);
    assert!(case.forget(id).is_err());
    case.check().unwrap();
}

#[test]
fn an_older_reading_is_read_again() {
    let desk = Desk::new();
    let mut case = desk.case();
    let (document, reading) = desk.plain(WORDS, "a.txt");
    case.add(&document, &reading, Said::ByDocument).unwrap();
    assert_eq!(case.outdated().unwrap(), 0);
    assert_eq!(case.reread(&desk.kit).unwrap().documents, 0);
    // as an older version would have left it, in a shape that this one does not know
    let store = Connection::open(desk.path()).unwrap();
    store
        .execute("UPDATE readings SET reader = '0.0.1', body = x'00'", [])
        .unwrap();
    drop(store);
    assert_eq!(case.outdated().unwrap(), 1);
    assert!(case.kept().is_err());
    let done = case.reread(&desk.kit).unwrap();
    assert_eq!((done.documents, done.facts_after), (1, reading.facts.len()));
    assert_eq!(case.outdated().unwrap(), 0);
    assert_eq!(case.kept().unwrap()[0].reading, reading);
}
