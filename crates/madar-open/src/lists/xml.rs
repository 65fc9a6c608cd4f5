//! XML record by record: only the record in hand is in memory. Entities that a file declares are not
//! expanded (no billion laughs), nothing outside the file is fetched, depth and size are bounded.

use std::collections::BTreeMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Lists, MAX_RECORD, Row};

/// Elements in elements; OFAC's advanced XML has 12.
const MAX_DEPTH: usize = 64;

/// An element with all that stands in it. Names are without their namespace.
#[derive(Default, Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Node>,
}

impl Node {
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// Its own text, trimmed.
    pub(crate) fn text(&self) -> &str {
        self.text.trim()
    }

    /// Children of that name, in order.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of that name; empty where there is none.
    pub(crate) fn child(&self, name: &str) -> &str {
        let child = self.children.iter().find(|child| child.name == name);
        child.map_or("", Node::text)
    }

    /// Descendants by a path of names.
    pub(crate) fn path<'a>(&'a self, path: &[&'a str]) -> Vec<&'a Node> {
        let mut found = vec![self];
        for name in path {
            found = found.into_iter().flat_map(|node| node.all(name)).collect();
        }
        found
    }
}

/// What is handed over of a file.
pub(crate) enum Found {
    /// The root element, without what stands in it.
    Root(Node),
    Record(Node),
}

/// Hands over the root and then every element named in `records`, outermost first.
pub(crate) fn records(
    input: &mut dyn BufRead,
    records: &[&str],
    lists: &mut Lists<'_>,
    then: &mut dyn FnMut(Found, &mut Lists<'_>),
) {
    let mut reader = Reader::from_reader(input);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    let mut depth = 0_usize;
    let mut number = 0;
    let mut size = 0;
    // a record that is too large or too deep is read past
    let mut broken: Option<usize> = None;
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => {
                if !open.is_empty() {
                    lists.broken(Row::Record(number), "the file ends within it");
                }
                return;
            }
            Ok(event) => event,
            Err(error) => {
                lists.broken(
                    Row::Record(number),
                    &format!("{error}; the rest is not read"),
                );
                return;
            }
        };
        size += event.len();
        let reading = !open.is_empty();
        match event {
            Event::Start(start) => {
                depth += 1;
                let name = local(&start);
                let begins = !reading && broken.is_none() && records.contains(&name.as_str());
                if begins {
                    number += 1;
                    size = 0;
                }
                if depth == 1 {
                    then(Found::Root(node(name, &start)), lists);
                } else if reading || begins {
                    if depth > MAX_DEPTH || size > MAX_RECORD {
                        lists.broken(Row::Record(number), "it is too large or too deep");
                        broken = Some(depth - open.len());
                        open.clear();
                    } else {
                        open.push(node(name, &start));
                    }
                }
            }
            Event::Empty(start) => {
                let node = node(local(&start), &start);
                if let Some(parent) = open.last_mut() {
                    parent.children.push(node);
                } else if depth == 0 {
                    then(Found::Root(node), lists);
                } else if records.contains(&node.name.as_str()) {
                    number += 1;
                    then(Found::Record(node), lists);
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if broken.is_some_and(|at| depth < at) {
                    broken = None;
                }
                if let Some(done) = open.pop() {
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => then(Found::Record(done), lists),
                    }
                }
            }
            Event::Text(text) if reading => add(&mut open, &String::from_utf8_lossy(&text)),
            Event::CData(text) if reading => add(&mut open, &String::from_utf8_lossy(&text)),
            Event::GeneralRef(reference) if reading => add(&mut open, &resolved(&reference)),
            _ => {}
        }
        if size > MAX_RECORD && !open.is_empty() {
            lists.broken(Row::Record(number), "it is too large");
            broken = Some((depth + 1).saturating_sub(open.len()));
            open.clear();
        }
    }
}

fn add(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}

/// `&amp;` and its like, `&#1234;`; what a file declares itself stays unexpanded.
pub(crate) fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name = String::from_utf8_lossy(reference);
    match &*name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

fn local(start: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(start.local_name().as_ref()).into_owned()
}

fn node(name: String, start: &BytesStart<'_>) -> Node {
    let attributes = start.attributes().filter_map(Result::ok);
    Node {
        attributes: attributes
            .map(|attribute| {
                let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
                let value = attribute.unescape_value();
                (
                    key,
                    value.map_or_else(|_| String::new(), |v| v.into_owned()),
                )
            })
            .collect(),
        name,
        ..Node::default()
    }
}
