//! Acronyms: "ЦРУ" for "Центральное разведывательное управление", "WSJ" for "The Wall Street Journal".

use crate::fold::fold;
use crate::lexicon::LEXICON;
use crate::script::Script;

/// Letters of an acronym, at least and at most: one letter abbreviates anything, and nothing that
/// people pronounce letter by letter is longer than ten.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=10;

/// Whether `short` abbreviates `long`: its letters are the first letters of the words of `long`, in
/// order, each word with at least one, small words and legal forms with one or none; a compound may
/// give several of its letters (*Минобороны* does not count, *НАТО* and *ExxonMobil* do not either).
///
/// ```
/// use madar_names::abbreviates;
/// assert!(abbreviates("ЦРУ", "Центральное разведывательное управление"));
/// assert!(abbreviates("WSJ", "The Wall Street Journal"));
/// assert!(abbreviates("U.A.E.", "United Arab Emirates"));
/// assert!(!abbreviates("WSJ", "Washington Post"));
/// ```
pub fn abbreviates(short: &str, long: &str) -> bool {
    let short: Vec<char> = fold(short)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let long = fold(long);
    let words: Vec<&str> = long.split(' ').collect();
    if !LETTERS.contains(&short.len()) || words.len() < 2 {
        return false;
    }
    let script: String = short.iter().collect();
    if Script::of(&script) != Script::of(&long) {
        return false;
    }
    takes(&short, &words)
}

/// Whether the letters are used up by the words, one or (small words) none from each.
fn takes(letters: &[char], words: &[&str]) -> bool {
    let Some((word, rest)) = words.split_first() else {
        return letters.is_empty();
    };
    let core = word.strip_prefix("ال").unwrap_or(word);
    if let Some((&letter, others)) = letters.split_first()
        && core.starts_with(letter)
        && takes(others, rest)
    {
        return true;
    }
    let may_be_left_out = LEXICON.is_link(word) || LEXICON.org_form(&[word]) > 0;
    may_be_left_out && takes(letters, rest)
}

#[cfg(test)]
mod tests {
    use super::abbreviates;

    #[test]
    fn acronyms_in_three_scripts() {
        let check = |short: &str, long: &str, expect: bool| {
            assert_eq!(abbreviates(short, long), expect, "{short} / {long}");
        };
        check("ЦРУ", "Центральное разведывательное управление", true);
        check("ФСБ", "Федеральная служба безопасности", true);
        check("ФСБ", "Федеральная служба", false);
        check("РФПИ", "Российский фонд прямых инвестиций", true);
        check("RDIF", "Russian Direct Investment Fund", true);
        check("WSJ", "The Wall Street Journal", true);
        check("OFAC", "Office of Foreign Assets Control", true);
        check("IRGC", "Islamic Revolutionary Guard Corps", true);
        check("AP", "Associated Press", true);
        check("AP", "Apple", false);
        check("ЦРУ", "Central Intelligence Agency", false);
        check("", "", false);
    }
}
