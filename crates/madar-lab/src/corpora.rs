//! Corpora of names, each read into texts with marked spans. Only those whose licence lets weights
//! ship are known here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use madar_text::{Lang, Span};
use serde_json::Value;

/// A text with its names: class 0 person, 1 place, 2 organisation, 3 other.
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) names: Vec<(Span, usize)>,
    /// What is split by: a document, or a block of sentences where documents are not told.
    pub(crate) document: String,
}

pub(crate) fn load(lang: Lang, data: &Path) -> anyhow::Result<Vec<Marked>> {
    match lang {
        Lang::Ar => {
            let mut all = columns(&data.join("ar-anercorp/train.txt"))?;
            all.extend(columns(&data.join("ar-wojood/train.txt"))?);
            Ok(all)
        }
        Lang::En => {
            let mut all = columns(&data.join("en-wikigold/CONLL-format/data/wikigold.conll.txt"))?;
            for file in files(&data.join("en-wnut17/CONLL-format/data/train"))? {
                all.extend(columns(&file)?);
            }
            for part in files(&data.join("en-re3d"))?
                .into_iter()
                .filter(|p| p.is_dir())
            {
                all.extend(re3d(&part)?);
            }
            Ok(all)
        }
        Lang::Ru => factrueval(&data.join("ru-factrueval/devset")),
        Lang::Other => Ok(Vec::new()),
    }
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("no corpus at {}", folder.display()))?;
    let mut all: Vec<PathBuf> = entries
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    all.sort();
    Ok(all)
}

/// Sentences of a block that counts as one document where the file tells none.
const SENTENCES_OF_A_BLOCK: usize = 20;

/// `word TAG` lines, an empty line or a lone full stop after a sentence.
fn columns(file: &Path) -> anyhow::Result<Vec<Marked>> {
    let content =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut out = Vec::new();
    let mut text = String::new();
    let mut names: Vec<(Span, usize)> = Vec::new();
    let mut before = "O".to_owned();
    let mut flush = |text: &mut String, names: &mut Vec<(Span, usize)>| {
        if !text.is_empty() {
            let block = out.len() / SENTENCES_OF_A_BLOCK;
            let document = format!("{}#{block}", file.display());
            out.push(Marked {
                text: std::mem::take(text),
                names: std::mem::take(names),
                document,
            });
        }
    };
    for line in content.lines() {
        let mut parts = line.split_whitespace();
        let (word, tag) = (parts.next(), parts.next());
        let (Some(word), Some(tag)) = (word, tag) else {
            flush(&mut text, &mut names);
            before = "O".to_owned();
            continue;
        };
        let word: String = word
            .chars()
            .filter(|c| !madar_text::is_invisible(*c))
            .collect();
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&word);
        if let Some(class) = class(tag) {
            let own = Span::from_range(start..text.len());
            let goes_on = tag.starts_with("I-") && before.get(2..) == tag.get(2..);
            match names.last_mut().filter(|_| goes_on) {
                Some((span, _)) => *span = span.to(own),
                None => names.push((own, class)),
            }
        }
        tag.clone_into(&mut before);
        if word == "." {
            flush(&mut text, &mut names);
            before = "O".to_owned();
        }
    }
    flush(&mut text, &mut names);
    Ok(out)
}

fn class(tag: &str) -> Option<usize> {
    match tag.get(2..)? {
        "PERS" | "PER" | "person" => Some(0),
        "LOC" | "GPE" | "location" => Some(1),
        "ORG" | "corporation" | "group" => Some(2),
        "MISC" | "product" | "creative-work" | "FAC" | "PRODUCT" | "WEAPON" => Some(3),
        _ => None,
    }
}

/// JSON lines of documents and of entities with offsets in code points.
fn re3d(folder: &Path) -> anyhow::Result<Vec<Marked>> {
    let lines = |name: &str| -> anyhow::Result<Vec<Value>> {
        let content = std::fs::read_to_string(folder.join(name))?;
        content
            .lines()
            .map(|line| Ok(serde_json::from_str(line)?))
            .collect()
    };
    let mut names: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for entity in lines("entities.json")? {
        let document = entity["documentId"].as_str().unwrap_or_default().to_owned();
        names.entry(document).or_default().push(entity);
    }
    let mut out = Vec::new();
    for document in lines("documents.json")? {
        let text = document["text"].as_str().unwrap_or_default().to_owned();
        let id = document["_id"].as_str().unwrap_or_default().to_owned();
        let at: Vec<usize> = text
            .char_indices()
            .map(|(i, _)| i)
            .chain([text.len()])
            .collect();
        let mut marked: Vec<(Span, usize)> = Vec::new();
        for entity in names.remove(&id).unwrap_or_default() {
            let point = |key: &str| {
                entity[key]
                    .as_u64()
                    .and_then(|p| at.get(usize::try_from(p).ok()?))
            };
            let (Some(&from), Some(&to)) = (point("begin"), point("end")) else {
                continue;
            };
            let class = match entity["type"].as_str() {
                Some("Person") => 0,
                Some("Location") => 1,
                Some("Organisation") => 2,
                _ => continue,
            };
            // Descriptions (*the soldiers*) are marked too; only names are learned.
            let shown = &text[from..to];
            let named = shown.split_whitespace().all(|w| {
                w.chars().next().is_some_and(|c| !c.is_lowercase())
                    || ["of", "and", "the", "for", "al"].contains(&w)
            });
            let span = Span::from_range(from..to);
            if named && !marked.iter().any(|(other, _)| other.overlaps(span)) {
                marked.push((span, class));
            }
        }
        marked.sort();
        out.push(Marked {
            text,
            names: marked,
            document: id,
        });
    }
    Ok(out)
}

/// factRuEval-2016: spans with their kinds, grouped into objects.
fn factrueval(folder: &Path) -> anyhow::Result<Vec<Marked>> {
    let mut out = Vec::new();
    for file in files(folder)?
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "txt"))
    {
        let text = std::fs::read_to_string(&file)?;
        let at: Vec<usize> = text
            .char_indices()
            .map(|(i, _)| i)
            .chain([text.len()])
            .collect();
        let mut spans: BTreeMap<String, (String, Span)> = BTreeMap::new();
        for line in std::fs::read_to_string(file.with_extension("spans"))?.lines() {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let [id, kind, start, len, ..] = parts[..] else {
                continue;
            };
            let (start, len): (usize, usize) = (start.parse()?, len.parse()?);
            let (Some(&from), Some(&to)) = (at.get(start), at.get(start + len)) else {
                continue;
            };
            spans.insert(id.to_owned(), (kind.to_owned(), Span::from_range(from..to)));
        }
        let mut names: Vec<(Span, usize)> = Vec::new();
        for line in std::fs::read_to_string(file.with_extension("objects"))?.lines() {
            let parts: Vec<&str> = line
                .split('#')
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            let Some((&kind, ids)) = parts.get(1..).and_then(<[&str]>::split_first) else {
                continue;
            };
            let class = match kind {
                "Person" => 0,
                "Location" | "LocOrg" => 1,
                "Org" => 2,
                "Project" | "Facility" => 3,
                _ => continue,
            };
            let own = ids.iter().filter_map(|id| spans.get(*id));
            let own = own.filter(|(kind, _)| {
                [
                    "name",
                    "surname",
                    "patronymic",
                    "nickname",
                    "org_name",
                    "loc_name",
                    "prj_name",
                    "facility_name",
                ]
                .contains(&kind.as_str())
            });
            let Some(span) = own.map(|(_, span)| *span).reduce(Span::to) else {
                continue;
            };
            if !names.iter().any(|(other, _)| other.overlaps(span)) {
                names.push((span, class));
            }
        }
        names.sort();
        let document = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        out.push(Marked {
            text,
            names,
            document,
        });
    }
    Ok(out)
}
