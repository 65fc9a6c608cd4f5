//! `polnear DIR --out DIR`: attributions of English texts in the form of PolNeAR (Newell, Margolin and
//! Ruths 2018), brat standoff with `Source`, `Cue` and `Content`; and exact F1 where the annotation lies
//! beside the texts.
//!
//! The corpus draws its spans otherwise than Madar does: sources with titles and appositions, pronouns
//! as they stand, verb groups whole, quotation marks inside, no statement inside another. [`relation`]
//! converts; the reading is left as it is.

pub(crate) mod learned;
mod phrases;
mod relation;
mod score;
mod standoff;

use std::path::{Path, PathBuf};

use anyhow::Context;
use madar_open::Given;
use madar_read::Kit;

use crate::corpora::files;
use crate::opened::Opened;
use score::Score;
pub(crate) use score::{Count, ROLES};

/// A source, cue and content as code points of the file; each may be in pieces.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Triple {
    pub(crate) source: Vec<(u32, u32)>,
    pub(crate) cue: Vec<(u32, u32)>,
    pub(crate) content: Vec<(u32, u32)>,
}

impl Triple {
    fn part(&self, role: usize) -> &[(u32, u32)] {
        [&self.source, &self.cue, &self.content][role]
    }
}

pub(crate) fn polnear(
    folder: &Path,
    out: Option<&Path>,
    kit: &Kit,
    misses: bool,
) -> anyhow::Result<()> {
    if let Some(out) = out {
        std::fs::create_dir_all(out)?;
    }
    let mut score = Score::default();
    for file in texts(folder)? {
        let opened = Opened::file(&file, &Given::default())?;
        let found = triples(&opened, kit);
        let stem = file.file_stem().context("a file has a name")?;
        let stem = stem.to_string_lossy();
        if let Some(out) = out {
            let shown = standoff::write(&opened.original, &found);
            std::fs::write(out.join(format!("{stem}.ann")), shown)?;
        }
        for annotation in annotations(&file, &stem)? {
            let wanted = standoff::read(&std::fs::read_to_string(annotation)?);
            score.add(&wanted, &found);
            if misses {
                print!(
                    "{}",
                    score::misses(&stem, &opened.original, &wanted, &found)
                );
            }
        }
    }
    print!("{}", score.table());
    Ok(())
}

/// The attributions of one text.
pub(crate) fn triples(opened: &Opened, kit: &Kit) -> Vec<Triple> {
    let reading = madar_read::read(&opened.document, kit);
    let relations = relation::relations(&opened.document, &reading, kit);
    let points = |spans: &[madar_text::Span]| spans.iter().map(|s| opened.points(*s)).collect();
    let made = relations.iter().map(|relation| Triple {
        source: points(&relation.source),
        cue: points(&[relation.cue]),
        content: points(&relation.content),
    });
    made.collect()
}

/// Every document of a folder laid out as the corpus is, with each of its annotations.
pub(crate) fn scores(folder: &Path, kit: &Kit) -> anyhow::Result<Vec<[Count; 3]>> {
    let mut out = Vec::new();
    for file in texts(folder)? {
        let found = triples(&Opened::file(&file, &Given::default())?, kit);
        let stem = file.file_stem().context("a file has a name")?;
        let mut score = Score::default();
        for annotation in annotations(&file, &stem.to_string_lossy())? {
            let wanted = standoff::read(&std::fs::read_to_string(annotation)?);
            score.add(&wanted, &found);
        }
        out.push(score.whole);
    }
    Ok(out)
}

/// The texts of a folder, or of the folder `text` in it.
fn texts(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let inner = folder.join("text");
    let folder = if inner.is_dir() { &inner } else { folder };
    let mut all = files(folder)?;
    all.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    anyhow::ensure!(!all.is_empty(), "no .txt files in {}", folder.display());
    Ok(all)
}

/// The annotations of a text: beside it, or in the folder `attributions` beside its folder, one to an
/// annotator: `NAME_4b22.ann`.
fn annotations(text: &Path, stem: &str) -> anyhow::Result<Vec<PathBuf>> {
    let beside = text.parent().context("a file is in a folder")?;
    let apart = beside.parent().map(|p| p.join("attributions"));
    let folder = apart
        .filter(|p| p.is_dir())
        .unwrap_or_else(|| beside.to_owned());
    let mut all = files(&folder)?;
    all.retain(|f| {
        let name = f.file_name().unwrap_or_default().to_string_lossy();
        let rest = name.strip_prefix(stem).and_then(|r| r.strip_suffix(".ann"));
        rest.is_some_and(|r| r.is_empty() || r.starts_with('_'))
    });
    Ok(all)
}
