//! Which bytes a case has: asked by whoever reads, on any core, while the case itself is being changed. Nothing of it is held in
//! memory, however large the case.

use std::sync::{Mutex, PoisonError};

use madar_text::{BytesHash, DocumentId};
use rusqlite::{Connection, OptionalExtension as _};

use crate::open::PATIENCE;
use crate::{Case, CaseError};

/// The captures of a case, on a connection of their own.
pub struct Captures(Mutex<Connection>);

impl Case {
    /// Which bytes the case has, and in which document.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn captures(&self) -> Result<Captures, CaseError> {
        let store = Connection::open(self.path())?;
        store.busy_timeout(PATIENCE)?;
        Ok(Captures(Mutex::new(store)))
    }
}

impl Captures {
    /// The document that was read from these bytes.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn document_of(&self, bytes: BytesHash) -> Result<Option<DocumentId>, CaseError> {
        let store = self.store();
        let mut find = store.prepare_cached("SELECT document FROM captures WHERE bytes = ?1")?;
        let found = find.query_row([bytes.0], |row| row.get(0)).optional()?;
        Ok(found.map(DocumentId))
    }

    /// # Errors
    /// When the case file cannot be read.
    pub fn count(&self) -> Result<usize, CaseError> {
        let count = "SELECT count(*) FROM captures";
        let count: u32 = self.store().query_row(count, [], |row| row.get(0))?;
        Ok(count as usize)
    }

    fn store(&self) -> std::sync::MutexGuard<'_, Connection> {
        // a reader that panicked left nothing half done: it only asks
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
