//! CMaps: what the codes of a font stand for, as text or as glyph numbers. Read leniently: what is broken is passed by.
//!
//! `1 beginbfchar <0003> <0628> endbfchar` → code 3 is ب.

use std::collections::BTreeMap;

/// Codes that one map names at most; a range may claim billions.
const MOST_CODES: usize = 70_000;

#[derive(Default, Debug)]
pub(super) struct CMap {
    /// Bytes of a code, with the lowest and highest code of that many bytes.
    pub(super) spaces: Vec<(usize, u32, u32)>,
    pub(super) texts: BTreeMap<u32, String>,
    pub(super) glyphs: BTreeMap<u32, u32>,
}

#[derive(Clone, PartialEq, Debug)]
enum Token {
    Hex(Vec<u8>),
    Number(u32),
    Open,
    Close,
    Word(Vec<u8>),
}

impl CMap {
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut out = Self::default();
        let mut held: Vec<Token> = Vec::new();
        for token in (Tokens { bytes, at: 0 }) {
            let Token::Word(word) = &token else {
                held.push(token);
                continue;
            };
            match word.as_slice() {
                b"endcodespacerange" => out.codespace(&held),
                b"endbfchar" => out.chars(&held),
                b"endbfrange" => out.ranges(&held),
                b"endcidchar" | b"endcidrange" => out.glyph_numbers(&held),
                _ => {}
            }
            held.clear();
        }
        out
    }

    /// The text that a code stands for.
    pub(super) fn text(&self, code: u32) -> Option<&str> {
        self.texts.get(&code).map(String::as_str)
    }

    fn codespace(&mut self, held: &[Token]) {
        for pair in held.chunks_exact(2) {
            if let [Token::Hex(low), Token::Hex(high)] = pair
                && (1..=4).contains(&low.len())
            {
                self.spaces.push((low.len(), number(low), number(high)));
            }
        }
    }

    fn chars(&mut self, held: &[Token]) {
        for pair in held.chunks_exact(2) {
            if let [Token::Hex(code), Token::Hex(text)] = pair {
                self.say(number(code), utf16(text));
            }
        }
    }

    fn ranges(&mut self, held: &[Token]) {
        let mut rest = held;
        while let [Token::Hex(low), Token::Hex(high), tail @ ..] = rest {
            let (low, high) = (number(low), number(high));
            match tail {
                [Token::Hex(first), tail @ ..] => {
                    for (nth, code) in (low..=high).take(MOST_CODES).enumerate() {
                        let mut text = first.clone();
                        if nth > 0 && !add(&mut text, nth) {
                            break;
                        }
                        self.say(code, utf16(&text));
                    }
                    rest = tail;
                }
                [Token::Open, tail @ ..] => {
                    let end = tail.iter().position(|token| *token == Token::Close);
                    let end = end.unwrap_or(tail.len());
                    for (token, code) in tail[..end].iter().zip(low..=high) {
                        if let Token::Hex(text) = token {
                            self.say(code, utf16(text));
                        }
                    }
                    rest = tail.get(end + 1..).unwrap_or(&[]);
                }
                _ => return,
            }
        }
    }

    fn glyph_numbers(&mut self, held: &[Token]) {
        let mut rest = held;
        loop {
            let (low, high, first) = match rest {
                [Token::Hex(low), Token::Hex(high), Token::Number(first), ..] => {
                    (number(low), number(high), *first)
                }
                [Token::Hex(code), Token::Number(first), ..] => {
                    (number(code), number(code), *first)
                }
                _ => return,
            };
            for (code, nth) in (low..=high).take(MOST_CODES).zip(0..) {
                if self.glyphs.len() < MOST_CODES {
                    self.glyphs.insert(code, first.saturating_add(nth));
                }
            }
            rest = &rest[if matches!(rest[1], Token::Hex(_)) {
                3
            } else {
                2
            }..];
        }
    }

    fn say(&mut self, code: u32, text: String) {
        if self.texts.len() < MOST_CODES {
            self.texts.insert(code, text);
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    let bytes = bytes.iter().take(4);
    bytes.fold(0, |sum, &byte| sum << 8 | u32::from(byte))
}

fn utf16(bytes: &[u8]) -> String {
    // some producers write a single byte for a Latin letter
    let units: Vec<u16> = match bytes {
        [byte] => vec![u16::from(*byte)],
        _ => bytes
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
            .collect(),
    };
    char::decode_utf16(units)
        .flatten()
        .filter(|c| !c.is_control())
        .collect()
}

/// Adds to the last unit of a text; false when it has no room.
fn add(text: &mut [u8], nth: usize) -> bool {
    let Some(start) = text.len().checked_sub(2) else {
        return match text {
            [byte] => u8::try_from(usize::from(*byte) + nth)
                .map(|b| *byte = b)
                .is_ok(),
            _ => false,
        };
    };
    let last = u16::from_be_bytes([text[start], text[start + 1]]);
    let Ok(sum) = u16::try_from(usize::from(last) + nth) else {
        return false;
    };
    text[start..].copy_from_slice(&sum.to_be_bytes());
    true
}

struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let &first = self.bytes.get(self.at)?;
            self.at += 1;
            match first {
                b'<' if self.bytes.get(self.at) == Some(&b'<') => self.at += 1,
                b'<' => return Some(Token::Hex(self.hex())),
                b'[' => return Some(Token::Open),
                b']' => return Some(Token::Close),
                b'%' => {
                    let rest = &self.bytes[self.at..];
                    let line = rest.iter().position(|b| matches!(b, b'\n' | b'\r'));
                    self.at += line.unwrap_or(rest.len());
                }
                b'(' | b')' | b'>' | b'{' | b'}' => {}
                _ if first.is_ascii_whitespace() || first == 0 => {}
                _ => {
                    let start = self.at - 1;
                    let ends = |b: &u8| b.is_ascii_whitespace() || b"<>[](){}/%\0".contains(b);
                    let length = self.bytes[self.at..].iter().position(ends);
                    self.at += length.unwrap_or(self.bytes.len() - self.at);
                    let word = &self.bytes[start..self.at];
                    let number = std::str::from_utf8(word).ok().and_then(|w| w.parse().ok());
                    return Some(number.map_or_else(|| Token::Word(word.to_vec()), Token::Number));
                }
            }
        }
    }
}

impl Tokens<'_> {
    fn hex(&mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match char::from(byte).to_digit(16) {
                Some(digit) => digits.push(u8::try_from(digit).expect("a digit is below 16")),
                None if byte == b'>' => break,
                None => {}
            }
        }
        if digits.len() % 2 == 1 {
            digits.push(0);
        }
        digits
            .chunks_exact(2)
            .map(|two| two[0] << 4 | two[1])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003> <0628> <0004> <06440627> endbfchar % words\n\
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<062A> <062B>] endbfrange",
        );
        assert_eq!(map.spaces, [(2, 0, 0xFFFF)]);
        let told: Vec<&str> = [3, 4, 0x10, 0x12, 0x21]
            .map(|code| map.text(code).unwrap())
            .into();
        assert_eq!(told, ["ب", "لا", "A", "C", "ث"]);
    }

    #[test]
    fn what_is_broken_is_passed_by() {
        for text in [
            "<",
            "beginbfrange <00> <FFFFFFFF> <D800> endbfrange",
            "[ <0 endbfchar",
            "<01> <02> [ endbfrange",
        ] {
            CMap::parse(text.as_bytes());
        }
    }
}
