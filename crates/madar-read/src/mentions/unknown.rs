//! Arabic has no capitals: foreign names show by being no Arabic words. A person's name goes on into
//! such words (دونالد ترمب), and a title is followed by them (المستثمر الملياردير تود بويلي).

use madar_text::{Clitics, TokenKind};
use rustc_hash::FxHashSet;

use super::Found;
use crate::Kit;
use crate::reading::EntityKind;
use crate::words::{Sentence, Word};

/// Words of an unknown name, at most.
const LONGEST: usize = 3;

/// Lets one-word names of people go on, and finds unknown names behind titles. `surnames` are the last
/// words of the document's full names: they begin somebody else.
pub(super) fn complete(
    sentence: &Sentence,
    names: &mut Vec<Found>,
    surnames: &FxHashSet<String>,
    kit: &Kit,
) {
    let words = &sentence.words;
    let starts: Vec<usize> = names.iter().map(|n| n.from).collect();
    for name in names
        .iter_mut()
        .filter(|n| n.kind == EntityKind::Person && n.listed.is_none())
    {
        let next = name.to;
        let goes_on = name.to - name.from == 1
            && is_name_word(&words[name.from])
            // a surname that the document has with its given name is whole
            && !surnames.contains(&words[name.from].fold)
            && !starts.contains(&next)
            && words.get(next).is_some_and(|w| !surnames.contains(&w.fold))
            && words
                .get(next)
                .is_some_and(|w| is_unknown(w, kit, sentence));
        if goes_on {
            name.to += 1;
        }
    }
    let mut at = 0;
    while at < words.len() {
        let free = |i: usize| !names.iter().any(|n| (n.from..n.to).contains(&i));
        let title =
            words[at].clitics.has(Clitics::ARTICLE) && kit.nouns.is_post(sentence.lang, &words[at]);
        if !title {
            at += 1;
            continue;
        }
        let mut from = at + 1;
        while words
            .get(from)
            .is_some_and(|w| w.clitics.has(Clitics::ARTICLE) && free(from))
        {
            from += 1;
        }
        let mut to = from;
        while to < from + LONGEST
            && words
                .get(to)
                .is_some_and(|w| free(to) && is_unknown(w, kit, sentence))
        {
            to += 1;
        }
        if to - from >= 2 {
            names.push(Found {
                from,
                to,
                kind: EntityKind::Person,
                listed: None,
                repeated: false,
            });
        }
        at = to.max(at + 1);
    }
    names.extend(behind_bodies(sentence, names, kit));
    names.sort_by_key(|n| n.from);
}

/// Words between a post and its body: {رئيس} مجلس إدارة شركة «X».
const REACH_OF_POST: usize = 4;

/// رئيس «الجبهة الديمقراطية لدارفور» {أبكر التجاني}: two words of names behind a post and its body.
fn behind_bodies(sentence: &Sentence, names: &[Found], kit: &Kit) -> Vec<Found> {
    let words = &sentence.words;
    let free = |at: usize| !names.iter().any(|n| (n.from..n.to).contains(&at));
    let headed = |body: &&Found| {
        let from = body.from.saturating_sub(REACH_OF_POST);
        let mut before = words[from..body.from].iter();
        body.kind != EntityKind::Person && before.any(|w| kit.nouns.is_post(sentence.lang, w))
    };
    let plain = |word: &Word| {
        is_name_word(word)
            && word.clitics.preposition().is_none()
            && !word.clitics.has(Clitics::AND)
            && !kit.facts.is_verb(sentence.lang, word)
    };
    let name = |body: &Found| {
        let quote = words.get(body.to).is_some_and(Word::is_quote);
        let from = body.to + usize::from(quote);
        let mut both = from..from + 2;
        let named = both.all(|at| free(at) && words.get(at).is_some_and(plain));
        named.then_some(Found {
            from,
            to: from + 2,
            kind: EntityKind::Person,
            listed: None,
            repeated: false,
        })
    };
    names.iter().filter(headed).filter_map(name).collect()
}

pub(super) fn is_name_word(word: &Word) -> bool {
    word.class & 1 == 1
}

/// No word of the counts (or one of the list of names), no article, nothing written onto it.
fn is_unknown(word: &Word, kit: &Kit, sentence: &Sentence) -> bool {
    let rare = word.class >> 1 == 0;
    word.kind == TokenKind::Word
        && word.clitics == Clitics::NONE
        && word.spaced
        && rare
        && word.fold.chars().count() >= 2
        && !kit.facts.is_verb(sentence.lang, word)
        && !kit.facts.is_preposition(sentence.lang, &word.fold)
        && !kit.facts.breaks(sentence.lang, &word.fold)
        && !word.fold.ends_with('ه') | is_name_word(word)
}
