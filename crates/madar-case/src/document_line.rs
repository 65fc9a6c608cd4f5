//! A document as the heading of a brief lists it: who published it, when and how that is known,
//! and how much of it nothing could be made of.

use madar_read::{AnchorBasis, Reading};
use madar_text::{Document, Lang, PublishedBasis, Span};

use crate::answer::{Dated, DocumentLine};
use crate::tongue::Tongue;
use crate::view::{At, View};

impl View<'_> {
    /// The earliest first; undated ones at the end.
    pub(crate) fn document_lines(&self, documents: impl Iterator<Item = At>) -> Vec<DocumentLine> {
        let mut lines: Vec<DocumentLine> = documents.map(|at| self.document_line(at)).collect();
        lines.sort_by_cached_key(|line| {
            let (day, undated) = match &line.date {
                Dated::On { day, .. } => (day.clone(), false),
                Dated::Between { earliest, .. } => (earliest.clone(), false),
                Dated::Unknown => (String::new(), true),
            };
            (undated, day, line.source.id)
        });
        lines
    }

    pub(crate) fn document_line(&self, at: At) -> DocumentLine {
        let kept = &self.kept[at];
        let (document, reading) = (&kept.document, &kept.reading);
        let upstream = reading.publication.upstream.as_ref();
        let warnings = document.warnings.iter().chain(&reading.warnings).cloned();
        DocumentLine {
            source: self.source(at),
            origin: document.meta.origin.clone(),
            address: document.meta.address.clone(),
            author: document.meta.author.clone(),
            date: dated(document, reading, self.tongue),
            facts: reading.facts.len(),
            retells: upstream.map(|upstream| self.name_of(at, upstream.outlet).to_owned()),
            unread_permille: unread_permille(document, reading),
            foreign_permille: foreign_permille(document),
            version: self.version(at),
            warnings: warnings.collect(),
        }
    }
}

fn dated(document: &Document, reading: &Reading, tongue: Tongue) -> Dated {
    if let Some(published) = &document.meta.published {
        let basis = match published.basis {
            PublishedBasis::Given => "given",
            PublishedBasis::Metadata => "page",
            PublishedBasis::Dateline(_) => "dateline",
        };
        let basis = tongue.say("dated", basis);
        let day = published.stamp.day.to_string();
        return Dated::On { day, basis };
    }
    let Some(anchor) = &reading.anchor else {
        return Dated::Unknown;
    };
    match &anchor.basis {
        AnchorBasis::Stated => Dated::On {
            day: anchor.earliest.to_string(),
            basis: tongue.say("dated", "text"),
        },
        AnchorBasis::Inferred(reason) => Dated::Between {
            earliest: anchor.earliest.to_string(),
            latest: anchor.latest.to_string(),
            reason: reason.clone(),
        },
    }
}

/// Share of the words that should be read, in thousandths, in whose sentences no name, time or
/// amount was found: silence there is not absence.
pub fn unread_permille(document: &Document, reading: &Reading) -> u16 {
    let blocks = document
        .blocks
        .iter()
        .filter(|b| b.kind.is_read() && !b.repeats);
    let all: u64 = blocks.map(|block| u64::from(block.span.len())).sum();
    let mentions = reading.mentions.iter().map(|mention| mention.span);
    let times = reading.times.iter().map(|time| time.span);
    let amounts = reading.amounts.iter().map(|amount| amount.span);
    let mut said: Vec<Span> = mentions.chain(times).chain(amounts).collect();
    said.sort_unstable();
    let says_something = |sentence: &&Span| {
        let from = said.partition_point(|span| span.start < sentence.start);
        let mut inside = said[from..]
            .iter()
            .take_while(|span| span.start < sentence.end);
        inside.any(|span| sentence.contains(*span))
    };
    let found = reading.sentences.iter().filter(says_something);
    let found: u64 = found.map(|sentence| u64::from(sentence.len())).sum();
    thousandths(all.saturating_sub(found), all)
}

fn foreign_permille(document: &Document) -> u16 {
    let read = || document.blocks.iter().filter(|b| b.kind.is_read());
    let all: u64 = read().map(|block| u64::from(block.span.len())).sum();
    let foreign = read().filter(|block| block.lang == Lang::Other);
    thousandths(foreign.map(|block| u64::from(block.span.len())).sum(), all)
}

fn thousandths(part: u64, all: u64) -> u16 {
    let share = (part * 1000).checked_div(all).unwrap_or(0).min(1000);
    u16::try_from(share).expect("at most 1000")
}
