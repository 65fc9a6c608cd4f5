//! Names in quotation marks behind a class noun: شركة "{دلمار كابيتال}", судно «{Северный ветер}». What the model does
//! not know is a name all the same.

use madar_text::{Lang, TokenKind};

use super::Found;
use crate::Kit;
use crate::reading::EntityKind;
use crate::words::{Pos, Sentence, Word};

/// Words between the quotation marks, at most: longer ones are sayings.
const LONGEST: usize = 4;

/// Where words end that hold one of two quotation marks: behind the one that closes them, before one that closes
/// others. خط أنابيب "نورد ستريم 2{"}, "لا يعرف أي مسؤول أميركي{}"
pub(super) fn balanced(words: &[Word], from: usize, to: usize) -> usize {
    let own = &words[from..to];
    let open = own.iter().filter(|w| w.is_quote()).count() % 2 == 1;
    match own {
        [_, .., last] if open && last.is_quote() => to - 1,
        _ if open && words.get(to).is_some_and(Word::is_quote) => to + 1,
        _ => to,
    }
}

/// «{ساحل} {للإسمنت}»: the kind of the first of several names that fill the quotation marks.
fn of_parts(names: &[Found], from: usize, to: usize) -> Option<EntityKind> {
    let inside = || names.iter().filter(|n| from <= n.from && n.to <= to);
    let filled: usize = inside().map(|n| n.to - n.from).sum();
    let first = inside().find(|n| n.from == from)?;
    (inside().count() > 1 && filled == to - from).then_some(first.kind)
}

/// Adds the quoted names of a sentence; parts of them that were found are replaced.
pub(super) fn complete(sentence: &Sentence, names: &mut Vec<Found>, kit: &Kit) {
    if sentence.lang == Lang::En {
        return;
    }
    let words = &sentence.words;
    let mut open = false;
    for at in 1..words.len() {
        let sign = words[at].fold.as_str();
        open = match sign {
            "\"" => !open,
            "«" | "“" | "„" => true,
            "»" | "”" => false,
            _ => continue,
        };
        let kind = kit.classes.of(sentence.lang, &words[at - 1]);
        let from = at + 1;
        let close = (from..words.len().min(from + LONGEST + 1)).find(|&i| words[i].is_quote());
        let Some(to) = close.filter(|&to| open && to > from) else {
            continue;
        };
        let Some(kind) = kind.or_else(|| of_parts(names, from, to)) else {
            continue;
        };
        let whole = words[from..to]
            .iter()
            .all(|w| w.pos != Pos::Punct && w.kind != TokenKind::Punct);
        let cased = sentence.lang == Lang::Ar || words[from].capital;
        let known = names.iter().any(|n| n.from <= from && to <= n.to);
        let across = names
            .iter()
            .any(|n| n.from < from && from < n.to || n.from < to && to < n.to);
        if whole && cased && !known && !across && kind != EntityKind::Paper {
            names.retain(|n| n.to <= from || to <= n.from);
            names.push(Found {
                from,
                to,
                kind,
                listed: None,
                repeated: false,
            });
        }
    }
    names.sort_by_key(|n| n.from);
}
