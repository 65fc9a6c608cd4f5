//! `madar documents`: what was read, and what could not be.

use std::path::Path;

use madar_read::Kit;

use super::{Outcome, Shape, open};
use crate::formats::{json, out, terminal};

pub(super) fn run(case: &Path, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let case = open(case)?;
    let documents = case.asked(&kit)?.documents();
    match shape {
        Shape::Json => json::documents(&mut out(), &documents)?,
        Shape::Text(tongue) => terminal::page(&mut out(), tongue).documents(&documents)?,
    }
    for failure in case.failures()? {
        eprintln!(
            "not read: {}",
            crate::formats::text::visible(&failure.reason)
        );
    }
    Ok(Outcome::Done)
}
