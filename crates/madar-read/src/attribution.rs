//! Attributions.
use crate::{Attribution, Publication, read::Surface};
pub(crate) fn attributions(
    _: &Surface<'_>,
    publication: Publication,
) -> (Vec<Attribution>, Publication) {
    (Vec::new(), publication)
}

pub(crate) fn chain_of(
    _: madar_text::Span,
    _: &[Attribution],
    _: &Publication,
) -> (Option<crate::AttributionId>, Vec<crate::Hop>) {
    (None, Vec::new())
}
