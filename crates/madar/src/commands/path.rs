//! `madar path`: how two people or things are tied.

use std::path::Path;

use madar_case::Ties;
use madar_read::Kit;

use super::{Outcome, Shape, open};
use crate::cli::LookArgs;
use crate::formats::{items, json, out};

pub(super) fn run(
    case: &Path,
    [a, b]: [&str; 2],
    ties: Ties,
    look: &LookArgs,
    shape: Shape,
) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let case = open(case)?;
    let found = case.asked(&kit)?.wording(shape.tongue()).path(a, b, ties)?;
    match shape {
        Shape::Json => json::paths(&mut out(), &found)?,
        Shape::Text(tongue) => {
            let items = items::paths(&found, tongue);
            items::print(&items, look.look(), tongue, &mut out())?;
        }
    }
    if found.paths.is_empty() {
        eprintln!("nothing in the case ties them");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}
