//! How a passage holds a fact: negation, modality, condition, talk and plan around its trigger.
//! *The sale would go ahead {only if the court agrees}*: conditional, and on what.

use std::ops::Range;

use super::frames::{in_name, span_of};
use super::pack::{Cue, EXACTLY, TriggerKind};
use crate::read::Surface;
use crate::reading::{FactKind, Status};
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
    let facts = &surface.kit.facts;
    let trigger = &without_helpers(surface, sentence, trigger);
    let bounds = clause_bounds(surface, sentence, trigger);
    let mut found: Vec<Status> = Vec::new();
    let mut condition = None;
    let mut except = false;
    // What a Russian verb tells as past hangs on no condition.
    let past = sentence.words[trigger.start].tense == Some(Tense::Past);
    let by_letter = kind == TriggerKind::Noun && is_by_letter(surface, sentence, trigger.start);
    let hangs = !(past && sentence.lang == Lang::Ru);
    for (at, word) in sentence.words.iter().enumerate() {
        for cue in facts.cues_at(sentence.lang, word) {
            if cue.nouns && kind != TriggerKind::Noun {
                continue;
            }
            if cue.question {
                if asks(surface, sentence, cue, at, trigger) {
                    found.push(cue.status);
                }
            } else if cue.clause {
                let held = conditions(surface, sentence, cue, at, trigger).filter(|_| hangs);
                if let Some(held) = held {
                    // *will not sell if the court does {not} agree*: it may; and it may agree
                    let unless = held.is_none_or(|own| is_negated(surface, sentence, own));
                    except |= cue.except || unless;
                    found.push(cue.status);
                    condition = condition.or(held);
                }
            } else if cue.content {
                if is_content(surface, sentence, cue, at, trigger) && stands(sentence, cue, at) {
                    found.push(cue.status);
                }
            } else if is_near(surface, sentence, cue, at, trigger, &bounds)
                && holds(sentence, cue, at, trigger)
                && !(cue.status == Status::Denied && by_letter)
                && turns(&sentence.words, cue, trigger.end)
            {
                let until = cue.status == Status::Denied && is_until(sentence, bounds.start, at);
                found.push(if until {
                    Status::Conditional
                } else {
                    cue.status
                });
            }
        }
    }
    let trigger_word = &sentence.words[trigger.start];
    // Arabic سـ and the Russian future say that it is still to come.
    if trigger_word.clitics.has(Clitics::FUTURE) || trigger_word.tense == Some(Tense::Future) {
        found.push(Status::Planned);
    }
    (strongest(&found, except), condition)
}

/// *rejected the findings {in a letter} to the council*: by what it is done, which is not what is rejected.
pub(super) fn is_by_letter(surface: &Surface<'_>, sentence: &Sentence, trigger: usize) -> bool {
    let facts = &surface.kit.facts;
    let (lang, words) = (sentence.lang, &sentence.words);
    let tells = facts.is_noun_of(FactKind::Communication, lang, &words[trigger]);
    let small = |word: &&Word| {
        matches!(
            word.fold.as_str(),
            "a" | "an" | "the" | "his" | "her" | "its" | "their"
        ) || word.pos == Pos::Adjective
    };
    let before = words[..trigger].iter().rev().find(|word| !small(word));
    let by = before.is_some_and(|word| {
        matches!(
            word.fold.as_str(),
            "in" | "by" | "via" | "в" | "через" | "في" | "عبر"
        )
    });
    tells && (by || words[trigger].clitics.preposition() == Some("ب"))
}

/// Words of a question before the verb of what it asks.
pub(super) const REACH_OF_QUESTION: usize = 16;

/// Whether the trigger stands in the question that the cue at `at` opens: *it is unclear {whether} X paid*.
fn asks(
    surface: &Surface<'_>,
    sentence: &Sentence,
    cue: &Cue,
    at: usize,
    trigger: &Range<usize>,
) -> bool {
    let end = at + cue.words.len();
    if trigger.start < end || trigger.start - end > REACH_OF_QUESTION || !stands(sentence, cue, at)
    {
        return false;
    }
    let parted = |word: &Word| {
        matches!(word.fold.as_str(), ";" | "؛" | ":")
            || surface.kit.facts.breaks(sentence.lang, &word.fold)
    };
    let before = &sentence.words[at.saturating_sub(REACH_OF_VOID)..at];
    let led = before.iter().any(|w| cue.behind.iter().any(|b| is(w, b)));
    (cue.behind.is_empty() || led) && !sentence.words[end..trigger.start].iter().any(parted)
}

/// *, {пока} Пхеньян {не} разоружится*: until it does; but *Минфин пока не ввёл санкции*.
fn is_until(sentence: &Sentence, from: usize, at: usize) -> bool {
    let words = &sentence.words;
    let opens = |i: usize| words[i].fold == "пока" && (i == 0 || words[i - 1].fold == ",");
    sentence.lang == Lang::Ru && words[at].fold == "не" && (from.saturating_sub(1)..at).any(opens)
}

/// The trigger from its verb on: what stands before *{to} fine*, *{could} fine* holds it.
fn without_helpers(
    surface: &Surface<'_>,
    sentence: &Sentence,
    trigger: &Range<usize>,
) -> Range<usize> {
    let facts = &surface.kit.facts;
    let helps = |word: &Word| word.fold == "to" || facts.is_helper(sentence.lang, &word.fold);
    let own = &sentence.words[trigger.clone()];
    let helpers = own.iter().take_while(|w| helps(w)).count();
    trigger.start + helpers.min(own.len() - 1)..trigger.end
}

/// Whether a word of negation stands in a condition.
fn is_negated(surface: &Surface<'_>, sentence: &Sentence, condition: Span) -> bool {
    let negates = |word: &Word| {
        let mut cues = surface.kit.facts.cues_at(sentence.lang, word);
        cues.any(|cue| cue.status == Status::Denied && cue.words.len() == 1 && !cue.after)
    };
    let inside = |word: &&Word| condition.contains(word.span);
    sentence.words.iter().filter(inside).any(negates)
}

/// The strongest of what was found: what is denied under a condition is denied, but for a condition that lifts it (*will
/// not sell {unless}*: it may).
pub(super) fn strongest(found: &[Status], except: bool) -> Status {
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
    let held = STRENGTH
        .into_iter()
        .find(|s| found.contains(s) && !(except && *s == Status::Denied));
    held.unwrap_or(Status::Asserted)
}

/// *The plan {failed}*, *решение {привело}*: what a verb tells in its own tense is held by no plan, wish
/// or offer before it; those lead to infinitives.
fn told_already(sentence: &Sentence, trigger: &Range<usize>, status: Status, cue: &Word) -> bool {
    let word = &sentence.words[trigger.start];
    let leads = matches!(
        status,
        Status::Planned | Status::Proposed | Status::Negotiated
    );
    let own = match sentence.lang {
        Lang::En => {
            let before = trigger.start.checked_sub(1).map(|i| &sentence.words[i]);
            let helped = before.is_some_and(|w| w.pos != Pos::Punct && is_helping(w));
            word.tense.is_some() && !word.plural && !helped
        }
        Lang::Ru => {
            let finite = word.pos == Pos::Verb && word.tense.is_some();
            finite && matches!(cue.pos, Pos::Verb | Pos::Noun | Pos::Adjective)
        }
        _ => false,
    };
    leads && own
}

/// Forms of *be* and *have*, adverbs behind them, *to*: the participle behind it tells no tense of its own.
fn is_helping(word: &Word) -> bool {
    let fold = word.fold.as_str();
    let forms = [
        "be", "been", "being", "is", "are", "was", "were", "has", "have", "had", "having", "not",
        "to",
    ];
    forms.contains(&fold) || fold.ends_with("ly") || fold.ends_with("ing")
}

fn is_and(word: &Word) -> bool {
    matches!(word.fold.as_str(), "and" | "but")
}

/// Whether a cue at `at` stands on its side of the trigger, near enough and in its clause. Names are as long as they are:
/// *продажа «Халден Групп» компании «Судател» {не состоялась}*.
fn is_near(
    surface: &Surface<'_>,
    sentence: &Sentence,
    cue: &Cue,
    at: usize,
    trigger: &Range<usize>,
    bounds: &Range<usize>,
) -> bool {
    let end = at + cue.words.len();
    let gap = if cue.after {
        trigger.end..at
    } else {
        end..trigger.start
    };
    if at < bounds.start || end > bounds.end || gap.start > gap.end {
        return false;
    }
    let reach = cue.near + if cue.after { cue.words.len() - 1 } else { 0 };
    gap.len() <= reach
        || cue.near > 0 && {
            let counts = |at: &usize| {
                let word = &sentence.words[*at];
                word.pos != Pos::Punct && !in_name(surface, sentence, &(*at..at + 1))
            };
            gap.filter(counts).count() <= reach
        }
}

/// Words between what holds a clause and the word that opens it: *no evidence {has been found} that*.
const REACH_OF_CONTENT: usize = 4;

/// Whether the trigger stands in the clause that the cue at `at` holds: *{no evidence} that X paid*.
pub(crate) fn is_content(
    surface: &Surface<'_>,
    sentence: &Sentence,
    cue: &Cue,
    at: usize,
    trigger: &Range<usize>,
) -> bool {
    let (words, lang) = (&sentence.words, sentence.lang);
    let facts = &surface.kit.facts;
    if cue.after {
        return at >= trigger.end && is_content_before(surface, sentence, cue, at, trigger);
    }
    let end = at + cue.words.len();
    let behind = end..(end + REACH_OF_CONTENT + 1).min(trigger.start);
    let Some(opens) = behind
        .into_iter()
        .find(|&i| facts.opens_content(lang, &words[i].fold))
    else {
        return false;
    };
    let parted = |word: &Word| {
        let mark = matches!(word.fold.as_str(), "," | "،" | ";" | "؛" | ":");
        mark || facts.breaks(lang, &word.fold)
    };
    !words[opens + 1..trigger.start].iter().any(parted)
}

/// *{Reports} that X paid Y {are false}*, *сообщения о том, что …, не соответствуют действительности*: a noun of those that
/// the cue asks for leads to the clause of the trigger, and the cue at `at` ends the sentence's say on it.
fn is_content_before(
    surface: &Surface<'_>,
    sentence: &Sentence,
    cue: &Cue,
    at: usize,
    trigger: &Range<usize>,
) -> bool {
    let words = &sentence.words;
    let opens = |i: &usize| {
        let facts = &surface.kit.facts;
        facts.opens_content(sentence.lang, &words[*i].fold)
    };
    let from = trigger.start.saturating_sub(REACH_OF_QUESTION);
    let Some(that) = (from..trigger.start).rev().find(opens) else {
        return false;
    };
    let before = &words[that.saturating_sub(REACH_OF_CONTENT)..that];
    let led = before.iter().any(|w| cue.behind.iter().any(|b| is(w, b)));
    led && !(trigger.end..at).any(|i| opens(&i))
}

/// Whether what stands behind the trigger, which ends at `from`, lets the cue hold it.
pub(super) fn turns(words: &[Word], cue: &Cue, from: usize) -> bool {
    let says = |at: usize, phrase: &[String]| {
        let own = words.get(at..at + phrase.len());
        own.is_some_and(|own| own.iter().zip(phrase).all(|(w, key)| w.fold == *key))
    };
    let turn = |at: usize| cue.but.iter().any(|phrase| says(at, phrase));
    let void = |at: usize| cue.void.contains(&words[at].fold);
    let mut behind = from..words.len();
    (cue.but.is_empty() || behind.clone().any(turn)) && !behind.any(void)
}

fn holds(sentence: &Sentence, cue: &Cue, at: usize, trigger: &Range<usize>) -> bool {
    let word = &sentence.words[at];
    // *The licence {expires} in May*: it has not ended yet.
    let to_come =
        cue.status == Status::Ended && matches!(word.tense, Some(Tense::Present | Tense::Future));
    // *called on the ministry {to cancel} it*: nobody has cancelled it
    let asked = cue.after
        && sentence.lang == Lang::En
        && at
            .checked_sub(1)
            .is_some_and(|i| sentence.words[i].fold == "to");
    let told = !cue.after && told_already(sentence, trigger, cue.status, word);
    !to_come && !told && !asked && stands(sentence, cue, at)
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
    if !cue.words.iter().zip(own).all(|(cue, word)| is(word, cue)) {
        return false;
    }
    // *not {only}*, *not the {first}*, *не стал {исключать}*
    let mut next = words.iter().skip(at + cue.words.len());
    let first = next.next();
    let article = |w: &Word| matches!(w.fold.as_str(), "the" | "a" | "an");
    let second = next.next();
    let second = second.filter(|_| sentence.lang != Lang::En || first.is_some_and(article));
    let next: Vec<&Word> = first.into_iter().chain(second).collect();
    let before = &words[at.saturating_sub(REACH_OF_VOID)..at];
    let has = |list: &[String], word: &Word| list.iter().any(|w| is(word, w));
    // *Theresa {May}*, *Will Smith*: a capital inside a sentence makes a name of the word.
    let name = at > 0 && own[0].capital && !own[0].all_capitals;
    !name
        && !next.iter().any(|w| has(&cue.not_before, w))
        && !before.iter().any(|w| has(&cue.not_behind, w))
}

/// Whether the fact hangs on a condition that the cue at `at` opens: outside the condition with no other
/// clause between, then with the words of the condition; or inside it.
fn conditions(
    surface: &Surface<'_>,
    sentence: &Sentence,
    cue: &Cue,
    at: usize,
    trigger: &Range<usize>,
) -> Option<Option<Span>> {
    let words = &sentence.words;
    if !stands(sentence, cue, at) {
        return None;
    }
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
    // Where the helpers of the verb begin: *did not sign and {will} meet*.
    let helps = |i: &usize| facts.is_helper(sentence.lang, &words[*i].fold);
    let group = (0..trigger.start).rev().take_while(helps).last();
    let finite = words[trigger.start].tense.is_some() && group.is_none()
        || group.is_some_and(|group| group > 0 && is_and(&words[group - 1]));
    let joint = group.unwrap_or(trigger.start);
    let ends = |at: &usize| {
        let word = &words[*at];
        matches!(word.fold.as_str(), "," | "،" | ";" | "؛" | ":" | "—")
            || facts.breaks(sentence.lang, &word.fold)
            || sentence.lang == Lang::En && finite && *at < joint && is_and(word)
    };
    let from = (0..trigger.start).rev().find(ends).map_or(0, |at| at + 1);
    let to = (trigger.end..words.len()).find(ends).unwrap_or(words.len());
    from..to
}
