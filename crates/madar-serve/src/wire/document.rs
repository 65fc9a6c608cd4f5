//! A document as it was read, with its marks; and a reading on its own, as `POST /api/v1/read` gives it.

use std::collections::BTreeMap;

use madar_case::Page as Held;
use madar_case::answer::{self, Dated};
use madar_read::{EntityKind, HopBasis, HopWho, MentionForm, Stance, TimeKind};
use madar_text::{Document, Span};
use serde::Serialize;
use utoipa::ToSchema;

use crate::units::Positions;
pub(crate) use crate::units::Units;

/// When a document was published: a day, or the first and last that it can be, and how that is known.
#[derive(Serialize, ToSchema)]
pub(crate) struct Published {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) basis: String,
}

fn published(date: &Dated) -> Option<Published> {
    match date {
        Dated::On { day, basis } => Some(Published {
            from: day.clone(),
            to: day.clone(),
            basis: (*basis).to_owned(),
        }),
        Dated::Between {
            earliest,
            latest,
            reason,
        } => Some(Published {
            from: earliest.clone(),
            to: latest.clone(),
            basis: reason.clone(),
        }),
        Dated::Unknown => None,
    }
}

/// A document as a list shows it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentLine {
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: &'static str,
    pub(crate) origin: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) published: Option<Published>,
    pub(crate) facts: usize,
    /// The outlet that the whole document retells.
    pub(crate) retells: Option<String>,
    /// Share of its words in which nothing was found, in thousandths.
    pub(crate) unread_permille: u16,
    pub(crate) foreign_permille: u16,
    /// Its place among the versions of an article that its publisher has changed.
    pub(crate) version: Option<Version>,
    pub(crate) warnings: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Version {
    /// From 1, the earliest.
    pub(crate) number: usize,
    pub(crate) of: usize,
    /// The document that stands for the article.
    pub(crate) latest: String,
}

impl From<&answer::DocumentLine> for DocumentLine {
    fn from(line: &answer::DocumentLine) -> Self {
        Self {
            id: line.source.id.hex(),
            title: line.source.title.clone(),
            publisher: line.source.publisher.clone(),
            language: line.source.lang.code(),
            origin: line.origin.clone(),
            address: line.address.clone(),
            author: line.author.clone(),
            published: published(&line.date),
            facts: line.facts,
            retells: line.retells.clone(),
            unread_permille: line.unread_permille,
            foreign_permille: line.foreign_permille,
            version: line.version.map(|version| Version {
                number: version.number,
                of: version.of,
                latest: version.latest.hex(),
            }),
            warnings: line.warnings.clone(),
        }
    }
}

/// A stretch of the text with its kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct Block {
    pub(crate) start: u32,
    pub(crate) end: u32,
    #[schema(example = "paragraph")]
    pub(crate) kind: &'static str,
    pub(crate) language: &'static str,
    /// Not read for facts: a teaser, a menu, a repetition.
    pub(crate) apart: bool,
}

/// A mention, a time or an amount in its place.
#[derive(Serialize, ToSchema)]
pub(crate) struct Mark {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// `mention`, `time` or `amount`.
    pub(crate) mark: &'static str,
    /// Kind of entity, time or amount.
    pub(crate) kind: &'static str,
    /// The dictionary form of a name, the value of a time or an amount.
    pub(crate) value: String,
    /// `name`, `alias`, `description`: of mentions.
    pub(crate) form: Option<&'static str>,
    /// The entity (of a case) or referent (of a reading) that a mention stands for.
    pub(crate) entity: Option<String>,
    pub(crate) entity_name: Option<String>,
}

/// Source, cue and content.
#[derive(Serialize, ToSchema)]
pub(crate) struct Attributed {
    pub(crate) source: [u32; 2],
    pub(crate) source_kind: &'static str,
    pub(crate) cue: Option<[u32; 2]>,
    pub(crate) content: [u32; 2],
    pub(crate) stance: &'static str,
    /// From the publisher inwards, the publisher left out, as the text words it.
    pub(crate) chain: Vec<Told>,
}

/// A transmitter as the text states it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Told {
    pub(crate) name: String,
    pub(crate) inherited: bool,
}

/// A fact in its place.
#[derive(Serialize, ToSchema)]
pub(crate) struct FactMark {
    pub(crate) fact: Option<String>,
    pub(crate) claim: Option<String>,
    pub(crate) kind: &'static str,
    pub(crate) status: &'static str,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) trigger: [u32; 2],
    pub(crate) rule: String,
    pub(crate) participants: Vec<Participant>,
    pub(crate) chain: Vec<Told>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Participant {
    pub(crate) role: &'static str,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) name: String,
}

/// What a text says, in place.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reading {
    pub(crate) text: String,
    pub(crate) language: &'static str,
    pub(crate) blocks: Vec<Block>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) attributions: Vec<Attributed>,
    pub(crate) facts: Vec<FactMark>,
    pub(crate) warnings: Vec<String>,
}

/// A document of the case as it was read.
#[derive(Serialize, ToSchema)]
pub(crate) struct Page {
    #[serde(flatten)]
    pub(crate) line: DocumentLine,
    pub(crate) reading: Reading,
    /// How often each entity is named, by id.
    pub(crate) cast: BTreeMap<String, usize>,
    /// The passage that was asked for with `at`.
    pub(crate) at: Option<[u32; 2]>,
    pub(crate) seen: i64,
}

impl Page {
    /// `at` is in bytes; positions that are none in this text lead nowhere.
    pub(crate) fn new(page: &Held<'_>, units: Units, at: Option<[u32; 2]>) -> Self {
        let text = &page.document.text;
        let stands = |at: &[u32; 2]| text.get(at[0] as usize..at[1] as usize).is_some();
        let positions = Positions::new(text, units);
        let at = at.filter(stands);
        let stands_for = |mention: usize| {
            let (id, name) = page.stands_for[mention];
            (id.to_owned(), name.to_owned())
        };
        let mut reading = Reading::new(page.document, page.reading, units, &stands_for);
        for (mark, (fact, claim)) in reading.facts.iter_mut().zip(&page.tells) {
            mark.fact = Some(fact.clone());
            mark.claim = claim.map(str::to_owned);
        }
        let mut cast = BTreeMap::new();
        for (id, _) in &page.stands_for {
            *cast.entry((*id).to_owned()).or_default() += 1;
        }
        Self {
            line: (&page.line).into(),
            reading,
            cast,
            at: at.map(|[start, end]| [positions.of(start), positions.of(end)]),
            seen: 0,
        }
    }
}

impl Reading {
    /// `stands_for` gives id and name of what a mention stands for.
    pub(crate) fn new(
        document: &Document,
        reading: &madar_read::Reading,
        units: Units,
        stands_for: &dyn Fn(usize) -> (String, String),
    ) -> Self {
        let at = Positions::new(&document.text, units);
        let pair = |span: Span| [at.of(span.start), at.of(span.end)];
        let told = |hop: &madar_read::Hop| Told {
            name: match &hop.who {
                HopWho::Mention(id) => reading.mentions[id.at()].name.clone(),
                HopWho::Anonymous(span) => span.of(&document.text).to_owned(),
            },
            inherited: hop.basis == HopBasis::Inherited,
        };
        let block = |block: &madar_text::Block| {
            let [start, end] = pair(block.span);
            Block {
                start,
                end,
                kind: block.kind.name(),
                language: block.lang.code(),
                apart: block.repeats || block.kind == madar_text::BlockKind::Furniture,
            }
        };
        let attributed = |one: &madar_read::Attribution| Attributed {
            source: pair(one.source.span),
            source_kind: one.source.kind.name(),
            cue: one.cue.map(pair),
            content: pair(one.content),
            stance: match one.stance {
                Stance::Says => "says",
                Stance::Believes => "believes",
                Stance::Denies => "denies",
                Stance::Alleges => "alleges",
            },
            chain: one.chain.iter().map(told).collect(),
        };
        let fact = |fact: &madar_read::Fact| {
            let [start, end] = pair(fact.passage);
            let participant = |one: &madar_read::Participant| {
                let mention = &reading.mentions[one.mention.at()];
                let [start, end] = pair(mention.span);
                Participant {
                    role: one.role.name(),
                    start,
                    end,
                    name: mention.name.clone(),
                }
            };
            FactMark {
                fact: None,
                claim: None,
                kind: fact.kind.name(),
                status: fact.status.name(),
                start,
                end,
                trigger: pair(fact.trigger),
                rule: fact.rule.clone(),
                participants: fact.participants.iter().map(participant).collect(),
                chain: fact.chain.iter().map(told).collect(),
            }
        };
        let warnings = document.warnings.iter().chain(&reading.warnings);
        Self {
            language: document.lang().code(),
            blocks: document.blocks.iter().map(block).collect(),
            marks: marks(reading, &pair, stands_for),
            attributions: reading.attributions.iter().map(attributed).collect(),
            facts: reading.facts.iter().map(fact).collect(),
            warnings: warnings.cloned().collect(),
            text: document.text.clone(),
        }
    }
}

/// In order of their place; of two that begin together the longer first.
fn marks(
    reading: &madar_read::Reading,
    pair: &dyn Fn(Span) -> [u32; 2],
    stands_for: &dyn Fn(usize) -> (String, String),
) -> Vec<Mark> {
    let plain = |span: Span, mark: &'static str, kind: &'static str, value: String| {
        let [start, end] = pair(span);
        Mark {
            start,
            end,
            mark,
            kind,
            value,
            form: None,
            entity: None,
            entity_name: None,
        }
    };
    let mentions = reading.mentions.iter().enumerate().map(|(at, mention)| {
        let (id, name) = stands_for(at);
        let kind = EntityKind::name(mention.kind);
        Mark {
            form: Some(match mention.form {
                MentionForm::Name => "name",
                MentionForm::Alias => "alias",
                MentionForm::Description => "description",
            }),
            entity: Some(id),
            entity_name: Some(name),
            ..plain(mention.span, "mention", kind, mention.name.clone())
        }
    });
    let times = reading.times.iter().map(|time| {
        let kind = match time.kind {
            TimeKind::Date => "date",
            TimeKind::Relative => "relative",
            TimeKind::Duration => "duration",
            TimeKind::Set => "set",
        };
        plain(time.span, "time", kind, time.value.clone())
    });
    let amounts = reading.amounts.iter().map(|amount| {
        let number = amount.value.map(|value| value.to_string());
        let of = amount.currency.clone().or_else(|| amount.unit.clone());
        let told: Vec<String> = number.into_iter().chain(of).collect();
        plain(amount.span, "amount", amount.kind.name(), told.join(" "))
    });
    let mut out: Vec<Mark> = mentions.chain(times).chain(amounts).collect();
    out.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.mark));
    out
}
