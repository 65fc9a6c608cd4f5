//! What linking found, into the file.

use madar_names::Name;
use madar_read::Kit;
use rusqlite::{Connection, params};

use super::LINKED_BY;
use crate::CaseError;
use crate::keep::Kept;
use crate::links::{Everything, name_kind};
use crate::search;
use crate::ties::Ties;
use crate::wire::linked::{pack_claim, pack_entity, pack_places};

const TABLES: [&str; 7] = [
    "projection",
    "linked_entities",
    "linked_names",
    "linked_name_keys",
    "linked_claims",
    "linked_places",
    "linked_words",
];

pub(super) fn empty(step: &Connection) -> Result<(), CaseError> {
    for table in TABLES {
        step.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

/// Replaces what the file holds; `seal` is that of the log from which it was made.
pub(super) fn write(
    step: &Connection,
    seal: &[u8],
    kept: &[Kept],
    all: &Everything,
) -> Result<(), CaseError> {
    // what is replaced here is derived, and words of what was taken out are gone already
    step.pragma_update(None, "secure_delete", false)?;
    empty(step)?;
    step.pragma_update(None, "secure_delete", true)?;
    entities(step, all)?;
    names(step, all)?;
    let mut insert =
        step.prepare("INSERT INTO linked_claims (number, id, body) VALUES (?1, ?2, ?3)")?;
    for (claim, number) in all.claims.iter().zip(0i64..) {
        insert.execute(params![number, claim.linked.id.short(), pack_claim(claim)])?;
    }
    let mut insert = step.prepare("INSERT INTO linked_places (document, body) VALUES (?1, ?2)")?;
    for (places, number) in all.places.iter().zip(0i64..) {
        insert.execute(params![number, pack_places(places)])?;
    }
    let mut insert = step.prepare("INSERT INTO linked_words (folded, stands) VALUES (?1, ?2)")?;
    for (folded, stands) in &all.ways.stands {
        insert.execute(params![folded, stands])?;
    }
    let ids: Vec<u8> = kept.iter().flat_map(|kept| kept.id.0).collect();
    let ties = Ties::of(all.claims.iter());
    let parts: [(&str, &[u8]); 4] = [
        ("documents", &ids),
        ("ties", &ties.pack()),
        ("linked by", LINKED_BY.as_bytes()),
        ("made from", seal),
    ];
    let mut insert = step.prepare("INSERT INTO projection (part, value) VALUES (?1, ?2)")?;
    for (part, value) in parts {
        insert.execute(params![part, value])?;
    }
    Ok(())
}

fn entities(step: &Connection, all: &Everything) -> Result<(), CaseError> {
    let mut insert =
        step.prepare("INSERT INTO linked_entities (number, id, body) VALUES (?1, ?2, ?3)")?;
    for (entity, number) in all.entities.iter().zip(0i64..) {
        insert.execute(params![number, entity.linked.key, pack_entity(entity)])?;
    }
    Ok(())
}

fn names(step: &Connection, all: &Everything) -> Result<(), CaseError> {
    let mut insert =
        step.prepare("INSERT INTO linked_names (number, entity, text) VALUES (?1, ?2, ?3)")?;
    let mut keys: Vec<(i64, i64)> = Vec::new();
    for (called, number) in all.ways.called.iter().zip(0i64..) {
        let entity = i64::try_from(called.entity).expect("a case holds fewer things");
        insert.execute(params![number, entity, called.text])?;
        let kind = name_kind(all.entities[called.entity].linked.kind);
        let own = Name::new(&called.text, kind).keys().into_iter();
        keys.extend(own.map(|key| (key.cast_signed(), number)));
    }
    // in the order of the table, which then only grows at its end
    keys.sort_unstable();
    let mut insert = step.prepare("INSERT INTO linked_name_keys (key, name) VALUES (?1, ?2)")?;
    for (key, name) in keys {
        insert.execute(params![key, name])?;
    }
    Ok(())
}

/// Files the words of the documents that are not yet searched.
pub(super) fn search(step: &Connection, kept: &[Kept], kit: &Kit) -> Result<(), CaseError> {
    let mut known = step.prepare("SELECT 1 FROM searched WHERE document = ?1")?;
    let mut insert = step.prepare("INSERT INTO searched (document) VALUES (?1)")?;
    let mut file = step.prepare("INSERT INTO terms (rowid, words) VALUES (?1, ?2)")?;
    for held in kept {
        if known.exists([held.id.0])? {
            continue;
        }
        insert.execute([held.id.0])?;
        let number = step.last_insert_rowid();
        let words = search::terms(&held.document, kit);
        let words = words
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ");
        file.execute(params![number, words])?;
    }
    Ok(())
}
