//! How a passage holds a fact: negation, modality, condition, talk and plan around its trigger.

use std::ops::Range;

use crate::read::Surface;
use crate::reading::Status;
use crate::words::{Sentence, Tense, Word};
use madar_text::Clitics;

/// The status that the words around the trigger give, the strongest first: what is denied under a
/// condition is denied.
pub(crate) fn status(surface: &Surface<'_>, sentence: &Sentence, trigger: &Range<usize>) -> Status {
    let bounds = clause_bounds(surface, sentence, trigger);
    let mut found: Vec<Status> = Vec::new();
    for cue in surface.kit.facts.cues(sentence.lang) {
        let len = cue.words.len();
        let area = if cue.clause {
            0..sentence.words.len()
        } else if cue.after {
            trigger.end..(trigger.end + cue.near + len).min(bounds.end)
        } else {
            trigger
                .start
                .saturating_sub(cue.near + len)
                .max(bounds.start)..trigger.start
        };
        let hit = area.clone().any(|at| {
            at + len <= area.end
                && cue
                    .words
                    .iter()
                    .zip(&sentence.words[at..])
                    .all(|(cue, word)| is(word, cue))
        });
        if hit {
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
    STRENGTH
        .into_iter()
        .find(|s| found.contains(s))
        .unwrap_or(Status::Asserted)
}

fn is(word: &Word, cue: &str) -> bool {
    word.lemma == cue || word.fold == cue
}

/// The clause of the trigger: between marks and breaking words.
fn clause_bounds(
    surface: &Surface<'_>,
    sentence: &Sentence,
    trigger: &Range<usize>,
) -> Range<usize> {
    let facts = &surface.kit.facts;
    let ends = |at: &usize| {
        let word = &sentence.words[*at];
        matches!(word.fold.as_str(), "," | "،" | ";" | "؛" | ":" | "—")
            || facts.breaks(sentence.lang, &word.fold)
    };
    let from = (0..trigger.start).rev().find(ends).map_or(0, |at| at + 1);
    let to = (trigger.end..sentence.words.len())
        .find(ends)
        .unwrap_or(sentence.words.len());
    from..to
}
