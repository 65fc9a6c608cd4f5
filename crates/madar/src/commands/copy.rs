//! `madar copy`: a case carried whole between a file and a database, in either direction.

use std::path::Path;

use madar_case::{Address, Case, is_address};

use super::Outcome;

pub(super) fn run(from: &Path, to: &Path) -> anyhow::Result<Outcome> {
    let case = Case::open(from)?;
    case.copy_to(to)?;
    let (was, is) = (case.verify()?, Case::open(to)?.verify()?);
    eprintln!(
        "copied {} documents and {} decisions to {}",
        is.documents,
        is.decisions,
        named(to)?
    );
    if let Some(seal) = &is.seal {
        eprintln!("seal {seal}");
    }
    if is.seal != was.seal || !is.findings.is_empty() {
        eprintln!("hint: madar verify says of either what is not as its log tells");
        return Ok(Outcome::Partly);
    }
    Ok(Outcome::Done)
}

/// As messages name it: of an address, nothing that opens it.
fn named(case: &Path) -> anyhow::Result<String> {
    Ok(match is_address(case) {
        true => Address::parse(case)?.shown(),
        false => super::shown(case),
    })
}
