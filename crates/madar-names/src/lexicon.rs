//! The words in names that are known beforehand: `data/words.toml`, `nicknames.toml`, `common.toml`.
//!
//! Everything is looked up folded. A word of a trade (*bank*, *банк*, بنك) leads to the number of
//! its meaning, a given name to the numbers of the names it may stand for, a legal form of several
//! words to its length.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::fold::fold;

/// The shortest beginning of a word that `words.toml` may give before an asterisk.
const SHORTEST_STEM: usize = 2;
/// The longest phrase of `words.toml`, in words.
const LONGEST_PHRASE: usize = 12;
/// Articles and conjunctions written on to an Arabic word of a trade.
const ARABIC_PREFIXES: [&str; 6] = ["وال", "بال", "ال", "لل", "و", "ل"];

/// The number of a meaning (*bank*) in `[class]` of `words.toml`.
pub(crate) type Meaning = u16;
/// The number of a line of `nicknames.toml`.
pub(crate) type Bearer = u16;

#[derive(Deserialize)]
struct Words {
    honorific: Vec<String>,
    particle: Vec<String>,
    link: Vec<String>,
    org_form: Vec<String>,
    generic: Vec<String>,
    class: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Nicknames {
    names: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Common {
    given: Vec<String>,
    patronymic: Vec<String>,
    surname: Vec<String>,
}

/// All known words, read once.
pub(crate) struct Lexicon {
    honorifics: Phrases,
    particles: Phrases,
    links: Phrases,
    org_forms: Phrases,
    generic: FxHashSet<Meaning>,
    meanings: FxHashMap<String, Meaning>,
    stems: FxHashMap<String, Meaning>,
    bearers: FxHashMap<String, Vec<Bearer>>,
    common: Vec<String>,
}

/// The one lexicon.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let words: Words = toml::from_str(include_str!("../data/words.toml"))
        .expect("data/words.toml is valid: the tests read it");
    let nicknames: Nicknames = toml::from_str(include_str!("../data/nicknames.toml"))
        .expect("data/nicknames.toml is valid: the tests read it");
    let common: Common = toml::from_str(include_str!("../data/common.toml"))
        .expect("data/common.toml is valid: the tests read it");
    Lexicon::new(&words, &nicknames, common)
});

impl Lexicon {
    fn new(words: &Words, nicknames: &Nicknames, common: Common) -> Lexicon {
        let mut meanings = FxHashMap::default();
        let mut stems = FxHashMap::default();
        for (number, spellings) in (0..).zip(words.class.values()) {
            for spelling in spellings {
                let known = if let Some(stem) = spelling.strip_suffix('*') {
                    stems.entry(fold(stem)).or_insert(number)
                } else {
                    meanings.entry(fold(spelling)).or_insert(number)
                };
                let _: &mut Meaning = known;
            }
        }
        let mut bearers: FxHashMap<String, Vec<Bearer>> = FxHashMap::default();
        for (number, forms) in (0..).zip(nicknames.names.values()) {
            for form in forms {
                bearers.entry(fold(form)).or_default().push(number);
            }
        }
        let mut all = common.given;
        all.extend(common.patronymic);
        all.extend(common.surname);
        Lexicon {
            honorifics: Phrases::new(&words.honorific),
            particles: Phrases::new(&words.particle),
            links: Phrases::new(&words.link),
            org_forms: Phrases::new(&words.org_form),
            generic: (0..)
                .zip(words.class.keys())
                .filter(|(_, name)| words.generic.contains(name))
                .map(|(number, _)| number)
                .collect(),
            meanings,
            stems,
            bearers,
            common: all,
        }
    }

    /// How many of the first words are one honorific; 0 if none.
    pub(crate) fn honorific(&self, words: &[&str]) -> usize {
        self.honorifics.longest(words)
    }

    /// Whether a word is a particle of persons' names.
    pub(crate) fn is_particle(&self, word: &str) -> bool {
        self.particles.longest(&[word]) == 1
    }

    /// Whether a word only links the words of an organisation's name.
    pub(crate) fn is_link(&self, word: &str) -> bool {
        self.links.longest(&[word]) == 1
    }

    /// How many of the first words are one legal form; 0 if none.
    pub(crate) fn org_form(&self, words: &[&str]) -> usize {
        self.org_forms.longest(words)
    }

    /// The meaning of a word of a trade.
    pub(crate) fn meaning(&self, word: &str) -> Option<Meaning> {
        if let Some(found) = self.whole_or_stem(word) {
            return Some(found);
        }
        ARABIC_PREFIXES
            .iter()
            .filter_map(|prefix| word.strip_prefix(prefix))
            .filter(|rest| rest.chars().count() > SHORTEST_STEM)
            .find_map(|rest| self.whole_or_stem(rest))
    }

    /// Whether any organisation may add a word of this meaning or leave it out.
    pub(crate) fn is_generic(&self, meaning: Meaning) -> bool {
        self.generic.contains(&meaning)
    }

    fn whole_or_stem(&self, word: &str) -> Option<Meaning> {
        if let Some(&meaning) = self.meanings.get(word) {
            return Some(meaning);
        }
        let ends: Vec<usize> = word
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .skip(SHORTEST_STEM - 1)
            .collect();
        ends.iter()
            .rev()
            .find_map(|&end| self.stems.get(&word[..end]).copied())
    }

    /// The given names a word may stand for.
    pub(crate) fn bearers(&self, word: &str) -> &[Bearer] {
        self.bearers.get(word).map_or(&[], Vec::as_slice)
    }

    /// All forms of given names, in a fixed order.
    pub(crate) fn forms(&self) -> Vec<String> {
        let mut forms: Vec<String> = self.bearers.keys().cloned().collect();
        forms.sort_unstable();
        forms
    }

    /// The very common names, in Latin letters.
    pub(crate) fn common(&self) -> &[String] {
        &self.common
    }
}

/// Phrases of one or several words, found by their first word.
struct Phrases {
    by_first: FxHashMap<String, Vec<Vec<String>>>,
    single: FxHashSet<String>,
}

impl Phrases {
    fn new(phrases: &[String]) -> Phrases {
        let mut by_first: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
        let mut single = FxHashSet::default();
        for phrase in phrases {
            let words: Vec<String> = fold(phrase).split(' ').map(str::to_owned).collect();
            if words.iter().all(|word| word.chars().count() == 1) {
                single.insert(words.concat());
            }
            match words.as_slice() {
                [] => {}
                [one] => {
                    single.insert(one.clone());
                }
                [first, ..] => by_first.entry(first.clone()).or_default().push(words),
            }
        }
        Phrases { by_first, single }
    }

    /// The length of the longest phrase that `words` begins with.
    fn longest(&self, words: &[&str]) -> usize {
        let Some(first) = words.first() else { return 0 };
        let longer = self
            .by_first
            .get(*first)
            .into_iter()
            .flatten()
            .filter(|phrase| {
                phrase.len() <= words.len().min(LONGEST_PHRASE)
                    && phrase.iter().zip(words).all(|(a, b)| a == b)
            });
        let longest = longer.map(Vec::len).max().unwrap_or(0);
        longest.max(usize::from(self.single.contains(*first)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_alike(words: &[&str]) {
        let meanings: Vec<_> = words.iter().map(|w| LEXICON.meaning(&fold(w))).collect();
        assert!(meanings[0].is_some(), "{words:?}");
        assert!(
            meanings.iter().all(|m| *m == meanings[0]),
            "{words:?}: {meanings:?}"
        );
    }

    #[test]
    fn words_of_one_meaning() {
        check_alike(&["bank", "банк", "Банка", "بنك", "البنك", "بانک"]);
        check_alike(&["ministry", "министерство", "وزارة", "الوزارة"]);
        check_alike(&["oil", "нефтяная", "نفط", "النفط"]);
        check_alike(&["aviation", "авиационный", "الطيران"]);
        check_alike(&["holding", "холдинг", "القابضة"]);
    }

    #[test]
    fn legal_forms_of_several_words() {
        let words = fold("Общество с ограниченной ответственностью Ромашка");
        let words: Vec<&str> = words.split(' ').collect();
        assert_eq!(LEXICON.org_form(&words), 4);
    }
}
