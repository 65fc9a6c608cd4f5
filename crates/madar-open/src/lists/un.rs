//! The consolidated list of the UN Security Council: one element to an individual or entity, its name
//! in up to four fields, aliases with their quality.

use std::io::BufRead;

use madar_text::{DayRange, EntryKind, NameQuality, NameSort};

use super::draft::Draft;
use super::xml::{Found, Node, records};
use super::{Lists, Row, countries, dates};

pub(crate) fn read(input: &mut dyn BufRead, lists: &mut Lists<'_>) {
    let mut number = 0;
    records(
        input,
        &["INDIVIDUAL", "ENTITY"],
        lists,
        &mut |found, lists| match found {
            Found::Root(root) => lists.dated(root.attribute("dateGenerated")),
            Found::Record(record) => {
                number += 1;
                add(&record, number, lists);
            }
        },
    );
}

fn add(record: &Node, number: u64, lists: &mut Lists<'_>) {
    let reference = record.child("REFERENCE_NUMBER");
    let id = if reference.is_empty() {
        record.child("DATAID")
    } else {
        reference
    };
    if id.is_empty() {
        lists.broken(Row::Record(number), "it has no reference number");
        return;
    }
    let place = lists.place(Row::Record(number));
    let draft = lists.drafts.of(id, || place);
    draft.kind(if record.name == "INDIVIDUAL" {
        EntryKind::Person
    } else {
        EntryKind::Organisation
    });
    names(record, draft);
    for kin in ["NATIONALITY", "NATIONALITY2"] {
        for value in record.path(&[kin, "VALUE"]) {
            draft.country(value.text());
        }
    }
    draft.programme(record.child("UN_LIST_TYPE"));
    draft.listed(record.child("LISTED_ON"));
    draft.delisted(record.child("DELISTED_ON"));
    for value in record.path(&["DESIGNATION", "VALUE"]) {
        draft.position(value.text());
    }
    draft.remark(record.child("COMMENTS1"));
    births(record, draft);
    for document in record.all("INDIVIDUAL_DOCUMENT") {
        let kind = document.child("TYPE_OF_DOCUMENT");
        let kind = if kind.is_empty() { "document" } else { kind };
        let country = [
            document.child("ISSUING_COUNTRY"),
            document.child("COUNTRY_OF_ISSUE"),
        ];
        let country = country.into_iter().find_map(countries::known);
        draft.identifier(kind, document.child("NUMBER"), country);
    }
}

fn names(record: &Node, draft: &mut Draft) {
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
    let parts: Vec<&str> = parts
        .iter()
        .map(|part| record.child(part))
        .filter(|part| !part.is_empty())
        .collect();
    draft.name(&parts.join(" "), NameSort::Primary, NameQuality::Good);
    draft.name(
        record.child("NAME_ORIGINAL_SCRIPT"),
        NameSort::Alias,
        NameQuality::Good,
    );
    let aliases = record
        .all("INDIVIDUAL_ALIAS")
        .chain(record.all("ENTITY_ALIAS"));
    for alias in aliases {
        let (sort, quality) = match alias.child("QUALITY").to_lowercase().as_str() {
            "low" => (NameSort::Alias, NameQuality::Weak),
            "f.k.a." | "fka" => (NameSort::Former, NameQuality::Good),
            _ => (NameSort::Alias, NameQuality::Good),
        };
        draft.name(alias.child("ALIAS_NAME"), sort, quality);
    }
}

fn births(record: &Node, draft: &mut Draft) {
    for birth in record.all("INDIVIDUAL_DATE_OF_BIRTH") {
        let about = birth
            .child("TYPE_OF_DATE")
            .to_lowercase()
            .starts_with("approx");
        let year = |name| dates::year(birth.child(name));
        if let (Some(from), Some(to)) = (year("FROM_YEAR"), year("TO_YEAR")) {
            draft.birth_range(DayRange::years(from, to));
            continue;
        }
        let told = [birth.child("DATE"), birth.child("YEAR")];
        let told = told.into_iter().find_map(dates::range);
        let Some(range) = told else { continue };
        draft.birth_range(if about {
            DayRange::years(range.first.year - 1, range.last.year + 1)
        } else {
            range
        });
    }
    for place in record.all("INDIVIDUAL_PLACE_OF_BIRTH") {
        let parts = ["CITY", "STATE_PROVINCE", "COUNTRY"].map(|part| place.child(part));
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        draft.birth_place(&parts.join(", "));
    }
}
