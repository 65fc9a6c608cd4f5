//! Arabic: the verb first, then who says it, then أن; or the subject before its verb.
//! وقال ويتكوف لـ"وول ستريت جورنال"، إن روسيا تمتلك موارد هائلة.

use super::super::pack::{Class, Cue};
use super::super::scene::{Hit, Scene};
use super::super::source::{Picked, pick};
use super::super::told::told;
use super::clauses::{
    after_colon, before, clause_end, end_of_sentence, find_that, speech_told, starts_according,
};
use super::left::Left;
use super::russian::subject_right;
use super::{Content, Draft, Side};
use crate::reading::{SourceKind, Stance};
use madar_text::{BlockKind, Clitics};

pub(super) fn arabic(
    scene: &Scene<'_>,
    hit: Hit,
    cue: &Cue,
    mut draft: Draft,
    left: &Left,
) -> Option<Draft> {
    let stop = clause_end(scene, hit.to);
    // وأفاد بذلك مصدر أمني: the sentence before is meant
    let so = scene
        .words()
        .get(hit.to)
        .is_some_and(|w| w.fold == "ذلك" || w.fold == "بذلك");
    if so && hit.from <= 2 {
        subject_right(scene, &mut draft, hit.to + 1, stop);
        draft.content = Content::Previous;
        draft.side = Side::Before;
        return Some(draft);
    }
    // الصندوق الذي وصفته الوزارة بأنه: what the pronoun means is spoken of, and does not speak
    if left.relative && has_object(&scene.words()[hit.from].fold) {
        draft.source = None;
    }
    let that = find_that(scene, hit.to);
    // يذكر أن الميناء: the paper's own reminder
    if that == Some(hit.to) && scene.is_form(hit.from, Class::Never) {
        return None;
    }
    let quoted = speech_told(scene, hit.to, cue);
    let open = quoted.map(|q| scene.word_from(q.outer.start));
    let as_clause = left.as_clause || hit.from > 0 && scene.is_form(hit.from - 1, Class::As);
    let sided = |draft: &mut Draft, end: usize| {
        let own = draft.source.take();
        subject_right(scene, draft, hit.to, end);
        if draft.source.is_some_and(|s| disagrees(scene, hit.from, &s)) {
            draft.source = None;
            draft.unresolved = true;
        }
        let known =
            |s: &Picked| s.mention.is_some() || s.kind != SourceKind::Named || s.anaphor.is_some();
        if own.is_some() {
            draft.source = draft.source.filter(known);
        }
        // أن الشركة أبلغت الهيئة أن: with its subject before it, what follows was told
        if cue.to && own.is_some_and(|o| o.from <= left.start) {
            draft.source = None;
        }
        if draft.source.is_none() {
            draft.source = own;
        }
    };
    if as_clause && that.is_none() && open.is_none_or(|o| o > stop + 2) {
        draft.source = None;
        sided(&mut draft, stop);
        draft.joined = true;
        let mut head = left.head.min(hit.from - 1);
        while head > 0
            && (scene.is_form(head - 1, Class::As)
                || scene.is_comma(head - 1)
                || starts_according(scene, head - 1))
        {
            head -= 1;
        }
        draft.head = head;
        // كما ذكرت روسيا فرصاً للتعدين: *also*, not *as*
        let whole = draft
            .source
            .is_none_or(|s| s.to + 2 >= stop || draft.told.is_some());
        if head <= 1 && !whole {
            return None;
        }
        if head <= 1 {
            draft.content = Content::Words(stop, end_of_sentence(scene));
        } else {
            draft.content = before(scene, head)?;
            draft.side = Side::Before;
        }
        return Some(draft);
    }
    let object_first = cue.object
        && that.is_some_and(|t| is_far(scene, hit.to, t) || names_object(scene, hit.to, t));
    if let Some(that) = that
        && !object_first
        && open.is_none_or(|o| that < o)
    {
        sided(&mut draft, that);
        draft.content = Content::Words(that, end_of_sentence(scene));
        return Some(draft);
    }
    if let (Some(quote), Some(open)) = (quoted, open) {
        sided(&mut draft, open);
        draft.content = Content::Quote(quote);
        return Some(draft);
    }
    if let Some(quote) = scene.speech_before(hit.from) {
        sided(&mut draft, stop);
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        draft.joined = false;
        return Some(draft);
    }
    if let Some(said) = after_colon(scene, hit.to) {
        sided(&mut draft, stop);
        draft.content = said;
        return Some(draft);
    }
    // كوريا تقول لن …: a headline drops its أن
    let title = scene.surface.document.blocks[scene.sentence.block].kind == BlockKind::Title;
    if title && !cue.object && draft.source.is_some_and(|s| s.to <= hit.from) && hit.to + 1 < stop {
        draft.content = Content::Words(hit.to, end_of_sentence(scene));
        return Some(draft);
    }
    // ويذكر الإفصاح عشاءً: what a paper mentions is told by it
    let mentions = pick(scene, hit.to, stop)
        .is_some_and(|p| p.kind == SourceKind::Paper && p.from <= hit.to + 1);
    if !cue.object && !cue.nominal && !mentions {
        return None;
    }
    // أعلنت وزارة الخزانة، أمس، فرض عقوبات
    let near = pick(scene, hit.to, (hit.to + 1).max(stop)).filter(|p| p.from <= hit.to + 2);
    let own = draft.source.filter(|o| o.from <= left.start);
    let near = near.filter(|_| own.is_none());
    let subject = near.or(draft.source);
    // وأعرب عن أسفه لعدم …: the phrase is complete without its subject
    let phrase = hit.to > hit.from + 1;
    if subject.is_none() && !phrase {
        return None;
    }
    let mut from = near.map_or(hit.to, |n| n.to);
    loop {
        while from < scene.len() && (scene.is_punct(from) || scene.is_time(from)) {
            from += 1;
        }
        // "، في اتصال مع رويترز،"
        let end = clause_end(scene, from);
        let setting = scene.is_form(from, Class::Adjunct)
            && (from..end.min(from + 4)).any(|w| scene.is(w, Class::Setting));
        let outlet = told(scene, from, end);
        let past = match outlet {
            _ if end < scene.len() && scene.is_comma(end) => end,
            Some((_, _, to)) => to,
            None => break,
        };
        if !setting {
            break;
        }
        draft.told = outlet.map(|t| t.0).or(draft.told);
        from = past;
    }
    // صرحت دوفال قائلة: the participle tells
    let participle = scene.hits.iter().any(|h| h.from == from);
    let led = scene
        .words()
        .get(from)
        .is_some_and(|w| w.clitics.has(Clitics::BI) || matches!(w.fold.as_str(), "عن" | "من"));
    // اتهم طارق منصور {بالاعتداء}: he is accused
    let accused = cue.stance == Stance::Alleges && near.is_some() && led;
    if participle || accused || !cue.object && !led && !mentions {
        return None;
    }
    draft.source = subject;
    draft.content = Content::Words(from, end_of_sentence(scene));
    Some(draft)
}

/// A verb with an object pronoun: وصفته, وصفها.
fn has_object(verb: &str) -> bool {
    verb.chars().count() > 3 && ["ه", "ها", "هم"].iter().any(|end| verb.ends_with(end))
}

/// وصفت دوفال البيع بأنه خطأ: between the subject and بأنه stands what is spoken of.
fn names_object(scene: &Scene<'_>, from: usize, that: usize) -> bool {
    let by =
        scene.words()[that].clitics.has(Clitics::BI) || scene.words()[that].fold.starts_with('ب');
    let subject = pick(scene, from, that).filter(|s| s.mention.is_some());
    by && subject.is_some_and(|s| s.from <= from + 1 && s.to < that)
}

/// أخبر الجمعية: a masculine verb does not have a feminine body for its subject; it was told.
fn disagrees(scene: &Scene<'_>, verb: usize, subject: &Picked) -> bool {
    let verb = &scene.words()[verb].fold;
    // وصفته, ذكرتها: the verb before its object
    let feminine = ["ت", "ته", "تها", "تهم"]
        .iter()
        .any(|end| verb.ends_with(end));
    let masculine = !verb.starts_with('ت') && !feminine && !verb.ends_with("وا");
    let body = subject
        .mention
        .is_some_and(|id| scene.mention(id).kind.is_body());
    let first = &scene.words()[subject.from].fold;
    masculine && body && subject.from > 0 && first.starts_with("ال") && first.ends_with('ه')
}

/// A clause word that belongs to a later verb: the object of this one stands before it.
pub(super) fn is_far(scene: &Scene<'_>, from: usize, that: usize) -> bool {
    let subject = pick(scene, from, that);
    let mut end = subject.map_or(from, |s| s.to);
    if let Some((_, _, to)) = told(scene, from, that) {
        end = end.max(to);
    }
    while end < that && scene.is_punct(end) {
        end += 1;
    }
    // أعلنت الشركة {في بيان رسمي} أنها
    let set_in = (from..that).rev().take(3).any(|w| {
        scene.is(w, Class::Setting) && w > from && scene.is_form(w - 1, Class::Prepositions)
    });
    that > end + 3
        && !set_in
        && !(end..that).any(|w| scene.is_comma(w))
        && !scene.is_form(that - 1, Class::Prepositions)
}
