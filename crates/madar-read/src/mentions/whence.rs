//! Countries that only an adjective names: the {Bulgarian} energy minister holds a post in Bulgaria, {American} sanctions
//! are America's, though the text nowhere has the country's name.

use std::ops::Range;

use madar_text::{Lang, Span};

use crate::Kit;
use crate::reading::{EntityKind, FactKind, Mention, MentionForm};
use crate::words::Sentence;

/// A mention for each such country, at the first description or sanction that is said to be of it.
pub(super) fn complete(sentences: &[Sentence], mentions: &mut Vec<Mention>, kit: &Kit) {
    let mut found: Vec<Mention> = Vec::new();
    for sentence in sentences {
        for at in 0..sentence.words.len() {
            let Some((country, words)) =
                kit.gazetteer
                    .adjective_at(&sentence.words, at, sentence.lang)
            else {
                continue;
            };
            let id = format!("places/{country}");
            let named = |m: &Mention| m.listed.as_deref() == Some(id.as_str());
            let known = mentions.iter().chain(&found).any(named);
            if known || !says_whose(sentence, &words, &id, mentions, kit) {
                continue;
            }
            found.extend(mention(sentence, words, id, kit));
        }
    }
    mentions.extend(found);
}

/// Whether an adjective stands in a description that is of the country, or beside sanctions.
fn says_whose(
    sentence: &Sentence,
    words: &Range<usize>,
    country: &str,
    mentions: &[Mention],
    kit: &Kit,
) -> bool {
    let span = span(sentence, words);
    let described = |m: &Mention| m.of.as_deref() == Some(country) && m.span.contains(span);
    let beside = match sentence.lang {
        Lang::Ar => words.start.checked_sub(1),
        _ => Some(words.end),
    };
    let noun = beside.and_then(|at| sentence.words.get(at));
    let sanction = |word| {
        kit.facts
            .is_noun_of(FactKind::Sanction, sentence.lang, word)
    };
    mentions.iter().any(described) || noun.is_some_and(sanction)
}

fn span(sentence: &Sentence, words: &Range<usize>) -> Span {
    let (first, last) = (&sentence.words[words.start], &sentence.words[words.end - 1]);
    first.span.to(last.span)
}

fn mention(sentence: &Sentence, words: Range<usize>, id: String, kit: &Kit) -> Option<Mention> {
    let entry = kit.gazetteer.entry(&id)?;
    let name = match sentence.lang {
        Lang::Ar => &entry.names[1],
        Lang::Ru => &entry.names[2],
        _ => &entry.names[0],
    };
    Some(Mention {
        span: span(sentence, &words),
        kind: EntityKind::Place,
        form: MentionForm::Description,
        lang: sentence.lang,
        name: name.clone(),
        listed: Some(id),
        of: None,
        noun: None,
    })
}
