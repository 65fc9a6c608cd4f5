//! Sources that no mention and no list knows, by their place beside a verb: a name that was missed,
//! *several cast members said*, по данным {следствия}, {Модные критики} предсказывают.

use madar_text::{Lang, Span, TokenKind};

use super::pack::Class;
use super::scene::Scene;
use super::source::{Anaphor, Picked, is_definite};
use crate::reading::SourceKind;
use crate::words::{Cases, Pos};

/// Longest noun phrase that is taken for a source though no word of it is known.
const UNKNOWN: usize = 5;

/// The words `from..to` as a source that no mention and no list knows: a name that was missed, a
/// post. Better a source that stands alone than the wrong one.
pub(super) fn unknown(scene: &Scene<'_>, from: usize, to: usize) -> Option<Picked> {
    let (mut from, to) = scene.trim(from, to)?;
    while from < to && (scene.is_form(from, Class::Article) || scene.is_form(from, Class::Aux)) {
        from += 1;
    }
    // صرح كل من الشركة والوزارة
    if scene.text(from) == "كل" && scene.text(from + 1) == "من" {
        from += 2;
    }
    let short = |w: usize| scene.text(w) == "." && !scene.is_stop(w);
    let ends = |w: usize| {
        scene.is_punct(w) && !short(w)
            || scene.is_form(w, Class::Prepositions)
            || scene.is_time(w)
            || scene.has_preposition(w)
            || scene.text(w) == "لـ"
    };
    let end = (from..to).find(|&w| ends(w)).unwrap_or(to);
    let words = scene.words();
    let word = |w: usize| words[w].kind == TokenKind::Word || short(w);
    let fits = end > from && end - from <= UNKNOWN && (from..end).all(word);
    let common = match scene.lang() {
        Lang::Ar => is_definite(scene, from),
        _ => words.get(from).is_some_and(|w| !w.capital),
    };
    fits.then(|| Picked {
        span: Span::new(words[from].host.start, words[end - 1].span.end),
        kind: SourceKind::Named,
        mention: None,
        anaphor: common.then_some(Anaphor::Speaker),
        from,
        to: end,
    })
}

/// Words of a noun phrase that is a source by its place alone.
const PLAIN: usize = 6;

/// The Russian noun phrase that begins at a word: по данным {следствия}.
pub(super) fn noun_after(scene: &Scene<'_>, from: usize, to: usize) -> Option<Picked> {
    let words = scene.words();
    let to = to.min(scene.len());
    let end = (from..to).find(|&w| words[w].kind != TokenKind::Word || scene.is_time(w));
    let end = end.unwrap_or(to);
    let noun = |w: usize| matches!(words[w].pos, Pos::Noun | Pos::Name);
    let fits = end > from && end - from <= PLAIN && (from..end).any(noun);
    let free = !scene.is_form(from, Class::Prepositions) && words.get(from)?.tense.is_none();
    (fits && free).then(|| plain(scene, from, end))
}

/// The Russian noun phrase in the nominative that ends right before its verb, whatever its noun:
/// {Модные критики} предсказывают.
pub(super) fn noun_before(scene: &Scene<'_>, low: usize, end: usize) -> Option<Picked> {
    let words = scene.words();
    let word =
        |w: usize| words[w].kind == TokenKind::Word && !scene.is_form(w, Class::Prepositions);
    let mut from = end;
    while from > low && end - from < PLAIN && word(from - 1) && words[from - 1].tense.is_none() {
        from -= 1;
    }
    // в ходе процесса Дюваль: what a preposition governs is no subject
    let governed = from > low && scene.is_form(from - 1, Class::Prepositions);
    let whole = from == low || !word(from - 1);
    let first = (from..end).find(|&w| matches!(words[w].pos, Pos::Noun | Pos::Adjective))?;
    let subject = |w: usize| {
        words[w].pos == Pos::Noun && words[w].cases.may_be(Cases::NOM) && !scene.is_time(w)
    };
    let adverbs = (from..first).all(|w| !matches!(words[w].pos, Pos::Name));
    let head = (first..end).find(|&w| words[w].pos == Pos::Noun)?;
    let nominative = words[first].cases.may_be(Cases::NOM);
    (whole && !governed && adverbs && nominative && subject(head)).then(|| plain(scene, first, end))
}

fn plain(scene: &Scene<'_>, from: usize, to: usize) -> Picked {
    let words = scene.words();
    Picked {
        span: words[from].span.to(words[to - 1].span),
        kind: SourceKind::Anonymous,
        mention: None,
        anaphor: None,
        from,
        to,
    }
}

/// The capitalised words right before a verb, with what small words stand among them: a name that was
/// missed. *{Tuwaiq Energy} said on Thursday it had signed.*
pub(super) fn unknown_before(scene: &Scene<'_>, low: usize, end: usize) -> Option<Picked> {
    let words = scene.words();
    let mut from = end;
    while from > low && end - from < UNKNOWN {
        let word = &words[from - 1];
        let named = word.kind == TokenKind::Word && word.capital && !scene.is_time(from - 1);
        let hyphen = word.fold == "-" && from < end && !word.spaced;
        if !named && !hyphen {
            break;
        }
        from -= 1;
    }
    while from < end
        && (scene.is_punct(from)
            || scene.is_form(from, Class::Article)
            || scene.is_form(from, Class::Breaks)
            || scene.is_form(from, Class::And)
            || scene.is_form(from, Class::Prepositions))
    {
        from += 1;
    }
    // The first word of a sentence is capital anyway; *Republicans said* tells several.
    let first = from == 0 && end == 1 && !words[0].plural;
    let pronoun = (from..end).any(|w| {
        scene.is_form(w, Class::He)
            || scene.is_form(w, Class::They)
            || scene.is_form(w, Class::It)
            || scene.is(w, Class::Who)
            || scene.is_form(w, Class::Nominal)
            || scene.is_form(w, Class::That)
    });
    (from < end && !first && !pronoun).then(|| Picked {
        span: words[from].span.to(words[end - 1].span),
        kind: SourceKind::Named,
        mention: None,
        anaphor: None,
        from,
        to: end,
    })
}

/// Words of a noun phrase that stands for a source though no list knows its noun.
const PHRASE: usize = 10;

/// The English noun phrase right before a verb, whatever its noun: *{several cast members} said*,
/// *{sixty-three percent} said*, *the {attorneys for the family} said*.
pub(super) fn phrase_before(scene: &Scene<'_>, low: usize, end: usize) -> Option<Picked> {
    let words = scene.words();
    let opens = |w: usize| {
        [
            Class::Breaks,
            Class::That,
            Class::As,
            Class::Who,
            Class::He,
            Class::They,
            Class::It,
        ]
        .into_iter()
        .any(|class| scene.is_form(w, class))
    };
    let mut from = end;
    while from > low && end - from < PHRASE {
        let word = &words[from - 1];
        let finite = word.tense.is_some() && !word.capital || scene.is_form(from - 1, Class::Aux);
        let mark = word.kind == TokenKind::Punct && !matches!(word.fold.as_str(), "-" | "%");
        if finite || mark || opens(from - 1) {
            break;
        }
        from -= 1;
    }
    // "In May the minister said": the phrase begins at its article
    let small = |w: usize| {
        scene.is_form(w, Class::Prepositions) || scene.is_form(w, Class::And) || scene.is_time(w)
    };
    if from < end && small(from) {
        from = (from..end).find(|&w| scene.is_form(w, Class::Article))?;
    }
    let definite = from < end && words[from].fold == "the";
    while from < end && scene.is_form(from, Class::Article) {
        from += 1;
    }
    let first_small = (from..end).find(|&w| scene.is_form(w, Class::Prepositions));
    let head = first_small.unwrap_or(end).checked_sub(1)?;
    let noun = |w: usize| {
        let word = &words[w];
        let number = word.fold == "percent" || word.kind == TokenKind::Number;
        let plain = word.kind == TokenKind::Word && word.fold.chars().count() > 3;
        plain && !scene.is_form(w, Class::Nominal) && !word.fold.ends_with("ly") || number
    };
    // "Another commented", "Some said"
    let several = end == from + 1 && scene.is_form(from, Class::Indefinite);
    if several && words[from].fold.chars().count() > 3 {
        return Some(plain(scene, from, end));
    }
    let begun = end > from + 1 || words.get(from)?.plural || from > 0;
    let alone = end == from + 1 && !words[from].plural && !words[from].capital && !definite;
    if from >= end || !noun(head) || !noun(end - 1) || !begun || alone {
        return None;
    }
    let anaphor = definite && !words[head].plural;
    Some(Picked {
        span: words[from].span.to(words[end - 1].span),
        kind: if anaphor {
            SourceKind::Named
        } else {
            SourceKind::Anonymous
        },
        mention: None,
        anaphor: anaphor.then_some(Anaphor::Described),
        from,
        to: end,
    })
}
