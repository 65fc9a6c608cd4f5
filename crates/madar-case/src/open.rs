//! A case file: made, opened, brought up to the shape that this version knows.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use madar_team::is_address;
use rusqlite::{Connection, OpenFlags};

use crate::home::Home;
use crate::{CaseError, custody};

/// `MADR`, in the header of each case file (`PRAGMA application_id`).
const APPLICATION: i32 = 0x4D41_4452;
/// One file to a step; `PRAGMA user_version` counts those taken.
const MIGRATIONS: [&str; 7] = [
    include_str!("../migrations/1.sql"),
    include_str!("../migrations/2.sql"),
    include_str!("../migrations/3.sql"),
    include_str!("../migrations/4.sql"),
    include_str!("../migrations/5.sql"),
    include_str!("../migrations/6.sql"),
    include_str!("../migrations/7.sql"),
];
/// The step with which the log of what was done begins.
const CUSTODY: i32 = 3;
/// Bytes of the write-ahead log that are left when all of it has gone into the file.
const LOG_LEFT: i64 = 16 << 20;
/// How long another writer is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// A working collection: one file on disk, or the mirror of one that is shared.
pub struct Case {
    pub(crate) store: Connection,
    pub(crate) home: Home,
    /// How often something came from others, for [`Case::stamp`].
    pub(crate) looks: Cell<i64>,
    path: PathBuf,
    /// What time it is, for the log; see [`Case::clock`].
    pub(crate) now: Option<String>,
}

impl Case {
    /// Opens the case at `path`, or at the address of a database.
    ///
    /// # Errors
    /// When there is none, when it is something else, or made by a newer Madar.
    pub fn open(path: &Path) -> Result<Self, CaseError> {
        if is_address(path) {
            return Self::shared(path);
        }
        if !path.exists() {
            return Err(CaseError::Absent(path.to_owned()));
        }
        Self::at(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens the case at `path`, or makes one where nothing is; in a database, none is made.
    ///
    /// # Errors
    /// When what is there is no case, or none can be made.
    pub fn open_or_create(path: &Path) -> Result<Self, CaseError> {
        if is_address(path) {
            return Self::shared(path);
        }
        Self::in_file(path)
    }

    pub(crate) fn in_file(path: &Path) -> Result<Self, CaseError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Self::at(path, flags)
    }

    /// A case that is gone when it is dropped.
    ///
    /// # Errors
    /// When SQLite has no memory left.
    pub fn in_memory() -> Result<Self, CaseError> {
        Self::settled(Connection::open_in_memory()?, Path::new(":memory:"))
    }

    /// The file of the case, or of its mirror.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn at(path: &Path, flags: OpenFlags) -> Result<Self, CaseError> {
        Self::settled(Connection::open_with_flags(path, flags)?, path)
    }

    fn settled(store: Connection, path: &Path) -> Result<Self, CaseError> {
        store.busy_timeout(PATIENCE)?;
        let mut case = Self {
            store,
            home: None,
            looks: Cell::new(0),
            path: path.to_owned(),
            now: None,
        };
        case.recognise()?;
        case.settle()?;
        case.migrate()?;
        Ok(case)
    }

    /// Nothing is written to a file that is not ours.
    fn recognise(&self) -> Result<(), CaseError> {
        let not_a_case = || CaseError::NotACase(self.path.clone());
        let number = |pragma: &str| -> Result<i32, CaseError> {
            let read = self.store.query_row(pragma, [], |row| row.get(0));
            read.map_err(|error| match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::NotADatabase) => not_a_case(),
                _ => error.into(),
            })
        };
        let tables = number("SELECT count(*) FROM sqlite_schema")?;
        let application = number("PRAGMA application_id")?;
        if tables > 0 && application != APPLICATION {
            return Err(not_a_case());
        }
        let known = i32::try_from(MIGRATIONS.len()).expect("few migrations");
        if number("PRAGMA user_version")? > known {
            return Err(CaseError::Newer(self.path.clone()));
        }
        Ok(())
    }

    /// A crash loses at most the transaction in hand (WAL, synced at each commit); what is deleted
    /// is overwritten.
    fn settle(&self) -> Result<(), CaseError> {
        self.store.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON;",
        )?;
        // linking a large case writes much at once: the log beside the file shrinks again
        self.store
            .pragma_update(None, "journal_size_limit", LOG_LEFT)?;
        Ok(())
    }

    fn migrate(&mut self) -> Result<(), CaseError> {
        let step = self
            .store
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let taken: i32 = step.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        for (number, migration) in (1..).zip(MIGRATIONS) {
            if number > taken {
                step.execute_batch(migration)?;
                if number == CUSTODY {
                    custody::adopt(&step)?;
                }
                step.pragma_update(None, "user_version", number)?;
                step.pragma_update(None, "application_id", APPLICATION)?;
            }
        }
        step.commit()?;
        Ok(())
    }

    /// Whether the file is whole, as SQLite judges.
    ///
    /// # Errors
    /// When it is not.
    pub fn check(&self) -> Result<(), CaseError> {
        let verdict: String = self
            .store
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        if verdict == "ok" {
            return Ok(());
        }
        Err(CaseError::Damaged("the file"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_made_once_and_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.madar");
        assert!(matches!(Case::open(&path), Err(CaseError::Absent(_))));
        drop(Case::open_or_create(&path).unwrap());
        Case::open(&path).unwrap().check().unwrap();
    }

    #[test]
    fn other_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.madar");
        std::fs::write(
            &path,
            "not a database, but longer than one header of SQLite ".repeat(9),
        )
        .unwrap();
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(
            Case::open_or_create(&path),
            Err(CaseError::NotACase(_))
        ));
        assert_eq!(std::fs::read(&path).unwrap(), before);

        let path = folder.path().join("other.madar");
        let other = Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE t (x)").unwrap();
        assert!(matches!(Case::open(&path), Err(CaseError::NotACase(_))));
    }

    #[test]
    fn a_newer_case_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.madar");
        let case = Case::open_or_create(&path).unwrap();
        case.store.pragma_update(None, "user_version", 99).unwrap();
        drop(case);
        assert!(matches!(Case::open(&path), Err(CaseError::Newer(_))));
    }
}
