//! Mentions.
use crate::{Kit, Mention, words::Sentence};
use madar_text::Document;
pub(crate) fn mentions(_: &Document, _: &[Sentence], _: &Kit) -> Vec<Mention> {
    Vec::new()
}
