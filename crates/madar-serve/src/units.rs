//! The one place where positions in bytes become positions in UTF-16, which browsers count in, or in
//! characters, which most other programs count in.

use madar_text::Span;
use serde::Deserialize;
use utoipa::ToSchema;

/// What positions are counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Units {
    /// Bytes of UTF-8, as everywhere in Madar.
    #[default]
    Bytes,
    /// Code units of UTF-16: `text.slice(start, end)` in a browser.
    Utf16,
    /// Unicode code points: `text[start:end]` in Python.
    Chars,
}

impl Units {
    /// The stretch of a text between two positions; `None` where they lie outside of it, in a character, or the wrong
    /// way round.
    pub(crate) fn bytes(self, text: &str, start: u32, end: u32) -> Option<Span> {
        let byte = |wanted: u32| -> Option<usize> {
            let mut count = 0;
            for (at, c) in text.char_indices() {
                if count >= wanted {
                    return (count == wanted).then_some(at);
                }
                count += width(c, self);
            }
            (count == wanted).then_some(text.len())
        };
        let (from, to) = (byte(start)?, byte(end)?);
        (from <= to).then(|| Span::from_range(from..to))
    }
}

/// Positions of a text, to be asked in any order.
pub(crate) struct Positions<'a> {
    text: &'a str,
    units: Units,
    /// Where every [`STEP`]th byte stands in the wanted units.
    steps: Vec<u32>,
}

/// A position is counted from the last step before it: a text is walked once, and then by at most this
/// many bytes for a position.
const STEP: usize = 256;

impl<'a> Positions<'a> {
    pub(crate) fn new(text: &'a str, units: Units) -> Self {
        let mut steps = Vec::new();
        if units != Units::Bytes {
            let mut count = 0;
            for (at, c) in text.char_indices() {
                while steps.len() * STEP <= at {
                    steps.push(count);
                }
                count += width(c, units);
            }
        }
        Self { text, units, steps }
    }

    /// `byte` is on a boundary of characters.
    pub(crate) fn of(&self, byte: u32) -> u32 {
        if self.units == Units::Bytes {
            return byte;
        }
        let byte = byte as usize;
        let Some(step) = self
            .steps
            .len()
            .checked_sub(1)
            .map(|last| last.min(byte / STEP))
        else {
            return 0;
        };
        // a step may fall inside a character: it counts what begins before it
        let mut from = step * STEP;
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let rest = self.text.get(from..byte).unwrap_or_default();
        self.steps[step] + rest.chars().map(|c| width(c, self.units)).sum::<u32>()
    }
}

fn width(c: char, units: Units) -> u32 {
    match units {
        Units::Bytes => u32::try_from(c.len_utf8()).expect("at most 4"),
        Units::Utf16 => u32::try_from(c.len_utf16()).expect("at most 2"),
        Units::Chars => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) {
        for units in [Units::Utf16, Units::Chars, Units::Bytes] {
            let positions = Positions::new(text, units);
            let all = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for at in all {
                let before = &text[..at];
                let expect = match units {
                    Units::Utf16 => before.encode_utf16().count(),
                    Units::Chars => before.chars().count(),
                    Units::Bytes => at,
                };
                let found = positions.of(u32::try_from(at).unwrap());
                assert_eq!(found as usize, expect, "{units:?} {at} of {text:?}");
                let back = units.bytes(text, found, found).unwrap();
                assert_eq!(back.start as usize, at, "{units:?} {at} of {text:?}");
            }
        }
    }

    #[test]
    fn arabic_emoji_and_long_texts_keep_their_places() {
        check("");
        check("plain");
        check("قال ويتكوف 👩‍🚀 إن бюджет — 𝔐adar 🇱🇧.");
        check(&"لقاء 🛢️ в Москве; ".repeat(90));
        check(&"🛢".repeat(300));
    }

    #[test]
    fn what_is_no_place_of_the_text_is_none() {
        let check = |units: Units, start, end| assert_eq!(units.bytes("a🛢", start, end), None);
        check(Units::Utf16, 2, 3);
        check(Units::Bytes, 0, 4);
        check(Units::Chars, 0, 3);
        check(Units::Chars, 1, 0);
    }
}
