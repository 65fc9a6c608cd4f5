//! How documents, readings and lists lie in a case: JSON under zstd. The only place that gives them
//! serialisation; a reading comes back exactly as it went in.

mod mirror;

pub(crate) mod decision;
mod document;
mod entry;
pub(crate) mod known;
pub(crate) mod ledger;
pub(crate) mod linked;
mod reading;

use std::cell::RefCell;
use std::io::Read as _;

use madar_read::Reading;
use madar_text::{BytesHash, Document, ListEntry};
use serde::{Serialize, de::DeserializeOwned};
use zstd::bulk::Decompressor;
use zstd::stream::read::Decoder;

use crate::CaseError;
use mirror::Mirror;

/// Level 3 is zstd's own middle: a reading shrinks to an eighth at hundreds of megabytes a second.
const LEVEL: i32 = 3;

pub(crate) fn pack_document(document: &Document) -> Vec<u8> {
    pack(&document::DocumentWire::of(document))
}

pub(crate) fn unpack_document(packed: &[u8], bytes: BytesHash) -> Result<Document, CaseError> {
    Ok(unpack::<document::DocumentWire>(packed)?.document(bytes))
}

pub(crate) fn pack_reading(reading: &Reading) -> Vec<u8> {
    pack(&reading.wire())
}

pub(crate) fn unpack_reading(packed: &[u8]) -> Result<Reading, CaseError> {
    Ok(Reading::unwire(unpack(packed)?))
}

pub(crate) fn pack_entries(entries: &[ListEntry]) -> Vec<u8> {
    let wire: Vec<entry::ListEntryWire> = entries.iter().map(Mirror::wire).collect();
    pack(&wire)
}

pub(crate) fn unpack_entries(packed: &[u8]) -> Result<Vec<ListEntry>, CaseError> {
    let wire: Vec<entry::ListEntryWire> = unpack(packed)?;
    Ok(Vec::unwire(wire))
}

fn pack(value: &impl Serialize) -> Vec<u8> {
    let json = serde_json::to_vec(value).expect("wire structs have string keys only");
    zstd::encode_all(&json[..], LEVEL).expect("memory takes what is written to it")
}

thread_local! {
    /// Made once: making it costs as much as what it does with one record.
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> =
        RefCell::new(Decompressor::new().ok());
}
/// To how many times its length a record is expected to unpack at most; one that does to more takes a longer way.
const GROWTH: usize = 16;
/// To how many bytes a record may unpack: a line that came from elsewhere may be made to fill the memory.
const MOST: u64 = 1 << 30;
/// Room for the shortest records.
const LEAST: usize = 1 << 14;

fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    // a record does not say how long it is
    let room = packed.len().saturating_mul(GROWTH).max(LEAST);
    let quickly = DECOMPRESSOR.with_borrow_mut(|held| {
        let decompressor = held.as_mut()?;
        decompressor.decompress(packed, room).ok()
    });
    quickly.or_else(|| {
        let mut out = Vec::new();
        let mut rest = Decoder::new(packed).ok()?.take(MOST + 1);
        rest.read_to_end(&mut out).ok()?;
        (out.len() as u64 <= MOST).then_some(out)
    })
}

fn unpack<T: DeserializeOwned>(packed: &[u8]) -> Result<T, CaseError> {
    let json = unpacked(packed).ok_or(CaseError::Damaged("a packed record"))?;
    serde_json::from_slice(&json).map_err(|_| CaseError::Damaged("a record"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use madar_open::{Given, open};

    #[test]
    fn what_goes_in_comes_out() {
        let kit = madar_read::Kit::bundled();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/articles");
        for file in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let document = open(&bytes, &Given::default()).unwrap();
            let reading = madar_read::read(&document, &kit);
            let packed = pack_document(&document);
            assert_eq!(unpack_document(&packed, document.bytes).unwrap(), document);
            assert_eq!(unpack_reading(&pack_reading(&reading)).unwrap(), reading);
        }
    }

    #[test]
    fn a_damaged_record_is_an_error() {
        assert!(unpack_reading(b"no zstd").is_err());
        assert!(unpack_reading(&pack(&"another shape")).is_err());
    }
}
