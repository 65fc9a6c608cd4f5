//! Text from documents made safe and readable in a left-to-right line.

use madar_text::Script;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Control characters and characters that turn the direction of writing are shown as what they
/// are, so that a document cannot move the cursor or disguise its words. Line breaks become spaces.
///
/// ```text
/// "a\u{1b}[2Jb" → "a⟨U+001B⟩[2Jb"
/// ```
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() || turns_direction(c) => {
                out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// Embeddings, overrides and isolates. The marks U+200E and U+200F only nudge their neighbours and
/// stand in much honest Arabic text.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether most of the text is written from right to left.
pub(crate) fn is_rtl(text: &str) -> bool {
    Script::of_text(text) == Some(Script::Arabic)
}

/// Visible, and isolated when it holds right-to-left letters, so that it does not reorder the line
/// around it.
pub(crate) fn inline(text: &str) -> String {
    let text = visible(text);
    let foreign = text
        .chars()
        .any(|c| Script::of(c) == Some(Script::Arabic) || is_other_rtl(c));
    if foreign {
        return format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}");
    }
    text
}

/// Hebrew, Syriac, Thaana, N'Ko: not read, but they may stand in a title.
fn is_other_rtl(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{05FF}' | '\u{0700}'..='\u{07FF}' | '\u{FB1D}'..='\u{FB4F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_move_or_disguise_is_shown() {
        assert_eq!(visible("a\u{1b}[2Jb"), "a⟨U+001B⟩[2Jb");
        assert_eq!(
            visible("pay \u{202E}dog\u{202C}"),
            "pay ⟨U+202E⟩dog⟨U+202C⟩"
        );
        assert_eq!(visible("one\r\ntwo"), "one  two");
        assert_eq!(visible("\u{9b}31m"), "⟨U+009B⟩31m");
        assert_eq!(visible("قال\u{200F} ويتكوف"), "قال\u{200F} ويتكوف");
    }

    #[test]
    fn right_to_left_runs_are_isolated() {
        assert_eq!(inline("بوتين"), "\u{2068}بوتين\u{2069}");
        assert_eq!(inline("Putin"), "Putin");
        assert_eq!(inline("Путин"), "Путин");
        assert!(is_rtl("قال CIA كذا"));
        assert!(!is_rtl("CIA"));
    }
}
