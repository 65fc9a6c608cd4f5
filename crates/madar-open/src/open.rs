//! The one way in: bytes and what the user says of them to a document.

use std::path::Path;

use madar_text::{
    Block, BlockKind, BytesHash, Document, Metadata, Published, PublishedBasis, Span, Stamp,
};

use crate::decode::{self, binary, decode};
use crate::line::Laid;
use crate::zipped::{MAX_UNPACKED, Zipped};
use crate::{
    OpenError, apart, credit, html, mail, markdown, office, page, pdf, plain, sheet, structure,
};

/// Bytes of one document at most. Guards memory: a page takes some ten times its size while it is
/// read, and no article comes near.
pub const MAX_BYTES: usize = 64 << 20;
/// Bytes of a document's text at most; what is beyond is cut with a warning. Legacy encodings
/// double in size, so this bounds what [`MAX_BYTES`] does not.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// What the user says of a document; it overrides what the document says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Given {
    pub publisher: Option<String>,
    pub published: Option<Stamp>,
    /// Path or `-`; its extension helps to tell the format.
    pub origin: Option<String>,
}

impl Given {
    pub(crate) fn name(&self) -> String {
        match self.origin.as_deref() {
            None | Some("-") => "standard input".to_owned(),
            Some(path) => format!("\"{path}\""),
        }
    }
}

/// Opens a document; its format is told by content and by the extension of its origin. What holds several
/// is opened by [`crate::open_all`].
///
/// # Errors
/// When the bytes are none, too many, no text, or a page without words.
pub fn open(bytes: &[u8], given: &Given) -> Result<Document, OpenError> {
    open_one(bytes, given)
}

pub(crate) fn open_one(bytes: &[u8], given: &Given) -> Result<Document, OpenError> {
    let name = given.name();
    if bytes.len() > MAX_BYTES {
        return Err(OpenError::TooLarge {
            name,
            bytes: bytes.len(),
            most: MAX_BYTES,
        });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(OpenError::Empty { name });
    }
    if pdf::is_pdf(bytes) {
        let read = pdf::read(bytes).map_err(|unread| match unread {
            pdf::Unread::NeedsOcr => OpenError::NeedsOcr { name: name.clone() },
            pdf::Unread::Because(reason) => OpenError::Unreadable {
                name: name.clone(),
                reason,
            },
        })?;
        return document_of(bytes, read.laid, Metadata::default(), given, read.warnings);
    }
    let mut archive = bytes
        .starts_with(b"PK")
        .then(|| Zipped::new(bytes, MAX_UNPACKED))
        .flatten();
    if let Some((laid, stated)) = archive.as_mut().and_then(office::read) {
        return document_of(bytes, laid, stated, given, Vec::new());
    }
    if archive.as_mut().is_some_and(is_workbook) || bytes.starts_with(OLD_OFFICE) {
        return workbook(bytes, given);
    }
    if let Some(mail) = mail::is_mail(bytes).then(|| mail::read(bytes)).flatten() {
        return document_of(bytes, mail.laid, mail.meta, given, mail.warnings);
    }
    if let Some(looks_like) = binary(bytes) {
        return Err(OpenError::Binary { name, looks_like });
    }
    if Format::of_origin(given) == Format::Table {
        let (rows, mut warnings) = sheet::rows(bytes);
        let (laid, cut) = sheet::table(&rows).laid();
        warnings.extend(cut);
        return document_of(bytes, laid, Metadata::default(), given, warnings);
    }
    let (laid, stated, warnings) = read(bytes, Format::of_origin(given));
    document_of(bytes, laid, stated, given, warnings)
}

/// How the files of Office before 2007 begin; of these only tables are read.
const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0";

fn is_workbook(archive: &mut Zipped<'_>) -> bool {
    if archive.has("xl/workbook.xml") || archive.has("xl/workbook.bin") {
        return true;
    }
    let mime = archive.text("mimetype").unwrap_or_default();
    mime.trim() == "application/vnd.oasis.opendocument.spreadsheet"
}

fn workbook(bytes: &[u8], given: &Given) -> Result<Document, OpenError> {
    let told = apart::told(bytes).and_then(|told| match told {
        apart::Told::Cells(cells) => Ok(cells),
        apart::Told::Pages(_) => Err("it is no table".to_owned()),
    });
    let cells = told.map_err(|reason| OpenError::Unreadable {
        name: given.name(),
        reason,
    })?;
    let (laid, warnings) = cells.laid();
    document_of(bytes, laid, Metadata::default(), given, warnings)
}

/// # Errors
/// When there are no words.
pub(crate) fn document_of(
    bytes: &[u8],
    laid: Laid,
    stated: Metadata,
    given: &Given,
    warnings: Vec<String>,
) -> Result<Document, OpenError> {
    if !laid.text.chars().any(char::is_alphabetic) {
        return Err(OpenError::NotAnArticle { name: given.name() });
    }
    Ok(document(bytes, laid, stated, given, warnings))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Plain,
    Markdown,
    Html,
    Table,
}

impl Format {
    /// What the extension says.
    fn of_origin(given: &Given) -> Format {
        let path = given.origin.as_deref().map(Path::new);
        let extension = path
            .and_then(Path::extension)
            .map(|e| e.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("html" | "htm" | "xhtml" | "shtml") => Format::Html,
            Some("md" | "markdown") => Format::Markdown,
            Some("csv" | "tsv") => Format::Table,
            _ => Format::Plain,
        }
    }
}

/// The pieces of the text, what it says of itself, and warnings.
fn read(bytes: &[u8], named: Format) -> (Laid, Metadata, Vec<String>) {
    let decoded = decode(bytes);
    let mut warnings = decoded.warnings;
    let (text, cut) = decode::normalise(&decoded.text, MAX_TEXT_BYTES);
    warnings.extend(cut);
    let format = if page::is_page(&text) {
        Format::Html
    } else {
        named
    };
    let (laid, stated) = match format {
        Format::Plain | Format::Table => (plain::lay(text), Metadata::default()),
        Format::Markdown => markdown::read(&text),
        Format::Html => {
            let read = html::read(&text);
            warnings.extend(read.warnings);
            (read.laid, read.meta)
        }
    };
    (laid, stated, warnings)
}

fn document(
    bytes: &[u8],
    laid: Laid,
    stated: Metadata,
    given: &Given,
    warnings: Vec<String>,
) -> Document {
    let blocks = structure::blocks(&laid);
    let (text, places) = (laid.text, laid.places);
    let title = blocks.iter().find(|b| b.kind == BlockKind::Title);
    let meta = Metadata {
        title: stated
            .title
            .or_else(|| title.map(|b| b.span.of(&text).to_owned())),
        publisher: given.publisher.clone().or(stated.publisher),
        published: published(given, stated.published, &text, &blocks),
        origin: given.origin.clone(),
        ..stated
    };
    Document {
        bytes: BytesHash(*blake3::hash(bytes).as_bytes()),
        meta,
        text,
        blocks,
        places,
        warnings,
    }
}

/// What the user says, else the page, else a dateline that states a whole date.
fn published(
    given: &Given,
    stated: Option<Published>,
    text: &str,
    blocks: &[Block],
) -> Option<Published> {
    if let Some(stamp) = given.published {
        let basis = PublishedBasis::Given;
        return Some(Published { stamp, basis });
    }
    stated.or_else(|| {
        let (day, span) = dateline(text, blocks)?;
        let stamp = Stamp { day, second: None };
        let basis = PublishedBasis::Dateline(span);
        Some(Published { stamp, basis })
    })
}

fn dateline(text: &str, blocks: &[Block]) -> Option<(madar_text::Day, Span)> {
    let of_kind = |kind| {
        blocks
            .iter()
            .filter(move |b| b.kind == kind)
            .map(|b| b.span)
    };
    let lines: Vec<Span> = of_kind(BlockKind::Dateline).collect();
    let (updates, own): (Vec<Span>, Vec<Span>) = lines
        .into_iter()
        .partition(|&line| credit::is_update(text, line));
    let stated = |lines: &[Span]| {
        lines
            .iter()
            .find_map(|&line| credit::stated_day(text, line))
    };
    let lead = || credit::stated_day_of_lead(text, of_kind(BlockKind::Paragraph).next()?);
    // The day of a change is better than none: it is the publication's or a little later.
    stated(&own).or_else(lead).or_else(|| stated(&updates))
}
