//! FollowTheMoney: one JSON object to a line, links by id or, in the nested form of OpenSanctions, the
//! linked thing itself in its place. What is a person, a body, a vessel becomes an entry; a `Sanction`
//! dates the entry that it points to.

use std::io::BufRead;

use madar_text::{EntryKind, NameQuality, NameSort};
use serde_json::Value;

use super::draft::Draft;
use super::{Lists, MAX_RECORD, Row};

/// Properties that are names, as far as each is trusted.
const NAMES: [(&str, NameSort, NameQuality); 6] = [
    ("name", NameSort::Primary, NameQuality::Good),
    ("alias", NameSort::Alias, NameQuality::Good),
    ("abbreviation", NameSort::Alias, NameQuality::Weak),
    ("weakAlias", NameSort::Alias, NameQuality::Weak),
    ("previousName", NameSort::Former, NameQuality::Good),
    ("callSign", NameSort::Alias, NameQuality::Weak),
];
const NUMBERS: [(&str, &str); 15] = [
    ("passportNumber", "passport"),
    ("idNumber", "identity number"),
    ("socialSecurityNumber", "identity number"),
    ("innCode", "tax number"),
    ("taxNumber", "tax number"),
    ("vatCode", "tax number"),
    ("ogrnCode", "registration number"),
    ("registrationNumber", "registration number"),
    ("okpoCode", "OKPO"),
    ("leiCode", "LEI"),
    ("swiftBic", "SWIFT/BIC"),
    ("dunsCode", "DUNS number"),
    ("imoNumber", "IMO number"),
    ("mmsi", "MMSI"),
    ("wikidataId", "Wikidata"),
];
const COUNTRIES: [&str; 5] = [
    "nationality",
    "citizenship",
    "country",
    "jurisdiction",
    "flag",
];

pub(crate) fn read(input: &mut dyn BufRead, lists: &mut Lists<'_>) {
    let mut line = Vec::new();
    let mut number = 0;
    // sanctions may come before what they are of
    let mut sanctions: Vec<(String, Value)> = Vec::new();
    loop {
        number += 1;
        line.clear();
        match super::limited_line(input, &mut line) {
            Ok(0) => break,
            Ok(_) if line.len() > MAX_RECORD => {
                lists.broken(Row::Line(number), "the line is too long");
                continue;
            }
            Ok(_) => {}
            Err(error) => {
                lists.broken(Row::Line(number), &error.to_string());
                break;
            }
        }
        let text = line.trim_ascii();
        // a list in brackets, an object to a line, is read as well
        let text = text.strip_suffix(b",").unwrap_or(text);
        if matches!(text, b"" | b"[" | b"]") {
            continue;
        }
        match serde_json::from_slice::<Value>(text) {
            Ok(value) => {
                if let Err(reason) = add(&value, number, &mut sanctions, lists) {
                    lists.broken(Row::Line(number), reason);
                }
            }
            Err(error) => lists.broken(Row::Line(number), &error.to_string()),
        }
    }
    for (of, sanction) in sanctions {
        if let Some(draft) = lists.drafts.known(&of) {
            self::sanction(&sanction, draft);
        }
    }
}

fn add(
    value: &Value,
    number: u64,
    sanctions: &mut Vec<(String, Value)>,
    lists: &mut Lists<'_>,
) -> Result<(), &'static str> {
    let id = value["id"].as_str().unwrap_or_default();
    let schema = value["schema"].as_str().ok_or("it has no schema")?;
    if id.is_empty() {
        return Err("it has no id");
    }
    if schema == "Sanction" {
        for of in texts(value, "entity") {
            sanctions.push((of.to_owned(), value.clone()));
        }
        return Ok(());
    }
    let Some(kind) = kind(schema) else {
        return Ok(()); // addresses, papers, ties: no entries
    };
    let place = lists.place(Row::Line(number));
    let draft = lists.drafts.of(id, || place);
    draft.kind(kind);
    entry(value, draft);
    for nested in value["properties"]["sanctions"]
        .as_array()
        .into_iter()
        .flatten()
    {
        sanction(nested, draft);
    }
    Ok(())
}

fn kind(schema: &str) -> Option<EntryKind> {
    Some(match schema {
        "Person" => EntryKind::Person,
        "LegalEntity" | "Organization" | "Company" | "PublicBody" => EntryKind::Organisation,
        "Vessel" => EntryKind::Vessel,
        "Airplane" => EntryKind::Aircraft,
        "Asset" | "CryptoWallet" | "Security" | "Vehicle" | "RealEstate" => EntryKind::Other,
        _ => return None,
    })
}

/// The texts of a property; things nested in it give their id.
fn texts<'a>(value: &'a Value, property: &str) -> Vec<&'a str> {
    let values = &value["properties"][property];
    let text = |value: &'a Value| value.as_str().or_else(|| value["id"].as_str());
    match values {
        Value::Array(all) => all.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    }
}

fn entry(value: &Value, draft: &mut Draft) {
    if let Some(caption) = value["caption"].as_str() {
        draft.whole_name(caption, NameSort::Primary, NameQuality::Good);
    }
    for (property, sort, quality) in NAMES {
        for (at, name) in texts(value, property).into_iter().enumerate() {
            // where there is no caption, the first name is the one it goes by
            let sort = if at > 0 && sort == NameSort::Primary {
                NameSort::Alias
            } else {
                sort
            };
            let captioned = sort == NameSort::Primary && !value["caption"].is_null();
            let sort = if captioned { NameSort::Alias } else { sort };
            draft.whole_name(name, sort, quality);
        }
    }
    for birth in texts(value, "birthDate") {
        draft.birth(birth);
    }
    for place in texts(value, "birthPlace") {
        draft.birth_place(place);
    }
    for country in COUNTRIES.iter().flat_map(|property| texts(value, property)) {
        draft.country(country);
    }
    for (property, kind) in NUMBERS {
        for number in texts(value, property) {
            draft.identifier(kind, number, None);
        }
    }
    for programme in ["program", "programId"]
        .iter()
        .flat_map(|property| texts(value, property))
    {
        draft.programme(programme);
    }
    for position in texts(value, "position") {
        draft.position(position);
    }
    for remark in texts(value, "notes") {
        draft.remark(remark);
    }
}

fn sanction(value: &Value, draft: &mut Draft) {
    for property in ["listingDate", "startDate"] {
        for day in texts(value, property) {
            draft.listed(day);
        }
    }
    for day in texts(value, "endDate") {
        draft.delisted(day);
    }
    for programme in ["program", "programId"]
        .iter()
        .flat_map(|property| texts(value, property))
    {
        draft.programme(programme);
    }
}
