//! Hits on lists.

use madar_case::answer;
use madar_case::{DatedStatus, ScreenedEntity as Screened, Verdict};
use madar_link::Status;
use madar_text::{ListEntry, NameQuality, NameSort};
use serde::Serialize;
use utoipa::ToSchema;

/// A name of an entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryName {
    pub(crate) name: String,
    pub(crate) sort: &'static str,
    pub(crate) weak: bool,
}

/// An entry of a list as the list states it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) caption: String,
    pub(crate) names: Vec<EntryName>,
    pub(crate) births: Vec<String>,
    pub(crate) birth_places: Vec<String>,
    pub(crate) countries: Vec<String>,
    /// *passport 44N2592883 (ru)*
    pub(crate) identifiers: Vec<String>,
    pub(crate) programmes: Vec<String>,
    pub(crate) positions: Vec<String>,
    pub(crate) listed: Option<String>,
    pub(crate) delisted: Option<String>,
    pub(crate) remarks: Vec<String>,
}

impl From<&ListEntry> for Entry {
    fn from(entry: &ListEntry) -> Self {
        let name = |name: &madar_text::EntryName| EntryName {
            name: name.text.clone(),
            sort: match name.sort {
                NameSort::Primary => "primary",
                NameSort::Alias => "alias",
                NameSort::Former => "former",
            },
            weak: name.quality == NameQuality::Weak,
        };
        let number = |held: &madar_text::Identifier| match &held.country {
            Some(country) => format!("{} {} ({country})", held.kind, held.value),
            None => format!("{} {}", held.kind, held.value),
        };
        Self {
            id: entry.id.clone(),
            kind: entry.kind.name(),
            caption: entry.caption().to_owned(),
            names: entry.names.iter().map(name).collect(),
            births: entry.births.iter().map(ToString::to_string).collect(),
            birth_places: entry.birth_places.clone(),
            countries: entry.countries.clone(),
            identifiers: entry.identifiers.iter().map(number).collect(),
            programmes: entry.programmes.clone(),
            positions: entry.positions.clone(),
            listed: entry.listed.map(|day| day.to_string()),
            delisted: entry.delisted.map(|day| day.to_string()),
            remarks: entry.remarks.clone(),
        }
    }
}

/// What was compared besides names.
#[derive(Serialize, ToSchema)]
pub(crate) struct Feature {
    pub(crate) feature: &'static str,
    #[schema(example = "raises")]
    pub(crate) effect: &'static str,
    pub(crate) says: String,
}

/// Whether an entry was listed on some day.
#[derive(Serialize, ToSchema)]
pub(crate) struct Standing {
    pub(crate) on: String,
    #[schema(example = "listed")]
    pub(crate) status: &'static str,
    pub(crate) why: String,
    /// The claim or document whose day it is.
    pub(crate) of: Option<String>,
}

/// A match with a list's entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hit {
    pub(crate) list: String,
    pub(crate) entry: Entry,
    pub(crate) score: f64,
    /// Of the names alone.
    pub(crate) name_score: f64,
    /// The two names that are most alike: the one in hand, the list's.
    pub(crate) matched: [String; 2],
    pub(crate) reasons: Vec<String>,
    pub(crate) features: Vec<Feature>,
    /// On the days of dated claims.
    pub(crate) on_event: Vec<Standing>,
    /// On the days of publication.
    pub(crate) on_publication: Vec<Standing>,
    pub(crate) today: Option<Standing>,
    pub(crate) decision: Option<&'static str>,
    /// Day of the latest snapshot that has the entry.
    pub(crate) snapshot: String,
    /// Day of the latest snapshot of the list, where that no longer has it.
    pub(crate) gone: Option<String>,
}

impl From<&answer::Hit> for Hit {
    fn from(hit: &answer::Hit) -> Self {
        let matched = &hit.matched;
        let feature = |feature: &madar_link::Feature| Feature {
            feature: feature.sort.name(),
            effect: feature.effect.name(),
            says: feature.says.clone(),
        };
        let dated = |dated: &DatedStatus| standing(&dated.status, dated.of.clone());
        Self {
            list: hit.list.clone(),
            entry: (&hit.entry).into(),
            score: matched.score.as_f64(),
            name_score: matched.names.as_f64(),
            matched: [matched.pair.0.clone(), matched.pair.1.clone()],
            reasons: matched
                .likeness
                .reasons()
                .iter()
                .map(ToString::to_string)
                .collect(),
            features: matched.features.iter().map(feature).collect(),
            on_event: hit.events.iter().map(dated).collect(),
            on_publication: hit.publications.iter().map(dated).collect(),
            today: hit.today.as_ref().map(|status| standing(status, None)),
            decision: hit.verdict.map(Verdict::name),
            snapshot: hit.snapshot.to_string(),
            gone: hit.gone.map(|day| day.to_string()),
        }
    }
}

fn standing(status: &Status, of: Option<String>) -> Standing {
    Standing {
        on: status.on.to_string(),
        status: status.standing.name(),
        why: status.why.clone(),
        of,
    }
}

/// An entity of the case with its hits.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScreenedEntity {
    pub(crate) entity: String,
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) hits: Vec<Hit>,
}

impl From<&Screened> for ScreenedEntity {
    fn from(screened: &Screened) -> Self {
        Self {
            entity: screened.entity.clone(),
            kind: screened.kind.name(),
            name: screened.name.clone(),
            hits: screened.hits.iter().map(Hit::from).collect(),
        }
    }
}
