//! `madar withdraw`: what falls with a source or a document, and what still stands.

use std::path::Path;

use madar_read::Kit;

use super::{Outcome, Shape, open};
use crate::cli::LookArgs;
use crate::formats::{items, json, out};

pub(super) fn run(
    case: &Path,
    what: &str,
    look: &LookArgs,
    shape: Shape,
) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let case = open(case)?;
    let found = case
        .asked(&kit)?
        .wording(shape.tongue())
        .withdraw(what, usize::MAX)?;
    match shape {
        Shape::Json => json::withdrawal(&mut out(), &found)?,
        Shape::Text(tongue) => {
            let items = items::withdrawal(&found, tongue);
            items::print(&items, look.look(), tongue, &mut out())?;
        }
    }
    let shaken = found.falls.all + found.may_fall.all + found.weaker.all;
    Ok(if shaken > 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}
