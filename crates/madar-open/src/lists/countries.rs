//! Countries as lists call them, to ISO 3166 codes: *Iran (Islamic Republic of)* is `ir`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static CODES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut codes = BTreeMap::new();
    let table = include_str!("../../data/countries.tsv");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        if let Some((code, names)) = line.split_once('\t') {
            codes.insert(code.to_owned(), code);
            for name in names.split('|') {
                codes.insert(key(name), code);
            }
        }
    }
    codes
});

fn key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// The code where the words are known, else the words. Two letters are a code.
pub(crate) fn country(text: &str) -> Option<String> {
    let text = text.trim();
    let words = key(text);
    if words.is_empty() {
        return None;
    }
    Some(CODES.get(&words).map_or(text, |code| code).to_owned())
}

/// Only where the words are a country that is known.
pub(crate) fn known(text: &str) -> Option<String> {
    CODES.get(&key(text)).map(|code| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_many_names() {
        for (name, code) in [
            ("Finnish", "fi"),
            ("Iran (Islamic Republic of)", "ir"),
            ("IRAN", "ir"),
            ("Russian Federation", "ru"),
            ("ru", "ru"),
            ("Democratic People's Republic of Korea", "kp"),
            ("Democratic Republic of the Congo", "cd"),
            ("Türkiye", "tr"),
        ] {
            assert_eq!(country(name).as_deref(), Some(code), "{name}");
        }
        assert_eq!(
            country("Republic of Nowhere").as_deref(),
            Some("Republic of Nowhere")
        );
        assert_eq!(country("  "), None);
        assert_eq!(known("Republic of Nowhere"), None);
    }
}
