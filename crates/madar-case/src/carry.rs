//! A document with its reading as one line of JSON, to be carried from where it was read to a case: what a table wants to
//! have (who published what, which facts it tells), and all of it as a record, in the form in which a case keeps it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use madar_read::{Fact, Reader, Reading};
use madar_text::{BytesHash, Document};
use serde::{Deserialize, Serialize};

use crate::wire::{pack_document, pack_reading, unpack_document, unpack_reading};
use crate::{CaseError, document_id};

/// One document as it travels. Every key is always there, so that a table has the same columns in each part.
#[derive(Serialize, Deserialize)]
struct Line {
    /// Of the document, 64 hexadecimal digits.
    id: String,
    /// BLAKE3 of the bytes that it was read from.
    bytes: String,
    origin: Option<String>,
    title: Option<String>,
    address: Option<String>,
    publisher: Option<String>,
    /// Day.
    published: Option<String>,
    /// Version of the reader.
    reader: String,
    facts: Vec<Told>,
    /// Document and reading as a case keeps them, in base64.
    document: String,
    reading: String,
    /// Why nothing was read; then there are no facts and no record.
    error: Option<String>,
}

/// A fact as a table has it. `start` and `end` count bytes of the document's text.
#[derive(Serialize, Deserialize)]
struct Told {
    kind: String,
    status: String,
    passage: String,
    start: u32,
    end: u32,
    time: Option<String>,
    parties: Vec<Party>,
}

#[derive(Serialize, Deserialize)]
struct Party {
    role: String,
    name: String,
    kind: String,
}

/// The line of a document.
pub fn carried(document: &Document, reading: &Reading) -> String {
    let meta = &document.meta;
    let published = meta.published.as_ref();
    written(&Line {
        id: document_id(document).hex(),
        bytes: document.bytes.hex(),
        origin: meta.origin.clone(),
        title: meta.title.clone(),
        address: meta.address.clone(),
        publisher: meta.publisher.clone(),
        published: published.map(|published| published.stamp.day.to_string()),
        reader: reading.reader.version().to_owned(),
        facts: reading
            .facts
            .iter()
            .map(|fact| told(document, reading, fact))
            .collect(),
        document: STANDARD.encode(pack_document(document)),
        reading: STANDARD.encode(pack_reading(reading)),
        error: None,
    })
}

/// The line of something that could not be read.
pub fn carried_failure(origin: &str, reason: &str) -> String {
    written(&Line {
        id: String::new(),
        bytes: String::new(),
        origin: Some(origin.to_owned()),
        title: None,
        address: None,
        publisher: None,
        published: None,
        reader: String::new(),
        facts: Vec::new(),
        document: String::new(),
        reading: String::new(),
        error: Some(reason.to_owned()),
    })
}

/// What a line brought.
pub enum Brought {
    Read(Box<(Document, Reading)>),
    /// Where it was, and why it could not be read.
    Failed(String, String),
}

/// What a line brings. It may come from anywhere: nothing in it is believed that does not fit.
///
/// # Errors
/// When it is no such line, is damaged, or was read by another version of Madar.
pub fn brought(line: &str) -> Result<Brought, CaseError> {
    const DAMAGED: CaseError = CaseError::Damaged("a line of what was read");
    let line: Line = serde_json::from_str(line).map_err(|_| DAMAGED)?;
    if let Some(reason) = line.error {
        return Ok(Brought::Failed(line.origin.unwrap_or_default(), reason));
    }
    if !Reader::ALL.iter().any(|one| one.version() == line.reader) {
        return Err(CaseError::OtherReader);
    }
    let packed = |text: &str| STANDARD.decode(text).map_err(|_| DAMAGED);
    let bytes = BytesHash::from_hex(&line.bytes).ok_or(DAMAGED)?;
    let mut document = unpack_document(&packed(&line.document)?, bytes)?;
    let reading = unpack_reading(&packed(&line.reading)?)?;
    document.meta.origin = line.origin;
    let whole = document.fits()
        && reading.fits(&document.text)
        && reading.reader.version() == line.reader
        && document_id(&document).hex() == line.id;
    if !whole {
        return Err(DAMAGED);
    }
    Ok(Brought::Read(Box::new((document, reading))))
}

fn written(line: &Line) -> String {
    serde_json::to_string(line).expect("wire structs have string keys")
}

fn told(document: &Document, reading: &Reading, fact: &Fact) -> Told {
    let parties = fact.participants.iter().map(|participant| {
        let referent = reading.referent_of[participant.mention.at()];
        let referent = &reading.referents[referent.at()];
        Party {
            role: participant.role.name().to_owned(),
            name: referent.name.clone(),
            kind: referent.kind.name().to_owned(),
        }
    });
    Told {
        kind: fact.kind.name().to_owned(),
        status: fact.status.name().to_owned(),
        passage: fact.passage.of(&document.text).to_owned(),
        start: fact.passage.start,
        end: fact.passage.end,
        time: fact.time.map(|id| reading.times[id.at()].value.clone()),
        parties: parties.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use madar_open::{Given, open};
    use madar_read::Kit;

    fn examples() -> impl Iterator<Item = (Document, Reading)> {
        let kit = Kit::bundled();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles");
        let files = std::fs::read_dir(folder).unwrap();
        files.map(move |file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let document = open(&bytes, &Given::default()).unwrap();
            let reading = madar_read::read(&document, &kit);
            (document, reading)
        })
    }

    #[test]
    fn what_was_read_arrives_as_it_was() {
        for (document, reading) in examples() {
            let line = carried(&document, &reading);
            assert!(!line.contains('\n'));
            match brought(&line).unwrap() {
                Brought::Read(found) => assert_eq!(*found, (document, reading)),
                Brought::Failed(..) => panic!("it was read"),
            }
        }
        match brought(&carried_failure("a.pdf", "it is empty")).unwrap() {
            Brought::Failed(origin, reason) => {
                assert_eq!((&*origin, &*reason), ("a.pdf", "it is empty"));
            }
            Brought::Read(_) => panic!("it was not read"),
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut all: Vec<(Document, Reading)> = examples().collect();
        all.sort_by_key(|(document, _)| document.text.len());
        let (document, reading) = &all[0];
        // a reading of a longer text, a damaged record, another reader's
        let line = carried(document, reading);
        let of = |line: &str| serde_json::from_str::<Line>(line).unwrap();
        let (document, longer) = all.last().unwrap();
        let crossed = Line {
            reading: of(&carried(document, longer)).reading,
            ..of(&line)
        };
        assert!(brought(&written(&crossed)).is_err());
        for (from, to) in [
            ("\"document\":\"", "\"document\":\"AAAA"),
            ("\"id\":\"", "\"id\":\"0"),
            (reading.reader.version(), "0.0.1"),
        ] {
            assert!(line.contains(from), "{from}");
            assert!(brought(&line.replace(from, to)).is_err(), "{from}");
        }
        assert!(brought("{}").is_err() && brought("no line").is_err());
    }
}
