//! Reading with several at once: what is to be read waits in the database of a shared case, and each reader keeps
//! what he took in the transaction in which it leaves the queue.

use madar_read::Reading;
use madar_team::{Home, Queued, ToRead};
use madar_text::Document;

use crate::failures::{self, Failure};
use crate::keep::{self, Added, Said};
use crate::{Case, CaseError};

/// What became of a document that was taken from the queue.
pub enum Taken {
    Read(Box<(Document, Reading)>),
    /// The case has these bytes.
    Known(Box<Document>),
    Failed(Failure),
}

impl Case {
    /// Puts files into the queue, all or none.
    ///
    /// # Errors
    /// When the case is not shared, the member may not change it, or the database cannot be reached.
    pub fn put_in_queue(&self, all: &[ToRead]) -> Result<(), CaseError> {
        Ok(self.team()?.put(all)?)
    }

    /// Takes what is next and holds it until [`Case::keep_taken`]; if this process dies first, it is free again.
    ///
    /// # Errors
    /// As for [`Case::put_in_queue`].
    pub fn take_from_queue(&self) -> Result<Queued, CaseError> {
        Ok(self.team()?.take()?)
    }

    /// Waits until all that was kept of the queue is safe whatever breaks down: before that it is not to be told.
    ///
    /// # Errors
    /// As for [`Case::put_in_queue`].
    pub fn rest_taken(&self) -> Result<(), CaseError> {
        Ok(self.team()?.rest()?)
    }

    /// Keeps all that was in what was taken, and takes it out of the queue, in one transaction. Gives what adding
    /// each did, in their order; `None` for what failed.
    ///
    /// # Errors
    /// When the case cannot be changed: then it is as it was, and what was taken is free again.
    pub fn keep_taken(
        &mut self,
        all: &[Taken],
        said: Said,
    ) -> Result<Vec<Option<Added>>, CaseError> {
        let now = self.now.clone();
        self.change(|step| {
            let each = all.iter().map(|taken| match taken {
                Taken::Read(read) => {
                    keep::added(step, (&read.0, &read.1), said, now.as_deref()).map(Some)
                }
                Taken::Known(document) => {
                    keep::see_again(step, document)?;
                    Ok(Some(Added::Same))
                }
                Taken::Failed(failure) => {
                    failures::note(step, failure)?;
                    Ok(None)
                }
            });
            each.collect()
        })
    }

    /// The database of a shared case.
    ///
    /// # Errors
    /// When the case is a file.
    pub fn team(&self) -> Result<&Home, CaseError> {
        self.home.as_ref().ok_or(CaseError::NotShared)
    }
}
