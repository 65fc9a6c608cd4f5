//! Russian posts and kinships that are said of somebody: *Карим Хаддад стал {директором порта}*, *{главой
//! банка} назначен Павел Орлов*. The description stands in the instrumental beside a verb that carries it.

use std::ops::Range;

use madar_text::{Lang, Span};

use super::arabic::Subject;
use super::arguments::Site;
use super::pack::{Kinds, Place, TriggerKind};
use super::phrases::Phrase;
use super::{clause, relations, status};
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, MentionForm, Status};
use crate::words::{Cases, Pos, Sentence, Tense};

/// Words between the verb and its predicate.
const REACH: usize = 6;

pub(super) fn facts(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase]) -> Vec<Fact> {
    if sentence.lang != Lang::Ru {
        return Vec::new();
    }
    let described = (0..phrases.len()).filter(|&at| {
        let lead = &surface.mentions[phrases[at].lead.at()];
        lead.form == MentionForm::Description
            && lead.kind == EntityKind::Person
            && !phrases[at].mentions.is_empty()
            && is_predicate(sentence, &phrases[at])
    });
    described
        .filter_map(|at| fact(surface, sentence, phrases, at))
        .collect()
}

/// In the instrumental, or in the genitive of *a post*: на должность директора.
fn is_predicate(sentence: &Sentence, phrase: &Phrase) -> bool {
    let only = phrase.cases.may_be(Cases::INS) && !phrase.cases.may_be(Cases::NOM);
    let before = phrase
        .from
        .checked_sub(1)
        .map(|at| &sentence.words[at].lemma);
    let post = before.is_some_and(|w| matches!(w.as_str(), "пост" | "должность" | "место"));
    only && phrase.marker.is_none() || post && phrase.cases.may_be(Cases::GEN)
}

fn fact(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase], at: usize) -> Option<Fact> {
    let phrase = &phrases[at];
    let verb = verb(surface, sentence, phrase)?;
    let word = &sentence.words[verb];
    let facts = &surface.kit.facts;
    let place = if facts.names_to_post(Lang::Ru, word) {
        Place::Object
    } else {
        Place::Subject
    };
    let trigger = verb..verb + 1;
    let site = Site {
        surface,
        sentence,
        phrases,
        trigger: trigger.clone(),
        kind: TriggerKind::Verb,
        layout: None,
        subject_reading: Subject::Own,
        pronoun: false,
        within: &[],
    };
    let people = Kinds::parse("person").expect("the word is known");
    let holder = site.find(&place, people, &[at])?;
    let named = surface.mentions[phrases[holder].lead.at()].form != MentionForm::Description;
    let own =
        surface.referents.of[phrase.lead.at()] == surface.referents.of[phrases[holder].lead.at()];
    if !named || own && !phrases[holder].mentions.is_empty() {
        return None;
    }
    let told = Phrase {
        span: clause(sentence, phrase.span.to(phrases[holder].span).to(word.span)),
        ..phrases[holder].clone()
    };
    let mut fact = relations::fact(surface, sentence, &told, phrase.lead, phrases, &[])?;
    if fact.status == Status::Asserted {
        (fact.status, fact.condition) = held(surface, sentence, &trigger);
        if fact.status == Status::Asserted && facts.nominates(Lang::Ru, word) {
            fact.status = Status::Proposed;
        }
    }
    Some(fact)
}

/// *был директором* is over, *станет директором* to come.
fn held(surface: &Surface<'_>, sentence: &Sentence, verb: &Range<usize>) -> (Status, Option<Span>) {
    let word = &sentence.words[verb.start];
    let over = matches!(
        word.lemma.as_str(),
        "быть" | "работать" | "служить" | "трудиться"
    );
    match status::status(surface, sentence, verb, TriggerKind::Verb) {
        (Status::Asserted, _) if over && word.tense == Some(Tense::Past) => (Status::Ended, None),
        held => held,
    }
}

/// The verb that carries the predicate: before it in its clause, else right behind it.
fn verb(surface: &Surface<'_>, sentence: &Sentence, phrase: &Phrase) -> Option<usize> {
    let facts = &surface.kit.facts;
    let carries = |at: &usize| {
        let word = &sentence.words[*at];
        matches!(word.pos, Pos::Verb | Pos::Participle)
            && (facts.is_copula(Lang::Ru, word) || facts.names_to_post(Lang::Ru, word))
    };
    let inside = |at: &usize| {
        let word = &sentence.words[*at];
        !matches!(word.fold.as_str(), "," | ";" | ":" | "—") && !facts.breaks(Lang::Ru, &word.fold)
    };
    let before = (phrase.from.saturating_sub(REACH)..phrase.from)
        .rev()
        .take_while(inside);
    let behind = (phrase.to..(phrase.to + REACH).min(sentence.words.len())).take_while(inside);
    before
        .clone()
        .find(carries)
        .or_else(|| behind.clone().find(carries))
}
