//! What linking found, from the file: one record at a time, as a question comes to it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{MutexGuard, PoisonError, mpsc};

use madar_link::{
    Digest, EntityId, EntityStanding, Independent, Known, Mark, Spellings, document_number,
};
use madar_text::DocumentId;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, params};

use super::grow::Was;
use super::{ids, look_at, part};
use crate::CaseError;
use crate::documents::Reader;
use crate::ledger::{Claims, DocumentEntry, EntityEntry, Ledger};
use crate::links::{Called, LinkedClaim, LinkedEntity, Places, name_words};
use crate::numbers::Numbers;
use crate::shelf::whole;
use crate::view::At;
use crate::wire::known::{unpack_dependences, unpack_digest, unpack_mark, unpack_spelling};
use crate::wire::ledger::{unpack_claims, unpack_documents, unpack_entities};
use crate::wire::linked::{unpack, unpack_claim, unpack_entity, unpack_places};

/// The file's side of [`crate::links::Links`].
pub(crate) struct Stored {
    file: Reader,
    pub(crate) numbers: Numbers,
}

impl Stored {
    pub(super) fn new(file: Reader, ids: &[DocumentId]) -> Result<Self, CaseError> {
        let numbers = numbers(&lock(&file), ids)?;
        Ok(Self { file, numbers })
    }

    pub(super) fn file(&self) -> &Reader {
        &self.file
    }

    pub(crate) fn entity(&self, at: At) -> LinkedEntity {
        let number = self.numbers.entities[at];
        let body = self.body("SELECT body FROM linked_entities WHERE number = ?1", number);
        self.numbers
            .counted_entity(whole(unpack_entity(&body, number)))
    }

    pub(crate) fn claim(&self, at: At) -> LinkedClaim {
        let number = self.numbers.claims[at];
        let body = self.body("SELECT body FROM linked_claims WHERE number = ?1", number);
        self.numbers.counted_claim(whole(unpack_claim(&body)))
    }

    pub(crate) fn places(&self, document: At) -> Places {
        let number = self.numbers.documents[document];
        let body = self.body("SELECT body FROM linked_places WHERE document = ?1", number);
        self.numbers.counted_places(whole(unpack_places(&body)))
    }

    /// The entity with this id, which is 12 digits long.
    pub(crate) fn entity_by_id(&self, id: &str) -> Option<At> {
        let found = beginning(&self.numbers.entities, id);
        (id.len() == 12).then_some(found)?.next()
    }

    /// Claims whose ids begin so.
    pub(crate) fn claims_beginning(&self, id: &str) -> Vec<At> {
        let own = beginning(&self.numbers.claims, &id[..id.len().min(16)]);
        // an id says more than a number
        let begins = |at: &At| self.claim(*at).linked.id.0.0;
        own.filter(|at| {
            let hex: String = begins(at)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            id.len() <= 12 && hex.starts_with(id)
        })
        .collect()
    }

    /// Names that have one of these keys, in order.
    pub(crate) fn called(&self, keys: &[u64]) -> Vec<Called> {
        whole(self.called_by(keys))
    }

    fn called_by(&self, keys: &[u64]) -> Result<Vec<Called>, CaseError> {
        let mut out = BTreeSet::new();
        let file = lock(&self.file);
        let find = "SELECT entity, text FROM linked_name_keys WHERE key = ?1";
        let mut query = file.prepare_cached(find)?;
        for key in keys {
            let rows = query.query_map([key.cast_signed()], |row| {
                Ok((
                    row.get::<_, i64>(0)?.cast_unsigned(),
                    row.get::<_, String>(1)?,
                ))
            })?;
            for row in rows {
                out.insert(row?);
            }
        }
        let place = |number: u64| self.numbers.entities.binary_search(&number);
        let one = |(number, text): (u64, String)| {
            let entity = place(number).map_err(|_| CaseError::Damaged("what was linked"))?;
            Ok(Called { entity, text })
        };
        out.into_iter().map(one).collect()
    }

    /// Those of whose names one has a word for each of the text's words that begins so, in order.
    pub(crate) fn beginning(&self, text: &str) -> Vec<At> {
        let find = "SELECT DISTINCT entity FROM linked_name_words WHERE word >= ?1 AND word < ?2";
        let mut out: Option<BTreeSet<u64>> = None;
        for word in name_words(text) {
            // no letter comes after the last one
            let end = format!("{word}{}", char::MAX);
            let found = self.all::<i64>(find, params![word, end]).into_iter();
            let found: BTreeSet<u64> = found.map(i64::cast_unsigned).collect();
            out = Some(match out {
                Some(held) => held.intersection(&found).copied().collect(),
                None => found,
            });
        }
        let numbers = out.unwrap_or_default().into_iter();
        numbers
            .filter_map(|number| self.numbers.entities.binary_search(&number).ok())
            .collect()
    }

    pub(crate) fn as_it_stands(&self, folded: &str) -> Option<String> {
        let find = "SELECT stands FROM linked_words WHERE folded = ?1";
        let found = self.one(find, [folded]);
        whole(found)
    }

    pub(crate) fn claims_ledger(&self) -> Claims {
        whole(claim_entries(&lock(&self.file)))
    }

    pub(crate) fn entities_ledger(&self) -> Vec<EntityEntry> {
        whole(entity_entries(&lock(&self.file)))
    }

    pub(crate) fn documents_ledger(&self) -> Vec<DocumentEntry> {
        whole(document_entries(&lock(&self.file)))
    }

    /// Numbers of the documents that may hold words fitting this expression of FTS5, in no order.
    pub(crate) fn documents_with(&self, expression: &str) -> Vec<[u8; 32]> {
        let find = "SELECT document FROM searched WHERE number IN
                    (SELECT rowid FROM terms WHERE terms MATCH ?1)";
        self.all(find, params![expression])
    }

    fn body(&self, find: &str, number: u64) -> Vec<u8> {
        let found = self.one(find, [number.cast_signed()]);
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

/// Places of the numbers that begin with these hexadecimal digits.
fn beginning(all: &[u64], digits: &str) -> Range<At> {
    let length = digits.len();
    if length == 0 {
        return 0..all.len();
    }
    let Some(number) = u64::from_str_radix(digits, 16)
        .ok()
        .filter(|_| (1..=16).contains(&length))
    else {
        return 0..0;
    };
    let rest = 64 - 4 * u32::try_from(length).expect("sixteen at most");
    let first = number << rest;
    let last = first | (u64::MAX.checked_shr(64 - rest).unwrap_or(0));
    all.partition_point(|n| *n < first)..all.partition_point(|n| *n <= last)
}

/// What lists are put in order by; empty where nothing was linked.
pub(super) fn ledger(file: &Connection) -> Result<Ledger, CaseError> {
    Ok(Ledger {
        claims: claim_entries(file)?,
        entities: entity_entries(file)?,
        documents: document_entries(file)?,
    })
}

fn claim_entries(file: &Connection) -> Result<Claims, CaseError> {
    look_at(file, "ledger of claims", unpack_claims)?.unwrap_or_else(|| Ok(Claims::default()))
}

fn entity_entries(file: &Connection) -> Result<Vec<EntityEntry>, CaseError> {
    look_at(file, "ledger of entities", unpack_entities)?.unwrap_or_else(|| Ok(Vec::new()))
}

fn document_entries(file: &Connection) -> Result<Vec<DocumentEntry>, CaseError> {
    look_at(file, "ledger of documents", unpack_documents)?.unwrap_or_else(|| Ok(Vec::new()))
}

fn numbers(file: &Connection, ids: &[DocumentId]) -> Result<Numbers, CaseError> {
    let of = |name: &str| -> Result<Vec<u64>, CaseError> {
        let numbers = |packed: &[u8]| {
            let all = packed.as_chunks().0.iter();
            all.map(|number| u64::from_le_bytes(*number)).collect()
        };
        Ok(look_at(file, name, numbers)?.unwrap_or_default())
    };
    Ok(Numbers {
        documents: ids.iter().map(|id| document_number(*id)).collect(),
        entities: of("entities")?,
        claims: of("claims")?,
    })
}

/// What is known of the case as it was last linked, and the numbers that were given then.
pub(super) fn known(file: &Connection) -> Result<(Known, Was), CaseError> {
    let mut known = Known {
        ids: ids(file)?,
        ..Known::default()
    };
    // they are in order of signed numbers there
    let find = "SELECT document, digest, sketch, mark FROM known_documents";
    let mut documents: Vec<(u64, Digest, Mark)> =
        in_parts(file, find, |number, [digest, sketch, mark]| {
            Ok((number, unpack_digest(digest, sketch)?, unpack_mark(mark)?))
        })?;
    documents.sort_unstable_by_key(|(number, ..)| *number);
    for (_, digest, mark) in documents {
        known.digests.push(digest);
        known.marks.push(mark);
    }
    let find = "SELECT number, body FROM known_spellings";
    let spellings = in_parts(file, find, |number, [body]| {
        Ok((number, unpack_spelling(body)?))
    })?;
    known.spellings = Spellings::kept(spellings.into_iter());
    let packed = |name: &str| part(file, name);
    if let Some(packed) = packed("dependences")? {
        known.dependences = unpack_dependences(&packed)?;
    }
    if let Some(packed) = packed("independent")? {
        known.independent = Independent::new(unpack::<Vec<(u64, u64)>>(&packed)?);
    }
    if let Some(packed) = packed("contradictions")? {
        known.contradictions = unpack(&packed)?;
    }
    if let Some(packed) = packed("perhaps")? {
        known.perhaps = unpack(&packed)?;
    }
    let was = numbers(file, &known.ids)?;
    let standing = packed("standing")?.unwrap_or_default();
    let standing = standing.as_chunks::<16>().0.iter().map(|both| {
        let number = |half: &[u8]| u64::from_le_bytes(half.try_into().expect("eight bytes"));
        EntityStanding {
            taken: number(&both[..8]),
            joined: number(&both[8..]),
        }
    });
    known.entities = was
        .entities
        .iter()
        .map(|id| EntityId(*id))
        .zip(standing)
        .collect();
    let whole =
        known.digests.len() == known.ids.len() && known.entities.len() == was.entities.len();
    let damaged = CaseError::Damaged("what was linked");
    whole.then_some((known, Some(was))).ok_or(damaged)
}

/// Rows that one thread unpacks while further ones are fetched.
const TOGETHER: usize = 1_024;

/// Bodies, one behind the other, and of each row its number and where its bodies lie.
struct Fetched<const N: usize> {
    bytes: Vec<u8>,
    rows: Vec<(u64, [Range<usize>; N])>,
}

/// What `unpack` makes of all rows of a question, each a number and some bodies; in their order.
fn in_parts<T: Send, const N: usize>(
    file: &Connection,
    find: &str,
    unpack: impl Fn(u64, [&[u8]; N]) -> Result<T, CaseError> + Sync,
) -> Result<Vec<T>, CaseError> {
    let mut query = file.prepare(find)?;
    let mut rows = query.query([])?;
    let (send, unpacked) = mpsc::channel();
    let unpack = &unpack;
    rayon::in_place_scope(|scope| -> Result<(), CaseError> {
        for part in 0_usize.. {
            let fetched = fetch(&mut rows)?;
            if fetched.rows.is_empty() {
                break;
            }
            let send = send.clone();
            scope.spawn(move |_| {
                let body = |lies: &Range<usize>| &fetched.bytes[lies.clone()];
                let rows = fetched.rows.iter();
                let found = rows.map(|(number, lie)| unpack(*number, lie.each_ref().map(body)));
                let found: Result<Vec<T>, CaseError> = found.collect();
                // nobody waits for it only where fetching has failed
                send.send((part, found)).ok();
            });
        }
        Ok(())
    })?;
    drop(send);
    let mut parts: Vec<(usize, Result<Vec<T>, CaseError>)> = unpacked.into_iter().collect();
    parts.sort_unstable_by_key(|(part, _)| *part);
    let mut out = Vec::new();
    for (_, part) in parts {
        out.extend(part?);
    }
    Ok(out)
}

/// The next rows of a question, none at its end.
fn fetch<const N: usize>(rows: &mut rusqlite::Rows<'_>) -> Result<Fetched<N>, CaseError> {
    let mut out = Fetched {
        bytes: Vec::new(),
        rows: Vec::new(),
    };
    while out.rows.len() < TOGETHER
        && let Some(row) = rows.next()?
    {
        let mut bodies = [const { 0..0 }; N];
        for (at, body) in bodies.iter_mut().enumerate() {
            let blob = row.get_ref(at + 1)?.as_blob();
            let blob = blob.map_err(|_| CaseError::Damaged("what was linked"))?;
            *body = out.bytes.len()..out.bytes.len() + blob.len();
            out.bytes.extend(blob);
        }
        let number = row.get::<_, i64>(0)?.cast_unsigned();
        out.rows.push((number, bodies));
    }
    Ok(out)
}

/// A question that was broken off leaves the connection as it was.
pub(crate) fn lock(file: &Reader) -> MutexGuard<'_, Connection> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}
