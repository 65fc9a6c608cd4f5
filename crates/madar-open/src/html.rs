//! Saved pages: the article out of the page, its elements as pieces, its metadata.
//!
//! The page is made tame first (`page`), the article is found by a library, and its elements are
//! walked here, so that a caption stays a caption and a list a list. A page in which no article is
//! found gives the text of its body.

use std::thread;

use dom_smoothie::{Config, Readability, TextMode};
use madar_text::{BlockKind, Metadata};
use scraper::{ElementRef, Html, Node, Selector};

use crate::credit::{self, Place};
use crate::line::{Laid, Line, Piece, key};
use crate::{metadata, page};

/// Stack of the thread that reads a page. Nesting is capped, so this is room to spare.
const STACK_BYTES: usize = 16 << 20;
/// Elements up to which the article is looked for; larger pages give their body's text. Guards
/// time: scoring takes some microseconds for each element and its ancestors.
const MAX_ELEMENTS: usize = 60_000;
/// Letters that an article must have to be believed over the body's text.
const ARTICLE_LETTERS: usize = 140;
/// Share of the letters of the page's one `<article>` that a found article must hold.
const ARTICLE_SHARE: f64 = 0.4;
/// Words of a byline at most; what is longer is no byline.
const BYLINE_WORDS: usize = 14;

/// A page as pieces, with what it says of itself.
pub(crate) struct Read {
    pub(crate) laid: Laid,
    pub(crate) meta: Metadata,
    pub(crate) warnings: Vec<String>,
}

/// Reads a page. Never fails: a page that a parser cannot take gives its bare words.
pub(crate) fn read(html: &str) -> Read {
    let tame = page::tame(html);
    let mut warnings = Vec::new();
    if tame.cut {
        warnings.push(format!("the page was cut after {} tags", page::MAX_TAGS));
    }
    let html = tame.html.clone();
    let json = tame.json;
    // In a thread of its own: a panic of a parser costs the structure and not the document.
    let worker = thread::Builder::new().stack_size(STACK_BYTES);
    let read = worker
        .spawn(move || parse(&html, &json))
        .map(thread::JoinHandle::join);
    match read {
        Ok(Ok((laid, meta))) => Read {
            laid,
            meta,
            warnings,
        },
        _ => {
            warnings.push("the page could not be parsed: its bare words were taken".to_owned());
            Read {
                laid: bare(&tame.html),
                meta: Metadata::default(),
                warnings,
            }
        }
    }
}

fn parse(html: &str, json: &[String]) -> (Laid, Metadata) {
    let page = Html::parse_document(html);
    let mut meta = metadata::read(&page, json);
    let whole = body(&page);
    let (found, byline) = article(html);
    let chosen = match found {
        Some(laid)
            if letters(&laid) >= ARTICLE_LETTERS.min(letters(&whole)) && holds(&laid, &page) =>
        {
            laid
        }
        _ => whole,
    };
    if meta.author.is_none() {
        meta.author.clone_from(&byline);
    }
    let title = headline(&page).or_else(|| meta.title.clone());
    (crown(&chosen, title.as_deref(), byline.as_deref()), meta)
}

/// The article that the library finds, and its byline.
fn article(html: &str) -> (Option<Laid>, Option<String>) {
    let config = Config {
        text_mode: TextMode::Formatted,
        max_elements_to_parse: MAX_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let found = Readability::new(html, None, Some(config)).and_then(|mut r| r.parse());
    let Ok(found) = found else {
        return (None, None);
    };
    let tree = Html::parse_fragment(&found.content);
    let mut laid = Laid::default();
    walk(tree.root_element(), &mut laid, Keep::All);
    let byline = found
        .byline
        .filter(|b| key(b).split(' ').count() <= BYLINE_WORDS);
    (Some(laid), byline.filter(|b| !b.trim().is_empty()))
}

/// Whether what was found is most of what the page itself marks as its article.
fn holds(found: &Laid, page: &Html) -> bool {
    let selector = select("article");
    let mut marked = page.select(&selector);
    let (Some(one), None) = (marked.next(), marked.next()) else {
        return true;
    };
    let mut laid = Laid::default();
    walk(one, &mut laid, Keep::Article);
    let share = |laid: &Laid| f64::from(u32::try_from(letters(laid)).unwrap_or(u32::MAX));
    share(found) >= share(&laid) * ARTICLE_SHARE
}

/// The text of the page's `<article>`, `<main>` or body, without menus and the like.
fn body(page: &Html) -> Laid {
    for name in ["article", "main", "body"] {
        let selector = select(name);
        let mut all = page.select(&selector);
        let (Some(one), None) = (all.next(), all.next()) else {
            continue;
        };
        let mut laid = Laid::default();
        walk(one, &mut laid, Keep::Article);
        if letters(&laid) >= ARTICLE_LETTERS {
            return laid;
        }
    }
    let mut laid = Laid::default();
    walk(page.root_element(), &mut laid, Keep::All);
    laid
}

/// The one `<h1>` of the page.
fn headline(page: &Html) -> Option<String> {
    let selector = select("h1");
    let texts = page.select(&selector).map(|h| h.text().collect::<String>());
    let mut told: Vec<String> = texts.filter(|t| key(t).contains(' ')).collect();
    (told.len() == 1).then(|| told.remove(0))
}

/// Puts title and byline above the article, unless it begins with them.
fn crown(article: &Laid, title: Option<&str>, byline: Option<&str>) -> Laid {
    let mut laid = Laid::default();
    let title_key = title.map(key).unwrap_or_default();
    if let Some(title) = title {
        laid.push(title, Some(BlockKind::Title));
    }
    let told = |words: &str| {
        article
            .pieces
            .iter()
            .take(8)
            .any(|p| key(p.span.of(&article.text)).contains(words))
    };
    if let Some(byline) = byline
        && !told(&key(byline))
    {
        let dateline = is_dateline(byline);
        laid.push(byline, (!dateline).then_some(BlockKind::Byline));
    }
    for (nth, piece) in article.pieces.iter().enumerate() {
        let words = piece.span.of(&article.text);
        if nth < 8 && !title_key.is_empty() && key(words) == title_key {
            continue;
        }
        laid.push(words, piece.hint);
    }
    laid
}

fn is_dateline(text: &str) -> bool {
    let span = madar_text::Span::from_range(0..text.len());
    credit::is_dateline(
        &Line::new(text, Piece { span, hint: None }),
        Place::BelowTitle,
    )
}

/// Which elements a walk keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    All,
    /// Not those that frame an article.
    Article,
}

/// Walks an element without recursion; each block of text becomes a piece.
fn walk(root: ElementRef<'_>, laid: &mut Laid, keep: Keep) {
    let mut words = String::new();
    let mut hints: Vec<Option<BlockKind>> = vec![None];
    let mut open = vec![(*root, false)];
    while let Some((node, leaving)) = open.pop() {
        let element = match node.value() {
            Node::Text(text) => {
                words.push_str(text);
                continue;
            }
            Node::Element(element) => element,
            // Comments and doctypes; the root of a fragment is an element.
            _ => continue,
        };
        let name = element.name();
        if !leaving && is_hidden(name, element.attr("hidden").is_some(), keep) {
            continue;
        }
        if is_block(name) {
            laid.push(&std::mem::take(&mut words), hints.last().copied().flatten());
        }
        if leaving {
            if is_block(name) {
                hints.pop();
            }
            continue;
        }
        if is_block(name) {
            let outer = hints.last().copied().flatten();
            let holds_paragraphs = || ElementRef::wrap(node).is_some_and(has_paragraph);
            hints.push(hint(name, outer, holds_paragraphs));
        }
        open.push((node, true));
        open.extend(node.children().rev().map(|child| (child, false)));
    }
    laid.push(&words, None);
}

/// What an element makes of the text in it.
fn hint(
    name: &str,
    outer: Option<BlockKind>,
    holds_paragraphs: impl Fn() -> bool,
) -> Option<BlockKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "figure" | "figcaption" => Some(BlockKind::Caption),
        "blockquote" => Some(BlockKind::Quote),
        "li" if outer.is_none() => Some(BlockKind::ListItem),
        // A table that lays out the page is no table.
        "td" | "th" if !holds_paragraphs() => Some(BlockKind::Cell),
        _ => outer,
    }
}

fn has_paragraph(element: ElementRef<'_>) -> bool {
    element
        .child_elements()
        .any(|child| matches!(child.value().name(), "p" | "div" | "table" | "section"))
}

fn is_hidden(name: &str, marked: bool, keep: Keep) -> bool {
    let never = matches!(name, "head" | "title" | "script" | "style");
    let frame = matches!(
        name,
        "nav" | "aside" | "footer" | "form" | "menu" | "dialog"
    );
    never || marked || (frame && keep == Keep::Article)
}

fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "span"
            | "abbr"
            | "cite"
            | "q"
            | "time"
            | "label"
            | "data"
            | "dfn"
            | "picture"
            | "img"
            | "source"
            | "wbr"
            | "del"
            | "acronym"
            | "b"
            | "i"
            | "em"
            | "strong"
    )
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("the selectors of this file are valid")
}

fn letters(laid: &Laid) -> usize {
    laid.text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The words of a page without its tags.
fn bare(html: &str) -> Laid {
    let mut laid = Laid::default();
    for part in html.split('<') {
        let words = part.split_once('>').map_or(part, |(_, words)| words);
        laid.push(words, None);
    }
    laid
}
