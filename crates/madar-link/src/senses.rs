//! What the trigger of a report says, so far as `data/senses.toml` knows its word in the three languages:
//! a post by its rank, an event by what happens. Words that it does not know say nothing across languages.

use std::collections::{BTreeMap, BTreeSet};

use madar_text::fold;
use serde::Deserialize;

const SENSES: &str = include_str!("../data/senses.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    post: BTreeMap<String, Vec<String>>,
    second: BTreeMap<String, Vec<String>>,
    event: BTreeMap<String, Vec<String>>,
}

pub(crate) struct Senses {
    /// By folded word.
    whole: BTreeMap<String, BTreeSet<u16>>,
    /// By folded beginning of a word.
    begun: Vec<(String, u16)>,
    /// From here on senses are those of a second, and then of events.
    second: std::ops::Range<u16>,
}

/// The language, the word and the senses of a report's trigger.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Sense {
    pub(crate) lang: String,
    /// The word as its language pack has it; empty where no pack found the fact.
    pub(crate) word: String,
    ranks: BTreeSet<u16>,
    is_second: bool,
    events: BTreeSet<u16>,
}

impl Senses {
    /// # Panics
    /// If the bundled table is malformed; a test loads it.
    pub(crate) fn bundled() -> Self {
        let table: Table = toml::from_str(SENSES).expect("the bundled table is well formed");
        let mut out = Self {
            whole: BTreeMap::new(),
            begun: Vec::new(),
            second: 0..0,
        };
        let mut number = 0;
        for words in table.post.values() {
            out.add(number, words);
            number += 1;
        }
        out.second.start = number;
        for words in table.second.values() {
            out.add(number, words);
            number += 1;
        }
        out.second.end = number;
        for words in table.event.values() {
            out.add(number, words);
            number += 1;
        }
        out
    }

    fn add(&mut self, sense: u16, words: &[String]) {
        for word in words {
            match word.strip_suffix('*') {
                Some(begin) => self.begun.push((fold(begin), sense)),
                None => {
                    self.whole.entry(fold(word)).or_default().insert(sense);
                }
            }
        }
    }

    /// Of a rule's name: `en/role/deputy chairman`, `ar/communication/أبلغ/يبلغ`.
    pub(crate) fn of(&self, rule: &str) -> Sense {
        let mut parts = rule.splitn(3, '/');
        let (Some(lang), Some(_), Some(word)) = (parts.next(), parts.next(), parts.next()) else {
            return Sense::default();
        };
        let word = fold(word);
        let mut found: BTreeSet<u16> = BTreeSet::new();
        for part in word.split([' ', '/']).chain(word.split('/')) {
            found.extend(self.whole.get(part).into_iter().flatten());
            let begun = self
                .begun
                .iter()
                .filter(|(begin, _)| part.starts_with(begin.as_str()));
            found.extend(begun.map(|(_, sense)| *sense));
        }
        Sense {
            lang: lang.to_owned(),
            ranks: found
                .iter()
                .copied()
                .filter(|sense| *sense < self.second.start)
                .collect(),
            is_second: found.iter().any(|sense| self.second.contains(sense)),
            events: found
                .iter()
                .copied()
                .filter(|sense| *sense >= self.second.end)
                .collect(),
            word,
        }
    }
}

impl Sense {
    /// Whether both say a rank, and not the same one.
    pub(crate) fn is_another_post(&self, other: &Sense) -> bool {
        let known = !self.ranks.is_empty() && !other.ranks.is_empty();
        known && (self.ranks.is_disjoint(&other.ranks) || self.is_second != other.is_second)
    }

    /// Whether both say what happens, and not the same.
    pub(crate) fn is_another_event(&self, other: &Sense) -> bool {
        let known = !self.events.is_empty() && !other.events.is_empty();
        known && self.events.is_disjoint(&other.events)
    }

    /// Whether both say what happens: whether it is the same. `None` where the words tell nothing.
    pub(crate) fn is_same_event(&self, other: &Sense) -> Option<bool> {
        if !self.word.is_empty() && self.lang == other.lang && self.word == other.word {
            return Some(true);
        }
        if !self.events.is_empty() && !other.events.is_empty() {
            return Some(!self.events.is_disjoint(&other.events));
        }
        // two words of one language of which one is unknown are two words
        let told = !self.word.is_empty() && !other.word.is_empty();
        (told && self.lang == other.lang).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_told_apart_across_languages() {
        let senses = Senses::bundled();
        let post = |rule: &str| senses.of(rule);
        assert!(post("en/role/special envoy").is_another_post(&post("ar/role/رييس")));
        assert!(post("en/role/deputy chairman").is_another_post(&post("ru/role/председатель")));
        assert!(!post("en/role/chief executive").is_another_post(&post("ru/role/гендиректор")));
        assert!(!post("en/role/plumber").is_another_post(&post("ru/role/министр")));
    }

    #[test]
    fn events_are_told_apart_across_languages() {
        let senses = Senses::bundled();
        let same = |a: &str, b: &str| senses.of(a).is_same_event(&senses.of(b));
        assert_eq!(
            same("en/communication/tell", "ar/communication/أبلغ/يبلغ"),
            Some(true)
        );
        assert_eq!(same("en/event/resign", "ru/event/арестовать"), Some(false));
        assert_eq!(same("en/event/yodel", "en/event/resign"), Some(false));
        assert_eq!(same("en/event/yodel", "ru/event/арестовать"), None);
        assert_eq!(same("annotation", "ru/event/арестовать"), None);
    }
}
