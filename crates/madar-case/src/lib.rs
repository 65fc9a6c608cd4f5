//! The case on disk and everything one can ask of it. Never prints.
//!
//! A case keeps what cannot be computed again: documents, their readings by version of the reader,
//! decisions, snapshots of lists. Entities, claims and counts are a projection that `madar-link` computes when
//! the case is asked after a change; it is kept beside them, and made anew whenever it does not fit.
//!
//! A case that a team shares lies in PostgreSQL ([`madar_team`]); what is opened then is a mirror of it, a file like any other.
//!
//! **Invariants.** One transaction keeps one document: a crash loses at most the document in hand.
//! The same bytes read twice change nothing. The order of reading changes no answer. What is
//! forgotten is out of the file.

mod error;
mod identity;

// the file
mod open;

mod carry;
mod home;
mod queue;

mod captures;
mod copy;
mod custody;
mod decisions;
mod failures;
mod footing;
mod forget;
mod keep;
mod marks;
mod naming;
mod snapshots;
mod wire;

// what is asked of it
mod alerts;
mod anchor;
mod ask;
mod corrected;
mod documents;
mod ledger;
mod links;
mod numbers;
mod projection;
mod shelf;
mod spot;
mod veil;
mod view;

mod brief;
mod check;
mod diff;
mod document_line;
mod line;
mod linked;
mod listed;
mod member;
mod origins;
mod overview;
mod page;
mod pairs;
mod path;
mod profile;
mod resolver;
mod review;
mod search;
mod settle;
mod sums;
mod versions;
mod whole;
mod withdraw;

mod measure;
mod nominal;
mod screening;
mod sentence;
mod tell;
mod tongue;

pub mod answer;

pub use alerts::Watched;
pub use anchor::Anchor;
pub use ask::{Asked, Candidate};
pub use captures::Captures;
pub use carry::{Brought, brought, carried, carried_failure};
pub use custody::{Fault, Finding, Verified};
pub use decisions::{Decision, Entry, HitDecision, Note, Screened, Thing, Verdict};
pub use document_line::unread_permille;
pub use error::CaseError;
pub use failures::Failure;
pub use identity::{document_id, text_hash};
pub use keep::{Added, Kept, Reread, Said};
pub use listed::{Listed, Part, Wanted, Whom};
pub use madar_team::{
    Address, Member, Queued, Right, Standing, TeamError, ToRead, create as create_shared,
    is_address,
};
pub use marks::{Arrived, Mark};
pub use open::Case;
pub use overview::Overview;
pub use page::{Appearance, Page, Someone};
pub use pairs::{Drawn, Pair, Tie};
pub use path::Ties;
pub use queue::Taken;
pub use resolver::{Imported, resolver_id, resolver_line};
pub use screening::{DatedStatus, Days, Hit, Register, ScreenedEntity, Screening};
pub use search::Search;
pub use settle::{NamedAs, Told, Who};
pub use shelf::guarded;
pub use snapshots::{NewSnapshot, Snapshot, SnapshotKept};
pub use spot::{Meant, Naming, Spot};
pub use tongue::Tongue;
pub use whole::Whole;
