//! A place of a text on which somebody decided what is named there. It speaks of the text and not of a reading, so that
//! it holds when the text is read again, under whatever publisher and date.

use madar_read::{EntityKind, Mention, Reading};
use madar_text::{Document, DocumentId, Lang, Span, TextHash};

use crate::decisions::Thing;
use crate::identity::text_hash;
use crate::keep::Kept;

/// A stretch of a text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Spot {
    /// The document in which it was met; for people, and for forgetting.
    pub document: DocumentId,
    pub text: TextHash,
    pub span: Span,
    /// The words that stand there.
    pub words: String,
}

/// What is named in a place of a text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Naming {
    /// Nothing, whatever was read there.
    Nothing,
    /// Something of this kind.
    Kind(EntityKind),
    /// Somebody or something else than was thought, which is `not`.
    Means { who: Meant, not: Option<Thing> },
    /// Somebody or something that reading has missed.
    Missing { kind: EntityKind, who: Meant },
}

/// Who or what is named.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Meant {
    /// One that the case knows, and a name that it goes by; without one it is only described.
    Known(Thing, Option<String>),
    /// One that is called so, as a dictionary would list it.
    Called(String),
}

impl Meant {
    /// The name that it goes by.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Meant::Known(_, name) => name.as_deref(),
            Meant::Called(name) => Some(name),
        }
    }
}

impl Spot {
    /// `None` where no words stand in the span.
    pub(crate) fn new(kept: &Kept, span: Span) -> Option<Self> {
        let text = &kept.document.text;
        text.get(span.range())?;
        let span = span.trim(text);
        (!span.is_empty()).then(|| Self {
            document: kept.id,
            text: text_hash(&kept.document),
            span,
            words: span.of(text).to_owned(),
        })
    }

    /// The language of its block.
    pub(crate) fn lang(&self, document: &Document) -> Lang {
        let block = document
            .blocks
            .iter()
            .find(|block| block.span.contains(self.span));
        block.map_or(Lang::Other, |block| block.lang)
    }

    /// The number of the mention that stands there: the one with these ends; else one that shares an end and most of
    /// its words, as a better reading may end a name elsewhere: *Kirill Dmitriev*, *Dmitriev*.
    pub(crate) fn mention(&self, reading: &Reading) -> Option<usize> {
        let own = self.span;
        let common = |mention: &Mention| {
            let start = mention.span.start.max(own.start);
            mention.span.end.min(own.end).saturating_sub(start)
        };
        let near = |mention: &Mention| {
            let end = mention.span.start == own.start || mention.span.end == own.end;
            end && common(mention) * 2 > mention.span.len().max(own.len())
        };
        let all = reading.mentions.iter().enumerate();
        let near = all.filter(|(_, mention)| near(mention));
        let best = near.max_by_key(|(at, mention)| {
            let same = mention.span == own;
            (same, common(mention), std::cmp::Reverse(*at))
        });
        best.map(|(at, _)| at)
    }

    /// A name whose ends it would cross: names lie in one another or apart.
    pub(crate) fn crossed<'a>(&self, reading: &'a Reading) -> Option<&'a Mention> {
        let own = self.span;
        let crosses =
            |other: Span| own.overlaps(other) && !own.contains(other) && !other.contains(own);
        reading
            .mentions
            .iter()
            .find(|mention| crosses(mention.span))
    }
}
