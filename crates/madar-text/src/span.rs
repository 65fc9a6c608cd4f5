//! A range of bytes of one text. Lines, columns, code points and UTF-16 exist only at the rim.

use std::fmt;

/// Half-open byte range `start..end` into a text of less than 4 GiB, on character boundaries.
///
/// ```
/// # use madar_text::Span;
/// let text = "Дмитриев прибыл";
/// assert_eq!(Span::new(0, 16).of(text), "Дмитриев");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// If `start > end`.
    pub fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a span ends after it starts");
        Self { start, end }
    }

    /// The span of a `usize` range, as `str` methods give it.
    ///
    /// # Panics
    /// If the text is 4 GiB or longer; openers refuse such texts.
    pub fn from_range(range: std::ops::Range<usize>) -> Self {
        let cut = |n: usize| u32::try_from(n).expect("openers refuse texts of 4 GiB");
        Self::new(cut(range.start), cut(range.end))
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words that the span covers.
    ///
    /// # Panics
    /// If the span is not one of this text.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    pub fn len(self) -> u32 {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span without white space and invisible marks at its ends.
    pub fn trim(self, text: &str) -> Span {
        let blank = |c: char| c.is_whitespace() || crate::is_invisible(c);
        let inner = self.of(text);
        let head = inner.len() - inner.trim_start_matches(blank).len();
        let rest = inner.trim_matches(blank).len();
        let start = self.start as usize + head;
        Span::from_range(start..start + rest)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
