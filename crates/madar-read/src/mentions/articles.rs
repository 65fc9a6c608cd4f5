//! Arabic names keep their article in Cyrillic and Latin letters: Тарик {ад-Дахмани}, Bashar {al-Assad}. It is
//! written small and with a hyphen, so that a model takes it for the end of the name.

use madar_text::Lang;

use super::Found;
use crate::reading::EntityKind;
use crate::words::{Sentence, Word};

/// The article by the letter that follows it, and *the family of*.
const ARTICLES: [&str; 26] = [
    "al", "el", "ul", "as", "ad", "ar", "at", "an", "az", "ash", "ath", "аль", "эль", "ас", "ад",
    "ар", "ат", "ан", "аз", "аш", "эс", "эд", "эр", "эт", "эн", "эш",
];

/// Lets a person's name go on over an article, and begin with one.
pub(super) fn complete(sentence: &Sentence, names: &mut Vec<Found>) {
    if !matches!(sentence.lang, Lang::Ru | Lang::En) {
        return;
    }
    let words = &sentence.words;
    let mut grown = Vec::new();
    for (at, name) in names
        .iter_mut()
        .enumerate()
        .filter(|(_, n)| n.kind == EntityKind::Person)
    {
        while is_article(words, name.to) && words[name.to].spaced {
            name.to += 3;
            name.listed = None;
            grown.push(at);
        }
        if name.from >= 2 && is_article(words, name.from - 2) {
            name.from -= 2;
        }
    }
    let inside = |a: &Found, b: &Found| b.from <= a.from && a.to <= b.to;
    let whole: Vec<Found> = grown.into_iter().map(|at| names[at].clone()).collect();
    names.retain(|name| {
        let same = |other: &Found| other.from == name.from && other.to == name.to;
        !whole
            .iter()
            .any(|other| inside(name, other) && !same(other))
    });
}

/// *ад-Дахмани*: a small article, a hyphen and a capital without a space between them.
fn is_article(words: &[Word], at: usize) -> bool {
    let Some([article, hyphen, name]) = words.get(at..at + 3) else {
        return false;
    };
    !article.capital
        && ARTICLES.contains(&article.fold.as_str())
        && hyphen.fold == "-"
        && name.capital
        && !hyphen.spaced
        && !name.spaced
}
