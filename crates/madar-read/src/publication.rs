//! Who publishes.
use crate::{Kit, Publication};
use madar_text::Document;
pub(crate) fn publication(_: &Document, _: &Kit) -> Publication {
    Publication::default()
}
