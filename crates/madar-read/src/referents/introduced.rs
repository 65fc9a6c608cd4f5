//! What things are called besides their names: nouns and countries that the text has said of a name (*the Norwegian
//! company {Fjordal}*, مجموعة {«أورينت كواي»} اللبنانية), and those by which a description means it again (*the
//! company*, *the Norwegian company*).

use std::ops::Range;

use madar_text::{Clitics, Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Kit;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::{Pos, Sentence, Word, sentence_of};

/// A description of a body or an asset that says no more than a noun and a country.
pub(super) struct ClassNoun {
    /// In the base form.
    pub(super) noun: String,
    pub(super) country: Option<String>,
}

pub(super) fn class_noun(
    sentences: &[Sentence],
    mention: &Mention,
    kit: &Kit,
) -> Option<ClassNoun> {
    let sentence = sentence_of(sentences, mention.span)?;
    let words = &sentence.words[sentence.within(mention.span)];
    let mut country = None;
    let mut nouns = Vec::new();
    for word in words {
        match kit.gazetteer.adjective(word, sentence.lang) {
            Some(of) => country = Some(of.to_owned()),
            None => nouns.push(word),
        }
    }
    let [noun] = nouns[..] else { return None };
    let definite = sentence.lang != Lang::Ar || noun.clitics.has(Clitics::ARTICLE);
    (!noun.plural && definite).then(|| ClassNoun {
        noun: noun.lemma.clone(),
        country,
    })
}

/// Nouns and countries that were said of each named body and asset, by the root of its mentions.
#[derive(Default)]
pub(super) struct Introduced {
    nouns: FxHashMap<usize, FxHashSet<String>>,
    countries: FxHashMap<usize, FxHashSet<String>>,
}

/// Words looked at before a name, and behind an Arabic one.
const BESIDE: usize = 3;

impl Introduced {
    pub(super) fn new(
        sentences: &[Sentence],
        mentions: &[Mention],
        roots: &[usize],
        kit: &Kit,
    ) -> Self {
        let mut out = Self::default();
        let things = mentions
            .iter()
            .zip(roots)
            .filter(|(m, _)| m.kind.is_body() || m.kind == EntityKind::Asset);
        for (mention, &root) in things {
            let Some(sentence) = sentence_of(sentences, mention.span) else {
                continue;
            };
            let within = sentence.within(mention.span);
            let words = &sentence.words;
            if mention.form == MentionForm::Description {
                let words = &words[within];
                let head = head(words, sentence.lang, kit);
                let said = words.iter().enumerate().filter(|(at, word)| {
                    head.contains(at) || kit.class(sentence.lang, word).is_none()
                });
                out.hear(said.map(|(_, w)| w), sentence.lang, root, true, kit);
                continue;
            }
            // *Fast Company* is a paper: no company is meant by it.
            if !super::is_outlet(mention, kit) {
                out.hear(words[within.clone()].iter(), sentence.lang, root, true, kit);
            }
            let before = words[..within.start].iter().rev().take(BESIDE);
            let before = before.take_while(|w| w.is_quote() || says(w, sentence.lang, kit));
            out.hear(before, sentence.lang, root, false, kit);
            if sentence.lang == Lang::Ar {
                let behind = words[within.end..].iter().take(BESIDE);
                let behind = behind.take_while(|w| {
                    w.is_quote() || kit.gazetteer.adjective(w, sentence.lang).is_some()
                });
                out.hear(behind, sentence.lang, root, false, kit);
            }
        }
        out
    }

    fn hear<'a>(
        &mut self,
        words: impl Iterator<Item = &'a Word>,
        lang: Lang,
        root: usize,
        inside: bool,
        kit: &Kit,
    ) {
        for word in words {
            if let Some(country) = kit.gazetteer.adjective(word, lang) {
                let countries = self.countries.entry(root).or_default();
                countries.insert(country.to_owned());
            } else if kit
                .class(lang, word)
                .is_some_and(|kind| inside || !is_over(kind))
            {
                let nouns = self.nouns.entry(root).or_default();
                nouns.insert(word.lemma.clone());
            }
        }
    }

    /// Whether the text has said of it what it is.
    pub(super) fn by_any_noun(&self, root: usize) -> bool {
        self.nouns.contains_key(&root)
    }

    pub(super) fn by_noun(&self, root: usize, noun: &str) -> bool {
        self.nouns.get(&root).is_some_and(|n| n.contains(noun))
    }

    /// By one of these, or they stand within one of its names.
    pub(super) fn by_trade(
        &self,
        mentions: &[Mention],
        roots: &[usize],
        root: usize,
        trade: &[String],
    ) -> bool {
        let mut own = mentions
            .iter()
            .zip(roots)
            .filter(|(m, of)| **of == root && m.is_naming());
        trade.iter().any(|noun| self.by_noun(root, noun))
            || own.any(|(m, _)| is_of_trade(&m.name, trade))
    }

    pub(super) fn by_country(&self, root: usize, country: &str) -> bool {
        let countries = self.countries.get(&root);
        countries.is_some_and(|c| c.contains(country))
    }
}

/// Whether a name says what it does by one of these words.
pub(crate) fn is_of_trade(name: &str, trade: &[String]) -> bool {
    let name = fold(name);
    trade.iter().any(|word| name.contains(word.as_str()))
}

/// The words of a description in which its own noun stands: *the pipeline's {operator}*, *{оператор} газопровода*; what
/// they are of is something else.
fn head(words: &[Word], lang: Lang, kit: &Kit) -> Range<usize> {
    if lang != Lang::En {
        let noun = words.iter().position(|w| kit.class(lang, w).is_some());
        return 0..noun.map_or(0, |at| at + 1);
    }
    let mark = |w: &Word| matches!(w.fold.as_str(), "'s" | "'" | "’s" | "’");
    let from = words.iter().rposition(mark).map_or(0, |at| at + 1);
    let of = |w: &Word| kit.facts.is_preposition(lang, &w.fold);
    let to = words[from..].iter().position(of);
    from..to.map_or(words.len(), |at| from + at)
}

/// A class noun or an adjective: what may stand between *the Norwegian company* and its name.
fn says(word: &Word, lang: Lang, kit: &Kit) -> bool {
    let country = kit.gazetteer.adjective(word, lang).is_some();
    country || kit.class(lang, word).is_some() || word.pos == Pos::Adjective
}

/// إدارة الصندوق, *правительство Франции*: beside a name such a noun means what is over it.
fn is_over(kind: EntityKind) -> bool {
    kind == EntityKind::PublicBody
}
