//! What linking found, from the file: one record at a time, as a question comes to it.

use std::sync::{MutexGuard, PoisonError};

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, params};

use super::part;
use crate::CaseError;
use crate::documents::Reader;
use crate::links::{Called, LinkedClaim, LinkedEntity, Places};
use crate::shelf::whole;
use crate::ties::Ties;
use crate::view::At;
use crate::wire::linked::{unpack_claim, unpack_entity, unpack_places};

/// The file's side of [`crate::links::Links`].
pub(crate) struct Stored {
    file: Reader,
    pub(crate) entities: usize,
    pub(crate) claims: usize,
}

impl Stored {
    pub(super) fn new(file: Reader) -> Result<Self, CaseError> {
        let count = |table: &str| -> Result<usize, CaseError> {
            let last = format!("SELECT ifnull(max(number) + 1, 0) FROM {table}");
            let count: u32 = lock(&file).query_row(&last, [], |row| row.get(0))?;
            Ok(count as usize)
        };
        let (entities, claims) = (count("linked_entities")?, count("linked_claims")?);
        Ok(Self {
            file,
            entities,
            claims,
        })
    }

    pub(crate) fn entity(&self, at: At) -> LinkedEntity {
        let body = self.body("SELECT body FROM linked_entities WHERE number = ?1", at);
        whole(unpack_entity(&body, at))
    }

    pub(crate) fn claim(&self, at: At) -> LinkedClaim {
        whole(unpack_claim(
            &self.body("SELECT body FROM linked_claims WHERE number = ?1", at),
        ))
    }

    pub(crate) fn places(&self, document: At) -> Places {
        whole(unpack_places(&self.body(
            "SELECT body FROM linked_places WHERE document = ?1",
            document,
        )))
    }

    pub(crate) fn entity_by_id(&self, id: &str) -> Option<At> {
        let find = "SELECT number FROM linked_entities WHERE id = ?1";
        let found: Vec<u32> = self.all(find, [id]);
        found.first().map(|&at| at as At)
    }

    pub(crate) fn claims_beginning(&self, id: &str) -> Vec<At> {
        let find =
            "SELECT number FROM linked_claims WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY number";
        let found: Vec<u32> = self.all(find, [id]);
        found.into_iter().map(|at| at as At).collect()
    }

    /// Names that have one of these keys, in order.
    pub(crate) fn called(&self, keys: &[u64]) -> Vec<Called> {
        let mut numbers: Vec<u32> = Vec::new();
        for key in keys {
            let find = "SELECT name FROM linked_name_keys WHERE key = ?1";
            numbers.extend(self.all::<u32>(find, [key.cast_signed()]));
        }
        numbers.sort_unstable();
        numbers.dedup();
        whole(self.called_at(&numbers))
    }

    fn called_at(&self, numbers: &[u32]) -> Result<Vec<Called>, CaseError> {
        let file = lock(&self.file);
        let mut query =
            file.prepare_cached("SELECT entity, text FROM linked_names WHERE number = ?1")?;
        let mut out = Vec::with_capacity(numbers.len());
        for number in numbers {
            out.push(query.query_row([number], |row| {
                let entity: u32 = row.get(0)?;
                Ok(Called {
                    entity: entity as At,
                    text: row.get(1)?,
                })
            })?);
        }
        Ok(out)
    }

    pub(crate) fn as_it_stands(&self, folded: &str) -> Option<String> {
        let find = "SELECT stands FROM linked_words WHERE folded = ?1";
        let found = self.one(find, [folded]);
        whole(found)
    }

    pub(crate) fn ties(&self) -> Ties {
        let packed = part(&lock(&self.file), "ties");
        let packed = whole(packed).unwrap_or_default();
        whole(Ties::unpack(&packed))
    }

    /// Numbers of the documents that may hold words fitting this expression of FTS5, in no order.
    pub(crate) fn documents_with(&self, expression: &str) -> Vec<[u8; 32]> {
        let find = "SELECT document FROM searched WHERE number IN
                    (SELECT rowid FROM terms WHERE terms MATCH ?1)";
        self.all(find, params![expression])
    }

    fn body(&self, find: &str, at: At) -> Vec<u8> {
        let at = u32::try_from(at).expect("a case holds fewer things");
        let found = self.one(find, [at]);
        whole(found.and_then(|body| body.ok_or(CaseError::Damaged("what was linked"))))
    }

    fn one<T: FromSql>(&self, find: &str, with: impl Params) -> Result<Option<T>, CaseError> {
        let file = lock(&self.file);
        let mut query = file.prepare_cached(find)?;
        Ok(query.query_row(with, |row| row.get(0)).optional()?)
    }

    fn all<T: FromSql>(&self, find: &str, with: impl Params) -> Vec<T> {
        let found = move || -> Result<Vec<T>, CaseError> {
            let file = lock(&self.file);
            let mut query = file.prepare_cached(find)?;
            let rows = query.query_map(with, |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        whole(found())
    }
}

/// A question that was broken off leaves the connection as it was.
pub(crate) fn lock(file: &Reader) -> MutexGuard<'_, Connection> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}
