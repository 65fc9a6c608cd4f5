//! Names annotated by us: on our own texts (`annotation/own.*.txt`), and on texts that we may not copy: `annotation/ntrex.tsv` holds where they stand,
//! the texts stay where they are. `bbc.381646  en  3  9f…  12-21P` is line 3 with one person.

use std::path::Path;

use anyhow::Context;
use madar_text::{Lang, Span};

use crate::corpora::{Marked, SENTENCES_OF_A_BLOCK};

const NTREX: &str = include_str!("../annotation/ntrex.tsv");
const OWN: &[(Lang, &str)] = &[(Lang::Ar, include_str!("../annotation/own.ar.txt"))];

/// Our own passages, a sentence to a line with its names in brackets: `وصل [P سلون] إلى [L بوسطن].`
pub(crate) fn own(lang: Lang) -> anyhow::Result<Vec<Marked>> {
    let mut out = Vec::new();
    for (_, file) in OWN.iter().filter(|(own, _)| *own == lang) {
        let lines = file
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.starts_with('#'));
        for (number, line) in lines {
            let (text, names) = brackets(line).with_context(|| {
                format!("annotation/own.{}.txt: line {}", lang.code(), number + 1)
            })?;
            out.push(Marked {
                text,
                names,
                document: format!("own#{}", number / SENTENCES_OF_A_BLOCK),
            });
        }
    }
    Ok(out)
}

/// The text without its brackets and where the names stand in it.
fn brackets(line: &str) -> Option<(String, Vec<(Span, usize)>)> {
    let mut text = String::new();
    let mut names = Vec::new();
    let mut rest = line;
    while let Some((plain, marked)) = rest.split_once('[') {
        text.push_str(plain);
        let (name, after) = marked.split_once(']')?;
        let (class, name) = name.split_once(' ')?;
        let start = text.len();
        text.push_str(name);
        names.push((Span::from_range(start..text.len()), "PLOM".find(class)?));
        rest = after;
    }
    text.push_str(rest);
    Some((text, names))
}

/// The annotated lines of one language. Lines whose text is another than the one annotated are left
/// out; that none fits is an error.
pub(crate) fn ntrex(lang: Lang, folder: &Path) -> anyhow::Result<Vec<Marked>> {
    let mut out = Vec::new();
    let mut open: Option<(String, Vec<String>)> = None;
    for row in NTREX.lines().filter(|row| !row.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [document, code, line, hash, names] = cells[..] else {
            anyhow::bail!("annotation/ntrex.tsv: five cells expected in {row:?}");
        };
        if code != lang.code() {
            continue;
        }
        if open.as_ref().is_none_or(|(name, _)| name != document) {
            let file = folder.join(document).join(format!("{code}.txt"));
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            let lines = text.split('\n').map(str::to_owned).collect();
            open = Some((document.to_owned(), lines));
        }
        let lines = open.as_ref().map(|(_, lines)| lines);
        let text = lines.and_then(|lines| lines.get(line.parse::<usize>().ok()?));
        let Some(text) = text.filter(|text| fnv(text) == hash) else {
            continue;
        };
        out.push(Marked {
            text: text.clone(),
            names: names.split_whitespace().filter_map(name).collect(),
            document: document.to_owned(),
        });
    }
    anyhow::ensure!(
        !out.is_empty(),
        "{}: other texts than those annotated",
        folder.display()
    );
    Ok(out)
}

/// `12-21P`: bytes and class.
fn name(cell: &str) -> Option<(Span, usize)> {
    let class = "PLOM".find(cell.chars().last()?)?;
    let (from, to) = cell[..cell.len() - 1].split_once('-')?;
    Some((
        Span::from_range(from.parse().ok()?..to.parse().ok()?),
        class,
    ))
}

/// FNV-1a, 64 bits: tells whether a line is the annotated one, no more.
fn fnv(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
