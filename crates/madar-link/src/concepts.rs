//! What a passage speaks of, in words that mean the same in the three languages: `data/concepts.toml`. Two passages of
//! two languages cannot be held against each other word by word; that both speak of a trial or a pipeline tells.

use std::collections::BTreeMap;

use madar_text::fold;
use rustc_hash::FxHashMap;

const CONCEPTS: &str = include_str!("../data/concepts.toml");

/// Letters of the shortest beginning of a word in the table, and of what is left when something is taken off the
/// beginning of an Arabic word.
const SHORTEST: usize = 2;

/// What is written together with an Arabic word, in the order in which it stands before it.
const BEFORE: [&[&str]; 3] = [&["و", "ف"], &["ب", "ل", "ك", "س"], &["ال", "ل"]];

pub(crate) struct Concepts {
    /// By folded word, and by folded beginning of a word.
    whole: FxHashMap<String, Vec<u16>>,
    begun: FxHashMap<String, Vec<u16>>,
}

impl Concepts {
    /// # Panics
    /// If the bundled table is malformed; a test loads it.
    pub(crate) fn bundled() -> Self {
        let table: BTreeMap<String, Vec<String>> =
            toml::from_str(CONCEPTS).expect("the bundled table is well formed");
        let mut out = Self {
            whole: FxHashMap::default(),
            begun: FxHashMap::default(),
        };
        for (words, number) in table.values().zip(0u16..) {
            for word in words {
                let (list, word) = match word.strip_suffix('*') {
                    Some(beginning) => (&mut out.begun, beginning),
                    None => (&mut out.whole, word.as_str()),
                };
                list.entry(fold(word)).or_default().push(number);
            }
        }
        out
    }

    /// The lines of the table that these folded words stand in, each once, in order.
    pub(crate) fn of<'a>(&self, words: impl Iterator<Item = &'a str>) -> Vec<u16> {
        let mut out = Vec::new();
        for word in words {
            for bare in bare(word) {
                self.add(bare, &mut out);
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    fn add(&self, word: &str, out: &mut Vec<u16>) {
        out.extend(self.whole.get(word).into_iter().flatten());
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.skip(SHORTEST - 1) {
            out.extend(self.begun.get(&word[..end]).into_iter().flatten());
        }
    }
}

/// A folded word, and what is left of an Arabic one without what is written together with it.
pub(crate) fn bare(word: &str) -> Vec<&str> {
    let mut out = vec![word];
    let mut rest = word;
    for before in BEFORE {
        let after = before.iter().find_map(|part| rest.strip_prefix(part));
        if let Some(after) = after.filter(|after| after.chars().count() > SHORTEST) {
            rest = after;
            out.push(rest);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(a: &str, b: &str) -> usize {
        let concepts = Concepts::bundled();
        let of = |text: &str| {
            let words: Vec<String> = text.split(' ').map(fold).collect();
            concepts.of(words.iter().map(String::as_str))
        };
        let theirs = of(b);
        of(a).iter().filter(|one| theirs.contains(one)).count()
    }

    #[test]
    fn passages_of_three_languages_speak_of_one_thing() {
        let en = "the refinery was sold to the bank last spring";
        assert_eq!(
            shared(
                en,
                "Прошлой весной нефтеперерабатывающий завод продали банку"
            ),
            3
        );
        assert_eq!(shared(en, "وبيعت المصفاة للبنك في الربيع الماضي"), 3);
        assert_eq!(shared(en, "Суд отложил слушание"), 0);
        assert_eq!(
            shared("the judge adjourned the hearing", "Суд отложил слушания"),
            3
        );
        assert_eq!(
            shared("the judge adjourned the hearing", "أرجأت المحكمة جلستها"),
            2
        );
    }
}
