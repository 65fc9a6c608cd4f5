//! What leaves a case: packed whole and encrypted, or told of with code names for whoever is protected.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use common::Desk;

const HARBOUR: &str = "Talks in the Gulf\nMuscat, March 4, 2025 — Harbour Post\n\n\
    The lawyer Curtis Weller met Mikael Sandqvist in Doha on March 2. Weller’s firm works for Brazos Meridian. \
    “Weller was there,” said Rodion Vasilenkov.\n";
const GAZETTE: &str = "Переговоры в заливе\nМаскат, 5 марта 2025 года — «Портовая газета»\n\n\
    Юрист Кёртис Веллер встретился с Микаэлем Сандквистом в Дохе. О Веллере рассказал Родион Василенков.\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("in/harbour.txt", HARBOUR);
    desk.write("in/gazette.txt", GAZETTE);
    desk.told(&["read", "in", "--case", "a.madar"]);
    desk
}

#[test]
fn a_packed_case_opens_with_its_passphrase_and_not_without() {
    let desk = desk();
    desk.write("secret", "seven wooden ships\n");
    desk.write("guess", "seven wooden shoes\n");
    let before = desk.told(&["facts", "--json", "--case", "a.madar"]);
    desk.told(&[
        "pack",
        "a.age",
        "--passphrase-file",
        "secret",
        "--case",
        "a.madar",
    ]);
    let packed = std::fs::read(desk.path("a.age")).unwrap();
    for word in ["Weller", "case.madar", "Веллер", "harbour"] {
        let found = packed.windows(word.len()).any(|w| w == word.as_bytes());
        assert!(!found, "{word}");
    }
    let wrong = desk.madar(&[
        "unpack",
        "a.age",
        "--passphrase-file",
        "guess",
        "--case",
        "b.madar",
    ]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!desk.path("b.madar").exists());
    desk.told(&[
        "unpack",
        "a.age",
        "--passphrase-file",
        "secret",
        "--case",
        "b.madar",
    ]);
    assert_eq!(desk.told(&["facts", "--json", "--case", "b.madar"]), before);
    let sources: Vec<Vec<u8>> = std::fs::read_dir(desk.path("b.sources"))
        .unwrap()
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(sources.len(), 2);
    assert!(sources.contains(&HARBOUR.as_bytes().to_vec()));
    // nothing is written over
    let again = desk.madar(&[
        "unpack",
        "a.age",
        "--passphrase-file",
        "secret",
        "--case",
        "b.madar",
    ]);
    assert_eq!(again.status.code(), Some(2));
    assert_eq!(
        desk.madar(&["unpack", "secret", "--case", "c.madar"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_packed_case_opens_with_a_key() {
    use age::secrecy::ExposeSecret as _;
    let desk = desk();
    let (ours, theirs) = (
        age::x25519::Identity::generate(),
        age::x25519::Identity::generate(),
    );
    desk.write("ours.key", ours.to_string().expose_secret());
    desk.write("theirs.key", theirs.to_string().expose_secret());
    let to = ours.to_public().to_string();
    desk.told(&["pack", "a.age", "--to", &to, "--case", "a.madar"]);
    let wrong = desk.madar(&[
        "unpack",
        "a.age",
        "--identity",
        "theirs.key",
        "--case",
        "b.madar",
    ]);
    assert_eq!(wrong.status.code(), Some(2));
    desk.told(&[
        "unpack",
        "a.age",
        "--identity",
        "ours.key",
        "--case",
        "b.madar",
    ]);
    let verified = desk.told(&["verify", "--json", "--case", "b.madar"]);
    assert!(verified.contains("\"findings\":[]"), "{verified}");
}

#[test]
fn whoever_is_protected_goes_by_a_code_name_in_all_that_leaves() {
    let desk = desk();
    desk.told(&[
        "same",
        "Curtis Weller",
        "Кёртис Веллер",
        "--case",
        "a.madar",
    ]);
    desk.told(&[
        "protect",
        "Curtis Weller",
        "--as",
        "Source Nine",
        "--case",
        "a.madar",
    ]);
    let forms: [&[&str]; 12] = [
        &["brief"],
        &["brief", "--html"],
        &["brief", "--json"],
        &["facts", "--json"],
        &["documents", "--json"],
        &["who", "Weller", "--json"],
        &["find", "Doha", "--json"],
        &["path", "Source Nine", "Mikael Sandqvist"],
        &["export", "graphml"],
        &["export", "annotations"],
        &["export", "dossier"],
        &["review", "--json"],
    ];
    for form in forms {
        let told = desk.asked(&[form, &["--case", "a.madar"]].concat());
        for name in ["Weller", "WELLER", "Curtis", "Веллер", "Кёртис"] {
            assert!(!told.contains(name), "{form:?} tells {name}:\n{told}");
        }
    }
    desk.told(&["export", "ftm", "--to", "out", "--case", "a.madar"]);
    for entry in std::fs::read_dir(desk.path("out")).unwrap() {
        let told = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(
            !told.contains("Weller") && !told.contains("Веллер"),
            "{told}"
        );
    }
    let told = desk.told(&["facts", "--about", "Source Nine", "--case", "a.madar"]);
    assert!(told.contains("Source Nine met Mikael Sandqvist"), "{told}");
    // decisions still speak of the text as it is, and protection can be lifted
    let log = desk.told(&["decisions", "--json", "--case", "a.madar"]);
    let entry = log.lines().find(|line| line.contains("protect")).unwrap();
    let entry: serde_json::Value = serde_json::from_str(entry).unwrap();
    desk.told(&["undo", &entry["number"].to_string(), "--case", "a.madar"]);
    assert!(
        desk.told(&["brief", "--case", "a.madar"])
            .contains("Weller")
    );
}

#[test]
fn a_draft_with_a_protected_name_is_checked() {
    let desk = Desk::new();
    let text = "Kirill Vedernikov met the investor Gordon Halvorsen in Muscat on March 3, 2025. Vedernikov is the head \
        of Laptev-Gaz. It was a short meeting, and nobody spoke.\n";
    desk.write("draft.txt", text);
    desk.told(&[
        "read",
        "draft.txt",
        "--publisher",
        "Harbour Post",
        "--case",
        "a.madar",
    ]);
    desk.told(&["protect", "Kirill Vedernikov", "--as", "Nine"]);
    let checked = desk.asked(&["check", "draft.txt", "--json"]);
    assert!(
        !checked.is_empty() && !checked.contains("Vedernikov"),
        "{checked}"
    );
}
