//! A saved page made tame before anything parses it: scripts, styles and forms' controls go, tags
//! that only format go, nesting and size are capped. What a hostile page can do to a parser
//! (deep nesting, endless attributes, tags without end) ends here.
//!
//! `<div><b>Port</b> sold<script>…</script></div>` → `<div>Port sold</div>`.

use std::collections::BTreeSet;

/// Elements inside one another at most. News pages nest 20 to 60 deep; parsers take time with the
/// square of the depth and may recurse.
pub(crate) const MAX_DEPTH: usize = 256;
/// Tags of one page at most. A page of 10,000 comments has some 200,000.
pub(crate) const MAX_TAGS: usize = 300_000;
/// Bytes of one tag from which its attributes are dropped: pictures written into the page.
const MAX_TAG_BYTES: usize = 8_192;
/// Bytes of metadata scripts at most in all; real ones have some ten thousand.
const MAX_JSON_BYTES: usize = 4 << 20;

/// Elements that go with all they hold.
const DROPPED: [&str; 15] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas",
    "select", "textarea", "button", "audio", "video", "noembed",
];
/// Of these the content is raw: without an end tag they reach to the end of the page.
const RAW: [&str; 2] = ["script", "style"];
/// Tags that only format: they go, what they hold stays.
const FORMATS: [&str; 22] = [
    "b", "i", "u", "s", "em", "strong", "font", "big", "small", "strike", "tt", "code", "nobr",
    "mark", "sub", "sup", "ins", "kbd", "samp", "var", "bdi", "bdo",
];
/// Elements without an end tag.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "frame",
];
/// Elements whose end tag may be left out; a parser closes them by itself.
const SELF_CLOSING: [&str; 13] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup",
    "colgroup",
];
/// Elements that the end tag of an inline element does not reach beyond are all but these.
const INLINE: [&str; 10] = [
    "span", "a", "abbr", "cite", "q", "time", "label", "data", "dfn", "picture",
];

/// A page that is safe to parse.
#[derive(Debug, Default)]
pub(crate) struct Tame {
    pub(crate) html: String,
    /// The page's scripts of type `application/ld+json`.
    pub(crate) json: Vec<String>,
    /// The page had more tags than are read.
    pub(crate) cut: bool,
}

/// Whether a text is a page: it says so at its head.
pub(crate) fn is_page(text: &str) -> bool {
    const HEAD: usize = 1_024;
    let end = text
        .char_indices()
        .nth(HEAD)
        .map_or(text.len(), |(at, _)| at);
    let head = text[..end].trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    if !head.starts_with('<') {
        return false;
    }
    let head = head.to_ascii_lowercase();
    let marks = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta ",
        "<article",
        "<title",
    ];
    marks.iter().any(|mark| head.contains(mark))
}

/// Makes a page tame.
pub(crate) fn tame(html: &str) -> Tame {
    let mut tamer = Tamer {
        html,
        out: Tame::default(),
        open: Vec::new(),
        beyond: 0,
        endless: BTreeSet::new(),
        json_bytes: 0,
    };
    tamer.out.html.reserve(html.len() / 2);
    tamer.run();
    tamer.out
}

struct Tamer<'h> {
    html: &'h str,
    out: Tame,
    /// Names of the open elements, outermost first.
    open: Vec<String>,
    /// Elements opened beyond the depth that is kept.
    beyond: usize,
    /// Names of which no end tag follows any more.
    endless: BTreeSet<String>,
    json_bytes: usize,
}

impl Tamer<'_> {
    fn run(&mut self) {
        let mut at = 0;
        let mut tags = 0;
        while let Some(next) = self.html[at..].find('<') {
            self.out.html.push_str(&self.html[at..at + next]);
            at += next;
            tags += 1;
            if tags > MAX_TAGS {
                self.out.cut = true;
                return;
            }
            at = self.tag(at);
        }
        self.out.html.push_str(&self.html[at..]);
    }

    /// Handles what begins with `<` at `at`; returns where to go on.
    fn tag(&mut self, at: usize) -> usize {
        let rest = &self.html[at + 1..];
        if rest.starts_with("!--") {
            return self.after("-->", at + 4);
        }
        if rest.starts_with('!') || rest.starts_with('?') {
            return self.after(">", at + 1);
        }
        let closes = rest.starts_with('/');
        let name = name_of(if closes { &rest[1..] } else { rest });
        if name.is_empty() {
            self.out.html.push_str("&lt;");
            return at + 1;
        }
        let Some(end) = tag_end(self.html, at) else {
            return self.html.len();
        };
        if closes {
            self.close(&name);
            return end;
        }
        if DROPPED.contains(&name.as_str()) {
            return self.skip(&name, at, end);
        }
        self.open(name, at, end);
        end
    }

    fn after(&self, mark: &str, from: usize) -> usize {
        let rest = self.html.get(from..).unwrap_or_default();
        rest.find(mark)
            .map_or(self.html.len(), |at| from + at + mark.len())
    }

    fn open(&mut self, name: String, at: usize, end: usize) {
        if FORMATS.contains(&name.as_str()) {
            return;
        }
        let counts = !VOID.contains(&name.as_str()) && !SELF_CLOSING.contains(&name.as_str());
        if counts && self.open.len() >= MAX_DEPTH {
            self.beyond += 1;
            self.out.html.push(' ');
            return;
        }
        if end - at <= MAX_TAG_BYTES {
            self.out.html.push_str(&self.html[at..end]);
        } else {
            self.out.html.push_str(&format!("<{name}>"));
        }
        if counts {
            self.open.push(name);
        }
    }

    /// An end tag closes its element if a parser would let it reach that far; strays are dropped.
    fn close(&mut self, name: &str) {
        if FORMATS.contains(&name) {
            return;
        }
        if SELF_CLOSING.contains(&name) {
            self.out.html.push_str(&format!("</{name}>"));
            return;
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            self.out.html.push(' ');
            return;
        }
        let inline = INLINE.contains(&name);
        let stops = |other: &str| match inline {
            true => !INLINE.contains(&other),
            false => matches!(other, "table" | "caption" | "marquee" | "applet"),
        };
        for depth in (0..self.open.len()).rev() {
            if self.open[depth] == name {
                self.open.truncate(depth);
                self.out.html.push_str(&format!("</{name}>"));
                return;
            }
            if stops(&self.open[depth]) {
                return;
            }
        }
    }

    /// Leaves out an element whose tag ends at `end`; metadata of the page is kept aside.
    fn skip(&mut self, name: &str, at: usize, end: usize) -> usize {
        if self.html[at..end].ends_with("/>") && !RAW.contains(&name) || self.endless.contains(name)
        {
            return end;
        }
        let Some(close) = find_end_tag(self.html, end, name) else {
            self.endless.insert(name.to_owned());
            return if RAW.contains(&name) {
                self.html.len()
            } else {
                end
            };
        };
        let content = &self.html[end..close];
        let is_json = self.html[at..end].to_ascii_lowercase().contains("ld+json");
        if name == "script" && is_json && self.json_bytes + content.len() <= MAX_JSON_BYTES {
            self.json_bytes += content.len();
            self.out.json.push(content.to_owned());
        }
        self.out.html.push(' ');
        self.after(">", close)
    }
}

/// The name at the head of a tag, in lower case; empty if it is none.
fn name_of(rest: &str) -> String {
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return String::new();
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
        .unwrap_or(rest.len());
    // No element has a longer name; a longer one is kept apart from all known ones.
    const LONGEST: usize = 40;
    rest[..end]
        .chars()
        .take(LONGEST)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// One past the `>` of a tag; one within quotes does not count unless the quote never ends.
fn tag_end(html: &str, at: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut quote = None;
    let mut before = b' ';
    for (nth, &byte) in bytes[at..].iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + nth + 1),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    // The quote never ends, so every later tag would be part of it: the first `>` is the end.
    html[at..]
        .find('>')
        .map(|nth| at + nth + 1)
        .filter(|_| quote.is_some())
}

/// Where `</name` begins, from `from` on, in any case.
fn find_end_tag(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(next) = html[at..].find("</") {
        at += next;
        let rest = html.as_bytes().get(at + 2..at + 2 + name.len());
        if rest.is_some_and(|rest| rest.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(at);
        }
        at += 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(tame(html).html, expected);
    }

    #[test]
    fn what_is_not_text_goes() {
        check(
            "<div><b>Port</b> sold<script>if (a<b) {}</script></div>",
            "<div>Port sold </div>",
        );
        check("<p>a<!-- <p>no</p> -->b", "<p>ab");
        check(
            "<STYLE>p{}</STYLE ><p title=\"a>b\">c</p>",
            " <p title=\"a>b\">c</p>",
        );
        check("a < b", "a &lt; b");
        check("<p>a<button>Share</button></p>", "<p>a </p>");
        check("a</span></div>b", "ab");
        check("<p>a<script>never ends", "<p>a");
        check("<p>a<svg>b", "<p>ab");
    }

    #[test]
    fn nesting_is_capped() {
        let depth = |html: &str| html.matches("<div>").count() - html.matches("</div>").count();
        let deep = format!(
            "{}port{}",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        );
        let tame_html = tame(&deep).html;
        assert!(tame_html.contains("port"));
        assert_eq!(tame_html.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(depth(&tame_html), 0);
        // End tags that a parser ignores do not make room.
        let sly = tame(&"<span><div></span>".repeat(10_000)).html;
        assert!(sly.matches("<div>").count() <= MAX_DEPTH);
    }

    #[test]
    fn great_tags_and_many_tags_are_cut() {
        let great = format!("<p class=\"{}\">port", "x".repeat(20_000));
        check(&great, "<p>port");
        assert!(tame(&"<br>".repeat(MAX_TAGS + 1)).cut);
    }

    #[test]
    fn metadata_is_kept_aside() {
        let tame = tame("<script type=\"application/ld+json\">{\"a\":1}</script><p>b");
        assert_eq!(tame.json, ["{\"a\":1}"]);
    }

    #[test]
    fn pages_are_known_by_their_head() {
        assert!(is_page("\u{FEFF} <!DOCTYPE html><html>"));
        assert!(is_page(
            "<!-- saved from url=(0014)about:internet -->\n<HTML dir=rtl>"
        ));
        assert!(!is_page("Port sold, <b>he</b> said"));
        assert!(!is_page("<Reuters> Port sold"));
    }
}
