//! The words in names that are known beforehand: `data/words.toml`, `nicknames.toml`, `common.toml`,
//! `frequent.toml`.
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
/// The longest such beginning, in bytes.
const LONGEST_STEM: usize = 63;
/// The longest phrase of `words.toml`, in words.
const LONGEST_PHRASE: usize = 12;
/// The shortest Latin word that is looked up as Russian: shorter ones are too often something else.
const SHORTEST_SPOKEN: usize = 6;
/// Articles and conjunctions written on to an Arabic word of a trade.
const ARABIC_PREFIXES: [&str; 6] = ["وال", "بال", "ال", "لل", "و", "ل"];

/// The number of a meaning (*bank*) in `[class]` of `words.toml`.
pub(crate) type Meaning = u16;
/// The number of a line of `nicknames.toml`.
pub(crate) type Bearer = u16;

#[derive(Deserialize)]
struct Words {
    honorific: Vec<String>,
    honorific_or_name: Vec<String>,
    letter: BTreeMap<String, String>,
    acronym: BTreeMap<String, String>,
    particle: Vec<String>,
    link: Vec<String>,
    org_form: Vec<String>,
    generic: Vec<String>,
    class: BTreeMap<String, Vec<String>>,
    word: BTreeMap<String, Vec<String>>,
    expand: BTreeMap<String, Vec<String>>,
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

#[derive(Deserialize)]
struct Frequent {
    organisation: Often,
    person: Often,
}

/// Words by how often they stand in names, separated by spaces.
#[derive(Deserialize)]
struct Often {
    often: String,
    very_often: String,
    most_often: String,
}

impl Often {
    fn table(&self) -> FxHashMap<String, u8> {
        let all = [&self.often, &self.very_often, &self.most_often];
        (1..)
            .zip(all)
            .flat_map(|(degree, words)| {
                words
                    .split_whitespace()
                    .map(move |w| (w.to_owned(), degree))
            })
            .collect()
    }
}

/// All known words, read once.
pub(crate) struct Lexicon {
    honorifics: Phrases,
    honorifics_or_names: FxHashSet<String>,
    letters: FxHashMap<String, String>,
    acronym_letters: FxHashMap<String, String>,
    particles: Phrases,
    links: Phrases,
    org_forms: Phrases,
    generic: FxHashSet<Meaning>,
    /// The meanings from this one on are of words that tell names apart.
    first_telling: Meaning,
    /// One meaning of a word; several, in order, of a compound or an acronym.
    meanings: Table<Vec<Meaning>>,
    bearers: FxHashMap<String, Vec<Bearer>>,
    common: Vec<String>,
    frequent_in_organisations: FxHashMap<String, u8>,
    frequent_in_persons: FxHashMap<String, u8>,
}

/// The one lexicon.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let words: Words = toml::from_str(include_str!("../data/words.toml"))
        .expect("data/words.toml is valid: the tests read it");
    let nicknames: Nicknames = toml::from_str(include_str!("../data/nicknames.toml"))
        .expect("data/nicknames.toml is valid: the tests read it");
    let common: Common = toml::from_str(include_str!("../data/common.toml"))
        .expect("data/common.toml is valid: the tests read it");
    let frequent: Frequent = toml::from_str(include_str!("../data/frequent.toml"))
        .expect("data/frequent.toml is valid: the tests read it");
    Lexicon::new(&words, &nicknames, common, &frequent)
});

impl Lexicon {
    fn new(words: &Words, nicknames: &Nicknames, common: Common, frequent: &Frequent) -> Lexicon {
        let named: Vec<(&String, &Vec<String>)> = words.class.iter().chain(&words.word).collect();
        let mut meanings = Table::default();
        let mut numbers: FxHashMap<&str, Meaning> = FxHashMap::default();
        for (number, (name, spellings)) in (0..).zip(&named) {
            numbers.insert(name, number);
            for spelling in *spellings {
                meanings.insert(spelling, vec![number]);
            }
        }
        for (spelling, names) in &words.expand {
            let number = |name: &String| {
                let found = numbers.get(name.as_str());
                *found
                    .unwrap_or_else(|| panic!("data/words.toml: no meaning {name:?} for [expand]"))
            };
            meanings.replace(spelling, names.iter().map(number).collect());
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
            honorifics_or_names: words.honorific_or_name.iter().map(|w| fold(w)).collect(),
            acronym_letters: (words.letter.iter().chain(&words.acronym))
                .map(|(word, letter)| (fold(word), letter.clone()))
                .collect(),
            letters: words
                .letter
                .iter()
                .map(|(word, letter)| (fold(word), letter.clone()))
                .collect(),
            particles: Phrases::new(&words.particle),
            links: Phrases::new(&words.link),
            org_forms: Phrases::new(&words.org_form),
            generic: (0..)
                .zip(words.class.keys())
                .filter(|(_, name)| words.generic.contains(name))
                .map(|(number, _)| number)
                .collect(),
            first_telling: (0..)
                .zip(&words.class)
                .map(|(number, _): (Meaning, _)| number + 1)
                .last()
                .unwrap_or(0),
            meanings,
            bearers,
            common: all,
            frequent_in_organisations: frequent.organisation.table(),
            frequent_in_persons: frequent.person.table(),
        }
    }

    /// How many of the first words are one honorific; 0 if none.
    pub(crate) fn honorific(&self, words: &[&str]) -> usize {
        self.honorifics.longest(words)
    }

    /// The letter that a word is the name of.
    pub(crate) fn letter(&self, word: &str) -> Option<&str> {
        self.letters.get(word).map(String::as_str)
    }

    /// The letter that a word is the name of in a name of nothing but letters.
    pub(crate) fn acronym_letter(&self, word: &str) -> Option<&str> {
        self.acronym_letters.get(word).map(String::as_str)
    }

    /// Whether an honorific is also given to people as a name: *Amir*, *Malik*.
    pub(crate) fn may_be_name(&self, word: &str) -> bool {
        self.honorifics_or_names.contains(word)
    }

    /// Whether a word is a particle of persons' names.
    pub(crate) fn is_particle(&self, word: &str) -> bool {
        self.particles.longest(&[word]) == 1
    }

    /// Whether a particle is an article or says whose child one is: never a name.
    pub(crate) fn is_article(&self, word: &str) -> bool {
        matches!(
            word,
            "al" | "el" | "аль" | "эль" | "ال" | "bin" | "ibn" | "بن" | "ابن" | "бин" | "ибн"
        ) || matches!(word, "von" | "van" | "de" | "der" | "фон" | "ван" | "де")
    }

    /// Whether a word only links the words of an organisation's name.
    pub(crate) fn is_link(&self, word: &str) -> bool {
        self.links.longest(&[word]) == 1
    }

    /// How many of the first words are one legal form; 0 if none.
    pub(crate) fn org_form(&self, words: &[&str]) -> usize {
        self.org_forms.longest(words)
    }

    /// The meaning of a word; several, in order, of a compound or an acronym; none of a name.
    pub(crate) fn meanings(&self, word: &str) -> &[Meaning] {
        self.find(word).map_or(&[], Vec::as_slice)
    }

    fn find(&self, word: &str) -> Option<&Vec<Meaning>> {
        if let Some(found) = self.meanings.find(word) {
            return Some(found);
        }
        if word.is_ascii() {
            return self.meanings.find(&in_cyrillic(word)?);
        }
        ARABIC_PREFIXES
            .iter()
            .filter_map(|prefix| word.strip_prefix(prefix))
            .filter(|rest| rest.chars().count() > SHORTEST_STEM)
            .find_map(|rest| self.meanings.find(rest))
    }

    /// Whether any organisation may add a word of this meaning or leave it out.
    pub(crate) fn is_generic(&self, meaning: Meaning) -> bool {
        self.generic.contains(&meaning)
    }

    /// Whether a word of this meaning tells one organisation from another as a name does.
    pub(crate) fn is_telling(&self, meaning: Meaning) -> bool {
        meaning >= self.first_telling
    }

    /// How often a word stands in names of organisations: 0 seldom to 3 most often.
    pub(crate) fn frequency_in_organisations(&self, word: &str) -> u8 {
        self.frequent_in_organisations
            .get(word)
            .copied()
            .unwrap_or(0)
    }

    /// How often a word stands in names of persons: 0 seldom to 3 most often.
    pub(crate) fn frequency_in_persons(&self, word: &str) -> u8 {
        self.frequent_in_persons.get(word).copied().unwrap_or(0)
    }

    /// The given names a word may stand for.
    pub(crate) fn bearers(&self, word: &str) -> &[Bearer] {
        self.bearers.get(word).map_or(&[], Vec::as_slice)
    }

    /// All forms of given names, and the given names that each may stand for.
    pub(crate) fn forms(&self) -> impl Iterator<Item = (&str, &[Bearer])> {
        let all = self.bearers.iter();
        all.map(|(form, bearers)| (form.as_str(), bearers.as_slice()))
    }

    /// The very common names, in Latin letters.
    pub(crate) fn common(&self) -> &[String] {
        &self.common
    }
}

/// Values of words and of beginnings of words.
struct Table<T> {
    whole: FxHashMap<String, T>,
    stems: FxHashMap<String, T>,
    /// The lengths in bytes, as bits, of the stems that begin so: most words begin no stem.
    lengths: FxHashMap<[u8; 2 * SHORTEST_STEM], u64>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table {
            whole: FxHashMap::default(),
            stems: FxHashMap::default(),
            lengths: FxHashMap::default(),
        }
    }
}

impl<T> Table<T> {
    /// A spelling that ends in an asterisk is the beginning of words. The first value stays.
    fn insert(&mut self, spelling: &str, value: T) {
        let (table, spelling) = self.table(spelling);
        table.entry(spelling).or_insert(value);
    }

    /// The same; the last value stays.
    fn replace(&mut self, spelling: &str, value: T) {
        let (table, spelling) = self.table(spelling);
        table.insert(spelling, value);
    }

    fn table(&mut self, spelling: &str) -> (&mut FxHashMap<String, T>, String) {
        if let Some(stem) = spelling.strip_suffix('*') {
            let stem = fold(stem);
            if let Some(beginning) = beginning(&stem) {
                *self.lengths.entry(beginning).or_default() |= 1 << stem.len().min(LONGEST_STEM);
            }
            (&mut self.stems, stem)
        } else {
            (&mut self.whole, fold(spelling))
        }
    }

    /// The value of a word, else of the longest beginning.
    fn find(&self, word: &str) -> Option<&T> {
        if let Some(found) = self.whole.get(word) {
            return Some(found);
        }
        let lengths = self.lengths.get(&beginning(word)?).copied().unwrap_or(0);
        let mut left = lengths & (u64::MAX >> (LONGEST_STEM - word.len().min(LONGEST_STEM)));
        while left != 0 {
            let end = left.ilog2();
            let stem = word.get(..end as usize);
            if let Some(found) = stem.and_then(|stem| self.stems.get(stem)) {
                return Some(found);
            }
            left &= !(1 << end);
        }
        None
    }
}

/// The first letters of a word, as many as the shortest stem has; none of a shorter word.
fn beginning(word: &str) -> Option<[u8; 2 * SHORTEST_STEM]> {
    let mut letters = word.char_indices().skip(SHORTEST_STEM);
    let end = letters.next().map_or(word.len(), |(at, _)| at);
    let is_whole = word.chars().take(SHORTEST_STEM).count() == SHORTEST_STEM;
    let bytes = word.as_bytes().get(..end)?;
    let mut beginning = [0; 2 * SHORTEST_STEM];
    beginning.get_mut(..bytes.len())?.copy_from_slice(bytes);
    is_whole.then_some(beginning)
}

/// A Latin word in Cyrillic letters, as if it were a transcription from Russian; none for a word that
/// is short or has letters no transcription uses.
fn in_cyrillic(word: &str) -> Option<String> {
    if word.len() < SHORTEST_SPOKEN || !word.is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(2 * word.len());
    let mut rest = word.as_bytes();
    while let Some(&letter) = rest.first() {
        let (used, cyrillic) = match rest {
            [b's', b'h', b'c', b'h', ..] => (4, "щ"),
            [b's', b'c', b'h', ..] => (3, "щ"),
            [b'z', b'h', ..] => (2, "ж"),
            [b'k', b'h', ..] => (2, "х"),
            [b't', b's' | b'z', ..] => (2, "ц"),
            [b'c', b'h', ..] => (2, "ч"),
            [b's', b'h', ..] => (2, "ш"),
            [b'y' | b'i' | b'j', b'u', ..] => (2, "ю"),
            [b'y' | b'i' | b'j', b'a', ..] => (2, "я"),
            [b'y', b'e', ..] => (2, "е"),
            [b'i', b'y', ..] => (2, "ий"),
            [b'y', b'y', ..] => (2, "ый"),
            _ => (1, one_in_cyrillic(letter)?),
        };
        out += cyrillic;
        rest = &rest[used..];
    }
    Some(out)
}

fn one_in_cyrillic(letter: u8) -> Option<&'static str> {
    Some(match letter {
        b'a' => "а",
        b'b' => "б",
        b'c' => "ц",
        b'd' => "д",
        b'e' => "е",
        b'f' => "ф",
        b'g' => "г",
        b'h' => "х",
        b'i' => "и",
        b'j' => "ж",
        b'k' => "к",
        b'l' => "л",
        b'm' => "м",
        b'n' => "н",
        b'o' => "о",
        b'p' => "п",
        b'r' => "р",
        b's' => "с",
        b't' => "т",
        b'u' => "у",
        b'v' => "в",
        b'y' => "ы",
        b'z' => "з",
        _ => return None,
    })
}

/// Phrases of one or several words, found by their first word.
struct Phrases {
    by_first: FxHashMap<String, First>,
}

/// What begins with a word.
#[derive(Default)]
struct First {
    /// Whether the word alone is a phrase.
    alone: bool,
    longer: Vec<Vec<String>>,
}

impl Phrases {
    fn new(phrases: &[String]) -> Phrases {
        let mut by_first: FxHashMap<String, First> = FxHashMap::default();
        for phrase in phrases {
            let words: Vec<String> = fold(phrase).split(' ').map(str::to_owned).collect();
            if words.iter().all(|word| word.chars().count() == 1) {
                by_first.entry(words.concat()).or_default().alone = true;
            }
            match words.as_slice() {
                [] => {}
                [one] => by_first.entry(one.clone()).or_default().alone = true,
                [first, ..] => by_first
                    .entry(first.clone())
                    .or_default()
                    .longer
                    .push(words),
            }
        }
        Phrases { by_first }
    }

    /// The length of the longest phrase that `words` begins with.
    fn longest(&self, words: &[&str]) -> usize {
        let Some(known) = words.first().and_then(|first| self.by_first.get(*first)) else {
            return 0;
        };
        let longer = known.longer.iter().filter(|phrase| {
            phrase.len() <= words.len().min(LONGEST_PHRASE)
                && phrase.iter().zip(words).all(|(a, b)| a == b)
        });
        let longest = longer.map(Vec::len).max().unwrap_or(0);
        longest.max(usize::from(known.alone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_alike(words: &[&str]) {
        let meanings: Vec<_> = words.iter().map(|w| LEXICON.meanings(&fold(w))).collect();
        assert_eq!(meanings[0].len(), 1, "{words:?}");
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
