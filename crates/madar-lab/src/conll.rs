//! `conll FILE --lang ar --tags PERS,LOC,ORG,MISC`: a file of one word to a line with its label, with
//! Madar's label as one more column; and, where the labels are in the same names, exact F1 on stderr.
//!
//! `ألمانيا B-LOC` → `ألمانيا B-LOC B-LOC`. Sentences end at blank lines, or at lone full stops in files
//! that have none; lines of `-DOCSTART-` begin a document.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_read::encoder::Encoder;
use madar_read::{AmountKind, EntityKind, Kit, MentionForm, Reading, tagger};
use madar_text::{Document, Lang, Span};

/// Sentences that are read as one document where the file tells no documents: about an article.
const SENTENCES: usize = 20;
/// Words of a sentence at most. A file without blank lines would be one sentence.
const LONGEST: usize = 400;

pub(crate) struct Options<'a> {
    pub(crate) lang: Lang,
    /// Names of the labels of person, place, organisation and, if there is a fourth, of other things.
    pub(crate) tags: Vec<String>,
    /// The corpus by whose rules the accurate reader marks.
    pub(crate) rules: &'a str,
    pub(crate) out: Option<&'a Path>,
}

/// What labels the words: the whole reading, or the encoder alone by the rules of a corpus.
#[derive(Clone, Copy)]
pub(crate) struct Readers<'a> {
    pub(crate) kit: &'a Kit,
    pub(crate) encoder: Option<&'a Encoder>,
}

/// One line of the file.
struct Row {
    line: String,
    /// `None` for blank lines and marks of documents.
    word: Option<String>,
    given: String,
}

pub(crate) fn conll(
    file: &Path,
    options: &Options<'_>,
    readers: Readers<'_>,
) -> anyhow::Result<()> {
    anyhow::ensure!(options.lang != Lang::Other, "--lang is one of ar, en, ru");
    anyhow::ensure!(
        matches!(options.tags.len(), 3 | 4),
        "--tags names the labels of person, place, organisation and, if wanted, other: PER,LOC,ORG,MISC"
    );
    let content =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let (rows, labels) = labelled(&content, options, readers);
    let mut shown = String::new();
    for (row, label) in rows.iter().zip(&labels) {
        match (&row.word, label) {
            (Some(_), label) => writeln!(shown, "{}{}{label}", row.line, separator(&row.line))?,
            (None, _) => writeln!(shown, "{}", row.line)?,
        }
    }
    match options.out {
        Some(out) => std::fs::write(out, shown)?,
        None => print!("{shown}"),
    }
    let mut score = Score::default();
    score.add(&rows, &labels);
    eprint!("{}", score.table(&options.tags));
    Ok(())
}

/// Columns are told apart as the file does it.
fn separator(line: &str) -> char {
    if line.contains('\t') { '\t' } else { ' ' }
}

/// The rows of a file and Madar's label of each.
fn labelled(content: &str, options: &Options<'_>, readers: Readers<'_>) -> (Vec<Row>, Vec<String>) {
    let rows: Vec<Row> = content
        .trim_start_matches('\u{FEFF}')
        .lines()
        .map(row)
        .collect();
    let mut labels = vec!["O".to_owned(); rows.len()];
    for sentences in documents(&rows) {
        label(&rows, &sentences, options, readers, &mut labels);
    }
    (rows, labels)
}

fn row(line: &str) -> Row {
    let line = line.trim_end_matches('\r').to_owned();
    let mut cells = line.split_whitespace();
    let word = cells.next().filter(|w| !w.starts_with("-DOCSTART-"));
    Row {
        word: word.map(str::to_owned),
        given: cells.next_back().unwrap_or("O").to_owned(),
        line,
    }
}

/// Row numbers of the sentences of each document.
fn documents(rows: &[Row]) -> Vec<Vec<Vec<usize>>> {
    let blanks = rows
        .iter()
        .any(|r| r.word.is_none() && r.line.trim().is_empty());
    let mut out: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    let mut sentence: Vec<usize> = Vec::new();
    let told = rows.iter().any(|r| r.line.starts_with("-DOCSTART-"));
    for (at, row) in rows.iter().enumerate() {
        if row.word.is_some() {
            sentence.push(at);
        }
        let stop = !blanks && row.word.as_deref() == Some(".");
        if row.word.is_some() && !stop && sentence.len() < LONGEST && at + 1 < rows.len() {
            continue;
        }
        let last = out.last_mut().expect("begins with one");
        if !sentence.is_empty() {
            last.push(std::mem::take(&mut sentence));
        }
        let marked = row.line.starts_with("-DOCSTART-");
        if !last.is_empty() && (marked || !told && last.len() == SENTENCES) {
            out.push(Vec::new());
        }
    }
    out.retain(|sentences| !sentences.is_empty());
    out
}

/// Reads the sentences as the paragraphs of one document and labels their rows.
fn label(
    rows: &[Row],
    sentences: &[Vec<usize>],
    options: &Options<'_>,
    readers: Readers<'_>,
    labels: &mut [String],
) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut places: Vec<(usize, Span)> = Vec::new();
    for sentence in sentences {
        let start = text.len();
        for &at in sentence {
            let word = rows[at]
                .word
                .as_deref()
                .expect("rows of sentences have words");
            let shown = written(word);
            if text.len() > start {
                text.push(' ');
            }
            let from = text.len();
            text.push_str(&shown);
            places.push((at, Span::from_range(from..text.len())));
        }
        blocks.push(crate::text::paragraph(
            Span::from_range(start..text.len()),
            options.lang,
        ));
        text.push('\n');
    }
    let document = crate::text::document(text, blocks);
    let classes = options.tags.len();
    let names = match readers.encoder {
        Some(encoder) => marked(&document, encoder, options.rules, readers.kit),
        None => {
            let reading = madar_read::read(&document, readers.kit);
            names(&document, &reading, options.lang, classes)
        }
    };
    let mut before = None;
    for (at, place) in places {
        let found = names.iter().position(|(span, _)| span.overlaps(place));
        if let Some(found) = found {
            let mark = if before == Some(found) { "I" } else { "B" };
            labels[at] = format!("{mark}-{}", options.tags[names[found].1]);
        }
        before = found;
    }
}

/// The sign for which a corpus writes a word.
fn written(word: &str) -> String {
    let sign = match word {
        "-LRB-" => "(",
        "-RRB-" => ")",
        "-LSB-" => "[",
        "-RSB-" => "]",
        "``" | "''" => "\"",
        _ => {
            let kept = |c: &char| !madar_text::is_invisible(*c);
            return word.chars().filter(kept).collect();
        }
    };
    sign.to_owned()
}

/// The encoder's own labels by the rules of a corpus.
fn marked(document: &Document, encoder: &Encoder, rules: &str, kit: &Kit) -> Vec<(Span, usize)> {
    let sentences = madar_read::words::words(document, kit);
    let read: Vec<_> = sentences
        .iter()
        .map(|s| (document.text.as_str(), s))
        .collect();
    let mut out: Vec<(Span, usize)> = Vec::new();
    for (sentence, labels) in sentences.iter().zip(encoder.tag(&read, rules)) {
        let mut open = false;
        for (word, label) in sentence.words.iter().zip(labels) {
            let class = tagger::class_of(label);
            let goes_on = open && !tagger::begins(label);
            match (class, out.last_mut()) {
                (Some(class), Some(last)) if goes_on && last.1 == class => {
                    last.0 = last.0.to(word.host);
                }
                (Some(class), _) => out.push((word.host, class)),
                (None, _) => {}
            }
            open = class.is_some();
        }
    }
    out
}

/// Outermost names with their class: 0 person, 1 place, 2 organisation, 3 other.
pub(crate) fn names(
    document: &Document,
    reading: &Reading,
    lang: Lang,
    classes: usize,
) -> Vec<(Span, usize)> {
    let mut all: Vec<(Span, usize)> = Vec::new();
    for mention in &reading.mentions {
        let class = match mention.kind {
            _ if mention.form == MentionForm::Description => continue,
            EntityKind::Person => 0,
            EntityKind::Place => 1,
            kind if kind.is_body() => 2,
            EntityKind::Group => continue,
            _ => 3,
        };
        all.push((mention.span, class));
    }
    // ANERcorp, whose labels these are, counts the names of currencies as other names.
    if lang == Lang::Ar {
        all.extend(currencies(document, reading).map(|span| (span, 3)));
    }
    all.retain(|(_, class)| *class < classes);
    all.sort_by_key(|(span, class)| (std::cmp::Reverse(span.len()), span.start, *class));
    let mut out: Vec<(Span, usize)> = Vec::new();
    for (span, class) in all {
        if !out.iter().any(|(other, _)| other.overlaps(span)) {
            out.push((span, class));
        }
    }
    out.sort();
    out
}

/// The last words of sums of money: 50 مليون {دولار}.
fn currencies<'a>(document: &'a Document, reading: &'a Reading) -> impl Iterator<Item = Span> + 'a {
    let money = reading.amounts.iter();
    let money = money.filter(|a| a.kind == AmountKind::Money && a.currency.is_some());
    money.filter_map(|amount| {
        let shown = amount.span.of(&document.text);
        let last = shown.split(' ').next_back()?;
        let name = last.chars().all(char::is_alphabetic) && last.len() < shown.len();
        let end = amount.span.end as usize;
        name.then(|| Span::from_range(end - last.len()..end))
    })
}

/// Found, right and wanted names by label.
#[derive(Default)]
struct Score {
    by_tag: BTreeMap<String, [u32; 3]>,
}

impl Score {
    fn add(&mut self, rows: &[Row], labels: &[String]) {
        let given: Vec<&str> = rows.iter().map(Row::label).collect();
        let found: Vec<&str> = labels.iter().map(String::as_str).collect();
        let (given, found) = (chunks(&given), chunks(&found));
        for chunk in &found {
            let count = self.by_tag.entry(chunk.2.clone()).or_default();
            count[0] += 1;
            count[1] += u32::from(given.contains(chunk));
        }
        for chunk in given {
            self.by_tag.entry(chunk.2).or_default()[2] += 1;
        }
    }

    /// Nothing where the file has no labels of those names.
    fn table(&self, tags: &[String]) -> String {
        let mut out = String::new();
        let mut all = [0; 3];
        for tag in tags {
            let count = self.by_tag.get(tag).copied().unwrap_or_default();
            (0..3).for_each(|i| all[i] += count[i]);
            let _ = writeln!(out, "{tag}: {}", shown(count));
        }
        let _ = writeln!(out, "all: {}", shown(all));
        if all[2] == 0 { String::new() } else { out }
    }
}

impl Row {
    fn label(&self) -> &str {
        if self.word.is_some() {
            &self.given
        } else {
            "O"
        }
    }
}

fn shown([found, right, wanted]: [u32; 3]) -> String {
    let ratio = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
    let f = 2.0 * f64::from(right) / f64::from((found + wanted).max(1));
    format!(
        "P {:.3} R {:.3} F1 {f:.3} ({right} of {found} found, {wanted} wanted)",
        ratio(right, found),
        ratio(right, wanted)
    )
}

/// First row, one past the last, and label of each name.
fn chunks(labels: &[&str]) -> BTreeSet<(usize, usize, String)> {
    let mut out: Vec<(usize, usize, String)> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let Some((mark, tag)) = label.split_once('-') else {
            continue;
        };
        let before = out.last_mut();
        match before.filter(|b| mark == "I" && b.1 == at && b.2 == tag) {
            Some(before) => before.1 = at + 1,
            None => out.push((at, at + 1, tag.to_owned())),
        }
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, lang: Lang, tags: &str, expect: &[&str]) {
        let options = Options {
            lang,
            tags: tags.split(',').map(str::to_owned).collect(),
            rules: "own",
            out: None,
        };
        let kit = Kit::bundled();
        let readers = Readers {
            kit: &kit,
            encoder: None,
        };
        let (rows, labels) = labelled(content, &options, readers);
        let words = rows.iter().zip(&labels).filter(|(r, _)| r.word.is_some());
        let shown: Vec<&str> = words.map(|(_, label)| label.as_str()).collect();
        assert_eq!(shown, expect, "{content}");
    }

    #[test]
    fn words_get_labels_in_the_names_given() {
        check(
            "-DOCSTART- O\n\nGermany O\nand O\nReuters O\n. O\n\nFrance O\n",
            Lang::En,
            "PER,GPE,ORG",
            &["B-GPE", "O", "B-ORG", "O", "B-GPE"],
        );
        check(
            "وزار O\nألمانيا O\n( O\nبرلين O\n) O\n. O\n",
            Lang::Ar,
            "PERS,LOC,ORG,MISC",
            &["O", "B-LOC", "O", "B-LOC", "O", "O"],
        );
    }

    #[test]
    fn documents_are_told_by_their_marks_and_sentences_by_blank_lines() {
        let rows: Vec<Row> = "-DOCSTART-\n\na O\nb O\n\nc O\n-DOCSTART-\n\nd O"
            .lines()
            .map(row)
            .collect();
        assert_eq!(documents(&rows), [vec![vec![2, 3], vec![5]], vec![vec![8]]]);
    }
}
