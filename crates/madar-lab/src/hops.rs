//! The hops of chains in the annotated passages, made fit to be compared. The annotation tells them in English
//! whatever the text is in: *Evening News* for إيفيننج نيوز, *report* for التقرير. A hop with a name gives its
//! entity that name; one that the passage only describes is an unnamed source, in the annotation and in what is
//! held against it.

use std::collections::BTreeMap;

use madar_names::{Name, NameKind, SAME, score};
use serde_json::{Value, json};

use crate::passages::PUBLISHER;

/// Names the entities of an annotated passage as its chains do, and marks the hops that have no name.
pub(crate) fn settle(passage: &mut Value, text: &str) {
    let letters: Vec<char> = text.chars().collect();
    let entities: Vec<Value> = passage["entities"].as_array().cloned().unwrap_or_default();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for attribution in passage["attributions"].as_array().into_iter().flatten() {
        let hops = hops(&attribution["chain"]);
        let Some((last, inner)) = hops.split_last() else {
            continue;
        };
        let speaker = speaker(&attribution["source"], &entities);
        if let Some(speaker) = speaker.filter(|e| has_name(e) && may_be_name(last)) {
            add(&mut names, speaker, last);
        }
        for hop in inner.iter().filter(|hop| may_be_name(hop)) {
            if let Some(entity) = called(hop, &entities, &letters) {
                add(&mut names, entity, hop);
            }
        }
    }
    for entity in passage["entities"].as_array_mut().into_iter().flatten() {
        if entity["canonical_en"].is_null() {
            let name = entity["id"].as_str().and_then(|id| names.get(id));
            entity["canonical_en"] = json!(name);
        }
    }
    let known: Vec<String> = passage["entities"].as_array().map_or(Vec::new(), |all| {
        let names = all.iter().filter_map(|e| e["canonical_en"].as_str());
        names.map(str::to_owned).collect()
    });
    for attribution in passage["attributions"].as_array_mut().into_iter().flatten() {
        let unnamed = !speaker(&attribution["source"], &entities).is_some_and(has_name);
        for chain in chains(attribution) {
            let last = chain.len().saturating_sub(1);
            for (at, hop) in chain.iter_mut().enumerate() {
                let told = hop.as_str().unwrap_or_default();
                let small = told.chars().next().is_some_and(char::is_lowercase);
                let described = may_be_name(told) && !known.iter().any(|k| k == told);
                if described && (small || at == last && unnamed) {
                    *hop = json!(format!("{told} (anonymous)"));
                }
            }
        }
    }
}

/// Marks the hops of a reading that have no name.
pub(crate) fn mark(read: &mut Value) {
    let entities: Vec<Value> = read["entities"].as_array().cloned().unwrap_or_default();
    let named = |hop: &str| {
        entities.iter().any(|entity| {
            let name = entity["canonical_en"].as_str();
            name.is_some_and(|name| name == hop || entity["id"] == hop)
        })
    };
    for attribution in read["attributions"].as_array_mut().into_iter().flatten() {
        for hop in attribution["chain"].as_array_mut().into_iter().flatten() {
            let told = hop.as_str().unwrap_or_default();
            if may_be_name(told) && !named(told) {
                *hop = json!(format!("{told} (anonymous)"));
            }
        }
    }
}

fn hops(chain: &Value) -> Vec<&str> {
    let all = chain.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).collect()
}

/// The chain of an attribution and those that are accepted too.
fn chains(attribution: &mut Value) -> Vec<&mut Vec<Value>> {
    let Some(fields) = attribution.as_object_mut() else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (key, value) in fields {
        match (key.as_str(), value) {
            ("chain", Value::Array(chain)) => out.push(chain),
            ("chain_alt", Value::Array(all)) => {
                out.extend(all.iter_mut().filter_map(Value::as_array_mut));
            }
            _ => {}
        }
    }
    out
}

fn may_be_name(hop: &str) -> bool {
    hop != PUBLISHER && !hop.contains("anonymous")
}

fn add(names: &mut BTreeMap<String, String>, entity: &Value, name: &str) {
    if let Some(id) = entity["id"].as_str() {
        names
            .entry(id.to_owned())
            .or_insert_with(|| name.to_owned());
    }
}

fn mentions(entity: &Value) -> impl Iterator<Item = &Value> {
    entity["mentions"].as_array().into_iter().flatten()
}

fn is_name(mention: &Value) -> bool {
    mention["kind"]
        .as_str()
        .is_none_or(|kind| kind != "nominal")
}

fn has_name(entity: &Value) -> bool {
    mentions(entity).any(is_name)
}

/// The thing that a source names: the one with a mention that touches it.
pub(crate) fn speaker<'a>(source: &Value, entities: &'a [Value]) -> Option<&'a Value> {
    let (from, to) = (source["start"].as_u64()?, source["end"].as_u64()?);
    let touches = |mention: &Value| {
        let place = (mention["start"].as_u64(), mention["end"].as_u64());
        matches!(place, (Some(a), Some(b)) if a < to && from < b)
    };
    entities.iter().find(|entity| mentions(entity).any(touches))
}

/// The entity whose name in the text is the English one, in whatever script.
fn called<'a>(hop: &str, entities: &'a [Value], letters: &[char]) -> Option<&'a Value> {
    let wanted = Name::new(hop, NameKind::Organisation);
    let like = |entity: &&Value| {
        mentions(entity).filter(|m| is_name(m)).any(|mention| {
            let place =
                |key: &str| usize::try_from(mention[key].as_u64().unwrap_or(0)).unwrap_or(0);
            let span = place("start")..place("end").min(letters.len());
            let said: String = letters.get(span).unwrap_or_default().iter().collect();
            score(&wanted, &Name::new(&said, NameKind::Organisation)) >= SAME
        })
    };
    entities.iter().find(like)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hops_are_named_by_the_text_or_marked() {
        let text = "قال متحدث لرويترز إن التقرير سري";
        let mut passage = json!({
            "entities": [
                {"id": "r", "mentions": [{"start": 11, "end": 17, "kind": "name"}]},
                {"id": "s", "mentions": [{"start": 4, "end": 9, "kind": "nominal"}]},
            ],
            "attributions": [{
                "source": {"start": 4, "end": 9},
                "chain": [PUBLISHER, "Reuters", "report", "Spokesman"],
            }],
        });
        settle(&mut passage, text);
        assert_eq!(passage["entities"][0]["canonical_en"], "Reuters");
        let chain = &passage["attributions"][0]["chain"];
        let expect = json!([
            PUBLISHER,
            "Reuters",
            "report (anonymous)",
            "Spokesman (anonymous)"
        ]);
        assert_eq!(*chain, expect);
    }

    #[test]
    fn a_reading_is_marked_where_it_has_no_name() {
        let mut read = json!({
            "entities": [{"id": "e0", "canonical_en": "Clara Duval"}, {"id": "e1", "canonical_en": null}],
            "attributions": [{"chain": [PUBLISHER, "e0", "e1", "the letter"]}],
        });
        mark(&mut read);
        let expect = json!([PUBLISHER, "e0", "e1 (anonymous)", "the letter (anonymous)"]);
        assert_eq!(read["attributions"][0]["chain"], expect);
    }
}
