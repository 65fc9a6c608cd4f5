//! `madar reread`: what another version or reader has read is read again; decisions stand.

use std::path::Path;

use madar_case::Case;
use madar_read::{Kit, Reader};

use super::Outcome;

pub(super) fn run(case: &Path, reader: Option<Reader>) -> anyhow::Result<Outcome> {
    let mut case = Case::open(case)?;
    case.clock(super::now());
    let kit = Kit::with(reader.map_or_else(|| case.reader(), Ok)?)?;
    let done = case.reread(&kit)?;
    if done.documents == 0 {
        eprintln!("every document was read by this version and reader; nothing to do");
    } else {
        eprintln!(
            "{} documents read again: {} facts, where there were {}",
            done.documents, done.facts_after, done.facts_before
        );
    }
    let asked = case.asked(&kit)?;
    for (number, decision) in case.decisions()? {
        if !asked.holds(&decision) {
            eprintln!(
                "decision {number} rests: nothing of the kind is read in its passage any more"
            );
            eprintln!("hint: madar decisions shows it, madar undo {number} takes it back");
        }
    }
    Ok(Outcome::Done)
}
