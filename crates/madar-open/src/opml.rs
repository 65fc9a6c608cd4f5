//! Lists of feeds as feed readers hand them on (OPML).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::decode;
use crate::feeds::attribute;

/// Feeds of one list at most.
const MOST_FEEDS: usize = 5_000;
/// Bytes of the head in which the first element stands.
const HEAD: usize = 1_024;

/// The addresses of the feeds of a list, each once, in their order; `None` where it is no such list.
pub fn feeds_of(bytes: &[u8]) -> Option<Vec<String>> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    if !head.contains("<opml") {
        return None;
    }
    let text = decode::decode(bytes).text;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut out: Vec<String> = Vec::new();
    while out.len() < MOST_FEEDS {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                let address = feed(&start).filter(|address| !out.contains(address));
                out.extend(address);
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    Some(out)
}

fn feed(start: &BytesStart<'_>) -> Option<String> {
    if !start.name().as_ref().eq_ignore_ascii_case(b"outline") {
        return None;
    }
    let named = ["xmlUrl", "xmlurl", "xmlURL"];
    let found = named.iter().find_map(|name| attribute(start, name))?;
    let address = found.trim();
    (!address.is_empty()).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feed_is_found_once() {
        let list = r#"<?xml version="1.0"?><opml version="2.0"><body>
            <outline text="Gulf"><outline text="Courier" type="rss" xmlUrl="https://gulf.example/feed?a=1&amp;b=2"/>
            <outline text="again" xmlUrl="https://gulf.example/feed?a=1&amp;b=2"/></outline>
            <outline text="Порт" xmlUrl=" https://port.example/лента "/><outline text="none"/></body></opml>"#;
        let expect = [
            "https://gulf.example/feed?a=1&b=2",
            "https://port.example/лента",
        ];
        assert_eq!(feeds_of(list.as_bytes()).unwrap(), expect);
        assert_eq!(feeds_of(b"<rss></rss>"), None);
        assert_eq!(feeds_of(b"<opml><outline xmlUrl="), Some(Vec::new()));
    }
}
