//! Who publishes a document, and whom its credit lines name.
//!
//! The publisher that came with the document goes first; else the dateline and byline, and the
//! agency mark at the head of the first paragraph: `London, March 4, 2025 — Financial Times`,
//! `دبي - الشرق`, `ВАШИНГТОН, 14 января. /ТАСС/`. An outlet in those places that is not the
//! publisher is a credit: the text came from it. Photo credits stand in captions and do not count.

use madar_text::{Block, BlockKind, Document, Lang, Span, TokenKind};

use crate::gazetteer::{Entry, Found};
use crate::words::{Sentence, block_sentences};
use crate::{Kit, Publication};

/// Words of the first paragraph in which an agency mark may stand: a place, a date, the mark.
const HEAD_WORDS: usize = 14;

/// Bytes of the first paragraph that are looked at for the mark.
const HEAD_BYTES: usize = 1000;

/// Introduces a credit, never the publisher.
const CREDIT: [&str; 5] = ["المصدر", "source", "источник", "نقلا", FORWARDED];
/// A message that was passed on says from whom; they are credited whether they are listed or not.
const FORWARDED: &str = "forwarded from";

pub(crate) fn publication(document: &Document, kit: &Kit) -> Publication {
    let mut out = Publication::default();
    given(document, kit, &mut out);
    let lines = document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| matches!(b.kind, BlockKind::Dateline | BlockKind::Byline));
    for (at, block) in lines {
        line(document, at, block, kit, &mut out);
    }
    let first = document.blocks.iter().enumerate();
    let mut first = first.filter(|(_, b)| b.kind == BlockKind::Paragraph);
    if let Some((at, block)) = first.next() {
        head(document, at, block, kit, &mut out);
    }
    out
}

/// The publisher that the opener or the user knows: a name or a host.
fn given(document: &Document, kit: &Kit, out: &mut Publication) {
    let name = document.meta.publisher.as_deref().map(str::trim);
    if let Some(name) = name.filter(|n| !n.is_empty()) {
        let entry = if is_host(name) {
            kit.gazetteer.outlet_of_host(name)
        } else {
            kit.gazetteer.lookup(name, kit.russian)
        };
        match entry.filter(|e| e.is_outlet()) {
            Some(entry) => out.publisher = Some(entry.id.clone()),
            None => out.publisher_name = Some(name.to_owned()),
        }
        return;
    }
    let host = document.meta.address.as_deref().and_then(host);
    let entry = host.and_then(|host| kit.gazetteer.outlet_of_host(host));
    out.publisher = entry.map(|e| e.id.clone());
}

fn is_host(name: &str) -> bool {
    name.contains('.') && !name.contains(char::is_whitespace) && name.is_ascii()
}

fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then_some(host)
}

/// A dateline, byline or credit line.
fn line(document: &Document, at: usize, block: &Block, kit: &Kit, out: &mut Publication) {
    let sentences = sentences(document, at, block, kit);
    let shown = madar_text::fold(block.span.of(&document.text));
    let credit = CREDIT.iter().any(|word| shown.starts_with(word));
    let outlets = outlets(&sentences, kit);
    let found = !outlets.is_empty();
    for entry in outlets {
        take(entry, credit, out);
    }
    if !found && shown.starts_with(FORWARDED) {
        let from = block.span.of(&document.text).split_once(':');
        let from = from
            .map(|(_, name)| name.trim())
            .filter(|name| !name.is_empty());
        out.credits.extend(from.map(str::to_owned));
    }
    if !found && !credit && out.publisher.is_none() && out.publisher_name.is_none() {
        out.publisher_name = name_in(block.span.of(&document.text), kit, block.lang);
    }
}

/// `واشنطن (رويترز) -`, `/ТАСС/.`: the mark at the head of the first paragraph.
fn head(document: &Document, at: usize, block: &Block, kit: &Kit, out: &mut Publication) {
    let text = block.span.of(&document.text);
    let marked = |span: Span| {
        let from = span.start.saturating_sub(block.span.start) as usize;
        let to = span.end.saturating_sub(block.span.start) as usize;
        let (before, after) = (text[..from].trim_end(), text[to..].trim_start());
        let bracket = before.ends_with(['(', '/', '[']) && after.starts_with([')', '/', ']']);
        let dash = after.starts_with(['—', '–', '-']) && before.chars().count() < 40;
        bracket || dash
    };
    let mut block = *block;
    let from = block.span.range().start;
    block.span = Span::from_range(from..from + text.floor_char_boundary(HEAD_BYTES));
    let sentences = sentences(document, at, &block, kit);
    let first: Vec<Sentence> = sentences.into_iter().take(2).collect();
    for sentence in &first {
        for found in kit.gazetteer.scan(&sentence.words, sentence.lang) {
            let words = &sentence.words[found.from..found.to];
            let span = words[0].host.to(words[words.len() - 1].host);
            let near = span.start.saturating_sub(block.span.start) < 120 && found.from < HEAD_WORDS;
            let entry = kit.gazetteer.entry_at(found.entry);
            if entry.is_outlet() && near && marked(span) {
                take(entry, false, out);
            }
        }
    }
}

/// The words of a block, also where its language could not be told.
fn sentences(document: &Document, at: usize, block: &Block, kit: &Kit) -> Vec<Sentence> {
    let mut block = *block;
    if block.lang == Lang::Other {
        block.lang = document.lang();
    }
    block_sentences(document, at, &block, kit)
}

fn outlets<'k>(sentences: &[Sentence], kit: &'k Kit) -> Vec<&'k Entry> {
    let found = sentences.iter().flat_map(|s| {
        let whole = |f: &Found| !goes_on(s, f.to);
        let found = kit
            .gazetteer
            .scan(&s.words, s.lang)
            .into_iter()
            .filter(whole);
        found.map(|f| kit.gazetteer.entry_at(f.entry))
    });
    found.filter(|e| e.is_outlet()).collect()
}

/// «Новая газета Балтия» is not «Новая газета»: a longer name is another outlet.
fn goes_on(sentence: &Sentence, to: usize) -> bool {
    let next = sentence.words.get(to);
    next.is_some_and(|w| w.kind == TokenKind::Word && w.capital)
}

fn take(entry: &Entry, credit: bool, out: &mut Publication) {
    let unknown = out.publisher.is_none() && out.publisher_name.is_none();
    if unknown && !credit {
        out.publisher = Some(entry.id.clone());
    } else if out.publisher.as_ref() != Some(&entry.id) && !out.credits.contains(&entry.id) {
        out.credits.push(entry.id.clone());
    }
}

/// The publisher that no list knows: in quotation marks, or after the dash that follows a place.
fn name_in(line: &str, kit: &Kit, lang: Lang) -> Option<String> {
    if let Some(quoted) = between(line, '«', '»').or_else(|| between(line, '"', '"')) {
        return Some(quoted.to_owned());
    }
    let (before, after) = line.split_once(" - ").or_else(|| line.split_once(" — "))?;
    let name = [after, before].into_iter().map(|part| {
        let part = part.split([',', '،']).next().unwrap_or_default();
        part.trim()
    });
    let mut name = name.filter(|part| {
        !part.is_empty()
            && part.chars().count() <= 40
            && !part.chars().any(|c| c.is_ascii_digit())
            && kit.gazetteer.lookup(part, kit.russian).is_none()
            && lang != Lang::Other
    });
    name.next().map(str::to_owned)
}

/// The names by which an unlisted publisher signs, as folded words: that which came with the document
/// and that of its dateline. Single words only if they are given: a dateline's may be a place.
pub(crate) fn own_names(document: &Document, kit: &Kit) -> Vec<Vec<String>> {
    let words = |name: &str| -> Vec<String> {
        let parts = name.split(|c: char| !c.is_alphanumeric());
        parts
            .filter(|p| !p.is_empty())
            .map(|p| match madar_text::language(p) {
                Lang::Ru => kit.russian.lemma(p),
                _ => madar_text::fold(p),
            })
            .collect()
    };
    let given = document.meta.publisher.as_deref();
    let given = given
        .filter(|name| kit.gazetteer.lookup(name, kit.russian).is_none())
        .map(words);
    let signs = |b: &&Block| matches!(b.kind, BlockKind::Dateline | BlockKind::Byline);
    let lines = document.blocks.iter().filter(signs);
    let signed = lines.filter_map(|b| {
        let line = b.span.of(&document.text);
        let credit = CREDIT
            .iter()
            .any(|word| madar_text::fold(line).starts_with(word));
        let name = name_in(line, kit, b.lang).filter(|_| !credit)?;
        let listed = kit.gazetteer.lookup(&name, kit.russian).is_some();
        Some(words(&name)).filter(|w| w.len() > 1 && !listed)
    });
    given
        .into_iter()
        .chain(signed)
        .filter(|w| !w.is_empty())
        .collect()
}

fn between(line: &str, open: char, close: char) -> Option<&str> {
    let from = line.find(open)? + open.len_utf8();
    let to = from + line[from..].find(close)?;
    Some(line[from..to].trim()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::tests::document_of;

    fn check(publisher: Option<&str>, line: &str, first: &str, expect: (Option<&str>, &[&str])) {
        let mut document =
            document_of(&[(BlockKind::Dateline, line), (BlockKind::Paragraph, first)]);
        document.meta.publisher = publisher.map(str::to_owned);
        let found = publication(&document, crate::attribution::tests::kit());
        let name = found.publisher.or(found.publisher_name);
        assert_eq!(
            (name.as_deref(), &found.credits[..]),
            (expect.0, &to_owned(expect.1)[..]),
            "{line} | {first}"
        );
    }

    fn to_owned(list: &[&str]) -> Vec<String> {
        list.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn a_dateline_names_an_unlisted_publisher() {
        check(
            None,
            "طرابلس - صوت الساحل",
            "نص.",
            (Some("صوت الساحل"), &[]),
        );
        check(
            None,
            "«Северный вестник», 5 марта 2025 года",
            "Текст.",
            (Some("Северный вестник"), &[]),
        );
        check(
            Some("Harbour Post"),
            "طرابلس - صوت الساحل",
            "نص.",
            (Some("Harbour Post"), &[]),
        );
        check(
            Some("Harbour Post"),
            "",
            "Nothing is said.",
            (Some("Harbour Post"), &[]),
        );
    }

    #[test]
    fn a_listed_outlet_publishes_or_is_credited() {
        let reuters = "outlets/reuters";
        check(
            None,
            "WASHINGTON, Feb 13 (Reuters)",
            "Text.",
            (Some(reuters), &[]),
        );
        check(
            Some("Reuters"),
            "WASHINGTON, Feb 13 (Reuters)",
            "Text.",
            (Some(reuters), &[]),
        );
        check(
            None,
            "",
            "MOSCOW, March 4 (Reuters) - A port was sold.",
            (Some(reuters), &[]),
        );
        check(
            None,
            "",
            "موسكو (رويترز) - بيع الميناء.",
            (Some(reuters), &[]),
        );
        check(
            None,
            "ВАШИНГТОН, 14 января. /ТАСС/",
            "Текст.",
            (Some("outlets/tass"), &[]),
        );
        check(
            Some("Harbour Post"),
            "واشنطن - رويترز",
            "نص.",
            (Some("Harbour Post"), &[reuters]),
        );
        check(None, "المصدر: رويترز", "نص.", (None, &[reuters]));
        check(
            Some("Harbour Watch"),
            "Forwarded from: صوت الساحل",
            "نص.",
            (Some("Harbour Watch"), &["صوت الساحل"]),
        );
        check(
            Some("Harbour Watch"),
            "Forwarded from: Reuters",
            "Text.",
            (Some("Harbour Watch"), &[reuters]),
        );
        check(
            Some("Harbour Post"),
            "بغداد: «أسوشيتد برس»",
            "نص.",
            (Some("Harbour Post"), &["outlets/ap"]),
        );
        // told, not credited
        check(
            Some("Harbour Post"),
            "",
            "The owner told Reuters that he left.",
            (Some("Harbour Post"), &[]),
        );
    }
}
