//! What a stake is of: who buys *{35% of the operator} Rafidain Mobile* buys of that company; the share is the fact's
//! own.

use madar_text::TokenKind;

use crate::MentionId;
use crate::read::Surface;
use crate::reading::{AmountKind, EntityKind, Fact, FactKind, Mention, MentionForm};
use crate::words::{Pos, Word};

/// Words between a share and what it is of: *35% {акций иракского сотового оператора} Rafidain Mobile*.
const REACH: usize = 4;

/// Puts companies, plants and projects in the place of shares of them.
pub(super) fn with_wholes(surface: &Surface<'_>, fact: &mut Fact) {
    if !matches!(fact.kind, FactKind::Deal | FactKind::Ownership) {
        return;
    }
    for at in 0..fact.participants.len() {
        let Some(whole) = whole(surface, fact.participants[at].mention) else {
            continue;
        };
        let of = |id: MentionId| surface.referents.of[id.at()];
        let known = fact.participants.iter().any(|p| of(p.mention) == of(whole));
        if !known {
            fact.participants[at].mention = whole;
        }
    }
}

/// What a description that is a share is a share of.
fn whole(surface: &Surface<'_>, id: MentionId) -> Option<MentionId> {
    let share = &surface.mentions[id.at()];
    let is_part = |m: &Mention| m.kind.is_body() || m.kind == EntityKind::Asset;
    let described = share.form == MentionForm::Description && share.kind == EntityKind::Asset;
    let mut amounts = surface.amounts.iter();
    let percent =
        described && amounts.any(|a| a.kind == AmountKind::Percent && a.span.overlaps(share.span));
    let sentences = surface.sentences;
    let own = sentences.partition_point(|s| s.span.end <= share.span.start);
    let sentence = sentences.get(own)?;
    // *his {stake} in X*
    let is_share = |word: &Word| surface.kit.facts.is_share(sentence.lang, &word.lemma);
    let called = || {
        described
            && sentence.words[sentence.within(share.span)]
                .iter()
                .any(is_share)
    };
    if !percent && !called() {
        return None;
    }
    let from = sentence.within(share.span).end;
    let behind = |m: &Mention| {
        let words = sentence.within(m.span);
        let between = sentence.words.get(from..words.start);
        let plain = |all: &[Word]| {
            let small = |w: &Word| w.is_quote() || w.kind != TokenKind::Punct && w.pos != Pos::Verb;
            all.len() <= REACH && all.iter().all(small)
        };
        !words.is_empty() && between.is_some_and(plain)
    };
    let inside = |m: &Mention| share.span.contains(m.span) && share.span != m.span;
    let near = surface.mentions.iter().enumerate();
    let mut near = near.filter(|(_, m)| sentence.span.contains(m.span) && is_part(m));
    // *{the government}'s stake in X*: whose it is stands inside where no percentage does
    // долю государства {в порту}: the state's, in the port
    let leads = |at: usize| {
        let word = sentence.words.get(at);
        word.is_some_and(|w| matches!(w.fold.as_str(), "в" | "во" | "in" | "في"))
    };
    let placed = |m: &Mention| {
        let start = sentence.within(m.span).start;
        start > from && start - from <= REACH && leads(start - 1)
    };
    let owns = |m: &Mention| {
        let words = sentence.within(m.span);
        words.start == from && leads(words.end)
    };
    let found = near
        .clone()
        .find(|(_, m)| percent && inside(m))
        .or_else(|| near.clone().find(|(_, m)| placed(m) && behind(m)))
        .or_else(|| near.find(|(_, m)| behind(m) && !owns(m)));
    found.map(|(at, _)| MentionId::new(at))
}
