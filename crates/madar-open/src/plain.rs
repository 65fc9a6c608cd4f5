//! Plain text, also as copied from a web page: each line that shows something is a piece, and
//! lines wrapped at a fixed width are joined again.

use madar_text::Span;

use crate::line::{Laid, Piece};

/// Characters at which mail and wire texts wrap their lines: 60 to 100, never more.
const WRAP_MOST: usize = 100;
const WRAP_LEAST: usize = 45;
/// Groups of wrapped lines that a text must have before its line ends are taken for wrapping.
const WRAPPED_LINES: usize = 4;

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
    Laid { text, pieces }
}

/// Puts a space for the line ends within wrapped paragraphs, so that no offset moves.
fn unwrap_lines(text: String) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let wraps: Vec<bool> = lines
        .windows(2)
        .map(|two| is_wrapped(two[0], two[1]))
        .collect();
    let count = wraps.iter().filter(|&&w| w).count();
    let fits = lines.iter().all(|line| line.chars().count() <= WRAP_MOST);
    if !fits || count < WRAPPED_LINES {
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

/// Whether a line goes on in the next: it is full and does not end a sentence, or the next begins
/// small.
fn is_wrapped(line: &str, next: &str) -> bool {
    let bare = line.trim_end();
    let full = bare.chars().count() >= WRAP_LEAST;
    let ends = bare.ends_with(['.', '!', '?', '؟', ':', '…', '»', '"', '”']);
    let first = next.trim_start().chars().next();
    let goes_on = first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '«' | '(' | '“'));
    let small = first.is_some_and(char::is_lowercase);
    full && goes_on && (!ends || small)
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
