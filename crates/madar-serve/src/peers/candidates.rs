//! Whom a query may mean, in the form of FollowTheMoney: entries of lists and entities of the case alike.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use madar_case::{Screening, Tongue};
use madar_link::{Match, Profile, ProfileKind, compare};
use madar_names::Score;
use madar_read::EntityKind;
use madar_text::{Day, DayRange, EntryKind, ListEntry, fold};
use serde_json::{Value, json};

use crate::desk::{Laid, Told};
use crate::failure::Problem;

/// Everything of all lists.
pub(super) const LISTS: &str = "lists";
/// The case's own entities.
pub(super) const CASE: &str = "case";
/// yente's name for everything it has: what an unmodified client asks for.
const DEFAULT: &str = "default";

/// Somebody who may be meant.
pub(super) struct Candidate {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) schema: &'static str,
    pub(super) properties: BTreeMap<&'static str, Vec<String>>,
    pub(super) dataset: String,
    /// Day of the latest snapshot that has it; of an entity of the case there is none.
    pub(super) last_seen: Option<Day>,
    pub(super) score: f64,
    pub(super) matched: Option<Match>,
}

/// What is asked for.
pub(super) struct Query {
    pub(super) names: Vec<String>,
    pub(super) schema: String,
    pub(super) births: Vec<String>,
    pub(super) countries: Vec<String>,
}

impl Query {
    fn profile(&self) -> Profile {
        let kind = match self.schema.as_str() {
            "Person" => ProfileKind::Person,
            "Thing" | "LegalEntity" | "" => ProfileKind::Unknown,
            _ => ProfileKind::Thing,
        };
        let names = self.names.iter().map(|name| (name.as_str(), false));
        Profile {
            births: self.births.iter().filter_map(|words| born(words)).collect(),
            countries: self.countries.iter().map(|c| c.to_lowercase()).collect(),
            ..Profile::named(kind, names)
        }
    }
}

/// *1962-03-04*, *1962*.
fn born(words: &str) -> Option<DayRange> {
    if let Some(day) = Day::parse(words) {
        return Some(DayRange::day(day));
    }
    let year: i16 = words.get(..4)?.parse().ok()?;
    Some(DayRange::years(year, year))
}

/// Whether the case has such a dataset.
pub(super) fn known(dataset: &str, laid: &Laid) -> Result<(), Problem> {
    let is = [LISTS, CASE, DEFAULT].contains(&dataset)
        || laid
            .snapshots
            .iter()
            .any(|snapshot| snapshot.list == dataset);
    if is {
        return Ok(());
    }
    let error = format!("no dataset is named {dataset:?}");
    let hint = "the datasets are lists, case, and each list by its name: /catalog";
    Err(Problem::new(StatusCode::NOT_FOUND, error, hint))
}

/// Entities of the case among which words are looked for.
const MOST: usize = 500;

/// The most alike first.
pub(super) fn candidates(
    query: &Query,
    dataset: &str,
    least: Score,
    told: &Told,
) -> Vec<Candidate> {
    let profile = query.profile();
    let mut out = Vec::new();
    if dataset != CASE
        && let Some(register) = told.asked.register()
    {
        let wanted = Screening {
            threshold: least,
            list: (![LISTS, DEFAULT].contains(&dataset)).then(|| dataset.to_owned()),
            dismissed: true,
            ..Screening::usual()
        };
        for name in query.names.iter().take(1) {
            for hit in register.hits_of_name(name, &profile, &wanted) {
                out.push(Candidate {
                    score: hit.matched.score.as_f64(),
                    last_seen: Some(hit.snapshot),
                    matched: Some(hit.matched),
                    ..of_entry(&hit.list, &hit.entry)
                });
            }
        }
    }
    if dataset == CASE || dataset == DEFAULT {
        let names: Vec<&str> = query.names.iter().map(String::as_str).collect();
        let near = told.asked.near(&names);
        for one in near.iter().filter(|one| one.named) {
            let kind = match one.kind {
                EntityKind::Person => ProfileKind::Person,
                _ => ProfileKind::Thing,
            };
            let names = one.names.iter().map(|name| (name.as_str(), false));
            let found = compare(&profile, &Profile::named(kind, names));
            if let Some(matched) = found.filter(|matched| matched.score >= least) {
                out.push(Candidate {
                    score: matched.score.as_f64(),
                    matched: Some(matched),
                    ..of_entity(one)
                });
            }
        }
    }
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    out
}

fn of_entry(list: &str, entry: &ListEntry) -> Candidate {
    let mut properties: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut put = |key, values: Vec<String>| {
        if !values.is_empty() {
            properties.insert(key, values);
        }
    };
    put(
        "name",
        entry.names.iter().map(|name| name.text.clone()).collect(),
    );
    put(
        "birthDate",
        entry.births.iter().map(ToString::to_string).collect(),
    );
    put("birthPlace", entry.birth_places.clone());
    put("country", entry.countries.clone());
    put("position", entry.positions.clone());
    put("program", entry.programmes.clone());
    put(
        "idNumber",
        entry
            .identifiers
            .iter()
            .map(|held| held.value.clone())
            .collect(),
    );
    put("notes", entry.remarks.clone());
    put("topics", vec!["sanction".to_owned()]);
    Candidate {
        id: format!("{list}:{}", entry.id),
        caption: entry.caption().to_owned(),
        schema: match entry.kind {
            EntryKind::Person => "Person",
            EntryKind::Organisation => "Organization",
            EntryKind::Vessel => "Vessel",
            EntryKind::Aircraft => "Airplane",
            EntryKind::Other => "LegalEntity",
        },
        properties,
        dataset: list.to_owned(),
        last_seen: None,
        score: 1.0,
        matched: None,
    }
}

fn of_entity(one: &madar_case::Someone) -> Candidate {
    let names = one.names.iter().filter(|name| **name != one.name).cloned();
    Candidate {
        id: one.entity.clone(),
        caption: one.name.clone(),
        schema: match one.kind {
            EntityKind::Person => "Person",
            EntityKind::Company => "Company",
            EntityKind::PublicBody => "PublicBody",
            EntityKind::Organization => "Organization",
            EntityKind::Asset => "Asset",
            EntityKind::Place => "Address",
            EntityKind::Paper => "Document",
            EntityKind::Group => "LegalEntity",
        },
        properties: BTreeMap::from([("name", vec![one.name.clone()]), ("alias", names.collect())]),
        dataset: CASE.to_owned(),
        last_seen: None,
        score: 1.0,
        matched: None,
    }
}

/// Whatever goes by an id.
pub(super) fn by_id(id: &str, told: &Told) -> Option<Candidate> {
    if let Some(one) = told.asked.someone(id) {
        return Some(of_entity(&one));
    }
    let listing = told.asked.register()?.entry_named(id).ok()?;
    Some(of_entry(&listing.list, &listing.entry))
}

/// Names in which each word of a query stands, without scoring.
pub(super) fn holding(query: &str, dataset: &str, told: &Told) -> Vec<Candidate> {
    let folded = fold(query);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let holds = |name: &str| {
        let name = fold(name);
        words.iter().all(|word| name.contains(word))
    };
    let mut out = Vec::new();
    if dataset != CASE {
        let listings = told
            .asked
            .register()
            .map_or(&[][..], |register| register.listings());
        for held in listings {
            let wanted = [LISTS, DEFAULT].contains(&dataset) || held.list == dataset;
            if wanted && held.entry.names.iter().any(|name| holds(&name.text)) {
                out.push(of_entry(&held.list, &held.entry));
            }
        }
    }
    if dataset == CASE || dataset == DEFAULT {
        let found = told.asked.holding(query, MOST);
        out.extend(found.iter().map(of_entity));
    }
    out
}

impl Candidate {
    /// As yente tells an entity.
    pub(super) fn entity(&self) -> Value {
        let seen = self.last_seen.map(|day| format!("{day}T00:00:00"));
        json!({
            "id": self.id,
            "caption": self.caption,
            "schema": self.schema,
            "properties": self.properties,
            "datasets": [self.dataset],
            "referents": [],
            "target": self.dataset != CASE,
            "first_seen": null,
            "last_seen": seen,
            "last_change": null,
        })
    }

    /// The same with its score and why.
    pub(super) fn scored(&self, threshold: f64) -> Value {
        let mut value = self.entity();
        value["score"] = json!(self.score);
        value["match"] = json!(self.score >= threshold);
        if let Some(matched) = &self.matched {
            let reasons = matched.likeness.reasons().iter().map(ToString::to_string);
            let mut explained = json!({
                "name_match": {
                    "score": matched.names.as_f64(),
                    "detail": reasons.collect::<Vec<_>>().join("; "),
                    "query": matched.pair.0,
                    "candidate": matched.pair.1,
                }
            });
            for feature in &matched.features {
                let effect = feature.effect.name();
                explained[feature.sort.name().replace(' ', "_")] = json!({
                    "score": if effect == "raises" { 1.0 } else { 0.0 },
                    "detail": format!("{effect}: {}", feature.says),
                    "query": null,
                    "candidate": null,
                });
            }
            value["explanations"] = explained;
        }
        value
    }
}

/// Answers of these forms are for programs and worded in English.
pub(super) const TONGUE: Tongue = Tongue::En;

/// A number from 0 to 1 as a score.
pub(super) fn score(number: f64) -> Score {
    let parts = (0..=10_000).find(|parts| f64::from(*parts) / 10_000.0 >= number - 1e-9);
    Score::from_ten_thousandths(parts.unwrap_or(10_000))
}
