//! What the trigger of a report says, so far as `data/senses.toml` knows its word in the three languages:
//! a post by its rank, an event by what happens. Words that it does not know say nothing across languages.

use std::collections::{BTreeMap, BTreeSet};

use madar_text::fold;
use serde::Deserialize;

use crate::concepts::bare;

const SENSES: &str = include_str!("../data/senses.toml");

/// Posts of which somebody has one at a time: a man may head three companies, but he is one country's minister.
const SINGLE: [&str; 4] = ["minister", "envoy", "ambassador", "spokesperson"];

/// Rules of this name tell a kind and no word.
pub(crate) const BY_MODEL: &str = "model";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    post: BTreeMap<String, Vec<String>>,
    second: BTreeMap<String, Vec<String>>,
    tie: BTreeMap<String, Vec<String>>,
    event: BTreeMap<String, Vec<String>>,
}

pub(crate) struct Senses {
    /// By folded word.
    whole: BTreeMap<String, BTreeSet<u16>>,
    /// By folded beginning of a word.
    begun: Vec<(String, u16)>,
    /// From here on senses are those of a second, then of ties, and then of events.
    second: std::ops::Range<u16>,
    ties: std::ops::Range<u16>,
    /// The senses of ranks of which somebody may have several at a time.
    heads: BTreeSet<u16>,
}

/// The language, the word and the senses of a report's trigger.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Sense {
    pub(crate) lang: String,
    /// The word as its language pack has it; empty where no pack found the fact.
    pub(crate) word: String,
    ranks: BTreeSet<u16>,
    is_second: bool,
    /// A rank of which somebody has one at a time: a minister, an envoy.
    is_single: bool,
    ties: BTreeSet<u16>,
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
            ties: 0..0,
            heads: BTreeSet::new(),
        };
        let mut number = 0;
        for (post, words) in &table.post {
            if !SINGLE.contains(&post.as_str()) {
                out.heads.insert(number);
            }
            out.add(number, words);
            number += 1;
        }
        out.second.start = number;
        for words in table.second.values() {
            out.add(number, words);
            number += 1;
        }
        out.second.end = number;
        out.ties.start = number;
        for words in table.tie.values() {
            out.add(number, words);
            number += 1;
        }
        out.ties.end = number;
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

    /// Of a rule's name (`en/role/deputy chairman`, `ar/communication/أبلغ/يبلغ`), and where it is a model's of what
    /// is said of the post or the bond (*U.S. special envoy*).
    pub(crate) fn of(&self, rule: &str, said: &str) -> Sense {
        let mut parts = rule.splitn(3, '/');
        let (Some(lang), Some(kind), Some(word)) = (parts.next(), parts.next(), parts.next())
        else {
            return Sense::default();
        };
        let by_model = kind == BY_MODEL;
        let of_a_tie = ["role", "family", "associate"].contains(&word);
        let word = fold(if by_model { said } else { word });
        let mut found: BTreeSet<u16> = BTreeSet::new();
        if by_model {
            let words = word.split(|c: char| !(c.is_alphanumeric() || c == '-'));
            for part in words.flat_map(bare) {
                self.find(part, &mut found);
            }
        } else {
            let parts = word.split([' ', '/']);
            for part in parts.chain(word.split('/').map(str::trim)) {
                self.find(part, &mut found);
            }
        }
        let those = |range: std::ops::Range<u16>| found.range(range).copied().collect();
        let ranks: BTreeSet<u16> = those(0..self.second.start);
        Sense {
            lang: lang.to_owned(),
            is_second: found.iter().any(|sense| self.second.contains(sense)),
            is_single: !ranks.is_empty() && ranks.is_disjoint(&self.heads),
            ranks,
            ties: those(self.ties.clone()),
            // what is said of a post tells of no event
            events: match by_model {
                true => BTreeSet::new(),
                false => those(self.ties.end..u16::MAX),
            },
            word: match by_model && !of_a_tie {
                true => String::new(),
                false => word,
            },
        }
    }

    fn find(&self, word: &str, found: &mut BTreeSet<u16>) {
        found.extend(self.whole.get(word).into_iter().flatten());
        let begun = self.begun.iter();
        let begun = begun.filter(|(begin, _)| word.starts_with(begin.as_str()));
        found.extend(begun.map(|(_, sense)| *sense));
    }
}

impl Sense {
    /// Whether both say a rank, and not the same one.
    pub(crate) fn is_another_post(&self, other: &Sense) -> bool {
        let known = !self.ranks.is_empty() && !other.ranks.is_empty();
        known && (self.ranks.is_disjoint(&other.ranks) || self.is_second != other.is_second)
    }

    /// Whether both say one post: the same rank, or the same words.
    pub(crate) fn is_same_post(&self, other: &Sense) -> bool {
        let same_rank = !self.ranks.is_disjoint(&other.ranks) && self.is_second == other.is_second;
        let same_word = !self.word.is_empty() && self.word == other.word;
        same_rank || same_word && self.lang == other.lang
    }

    /// Whether both say one rank of which somebody has one at a time.
    pub(crate) fn is_same_single_post(&self, other: &Sense) -> bool {
        let single = self.is_single && other.is_single;
        single && !self.ranks.is_disjoint(&other.ranks) && self.is_second == other.is_second
    }

    /// Whether both say how two are tied, and not in the same way.
    pub(crate) fn is_another_tie(&self, other: &Sense) -> bool {
        let known = !self.ties.is_empty() && !other.ties.is_empty();
        known && self.ties.is_disjoint(&other.ties)
    }

    /// Whether both say that two are tied in one way.
    pub(crate) fn is_same_tie(&self, other: &Sense) -> bool {
        !self.ties.is_disjoint(&other.ties)
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
        let post = |rule: &str| senses.of(rule, "");
        assert!(post("en/role/special envoy").is_another_post(&post("ar/role/رييس")));
        assert!(post("en/role/deputy chairman").is_another_post(&post("ru/role/председатель")));
        assert!(!post("en/role/chief executive").is_another_post(&post("ru/role/гендиректор")));
        assert!(!post("en/role/plumber").is_another_post(&post("ru/role/министр")));
        let said = |said: &str| senses.of("ar/model/role", said);
        assert!(said("المبعوث الأميركي الخاص").is_same_single_post(&post("en/role/special envoy")));
        assert!(said("نائب رئيسه السابق").is_another_post(&post("en/role/chairman")));
    }

    #[test]
    fn ties_are_told_apart_across_languages() {
        let senses = Senses::bundled();
        let tie = |rule: &str| senses.of(rule, "");
        assert!(tie("en/associate/classmate").is_another_tie(&tie("ru/associate/друг")));
        assert!(!tie("en/associate/friend").is_another_tie(&tie("ar/associate/صديق")));
        assert!(tie("en/family/brother-in-law").is_another_tie(&tie("en/family/brother")));
        assert!(!tie("en/family/son").is_another_tie(&tie("ru/family/отец")));
        assert!(!tie("en/associate/friend").is_another_tie(&tie("en/associate/kindred")));
    }

    #[test]
    fn one_country_has_one_minister() {
        let senses = Senses::bundled();
        let post = |rule: &str| senses.of(rule, "");
        assert!(post("en/role/minister").is_same_single_post(&post("ru/role/министр")));
        assert!(!post("en/role/chairman").is_same_single_post(&post("ru/role/председатель")));
        assert!(!post("en/role/deputy minister").is_same_single_post(&post("ru/role/министр")));
    }

    #[test]
    fn events_are_told_apart_across_languages() {
        let senses = Senses::bundled();
        let same = |a: &str, b: &str| senses.of(a, "").is_same_event(&senses.of(b, ""));
        assert_eq!(
            same("en/communication/tell", "ar/communication/أبلغ/يبلغ"),
            Some(true)
        );
        assert_eq!(same("en/event/resign", "ru/event/арестовать"), Some(false));
        assert_eq!(same("en/event/yodel", "en/event/resign"), Some(false));
        assert_eq!(same("en/event/yodel", "ru/event/арестовать"), None);
        assert_eq!(same("annotation", "ru/event/арестовать"), None);
        assert_eq!(same("en/model/event", "en/model/event"), None);
    }
}
