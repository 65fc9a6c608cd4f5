//! Glyphs to lines of text in the order in which they are read. Where a glyph stands decides, not where it comes in the
//! content: some producers write Arabic from right to left, others as it looks from left to right.
//!
//! What stands from left to right as `تيوك يف 2025` is read *في كويت 2025* from the right, its number from the left.

use madar_text::Script;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::content::Glyph;

/// Parts of the text's size: a gap that is a space, one that parts columns or cells, how far from the line a raised number
/// stands, how near two copies of a glyph are that make it bold.
const SPACE: f64 = 0.17;
/// The same in a line that has spaces of its own: letters that reach over each other leave gaps too.
const SPACE_BESIDE_OTHERS: f64 = 0.45;
const WIDE: f64 = 1.1;
const RAISED: f64 = 0.42;
const DOUBLED: f64 = 0.12;

/// A stretch of a line without a wide gap.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) y: f64,
    pub(super) size: f64,
}

/// The segments of one baseline, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) segments: Vec<Segment>,
}

impl Row {
    pub(super) fn y(&self) -> f64 {
        self.segments.first().map_or(0.0, |s| s.y)
    }

    pub(super) fn size(&self) -> f64 {
        self.segments.iter().map(|s| s.size).fold(0.0, f64::max)
    }
}

/// How a page is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    /// Most of its letters are read from the right.
    pub(super) from_right: bool,
    /// Letters of its Arabic words stand in the order of reading from left to right: a layer that nobody sees.
    backwards: bool,
    /// Its brackets are named as they look.
    mirrored: bool,
}

/// A glyph with its marks, its place on the page turned upright.
#[derive(Clone, Debug)]
struct Atom {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    nth: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Right,
    Left,
    Digit,
    Neutral,
    Space,
}

/// The rows of a page from the top, and how it is read.
pub(super) fn rows(glyphs: Vec<Glyph>) -> (Vec<Row>, Manner) {
    let lines = baselines(atoms(upright(glyphs)));
    let all = || lines.iter().flatten();
    let letters = |kind| all().filter(|a| self::kind(&a.text) == kind).count();
    let mut manner = Manner {
        from_right: letters(Kind::Right) > letters(Kind::Left),
        backwards: false,
        mirrored: false,
    };
    let plain = laid(&lines, manner);
    manner.backwards = reads_backwards(&plain);
    let as_named = if manner.backwards {
        laid(&lines, manner)
    } else {
        plain
    };
    let crossed = |rows: &[Row]| {
        rows.iter()
            .flat_map(|r| &r.segments)
            .map(|s| crossed(&s.text))
            .sum::<usize>()
    };
    let mirrored = Manner {
        mirrored: true,
        ..manner
    };
    let as_seen = laid(&lines, mirrored);
    if crossed(&as_seen) < crossed(&as_named) {
        return (as_seen, mirrored);
    }
    (as_named, manner)
}

/// Glyphs of the direction in which most are written, turned so that it is level; others are watermarks and the like.
fn upright(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let turn = |g: &Glyph| match () {
        () if g.dx.abs() >= g.dy.abs() * 8.0 => Some(if g.dx < 0.0 { 2 } else { 0 }),
        () if g.dy.abs() >= g.dx.abs() * 8.0 => Some(if g.dy < 0.0 { 3 } else { 1 }),
        () => None,
    };
    let mut counts = [0_usize; 4];
    for glyph in glyphs.iter().filter(|g| g.dx.abs() + g.dy.abs() > 0.0) {
        if let Some(turn) = turn(glyph) {
            counts[turn] += 1;
        }
    }
    let best = (0..4).rev().max_by_key(|&t| counts[t]).unwrap_or(0);
    let kept = glyphs
        .into_iter()
        .filter(|g| g.dx.abs() + g.dy.abs() == 0.0 || turn(g) == Some(best));
    kept.map(|g| {
        let around = |x: f64, y: f64| match best {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        let ((x, y), (dx, dy)) = (around(g.x, g.y), around(g.dx, g.dy));
        Glyph { x, y, dx, dy, ..g }
    })
    .collect()
}

/// Which neighbour in the content a mark belongs to: producers differ.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// Glyphs as characters: presentation forms taken apart, marks put to their letters, copies left out.
fn atoms(glyphs: Vec<Glyph>) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::with_capacity(glyphs.len());
    let mut marks = Vec::new();
    for (nth, glyph) in glyphs.into_iter().enumerate() {
        let text = plain(&glyph.text);
        if text.is_empty() {
            continue;
        }
        let atom = Atom {
            left: glyph.x.min(glyph.x + glyph.dx),
            right: glyph.x.max(glyph.x + glyph.dx),
            y: glyph.y,
            size: glyph.size.max(0.1),
            text,
            nth,
        };
        let thin = atom.right - atom.left < atom.size * 0.05;
        if atom.text.chars().all(is_combining_mark) || thin && !atom.text.trim().is_empty() {
            marks.push(atom);
            continue;
        }
        let near = atom.size * DOUBLED;
        let copy = |a: &Atom| {
            a.text == atom.text && (a.left - atom.left).abs() < near && (a.y - atom.y).abs() < near
        };
        let last = out.iter().rev().take(80);
        if atom.text.trim().is_empty() || !last.into_iter().any(copy) {
            out.push(atom);
        }
    }
    put_marks(&mut out, marks);
    out
}

/// Puts each mark to the letter before or after it in the content, whichever most marks of the page stand at.
fn put_marks(atoms: &mut Vec<Atom>, marks: Vec<Atom>) {
    let find = |atoms: &[Atom], mark: &Atom, side: Side| {
        let next = atoms.partition_point(|a| a.nth < mark.nth);
        let at = match side {
            Side::Before => next.checked_sub(1)?,
            Side::After => next,
        };
        let base = atoms.get(at)?;
        let apart = (base.left - mark.right).max(mark.left - base.right);
        let near = base.nth.abs_diff(mark.nth) <= 3
            && apart < base.size * 0.3
            && (base.y - mark.y).abs() < mark.size * 1.2;
        (near && !base.text.trim().is_empty()).then_some(at)
    };
    let (mut before, mut after) = (0_usize, 0_usize);
    for mark in &marks {
        match (
            find(atoms, mark, Side::Before),
            find(atoms, mark, Side::After),
        ) {
            (Some(_), None) => before += 1,
            (None, Some(_)) => after += 1,
            _ => {}
        }
    }
    let sides = if after > before {
        [Side::After, Side::Before]
    } else {
        [Side::Before, Side::After]
    };
    let mut alone = Vec::new();
    for mark in marks {
        let found = sides.into_iter().find_map(|side| find(atoms, &mark, side));
        let signs: String = mark
            .text
            .chars()
            .filter(|&c| is_combining_mark(c))
            .collect();
        let letters: String = mark
            .text
            .chars()
            .filter(|&c| !is_combining_mark(c))
            .collect();
        match found {
            // some name a mark by its letter and itself, or a part of a letter by the letter
            Some(at) if letters.is_empty() || atoms[at].text.contains(&letters) => {
                atoms[at].text.push_str(&signs);
            }
            _ if letters.is_empty() => {}
            _ => alone.push(mark),
        }
    }
    if !alone.is_empty() {
        atoms.extend(alone);
        atoms.sort_by_key(|a| a.nth);
    }
}

/// The characters that a glyph stands for. A lam-alef that is named the wrong way round is turned: no glyph joins an alef to
/// a lam after it.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FB00}'..='\u{FB06}' => {
                out.extend(std::iter::once(c).nfkc().filter(|c| *c != ' '));
            }
            '\u{A0}' | '\u{2000}'..='\u{200A}' | '\t' => out.push(' '),
            '\u{AD}' => out.push(c),
            _ if c.is_control() || madar_text::is_invisible(c) => {}
            _ => out.push(c),
        }
    }
    let mut chars = out.chars();
    if let (Some(alef @ ('ا' | 'أ' | 'إ' | 'آ')), Some('ل'), None) =
        (chars.next(), chars.next(), chars.next())
    {
        return format!("ل{alef}");
    }
    out
}

/// Atoms by baseline from the top, each from left to right.
fn baselines(mut atoms: Vec<Atom>) -> Vec<Vec<Atom>> {
    atoms.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.nth.cmp(&b.nth)));
    let mut out: Vec<Vec<Atom>> = Vec::new();
    let (mut y, mut size) = (f64::INFINITY, 0.0_f64);
    for atom in atoms {
        if out.is_empty() || y - atom.y > RAISED * size.max(atom.size) {
            out.push(Vec::new());
            (y, size) = (atom.y, 0.0);
        }
        // a raised number must not draw the line below to it
        if atom.size > size {
            (y, size) = (atom.y, atom.size);
        }
        out.last_mut().expect("one was pushed").push(atom);
    }
    for line in &mut out {
        let rising = line.iter().filter(|a| kind(&a.text) == Kind::Right);
        let mut steps = 0_i64;
        let mut by_order: Vec<&Atom> = rising.collect();
        by_order.sort_by_key(|a| a.nth);
        for pair in by_order.windows(2) {
            steps += if pair[1].left > pair[0].left { 1 } else { -1 };
        }
        line.sort_by(|a, b| {
            let order = if steps < 0 {
                b.nth.cmp(&a.nth)
            } else {
                a.nth.cmp(&b.nth)
            };
            a.left.total_cmp(&b.left).then(order)
        });
    }
    out
}

/// Lines to rows: cut at wide gaps, each part in the order of reading.
fn laid(lines: &[Vec<Atom>], manner: Manner) -> Vec<Row> {
    let mut out = Vec::new();
    for line in lines {
        let mut row = Row::default();
        let mut part: Vec<&Atom> = Vec::new();
        let mut right = f64::NEG_INFINITY;
        for atom in line.iter().filter(|a| !a.text.trim().is_empty()) {
            if !part.is_empty() && atom.left - right > WIDE * atom.size.max(part[0].size) {
                row.segments.extend(segment(&part, line, manner));
                part.clear();
            }
            right = right.max(atom.right);
            part.push(atom);
        }
        row.segments.extend(segment(&part, line, manner));
        if !row.segments.is_empty() {
            out.push(row);
        }
    }
    out
}

fn segment(part: &[&Atom], line: &[Atom], manner: Manner) -> Option<Segment> {
    let (first, rightmost) = (part.first()?, part.last()?);
    let size = part.iter().map(|a| a.size).fold(0.0, f64::max);
    let mut shown: Vec<(Kind, &str)> = Vec::new();
    let mut right = f64::INFINITY;
    let spaces: Vec<(f64, usize)> = line
        .iter()
        .filter(|a| a.text.trim().is_empty())
        .map(|a| ((a.left + a.right) / 2.0, a.nth))
        .collect();
    let gap = if spaces.len() * 15 >= line.len() {
        SPACE_BESIDE_OTHERS
    } else {
        SPACE
    };
    let mut last: Option<&Atom> = None;
    for atom in part {
        let spaced = last.is_some_and(|last| {
            let (low, high) = (last.nth.min(atom.nth), last.nth.max(atom.nth));
            spaces.iter().any(|&(at, nth)| {
                let between =
                    at > right - 0.05 * size && at < atom.left + 0.3 * atom.size && at < atom.right;
                between
                    || nth > low
                        && nth < high
                        && high - low < 5
                        && at > last.left
                        && at < atom.right
            })
        });
        // a change of script is often one of fonts, and the space between falls to neither
        let crosses = last.is_some_and(|last| {
            (kind(&last.text) == Kind::Right) != (kind(&atom.text) == Kind::Right)
        });
        let gap = if crosses { SPACE } else { gap };
        last = Some(atom);
        if right.is_finite() && (spaced || atom.left - right > gap * atom.size.min(size)) {
            shown.push((Kind::Space, " "));
        }
        right = if right.is_finite() {
            right.max(atom.right)
        } else {
            atom.right
        };
        shown.push((kind(&atom.text), &atom.text));
    }
    let text = ordered(&shown, manner);
    // a hamza that no letter took is one that its letter has already
    let text: String = text
        .nfc()
        .filter(|c| !matches!(c, '\u{653}'..='\u{655}'))
        .collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then(|| Segment {
        text,
        left: first.left,
        right: right.max(rightmost.right),
        y: first.y,
        size,
    })
}

fn kind(text: &str) -> Kind {
    if text.trim().is_empty() {
        return Kind::Space;
    }
    let mut kind = Kind::Neutral;
    for c in text.chars() {
        if c.is_numeric() {
            kind = Kind::Digit;
        } else if c.is_alphabetic() {
            let script = Script::of(c);
            let hebrew = ('\u{590}'..='\u{5FF}').contains(&c);
            return if script == Some(Script::Arabic) || hebrew {
                Kind::Right
            } else {
                Kind::Left
            };
        }
    }
    kind
}

/// What stands from left to right, in the order of reading.
fn ordered(shown: &[(Kind, &str)], manner: Manner) -> String {
    let strong = |s: &&(Kind, &str)| matches!(s.0, Kind::Right | Kind::Left);
    let ends = [shown.iter().find(strong), shown.iter().rev().find(strong)];
    let right = |s: &Option<&(Kind, &str)>| s.is_some_and(|s| s.0 == Kind::Right);
    let from_right = match ends[0] {
        None => manner.from_right,
        Some(_) if manner.from_right => shown.iter().any(|s| s.0 == Kind::Right),
        Some(_) => ends.iter().all(right),
    };
    let mut out = String::new();
    if from_right {
        from_the_right(shown, manner, &mut out);
        return out;
    }
    // stretches read from the right within what is read from the left
    let mut at = 0;
    while at < shown.len() {
        if shown[at].0 != Kind::Right {
            out.push_str(shown[at].1);
            at += 1;
            continue;
        }
        let end = shown[at..].iter().take_while(|s| s.0 != Kind::Left).count() + at;
        let end = shown[at..end]
            .iter()
            .rposition(|s| s.0 == Kind::Right)
            .map_or(at + 1, |last| at + last + 1);
        from_the_right(&shown[at..end], manner, &mut out);
        at = end;
    }
    out
}

fn from_the_right(shown: &[(Kind, &str)], manner: Manner, out: &mut String) {
    let mut end = shown.len();
    while end > 0 {
        let (kind, text) = shown[end - 1];
        match kind {
            Kind::Left | Kind::Digit => {
                let start = group(shown, end);
                let start = falls(shown, start, end).unwrap_or(start);
                for (_, text) in &shown[start..end] {
                    out.push_str(text);
                }
                end = start;
            }
            Kind::Right if manner.backwards => {
                let word = shown[..end]
                    .iter()
                    .rev()
                    .take_while(|s| s.0 == Kind::Right)
                    .count();
                for (_, text) in &shown[end - word..end] {
                    out.push_str(text);
                }
                end -= word;
            }
            // a sign of per cent to the right of its number is read after it
            Kind::Neutral
                if matches!(text, "%" | "٪")
                    && end > 1
                    && shown[end - 2].0 == Kind::Digit
                    && !out.ends_with(char::is_numeric) =>
            {
                let start = group(shown, end - 1);
                for (_, text) in &shown[start..end] {
                    out.push_str(text);
                }
                end = start;
            }
            _ => {
                if manner.mirrored && kind == Kind::Neutral {
                    out.extend(text.chars().map(mirrored));
                } else {
                    out.push_str(text);
                }
                end -= 1;
            }
        }
    }
}

/// Where a stretch begins that ends before `end` and is read from the left: words of Latin or Cyrillic letters with what
/// stands between them, a number with its signs.
fn group(shown: &[(Kind, &str)], end: usize) -> usize {
    let mut start = end - 1;
    let mut worded = shown[start].0 == Kind::Left;
    while start > 0 {
        let before = &shown[..start];
        let gap = before
            .iter()
            .rev()
            .take_while(|s| matches!(s.0, Kind::Neutral | Kind::Space))
            .count();
        let Some(next) = before.len().checked_sub(gap + 1) else {
            break;
        };
        let between = &shown[next + 1..start];
        let joins = match shown[next].0 {
            Kind::Left => {
                gap == 0
                    || worded && joins_words(between)
                    || !worded
                        && joins_words(between)
                        && between.iter().all(|s| s.0 == Kind::Space || s.1 == "-")
            }
            Kind::Digit => {
                gap == 0
                    || is_of_number(between)
                    || worded
                        && before[..=next].iter().rev().any(|s| s.0 == Kind::Left)
                        && joins_words(between)
                        && left_of_digits(before, next)
            }
            _ => false,
        };
        if !joins {
            break;
        }
        worded |= shown[next].0 == Kind::Left;
        start = next;
    }
    start
}

/// Whether the digits that end at `at` follow a word read from the left: *Boeing 737 MAX*.
fn left_of_digits(before: &[(Kind, &str)], at: usize) -> bool {
    let rest = before[..=at]
        .iter()
        .rev()
        .skip_while(|s| matches!(s.0, Kind::Digit | Kind::Neutral | Kind::Space));
    rest.into_iter().next().is_some_and(|s| s.0 == Kind::Left)
}

fn joins_words(between: &[(Kind, &str)]) -> bool {
    !between.iter().any(|s| matches!(s.1, "،" | "؛" | "؟"))
}

/// Whether digits from `start` to `end` would be read with the later year first: *2026-2022*.
fn falls(shown: &[(Kind, &str)], start: usize, end: usize) -> Option<usize> {
    let year = |part: &[(Kind, &str)]| -> Option<u16> {
        let digits: String = part.iter().map(|s| s.1).collect();
        let digits = madar_text::fold(&digits);
        (digits.len() == 4)
            .then(|| digits.parse().ok())
            .flatten()
            .filter(|year| (1000..2200).contains(year))
    };
    let later = year(&shown[start..end])?;
    let dash = start
        .checked_sub(1)
        .filter(|&at| matches!(shown[at].1, "-" | "–" | "‑"))?;
    let digits = shown[..dash]
        .iter()
        .rev()
        .take_while(|s| s.0 == Kind::Digit)
        .count();
    let earlier = year(&shown[dash - digits..dash])?;
    (earlier < later).then_some(dash - digits)
}

/// `1,250.75`, `15/8/2025`, `10:30`: one sign between two digits.
fn is_of_number(between: &[(Kind, &str)]) -> bool {
    matches!(
        between,
        [(
            Kind::Neutral,
            "." | "," | "/" | ":" | "٫" | "٬" | "\u{202F}" | "’" | "'"
        )]
    )
}

fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 8] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('«', '»'),
        ('‹', '›'),
        ('<', '>'),
        ('﴾', '﴿'),
        ('≤', '≥'),
    ];
    let other = PAIRS.iter().find_map(|&(a, b)| match c {
        _ if c == a => Some(b),
        _ if c == b => Some(a),
        _ => None,
    });
    other.unwrap_or(c)
}

/// Brackets of a text that close before they open or open and never close.
fn crossed(text: &str) -> usize {
    let has_right = text.chars().any(|c| Script::of(c) == Some(Script::Arabic));
    let (mut open, mut crossed) = (0_usize, 0);
    for c in text.chars().filter(|_| has_right) {
        match c {
            '(' | '[' | '«' => open += 1,
            ')' | ']' | '»' if open > 0 => open -= 1,
            ')' | ']' | '»' => crossed += 1,
            _ => {}
        }
    }
    crossed + open
}

/// ة and ى stand at the end of words and ال at the beginning; where it is the other way round, the letters are.
fn reads_backwards(rows: &[Row]) -> bool {
    let (mut forwards, mut backwards) = (0_usize, 0_usize);
    let texts = rows.iter().flat_map(|row| &row.segments);
    for word in texts.flat_map(|s| s.text.split(|c: char| !c.is_alphabetic())) {
        let mut chars = word.chars();
        let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else {
            continue;
        };
        if chars.count() == 0 || Script::of(first) != Some(Script::Arabic) {
            continue;
        }
        let closes = |c: char| usize::from(matches!(c, 'ة' | 'ى'));
        forwards += closes(last) + usize::from(word.starts_with("ال"));
        backwards += closes(first) + usize::from(word.ends_with("لا"));
    }
    backwards >= 3 && backwards > 2 * forwards
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs ten units wide that stand from left to right as the text is written here.
    fn shown(visual: &str) -> Vec<Glyph> {
        let glyph = |(nth, c): (u32, char)| Glyph {
            text: c.to_string(),
            x: f64::from(nth) * 10.0,
            y: 100.0,
            dx: 10.0,
            dy: 0.0,
            size: 12.0,
        };
        (0..).zip(visual.chars()).map(glyph).collect()
    }

    fn check(visual: &str, expected: &str) {
        for reversed in [false, true] {
            let mut glyphs = shown(visual);
            if reversed {
                glyphs.reverse();
            }
            let (rows, _) = rows(glyphs);
            let told: Vec<&str> = rows
                .iter()
                .flat_map(|r| &r.segments)
                .map(|s| s.text.as_str())
                .collect();
            assert_eq!(told.join(" | "), expected, "{visual}");
        }
    }

    fn reversed(text: &str) -> String {
        text.chars().rev().collect()
    }

    #[test]
    fn arabic_is_read_from_the_right_and_numbers_from_the_left() {
        check(
            &format!("2025 {} 15 {}", reversed("أغسطس"), reversed("الكويت في")),
            "الكويت في 15 أغسطس 2025",
        );
        check(
            &format!("{} 1,250.75 {}", reversed("دولار"), reversed("بلغ المبلغ")),
            "بلغ المبلغ 1,250.75 دولار",
        );
        check(
            &format!("15/08/2025 {}", reversed("في يوم")),
            "في يوم 15/08/2025",
        );
        check(&format!("%9.9 {}", reversed("حصة بنسبة")), "حصة بنسبة 9.9%");
        check(&format!("{} 50%", reversed("من الأسهم")), "50% من الأسهم");
        check(&format!("2025-2024 {}", reversed("عامي")), "عامي 2024-2025");
    }

    #[test]
    fn words_of_other_scripts_keep_their_order() {
        check(
            &format!(
                "{} Exxon Mobil Corp {}",
                reversed("أمس"),
                reversed("قالت شركة")
            ),
            "قالت شركة Exxon Mobil Corp أمس",
        );
        check(
            &format!("{} Boeing 737 MAX {}", reversed("أمس"), reversed("طائرة")),
            "طائرة Boeing 737 MAX أمس",
        );
        check(
            &format!("The word {} means port", reversed("ميناء جديد")),
            "The word ميناء جديد means port",
        );
        check(
            "Port sold for 1,250.75 dollars",
            "Port sold for 1,250.75 dollars",
        );
    }

    #[test]
    fn brackets_open_before_they_close() {
        let visual = format!(
            "{} ({}) {}",
            reversed("أمس"),
            reversed("رويترز"),
            reversed("قالت وكالة")
        );
        check(&visual, "قالت وكالة (رويترز) أمس");
        let named = visual.replace('(', "#").replace(')', "(").replace('#', ")");
        check(&named, "قالت وكالة (رويترز) أمس");
    }

    #[test]
    fn forms_are_letters_and_lam_alef_keeps_its_order() {
        check(
            "\u{FEE9}\u{FEFB}\u{FE8D}",
            "الاة"
                .replace('ة', "ه")
                .as_str()
                .trim_start_matches('\u{200B}'),
        );
        let mut glyphs = shown("xدلابلا");
        glyphs.remove(0);
        glyphs[1].text = "ال".to_owned(); // one glyph, named the wrong way round
        glyphs.remove(2);
        let (rows, _) = rows(glyphs);
        assert_eq!(rows[0].segments[0].text.replace(' ', ""), "البلاد");
    }

    #[test]
    fn marks_go_to_their_letters() {
        let mut glyphs = shown("دمحم");
        let mark = Glyph {
            text: "\u{64F}".to_owned(),
            x: 34.0,
            dx: 0.0,
            ..glyphs[3].clone()
        };
        glyphs.push(mark);
        assert_eq!(rows(glyphs).0[0].segments[0].text, "مُحمد");
    }
}
