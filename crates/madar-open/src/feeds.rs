//! RSS and Atom files: each entry a document with its title, address, day and author; the feed is its publisher.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

use crate::decode;
use crate::lists::resolved;

/// Entries of a feed at most, and bytes of what one says.
const MOST_ENTRIES: usize = 20_000;
const MOST_TEXT: usize = 4 << 20;
/// Elements within elements; deeper ones are read past.
const MAX_DEPTH: usize = 64;
/// Bytes of the head in which a feed's first element stands.
const HEAD: usize = 2_048;

/// One entry under the names that articles have.
pub(crate) type Entry = Map<String, Value>;

/// Whether the bytes begin as a feed does.
pub(crate) fn is_feed(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let head = head.trim_start_matches(|c: char| c == '\u{FEFF}' || c.is_whitespace());
    let begins = head.starts_with("<?xml")
        || head.starts_with("<rss")
        || head.starts_with("<feed")
        || head.starts_with("<rdf:rdf");
    let rdf = head.contains("<rdf:rdf") && head.contains("purl.org/rss");
    begins
        && !head.contains("<html")
        && (head.contains("<rss") || head.contains("<feed") && head.contains("atom") || rdf)
}

/// The entries in their order.
pub(crate) fn entries(bytes: &[u8]) -> Vec<Entry> {
    let text = decode::decode(bytes).text;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut state = Feed::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Err(_) | Ok(Event::Eof) => break,
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth <= MAX_DEPTH {
                    state.start(&start, false);
                }
            }
            Ok(Event::Empty(start)) if depth < MAX_DEPTH => state.start(&start, true),
            Ok(Event::End(_)) => {
                if depth <= MAX_DEPTH {
                    state.end();
                }
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Text(text)) => state.say(&text.decode().unwrap_or_default()),
            Ok(Event::CData(text)) => state.say(&String::from_utf8_lossy(&text)),
            Ok(Event::GeneralRef(entity)) => state.say(&resolved(&entity)),
            Ok(_) => {}
        }
        if state.done.len() == MOST_ENTRIES {
            break;
        }
    }
    state.entries()
}

#[derive(Default)]
struct Feed {
    /// Names of the open elements, with what the text within them is for.
    open: Vec<(String, Option<&'static str>)>,
    words: String,
    publisher: Option<String>,
    entry: Option<Entry>,
    done: Vec<Entry>,
}

impl Feed {
    fn start(&mut self, start: &BytesStart<'_>, empty: bool) {
        let name = String::from_utf8_lossy(start.name().as_ref()).to_lowercase();
        let bare = name
            .strip_prefix("atom:")
            .or_else(|| name.strip_prefix("rss:"))
            .unwrap_or(&name);
        if matches!(bare, "item" | "entry") && self.entry.is_none() {
            self.entry = Some(Entry::new());
        }
        let within = self.open.last().map_or("", |(name, _)| name.as_str());
        let taken = self.open.iter().any(|(_, field)| field.is_some());
        let field = match (bare, within) {
            _ if taken => None,
            ("title", "item" | "entry" | "channel" | "feed" | "rdf:rdf") => Some("title"),
            ("link", "item") => Some("url"),
            ("guid", "item") if attribute(start, "isPermaLink").as_deref() != Some("false") => {
                Some("guid")
            }
            ("pubdate" | "dc:date" | "published" | "date", "item" | "entry") => Some("date"),
            ("updated", "entry") => Some("updated"),
            ("dc:creator" | "author" | "creator", "item") | ("name", "author") => Some("author"),
            ("content:encoded", "item") | ("content", "entry") => Some("html"),
            ("description", "item") | ("summary", "entry") => Some("summary"),
            _ => None,
        };
        if bare == "link" && within == "entry" {
            let alternate = attribute(start, "rel").is_none_or(|rel| rel == "alternate");
            if let Some(address) = attribute(start, "href").filter(|_| alternate) {
                self.put("url", &address);
            }
        }
        if empty {
            return;
        }
        if field.is_some() {
            self.words.clear();
        } else if taken {
            // markup within a text that was not escaped
            self.words.push_str(&format!("<{bare}>"));
        }
        self.open.push((bare.to_owned(), field));
    }

    fn end(&mut self) {
        let Some((name, field)) = self.open.pop() else {
            return;
        };
        match field {
            Some("title") if self.entry.is_none() => {
                let title = self.words.trim().to_owned();
                self.publisher = self
                    .publisher
                    .take()
                    .or(Some(title))
                    .filter(|title| !title.is_empty());
            }
            Some(field) => {
                let words = std::mem::take(&mut self.words);
                self.put(field, &words);
            }
            None if self.open.iter().any(|(_, field)| field.is_some()) => {
                self.words.push_str(&format!("</{name}>"));
            }
            None => {}
        }
        if matches!(name.as_str(), "item" | "entry")
            && let Some(entry) = self.entry.take()
        {
            self.done.push(entry);
        }
    }

    fn say(&mut self, text: &str) {
        if self.open.iter().any(|(_, field)| field.is_some())
            && self.words.len() + text.len() <= MOST_TEXT
        {
            self.words.push_str(text);
        }
    }

    fn put(&mut self, field: &str, words: &str) {
        let Some(entry) = &mut self.entry else { return };
        let known = entry
            .get(field)
            .and_then(Value::as_str)
            .is_some_and(|known| !known.trim().is_empty());
        if !known && !words.trim().is_empty() {
            entry.insert(field.to_owned(), Value::String(words.trim().to_owned()));
        }
    }

    /// With what the feed says of all of them.
    fn entries(self) -> Vec<Entry> {
        let publisher = self.publisher;
        let mut done = self.done;
        for entry in &mut done {
            // what is short stands for what is whole only where that is absent
            if let Some(updated) = entry.get("updated").cloned() {
                entry.entry("date").or_insert(updated);
            }
            for (short, whole) in [("summary", "html"), ("guid", "url")] {
                if let Some(value) = entry.remove(short)
                    && !entry.contains_key(whole)
                {
                    entry.insert(whole.to_owned(), value);
                }
            }
            if let Some(publisher) = &publisher {
                entry.insert("publisher".to_owned(), Value::String(publisher.clone()));
            }
            let text = entry
                .get("html")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if text.contains('<') {
                let title = entry
                    .get("title")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let title = title.replace('&', "&amp;").replace('<', "&lt;");
                let page = format!("<h1>{title}</h1><div>{text}</div>");
                entry.insert("html".to_owned(), Value::String(page));
            } else {
                // no markup in it: letters and entities, or nothing but the title
                let words = match text {
                    "" => entry.get("title").cloned().unwrap_or_default(),
                    text => Value::String(text.to_owned()),
                };
                entry.remove("html");
                entry.insert("text".to_owned(), words);
            }
        }
        done
    }
}

pub(crate) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = start.attributes().flatten();
    let found = all.find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
    let value = found.unescape_value().ok()?;
    Some(value.into_owned())
}
