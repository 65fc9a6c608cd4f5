//! The markup of wikis taken off: headings, paragraphs, lists and cells of tables stay, links as their labels;
//! templates, references, files, categories and comments go. `[[Морбанк|«Морбанк»]]ом` is *«Морбанк»ом*. In time that
//! grows with the text however it is nested, which is why it is no grammar.

use std::collections::BTreeSet;

use madar_text::BlockKind;

use crate::line::Laid;

/// Links and templates within each other; what opens deeper is taken for text.
const MAX_OPEN: usize = 40;
/// Bytes of an address and of a tag; what is longer is taken for text.
const LONGEST_ADDRESS: usize = 2_000;
const LONGEST_TAG: usize = 1_000;
/// Characters of the longest entity: `&thinsp;`.
const ENTITY: usize = 10;
/// Elements whose content is no running text.
const DROPPED: [&str; 14] = [
    "ref",
    "references",
    "math",
    "chem",
    "syntaxhighlight",
    "source",
    "gallery",
    "timeline",
    "score",
    "graph",
    "imagemap",
    "style",
    "script",
    "templatedata",
];
/// Where what stands as it is ends.
const AS_IT_IS: &str = "</nowiki>";
/// Elements that begin a line of their own.
const BREAKS: [&str; 14] = [
    "br",
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "td",
    "th",
    "table",
    "blockquote",
    "hr",
    "center",
    "poem",
];
/// Links that show a picture or sort the page.
const NO_TEXT: [&str; 13] = [
    "file",
    "image",
    "media",
    "category",
    "файл",
    "изображение",
    "медиа",
    "категория",
    "ملف",
    "صورة",
    "وسائط",
    "تصنيف",
    "video",
];

/// The pieces of a page.
pub(crate) fn lay(title: &str, wikitext: &str) -> Laid {
    let mut laid = Laid::default();
    laid.push(title, Some(BlockKind::Title));
    let text = bare(wikitext);
    let mut lines = Lines::default();
    for line in text.lines() {
        lines.take(line.trim(), &mut laid);
    }
    lines.flush(&mut laid);
    laid
}

/// What is open, with where its content begins in what was written.
#[derive(Clone, Copy)]
enum Open {
    Template(usize),
    Link(usize),
    /// A link out of the wiki.
    Out,
}

/// The text without its inline markup; lines still tell what they are.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<Open> = Vec::new();
    // elements whose end does not come any more
    let mut endless: BTreeSet<&str> = BTreeSet::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '{' if rest.starts_with("{{") && open.len() < MAX_OPEN => {
                open.push(Open::Template(out.len()));
                2
            }
            '}' if rest.starts_with("}}") => {
                close_template(&mut open, &mut out);
                2
            }
            '[' if rest.starts_with("[[") && open.len() < MAX_OPEN => {
                open.push(Open::Link(out.len()));
                2
            }
            ']' if rest.starts_with("]]") && matches!(open.last(), Some(Open::Link(_))) => {
                if let Some(Open::Link(from)) = open.pop() {
                    close_link(from, &mut out);
                }
                2
            }
            '[' if open.len() < MAX_OPEN => match leads_out(rest) {
                Some(length) => {
                    open.push(Open::Out);
                    length
                }
                None => push(&mut out, c),
            },
            ']' if matches!(open.last(), Some(Open::Out)) => {
                open.pop();
                1
            }
            '\'' => {
                let run = rest.bytes().take_while(|&b| b == b'\'').count();
                if matches!(run, 1 | 4) {
                    out.push('\'');
                }
                run
            }
            '<' => tag(rest, &mut out, &mut endless),
            '&' => entity(rest, &mut out),
            '_' if rest.starts_with("__") => {
                let word = rest[2..].bytes().take_while(u8::is_ascii_uppercase).count();
                match word > 0 && rest[2 + word..].starts_with("__") {
                    true => word + 4,
                    false => push(&mut out, c),
                }
            }
            c => push(&mut out, c),
        };
        rest = &rest[taken..];
    }
    out
}

fn push(out: &mut String, c: char) -> usize {
    out.push(c);
    c.len_utf8()
}

/// The innermost template ends, and with it what it holds.
fn close_template(open: &mut Vec<Open>, out: &mut String) {
    let is_template = |open: &Open| matches!(open, Open::Template(_));
    let Some(at) = open.iter().rposition(is_template) else {
        return;
    };
    if let Open::Template(from) = open[at] {
        out.truncate(from);
    }
    open.truncate(at);
}

/// A link gives way to its label.
fn close_link(from: usize, out: &mut String) {
    let content = &out[from..];
    let (target, label) = match content.split_once('|') {
        Some((target, label)) => (target, Some(label)),
        None => (content, None),
    };
    let (named, target) = match target.trim().strip_prefix(':') {
        Some(target) => (true, target),
        None => (false, target.trim()),
    };
    let space = target.split_once(':').map(|(space, _)| space.trim());
    let hidden = space.is_some_and(|space| {
        // of pages in other languages the codes
        let is_language =
            (2..=3).contains(&space.len()) && space.bytes().all(|b| b.is_ascii_lowercase());
        is_language && label.is_none() || NO_TEXT.contains(&space.to_lowercase().as_str())
    });
    if hidden && !named {
        return out.truncate(from);
    }
    let shown = label.filter(|label| !label.trim().is_empty());
    let shown = shown.unwrap_or(target).trim_start_matches('#').to_owned();
    out.truncate(from);
    out.push_str(&shown);
}

/// The length of `[https://… ` where a link leads out of the wiki.
fn leads_out(rest: &str) -> Option<usize> {
    let address = &rest[1..];
    let heads = ["http://", "https://", "//", "ftp://", "mailto:"];
    if !heads.iter().any(|head| address.starts_with(head)) {
        return None;
    }
    let bytes = address.bytes().take(LONGEST_ADDRESS);
    let end = bytes.take_while(|b| !b.is_ascii_whitespace() && *b != b']');
    let end = end.count();
    (end < LONGEST_ADDRESS && end < address.len()).then_some(1 + end)
}

/// Takes a comment or an element off and gives its length; of most elements the content stays.
fn tag<'t>(rest: &'t str, out: &mut String, endless: &mut BTreeSet<&'t str>) -> usize {
    if rest.starts_with("<!--") {
        return through(rest, "-->", endless).unwrap_or_else(|| push(out, '<'));
    }
    let name = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = &name[..length];
    let Some(end) = rest.bytes().take(LONGEST_TAG).position(|b| b == b'>') else {
        return push(out, '<');
    };
    if name.is_empty() {
        return push(out, '<');
    }
    let lower = name.to_ascii_lowercase();
    let opens = !rest.starts_with("</") && !rest[..end].ends_with('/');
    if lower == "nowiki" && opens {
        let content = &rest[end + 1..];
        if let Some(length) = through(content, AS_IT_IS, endless) {
            out.push_str(&content[..length - AS_IT_IS.len()]);
            return end + 1 + length;
        }
    }
    if let Some(dropped) = DROPPED.iter().find(|dropped| **dropped == lower)
        && opens
        && !endless.contains(dropped)
    {
        match ends(&rest[end + 1..], dropped) {
            Some(length) => return end + 1 + length,
            None => {
                endless.insert(dropped);
            }
        }
    }
    if BREAKS.contains(&lower.as_str()) {
        out.push_str("\n\n");
    }
    end + 1
}

/// The length up to the end of `mark`; where there is none, it is not looked for again.
fn through<'t>(rest: &str, mark: &'t str, endless: &mut BTreeSet<&'t str>) -> Option<usize> {
    if endless.contains(mark) {
        return None;
    }
    let found = rest.find(mark).map(|at| at + mark.len());
    if found.is_none() {
        endless.insert(mark);
    }
    found
}

/// The length up to the end of the element with this name, its last tag included.
fn ends(content: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = content[from..].find("</") {
        let at = from + at;
        let own = content.as_bytes().get(at + 2..at + 2 + name.len());
        if own.is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes())) {
            let end = content[at..].bytes().take(100).position(|b| b == b'>');
            return Some(at + end.map_or(2 + name.len(), |end| end + 1));
        }
        from = at + 2;
    }
    None
}

fn entity(rest: &str, out: &mut String) -> usize {
    let end = rest.bytes().take(ENTITY).position(|b| b == b';');
    let Some(end) = end else {
        return push(out, '&');
    };
    let name = &rest[1..end];
    let number = name.strip_prefix('#').and_then(|number| {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(
            || number.parse().ok(),
            |hex| u32::from_str_radix(hex, 16).ok(),
        );
        char::from_u32(code?)
    });
    let named = match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => Some(' '),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "hellip" => Some('…'),
        "shy" | "lrm" | "rlm" | "zwnj" => {
            return end + 1;
        }
        _ => None,
    };
    match number.or(named) {
        Some(c) => {
            out.push(c);
            end + 1
        }
        None => push(out, '&'),
    }
}

/// Lines put together to what they are.
#[derive(Default)]
struct Lines {
    words: String,
    kind: Option<BlockKind>,
    tables: usize,
}

impl Lines {
    fn take(&mut self, line: &str, laid: &mut Laid) {
        if line.starts_with("{|") {
            self.flush(laid);
            self.tables += 1;
            return;
        }
        if self.tables > 0 && self.cells(line, laid) {
            return;
        }
        if line.is_empty() || line.starts_with("----") {
            return self.flush(laid);
        }
        if let Some(heading) = heading(line) {
            self.flush(laid);
            return laid.push(heading, Some(BlockKind::Heading));
        }
        let bare = line.trim_start_matches(['*', '#', ':', ';']);
        if bare.len() < line.len() {
            self.flush(laid);
            let marks = &line[..line.len() - bare.len()];
            let kind = marks.contains(['*', '#']).then_some(BlockKind::ListItem);
            return laid.push(bare, kind);
        }
        if !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(line);
    }

    /// Whether the line belongs to a table as such.
    fn cells(&mut self, line: &str, laid: &mut Laid) -> bool {
        if line.starts_with("|}") {
            self.flush(laid);
            self.tables -= 1;
            self.kind = (self.tables > 0).then_some(BlockKind::Cell);
            return true;
        }
        if line.starts_with("|-") {
            self.flush(laid);
            return true;
        }
        let head = line.starts_with('!');
        let Some(cells) = line.strip_prefix(['|', '!']) else {
            return false;
        };
        self.flush(laid);
        let (cells, kind) = match cells.strip_prefix('+') {
            Some(caption) if !head => (caption, BlockKind::Caption),
            _ => (cells, BlockKind::Cell),
        };
        let cells = match head {
            true => cells.replace("!!", "||"),
            false => cells.to_owned(),
        };
        for cell in cells.split("||") {
            self.flush(laid);
            self.kind = Some(kind);
            // `style="width: 5em" | 40 million`
            let (before, words) = cell.split_once('|').unwrap_or(("", cell));
            let words = match before.contains('=') || before.trim().is_empty() {
                true => words,
                false => cell,
            };
            self.words.push_str(words.trim());
        }
        true
    }

    fn flush(&mut self, laid: &mut Laid) {
        laid.push(&std::mem::take(&mut self.words), self.kind);
        if self.tables == 0 {
            self.kind = None;
        }
    }
}

/// `== Связи ==`
fn heading(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('=')?.strip_suffix('=')?;
    let inner = inner.trim_matches('=').trim();
    (!inner.is_empty()).then_some(inner)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn check(wikitext: &str, expect: &[(Option<BlockKind>, &str)]) {
        let laid = lay("T", wikitext);
        let told: Vec<_> = laid.pieces[1..]
            .iter()
            .map(|piece| (piece.hint, piece.span.of(&laid.text)))
            .collect();
        assert_eq!(told, expect, "{wikitext}");
    }

    #[test]
    fn markup_goes_and_its_meaning_stays() {
        use BlockKind::*;
        check(
            "'''Gordon Halvorsen''' chairs ''[[Brazos Meridian]]''.{{cn|date={{Year}}}}<ref name=\"a\">Annual report</ref>\n\
             He lives in [[Doha#Centre|Doha]].<!-- since when? --><br/>He has a yacht.",
            &[
                (
                    None,
                    "Gordon Halvorsen chairs Brazos Meridian. He lives in Doha.",
                ),
                (None, "He has a yacht."),
            ],
        );
        check(
            "[[Файл:Порт.jpg|мини|Порт, владелец — [[Морбанк]]]]Порт продан за 40&nbsp;млн&#8239;долларов.\n\n\
             [https://port.example/a?b=1 Отчёт] вышел.[https://port.example][[Категория:Порты]][[en:Port]]",
            &[
                (None, "Порт продан за 40 млн долларов."),
                (None, "Отчёт вышел."),
            ],
        );
        check(
            "== العلاقات ==\n* التقى [[أنطون ياسين|ياسين]] في [[الدوحة]]\n** مرتين\n[[تصنيف:مصرفيون]]\n__NOTOC__",
            &[
                (Some(Heading), "العلاقات"),
                (Some(ListItem), "التقى ياسين في الدوحة"),
                (Some(ListItem), "مرتين"),
            ],
        );
        check(
            "{| class=\"wikitable\"\n|+ Holders\n! Who !! Share\n|-\n| style=\"width: 5em\" | [[Karpin|Oleg Karpin]] || 40 %\n|-\n| Anton Yasin\n| 9.9 %\n|}\nAfter.",
            &[
                (Some(Caption), "Holders"),
                (Some(Cell), "Who"),
                (Some(Cell), "Share"),
                (Some(Cell), "Oleg Karpin"),
                (Some(Cell), "40 %"),
                (Some(Cell), "Anton Yasin"),
                (Some(Cell), "9.9 %"),
                (None, "After."),
            ],
        );
        check(
            "<nowiki>[[as it is]]</nowiki> it's 4 < 5 {{unclosed",
            &[(None, "[[as it is]] it's 4 < 5 unclosed")],
        );
    }

    #[test]
    fn no_nesting_costs_more_than_its_length() {
        let begun = Instant::now();
        for unit in [
            "{{",
            "}}",
            "[[",
            "]]",
            "[[a|",
            "{{a|[[",
            "<ref>",
            "<ref",
            "<!--",
            "{|\n|",
            "[http://a ",
            "[http://a",
            "<nowiki>",
            "&",
            "'",
            "''",
            "__A",
            "</",
            "==",
            "|}\n",
        ] {
            lay("T", &unit.repeat(200_000));
            let closed = unit.repeat(50_000) + &"]]}}".repeat(50_000);
            lay("T", &closed);
        }
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{:?}",
            begun.elapsed()
        );
    }
}
