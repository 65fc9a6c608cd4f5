//! Pieces of a text to blocks: which line is the title, the dateline, a caption, a heading, the
//! article's own running text, and which is furniture. Furniture is found first, then the head of
//! the article down to its first paragraph, then the body. Who signs a line is `credit`'s to say,
//! how far a box reaches `furniture`'s.

use std::collections::BTreeMap;

use madar_text::{Block, BlockKind};

use crate::credit::{self, Place};
use crate::furniture;
use crate::languages;
use crate::line::{End, Laid, Line};

/// Lines above the first paragraph that can be title, deck, datelines and captions; a longer head
/// begins with a menu.
const HEAD_LINES: usize = 16;
/// Lines below which no head goes on; guards time, for each line of the head looks at the others.
const MOST_HEAD_LINES: usize = 64;
/// Words of a line of a menu at most.
const MENU_WORDS: usize = 4;
/// Headline-like lines below the title that can be decks; more are paragraphs without their stops.
const DECKS: usize = 2;
/// Words up to which a first line above a longer headline is a kicker (*EXCLUSIVE*, حصري).
const KICKER_WORDS: usize = 3;
/// Words from which a line below a kicker is a headline.
const TITLE_WORDS: usize = 4;
/// Words up to which a line within the body can be a heading.
const HEADING_WORDS: usize = 12;
/// Lines of at most [`KICKER_WORDS`] words, on end, from which they are a menu or a list of tags.
const MENU_LINES: usize = 4;
const TAG_LINES: usize = 2;
/// Words from which a second copy of a line is a repetition and no chance.
const REPEATED_WORDS: usize = 3;

/// The blocks of a text, in order, not overlapping.
pub(crate) fn blocks(laid: &Laid) -> Vec<Block> {
    let mut lines: Vec<Line<'_>> = laid
        .pieces
        .iter()
        .map(|&p| Line::new(&laid.text, p))
        .collect();
    furniture::mark(&mut lines);
    menus(&mut lines);
    for line in &mut lines {
        if line.kind.is_none() {
            line.kind = line.hint;
        }
    }
    let body = head(&mut lines);
    tail(&mut lines, body);
    for at in body..lines.len() {
        if lines[at].kind.is_none() {
            lines[at].kind = Some(in_body(&lines, at));
        }
    }
    repetitions(&mut lines);
    let kinds = lines
        .iter()
        .map(|line| (line.text, line.kind.unwrap_or(BlockKind::Paragraph)));
    let langs = languages::of(&kinds.collect::<Vec<_>>());
    let told = lines.iter().zip(langs);
    told.map(|(line, lang)| Block {
        span: line.span,
        kind: line.kind.unwrap_or(BlockKind::Paragraph),
        lang,
        repeats: line.repeats,
    })
    .collect()
}

/// Short lines on end above the first headline: the menu of a page copied as a whole.
fn menus(lines: &mut [Line<'_>]) {
    let short = |l: &Line<'_>| l.hint.is_none() && l.words <= KICKER_WORDS && l.end == End::Word;
    let run = lines
        .iter()
        .take_while(|l| l.kind.is_some() || short(l))
        .count();
    let unmarked = lines[..run].iter().filter(|l| l.kind.is_none()).count();
    if unmarked >= MENU_LINES && run < lines.len() {
        for line in lines[..run].iter_mut().filter(|l| l.kind.is_none()) {
            line.kind = Some(BlockKind::Furniture);
        }
    }
}

/// Gives kinds to the lines above the first paragraph; returns where the body begins.
fn head(lines: &mut [Line<'_>]) -> usize {
    let starts = |l: &Line<'_>| match l.kind {
        None => l.is_running() && !credit::is_caption(l) && !credit::is_dateline(l, Place::Top),
        Some(BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem | BlockKind::Cell) => {
            true
        }
        Some(_) => false,
    };
    let open = lines
        .iter()
        .filter(|l| l.kind != Some(BlockKind::Furniture))
        .count();
    let Some(body) = lines.iter().position(starts) else {
        return headless(lines, open);
    };
    let first = top(lines, body);
    let body = body.min(first + MOST_HEAD_LINES);
    let mut titled = lines[..body]
        .iter()
        .any(|l| l.kind == Some(BlockKind::Title));
    let mut signed = false;
    for at in first..body {
        if lines[at].kind.is_some() {
            continue;
        }
        let kind = in_head(lines, at, body, titled, signed);
        titled |= kind == BlockKind::Title;
        signed |= matches!(
            kind,
            BlockKind::Dateline | BlockKind::Byline | BlockKind::Caption
        );
        lines[at].kind = Some(kind);
    }
    // The menu of a page copied as a whole.
    for line in lines[..first].iter_mut().filter(|l| l.kind.is_none()) {
        line.kind = Some(BlockKind::Furniture);
    }
    body
}

/// Where the article's head begins: a long head begins with a menu, which ends at the first line
/// that is long enough for a headline.
fn top(lines: &[Line<'_>], body: usize) -> usize {
    let long = |l: &Line<'_>| l.kind == Some(BlockKind::Title) || l.words > MENU_WORDS;
    match lines[..body].iter().position(long) {
        Some(first) if body > HEAD_LINES => first,
        _ => 0,
    }
}

/// A text without a paragraph: its first line is a title if something stands below it.
fn headless(lines: &mut [Line<'_>], open: usize) -> usize {
    let first = lines.iter().position(|l| l.kind.is_none());
    if let Some(first) = first
        && open > 1
        && lines[first].is_headline()
    {
        lines[first].kind = Some(BlockKind::Title);
        return first + 1;
    }
    first.unwrap_or(lines.len())
}

fn in_head(lines: &[Line<'_>], at: usize, body: usize, titled: bool, signed: bool) -> BlockKind {
    let line = &lines[at];
    let place = if titled {
        Place::BelowTitle
    } else {
        Place::Top
    };
    if credit::is_byline(line) {
        return BlockKind::Byline;
    }
    let labelled = at > 0 && credit::is_source_label(&lines[at - 1]);
    if credit::is_source_label(line) || (labelled && credit::could_be_name(line)) {
        return BlockKind::Dateline;
    }
    if credit::is_dateline(line, place) && !(place == Place::Top && is_only_title(lines, at, body))
    {
        return BlockKind::Dateline;
    }
    let doubled =
        at + 1 < body && lines[at + 1].key == line.key || at > 0 && lines[at - 1].key == line.key;
    if credit::is_caption(line) || (titled && doubled) {
        return BlockKind::Caption;
    }
    if is_list_item(line.text) {
        return BlockKind::ListItem;
    }
    if !line.is_headline() {
        return BlockKind::Paragraph;
    }
    if titled {
        return below_title(lines, at, body, signed);
    }
    let signs = |l: &Line<'_>| credit::is_dateline(l, Place::BelowTitle) || credit::is_byline(l);
    let longer = |l: &Line<'_>| {
        let headline = l.kind.is_none() && l.is_headline() && l.words >= TITLE_WORDS;
        headline && !signs(l) && !credit::is_caption(l)
    };
    let above_title = line.words <= KICKER_WORDS && lines[at + 1..body].iter().any(longer);
    if above_title {
        BlockKind::Kicker
    } else {
        BlockKind::Title
    }
}

/// A headline-like line below the title: who wrote it, a heading over the first paragraph, a deck.
fn below_title(lines: &[Line<'_>], at: usize, body: usize, signed: bool) -> BlockKind {
    let line = &lines[at];
    let dateline = |l: &Line<'_>| credit::is_dateline(l, Place::BelowTitle);
    let next = &lines[at + 1..body];
    let before = at.checked_sub(1).map(|before| &lines[before]);
    let beside = next.iter().take(2).any(dateline) || before.is_some_and(dateline);
    if beside && credit::could_be_name(line) && !next.is_empty() {
        return BlockKind::Byline;
    }
    let over_body = next.iter().all(|l| l.kind == Some(BlockKind::Furniture));
    if signed && over_body && line.words <= HEADING_WORDS {
        return BlockKind::Heading;
    }
    let decks = lines[..at]
        .iter()
        .filter(|l| l.kind == Some(BlockKind::Kicker));
    if decks.count() < DECKS {
        BlockKind::Kicker
    } else {
        BlockKind::Paragraph
    }
}

/// Whether no other line of the head could be the title.
fn is_only_title(lines: &[Line<'_>], at: usize, body: usize) -> bool {
    let dated = !crate::date::dates(lines[at].text).is_empty();
    let other = |l: &Line<'_>| l.kind.is_none() && l.is_headline();
    !dated && !lines[at + 1..body].iter().any(other)
}

/// Below the last paragraph: credits, bylines, and tags one to a line.
fn tail(lines: &mut [Line<'_>], body: usize) {
    let running =
        |l: &Line<'_>| l.kind != Some(BlockKind::Furniture) && (l.is_running() || l.hint.is_some());
    let Some(last) = lines.iter().rposition(running) else {
        return;
    };
    let from = (last + 1).max(body + 1);
    let Some(rest) = lines.get_mut(from..) else {
        return;
    };
    let short = |l: &Line<'_>| l.words <= KICKER_WORDS && l.end == End::Word;
    for line in rest.iter_mut().filter(|l| l.kind.is_none()) {
        if credit::is_byline(line) {
            line.kind = Some(BlockKind::Byline);
        } else if credit::is_dateline(line, Place::End) {
            line.kind = Some(BlockKind::Dateline);
        }
    }
    let tags = rest.iter().filter(|l| l.kind.is_none());
    if tags.clone().count() >= TAG_LINES && tags.clone().all(short) {
        for line in rest.iter_mut().filter(|l| l.kind.is_none()) {
            line.kind = Some(BlockKind::Furniture);
        }
    }
}

fn in_body(lines: &[Line<'_>], at: usize) -> BlockKind {
    let line = &lines[at];
    if is_list_item(line.text) {
        return BlockKind::ListItem;
    }
    if line.text.starts_with("> ") {
        return BlockKind::Quote;
    }
    if credit::is_byline(line) {
        return BlockKind::Byline;
    }
    if credit::is_caption(line) {
        return BlockKind::Caption;
    }
    let next = lines[at + 1..]
        .iter()
        .find(|l| l.kind != Some(BlockKind::Furniture));
    let leads = next.is_some_and(|n| {
        n.is_running() || n.words > HEADING_WORDS || is_list_item(n.text) || n.hint.is_some()
    });
    let heads = line.is_headline() && line.words <= HEADING_WORDS && leads && !is_speech(line.text);
    if heads {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

/// `• item`, `- item`, `3. item`, `3) item`.
fn is_list_item(text: &str) -> bool {
    let after = |rest: &str| rest.starts_with(char::is_whitespace);
    if let Some(rest) = text.strip_prefix(['•', '‣', '▪', '◦', '·', '●', '■', '*', '-'])
    {
        return after(rest);
    }
    let digits = text
        .chars()
        .take_while(|c| c.is_numeric())
        .map(char::len_utf8)
        .sum::<usize>();
    let rest = text[digits..].strip_prefix(['.', ')', '-']);
    (1..=4).contains(&digits) && rest.is_some_and(after)
}

/// A line that begins with a dash is speech in Russian papers: *— Что дальше?*
fn is_speech(text: &str) -> bool {
    text.starts_with(['—', '–'])
}

/// Marks second copies; a copy of a line has the kind of the first.
fn repetitions(lines: &mut [Line<'_>]) {
    let mut seen: BTreeMap<String, BlockKind> = BTreeMap::new();
    for line in lines.iter_mut() {
        let Some(kind) = line.kind.filter(|&k| k != BlockKind::Furniture) else {
            continue;
        };
        if line.words < REPEATED_WORDS {
            continue;
        }
        match seen.get(line.text) {
            Some(&first) => {
                line.kind = Some(first);
                line.repeats = true;
            }
            None => {
                seen.insert(line.text.to_owned(), kind);
            }
        }
    }
}
