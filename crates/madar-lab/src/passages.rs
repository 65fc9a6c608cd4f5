//! The annotated passages: their texts rebuilt from where they stand and checked by hash, read by Madar and
//! scored by the gold's scorer; and one annotator against another by the same measures, which is the
//! ceiling of every figure.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_open::Given;
use madar_read::Kit;
use madar_text::Lang;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::corpora::files;
use crate::gold::{Tally, asked};
use crate::hops;
use crate::reading;
use crate::taught::{self, Taught};

/// Where our own annotation stands.
pub(crate) const ANNOTATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/annotation");
/// Who publishes, in the chains of the annotation.
pub(crate) const PUBLISHER: &str = "PUBLISHER";
/// Shown as the title of the table.
const TITLE: &str = "# Own passages\n\n";

/// What the annotation is held against.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Against {
    Reading,
    /// The second annotator, on the passages that both have.
    Second,
}

pub(crate) struct Options<'a> {
    pub(crate) annotation: &'a Path,
    pub(crate) data: &'a Path,
    pub(crate) gold: &'a Path,
    pub(crate) against: Against,
    /// All passages, not only those that are never trained on.
    pub(crate) all: bool,
    pub(crate) out: Option<&'a Path>,
}

pub(crate) fn score(options: &Options<'_>, kit: &Kit) -> anyhow::Result<()> {
    let mut tally = Tally::new(&options.gold.join("score.py"))?;
    let mut counts = String::new();
    for lang in ["ar", "en", "ru"] {
        let first = passages(&options.annotation.join(format!("passages.{lang}.jsonl")))?;
        let second = options
            .annotation
            .join(format!("passages.second.{lang}.jsonl"));
        let second = match options.against {
            Against::Second if second.exists() => passages(&second)?,
            _ => Vec::new(),
        };
        let second: BTreeMap<&str, &Value> = second
            .iter()
            .filter_map(|p| Some((p["id"].as_str()?, p)))
            .collect();
        let mut count = 0;
        for passage in &first {
            let other = passage["id"].as_str().and_then(|id| second.get(id));
            let wanted = match options.against {
                Against::Reading => options.all || passage["split"] == "dev",
                Against::Second => other.is_some(),
            };
            if !wanted {
                continue;
            }
            count += 1;
            let text = text(passage, options.data)
                .with_context(|| format!("passage {}", passage["id"]))?;
            let [gold, system, file] =
                ["gold.json", "system.json", "text.txt"].map(|f| tally.work.join(f));
            std::fs::write(&file, &text)?;
            std::fs::write(&gold, filled(passage, &text).to_string())?;
            let read = match other {
                Some(other) => filled(other, &text),
                None => {
                    // Those who annotated were not told the day of a passage.
                    let given = Given {
                        origin: None,
                        ..reading::given(&file, Some(PUBLISHER.to_owned()), None)?
                    };
                    let mut read = reading::reading(&file, &given, kit)?;
                    hops::mark(&mut read);
                    read
                }
            };
            std::fs::write(&system, read.to_string())?;
            if let Some(keep) = std::env::var_os("MADAR_LAB_KEEP") {
                let name = passage["id"].as_str().unwrap_or_default();
                for (from, end) in [(&gold, "gold.json"), (&system, "json"), (&file, "txt")] {
                    std::fs::copy(from, Path::new(&keep).join(format!("{name}.{end}")))?;
                }
            }
            tally.add(lang, &gold, &system, &file)?;
        }
        counts += &format!("{lang} {count}, ");
    }
    let what = match options.against {
        Against::Reading => &format!(
            "`cargo run --release -p madar-lab -- passages{}`: a reading against the passages that are never trained on",
            asked(kit)
        ),
        Against::Second => {
            "`cargo run --release -p madar-lab -- passages --second`: the second annotator against the first"
        }
    };
    let title = format!(
        "{TITLE}{what}, scored by the gold's own scorer. Passages: {}.\n\n",
        counts.trim_end_matches(", ")
    );
    let shown = tally.finish(&title)?;
    print!("{shown}");
    if let Some(out) = options.out {
        std::fs::write(out, shown)?;
    }
    Ok(())
}

fn passages(file: &Path) -> anyhow::Result<Vec<Value>> {
    let content =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = content.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// The text of a passage, from where it stands.
///
/// # Errors
/// When it is not there or not the one that was annotated.
fn text(passage: &Value, data: &Path) -> anyhow::Result<String> {
    let of = |key: &str| passage[key].as_str().unwrap_or_default();
    let (kind, range) = of("place")
        .split_once(' ')
        .context("a place without a range")?;
    let (from, to) = range.split_once('-').context("a range without a dash")?;
    let (from, to): (usize, usize) = (from.parse()?, to.parse()?);
    let read = |file: &Path| {
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
    };
    let document = of("document");
    let text = match kind {
        "lines" => {
            let whole = read(
                &data
                    .join("ntrex")
                    .join(document)
                    .join(format!("{}.txt", of("language"))),
            )?;
            let lines: Vec<&str> = whole.split('\n').collect();
            lines
                .get(from..=to)
                .context("lines beyond the end")?
                .join("\n")
        }
        "tokens" => {
            let file = match of("corpus") {
                "en-wikigold" => "en-wikigold/CONLL-format/data/wikigold.conll.txt",
                _ => "ar-anercorp/train.txt",
            };
            let whole = read(&data.join(file))?;
            let lines = whole.split('\n').skip(from).take(to - from);
            let words = lines.map(|line| line.split(' ').next().unwrap_or_default());
            words.collect::<Vec<_>>().join(" ")
        }
        "chars" if of("corpus") == "en-re3d" => report(document, from, to, data)?,
        "chars" => {
            let name = format!("{document}.txt");
            let part = ["train", "dev"].map(|part| data.join("ru-nerel").join(part).join(&name));
            let file = part
                .iter()
                .find(|f| f.exists())
                .context("no such document")?;
            read(file)?.chars().skip(from).take(to - from).collect()
        }
        "sentences" => sentences(document, from, to, data)?,
        "texts" => {
            let file = data.join(format!("en-gum/coref/gum/tsv/{document}.tsv"));
            let whole = read(&file)?;
            let texts = whole.lines().filter_map(|line| line.strip_prefix("#Text="));
            let chosen = texts.skip(from).take(to + 1 - from);
            chosen.collect::<Vec<_>>().join("\n")
        }
        other => anyhow::bail!("a place in {other:?}"),
    };
    let mut hash = String::new();
    for byte in Sha256::digest(text.as_bytes()) {
        write!(hash, "{byte:02x}")?;
    }
    anyhow::ensure!(hash == of("sha256"), "another text than the one annotated");
    Ok(text)
}

/// Characters of a document of re3d: its folder and its id there.
fn report(document: &str, from: usize, to: usize, data: &Path) -> anyhow::Result<String> {
    let (folder, id) = document
        .split_once('/')
        .context("a document without its folder")?;
    let file = data.join("en-re3d").join(folder).join("documents.json");
    let content = std::fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    for line in content.lines() {
        let value: Value = serde_json::from_str(line)?;
        if value["_id"] == id {
            let text = value["text"].as_str().unwrap_or_default();
            return Ok(text.chars().skip(from).take(to - from).collect());
        }
    }
    anyhow::bail!("no such document")
}

/// Sentences of a document of MEANTIME, their words joined by spaces.
fn sentences(document: &str, from: usize, to: usize, data: &Path) -> anyhow::Result<String> {
    let mut found = None;
    for corpus in files(&data.join("en-meantime/intra-doc_annotation"))? {
        for file in files(&corpus)? {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if name
                .strip_prefix(document)
                .is_some_and(|rest| rest.starts_with('.'))
            {
                found = Some(file.clone());
            }
        }
    }
    let whole = std::fs::read_to_string(found.context("no such document")?)?;
    let mut lines: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for line in whole.lines().filter(|line| line.starts_with("<token ")) {
        let number = line
            .split(" sentence=\"")
            .nth(1)
            .and_then(|r| r.split('"').next());
        let word = line
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once('<'));
        if let (Some(number), Some((word, _))) = (number, word) {
            lines
                .entry(number.parse()?)
                .or_default()
                .push(unescaped(word));
        }
    }
    let chosen = (from..=to).filter_map(|at| lines.get(&at));
    Ok(chosen
        .map(|words| words.join(" "))
        .collect::<Vec<_>>()
        .join("\n"))
}

fn unescaped(word: &str) -> String {
    let names = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    names
        .iter()
        .fold(word.to_owned(), |w, (name, sign)| w.replace(name, sign))
}

/// Passages of one split, with their texts; for learning also those of which only mentions and facts are told.
pub(crate) fn taught(lang: Lang, data: &Path, split: &str) -> anyhow::Result<Vec<Taught>> {
    let mut out = Vec::new();
    for name in ["passages", "drawn"] {
        let file = Path::new(ANNOTATION).join(format!("{name}.{}.jsonl", lang.code()));
        for passage in passages(&file)?.iter().filter(|p| p["split"] == split) {
            let of = || format!("passage {}", passage["id"]);
            let text = text(passage, data).with_context(of)?;
            out.push(taught::of_passage(passage, text).with_context(of)?);
        }
    }
    Ok(out)
}

/// An annotation with what the gold's scorer asks for besides: names of things as their chains tell them.
fn filled(passage: &Value, text: &str) -> Value {
    let mut out = passage.clone();
    let empty = json!({"start": null, "end": null});
    hops::settle(&mut out, text);
    let entities: Vec<Value> = out["entities"].as_array().cloned().unwrap_or_default();
    for attribution in out["attributions"].as_array_mut().into_iter().flatten() {
        for part in ["source", "cue"] {
            if attribution[part].is_null() {
                attribution[part] = empty.clone();
            }
        }
        let entity = hops::speaker(&attribution["source"], &entities).map(|e| e["id"].clone());
        attribution["source"]["entity"] = json!(entity);
        if attribution["named"].is_null() {
            attribution["named"] = json!(entity.is_some());
        }
        if attribution["directness"].is_null() {
            attribution["directness"] = json!("indirect");
        }
    }
    for time in out["times"].as_array_mut().into_iter().flatten() {
        let value = time["value"].as_str().unwrap_or_default();
        // 2018, 2018-09-30: on the calendar; PAST_REF, P3D, XXXX-09: not
        let year = value.bytes().take_while(u8::is_ascii_digit).count();
        time["anchored"] = json!(year == 4);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_is_named_as_its_chain_tells() {
        let passage = json!({
            "entities": [{"id": "d", "type": "Person", "mentions": [{"start": 0, "end": 5, "kind": "name"}]}],
            "attributions": [{
                "source": {"start": 0, "end": 5},
                "cue": null,
                "chain": [PUBLISHER, "Clara Duval"]
            }],
        });
        let filled = filled(&passage, "Clara says it");
        assert_eq!(filled["entities"][0]["canonical_en"], "Clara Duval");
        assert_eq!(filled["attributions"][0]["source"]["entity"], "d");
        assert_eq!(filled["attributions"][0]["cue"]["start"], Value::Null);
    }
}
