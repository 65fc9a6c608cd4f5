//! Facts from the gold's own mentions, times and amounts: what the fact rules lose by themselves.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use madar_read::{
    Amount, AmountKind, Annotated, EntityKind, Kit, Mention, MentionForm, ReferentId, Role, Status,
    Time, TimeBasis, TimeKind,
};
use madar_text::{Lang, Span};
use serde_json::{Value, json};

/// Mentions as the gold marks them, each with the number of its entity there.
pub(crate) fn marked(
    text: &str,
    gold: &Value,
    lang: Lang,
    kit: &Kit,
) -> anyhow::Result<Vec<(Mention, u32)>> {
    let bytes = bytes_of_points(text);
    let mut found: Vec<(Mention, u32)> = Vec::new();
    let entities = gold["entities"].as_array().context("a gold has entities")?;
    for (at, entity) in entities.iter().enumerate() {
        let kind = match entity["type"].as_str().unwrap_or_default() {
            "Document" => EntityKind::Paper,
            name => EntityKind::named(name).unwrap_or(EntityKind::Organization),
        };
        for mention in entity["mentions"].as_array().into_iter().flatten() {
            let Some(span) = span_of(mention, &bytes) else {
                continue;
            };
            let english = entity["canonical_en"].as_str().unwrap_or_default();
            let listed = kit
                .gazetteer
                .lookup(english, kit.russian)
                .map(|e| e.id.clone());
            let form = match mention["kind"].as_str() {
                Some("nominal") => MentionForm::Description,
                Some("alias") => MentionForm::Alias,
                _ => MentionForm::Name,
            };
            let name = span.of(text).to_owned();
            let mention = Mention {
                span,
                kind,
                form,
                lang,
                name,
                listed,
                of: None,
                noun: None,
            };
            found.push((mention, u32::try_from(at)?));
        }
    }
    found.sort_by_key(|(mention, _)| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    Ok(found)
}

/// The byte at which each code point begins, and the end.
pub(crate) fn bytes_of_points(text: &str) -> Vec<usize> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.chain([text.len()]).collect()
}

/// A span of the gold, which counts code points.
pub(crate) fn span_of(value: &Value, bytes: &[usize]) -> Option<Span> {
    let at = |key: &str| Some(*bytes.get(usize::try_from(value[key].as_u64()?).ok()?)?);
    Some(Span::from_range(at("start")?..at("end")?))
}

/// The gold with its facts replaced by those that the rules find on its own surface.
pub(crate) fn facts(text: &Path, gold: &Path, lang: Lang, kit: &Kit) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(text)?;
    let gold: Value = serde_json::from_slice(&std::fs::read(gold)?)?;
    let bytes = bytes_of_points(&text);
    let span = |value: &Value| span_of(value, &bytes);
    let entities = gold["entities"].as_array().context("a gold has entities")?;
    let found = marked(&text, &gold, lang, kit)?;
    let times = spans(&gold["times"], &span, |value, span| Time {
        span,
        kind: if value["kind"] == "duration" {
            TimeKind::Duration
        } else {
            TimeKind::Date
        },
        value: value["value"].as_str().unwrap_or_default().to_owned(),
        range: None,
        modifier: None,
        basis: TimeBasis::Explicit,
    });
    let amounts = spans(&gold["amounts"], &span, |value, span| Amount {
        span,
        kind: match value["kind"].as_str().or(value["type"].as_str()) {
            Some("money") => AmountKind::Money,
            Some("percent") => AmountKind::Percent,
            _ => AmountKind::Count,
        },
        value: None,
        currency: None,
        unit: None,
        approx: None,
    });
    let document = crate::text::by_lines(text.clone(), lang);
    let things = found.iter().map(|(_, thing)| ReferentId(*thing)).collect();
    let mentions: Vec<Mention> = found.into_iter().map(|(mention, _)| mention).collect();
    let annotated = Annotated {
        mentions,
        things,
        described: true,
        times: times.0,
        amounts: amounts.0,
    };
    let points: HashMap<usize, usize> = bytes.iter().enumerate().map(|(p, b)| (*b, p)).collect();
    let id = |at: usize| entities[annotated.things[at].at()]["id"].clone();
    let facts: Vec<Value> = madar_read::facts_of(&document, &annotated, kit)
        .facts
        .iter()
        .map(|fact| {
            let asset = fact.participants.iter().find(|p| p.role == Role::Asset);
            json!({
                "type": fact.kind.name(),
                "participants": fact.participants.iter().map(|p| json!({"entity": id(p.mention.at()), "r": p.role.name()})).collect::<Vec<_>>(),
                "place": fact.place.map(|p| id(p.at())),
                "asset": asset.map(|p| id(p.mention.at())),
                "time": fact.time.map(|t| times.1[t.at()].clone()),
                "amount": fact.amount.map(|a| amounts.1[a.at()].clone()),
                "stake": fact.stake.map(|a| amounts.1[a.at()].clone()),
                "modality": match fact.status { Status::Alleged => "asserted", Status::Ended => "past", s => s.name() },
                "evidence": [{"start": points[&(fact.passage.start as usize)], "end": points[&(fact.passage.end as usize)]}],
                "rule": fact.rule,
                "says": fact.passage.of(&document.text),
                "who": fact.participants.iter().map(|p| format!("{}={}", p.role.name(), annotated.mentions[p.mention.at()].span.of(&document.text))).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut system = gold;
    system["facts"] = json!(facts);
    Ok(system)
}

fn spans<T>(
    list: &Value,
    span: &dyn Fn(&Value) -> Option<Span>,
    make: impl Fn(&Value, Span) -> T,
) -> (Vec<T>, Vec<Value>) {
    let all = list.as_array().into_iter().flatten();
    all.filter_map(|value| Some((make(value, span(value)?), value["id"].clone())))
        .unzip()
}
