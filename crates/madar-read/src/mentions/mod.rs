//! Mentions of names: what the tagger and the gazetteers find, with a kind for each.
use crate::reading::{EntityKind, MentionForm};
use crate::words::{Pos, Sentence};
use crate::{Kit, Mention, tagger};
mod descriptions;

pub(crate) use descriptions::Nouns;

use madar_text::{Clitics, Document, Lang, Span};

pub(crate) fn mentions(document: &Document, sentences: &[Sentence], kit: &Kit) -> Vec<Mention> {
    let mut out = Vec::new();
    for sentence in sentences {
        let first = out.len();
        let labels = kit
            .tagger(sentence.lang)
            .tag(sentence, &kit.hints(sentence));
        let mut taken = vec![false; sentence.words.len()];
        for found in kit.gazetteer.scan(&sentence.words, sentence.lang) {
            let entry = kit.gazetteer.entry_at(found.entry);
            push(
                &mut out,
                document,
                sentence,
                found.from,
                found.to,
                entry.kind,
                Some(entry.id.clone()),
                kit,
            );
            taken[found.from..found.to].fill(true);
        }
        let mut at = 0;
        while at < labels.len() {
            let Some(class) = tagger::class_of(labels[at]) else {
                at += 1;
                continue;
            };
            let mut end = at + 1;
            while end < labels.len() && labels[end] == 2 + 2 * class {
                end += 1;
            }
            if !taken[at..end].iter().any(|t| *t) && class < 3 {
                let kind = [
                    EntityKind::Person,
                    EntityKind::Place,
                    EntityKind::Organization,
                ][class];
                push(&mut out, document, sentence, at, end, kind, None, kit);
            }
            at = end;
        }
        out[first..].sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        let described = descriptions::descriptions(document, sentence, &out[first..], kit);
        out.extend(described);
    }
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    out
}

#[allow(clippy::too_many_arguments)]
fn push(
    out: &mut Vec<Mention>,
    document: &Document,
    sentence: &Sentence,
    from: usize,
    to: usize,
    kind: EntityKind,
    listed: Option<String>,
    _kit: &Kit,
) {
    let words = &sentence.words[from..to];
    let span: Span = words[0].host.to(words[words.len() - 1].span);
    let name = if sentence.lang == Lang::Ru {
        words
            .iter()
            .map(|w| {
                if w.pos == Pos::Punct {
                    w.fold.clone()
                } else {
                    title(&w.lemma)
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    } else {
        span.of(&document.text).to_owned()
    };
    let _ = Clitics::NONE;
    out.push(Mention {
        span,
        kind,
        form: MentionForm::Name,
        lang: sentence.lang,
        name,
        listed,
        of: None,
        noun: None,
    });
}

fn title(word: &str) -> String {
    let mut c = word.chars();
    c.next()
        .map_or_else(String::new, |f| f.to_uppercase().chain(c).collect())
}
