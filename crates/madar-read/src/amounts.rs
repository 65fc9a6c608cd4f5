//! Amounts.
use crate::{Amount, Kit, Time, words::Sentence};
use madar_text::Document;
pub(crate) fn amounts(_: &Document, _: &[Sentence], _: &[Time], _: &Kit) -> Vec<Amount> {
    Vec::new()
}
