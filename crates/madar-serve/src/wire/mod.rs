//! The shapes in which answers leave over HTTP. The same names as `madar --json` where both tell the
//! same thing; what a page needs more (a sentence in pieces, the place of a day on an axis) is added.

mod document;
mod hit;
mod line;
mod member;
mod news;

pub(crate) use document::{DocumentLine, Page, Reading, Units};
pub(crate) use hit::{Hit, ScreenedEntity};
pub(crate) use line::{Line, Passage};
pub(crate) use member::{Appearance, Dispute, Member, Origin, Section, Someone, Sum};
pub(crate) use news::{Alert, Article, Named};

use serde::Serialize;
use utoipa::ToSchema;

/// A page of a longer list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    pub(crate) results: Vec<T>,
    /// How many there are in all.
    pub(crate) total: usize,
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}
