//! What linking found, into the file: what has changed of it.

use std::collections::BTreeSet;

use madar_link::{EntityId, Grown, Known, document_number};
use madar_names::Name;
use madar_read::Kit;
use madar_text::DocumentId;
use rusqlite::{Connection, OptionalExtension, params};

use super::grow::Was;
use super::{LINKED_BY, outlets, read};
use crate::CaseError;
use crate::keep::Kept;
use crate::ledger::NewEntries;
use crate::links::{Rows, name_kind, name_words, names_of, words_of};
use crate::numbers::Numbers;
use crate::search;
use crate::wire::known::{
    pack_dependences, pack_digest, pack_mark, pack_reports, pack_spelling, pack_words,
};
use crate::wire::ledger::{pack_claims, pack_documents, pack_entities};
use crate::wire::linked::{pack, pack_claim, pack_entity, pack_places, unpack_entity};

const TABLES: [&str; 14] = [
    "projection",
    "linked_entities",
    "linked_names",
    "linked_name_keys",
    "linked_name_words",
    "linked_outlets",
    "linked_outlet_documents",
    "linked_sums",
    "linked_claims",
    "linked_places",
    "linked_words",
    "known_documents",
    "known_reports",
    "known_spellings",
];

pub(super) fn empty(step: &Connection) -> Result<(), CaseError> {
    for table in TABLES {
        step.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

/// Empties what will be made anew: it is derived, and words of what was taken out are gone already.
pub(super) fn empty_quickly(step: &Connection) -> Result<(), CaseError> {
    step.pragma_update(None, "secure_delete", false)?;
    empty(step)?;
    step.pragma_update(None, "secure_delete", true)?;
    Ok(())
}

/// What linking again has changed.
pub(super) struct Changed<'a> {
    /// The seals of the corrections under which the documents were read.
    pub(super) corrected_by: &'a [u8],
    /// Documents that have come or are read otherwise, in order.
    pub(super) read: &'a [DocumentId],
    pub(super) known: &'a Known,
    pub(super) numbers: &'a Numbers,
    pub(super) was: &'a Was,
    pub(super) grown: &'a Grown,
    pub(super) rows: &'a Rows,
    pub(super) entries: &'a NewEntries,
}

/// Brings what the file holds up to date; `seal` is that of the log from which it was made.
pub(super) fn write(
    step: &Connection,
    seal: &[u8],
    changed: &Changed<'_>,
    kit: &Kit,
) -> Result<(), CaseError> {
    entities(step, changed, kit)?;
    outlets::write(step, changed)?;
    let mut delete = step.prepare("DELETE FROM linked_claims WHERE number = ?1")?;
    for number in &changed.grown.gone_claims {
        delete.execute([number.cast_signed()])?;
    }
    let mut insert =
        step.prepare("INSERT OR REPLACE INTO linked_claims (number, body) VALUES (?1, ?2)")?;
    for claim in in_order(&changed.rows.claims, |claim| claim.linked.id.number()) {
        insert.execute(params![
            claim.linked.id.number().cast_signed(),
            pack_claim(claim)
        ])?;
    }
    documents(step, changed)?;
    spellings(step, changed.known)?;
    parts(step, seal, changed)
}

/// In the order of a table, which then grows at its end.
fn in_order<T>(all: &[T], number: impl Fn(&T) -> u64) -> Vec<&T> {
    let mut out: Vec<&T> = all.iter().collect();
    out.sort_by_key(|one| number(one).cast_signed());
    out
}

fn entities(step: &Connection, changed: &Changed<'_>, kit: &Kit) -> Result<(), CaseError> {
    let mut delete = step.prepare("DELETE FROM linked_entities WHERE number = ?1")?;
    for id in &changed.grown.gone_entities {
        rename(step, *id, &BTreeSet::new(), changed, kit)?;
        delete.execute([id.0.cast_signed()])?;
    }
    let mut insert =
        step.prepare("INSERT OR REPLACE INTO linked_entities (number, body) VALUES (?1, ?2)")?;
    let all = in_order(&changed.rows.entities, |held| held.linked.id.0);
    let mut keys: Vec<(i64, i64, String)> = Vec::new();
    for held in all {
        let names = names_of(&held.linked, kit);
        keys.extend(
            rename(step, held.linked.id, &names, changed, kit)?
                .into_iter()
                .flat_map(|text| {
                    let own = Name::new(&text, name_kind(held.linked.kind)).keys();
                    let number = held.linked.id.0.cast_signed();
                    own.into_iter()
                        .map(move |key| (key.cast_signed(), number, text.clone()))
                }),
        );
        insert.execute(params![held.linked.id.0.cast_signed(), pack_entity(held)])?;
    }
    keys.sort_unstable();
    let mut insert = step.prepare(
        "INSERT OR IGNORE INTO linked_name_keys (key, entity, text) VALUES (?1, ?2, ?3)",
    )?;
    for (key, entity, text) in keys {
        insert.execute(params![key, entity, text])?;
    }
    Ok(())
}

/// Takes out the names that an entity no longer has and puts in the others; gives those to be filed.
fn rename(
    step: &Connection,
    id: EntityId,
    names: &BTreeSet<String>,
    changed: &Changed<'_>,
    _kit: &Kit,
) -> Result<Vec<String>, CaseError> {
    let number = id.0.cast_signed();
    let mut had: BTreeSet<String> = BTreeSet::new();
    let mut all_had = had.clone();
    let known = changed
        .was
        .as_ref()
        .is_some_and(|was| was.entities.binary_search(&id.0).is_ok());
    if known {
        let mut query = step.prepare_cached("SELECT text FROM linked_names WHERE entity = ?1")?;
        let texts = query.query_map([number], |row| row.get(0))?;
        had = texts.collect::<Result<_, _>>()?;
        all_had.clone_from(&had);
        let mut body = step.prepare_cached("SELECT body FROM linked_entities WHERE number = ?1")?;
        let body: Option<Vec<u8>> = body.query_row([number], |row| row.get(0)).optional()?;
        let body = body.ok_or(CaseError::Damaged("what was linked"))?;
        let before = unpack_entity(&body, id.0)?.linked.kind;
        let now = changed
            .rows
            .entities
            .binary_search_by_key(&id, |held| held.linked.id);
        let now = now.ok().map(|at| changed.rows.entities[at].linked.kind);
        let refiled = now.is_some_and(|now| name_kind(now) != name_kind(before));
        let gone = had.iter().filter(|text| refiled || !names.contains(*text));
        let gone: Vec<String> = gone.cloned().collect();
        let mut delete = step.prepare_cached(
            "DELETE FROM linked_name_keys WHERE key = ?1 AND entity = ?2 AND text = ?3",
        )?;
        for text in gone {
            for key in Name::new(&text, name_kind(before)).keys() {
                delete.execute(params![key.cast_signed(), number, text])?;
            }
            step.prepare_cached("DELETE FROM linked_names WHERE entity = ?1 AND text = ?2")?
                .execute(params![number, text])?;
            had.remove(&text);
        }
    }
    let words = |names: &BTreeSet<String>| -> BTreeSet<String> {
        names.iter().flat_map(|name| name_words(name)).collect()
    };
    let (before, now) = (words(&all_had), words(names));
    let mut delete =
        step.prepare_cached("DELETE FROM linked_name_words WHERE word = ?1 AND entity = ?2")?;
    for word in before.difference(&now) {
        delete.execute(params![word, number])?;
    }
    let mut insert =
        step.prepare_cached("INSERT INTO linked_name_words (word, entity) VALUES (?1, ?2)")?;
    for word in now.difference(&before) {
        insert.execute(params![word, number])?;
    }
    let new: Vec<String> = names.difference(&had).cloned().collect();
    let mut insert =
        step.prepare_cached("INSERT INTO linked_names (entity, text) VALUES (?1, ?2)")?;
    for text in &new {
        insert.execute(params![number, text])?;
    }
    Ok(new)
}

fn documents(step: &Connection, changed: &Changed<'_>) -> Result<(), CaseError> {
    let known = changed.known;
    let number = |at: usize| document_number(known.ids[at]).cast_signed();
    let mut places =
        step.prepare("INSERT OR REPLACE INTO linked_places (document, body) VALUES (?1, ?2)")?;
    let mut new = step.prepare(
        "INSERT OR REPLACE INTO known_documents (document, digest, sketch, mark)
         VALUES (?1, ?2, ?3, ?4)",
    )?;
    let mut old = step.prepare("UPDATE known_documents SET mark = ?2 WHERE document = ?1")?;
    let is_new = |at: usize| changed.read.binary_search(&known.ids[at]).is_ok();
    for (at, own) in in_order(&changed.rows.places, |(at, _)| {
        document_number(known.ids[*at])
    }) {
        let (digest, mark) = (&known.digests[*at], pack_mark(&known.marks[*at]));
        if is_new(*at) {
            new.execute(params![
                number(*at),
                pack_digest(digest),
                pack_words(digest),
                mark
            ])?;
        } else {
            old.execute(params![number(*at), mark])?;
        }
        places.execute(params![number(*at), pack_places(own)])?;
    }
    let mut reports =
        step.prepare("INSERT OR REPLACE INTO known_reports (document, body) VALUES (?1, ?2)")?;
    for (at, told) in in_order(&changed.grown.told, |(at, _)| {
        document_number(known.ids[*at])
    }) {
        reports.execute(params![number(*at), pack_reports(told)])?;
    }
    Ok(())
}

fn spellings(step: &Connection, known: &Known) -> Result<(), CaseError> {
    let mut delete = step.prepare("DELETE FROM known_spellings WHERE number = ?1")?;
    for id in &known.spellings.gone {
        delete.execute([id.cast_signed()])?;
    }
    let mut insert =
        step.prepare("INSERT OR REPLACE INTO known_spellings (number, body) VALUES (?1, ?2)")?;
    let mut changed: Vec<u64> = known.spellings.changed.iter().copied().collect();
    changed.sort_by_key(|id| id.cast_signed());
    for id in changed {
        insert.execute(params![
            id.cast_signed(),
            pack_spelling(known.spellings.get(id))
        ])?;
    }
    Ok(())
}

fn parts(step: &Connection, seal: &[u8], changed: &Changed<'_>) -> Result<(), CaseError> {
    let (known, numbers) = (changed.known, changed.numbers);
    let ids: Vec<u8> = known.ids.iter().flat_map(|id| id.0).collect();
    let bytes = |all: &mut dyn Iterator<Item = u64>| -> Vec<u8> {
        all.flat_map(u64::to_le_bytes).collect()
    };
    let before = read::ledger(step)?;
    let ledger = before.changed(changed.was.as_ref(), numbers, changed.entries);
    let parts: [(&str, &[u8]); 14] = [
        ("documents", &ids),
        ("entities", &bytes(&mut numbers.entities.iter().copied())),
        (
            "standing",
            &bytes(
                &mut known
                    .entities
                    .values()
                    .flat_map(|one| [one.taken, one.joined]),
            ),
        ),
        ("claims", &bytes(&mut numbers.claims.iter().copied())),
        ("dependences", &pack_dependences(&known.dependences)),
        ("contradictions", &pack(&known.contradictions)),
        ("perhaps", &pack(&known.perhaps)),
        (
            "independent",
            &pack(&known.independent.pairs().collect::<Vec<_>>()),
        ),
        ("ledger of claims", &pack_claims(&ledger.claims)),
        ("ledger of entities", &pack_entities(&ledger.entities)),
        ("ledger of documents", &pack_documents(&ledger.documents)),
        ("corrected by", changed.corrected_by),
        ("linked by", LINKED_BY.as_bytes()),
        ("made from", seal),
    ];
    let mut insert =
        step.prepare("INSERT OR REPLACE INTO projection (part, value) VALUES (?1, ?2)")?;
    for (part, value) in parts {
        insert.execute(params![part, value])?;
    }
    Ok(())
}

/// Files the words of a document that has come.
pub(super) fn new_document(step: &Connection, kept: &Kept, kit: &Kit) -> Result<(), CaseError> {
    let mut insert = step.prepare_cached(
        "INSERT INTO linked_words (folded, document, stands) VALUES (?1, ?2, ?3)
         ON CONFLICT (folded) DO UPDATE SET document = excluded.document, stands = excluded.stands
         WHERE excluded.document < linked_words.document",
    )?;
    // numbers in the order of ids, though the file's are signed
    let number = (document_number(kept.id) ^ (1 << 63)).cast_signed();
    for (folded, stands) in words_of(kept) {
        insert.execute(params![folded, number, stands])?;
    }
    search(step, kept, kit)
}

/// Files the words of a document that is not yet searched.
fn search(step: &Connection, kept: &Kept, kit: &Kit) -> Result<(), CaseError> {
    let mut known = step.prepare_cached("SELECT 1 FROM searched WHERE document = ?1")?;
    if known.exists([kept.id.0])? {
        return Ok(());
    }
    let mut insert = step.prepare_cached("INSERT INTO searched (document) VALUES (?1)")?;
    insert.execute([kept.id.0])?;
    let number = step.last_insert_rowid();
    let words = search::terms(&kept.document, kit);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut file = step.prepare_cached("INSERT INTO terms (rowid, words) VALUES (?1, ?2)")?;
    file.execute(params![number, words.join(" ")])?;
    Ok(())
}
