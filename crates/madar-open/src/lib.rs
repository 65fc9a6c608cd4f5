//! File formats to documents: plain text in any encoding (also as copied from a web page),
//! Markdown, saved pages, PDF files, Word and OpenDocument texts, spreadsheets and tables, mail, feeds, crawls, wikis, conversations,
//! archives of these; and watchlists to their entries. Never trusts a byte: whatever comes in, a document or an error goes out.
//!
//! What the text says is `madar-read`'s business; here it is told which line is the title, which
//! the dateline, which the article's own words, and which the page's furniture.
//!
//! ```
//! use madar_open::{Given, open};
//! use madar_text::BlockKind;
//! let text = "ميناء جديد في الجنوب\nعدن - الوسط\n\nافتتح وزير النقل ميناء جديداً.\n\nاقرأ أيضاً\n\nخلاف على الميناء\n";
//! let document = open(text.as_bytes(), &Given::default()).expect("plain text");
//! let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
//! use BlockKind::*;
//! assert_eq!(kinds, [Title, Dateline, Paragraph, Furniture, Furniture]);
//! ```

mod open;

mod decode;

mod articles;
mod chats;
mod feeds;
mod html;
mod mail;
mod markdown;
mod mediawiki;
mod metadata;
mod office;
mod page;
mod pdf;
mod plain;
mod sheet;
mod warc;
mod wikitext;

mod apart;
mod child;
mod fetch;
mod large;
mod lines;
mod opml;
mod unpack;
mod zipped;

mod credit;
mod date;
mod furniture;
mod languages;
mod line;
mod structure;

mod lists;

mod error;
mod folder;
mod stamp;

pub use apart::take_apart;
pub use articles::open_article;
pub use child::read_apart;
pub use error::{FolderError, OpenError};
pub use fetch::{Answer, FetchError, Page, Request, fetch};
pub use folder::{Files, files};
pub use large::{Large, Piece};
pub use lines::next_line;
pub use lists::{BrokenRecord, Import, ListError, ListFile, import_list, import_rows};
pub use open::{Given, MAX_BYTES, MAX_TEXT_BYTES, open};
pub use opml::feeds_of;
pub use stamp::parse_stamp;
pub use unpack::open_all;
