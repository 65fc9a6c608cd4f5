//! Which of the three scripts a letter, a word or a name is written in.

/// A writing system, as far as names care.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Script {
    /// Arabic letters, Persian and Urdu ones included.
    Arabic,
    /// Cyrillic letters of any language.
    Cyrillic,
    /// Latin letters of any language.
    Latin,
    /// Digits, signs, other scripts, nothing.
    Other,
}

impl Script {
    /// The script of one character.
    pub(crate) fn of_char(c: char) -> Script {
        match c {
            'a'..='z' | 'A'..='Z' => Script::Latin,
            '\0'..='\u{bf}' => Script::Other,
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => Script::Latin,
            '\u{259}' | '\u{18f}' => Script::Latin,
            '\u{400}'..='\u{52f}' => Script::Cyrillic,
            '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' | '\u{6fa}'..='\u{6ff}' => Script::Arabic,
            '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' => Script::Arabic,
            '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Script::Arabic,
            _ => Script::Other,
        }
    }

    /// The script most letters of `text` are in; on a tie the first of Arabic, Cyrillic, Latin.
    pub(crate) fn of(text: &str) -> Script {
        if text.is_ascii() {
            let is_latin = text.bytes().any(|b| b.is_ascii_alphabetic());
            return if is_latin {
                Script::Latin
            } else {
                Script::Other
            };
        }
        let mut counts = [0usize; 3];
        for c in text.chars() {
            match Script::of_char(c) {
                Script::Arabic => counts[0] += 1,
                Script::Cyrillic => counts[1] += 1,
                Script::Latin => counts[2] += 1,
                Script::Other => {}
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        match counts.iter().position(|&n| n == most) {
            _ if most == 0 => Script::Other,
            Some(0) => Script::Arabic,
            Some(1) => Script::Cyrillic,
            _ => Script::Latin,
        }
    }
}
