//! A document as text: spans, blocks, scripts, folding, language, sentences, tokens.
//!
//! Everything above this crate points into [`Document::text`] with a [`Span`]: a range of bytes
//! that begins and ends on a character. What a file format looks like is `madar-open`'s business;
//! who is meant by a name is `madar-read`'s.
//!
//! ```
//! use madar_text::{sentences, tokens_with, Lang};
//! let text = "وقال ويتكوف إن بوتين وافق.";
//! let sentence = sentences(text, Lang::Ar)[0];
//! let first = tokens_with(text, sentence, Lang::Ar, &|_, rest| Some(rest == "قال"))[0];
//! assert_eq!(first.span.of(text), "وقال");
//! assert_eq!(first.host.of(text), "قال"); // the proclitic و stands outside
//! ```

mod document;
mod entry;
mod fold;
mod lang;
mod sentence;
mod span;
mod token;

pub use document::{
    Block, BlockKind, BytesHash, Capture, Day, Document, DocumentId, Metadata, Place, Published,
    PublishedBasis, Spot, Stamp, TextHash,
};
pub use entry::{DayRange, EntryKind, EntryName, Identifier, ListEntry, NameQuality, NameSort};
pub use fold::{fold, is_invisible, is_letter, is_letter_or_digit, is_numeric};
pub use lang::{Lang, Script, language};
pub use sentence::{sentences, sentences_in};
pub use span::Span;
pub use token::{Clitics, Token, TokenKind, tokens, tokens_with};
