//! *I* and *we* of a quotation as phrases: they stand for who is quoted. *"{We} will not sell," said
//! Haddad* is what Haddad will not do.

use madar_text::Lang;

use super::phrases::Phrase;
use crate::read::Surface;
use crate::reading::{Attribution, Directness};
use crate::words::{Sentence, Word};

/// Adds the first persons of a sentence to its phrases.
pub(super) fn with_speaker(
    surface: &Surface<'_>,
    sentence: &Sentence,
    mut phrases: Vec<Phrase>,
    attributions: &[Attribution],
) -> Vec<Phrase> {
    let quoted = |said: &&Attribution| {
        said.directness != Directness::Indirect && said.content.overlaps(sentence.span)
    };
    let quotations: Vec<&Attribution> = attributions.iter().filter(quoted).collect();
    if quotations.is_empty() {
        return phrases;
    }
    let mut found = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let free = !phrases.iter().any(|p| (p.from..p.to).contains(&at));
        if !free || !is_first_person(sentence.lang, word) {
            continue;
        }
        let around = quotations.iter().filter(|q| q.content.contains(word.span));
        let speaker = around
            .min_by_key(|q| q.content.len())
            .and_then(|q| q.source.mention);
        found.extend(speaker.map(|lead| Phrase::of_word(surface, sentence, at, lead)));
    }
    phrases.extend(found);
    phrases.sort_by_key(|p| p.from);
    phrases
}

fn is_first_person(lang: Lang, word: &Word) -> bool {
    let fold = word.fold.as_str();
    match lang {
        Lang::En => matches!(fold, "i" | "we" | "us" | "me"),
        Lang::Ru => matches!(
            fold,
            "я" | "мы" | "нам" | "нас" | "мне" | "меня" | "нами" | "мной"
        ),
        _ => false,
    }
}
