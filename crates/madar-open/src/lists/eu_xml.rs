//! The consolidated list of the EU's Financial Sanctions Database as XML: one `sanctionEntity` each.

use std::io::BufRead;

use madar_text::{DayRange, NameQuality, NameSort};

use super::draft::{Draft, kind_of};
use super::xml::{Found, Node, records};
use super::{Lists, Row, countries, dates};

pub(crate) fn read(input: &mut dyn BufRead, lists: &mut Lists<'_>) {
    let mut number = 0;
    records(
        input,
        &["sanctionEntity"],
        lists,
        &mut |found, lists| match found {
            Found::Root(root) => lists.dated(root.attribute("generationDate")),
            Found::Record(record) => {
                number += 1;
                add(&record, number, lists);
            }
        },
    );
}

fn add(record: &Node, number: u64, lists: &mut Lists<'_>) {
    let ids = ["euReferenceNumber", "logicalId"].map(|name| record.attribute(name));
    let Some(id) = ids.into_iter().find(|id| !id.is_empty()) else {
        lists.broken(Row::Record(number), "it has no reference number");
        return;
    };
    let place = lists.place(Row::Record(number));
    let draft = lists.drafts.of(id, || place);
    for subject in record.all("subjectType") {
        let words = [
            subject.attribute("code"),
            subject.attribute("classificationCode"),
        ];
        if let Some(kind) = words.into_iter().find_map(kind_of) {
            draft.kind(kind);
        }
    }
    draft.listed(record.attribute("designationDate"));
    for regulation in record.all("regulation") {
        draft.programme(regulation.attribute("programme"));
        if record.attribute("designationDate").is_empty() {
            draft.listed(regulation.attribute("entryIntoForceDate"));
        }
    }
    names(record, draft);
    for citizenship in record.all("citizenship") {
        country(citizenship, draft);
    }
    for birth in record.all("birthdate") {
        born(birth, draft);
    }
    for number in record.all("identification") {
        let words = ["identificationTypeDescription", "identificationTypeCode"];
        let kind = words.map(|name| number.attribute(name));
        let kind = kind.into_iter().find(|kind| !kind.is_empty());
        let value = [number.attribute("number"), number.attribute("latinNumber")];
        let value = value.into_iter().find(|value| !value.is_empty());
        draft.identifier(
            kind.unwrap_or("number"),
            value.unwrap_or_default(),
            countries::known(number.attribute("countryIso2Code")),
        );
    }
    for remark in record.all("remark") {
        draft.remark(remark.text());
    }
}

fn names(record: &Node, draft: &mut Draft) {
    let mut sort = NameSort::Primary;
    for alias in record.all("nameAlias") {
        let whole = alias.attribute("wholeName");
        let parts = ["firstName", "middleName", "lastName"].map(|part| alias.attribute(part));
        let joined = parts.join(" ");
        let text = if whole.is_empty() { &joined } else { whole };
        let quality = if alias.attribute("strong") == "false" {
            NameQuality::Weak
        } else {
            NameQuality::Good
        };
        draft.whole_name(text, sort, quality);
        draft.position(alias.attribute("function"));
        sort = NameSort::Alias;
    }
}

fn country(node: &Node, draft: &mut Draft) {
    let code = countries::known(node.attribute("countryIso2Code"));
    draft.country(
        code.as_deref()
            .unwrap_or(node.attribute("countryDescription")),
    );
}

fn born(birth: &Node, draft: &mut Draft) {
    let number = |name| dates::year(birth.attribute(name));
    let circa = birth.attribute("circa") == "true";
    if let (Some(from), Some(to)) = (number("yearRangeFrom"), number("yearRangeTo")) {
        draft.birth_range(DayRange::years(from, to));
    } else if !birth.attribute("birthdate").is_empty() && !circa {
        draft.birth(birth.attribute("birthdate"));
    } else if let Some(year) = number("year") {
        let off = i16::from(circa);
        draft.birth_range(DayRange::years(year - off, year + off));
    }
    let words = ["place", "city", "region", "countryDescription"].map(|name| birth.attribute(name));
    let words: Vec<&str> = words
        .into_iter()
        .filter(|word| !word.is_empty() && *word != "UNKNOWN")
        .collect();
    draft.birth_place(&words.join(", "));
}
