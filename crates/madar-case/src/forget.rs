//! Taking a document out: its rows, its facts, what was decided on its names, and its words out of
//! free pages and logs.

use madar_text::DocumentId;
use rusqlite::{Transaction, params};

use crate::custody::{self, Did};
use crate::{Case, CaseError, decisions, projection};

impl Case {
    /// Takes a document out of the case and its words out of the file.
    ///
    /// # Errors
    /// When no such document is there, or another program holds the case open: then the document
    /// is out, but its words may still lie in the file, and forgetting again finishes the work.
    pub fn forget(&mut self, id: DocumentId) -> Result<(), CaseError> {
        let now = self.now.clone();
        let gone = self.change(|step| take_out(step, id, now.as_deref()))?;
        if let Some(home) = &self.home {
            home.scrub()?;
        }
        self.scrub()?;
        if !gone {
            return Err(CaseError::Unknown {
                what: "document",
                name: id.short(),
            });
        }
        Ok(())
    }

    /// Rewrites the file without free pages and empties the write-ahead log.
    pub(crate) fn scrub(&self) -> Result<(), CaseError> {
        self.store.execute_batch("VACUUM")?;
        let busy: i64 = self
            .store
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy != 0 {
            return Err(CaseError::Busy);
        }
        Ok(())
    }
}

/// Gives whether it was there.
fn take_out(step: &Transaction<'_>, id: DocumentId, now: Option<&str>) -> Result<bool, CaseError> {
    let decisions = decisions::about(step, id)?;
    for number in &decisions {
        step.execute("DELETE FROM decisions WHERE number = ?1", params![number])?;
    }
    step.execute(
        "DELETE FROM failures WHERE origin IN
         (SELECT origin FROM captures WHERE document = ?1)",
        params![id.0],
    )?;
    let gone = step.execute("DELETE FROM documents WHERE id = ?1", params![id.0])?;
    if gone > 0 || !decisions.is_empty() {
        let document = id.hex();
        let did = Did::Forget {
            document,
            decisions,
        };
        custody::note(step, did, now)?;
    }
    // its words stand in what was found, too
    projection::wash(step)?;
    Ok(gone > 0)
}
