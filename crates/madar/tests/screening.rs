//! Lists and screening as a user meets them: a case file screened end to end.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use common::{Desk, SHORT, example, stderr};

/// A list with one man of the article, spelled otherwise and in another script, and a stranger.
const BEFORE: &str = "id,name,aliases,type,birth_date,nationality,listed_on\n\
    H-1,\"VASILENKOV, Rodion Petrovich\",Родион Петрович ВАСИЛЕНКОВ,person,1968-05-03,Russia,2024-06-01\n\
    H-2,Orient Quay Holding,Восточный причал,company,,Russia,2023-04-23\n";
/// Later: the stranger is gone, another man of the article has come.
const AFTER: &str = "id,name,aliases,type,birth_date,nationality,listed_on\n\
    H-1,\"VASILENKOV, Rodion Petrovich\",Родион Петрович ВАСИЛЕНКОВ,person,1968-05-03,Russia,2024-06-01\n\
    H-3,Gordon HALVORSEN,غوردون هالفورسن,person,,,2025-06-01\n";

/// A case with the article and one snapshot.
fn desk() -> Desk {
    let desk = Desk::new();
    let article = example("01-laptev-talks.en.txt");
    desk.write("before.csv", BEFORE);
    desk.told(&["read", &article, "--case", "a.madar"]);
    desk.told(&[
        "lists",
        "add",
        "before.csv",
        "--list",
        "Harbour",
        "--date",
        "2025-03-01",
    ]);
    desk
}

#[test]
fn snapshots_stand_side_by_side() {
    let desk = desk();
    let again = desk.madar(&["lists", "add", "before.csv", "--list", "Harbour"]);
    assert!(
        stderr(&again).contains("in the case already"),
        "{}",
        stderr(&again)
    );
    desk.write("after.csv", AFTER);
    desk.told(&[
        "lists",
        "add",
        "after.csv",
        "--list",
        "Harbour",
        "--date",
        "2025-07-01",
        "--source",
        "by hand",
    ]);
    let held = desk.json(&["lists", "--json"]);
    assert_eq!(held.len(), 2);
    assert_eq!(held[0]["day"], "2025-03-01");
    assert_eq!(held[1]["source"], "by hand");
    assert_eq!(held[1]["hash"].as_str().unwrap().len(), 64);
    desk.told(&["lists", "remove", "1"]);
    assert_eq!(desk.json(&["lists", "--json"]).len(), 1);
    let gone = desk.madar(&["lists", "remove", "1"]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(
        stderr(&gone).contains("hint: madar lists shows them"),
        "{}",
        stderr(&gone)
    );
}

#[test]
fn a_case_is_screened() {
    let desk = desk();
    let screened = desk.json(&["screen", "--json", "--on", "2025-03-01"]);
    let man = screened
        .iter()
        .find(|held| held["name"] == "Rodion Vasilenkov")
        .unwrap();
    let hit = &man["hits"][0];
    assert_eq!(
        (hit["id"].as_str(), hit["list"].as_str()),
        (Some("H-1"), Some("Harbour"))
    );
    assert!(hit["score"].as_f64().unwrap() >= 0.7);
    assert_eq!(hit["status"]["today"]["status"], "listed");
    // the article is of 2025-03-04: after the only snapshot
    let published = &hit["status"]["publication"][0];
    assert_eq!(
        (published["on"].as_str(), published["status"].as_str()),
        (Some("2025-03-04"), Some("not known"))
    );
    assert!(!hit["reasons"].as_array().unwrap().is_empty());
    assert_eq!(hit["entry"]["births"][0], "1968-05-03");
    let others = screened
        .iter()
        .filter(|held| held["name"] != "Rodion Vasilenkov");
    assert!(
        others
            .into_iter()
            .all(|held| held["hits"].as_array().unwrap().is_empty())
    );
    let report = desk.told(&["screen", "--on", "2025-03-01"]);
    assert!(report.contains("today 2025-03-01: listed"), "{report}");
    assert!(report.contains("because"), "{report}");
    let csv = desk.told(&["screen", "--csv"]);
    assert!(csv.starts_with("name,list,id,score"), "{csv}");
    assert_eq!(csv.lines().count(), 2, "{csv}");
}

#[test]
fn what_the_case_tells_of_somebody_is_held_against_the_list() {
    let desk = desk();
    desk.write(
        "note.txt",
        "Rodion Vasilenkov was born on 3 May 1968 in Velsk. The Russian banker Rodion Vasilenkov sold a terminal.\n",
    );
    desk.told(&["read", "note.txt", "--case", "a.madar"]);
    let screened = desk.json(&["screen", "--json", "--on", "2025-03-01"]);
    let man = screened
        .iter()
        .find(|held| held["name"] == "Rodion Vasilenkov")
        .unwrap();
    let features = man["hits"][0]["features"].as_array().unwrap();
    let birth = features.iter().find(|f| f["feature"] == "birth").unwrap();
    assert_eq!(birth["effect"], "raises", "{birth}");
    assert_eq!(birth["says"], "both born 1968-05-03");
    let country = features.iter().find(|f| f["feature"] == "country").unwrap();
    assert_eq!(country["says"], "both of RU");
}

#[test]
fn rows_that_cannot_be_read_are_told() {
    let desk = desk();
    desk.write(
        "suppliers.csv",
        "supplier;country\nRodion Vasilenkov;RU\n\"unclosed;RU\nGordon Halvorsen;US\n",
    );
    let screened = desk.madar(&["screen", "--names", "suppliers.csv", "--json"]);
    assert_eq!(screened.status.code(), Some(2));
    assert!(
        stderr(&screened).contains("suppliers.csv line 3"),
        "{}",
        stderr(&screened)
    );
    let answered = String::from_utf8_lossy(&screened.stdout).into_owned();
    assert_eq!(answered.lines().count(), 2, "{answered}");
    desk.write("plain.csv", "colour;size\nred;2\n");
    let unnamed = desk.madar(&["screen", "--names", "plain.csv"]);
    assert!(
        stderr(&unnamed).contains("no column of \"plain.csv\""),
        "{}",
        stderr(&unnamed)
    );
}

#[test]
fn names_are_answered_one_line_each_in_order() {
    let desk = desk();
    desk.write(
        "names.txt",
        "Родион Василенков\nCurtis Weller\nروديون فاسيلينكوف\r\n",
    );
    let told = desk.json(&["screen", "--names", "names.txt", "--json"]);
    let names: Vec<&str> = told
        .iter()
        .map(|line| line["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["Родион Василенков", "Curtis Weller", "روديون فاسيلينكوف"]
    );
    let ids: Vec<Option<&str>> = told
        .iter()
        .map(|line| line["hits"][0]["id"].as_str())
        .collect();
    assert_eq!(ids, [Some("H-1"), None, Some("H-1")]);
    // a table with what else is known: the birth date keeps a namesake apart
    desk.write(
        "people.csv",
        "name,birth_date\nRodion Vasilenkov,1968-05-03\nRodion Vasilenkow,1999-01-01\n",
    );
    let told = desk.json(&["screen", "--names", "people.csv", "--json"]);
    assert_eq!(told[0]["hits"][0]["features"][0]["effect"], "raises");
    let namesake = told[1]["hits"].as_array().unwrap();
    assert!(namesake.is_empty() || namesake[0]["features"][0]["effect"] == "lowers");
    let typed = desk.json(&[
        "screen",
        "Rodion Vasilenkov",
        "Curtis Weller",
        "--json",
        "--event",
        "2024-01-01",
    ]);
    assert_eq!(typed.len(), 2);
    assert_eq!(
        typed[0]["hits"][0]["status"]["event"][0]["status"],
        "not listed"
    );
}

#[test]
fn decisions_bind_later_runs() {
    let desk = desk();
    let hits = |args: &[&str]| -> usize {
        let told = desk.json(args);
        told.iter()
            .map(|line| line["hits"].as_array().unwrap().len())
            .sum()
    };
    assert_eq!(hits(&["screen", "--json"]), 1);
    desk.told(&["screen", "Rodion Vasilenkov", "--dismiss", "H-1"]);
    assert_eq!(hits(&["screen", "--json"]), 0);
    let all = desk.json(&["screen", "--json", "--all"]);
    let kept = all.iter().find_map(|held| held["hits"].get(0)).unwrap();
    assert_eq!(kept["decision"], "dismissed");
    // the later decision holds; a confirmed hit stays whatever the threshold
    desk.told(&["screen", "Rodion Vasilenkov", "--confirm", "Harbour:H-1"]);
    assert_eq!(hits(&["screen", "--json", "--threshold", "1"]), 1);
    // a name of nobody in the case; that nothing is left says why
    let report = |name: &str| String::from_utf8(desk.madar(&["screen", name]).stdout).unwrap();
    assert!(report("Rodion Wasilenkow").starts_with("Rodion Wasilenkow: 1 hit\n"));
    desk.told(&["screen", "Rodion Wasilenkow", "--dismiss", "H-1"]);
    assert_eq!(
        report("Rodion Wasilenkow"),
        "Rodion Wasilenkow: no hit but 1 that was decided not to be the one; --all tells it\n"
    );
    assert_eq!(
        report("Zbigniew Oort"),
        "Zbigniew Oort: no name on the lists held is alike\n"
    );
    let unknown = desk.madar(&["screen", "Rodion Vasilenkov", "--confirm", "H-99"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_new_snapshot_screens_what_it_changed() {
    let desk = desk();
    desk.write("after.csv", AFTER);
    desk.told(&[
        "lists",
        "add",
        "after.csv",
        "--list",
        "Harbour",
        "--date",
        "2025-07-01",
    ]);
    let told = desk.json(&["lists", "diff", "Harbour", "--json"]);
    let changes: Vec<(&str, &str)> = told
        .iter()
        .filter(|line| !line["change"].is_null())
        .map(|line| {
            (
                line["change"].as_str().unwrap(),
                line["id"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(changes, [("removed", "H-2"), ("added", "H-3")]);
    let hit: Vec<&str> = told
        .iter()
        .filter_map(|line| line["hits"][0]["id"].as_str())
        .collect();
    assert_eq!(hit, ["H-3"], "what did not change is not screened again");
    let text = desk.told(&["lists", "diff", "Harbour"]);
    assert!(text.contains("1 added, 0 changed, 1 removed"), "{text}");
}

#[test]
fn the_brief_shows_a_hit_and_news_lists_nobody() {
    // the article says that he is under sanctions; without a list that is news and no more
    let news = Desk::new();
    let article = example("01-laptev-talks.en.txt");
    news.told(&["read", &article, "--case", "a.madar"]);
    let brief = &news.json(&["brief", "--json"])[0];
    let cast = brief["cast"].as_array().unwrap();
    assert!(
        !cast.is_empty()
            && cast
                .iter()
                .all(|m| m["hits"].as_array().unwrap().is_empty())
    );
    let desk = desk();
    let brief = desk.told(&["brief", "--json"]);
    let brief: serde_json::Value = serde_json::from_str(&brief).unwrap();
    for member in brief["cast"].as_array().unwrap() {
        let hits = member["hits"].as_array().unwrap().len();
        assert_eq!(
            hits,
            usize::from(member["name"] == "Rodion Vasilenkov"),
            "{member}"
        );
    }
    for form in [&["brief"][..], &["brief", "--md"], &["brief", "--html"]] {
        let told = desk.told(form);
        assert!(told.contains("Harbour H-1"), "{form:?}: {told}");
    }
    let who = desk.json(&["who", "Vasilenkov", "--json"]);
    assert_eq!(who[0]["hits"][0]["id"], "H-1");
}

#[test]
fn without_lists_it_says_so() {
    let desk = Desk::new();
    desk.write("a.txt", SHORT);
    desk.told(&["read", "a.txt", "--case", "a.madar"]);
    let screened = desk.madar(&["screen"]);
    assert_eq!(screened.status.code(), Some(2));
    assert!(
        stderr(&screened).contains("hint: madar lists add FILE"),
        "{}",
        stderr(&screened)
    );
    assert_eq!(desk.madar(&["lists"]).status.code(), Some(1));
    desk.write("no.txt", "no list at all\n");
    let refused = desk.madar(&["lists", "add", "no.txt"]);
    assert!(
        stderr(&refused).contains("is no list that is known"),
        "{}",
        stderr(&refused)
    );
}
