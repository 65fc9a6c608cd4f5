//! Articles as lines of JSON, as crawlers and article-data tools write them: a text with its title,
//! address, publisher, author and day, under any of the usual names; FollowTheMoney's documents too. Its other
//! entities are no texts and are left to lists.

use madar_text::{Document, Metadata, Published, PublishedBasis, Stamp};
use serde_json::{Map, Value};

use crate::date::dates;
use crate::open::document_of;
use crate::{Given, OpenError, html, parse_stamp, plain};

const TEXT: [&str; 7] = [
    "text",
    "body",
    "content",
    "maintext",
    "article",
    "article_text",
    "bodyText",
];
const PAGE: [&str; 3] = ["html", "content_html", "bodyHtml"];
const TITLE: [&str; 3] = ["title", "headline", "name"];
const ADDRESS: [&str; 5] = ["url", "canonical_url", "link", "address", "sourceUrl"];
const PUBLISHER: [&str; 7] = [
    "publisher",
    "site",
    "site_name",
    "sitename",
    "source",
    "source_domain",
    "domain",
];
const AUTHOR: [&str; 4] = ["author", "authors", "byline", "bylines"];
const PUBLISHED: [&str; 8] = [
    "date",
    "published",
    "published_at",
    "publishedAt",
    "authoredAt",
    "date_publish",
    "pubDate",
    "timestamp",
];

const UPDATED: [&str; 5] = [
    "updated",
    "date_modified",
    "dateModified",
    "modified_at",
    "modifiedAt",
];

/// Bytes of the first line that are looked at.
pub(crate) const FIRST_LINE: usize = 4 << 20;

/// Whether the first line is an article, or an entity of FollowTheMoney.
pub(crate) fn are_lines(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"{") {
        return false;
    }
    let end = bytes
        .iter()
        .take(FIRST_LINE)
        .position(|&b| b == b'\n')
        .unwrap_or(bytes.len());
    match serde_json::from_slice(&bytes[..end]) {
        Ok(Value::Object(line)) => entity(&line).is_some() || text_of(&line).is_some(),
        _ => false,
    }
}

/// What an entity of FollowTheMoney says of itself.
fn entity(line: &Map<String, Value>) -> Option<&Map<String, Value>> {
    line.get("schema")?.as_str()?;
    line.get("properties")?.as_object()
}

/// A document to a line; a line that is none is an error in its place.
pub(crate) fn read(bytes: &[u8], given: &Given) -> Vec<Result<Document, OpenError>> {
    let lines = bytes.split(|&b| b == b'\n').zip(1..);
    let told = lines.filter(|(line, _)| !line.iter().all(u8::is_ascii_whitespace));
    let mut no_texts = 0;
    let mut out = Vec::new();
    for (text, number) in told {
        match line(text, given, number) {
            Ok(Some(document)) => out.push(Ok(document)),
            Ok(None) => no_texts += 1,
            Err(error) => out.push(Err(error)),
        }
    }
    if no_texts > 0 {
        out.push(Err(OpenError::Entities {
            name: given.name(),
            entities: no_texts,
        }));
    }
    out
}

/// A line of several; none where it is an entity without a text.
pub(crate) fn line(
    line: &[u8],
    given: &Given,
    number: usize,
) -> Result<Option<Document>, OpenError> {
    article(line, &within(given, "line", number))
}

/// Whether a line is one of those that are left out.
pub(crate) fn is_entity_without_text(line: &[u8]) -> bool {
    // lines that are to be read are taken apart once only
    let may_be = holds(line, b"\"schema\"") && holds(line, b"\"properties\"");
    may_be
        && match serde_json::from_slice(line) {
            Ok(Value::Object(fields)) => entity(&fields).is_some_and(|own| text_of(own).is_none()),
            _ => false,
        }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// One article, a line of JSON.
///
/// # Errors
/// When it is no object, or has no text.
pub fn open_article(line: &[u8], given: &Given) -> Result<Document, OpenError> {
    let found = article(line, given)?;
    found.ok_or_else(|| broken(given, "there is no text in it".to_owned()))
}

/// Whether a table with these heads is one of articles: a text, and what only an article has beside it.
pub(crate) fn names_text(heads: &[String]) -> bool {
    let has = |names: &[&str]| heads.iter().any(|head| names.contains(&head.trim()));
    has(&TEXT) && (has(&ADDRESS) || has(&PUBLISHED) || has(&["title", "headline"]))
}

/// An article by its fields: an entry of a feed, a row of a table.
pub(crate) fn numbered(
    fields: &Map<String, Value>,
    given: &Given,
    what: &str,
    number: usize,
) -> Result<Document, OpenError> {
    let bytes = serde_json::to_vec(fields).unwrap_or_default();
    of_fields(&bytes, fields, &within(given, what, number))
}

fn within(given: &Given, what: &str, number: usize) -> Given {
    let origin = given.origin.as_deref().unwrap_or("-");
    Given {
        origin: Some(format!("{origin} › {what} {number}")),
        ..given.clone()
    }
}

/// The document of a line; none where it is an entity without a text.
fn article(line: &[u8], given: &Given) -> Result<Option<Document>, OpenError> {
    let value: Value =
        serde_json::from_slice(line).map_err(|error| broken(given, error.to_string()))?;
    let Value::Object(mut fields) = value else {
        return Err(broken(given, "the line is no object".to_owned()));
    };
    // one article is one, whoever wrote its line and in which order
    fields.retain(|_, value| !value.is_null());
    let bytes = serde_json::to_vec(&fields).unwrap_or_default();
    match entity(&fields) {
        Some(own) if text_of(own).is_none() => Ok(None),
        own => of_fields(&bytes, own.unwrap_or(&fields), given).map(Some),
    }
}

fn broken(given: &Given, reason: String) -> OpenError {
    let name = given.name();
    OpenError::Packed { name, reason }
}

fn of_fields(
    bytes: &[u8],
    fields: &Map<String, Value>,
    given: &Given,
) -> Result<Document, OpenError> {
    let Some((text, is_page)) = text_of(fields) else {
        return Err(broken(given, "there is no text in it".to_owned()));
    };
    let (mut laid, mut warnings) = (None, Vec::new());
    let mut meta = Metadata::default();
    if is_page {
        let read = html::read(&text);
        warnings.extend(read.warnings);
        (laid, meta) = (Some(read.laid), read.meta);
    }
    let title = first(fields, &TITLE);
    let laid = laid.unwrap_or_else(|| {
        // the title is of the text: facts are told in it
        let titled = title
            .as_deref()
            .filter(|title| !text.trim_start().starts_with(title));
        plain::lay(titled.map_or_else(|| text.clone(), |title| format!("{title}\n\n{text}")))
    });
    let published = first(fields, &PUBLISHED).and_then(|text| moment(text.trim()));
    let basis = PublishedBasis::Metadata;
    let stated = Metadata {
        title: title.or(meta.title.take()),
        publisher: first(fields, &PUBLISHER).or(meta.publisher.take()),
        author: first(fields, &AUTHOR).or(meta.author.take()),
        address: first(fields, &ADDRESS).or(meta.address.take()),
        published: published
            .map(|stamp| Published { stamp, basis })
            .or(meta.published.take()),
        updated: first(fields, &UPDATED)
            .and_then(|text| parse_stamp(text.trim()))
            .or(meta.updated),
        ..Metadata::default()
    };
    document_of(bytes, laid, stated, given, warnings)
}

/// A stamp, or a day in words of the three languages.
fn moment(text: &str) -> Option<Stamp> {
    parse_stamp(text).or_else(|| {
        let day = dates(text).into_iter().find_map(|found| found.day)?;
        Some(Stamp { day, second: None })
    })
}

fn text_of(fields: &Map<String, Value>) -> Option<(String, bool)> {
    let plain = joined(fields, &TEXT, "\n\n").map(|text| (text, false));
    plain.or_else(|| first(fields, &PAGE).map(|text| (text, true)))
}

/// The first of these that says something; of a list its parts.
fn first(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    joined(fields, names, ", ")
}

fn joined(fields: &Map<String, Value>, names: &[&str], between: &str) -> Option<String> {
    let said = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
            Some(parts.join(between))
        }
        _ => None,
    };
    let mut found = names.iter().filter_map(|name| said(fields.get(*name)?));
    found.find(|text| !text.trim().is_empty())
}
