//! `madar-lab conll`: text in columns, a word and its tag to a line, with the names that a reader
//! finds as a third column, in the tag names that are given.

use std::path::Path;

use anyhow::Context;
use madar_read::encoder::Encoder;
use madar_read::words::Sentence;
use madar_read::{Kit, tagger};
use madar_text::{Lang, Span};

use crate::corpora::Marked;
use crate::train;

/// What is read, and how its answers are written.
pub(crate) struct Task<'a> {
    pub(crate) file: &'a Path,
    pub(crate) lang: Lang,
    /// Names of person, place, organisation, other.
    pub(crate) tags: Vec<&'a str>,
    /// The corpus whose rules the accurate reader marks by.
    pub(crate) head: &'a str,
}

/// A sentence of the file: its lines and where their words stand in the text.
#[derive(Default)]
struct Lines<'a> {
    lines: Vec<&'a str>,
    text: String,
    spans: Vec<Span>,
}

/// Prints the file with a third column.
pub(crate) fn conll(task: &Task<'_>, kit: &Kit, encoder: Option<&Encoder>) -> anyhow::Result<()> {
    anyhow::ensure!(
        task.tags.len() == 4,
        "four tags: person, place, organisation, other"
    );
    let content = std::fs::read_to_string(task.file)
        .with_context(|| format!("cannot read {}", task.file.display()))?;
    let mut all = vec![Lines::default()];
    for line in content.lines() {
        let word = line.split_whitespace().next();
        let Some(word) = word else {
            all.push(Lines::default());
            continue;
        };
        let open = all.last_mut().expect("one is always open");
        if !open.text.is_empty() {
            open.text.push(' ');
        }
        let start = open.text.len();
        open.text.push_str(word);
        open.spans.push(Span::from_range(start..open.text.len()));
        open.lines.push(line);
    }
    let read: Vec<Vec<Sentence>> = all
        .iter()
        .map(|lines| sentences(lines, task.lang, kit))
        .collect();
    let labels = labels(&all, &read, task, kit, encoder);
    for ((lines, sentences), labels) in all.iter().zip(&read).zip(labels) {
        let mut before: Option<usize> = None;
        for (line, span) in lines.lines.iter().zip(&lines.spans) {
            // The first word of Madar's that lies in the file's.
            let words = sentences
                .iter()
                .zip(&labels)
                .flat_map(|(s, l)| s.words.iter().zip(l));
            let label = words
                .filter(|(w, _)| w.host.overlaps(*span))
                .map(|(_, &l)| l)
                .find(|&l| l != tagger::OUTSIDE);
            let class = label.and_then(tagger::class_of);
            let tag = match (class, label) {
                (Some(class), Some(label)) => {
                    let begins = tagger::begins(label) || before != Some(class);
                    format!("{}-{}", if begins { "B" } else { "I" }, task.tags[class])
                }
                _ => "O".to_owned(),
            };
            before = class;
            println!("{line}\t{tag}");
        }
        println!();
    }
    Ok(())
}

fn sentences(lines: &Lines<'_>, lang: Lang, kit: &Kit) -> Vec<Sentence> {
    let marked = Marked {
        text: lines.text.clone(),
        names: Vec::new(),
        document: String::new(),
    };
    train::sentences(&marked, lang, kit)
}

/// By sentence of the file, by sentence of Madar's, by word.
fn labels(
    all: &[Lines<'_>],
    read: &[Vec<Sentence>],
    task: &Task<'_>,
    kit: &Kit,
    encoder: Option<&Encoder>,
) -> Vec<Vec<Vec<usize>>> {
    let Some(encoder) = encoder else {
        let tag = |s: &Sentence| kit.tagger(task.lang).tag(s, &kit.hints(s));
        return read
            .iter()
            .map(|own| own.iter().map(tag).collect())
            .collect();
    };
    let both = all.iter().zip(read);
    let flat: Vec<(&str, &Sentence)> = both
        .flat_map(|(lines, own)| own.iter().map(|s| (lines.text.as_str(), s)))
        .collect();
    let mut labels = encoder.tag(&flat, task.head).into_iter();
    read.iter()
        .map(|own| labels.by_ref().take(own.len()).collect())
        .collect()
}
