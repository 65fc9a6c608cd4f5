//! Russian pronouns as phrases: *он*, *ее*, *ему* stand for the one person of that sex who was named in
//! the sentence so far, else in the sentence before; *его зять*, *свою жену* for whose kin it is.

use madar_text::Lang;

use super::phrases::Phrase;
use super::pronouns::StandIn;
use crate::MentionId;
use crate::read::Surface;
use crate::reading::EntityKind;
use crate::words::{Cases, Pos, Sentence, Tense, Word};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sex {
    Man,
    Woman,
}

/// Adds the personal pronouns of a Russian sentence to its phrases. `before` are those of the sentence
/// before it.
pub(super) fn with_pronouns(
    surface: &Surface<'_>,
    sentence: &Sentence,
    named: Vec<Phrase>,
    before: &[Phrase],
) -> Vec<Phrase> {
    if sentence.lang != Lang::Ru {
        return named;
    }
    let mut out: Vec<Phrase> = Vec::with_capacity(named.len());
    let mut named = named.into_iter().peekable();
    for at in 0..sentence.words.len() {
        while let Some(phrase) = named.next_if(|p| p.from <= at) {
            out.push(phrase);
        }
        let free = out.last().is_none_or(|p| p.to <= at);
        let Some(sex) = sex(&sentence.words[at]).filter(|_| free) else {
            continue;
        };
        if is_possessive(sentence, at) || is_quoted(sentence, at) {
            continue;
        }
        let cases = sentence.words[at].cases;
        if let Some(lead) = antecedent(surface, sentence, sex, cases, &out, before) {
            out.push(Phrase::of_word(surface, sentence, at, lead));
        }
    }
    out.extend(named);
    out
}

fn sex(word: &Word) -> Option<Sex> {
    match word.fold.as_str() {
        "он" | "его" | "ему" | "него" | "нему" | "нем" => Some(Sex::Man),
        // *им* and *ним* may be several people.
        "она" | "ее" | "ей" | "нее" | "ней" | "нею" => Some(Sex::Woman),
        _ => None,
    }
}

/// *его зять*: a noun or its adjective follows.
fn is_possessive(sentence: &Sentence, at: usize) -> bool {
    let own = matches!(sentence.words[at].fold.as_str(), "его" | "ее");
    let next = sentence.words.get(at + 1);
    own && next.is_some_and(|w| matches!(w.pos, Pos::Noun | Pos::Adjective | Pos::Name))
}

/// Who *он* is inside a quotation is the speaker's to know.
fn is_quoted(sentence: &Sentence, at: usize) -> bool {
    let words = &sentence.words[..at];
    let count = |signs: &[&str]| {
        words
            .iter()
            .filter(|w| signs.contains(&w.fold.as_str()))
            .count()
    };
    count(&["«", "“", "„"]) > count(&["»", "”"]) || count(&["\""]) % 2 == 1
}

fn same(surface: &Surface<'_>, a: MentionId, b: MentionId) -> bool {
    surface.referents.of[a.at()] == surface.referents.of[b.at()]
}

/// Whether a person may be of this sex, by the given name.
fn fits(surface: &Surface<'_>, phrase: &Phrase, sex: Sex) -> bool {
    if phrase.kind != EntityKind::Person {
        return false;
    }
    let referent = &surface.referents.of[phrase.lead.at()];
    let list = &surface.referents.list;
    let full = list.get(referent.at()).map_or("", |r| r.name.as_str());
    let own = surface.mentions[phrase.lead.at()].name.as_str();
    let name = if full.is_empty() { own } else { full };
    let given = name.split_whitespace().next().unwrap_or_default();
    match surface.kit.russian.gender(given) {
        Some("Masc") => sex == Sex::Man,
        Some("Fem") => sex == Sex::Woman,
        _ => true,
    }
}

/// Words between somebody and the verb: *пресс-секретарь {Альтмана} сообщила*.
const REACH_OF_VERB: usize = 3;

/// The sex that the past tense behind who does it tells: *пресс-секретарь {сообщила}*.
fn told_of(sentence: &Sentence, phrase: &Phrase) -> Option<Sex> {
    let behind = sentence.words[phrase.to..].iter().take(REACH_OF_VERB + 1);
    let mut behind = behind.take_while(|w| w.pos != Pos::Punct);
    let verb = behind.find(|w| w.pos == Pos::Verb)?;
    if verb.tense != Some(Tense::Past) || verb.plural || !is_nominative(phrase) {
        return None;
    }
    let ends = |ends: [&str; 2]| ends.iter().any(|end| verb.fold.ends_with(end));
    let woman = ends(["ла", "лась"]).then_some(Sex::Woman);
    woman.or_else(|| ends(["л", "лся"]).then_some(Sex::Man))
}

/// The only one who fits, or the first who stands in the nominative; nobody when it is not sure.
fn antecedent(
    surface: &Surface<'_>,
    sentence: &Sentence,
    sex: Sex,
    cases: Cases,
    so_far: &[Phrase],
    before: &[Phrase],
) -> Option<MentionId> {
    // Whom one meets is another: the subject of the clause is not its object.
    let subject = so_far
        .iter()
        .rfind(|p| is_nominative(p) && p.kind == EntityKind::Person);
    let own = subject.filter(|s| {
        let open = s.to..sentence.words.len();
        let stop = |w: &Word| w.fold == "," || surface.kit.facts.breaks(Lang::Ru, &w.fold);
        !cases.may_be(Cases::NOM) && !sentence.words[open].iter().any(stop)
    });
    let not_own = |p: &&Phrase| own.is_none_or(|own| !same(surface, own.lead, p.lead));
    let here: Vec<&Phrase> = so_far
        .iter()
        .filter(|p| fits(surface, p, sex) && told_of(sentence, p).is_none_or(|told| told == sex))
        .filter(not_own)
        .collect();
    if !here.is_empty() {
        return chosen(surface, &here);
    }
    let earlier: Vec<&Phrase> = before
        .iter()
        .filter(|p| fits(surface, p, sex))
        .filter(not_own)
        .collect();
    chosen(surface, &earlier)
}

fn is_nominative(phrase: &Phrase) -> bool {
    phrase.marker.is_none() && (phrase.cases.may_be(Cases::NOM) || !phrase.cases.is_known())
}

fn chosen(surface: &Surface<'_>, all: &[&Phrase]) -> Option<MentionId> {
    let first = all.first()?;
    if all.iter().all(|p| same(surface, p.lead, first.lead)) {
        return Some(first.lead);
    }
    all.iter().find(|p| is_nominative(p)).map(|p| p.lead)
}

/// Whose kin a description is that says *his*, *her*, *own*, and where: *{его зять} Илья Краснов*.
pub(super) fn owner(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Option<StandIn> {
    if sentence.lang != Lang::Ru {
        return None;
    }
    let from = phrase.from.saturating_sub(2);
    let near = &sentence.words[from..phrase.to.min(sentence.words.len())];
    let so_far: Vec<Phrase> = phrases
        .iter()
        .filter(|p| p.to <= phrase.from)
        .cloned()
        .collect();
    let word = near
        .iter()
        .find(|w| matches!(w.fold.as_str(), "его" | "ее") || w.lemma == "свой")?;
    // *Джонс и {его жена}*: who stands right before.
    let beside = so_far.last().filter(|last| {
        let gap = &sentence.words[last.to..phrase.from];
        gap.len() == 1 && gap[0].fold == "и" && last.kind == EntityKind::Person
    });
    let found = match word.fold.as_str() {
        _ if beside.is_some() => beside.map(|last| last.lead),
        "его" => antecedent(surface, sentence, Sex::Man, Cases::NOM, &so_far, before),
        "ее" => antecedent(surface, sentence, Sex::Woman, Cases::NOM, &so_far, before),
        _ => {
            let mut people = so_far
                .iter()
                .filter(|p| p.kind == EntityKind::Person && is_nominative(p));
            people.next_back().map(|p| p.lead)
        }
    };
    let span = word.span;
    found
        .filter(|&id| !same(surface, id, phrase.lead))
        .map(|mention| StandIn { span, mention })
}
