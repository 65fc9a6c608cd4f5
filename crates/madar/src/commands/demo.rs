//! `madar demo`: the bundled examples, fifteen invented reports on three linked affairs, read into
//! a case that is gone afterwards.

use madar_read::Kit;

use super::{Outcome, Shape};
use crate::cli::FormatArgs;

pub(super) fn run(_format: &FormatArgs, _shape: Shape) -> anyhow::Result<Outcome> {
    let _kit = Kit::bundled();
    Ok(Outcome::Done)
}
