//! Quotations: what stands between quotation marks, across sentences and paragraphs.
//!
//! Straight marks open after white space or a bracket and close after a letter; a quotation that a
//! paragraph leaves open goes on in the next. A quotation is *speech* when it is long, ends like a
//! sentence or follows a colon; else it is a name (*"فولغومور"*) or a few words set apart.
//! `"We need a deal," she said.` → one quotation, speech: `We need a deal,`.

use madar_text::{Document, Span};

/// One quotation, or the part of one that stands in one block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Quote {
    /// Without the marks.
    pub(super) inner: Span,
    /// With the marks that are there.
    pub(super) outer: Span,
    pub(super) block: usize,
    pub(super) speech: bool,
}

/// From this many words on a quotation is read as speech: names of things are shorter.
const SPEECH_WORDS: usize = 5;

/// Blocks that a quotation may run on for without a closing mark. A forgotten mark must not turn
/// the rest of an article into one quotation.
const OPEN_BLOCKS: usize = 3;

pub(super) fn quotes(document: &Document) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open = 0;
    for (at, block) in document.blocks.iter().enumerate() {
        if !block.kind.is_read() {
            continue;
        }
        let found = block_quotes(&document.text, block.span, open > 0 && open <= OPEN_BLOCKS);
        open = match (found.left_open, found.closed_carry) {
            (true, true) => 1,
            (true, false) => open + 1,
            (false, _) => 0,
        };
        for (inner, outer) in found.quotes {
            let speech = is_speech(&document.text, inner, outer, block.span);
            out.push(Quote {
                inner: trimmed(&document.text, inner),
                outer,
                block: at,
                speech,
            });
        }
    }
    out.retain(|q| !q.inner.is_empty());
    out
}

struct BlockQuotes {
    quotes: Vec<(Span, Span)>,
    left_open: bool,
    /// What came in open has been closed (or nothing came in).
    closed_carry: bool,
}

fn block_quotes(text: &str, block: Span, carried: bool) -> BlockQuotes {
    let inside = block.of(text);
    let carry_closes = carried && first_mark_closes(inside);
    let mut depth = usize::from(carry_closes);
    let mut from = block.start as usize;
    let mut outer_from = from;
    let mut out = BlockQuotes {
        quotes: Vec::new(),
        left_open: false,
        closed_carry: true,
    };
    let mut before = None;
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let start = block.start as usize + at;
        let after = chars.peek().map(|&(_, next)| next);
        match mark(c, before, after, depth) {
            Mark::Open => {
                if depth == 0 {
                    from = start + c.len_utf8();
                    outer_from = start;
                }
                depth += 1;
            }
            Mark::Close if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let end = start + c.len_utf8();
                    out.quotes.push((
                        Span::from_range(from..start),
                        Span::from_range(outer_from..end),
                    ));
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    let end = block.end as usize;
    // Open to the end of the block: only if it began the block, else a mark was forgotten.
    let whole = outer_from == block.start as usize;
    if depth > 0 && whole {
        out.left_open = true;
        out.closed_carry = !carry_closes;
        out.quotes.push((
            Span::from_range(from..end),
            Span::from_range(outer_from..end),
        ));
    }
    out
}

enum Mark {
    Open,
    Close,
    None,
}

fn mark(c: char, before: Option<char>, after: Option<char>, depth: usize) -> Mark {
    match c {
        '«' | '“' | '„' if c != '“' || opens(before, after) => Mark::Open,
        '»' | '”' | '“' => Mark::Close,
        '"' if opens(before, after) && (depth == 0 || !closes(before, after)) => Mark::Open,
        '"' => Mark::Close,
        _ => Mark::None,
    }
}

fn opens(before: Option<char>, after: Option<char>) -> bool {
    let apart = before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '«' | '“' | '"' | '—' | '-' | '–' | 'ـ' | ':')
    });
    // Arabic writes لـ" and ب" without a space
    let clitic = matches!(before, Some('ل' | 'ب' | 'و' | 'ك' | 'ف'));
    let inner = after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | '،'));
    (apart || clitic) && inner
}

fn closes(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace())
        && after.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation() || c == '،')
}

/// Whether the first mark of a block closes what an earlier block opened.
fn first_mark_closes(inside: &str) -> bool {
    let mut before = None;
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        match mark(c, before, chars.peek().copied(), 1) {
            Mark::Open => return false,
            Mark::Close => return true,
            Mark::None => {}
        }
        before = Some(c);
    }
    false
}

fn is_speech(text: &str, inner: Span, outer: Span, block: Span) -> bool {
    let said = inner.of(text);
    let ended = said.ends_with([',', '.', '!', '?', '،', '؟', '…']);
    let before = text[block.start as usize..outer.start as usize].trim_end();
    let after = text[outer.end as usize..block.end as usize].trim_start();
    let tagged = after.starts_with([',', '،'])
        && after.contains(['—', '–'])
        && after[..after.find(['—', '–']).unwrap_or(0)].chars().count() <= 3;
    let words = said.split_whitespace().count();
    words >= SPEECH_WORDS || tagged || (words >= 2 && (ended || before.ends_with(':')))
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = inner.len() - inner.trim_start().len();
    let kept = inner.trim().trim_end_matches([',', '،']).len();
    let from = span.start as usize + start;
    Span::from_range(from..from + kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraphs: &[&str], expect: &[&str]) {
        let document = crate::attribution::tests::document(paragraphs);
        let found = quotes(&document);
        let found: Vec<&str> = found
            .iter()
            .filter(|q| q.speech)
            .map(|q| q.inner.of(&document.text))
            .collect();
        assert_eq!(found, expect, "{paragraphs:?}");
    }

    #[test]
    fn speech_is_told_from_names() {
        check(&["\"We need a deal,\" she said."], &["We need a deal"]);
        check(&["He bought \"Volgomor\" and left."], &[]);
        check(
            &["قال لـ\"النهار\": \"لم نفاوض أحداً\"."],
            &["لم نفاوض أحداً"],
        );
        check(
            &["«Завод стоит дороже», — подчеркнула она."],
            &["Завод стоит дороже"],
        );
        check(
            &["\"The U.S. insists on \"denuclearization\" and pressure,\" Ri said."],
            &["The U.S. insists on \"denuclearization\" and pressure"],
        );
    }

    #[test]
    fn a_quotation_left_open_goes_on() {
        check(
            &[
                "\"The idea is a pipe dream of some people.",
                "It only deepens mistrust.\"",
            ],
            &[
                "The idea is a pipe dream of some people.",
                "It only deepens mistrust.",
            ],
        );
        check(&["A 5\" pipe and no more of it at all."], &[]);
    }
}
