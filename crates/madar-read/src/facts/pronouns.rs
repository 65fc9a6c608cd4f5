//! English pronouns as phrases: *he*, *it*, *they*, *his*, *the two* stand for the nearest referent
//! that is certain enough: the subject of the sentence so far, else that of the sentence before.
//! *{Pompeo} met Ri and said {he} would visit Pyongyang*.

use std::ops::Range;

use madar_text::{Lang, Span, TokenKind};

use super::phrases::Phrase;
use super::russian_pronouns;
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::{Pos, Sentence, Word};

/// The marker of a possessive pronoun: no preposition is written so.
pub(crate) const POSSESSIVE: &str = "'s";

/// What a pronoun may stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    Person,
    Thing,
    Several,
    /// Who stands right before: *{Dmitriev}, whose wife*.
    Whose,
}

/// A pronoun and the mention that it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StandIn {
    pub(crate) span: Span,
    pub(crate) mention: MentionId,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Subject,
    Object,
    Possessive,
}

struct Pronoun {
    words: Range<usize>,
    stands: Stands,
    form: Form,
}

/// Adds the pronouns of a sentence to its phrases. `before` are those of the sentence before it.
pub(crate) fn with_pronouns(
    surface: &Surface<'_>,
    sentence: &Sentence,
    named: Vec<Phrase>,
    before: &[Phrase],
) -> Vec<Phrase> {
    if sentence.lang != Lang::En {
        return named;
    }
    let mut out: Vec<Phrase> = Vec::with_capacity(named.len());
    let mut named = named.into_iter().peekable();
    let mut at = 0;
    while at < sentence.words.len() {
        while let Some(phrase) = named.next_if(|p| p.from <= at) {
            at = at.max(phrase.to);
            out.push(phrase);
        }
        let Some(pronoun) = pronoun(sentence, at).filter(|_| !is_quoted(sentence, at)) else {
            at += 1;
            continue;
        };
        let free = named.peek().is_none_or(|p| p.from >= pronoun.words.end);
        let leads = if free {
            antecedents(surface, sentence, &pronoun, &out, before)
        } else {
            Vec::new()
        };
        for (i, lead) in leads.into_iter().enumerate() {
            out.push(phrase(surface, sentence, &pronoun, lead, i > 0));
        }
        at = pronoun.words.end.max(at + 1);
    }
    out.extend(named);
    out
}

fn phrase(
    surface: &Surface<'_>,
    sentence: &Sentence,
    pronoun: &Pronoun,
    lead: MentionId,
    joined: bool,
) -> Phrase {
    let Range { start, end } = pronoun.words;
    let preposition = start.checked_sub(1).map(|i| &sentence.words[i].fold);
    let preposition = preposition.filter(|w| surface.kit.facts.is_preposition(Lang::En, w));
    let marker = match pronoun.form {
        Form::Possessive => Some(POSSESSIVE.to_owned()),
        Form::Subject if pronoun.stands != Stands::Thing => None,
        _ => preposition.cloned(),
    };
    Phrase {
        from: start,
        to: end,
        span: sentence.words[start].span.to(sentence.words[end - 1].span),
        mentions: Vec::new(),
        lead,
        kind: surface.mentions[lead.at()].kind,
        outer_from: start,
        head_from: start,
        marker,
        cases: crate::words::Cases::default(),
        joined,
        owns: false,
    }
}

fn pronoun(sentence: &Sentence, at: usize) -> Option<Pronoun> {
    let fold = |at: usize| sentence.words.get(at).map_or("", |w| w.fold.as_str());
    let (stands, form, len) = match fold(at) {
        "he" | "she" => (Stands::Person, Form::Subject, 1),
        "him" => (Stands::Person, Form::Object, 1),
        "his" => (Stands::Person, Form::Possessive, 1),
        "her" if ends_phrase(sentence, at + 1) => (Stands::Person, Form::Object, 1),
        "her" => (Stands::Person, Form::Possessive, 1),
        "it" => (Stands::Thing, Form::Subject, 1),
        "whose" => (Stands::Whose, Form::Possessive, 1),
        "its" => (Stands::Thing, Form::Possessive, 1),
        "they" => (Stands::Several, Form::Subject, 1),
        "them" => (Stands::Several, Form::Object, 1),
        "the" if fold(at + 1) == "two" || fold(at + 1) == "pair" => {
            let noun = [
                "men",
                "leaders",
                "sides",
                "companies",
                "women",
                "presidents",
            ];
            let len = if noun.contains(&fold(at + 2)) { 3 } else { 2 };
            let alone = len == 3 || ends_phrase(sentence, at + 2);
            alone.then_some((Stands::Several, Form::Subject, len))?
        }
        "both" if ends_phrase(sentence, at + 1) => (Stands::Several, Form::Subject, 1),
        _ => return None,
    };
    Some(Pronoun {
        words: at..at + len,
        stands,
        form,
    })
}

/// Whether no noun follows: a sign, a preposition, a verb, the end.
fn ends_phrase(sentence: &Sentence, at: usize) -> bool {
    let Some(word) = sentence.words.get(at) else {
        return true;
    };
    let small = [
        "to", "in", "at", "on", "of", "for", "with", "from", "about", "by", "after", "before",
        "that", "and", "have", "had", "has", "were", "are", "will", "would", "also", "as", "when",
        "while",
    ];
    word.kind == TokenKind::Punct
        || small.contains(&word.fold.as_str())
        || matches!(word.pos, Pos::Verb)
}

/// Words of a description among which its possessive stands: *one of {his} holiday homes*.
const REACH_OF_POSSESSIVE: usize = 4;

/// The pronouns among the phrases of a sentence, and those within what its descriptions say: *{his} wife*.
pub(super) fn stand_ins(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Vec<StandIn> {
    let alone = phrases.iter().filter(|p| p.mentions.is_empty());
    let alone = alone.map(|p| StandIn {
        span: p.span,
        mention: p.lead,
    });
    let within = phrases.iter().flat_map(|phrase| {
        let described = phrase.mentions.iter().map(|id| &surface.mentions[id.at()]);
        let described = described.filter(|m| m.form == MentionForm::Description);
        described.filter_map(|shown| owner(surface, sentence, phrase, shown, phrases, before))
    });
    let mut out: Vec<StandIn> = alone.chain(within).collect();
    out.sort_by_key(|s| s.span);
    out.dedup_by_key(|s| s.span);
    out
}

/// Whose a description is by a pronoun within it or before it, and where that stands: *{his} wife*, *{его} зять*.
pub(super) fn owner(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    description: &Mention,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Option<StandIn> {
    match sentence.lang {
        Lang::En => owner_within(surface, sentence, description, phrase.lead, phrases, before),
        Lang::Ru => russian_pronouns::owner(surface, sentence, phrase, phrases, before),
        _ => None,
    }
}

/// Whose a description of `holder` is by a pronoun within it, and where that stands: *{its plant in Oxford}*.
fn owner_within(
    surface: &Surface<'_>,
    sentence: &Sentence,
    description: &Mention,
    holder: MentionId,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Option<StandIn> {
    let words = sentence.within(description.span);
    let near = words.start..words.end.min(words.start + REACH_OF_POSSESSIVE);
    let own = near
        .filter_map(|at| pronoun(sentence, at))
        .find(|p| p.form == Form::Possessive && p.stands != Stands::Whose)?;
    if is_quoted(sentence, own.words.start) {
        return None;
    }
    let so_far = phrases.iter().filter(|p| p.to <= words.start).cloned();
    let so_far: Vec<Phrase> = so_far.collect();
    let found = antecedents(surface, sentence, &own, &so_far, before);
    let &mention = found.first()?;
    (!same(surface, mention, holder)).then(|| StandIn {
        span: sentence.words[own.words.start].span,
        mention,
    })
}

/// Who *he* is inside a quotation is the speaker's to know.
fn is_quoted(sentence: &Sentence, at: usize) -> bool {
    let mut open = false;
    for word in &sentence.words[..at] {
        match word.fold.as_str() {
            "\"" => open = !open,
            "“" => open = true,
            "”" => open = false,
            _ => {}
        }
    }
    open
}

fn antecedents(
    surface: &Surface<'_>,
    sentence: &Sentence,
    pronoun: &Pronoun,
    so_far: &[Phrase],
    before: &[Phrase],
) -> Vec<MentionId> {
    match pronoun.stands {
        Stands::Whose => {
            let near = |p: &&Phrase| pronoun.words.start - p.to <= 1;
            so_far
                .last()
                .filter(near)
                .map(|p| p.lead)
                .into_iter()
                .collect()
        }
        Stands::Several => several(surface, pronoun, so_far, before),
        stands => one(surface, sentence, pronoun, stands, so_far, before)
            .into_iter()
            .collect(),
    }
}

fn fits(stands: Stands, phrase: &Phrase) -> bool {
    match stands {
        Stands::Person => phrase.kind == EntityKind::Person,
        Stands::Thing => phrase.kind.is_body() || phrase.kind == EntityKind::Asset,
        Stands::Several | Stands::Whose => phrase.kind.is_actor(),
    }
}

/// The subject of this sentence so far, else the subject of the one before; or whoever is the only
/// one that fits.
fn one(
    surface: &Surface<'_>,
    sentence: &Sentence,
    pronoun: &Pronoun,
    stands: Stands,
    so_far: &[Phrase],
    before: &[Phrase],
) -> Option<MentionId> {
    // *Jones and {his} wife*: who stands right before.
    if pronoun.form == Form::Possessive
        && let Some(last) = so_far.last()
        && last.to + 1 == pronoun.words.start
        && is_and(&sentence.words[last.to])
    {
        return fits(stands, last).then_some(last.lead);
    }
    // Whom one meets is another: the subject of the clause is not its object.
    let own = so_far
        .iter()
        .find(|p| fits(stands, p) && p.marker.is_none())
        .filter(|_| pronoun.form == Form::Object);
    let not_own = |p: &&Phrase| own.is_none_or(|own| !same(surface, own.lead, p.lead));
    let here = so_far.iter().filter(|p| fits(stands, p)).filter(not_own);
    chosen(surface, here).or_else(|| {
        let earlier = before.iter().filter(|p| fits(stands, p)).filter(not_own);
        let any_here = so_far.iter().any(|p| fits(stands, p) && not_own(&p));
        let earlier: Vec<&Phrase> = earlier.collect();
        // *X met Y. {His} father …*: the father of either.
        let sure = pronoun.form != Form::Possessive
            || earlier
                .iter()
                .all(|p| same(surface, p.lead, earlier[0].lead));
        chosen(surface, earlier.into_iter()).filter(|_| !any_here && sure)
    })
}

/// The only one, or the first that stands bare.
fn chosen<'a>(
    surface: &Surface<'_>,
    phrases: impl Iterator<Item = &'a Phrase>,
) -> Option<MentionId> {
    let all: Vec<&Phrase> = phrases.collect();
    let first = all.first()?;
    if all.iter().all(|p| same(surface, p.lead, first.lead)) {
        return Some(first.lead);
    }
    first.marker.is_none().then_some(first.lead)
}

fn same(surface: &Surface<'_>, a: MentionId, b: MentionId) -> bool {
    surface.referents.of[a.at()] == surface.referents.of[b.at()]
}

fn is_and(word: &Word) -> bool {
    word.fold == "and"
}

/// A group, or exactly two who were spoken of.
fn several(
    surface: &Surface<'_>,
    pronoun: &Pronoun,
    so_far: &[Phrase],
    before: &[Phrase],
) -> Vec<MentionId> {
    let distinct = |phrases: &[Phrase]| {
        let mut leads: Vec<MentionId> = Vec::new();
        for phrase in phrases.iter().filter(|p| p.kind == EntityKind::Person) {
            if !leads.iter().any(|&lead| same(surface, lead, phrase.lead)) {
                leads.push(phrase.lead);
            }
        }
        leads
    };
    if pronoun.form == Form::Possessive {
        return Vec::new();
    }
    for phrases in [so_far, before] {
        let people = distinct(phrases);
        if people.len() == 2 {
            return people;
        }
        if !people.is_empty() {
            return Vec::new();
        }
        let group = phrases.iter().find(|p| p.kind == EntityKind::Group);
        if let Some(group) = group {
            return vec![group.lead];
        }
    }
    Vec::new()
}
