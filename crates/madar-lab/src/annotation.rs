//! Names annotated by us on texts that we may not copy: `annotation/ntrex.tsv` holds where they stand,
//! the texts stay where they are. `bbc.381646  en  3  9f…  12-21P` is line 3 with one person.

use std::path::Path;

use anyhow::Context;
use madar_text::{Lang, Span};

use crate::corpora::Marked;

const NTREX: &str = include_str!("../annotation/ntrex.tsv");

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
