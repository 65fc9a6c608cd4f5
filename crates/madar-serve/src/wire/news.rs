//! What is new, and the versions of an article.

use madar_case::answer;
use serde::Serialize;
use utoipa::ToSchema;

use super::line::{Difference, Line, Telling};
use super::{DocumentLine, ScreenedEntity};

/// Somebody or something, by id and name.
#[derive(Serialize, ToSchema)]
pub(crate) struct Named {
    pub(crate) entity: String,
    pub(crate) name: String,
}

impl From<&answer::Named> for Named {
    fn from(named: &answer::Named) -> Self {
        Self {
            entity: named.entity.clone(),
            name: named.name.clone(),
        }
    }
}

/// Something that is new.
#[derive(Serialize, ToSchema)]
#[serde(tag = "alert")]
pub(crate) enum Alert {
    /// Somebody may mean an entry of a list who did not before.
    #[serde(rename = "list hit")]
    Hit(ScreenedEntity),
    /// Somebody followed is tied to somebody new.
    #[serde(rename = "new tie")]
    Tie { claim: Line, ties: Vec<NewTie> },
    /// Now it stands on two independent chains at least, whatever is suspected.
    #[serde(rename = "confirmed")]
    Confirmed { claim: Line, before: Chains },
    /// A publisher has changed an article: facts that it no longer tells, or tells otherwise.
    #[serde(rename = "edited")]
    Edited {
        document: DocumentLine,
        facts: Vec<Move>,
    },
    /// Nobody told it before.
    #[serde(rename = "new claim")]
    Claim { claim: Line },
}

/// A tie of somebody who is followed.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewTie {
    pub(crate) followed: Named,
    pub(crate) to: Named,
}

/// How many independent chains: the least and the most.
#[derive(Serialize, ToSchema)]
pub(crate) struct Chains {
    pub(crate) k_lo: u32,
    pub(crate) k_hi: u32,
}

impl From<&answer::Alert> for Alert {
    fn from(alert: &answer::Alert) -> Self {
        match alert {
            answer::Alert::Hit(held) => Self::Hit(held.into()),
            answer::Alert::Tie { line, ties } => Self::Tie {
                claim: (&**line).into(),
                ties: ties
                    .iter()
                    .map(|(followed, to)| NewTie {
                        followed: followed.into(),
                        to: to.into(),
                    })
                    .collect(),
            },
            answer::Alert::Confirmed { line, before } => Self::Confirmed {
                claim: (&**line).into(),
                before: Chains {
                    k_lo: before.0,
                    k_hi: before.1,
                },
            },
            answer::Alert::Edited { document, changes } => Self::Edited {
                document: (&**document).into(),
                facts: moves(changes),
            },
            answer::Alert::Claim(line) => Self::Claim {
                claim: (&**line).into(),
            },
        }
    }
}

/// What a later text tells otherwise than an earlier one of a fact.
#[derive(Serialize, ToSchema)]
pub(crate) struct Move {
    /// `gained`, `lost` or `changed`.
    #[schema(example = "changed")]
    pub(crate) change: &'static str,
    #[schema(example = "edited")]
    pub(crate) why: &'static str,
    pub(crate) telling: Telling,
    /// As the earlier text tells it, of what is `changed`.
    pub(crate) before: Option<Line>,
    pub(crate) claim: Line,
    /// On which points it is `changed`: the earlier value, then the later one.
    pub(crate) points: Vec<Difference>,
}

fn moves(of: &answer::Differences) -> Vec<Move> {
    let moved = |change: &'static str, one: &answer::Moved| Move {
        change,
        why: one.why.name(),
        telling: (&one.telling).into(),
        before: None,
        claim: (&one.line).into(),
        points: Vec::new(),
    };
    let changed = |one: &answer::Changed| Move {
        change: "changed",
        why: one.why.name(),
        telling: (&one.telling).into(),
        before: Some((&one.before).into()),
        claim: (&one.after).into(),
        points: one.what.iter().map(Difference::from).collect(),
    };
    let gained = of.gained.iter().map(|one| moved("gained", one));
    let lost = of.lost.iter().map(|one| moved("lost", one));
    let all = gained.chain(lost).chain(of.changed.iter().map(changed));
    all.collect()
}

/// The texts of an article that its publisher has changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Article {
    /// The earliest first; the last one stands for the article.
    pub(crate) versions: Vec<DocumentLine>,
    /// What each version tells otherwise than the one before it; one fewer than the versions.
    pub(crate) changes: Vec<Change>,
    /// Whether the versions themselves tell which came first.
    pub(crate) in_order: bool,
}

/// What a version tells otherwise than the one before it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Change {
    /// How many facts are told alike.
    pub(crate) same: usize,
    pub(crate) facts: Vec<Move>,
}

impl From<&answer::Article> for Article {
    fn from(article: &answer::Article) -> Self {
        let change = |changes: &answer::Differences| Change {
            same: changes.same,
            facts: moves(changes),
        };
        Self {
            versions: article.versions.iter().map(DocumentLine::from).collect(),
            changes: article.changes.iter().map(change).collect(),
            in_order: article.in_order,
        }
    }
}
