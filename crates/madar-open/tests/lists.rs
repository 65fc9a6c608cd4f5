//! Lists in each format to entries; what is broken in them is told and costs nothing else.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::path::Path;

use madar_open::{Import, ListError, ListFile, import_list};
use madar_text::{EntryKind, ListEntry, NameQuality, NameSort};

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists");
    std::fs::read(folder.join(name)).unwrap()
}

fn import(names: &[&str]) -> Import {
    let files: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (*name, fixture(name))).collect();
    let files = files
        .iter()
        .map(|(name, bytes)| ListFile::new(*name, &bytes[..]));
    import_list(files.collect()).unwrap()
}

fn entry<'a>(import: &'a Import, id: &str) -> &'a ListEntry {
    let found = import.entries.iter().find(|entry| entry.id == id);
    found.unwrap_or_else(|| panic!("{id} in {:?}", import.entries))
}

fn names(entry: &ListEntry) -> Vec<&str> {
    entry.names.iter().map(|name| name.text.as_str()).collect()
}

/// Whatever the format, it is the same man.
fn check_vasilenkov(entry: &ListEntry) {
    assert_eq!(entry.kind, EntryKind::Person);
    assert!(
        entry.caption().to_lowercase().contains("vasilenkov"),
        "{entry:?}"
    );
    assert_eq!(entry.names[0].sort, NameSort::Primary);
    let births: Vec<String> = entry.births.iter().map(ToString::to_string).collect();
    assert!(births.contains(&"1968-05-03".to_owned()), "{births:?}");
    assert!(
        entry.countries.contains(&"ru".to_owned()),
        "{:?}",
        entry.countries
    );
    let passport = entry.identifiers.iter().find(|id| id.value == "44N2592883");
    assert!(passport.unwrap().kind.contains("passport"), "{passport:?}");
}

fn check_listed(entry: &ListEntry, day: &str) {
    assert_eq!(entry.listed.unwrap().to_string(), day);
}

fn quality(entry: &ListEntry, name: &str) -> NameQuality {
    entry.names.iter().find(|n| n.text == name).unwrap().quality
}

#[test]
fn ofac_csv() {
    let import = import(&["ofac-alt.csv", "ofac-sdn.csv"]);
    assert_eq!(import.format, "OFAC CSV");
    let man = entry(&import, "101");
    check_vasilenkov(man);
    assert_eq!(man.programmes, ["HARBOUR-EO1", "QUAY"]);
    assert_eq!(man.births.len(), 2);
    assert_eq!(quality(man, "THE PILOT"), NameQuality::Weak);
    assert_eq!(quality(man, "WASILENKOW, Rodion"), NameQuality::Good);
    assert_eq!(
        man.remarks,
        ["Gender Male", "Linked To: ORIENT QUAY HOLDING"]
    );
    let quay = entry(&import, "102");
    assert_eq!(quay.kind, EntryKind::Organisation);
    assert_eq!(quay.names[1].sort, NameSort::Former);
    assert_eq!(quay.identifiers.len(), 2);
    let ship = entry(&import, "103");
    assert_eq!(
        (ship.kind, ship.countries.as_slice()),
        (EntryKind::Vessel, &["pa".to_owned()][..])
    );
    assert!(
        ship.identifiers
            .iter()
            .any(|id| id.kind == "imo number" && id.value == "9187629")
    );
    let broken: Vec<&str> = import.broken.iter().map(|b| b.place.as_str()).collect();
    assert_eq!(broken, ["ofac-sdn.csv line 4", "ofac-sdn.csv line 5"]);
}

#[test]
fn ofac_advanced_xml() {
    let import = import(&["ofac-advanced.xml"]);
    assert_eq!(import.day.unwrap().to_string(), "2024-02-13");
    let man = entry(&import, "101");
    check_vasilenkov(man);
    check_listed(man, "2014-03-17");
    assert_eq!(
        names(man),
        [
            "Rodion Petrovich VASILENKOV",
            "Родион Петрович ВАСИЛЕНКОВ",
            "Rodik"
        ]
    );
    assert_eq!(quality(man, "Rodik"), NameQuality::Weak);
    assert_eq!(man.programmes, ["HARBOUR-EO1"]);
    assert_eq!(man.birth_places, ["Port Salma, Russia"]);
}

#[test]
fn un_xml() {
    let import = import(&["un.xml"]);
    assert_eq!(import.day.unwrap().to_string(), "2026-02-27");
    let man = entry(&import, "SLi.001");
    assert_eq!(
        names(man),
        [
            "SALEM HADDAD AL-BAHRI",
            "سالم حداد البحري",
            "Salim Haddad",
            "Salem al-Bahri",
            "Abu Salma"
        ]
    );
    check_listed(man, "2014-06-30");
    assert_eq!(quality(man, "Abu Salma"), NameQuality::Weak);
    assert_eq!(man.countries, ["ir"]);
    let births: Vec<String> = man.births.iter().map(ToString::to_string).collect();
    assert_eq!(births, ["1958 to 1960", "1964 to 1966"]);
    assert_eq!(man.identifiers[0].country.as_deref(), Some("ye"));
    // what the file declares itself is not expanded
    assert_eq!(man.remarks, ["Pilot & smuggler"]);
    let front = entry(&import, "SLe.001");
    assert_eq!(
        names(front),
        ["SALMA PILOTS FRONT", "Salma Rowers League", "SPF"]
    );
    assert_eq!(import.broken.len(), 1, "{:?}", import.broken);
}

#[test]
fn eu_in_its_forms() {
    let journal = import(&["eu-journal.csv"]);
    let man = entry(&journal, "32099R0001-I.PERSONS-1");
    check_vasilenkov(man);
    check_listed(man, "2014-03-17");
    assert_eq!(
        names(man),
        [
            "Rodion Petrovich VASILENKOV",
            "Rodion WASILENKOW",
            "Родион Петрович ВАСИЛЕНКОВ",
            "Rodion VASYLENKOV",
            "Rodik"
        ]
    );
    assert_eq!(
        journal.broken.len(),
        1,
        "an entry without a name: {:?}",
        journal.broken
    );

    let xml = import(&["eu.xml"]);
    assert_eq!(xml.day.unwrap().to_string(), "2025-11-03");
    let man = entry(&xml, "EU.101.11");
    check_vasilenkov(man);
    check_listed(man, "2014-03-17");
    assert_eq!(quality(man, "Rodik"), NameQuality::Weak);
    assert_eq!(man.birth_places, ["Port Salma"]);
    check_listed(entry(&xml, "EU.102.22"), "2023-04-23");

    let csv = import(&["eu.csv"]);
    let man = entry(&csv, "EU.101.11");
    check_vasilenkov(man);
    check_listed(man, "2014-03-17");
    assert_eq!(names(man), ["Rodion VASILENKOV", "Родион ВАСИЛЕНКОВ"]);
    assert_eq!(entry(&csv, "EU.102.22").kind, EntryKind::Organisation);
}

#[test]
fn uk_in_its_forms() {
    for file in ["uk.csv", "uk.xml"] {
        let uk = import(&[file]);
        let man = entry(&uk, "SLM0001");
        check_vasilenkov(man);
        check_listed(man, "2014-03-17");
        assert_eq!(man.caption(), "Rodion Petrovich VASILENKOV");
        assert!(
            names(man).contains(&"Родион Петрович ВАСИЛЕНКОВ"),
            "{man:?}"
        );
        assert_eq!(quality(man, "RODIK"), NameQuality::Weak);
    }
    let ship = import(&["uk.xml"]);
    assert_eq!(ship.day.unwrap().to_string(), "2024-02-13");
    assert_eq!(entry(&ship, "SLM0003").kind, EntryKind::Vessel);
    let ofsi = import(&["ofsi.csv"]);
    check_vasilenkov(entry(&ofsi, "14001"));
    assert_eq!(quality(entry(&ofsi, "14001"), "RODIK"), NameQuality::Weak);
}

#[test]
fn follow_the_money_in_its_forms() {
    let lines = import(&["entities.ftm.json"]);
    let man = entry(&lines, "sl-1");
    check_vasilenkov(man);
    check_listed(man, "2014-03-17");
    assert_eq!(man.delisted.unwrap().to_string(), "2020-01-31");
    assert_eq!(quality(man, "Rodik"), NameQuality::Weak);
    assert_eq!(lines.entries.len(), 1);
    assert_eq!(lines.broken.len(), 2, "{:?}", lines.broken);
    let nested = import(&["nested.json"]);
    check_listed(entry(&nested, "sl-1"), "2014-03-17");
    assert_eq!(entry(&nested, "sl-1").programmes, ["SLM"]);
}

#[test]
fn a_csv_of_ones_own() {
    let own = import(&["own.csv"]);
    let man = entry(&own, "W-1");
    assert_eq!(names(man), ["Vasilenkov, Rodion", "Родион Василенков"]);
    check_listed(man, "2014-03-17");
    assert_eq!(entry(&own, "W-2").kind, EntryKind::Organisation);
    // the row whose quotation mark is never closed costs itself alone
    assert_eq!(entry(&own, "W-4").births[0].to_string(), "1965");
    assert_eq!(own.broken[0].place, "own.csv line 4");
}

#[test]
fn what_is_no_list_is_refused() {
    let one = |name: &str, bytes: &[u8]| import_list(vec![ListFile::new(name, bytes)]);
    for bytes in [
        &b""[..],
        b"\x00\xff\x01",
        b"just words",
        b"<html><body>no</body></html>",
    ] {
        assert!(
            matches!(one("x", bytes), Err(ListError::Unknown { .. })),
            "{bytes:?}"
        );
    }
    let empty = one("x.csv", b"name,aliases\n");
    assert!(matches!(empty, Err(ListError::Empty { .. })));
    let (un, own) = (fixture("un.xml"), fixture("own.csv"));
    let mixed = import_list(vec![
        ListFile::new("un", &un[..]),
        ListFile::new("own", &own[..]),
    ]);
    assert!(matches!(mixed, Err(ListError::Mixed { .. })));
}

#[test]
fn hostile_lists_are_bounded() {
    // elements without end
    let deep = format!(
        "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>{}</INDIVIDUAL>\
         <INDIVIDUAL><REFERENCE_NUMBER>A1</REFERENCE_NUMBER><FIRST_NAME>AFTER</FIRST_NAME></INDIVIDUAL></INDIVIDUALS>",
        "<a>".repeat(5_000) + &"</a>".repeat(5_000)
    );
    let import = import_list(vec![ListFile::new("deep.xml", deep.as_bytes())]).unwrap();
    assert_eq!(import.entries.len(), 1, "what comes after is read");
    assert_eq!(import.broken.len(), 1);
    // one record of 40 MB
    let huge = format!(
        "<CONSOLIDATED_LIST><INDIVIDUAL><FIRST_NAME>{}</FIRST_NAME></INDIVIDUAL>\
         <INDIVIDUAL><REFERENCE_NUMBER>A1</REFERENCE_NUMBER><FIRST_NAME>AFTER</FIRST_NAME></INDIVIDUAL></CONSOLIDATED_LIST>",
        "A <b/>".repeat(7 << 20)
    );
    let import = import_list(vec![ListFile::new("huge.xml", huge.as_bytes())]).unwrap();
    assert_eq!(import.entries.len(), 1);
    assert!(!import.broken.is_empty());
    // a name of a megabyte, ten thousand aliases
    let aliases: Vec<String> = (0..10_000).map(|n| format!("Alias {n}")).collect();
    let csv = format!(
        "id,name,aliases\n1,{},x\n2,B,{}\n",
        "N ".repeat(400_000),
        aliases.join(";")
    );
    let import = import_list(vec![ListFile::new("big.csv", csv.as_bytes())]).unwrap();
    assert!(import.entries.iter().all(|e| e.names.len() <= 1_001));
    assert!(
        import
            .entries
            .iter()
            .flat_map(|e| &e.names)
            .all(|n| n.text.chars().count() <= 600)
    );
    // JSON in JSON
    let json = format!(
        "{}{}\n{{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"After\"]}}}}\n",
        "[{\"a\":".repeat(10_000),
        "1"
    );
    let import = import_list(vec![ListFile::new("deep.json", json.as_bytes())]).unwrap();
    assert_eq!((import.entries.len(), import.broken.len()), (1, 1));
}

mod cut_and_changed {
    use super::*;
    use proptest::prelude::*;

    const FILES: [&str; 10] = [
        "ofac-sdn.csv",
        "un.xml",
        "eu-journal.csv",
        "eu.xml",
        "eu.csv",
        "uk.csv",
        "uk.xml",
        "ofac-advanced.xml",
        "entities.ftm.json",
        "own.csv",
    ];

    proptest! {
        /// Bytes anywhere in any list may be any bytes: no panic, and every entry has a name.
        #[test]
        fn any_bytes(file in 0..FILES.len(), cut in any::<proptest::sample::Index>(),
                     changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..8)) {
            let mut bytes = fixture(FILES[file]);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
            if let Ok(import) = import_list(vec![ListFile::new("changed", &bytes[..])]) {
                for entry in import.entries {
                    prop_assert!(!entry.names.is_empty() && !entry.id.is_empty());
                }
            }
        }
    }
}

#[test]
fn columns_of_an_own_list_have_their_usual_names_in_three_languages() {
    let table = |head: &str, row: &str| {
        let bytes = format!("{head}\n{row}\n").into_bytes();
        import_list(vec![ListFile::new("own.csv", &bytes[..])]).unwrap()
    };
    for (head, row) in [
        (
            "id,name,born,passport number",
            "A-1,Jaber AL-DAHMANI,1961,N 4417",
        ),
        (
            "id,имя,год рождения,паспорт",
            "A-1,Джабер Дахмани,1961,N 4417",
        ),
        (
            "id,الاسم,سنة الميلاد,جواز السفر",
            "A-1,جابر الدهماني,1961,N 4417",
        ),
    ] {
        let import = table(head, row);
        let man = entry(&import, "A-1");
        let births: Vec<String> = man.births.iter().map(ToString::to_string).collect();
        assert_eq!(births, ["1961"], "{head}");
        assert_eq!(man.identifiers.len(), 1, "{head}");
    }
}
