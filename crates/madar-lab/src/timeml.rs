//! `timeml DIR --out DIR`: reads TimeML documents and writes them with TIMEX3 inline, and measures
//! against those that stand in them already: relaxed spans, and the values of those found.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_open::{Given, parse_stamp};
use madar_read::{Kit, Time, TimeKind};
use madar_text::Span;

use crate::corpora::bytes_of_points;
use crate::opened::Opened;

/// A TIMEX3 of the file: its span in the plain text, and its value.
struct Marked {
    span: Span,
    value: String,
}

/// Times of the file, found, with the same span, with the same value.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) found: u32,
    pub(crate) strict: u32,
    pub(crate) value: u32,
    pub(crate) system: u32,
    pub(crate) gold: u32,
}

pub(crate) fn timeml(
    folder: &Path,
    out: Option<&Path>,
    kit: &Kit,
    misses: bool,
) -> anyhow::Result<()> {
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    files.sort();
    if let Some(out) = out {
        std::fs::create_dir_all(out)?;
    }
    let mut all = Count::default();
    for file in &files {
        let mut count = Count::default();
        if let Some(shown) = answered(file, kit, misses, &mut count)?
            && let Some(out) = out
        {
            let name = file.file_name().context("a file has a name")?;
            std::fs::write(out.join(name), shown)?;
        }
        all.add(&count);
    }
    print!("{}", show(&all, files.len()));
    Ok(())
}

/// What was found in each document of a folder.
pub(crate) fn scores(folder: &Path, kit: &Kit) -> anyhow::Result<Vec<Count>> {
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    files.sort();
    let mut out = Vec::new();
    for file in &files {
        let mut count = Count::default();
        answered(file, kit, false, &mut count)?;
        out.push(count);
    }
    Ok(out)
}

impl Count {
    fn add(&mut self, other: &Count) {
        self.found += other.found;
        self.strict += other.strict;
        self.value += other.value;
        self.system += other.system;
        self.gold += other.gold;
    }
}

/// The file with the times found, counted against those in it; `None` where it holds no text.
fn answered(
    file: &Path,
    kit: &Kit,
    misses: bool,
    count: &mut Count,
) -> anyhow::Result<Option<String>> {
    let raw = std::fs::read_to_string(file)?;
    let Some((from, to)) = text_of(&raw) else {
        return Ok(None);
    };
    let (text, gold) = plain(&raw[from..to]);
    let published = created(&raw);
    let day = published.as_deref().map(|p| p.get(..10).unwrap_or(p));
    let given = Given {
        published: day.and_then(parse_stamp),
        ..Given::default()
    };
    let opened =
        Opened::text(text, &given).with_context(|| format!("cannot open {}", file.display()))?;
    let text = &opened.original;
    let reading = madar_read::read(&opened.document, kit);
    let at = bytes_of_points(text);
    let moved = |span: Span| {
        let (from, to) = opened.points(span);
        Span::from_range(at[from as usize]..at[to as usize])
    };
    let times: Vec<(Span, &Time)> = reading.times.iter().map(|t| (moved(t.span), t)).collect();
    compare(text, &gold, &times, misses, count);
    Ok(Some(format!(
        "{}{}{}",
        &raw[..from],
        inline(text, &times),
        &raw[to..]
    )))
}

fn walk(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if is_timeml(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// `a.tml`, and `a.tml.TE3input` as the contest hands texts out.
fn is_timeml(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".tml") || name.contains(".tml.")
}

/// Where the text of a document stands in its file.
fn text_of(raw: &str) -> Option<(usize, usize)> {
    let from = raw.find("<TEXT>")? + "<TEXT>".len();
    Some((from, raw.rfind("</TEXT>")?))
}

/// The day of creation: the value of the first TIMEX3, which the form puts into `DCT`.
fn created(raw: &str) -> Option<String> {
    let dct = raw.get(raw.find("<DCT>")?..raw.find("</DCT>")?)?;
    attribute(dct, "value")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let rest = tag.get(from..)?;
    Some(rest.get(..rest.find('"')?)?.to_owned())
}

/// The text without tags, its entities resolved, and the TIMEX3 in it.
fn plain(raw: &str) -> (String, Vec<Marked>) {
    let mut text = String::new();
    let mut gold = Vec::new();
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut rest = raw;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = [
            ("&amp;", "&"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&apos;", "'"),
        ]
        .into_iter()
        .find(|(name, _)| rest.starts_with(name));
        if let Some((name, sign)) = entity {
            text.push_str(sign);
            rest = &rest[name.len()..];
            continue;
        }
        let Some(end) = rest.find('>').filter(|_| rest.starts_with('<')) else {
            text.push_str(&rest[..1]);
            rest = &rest[1..];
            continue;
        };
        let tag = &rest[..end];
        if tag.starts_with("<TIMEX3") {
            open.push((text.len(), attribute(tag, "value").unwrap_or_default()));
        } else if tag.starts_with("</TIMEX3")
            && let Some((from, value)) = open.pop()
        {
            let span = Span::from_range(from..text.len());
            gold.push(Marked { span, value });
        }
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    (text, gold)
}

fn compare(text: &str, gold: &[Marked], times: &[(Span, &Time)], misses: bool, count: &mut Count) {
    let mut used = vec![false; times.len()];
    for marked in gold {
        let hit = (0..times.len()).find(|&i| !used[i] && times[i].0.overlaps(marked.span));
        let around = |span: Span| {
            let near = |at: usize, back: bool| {
                let mut at = if back {
                    at.saturating_sub(40)
                } else {
                    (at + 25).min(text.len())
                };
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (from, to) = (
                near(span.start as usize, true),
                near(span.end as usize, false),
            );
            text[from..to].replace('\n', " ")
        };
        let Some(at) = hit else {
            if misses {
                println!(
                    "MISS {:?} {} | {}",
                    marked.span.of(text),
                    marked.value,
                    around(marked.span)
                );
            }
            continue;
        };
        used[at] = true;
        let (span, time) = times[at];
        count.found += 1;
        count.strict += u32::from(span == marked.span);
        count.value += u32::from(time.value == marked.value);
        if misses && time.value != marked.value {
            println!(
                "VALUE {:?} {} for {} | {}",
                marked.span.of(text),
                time.value,
                marked.value,
                around(marked.span)
            );
        }
    }
    if misses {
        for (at, (span, time)) in times.iter().enumerate() {
            if !used[at] {
                println!("SPURIOUS {:?} {}", span.of(text), time.value);
            }
        }
    }
    count.system += u32::try_from(times.len()).unwrap_or(0);
    count.gold += u32::try_from(gold.len()).unwrap_or(0);
}

fn inline(text: &str, times: &[(Span, &Time)]) -> String {
    let escaped = |s: &str| {
        s.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let mut out = String::new();
    let mut done = 0;
    for (at, (span, time)) in times.iter().enumerate() {
        let (from, to) = (span.start as usize, span.end as usize);
        out.push_str(&escaped(&text[done..from]));
        let kind = match time.kind {
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
            _ if time.value.contains('T') && time.value.starts_with(char::is_numeric) => "TIME",
            _ => "DATE",
        };
        let _ = write!(
            out,
            "<TIMEX3 tid=\"t{}\" type=\"{kind}\" value=\"{}\">{}</TIMEX3>",
            at + 1,
            time.value,
            escaped(&text[from..to])
        );
        done = to;
    }
    out.push_str(&escaped(&text[done..]));
    out
}

fn show(count: &Count, files: usize) -> String {
    let ratio = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
    let f = |hit: u32| {
        let (p, r) = (ratio(hit, count.system), ratio(hit, count.gold));
        format!(
            "{p:.3} / {r:.3} / {:.3}",
            if p + r > 0.0 {
                2.0 * p * r / (p + r)
            } else {
                0.0
            }
        )
    };
    format!(
        "{files} documents, {} times\nrelaxed {}\nstrict  {}\nvalue   {}\n",
        count.gold,
        f(count.found),
        f(count.strict),
        f(count.value)
    )
}
