//! Quotations without a cue that go on after one with a cue: the same source says them.
//! `"The port is ready," said Duval. "We have waited for a year."`

use madar_text::Span;

use super::Spoken;
use super::quotes::Quote;
use crate::read::Surface;
use crate::reading::{Directness, Stance};

/// Quotations without a cue that go on after one with a cue: the same source says them.
pub(super) fn continue_quotes(surface: &Surface<'_>, quotes: &[Quote], spoken: &mut Vec<Spoken>) {
    let text = &surface.document.text;
    for quote in quotes.iter().filter(|q| q.speech) {
        let Some(at) = surface
            .sentences
            .iter()
            .position(|s| s.span.overlaps(quote.outer))
        else {
            continue;
        };
        let sentence = &surface.sentences[at];
        let taken = spoken
            .iter()
            .any(|s| s.attribution.content.overlaps(quote.inner));
        let starts = quote.outer.start <= sentence.words.first().map_or(0, |w| w.span.start);
        let last = surface
            .sentences
            .iter()
            .rfind(|s| s.span.start < quote.outer.end);
        let rest = last.map_or("", |s| {
            let from = quote.outer.end.clamp(s.span.start, s.span.end);
            Span::new(from, s.span.end).of(text)
        });
        let fills = !rest.chars().any(char::is_alphabetic);
        if taken || !starts || !fills {
            continue;
        }
        let before = spoken
            .iter()
            .filter(|s| {
                s.sentence <= at
                    && s.sentence + 2 >= at
                    && s.attribution.content.start < quote.inner.start
            })
            .filter(|s| s.attribution.directness != Directness::Indirect)
            .filter(|s| !is_inside(s, spoken))
            .max_by_key(|s| s.attribution.content.start);
        let Some(before) = before.cloned() else {
            continue;
        };
        let Some(content) = sentence_text(surface, *quote) else {
            continue;
        };
        let mut next = before;
        next.sentence = last.map_or(at, |s| {
            surface
                .sentences
                .iter()
                .position(|o| o.span == s.span)
                .unwrap_or(at)
        });
        // One quotation over several paragraphs has one cue; another has none of its own.
        let marked = quote.outer.of(text);
        let closes = marked.ends_with(['"', '”', '“', '»']) || marked.ends_with("''");
        let goes_on = quote.outer.start == quote.inner.start || !closes;
        next.attribution.cue = next.attribution.cue.filter(|_| goes_on);
        next.attribution.content = content;
        next.attribution.source.implicit = true;
        next.attribution.directness = Directness::Direct;
        next.attribution.stance = Stance::Says;
        next.inner_of = None;
        spoken.push(next);
    }
}

/// Said by somebody whom another quotes: not who goes on.
fn is_inside(one: &Spoken, all: &[Spoken]) -> bool {
    let content = one.attribution.content;
    all.iter().any(|other| {
        let outer = other.attribution.content;
        outer.contains(content) && outer.len() > content.len()
    })
}

/// A quotation without its last full stop.
pub(super) fn sentence_text(surface: &Surface<'_>, quote: Quote) -> Option<Span> {
    let text = quote.inner.of(&surface.document.text);
    let kept = text.trim_end_matches(['.', '!', '?', '؟', '…', ',', '،']);
    // "from the U.S.": the full stop is the abbreviation's
    let short = kept.chars().rev().take(2).collect::<Vec<_>>();
    let initial = matches!(short[..], [last, '.'] if last.is_uppercase());
    let len = if initial { kept.len() + 1 } else { kept.len() };
    let start = quote.inner.start as usize;
    let span = Span::from_range(start..start + len.min(text.len()));
    (!span.is_empty()).then_some(span)
}
