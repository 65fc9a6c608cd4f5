//! `madar reread`: what another version has read is read again; decisions stand.

use std::path::Path;

use madar_case::Case;
use madar_read::Kit;

use super::Outcome;

pub(super) fn run(case: &Path) -> anyhow::Result<Outcome> {
    let done = Case::open(case)?.reread(&Kit::bundled())?;
    if done.documents == 0 {
        eprintln!("every document was read by this version; nothing to do");
    } else {
        eprintln!(
            "{} documents read again: {} facts, where there were {}",
            done.documents, done.facts_after, done.facts_before
        );
    }
    Ok(Outcome::Done)
}
