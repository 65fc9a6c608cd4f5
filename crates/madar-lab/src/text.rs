//! Documents made of a text in hand, as no file states them.

use madar_case::document_id;
use madar_link::Told;
use madar_read::Reading;
use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span};

/// A document and what was read in it, as linking takes it up.
pub(crate) fn told<'a>(document: &'a Document, reading: &'a Reading) -> Told<'a> {
    Told {
        id: document_id(document),
        meta: &document.meta,
        text: &document.text,
        reading,
    }
}

/// A text with its blocks, and nothing said of it.
pub(crate) fn document(text: String, blocks: Vec<Block>) -> Document {
    Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text,
        blocks,
        places: Vec::new(),
        warnings: Vec::new(),
    }
}

/// A paragraph that holds `span`.
pub(crate) fn paragraph(span: Span, lang: Lang) -> Block {
    Block {
        span,
        kind: BlockKind::Paragraph,
        lang,
        repeats: false,
    }
}

/// A paragraph to each line that shows something.
pub(crate) fn by_lines(text: String, lang: Lang) -> Document {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = Span::from_range(start..start + line.len()).trim(&text);
        start += line.len();
        if !span.is_empty() {
            blocks.push(paragraph(span, lang));
        }
    }
    document(text, blocks)
}
