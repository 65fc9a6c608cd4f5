//! `corpora`: one table of every corpus of which a part is measured and never learned from: names by kind,
//! attribution, times, facts; exact and overlapping; with the interval of ninety-five in a hundred draws
//! of the documents, tokens a second and memory.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use madar_open::Given;
use madar_read::Kit;
use madar_text::{Document, Lang, Span};

use crate::corpora::{Marked, columns_at};
use crate::opened::Opened;
use crate::speed::{cpu_seconds, peak_memory_mb};
use crate::train::is_held_out;
use crate::{conll, factrueval, measures, polnear, timeml};

/// Right, found, wanted in one document.
pub(crate) type Count = [f64; 3];

/// One line: what was measured, and the counts of each document.
struct Line {
    corpus: String,
    what: String,
    exact: Vec<Count>,
    overlap: Vec<Count>,
}

pub(crate) fn table(data: &Path, kit: &Kit, out: Option<&Path>) -> anyhow::Result<()> {
    let mut lines: Vec<Line> = Vec::new();
    let mut speeds = String::new();
    for (corpus, lang, texts) in names(data)? {
        let (found, speed) = names_of(&texts, lang, kit)?;
        lines.extend(name_lines(&corpus, &found));
        let _ = writeln!(speeds, "| {corpus} | {speed:.0} |");
    }
    lines.extend(contest(&data.join("ru-factrueval/devset"), kit)?);
    let annotated = polnear::scores(&data.join("en-polnear/data/dev"), kit)?;
    for (role, name) in polnear::ROLES.iter().enumerate() {
        let counts = annotated.iter().map(|c| c[role].numbers()).collect();
        lines.push(Line {
            corpus: "PolNeAR, dev".to_owned(),
            what: (*name).to_owned(),
            exact: counts,
            overlap: Vec::new(),
        });
    }
    let times = timeml::scores(&data.join("en-tempeval3/TBAQ-cleaned"), kit)?;
    let of = |pick: fn(&timeml::Count) -> u32| -> Vec<Count> {
        let all = times.iter();
        all.map(|c| [pick(c), c.system, c.gold].map(f64::from))
            .collect()
    };
    lines.push(Line {
        corpus: "TempEval-3, TimeBank and AQUAINT".to_owned(),
        what: "times".to_owned(),
        exact: of(|c| c.strict),
        overlap: of(|c| c.found),
    });
    lines.push(Line {
        corpus: "TempEval-3, TimeBank and AQUAINT".to_owned(),
        what: "times with the right value".to_owned(),
        exact: Vec::new(),
        overlap: of(|c| c.value),
    });
    let shown = show(&lines, kit, &speeds);
    print!("{shown}");
    if let Some(out) = out {
        std::fs::write(out, shown)?;
    }
    Ok(())
}

/// Texts with marked names on which nothing that ships is trained.
fn names(data: &Path) -> anyhow::Result<Vec<(String, Lang, Vec<Marked>)>> {
    let mut out = Vec::new();
    let mut held = columns_at(&data.join("ar-anercorp/train.txt"), 0, 1)?;
    held.retain(|m| is_held_out(&m.document));
    out.push(("ANERcorp, held-out tenth".to_owned(), Lang::Ar, held));
    for lang in Lang::READ {
        for (name, texts) in measures::load(lang, data)? {
            let name = match name {
                "gold" => format!("parallel gold, {}", lang.code()),
                name => name.to_owned(),
            };
            out.push((name, lang, texts));
        }
    }
    Ok(out)
}

const KINDS: [&str; 5] = ["person", "place", "organisation", "other", "all"];

/// For each document and kind the counts, exact and overlapping.
type Names = Vec<[[Count; 2]; 5]>;

fn names_of(texts: &[Marked], lang: Lang, kit: &Kit) -> anyhow::Result<(Names, f64)> {
    let mut documents: BTreeMap<(&str, usize), Vec<&Marked>> = BTreeMap::new();
    for (at, marked) in texts.iter().enumerate() {
        // A text of its own, or a sentence of a block of them.
        let own = if marked.document.is_empty() { at } else { 0 };
        documents
            .entry((&marked.document, own))
            .or_default()
            .push(marked);
    }
    let marked_kinds: Vec<bool> = (0..4)
        .map(|kind| texts.iter().any(|m| m.names.iter().any(|n| n.1 == kind)))
        .collect();
    let (mut out, mut tokens, mut seconds) = (Vec::new(), 0, 0.0);
    for parts in documents.values() {
        let (document, wanted) = laid(parts, lang)?;
        let started = cpu_seconds()?;
        let reading = madar_read::read(&document, kit);
        seconds += cpu_seconds()? - started;
        let sentences = madar_read::words::words(&document, kit);
        tokens += sentences.iter().map(|s| s.words.len()).sum::<usize>();
        let mut found = conll::names(&document, &reading, lang, 4);
        if !document.text.contains('\n') || parts.len() > 1 {
            // Corpora of words mark whole words, with the وَ before them.
            found
                .iter_mut()
                .for_each(|(span, _)| *span = whole_words(*span, &document.text));
        }
        found.retain(|(_, kind)| marked_kinds[*kind]);
        out.push(compared(&wanted, &found));
    }
    #[allow(clippy::cast_precision_loss)] // tokens of a corpus
    let speed = tokens as f64 / f64::max(seconds, 1e-6);
    Ok((out, speed))
}

/// An article as it is opened; sentences as the paragraphs of one document.
fn laid(parts: &[&Marked], lang: Lang) -> anyhow::Result<(Document, Vec<(Span, usize)>)> {
    if let [one] = parts
        && one.text.contains('\n')
    {
        let opened = Opened::text(one.text.clone(), &Given::default())?;
        anyhow::ensure!(
            opened.document.text.len() == one.text.len(),
            "a text of the corpus is changed by opening it"
        );
        return Ok((opened.document, one.names.clone()));
    }
    let (mut text, mut blocks, mut names) = (String::new(), Vec::new(), Vec::new());
    for part in parts {
        let start = text.len();
        text.push_str(&part.text);
        let moved = |s: &Span| Span::from_range(start + s.start as usize..start + s.end as usize);
        names.extend(part.names.iter().map(|(span, kind)| (moved(span), *kind)));
        blocks.push(crate::text::paragraph(
            Span::from_range(start..text.len()),
            lang,
        ));
        text.push('\n');
    }
    let document = crate::text::document(text, blocks);
    Ok((document, names))
}

/// A span up to the white space around it.
fn whole_words(span: Span, text: &str) -> Span {
    let before = text[..span.start as usize].rfind(char::is_whitespace);
    let after = text[span.end as usize..].find(char::is_whitespace);
    let start = before.map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let end = after.map_or(text.len(), |at| span.end as usize + at);
    Span::from_range(start..end)
}

fn compared(wanted: &[(Span, usize)], found: &[(Span, usize)]) -> [[Count; 2]; 5] {
    let mut out = [[[0.0; 3]; 2]; 5];
    let mut met = vec![false; wanted.len()];
    for name in found {
        let exact = wanted.contains(name);
        let near = (0..wanted.len())
            .find(|&w| !met[w] && wanted[w].1 == name.1 && wanted[w].0.overlaps(name.0));
        if let Some(near) = near {
            met[near] = true;
        }
        for kind in [name.1, 4] {
            for (count, right) in out[kind].iter_mut().zip([exact, near.is_some()]) {
                count[0] += f64::from(u8::from(right));
                count[1] += 1.0;
            }
        }
    }
    for (_, kind) in wanted {
        for kind in [*kind, 4] {
            out[kind].iter_mut().for_each(|count| count[2] += 1.0);
        }
    }
    out
}

fn name_lines(corpus: &str, found: &[[[Count; 2]; 5]]) -> Vec<Line> {
    let all = KINDS.iter().enumerate().map(|(kind, name)| Line {
        corpus: corpus.to_owned(),
        what: format!("names, {name}"),
        exact: found.iter().map(|d| d[kind][0]).collect(),
        overlap: found.iter().map(|d| d[kind][1]).collect(),
    });
    all.filter(|line| line.exact.iter().any(|c| c[2] > 0.0))
        .collect()
}

/// factRuEval: names by the contest's own measure, which is in between, and facts.
fn contest(folder: &Path, kit: &Kit) -> anyhow::Result<Vec<Line>> {
    let mut by_what: BTreeMap<String, Vec<Count>> = BTreeMap::new();
    for document in factrueval::scores(folder, kit)? {
        for (what, count) in document {
            by_what.entry(what).or_default().push(count);
        }
    }
    let lines = by_what.into_iter().map(|(what, counts)| Line {
        corpus: "factRuEval, devset, the contest's measure".to_owned(),
        what,
        exact: counts,
        overlap: Vec::new(),
    });
    Ok(lines.collect())
}

fn show(lines: &[Line], kit: &Kit, speeds: &str) -> String {
    let mut out = format!(
        "# The corpora\n\n`cargo run --release -p madar-lab -- corpora --reader {} --out results/corpora.md`: \
         precision / recall / **F1**, and where ninety-five in a hundred draws of the documents put the F1. The held-out \
         tenths are never learned from; all else here is only measured on. The test parts of these corpora are not touched.\n\n\
         | corpus | what | exact | interval | overlap | interval |\n|---|---|---|---|---|---|\n",
        kit.reader().name()
    );
    for line in lines {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            line.corpus,
            line.what,
            cell(&line.exact),
            cell(&line.overlap)
        );
    }
    let _ = write!(
        out,
        "\nTokens a second of one core, the whole reading; peak memory of the run {} MB:\n\n| corpus | tokens/s |\n|---|---|\n{speeds}",
        peak_memory_mb()
    );
    out
}

fn cell(counts: &[Count]) -> String {
    if counts.is_empty() {
        return " | ".to_owned();
    }
    let all = sum(counts.iter());
    let (low, high) = interval(counts);
    format!(
        "{:.3} / {:.3} / **{:.3}** | {low:.3}–{high:.3}",
        all[0] / all[1].max(1.0),
        all[0] / all[2].max(1.0),
        f1(all)
    )
}

fn sum<'a>(counts: impl Iterator<Item = &'a Count>) -> Count {
    counts.fold([0.0; 3], |a, c| [a[0] + c[0], a[1] + c[1], a[2] + c[2]])
}

fn f1(count: Count) -> f64 {
    2.0 * count[0] / (count[1] + count[2]).max(1.0)
}

/// Draws of the documents: enough for two digits.
const DRAWS: usize = 1000;

/// F1 between which ninety-five in a hundred draws of as many documents, with repetition, lie.
pub(crate) fn interval(counts: &[Count]) -> (f64, f64) {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut drawn: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let one = (0..counts.len()).map(|_| {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let at = seed % counts.len() as u64;
                &counts[usize::try_from(at).expect("below the length")]
            });
            f1(sum(one))
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    (drawn[DRAWS / 40], drawn[DRAWS - 1 - DRAWS / 40])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_whole_and_overlapping() {
        let span = |a, b| Span::from_range(a..b);
        let wanted = [(span(0, 5), 0), (span(10, 20), 1)];
        let found = [(span(0, 5), 0), (span(12, 20), 1), (span(30, 31), 2)];
        let out = compared(&wanted, &found);
        assert_eq!(out[4], [[1.0, 3.0, 2.0], [2.0, 3.0, 2.0]]);
        assert_eq!(out[1], [[0.0, 1.0, 1.0], [1.0, 1.0, 1.0]]);
    }

    #[test]
    fn equal_documents_have_no_interval() {
        let (low, high) = interval(&[[1.0, 2.0, 2.0]; 5]);
        assert!((low - 0.5).abs() < 1e-9 && (high - 0.5).abs() < 1e-9);
    }
}
