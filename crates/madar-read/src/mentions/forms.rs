//! Russian names brought to one form over the document: a word alone that may be a form of a name that the text has in the
//! nominative elsewhere is that name.

use madar_text::{Document, Lang};
use rustc_hash::FxHashMap;

use crate::Kit;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::{Sentence, Word, sentence_of};

/// Names that the text has in the nominative, by their stems; of one stem no more than two, which are too many already.
#[derive(Default)]
struct Known {
    by_stem: FxHashMap<String, Vec<String>>,
}

impl Known {
    fn add(&mut self, name: &str) {
        let own = self.by_stem.entry(stem(name)).or_default();
        if own.len() < 2 && !own.iter().any(|other| other == name) {
            own.push(name.to_owned());
        }
    }

    fn of(&self, stem: &str) -> &[String] {
        self.by_stem.get(stem).map_or(&[], Vec::as_slice)
    }
}

/// Letters of a surname that both forms must share to be forms of one.
const SHORTEST_STEM: usize = 3;

/// A surname alone is the surname of the one full name of which it may be a form, as it stands or as the dictionary
/// has it: *Стрежневой* is Стрежнева where Лидия Стрежнева is named, *Василенков* no form of Василенок where Родион
/// Василенков is.
pub(super) fn surnames_by_full_names(text: &str, mentions: &mut [Mention]) {
    let person = |m: &Mention| {
        m.lang == Lang::Ru && m.kind == EntityKind::Person && m.form != MentionForm::Description
    };
    let mut full = Known::default();
    for mention in mentions.iter().filter(|m| person(m)) {
        let last = mention
            .name
            .rsplit_once(' ')
            .map(|(_, last)| last.to_owned());
        if let Some(last) = last {
            full.add(&last);
        }
    }
    for mention in mentions.iter_mut().filter(|m| person(m)) {
        if mention.name.contains(' ') {
            continue;
        }
        let own = [stem(mention.span.of(text)), stem(&mention.name)];
        let own = own.map(|stem| Some(stem).filter(|stem| stem.chars().count() >= SHORTEST_STEM));
        let mut same: Vec<&String> = own.iter().flatten().flat_map(|own| full.of(own)).collect();
        same.dedup();
        if let [last] = same[..] {
            mention.name.clone_from(last);
        }
    }
}

/// «Марвелии» is Марвелия where the text has *компания «Марвелия»*: behind what a thing is its name stands in the nominative.
pub(super) fn bodies_by_quoted_names(
    document: &Document,
    sentences: &[Sentence],
    mentions: &mut [Mention],
    kit: &Kit,
) {
    let thing = |m: &Mention| {
        let named = m.form != MentionForm::Description && m.listed.is_none();
        m.lang == Lang::Ru && m.kind != EntityKind::Person && named && !m.name.contains(' ')
    };
    let shown = |m: &Mention| m.span.of(&document.text);
    let quoted = |m: &Mention| {
        let sentence = sentence_of(sentences, m.span)?;
        let from = sentence.within(m.span).start;
        let (noun, mark) = (from.checked_sub(2)?, &sentence.words[from - 1]);
        let called = kit.class(Lang::Ru, &sentence.words[noun]).is_some();
        Some(called && Word::is_quote(mark))
    };
    let mut known = Known::default();
    for mention in mentions.iter().filter(|m| thing(m)) {
        if quoted(mention).unwrap_or(false) {
            known.add(shown(mention));
        }
    }
    for mention in mentions.iter_mut().filter(|m| thing(m)) {
        let own = stem(shown(mention));
        let long = own.chars().count() >= SHORTEST_STEM;
        if let ([name], true) = (known.of(&own), long) {
            mention.name.clone_from(name);
        }
    }
}

/// A surname without its ending.
fn stem(name: &str) -> String {
    const ENDINGS: [&str; 26] = [
        "ого", "ому", "ыми", "ими", "ой", "ою", "ую", "ая", "ий", "ый", "ым", "им", "ом", "ем",
        "ей", "ых", "их", "ах", "а", "у", "е", "ы", "и", "я", "ю", "ь",
    ];
    let folded = madar_text::fold(name);
    let ending = ENDINGS.iter().find(|e| folded.ends_with(**e));
    ending.map_or_else(
        || folded.clone(),
        |e| folded[..folded.len() - e.len()].to_owned(),
    )
}
