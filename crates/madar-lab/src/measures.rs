//! Corpora that names are measured on and never learned from: the parallel gold, NEREL, CoNLL-04.

use std::path::Path;

use madar_text::{Lang, Span};
use serde_json::Value;

use crate::corpora::{Marked, bytes_of_points, columns_at, files};

/// Names of a corpus and the texts.
pub(crate) type Measure = (&'static str, Vec<Marked>);

/// What can be measured for a language with the texts at hand.
pub(crate) fn load(lang: Lang, data: &Path) -> anyhow::Result<Vec<Measure>> {
    let mut out = Vec::new();
    let gold = data.join("../gold/articles");
    if gold.exists() {
        out.push(("gold", parallel_gold(lang, &gold)?));
    }
    if lang == Lang::Ru {
        let mut all = Vec::new();
        for part in ["train", "dev"] {
            all.extend(nerel(&data.join("ru-nerel").join(part))?);
        }
        out.push(("NEREL", all));
    }
    if lang == Lang::En {
        let file = data.join("en-conll04/train.txt");
        out.push(("CoNLL-04", columns_at(&file, 1, 2)?));
    }
    Ok(out)
}

fn parallel_gold(lang: Lang, folder: &Path) -> anyhow::Result<Vec<Marked>> {
    let mut out = Vec::new();
    for article in files(folder)? {
        let text = std::fs::read_to_string(article.join(format!("{}.txt", lang.code())))?;
        let gold = std::fs::read(article.join(format!("{}.gold.json", lang.code())))?;
        let gold: Value = serde_json::from_slice(&gold)?;
        let at = bytes_of_points(&text);
        let mut names = Vec::new();
        for entity in gold["entities"].as_array().into_iter().flatten() {
            let class = match entity["type"].as_str() {
                Some("Person") => 0,
                Some("Place") => 1,
                Some("Organization" | "Company" | "PublicBody") => 2,
                Some("Asset" | "Document") => 3,
                _ => continue,
            };
            for mention in entity["mentions"].as_array().into_iter().flatten() {
                let point = |key: &str| {
                    let point = mention[key].as_u64()?;
                    at.get(usize::try_from(point).ok()?).copied()
                };
                let named = matches!(mention["kind"].as_str(), Some("name" | "alias"));
                if let (true, Some(from), Some(to)) = (named, point("start"), point("end")) {
                    names.push((Span::from_range(from..to), class));
                }
            }
        }
        out.push(Marked {
            text,
            names: outermost(names),
            document: String::new(),
        });
    }
    Ok(out)
}

/// brat standoff: `T2\tPERSON 87 98\t…`.
fn nerel(folder: &Path) -> anyhow::Result<Vec<Marked>> {
    let mut out = Vec::new();
    let texts = files(folder)?.into_iter();
    for file in texts.filter(|f| f.extension().is_some_and(|e| e == "txt")) {
        let text = std::fs::read_to_string(&file)?;
        let at = bytes_of_points(&text);
        let mut names = Vec::new();
        for line in std::fs::read_to_string(file.with_extension("ann"))?.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let [_, place, shown] = cells[..] else {
                continue;
            };
            let parts: Vec<&str> = place.split(' ').collect();
            let [kind, from, to] = parts[..] else {
                continue;
            };
            let class = match kind {
                "PERSON" => 0,
                "COUNTRY" | "CITY" | "STATE_OR_PROVINCE" | "DISTRICT" | "LOCATION" => 1,
                "ORGANIZATION" => 2,
                _ => continue,
            };
            let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>()) else {
                continue;
            };
            // NEREL marks adjectives of countries and bare nouns too; those are no names here.
            let named = shown.chars().next().is_some_and(|c| !c.is_lowercase());
            if let (true, Some(&from), Some(&to)) = (named, at.get(from), at.get(to)) {
                names.push((Span::from_range(from..to), class));
            }
        }
        out.push(Marked {
            text,
            names: outermost(names),
            document: String::new(),
        });
    }
    Ok(out)
}

/// The longest of names that overlap.
fn outermost(mut names: Vec<(Span, usize)>) -> Vec<(Span, usize)> {
    names.sort_by_key(|(span, class)| (std::cmp::Reverse(span.len()), span.start, *class));
    let mut out: Vec<(Span, usize)> = Vec::new();
    for (span, class) in names {
        if !out.iter().any(|(other, _)| other.overlaps(span)) {
            out.push((span, class));
        }
    }
    out.sort();
    out
}
