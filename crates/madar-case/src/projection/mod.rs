//! What linking found, kept in the case's file so that a question reads only what it needs. It is never the
//! truth: it says from which state of the log and by which version of the code it was made. A case that has grown
//! since is linked with what is new; whatever fits otherwise is made anew. Taking a document out empties it.

mod grow;
mod outlets;
mod read;
mod sums;
mod write;

use std::sync::{Arc, Mutex};

use madar_read::Kit;
use madar_text::DocumentId;
use rusqlite::{Connection, OpenFlags};

pub(crate) use read::{Stored, lock};

use crate::corrected::Corrections;
use crate::documents::Documents;
use crate::keep::Kept;
use crate::links::Links;
use crate::open::PATIENCE;
use crate::{Case, CaseError, custody, decisions};

/// The code and the data that decide what linking finds; see `build.rs`.
const LINKED_BY: &str = env!("MADAR_LINKED_BY");
/// Times that a case is linked because somebody else has changed it meanwhile; then it is linked in memory, and
/// nothing is kept of it.
const ATTEMPTS: usize = 3;
/// Of the file so much is read through the memory of the system, without copying: as much as the largest cases
/// have.
const MAPPED: i64 = 8 << 30;

/// What was found, of one state of the case.
pub(crate) struct Laid {
    pub(crate) documents: Documents,
    pub(crate) links: Option<Links>,
}

impl Case {
    /// The case to be asked, each record read when a question comes to it. Links it first if it has changed.
    pub(crate) fn laid(&self, kit: &Kit) -> Result<Laid, CaseError> {
        for _ in 0..ATTEMPTS {
            if let Some(laid) = self.stored()? {
                return Ok(laid);
            }
            if !self.is_in_file() || !self.grow(kit)? {
                break;
            }
        }
        let corrections = corrections(&self.store)?;
        let kept = self.kept()?.into_iter();
        Ok(Laid {
            documents: Documents::in_hand(kept.map(|kept| corrections.over(kept)).collect()),
            links: None,
        })
    }

    /// The case to be asked, all of it in hand: for who asks many questions of one state.
    pub(crate) fn laid_whole(&self, kit: &Kit) -> Result<Laid, CaseError> {
        let laid = self.laid(kit)?;
        let Some(links) = &laid.links else {
            return Ok(laid);
        };
        if !links.is_in_file() {
            return Ok(laid);
        }
        crate::guarded(|| {
            let kept: Vec<Kept> = laid.documents.iter().cloned().collect();
            let links = Links::in_hand(links.everything(&kept, kit));
            Ok(Laid {
                documents: Documents::in_hand(kept),
                links: Some(links),
            })
        })
    }

    fn is_in_file(&self) -> bool {
        self.path().exists()
    }

    /// What the file holds, if it fits the state of the case.
    fn stored(&self) -> Result<Option<Laid>, CaseError> {
        let seal = custody::seal(&self.store)?;
        if !self.is_in_file() || !fits(&self.store, &seal)? {
            return Ok(None);
        }
        // where no second connection can be had, all is linked in memory
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let Ok(own) = Connection::open_with_flags(self.path(), flags) else {
            return Ok(None);
        };
        own.busy_timeout(PATIENCE)?;
        own.pragma_update(None, "mmap_size", MAPPED)?;
        // what is read from here on is of one state, whoever writes meanwhile
        own.execute_batch("BEGIN DEFERRED")?;
        let seal = custody::seal(&own)?;
        if !fits(&own, &seal)? {
            return Ok(None);
        }
        let (ids, corrections) = (ids(&own)?, corrections(&own)?);
        let own = Arc::new(Mutex::new(own));
        let links = Links::in_file(Stored::new(Arc::clone(&own), &ids)?);
        Ok(Some(Laid {
            documents: Documents::in_file(ids, own, corrections),
            links: Some(links),
        }))
    }
}

/// Empties what was found, and the words of what was taken out of the index.
pub(crate) fn wash(step: &Connection) -> Result<(), CaseError> {
    write::empty(step)?;
    step.execute("INSERT INTO terms (terms) VALUES ('optimize')", [])?;
    Ok(())
}

/// Empties all that is derived, the index of words too, for a copy that leaves.
pub(crate) fn empty_all(store: &Connection) -> Result<(), CaseError> {
    write::empty(store)?;
    store
        .execute_batch("DELETE FROM searched; INSERT INTO terms (terms) VALUES ('delete-all');")?;
    Ok(())
}

/// Whether what the file holds was made from this state of the log, by this version.
fn fits(store: &Connection, seal: &[u8]) -> Result<bool, CaseError> {
    let by = part(store, "linked by")?;
    let made_from = part(store, "made from")?;
    Ok(by.as_deref() == Some(LINKED_BY.as_bytes()) && made_from.as_deref() == Some(seal))
}

/// What a person has corrected of readings.
fn corrections(store: &Connection) -> Result<Corrections, CaseError> {
    let decisions = decisions::holding(store)?;
    Ok(Corrections::of(
        decisions.iter().map(|(_, decision)| decision),
    ))
}

/// The documents that were linked, in order.
fn ids(store: &Connection) -> Result<Vec<DocumentId>, CaseError> {
    let ids = |packed: &[u8]| {
        packed
            .as_chunks()
            .0
            .iter()
            .copied()
            .map(DocumentId)
            .collect()
    };
    Ok(look_at(store, "documents", ids)?.unwrap_or_default())
}

fn part(store: &Connection, name: &str) -> Result<Option<Vec<u8>>, CaseError> {
    look_at(store, name, <[u8]>::to_vec)
}

/// What `look` sees of a part where it lies: some are of several MB, and a question looks at them anew.
fn look_at<T>(
    store: &Connection,
    name: &str,
    look: impl FnOnce(&[u8]) -> T,
) -> Result<Option<T>, CaseError> {
    let mut query = store.prepare_cached("SELECT value FROM projection WHERE part = ?1")?;
    let mut rows = query.query([name])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let value = row.get_ref(0)?.as_bytes_or_null();
    let value = value.map_err(|_| CaseError::Damaged("what was linked"))?;
    Ok(value.map(look))
}
