//! Who is in the case, and the parts of a brief.

use madar_case::answer;
use madar_case::{Appearance as Appears, Someone as Glance};
use serde::Serialize;
use utoipa::ToSchema;

use super::Hit;
use super::line::{Amount, Line, Link, Passage};

/// A name as some script writes it.
#[derive(Serialize, ToSchema)]
pub(crate) struct NameSeen {
    pub(crate) name: String,
    pub(crate) language: &'static str,
    pub(crate) times: usize,
}

/// An entity in full.
#[derive(Serialize, ToSchema)]
pub(crate) struct Member {
    pub(crate) entity: String,
    #[schema(example = "Person")]
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    /// In all scripts seen, most frequent first.
    pub(crate) names: Vec<NameSeen>,
    /// Posts, kin and associates.
    pub(crate) ties: Vec<Line>,
    /// How many more of them there are.
    pub(crate) more_ties: usize,
    pub(crate) documents: usize,
    pub(crate) mentions: usize,
    pub(crate) claims: usize,
    /// Publishers that name it.
    pub(crate) told_by: Vec<String>,
    /// Why names of several documents or scripts were taken for one.
    pub(crate) reasons: Vec<String>,
    /// Entries of lists that may mean it.
    pub(crate) hits: Vec<Hit>,
}

impl From<&answer::Member> for Member {
    fn from(member: &answer::Member) -> Self {
        let name = |seen: &answer::NameSeen| NameSeen {
            name: seen.name.clone(),
            language: seen.lang.code(),
            times: seen.times,
        };
        Self {
            entity: member.entity.clone(),
            kind: member.kind.name(),
            name: member.name.clone(),
            names: member.names.iter().map(name).collect(),
            ties: member.ties.iter().map(Line::from).collect(),
            more_ties: member.more_ties,
            documents: member.documents,
            mentions: member.mentions,
            claims: member.facts,
            told_by: member.told_by.clone(),
            reasons: member.reasons.clone(),
            hits: member.hits.iter().map(Hit::from).collect(),
        }
    }
}

/// An entity at a glance.
#[derive(Serialize, ToSchema, Clone)]
pub(crate) struct Someone {
    pub(crate) entity: String,
    #[schema(example = "Company")]
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    /// Goes by a name; the others are only described.
    pub(crate) named: bool,
    pub(crate) is_outlet: bool,
    pub(crate) names: Vec<String>,
    pub(crate) documents: usize,
    pub(crate) mentions: usize,
    pub(crate) claims: usize,
}

impl From<&Glance> for Someone {
    fn from(one: &Glance) -> Self {
        Self {
            entity: one.entity.clone(),
            kind: one.kind.name(),
            name: one.name.clone(),
            named: one.named,
            is_outlet: one.is_outlet,
            names: one.names.clone(),
            documents: one.documents,
            mentions: one.mentions,
            claims: one.claims,
        }
    }
}

/// A name under which a document speaks of an entity.
#[derive(Serialize, ToSchema)]
pub(crate) struct Appearance {
    pub(crate) document: String,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) name: String,
    pub(crate) times: usize,
}

impl From<&Appears> for Appearance {
    fn from(seen: &Appears) -> Self {
        Self {
            document: seen.document.hex(),
            title: seen.title.clone(),
            publisher: seen.publisher.clone(),
            name: seen.name.clone(),
            times: seen.times,
        }
    }
}

/// Lines of one subject, the most important first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Section {
    #[schema(example = "deals")]
    pub(crate) subject: &'static str,
    pub(crate) lines: Vec<Line>,
    /// How many more there are.
    pub(crate) more: usize,
}

impl From<&answer::Section> for Section {
    fn from(section: &answer::Section) -> Self {
        Self {
            subject: section.subject.name(),
            lines: section.lines.iter().map(Line::from).collect(),
            more: section.more,
        }
    }
}

/// A sum that a text names without saying who pays whom.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sum {
    pub(crate) told: String,
    pub(crate) amount: Amount,
    pub(crate) passage: Passage,
    pub(crate) chain: Vec<Link>,
    pub(crate) documents: usize,
}

impl From<&answer::Sum> for Sum {
    fn from(sum: &answer::Sum) -> Self {
        Self {
            told: sum.told.clone(),
            amount: (&sum.amount).into(),
            passage: (&sum.passage).into(),
            chain: sum.chain.iter().map(Link::from).collect(),
            documents: sum.documents,
        }
    }
}

/// What is said beside what is said against it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Dispute {
    pub(crate) said: Option<Line>,
    pub(crate) denied: Line,
}

impl From<&answer::Dispute> for Dispute {
    fn from(dispute: &answer::Dispute) -> Self {
        Self {
            said: dispute.said.as_ref().map(Line::from),
            denied: (&dispute.denied).into(),
        }
    }
}

/// An outlet on which chains turn.
#[derive(Serialize, ToSchema)]
pub(crate) struct Origin {
    pub(crate) name: String,
    pub(crate) sentence: String,
    pub(crate) articles: usize,
    pub(crate) claims: usize,
    /// Claims all of whose chains pass through it.
    pub(crate) turns_on_it: usize,
    pub(crate) retold_by: Vec<String>,
}

impl From<&answer::Origin> for Origin {
    fn from(origin: &answer::Origin) -> Self {
        Self {
            name: origin.name.clone(),
            sentence: origin.sentence.clone(),
            articles: origin.articles,
            claims: origin.claims,
            turns_on_it: origin.turns_on_it,
            retold_by: origin.retold_by.clone(),
        }
    }
}
