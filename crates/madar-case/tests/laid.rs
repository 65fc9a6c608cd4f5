//! What linking found lies in the file, and questions read of it what they need: they must be answered as if
//! all had been read and linked at once, in whatever order it came.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::fmt::Write as _;
use std::path::Path;

use madar_case::{Asked, Case, Decision, Note, Said, Search, Ties, Tongue, Wanted};
use madar_open::{Given, open};
use madar_read::{Kit, Reading};
use madar_text::Document;

mod examples;

use examples::articles;

/// Answers to every sort of question, as text.
fn answers(asked: &Asked<'_>) -> String {
    let mut out = String::new();
    let everyone = asked.everyone();
    writeln!(out, "{:#?}", asked.brief(None).unwrap()).unwrap();
    writeln!(out, "{:#?}", asked.overview(3)).unwrap();
    writeln!(out, "{:#?}", asked.drawn(40)).unwrap();
    writeln!(out, "{:#?}", asked.documents()).unwrap();
    writeln!(out, "{everyone:#?}").unwrap();
    writeln!(out, "{:#?}", asked.timeline(None).unwrap()).unwrap();
    let lines = asked.facts(&Wanted::default()).unwrap();
    for line in lines.iter().take(10) {
        writeln!(out, "{:#?}", asked.chains(&line.claim[..8]).ok()).unwrap();
    }
    for pair in everyone.windows(2).take(8) {
        let [a, b] = pair else { continue };
        let about = Some(a.entity.clone());
        let wanted = Wanted {
            about,
            ..Wanted::default()
        };
        writeln!(out, "{:#?}", asked.who(&a.name)).unwrap();
        let begun: String = a.name.chars().take(4).collect();
        writeln!(out, "{:#?}", asked.holding(&begun, 5)).unwrap();
        let place = asked.appearances(&a.entity, 2).unwrap();
        writeln!(out, "{place:#?}").unwrap();
        writeln!(out, "{:#?}", asked.facts(&wanted).unwrap()).unwrap();
        writeln!(
            out,
            "{:#?}",
            asked.path(&a.entity, &b.entity, Ties::DeniedToo).ok()
        )
        .unwrap();
        let search = Search {
            text: a.name.clone(),
            ..Search::default()
        };
        writeln!(out, "{:#?}", asked.search(&search)).unwrap();
    }
    writeln!(out, "{:#?}", asked.review()).unwrap();
    out
}

fn add(case: &mut Case, all: &[(Document, Reading)]) {
    for (document, reading) in all {
        case.add(document, reading, Said::ByDocument).unwrap();
    }
}

#[test]
fn the_file_answers_as_memory_does() {
    let kit = Kit::bundled();
    let all = articles(&kit);
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::open_or_create(&folder.path().join("a.madar")).unwrap();
    add(&mut case, &all);
    // the first question links, the second one finds it linked
    let first = answers(&case.asked(&kit).unwrap());
    let stored = answers(&case.asked(&kit).unwrap());
    assert!(
        first == stored,
        "the first question and the second one differ"
    );
    let whole = answers(&case.asked_whole(&kit).unwrap());
    assert!(whole == stored, "in memory and from the file differ");
    let mut memory = Case::in_memory().unwrap();
    add(&mut memory, &all);
    assert!(
        answers(&memory.asked(&kit).unwrap()) == stored,
        "a case in memory differs"
    );
    for tongue in [Tongue::Ar, Tongue::Ru] {
        let of = |case: &Case| answers(&case.asked(&kit).unwrap().wording(tongue));
        assert!(of(&memory) == of(&case), "{tongue:?}");
    }
}

#[test]
fn what_is_added_or_decided_later_is_as_if_it_had_been_there() {
    let kit = Kit::bundled();
    let all = articles(&kit);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut at_once = Case::open_or_create(&path("once.madar")).unwrap();
    add(&mut at_once, &all);
    let mut bit_by_bit = Case::open_or_create(&path("bits.madar")).unwrap();
    for part in all.chunks(2).rev() {
        add(&mut bit_by_bit, part);
        // asked in between, so that what was found must be brought up to date
        bit_by_bit.asked(&kit).unwrap().everyone();
    }
    let of = |case: &Case| answers(&case.asked(&kit).unwrap());
    assert!(of(&at_once) == of(&bit_by_bit), "order matters");
    let someone = at_once.asked(&kit).unwrap().everyone().remove(0);
    for case in [&mut at_once, &mut bit_by_bit] {
        let thing = case.asked(&kit).unwrap().thing(&someone.entity).unwrap();
        let called = Decision::Called(thing, "the one at the top".to_owned());
        case.decide(&called, &Note::default()).unwrap();
    }
    assert!(of(&at_once) == of(&bit_by_bit), "a decision is not seen");
    assert!(of(&at_once).contains("the one at the top"));
}

#[test]
fn what_is_forgotten_is_out_of_what_was_found() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.madar");
    let mut case = Case::open_or_create(&path).unwrap();
    for words in [
        "Talks in the Gulf\n\nThe lawyer Curtis Wellermann met Mikael Sandqvist in Doha.\n",
        "Talks in Oslo\n\nThe engineer Olga Karpina met Mikael Sandqvist in Oslo.\n",
    ] {
        let document = open(words.as_bytes(), &Given::default()).unwrap();
        let reading = madar_read::read(&document, &kit);
        case.add(&document, &reading, Said::ByDocument).unwrap();
    }
    let found = case.asked(&kit).unwrap().find("Wellermann");
    let [passage] = &found[..] else {
        panic!("{found:?}")
    };
    case.forget(passage.source.id).unwrap();
    let holds = |path: &Path, word: &str| {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes
            .windows(word.len())
            .any(|w| w.eq_ignore_ascii_case(word.as_bytes()))
    };
    for file in ["a.madar", "a.madar-wal"] {
        assert!(!holds(&folder.path().join(file), "wellerman"), "{file}");
    }
    assert!(case.asked(&kit).unwrap().find("Wellermann").is_empty());
    assert_eq!(case.asked(&kit).unwrap().find("Karpina").len(), 1);
}

#[test]
fn a_damaged_record_breaks_a_question_off_and_no_more() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.madar");
    let mut case = Case::open_or_create(&path).unwrap();
    add(&mut case, &articles(&kit)[..1]);
    case.asked(&kit).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch("UPDATE linked_claims SET body = x'00'")
        .unwrap();
    let asked = case.asked(&kit).unwrap();
    let told = madar_case::guarded(|| asked.facts(&Wanted::default()));
    assert!(
        matches!(told, Err(madar_case::CaseError::Damaged(_))),
        "{told:?}"
    );
    assert!(!asked.everyone().is_empty());
}
