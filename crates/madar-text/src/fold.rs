//! Folding: one spelling for what readers take for the same letters. Used to look words up, never
//! to show them; offsets of folded text mean nothing.

use unicode_normalization::UnicodeNormalization;

/// Direction marks, joiners, soft hyphens and the like: no reader sees them.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// [`char::is_alphabetic`], quick for the letters that most words are made of.
pub fn is_letter(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphabetic(),
        'А'..='я' | 'Ё' | 'ё' | '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' => true,
        c => c.is_alphabetic(),
    }
}

/// [`char::is_alphanumeric`], as quick.
pub fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || is_numeric(c)
}

/// [`char::is_numeric`], as quick.
pub fn is_numeric(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_digit(),
        '\u{0400}'..='\u{052F}' | '\u{0621}'..='\u{065F}' => false,
        c => c.is_numeric(),
    }
}

/// The folded form of a word: lower case; no tashkeel, tatweel or invisible marks; one alef, one
/// ya, one ha for ta marbuta; ё as е; one apostrophe; Western digits. Folding twice is folding once.
///
/// ```
/// # use madar_text::fold;
/// assert_eq!(fold("أَحْمَـد"), fold("احمد"));
/// assert_eq!(fold("Ковалёв"), "ковалев");
/// assert_eq!(fold("٢٠٢٥"), "2025");
/// ```
pub fn fold(word: &str) -> String {
    if word
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    if word.is_ascii() {
        let letters = word.bytes().map(|b| b.to_ascii_lowercase());
        out.extend(letters.map(|b| if b == b'`' { '\'' } else { char::from(b) }));
    } else if word.chars().all(is_everyday) {
        out.extend(word.chars().filter_map(|c| folded(lower(c))));
    } else {
        let normal = word.nfkc().flat_map(char::to_lowercase).nfkc();
        out.extend(normal.filter_map(folded));
    }
    out
}

/// Letters and marks of most words, which normal forms leave as they are.
fn is_everyday(c: char) -> bool {
    let cyrillic = matches!(c, 'А'..='я' | 'Ё' | 'ё');
    c.is_ascii() || cyrillic || matches!(c, '\u{0621}'..='\u{0652}')
}

/// Lower case of an everyday letter.
fn lower(c: char) -> char {
    match c {
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        'Ё' => 'ё',
        c => c.to_ascii_lowercase(),
    }
}

/// What stands for a letter of a normal form in lower case, if anything.
fn folded(c: char) -> Option<char> {
    Some(match c {
        c if is_invisible(c) => return None,
        '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' => return None,
        '\u{06D6}'..='\u{06ED}' | '\u{0610}'..='\u{061A}' => return None,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' | 'ہ' | 'ۀ' | 'ە' => 'ه',
        'ک' => 'ك',
        'ڤ' => 'ف',
        'پ' => 'ب',
        'گ' | 'چ' => 'ج',
        'ё' => 'е',
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        '\u{0660}'..='\u{0669}' => digit(c, 0x0660),
        '\u{06F0}'..='\u{06F9}' => digit(c, 0x06F0),
        c => c,
    })
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).expect("the arm matched ten digits")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quick_classes_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_numeric(c), c.is_numeric(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn everyday_words_fold_as_any_other(word in "[ -~А-яЁё\u{0621}-\u{0652}]{0,12}") {
            let normal = word.nfkc().flat_map(char::to_lowercase).nfkc();
            prop_assert_eq!(fold(&word), normal.filter_map(folded).collect::<String>());
        }
    }
}
