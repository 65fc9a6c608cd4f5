//! One piece of a text before it has a kind: a line of plain text, an element of a page. Here it
//! is measured; what it is gets decided in `structure`.
//!
//! *فرصة اقتصادية* has two words and no final stop, so it may be a heading; *He declined.* has a
//! final stop, so it may not.

use madar_text::{BlockKind, Place, Span, Spot, fold, is_letter, is_letter_or_digit, is_numeric};

/// Words from which a line without a final stop is running text whose stop was forgotten.
/// Headlines of the three languages seldom pass 18 words; decks reach 25.
const LONG: usize = 26;
/// Words (and characters) up to which a line may be a headline.
const HEADLINE_WORDS: usize = 30;
const HEADLINE_CHARS: usize = 240;
/// Words from which a line that ends in `?`, `!` or `…` is taken for running text.
const LONG_QUESTION: usize = 14;

/// A stretch of the text and what the markup says of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    /// What the markup makes of it; plain text says nothing.
    pub(crate) hint: Option<BlockKind>,
}

/// The text of a document with its pieces in order, before they have kinds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Laid {
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) places: Vec<Place>,
    /// Where what comes next stands.
    pub(crate) spot: Option<Spot>,
    /// What stands at the rims of pages, until no paragraph goes on past it.
    pub(crate) asides: Vec<(Option<Spot>, String)>,
}

impl Laid {
    /// Says where what comes next stands in the original.
    pub(crate) fn stands_at(&mut self, spot: Spot) {
        self.spot = Some(spot);
    }

    /// Furniture between two pieces that may turn out to be one.
    pub(crate) fn aside(&mut self, words: &str) {
        self.asides.push((self.spot.clone(), words.to_owned()));
    }

    /// Puts what was laid aside.
    pub(crate) fn put_asides(&mut self) {
        let own = self.spot.take();
        for (spot, words) in std::mem::take(&mut self.asides) {
            self.spot = spot;
            self.put(&words, Some(BlockKind::Furniture));
        }
        self.spot = own;
    }

    /// More words of the last piece, from another place; `join` puts them to it.
    pub(crate) fn go_on(&mut self, words: &str, join: impl Fn(&mut String, &str)) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(last) = self.pieces.last_mut().filter(|_| !words.is_empty()) else {
            return self.push(&words, None);
        };
        join(&mut self.text, &words);
        let span = last.span.start as usize..self.text.len();
        last.span = Span::from_range(span).trim(&self.text);
        let start = Span::from_range(self.text.len() - words.len()..self.text.len()).start;
        self.note(start);
    }

    /// Notes where the text stands from here on.
    fn note(&mut self, start: u32) {
        if let Some(spot) = &self.spot
            && self.places.last().is_none_or(|place| place.spot != *spot)
        {
            let spot = spot.clone();
            self.places.push(Place { start, spot });
        }
    }

    /// Adds a piece on a line of its own; white space inside becomes single spaces.
    pub(crate) fn push(&mut self, words: &str, hint: Option<BlockKind>) {
        if words.split_whitespace().next().is_some() {
            self.put_asides();
        }
        self.put(words, hint);
    }

    fn put(&mut self, words: &str, hint: Option<BlockKind>) {
        let mut parts = words.split_whitespace().peekable();
        if parts.peek().is_none() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        for (nth, part) in parts.enumerate() {
            if nth > 0 {
                self.text.push(' ');
            }
            self.text.push_str(part);
        }
        let span = Span::from_range(start..self.text.len()).trim(&self.text);
        if !span.is_empty() {
            self.pieces.push(Piece { span, hint });
            self.note(span.start);
        }
    }
}

/// A measured piece.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    pub(crate) span: Span,
    pub(crate) text: &'t str,
    pub(crate) hint: Option<BlockKind>,
    /// Its words folded, with one space between and `#` for each number.
    pub(crate) key: String,
    pub(crate) words: usize,
    /// How it ends, closing quotes and brackets aside.
    pub(crate) end: End,
    pub(crate) kind: Option<BlockKind>,
    pub(crate) repeats: bool,
}

/// How a line ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// One full stop.
    Stop,
    /// `?`, `!`, `…`, `..`
    Mark,
    /// `:`, `,` and the like: more is to come.
    Open,
    Word,
}

impl<'t> Line<'t> {
    pub(crate) fn new(text: &'t str, piece: Piece) -> Self {
        let own = piece.span.of(text);
        let key = key(own);
        Line {
            span: piece.span,
            text: own,
            hint: piece.hint,
            words: key.split(' ').filter(|w| !w.is_empty()).count(),
            key,
            end: end(own),
            kind: None,
            repeats: false,
        }
    }

    /// Whether a headline could read so.
    pub(crate) fn is_headline(&self) -> bool {
        (1..=HEADLINE_WORDS).contains(&self.words)
            && self.text.chars().count() <= HEADLINE_CHARS
            && matches!(self.end, End::Word | End::Mark)
            && !self.is_running()
            && !has_inner_stop(self.text)
    }

    /// Whether it reads as running text: it ends as sentences do, or goes on for long.
    pub(crate) fn is_running(&self) -> bool {
        match self.end {
            End::Stop => self.words >= 3,
            End::Mark => self.words >= LONG_QUESTION && has_inner_stop(self.text),
            End::Word | End::Open => self.words >= LONG,
        }
    }

    /// Whether it holds no letter: a page number, a rule of stars.
    pub(crate) fn is_wordless(&self) -> bool {
        !self.text.chars().any(is_letter)
    }
}

/// The folded words of a line, the form in which phrases are compared.
///
/// `"اقرأ أيضًا:"` → `اقرا ايضا`; `3 min read` → `# min read`.
pub(crate) fn key(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !is_letter_or_digit(c));
    let mut out = String::with_capacity(folded.len());
    for word in words.filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.chars().all(is_numeric) {
            out.push('#');
        } else {
            out.push_str(word);
        }
    }
    out
}

fn end(text: &str) -> End {
    let closing = |c: char| {
        c.is_whitespace()
            || madar_text::is_invisible(c)
            || matches!(
                c,
                '"' | '\'' | '”' | '“' | '’' | '»' | ')' | ']' | '*' | '_'
            )
    };
    let bare = text.trim_end_matches(closing);
    match bare.chars().next_back() {
        Some('.') if bare.ends_with("..") => End::Mark,
        Some('.' | '。' | '۔') => End::Stop,
        Some('?' | '!' | '؟' | '…') => End::Mark,
        Some(':' | ',' | '،' | ';' | '؛' | '-' | '–' | '—') => End::Open,
        _ => End::Word,
    }
}

/// Whether a sentence ends inside the line: a stop after a word of four letters or more (shorter
/// ones are abbreviations) with more words behind it.
fn has_inner_stop(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let before = &text[..at];
        let word = before.rsplit(|c: char| !is_letter(c)).next();
        let long = word.is_some_and(|w| w.chars().count() >= 4);
        long && !before.ends_with('.') && text[at + 2..].chars().any(is_letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line<'_> {
        let span = Span::from_range(0..text.len());
        Line::new(text, Piece { span, hint: None })
    }

    #[test]
    fn headlines_end_without_a_stop() {
        for headline in [
            "فرصة اقتصادية",
            "خطة السلام.. بوتين يطلب \"المزيد من النقاش\"",
            "ماذا بعد؟",
            "Gen. Smith meets U.S. envoy",
            "«Это были деньги за консультации»",
        ] {
            assert!(line(headline).is_headline(), "{headline}");
            assert!(!line(headline).is_running(), "{headline}");
        }
    }

    #[test]
    fn running_text_ends_with_a_stop_or_goes_on() {
        for running in [
            "He declined to comment.",
            "وقال: \"لم نفاوض أحداً\".",
            "Он отказался от комментариев.»",
        ] {
            assert!(line(running).is_running(), "{running}");
            assert!(!line(running).is_headline(), "{running}");
        }
    }
}
