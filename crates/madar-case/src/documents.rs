//! The documents of a case by number, in order of their ids: all in hand, or each read from the file when a
//! question comes to it.

use std::ops::Index;
use std::sync::{Arc, Mutex};

use madar_text::{DocumentId, TextHash};
use rusqlite::Connection;

use crate::CaseError;
use crate::corrected::Corrections;
use crate::identity::text_hash;
use crate::keep::{Kept, kept_at};
use crate::projection::lock;
use crate::shelf::{Shelf, whole};
use crate::veil::Veil;
use crate::view::At;

/// A connection of a question's own, shared by what it looks up.
pub(crate) type Reader = Arc<Mutex<Connection>>;

pub(crate) struct Documents {
    ids: Vec<DocumentId>,
    shelf: Shelf<Kept>,
    from: From,
}

enum From {
    Hand,
    File(Reader, Corrections),
    /// Others, with code names for names.
    Veil(Arc<Documents>, Arc<Veil>),
}

impl Documents {
    /// They come in order of their ids, as a person has corrected them.
    pub(crate) fn in_hand(kept: Vec<Kept>) -> Self {
        Self {
            ids: kept.iter().map(|kept| kept.id).collect(),
            shelf: Shelf::full(kept),
            from: From::Hand,
        }
    }

    /// `ids` are in order.
    pub(crate) fn in_file(ids: Vec<DocumentId>, file: Reader, corrections: Corrections) -> Self {
        Self {
            shelf: Shelf::of(ids.len()),
            ids,
            from: From::File(file, corrections),
        }
    }

    /// The same with code names for names.
    pub(crate) fn veiled(documents: &Arc<Documents>, veil: Arc<Veil>) -> Self {
        Self {
            ids: documents.ids.clone(),
            shelf: Shelf::of(documents.len()),
            from: From::Veil(Arc::clone(documents), veil),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn id(&self, at: At) -> DocumentId {
        self.ids[at]
    }

    pub(crate) fn position(&self, id: DocumentId) -> Option<At> {
        self.ids.binary_search(&id).ok()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Kept> {
        (0..self.len()).map(|at| &self[at])
    }

    /// The documents with this text, in order.
    pub(crate) fn of_text(&self, text: TextHash) -> impl Iterator<Item = (At, &Kept)> {
        let found: Vec<At> = match &self.from {
            From::File(file, _) => whole(numbers_of(file, text))
                .into_iter()
                .filter_map(|id| self.position(id))
                .collect(),
            From::Hand | From::Veil(..) => {
                let is = |&at: &At| text_hash(&self[at].document) == text;
                (0..self.len()).filter(is).collect()
            }
        };
        found.into_iter().map(|at| (at, &self[at]))
    }
}

impl Index<At> for Documents {
    type Output = Kept;

    fn index(&self, at: At) -> &Kept {
        self.shelf.get(at, || match &self.from {
            From::File(file, corrections) => {
                let read = kept_at(&lock(file), self.ids[at]);
                corrections.over(whole(read))
            }
            From::Veil(documents, veil) => veil.document(&documents[at]),
            From::Hand => unreachable!("what is in hand is never read"),
        })
    }
}

fn numbers_of(file: &Reader, text: TextHash) -> Result<Vec<DocumentId>, CaseError> {
    let file = lock(file);
    let mut query =
        file.prepare_cached("SELECT id FROM documents WHERE text_hash = ?1 ORDER BY id")?;
    let rows = query.query_map([text.0], |row| Ok(DocumentId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
