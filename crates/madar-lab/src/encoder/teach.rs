//! Texts annotated in full as rows for the training script: windows of pieces with the labels of
//! descriptions, and the pairs and single mentions with what is told of them.

use std::io::Write;
use std::path::Path;

use madar_read::Kit;
use madar_read::encoder::{Pieces, Window, windows};
use madar_read::told::spot_kind;
use madar_text::Lang;
use serde_json::{Value, json};

use crate::lessons::{Labels, Lesson, lessons};
use crate::{passages, taught, train};

/// Writes `facts.jsonl`: what is learned from, what is held out of it, and the part of the passages that is
/// measured on.
pub(super) fn write(data: &Path, pieces: &Pieces, kit: &Kit, out: &Path) -> anyhow::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(out.join("facts.jsonl"))?);
    for lang in [Lang::Ar, Lang::En, Lang::Ru] {
        let learned = taught::taught(lang, data)?;
        let dev = passages::taught(lang, data, "dev")?;
        let all = learned.iter().map(|t| (t, false));
        for (taught, is_dev) in all.chain(dev.iter().map(|t| (t, true))) {
            let sentences = train::sentences(&taught.marked(), lang, kit);
            let lessons = lessons(taught, lang, &sentences, kit);
            let (part, from) = match taught.document.starts_with("written.") {
                _ if is_dev => ("measure", "dev"),
                own => {
                    let held_out = train::is_held_out(&taught.document);
                    let part = if held_out { "held out" } else { "learn" };
                    (part, if own { "written" } else { "news" })
                }
            };
            let all = sentences.iter().map(|s| (taught.text.as_str(), s));
            for window in windows(all, pieces) {
                let mut row = row(&lessons, &window);
                row["use"] = json!(part);
                row["from"] = json!(from);
                row["lang"] = json!(lang.code());
                writeln!(file, "{row}")?;
            }
        }
    }
    file.flush()?;
    Ok(())
}

fn row(lessons: &[Lesson], window: &Window) -> Value {
    let (mut mentions, mut pairs, mut singles) = (Vec::new(), Vec::new(), Vec::new());
    for (number, lesson) in lessons.iter().enumerate() {
        let at = |word: usize| {
            let mut words = window.words.iter();
            words.position(|w| w.sentence == number && w.word == word)
        };
        // Where the window cuts a mention, it is left out.
        let whole = |spot: usize| {
            let spot = &lesson.spots[spot];
            Some((at(spot.from)?, at(spot.to - 1)? + 1))
        };
        let mut numbers = vec![None; lesson.spots.len()];
        for (spot, labels) in lesson.singles.iter().enumerate() {
            if let Some((from, to)) = whole(spot) {
                numbers[spot] = Some(mentions.len());
                let own = &lesson.spots[spot];
                mentions.push(json!([from, to, spot_kind(own.kind), u8::from(own.named)]));
                singles.push(shown(labels));
            }
        }
        for (a, b, labels) in &lesson.pairs {
            if let (Some(a), Some(b)) = (numbers[*a], numbers[*b]) {
                let mut pair = vec![json!(a), json!(b)];
                pair.extend(shown(labels));
                pairs.push(pair);
            }
        }
    }
    let described = window.words.iter();
    let described = described.map(|w| lessons[w.sentence].described[w.word]);
    json!({
        "pieces": window.pieces,
        "words": window.words.iter().map(|w| w.piece).collect::<Vec<_>>(),
        "sentences": window.words.iter().map(|w| w.sentence).collect::<Vec<_>>(),
        "described": described.collect::<Vec<_>>(),
        "mentions": mentions,
        "pairs": pairs,
        "singles": singles,
    })
}

fn shown(labels: &Labels) -> Vec<Value> {
    vec![json!(labels.list), json!(labels.status), json!(labels.open)]
}
