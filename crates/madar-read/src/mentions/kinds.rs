//! What kind of thing a name names: from the words inside it, the class noun before it and what it
//! was elsewhere in the document.

use madar_text::{Lang, fold};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Found;
use crate::Kit;
use crate::reading::EntityKind;
use crate::russian::Russian;
use crate::words::{Sentence, Word};

const FILE: &str = include_str!("../../lang/classes.toml");

/// The wire form of `lang/classes.toml`: kind → language → class nouns.
#[derive(Deserialize)]
struct ClassesFile {
    #[serde(flatten)]
    kinds: std::collections::BTreeMap<String, std::collections::BTreeMap<String, Vec<String>>>,
}

/// Class nouns that tell what the name beside or around them names.
pub(crate) struct Classes {
    by_word: [FxHashMap<String, EntityKind>; 3],
}

const LANGS: [Lang; 3] = [Lang::Ar, Lang::En, Lang::Ru];

impl Classes {
    pub(crate) fn new(russian: &Russian) -> Self {
        let file: ClassesFile =
            toml::from_str(FILE).unwrap_or_else(|error| panic!("lang/classes.toml: {error}"));
        let mut by_word: [FxHashMap<String, EntityKind>; 3] = Default::default();
        for (kind, languages) in file.kinds {
            let kind = EntityKind::named(&kind).unwrap_or_else(|| panic!("kind {kind}"));
            for (code, words) in languages {
                let at = LANGS.iter().position(|l| l.code() == code);
                let at = at.unwrap_or_else(|| panic!("language {code}"));
                for word in words {
                    let key = if code == "ru" {
                        russian.lemma(&word)
                    } else {
                        fold(&word)
                    };
                    by_word[at].insert(key, kind);
                }
            }
        }
        Self { by_word }
    }

    pub(crate) fn of(&self, lang: Lang, word: &Word) -> Option<EntityKind> {
        let at = LANGS.iter().position(|&l| l == lang)?;
        self.by_word[at]
            .get(&word.lemma)
            .or_else(|| self.by_word[at].get(&word.fold))
            .copied()
    }

    /// Folded Arabic class nouns: they exist.
    pub(crate) fn arabic_words(&self) -> impl Iterator<Item = &str> {
        self.by_word[0].keys().map(String::as_str)
    }
}

/// Gives every unlisted name its kind: class nouns first, then the vote of its other mentions.
pub(super) fn settle(sentences: &[Sentence], found: &mut [Vec<Found>], kit: &Kit) {
    let mut votes: FxHashMap<String, Vec<EntityKind>> = FxHashMap::default();
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        for name in names.iter_mut() {
            let told = told(sentence, name, kit);
            if name.listed.is_none()
                && let Some(kind) = told
            {
                name.kind = kind;
            }
            // What a class noun says counts for three guesses of the model.
            let weight = if told.is_some() || name.listed.is_some() {
                3
            } else {
                1
            };
            let list = votes.entry(form(sentence, name)).or_default();
            list.extend(std::iter::repeat_n(name.kind, weight));
        }
    }
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        for name in names.iter_mut().filter(|n| n.listed.is_none()) {
            let list = &votes[&form(sentence, name)];
            let count = |kind: EntityKind| list.iter().filter(|&&k| k == kind).count();
            let best = EntityKind::ALL
                .into_iter()
                .max_by_key(|&k| (count(k), k == name.kind));
            name.kind = best.unwrap_or(name.kind);
        }
    }
}

fn form(sentence: &Sentence, name: &Found) -> String {
    let words = &sentence.words[name.from..name.to];
    words
        .iter()
        .map(|w| super::key(sentence.lang, w))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The kind that a class noun inside the name or right before it tells.
fn told(sentence: &Sentence, name: &Found, kit: &Kit) -> Option<EntityKind> {
    let words = &sentence.words;
    let inside = &words[name.from..name.to];
    let lang = sentence.lang;
    if name.kind != EntityKind::Person || inside.len() > 1 {
        // English and Russian put the class last or first, Arabic first.
        let ends = [inside.first(), inside.last()];
        let own = ends
            .into_iter()
            .flatten()
            .find_map(|w| kit.classes.of(lang, w));
        if inside.len() > 1 && name.kind != EntityKind::Person && own.is_some() {
            return own;
        }
    }
    let quote = |w: &Word| matches!(w.fold.as_str(), "\"" | "«" | "“" | "„");
    let mut before = words[..name.from].iter().rev().filter(|w| !quote(w));
    let nearest = before.next()?;
    let quoted = name.from > 0 && quote(&words[name.from - 1]);
    let class = kit.classes.of(lang, nearest).or_else(|| {
        // one adjective may stand between: شركة النفط «X», нефтяная компания X, the oil company X
        let second = before.next()?;
        let adjective = lang != Lang::Ar || quoted;
        kit.classes.of(lang, second).filter(|_| adjective && quoted)
    })?;
    let fits = class != EntityKind::Place || name.kind == EntityKind::Place;
    (fits && (quoted || name.kind != EntityKind::Person)).then_some(class)
}

/// Whether a name that is neither person, place nor body is marked as a name: quoted, or capitals.
pub(super) fn is_marked(words: &[Word], from: usize, to: usize) -> bool {
    let quoted = from > 0 && matches!(words[from - 1].fold.as_str(), "\"" | "«" | "“");
    quoted || words[from..to].iter().all(|w| w.capital)
}
