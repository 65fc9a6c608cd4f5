//! What the last run could not read, and why.

use rusqlite::params;

use crate::{Case, CaseError};

/// Something that could not be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    pub origin: String,
    /// One line, with no words of the document.
    pub reason: String,
}

impl Case {
    /// Replaces what an earlier run noted.
    ///
    /// # Errors
    /// When the case file cannot be written.
    pub fn note_failures(&mut self, failures: &[Failure]) -> Result<(), CaseError> {
        let step = self.store.transaction()?;
        step.execute("DELETE FROM failures", [])?;
        for failure in failures {
            step.execute(
                "INSERT OR REPLACE INTO failures (origin, reason) VALUES (?1, ?2)",
                params![failure.origin, failure.reason],
            )?;
        }
        step.commit()?;
        Ok(())
    }

    /// By origin.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn failures(&self) -> Result<Vec<Failure>, CaseError> {
        let mut query = self
            .store
            .prepare("SELECT origin, reason FROM failures ORDER BY origin")?;
        let rows = query.query_map([], |row| {
            Ok(Failure {
                origin: row.get(0)?,
                reason: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
