//! Wire forms of what `madar-text` knows of a document.

use madar_text::{
    Block, BlockKind, Capture, Day, Lang, Metadata, Place, Published, PublishedBasis, Span, Spot,
    Stamp,
};
use serde::{Deserialize, Serialize};

use super::mirror::{Mirror, mirror_enum, mirror_struct};

/// Start and end.
impl Mirror for Span {
    type Wire = (u32, u32);
    fn wire(&self) -> (u32, u32) {
        (self.start, self.end)
    }
    fn unwire((start, end): (u32, u32)) -> Self {
        Span::new(start.min(end), end.max(start))
    }
}

/// `2025-03-04`.
impl Mirror for Day {
    type Wire = String;
    fn wire(&self) -> String {
        self.to_string()
    }
    fn unwire(wire: String) -> Self {
        Day::parse(&wire).unwrap_or(Day::new(1, 1, 1))
    }
}

/// Its ISO 639-1 code.
impl Mirror for Lang {
    type Wire = String;
    fn wire(&self) -> String {
        self.code().to_owned()
    }
    fn unwire(wire: String) -> Self {
        Lang::from_code(&wire)
    }
}

mirror_struct!(StampWire from Stamp { day: Day, second: Option<u32> });
mirror_enum!(PublishedBasisWire from PublishedBasis { Given, Metadata, Dateline(Span) });
mirror_struct!(PublishedWire from Published { stamp: Stamp, basis: PublishedBasis });
mirror_struct!(CaptureWire from Capture { at: Stamp, digest: Option<String> });
mirror_struct!(MetadataWire from Metadata {
    title: Option<String>,
    publisher: Option<String>,
    author: Option<String>,
    published: Option<Published>,
    updated: Option<Stamp>,
    address: Option<String>,
    origin: Option<String>,
    capture: Option<Capture>,
});
mirror_enum!(BlockKindWire from BlockKind {
    Title, Kicker, Heading, Byline, Dateline, Paragraph, Caption, Quote, ListItem, Cell, Furniture,
});
mirror_struct!(BlockWire from Block { span: Span, kind: BlockKind, lang: Lang, repeats: bool });
mirror_enum!(SpotWire from Spot { Page(u32), Cell(String), Message(u64) });
mirror_struct!(PlaceWire from Place { start: u32, spot: Spot });

/// A document without its hashes, which have columns of their own.
#[derive(Serialize, Deserialize)]
pub(crate) struct DocumentWire {
    meta: MetadataWire,
    text: String,
    blocks: Vec<BlockWire>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    places: Vec<PlaceWire>,
    warnings: Vec<String>,
}

impl DocumentWire {
    pub(crate) fn of(document: &madar_text::Document) -> Self {
        Self {
            meta: document.meta.wire(),
            text: document.text.clone(),
            blocks: document.blocks.wire(),
            places: document.places.wire(),
            warnings: document.warnings.clone(),
        }
    }

    pub(crate) fn document(self, bytes: madar_text::BytesHash) -> madar_text::Document {
        madar_text::Document {
            bytes,
            meta: Metadata::unwire(self.meta),
            text: self.text,
            blocks: Vec::unwire(self.blocks),
            places: Vec::unwire(self.places),
            warnings: self.warnings,
        }
    }
}
