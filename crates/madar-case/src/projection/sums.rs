//! Sums of money that no fact tells, by size. A document's depend on its reading and on nothing else.

use madar_read::AmountId;
use madar_text::DocumentId;
use rusqlite::{Connection, params};

use super::read::{Stored, lock};
use crate::CaseError;
use crate::keep::Kept;
use crate::shelf::whole;
use crate::sums::{Named, untold};

/// Numbers of documents in the order of ids, though the file's are signed.
fn in_order(id: DocumentId) -> i64 {
    (madar_link::document_number(id) ^ (1 << 63)).cast_signed()
}

/// Of a document that is read otherwise now: what was filed of it goes.
pub(super) fn forget(step: &Connection, id: DocumentId) -> Result<(), CaseError> {
    let mut delete = step.prepare_cached("DELETE FROM linked_sums WHERE document = ?1")?;
    delete.execute([in_order(id)])?;
    Ok(())
}

pub(super) fn write(step: &Connection, kept: &Kept) -> Result<(), CaseError> {
    let mut insert = step.prepare_cached(
        "INSERT INTO linked_sums (value, currency, document, amount) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for ((value, currency), id) in untold(kept) {
        insert.execute(params![value.0, currency, in_order(kept.id), id.0])?;
    }
    Ok(())
}

impl Stored {
    /// The largest, each with its places, and how many there are.
    pub(crate) fn sums(&self, most: usize) -> (Vec<Vec<Named>>, usize) {
        whole(self.largest(most))
    }

    fn largest(&self, most: usize) -> Result<(Vec<Vec<Named>>, usize), CaseError> {
        let file = lock(self.file());
        let count = "SELECT count(*) FROM (SELECT DISTINCT value, currency FROM linked_sums)";
        let all: i64 = file.query_row(count, [], |row| row.get(0))?;
        let mut query = file.prepare_cached(
            "SELECT DISTINCT value, currency FROM linked_sums
             ORDER BY value DESC, currency DESC LIMIT ?1",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sums = query.query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sums: Vec<(i64, String)> = sums.collect::<Result<_, _>>()?;
        let mut query = file.prepare_cached(
            "SELECT document, amount FROM linked_sums WHERE value = ?1 AND currency = ?2
             ORDER BY document, amount",
        )?;
        let mut out = Vec::new();
        for (value, currency) in sums {
            let places = query.query_map(params![value, currency], |row| {
                let document: i64 = row.get(0)?;
                Ok((document.cast_unsigned() ^ (1 << 63), AmountId(row.get(1)?)))
            })?;
            let place =
                |(document, amount): (u64, AmountId)| (self.numbers.document(document), amount);
            out.push(
                places
                    .map(|one| Ok(place(one?)))
                    .collect::<Result<_, CaseError>>()?,
            );
        }
        Ok((out, usize::try_from(all).unwrap_or(0)))
    }
}
