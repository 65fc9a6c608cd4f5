//! Madar built without PostgreSQL: there is no shared case, and each address says so.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::{Came, Queued, Right, Standing, TeamError, ToRead};

/// None can be had.
#[derive(Clone)]
pub enum Address {}

/// None can be had.
pub enum Home {}

/// # Errors
/// Always.
pub fn create(address: &Address) -> Result<(), TeamError> {
    match *address {}
}

impl Address {
    /// # Errors
    /// Always.
    pub fn parse(_: &Path) -> Result<Self, TeamError> {
        Err(TeamError::BuiltWithout)
    }

    pub fn shown(&self) -> String {
        match *self {}
    }

    pub fn title(&self) -> &str {
        match *self {}
    }
}

/// What [`Home`] would do.
macro_rules! nothing {
    ($($name:ident($($of:ty),*) -> $given:ty;)*) => {
        impl Home {
            /// # Errors
            /// Always.
            pub fn at(_: Address) -> Result<Self, TeamError> {
                Err(TeamError::BuiltWithout)
            }

            $(
                /// # Errors
                /// Nobody has one.
                pub fn $name(&self, $(_: $of),*) -> $given {
                    match *self {}
                }
            )*
        }
    };
}

nothing! {
    address() -> &Address;
    mirror() -> Result<(PathBuf, File), TeamError>;
    settle(&Connection) -> Result<(), TeamError>;
    has_news(&Connection) -> Result<bool, TeamError>;
    look(&Connection) -> Result<Came, TeamError>;
    begin(&Connection) -> Result<Came, TeamError>;
    commit(&Connection) -> Result<(), TeamError>;
    give_up() -> ();
    fill(&Connection) -> Result<(), TeamError>;
    scrub() -> Result<(), TeamError>;
    differing(&Connection) -> Result<u64, TeamError>;
    put(&[ToRead]) -> Result<(), TeamError>;
    rest() -> Result<(), TeamError>;
    take() -> Result<Queued, TeamError>;
    admit(&str, Right) -> Result<(), TeamError>;
    dismiss(&str) -> Result<(), TeamError>;
    standing() -> Result<Standing, TeamError>;
}
