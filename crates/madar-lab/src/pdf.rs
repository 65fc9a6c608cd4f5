//! PDF files against the texts that they were made from: words found and words true, numbers right; beside what other programs
//! make of them. The files are made by `crates/madar-open/tests/pdf/make.py DIR`; what others read lies beside as `NAME.PROGRAM.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use madar_open::Given;
use madar_text::{BlockKind, is_invisible};
use unicode_normalization::UnicodeNormalization as _;

/// Words of a text and how often each stands in it.
type Words = BTreeMap<String, usize>;

/// How one reading of one file does.
struct Score {
    recall: f64,
    precision: f64,
    numbers: (usize, usize),
}

pub(crate) fn run(folder: &Path, out: Option<&Path>) -> anyhow::Result<()> {
    let listed = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<_> = listed.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut programs = BTreeSet::new();
    let mut rows: Vec<(String, BTreeMap<String, Score>, String)> = Vec::new();
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "pdf"))
    {
        let text = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        let wanted = words(&text.replace('|', " "));
        if wanted.is_empty() {
            continue;
        }
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut scores = BTreeMap::new();
        let (read, note) = opened(path)?;
        scores.insert("Madar".to_owned(), score(&wanted, &words(&read)));
        for other in &paths {
            let file = other
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let program = file
                .strip_prefix(&format!("{name}."))
                .and_then(|rest| rest.strip_suffix(".txt"));
            if let Some(program) = program {
                let read = std::fs::read(other)?;
                programs.insert(program.to_owned());
                scores.insert(
                    program.to_owned(),
                    score(&wanted, &words(&String::from_utf8_lossy(&read))),
                );
            }
        }
        rows.push((name, scores, note));
    }
    let table = table(&rows, &programs);
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table)?;
    }
    Ok(())
}

/// What is read of a file, furniture left out, and what the document says of how.
fn opened(path: &Path) -> anyhow::Result<(String, String)> {
    let given = Given {
        origin: Some(path.display().to_string()),
        ..Given::default()
    };
    Ok(match madar_open::open(&std::fs::read(path)?, &given) {
        Ok(document) => {
            let read = document
                .blocks
                .iter()
                .filter(|b| b.kind != BlockKind::Furniture);
            let read: Vec<&str> = read.map(|b| b.span.of(&document.text)).collect();
            (read.join("\n"), document.warnings.join("; "))
        }
        Err(error) => {
            let told = error.to_string();
            let reason = told.rsplit(": ").next().unwrap_or_default();
            (String::new(), reason.to_owned())
        }
    })
}

/// Words without vowel signs, tatweel and invisible marks; a number keeps the signs within it.
fn words(text: &str) -> Words {
    let shown = |c: &char| !is_invisible(*c) && !matches!(c, '\u{64B}'..='\u{652}' | '\u{640}');
    // pdftotext has these between a word and a number, and no space.
    let turns = |c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let parted = text.nfc().map(|c| if turns(c) { ' ' } else { c });
    let text: String = parted.filter(shown).collect();
    let mut out = Words::new();
    let of_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | ':' | '-' | '%');
    for word in text.split(|c| !of_word(c)) {
        let word = word.trim_matches(['.', ',', '/', ':', '-']);
        if word.chars().any(char::is_alphanumeric) {
            *out.entry(word.to_owned()).or_default() += 1;
        }
    }
    out
}

fn score(wanted: &Words, read: &Words) -> Score {
    let both: usize = wanted
        .iter()
        .map(|(word, n)| n.min(read.get(word).unwrap_or(&0)))
        .sum();
    let share = |of: &Words| both as f64 / of.values().sum::<usize>().max(1) as f64;
    let numbers: Vec<_> = wanted
        .iter()
        .filter(|(word, _)| word.contains(|c: char| c.is_numeric()))
        .collect();
    let right = numbers
        .iter()
        .filter(|(word, n)| read.get(*word) >= Some(n))
        .count();
    Score {
        recall: share(wanted),
        precision: share(read),
        numbers: (right, numbers.len()),
    }
}

fn table(
    rows: &[(String, BTreeMap<String, Score>, String)],
    programs: &BTreeSet<String>,
) -> String {
    let mut all = vec!["Madar".to_owned()];
    all.extend(programs.iter().cloned());
    let mut out = String::from(
        "# Arabic PDF files\n\n`crates/madar-open/tests/pdf/make.py DIR` makes the files of many producers from texts of ours; \
         `cargo run --release -p madar-lab -- pdf DIR` reads them. For each program: share of the text's words that are read / share of \
         the words read that are the text's, then the text's different numbers (dates, amounts, shares, times) that are read right wherever \
         they stand. A word counts only whole, vowel signs aside; letters that stand for an alef with hamza do not stand for one without.\n\n",
    );
    let heads: Vec<String> = all
        .iter()
        .map(|name| format!(" {name} | numbers |"))
        .collect();
    let _ = writeln!(
        out,
        "| file |{} what the document says of it |",
        heads.concat()
    );
    let _ = writeln!(out, "|---|{}---|", "---|---|".repeat(all.len()));
    for (name, scores, note) in rows {
        let cells: Vec<String> = all
            .iter()
            .map(|program| match scores.get(program) {
                Some(s) => format!(
                    " {:.3} / {:.3} | {} of {} |",
                    s.recall, s.precision, s.numbers.0, s.numbers.1
                ),
                None => " – | – |".to_owned(),
            })
            .collect();
        let _ = writeln!(out, "| {name} |{} {note} |", cells.concat());
    }
    let cells: Vec<String> = all
        .iter()
        .map(|program| {
            let of: Vec<&Score> = rows
                .iter()
                .filter_map(|(_, scores, _)| scores.get(program))
                .collect();
            let good = of
                .iter()
                .filter(|s| s.recall >= 0.97 && s.precision >= 0.97)
                .count();
            let right = of.iter().filter(|s| s.numbers.0 == s.numbers.1).count();
            format!(
                " {good} of {} files at 0.97 or more | {right} with all right |",
                of.len()
            )
        })
        .collect();
    let _ = writeln!(out, "| **all** |{} |", cells.concat());
    out
}
