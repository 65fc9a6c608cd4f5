//! Quotation marks: which sign opens a quotation and which closes one.
//!
//! Straight marks tell by what stands beside them, typographic ones mostly by themselves; two
//! apostrophes or two grave accents are one mark, as old wires write it. An English single mark
//! (`'We are out,' he said`) is told from an apostrophe by its partner.

use madar_text::Lang;

/// A letter of a text with its place and length; marks of more than one sign, and single ones that
/// are paired, stand as one double mark.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    pub(super) at: usize,
    pub(super) sign: char,
    pub(super) len: usize,
}

/// A mark that can only open.
const OPENING: char = '„';
/// A mark that can only close.
const CLOSING: char = '»';

/// The letters of a block.
pub(super) fn letters(inside: &str, lang: Lang) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(inside.len());
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let doubled = matches!(c, '\'' | '`') && chars.next_if(|&(_, next)| next == c).is_some();
        let sign = match c {
            '`' if doubled => OPENING,
            '\'' if doubled => '"',
            c => c,
        };
        let len = if doubled { 2 } else { c.len_utf8() };
        out.push(Letter { at, sign, len });
    }
    if lang == Lang::En {
        pair_single(&mut out);
    }
    out
}

/// What an apostrophe before it and no letter after it makes: *'s*, *'em*.
const CLIPPED: &[&str] = &[
    "s", "re", "ll", "ve", "d", "m", "t", "em", "til", "tis", "twas", "cause", "bout", "n",
];

fn is_single(sign: char) -> bool {
    matches!(sign, '\'' | '‘' | '’')
}

/// Makes double marks of those single ones that have a partner.
fn pair_single(letters: &mut [Letter]) {
    let mut at = 0;
    while at < letters.len() {
        if !opens_single(letters, at) {
            at += 1;
            continue;
        }
        match partner(letters, at) {
            Some(close) => {
                letters[at].sign = OPENING;
                letters[close].sign = CLOSING;
                at = close + 1;
            }
            // words quoted from the start, or behind a colon, may be closed in a later paragraph
            None => {
                let before = letters[..at].iter().rev().map(|l| l.sign);
                let led = before.into_iter().find(|c| !c.is_whitespace());
                if led.is_none_or(|c| matches!(c, ':' | ',')) {
                    letters[at].sign = OPENING;
                }
                at += 1;
            }
        }
    }
    for at in 1..letters.len() {
        if matches!(letters[at].sign, '\'' | '’') && ends_said(letters, at) {
            letters[at].sign = CLOSING;
        }
    }
}

/// Whether a single mark stands behind the stop of a sentence: no apostrophe does.
fn ends_said(letters: &[Letter], at: usize) -> bool {
    let after = letters.get(at + 1).map(|l| l.sign);
    matches!(letters[at - 1].sign, '.' | ',' | '!' | '?' | '…')
        && after.is_none_or(char::is_whitespace)
}

fn opens_single(letters: &[Letter], at: usize) -> bool {
    let sign = letters[at].sign;
    if !is_single(sign) || sign == '’' {
        return false;
    }
    let before = at.checked_sub(1).map(|b| letters[b].sign);
    let apart = before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '—' | '–' | '-' | ':')
    });
    let rest = &letters[at + 1..];
    let letter = rest.first().is_some_and(|l| l.sign.is_alphanumeric());
    let word: String = rest
        .iter()
        .map(|l| l.sign)
        .take_while(|c| c.is_alphanumeric())
        .take(6)
        .flat_map(char::to_lowercase)
        .collect();
    let decade = word.len() == 3 && word.ends_with("0s");
    apart && letter && !decade && !CLIPPED.contains(&word.as_str())
}

/// The mark that closes a single one: the first behind a stop or a comma, else the first that is no
/// plural's apostrophe (*the workers' plan*), before another opens.
fn partner(letters: &[Letter], open: usize) -> Option<usize> {
    let mut plural = None;
    for at in open + 2..letters.len() {
        if opens_single(letters, at) {
            break;
        }
        let sign = letters[at].sign;
        let after = letters.get(at + 1).map(|l| l.sign);
        let apart = after.is_none_or(|c| {
            c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '—' | '–' | '”')
        });
        if !is_single(sign) || sign == '‘' || !apart {
            continue;
        }
        match letters[at - 1].sign {
            'a'..='z' | 'A'..='Z' if matches!(letters[at - 1].sign, 's' | 'S') => {
                plural = plural.or(Some(at));
            }
            c if c.is_whitespace() => {}
            _ => return Some(at),
        }
    }
    plural
}

pub(super) enum Mark {
    Open,
    Close,
    None,
}

pub(super) fn mark(c: char, before: Option<char>, after: Option<char>, depth: usize) -> Mark {
    match c {
        '«' | '“' | '„' if c != '“' || opens(before, after) => Mark::Open,
        // Arabic sets the pair in either order: ”نحن مستعدون“
        '”' | '“' if depth == 0 && glued(before, after) => Mark::Open,
        '»' | '”' | '“' => Mark::Close,
        // tokenised text has white space on both sides
        '"' if depth == 0 && before.is_none_or(char::is_whitespace) && after.is_some() => {
            Mark::Open
        }
        '"' if opens(before, after) && (depth == 0 || !closes(before, after)) => Mark::Open,
        '"' => Mark::Close,
        _ => Mark::None,
    }
}

/// A letter follows at once, and what stands before is no end of words said.
fn glued(before: Option<char>, after: Option<char>) -> bool {
    let begins = after.is_some_and(char::is_alphanumeric);
    begins
        && before
            .is_none_or(|c| c.is_whitespace() || c.is_alphabetic() || matches!(c, ':' | '(' | 'ـ'))
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
pub(super) fn opens_first(letters: &[Letter]) -> bool {
    let after = letters.get(1).map(|l| l.sign);
    letters
        .first()
        .is_some_and(|l| matches!(mark(l.sign, None, after, 0), Mark::Open))
}

/// Whether the first mark of a block closes what an earlier block opened.
pub(super) fn first_mark_closes(letters: &[Letter]) -> bool {
    first_mark(letters).is_some_and(|(_, closes)| closes)
}

/// The first mark of a block that is read as standing in a quotation, and whether it closes it.
pub(super) fn first_mark(letters: &[Letter]) -> Option<(usize, bool)> {
    let sign = |at: usize| letters.get(at).map(|l| l.sign);
    (0..letters.len()).find_map(|at| {
        let before = at.checked_sub(1).and_then(sign);
        match mark(letters[at].sign, before, sign(at + 1), 1) {
            Mark::Open => Some((at, false)),
            Mark::Close => Some((at, true)),
            Mark::None => None,
        }
    })
}
