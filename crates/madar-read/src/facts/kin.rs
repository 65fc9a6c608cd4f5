//! Kin told of as several: *Orlov, {his brothers Karim and Sami}*, وشقيقيه سامر ونزار, *его братьев Самера и Низара* are
//! each his kin; *{the brothers Karim and Sami Haddad}* each other's.

use madar_text::Lang;

use super::phrases::Phrase;
use super::pronouns::POSSESSIVE;
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, FactKind, MentionForm, Participant, Role, Status};
use crate::words::{Pos, Sentence, Word};

pub(super) fn facts(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase]) -> Vec<Fact> {
    let mut out = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let Some(noun) = surface.kit.facts.many_kin(sentence.lang, word) else {
            continue;
        };
        let named = named_behind(surface, sentence, at + 1, phrases);
        let whose = match whose(sentence, at, phrases) {
            Whose::Somebodys(owner) => Some(owner),
            Whose::EachOthers if named.len() > 1 => None,
            Whose::EachOthers | Whose::Unknown => continue,
        };
        let pairs: Vec<(&Phrase, &Phrase)> = match whose {
            Some(owner) => named.iter().map(|&one| (one, owner)).collect(),
            None => named.windows(2).map(|two| (two[0], two[1])).collect(),
        };
        let thing = |p: &Phrase| surface.referents.of[p.lead.at()];
        let apart = pairs.into_iter().filter(|(a, b)| thing(a) != thing(b));
        out.extend(apart.map(|(one, other)| {
            let party = |p: &Phrase| Participant {
                role: Role::Party,
                mention: p.lead,
            };
            Fact {
                kind: FactKind::Family,
                participants: vec![party(one), party(other)],
                time: None,
                duration: None,
                place: None,
                amount: None,
                stake: None,
                detail: Some(word.span),
                condition: None,
                status: Status::Asserted,
                passage: one.span.to(other.span).to(word.span),
                trigger: word.span,
                attribution: None,
                chain: Vec::new(),
                rule: format!("{}/family/{noun}", sentence.lang.code()),
            }
        }));
    }
    out
}

/// The people of the list that begins right behind the word of kin.
fn named_behind<'p>(
    surface: &Surface<'_>,
    sentence: &Sentence,
    from: usize,
    phrases: &'p [Phrase],
) -> Vec<&'p Phrase> {
    let links = |word: &Word| word.pos == Pos::Punct && word.fold == "," || is_and(&word.fold);
    let mut out: Vec<&Phrase> = Vec::new();
    let mut end = from;
    // *{his brothers Karim}* and Sami: the first may stand in one phrase with the word of kin
    for phrase in phrases.iter().filter(|p| p.to > from) {
        let named = surface.mentions[phrase.lead.at()].form != MentionForm::Description;
        let gap = end..phrase.from.max(end);
        let near = gap.len() <= 2 && sentence.words[gap].iter().all(links);
        if !near || !named || phrase.kind != EntityKind::Person {
            break;
        }
        end = phrase.to;
        out.push(phrase);
    }
    out
}

fn is_and(word: &str) -> bool {
    matches!(word, "and" | "и" | "و" | "،")
}

enum Whose<'p> {
    Somebodys(&'p Phrase),
    EachOthers,
    Unknown,
}

/// Whose kin the word at `at` tells of.
fn whose<'p>(sentence: &Sentence, at: usize, phrases: &'p [Phrase]) -> Whose<'p> {
    let last = || {
        let people = phrases.iter().filter(|p| p.kind == EntityKind::Person);
        people.rev().find(|p| p.to <= at && !p.owns)
    };
    let told = |found: Option<&'p Phrase>| found.map_or(Whose::Unknown, Whose::Somebodys);
    let before = at.checked_sub(1).map(|i| sentence.words[i].fold.as_str());
    match (sentence.lang, before) {
        (Lang::Ar, _) if crate::arabic::has_pronoun(&sentence.words[at].fold) => {
            match sentence.words[at].fold.ends_with("هم")
                || sentence.words[at].fold.ends_with("هما")
            {
                true => Whose::Unknown,
                false => told(last()),
            }
        }
        (Lang::En, Some("his" | "her"))
        | (Lang::Ru, Some("его" | "ее" | "свои" | "своих" | "своим" | "своими")) => {
            told(last())
        }
        (_, Some("their" | "its" | "our" | "your" | "my" | "их" | "наши" | "наших")) => {
            Whose::Unknown
        }
        (Lang::En, Some("'s" | "'")) => told(
            phrases
                .iter()
                .find(|p| p.owns && (p.to == at || p.to + 1 == at)),
        ),
        _ => {
            let owner = phrases.iter().find(|p| p.to == at);
            match owner.filter(|p| p.marker.as_deref() == Some(POSSESSIVE)) {
                Some(owner) => Whose::Somebodys(owner),
                None => Whose::EachOthers,
            }
        }
    }
}
