//! The questions beyond the brief, as a user meets them: each in three languages, as Markdown and as JSON.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use common::{Desk, examples, stderr};

fn desk() -> Desk {
    let desk = Desk::new();
    let articles = examples().display().to_string();
    desk.told(&["read", &articles, "--case", "a.madar"]);
    desk
}

#[test]
fn what_falls_with_a_source_is_told() {
    let desk = desk();
    for name in ["The Wall Street Journal", "وول ستريت جورنال"] {
        let told = desk.told(&["withdraw", name]);
        assert!(told.contains("with no chain left"), "{told}");
    }
    let journal = ["withdraw", "The Wall Street Journal"];
    let of = |more: &[&str]| desk.told(&[&journal[..], more].concat());
    assert!(of(&["--in", "ru"]).contains("Ни одной цепочки не остаётся"));
    assert!(of(&["--in", "ar"]).contains("لا تبقى أي سلسلة"));
    assert!(of(&["--md"]).starts_with("# If The Wall Street Journal falls\n"));
    let value = &desk.json(&["withdraw", "The Wall Street Journal", "--json"])[0];
    let falls = value["falls"].as_array().unwrap();
    assert!(!falls.is_empty());
    for shaken in falls {
        assert_eq!(shaken["after"]["k_hi"], 0);
        assert!(shaken["left"].as_array().unwrap().is_empty());
        let hangs_on = shaken["claim"]["support"]["hangs_on"].as_array().unwrap();
        assert!(
            hangs_on
                .iter()
                .any(|name| name == "The Wall Street Journal"),
            "{shaken}"
        );
    }
    let nobody = desk.madar(&["withdraw", "The Quetzalcoatl Times of Mbappé"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(stderr(&nobody).contains("hint: "), "{}", stderr(&nobody));
}

#[test]
fn a_surname_finds_who_is_only_called_in_full() {
    let desk = Desk::new();
    let text = "Erik Halvorsen, chairman of Nordvik Shipping, met Karim Haddad in Oslo on Monday.";
    desk.write("a.txt", text);
    desk.told(&["read", "a.txt", "--case", "a.madar"]);
    for name in ["Halvorsen", "Халворсен", "Erik Halvorsen"] {
        let told = desk.told(&["who", name]);
        assert!(told.contains("Erik Halvorsen"), "{name}: {told}");
        assert!(!told.contains("• Karim"), "{name}: {told}");
    }
    let about = desk.told(&["facts", "--about", "Halvorsen"]);
    assert!(about.contains("Karim Haddad"), "{about}");
}

#[test]
fn a_document_takes_what_it_alone_tells() {
    let desk = desk();
    let id = desk.json(&["documents", "--json"])[0]["id"].clone();
    let id = id.as_str().unwrap();
    let value = &desk.json(&["withdraw", &id[..12], "--json"])[0];
    for key in ["falls", "may_fall", "weaker"] {
        for shaken in value[key].as_array().unwrap() {
            let left = shaken["left"].as_array().unwrap();
            let own = |telling: &&serde_json::Value| telling["passage"]["document"]["id"] == id;
            assert_eq!(left.iter().filter(own).count(), 0, "{shaken}");
        }
    }
}

#[test]
fn two_are_tied_hop_by_hop() {
    let desk = desk();
    let pair = ["path", "Gordon Halvorsen", "Laptev-Gaz"];
    let paths = desk.json(&[&pair[..], &["--json"]].concat());
    assert!(!paths.is_empty());
    for path in &paths {
        let hops = path["hops"].as_array().unwrap();
        assert_eq!(hops[0]["from"]["name"], "Gordon Halvorsen");
        assert_eq!(hops[hops.len() - 1]["to"]["name"], "Laptev-Gaz");
        for hop in hops {
            let tie = &hop["ties"][0];
            assert_ne!(tie["status"], "denied");
            let parties = tie["parties"].to_string() + &tie["tellings"].to_string();
            assert!(!parties.is_empty());
        }
    }
    assert!(
        desk.told(&[&pair[..], &["--in", "ru"]].concat())
            .contains(" → ")
    );
    assert!(
        desk.told(&[&pair[..], &["--md"]].concat())
            .starts_with("# ")
    );
}

#[test]
fn a_draft_is_held_against_the_case() {
    let desk = desk();
    // what the case tells, what it does not tell, and what is no fact
    let facts = desk.json(&["facts", "--kind", "meeting", "--json"]);
    let told = facts
        .iter()
        .find(|line| line["status"] == "asserted")
        .unwrap();
    let passage = told["tellings"][0]["passage"]["text"].as_str().unwrap();
    let draft = format!(
        "Draft\nMuscat, March 9, 2025 — Desk\n\n{passage}. Prices rose again last year.\n\n\
         The lawyer Quentin Marsh met Orsolya Benko in Lima on March 2.\n"
    );
    desk.write("draft.txt", &draft);
    let output = desk.madar(&["check", "draft.txt", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let sentences: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |words: &str| {
        let has = |s: &&serde_json::Value| s["text"].as_str().unwrap().contains(words);
        sentences.iter().find(has).unwrap()
    };
    assert_eq!(of("Quentin Marsh")["standing"], "unsupported");
    assert_eq!(of("Prices rose")["standing"], "nothing read");
    let facts = sentences
        .iter()
        .flat_map(|s| s["facts"].as_array().unwrap());
    let told = facts
        .filter(|f| !f["told"].as_array().unwrap().is_empty())
        .count();
    assert!(told > 0, "{sentences:?}");
    // the case stays as it was
    assert_eq!(desk.json(&["documents", "--json"]).len(), 15);
    for (language, word) in [
        ("en", "unsupported"),
        ("ru", "не подтверждено"),
        ("ar", "بلا سند"),
    ] {
        let told = desk.asked(&["check", "draft.txt", "--in", language]);
        assert!(told.contains(word), "{told}");
    }
}

#[test]
fn open_questions_come_with_their_answers() {
    let desk = desk();
    let questions = desk.json(&["review", "--json", "--limit", "500"]);
    assert!(!questions.is_empty());
    let changes = |q: &serde_json::Value| q["changes"].as_u64().unwrap();
    assert!(
        questions
            .windows(2)
            .all(|pair| changes(&pair[0]) >= changes(&pair[1]))
    );
    let claim = questions.iter().find(|q| q["question"] == "claim").unwrap();
    assert!(!claim["reasons"].as_array().unwrap().is_empty());
    let answer = claim["answers"][0].as_str().unwrap();
    let args: Vec<&str> = answer.split(' ').skip(1).collect();
    desk.told(&args);
    let left = desk.json(&["review", "--json", "--limit", "500"]);
    assert_eq!(left.len(), questions.len() - 1);
    // what a suspicion ties is said to be independent by the command that stands there
    let answers = left.iter().flat_map(|q| q["answers"].as_array().unwrap());
    let mut answers = answers.filter_map(|answer| answer.as_str());
    let apart = answers.find(|answer| answer.starts_with("madar independent"));
    let args: Vec<&str> = apart.expect("a suspicion").split(' ').skip(1).collect();
    desk.told(&args);
    assert!(desk.told(&["decisions"]).contains("tell independently"));
    // one after the other, from standard input
    let mut asked = desk.command(&["review", "--ask"]);
    let output = asked.write_stdin("later\nq\n").output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(!desk.told(&["review", "--in", "ar"]).is_empty());
}

#[test]
fn what_another_case_tells_otherwise_is_told() {
    let desk = desk();
    assert_eq!(desk.madar(&["diff"]).status.code(), Some(1), "read alike");
    if desk.is_shared() {
        return; // it goes on with copies of the file
    }
    std::fs::copy(desk.path("a.madar"), desk.path("b.other")).unwrap();
    let facts = desk.json(&["facts", "--json"]);
    let claim = facts[0]["claim"].as_str().unwrap();
    desk.told(&["reject", claim]);
    desk.write(
        "in/new.txt",
        "Talks in Lima\nLima, March 4, 2025 — Harbour Post\n\n\
         The lawyer Quentin Marsh met Orsolya Benko in Lima on March 2.\n",
    );
    desk.told(&["read", "in"]);
    let found = desk.json(&["diff", "--case", "b.other", "a.madar", "--json"]);
    let why = |why: &str| found.iter().filter(|one| one["why"] == why).count();
    assert_eq!(
        why("rejected"),
        facts[0]["tellings"].as_array().unwrap().len().max(1)
    );
    assert!(why("document new") > 0, "{found:?}");
    let back = desk.json(&["diff", "--case", "a.madar", "b.other", "--json"]);
    let gone = back
        .iter()
        .filter(|one| one["why"] == "document gone")
        .count();
    assert_eq!(gone, why("document new"));
    assert!(
        desk.told(&["diff", "--case", "b.other", "a.madar", "--in", "ru"])
            .contains("отклонено")
    );
}

#[test]
fn a_case_is_verified_against_its_log() {
    let desk = desk();
    let claim = desk.json(&["facts", "--json"])[0]["claim"].clone();
    desk.told(&["confirm", claim.as_str().unwrap()]);
    let clean = &desk.json(&["verify", "--json"])[0];
    assert_eq!(clean["documents"], 15);
    assert_eq!(clean["findings"].as_array().unwrap().len(), 0);
    assert_eq!(clean["sources"]["unchanged"], 15);
    assert!(
        desk.told(&["verify", "--in", "ar"])
            .contains("كل شيء كما أُدخل")
    );
    if desk.is_shared() {
        return; // it goes on with what is wrong in a file
    }
    let store = rusqlite::Connection::open(desk.path("a.madar")).unwrap();
    store.execute("DELETE FROM decisions", []).unwrap();
    drop(store);
    let output = desk.madar(&["verify"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("decision missing"), "{told}");
}

#[test]
fn decisions_travel_as_resolver_lines() {
    let (one, other) = (desk(), desk());
    one.told(&[
        "different",
        "Gordon Halvorsen",
        "Rodion Vasilenkov",
        "--by",
        "desk",
    ]);
    let lines = one.told(&["decisions", "--resolver"]);
    assert!(lines.contains("\"negative\""), "{lines}");
    other.write("resolver.ijson", &lines);
    let output = other.madar(&["decisions", "--import", "resolver.ijson"]);
    assert!(
        stderr(&output).contains("1 taken over"),
        "{}",
        stderr(&output)
    );
    assert_eq!(other.told(&["decisions", "--resolver"]), lines);
}
