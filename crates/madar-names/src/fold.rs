//! Folding: what two spellings of one name must have in common before anything is weighed.
//!
//! Two strengths. [`clean`] keeps every letter that says how a name sounds (*ş*, *й*, ة) and drops
//! what does not: tashkeel, tatweel, bidi marks, case, punctuation. [`fold`] goes on to one spelling
//! for equality and for look-up: `fold("الرئيس")` is `"الرييس"`, `fold("ŞAHİN")` is `"sahin"`.
//! Left to others: splitting into parts ([`crate::Name`]) and sounds.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::script::Script;

/// Letters read of one name; guards against megabytes in a name field. The longest real names on
/// the sanctions lists have some 300 letters.
const MAX_CHARS: usize = 1_000;

/// Folds a string to one spelling: NFKC, lower case, no marks, one letter for the hamza seats, ta
/// marbuta, alef maqsura and the Persian kaf and ya, *ё* as *е*, ASCII digits, letters of another
/// script that only look right replaced, words separated by one space. Folding twice is folding once.
///
/// ```
/// use madar_names::fold;
/// assert_eq!(fold("  أَحْمَــد ٢٠٢٤ "), "احمد 2024");
/// assert_eq!(fold("Фёдор"), "федор");
/// assert_eq!(fold("Müller-Ş."), "muller s");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = fold_clean(&clean(text).text);
    // A letter that lost its mark (À, ё) may now look like one of the other script. Only words that
    // mix scripts need another round, and each round leaves fewer letters to replace.
    while mixes_scripts(&folded) {
        let next = fold_clean(&clean(&folded).text);
        if next == folded {
            break;
        }
        folded = next;
    }
    folded
}

fn mixes_scripts(text: &str) -> bool {
    let has = |script| text.chars().any(|c| Script::of_char(c) == script);
    has(Script::Latin) && has(Script::Cyrillic)
}

/// A cleaned string, and whether look-alike letters of another script were replaced in it.
pub(crate) struct Clean {
    pub(crate) text: String,
    pub(crate) homoglyphs: bool,
}

/// Drops what does not sound: see the module. Words come out separated by one space.
pub(crate) fn clean(text: &str) -> Clean {
    let mut normal: Vec<char> = Vec::with_capacity(text.len().min(MAX_CHARS));
    if text.chars().take(MAX_CHARS).all(is_plain) {
        normal.extend(text.chars().take(MAX_CHARS));
    } else {
        let letters = text.chars().take(MAX_CHARS).nfkc();
        normal.extend(letters.take(2 * MAX_CHARS));
    }
    let mut out = String::with_capacity(text.len().min(4 * MAX_CHARS));
    let mut homoglyphs = false;
    let mut word: Vec<char> = Vec::with_capacity(32);
    for (i, &c) in normal.iter().enumerate() {
        let plain = is_plain(c);
        if !plain && is_silent(c) {
            continue;
        }
        if (plain && !c.is_ascii()) || c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        let is_between_letters = || {
            let before = word.last().is_some_and(|w| w.is_alphabetic());
            before && normal.get(i + 1).is_some_and(|n| n.is_alphabetic())
        };
        if is_apostrophe(c) && is_between_letters() {
            word.push('\'');
            continue;
        }
        homoglyphs |= flush(&mut word, &mut out);
    }
    homoglyphs |= flush(&mut word, &mut out);
    Clean {
        text: out,
        homoglyphs,
    }
}

/// The second half of [`fold`], for text that is clean already.
pub(crate) fn fold_clean(clean: &str) -> String {
    if clean.bytes().all(|b| b.is_ascii() && b != b'\'') {
        return clean.to_owned();
    }
    let mut out = String::with_capacity(clean.len());
    let mut is_shorter = false;
    for c in clean.chars() {
        match c {
            '\'' | 'ء' => is_shorter = true,
            'ё' => out.push('е'),
            'آ' => out.push('ا'),
            'ؤ' => out.push('و'),
            'ئ' | 'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ħ' => out.push('h'),
            'ə' => out.push('a'),
            c if !c.is_ascii() && Script::of_char(c) == Script::Latin => {
                // the letter under a mark may be a ligature too: ǽ
                for letter in std::iter::once(c).nfd().filter(|&d| !is_combining_mark(d)) {
                    match letter {
                        'æ' => out.push_str("ae"),
                        'ø' => out.push('o'),
                        letter => out.push(letter),
                    }
                }
            }
            c => out.push(c),
        }
    }
    // A word may have consisted of a hamza or an apostrophe only.
    if is_shorter && (out.starts_with(' ') || out.ends_with(' ') || out.contains("  ")) {
        let words: Vec<&str> = out.split_whitespace().collect();
        return words.join(" ");
    }
    out
}

/// Writes one word to `out` in lower case; true if look-alike letters were replaced.
fn flush(word: &mut Vec<char>, out: &mut String) -> bool {
    let replaced = replace_homoglyphs(word);
    let before = out.len();
    if !word.is_empty() && !out.is_empty() {
        out.push(' ');
    }
    let start = out.len();
    if word.iter().all(|&c| is_plain(c)) {
        out.extend(word.iter().map(|&c| one_letter(plain_lower(c))));
    } else {
        let lower = word.iter().flat_map(|c| c.to_lowercase());
        out.extend(lower.nfkc().filter(|&c| !is_silent(c)).map(one_letter));
    }
    if out.len() == start {
        out.truncate(before);
    }
    word.clear();
    replaced
}

/// Letters and signs that compatibility composition leaves alone, in either case, whatever stands
/// beside them: no marks, no ligatures.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{410}'..='\u{44f}' | 'ё' | 'Ё')
        || matches!(c, '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' | 'ی' | 'ک' | 'پ' | 'چ' | 'گ')
}

/// The small letter of a plain one.
fn plain_lower(c: char) -> char {
    match c {
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        'Ё' => 'ё',
        c => c.to_ascii_lowercase(),
    }
}

/// Marks, joiners and directions: written, never sounded.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
        || is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2018}'
            | '\u{2019}'
            | '\u{2bc}'
            | '\u{2bb}'
            | '`'
            | '\u{b4}'
            | '\u{2bf}'
            | '\u{2be}'
    )
}

/// Letters with several code points for one letter, and the digits of three scripts.
fn one_letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ی' | 'ې' | 'ۍ' | 'ێ' | 'ے' => 'ي',
        'ى' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ہ' | 'ھ' | 'ە' | 'ۀ' => 'ه',
        'ۆ' | 'ۇ' | 'ۈ' | 'ۋ' => 'و',
        'ۃ' => 'ة',
        'ں' => 'ن',
        'ٹ' => 'ت',
        'ڈ' => 'د',
        'ڑ' | 'ڕ' => 'ر',
        'ڵ' => 'ل',
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6f0}'..='\u{6f9}' => digit(c, 0x6f0),
        c => c,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

/// Replaces letters of the script that is rarer in the word by the ones they look like.
///
/// "Пyтин" with a Latin *y* becomes Cyrillic throughout: pasted lists mix alphabets, and so do
/// people who do not want to be found.
fn replace_homoglyphs(word: &mut [char]) -> bool {
    if !word.iter().any(|c| matches!(c, '\u{400}'..='\u{52f}')) {
        return false;
    }
    let latin = word
        .iter()
        .filter(|&&c| Script::of_char(c) == Script::Latin)
        .count();
    let cyrillic = word
        .iter()
        .filter(|&&c| Script::of_char(c) == Script::Cyrillic)
        .count();
    if latin == 0 || cyrillic == 0 {
        return false;
    }
    let mut replaced = false;
    for c in word.iter_mut() {
        let found = LOOK_ALIKES.iter().find_map(|&(l, k)| {
            if latin > cyrillic && k == *c {
                Some(l)
            } else if latin <= cyrillic && l == *c {
                Some(k)
            } else {
                None
            }
        });
        if let Some(other) = found {
            *c = other;
            replaced = true;
        }
    }
    replaced
}

/// Latin letters and the Cyrillic ones that look the same.
const LOOK_ALIKES: &[(char, char)] = &[
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('i', 'і'),
    ('s', 'ѕ'),
    ('j', 'ј'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('I', 'І'),
    ('S', 'Ѕ'),
    ('J', 'Ј'),
];

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        assert_eq!(fold(text), expect, "{text}");
    }

    #[test]
    fn one_spelling() {
        check("مُحَمَّد", "محمد");
        check("أحمـــد", "احمد");
        check("إسلام آباد", "اسلام اباد");
        check("مؤسسة", "موسسه");
        check("علی", "علي");
        check("موسى", "موسي");
        check("کريم", "كريم");
        check("٢٠٢٦ / ۲۰۲۶", "2026 2026");
        check("Семёнов", "семенов");
        check("ЙОЗЕФ", "йозеф");
        check("O’Brien", "obrien");
        check("«Газпром»", "газпром");
        check("Gülşen Øst", "gulsen ost");
        check("Ǽ Ǿ", "ae o");
        check("\u{202b}Али\u{202c}", "али");
        check("Пyтин", "путин");
        check("Ｆｕｌｌ", "full");
        check("", "");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_twice_is_folding_once_in_three_scripts(text in "[a-zA-ZÀ-žа-яА-ЯЀ-џء-يپچگکی \u{300}-\u{310}\u{64b}-\u{655}'’-]{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
