//! Quotations: what stands between quotation marks, across sentences and paragraphs.
//!
//! Straight marks open after white space or a bracket and close after a letter; a quotation that a
//! paragraph leaves open goes on in the next. A quotation is *speech* when it is long, ends like a
//! sentence or follows a colon; else it is a name (*"فولغومور"*) or a few words set apart.
//! `"We need a deal," she said.` → one quotation, speech: `We need a deal,`.

use madar_text::{Document, Span};

use super::marks::{Letter, Mark, first_mark, first_mark_closes, letters, mark, opens_first};

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

/// Signs that may be marks; a block without them holds no quotation.
const SIGNS: [char; 10] = ['"', '“', '”', '„', '«', '»', '\'', '‘', '’', '`'];

/// Blocks at the end of a text that may all be words of a quotation that is never closed.
const OPEN_END: usize = 2;

pub(super) fn quotes(document: &Document) -> Vec<Quote> {
    let text = &document.text;
    let blocks = document.blocks.iter().enumerate();
    let read: Vec<Page> = blocks
        .filter(|(_, b)| b.kind.is_read())
        .map(|(block, b)| {
            let inside = b.span.of(text);
            let marked = inside.contains(SIGNS);
            Page {
                block,
                span: b.span,
                letters: if marked {
                    letters(inside, b.lang)
                } else {
                    Vec::new()
                },
            }
        })
        .collect();
    let mut out = Vec::new();
    // Blocks up to which an opened quotation is known to go on.
    let mut open_until = 0;
    for (at, page) in read.iter().enumerate() {
        let (block, span) = (page.block, page.span);
        let carried = at < open_until;
        let last = carried && at + 1 == open_until;
        let begun = !carried && begins_inside(text, page);
        let found = block_quotes(page, carried || begun, last || begun);
        for (inner, outer) in found.quotes {
            let speech = is_speech(text, inner, outer, span) || carried || begun;
            out.push(Quote {
                inner: trimmed(text, inner),
                outer,
                block,
                speech,
            });
        }
        let Some((from, mark)) = found.open else {
            continue;
        };
        // In the middle of a clause an open straight mark is more often a slip than a speech.
        let before = text[span.start as usize..from as usize].trim_end();
        let led = before.is_empty() || before.ends_with([':', ',', '،']);
        if !led && text[from as usize..].starts_with('"') {
            continue;
        }
        let closing = closing_after(&read, at);
        if let Some(closing) = closing {
            open_until = closing + 1;
        }
        // Without a closing mark only a paragraph that is quoted from its start counts, and what
        // is led in.
        if closing.is_some() || led {
            let outer = Span::new(from, span.end);
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

/// A block with its letters; none where it holds no marks.
struct Page {
    block: usize,
    span: Span,
    letters: Vec<Letter>,
}

/// Words before a closing mark without an opening one up to which it is taken for a slip, where no sentence ends
/// before it: *said an official", adding*.
const STRAY: usize = 5;

/// Whether a block goes on with words that an earlier one, or none at all, opened: its first mark
/// closes a sentence. `… of his great success."`
fn begins_inside(text: &str, page: &Page) -> bool {
    let Some((at, true)) = first_mark(&page.letters) else {
        return false;
    };
    let sign = |at: usize| page.letters.get(at).map(|l| l.sign);
    let before = at.checked_sub(1).and_then(sign);
    let after = sign(at + 1);
    let opens = matches!(mark(page.letters[at].sign, before, after, 0), Mark::Open);
    let said = &text[page.span.start as usize..page.span.start as usize + page.letters[at].at];
    let ended = said
        .trim_end()
        .ends_with(['.', '!', '?', '؟', '…', ',', '،']);
    let stops = matches!(after, Some('.' | ',' | '،' | '؟' | '!'));
    // a closing mark that nothing opened, behind a few words, is a slip
    let least = if ended { 1 } else { STRAY };
    !opens && (ended || stops) && said.split_whitespace().count() > least
}

/// The block in which a quotation closes that a block leaves open; the last, where nothing but a block or
/// two without marks is left.
fn closing_after(read: &[Page], at: usize) -> Option<usize> {
    let rest = &read[at + 1..];
    if (1..=OPEN_END).contains(&rest.len()) && rest.iter().all(|page| page.letters.is_empty()) {
        return Some(read.len());
    }
    (at + 1..read.len().min(at + 1 + OPEN_BLOCKS))
        .take_while(|&next| !opens_first(&read[next].letters))
        .find(|&next| first_mark_closes(&read[next].letters))
}

struct BlockQuotes {
    /// Inner and outer spans.
    quotes: Vec<(Span, Span)>,
    /// Where a mark stands that nothing in the block closes, and its length.
    open: Option<(u32, usize)>,
}

/// The quotations of one block; `carried` when an earlier block left one open, `last` when this
/// block closes it.
fn block_quotes(page: &Page, carried: bool, last: bool) -> BlockQuotes {
    let block = page.span;
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
    for (at, letter) in page.letters.iter().enumerate() {
        let start = block.start as usize + letter.at;
        let after = page.letters.get(at + 1).map(|l| l.sign);
        match mark(letter.sign, before, after, depth) {
            Mark::Open => {
                if depth == 0 {
                    from = start + letter.len;
                    outer_from = start;
                }
                depth += 1;
            }
            Mark::Close if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let end = start + letter.len;
                    let inner = Span::from_range(from..start);
                    out.quotes.push((inner, Span::from_range(outer_from..end)));
                }
            }
            _ => {}
        }
        before = Some(letter.sign);
    }
    if depth > 0 {
        let outer = Span::from_range(outer_from..outer_from).start;
        out.open = Some((outer, from - outer_from));
    }
    out
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

pub(super) fn trimmed(text: &str, span: Span) -> Span {
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
    fn single_marks_are_told_from_apostrophes() {
        check(
            &["'If the workers' plan holds, we'd be out by May,' he said."],
            &["If the workers' plan holds, we'd be out by May"],
        );
        check(
            &["The firm's '90s fleet isn't what the ships' owners wanted."],
            &[],
        );
        check(
            &["He added: 'The port is ready for ships of the '20s.'"],
            &["The port is ready for ships of the '20s."],
        );
    }

    #[test]
    fn arabic_marks_stand_in_either_order() {
        check(
            &["وقالت ”نحن مستعدون لذلك منذ شهر“."],
            &["نحن مستعدون لذلك منذ شهر"],
        );
        check(
            &["وقالت “نحن مستعدون لذلك منذ شهر”."],
            &["نحن مستعدون لذلك منذ شهر"],
        );
    }

    #[test]
    fn a_block_may_begin_in_a_quotation() {
        check(
            &["Nobody told us that the port was sold.\" Duval left the room."],
            &["Nobody told us that the port was sold."],
        );
    }

    #[test]
    fn grave_accents_are_a_mark() {
        check(
            &["Duval said `` We should have a port of our own . ''"],
            &["We should have a port of our own ."],
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
