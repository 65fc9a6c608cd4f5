//! Times.
use crate::{Anchor, Kit, Time, words::Sentence};
use madar_text::Document;
pub(crate) fn times(_: &Document, _: &[Sentence], _: &Kit) -> (Vec<Time>, Option<Anchor>) {
    (Vec::new(), None)
}
