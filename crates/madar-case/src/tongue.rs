//! The language in which answers are worded, with its words (`words/*.toml`). What a document wrote
//! stays as it is written there; only Madar's own words change. JSON is always worded in English.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use madar_text::Lang;
use serde::Deserialize;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tongue {
    #[default]
    En,
    Ar,
    Ru,
}

/// One entry of a words file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Word(String),
    List(Vec<String>),
    /// By plural category.
    Forms(BTreeMap<String, String>),
}

type Words = BTreeMap<String, BTreeMap<String, Entry>>;

static WORDS: LazyLock<[Words; 3]> = LazyLock::new(|| {
    [
        include_str!("../words/en.toml"),
        include_str!("../words/ar.toml"),
        include_str!("../words/ru.toml"),
    ]
    .map(|file| toml::from_str(file).expect("the tests read each words file"))
});

impl Tongue {
    pub const ALL: [Tongue; 3] = [Tongue::En, Tongue::Ar, Tongue::Ru];

    pub fn code(self) -> &'static str {
        match self {
            Tongue::En => "en",
            Tongue::Ar => "ar",
            Tongue::Ru => "ru",
        }
    }

    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tongue| tongue.code() == code)
    }

    /// The language of texts that is this one.
    pub fn lang(self) -> Lang {
        Lang::from_code(self.code())
    }

    pub fn is_rtl(self) -> bool {
        self == Tongue::Ar
    }

    fn entry(self, table: &str, key: &str) -> Option<&'static Entry> {
        WORDS[self as usize].get(table)?.get(key)
    }

    /// The word under `table.key`; the key itself where the language has none (codes of currencies).
    pub fn say<'k>(self, table: &str, key: &'k str) -> &'k str {
        match self.entry(table, key) {
            Some(Entry::Word(word)) => word,
            _ => key,
        }
    }

    /// The words under `table.key`; none where it is no list.
    pub(crate) fn list(self, table: &str, key: &str) -> &'static [String] {
        match self.entry(table, key) {
            Some(Entry::List(words)) => words,
            _ => &[],
        }
    }

    /// The word under `table.key` with its places filled.
    pub fn fill(self, table: &str, key: &str, with: &[(&str, &str)]) -> String {
        filled(self.say(table, key), with)
    }

    /// *2 articles*: the form of `noun` that goes with the number.
    pub fn count(self, number: usize, noun: &str) -> String {
        let zero = number == 0 && self.form(noun, "zero").is_some();
        let category = if zero { "zero" } else { self.plural(number) };
        self.counted(&number.to_string(), noun, category)
    }

    /// *1.5 years*
    pub(crate) fn fraction(self, number: &str, noun: &str) -> String {
        self.counted(number, noun, "other")
    }

    fn form(self, noun: &str, category: &str) -> Option<&'static str> {
        match self.entry("count", noun) {
            Some(Entry::Forms(forms)) => forms.get(category).map(String::as_str),
            _ => None,
        }
    }

    fn counted(self, number: &str, noun: &str, category: &str) -> String {
        let form = self.form(noun, category);
        let form = form.or_else(|| self.form(noun, "other")).unwrap_or("{n}");
        filled(form, &[("n", number)])
    }

    /// The plural category of whole numbers (Unicode CLDR, plural rules).
    fn plural(self, number: usize) -> &'static str {
        let (tens, hundreds) = (number % 10, number % 100);
        match self {
            Tongue::En if number == 1 => "one",
            Tongue::En => "other",
            Tongue::Ru if tens == 1 && hundreds != 11 => "one",
            Tongue::Ru if (2..=4).contains(&tens) && !(12..=14).contains(&hundreds) => "few",
            Tongue::Ru => "many",
            Tongue::Ar => match (number, hundreds) {
                (0, _) => "zero",
                (1, _) => "one",
                (2, _) => "two",
                (_, 3..=10) => "few",
                (_, 11..=99) => "many",
                _ => "other",
            },
        }
    }

    /// *A*, *A and B*, *A, B and C*.
    pub fn listed(self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => {
                let most = most.join(self.say("list", "comma"));
                format!("{most}{}{last}", self.say("list", "and"))
            }
        }
    }
}

fn filled(pattern: &str, with: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for piece in pieces(pattern) {
        match piece {
            Piece::Plain(text) => out.push_str(text),
            Piece::Slot(name) => {
                let value = with.iter().find(|(slot, _)| *slot == name);
                out.push_str(value.map_or("", |(_, value)| value));
            }
        }
    }
    out
}

/// A stretch of a pattern: *{a} and {b}* has three.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Piece<'a> {
    Plain(&'a str),
    Slot(&'a str),
}

pub(crate) fn pieces(pattern: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((slot, after)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            out.push(Piece::Plain(before));
        }
        out.push(Piece::Slot(slot));
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Piece::Plain(rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slots of every word of an entry.
    fn slots(entry: &Entry) -> Vec<&str> {
        let words: Vec<&String> = match entry {
            Entry::Word(word) => vec![word],
            Entry::List(words) => words.iter().collect(),
            Entry::Forms(forms) => forms.values().collect(),
        };
        let all = words.into_iter().flat_map(|word| pieces(word));
        let slots = all.filter_map(|piece| match piece {
            Piece::Slot(name) => Some(name),
            Piece::Plain(_) => None,
        });
        let mut slots: Vec<&str> = slots.collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }

    #[test]
    fn every_language_has_every_word() {
        // tables that English does not need
        let own = ["tell", "tell_more", "currency"];
        for tongue in [Tongue::Ar, Tongue::Ru] {
            for (table, words) in &WORDS[Tongue::En as usize] {
                for (key, entry) in words {
                    let other = tongue.entry(table, key);
                    let other = other.unwrap_or_else(|| panic!("{tongue:?} lacks {table}.{key}"));
                    // the counts of one and two are said in words in Arabic
                    if table != "count" {
                        assert_eq!(slots(entry), slots(other), "{tongue:?} {table}.{key}");
                    }
                }
            }
            for (table, words) in &WORDS[tongue as usize] {
                let known = &WORDS[Tongue::En as usize];
                let extra = words.keys().find(|key| {
                    !own.contains(&table.as_str())
                        && known.get(table).is_none_or(|t| !t.contains_key(*key))
                });
                assert_eq!(extra, None, "{tongue:?} {table}");
            }
        }
    }

    #[test]
    fn counts_agree() {
        let check = |tongue: Tongue, number: usize, expect: &str| {
            assert_eq!(tongue.count(number, "article"), expect);
        };
        check(Tongue::En, 1, "1 article");
        check(Tongue::En, 5, "5 articles");
        check(Tongue::Ru, 1, "1 статья");
        check(Tongue::Ru, 3, "3 статьи");
        check(Tongue::Ru, 11, "11 статей");
        check(Tongue::Ru, 21, "21 статья");
        check(Tongue::Ar, 1, "مقال واحد");
        check(Tongue::Ar, 2, "مقالان");
        check(Tongue::Ar, 5, "5 مقالات");
        check(Tongue::Ar, 12, "12 مقالاً");
        check(Tongue::Ar, 100, "100 مقال");
    }

    #[test]
    fn places_are_filled_and_lists_joined() {
        assert_eq!(filled("{a} = {b}", &[("a", "1"), ("b", "{a}")]), "1 = {a}");
        assert_eq!(filled("{a} {", &[("a", "1")]), "1 {");
        let names = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
        assert_eq!(Tongue::En.listed(&names), "A, B and C");
        assert_eq!(Tongue::Ru.listed(&names), "A, B и C");
        assert_eq!(Tongue::Ar.listed(&names), "A، B وC");
    }
}
