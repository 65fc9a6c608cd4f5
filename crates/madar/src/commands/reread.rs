//! `madar reread`: what another version has read is read again; decisions stand.

use std::path::Path;

use madar_case::Case;
use madar_read::Kit;

use super::Outcome;

pub(super) fn run(case: &Path) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = Case::open(case)?;
    let done = case.reread(&kit)?;
    if done.documents == 0 {
        eprintln!("every document was read by this version; nothing to do");
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
