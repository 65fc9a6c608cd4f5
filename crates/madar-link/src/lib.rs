//! Readings to what is known: who is who across documents and scripts, which tellings are one claim,
//! how many independent chains stand behind it and what it hangs on. Reads no text; a judgement here
//! can be explained, undone and made again without reading anything anew.
//!
//! ```
//! use madar_link::{Transmitter, weigh};
//! let outlet = |id: &str| Transmitter::Outlet(format!("outlets/{id}"));
//! // Asharq and Kommersant both retell The Wall Street Journal: one chain, and it hangs on the Journal.
//! let told = [
//!     vec![outlet("asharq"), outlet("wall-street-journal")],
//!     vec![outlet("kommersant"), outlet("wall-street-journal")],
//! ];
//! let support = weigh(&told);
//! assert_eq!((support.k_lo, support.k_hi), (1, 1));
//! assert_eq!(support.common_links, [outlet("wall-street-journal")]);
//! ```

// in the order of the flow
mod network;

mod growth;
mod hashed;
mod kinship;
mod known;

mod article;
mod digest;
mod profiles;

mod near;
mod spellings;

mod clusters;
mod company;
mod entities;
mod held;
mod namesakes;

mod described;
mod reports;
mod transmitters;

mod alike;
mod claims;
mod concepts;

mod copies;
mod dependence;
mod packing;
mod reliance;
mod support;
mod suspicion;
mod translations;
mod withdrawal;

// screening is linking with lists
mod listing;
mod matching;
mod screen;
mod senses;

pub use alike::Keys;
pub use article::article_number;
pub use claims::{Claim, ClaimId, Difference};
pub use dependence::{Dependence, DependenceKind, Independent};
pub use digest::{Digest, DocumentNumber, Draft, Kept, Stated, Together, document_number};
pub use entities::{Entity, EntityId, Merge, NameUse, Standing as EntityStanding};
pub use known::{Grown, GrownEntity, Head, Known, Library, Mark};
pub use listing::{Change, Listing, Snapshot, Standing, Status, changes, listings};
pub use matching::{
    Effect, Feature, FeatureSort, Match, Profile, ProfileKind, ProfileName, compare,
};
pub use near::Filed;
pub use network::{Contradiction, Decision, Network, Place, Thing, Told, project};
pub use packing::{Packing, packing};
pub use profiles::Sort;
pub use reliance::{Chain, StandingChains, Strand, standing, taken_together};
pub use reports::{FactId, Report};
pub use screen::Screen;
pub use spellings::{Called, Common, Pair, Spelling, SpellingId, Spellings};
pub use support::{Support, weigh};
pub use suspicion::Collapse;
pub use transmitters::Transmitter;
pub use withdrawal::{Left, Withdrawn};
