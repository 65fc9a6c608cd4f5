//! Corpora of names, each read into texts with marked spans. Only those whose licence lets weights
//! ship are known here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use madar_text::{Lang, Span};
use serde_json::Value;

use crate::taught::{self, Taught};
use crate::{annotation, passages};

/// A text with its names: class 0 person, 1 place, 2 organisation, 3 other.
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) names: Vec<(Span, usize)>,
    /// What is split by: a document, or a block of sentences where documents are not told.
    pub(crate) document: String,
}

/// The texts of one corpus, by its name.
pub(crate) type Corpus = (&'static str, Vec<Marked>);

pub(crate) fn load(lang: Lang, data: &Path) -> anyhow::Result<Vec<Marked>> {
    let all = by_corpus(lang, data)?;
    Ok(all.into_iter().flat_map(|(_, texts)| texts).collect())
}

/// What marks the same things stands under one name: NTREX and our own passages are *own*. What the passages
/// that are never trained on show, in whole or in part, is left out of every corpus.
pub(crate) fn by_corpus(lang: Lang, data: &Path) -> anyhow::Result<Vec<Corpus>> {
    let kept_back: Vec<String> = passages::taught(lang, data, "dev")?
        .iter()
        .map(|taught| letters(&taught.text))
        .collect();
    let shown = |marked: &Marked| {
        let own = letters(&marked.text);
        own.len() >= TOLD_BY_LETTERS
            && kept_back
                .iter()
                .any(|text| text.contains(&own) || own.contains(text))
    };
    let mut all = everything(lang, data)?;
    for (_, texts) in &mut all {
        texts.retain(|marked| !shown(marked));
    }
    Ok(all)
}

/// Bytes of letters by which a sentence is known for the same.
const TOLD_BY_LETTERS: usize = 16;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn everything(lang: Lang, data: &Path) -> anyhow::Result<Vec<Corpus>> {
    let mut own = annotation::ntrex(lang, &data.join("ntrex"))?;
    own.extend(taught::taught(lang, data)?.iter().map(Taught::marked));
    match lang {
        Lang::Ar => {
            own.extend(annotation::own(lang)?);
            Ok(vec![
                ("own", own),
                ("anercorp", columns(&data.join("ar-anercorp/train.txt"))?),
                ("wojood", columns(&data.join("ar-wojood/train.txt"))?),
            ])
        }
        Lang::En => {
            let wikigold = data.join("en-wikigold/CONLL-format/data/wikigold.conll.txt");
            let mut wnut = Vec::new();
            for file in files(&data.join("en-wnut17/CONLL-format/data/train"))? {
                wnut.extend(columns(&file)?);
            }
            let mut security = Vec::new();
            for part in files(&data.join("en-re3d"))?
                .into_iter()
                .filter(|p| p.is_dir())
            {
                security.extend(re3d(&part)?);
            }
            let files_of_gum = files(&data.join("en-gum/coref/gum/tsv"))?;
            let mut wikinews = Vec::new();
            for corpus in files(&data.join("en-meantime/intra-doc_annotation"))? {
                for file in files(&corpus)? {
                    wikinews.push(meantime(&file)?);
                }
            }
            Ok(vec![
                ("own", own),
                ("wikigold", columns(&wikigold)?),
                ("wnut17", wnut),
                ("re3d", security),
                (
                    "gum",
                    files_of_gum
                        .iter()
                        .map(|f| gum(f))
                        .collect::<Result<_, _>>()?,
                ),
                ("meantime", wikinews),
            ])
        }
        Lang::Ru => Ok(vec![
            ("own", own),
            (
                "factrueval",
                factrueval(&data.join("ru-factrueval/devset"))?,
            ),
        ]),
        Lang::Other => Ok(Vec::new()),
    }
}

pub(crate) fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("no corpus at {}", folder.display()))?;
    let mut all: Vec<PathBuf> = entries
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    all.sort();
    Ok(all)
}

/// The byte of each code point, and the end.
pub(crate) fn bytes_of_points(text: &str) -> Vec<usize> {
    let starts = text.char_indices().map(|(i, _)| i);
    starts.chain([text.len()]).collect()
}

/// Sentences of a block that counts as one document where the file tells none.
pub(crate) const SENTENCES_OF_A_BLOCK: usize = 20;

/// `word TAG` lines, an empty line or a lone full stop after a sentence.
fn columns(file: &Path) -> anyhow::Result<Vec<Marked>> {
    columns_at(file, 0, 1)
}

/// The same with the columns of word and tag.
pub(crate) fn columns_at(file: &Path, word: usize, tag: usize) -> anyhow::Result<Vec<Marked>> {
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
        let parts: Vec<&str> = line.split_whitespace().collect();
        let (Some(word), Some(tag)) = (parts.get(word), parts.get(tag)) else {
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
        (*tag).clone_into(&mut before);
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
        "PERS" | "PER" | "person" | "Peop" => Some(0),
        "LOC" | "GPE" | "location" | "Loc" => Some(1),
        "ORG" | "corporation" | "group" | "Org" => Some(2),
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
        let at = bytes_of_points(&text);
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

/// GUM and MEANTIME mark *President Obama* whole; for Madar the title is a mention of its own.
const TITLES: &[&str] = &[
    "President",
    "Vice",
    "Prime",
    "Minister",
    "Secretary",
    "State",
    "Senator",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Mr",
    "Mrs",
    "Ms",
    "Dr.",
    "Dr",
    "Chairman",
    "Chief",
    "Judge",
    "King",
    "Queen",
    "Prince",
    "General",
    "Mayor",
    "Governor",
    "Gov.",
    "Professor",
    "Prof.",
    "Chancellor",
    "The",
    "Former",
    "Foreign",
    "CEO",
    "Sen.",
    "Rep.",
    "Gen.",
    "Justice",
    "Sir",
    "Lord",
    "Captain",
    "Colonel",
    "Ambassador",
    "Director",
    "the",
    "of",
];

const PRONOUNS: &[&str] = &[
    "I", "We", "He", "She", "It", "They", "You", "My", "Our", "His", "Her", "Its", "Their", "Your",
    "Me", "This", "That", "These", "Those", "Who", "Both", "All", "Some", "Many", "One", "There",
];

/// The part of a marked person that is the name.
fn without_title(words: &[&str]) -> usize {
    words.iter().take_while(|w| TITLES.contains(w)).count()
}

/// Capitalised throughout, small words aside: a name and no description.
fn is_name(words: &[&str]) -> bool {
    if words.first().is_some_and(|w| PRONOUNS.contains(w)) {
        return false;
    }
    let small = [
        "of", "and", "the", "for", "de", "al", "&", "-", "'s", "bin", "van", "von",
    ];
    let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
    words
        .iter()
        .all(|w| capital(w) || small.contains(w) || w.chars().all(|c| !c.is_alphabetic()))
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
}

/// The words of each marked name without the title before it; what is no name is left out.
fn names_of(
    groups: impl Iterator<Item = (Vec<usize>, usize)>,
    words: &[&str],
) -> Vec<(Vec<usize>, usize)> {
    let mut out = Vec::new();
    for (mut at, class) in groups {
        if at.iter().any(|&i| i >= words.len()) {
            continue;
        }
        let shown: Vec<&str> = at.iter().map(|&i| words[i]).collect();
        let title = if class == 0 {
            without_title(&shown)
        } else {
            usize::from(shown[0] == "The")
        };
        at.drain(..title);
        if is_name(&shown[title..]) {
            out.push((at, class));
        }
    }
    out
}

/// A text made of words, with the names that some of its words carry.
fn marked(words: &[&str], groups: Vec<(Vec<usize>, usize)>, document: &Path) -> Marked {
    let mut text = String::new();
    let mut spans = Vec::new();
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(word);
        spans.push(Span::from_range(start..text.len()));
    }
    let mut groups = groups;
    groups.sort_by_key(|(at, class)| (std::cmp::Reverse(at.len()), at.clone(), *class));
    let mut names: Vec<(Span, usize)> = Vec::new();
    for (at, class) in groups {
        let Some(span) = at.iter().map(|&i| spans[i]).reduce(Span::to) else {
            continue;
        };
        if !names.iter().any(|(other, _)| other.overlaps(span)) {
            names.push((span, class));
        }
    }
    names.sort();
    let document = document
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Marked {
        text,
        names,
        document,
    }
}

/// GUM, WebAnno TSV: `1-1  0-4  Over  event[1]|person[2] …`.
fn gum(file: &Path) -> anyhow::Result<Marked> {
    let content = std::fs::read_to_string(file)?;
    let mut words: Vec<&str> = Vec::new();
    let mut groups: BTreeMap<&str, (Vec<usize>, usize)> = BTreeMap::new();
    for line in content.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, _, word, entities, ..] = cells[..] else {
            continue;
        };
        for entity in entities.split('|') {
            let class = match entity.split('[').next() {
                Some("person") => 0,
                Some("place") => 1,
                Some("organization") => 2,
                _ => continue,
            };
            groups
                .entry(entity)
                .or_insert((Vec::new(), class))
                .0
                .push(words.len());
        }
        words.push(word);
    }
    let groups = names_of(groups.into_values(), &words);
    Ok(marked(&words, groups, file))
}

/// MEANTIME, CAT XML: numbered tokens, mentions that anchor to them, entities that mentions refer to.
fn meantime(file: &Path) -> anyhow::Result<Marked> {
    let content = std::fs::read_to_string(file)?;
    let attribute = |line: &str, name: &str| -> Option<String> {
        let from = line.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(line[from..].split('"').next()?.to_owned())
    };
    let mut words: Vec<&str> = Vec::new();
    let mut mentions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    let mut class_of: BTreeMap<String, usize> = BTreeMap::new();
    let (mut open, mut sources) = (None, Vec::new());
    for line in content.lines() {
        if line.starts_with("<token ") {
            words.push(
                line.split('>')
                    .nth(1)
                    .and_then(|r| r.split('<').next())
                    .unwrap_or_default(),
            );
        } else if line.contains("<ENTITY_MENTION") {
            open = attribute(line, "m_id").filter(|_| line.contains("\"NAM\""));
        } else if line.contains("<token_anchor") {
            let at = attribute(line, "t_id").and_then(|t| t.parse::<usize>().ok());
            if let (Some(id), Some(at)) = (&open, at) {
                mentions.entry(id.clone()).or_default().push(at - 1);
            }
        } else if line.contains("</ENTITY_MENTION") {
            open = None;
        } else if line.contains("<ENTITY ") {
            let class = match attribute(line, "ent_type").as_deref() {
                Some("PER" | "PERSON") => 0,
                Some("LOC" | "LOCATION") => 1,
                Some("ORG" | "ORGANIZATION") => 2,
                Some("PRO" | "PRODUCT") => 3,
                _ => continue,
            };
            classes.insert(attribute(line, "m_id").unwrap_or_default(), class);
        } else if line.contains("<source ") {
            sources.extend(attribute(line, "m_id"));
        } else if line.contains("<target ") {
            let class = attribute(line, "m_id").and_then(|id| classes.get(&id).copied());
            for source in std::mem::take(&mut sources) {
                class_of.extend(class.map(|class| (source, class)));
            }
        }
    }
    let groups = mentions
        .into_iter()
        .filter_map(|(id, at)| Some((at, *class_of.get(&id)?)));
    let groups = names_of(groups, &words);
    Ok(marked(&words, groups, file))
}

/// factRuEval-2016: spans with their kinds, grouped into objects.
fn factrueval(folder: &Path) -> anyhow::Result<Vec<Marked>> {
    let mut out = Vec::new();
    for file in files(folder)?
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "txt"))
    {
        let text = std::fs::read_to_string(&file)?;
        let at = bytes_of_points(&text);
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
