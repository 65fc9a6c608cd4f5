//! Plain text, also as copied from a web page: each line that shows something is a piece, and
//! lines wrapped at a fixed width are joined again.

use madar_text::Span;

use crate::line::{Laid, Piece};

/// Characters at which mail and wire texts wrap their lines: 60 to 100, never more.
const WRAP_MOST: usize = 100;
const WRAP_LEAST: usize = 50;
/// Wrapped lines that a text must have before its line ends are taken for wrapping.
const WRAPPED_LINES: usize = 4;
/// Of a hundred lines that have a next line, those that must be wrapped.
const WRAPPED_PER_CENT: usize = 80;

/// The pieces of a text, one to a line.
pub(crate) fn lay(text: String) -> Laid {
    let text = unwrap_lines(text);
    let mut pieces = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let span = Span::from_range(start..start + line.len()).trim(&text);
        if !span.is_empty() {
            pieces.push(Piece { span, hint: None });
        }
        start += line.len() + 1;
    }
    Laid {
        text,
        pieces,
        ..Laid::default()
    }
}

/// Puts a space for the line ends within wrapped paragraphs, so that no offset moves.
fn unwrap_lines(text: String) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let width = lines
        .iter()
        .map(|line| line.trim_end().chars().count())
        .max();
    let width = width.unwrap_or(0);
    if !(WRAP_LEAST..=WRAP_MOST).contains(&width) {
        return text;
    }
    let pairs = || {
        lines
            .windows(2)
            .map(|two| (two[0].trim_end(), two[1].trim_start()))
    };
    let wraps: Vec<bool> = pairs()
        .map(|(line, next)| is_wrapped(line, next, width))
        .collect();
    let count = wraps.iter().filter(|&&w| w).count();
    let followed = pairs().filter(|(line, next)| !line.is_empty() && !next.is_empty());
    // Wrapping breaks sentences; lines that are sentences are paragraphs of one line.
    let broken = |(line, next): &(&str, &str)| {
        is_wrapped(line, next, width) && !line.ends_with(['.', '!', '?', '؟', '"', '»', '”'])
    };
    if count > 2 * pairs().filter(broken).count() {
        return text;
    }
    if count < WRAPPED_LINES || count * 100 < followed.count() * WRAPPED_PER_CENT {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (nth, line) in lines.iter().enumerate() {
        out.push_str(line);
        match wraps.get(nth) {
            Some(true) => out.push(' '),
            Some(false) => out.push('\n'),
            None => {}
        }
    }
    out
}

/// Whether a line ends only because the next word would not have fitted.
fn is_wrapped(line: &str, next: &str, width: usize) -> bool {
    let chars = |text: &str| text.chars().count();
    let word = next.split_whitespace().next().map_or(0, chars);
    word > 0 && !line.is_empty() && chars(line) + 1 + word > width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_piece() {
        let laid = lay("  One \n\n\u{200F}Two\n \u{200B} \nThree".to_owned());
        let told: Vec<&str> = laid.pieces.iter().map(|p| p.span.of(&laid.text)).collect();
        assert_eq!(told, ["One", "Two", "Three"]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "Port sold\n\n\
            The ministry of transport said on Tuesday that it had sold\n\
            a stake in the new port to a company from abroad, after\n\
            months of talks that were led by the former minister and\n\
            two of his advisers.\n\n\
            The sale still needs the approval of parliament, which is\n\
            expected to vote on it in the autumn.\n";
        let laid = lay(text.to_owned());
        assert_eq!(laid.text.len(), text.len());
        assert_eq!(laid.pieces.len(), 3);
    }

    #[test]
    fn paragraphs_of_one_line_stay_apart() {
        let text = "The ministry sold a stake in the new port on Tuesday.\nThe minister declined to comment on the sale of it.\n";
        assert_eq!(lay(text.repeat(3)).pieces.len(), 6);
    }
}
