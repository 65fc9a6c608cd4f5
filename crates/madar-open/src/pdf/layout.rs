//! Rows of a page to paragraphs in the order of reading: columns one after the other, tables row by row, lines joined to
//! paragraphs by their distance, their indents and how they end.

use std::collections::BTreeMap;

use madar_text::BlockKind;

use super::line::{Manner, Row, Segment};
use crate::line::key;

/// Parts of the text's size: the least gutter between columns.
const GUTTER: f64 = 0.8;
/// Rows with text on both sides that make columns, and rows that make a table.
const COLUMN_ROWS: usize = 3;
const TABLE_ROWS: usize = 2;
/// Characters that a line of a column (or, of several columns, of each) has on average, and how much of the column's width it fills; cells are shorter.
const COLUMN_CHARS: usize = 22;
const COLUMN_FILL: f64 = 0.55;
/// The distance of lines beyond the usual one that parts paragraphs, and a change of size that does.
const LEADING: f64 = 1.3;
const RESIZED: f64 = 1.12;
/// Sizes beyond the usual one of a title and of headings.
const TITLE: f64 = 1.35;
const HEADING: f64 = 1.15;
/// Rows at the top and at the foot of a page that may be furniture.
const RIM: usize = 2;
/// Columns within columns.
const MOST_DEPTH: usize = 6;

/// One paragraph, heading or cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Para {
    pub(super) text: String,
    pub(super) hint: Option<BlockKind>,
    /// Its last line is full and no sentence ends there: it may go on over the page.
    pub(super) open: bool,
}

pub(super) struct Page {
    pub(super) rows: Vec<Row>,
    pub(super) manner: Manner,
}

/// The paragraphs of each page.
pub(super) fn paragraphs(pages: Vec<Page>) -> Vec<Vec<Para>> {
    let usual = usual_size(&pages);
    let rims = repeated_rims(&pages);
    let mut out = Vec::new();
    let mut titled = false;
    for page in pages {
        let (mut body, mut head, mut foot) = (Vec::new(), Vec::new(), Vec::new());
        let last = page.rows.len();
        let apart = apart(&page.rows);
        for (nth, row) in page.rows.into_iter().enumerate() {
            let rim = nth < RIM || nth + RIM >= last;
            let text = whole(&row, page.manner);
            let numbered = (nth == 0 || nth + 1 == last) && apart[nth] && is_page_number(&text);
            if rim && (numbered || rims.contains_key(&key(&text))) {
                let side = if nth < RIM { &mut head } else { &mut foot };
                side.push(furniture(text));
            } else {
                body.push(row);
            }
        }
        let mut told = head;
        let mut flow = Flow {
            manner: page.manner,
            usual,
            titled,
            out: Vec::new(),
        };
        flow.read(&body, 0);
        titled = flow.titled;
        told.extend(flow.out);
        told.extend(foot);
        out.push(told);
    }
    out
}

fn furniture(text: String) -> Para {
    Para {
        text,
        hint: Some(BlockKind::Furniture),
        open: false,
    }
}

/// The size in which most characters stand.
fn usual_size(pages: &[Page]) -> f64 {
    let segments = pages.iter().flat_map(|p| &p.rows).flat_map(|r| &r.segments);
    let mut sizes: Vec<(f64, usize)> = segments.map(|s| (s.size, s.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = sizes.iter().map(|size| size.1).sum();
    let mut seen = 0;
    let middle = sizes.iter().find(|size| {
        seen += size.1;
        seen * 2 >= all
    });
    middle.map_or(10.0, |size| size.0)
}

/// First and last rows that stand on many pages, numbers aside.
fn repeated_rims(pages: &[Page]) -> BTreeMap<String, usize> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let last = page.rows.len();
        let rim = page
            .rows
            .iter()
            .enumerate()
            .filter(|(nth, _)| *nth < RIM || nth + RIM >= last);
        let mut keys: Vec<String> = rim.map(|(_, row)| key(&whole(row, page.manner))).collect();
        keys.sort();
        keys.dedup();
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = (pages.len() * 2 / 5).max(2);
    seen.retain(|_, count| *count >= enough);
    seen
}

/// Whether each row is further from its neighbours than lines of a paragraph are.
fn apart(rows: &[Row]) -> Vec<bool> {
    let far = |a: &Row, b: &Row| (a.y() - b.y()).abs() > 1.9 * a.size().max(b.size());
    let above = |nth: usize| nth == 0 || far(&rows[nth - 1], &rows[nth]);
    let below = |nth: usize| nth + 1 == rows.len() || far(&rows[nth], &rows[nth + 1]);
    (0..rows.len())
        .map(|nth| above(nth) && below(nth))
        .collect()
}

fn is_page_number(text: &str) -> bool {
    let key = key(text);
    let words: Vec<&str> = key.split(' ').collect();
    let label = |word: &&str| {
        matches!(
            *word,
            "#" | "page" | "of" | "p" | "صفحه" | "من" | "стр" | "страница" | "из"
        )
    };
    !text.ends_with('.') && words.len() <= 4 && words.contains(&"#") && words.iter().all(label)
}

fn whole(row: &Row, manner: Manner) -> String {
    let mut texts: Vec<&str> = row.segments.iter().map(|s| s.text.as_str()).collect();
    if manner.from_right {
        texts.reverse();
    }
    texts.join(" ")
}

/// One stream of rows, read into paragraphs.
struct Flow {
    manner: Manner,
    usual: f64,
    titled: bool,
    out: Vec<Para>,
}

/// A gap between two parts of a row.
type Gap = (f64, f64);

impl Flow {
    fn read(&mut self, rows: &[Row], depth: usize) {
        let mut at = 0;
        let mut plain: Vec<Row> = Vec::new();
        while at < rows.len() {
            let band = if depth < MOST_DEPTH {
                band(&rows[at..])
            } else {
                None
            };
            let Some((length, gutter)) = band else {
                plain.push(rows[at].clone());
                at += 1;
                continue;
            };
            let band = &rows[at..at + length];
            if is_prose(band, gutter) {
                // lines above that keep to one side belong to their column
                let middle = (gutter.0 + gutter.1) / 2.0;
                let beside = |row: &Row| {
                    let near = row.y() - band[0].y() < 40.0 * self.usual;
                    near && (row.segments.iter().all(|s| s.left > gutter.0)
                        || row.segments.iter().all(|s| s.right < gutter.1))
                        && !is_large(row, self.usual)
                };
                let above = plain.iter().rev().take_while(|row| beside(row)).count();
                let beside = plain.split_off(plain.len() - above);
                self.lines(&std::mem::take(&mut plain));
                let (mut left, mut right) = (Vec::new(), Vec::new());
                for row in beside.iter().chain(band) {
                    let (l, r): (Vec<Segment>, Vec<Segment>) = row
                        .segments
                        .iter()
                        .cloned()
                        .partition(|s| (s.left + s.right) / 2.0 < middle);
                    left.extend((!l.is_empty()).then_some(Row { segments: l }));
                    right.extend((!r.is_empty()).then_some(Row { segments: r }));
                }
                let sides = if self.manner.from_right {
                    [right, left]
                } else {
                    [left, right]
                };
                for side in sides {
                    self.read(&side, depth + 1);
                }
            } else {
                self.lines(&std::mem::take(&mut plain));
                self.table(band);
            }
            at += length;
        }
        self.lines(&plain);
    }

    /// Row by row, cell by cell. A row that lacks the first cell goes on with the one above.
    fn table(&mut self, rows: &[Row]) {
        let mut columns: Vec<Gap> = Vec::new();
        for segment in rows.iter().flat_map(|r| &r.segments) {
            columns.push((segment.left, segment.right));
        }
        columns.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut merged: Vec<Gap> = Vec::new();
        for column in columns {
            match merged.last_mut() {
                Some(last) if column.0 < last.1 => last.1 = last.1.max(column.1),
                _ => merged.push(column),
            }
        }
        let most = merged.len();
        let column = |s: &Segment| {
            let at = merged
                .iter()
                .position(|c| s.left < c.1)
                .unwrap_or(most.saturating_sub(1));
            if self.manner.from_right {
                most - 1 - at
            } else {
                at
            }
        };
        let mut cells: Vec<Vec<String>> = Vec::new();
        let mut above: Option<(f64, f64)> = None;
        for row in rows {
            let mut line = vec![String::new(); most];
            for segment in &row.segments {
                let cell = &mut line[column(segment)];
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&segment.text);
            }
            let close = above.is_some_and(|(y, size)| y - row.y() < 1.6 * size.max(row.size()));
            match cells.last_mut() {
                Some(last) if close && line[0].is_empty() => {
                    for (cell, more) in last
                        .iter_mut()
                        .zip(line)
                        .filter(|(_, more)| !more.is_empty())
                    {
                        join(cell, &more);
                    }
                }
                _ => cells.push(line),
            }
            above = Some((row.y(), row.size()));
        }
        for text in cells.into_iter().flatten().filter(|cell| !cell.is_empty()) {
            self.out.push(Para {
                text,
                hint: Some(BlockKind::Cell),
                open: false,
            });
        }
    }

    /// Lines below each other to paragraphs.
    fn lines(&mut self, rows: &[Row]) {
        let lines: Vec<Line> = rows.iter().map(|row| Line::new(row, self.manner)).collect();
        let Some(first) = lines.first() else { return };
        let left = lines.iter().map(|l| l.left).fold(first.left, f64::min);
        let right = lines.iter().map(|l| l.right).fold(first.right, f64::max);
        let leading = usual_leading(&lines);
        let from_right = self.manner.from_right;
        // how far a line stands in from where lines begin, and how much room is left at its end
        let indent = |l: &Line| {
            if from_right {
                right - l.right
            } else {
                l.left - left
            }
        };
        let room = |l: &Line| {
            if from_right {
                l.left - left
            } else {
                right - l.right
            }
        };
        let mut start = 0;
        for at in 1..=lines.len() {
            let parts = at == lines.len() || {
                let (above, line) = (&lines[at - 1], &lines[at]);
                let distance = above.y - line.y;
                let size = above.size.max(line.size);
                let resized = size / above.size.min(line.size) > RESIZED;
                let far = distance > leading * size * LEADING + 0.1
                    || distance > size * 2.2
                    || distance <= 0.0;
                let ends = ends_sentence(&above.text);
                let short = room(above) > 2.5 * size + line.first_word * 1.1;
                let indented = indent(line) > 0.9 * size
                    && indent(above) < 0.5 * size
                    && at - start >= 1
                    && ends;
                let first_indented =
                    at - start == 1 && indent(above) > 0.9 * size && indent(line) < 0.5 * size;
                let centred = !first_indented
                    && (indent(line) - indent(above)).abs() > 3.0 * size
                    && !ends
                    && size > self.usual * HEADING;
                let item = is_item(&line.text);
                resized
                    || far
                    || indented
                    || short
                        && (ends || item || room(above) > (right - left) * 0.35)
                        && !(centred && size > self.usual * HEADING)
                    || item && ends
            };
            if parts {
                self.paragraph(&lines[start..at], room(&lines[at - 1]));
                start = at;
            }
        }
    }

    fn paragraph(&mut self, lines: &[Line], room: f64) {
        let mut text = String::new();
        for line in lines {
            join(&mut text, &line.text);
        }
        if is_item(&text) {
            let sign = text.chars().next().map_or(0, char::len_utf8);
            text = format!("• {}", text[sign..].trim_start());
        }
        let size = lines.iter().map(|l| l.size).fold(0.0, f64::max);
        let chars = text.chars().count();
        let hint = match () {
            () if is_item(&text) => Some(BlockKind::ListItem),
            () if chars > 240 || ends_sentence(&text) && chars > 80 => None,
            () if size > self.usual * TITLE && !self.titled => Some(BlockKind::Title),
            () if size > self.usual * HEADING => Some(BlockKind::Heading),
            () => None,
        };
        self.titled |= hint == Some(BlockKind::Title);
        let open = hint.is_none() && !ends_sentence(&text) && room < 4.0 * size && chars > 30;
        self.out.push(Para { text, hint, open });
    }
}

fn is_large(row: &Row, usual: f64) -> bool {
    row.size() > usual * HEADING
}

struct Line {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    /// About how wide its first word is.
    first_word: f64,
}

impl Line {
    fn new(row: &Row, manner: Manner) -> Self {
        let text = whole(row, manner);
        let left = row.segments.first().map_or(0.0, |s| s.left);
        let right = row.segments.last().map_or(0.0, |s| s.right);
        let chars = text.chars().count().max(1);
        let word = text.split(' ').next().map_or(0, |w| w.chars().count());
        Self {
            first_word: (right - left) * word as f64 / chars as f64,
            text,
            left,
            right,
            y: row.y(),
            size: row.size(),
        }
    }
}

/// The distance that most lines have from the next, for each point of their size.
fn usual_leading(lines: &[Line]) -> f64 {
    let steps = lines
        .windows(2)
        .map(|pair| (pair[0].y - pair[1].y) / pair[0].size.max(pair[1].size));
    let mut steps: Vec<f64> = steps.filter(|step| *step > 0.0).collect();
    steps.sort_by(f64::total_cmp);
    // of a few distances the least is that of lines, of many the one that a third stay below
    steps
        .get(steps.len() / 3)
        .copied()
        .unwrap_or(f64::INFINITY)
        .min(steps.first().map_or(f64::INFINITY, |least| least * 1.6))
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '»', '”', '’', ')', ']', '\'', '“', ' ']);
    bare.ends_with(['.', '!', '?', '؟', '…', ':', '۔'])
}

fn is_item(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    let next = chars.next();
    match first {
        Some('•' | '‣' | '▪' | '◦' | '●' | '■' | '\u{F0B7}') => next.is_some(),
        Some('–' | '-' | '—' | '*') => next == Some(' '),
        _ => false,
    }
}

/// Puts a line after another; a word that was parted at the line's end is made whole.
pub(super) fn join(text: &mut String, line: &str) {
    if text.is_empty() {
        text.push_str(line);
        return;
    }
    let next = line.chars().next();
    let hyphen = text.ends_with(['-', '‐']);
    if text.ends_with('\u{AD}') || hyphen && parted(text, line) {
        text.pop();
    } else if !(hyphen
        && next.is_some_and(char::is_alphanumeric)
        && before_hyphen(text).is_some_and(char::is_alphanumeric))
    {
        text.push(' ');
    }
    text.push_str(line);
}

fn before_hyphen(text: &str) -> Option<char> {
    text.chars().rev().nth(1)
}

/// Whether a hyphen at a line's end only parts a word: small letters on both sides, at least two of each, and no other hyphen
/// in the word.
fn parted(text: &str, line: &str) -> bool {
    let bare = &text[..text.len() - text.chars().next_back().map_or(0, char::len_utf8)];
    let before = bare
        .rsplit(|c: char| c.is_whitespace())
        .next()
        .unwrap_or("");
    let after = line.split(|c: char| c.is_whitespace()).next().unwrap_or("");
    let small = |word: &str| word.chars().filter(|c| c.is_lowercase()).count() >= 2;
    let whole = |word: &str| !word.contains(['-', '‐']) && !word.chars().any(char::is_numeric);
    let letters = before.chars().next_back().is_some_and(char::is_lowercase)
        && after.chars().next().is_some_and(char::is_lowercase);
    letters && small(before) && small(after) && whole(before) && whole(after)
}

/// What lies free of a row, from the page's left to its right.
fn free(row: &Row) -> Vec<Gap> {
    let mut out = Vec::new();
    let mut left = f64::NEG_INFINITY;
    for segment in &row.segments {
        if segment.left > left {
            out.push((left, segment.left));
        }
        left = left.max(segment.right);
    }
    out.push((left, f64::INFINITY));
    out
}

/// Rows from the first on that leave a common gutter with text on both sides of it: how many, and the gutter.
fn band(rows: &[Row]) -> Option<(usize, Gap)> {
    let first = rows.first().filter(|row| row.segments.len() > 1)?;
    let size = first.size();
    let mut gutters: Vec<Gap> = free(first)
        .into_iter()
        .filter(|g| g.0.is_finite() && g.1.is_finite())
        .collect();
    let mut best = None;
    let mut both: Vec<usize> = vec![1; gutters.len()];
    for (nth, row) in rows.iter().enumerate().skip(1) {
        let open = free(row);
        let mut next = Vec::new();
        let mut next_both = Vec::new();
        for (gutter, both) in gutters.iter().zip(&both) {
            for gap in &open {
                let common = (gutter.0.max(gap.0), gutter.1.min(gap.1));
                if common.1 - common.0 >= GUTTER * size {
                    next.push(common);
                    let inner = gap.0.is_finite() && gap.1.is_finite();
                    next_both.push(both + usize::from(inner));
                }
            }
        }
        let far = rows[nth - 1].y() - row.y() > 12.0 * size;
        if next.is_empty() || far {
            break;
        }
        (gutters, both) = (next, next_both);
        let widest = (0..gutters.len()).max_by(|&a, &b| {
            let width = |at: usize| gutters[at].1 - gutters[at].0;
            both[a].cmp(&both[b]).then(width(a).total_cmp(&width(b)))
        })?;
        if both[widest] >= TABLE_ROWS {
            best = Some((nth + 1, gutters[widest], both[widest]));
        }
    }
    let (length, gutter, _) = best?;
    Some((length, gutter))
}

/// Whether the sides of a gutter are columns of running text rather than cells.
fn is_prose(rows: &[Row], gutter: Gap) -> bool {
    let middle = (gutter.0 + gutter.1) / 2.0;
    [true, false].into_iter().all(|left| {
        let own = |row: &Row| -> Vec<Segment> {
            let own = row
                .segments
                .iter()
                .filter(|s| ((s.left + s.right) / 2.0 < middle) == left);
            own.cloned().collect()
        };
        let lines: Vec<Vec<Segment>> = rows.iter().map(own).filter(|own| !own.is_empty()).collect();
        if lines.len() < COLUMN_ROWS {
            return false;
        }
        let width = |line: &[Segment]| line[line.len() - 1].right - line[0].left;
        let from = lines
            .iter()
            .map(|l| l[0].left)
            .fold(f64::INFINITY, f64::min);
        let to = lines
            .iter()
            .map(|l| l[l.len() - 1].right)
            .fold(f64::NEG_INFINITY, f64::max);
        let filled: f64 = lines.iter().map(|line| width(line)).sum();
        let parts = || lines.iter().flatten();
        let chars: usize = parts().map(|s| s.text.chars().count()).sum();
        chars >= COLUMN_CHARS * parts().count()
            && filled >= COLUMN_FILL * (to - from) * lines.len() as f64
    })
}
