//! Documents and their readings going in and out of a case, one transaction to a document.

use madar_read::{Kit, Reader, Reading};
use madar_text::{BytesHash, Document, DocumentId};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::custody::{self, Did};
use crate::wire::{pack_document, pack_reading, unpack_document, unpack_reading};
use crate::{Case, CaseError, document_id, text_hash};

/// Whose word the publisher and the date of a document are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// The document's own; bytes already in the case stay as they are.
    ByDocument,
    /// The user's: they replace what was known of the same bytes.
    ByUser,
}

/// What adding a document did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Added {
    New,
    /// The same bytes were there; nothing changed.
    Same,
    /// The same text was there in other bytes.
    OtherCapture,
    /// The same bytes were there under another publisher or date.
    Replaced,
}

/// A document of the case with its reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    pub id: DocumentId,
    pub document: Document,
    pub reading: Reading,
}

/// What [`Case::reread`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reread {
    pub documents: usize,
    pub facts_before: usize,
    pub facts_after: usize,
}

impl Case {
    /// What adding a document would do; tells whether it must be read at all.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn foresee(&self, document: &Document, said: Said) -> Result<Added, CaseError> {
        foresee(&self.store, document, said)
    }

    /// Keeps a document and its reading, in one transaction.
    ///
    /// # Errors
    /// When the case file cannot be written.
    pub fn add(
        &mut self,
        document: &Document,
        reading: &Reading,
        said: Said,
    ) -> Result<Added, CaseError> {
        let now = self.now.clone();
        self.change(|step| added(step, (document, reading), said, now.as_deref()))
    }

    /// Keeps several, all in one transaction; gives what adding each did, in their order.
    ///
    /// # Errors
    /// When the case file cannot be written: then none is kept.
    pub fn add_all(
        &mut self,
        all: &[(Document, Reading)],
        said: Said,
    ) -> Result<Vec<Added>, CaseError> {
        let now = self.now.clone();
        self.change(|step| {
            let each = all.iter();
            each.map(|(document, reading)| added(step, (document, reading), said, now.as_deref()))
                .collect()
        })
    }

    /// Notes that bytes of the case were met again, perhaps in another place.
    ///
    /// # Errors
    /// When the case file cannot be written.
    pub fn see_again(&mut self, document: &Document) -> Result<Added, CaseError> {
        // who goes on where he was stopped passes over all that is in already
        let named = "SELECT EXISTS (SELECT 1 FROM captures WHERE bytes = ?1 AND origin <= ?2)";
        let capture = params![document.bytes.0, document.meta.origin];
        if self.store.query_row(named, capture, |row| row.get(0))? {
            return Ok(Added::Same);
        }
        self.change(|step| see_again(step, document))?;
        Ok(Added::Same)
    }

    /// All documents with their readings, by id.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn kept(&self) -> Result<Vec<Kept>, CaseError> {
        let mut query = self.store.prepare(&format!("{KEPT} ORDER BY d.id"))?;
        let rows = query.query_map([], packed)?;
        rows.map(|row| row?.unpacked()).collect()
    }

    /// Documents whose reading was made by another version of the reader.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn outdated(&self) -> Result<usize, CaseError> {
        let count = "SELECT count(*) FROM readings WHERE reader NOT IN (?1, ?2)";
        let count: u32 = self
            .store
            .query_row(count, Reader::ALL.map(Reader::version), |row| row.get(0))?;
        Ok(count as usize)
    }

    /// The reader of the case: the accurate one if any of its documents was read by it.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn reader(&self) -> Result<Reader, CaseError> {
        let any = "SELECT EXISTS (SELECT 1 FROM readings WHERE reader LIKE '%-accurate')";
        let accurate: bool = self.store.query_row(any, [], |row| row.get(0))?;
        Ok(if accurate {
            Reader::Accurate
        } else {
            Reader::Fast
        })
    }

    /// Reads each document again whose reading was made by another version, or another reader, than the
    /// kit's. Decisions stand.
    ///
    /// # Errors
    /// When the case file cannot be read or written.
    pub fn reread(&mut self, kit: &Kit) -> Result<Reread, CaseError> {
        let mut done = Reread::default();
        let find = "SELECT document FROM readings WHERE reader <> ?1 ORDER BY document";
        let outdated: Vec<[u8; 32]> = self
            .store
            .prepare(find)?
            .query_map([kit.reader().version()], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for id in outdated {
            let (bytes, body, old): ([u8; 32], Vec<u8>, Vec<u8>) = self.store.query_row(
                "SELECT d.bytes, d.body, r.body FROM documents d
                 JOIN readings r ON r.document = d.id WHERE d.id = ?1",
                [id],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?;
            let document = unpack_document(&body, BytesHash(bytes))?;
            let reading = madar_read::read(&document, kit);
            done.documents += 1;
            // an old reading may have a shape that this version no longer knows
            done.facts_before += unpack_reading(&old).map_or(0, |reading| reading.facts.len());
            done.facts_after += reading.facts.len();
            let now = self.now.clone();
            self.change(|step| {
                if !is_there(step, DocumentId(id))? {
                    return Ok(()); // taken out meanwhile
                }
                put_reading(step, DocumentId(id), &reading)?;
                note_reading(step, DocumentId(id), now.as_deref())
            })?;
        }
        Ok(done)
    }
}

fn foresee(store: &Connection, document: &Document, said: Said) -> Result<Added, CaseError> {
    let id = document_id(document);
    let find = "SELECT document FROM captures WHERE bytes = ?1";
    let held: Option<[u8; 32]> = store
        .query_row(find, [document.bytes.0], |row| row.get(0))
        .optional()?;
    if let Some(held) = held {
        let other = said == Said::ByUser && held != id.0;
        return Ok(if other { Added::Replaced } else { Added::Same });
    }
    let find = "SELECT count(*) FROM documents WHERE id = ?1";
    let known: u32 = store.query_row(find, [id.0], |row| row.get(0))?;
    Ok(if known > 0 {
        Added::OtherCapture
    } else {
        Added::New
    })
}

/// Adds a document, in the transaction of whoever calls.
pub(crate) fn added(
    step: &Transaction,
    (document, reading): (&Document, &Reading),
    said: Said,
    now: Option<&str>,
) -> Result<Added, CaseError> {
    let added = foresee(step, document, said)?;
    match added {
        Added::Same => see_again(step, document)?,
        Added::New => insert(step, document, reading)?,
        Added::Replaced => {
            if let Some(gone) = drop_capture(step, document.bytes)? {
                let (document, decisions) = (gone.hex(), Vec::new());
                custody::note(
                    step,
                    Did::Forget {
                        document,
                        decisions,
                    },
                    now,
                )?;
            }
            take(step, document, reading)?;
        }
        Added::OtherCapture => take(step, document, reading)?,
    }
    if added != Added::Same {
        note_reading(step, document_id(document), now)?;
    }
    Ok(added)
}

/// A document with its reading.
const KEPT: &str = "SELECT d.id, d.bytes, d.origin, d.body, r.body FROM documents d
     JOIN readings r ON r.document = d.id";

/// One document with its reading.
pub(crate) fn kept_at(store: &Connection, id: DocumentId) -> Result<Kept, CaseError> {
    let mut query = store.prepare_cached(&format!("{KEPT} WHERE d.id = ?1"))?;
    query.query_row([id.0], packed)?.unpacked()
}

/// A document as it lies in the file.
struct Packed {
    id: [u8; 32],
    bytes: [u8; 32],
    origin: Option<String>,
    document: Vec<u8>,
    reading: Vec<u8>,
}

fn packed(row: &Row<'_>) -> rusqlite::Result<Packed> {
    Ok(Packed {
        id: row.get(0)?,
        bytes: row.get(1)?,
        origin: row.get(2)?,
        document: row.get(3)?,
        reading: row.get(4)?,
    })
}

impl Packed {
    fn unpacked(self) -> Result<Kept, CaseError> {
        let mut document = unpack_document(&self.document, BytesHash(self.bytes))?;
        document.meta.origin = self.origin;
        Ok(Kept {
            id: DocumentId(self.id),
            document,
            reading: unpack_reading(&self.reading)?,
        })
    }
}

/// The same bytes at two places: the first of their names in order of letters stays, so that the
/// order of reading does not matter.
pub(crate) fn see_again(step: &Transaction, document: &Document) -> Result<(), CaseError> {
    step.execute(
        "UPDATE captures SET origin = ?2 WHERE bytes = ?1 AND (origin IS NULL OR origin > ?2)",
        params![document.bytes.0, document.meta.origin],
    )?;
    let find = "SELECT document FROM captures WHERE bytes = ?1";
    let id: Option<[u8; 32]> = step
        .query_row(find, [document.bytes.0], |row| row.get(0))
        .optional()?;
    // it was there when it was looked for
    let id = id.ok_or_else(|| CaseError::Unknown {
        what: "document",
        name: document_id(document).short(),
    })?;
    name_origin(step, DocumentId(id))
}

/// Adds a capture; of several captures of one text, the one with the smallest hash is kept whole.
fn take(step: &Transaction, document: &Document, reading: &Reading) -> Result<(), CaseError> {
    let id = document_id(document);
    let held: Option<[u8; 32]> = step
        .query_row("SELECT bytes FROM documents WHERE id = ?1", [id.0], |row| {
            row.get(0)
        })
        .optional()?;
    match held {
        None => return insert(step, document, reading),
        Some(held) if document.bytes.0 < held => {
            step.execute(
                "UPDATE documents SET bytes = ?2, title = ?3, body = ?4 WHERE id = ?1",
                params![
                    id.0,
                    document.bytes.0,
                    document.meta.title,
                    pack_document(document)
                ],
            )?;
            put_reading(step, id, reading)?;
        }
        Some(_) => {}
    }
    put_capture(step, id, document)
}

fn insert(step: &Transaction, document: &Document, reading: &Reading) -> Result<(), CaseError> {
    let id = document_id(document);
    step.execute(
        "INSERT INTO documents (id, text_hash, bytes, title, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id.0,
            text_hash(document).0,
            document.bytes.0,
            document.meta.title,
            pack_document(document)
        ],
    )?;
    put_reading(step, id, reading)?;
    put_capture(step, id, document)
}

fn is_there(step: &Connection, id: DocumentId) -> Result<bool, CaseError> {
    let find = "SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?1)";
    Ok(step.query_row(find, [id.0], |row| row.get(0))?)
}

fn put_reading(step: &Transaction, id: DocumentId, reading: &Reading) -> Result<(), CaseError> {
    step.execute("DELETE FROM readings WHERE document = ?1", [id.0])?;
    step.execute(
        "INSERT INTO readings (document, reader, body) VALUES (?1, ?2, ?3)",
        params![id.0, reading.reader.version(), pack_reading(reading)],
    )?;
    Ok(())
}

/// Notes in the log how a document and its reading now stand.
fn note_reading(step: &Transaction, id: DocumentId, at: Option<&str>) -> Result<(), CaseError> {
    let (text, bytes, reading, reader): ([u8; 32], [u8; 32], Vec<u8>, String) = step.query_row(
        "SELECT d.text_hash, d.bytes, r.body, r.reader FROM documents d
         JOIN readings r ON r.document = d.id WHERE d.id = ?1",
        [id.0],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let did = Did::Read {
        document: id.hex(),
        text: DocumentId(text).hex(),
        bytes: DocumentId(bytes).hex(),
        reading: custody::hash(&reading),
        reader,
    };
    custody::note(step, did, at)
}

fn put_capture(step: &Transaction, id: DocumentId, document: &Document) -> Result<(), CaseError> {
    step.execute(
        "INSERT INTO captures (bytes, document, origin) VALUES (?1, ?2, ?3)",
        params![document.bytes.0, id.0, document.meta.origin],
    )?;
    name_origin(step, id)
}

/// Gives the document that goes with its last capture.
fn drop_capture(step: &Transaction, bytes: BytesHash) -> Result<Option<DocumentId>, CaseError> {
    let find = "SELECT document FROM captures WHERE bytes = ?1";
    let id: [u8; 32] = step.query_row(find, [bytes.0], |row| row.get(0))?;
    step.execute("DELETE FROM captures WHERE bytes = ?1", [bytes.0])?;
    let gone = step.execute(
        "DELETE FROM documents WHERE id = ?1
         AND NOT EXISTS (SELECT 1 FROM captures WHERE document = ?1)",
        [id],
    )?;
    name_origin(step, DocumentId(id))?;
    Ok((gone > 0).then_some(DocumentId(id)))
}

fn name_origin(step: &Transaction, id: DocumentId) -> Result<(), CaseError> {
    step.execute(
        "UPDATE documents SET origin = (SELECT min(origin) FROM captures WHERE document = ?1)
         WHERE id = ?1",
        [id.0],
    )?;
    Ok(())
}
