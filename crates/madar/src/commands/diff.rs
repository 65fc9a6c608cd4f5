//! `madar diff`: what another case tells otherwise, or this one when it is read again.

use std::path::Path;

use madar_case::Case;
use madar_read::Kit;

use super::{Outcome, Shape};
use crate::cli::LookArgs;
use crate::formats::{items, json, out};

pub(super) fn run(
    case: &Path,
    other: Option<&Path>,
    look: &LookArgs,
    shape: Shape,
) -> anyhow::Result<Outcome> {
    let case = Case::open(case)?;
    let kit = Kit::with(case.reader()?)?;
    let before = case.asked(&kit)?.wording(shape.tongue());
    let after = match other {
        Some(other) => Case::open(other)?.asked(&kit)?.wording(shape.tongue()),
        None => before.read_again(),
    };
    let found = before.diff(&after);
    match shape {
        Shape::Json => json::differences(&mut out(), &found)?,
        Shape::Text(tongue) => {
            let items = items::differences(&found, tongue);
            items::print(&items, look.look(), tongue, &mut out())?;
        }
    }
    let moved = found.gained.len() + found.lost.len() + found.changed.len();
    Ok(if moved > 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}
