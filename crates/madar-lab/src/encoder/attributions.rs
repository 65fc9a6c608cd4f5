//! From the base to a table: what a network of the accurate reader's shape learns from PolNeAR alone.

use std::io::Write;
use std::path::Path;

use madar_read::Kit;
use madar_read::encoder::Pieces;

use super::train::{SCRIPTS, environment, python, run};
use super::vocabulary;
use crate::polnear::learned;

pub(super) fn attributions(
    data: &Path,
    work: &Path,
    out: &Path,
    more: &[String],
) -> anyhow::Result<()> {
    std::fs::create_dir_all(work)?;
    let base = environment(work)?;
    let kept = work.join("vocabulary.tsv");
    if !kept.exists() {
        super::prepare(&base, data, work)?;
    }
    let kept = vocabulary::kept_pieces(&kept)?.into_iter();
    let pieces = Pieces::new(kept.map(|(_, piece, score)| (piece, score)));
    let corpus = data.join("en-polnear/data");
    let kit = Kit::bundled();
    let mut file = std::io::BufWriter::new(std::fs::File::create(work.join("attributions.jsonl"))?);
    for part in ["train", "dev"] {
        learned::write_rows(&corpus, part, &pieces, &kit, &mut file)?;
    }
    file.flush()?;
    let found = work.join("attributions");
    let mut script = python(work);
    script.arg(format!("{SCRIPTS}/attributions.py"));
    script.arg("--base").arg(&base);
    script.arg("--work").arg(work);
    script.arg("--out").arg(&found).args(more);
    run(&mut script)?;
    let table = learned::table(&corpus.join("dev"), &found)?;
    print!("{table}");
    Ok(std::fs::write(out, table)?)
}
