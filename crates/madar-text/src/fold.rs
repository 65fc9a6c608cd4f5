//! Folding: one spelling for what readers take for the same letters. Used to look words up, never
//! to show them; offsets of folded text mean nothing.

use unicode_normalization::UnicodeNormalization;

/// Direction marks, joiners, soft hyphens and the like: no reader sees them.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
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
    for c in word.nfkc().flat_map(char::to_lowercase).nfkc() {
        match c {
            c if is_invisible(c) => {}
            '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' => {}
            '\u{06D6}'..='\u{06ED}' | '\u{0610}'..='\u{061A}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ى' | 'ی' | 'ې' => out.push('ي'),
            'ؤ' => out.push('و'),
            'ئ' => out.push('ي'),
            'ة' | 'ہ' | 'ۀ' | 'ە' => out.push('ه'),
            'ک' => out.push('ك'),
            'ڤ' => out.push('ف'),
            'پ' => out.push('ب'),
            'گ' => out.push('ج'),
            'چ' => out.push('ج'),
            'ё' => out.push('е'),
            '’' | '‘' | 'ʼ' | '`' | '´' => out.push('\''),
            '\u{0660}'..='\u{0669}' => out.push(digit(c, 0x0660)),
            '\u{06F0}'..='\u{06F9}' => out.push(digit(c, 0x06F0)),
            c => out.push(c),
        }
    }
    out
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).expect("the arm matched ten digits")
}
