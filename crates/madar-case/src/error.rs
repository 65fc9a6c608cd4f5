//! Why a case could not be opened, changed or asked, by what the user can do about it.

use std::path::PathBuf;

/// Each message names the thing in hand; [`CaseError::hint`] says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    #[error("there is no case at \"{}\"", .0.display())]
    Absent(PathBuf),
    #[error("\"{}\" is no case", .0.display())]
    NotACase(PathBuf),
    #[error("the case \"{}\" was made by a newer Madar", .0.display())]
    Newer(PathBuf),
    #[error("another program is using the case")]
    Busy,
    #[error("the case is damaged: {0} cannot be read")]
    Damaged(&'static str),
    #[error("no {what} is named {name:?}")]
    Unknown { what: &'static str, name: String },
    #[error("{name:?} could be {}", .candidates.join(", "))]
    Ambiguous {
        name: String,
        candidates: Vec<String>,
    },
    #[error("no name is read in {0:?} there")]
    NotNamed(String),
    #[error("{0:?} is read as a name already")]
    Named(String),
    #[error("{words:?} would cut through {name:?}")]
    CutsThrough { words: String, name: String },
    #[error("it was read by another version of Madar")]
    OtherReader,
    #[error("a document is not independent of itself")]
    OneDocument,
    #[error("\"{}\" is there already", .0.display())]
    Exists(PathBuf),
    #[error("the case is a file, not shared in a database")]
    NotShared,
    /// A shared case cannot be reached, read or changed.
    #[error(transparent)]
    Team(#[from] madar_team::TeamError),
    #[error("the case file: {0}")]
    Store(rusqlite::Error),
}

impl CaseError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            CaseError::Absent(_) => "madar read FILES --case NAME.madar makes one",
            CaseError::NotACase(_) => "a case is a file that madar read made",
            CaseError::Newer(_) => "update Madar",
            CaseError::Busy => "try again when it has finished",
            CaseError::Damaged(_) => {
                "was it read by another version of Madar? then madar reread; else restore it from a copy"
            }
            CaseError::Unknown {
                what: "document", ..
            } => "madar documents lists them",
            CaseError::Unknown {
                what: "snapshot", ..
            } => "madar lists shows them",
            CaseError::Unknown { what: "entry", .. } => {
                "madar screen NAME shows the entries by their ids"
            }
            CaseError::Unknown {
                what: "resolver line",
                ..
            } => "a line is [id, id, \"positive\" or \"negative\", score, user, time]",
            CaseError::Unknown {
                what: "source or document",
                ..
            } => "madar brief and madar chains name the sources, madar documents the documents",
            CaseError::Unknown {
                what: "passage", ..
            } => "give a place of the text with words in it",
            CaseError::Unknown { what: "claim", .. } => "madar facts lists the claims",
            CaseError::Unknown { .. } => "madar brief lists who is in the case",
            CaseError::Ambiguous { .. } => "say more of it, or give its id",
            CaseError::NotNamed(_) => "give all words of the name, or say that it is missing",
            CaseError::Named(_) => "say of which kind it is, or whom it means",
            CaseError::CutsThrough { .. } => "say first that this is no name",
            CaseError::OneDocument => "name two documents",
            CaseError::OtherReader => "read it with this version, or take the version that read it",
            CaseError::Exists(_) => "name another file, or move this one away",
            CaseError::NotShared => "madar copy puts it into one: see docs/team.md",
            CaseError::Team(error) => error.hint(),
            CaseError::Store(_) => "is the disk full, or the file read-only?",
        }
    }
}

impl From<rusqlite::Error> for CaseError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => CaseError::Busy,
            Some(DatabaseCorrupt) => CaseError::Damaged("the file"),
            _ => CaseError::Store(error),
        }
    }
}
