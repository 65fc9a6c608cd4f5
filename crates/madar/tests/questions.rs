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
