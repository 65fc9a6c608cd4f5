//! FollowTheMoney statements: a row to each value of a property, `external` until a person has
//! confirmed a claim that it rests on.

use std::io::{self, Write};

use madar_case::{Tongue, Whole};
use sha1::{Digest, Sha1};

use super::ftm::{self, Entity};

const DATASET: &str = "madar";

const COLUMNS: [&str; 14] = [
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
];

pub(super) fn csv(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(out);
    rows.write_record(COLUMNS)?;
    for entity in ftm::all(whole) {
        // the row that says that the entity is there: its value is a digest of the others
        let mut keys = Vec::new();
        for property in &entity.properties {
            let id = key(&entity, property.name, &property.value, property.lang);
            row(
                &mut rows,
                &entity,
                property.name,
                &property.value,
                property.lang,
                &id,
            )?;
            keys.push(id);
        }
        keys.sort();
        let digest = hex(&Sha1::digest(keys.concat().as_bytes()));
        let id = key(&entity, "id", &digest, None);
        row(&mut rows, &entity, "id", &digest, None, &id)?;
    }
    rows.flush()
}

fn row<W: Write>(
    rows: &mut csv::Writer<W>,
    entity: &Entity,
    name: &str,
    value: &str,
    lang: Option<&str>,
    id: &str,
) -> io::Result<()> {
    let external = if entity.accepted { "f" } else { "t" };
    rows.write_record([
        &entity.id,
        &entity.id,
        name,
        kind(name),
        entity.schema,
        value,
        DATASET,
        "",
        lang.unwrap_or(""),
        "",
        external,
        "",
        "",
        id,
    ])?;
    Ok(())
}

/// As `followthemoney` makes it, so that statements of two exports meet.
fn key(entity: &Entity, name: &str, value: &str, lang: Option<&str>) -> String {
    let mut key = format!("{DATASET}.{}.{name}.{value}", entity.id);
    if let Some(lang) = lang {
        key.push('@');
        key.push_str(lang);
    }
    if !entity.accepted {
        key.push_str(".ext");
    }
    hex(&Sha1::digest(key.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The type of a property, by the model's own names.
fn kind(name: &str) -> &'static str {
    match name {
        "id" => "id",
        "name" | "alias" | "author" => "name",
        "sourceUrl" => "url",
        "language" => "language",
        "publishedAt" | "date" | "endDate" => "date",
        "location" | "full" => "address",
        "amount" => "number",
        "employee" | "employer" | "holder" | "post" | "person" | "relative" | "associate"
        | "agent" | "client" | "member" | "organization" | "owner" | "asset" | "payer"
        | "beneficiary" | "subject" | "object" | "organizer" | "involved" | "proof" => "entity",
        "summary" | "description" | "notes" => "text",
        _ => "string",
    }
}
