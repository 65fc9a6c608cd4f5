//! A document to its reading: mentions, times, amounts, attributions, facts, referents.
//!
//! Reading opens no file, looks at no clock and asks no store; poor text gives a poorer reading,
//! never an error. [`read`] is the whole of it, step by step.

// in the order of reading
mod amounts;
mod arabic;
mod attribution;
mod calendar;
pub mod encoder;
mod english;
mod facts;
mod fits;
pub mod gazetteer;
mod glued;
mod ids;
mod kit;
mod mentions;
mod numbers;
mod particulars;
mod publication;
mod read;
mod reading;
mod referents;
mod russian;
mod slots;
pub mod tagger;
mod times;
pub mod told;
pub mod words;

pub use ids::{AmountId, AttributionId, MentionId, ReferentId, TimeId};
pub use kit::{Kit, Lazy};
pub use particulars::{Particular, Told, particulars};
pub use read::{Annotated, Found, chain_at, descriptions_of, facts_of, pronouns_of, read};
pub use reading::*;
pub use referents::recalled;
