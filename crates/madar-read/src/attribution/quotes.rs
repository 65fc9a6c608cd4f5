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

/// Blocks that a quotation may run on for before its closing mark. A forgotten mark must not turn
/// the rest of an article into one quotation; speeches rarely go on longer.
const OPEN_BLOCKS: usize = 8;

pub(super) fn quotes(document: &Document) -> Vec<Quote> {
    let blocks = document.blocks.iter().enumerate();
    let read: Vec<(usize, Span)> = blocks
        .filter(|(_, b)| b.kind.is_read())
        .map(|(at, b)| (at, b.span))
        .collect();
    let text = &document.text;
    let mut out = Vec::new();
    // Blocks up to which an opened quotation is known to go on.
    let mut open_until = 0;
    for (at, &(block, span)) in read.iter().enumerate() {
        let carried = at < open_until;
        let last = carried && at + 1 == open_until;
        let found = block_quotes(text, span, carried, last);
        for (inner, outer) in found.quotes {
            let speech = is_speech(text, inner, outer, span) || carried;
            out.push(Quote {
                inner: trimmed(text, inner),
                outer,
                block,
                speech,
            });
        }
        let Some(from) = found.open else { continue };
        // In the middle of a clause an open mark is more often a slip than a speech.
        let before = text[span.start as usize..from as usize].trim_end();
        if !before.is_empty() && !before.ends_with([':', ',', '،']) {
            continue;
        }
        let closing = (at + 1..read.len().min(at + 1 + OPEN_BLOCKS))
            .take_while(|&next| !opens_first(read[next].1.of(text)))
            .find(|&next| first_mark_closes(read[next].1.of(text)));
        if let Some(closing) = closing {
            open_until = closing + 1;
        }
        // Without a closing mark only a paragraph that is quoted from its start counts.
        if closing.is_some() || from == span.start {
            let outer = Span::new(from, span.end);
            let mark = letters(&text[from as usize..])
                .next()
                .map_or(0, |(_, _, len)| len);
            let inner = Span::from_range(from as usize + mark..span.end as usize);
            out.push(Quote {
                inner: trimmed(text, inner),
                outer,
                block,
                speech: true,
            });
        }
    }
    out.retain(|q| !q.inner.is_empty());
    out
}

struct BlockQuotes {
    /// Inner and outer spans.
    quotes: Vec<(Span, Span)>,
    /// Where a mark stands that nothing in the block closes.
    open: Option<u32>,
}

/// The quotations of one block; `carried` when an earlier block left one open, `last` when this
/// block closes it.
fn block_quotes(text: &str, block: Span, carried: bool, last: bool) -> BlockQuotes {
    let inside = block.of(text);
    let mut out = BlockQuotes {
        quotes: Vec::new(),
        open: None,
    };
    if carried && !last {
        out.quotes.push((block, block));
        return out;
    }
    let mut depth = usize::from(carried);
    let mut from = block.start as usize;
    let mut outer_from = from;
    let mut before = None;
    let mut letters = letters(inside).peekable();
    while let Some((at, c, len)) = letters.next() {
        let start = block.start as usize + at;
        let after = letters.peek().map(|&(_, next, _)| next);
        match mark(c, before, after, depth) {
            Mark::Open => {
                if depth == 0 {
                    from = start + len;
                    outer_from = start;
                }
                depth += 1;
            }
            Mark::Close if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let end = start + len;
                    let inner = Span::from_range(from..start);
                    out.quotes.push((inner, Span::from_range(outer_from..end)));
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    if depth > 0 {
        out.open = Some(Span::from_range(outer_from..outer_from).start);
    }
    out
}

/// The letters of a text with their places and lengths; two apostrophes are one straight mark, as old
/// wires write it: `''We need a deal,'' she said.`
fn letters(inside: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let mut chars = inside.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = chars.next()?;
        if c == '\'' && chars.next_if(|&(_, next)| next == '\'').is_some() {
            return Some((at, '"', 2));
        }
        Some((at, c, c.len_utf8()))
    })
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

/// Whether a block begins with a mark that opens: each paragraph of a long quotation may.
fn opens_first(inside: &str) -> bool {
    let mut letters = letters(inside).map(|(_, c, _)| c);
    letters
        .next()
        .is_some_and(|c| matches!(mark(c, None, letters.next(), 0), Mark::Open))
}

/// Whether the first mark of a block closes what an earlier block opened.
fn first_mark_closes(inside: &str) -> bool {
    let mut before = None;
    let mut letters = letters(inside).map(|(_, c, _)| c).peekable();
    while let Some(c) = letters.next() {
        match mark(c, before, letters.peek().copied(), 1) {
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
    if is_title(said) && !before.ends_with(':') && !before.is_empty() {
        return false;
    }
    // "إنها لحظة تاريخية". alone in its sentence
    let alone = (before.is_empty() || before.ends_with(['.', '!', '?', '؟']))
        && after.trim_start_matches(['.', '!', '?', '؟']).is_empty();
    words >= SPEECH_WORDS
        || tagged
        || alone && words >= 2
        || (words >= 2 && (ended || before.ends_with(':')))
}

/// *Face the Nation*: capitals throughout, small words aside; the name of a programme or a book.
pub(super) fn is_title(said: &str) -> bool {
    let words = || {
        said.split_whitespace()
            .filter(|w| w.chars().any(char::is_alphabetic))
    };
    let capital = |w: &str| {
        w.chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_uppercase)
    };
    words().count() > 1
        && words().all(|w| capital(w) || w.chars().count() < 4)
        && words().any(capital)
}

/// One word, or the name of a work: nothing that somebody is quoted with.
pub(super) fn is_name(said: &str) -> bool {
    let one = said.split_whitespace().count() < 2;
    let capital = said
        .chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_uppercase);
    one && capital || is_title(said)
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
    fn two_apostrophes_are_a_mark() {
        check(
            &["''We don't need a deal,'' she said of the workers' plan."],
            &["We don't need a deal"],
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
