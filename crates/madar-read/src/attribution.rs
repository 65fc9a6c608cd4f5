//! Attributions.
use crate::{Attribution, Publication, read::Surface};
pub(crate) fn attributions(
    _: &Surface<'_>,
    publication: Publication,
) -> (Vec<Attribution>, Publication) {
    (Vec::new(), publication)
}
