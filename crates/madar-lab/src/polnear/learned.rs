//! A network that learns attribution from PolNeAR alone, to show what the architecture of the accurate reader
//! can do where there is much to learn from. Its weights are kept nowhere: see `encoder/attributions.py`.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use madar_open::Given;
use madar_read::Kit;
use madar_read::encoder::{Pieces, windows};
use madar_read::words::words;
use serde_json::{Value, json};

use super::score::{ROLES, Score};
use super::{Count, Triple, annotations, standoff, texts};
use crate::opened::Opened;
use crate::table::interval;

const HEADER: &str = "\
# A model learned from PolNeAR

`cargo run --release -p madar-lab -- encoder attributions --work DIR`: what a network of the accurate reader's shape learns from the
training part of PolNeAR (Newell, Margolin and Ruths 2018) alone, measured on its development part, which it has not seen. The model is
kept nowhere and its training texts may not be shipped; it shows what the architecture can do where there is much to learn from. Ten layers
of multilingual-e5-small read the words and mark cues; two more read the same states once for each cue, which is marked, and tell
source and content ([`attributions.py`](../crates/madar-lab/encoder/attributions.py)). Exact spans: precision / recall / **F1**, and
where ninety-five in a hundred draws of the documents put the F1; *whole*: all pieces of a span; *pieces*: each by itself.

| | whole | interval | pieces | interval |
|---|---|---|---|---|
";

/// Writes a row for each annotation of each text: the pieces of the whole text, its words as the piece that begins
/// each, where it lies (code points), and its sentence; and the words of each source, cue and content.
pub(crate) fn write_rows(
    folder: &Path,
    part: &str,
    pieces: &Pieces,
    kit: &Kit,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    for file in texts(&folder.join(part))? {
        let opened = Opened::file(&file, &Given::default())?;
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let row = row(&opened, pieces, kit);
        for annotation in annotations(&file, &stem)? {
            let wanted = standoff::read(&std::fs::read_to_string(annotation)?);
            let mut row = row.clone();
            row["attributions"] = wanted.iter().map(|one| roles(one, &row["words"])).collect();
            row["name"] = json!(stem);
            row["part"] = json!(part);
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}

fn row(opened: &Opened, pieces: &Pieces, kit: &Kit) -> Value {
    let (mut cut, mut placed) = (Vec::new(), Vec::new());
    for (number, sentence) in words(&opened.document, kit).iter().enumerate() {
        let alone = [(opened.document.text.as_str(), sentence)];
        for window in windows(alone, pieces) {
            // Without the pieces that begin and end a window.
            let own = &window.pieces[1..window.pieces.len() - 1];
            for word in &window.words {
                let (from, to) = opened.points(sentence.words[word.word].span);
                placed.push(json!([cut.len() + word.piece - 1, from, to, number]));
            }
            cut.extend_from_slice(own);
        }
    }
    json!({ "pieces": cut, "words": placed })
}

/// The words that each part of an attribution touches.
fn roles(one: &Triple, words: &Value) -> Value {
    let all = words.as_array().expect("words are a list");
    let place = |word: &Value| [1, 2].map(|at| word[at].as_u64().expect("a place is a number"));
    let touched = |spans: &[(u32, u32)]| -> Vec<usize> {
        let meets = |word: &Value| {
            let [from, to] = place(word);
            let mut spans = spans.iter();
            spans.any(|&(a, b)| from < u64::from(b) && u64::from(a) < to)
        };
        (0..all.len()).filter(|&at| meets(&all[at])).collect()
    };
    json!([
        touched(&one.source),
        touched(&one.cue),
        touched(&one.content)
    ])
}

/// What the training script found in a part, held against its annotation.
pub(crate) fn table(part: &Path, found: &Path) -> anyhow::Result<String> {
    let mut all: Vec<Score> = Vec::new();
    for file in texts(part)? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let told = std::fs::read_to_string(found.join(format!("{stem}.jsonl")))?;
        let mut triples = Vec::new();
        for line in told.lines() {
            let (source, cue, content) = serde_json::from_str(line)?;
            triples.push(Triple {
                source,
                cue,
                content,
            });
        }
        let mut score = Score::default();
        for annotation in annotations(&file, &stem)? {
            let wanted = standoff::read(&std::fs::read_to_string(annotation)?);
            score.add(&wanted, &triples);
        }
        all.push(score);
    }
    let mut out = HEADER.to_owned();
    for (role, name) in ROLES.iter().enumerate() {
        let row = |of: &dyn Fn(&Score) -> Count| {
            let counts: Vec<Count> = all.iter().map(of).collect();
            let mut sum = Count::default();
            counts.iter().for_each(|count| sum.add(*count));
            let numbers: Vec<[f64; 3]> = counts.iter().map(|count| count.numbers()).collect();
            let (low, high) = interval(&numbers);
            format!(
                "{:.3} / {:.3} / **{:.3}** | {low:.3}–{high:.3}",
                sum.precision(),
                sum.recall(),
                sum.f1()
            )
        };
        let (whole, pieces) = (row(&|s| s.whole[role]), row(&|s| s.pieces[role]));
        let _ = writeln!(out, "| {name} | {whole} | {pieces} |");
    }
    Ok(out)
}
