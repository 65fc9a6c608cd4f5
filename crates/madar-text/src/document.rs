//! One thing that was read: its text, its blocks, what it says of itself.

use std::fmt;

use crate::{Lang, Span};

macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; 32]);

        impl $name {
            /// All 64 hexadecimal digits.
            pub fn hex(&self) -> String {
                let halves = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
                halves
                    .filter_map(|half| char::from_digit(u32::from(half), 16))
                    .collect()
            }

            /// From 64 hexadecimal digits.
            pub fn from_hex(hex: &str) -> Option<Self> {
                let digit = |at: usize| char::from(hex.as_bytes()[at]).to_digit(16);
                let mut id = [0; 32];
                if hex.len() != 2 * id.len() {
                    return None;
                }
                for (at, byte) in id.iter_mut().enumerate() {
                    let both = 16 * digit(2 * at)? + digit(2 * at + 1)?;
                    *byte = u8::try_from(both).ok()?;
                }
                Some(Self(id))
            }

            /// The first 12 digits: enough to name one thing in a case of millions.
            pub fn short(&self) -> String {
                self.hex()[..12].to_owned()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.short())
            }
        }
    };
}

hash_id!(
    /// BLAKE3 of the bytes as they came.
    BytesHash
);
hash_id!(
    /// BLAKE3 of the text: two captures of one article with other advertisements share it.
    TextHash
);
hash_id!(
    /// What a case calls a document: BLAKE3 of text hash, publisher and date of publication.
    DocumentId
);

/// A day of the proleptic Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

impl Day {
    pub fn new(year: i16, month: i8, day: i8) -> Self {
        Self { year, month, day }
    }

    /// Reads `2025-03-04`, also at the head of a longer stamp.
    pub fn parse(iso: &str) -> Option<Self> {
        let part = |range| iso.get(range);
        let day = Self::new(
            part(0..4)?.parse().ok()?,
            part(5..7)?.parse().ok()?,
            part(8..10)?.parse().ok()?,
        );
        let dashes = part(4..5)? == "-" && part(7..8)? == "-";
        let fits = (1..=12).contains(&day.month) && (1..=31).contains(&day.day) && day.year > 0;
        (dashes && fits).then_some(day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// When something was published: a day, and the second of that day (UTC) if it is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Stamp {
    pub day: Day,
    pub second: Option<u32>,
}

/// Who says when a document was published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PublishedBasis {
    /// The user, with `--published`.
    Given,
    /// The page's own metadata.
    Metadata,
    /// The dateline or credit line at this place of the text.
    Dateline(Span),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
    pub stamp: Stamp,
    pub basis: PublishedBasis,
}

/// When an archive saved a page of the web, and the digest that it states of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Capture {
    pub at: Stamp,
    /// As written: `sha1:2NHLXM…`.
    pub digest: Option<String>,
}

/// What a document says of itself, outside its running text. Absent means: not said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Metadata {
    pub title: Option<String>,
    /// As stated (`The Wall Street Journal`) or the host name of the address (`wsj.com`).
    pub publisher: Option<String>,
    pub author: Option<String>,
    pub published: Option<Published>,
    /// When its publisher last changed it.
    pub updated: Option<Stamp>,
    /// Canonical address.
    pub address: Option<String>,
    /// Where it was read from, as the user named it.
    pub origin: Option<String>,
    pub capture: Option<Capture>,
}

/// What a stretch of text is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum BlockKind {
    Title,
    Kicker,
    Heading,
    Byline,
    Dateline,
    Paragraph,
    Caption,
    Quote,
    ListItem,
    Cell,
    /// Teasers, "read also", tags, menus: kept, never read for facts.
    Furniture,
}

impl BlockKind {
    pub const ALL: [BlockKind; 11] = [
        BlockKind::Title,
        BlockKind::Kicker,
        BlockKind::Heading,
        BlockKind::Byline,
        BlockKind::Dateline,
        BlockKind::Paragraph,
        BlockKind::Caption,
        BlockKind::Quote,
        BlockKind::ListItem,
        BlockKind::Cell,
        BlockKind::Furniture,
    ];

    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Kicker => "kicker",
            BlockKind::Heading => "heading",
            BlockKind::Byline => "byline",
            BlockKind::Dateline => "dateline",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Caption => "caption",
            BlockKind::Quote => "quote",
            BlockKind::ListItem => "list item",
            BlockKind::Cell => "cell",
            BlockKind::Furniture => "furniture",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether facts are read from it. Datelines and bylines say who publishes, not what happened.
    pub fn is_read(self) -> bool {
        !matches!(
            self,
            BlockKind::Furniture | BlockKind::Dateline | BlockKind::Byline
        )
    }
}

/// A stretch of [`Document::text`]. Blocks stand in order and do not overlap.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    pub span: Span,
    pub kind: BlockKind,
    pub lang: Lang,
    /// The block repeats an earlier one word for word (a caption under a picture and beside it).
    pub repeats: bool,
}

/// Where words stand in what they were opened from, where that has places of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Spot {
    /// Of a PDF file, from 1.
    Page(u32),
    /// Of a table, as spreadsheets name it: `Payments!B7`; `B7` where there is one sheet without a name.
    Cell(String),
    /// Of a conversation, by the number that its export gives it.
    Message(u64),
}

/// From here on, up to the next place, the text stands at this spot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// A byte of [`Document::text`].
    pub start: u32,
    pub spot: Spot,
}

/// One thing that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    pub bytes: BytesHash,
    pub meta: Metadata,
    pub text: String,
    pub blocks: Vec<Block>,
    /// In order; none where the original has no places but its lines.
    pub places: Vec<Place>,
    /// What the opener has to say: a guessed encoding, replaced characters.
    pub warnings: Vec<String>,
}

impl Document {
    /// Whether all of it lies in its text: of a document that came from elsewhere nothing else is sure.
    pub fn fits(&self) -> bool {
        let inside = |span: Span| self.text.get(span.range()).is_some();
        let published = self.meta.published.as_ref();
        let dateline = published.is_none_or(|published| match published.basis {
            PublishedBasis::Dateline(span) => inside(span),
            PublishedBasis::Given | PublishedBasis::Metadata => true,
        });
        let places = self.places.iter();
        u32::try_from(self.text.len()).is_ok()
            && dateline
            && self.blocks.iter().all(|block| inside(block.span))
            && places
                .map(|place| place.start as usize)
                .all(|start| self.text.is_char_boundary(start))
    }
}

impl Document {
    /// The spot at which a byte of the text stands in the original.
    pub fn spot(&self, at: u32) -> Option<&Spot> {
        let before = self.places.partition_point(|place| place.start <= at);
        Some(&self.places[before.checked_sub(1)?].spot)
    }

    /// The language of most of what is read.
    pub fn lang(&self) -> Lang {
        let weigh = |lang| -> u64 {
            let read = self
                .blocks
                .iter()
                .filter(|b| b.lang == lang && b.kind.is_read());
            read.map(|b| u64::from(b.span.len())).sum()
        };
        let best = Lang::READ
            .into_iter()
            .max_by_key(|&lang| (weigh(lang), lang));
        best.filter(|&lang| weigh(lang) > 0).unwrap_or(Lang::Other)
    }
}
