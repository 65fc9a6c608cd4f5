//! From Madar's attributions to spans as PolNeAR draws them.
//!
//! `…," said campaign manager [Anna Roe], a former mayor.` → source *campaign manager Anna Roe, a former
//! mayor*, cue *said*, content with its quotation marks. A statement inside another is left out, and a
//! quotation that goes on is one more piece of the content that it goes on from.

use madar_read::words::{Sentence, Word, words};
use madar_read::{Attribution, Directness, Kit, Reading, SourceKind};
use madar_text::{Document, Span, TokenKind};

use super::phrases;

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Relation {
    pub(super) source: Vec<Span>,
    pub(super) cue: Span,
    pub(super) content: Vec<Span>,
}

pub(super) fn relations(document: &Document, reading: &Reading, kit: &Kit) -> Vec<Relation> {
    let sentences = words(document, kit);
    let page = Page {
        text: &document.text,
        sentences: &sentences,
        reading,
    };
    let all = &reading.attributions;
    let mut out: Vec<Relation> = Vec::new();
    // The relation that each attribution became.
    let mut became: Vec<Option<usize>> = vec![None; all.len()];
    for (at, one) in all.iter().enumerate() {
        let Some(cue) = one.cue else {
            if let Some(before) = page.goes_on_from(at, &became)
                && let Some(content) = page.content(one, None)
            {
                out[before].content.push(content);
                became[at] = Some(before);
            }
            continue;
        };
        if page.is_inside(at) {
            continue;
        }
        let Some(content) = page.content(one, Some(cue)) else {
            continue;
        };
        let (cue, content) = page.cue(cue, content);
        became[at] = Some(out.len());
        let source = page.source(one, cue, content);
        let mut pieces = vec![content];
        pieces.extend(page.around(cue, source, content));
        out.push(Relation {
            source: source.into_iter().collect(),
            cue,
            content: pieces,
        });
    }
    for one in &mut out {
        one.content.sort_unstable();
        one.content.dedup();
    }
    out
}

struct Page<'a> {
    text: &'a str,
    sentences: &'a [Sentence],
    reading: &'a Reading,
}

impl Page<'_> {
    /// The attribution before, by the same source, of whose content a quotation without a cue is a piece.
    fn goes_on_from(&self, at: usize, became: &[Option<usize>]) -> Option<usize> {
        let all = &self.reading.attributions;
        let source = all[at].source.span;
        let before = (0..at).rev().find(|&b| all[b].source.span == source)?;
        became[before]
    }

    /// Whether the cue stands in what somebody else says.
    fn is_inside(&self, at: usize) -> bool {
        let all = &self.reading.attributions;
        let one = &all[at];
        let Some(cue) = one.cue else { return false };
        let holds = |other: &Attribution| {
            other.cue.is_some()
                && other.content.contains(cue)
                && !one.content.contains(other.content)
        };
        let same = |other: &Attribution| other.cue.is_some() && other.content == one.content;
        all.iter().any(holds) || all[..at].iter().any(same)
    }

    fn words_around(&self, place: Span) -> &[Word] {
        let at = self
            .sentences
            .partition_point(|s| s.span.end <= place.start);
        self.sentences.get(at).map_or(&[], |s| s.words.as_slice())
    }

    /// With its quotation marks, and the marks that stand before the closing one; reported words without
    /// what the author adds to them.
    fn content(&self, one: &Attribution, cue: Option<Span>) -> Option<Span> {
        let mut span = one.content;
        let after = cue.is_some_and(|cue| cue.end <= span.start);
        if one.directness == Directness::Indirect && after {
            let words = self.words_around(span);
            let from = words
                .iter()
                .take_while(|w| w.span.end <= span.start)
                .count();
            let to = words.iter().take_while(|w| w.span.start < span.end).count();
            let end = phrases::without_aside(words, from, to);
            if end < to && end > from {
                span = Span::new(span.start, words[end - 1].span.end);
            }
        }
        let span = phrases::with_quotes(self.text, span);
        (!span.is_empty()).then_some(span)
    }

    /// The other piece of a content into which the words of saying are set: *The port, Duval said, {will
    /// reopen}*.
    fn around(&self, cue: Span, source: Option<Span>, content: Span) -> Option<Span> {
        let words = self.words_around(cue);
        let said = source.map_or(cue, |s| s.to(cue));
        let (first, last) = (words.first()?.span.start, words.last()?.span.end);
        if said.start < first || said.end > last || said.overlaps(content) {
            return None;
        }
        let before = words
            .iter()
            .take_while(|w| w.span.end <= said.start)
            .count();
        let after = words.iter().take_while(|w| w.span.start < said.end).count();
        let commas = before > 0
            && words[before - 1].fold == ","
            && words.get(after).is_some_and(|w| w.fold == ",");
        if !commas {
            return None;
        }
        let (from, to) = if content.end <= said.start {
            (after + 1, words.len())
        } else {
            (0, before - 1)
        };
        let joined = words.get(from).is_some_and(|w| {
            matches!(
                w.fold.as_str(),
                "and" | "but" | "who" | "which" | "while" | "as"
            ) || w.fold.ends_with("ing")
        });
        let to = to
            - words[from..to]
                .iter()
                .rev()
                .take_while(|w| w.kind == TokenKind::Punct)
                .count();
        if joined || to < from + 2 {
            return None;
        }
        let span = words[from].span.to(words[to - 1].span);
        Some(phrases::with_quotes(self.text, span))
    }

    /// The verb group around a cue, and the content without what went to the cue.
    fn cue(&self, cue: Span, content: Span) -> (Span, Span) {
        let words = self.words_around(cue);
        let Some(first) = words.iter().position(|w| w.span.overlaps(cue)) else {
            return (cue, content);
        };
        let to = first
            + words[first..]
                .iter()
                .take_while(|w| w.span.overlaps(cue))
                .count();
        let mut from = first;
        while from > 0 && phrases::is_helper(&words[from - 1]) {
            from -= 1;
        }
        let mut whole = words[from].span.to(words[to - 1].span);
        let mut rest = content;
        let next = words.get(to);
        // "said of", "referring to", "said:"
        if let Some(next) = next
            && next.fold == ":"
        {
            whole = whole.to(next.span);
        } else if let Some(next) = next
            && matches!(
                next.fold.as_str(),
                "of" | "about" | "for" | "on" | "against"
            )
            && rest.start == next.span.start
            && let Some(after) = words.get(to + 1)
        {
            whole = whole.to(next.span);
            rest = Span::new(after.span.start, rest.end);
        } else if let Some(end) = phrases::setting(words, to) {
            whole = whole.to(words[end - 1].span);
        }
        (whole, rest)
    }

    /// The noun phrase or pronoun that speaks, where it stands beside the cue.
    fn source(&self, one: &Attribution, cue: Span, content: Span) -> Option<Span> {
        let words = self.words_around(cue);
        let from = words.iter().position(|w| w.span.overlaps(cue))?;
        let to = from
            + words[from..]
                .iter()
                .take_while(|w| w.span.overlaps(cue))
                .count();
        if let Some(pronoun) = phrases::pronoun_beside(words, from, to, content) {
            return Some(pronoun.span);
        }
        if one.source.kind == SourceKind::Unspecified {
            return None;
        }
        let named = one.source.span;
        let own = words.first()?.span.to(words.last()?.span);
        if !own.contains(named) {
            // "He left in May, saying": the pronoun is the subject of both
            let he = |w: &&Word| matches!(w.fold.as_str(), "he" | "she" | "they" | "it");
            let own = words[..from]
                .iter()
                .find(he)
                .filter(|w| !w.span.overlaps(content));
            return own.map(|w| w.span);
        }
        let head = words.iter().position(|w| w.span.overlaps(named))?;
        let end = head
            + words[head..]
                .iter()
                .take_while(|w| w.span.overlaps(named))
                .count();
        let outside = |w: &Word| !w.span.overlaps(cue) && !w.span.overlaps(content);
        let begin = phrases::phrase_start(words, head, &outside);
        let until = if head < from { Some(from) } else { None };
        let end = phrases::phrase_end(words, end, until, &outside);
        let span = words[begin].span.to(words[end - 1].span);
        let marks = |w: &Word| w.kind == TokenKind::Punct;
        (!words[begin..end].iter().all(marks)).then_some(span)
    }
}
