//! What the last run could not read, and why.

use rusqlite::{Connection, params};

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
        self.change(|step| {
            step.execute("DELETE FROM failures", [])?;
            failures.iter().try_for_each(|failure| note(step, failure))
        })
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

pub(crate) fn note(step: &Connection, failure: &Failure) -> Result<(), CaseError> {
    step.execute(
        "INSERT OR REPLACE INTO failures (origin, reason) VALUES (?1, ?2)",
        params![failure.origin, failure.reason],
    )?;
    Ok(())
}
