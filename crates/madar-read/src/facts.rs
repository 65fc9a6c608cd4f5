//! Facts.
use crate::{Attribution, Fact, Publication, read::Surface};
pub(crate) fn facts(_: &Surface<'_>, _: &[Attribution], _: &Publication) -> Vec<Fact> {
    Vec::new()
}
