//! The UK sanctions list as XML: one `Designation` each, with its names, variations and aliases.

use std::io::BufRead;

use madar_text::{NameQuality, NameSort};

use super::draft::{Draft, kind_of};
use super::xml::{Found, Node, records};
use super::{Lists, Row};

pub(crate) fn read(input: &mut dyn BufRead, lists: &mut Lists<'_>) {
    let mut number = 0;
    let wanted = ["DateGenerated", "Designation"];
    records(input, &wanted, lists, &mut |found, lists| match found {
        Found::Root(_) => {}
        Found::Record(record) if record.name == "DateGenerated" => lists.dated(record.text()),
        Found::Record(record) => {
            number += 1;
            add(&record, number, lists);
        }
    });
}

fn add(record: &Node, number: u64, lists: &mut Lists<'_>) {
    let id = record.child("UniqueID");
    if id.is_empty() {
        lists.broken(Row::Record(number), "it has no unique id");
        return;
    }
    let place = lists.place(Row::Record(number));
    let draft = lists.drafts.of(id, || place);
    if let Some(kind) = kind_of(record.child("IndividualEntityShip")) {
        draft.kind(kind);
    }
    draft.listed(record.child("DateDesignated"));
    draft.programme(record.child("RegimeName"));
    for field in ["UKStatementofReasons", "OtherInformation"] {
        draft.remark(record.child(field));
    }
    names(record, draft);
    details(record, draft);
}

fn names(record: &Node, draft: &mut Draft) {
    for name in record.path(&["Names", "Name"]) {
        let parts = ["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"];
        let parts: Vec<&str> = parts
            .iter()
            .map(|part| name.child(part))
            .filter(|part| !part.is_empty())
            .collect();
        let word = name.child("NameType").to_lowercase();
        let sort = if word.contains("primary") && !word.contains("variation") {
            NameSort::Primary
        } else {
            NameSort::Alias
        };
        let low = name.child("AliasStrength").to_lowercase().contains("low");
        let quality = if low {
            NameQuality::Weak
        } else {
            NameQuality::Good
        };
        draft.whole_name(&parts.join(" "), sort, quality);
    }
    for name in record.path(&["NonLatinNames", "NonLatinName", "NameNonLatinScript"]) {
        draft.name(name.text(), NameSort::Alias, NameQuality::Good);
    }
}

fn details(record: &Node, draft: &mut Draft) {
    let person = ["IndividualDetails", "Individual"];
    let values = |path: [&'static str; 2]| {
        let path = [person[0], person[1], path[0], path[1]];
        let found = record.path(&path).into_iter();
        found.map(|node| node.text().to_owned()).collect::<Vec<_>>()
    };
    for birth in values(["DOBs", "DOB"]) {
        draft.birth(&birth);
    }
    for nationality in values(["Nationalities", "Nationality"]) {
        draft.country(&nationality);
    }
    for position in values(["Positions", "Position"]) {
        draft.position(&position);
    }
    for place in record.path(&[
        "IndividualDetails",
        "Individual",
        "BirthDetails",
        "Location",
    ]) {
        let parts = ["TownOfBirth", "CountryOfBirth"].map(|part| place.child(part));
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        draft.birth_place(&parts.join(", "));
    }
    let numbers = [
        (
            "passport",
            ["PassportDetails", "Passport", "PassportNumber"],
        ),
        (
            "identity number",
            [
                "NationalIdentifierDetails",
                "NationalIdentifier",
                "NationalIdentifierNumber",
            ],
        ),
    ];
    for (kind, path) in numbers {
        let path = [person[0], person[1], path[0], path[1], path[2]];
        for number in record.path(&path) {
            draft.identifier(kind, number.text(), None);
        }
    }
    for number in record.path(&[
        "EntityDetails",
        "Entity",
        "BusinessRegistrationNumbers",
        "BusinessRegistrationNumber",
    ]) {
        draft.identifier("registration number", number.text(), None);
    }
    for number in record.path(&["ShipDetails", "Ship", "IMONumbers", "IMONumber"]) {
        draft.identifier("IMO number", number.text(), None);
    }
}
