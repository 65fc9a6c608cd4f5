//! English: the subject stands before its verb, or after it when the quotation comes first.
//! `The deal is off, a person familiar with the matter said.`

use super::super::pack::{Class, Cue};
use super::super::scene::{Hit, Scene};
use super::super::source::pick;
use super::super::told::{Told, told};
use super::clauses::{before, clause_end, end_of_sentence, find_that, speech_after};
use super::left::Left;
use super::{Content, Draft, Side};

pub(super) fn english(
    scene: &Scene<'_>,
    hit: Hit,
    cue: &Cue,
    mut draft: Draft,
    left: &Left,
    _: &[Draft],
) -> Option<Draft> {
    let stop = clause_end(scene, hit.to);
    // "state Rep. Roe": one person does not *state*, *claim* or *report*
    let base =
        scene.words()[hit.from].tense.is_none() && !scene.words()[hit.from].fold.ends_with("ing");
    let one = draft
        .source
        .and_then(|s| s.mention)
        .is_some_and(|id| scene.is_person_name(id));
    let helped = hit.from > 0 && scene.is_form(hit.from - 1, Class::Aux);
    let several = scene
        .mentions
        .iter()
        .filter(|p| p.to <= hit.from && scene.is_person_name(p.id));
    if base && one && !helped && several.count() < 2 {
        return None;
    }
    // "…," said Witkoff
    let inverted = scene.speech_before(hit.from);
    if draft.source.is_none()
        && left.anaphor.is_none()
        && let Some(quote) = inverted
    {
        draft.source = pick(scene, hit.to, stop);
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        return Some(draft);
    }
    if draft.source.is_none()
        && left.anaphor.is_none()
        && hit.from > 1
        && scene.is_comma(hit.from - 1)
        && let Some(source) = pick(scene, hit.to, stop)
        && source.from <= hit.to + 1
        && source.to + 1 >= stop
    {
        draft.source = Some(source);
        draft.content = before(scene, hit.from)?;
        draft.side = Side::Before;
        return Some(draft);
    }
    let mut after = hit.to;
    if cue.to {
        (draft.told, after) = addressee(scene, hit.to, stop);
    }
    after = adjuncts(scene, after, &mut draft.told);
    if let Some(quote) = scene.speech_before(left.start) {
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        draft.joined = false;
        return Some(draft);
    }
    let at_end = after >= stop || scene.is_comma(after);
    if left.as_clause {
        draft.joined = true;
        if left.head <= 1 {
            draft.content = Content::Words(after, end_of_sentence(scene));
        } else {
            draft.content = before(scene, left.head)?;
            draft.side = Side::Before;
        }
        return Some(draft);
    }
    let that = find_that(scene, hit.to)
        .filter(|&t| t <= after || !scene.is_punct(after) && t <= after + 12 && !cue.bare);
    if let Some(that) = that {
        draft.content = Content::Words(that, end_of_sentence(scene));
        if scene.text(that + 1).eq(":")
            && let Some(quote) = speech_after(scene, that + 1)
        {
            draft.content = Content::Quote(quote);
        }
        return Some(draft);
    }
    if let Some(quote) = speech_after(scene, hit.to).filter(|q| {
        let open = scene.word_from(q.outer.start);
        open <= after + 2
    }) {
        draft.content = Content::Quote(quote);
        return Some(draft);
    }
    if at_end && left.start < hit.from && left.head > 0 && scene.is_comma(left.start - 1) {
        draft.content = before(scene, left.head)?;
        draft.side = Side::Before;
        draft.joined = true;
        return Some(draft);
    }
    let subject = draft.source.is_some() || left.anaphor.is_some() || left.joined;
    if !at_end && subject && (cue.bare || cue.object && !scene.is_form(after, Class::Prepositions))
    {
        draft.content = Content::Words(after, end_of_sentence(scene));
        return Some(draft);
    }
    None
}

/// Who was told, right after *told*: the outlet, and the first word past it.
fn addressee(scene: &Scene<'_>, from: usize, stop: usize) -> (Option<Told>, usize) {
    let mut at = from;
    while scene.is_form(at, Class::Article) {
        at += 1;
    }
    if let Some((outlet, _, to)) = told(scene, from, (at + 5).min(stop))
        && !(from..to).any(|w| scene.is_form(w, Class::That))
    {
        return (Some(outlet), to);
    }
    let to = scene.mention_at(at).map_or(at + 1, |p| p.to);
    (None, to.min(stop))
}

/// Over *on Wednesday*, *in a statement*, *in an interview with Reuters*.
fn adjuncts(scene: &Scene<'_>, from: usize, outlet: &mut Option<Told>) -> usize {
    let mut at = from;
    loop {
        if scene.is_time(at) {
            at += 1;
            continue;
        }
        if !scene.is_form(at, Class::Adjunct) {
            return at;
        }
        let timed = (at + 1..at + 4)
            .take_while(|&w| w < scene.len())
            .find(|&w| scene.is_time(w));
        let setting = (at + 1..at + 6)
            .take_while(|&w| w < scene.len() && !scene.is_punct(w))
            .find(|&w| scene.is(w, Class::Setting));
        match (timed, setting) {
            (Some(time), _) => at = time + 1,
            (None, Some(setting)) => {
                at = setting + 1;
                if scene.is_form(at, Class::Prepositions) {
                    let end = (at + 6).min(scene.len());
                    if let Some((found, _, to)) = told(scene, at, end) {
                        outlet.get_or_insert(found);
                        at = to;
                    } else if let Some(p) = (at..at + 3).find_map(|w| scene.mention_at(w)) {
                        at = p.to;
                    }
                }
            }
            (None, None) => return at,
        }
    }
}
