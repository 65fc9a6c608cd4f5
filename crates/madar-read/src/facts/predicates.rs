//! Posts and kinships that a verb says of somebody. Russian: *Карим Хаддад стал {директором порта}*, *{главой
//! банка} назначен Павел Орлов*, the description in the instrumental beside the verb that carries it. Arabic: شغل كريم حداد
//! منصب {وزير المالية}, the description behind the word for a post.

use std::ops::Range;

use madar_text::{Lang, Span};

use super::arabic::Layout;
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
    match sentence.lang {
        Lang::Ru => russian(surface, sentence, phrases),
        Lang::Ar => arabic(surface, sentence, phrases),
        _ => Vec::new(),
    }
}

fn russian(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase]) -> Vec<Fact> {
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

/// Words between a verb and the word for a post: شغل {كريم حداد} منصب.
const REACH_OF_POST: usize = 7;

/// شغل كريم حداد {منصب} {وزير المالية}: the posts that verbs before their words give to somebody.
fn arabic(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase]) -> Vec<Fact> {
    phrases
        .iter()
        .filter(|phrase| relations::is_post_itself(surface, sentence, phrase))
        .filter_map(|phrase| held_post(surface, sentence, phrases, phrase))
        .collect()
}

fn held_post(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrases: &[Phrase],
    phrase: &Phrase,
) -> Option<Fact> {
    let [id] = phrase.mentions[..] else {
        return None;
    };
    let facts = &surface.kit.facts;
    let is_verb = |at: &usize| {
        let known = facts.arabic_verb(&sentence.words[*at].fold).is_some();
        known && !phrases.iter().any(|p| (p.from..p.to).contains(at))
    };
    let from = phrase.from.saturating_sub(REACH_OF_POST);
    let verb = (from..phrase.from).rev().find(is_verb)?;
    let layout = Layout::new(surface, sentence, phrases, None, &[]);
    let site = |trigger| Site::at(surface, sentence, phrases, Some(&layout), trigger);
    let people = Kinds::parse("person").expect("the word is known");
    let holder = site((verb..verb + 1, TriggerKind::Verb)).find(&Place::Subject, people, &[])?;
    let holder = &phrases[holder];
    if surface.mentions[holder.lead.at()].form == MentionForm::Description {
        return None;
    }
    let told = Phrase {
        span: holder.span.to(phrase.span),
        ..holder.clone()
    };
    let mut fact = relations::fact(surface, sentence, &told, id, phrases, &[])?;
    if fact.status == Status::Asserted {
        let word = phrase.from - 1;
        let left = facts.leaves_post(Lang::Ar, &sentence.words[verb]);
        fact.status = match site((word..word + 1, TriggerKind::Noun)).arabic_status() {
            Status::Asserted if left => Status::Ended,
            held => held,
        };
    }
    Some(fact)
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
    let site = Site::at(
        surface,
        sentence,
        phrases,
        None,
        (trigger.clone(), TriggerKind::Verb),
    );
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
