//! Tokens with exact offsets: UAX 29 words, put together where news text needs it (*U.S.*,
//! *al-Assad* stays three), and Arabic proclitics known to the token without moving it.

use std::ops::BitOr;

use unicode_segmentation::UnicodeSegmentation;

use crate::{Lang, Span, is_invisible, is_letter};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    Word,
    Number,
    Punct,
}

/// Which proclitics an Arabic word carries: و ف conjunctions, ب ك ل prepositions, س future, ال.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Clitics(pub u8);

impl Clitics {
    pub const NONE: Clitics = Clitics(0);
    pub const AND: Clitics = Clitics(1);
    pub const SO: Clitics = Clitics(2);
    pub const BI: Clitics = Clitics(4);
    pub const KA: Clitics = Clitics(8);
    pub const LI: Clitics = Clitics(16);
    pub const FUTURE: Clitics = Clitics(32);
    pub const ARTICLE: Clitics = Clitics(64);

    pub fn has(self, other: Clitics) -> bool {
        self.0 & other.0 == other.0 && other.0 != 0
    }

    pub fn preposition(self) -> Option<&'static str> {
        [(Clitics::BI, "ب"), (Clitics::KA, "ك"), (Clitics::LI, "ل")]
            .into_iter()
            .find_map(|(flag, form)| self.has(flag).then_some(form))
    }
}

impl BitOr for Clitics {
    type Output = Clitics;
    fn bitor(self, other: Clitics) -> Clitics {
        Clitics(self.0 | other.0)
    }
}

/// A word, a number or a sign. `host` is `span` without the proclitics و ف ب ك ل س; the article
/// ال stays inside. Elsewhere than in Arabic the two are the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub span: Span,
    pub host: Span,
    pub kind: TokenKind,
    pub clitics: Clitics,
}

/// The tokens of one sentence, in order; what lies between them is white space or invisible.
pub fn tokens(text: &str, sentence: Span, lang: Lang) -> Vec<Token> {
    tokens_with(text, sentence, lang, &|_, _| None)
}

/// The same with a lexicon: `cut` says of a folded Arabic word and of what would be left of it
/// without its first letters whether to cut, so that وزير is not taken for و + زير, nor بالين for ب + الين;
/// of what it does not know it says nothing.
pub fn tokens_with(
    text: &str,
    sentence: Span,
    lang: Lang,
    cut: &dyn Fn(&str, &str) -> Option<bool>,
) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let pieces = sentence.of(text).split_word_bound_indices();
    for (at, piece) in pieces.flat_map(|(at, piece)| by_script(at, piece, lang)) {
        let start = sentence.start as usize + at;
        let span = Span::from_range(start..start + piece.len()).trim(text);
        let Some(kind) = kind_of(span.of(text)) else {
            continue;
        };
        if let Some(last) = out.last_mut()
            && joins(last, span, kind, text)
        {
            last.span = last.span.to(span);
            last.host = last.span;
            continue;
        }
        out.push(Token {
            span,
            host: span,
            kind,
            clitics: Clitics::NONE,
        });
    }
    if lang == Lang::En {
        return split_possessives(text, &out);
    }
    if lang == Lang::Ar {
        for token in &mut out {
            if token.kind == TokenKind::Word {
                (token.host, token.clitics) = proclitics(text, token.span, cut);
            }
        }
    }
    out
}

/// A Latin name that a page glued to the Arabic word beside it (شركةInrupt) is a word of its own.
fn by_script(at: usize, piece: &str, lang: Lang) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = Some((at, piece));
    std::iter::from_fn(move || {
        let (at, piece) = rest.take()?;
        match script_border(piece).filter(|_| lang == Lang::Ar) {
            Some(border) => {
                rest = Some((at + border, &piece[border..]));
                Some((at, &piece[..border]))
            }
            None => Some((at, piece)),
        }
    })
}

/// Where Latin letters follow Arabic ones or the other way round.
fn script_border(piece: &str) -> Option<usize> {
    let mut before: Option<bool> = None;
    piece.char_indices().find_map(|(at, c)| {
        let latin = c.is_ascii_alphabetic();
        if !latin && !('\u{0621}'..='\u{064A}').contains(&c) {
            return None;
        }
        let changed = before.is_some_and(|before| before != latin);
        before = Some(latin);
        changed.then_some(at)
    })
}

fn kind_of(piece: &str) -> Option<TokenKind> {
    let first = piece
        .chars()
        .find(|&c| !c.is_whitespace() && !is_invisible(c))?;
    Some(if piece.chars().any(|c| is_letter(c) || c == 'ـ') {
        TokenKind::Word
    } else if first.is_numeric() {
        TokenKind::Number
    } else {
        TokenKind::Punct
    })
}

/// *Putin's* is two tokens, so that a name ends where it ends.
fn split_possessives(text: &str, tokens: &[Token]) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let word = token.span.of(text);
        let stem = ["'s", "’s", "'S", "’S"]
            .iter()
            .find_map(|end| word.strip_suffix(end));
        match stem.filter(|stem| !stem.is_empty() && token.kind == TokenKind::Word) {
            Some(stem) => {
                let start = token.span.start as usize;
                let name = Span::from_range(start..start + stem.len());
                let mark = Span::new(name.end, token.span.end);
                out.push(Token {
                    span: name,
                    host: name,
                    ..*token
                });
                out.push(Token {
                    span: mark,
                    host: mark,
                    ..*token
                });
            }
            None => out.push(*token),
        }
    }
    out
}

/// `U.S` + `.` is one token, so are single capitals with their stop: *J. D. Vance*, *А. Пушкин*.
fn joins(last: &Token, span: Span, kind: TokenKind, text: &str) -> bool {
    if last.span.end != span.start || kind != TokenKind::Punct || span.of(text) != "." {
        return false;
    }
    let word = last.span.of(text);
    let dotted = word.contains('.') && word.chars().all(|c| c == '.' || c.is_alphabetic());
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    last.kind == TokenKind::Word && (dotted || initial)
}

/// Cuts proclitics off an Arabic word: where the article shows them (وال، بال، لل) and the lexicon does
/// not object, else where the lexicon says so.
fn proclitics(text: &str, span: Span, cut: &dyn Fn(&str, &str) -> Option<bool>) -> (Span, Clitics) {
    let word = span.of(text);
    let whole = crate::fold(word);
    if has_article(&whole) {
        return (span, Clitics::ARTICLE);
    }
    let mut best = (span, Clitics::NONE);
    let mut clitics = Clitics::NONE;
    let mut letters = word.char_indices().filter(|(_, c)| !is_mark(*c)).peekable();
    while let Some((_, letter)) = letters.next() {
        let Some(flag) = flag_of(letter, clitics) else {
            break;
        };
        let Some(&(next, _)) = letters.peek() else {
            break;
        };
        clitics = clitics | flag;
        let host = Span::from_range(span.start as usize + next..span.end as usize);
        let rest = crate::fold(host.of(text));
        // ل + ال is written لل: the host starts at the second lam.
        let fused = flag == Clitics::LI && rest.starts_with('ل') && rest.chars().count() > 3;
        let verdict = cut(&whole, &rest);
        if (fused || has_article(&rest)) && verdict != Some(false) {
            return (host, clitics | Clitics::ARTICLE);
        }
        let letters = rest.chars().count();
        let before_hamza = letters >= 4 && flag != Clitics::KA && flag != Clitics::FUTURE;
        if before_hamza && begins_with_hamza(host.of(text)) || verdict == Some(true) {
            best = (host, clitics);
        }
    }
    best
}

fn has_article(folded: &str) -> bool {
    folded.starts_with("ال") && folded.chars().count() > 3
}

/// لأندريس، بأورلوف: no word has an alef with a hamza behind a letter that may be a proclitic, but سأل and كأس.
fn begins_with_hamza(word: &str) -> bool {
    let first = word.chars().find(|&c| !is_mark(c));
    first.is_some_and(|c| matches!(c, 'أ' | 'إ' | 'آ'))
}

fn is_mark(c: char) -> bool {
    is_invisible(c) || matches!(c, '\u{064B}'..='\u{0652}' | 'ـ')
}

/// Which proclitic a letter is, given those before it: conjunction, then preposition or future.
fn flag_of(letter: char, before: Clitics) -> Option<Clitics> {
    let inner = before.preposition().is_some() || before.has(Clitics::FUTURE);
    match letter {
        'و' if before == Clitics::NONE => Some(Clitics::AND),
        'ف' if before == Clitics::NONE => Some(Clitics::SO),
        'ب' if !inner => Some(Clitics::BI),
        'ك' if !inner => Some(Clitics::KA),
        'ل' if !inner => Some(Clitics::LI),
        'س' if !inner => Some(Clitics::FUTURE),
        _ => None,
    }
}
