//! Quotations without a cue that go on after one with a cue: the same source says them.
//! `"The port is ready," said Duval. "We have waited for a year."`

use madar_text::{BlockKind, Span};

use super::Spoken;
use super::quotes::Quote;
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{
    Attribution, Directness, EntityKind, MentionForm, Source, SourceKind, Stance,
};

/// Sentences from which on a quotation without a cue is no longer the earlier speaker's.
const APART: usize = 2;

/// Quotations without a cue: those that go on after one with a cue are the same source's, others
/// are somebody's whom the text does not name there.
pub(super) fn continue_quotes(surface: &Surface<'_>, quotes: &[Quote], spoken: &mut Vec<Spoken>) {
    let text = &surface.document.text;
    for quote in quotes.iter().filter(|q| q.speech) {
        let Some((at, last)) = sentences_of(surface, quote) else {
            continue;
        };
        let taken = spoken.iter().any(|s| {
            // *I think that …* within a quotation is no one's who tells the quotation
            let content = s.attribution.content;
            let inside = s
                .attribution
                .cue
                .is_some_and(|cue| quote.inner.contains(cue))
                && content.start > quote.inner.start;
            !inside && s.attribution.content.overlaps(quote.inner)
        });
        if taken || !stands_alone(surface, quote, at, last) {
            continue;
        }
        let Some(content) = sentence_text(surface, *quote) else {
            continue;
        };
        let before = spoken
            .iter()
            .filter(|s| {
                s.sentence <= at
                    && s.sentence + APART >= at
                    && s.attribution.content.start < quote.inner.start
            })
            .filter(|s| s.attribution.directness != Directness::Indirect)
            .filter(|s| !is_inside(s, spoken))
            .max_by_key(|s| s.attribution.content.start);
        let title = surface.document.blocks[quote.block].kind == BlockKind::Title;
        let speaker =
            || told_of(surface, at).map_or_else(|| somebody(quote), |who| by(surface, who));
        let Some(mut next) = before.cloned().or_else(|| (!title).then(speaker)) else {
            continue;
        };
        next.sentence = last;
        // One quotation over several paragraphs has one cue; another has none of its own.
        let marked = quote.outer.of(text);
        let closes = marked.ends_with(['"', '”', '“', '»', '\'', '’']);
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

/// The first and the last sentence that a quotation reaches into.
fn sentences_of(surface: &Surface<'_>, quote: &Quote) -> Option<(usize, usize)> {
    let sentences = surface.sentences;
    let first = sentences.partition_point(|s| s.span.end <= quote.outer.start);
    let past = sentences.partition_point(|s| s.span.start < quote.outer.end);
    (first < past).then(|| (first, past - 1))
}

/// Whether nothing but the quotation stands in its sentences, or nothing behind it.
fn stands_alone(surface: &Surface<'_>, quote: &Quote, first: usize, last: usize) -> bool {
    let text = &surface.document.text;
    // «…, — сказала она, — {…}»: what is set between ends at a dash
    let behind = quote.outer.of(text).starts_with(['—', '–', '-']);
    let words = &surface.sentences[first].words;
    let starts = behind || quote.outer.start <= words.first().map_or(0, |w| w.span.start);
    let span = surface.sentences[last].span;
    let rest = Span::new(quote.outer.end.clamp(span.start, span.end), span.end).of(text);
    starts && !rest.chars().any(char::is_alphabetic)
}

/// The person of whom the sentence before tells first: *Duval broke down. "I never saw it."*
fn told_of(surface: &Surface<'_>, at: usize) -> Option<MentionId> {
    let before = surface.sentences.get(at.checked_sub(1)?)?;
    let mentions = surface.mentions;
    let start = |position| mentions.partition_point(|m| m.span.start < position);
    let mut inside = start(before.span.start)..start(before.span.end);
    let named = |at: &usize| {
        let mention = &mentions[*at];
        mention.kind == EntityKind::Person && mention.form != MentionForm::Description
    };
    inside.find(named).map(MentionId::new)
}

/// A statement without a cue, by a person named before.
fn by(surface: &Surface<'_>, who: MentionId) -> Spoken {
    let span = surface.mentions[who.at()].span;
    statement(Source {
        span,
        kind: SourceKind::Named,
        mention: Some(who),
        implicit: true,
    })
}

/// A statement of whom the text does not name: the mark, or the first letter, stands for who speaks.
fn somebody(quote: &Quote) -> Spoken {
    let inner = quote.inner;
    let mark = Span::new(quote.outer.start, inner.start);
    let span = if mark.is_empty() { inner } else { mark };
    statement(Source {
        span,
        kind: SourceKind::Unspecified,
        mention: None,
        implicit: true,
    })
}

fn statement(source: Source) -> Spoken {
    Spoken {
        who: source.span,
        attribution: Attribution {
            content: source.span,
            source,
            cue: None,
            directness: Directness::Direct,
            stance: Stance::Says,
            told: None,
            outer: None,
            chain: Vec::new(),
        },
        sentence: 0,
        through: None,
        is_publisher: false,
        own: false,
        inner_of: None,
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
    let initial = matches!(short[..], [last, '.'] if last.is_uppercase())
        && text[kept.len()..].starts_with('.');
    let len = if initial { kept.len() + 1 } else { kept.len() };
    let start = quote.inner.start as usize;
    let span = Span::from_range(start..start + len.min(text.len()));
    (!span.is_empty()).then_some(span)
}
