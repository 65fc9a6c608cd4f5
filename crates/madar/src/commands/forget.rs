//! `madar forget`: a document taken out, with its facts and its words.

use std::path::Path;

use super::{Outcome, open};

pub(super) fn run(case: &Path, document: &str) -> anyhow::Result<Outcome> {
    let mut case = open(case)?;
    let id = case.document_named(document)?;
    case.forget(id)?;
    eprintln!(
        "forgot {}: its facts and its words are out of the case",
        id.short()
    );
    Ok(Outcome::Done)
}
