//! Articles that their publishers change, and what is new in a case: stories of one harbour.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::path::Path;

use madar_case::answer::{Alert, Alerts, Edition};
use madar_case::{
    Asked, Case, Decision, Mark, NewSnapshot, Note, Part, Said, Screening, Wanted, Watched,
};
use madar_open::{Given, ListFile, import_list, open};
use madar_read::Kit;
use madar_text::{Day, Document};

fn page(address: &str, publisher: &str, updated: &str, body: &str) -> Document {
    let page = format!(
        "<html><head><link rel=canonical href=\"{address}\"><meta property=\"og:site_name\" content=\"{publisher}\">\
         <meta property=\"article:published_time\" content=\"2025-03-04T06:00:00Z\">\
         <meta property=\"article:modified_time\" content=\"{updated}\"></head>\
         <body><article><h1>Harbour chief met envoy</h1>{body}</article></body></html>"
    );
    open(page.as_bytes(), &Given::default()).unwrap()
}

const MET: &str =
    "<p>Gordon Halvorsen met Rodion Vasilenkov in Muscat on March 3, Curtis Weller said.</p>";
const CHAIRS: &str = "<p>Olga Karpina is the chairman of Laptev-Gaz.</p>";

fn first() -> Document {
    let body = format!(
        "{MET}<p>Brazos Meridian agreed to buy Laptev-Gaz for 4 billion dollars.</p>{CHAIRS}"
    );
    page(
        "https://harbour.example/a/7",
        "Harbour Post",
        "2025-03-04T06:00:00Z",
        &body,
    )
}

fn second() -> Document {
    let body = format!("{MET}<p>Brazos Meridian denied that it had agreed to buy Laptev-Gaz.</p>");
    page(
        "http://www.harbour.example/a/7/?utm_source=x#top",
        "Harbour Post",
        "2025-03-05T09:00:00Z",
        &body,
    )
}

fn other() -> Document {
    let body = "<p>Gordon Halvorsen held talks with Rodion Vasilenkov in Muscat on March 3, according to two port officials.</p>\
                <p>Gordon Halvorsen met Mikael Sandqvist in Oslo on March 5.</p>";
    page(
        "https://gulf.example/n/1",
        "Gulf Courier",
        "2025-03-06T06:00:00Z",
        body,
    )
}

fn add(case: &mut Case, kit: &Kit, document: &Document) {
    let reading = madar_read::read(document, kit);
    case.add(document, &reading, Said::ByDocument).unwrap();
}

fn case(path: &Path, kit: &Kit, documents: &[Document]) -> Case {
    let mut case = Case::open_or_create(path).unwrap();
    for document in documents {
        add(&mut case, kit, document);
    }
    case
}

fn told(asked: &Asked<'_>) -> Vec<String> {
    let facts = asked.facts(&Wanted::default()).unwrap();
    let line =
        |line: &madar_case::answer::Line| format!("{} · {}", line.sentence, line.support.sentence);
    facts.iter().map(line).collect()
}

#[test]
fn the_latest_version_stands_for_an_article() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let case = case(
        &folder.path().join("a.madar"),
        &kit,
        &[first(), second(), other()],
    );
    let asked = case.asked(&kit).unwrap();
    let facts = asked.facts(&Wanted::default()).unwrap();
    let met = facts
        .iter()
        .find(|line| line.sentence.to_string().contains("Vasilenkov"))
        .unwrap();
    assert_eq!(
        (met.support.articles, met.support.k_hi),
        (2, 2),
        "{:?}",
        met.support
    );
    assert!(!met.no_longer_said);
    assert!(
        met.tellings
            .iter()
            .all(|telling| telling.edition == Edition::Latest)
    );
    let chairs = facts
        .iter()
        .find(|line| line.sentence.to_string().contains("Karpina"))
        .unwrap();
    assert!(chairs.no_longer_said, "{chairs:?}");
    assert!(
        chairs.support.sentence.contains("no longer said"),
        "{:?}",
        chairs.support
    );
    assert_eq!(chairs.tellings[0].edition, Edition::NoLongerSaid);

    let [article] = &asked.versions(None, Part::ALL).unwrap().some[..] else {
        panic!("one article has versions");
    };
    assert!(article.in_order);
    let numbers: Vec<_> = article
        .versions
        .iter()
        .map(|line| line.version.unwrap().number)
        .collect();
    assert_eq!(numbers, [1, 2]);
    let [changes] = &article.changes[..] else {
        panic!("one version follows the other");
    };
    let lost: Vec<String> = changes
        .lost
        .iter()
        .map(|moved| moved.line.sentence.to_string())
        .collect();
    assert!(
        lost.iter().any(|sentence| sentence.contains("Karpina")),
        "{lost:?}"
    );
    let status =
        |changed: &madar_case::answer::Changed| changed.what.iter().any(|d| d.what == "status");
    assert!(changes.changed.iter().any(status), "{:?}", changes.changed);
    assert_eq!(changes.same, 1);
    let alone = asked
        .versions(Some(madar_case::document_id(&other())), Part::ALL)
        .unwrap();
    assert!(alone.some.is_empty());
}

#[test]
fn a_post_that_ended_is_a_change_and_no_copy() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let told = |updated, words| {
        let body = format!("{MET}<p>Olga Karpina is the {words} of Laptev-Gaz.</p>");
        page(
            "https://harbour.example/a/7",
            "Harbour Post",
            updated,
            &body,
        )
    };
    let versions = [
        told("2025-03-04T06:00:00Z", "chairman"),
        told("2025-03-05T06:00:00Z", "former chairman"),
    ];
    let case = case(&folder.path().join("a.madar"), &kit, &versions);
    let asked = case.asked(&kit).unwrap();
    let [article] = &asked.versions(None, Part::ALL).unwrap().some[..] else {
        panic!("one article has versions");
    };
    let changed = &article.changes[0].changed;
    let status = changed[0].what.iter().find(|d| d.what == "status").unwrap();
    assert_eq!(status.values, ["asserted", "ended"]);
    for line in asked.facts(&Wanted::default()).unwrap() {
        assert_eq!(line.support.articles, 1);
        assert!(line.support.reasons.is_empty(), "{:?}", line.support);
    }
}

#[test]
fn the_order_of_reading_tells_nothing_of_versions() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = [first(), second(), other()];
    let orders = [[&a, &b, &c], [&c, &b, &a], [&b, &c, &a]];
    let mut answers = Vec::new();
    for (n, order) in orders.iter().enumerate() {
        let mut case = Case::open_or_create(&folder.path().join(format!("{n}.madar"))).unwrap();
        for document in order {
            add(&mut case, &kit, document);
            // each is linked alone
            case.asked(&kit).unwrap();
        }
        let asked = case.asked(&kit).unwrap();
        let whole = case.asked_whole(&kit).unwrap();
        assert_eq!(told(&asked), told(&whole));
        assert_eq!(
            asked.versions(None, Part::ALL).unwrap().some,
            whole.versions(None, Part::ALL).unwrap().some
        );
        answers.push((told(&asked), asked.versions(None, Part::ALL).unwrap().some));
    }
    assert!(
        answers.windows(2).all(|two| two[0] == two[1]),
        "{answers:#?}"
    );
}

#[test]
fn another_publisher_or_a_front_page_is_no_version() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let copy = page(
        "https://harbour.example/a/7",
        "Gulf Courier",
        "2025-03-05T09:00:00Z",
        CHAIRS,
    );
    let front = |body| {
        page(
            "https://berth.example/",
            "Berth Weekly",
            "2025-03-05T09:00:00Z",
            body,
        )
    };
    let all = [first(), copy, front(MET), front(CHAIRS)];
    let case = case(&folder.path().join("a.madar"), &kit, &all);
    assert!(
        case.asked(&kit)
            .unwrap()
            .versions(None, Part::ALL)
            .unwrap()
            .some
            .is_empty()
    );
}

fn alerts(case: &Case, kit: &Kit, since: &Mark) -> Alerts {
    let asked = case.asked(kit).unwrap().against(case.register().unwrap());
    let arrived = case.arrived(since).unwrap();
    asked
        .alerts(&arrived, &Watched::default(), &Screening::usual())
        .unwrap()
}

fn names(alerts: &Alerts) -> Vec<&'static str> {
    alerts.some.iter().map(Alert::name).collect()
}

#[test]
fn what_is_new_is_told_once() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder.path().join("a.madar"), &kit, &[first()]);
    assert_eq!(case.seen().unwrap(), None);
    assert!(
        names(&alerts(&case, &kit, &Mark::default()))
            .iter()
            .all(|name| *name == "new claim")
    );
    let mark = case.mark().unwrap();
    case.see(&mark).unwrap();
    assert_eq!(case.seen().unwrap().unwrap(), mark);
    assert_eq!(alerts(&case, &kit, &mark).all, 0);

    let followed = case.asked(&kit).unwrap().thing("Gordon Halvorsen").unwrap();
    case.decide(&Decision::Followed(followed), &Note::default())
        .unwrap();
    add(&mut case, &kit, &other());
    let found = alerts(&case, &kit, &mark);
    let [
        Alert::Tie { ties, .. },
        Alert::Confirmed { line, before },
        ..,
    ] = &found.some[..]
    else {
        panic!("{:?}", names(&found));
    };
    assert_eq!(ties[0].1.name, "Mikael Sandqvist");
    assert_eq!((*before, line.support.k_lo), ((1, 1), 2));

    // the same once more, and what is only read again, is not new
    let mark = case.mark().unwrap();
    add(&mut case, &kit, &other());
    case.reread(&kit).unwrap();
    assert_eq!(alerts(&case, &kit, &mark).all, 0);
}

#[test]
fn a_changed_article_is_told_with_what_it_changed() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder.path().join("a.madar"), &kit, &[first()]);
    let mark = case.mark().unwrap();
    add(&mut case, &kit, &second());
    let found = alerts(&case, &kit, &mark);
    let edited = found.some.iter().find_map(|alert| match alert {
        Alert::Edited { changes, .. } => Some(changes),
        _ => None,
    });
    let edited = edited.unwrap();
    assert!(
        !edited.lost.is_empty() && edited.gained.is_empty(),
        "{edited:?}"
    );
    // what both versions tell is no confirmation of itself
    assert!(!names(&found).contains(&"confirmed"), "{found:?}");
}

#[test]
fn who_is_listed_only_now_or_named_only_now_is_told() {
    const LIST: &str = "id,name,kind\n7,Mikael Sandqvist,Person\n";
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(&folder.path().join("a.madar"), &kit, &[first()]);
    let list = import_list(vec![ListFile::new("own.csv", LIST.as_bytes())]).unwrap();
    let snapshot = |day, hash| NewSnapshot {
        hash,
        list: "own",
        day,
        basis: "given",
        source: None,
        format: "csv",
        broken: 0,
        entries: &list.entries,
    };
    case.keep_snapshot(&snapshot(Day::new(2025, 3, 1), "1"))
        .unwrap();
    let mark = case.mark().unwrap();
    add(&mut case, &kit, &other());
    let found = alerts(&case, &kit, &mark);
    assert_eq!(names(&found)[0], "list hit");
    // the same entry in a later snapshot is nothing new
    let mark = case.mark().unwrap();
    case.keep_snapshot(&snapshot(Day::new(2025, 3, 9), "2"))
        .unwrap();
    assert_eq!(alerts(&case, &kit, &mark).all, 0);
    // with the list alone it is
    case.remove_snapshot(1).unwrap();
    case.remove_snapshot(2).unwrap();
    let mark = case.mark().unwrap();
    case.keep_snapshot(&snapshot(Day::new(2025, 3, 9), "3"))
        .unwrap();
    assert_eq!(names(&alerts(&case, &kit, &mark)), ["list hit"]);
}

#[test]
fn a_state_is_named_by_its_seal_or_a_day() {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::open_or_create(&folder.path().join("a.madar")).unwrap();
    case.clock("2025-03-04T08:00:00Z".to_owned());
    add(&mut case, &kit, &first());
    let seal = case.verify().unwrap().seal.unwrap();
    case.clock("2025-03-06T08:00:00Z".to_owned());
    add(&mut case, &kit, &other());
    let documents = |name: &str| {
        case.arrived(&case.mark_named(name).unwrap())
            .unwrap()
            .documents
            .len()
    };
    assert_eq!(documents("2025-03-04"), 2);
    assert_eq!(documents("2025-03-05"), 1);
    assert_eq!(documents("2025-03-07"), 0);
    assert_eq!(documents(&seal[..12]), 1);
    assert!(case.mark_named("yesterday").is_err() && case.mark_named("ab").is_err());
}
