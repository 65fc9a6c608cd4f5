//! What a case calls a document.

use madar_text::{Document, DocumentId, TextHash};

pub fn text_hash(document: &Document) -> TextHash {
    TextHash(*blake3::hash(document.text.as_bytes()).as_bytes())
}

/// One text published by two papers is two documents; saved twice it is one. Each part is hashed
/// with its length, so that no two triples run together.
pub fn document_id(document: &Document) -> DocumentId {
    let publisher = document.meta.publisher.as_deref().unwrap_or_default();
    let published = document.meta.published.as_ref().map(|p| {
        let second = p.stamp.second.map(|s| s.to_string()).unwrap_or_default();
        format!("{} {second}", p.stamp.day)
    });
    let mut hash = blake3::Hasher::new();
    for part in [
        &text_hash(document).0[..],
        publisher.as_bytes(),
        published.unwrap_or_default().as_bytes(),
    ] {
        hash.update(
            &u64::try_from(part.len())
                .expect("usize is at most 64 bits")
                .to_le_bytes(),
        );
        hash.update(part);
    }
    DocumentId(*hash.finalize().as_bytes())
}
