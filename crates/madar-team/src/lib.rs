//! A case that several people share. Its rows lie in PostgreSQL, and each member works on a mirror of them, which is
//! an ordinary case file: so the same code gives the same answers. This crate brings rows from the one to the other
//! and never looks into one: what a document or a decision is, is not known here.
//!
//! **How a change goes.** Whoever changes the case takes the next *step*, which holds all others off to the end of
//! the transaction; brings the mirror up to date; changes the mirror inside a transaction of its file; sends the
//! rows that this changed; and commits there, then here. What falls out in between is healed by the next look: the
//! mirror says at which step it stands, and takes every row that changed later. A row taken out leaves its key.
//!
//! **Invariants.** The database is the case, a mirror can be thrown away. Steps are one line, so the log of the case
//! stays one chain and numbers are given once. A member's rights are the database's to judge, not ours.

mod error;
mod tables;
mod told;

#[cfg(feature = "postgres")]
mod address;
#[cfg(feature = "postgres")]
mod password;
#[cfg(feature = "postgres")]
mod tls;

#[cfg(feature = "postgres")]
mod mirror;
#[cfg(feature = "postgres")]
mod parcel;
#[cfg(feature = "postgres")]
mod server;

#[cfg(feature = "postgres")]
mod home;
#[cfg(feature = "postgres")]
mod members;
#[cfg(feature = "postgres")]
mod queue;

#[cfg(not(feature = "postgres"))]
mod without;

use std::path::Path;

#[cfg(feature = "postgres")]
pub use address::Address;
pub use error::{Distrust, Right, TeamError};
#[cfg(feature = "postgres")]
pub use home::Home;
#[cfg(feature = "postgres")]
pub use members::create;
pub use tables::{Kind, Rows, TABLES, Table};
pub use told::{Came, Member, Queued, Standing, ToRead};
#[cfg(not(feature = "postgres"))]
pub use without::{Address, Home, create};

/// Whether a case is named by the address of a database, not by the path of a file.
pub fn is_address(case: &Path) -> bool {
    let text = case.to_str().unwrap_or_default();
    let schemes = ["postgres://", "postgresql://"];
    schemes.iter().any(|scheme| text.starts_with(scheme))
}
