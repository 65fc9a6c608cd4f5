//! Texts annotated in full, from which the readers learn descriptions and facts: the passages
//! (`annotation/passages.*.jsonl`, texts of others) and what was written for it
//! (`annotation/written.*.txt`, texts of our own with their marks in place).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use madar_read::{EntityKind, FactKind, Role, Status};
use madar_text::{Lang, Span};
use serde_json::Value;

use crate::corpora::Marked;
use crate::passages;

/// A text with who and what it is about and what it says of them.
pub(crate) struct Taught {
    pub(crate) text: String,
    /// What is split by.
    pub(crate) document: String,
    /// In the order of the text, outer ones first.
    pub(crate) mentions: Vec<TaughtMention>,
    pub(crate) facts: Vec<TaughtFact>,
}

pub(crate) struct TaughtMention {
    pub(crate) span: Span,
    pub(crate) kind: EntityKind,
    pub(crate) named: bool,
    /// Mentions of one thing have one number.
    pub(crate) thing: usize,
}

pub(crate) struct TaughtFact {
    pub(crate) kind: FactKind,
    /// Roles with the numbers of things.
    pub(crate) participants: Vec<(Role, usize)>,
    pub(crate) status: Status,
    pub(crate) evidence: Vec<Span>,
}

impl Taught {
    /// Its names as the models of names learn them: of names within names the outer ones.
    pub(crate) fn marked(&self) -> Marked {
        let mut end = 0;
        let mut names = Vec::new();
        for mention in self.mentions.iter().filter(|m| m.named) {
            if mention.span.start >= end {
                end = mention.span.end;
                names.push((mention.span, class(mention.kind)));
            }
        }
        Marked {
            text: self.text.clone(),
            names,
            document: self.document.clone(),
        }
    }
}

/// Person, place, organisation, other.
fn class(kind: EntityKind) -> usize {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Place => 1,
        EntityKind::Asset | EntityKind::Paper => 3,
        _ => 2,
    }
}

/// All of one language that may be learned from.
pub(crate) fn taught(lang: Lang, data: &Path) -> anyhow::Result<Vec<Taught>> {
    let mut out = passages::taught(lang, data, "train")?;
    out.extend(written(lang)?);
    Ok(out)
}

/// Passages of a file that share a document, so that what is held out is a run of them.
const PASSAGES_OF_A_BLOCK: usize = 10;

/// What was written for it: `T` lines with marks, `F` lines with facts.
pub(crate) fn written(lang: Lang) -> anyhow::Result<Vec<Taught>> {
    let name = format!("written.{}.txt", lang.code());
    let file = Path::new(passages::ANNOTATION).join(&name);
    let content = std::fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    let mut out: Vec<Taught> = Vec::new();
    let mut things: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in content.lines().enumerate() {
        let at = || format!("annotation/{name}: line {}", number + 1);
        if let Some(marked) = line.strip_prefix("T ") {
            things.clear();
            let (text, mentions) = marks(marked, &mut things).with_context(at)?;
            let block = out.len() / PASSAGES_OF_A_BLOCK;
            out.push(Taught {
                text,
                document: format!("{name}#{block}"),
                mentions,
                facts: Vec::new(),
            });
        } else if let Some(told) = line.strip_prefix("F ") {
            let last = out.last_mut().with_context(at)?;
            let fact = fact(told, &last.text, &things).with_context(at)?;
            last.facts.push(fact);
        }
    }
    Ok(out)
}

/// Whole articles (`annotation/articles.*.txt`): a line `A` begins one, each line `T` is a paragraph. Of them only mentions
/// are marked, with what each stands for.
pub(crate) fn articles(lang: Lang) -> anyhow::Result<Vec<Taught>> {
    let name = format!("articles.{}.txt", lang.code());
    let file = Path::new(passages::ANNOTATION).join(&name);
    let content = std::fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    let mut out: Vec<Taught> = Vec::new();
    let mut things: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in content.lines().enumerate() {
        let at = || format!("annotation/{name}: line {}", number + 1);
        if line == "A" {
            things.clear();
            out.push(Taught {
                text: String::new(),
                document: format!("{name}#{}", out.len()),
                mentions: Vec::new(),
                facts: Vec::new(),
            });
        } else if let Some(marked) = line.strip_prefix("T ") {
            let (text, mut mentions) = marks(marked, &mut things).with_context(at)?;
            let article = out.last_mut().with_context(at)?;
            if !article.text.is_empty() {
                article.text.push('\n');
            }
            let from = u32::try_from(article.text.len()).expect("articles are short");
            for mention in &mut mentions {
                mention.span = Span::new(mention.span.start + from, mention.span.end + from);
            }
            article.text.push_str(&text);
            article.mentions.extend(mentions);
        }
    }
    Ok(out)
}

/// `{p1:P.n|Halima Odeh}` and the rest of the text.
fn marks(
    marked: &str,
    things: &mut BTreeMap<String, usize>,
) -> anyhow::Result<(String, Vec<TaughtMention>)> {
    let mut text = String::new();
    let mut open: Vec<(usize, EntityKind, bool, usize)> = Vec::new();
    let mut out = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        if rest[at..].starts_with('}') {
            let (thing, kind, named, from) = open.pop().context("a } too many")?;
            out.push(TaughtMention {
                span: Span::from_range(from..text.len()),
                kind,
                named,
                thing,
            });
            rest = &rest[at + 1..];
            continue;
        }
        let (head, after) = rest[at + 1..].split_once('|').context("a { without |")?;
        let (id, sort) = head.split_once(':').context("a { without :")?;
        let (kind, form) = sort.split_once('.').context("a mark without its form")?;
        let next = things.len();
        let thing = *things.entry(id.to_owned()).or_insert(next);
        open.push((thing, kind_of(kind)?, form != "d", text.len()));
        rest = after;
    }
    anyhow::ensure!(open.is_empty(), "a mark is not closed");
    text.push_str(rest);
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    Ok((text, out))
}

fn kind_of(letter: &str) -> anyhow::Result<EntityKind> {
    Ok(match letter {
        "P" => EntityKind::Person,
        "O" => EntityKind::Organization,
        "C" => EntityKind::Company,
        "B" => EntityKind::PublicBody,
        "L" => EntityKind::Place,
        "A" => EntityKind::Asset,
        "D" => EntityKind::Paper,
        "G" => EntityKind::Group,
        other => anyhow::bail!("no kind {other}"),
    })
}

/// `Meeting party=p1 party=g1 place=l1 st=asserted ev=met two investors`
fn fact(told: &str, text: &str, things: &BTreeMap<String, usize>) -> anyhow::Result<TaughtFact> {
    let (head, evidence) = told.split_once(" ev=").context("a fact without ev")?;
    let mut words = head.split(' ');
    let kind = words
        .next()
        .and_then(FactKind::named)
        .context("no such kind")?;
    let (mut participants, mut state) = (Vec::new(), None);
    for word in words {
        let (role, value) = word.split_once('=').context("a part without =")?;
        match role {
            "st" => state = Some(status(value)?),
            "place" => {}
            _ => {
                let role = Role::named(role).context("no such role")?;
                let thing = *things.get(value).context("a thing that is not marked")?;
                participants.push((role, thing));
            }
        }
    }
    let at = text
        .find(evidence)
        .context("the evidence is not in the text")?;
    Ok(TaughtFact {
        kind,
        participants,
        status: state.context("a fact without st")?,
        evidence: vec![Span::from_range(at..at + evidence.len())],
    })
}

/// The gold's *past* is what has ended.
pub(crate) fn status(name: &str) -> anyhow::Result<Status> {
    match name {
        "past" => Ok(Status::Ended),
        other => Status::named(other).with_context(|| format!("no status {other}")),
    }
}

/// A passage as it stands in `passages.*.jsonl`.
pub(crate) fn of_passage(passage: &Value, text: String) -> anyhow::Result<Taught> {
    let span = |value: &Value| {
        let end = |key: &str| usize::try_from(value[key].as_u64()?).ok();
        Some(Span::from_range(end("start_byte")?..end("end_byte")?))
    };
    let list = |key: &str| passage[key].as_array().into_iter().flatten();
    let mut things: BTreeMap<&str, usize> = BTreeMap::new();
    let mut mentions = Vec::new();
    for entity in list("entities") {
        let next = things.len();
        let id = entity["id"].as_str().context("an entity without id")?;
        let thing = *things.entry(id).or_insert(next);
        let kind = match entity["type"].as_str().unwrap_or_default() {
            "Document" => EntityKind::Paper,
            other => EntityKind::named(other).with_context(|| format!("no kind {other}"))?,
        };
        for mention in entity["mentions"].as_array().into_iter().flatten() {
            mentions.push(TaughtMention {
                span: span(mention).context("a mention without its place")?,
                kind,
                named: mention["kind"] != "nominal",
                thing,
            });
        }
    }
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut facts = Vec::new();
    for told in list("facts") {
        let kind = told["type"].as_str().and_then(FactKind::named);
        let own = told["participants"].as_array().into_iter().flatten();
        let participants = own.filter_map(|p| {
            let role = p["r"].as_str().and_then(Role::named).unwrap_or(Role::Other);
            Some((role, *things.get(p["entity"].as_str()?)?))
        });
        facts.push(TaughtFact {
            kind: kind.context("a fact of no kind")?,
            participants: participants.collect(),
            status: status(told["modality"].as_str().unwrap_or_default())?,
            evidence: told["evidence"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(span)
                .collect(),
        });
    }
    Ok(Taught {
        text,
        document: passage["document"].as_str().unwrap_or_default().to_owned(),
        mentions,
        facts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_they_stood() {
        let mut things = BTreeMap::new();
        let line = "{p1:P.n|هالة} met {g1:G.d|men of {l1:L.n|Kuwait}}.";
        let (text, mentions) = marks(line, &mut things).expect("well formed");
        assert_eq!(text, "هالة met men of Kuwait.");
        let shown: Vec<&str> = mentions.iter().map(|m| m.span.of(&text)).collect();
        assert_eq!(shown, ["هالة", "men of Kuwait", "Kuwait"]);
        let told = fact(
            "Meeting party=p1 party=g1 place=l1 st=past ev=met men",
            &text,
            &things,
        );
        let told = told.expect("well formed");
        assert_eq!(told.participants, [(Role::Party, 0), (Role::Party, 1)]);
        assert_eq!(told.status, Status::Ended);
        assert!(fact("Meeting party=x st=past ev=met", &text, &things).is_err());
    }

    #[test]
    fn what_was_written_is_well_formed() {
        for lang in [Lang::Ar, Lang::En, Lang::Ru] {
            let all = written(lang).expect("well formed");
            assert!(all.iter().all(|t| !t.mentions.is_empty()), "{lang:?}");
            assert!(all.len() > 100, "{lang:?}");
        }
    }
}
