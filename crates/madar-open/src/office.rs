//! Word and OpenDocument texts: their paragraphs, headings, list items, table cells and footnotes as
//! pieces. What was deleted with changes tracked, comments and hidden text are not of the text.

use madar_text::{BlockKind, Metadata};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::line::Laid;
use crate::lists::resolved;
use crate::zipped::Zipped;

/// Elements within elements; deeper ones are read past.
const MAX_DEPTH: usize = 256;

/// The pieces of an office file and what it says of itself; `None` when the archive is no text document.
pub(crate) fn read(archive: &mut Zipped<'_>) -> Option<(Laid, Metadata)> {
    if archive.has("word/document.xml") {
        let mut laid = Laid::default();
        for part in [
            "word/document.xml",
            "word/footnotes.xml",
            "word/endnotes.xml",
        ] {
            if let Some(xml) = archive.text(part) {
                walk(&xml, &WORD, &mut laid);
            }
        }
        return Some((laid, stated(archive.text("docProps/core.xml"))));
    }
    let mime = archive.text("mimetype").unwrap_or_default();
    if mime.trim() == "application/vnd.oasis.opendocument.text" {
        let mut laid = Laid::default();
        walk(&archive.text("content.xml")?, &OPEN, &mut laid);
        return Some((laid, stated(archive.text("meta.xml"))));
    }
    None
}

/// The elements of a format, without their namespaces.
struct Elements {
    paragraph: &'static [&'static str],
    cell: &'static str,
    /// Empty where items are told by their paragraphs.
    item: &'static str,
    /// Text stands in these; everywhere if there are none.
    text: Option<&'static str>,
    /// What stands in these is not of the text.
    skipped: &'static [&'static str],
    /// White space and line ends within a paragraph.
    space: &'static [&'static str],
}

const WORD: Elements = Elements {
    paragraph: &["p"],
    cell: "tc",
    item: "",
    text: Some("t"),
    skipped: &["del", "moveFrom", "instrText", "Fallback"],
    space: &["tab", "br", "cr"],
};

const OPEN: Elements = Elements {
    paragraph: &["p", "h"],
    cell: "table-cell",
    item: "list-item",
    text: None,
    skipped: &[
        "tracked-changes",
        "annotation",
        "bibliography-source",
        "sequence-decls",
    ],
    space: &["s", "tab", "line-break"],
};

#[derive(Default)]
struct Walk {
    words: String,
    hint: Option<BlockKind>,
    cells: usize,
    items: usize,
    /// Paragraphs within paragraphs: a text box in a line.
    paragraphs: usize,
    in_text: usize,
    skipped: usize,
    hidden: bool,
}

fn walk(xml: &str, elements: &Elements, laid: &mut Laid) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut state = Walk::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Err(_) | Ok(Event::Eof) => break,
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth <= MAX_DEPTH {
                    state.start(&start, elements, laid);
                }
            }
            Ok(Event::Empty(start)) if depth < MAX_DEPTH => {
                state.start(&start, elements, laid);
                state.end(&local(start.name().as_ref()), elements, laid);
            }
            Ok(Event::End(end)) => {
                if depth <= MAX_DEPTH {
                    state.end(&local(end.name().as_ref()), elements, laid);
                }
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Text(text)) => state.text(&text.decode().unwrap_or_default(), elements),
            Ok(Event::GeneralRef(entity)) => {
                state.text(&resolved(&entity), elements);
            }
            Ok(_) => {}
        }
    }
    state.flush(laid);
}

impl Walk {
    fn start(&mut self, start: &BytesStart<'_>, elements: &Elements, laid: &mut Laid) {
        let name = local(start.name().as_ref());
        let name = name.as_str();
        if elements.skipped.contains(&name) {
            self.skipped += 1;
        } else if elements.paragraph.contains(&name) {
            if self.paragraphs == 0 {
                self.flush(laid);
            } else {
                self.words.push(' ');
            }
            self.paragraphs += 1;
            self.hidden = false;
            if name == "h" {
                self.hint = Some(BlockKind::Heading);
            }
            if let Some(style) = attribute(start, "style-name") {
                self.style(&style);
            }
        } else if name == elements.cell {
            self.flush(laid);
            self.cells += 1;
        } else if name == elements.item {
            self.items += 1;
        } else if Some(name) == elements.text {
            self.in_text += 1;
        } else if elements.space.contains(&name) {
            self.words.push(' ');
        } else if name == "numPr" {
            self.hint = self.hint.or(Some(BlockKind::ListItem));
        } else if name == "pStyle" {
            if let Some(style) = attribute(start, "val") {
                self.style(&style);
            }
        } else if name == "vanish" {
            self.hidden =
                attribute(start, "val").is_none_or(|value| value != "0" && value != "false");
        } else if name == "r" {
            self.hidden = false;
        }
    }

    fn end(&mut self, name: &str, elements: &Elements, laid: &mut Laid) {
        if elements.skipped.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
        } else if elements.paragraph.contains(&name) {
            self.paragraphs = self.paragraphs.saturating_sub(1);
            if self.paragraphs == 0 {
                self.flush(laid);
            }
        } else if name == elements.cell {
            self.flush(laid);
            self.cells = self.cells.saturating_sub(1);
        } else if name == elements.item {
            self.items = self.items.saturating_sub(1);
        } else if Some(name) == elements.text {
            self.in_text = self.in_text.saturating_sub(1);
        }
    }

    fn text(&mut self, text: &str, elements: &Elements) {
        let inside = elements.text.is_none() || self.in_text > 0;
        if inside && self.skipped == 0 && !self.hidden && self.paragraphs > 0 {
            self.words.push_str(text);
        }
    }

    fn style(&mut self, style: &str) {
        let style = style.to_lowercase();
        self.hint = match () {
            () if style == "title" => Some(BlockKind::Title),
            () if style.starts_with("heading") || style.starts_with("subtitle") => {
                Some(BlockKind::Heading)
            }
            () if style.contains("quote") => Some(BlockKind::Quote),
            () if style.contains("caption") => Some(BlockKind::Caption),
            () => self.hint,
        };
    }

    fn flush(&mut self, laid: &mut Laid) {
        let own = match () {
            () if self.hint.is_some() => self.hint,
            () if self.cells > 0 => Some(BlockKind::Cell),
            () if self.items > 0 => Some(BlockKind::ListItem),
            () => None,
        };
        laid.push(&self.words, own);
        self.words.clear();
        self.hint = None;
    }
}

fn local(name: &[u8]) -> String {
    let own = name.rsplit(|&b| b == b':').next().unwrap_or(name);
    String::from_utf8_lossy(own).into_owned()
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = start.attributes().flatten();
    let found = all.find(|attribute| local(attribute.key.as_ref()) == name)?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

/// Title and author. When a file was made is not when its text was published.
fn stated(xml: Option<String>) -> Metadata {
    let mut meta = Metadata::default();
    let Some(xml) = xml else { return meta };
    let mut reader = Reader::from_str(&xml);
    let mut open = String::new();
    loop {
        match reader.read_event() {
            Err(_) | Ok(Event::Eof) => return meta,
            Ok(Event::Start(start)) => open = local(start.name().as_ref()),
            Ok(Event::End(_)) => open.clear(),
            Ok(Event::Text(text)) => {
                let text = text.decode().unwrap_or_default().trim().to_owned();
                let slot = match open.as_str() {
                    "title" => &mut meta.title,
                    "creator" => &mut meta.author,
                    _ => continue,
                };
                if slot.is_none() && !text.is_empty() {
                    *slot = Some(text);
                }
            }
            Ok(_) => {}
        }
    }
}
