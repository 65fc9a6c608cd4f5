//! How a passage holds a fact: negation, modality, condition, talk and plan around its trigger.
//! *The sale would go ahead {only if the court agrees}*: conditional, and on what.

use std::ops::Range;

use super::frames::span_of;
use super::pack::{Cue, EXACTLY, TriggerKind};
use crate::read::Surface;
use crate::reading::Status;
use crate::words::{Pos, Sentence, Tense, Word};
use madar_text::{Clitics, Lang, Span};

/// The status that the words around the trigger give, the strongest first (what is denied under a
/// condition is denied), and the condition.
pub(crate) fn status(
    surface: &Surface<'_>,
    sentence: &Sentence,
    trigger: &Range<usize>,
    kind: TriggerKind,
) -> (Status, Option<Span>) {
    let bounds = clause_bounds(surface, sentence, trigger);
    let mut found: Vec<Status> = Vec::new();
    let mut condition = None;
    for cue in surface.kit.facts.cues(sentence.lang) {
        if cue.nouns && kind != TriggerKind::Noun {
            continue;
        }
        let len = cue.words.len();
        // What a Russian verb tells as past hangs on no condition.
        let past = sentence.words[trigger.start].tense == Some(Tense::Past);
        if cue.clause && sentence.lang == Lang::Ru && past {
            continue;
        }
        if cue.clause {
            let held = conditions(surface, sentence, cue, trigger);
            if let Some(held) = held {
                found.push(cue.status);
                condition = condition.or(held);
            }
            continue;
        }
        let mut area = if cue.after {
            trigger.end..(trigger.end + cue.near + len).min(bounds.end)
        } else {
            let reach = trigger.start.saturating_sub(cue.near + len);
            reach.max(bounds.start)..trigger.start
        };
        if area.any(|at| stands(sentence, cue, at) && at + len <= limit(cue, trigger, &bounds)) {
            found.push(cue.status);
        }
    }
    let trigger_word = &sentence.words[trigger.start];
    // Arabic سـ and the Russian future say that it is still to come.
    if trigger_word.clitics.has(Clitics::FUTURE) || trigger_word.tense == Some(Tense::Future) {
        found.push(Status::Planned);
    }
    const STRENGTH: [Status; 7] = [
        Status::Denied,
        // Talks stand right before the deal; a condition may stand anywhere in the sentence.
        Status::Negotiated,
        Status::Conditional,
        Status::Proposed,
        Status::Planned,
        Status::Alleged,
        Status::Ended,
    ];
    let strongest = STRENGTH.into_iter().find(|s| found.contains(s));
    (strongest.unwrap_or(Status::Asserted), condition)
}

fn limit(cue: &Cue, trigger: &Range<usize>, bounds: &Range<usize>) -> usize {
    if cue.after { bounds.end } else { trigger.start }
}

fn is(word: &Word, cue: &str) -> bool {
    match cue.strip_prefix(EXACTLY) {
        Some(form) => word.fold == form,
        None => word.lemma == cue || word.fold == cue,
    }
}

/// Words before a cue among which one takes its meaning: *{asked} her if*.
const REACH_OF_VOID: usize = 3;

/// Whether the cue begins at `at` and no word beside it takes its meaning.
fn stands(sentence: &Sentence, cue: &Cue, at: usize) -> bool {
    let words = &sentence.words;
    let Some(own) = words.get(at..at + cue.words.len()) else {
        return false;
    };
    // *not {only}*, *not the {first}*
    let next: Vec<&Word> = words.iter().skip(at + cue.words.len()).take(2).collect();
    let before = &words[at.saturating_sub(REACH_OF_VOID)..at];
    let has = |list: &[String], word: &Word| list.iter().any(|w| is(word, w));
    cue.words.iter().zip(own).all(|(cue, word)| is(word, cue))
        && !next.iter().any(|w| has(&cue.not_before, w))
        && !before.iter().any(|w| has(&cue.not_behind, w))
}

/// Whether the fact hangs on a condition that the cue opens: outside the condition with no other
/// clause between, then with the words of the condition; or inside it.
fn conditions(
    surface: &Surface<'_>,
    sentence: &Sentence,
    cue: &Cue,
    trigger: &Range<usize>,
) -> Option<Option<Span>> {
    let words = &sentence.words;
    let at = (0..words.len()).find(|&at| stands(sentence, cue, at))?;
    let mark = |at: &usize| matches!(words[*at].fold.as_str(), "," | "،" | ";" | "؛" | "—");
    let end = (at..words.len()).find(mark).unwrap_or(words.len());
    let end = (at + 1..end)
        .rev()
        .find(|&i| words[i].pos != Pos::Punct)
        .map_or(end, |last| last + 1);
    let opens = at..end;
    let barred = |gap: Range<usize>| {
        let mut gap = gap.filter(|i| !(at..at + cue.words.len()).contains(i));
        gap.any(|i| {
            let word = &words[i];
            matches!(word.fold.as_str(), ";" | "؛" | ":")
                || surface.kit.facts.breaks(sentence.lang, &word.fold)
        })
    };
    if opens.contains(&trigger.start) {
        return (!barred(at..trigger.start)).then_some(None);
    }
    let gap = if trigger.start < at {
        trigger.end..at
    } else {
        opens.end..trigger.start
    };
    (!barred(gap)).then(|| Some(span_of(sentence, &opens)))
}

/// The clause of the trigger: between marks and breaking words; in English a verb with a tense of
/// its own behind *and* begins anew (*did not sign and {met} X*).
fn clause_bounds(
    surface: &Surface<'_>,
    sentence: &Sentence,
    trigger: &Range<usize>,
) -> Range<usize> {
    let facts = &surface.kit.facts;
    let words = &sentence.words;
    let finite = words[trigger.start].tense.is_some()
        && trigger
            .start
            .checked_sub(1)
            .is_some_and(|i| !facts.is_helper(sentence.lang, &words[i].fold));
    let ends = |at: &usize| {
        let word = &words[*at];
        matches!(word.fold.as_str(), "," | "،" | ";" | "؛" | ":" | "—")
            || facts.breaks(sentence.lang, &word.fold)
            || sentence.lang == Lang::En && finite && *at < trigger.start && word.fold == "and"
    };
    let from = (0..trigger.start).rev().find(ends).map_or(0, |at| at + 1);
    let to = (trigger.end..words.len()).find(ends).unwrap_or(words.len());
    from..to
}
