//! Where clauses begin and end beside a cue: أن, *that*, что, a quotation, a comma, a stop.

use madar_text::Lang;

use super::super::pack::{Class, Cue, Frame};
use super::super::quotes::{Quote, is_name};
use super::super::scene::Scene;
use super::Content;
use crate::reading::MentionForm;

/// How far a clause word may stand from its cue. Subjects with their posts and appositions are
/// shorter; farther words belong to another clause.
pub(super) const REACH: usize = 30;

/// The word that opens a clause of content after a cue: أن, *that*, что.
pub(super) fn find_that(scene: &Scene<'_>, from: usize) -> Option<usize> {
    // *reported, {citing two officials}, that*: behind the aside, and no other's
    let mut aside = false;
    let mut set_apart = from;
    for at in from..scene.len().min(from + REACH) {
        // وأوضح المصدر، {الذي طلب عدم كشف هويته}، أن: what is told of him between two commas
        if scene.lang() == Lang::Ar && scene.is_comma(at) && scene.is(at + 1, Class::Who) {
            let closing = (at + 1..scene.len()).find(|&w| scene.is_comma(w) || scene.is_stop(w));
            set_apart = closing.unwrap_or(at);
        }
        if at < set_apart {
            continue;
        }
        if scene.is_form(at, Class::That) && !is_other_that(scene, at) {
            let closed = at > 0 && scene.is_comma(at - 1);
            let free = scene.lang() != Lang::Ru && (scene.lang() == Lang::Ar || !aside);
            if free || closed || at == from {
                return Some(at);
            }
        }
        // рассказал, {как} ехал в такси; but: сказал, как всегда, что
        if scene.lang() == Lang::Ru
            && at == from + 1
            && scene.is_comma(from)
            && scene.words()[at].fold == "как"
            && tells_how(scene, at)
        {
            return Some(at);
        }
        let quoted = scene
            .quotes
            .iter()
            .any(|q| q.speech && q.outer.start == scene.words()[at].span.start);
        let mut hits = scene.hits.iter();
        let hit = hits.find(|h| h.from == at && scene.speech_around(at).is_none());
        let frame = hit.map(|h| scene.cue(*h).frame);
        aside |= frame == Some(Frame::Citing);
        let cue = frame.is_some_and(|frame| !matches!(frame, Frame::According | Frame::Citing));
        if scene.is_stop(at) || quoted || cue {
            return None;
        }
    }
    None
}

/// بيد أن, دون أن, and *ان* within a name: no clause of content begins there.
fn is_other_that(scene: &Scene<'_>, at: usize) -> bool {
    if scene.lang() != Lang::Ar {
        return false;
    }
    let before = at
        .checked_sub(1)
        .map_or("", |b| scene.words()[b].fold.as_str());
    let joined = matches!(
        before,
        "بيد"
            | "غير"
            | "الا"
            | "رغم"
            | "دون"
            | "قبل"
            | "بعد"
            | "منذ"
            | "مع"
            | "كما"
            | "لولا"
    );
    let named = scene
        .covering(at)
        .is_some_and(|p| p.from < at && scene.mention(p.id).form != MentionForm::Description);
    joined || named
}

/// Whether a clause with a verb follows *как* before the next comma.
fn tells_how(scene: &Scene<'_>, how: usize) -> bool {
    let end = clause_end(scene, how + 1);
    (how + 1..end).any(|w| scene.words()[w].tense.is_some())
}

/// Whether an English clause begins at a word, with no *that* before it: its subject, then a finite
/// verb. *warned {there could be more charges}*
pub(super) fn begins_clause(scene: &Scene<'_>, from: usize) -> bool {
    /// Words of a subject at most.
    const SUBJECT: usize = 9;
    if scene.is_form(from, Class::Prepositions) || scene.is_punct(from) {
        return false;
    }
    let words = scene.words();
    let finite = |w: usize| {
        let fold = words[w].fold.as_str();
        let modal = scene.is_form(w, Class::Never) && !matches!(fold, "to" | "never" | "not");
        let be = scene.is_form(w, Class::Passive) && !matches!(fold, "be" | "been" | "being");
        let told = words[w].tense.is_some() && !words[w].capital;
        modal || be || told || matches!(fold, "has" | "have" | "had")
    };
    let end = scene.len().min(from + SUBJECT);
    (from + 1..end)
        .take_while(|&w| !scene.is_stop(w) && !scene.is_form(w, Class::That))
        .any(finite)
}

/// *expects the move {to raise} millions*: what is thought of somebody is that he does a thing.
pub(super) fn is_thought_to(scene: &Scene<'_>, from: usize) -> bool {
    /// Words of a subject at most.
    const SUBJECT: usize = 6;
    let end = scene.len().saturating_sub(1).min(from + SUBJECT);
    let free = !scene.is_form(from, Class::Prepositions);
    let mut near = (from + 1..end).take_while(|&w| !scene.is_punct(w));
    free && near.any(|w| scene.words()[w].fold == "to" && !scene.words()[w + 1].capital)
}

/// Speech after a cue, introduced by a colon or right after the subject.
pub(super) fn speech_after(scene: &Scene<'_>, from: usize) -> Option<Quote> {
    let end = scene.len().min(from + REACH);
    let quote = scene.speech_in(from, end)?;
    let open = scene.word_from(quote.outer.start);
    let colon = open > 0 && scene.text(open - 1) == ":";
    let clean = !(from..open.saturating_sub(usize::from(colon))).any(|w| scene.is_stop(w))
        && !scene.hits.iter().any(|h| h.from >= from && h.from < open);
    (clean && (colon || open - from <= 12)).then_some(quote)
}

/// The same, but for a verb that tells only what is quoted: then words between belong to what is said.
pub(super) fn speech_told(scene: &Scene<'_>, from: usize, cue: &Cue) -> Option<Quote> {
    speech_after(scene, from).filter(|quote| {
        let open = scene.word_from(quote.outer.start);
        !cue.quoted || open <= from || scene.text(open - 1) == ":"
    })
}

/// The clause before a cue that comes last; from the start of the sentence.
pub(super) fn before(scene: &Scene<'_>, head: usize) -> Option<Content> {
    let (from, to) = scene.trim(0, head)?;
    (to - from >= 2).then_some(Content::Words(from, to))
}

/// Whether what is said is quoted, or some of its words are, however few.
pub(super) fn is_quoted(scene: &Scene<'_>, content: Content) -> bool {
    let text = &scene.surface.document.text;
    match content {
        Content::Quote(_) => true,
        Content::Words(from, to) => scene.span(from, to).is_some_and(|span| {
            let inside = |q: &&Quote| span.contains(q.inner);
            let mut all = scene.quotes.iter().filter(inside);
            all.any(|q| !is_name(q.inner.of(text)))
        }),
        Content::Previous | Content::Same => false,
    }
}

/// The words after a colon that follows a cue and its subject: `Ри утверждает: мечта …`.
pub(super) fn after_colon(scene: &Scene<'_>, from: usize) -> Option<Content> {
    let end = scene.len().min(from + 12);
    let colon = (from..end).find(|&w| scene.is_stop(w) || scene.is_comma(w))?;
    if scene.text(colon) != ":" || scene.hits.iter().any(|h| h.from >= from && h.from < colon) {
        return None;
    }
    let (first, last) = scene.trim(colon + 1, scene.len())?;
    // "speaks his language: that of money" tells nothing
    (last - first > 2).then_some(Content::Words(colon + 1, scene.len()))
}

pub(super) fn clause_end(scene: &Scene<'_>, from: usize) -> usize {
    let stop = (from..scene.len())
        .find(|&w| scene.is_stop(w) || scene.is_comma(w) && !scene.is(w + 1, Class::Continues));
    stop.unwrap_or(scene.len())
}

pub(super) fn end_of_sentence(scene: &Scene<'_>) -> usize {
    scene.len()
}

/// Start of the stretch between commas that ends at `end`.
pub(super) fn segment(scene: &Scene<'_>, low: usize, end: usize) -> usize {
    let mut at = end;
    while at > low && !scene.is_comma(at - 1) {
        at -= 1;
    }
    at
}

/// Words from *according to* to a noun of saying.
const REACH_OF_NOUN: usize = 5;

/// End of a source after *according to*: a comma that no apposition follows, a stop, another cue.
pub(super) fn source_end(scene: &Scene<'_>, from: usize) -> usize {
    for at in from..scene.len() {
        // "according to a {report} by Reuters": a noun of saying, and no verb
        let word = &scene.words()[at];
        let noun = scene.lang() == Lang::En
            && scene.is(at, Class::Nouns)
            && word.fold == word.lemma
            && at < from + REACH_OF_NOUN;
        let cue = !noun
            && (scene.hits.iter()).any(|h| h.from == at && scene.cue(*h).frame != Frame::According);
        // По словам Вашингтона, Дюваль, …: behind a name no other name tells who it is
        let named = scene.mentions.iter().any(|p| {
            p.from >= from && p.to == at && scene.mention(p.id).form != MentionForm::Description
        });
        let apposed = scene.mention_at(at + 1).is_some_and(|p| {
            !named && scene.is_person_name(p.id) && (scene.is_comma(p.to) || scene.is_stop(p.to))
        });
        let comma = scene.is_comma(at)
            && !scene.is(at + 1, Class::Continues)
            && !apposed
            && !is_relative_seen(scene, at + 1);
        // نقلا عن شخصين مطلعين {بأن} الصندوق
        let told = scene.lang() == Lang::Ar && at > from && scene.is_form(at, Class::That);
        if scene.is_stop(at)
            || comma
            || told
            || cue && at > from
            || scene.is_dash(at) && scene.words()[at].spaced
        {
            return at;
        }
    }
    scene.len()
}

/// `…, с которым ознакомилось агентство`.
pub(super) fn is_relative_seen(scene: &Scene<'_>, from: usize) -> bool {
    (from..scene.len().min(from + 5)).any(|w| scene.is(w, Class::Seen))
}

pub(super) fn starts_according(scene: &Scene<'_>, at: usize) -> bool {
    scene
        .hits
        .iter()
        .any(|h| h.from <= at && at < h.to && scene.cue(*h).frame == Frame::According)
}
