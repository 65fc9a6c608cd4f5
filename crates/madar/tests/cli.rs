//! The binary as a user meets it: commands, exit codes, messages with hints.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use common::{Desk, SHORT, example, examples, stderr};

#[test]
fn articles_are_read_and_briefed() {
    let desk = Desk::new();
    let articles = examples().display().to_string();
    let read = desk.told(&["read", &articles, "--case", "story.madar"]);
    assert_eq!(
        read.lines().filter(|line| line.contains("  new  ")).count(),
        15,
        "{read}"
    );
    // the only case of the folder needs no name
    let brief = desk.told(&["brief"]);
    for heading in ["Documents", "Cast", "Ties and deals", "Meetings and visits"] {
        assert!(
            brief.contains(&format!("\n{heading}\n")),
            "{heading} in {brief}"
        );
    }
    assert!(!brief.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn every_form_of_the_brief_names_the_deal() {
    let desk = Desk::new();
    desk.told(&[
        "read",
        &example("01-laptev-talks.en.txt"),
        "--case",
        "a.madar",
    ]);
    for form in [
        &["brief"][..],
        &["brief", "--json"],
        &["brief", "--md"],
        &["brief", "--html"],
    ] {
        let told = desk.told(form);
        assert!(told.contains("Laptev-Gaz"), "{form:?}: {told}");
        assert!(told.contains("is in talks to buy 9.9%"), "{form:?}: {told}");
    }
}

#[test]
fn answers_come_in_the_language_asked_for() {
    let desk = Desk::new();
    let articles = examples().display().to_string();
    desk.told(&["read", &articles, "--case", "a.madar"]);
    let told = |language: &str| desk.told(&["brief", "--in", language]);
    let (arabic, russian) = (told("ar"), told("ru"));
    assert!(arabic.contains("\nالأطراف\n"), "{arabic}");
    assert!(arabic.contains("هالفورسن"), "{arabic}");
    assert!(russian.contains("\nДействующие лица\n"), "{russian}");
    assert!(russian.contains("Халворсен"), "{russian}");
    for own in ["article", "independent", "paragraph", "claim"] {
        // in English only what documents wrote and why names were taken for one
        let leaks = |brief: &str| {
            let mut lines = brief.lines().filter(|line| line.contains(" · "));
            lines.any(|line| line.contains(own))
        };
        assert!(!leaks(&arabic) && !leaks(&russian), "{own}");
    }
    let page = desk.told(&["brief", "--html", "--in", "ar"]);
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    // JSON is one for all
    let json = |language: &str| desk.told(&["facts", "--json", "--in", language]);
    assert_eq!(json("ar"), json("en"));
    let wrong = desk.madar(&["brief", "--in", "fr"]);
    assert!(stderr(&wrong).contains("the languages are ar, en, ru"));
}

#[test]
fn a_page_of_html_fetches_nothing() {
    let desk = Desk::new();
    let hostile = "Title <script>alert(1)</script>\nMUSCAT, March 4, 2025 — Post\n\n\
        Gordon <img src=http://x.example/y> Halvorsen met \u{202E}Rodion Vasilenkov in Muscat.\n";
    desk.write("a.txt", hostile);
    desk.told(&["read", "a.txt", "--case", "a.madar"]);
    let page = desk.told(&["brief", "--html"]);
    assert!(page.starts_with("<!doctype html>"));
    for fetch in [
        "<script", "<img", "<link", "url(", "@import", " src=", "\u{202E}",
    ] {
        assert!(!page.contains(fetch), "{fetch} in {page}");
    }
    let terminal = desk.told(&["brief"]);
    assert!(!terminal.contains('\u{202E}'));
}

#[test]
fn names_are_found_in_any_script() {
    let desk = Desk::new();
    desk.told(&[
        "read",
        &examples().display().to_string(),
        "--case",
        "a.madar",
    ]);
    for name in ["Halvorsen", "هالفورسن", "Халворсен"] {
        let told = desk.told(&["who", name]);
        assert!(told.contains("Halvorsen"), "{name}: {told}");
    }
    let output = desk.madar(&["who", "Quetzalcoatl Mbappé"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn passages_are_found_in_any_form_of_their_words() {
    let desk = Desk::new();
    desk.told(&[
        "read",
        &examples().display().to_string(),
        "--case",
        "a.madar",
    ]);
    // inflected, with proclitics, by its beginning
    for words in ["танкер", "ناقلة", "tanker"] {
        assert!(!desk.json(&["find", words, "--json"]).is_empty(), "{words}");
    }
    assert_eq!(desk.madar(&["find", "quetzalcoatl"]).status.code(), Some(1));
}

#[test]
fn facts_can_be_asked_by_kind_and_status() {
    let desk = Desk::new();
    desk.told(&[
        "read",
        &example("01-laptev-talks.en.txt"),
        "--case",
        "a.madar",
    ]);
    let met = desk.json(&["facts", "--kind", "Meeting", "--json"]);
    assert!(!met.is_empty());
    assert!(met.iter().all(|line| line["kind"] == "Meeting"));
    let claim = met[0]["claim"].as_str().unwrap();
    let chains = desk.told(&["chains", claim]);
    assert!(
        chains.contains(" ← people familiar with the matter (unnamed)"),
        "{chains}"
    );
    let output = desk.madar(&["facts", "--kind", "gossip"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("the kinds are role, family"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn standard_input_is_a_document() {
    let desk = Desk::new();
    let mut command = desk.command(&[
        "read",
        "-",
        "--case",
        "a.madar",
        "--publisher",
        "Harbour Post",
    ]);
    let output = command.write_stdin(SHORT).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let documents = desk.json(&["documents", "--json"]);
    assert_eq!(documents[0]["publisher"], "Harbour Post");
}

#[test]
fn what_cannot_be_read_is_told_and_stops_nothing() {
    let desk = Desk::new();
    desk.write("in/a.txt", SHORT);
    desk.write("in/b.pdf", b"%PDF-1.7\n\x00\x01\x02");
    desk.write("in/c.txt", "");
    let output = desk.madar(&["read", "in", "no-such-file", "--case", "a.madar"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    for part in [
        "b.pdf",
        "c.txt",
        "no-such-file",
        "hint: ",
        "1 new, 3 not read",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let said = stderr(&desk.madar(&["documents"]));
    assert!(
        said.contains("b.pdf") && said.contains("no-such-file"),
        "{said}"
    );
}

#[test]
fn the_case_is_not_read_as_an_article() {
    let desk = Desk::new();
    desk.write("a.txt", SHORT);
    for _ in 0..2 {
        let output = desk.madar(&["read", ".", "--case", "a.madar"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    assert_eq!(desk.json(&["documents", "--json"]).len(), 1);
}

#[test]
fn which_case_is_meant_is_said_or_asked() {
    let desk = Desk::new();
    let check = |args: &[&str], message: &str, hint: &str| {
        let output = desk.madar(args);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains(message) && said.contains(&format!("hint: {hint}")),
            "{said}"
        );
    };
    check(&["brief"], "none is in this folder", "name one with --case");
    check(
        &["brief", "--case", "x.madar"],
        "there is no case at \"x.madar\"",
        "madar read FILES",
    );
    desk.write("a.txt", SHORT);
    check(
        &["brief", "--case", "a.txt"],
        "\"a.txt\" is no case",
        "a case is a file",
    );
    desk.told(&["read", "a.txt", "--case", "one.madar"]);
    desk.told(&["read", "a.txt", "--case", "two.madar"]);
    check(
        &["brief"],
        "several cases: one.madar, two.madar",
        "say which",
    );
    let mut command = desk.command(&["documents"]);
    assert!(
        command
            .env("MADAR_CASE", "two.madar")
            .output()
            .unwrap()
            .status
            .success()
    );
    check(
        &["chains", "ffff", "--case", "one.madar"],
        "no claim is named",
        "madar facts",
    );
    check(
        &["brief", "--about", "Quetzalcoatl", "--case", "one.madar"],
        "no person",
        "madar brief",
    );
    check(
        &[
            "read",
            "a.txt",
            "--published",
            "soon",
            "--case",
            "one.madar",
        ],
        "is no date",
        "write",
    );
}

#[test]
fn documents_are_forgotten_by_any_of_their_names() {
    let desk = Desk::new();
    desk.write("a.txt", SHORT);
    desk.write("b.txt", SHORT.replace("Muscat", "Doha"));
    desk.told(&["read", "a.txt", "b.txt", "--case", "a.madar"]);
    let output = desk.madar(&["forget", "Harbour chief"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("could be"), "{}", stderr(&output));
    desk.told(&["forget", "a.txt"]);
    let left = desk.json(&["documents", "--json"]);
    assert_eq!(left.len(), 1);
    assert!(!desk.told(&["brief"]).contains("Muscat on March 3"));
    desk.told(&["forget", &left[0]["id"].as_str().unwrap()[..8]]);
    assert!(desk.json(&["documents", "--json"]).is_empty());
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::{Command, Stdio};
    let desk = Desk::new();
    desk.told(&[
        "read",
        &examples().display().to_string(),
        "--case",
        "a.madar",
    ]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_madar"))
        .args(["brief", "--case"])
        .arg(desk.path("a.madar"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
}

#[test]
fn the_demo_runs_anywhere_and_leaves_nothing() {
    let desk = Desk::new();
    let told = desk.told(&["demo"]);
    for affair in ["The Laptev stake", "Twelve tankers", "The Aqaba terminal"] {
        assert!(told.contains(&format!("{affair}: ")), "{affair} in {told}");
    }
    assert_eq!(std::fs::read_dir(desk.folder.path()).unwrap().count(), 0);
}

#[test]
fn decisions_bind_and_can_be_taken_back() {
    let desk = Desk::new();
    let articles = examples().display().to_string();
    desk.told(&["read", &articles, "--case", "a.madar"]);
    let called = |name: &str| desk.told(&["who", name]);
    desk.told(&[
        "rename",
        "Gordon Halvorsen",
        "Gordon H.",
        "--by",
        "editor",
        "--why",
        "style",
    ]);
    assert!(called("Гордон Халворсен").contains("Gordon H."));
    let brief = desk.told(&["brief", "--case", "a.madar", "--md"]);
    assert!(brief.contains("Gordon H."), "{brief}");
    let log = desk.told(&["decisions"]);
    assert!(
        log.contains("is called Gordon H.") && log.contains("editor"),
        "{log}"
    );
    desk.told(&["undo", "1"]);
    assert!(called("Гордон Халворсен").contains("Gordon Halvorsen"));
    // two spellings of one man, taken apart and joined again
    desk.told(&["different", "Gordon Halvorsen", "Гордон Халворсен"]);
    let apart = desk.told(&["who", "Gordon Halvorsen", "--json"]);
    desk.told(&["undo", "3"]);
    let joined = desk.told(&["who", "Gordon Halvorsen", "--json"]);
    assert!(apart.lines().count() > joined.lines().count(), "{apart}");
    // a rejected claim leaves the answers and comes back
    let facts = desk.told(&["facts", "--json"]);
    let first: serde_json::Value = serde_json::from_str(facts.lines().next().unwrap()).unwrap();
    let claim = first["claim"].as_str().unwrap();
    desk.told(&["confirm", claim]);
    let confirmed = desk.told(&["chains", claim]);
    assert!(confirmed.contains("a person confirmed it"), "{confirmed}");
    let log = desk.told(&["decisions", "--json"]);
    let last: serde_json::Value = serde_json::from_str(log.lines().last().unwrap()).unwrap();
    let passage = last["decision"]["confirm"]["passage"].as_str().unwrap();
    assert!(!passage.is_empty() && last["found"] == true, "{log}");
    desk.told(&["reject", claim]);
    assert!(!desk.told(&["facts", "--json"]).contains(claim));
    assert!(!desk.madar(&["chains", claim]).status.success());
    let undone = desk.madar(&["undo", "99"]);
    assert!(
        stderr(&undone).contains("no decision is named"),
        "{}",
        stderr(&undone)
    );
}

#[test]
fn articles_are_independent_if_a_person_says_so() {
    let desk = Desk::new();
    let told = "The envoy Gordon Halvorsen met the financier Rodion Vasilenkov in Muscat on March 3, 2025, and the two \
        discussed the sale of the port of Salgar. Laptev-Gaz bought a stake of 40 percent in Pomor Lines for $300 million \
        in January, its head Rodion Vasilenkov said later in Tromso.";
    let page = |publisher: &str, day: &str, first: &str| {
        format!("Talks in Muscat\n{publisher}, {day}\n\n{first} {told}\n")
    };
    desk.write(
        "a.txt",
        page("Harbour Post", "March 4, 2025", "It was windy."),
    );
    desk.write(
        "b.txt",
        page("Coastal News", "March 6, 2025", "Few ships sailed."),
    );
    for (file, publisher, day) in [
        ("a.txt", "Harbour Post", "2025-03-04"),
        ("b.txt", "Coastal News", "2025-03-06"),
    ] {
        desk.told(&[
            "read",
            file,
            "--publisher",
            publisher,
            "--published",
            day,
            "--case",
            "a.madar",
        ]);
    }
    let meeting = || {
        let mut facts = desk
            .json(&["facts", "--kind", "meeting", "--json"])
            .into_iter();
        let found = facts.find(|fact| fact["support"]["articles"] == 2);
        let support = found.expect("both tell of the meeting")["support"].clone();
        (
            support["k_lo"].as_u64().unwrap(),
            support["k_hi"].as_u64().unwrap(),
        )
    };
    assert_eq!(meeting(), (1, 2), "the later one copies the earlier one");
    desk.told(&[
        "independent",
        "a.txt",
        "b.txt",
        "--why",
        "each has the minutes",
    ]);
    assert_eq!(meeting(), (2, 2));
    let log = desk.told(&["decisions"]);
    assert!(
        log.contains("tell independently") && log.contains("each has the minutes"),
        "{log}"
    );
    desk.told(&["undo", "1"]);
    assert_eq!(meeting(), (1, 2));
    let itself = desk.madar(&["independent", "a.txt", "a.txt"]);
    assert!(
        stderr(&itself).contains("not independent of itself"),
        "{}",
        stderr(&itself)
    );
}

#[test]
fn mentions_are_put_right_from_the_command_line() {
    let desk = Desk::new();
    desk.write(
        "a.txt",
        "The lawyer Curtis Weller met Mikael Sandqvist in Doha on March 2.\n",
    );
    desk.told(&["read", "a.txt", "--case", "a.madar"]);
    assert!(
        desk.told(&["facts", "--kind", "meeting"])
            .contains("Sandqvist")
    );
    desk.told(&[
        "mention",
        "a.txt",
        "Mikael Sandqvist",
        "--nothing",
        "--why",
        "a horse",
    ]);
    assert!(
        !desk
            .asked(&["facts", "--kind", "meeting"])
            .contains("Sandqvist")
    );
    desk.told(&["mention", "a.txt", "Doha", "--kind", "publicbody"]);
    desk.told(&[
        "mention",
        "a.txt",
        "March",
        "--missing",
        "--kind",
        "Person",
        "--called",
        "F. March",
    ]);
    let log = desk.told(&["decisions"]);
    for told in [
        "“Mikael Sandqvist”",
        "is no name",
        "a horse",
        "is PublicBody",
        "names F. March, Person",
    ] {
        assert!(log.contains(told), "{told}: {log}");
    }
    assert!(desk.told(&["who", "F. March"]).contains("F. March"));
    let refused = desk.madar(&["mention", "a.txt", "nowhere", "--nothing"]);
    assert!(
        stderr(&refused).contains("does not stand in this document"),
        "{}",
        stderr(&refused)
    );
    desk.told(&["undo", "1"]);
    let claim = desk.told(&["facts", "--kind", "meeting", "--json"]);
    let claim: serde_json::Value = serde_json::from_str(claim.lines().next().unwrap()).unwrap();
    desk.told(&[
        "correct",
        claim["claim"].as_str().unwrap(),
        "--status",
        "denied",
    ]);
    assert!(
        desk.told(&["facts", "--kind", "meeting", "--status", "denied"])
            .contains("Sandqvist")
    );
    desk.told(&["verify"]);
}

#[test]
fn a_new_case_is_read_by_the_accurate_reader() {
    let desk = Desk::new();
    desk.write("a.txt", SHORT);
    let read = |case: &str, reader: Option<&str>| {
        let mut command = desk.command(&["read", "a.txt", "--case", case]);
        command.env_remove("MADAR_READER");
        if let Some(reader) = reader {
            command.args(["--reader", reader]);
        }
        command.assert().success();
        let again = ["reread", "--reader", "accurate", "--case", case];
        stderr(&desk.madar(&again)).contains("nothing to do")
    };
    assert!(read("new.madar", None));
    assert!(!read("archive.madar", Some("fast")));
}

#[test]
fn what_was_read_elsewhere_is_taken_in() {
    let desk = Desk::new();
    let articles = examples().display().to_string();
    desk.told(&["read", &articles, "--case", "read.madar"]);
    let lines = desk.told(&["bulk", &articles]);
    assert_eq!(lines, desk.told(&["bulk", &articles]), "the same lines");
    desk.write("lines.jsonl", &lines);
    desk.told(&["merge", "lines.jsonl", "--case", "merged.madar"]);
    let again = desk.madar(&[
        "merge",
        "lines.jsonl",
        "lines.jsonl",
        "--case",
        "merged.madar",
    ]);
    assert!(stderr(&again).contains("0 new"), "{}", stderr(&again));
    for question in [&["facts", "--json"][..], &["brief", "--md"]] {
        let of = |case: &str| desk.told(&[question, &["--case", case]].concat());
        assert_eq!(of("read.madar"), of("merged.madar"));
    }
    // articles as lines: one that is none is told of, the others are read
    let article = r#"{"text": "The envoy Gordon Halvorsen met Rodion Vasilenkov in Muscat.", "publisher": "Harbour Post"}"#;
    let input = format!("{article}\n{{\"text\": \n\n{article}\n");
    let output = desk.command(&["bulk"]).write_stdin(input).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let told: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(told.len(), 3);
    assert_eq!(told[0], told[2]);
    assert_eq!(told[0]["facts"][0]["kind"], "Meeting");
    assert!(
        told[1]["error"].is_string() && told[1]["origin"] == "line 2",
        "{}",
        told[1]
    );
    // a line that somebody changed
    let harmed = lines
        .lines()
        .next()
        .unwrap()
        .replacen("\"id\":\"", "\"id\":\"0", 1);
    desk.write("harmed.jsonl", harmed + "\nno line\n");
    let refused = desk.madar(&["merge", "harmed.jsonl", "--case", "merged.madar"]);
    assert!(
        stderr(&refused).contains("0 new, 0 already there, 2 not read"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn a_file_of_any_size_is_read_piece_by_piece() {
    let desk = Desk::new();
    // what crawlers put beside the text
    let picture = "A".repeat(3 << 20);
    let line = |number: usize| {
        format!(
            "{{\"text\":\"Gordon Halvorsen met Rodion Vasilenkov at berth {number}.\",\"picture\":\"{picture}\"}}\n"
        )
    };
    let lines: String = (0..23).map(line).collect();
    desk.write("a.jsonl", &lines);
    desk.told(&["read", "a.jsonl", "--case", "a.madar"]);
    let documents = desk.json(&["documents", "--json", "--case", "a.madar"]);
    assert_eq!(documents.len(), 23);
    desk.told(&["bulk", "a.jsonl", "--reader", "fast"]);
    // what comes in and cannot be gone back to gives the same, and a page of that size is not taken in part
    let read = |case: &str, input: String| {
        let mut piped = desk.command(&["read", "-", "--case", case]);
        let piped = piped.write_stdin(input).output().unwrap();
        let said = String::from_utf8_lossy(&piped.stderr).into_owned();
        (piped.status.code(), said)
    };
    let page = "Gordon Halvorsen met Rodion Vasilenkov. ".repeat(lines.len() / 40);
    assert_eq!(read("b.madar", lines).0, Some(0));
    let piped = desk.json(&["documents", "--json", "--case", "b.madar"]);
    assert_eq!(piped.len(), 23);
    let (code, said) = read("c.madar", page);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("0 new, 1 not read") && said.contains("hint: "),
        "{said}"
    );
}
