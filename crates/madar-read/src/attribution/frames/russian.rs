//! Russian: the subject is in the nominative, before the verb or after it.
//! `…, рассказал «Ъ» источник в терминале.`

use super::super::pack::{Class, Cue, Frame};
use super::super::phrases::{noun_after, unknown};
use super::super::scene::{Hit, Scene};
use super::super::source::{Anaphor, Picked, pick, pick_subject};
use super::super::told::{is_addressed, told};
use super::clauses::{after_colon, before, clause_end, end_of_sentence, find_that, speech_told};
use super::left::Left;
use super::{Content, Draft, Side};
use crate::reading::SourceKind;
use crate::words::{Cases, Pos};
use madar_text::{Lang, TokenKind};

pub(super) fn russian(
    scene: &Scene<'_>,
    hit: Hit,
    cue: &Cue,
    mut draft: Draft,
    left: &Left,
) -> Option<Draft> {
    if let Some(found) = about_that(scene, hit, draft, left) {
        return Some(found);
    }
    if FOLLOWS.contains(&scene.words()[hit.from].lemma.as_str()) {
        let that = find_that(scene, hit.to)?;
        draft.source = Some(followed(scene, hit.from)?);
        draft.content = Content::Words(that, end_of_sentence(scene));
        return Some(draft);
    }
    let converb = is_converb(scene, hit.from);
    let stop = clause_end(scene, hit.to);
    let that = find_that(scene, hit.to);
    let quoted = speech_told(scene, hit.to, cue);
    let previous_is_mark = hit.from > 0
        && (scene.is_comma(hit.from - 1)
            || scene.is_dash(hit.from - 1)
            || left.as_clause && hit.from > 1);
    if converb {
        draft.frame = Frame::Participle;
        draft.source = None;
        draft.joined = true;
    }
    let zone_end = that.map_or(stop, |t| t.min(scene.len()));
    let right = |draft: &mut Draft, end: usize| subject_right(scene, draft, hit.to, end);
    if left.as_clause && that.is_none() {
        if draft.source.is_none() {
            right(&mut draft, stop);
        }
        draft.joined = true;
        if left.head <= 1 {
            let from = draft.source.map_or(stop, |s| s.to.max(stop));
            let quote = scene.speech_in(from.min(scene.len()), scene.len());
            draft.content = match quote.filter(|q| scene.word_from(q.outer.start) <= from + 1) {
                Some(quote) => Content::Quote(quote),
                None => Content::Words(from, end_of_sentence(scene)),
            };
        } else {
            draft.content = before(scene, left.head)?;
            draft.side = Side::Before;
        }
        return Some(draft);
    }
    if let Some(quote) = scene
        .speech_before(hit.from)
        .or_else(|| scene.speech_before(left.start))
    {
        if draft.source.is_none() && left.anaphor.is_none() {
            right(&mut draft, stop);
        }
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        draft.joined = false;
        return Some(draft);
    }
    if let Some(that) = that {
        if draft.source.is_none() && left.anaphor.is_none() && !converb {
            right(&mut draft, that);
        } else {
            draft.told = told(scene, hit.to, zone_end).map(|t| t.0);
        }
        draft.content = Content::Words(that, end_of_sentence(scene));
        return Some(draft);
    }
    if let Some(quote) = quoted {
        let open = scene.word_from(quote.outer.start);
        if draft.source.is_none() && left.anaphor.is_none() && !converb {
            right(&mut draft, open);
        } else {
            draft.told = told(scene, hit.to, open).map(|t| t.0);
        }
        draft.content = Content::Quote(quote);
        return Some(draft);
    }
    if let Some(said) = after_colon(scene, hit.to) {
        if draft.source.is_none() && left.anaphor.is_none() && !converb {
            right(&mut draft, stop);
        }
        draft.content = said;
        return Some(draft);
    }
    if previous_is_mark && !converb {
        right(&mut draft, stop);
        draft.content = before(scene, left.head)?;
        draft.side = Side::Before;
        draft.joined = true;
        return Some(draft);
    }
    let about =
        (hit.to..stop.min(hit.to + 6)).find(|&w| matches!(scene.text(w), "о" | "об" | "обо"));
    let subject = draft.source.is_some() || left.anaphor.is_some() || converb || left.joined;
    if cue.about
        && subject
        && let Some(about) = about
    {
        draft.told = told(scene, hit.to, about).map(|t| t.0);
        draft.content = Content::Words(about, end_of_sentence(scene));
        return Some(draft);
    }
    if cue.about
        && !subject
        && let Some(fronted) = about_before(scene, hit.from)
    {
        right(&mut draft, stop);
        draft.source?;
        draft.content = Content::Words(fronted, hit.from);
        draft.side = Side::Before;
        return Some(draft);
    }
    if cue.object && subject && hit.to < stop {
        draft.content = Content::Words(hit.to, end_of_sentence(scene));
        return Some(draft);
    }
    if left.start > 0 && left.start < hit.from && scene.is_comma(left.start - 1) && subject {
        let rest = (hit.to..stop).filter(|&w| !scene.is_time(w)).count();
        let outlet = told(scene, hit.to, stop);
        if rest <= 2 || outlet.is_some() {
            draft.told = outlet.map(|t| t.0);
            draft.content = before(scene, left.head)?;
            draft.side = Side::Before;
            draft.joined = true;
            return Some(draft);
        }
    }
    None
}

/// *Об этом сообщил ТАСС*, *…, о чем сообщил ТАСС*: the sentence or the clause before is meant.
fn about_that(scene: &Scene<'_>, hit: Hit, mut draft: Draft, left: &Left) -> Option<Draft> {
    /// Words between *об этом* and its verb: who told, and when.
    const BETWEEN: usize = 8;
    let words = scene.words();
    let fold = |w: usize| words.get(w).map_or("", |w| w.fold.as_str());
    let is = |w: &usize| {
        matches!(fold(*w), "об" | "о") && matches!(fold(w + 1), "этом" | "чем" | "том")
            || fold(*w) == "это" && *w < 2
    };
    let low = hit.from.saturating_sub(BETWEEN);
    let about = (low..hit.from).rev().find(is)?;
    let stop = clause_end(scene, hit.to);
    let closed = (about..hit.from).any(|w| scene.is_comma(w) || scene.is_stop(w));
    if closed
        || find_that(scene, hit.to).is_some()
        || speech_told(scene, hit.to, scene.cue(hit)).is_some()
    {
        return None;
    }
    // об этом {РБК} рассказали {два источника}: who was told stands before the verb, who tells behind it
    let outlet = told(scene, about + 2, hit.from);
    if let Some((outlet, ..)) = outlet
        && let Some(source) = pick_subject(scene, hit.to, stop)
    {
        draft.told = Some(outlet);
        draft.source = Some(source);
    } else if draft.source.is_none_or(|s| s.from <= about + 1) && left.anaphor.is_none() {
        draft.source = None;
        subject_right(scene, &mut draft, hit.to, stop);
    }
    draft.side = Side::Before;
    draft.joined = true;
    draft.head = about;
    draft.content = if about <= 1 {
        Content::Previous
    } else {
        let mark = scene.is_comma(about - 1) || scene.is_dash(about - 1);
        before(scene, about).filter(|_| mark)?
    };
    Some(draft)
}

/// *{О продаже порта} ранее заявила Дюваль*: where what is told of begins, at the head of its clause.
fn about_before(scene: &Scene<'_>, verb: usize) -> Option<usize> {
    /// Adverbs before it: *ранее*, *накануне вечером*.
    const BEFORE: usize = 3;
    let mut low = verb;
    while low > 0 && !scene.is_comma(low - 1) && !scene.is_stop(low - 1) {
        low -= 1;
    }
    (low..verb.min(low + BEFORE))
        .find(|&w| matches!(scene.words()[w].fold.as_str(), "о" | "об" | "обо"))
}

fn is_converb(scene: &Scene<'_>, at: usize) -> bool {
    let fold = &scene.words()[at].fold;
    fold.ends_with('в')
        || fold.ends_with("вши")
        || fold.ends_with("вшись")
        || (fold.ends_with('я') && !fold.ends_with("ся") && !fold.ends_with("ья"))
}

/// The subject after the verb, and the outlet that was told beside it.
pub(super) fn subject_right(scene: &Scene<'_>, draft: &mut Draft, from: usize, end: usize) {
    // утверждает издание {со ссылкой на} собеседников: the next cue has a source of its own
    let next = scene.hits.iter().map(|h| h.from).find(|&at| at > from);
    let end = next.map_or(end, |at| end.min(at));
    for at in from..end.min(from + 2) {
        for (class, anaphor) in [(Class::He, Anaphor::He), (Class::They, Anaphor::They)] {
            if scene.is_form(at, class) {
                draft.anaphor = anaphor;
                draft.told = told(scene, at + 1, end).map(|t| t.0);
                return;
            }
        }
    }
    let Some((outlet, start, to)) = told(scene, from, end) else {
        draft.source = pick_subject(scene, from, end).or_else(|| said_in(scene, from, from, end));
        // وقال: nothing stands where the subject could
        let word = |w: usize| scene.words()[w].kind == TokenKind::Word;
        let arabic = scene.lang() == Lang::Ar && (from..end.min(scene.len())).any(word);
        let unresolved = draft.source.is_none() && (has_noun(scene, from, end) || arabic);
        if unresolved {
            draft.source = unknown(scene, from, end);
            draft.unresolved = draft.source.is_none();
        }
        return;
    };
    let rest = if start == from {
        pick_subject(scene, to, end)
    } else {
        pick_subject(scene, from, start)
    };
    match rest {
        Some(_) if scene.lang() == Lang::Ar && !is_addressed(scene, start, to) => {
            draft.source = pick_subject(scene, from, end);
        }
        Some(rest) => {
            draft.source = Some(rest);
            draft.told = Some(outlet);
        }
        None if scene.lang() == Lang::Ar && is_addressed(scene, start, to) => {
            draft.told = Some(outlet);
        }
        None => draft.source = pick_subject(scene, from, end),
    }
}

/// Verbs by which something comes of a paper.
const FOLLOWS: [&str; 3] = ["следовать", "явствовать", "вытекать"];

/// *из {документов}, имеющихся в распоряжении «Ъ», следует*: the paper, at the head of its clause.
fn followed(scene: &Scene<'_>, verb: usize) -> Option<Picked> {
    /// Words of the paper with what is told of it.
    const REACH: usize = 16;
    let words = scene.words();
    let of = (verb.saturating_sub(REACH)..verb).find(|&w| {
        words[w].fold == "из"
            && (w == 0 || scene.is_punct(w - 1) || scene.is_form(w - 1, Class::And))
    })?;
    let end = (of + 1..verb).find(|&w| scene.is_comma(w)).unwrap_or(verb);
    pick(scene, of + 1, end)
        .or_else(|| noun_after(scene, of + 1, end))
        .filter(|s| s.kind == SourceKind::Paper)
}

/// Forms by which a paper says what stands in it.
const IMPERSONAL: &[&str] = &[
    "говорится",
    "сказано",
    "указано",
    "отмечается",
    "сообщается",
    "утверждается",
    "указывается",
    "подчеркивается",
    "уточняется",
    "поясняется",
    "написано",
    "сообщалось",
    "отмечалось",
    "утверждалось",
    "упоминается",
    "упоминалось",
    "предполагается",
    "предполагалось",
    "ожидается",
    "ожидалось",
    "считается",
    "считалось",
    "прогнозируется",
    "планируется",
];

/// *сообщается, что*: a verb that has no subject.
pub(super) fn is_impersonal(scene: &Scene<'_>, at: usize) -> bool {
    scene.lang() == Lang::Ru && IMPERSONAL.contains(&scene.words()[at].fold.as_str())
}

/// Whether the source of an impersonal verb is the paper or body in which it is said: *в документе*.
pub(super) fn is_told_in(scene: &Scene<'_>, draft: &Draft) -> bool {
    /// Words before the noun of the source at most.
    const BEFORE: usize = 3;
    draft.source.is_some_and(|source| {
        let near = source.from.saturating_sub(BEFORE)..=source.from;
        near.into_iter()
            .any(|w| matches!(scene.words()[w].fold.as_str(), "в" | "во"))
    })
}

/// *сообщили {в министерстве}*, *{в Кремле} заявили*: several who are not named speak for the body in
/// which they are. `verb` is a word that follows or precedes it.
pub(super) fn said_in(scene: &Scene<'_>, verb: usize, from: usize, end: usize) -> Option<Picked> {
    let words = scene.words();
    let cue = if verb == from {
        verb.checked_sub(1)?
    } else {
        verb
    };
    // *в документе говорится*: nobody is named but the paper
    let fold = words.get(cue)?.fold.as_str();
    let several = ["ли", "ют", "ут", "ят", "ат"]
        .iter()
        .any(|end| fold.ends_with(end))
        || IMPERSONAL.contains(&fold);
    let inside = words.get(from)?;
    if scene.lang() != Lang::Ru || !several || !matches!(inside.fold.as_str(), "в" | "во") {
        return None;
    }
    let place = words.get(from + 1)?;
    let setting = (from + 1..end.min(from + 3)).any(|w| scene.is(w, Class::Setting));
    if setting || scene.is_form(from + 1, Class::Nowhere) {
        return None;
    }
    if scene.is_time(from + 1) || place.cases.is_known() && !place.cases.may_be(Cases::LOC) {
        return None;
    }
    pick(scene, from + 1, end).or_else(|| noun_after(scene, from + 1, end))
}

/// A word that may be the subject: сообщило {ведомство}.
fn has_noun(scene: &Scene<'_>, from: usize, end: usize) -> bool {
    (from..end.min(scene.len())).any(|w| {
        let word = &scene.words()[w];
        let named = word.pos == Pos::Name || word.capital;
        let noun = word.pos == Pos::Noun && word.cases.may_be(Cases::NOM);
        (noun || named) && !scene.is_time(w)
    })
}
