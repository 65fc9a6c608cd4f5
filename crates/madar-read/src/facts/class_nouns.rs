//! Class nouns alone as phrases: *страна*, *завод*, الشركة, *the country* stand for the one name of their kind
//! that the text has named near by; where two may be meant, for neither.

use madar_text::{Clitics, Lang};

use super::phrases::Phrase;
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::referents::is_of_trade;
use crate::words::{Cases, Pos, Sentence, Word, sentence_of};

/// Bytes of text back to which a name is looked for: two paragraphs or three.
const REACH: u32 = 1200;

/// Words for a state, which no list of kinds holds: a name of one stands beside none of them.
const STATES: [&str; 8] = [
    "country",
    "nation",
    "страна",
    "государство",
    "دوله",
    "بلاد",
    "بلد",
    "kingdom",
];

pub(super) fn with_class_nouns(
    surface: &Surface<'_>,
    sentence: &Sentence,
    mut phrases: Vec<Phrase>,
) -> Vec<Phrase> {
    let mut found = Vec::new();
    for at in 0..sentence.words.len() {
        let Some(kind) = class(surface, sentence, at) else {
            continue;
        };
        let free = !phrases.iter().any(|p| (p.from..p.to).contains(&at));
        if free && stands_alone(surface, sentence, &phrases, at) {
            let lead = only_one(surface, kind, &sentence.words[at]);
            found.extend(lead.map(|lead| phrase(surface, sentence, at, lead)));
        }
    }
    if !found.is_empty() {
        phrases.extend(found);
        phrases.sort_by_key(|p| p.from);
    }
    phrases
}

/// The kind of a class noun in the singular that is definite as far as its language shows it.
fn class(surface: &Surface<'_>, sentence: &Sentence, at: usize) -> Option<EntityKind> {
    let word = &sentence.words[at];
    let before = at.checked_sub(1).map(|i| sentence.words[i].fold.as_str());
    let definite = match sentence.lang {
        Lang::Ru => word.pos == Pos::Noun && !word.plural && !word.capital,
        Lang::Ar => word.clitics.has(Clitics::ARTICLE),
        Lang::En => before == Some("the") && !word.plural,
        Lang::Other => false,
    };
    if !definite {
        return None;
    }
    if STATES.contains(&word.lemma.as_str()) || STATES.contains(&word.fold.as_str()) {
        return Some(EntityKind::Place);
    }
    let kind = surface.kit.classes.of(sentence.lang, word)?;
    let named = matches!(
        kind,
        EntityKind::Company | EntityKind::Asset | EntityKind::PublicBody
    );
    named.then_some(kind)
}

/// No name, adjective of its own or genitive says which one it is.
fn stands_alone(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase], at: usize) -> bool {
    let word = |at: usize| sentence.words.get(at);
    let named = phrases.iter().any(|p| p.from == at + 1 || p.to == at);
    let next = word(at + 1);
    let before = at.checked_sub(1).and_then(word);
    let quoted =
        next.is_some_and(|w| matches!(w.fold.as_str(), "«" | "\"" | "“" | "„" | "'s" | "'" | "’s"));
    let told = match sentence.lang {
        Lang::Ru => {
            let genitive = |w: &Word| {
                matches!(w.pos, Pos::Noun | Pos::Name | Pos::Adjective)
                    && w.cases.may_be(Cases::GEN)
            };
            let own = |w: &Word| {
                w.pos == Pos::Adjective && !matches!(w.lemma.as_str(), "этот" | "данный" | "сам")
                    || w.pos == Pos::Number
            };
            // *через фонд {в Лихтенштейне}*
            let somewhere = phrases.iter().any(|p| {
                p.outer_from == at + 1 && p.kind == EntityKind::Place && p.marker.is_some()
            });
            next.is_some_and(genitive) || before.is_some_and(own) || somewhere
        }
        // الشركة {الروسية}: an adjective follows.
        Lang::Ar => next
            .is_some_and(|w| w.clitics.has(Clitics::ARTICLE) && w.clitics.preposition().is_none()),
        _ => {
            let noun = next.is_some_and(|w| {
                w.pos == Pos::Other
                    && w.fold.chars().all(char::is_alphabetic)
                    && !surface.kit.facts.is_preposition(Lang::En, &w.fold)
                    && !surface.kit.facts.is_helper(Lang::En, &w.fold)
                    && !surface.kit.facts.breaks(Lang::En, &w.fold)
                    && w.fold != "and"
            });
            noun || next.is_some_and(|w| w.fold == "of")
        }
    };
    !(named || quoted || told)
}

/// The only thing near before that has the noun in its name (المؤسسة is المؤسسة الوطنية للنفط), else the only one of the
/// kind that may be called so; none where there are two.
pub(super) fn only_one(surface: &Surface<'_>, kind: EntityKind, noun: &Word) -> Option<MentionId> {
    let before = noun.span.start;
    let end = surface.mentions.partition_point(|m| m.span.start < before);
    let near = || {
        let all = (0..end).rev();
        all.take_while(|&at| before.saturating_sub(surface.mentions[at].span.end) <= REACH)
    };
    let mut called = near()
        .filter(|&at| holds(&surface.mentions[at], &noun.lemma))
        .peekable();
    if called.peek().is_some() {
        return one_of(surface, called);
    }
    let fits = near().filter(|&at| may_be(surface, &surface.mentions[at], kind));
    one_of(
        surface,
        fits.filter(|&at| may_be_called(surface, &noun.lemma, MentionId::new(at))),
    )
}

/// The first of these mentions, if all are of one thing.
fn one_of(surface: &Surface<'_>, mut all: impl Iterator<Item = usize>) -> Option<MentionId> {
    let first = all.next()?;
    let same = |at: usize| surface.referents.of[at] == surface.referents.of[first];
    all.all(same).then(|| MentionId::new(first))
}

/// Whether a body has the noun in its name.
fn holds(mention: &Mention, noun: &str) -> bool {
    let name = madar_text::fold(&mention.name);
    let noun = madar_text::fold(noun);
    let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
    mention.kind.is_body()
        && mention.form != MentionForm::Description
        && name
            .split_whitespace()
            .any(|word| bare(word) == bare(&noun))
}

/// *The bank* is no company that neither its name nor the text calls one.
pub(super) fn may_be_called(surface: &Surface<'_>, noun: &str, thing: MentionId) -> bool {
    let Some(trade) = surface.kit.classes.trade(noun) else {
        return true;
    };
    let referent = &surface.referents.list[surface.referents.of[thing.at()].at()];
    let called_so = |id: &MentionId| {
        let mention = &surface.mentions[id.at()];
        let word_before = || {
            let sentence = sentence_of(surface.sentences, mention.span)?;
            let before = &sentence.words[..sentence.within(mention.span).start];
            before.iter().rev().find(|word| !word.is_quote())
        };
        is_of_trade(&mention.name, trade)
            || mention
                .noun
                .as_deref()
                .is_some_and(|noun| is_of_trade(noun, trade))
            || word_before().is_some_and(|word| trade.contains(&word.lemma))
    };
    referent.mentions.iter().any(called_so)
}

fn may_be(surface: &Surface<'_>, mention: &Mention, kind: EntityKind) -> bool {
    if mention.form == MentionForm::Description {
        return false;
    }
    if kind == EntityKind::Place {
        let entry = mention
            .listed
            .as_deref()
            .and_then(|id| surface.kit.gazetteer.entry(id));
        return entry.is_some_and(|e| e.id == format!("places/{}", e.country));
    }
    let company = matches!(
        (kind, mention.kind),
        (EntityKind::Company, EntityKind::Organization)
    );
    mention.kind == kind || company
}

/// From its article on, with the preposition that is written onto it or stands before.
fn phrase(surface: &Surface<'_>, sentence: &Sentence, at: usize, lead: MentionId) -> Phrase {
    let word = &sentence.words[at];
    let from = at - usize::from(sentence.lang == Lang::En);
    let written = word.clitics.preposition().map(str::to_owned);
    let alone = Phrase::of_word(surface, sentence, from, lead);
    Phrase {
        to: at + 1,
        span: word.span,
        marker: written.or(alone.marker),
        cases: word.singular.or(word.cases),
        ..alone
    }
}
