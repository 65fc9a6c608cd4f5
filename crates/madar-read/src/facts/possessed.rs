//! What a description tells by saying whose it is, though no name stands beside it: *{her husband} owns it*, *{the
//! spokesman of {the ministry}} said*, *closed {its plant in Oxford}*, *{Volta's yacht}*.

use std::ops::Range;

use madar_text::{Lang, Span, TokenKind};

use super::phrases::{self, Phrase};
use super::{pronouns, relations};
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, FactKind, Mention, MentionForm, Participant, Role, Status};
use crate::words::{Cases, Pos, Sentence, Word};

/// `before` are the phrases of the sentence before.
pub(super) fn facts(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Vec<Fact> {
    let mut out = named(surface, sentence, phrases);
    for phrase in phrases {
        let [id] = phrase.mentions[..] else { continue };
        let shown = &surface.mentions[id.at()];
        if shown.form != MentionForm::Description {
            continue;
        }
        match shown.kind {
            EntityKind::Person if !is_said_of_another(surface, sentence, phrase) => {
                let told = relations::fact(surface, sentence, phrase, id, phrases, before);
                let told = told.filter(|fact| holds(surface, shown, fact));
                // the description is the name here: it is not told of itself
                out.extend(told.map(|fact| Fact {
                    detail: None,
                    passage: together(surface, sentence, fact.participants[1].mention, id),
                    ..fact
                }));
            }
            EntityKind::Asset | EntityKind::Company if is_thing(surface, sentence, shown) => {
                let owner = owner(surface, sentence, phrase, shown, phrases, before);
                out.extend(owner.map(|owner| ownership(surface, sentence, owner, id)));
            }
            _ => {}
        }
    }
    out
}

/// Whether a description tells of another: *he is {the head of X}*, *стал {главой X}*.
fn is_said_of_another(surface: &Surface<'_>, sentence: &Sentence, phrase: &Phrase) -> bool {
    match sentence.lang {
        Lang::En => relations::copula(surface, sentence, phrase.from).is_some(),
        Lang::Ru => !phrase.cases.may_be(Cases::NOM),
        _ => relations::is_post_itself(surface, sentence, phrase),
    }
}

/// Whether what a description of a person tells is of two and new. Who is named elsewhere has his post with the name.
/// A tie is to somebody who is more than somebody's: *his grandfather* and *one of his sons* may be of a third.
fn holds(surface: &Surface<'_>, shown: &Mention, fact: &Fact) -> bool {
    let [holder, other] = fact.participants[..] else {
        return false;
    };
    if fact.kind == FactKind::Role {
        let own = surface.referents.of[holder.mention.at()];
        return !surface.referents.list[own.at()].named;
    }
    let other = &surface.mentions[other.mention.at()];
    let is_tie = |noun: &String| surface.kit.facts.relation(shown.lang, noun).is_some();
    // президент {Мулузи}, الأستاذة {فورد}: who is called so, not whose he is.
    let called = shown.lang != Lang::En && shown.span.contains(other.span);
    let somebodys = other.noun.as_ref().is_some_and(is_tie);
    let tied = shown.noun.as_ref().is_some_and(is_tie);
    (tied || !called) && (other.form != MentionForm::Description || !somebodys)
}

/// Whether a description has a noun of its own, and none that nobody owns: *ISIL {targets}*.
fn is_thing(surface: &Surface<'_>, sentence: &Sentence, shown: &Mention) -> bool {
    let words = &sentence.words[sentence.within(shown.span)];
    let owned = |w: &Word| !surface.kit.facts.is_not_owned(sentence.lang, w);
    // *Boeing's 777 planes*, *its A350 jets*: what a company makes is called by figures
    let model = |w: &Word| w.fold.bytes().any(|b| b.is_ascii_digit());
    words.iter().any(is_noun) && words.iter().all(owned) && !words.iter().any(model)
}

/// As far as it is known: most words of English and Arabic have no part of speech.
fn is_noun(word: &Word) -> bool {
    let small = ["his", "her", "its", "the", "a", "an", "of"];
    let may_be = matches!(word.pos, Pos::Noun | Pos::Other) && word.kind == TokenKind::Word;
    may_be && !word.capital && !small.contains(&word.fold.as_str())
}

/// Who owns what a description means: whom it names as such, or whom its possessive means.
fn owner(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    shown: &Mention,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Option<MentionId> {
    let owns = |id: &MentionId| {
        let kind = surface.mentions[id.at()].kind;
        kind == EntityKind::Person || kind.is_body()
    };
    let inner = relations::named_in(surface, shown, phrase.lead);
    inner
        .filter(|&id| names_owner(surface, sentence, shown, id))
        .or_else(|| relations::owner_before(surface, sentence, shown, phrase.lead, phrases))
        .or_else(|| {
            let whose = pronouns::owner(surface, sentence, phrase, shown, phrases, before);
            whose.map(|whose| whose.mention)
        })
        .or_else(|| {
            let first = shown.span.of(&surface.document.text);
            let first = first.split_whitespace().next()?;
            let his = sentence.lang == Lang::Ar && crate::arabic::has_pronoun(first);
            let owner = || relations::owner(surface, phrases, phrase, FactKind::Role);
            let public = |id: &MentionId| surface.mentions[id.at()].kind == EntityKind::PublicBody;
            his.then(owner).flatten().filter(|id| !public(id))
        })
        .filter(owns)
}

/// *{Volta}'s yacht*, *the fleet of {Volna}*, *завод {Волны}*, مصنع {تويوتا}.
fn names_owner(
    surface: &Surface<'_>,
    sentence: &Sentence,
    shown: &Mention,
    inner: MentionId,
) -> bool {
    let words = sentence.within(shown.span);
    let own = sentence.within(surface.mentions[inner.at()].span);
    let ends = own.end == words.end && own.start > words.start;
    let fold = |at: usize| sentence.words[at].fold.as_str();
    match sentence.lang {
        Lang::En => phrases::is_mark(sentence, own.end) || ends && fold(own.start - 1) == "of",
        Lang::Ru => ends,
        // شركة {سوداتل}: what a company is called is not whose it is
        Lang::Ar => {
            let called = shown.kind.is_body() && surface.mentions[inner.at()].kind.is_body();
            ends && own.start == words.start + 1 && !called
        }
        Lang::Other => false,
    }
}

/// How many words may stand between an owner and what is his in one passage.
const REACH: usize = 12;

/// What a description is and whose, where both stand near each other; else the description.
fn together(
    surface: &Surface<'_>,
    sentence: &Sentence,
    owner: MentionId,
    description: MentionId,
) -> Span {
    let span = |id: MentionId| surface.mentions[id.at()].span;
    let both = span(owner).to(span(description));
    let near = sentence.span.contains(both) && sentence.within(both).len() <= REACH;
    if near { both } else { span(description) }
}

/// *{Orlov}'s tanker, the {Marlinda}*: who owns what by a possessive alone.
fn named(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase]) -> Vec<Fact> {
    let owner = |p: &Phrase| matches!(p.kind, EntityKind::Person | EntityKind::Company);
    let asset = |p: &Phrase| {
        let named = surface.mentions[p.lead.at()].form != MentionForm::Description;
        let owned = [
            EntityKind::Company,
            EntityKind::Asset,
            EntityKind::Organization,
        ];
        named && owned.contains(&p.kind)
    };
    let pairs = phrases.windows(2).filter(|pair| {
        let gap = pair[0].to..pair[1].from.max(pair[0].to);
        owner(&pair[0])
            && asset(&pair[1])
            && phrases::is_owned(sentence, gap.clone())
            && !names_another(surface, sentence, gap)
    });
    pairs
        .map(|pair| ownership(surface, sentence, pair[0].lead, pair[1].lead))
        .collect()
}

/// *Orlov's {rival}, X*, *Orlov's {lawyer} at X*: what stands between is not X.
fn names_another(surface: &Surface<'_>, sentence: &Sentence, gap: Range<usize>) -> bool {
    sentence.words[gap].iter().any(|w| {
        surface.kit.facts.is_not_owned(sentence.lang, w)
            || surface.kit.nouns.is_noun(sentence.lang, w)
                && surface.kit.nouns.class(sentence.lang, w).is_none()
    })
}

fn ownership(
    surface: &Surface<'_>,
    sentence: &Sentence,
    owner: MentionId,
    asset: MentionId,
) -> Fact {
    Fact {
        kind: FactKind::Ownership,
        participants: vec![
            Participant {
                role: Role::Owner,
                mention: owner,
            },
            Participant {
                role: Role::Asset,
                mention: asset,
            },
        ],
        time: None,
        duration: None,
        place: None,
        amount: None,
        stake: None,
        detail: None,
        condition: None,
        status: Status::Asserted,
        passage: together(surface, sentence, owner, asset),
        trigger: surface.mentions[asset.at()].span,
        attribution: None,
        chain: Vec::new(),
        rule: format!("{}/ownership/whose", sentence.lang.code()),
    }
}
