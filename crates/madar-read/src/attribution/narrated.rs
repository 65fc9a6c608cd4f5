//! Quotations into which a text sets who speaks, without marks of their own: Russian
//! `«Порт готов, — сказала Дюваль. — Мы ждали год»` is two quotations with a clause between.

use madar_text::{Lang, Span, TokenKind};

use super::pack::{Frame, Language};
use super::quotes::{Quote, trimmed};
use crate::read::Surface;
use crate::words::{Tense, Word};

/// Words behind a dash among which the verb of the clause stands: *— в свою очередь сообщил*.
const NEAR: usize = 4;

/// Cuts quotations where a dash sets a verb of saying into them.
pub(super) fn apart(surface: &Surface<'_>, quotes: Vec<Quote>) -> Vec<Quote> {
    let Some(pack) = surface.kit.cues.of(Lang::Ru) else {
        return quotes;
    };
    let blocks = &surface.document.blocks;
    let mut out = Vec::with_capacity(quotes.len());
    for quote in quotes {
        if !quote.speech || blocks[quote.block].lang != Lang::Ru {
            out.push(quote);
            continue;
        }
        let words = words_in(surface, quote.inner);
        cut(surface, pack, quote, &words, &mut out);
    }
    out
}

/// The words of a quotation, of however many sentences.
fn words_in<'a>(surface: &Surface<'a>, inner: Span) -> Vec<&'a Word> {
    let sentences = surface.sentences;
    let first = sentences.partition_point(|s| s.span.end <= inner.start);
    let near = sentences[first..].iter();
    let near = near.take_while(|s| s.span.start < inner.end);
    let words = near.flat_map(|s| s.words.iter());
    words.filter(|w| inner.contains(w.span)).collect()
}

fn cut(
    surface: &Surface<'_>,
    pack: &Language,
    quote: Quote,
    words: &[&Word],
    out: &mut Vec<Quote>,
) {
    let text = &surface.document.text;
    let mut outer_start = quote.outer.start;
    let mut start = quote.inner.start;
    let mut at = 1;
    while at < words.len() {
        if !(is_dash(words[at]) && ends_words(words[at - 1]) && is_told(pack, &words[at + 1..])) {
            at += 1;
            continue;
        }
        let end = words[at - 1].span.end;
        out.push(Quote {
            inner: trimmed(text, Span::new(start, end)),
            outer: Span::new(outer_start, end),
            ..quote
        });
        let goes_on = (at + 2..words.len())
            .find(|&w| is_dash(words[w]) && words[w].spaced && ends_words(words[w - 1]));
        let Some(dash) = goes_on.filter(|&w| w + 1 < words.len()) else {
            return;
        };
        (outer_start, start) = (words[dash].span.start, words[dash].span.end);
        at = dash + 1;
    }
    if start < quote.inner.end {
        out.push(Quote {
            inner: trimmed(text, Span::new(start, quote.inner.end)),
            outer: Span::new(outer_start, quote.outer.end),
            ..quote
        });
    }
}

fn is_dash(word: &Word) -> bool {
    matches!(word.fold.as_str(), "—" | "–" | "-")
}

/// What is said ends in a comma or a stop before the dash: a dash without one stands for a verb.
fn ends_words(word: &Word) -> bool {
    matches!(
        word.fold.as_str(),
        "," | "." | "!" | "?" | "…" | "..." | ":" | ";"
    )
}

/// Whether a finite verb of saying stands right behind the dash.
fn is_told(pack: &Language, rest: &[&Word]) -> bool {
    let near = rest.iter().take(NEAR);
    let near = near.take_while(|w| w.kind == TokenKind::Word);
    let mut near = near.enumerate();
    near.any(|(at, word)| {
        let verb = pack
            .cue_at(std::slice::from_ref(*word), 0)
            .is_some_and(|(_, cue)| pack.cues[cue].frame == Frame::Verb);
        let capital = at == 0 && word.capital;
        verb && word.tense.is_some_and(|t| t != Tense::Future) && !capital
    })
}
