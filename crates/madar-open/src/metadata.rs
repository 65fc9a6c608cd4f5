//! What a saved page says of itself: JSON-LD first, then OpenGraph, other `meta`, `<time>`.
//! A publisher that is not named is the host of the address; which outlet that is, is for
//! `madar-read` to tell.

use madar_text::{Metadata, Published, PublishedBasis, Stamp};
use scraper::{Html, Selector};
use serde_json::Value;

use crate::date::dates;
use crate::parse_stamp;

/// Characters of a title, name or address at most: longer ones are no such thing.
const MOST_CHARS: usize = 600;
/// Values of JSON-LD looked at; real pages have some hundreds.
const MAX_NODES: usize = 20_000;
/// Types of JSON-LD that are an article, best first.
const ARTICLES: [&str; 3] = ["NewsArticle", "Article", "Posting"];

/// Reads a page's metadata from its tree and its JSON-LD scripts.
pub(crate) fn read(page: &Html, scripts: &[String]) -> Metadata {
    let graph = Graph::read(scripts);
    let ld = graph.article();
    let meta = |names: &[&str]| names.iter().find_map(|name| meta(page, name));
    let address = attribute(page, "link[rel=canonical]", "href")
        .or_else(|| meta(&["og:url", "twitter:url"]))
        .or_else(|| ld.and_then(|ld| graph.text(ld, "url")))
        .or_else(|| ld.and_then(|ld| graph.text(ld, "mainEntityOfPage")))
        .filter(|address| address.starts_with("http"));
    let title = ld
        .and_then(|ld| graph.text(ld, "headline"))
        .or_else(|| meta(&["og:title", "twitter:title", "title", "dc.title"]))
        .or_else(|| text(page, "h1"))
        .or_else(|| text(page, "title"));
    let publisher = ld
        .and_then(|ld| graph.name(ld, "publisher"))
        .or_else(|| meta(&["og:site_name", "application-name", "dc.publisher"]))
        .or_else(|| host(address.as_deref()?));
    let author = ld
        .and_then(|ld| {
            graph
                .name(ld, "author")
                .or_else(|| graph.name(ld, "creator"))
        })
        .or_else(|| {
            meta(&[
                "author",
                "article:author",
                "dc.creator",
                "parsely-author",
                "byl",
            ])
        })
        .filter(|author| !author.starts_with("http"));
    let published = ld
        .and_then(|ld| graph.text(ld, "datePublished"))
        .and_then(|s| stamp(&s))
        .or_else(|| published(page));
    let updated = ld
        .and_then(|ld| graph.text(ld, "dateModified"))
        .or_else(|| meta(&["article:modified_time", "og:updated_time", "datemodified"]))
        .or_else(|| attribute(page, "[itemprop=dateModified]", "datetime"))
        .and_then(|text| parse_stamp(&text));
    Metadata {
        title,
        publisher,
        author,
        published: published.map(|stamp| Published {
            stamp,
            basis: PublishedBasis::Metadata,
        }),
        updated,
        address,
        origin: None,
        capture: None,
    }
}

/// The date that `meta` or a `<time>` states.
fn published(page: &Html) -> Option<Stamp> {
    const NAMES: [&str; 14] = [
        "article:published_time",
        "og:published_time",
        "datepublished",
        "publishdate",
        "publish-date",
        "pubdate",
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "article.published",
        "date",
    ];
    let named = NAMES.iter().find_map(|name| stamp(&meta(page, name)?));
    let item = || {
        let item = attribute(page, "[itemprop=datePublished]", "content");
        stamp(&item.or_else(|| attribute(page, "[itemprop=datePublished]", "datetime"))?)
    };
    let time = || {
        let time = attribute(page, "article time[datetime]", "datetime");
        stamp(&time.or_else(|| attribute(page, "time[datetime]", "datetime"))?)
    };
    named.or_else(item).or_else(time)
}

/// An ISO stamp, or the first whole date in words.
fn stamp(text: &str) -> Option<Stamp> {
    parse_stamp(text).or_else(|| {
        let day = dates(text).into_iter().find_map(|found| found.day)?;
        Some(Stamp { day, second: None })
    })
}

/// The content of the `meta` of this name or property, in any case.
fn meta(page: &Html, name: &str) -> Option<String> {
    page.select(&select("meta[content]")).find_map(|element| {
        let own = ["property", "name", "itemprop"]
            .iter()
            .filter_map(|a| element.attr(a));
        let is_it = own
            .into_iter()
            .any(|own| own.trim().eq_ignore_ascii_case(name));
        element.attr("content").filter(|_| is_it).and_then(tidy)
    })
}

fn attribute(page: &Html, selector: &str, name: &str) -> Option<String> {
    page.select(&select(selector))
        .find_map(|element| tidy(element.attr(name)?))
}

fn text(page: &Html, selector: &str) -> Option<String> {
    page.select(&select(selector))
        .find_map(|element| tidy(&element.text().collect::<String>()))
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("the selectors of this file are valid")
}

/// One line without markup left in it; `None` if nothing is left or it is no name.
fn tidy(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    (!line.is_empty() && line.chars().count() <= MOST_CHARS).then_some(line)
}

/// `https://www.wsj.com/world/…` → `wsj.com`.
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let host = rest
        .split(['/', '?', '#', ':'])
        .next()?
        .to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}

/// The values of a page's JSON-LD in reading order, whatever arrays and graphs they stand in.
struct Graph {
    nodes: Vec<Value>,
}

impl Graph {
    fn read(scripts: &[String]) -> Self {
        let mut nodes = Vec::new();
        let mut open: Vec<Value> = scripts.iter().rev().filter_map(|s| json(s)).collect();
        while let Some(value) = open.pop() {
            if nodes.len() >= MAX_NODES {
                break;
            }
            match value {
                Value::Array(items) => open.extend(items.into_iter().rev()),
                Value::Object(mut object) => {
                    for key in ["mainEntity", "@graph"] {
                        open.extend(object.remove(key));
                    }
                    nodes.push(Value::Object(object));
                }
                _ => {}
            }
        }
        Graph { nodes }
    }

    /// The article that the page is about.
    fn article(&self) -> Option<&Value> {
        let named = |suffix: &&str| self.nodes.iter().find(|node| is_type(node, suffix));
        ARTICLES.iter().find_map(named).or_else(|| {
            let dated = |node: &&Value| node.get("datePublished").is_some();
            self.nodes.iter().find(dated)
        })
    }

    /// A property as text; of an object its address.
    fn text(&self, node: &Value, key: &str) -> Option<String> {
        match node.get(key)? {
            Value::String(text) => tidy(text),
            Value::Array(items) => items.iter().find_map(Value::as_str).and_then(tidy),
            object => ["@id", "url"]
                .iter()
                .find_map(|k| tidy(object.get(k)?.as_str()?)),
        }
    }

    /// The name of whom a property points to, over a reference within the page; several names are
    /// joined.
    fn name(&self, node: &Value, key: &str) -> Option<String> {
        let value = node.get(key)?;
        let all = match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let names: Vec<String> = all.iter().filter_map(|one| self.name_of(one)).collect();
        tidy(&names.join(", "))
    }

    fn name_of(&self, value: &Value) -> Option<String> {
        if let Value::String(name) = value {
            return tidy(name);
        }
        let name = |node: &Value| tidy(node.get("name")?.as_str()?);
        name(value).or_else(|| {
            let id = value.get("@id")?;
            let node = self
                .nodes
                .iter()
                .find(|node| node.get("@id") == Some(id) && node.get("name").is_some())?;
            name(node)
        })
    }
}

fn is_type(node: &Value, suffix: &str) -> bool {
    match node.get("@type") {
        Some(Value::String(own)) => own.ends_with(suffix),
        Some(Value::Array(all)) => all
            .iter()
            .filter_map(Value::as_str)
            .any(|own| own.ends_with(suffix)),
        _ => false,
    }
}

/// Reads a script as pages write it: in a comment, with bare line ends in its strings.
fn json(script: &str) -> Option<Value> {
    let bare = script
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->");
    let bare = bare
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>");
    let clean: String = bare
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    serde_json::from_str(clean.trim().trim_end_matches(';')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, scripts: &[&str]) -> Metadata {
        let scripts: Vec<String> = scripts.iter().map(|s| (*s).to_owned()).collect();
        read(&Html::parse_document(head), &scripts)
    }

    #[test]
    fn json_ld_in_graphs_and_arrays() {
        let graph = r##"{"@context":"https://schema.org","@graph":[
            {"@type":"Organization","@id":"#org","name":"Harbour Times"},
            {"@type":["NewsArticle"],"headline":"Harbour sold","datePublished":"2025-03-04T10:00:00+03:00",
             "author":[{"@type":"Person","name":"Ann Lee"},{"@type":"Person","name":"Bo Kim"}],
             "publisher":{"@id":"#org"},"mainEntityOfPage":{"@id":"https://harbour.example/sold"}}]}"##;
        let meta = check("", &[graph]);
        assert_eq!(meta.title.as_deref(), Some("Harbour sold"));
        assert_eq!(meta.publisher.as_deref(), Some("Harbour Times"));
        assert_eq!(meta.author.as_deref(), Some("Ann Lee, Bo Kim"));
        assert_eq!(
            meta.address.as_deref(),
            Some("https://harbour.example/sold")
        );
        let stamp = meta.published.map(|p| p.stamp);
        assert_eq!(stamp, parse_stamp("2025-03-04T07:00:00Z"));
        let array = r#"[{"@type":"WebSite","name":"x"},{"@type":"ReportageNewsArticle","headline":"بيع
            الميناء","publisher":"الساحل"}]"#;
        let meta = check("", &[array]);
        assert_eq!(meta.title.as_deref(), Some("بيع الميناء"));
        assert_eq!(meta.publisher.as_deref(), Some("الساحل"));
    }

    #[test]
    fn open_graph_and_other_meta() {
        let head =
            "<title>Порт продан | Вестник</title><meta property='og:title' content='Порт продан'>
            <meta property=og:site_name content=Вестник><meta name=Author content='Анна Ли'>
            <link rel=canonical href='https://www.vestnik.example/a?b'>
            <meta property='article:published_time' content='2025-03-04'>";
        let meta = check(head, &["{broken"]);
        assert_eq!(meta.title.as_deref(), Some("Порт продан"));
        assert_eq!(meta.publisher.as_deref(), Some("Вестник"));
        assert_eq!(meta.author.as_deref(), Some("Анна Ли"));
        assert_eq!(meta.published.map(|p| p.stamp), parse_stamp("2025-03-04"));
    }

    #[test]
    fn hosts_and_times_are_a_last_resort() {
        let head = "<link rel=canonical href='https://www.vestnik.example/a'><h1>Порт</h1>
            <article><time datetime='2025-03-04T10:00:00Z'>4 марта</time></article>";
        let meta = check(head, &[]);
        assert_eq!(meta.publisher.as_deref(), Some("vestnik.example"));
        assert_eq!(meta.title.as_deref(), Some("Порт"));
        assert!(meta.published.is_some());
    }
}
