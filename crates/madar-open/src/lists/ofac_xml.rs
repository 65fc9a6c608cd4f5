//! OFAC's advanced XML: tables of reference values, then places, papers, parties and entries that
//! point to each other by number. The only form of OFAC's lists with names in their own scripts.

use std::collections::BTreeMap;
use std::io::BufRead;

use madar_text::{DayRange, EntryKind, Identifier, NameQuality, NameSort};

use super::draft::Draft;
use super::xml::{Found, Node, records};
use super::{Lists, Row, countries, dates};

const RECORDS: [&str; 10] = [
    "DateOfIssue",
    "AliasType",
    "Country",
    "FeatureType",
    "IDRegDocType",
    "NamePartType",
    "PartySubType",
    "Location",
    "IDRegDocument",
    "DistinctParty",
];

/// Tables by the number of a value, and what points forward to parties.
#[derive(Default)]
struct Known {
    alias_types: BTreeMap<String, String>,
    countries: BTreeMap<String, String>,
    feature_types: BTreeMap<String, String>,
    paper_types: BTreeMap<String, String>,
    part_types: BTreeMap<String, String>,
    party_types: BTreeMap<String, String>,
    /// Country of a place.
    places: BTreeMap<String, String>,
    /// Papers by the identity that they are of.
    papers: BTreeMap<String, Vec<Identifier>>,
}

pub(crate) fn read(input: &mut dyn BufRead, lists: &mut Lists<'_>) {
    let mut known = Known::default();
    let mut number = 0;
    let mut wanted = RECORDS.to_vec();
    wanted.push("SanctionsEntry");
    records(input, &wanted, lists, &mut |found, lists| {
        let Found::Record(record) = found else { return };
        match record.name.as_str() {
            "DateOfIssue" => lists.dated(&date(&record).unwrap_or_default()),
            "DistinctParty" => {
                number += 1;
                party(&record, number, &known, lists);
            }
            "SanctionsEntry" => entry(&record, lists),
            _ => known.learn(&record),
        }
    });
}

impl Known {
    fn learn(&mut self, record: &Node) {
        let id = record.attribute("ID").to_owned();
        let text = record.text().to_owned();
        match record.name.as_str() {
            "AliasType" => self.alias_types.insert(id, text),
            "Country" => {
                let iso = countries::known(record.attribute("ISO2"));
                let code = iso.or_else(|| countries::country(&text));
                self.countries.insert(id, code.unwrap_or(text))
            }
            "FeatureType" => self.feature_types.insert(id, text),
            "IDRegDocType" => self.paper_types.insert(id, text),
            "NamePartType" => self.part_types.insert(id, text),
            "PartySubType" => {
                let kind = format!("{} {text}", record.attribute("PartyTypeID"));
                self.party_types.insert(id, kind)
            }
            "Location" => {
                let country = record.all("LocationCountry").next();
                let country = country.map(|node| node.attribute("CountryID"));
                let code = country.and_then(|id| self.countries.get(id));
                code.cloned().and_then(|code| self.places.insert(id, code))
            }
            _ => {
                self.paper(record);
                None
            }
        };
    }

    fn paper(&mut self, record: &Node) {
        let kind = self.paper_types.get(record.attribute("IDRegDocTypeID"));
        let paper = Identifier {
            kind: kind.map_or("number", String::as_str).to_lowercase(),
            value: record.child("IDRegistrationNo").to_owned(),
            country: self
                .countries
                .get(record.attribute("IssuedBy-CountryID"))
                .cloned(),
        };
        let identity = record.attribute("IdentityID").to_owned();
        self.papers.entry(identity).or_default().push(paper);
    }

    fn kind(&self, profile: &Node) -> EntryKind {
        let kind = self.party_types.get(profile.attribute("PartySubTypeID"));
        match kind.map(String::as_str).unwrap_or_default() {
            kind if kind.contains("Vessel") => EntryKind::Vessel,
            kind if kind.contains("Aircraft") => EntryKind::Aircraft,
            // the two types of party that the format has from the beginning
            kind if kind.starts_with("1 ") => EntryKind::Person,
            kind if kind.starts_with("2 ") => EntryKind::Organisation,
            _ => EntryKind::Other,
        }
    }
}

fn party(record: &Node, number: u64, known: &Known, lists: &mut Lists<'_>) {
    let profiles: Vec<&Node> = record.all("Profile").collect();
    if profiles.is_empty() {
        lists.broken(Row::Record(number), "the party has no profile");
    }
    for profile in profiles {
        let id = profile.attribute("ID");
        if id.is_empty() {
            lists.broken(Row::Record(number), "the profile has no number");
            continue;
        }
        let place = lists.place(Row::Record(number));
        let draft = lists.drafts.of(id, || place);
        draft.kind(known.kind(profile));
        draft.remark(record.child("Comment"));
        for identity in profile.all("Identity") {
            names(identity, known, draft);
            for paper in known
                .papers
                .get(identity.attribute("ID"))
                .into_iter()
                .flatten()
            {
                draft.identifier(&paper.kind, &paper.value, paper.country.clone());
            }
        }
        for feature in profile.all("Feature") {
            self::feature(feature, known, draft);
        }
    }
}

fn names(identity: &Node, known: &Known, draft: &mut Draft) {
    let groups = identity.path(&["NamePartGroups", "MasterNamePartGroup", "NamePartGroup"]);
    let kind_of_part: BTreeMap<&str, &str> = groups
        .iter()
        .map(|group| {
            let kind = known.part_types.get(group.attribute("NamePartTypeID"));
            (group.attribute("ID"), kind.map_or("", String::as_str))
        })
        .collect();
    for alias in identity.all("Alias") {
        let kind = known.alias_types.get(alias.attribute("AliasTypeID"));
        let kind = kind.map_or("", String::as_str).to_lowercase();
        let quality = if alias.attribute("LowQuality") == "true" {
            NameQuality::Weak
        } else {
            NameQuality::Good
        };
        for (at, name) in alias.all("DocumentedName").enumerate() {
            // the first is as the list spells it, the others are it in other scripts
            let sort = if kind.starts_with("f.k.a") {
                NameSort::Former
            } else if at == 0 && alias.attribute("Primary") == "true" {
                NameSort::Primary
            } else {
                NameSort::Alias
            };
            let mut given = Vec::new();
            let mut family = Vec::new();
            for part in name.path(&["DocumentedNamePart", "NamePartValue"]) {
                let kind = kind_of_part.get(part.attribute("NamePartGroupID"));
                if kind.is_some_and(|kind| kind.starts_with("Last")) {
                    family.push(part.text());
                } else {
                    given.push(part.text());
                }
            }
            given.append(&mut family);
            draft.whole_name(&given.join(" "), sort, quality);
        }
    }
}

fn feature(feature: &Node, known: &Known, draft: &mut Draft) {
    let kind = known.feature_types.get(feature.attribute("FeatureTypeID"));
    let kind = kind.map_or("", String::as_str);
    for version in feature.all("FeatureVersion") {
        let words: Vec<&str> = version.all("VersionDetail").map(Node::text).collect();
        let words = words.join(" ");
        let places = version.all("VersionLocation");
        let place = places
            .filter_map(|place| known.places.get(place.attribute("LocationID")))
            .next();
        match kind {
            "Birthdate" => draft_births(version, draft),
            "Place of Birth" if words.is_empty() => {
                draft.birth_place(place.map_or("", String::as_str));
            }
            "Place of Birth" => draft.birth_place(&words),
            kind if kind.contains("Nationality") || kind.contains("Citizenship") => {
                draft.country(place.map_or(words.as_str(), String::as_str));
            }
            kind if kind.contains("Title") => draft.position(&words),
            kind if kind.contains("Number") || kind.contains("IMO") || kind.contains("BIC") => {
                draft.identifier(kind, &words, None);
            }
            _ => {}
        }
    }
}

/// A period is from the first day that its start can be to the last that its end can be.
fn draft_births(version: &Node, draft: &mut Draft) {
    for period in version.all("DatePeriod") {
        let first = period.path(&["Start", "From"]);
        let last = period.path(&["End", "To"]);
        let range = |nodes: Vec<&Node>| {
            let text = nodes.first().and_then(|node| date(node));
            text.and_then(|text| dates::range(&text))
        };
        let first = range(first);
        let last = range(last).or(first);
        if let (Some(first), Some(last)) = (first, last) {
            draft.birth_range(DayRange {
                first: first.first.min(last.first),
                last: first.last.max(last.last),
            });
        }
    }
}

/// `Year`, `Month`, `Day` as 2024-02-13, as far as they are there.
fn date(node: &Node) -> Option<String> {
    let [year, month, day] = ["Year", "Month", "Day"].map(|part| node.child(part));
    let two = |text: &str| format!("{:0>2}", text.trim());
    match (year, month, day) {
        ("", _, _) => None,
        (year, "", _) => Some(year.to_owned()),
        (year, month, "") => Some(format!("{year}-{}", two(month))),
        (year, month, day) => Some(format!("{year}-{}-{}", two(month), two(day))),
    }
}

fn entry(record: &Node, lists: &mut Lists<'_>) {
    let Some(draft) = lists.drafts.known(record.attribute("ProfileID")) else {
        return;
    };
    for event in record.path(&["EntryEvent", "Date"]) {
        draft.listed(&date(event).unwrap_or_default());
    }
    for measure in record.path(&["SanctionsMeasure", "Comment"]) {
        draft.programme(measure.text());
    }
}
