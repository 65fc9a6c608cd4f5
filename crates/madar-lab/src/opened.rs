//! A text as Madar opens it beside the text as it stands in its file: places found in the one told as
//! places in the other. `"a\r\nb"` is opened as `"a\nb"`: the `b` is the third letter of the file.

use std::path::Path;

use anyhow::Context;
use madar_open::Given;
use madar_text::{Document, Span};

pub(crate) struct Opened {
    pub(crate) document: Document,
    /// The text of the file.
    pub(crate) original: String,
    /// For each byte of the document's text, and its end, the code point of the file there.
    points: Vec<u32>,
}

impl Opened {
    pub(crate) fn file(file: &Path, given: &Given) -> anyhow::Result<Self> {
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let original =
            String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", file.display()))?;
        Self::text(original, given).with_context(|| format!("cannot open {}", file.display()))
    }

    pub(crate) fn text(original: String, given: &Given) -> anyhow::Result<Self> {
        let document = madar_open::open(original.as_bytes(), given)?;
        let points = aligned(&document.text, &original)
            .context("what was opened is not the text of the file in its order")?;
        Ok(Self {
            document,
            original,
            points,
        })
    }

    /// First code point of a span in the file, and one past its last.
    pub(crate) fn points(&self, span: Span) -> (u32, u32) {
        let at = |byte: u32| self.points[byte as usize];
        (at(span.start), at(span.end))
    }
}

/// The opener drops marks of byte order and half of `\r\n`, and puts white space for other white space
/// and for control characters; all else it keeps.
fn aligned(opened: &str, original: &str) -> Option<Vec<u32>> {
    let mut points = Vec::with_capacity(opened.len() + 1);
    let mut rest = original.chars().zip(0u32..).peekable();
    let mut last = 0;
    for c in opened.chars() {
        let blank = |c: char| c.is_whitespace() || c.is_control();
        let (_, at) = loop {
            let (other, at) = rest.next()?;
            let half = other == '\r' && rest.peek().is_some_and(|(next, _)| *next == '\n');
            if other == c || blank(other) && blank(c) && !half {
                break (other, at);
            }
            let dropped = half || other == '\u{FEFF}' || blank(other);
            if !dropped {
                return None;
            }
        };
        points.extend(std::iter::repeat_n(at, c.len_utf8()));
        last = at + 1;
    }
    points.push(last);
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_file() {
        let check = |original: &str, word: &str| {
            let opened = Opened::text(original.to_owned(), &Given::default()).unwrap();
            let at = opened.document.text.find(word).unwrap();
            let (from, to) = opened.points(Span::from_range(at..at + word.len()));
            let shown: String = original
                .chars()
                .skip(from as usize)
                .take((to - from) as usize)
                .collect();
            assert_eq!(shown, word, "{original:?}");
        };
        check("The port\r\nis sold.\r\nAll of it.", "sold");
        check("\u{FEFF}Порт продан.", "продан");
        check("بيع الميناء.\n\n\nوقال الوزير.", "الوزير");
    }
}
