//! The contest's measure of task 3. A found fact pairs with one of the annotation when an argument is
//! the same; the pair is worth the share of arguments that both have. Names are the same up to two
//! letters, and any name of the thing in the document will do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::Answer;

/// Letters by which two values may differ, as in the contest's scripts.
const NEAR: usize = 2;
/// Values shorter than this must be equal: *США* is no *РФ*.
const SHORT: usize = 5;

struct Wanted {
    kind: String,
    /// Name and the values that are right.
    arguments: Vec<(String, Vec<String>)>,
}

#[derive(Default, Clone, Copy)]
struct Count {
    wanted: f64,
    found: f64,
    right: f64,
}

#[derive(Default)]
pub(super) struct Quality {
    by_kind: BTreeMap<String, Count>,
}

impl Quality {
    /// Scores the answers for one document.
    pub(super) fn add(&mut self, text: &Path, answers: &[Answer]) -> anyhow::Result<()> {
        let wanted = wanted(text)?;
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (w, fact) in wanted.iter().enumerate() {
            for (a, answer) in answers.iter().enumerate() {
                let worth = worth(fact, answer);
                if worth > 0.0 {
                    pairs.push((worth, w, a));
                }
            }
        }
        pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let (mut told, mut used) = (vec![false; wanted.len()], vec![false; answers.len()]);
        for (worth, w, a) in pairs {
            if !told[w] && !used[a] {
                (told[w], used[a]) = (true, true);
                self.count(&wanted[w].kind).right += worth;
            }
        }
        let print = std::env::var_os("MADAR_LAB_KEEP").is_some();
        let name = text.file_stem().unwrap_or_default().to_string_lossy();
        for (fact, told) in wanted.iter().zip(told) {
            self.count(&fact.kind).wanted += 1.0;
            if print && !told {
                println!("missed {name} {} {:?}", fact.kind, fact.arguments);
            }
        }
        for (answer, used) in answers.iter().zip(used) {
            self.count(answer.kind).found += 1.0;
            if print && !used {
                println!("wrong {name} {} {:?}", answer.kind, answer.arguments);
            }
        }
        Ok(())
    }

    fn count(&mut self, kind: &str) -> &mut Count {
        self.by_kind.entry(kind.to_owned()).or_default()
    }

    /// Right, found, wanted: of all facts, and of each kind.
    pub(super) fn numbers(&self) -> ([f64; 3], impl Iterator<Item = (&String, [f64; 3])>) {
        let numbers = |c: &Count| [c.right, c.found, c.wanted];
        let all = self.by_kind.values().map(numbers);
        let all = all.fold([0.0; 3], |a, c| [a[0] + c[0], a[1] + c[1], a[2] + c[2]]);
        (all, self.by_kind.iter().map(move |(k, c)| (k, numbers(c))))
    }

    pub(super) fn table(&self) -> String {
        let mut out = String::new();
        let mut all = Count::default();
        for (kind, count) in &self.by_kind {
            all.wanted += count.wanted;
            all.found += count.found;
            all.right += count.right;
            row(&mut out, kind, *count);
        }
        row(&mut out, "all", all);
        out
    }
}

fn row(out: &mut String, name: &str, count: Count) {
    let ratio = |a: f64, b: f64| if b == 0.0 { 0.0 } else { a / b };
    let (p, r) = (
        ratio(count.right, count.found),
        ratio(count.right, count.wanted),
    );
    let f = ratio(2.0 * p * r, p + r);
    let _ = writeln!(
        out,
        "{name}: {p:.3} / {r:.3} / {f:.3} ({:.1} of {} found, {} wanted)",
        count.right, count.found, count.wanted
    );
}

/// Shared arguments by all arguments.
fn worth(wanted: &Wanted, answer: &Answer) -> f64 {
    if wanted.kind != answer.kind {
        return 0.0;
    }
    let mut free = vec![true; wanted.arguments.len()];
    let mut shared = 0_u32;
    for (name, value) in &answer.arguments {
        let at = (0..free.len()).find(|&at| {
            let (other, values) = &wanted.arguments[at];
            free[at] && other == name && values.iter().any(|v| same(v, &normal(value)))
        });
        if let Some(at) = at {
            free[at] = false;
            shared += 1;
        }
    }
    let union = wanted.arguments.len() + answer.arguments.len();
    let union = u32::try_from(union).expect("facts have few arguments") - shared;
    f64::from(shared) / f64::from(union)
}

/// The facts of the annotation, plain and difficult, without the contest's parts of bodies.
fn wanted(text: &Path) -> anyhow::Result<Vec<Wanted>> {
    let spans = spans(&text.with_extension("spans"))?;
    let things = things(text)?;
    let mut out: Vec<Wanted> = Vec::new();
    for group in std::fs::read_to_string(text.with_extension("facts"))?.split("\n\n") {
        let mut lines = group.lines().filter(|l| !l.trim().is_empty());
        let Some(head) = lines.next() else { continue };
        let kind = head
            .split_whitespace()
            .nth(1)
            .unwrap_or_default()
            .to_lowercase();
        if !["occupation", "ownership", "deal", "meeting"].contains(&kind.as_str()) {
            continue;
        }
        let mut arguments = Vec::new();
        for line in lines {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            let name = name.to_lowercase();
            if !name.is_ascii() {
                continue;
            }
            let mut values: Vec<String> = Vec::new();
            for part in rest.split('|') {
                let part = part.trim();
                let (id, said) = part.split_once(' ').unwrap_or((part, ""));
                if let Some(id) = id.strip_prefix("span") {
                    values.extend(spans.get(id).cloned());
                    values.push(normal(said));
                } else if let Some(id) = id.strip_prefix("obj") {
                    values.extend(things.get(id).cloned().unwrap_or_default());
                    values.push(normal(said));
                } else {
                    values.push(normal(part));
                }
            }
            arguments.push((name, values));
        }
        out.push(Wanted { kind, arguments });
    }
    Ok(out)
}

/// The text of each span of the annotation.
fn spans(file: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let Some((left, right)) = line.split_once('#') else {
            continue;
        };
        let left: Vec<&str> = left.split_whitespace().collect();
        let [id, _, _, _, _, count] = left[..] else {
            continue;
        };
        let words = right.split_whitespace().skip(count.parse()?);
        out.insert(id.to_owned(), normal(&words.collect::<Vec<_>>().join(" ")));
    }
    Ok(out)
}

/// What each thing of the annotation may be called: its names, its class with them, the texts of its mentions.
fn things(text: &Path) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let whole: Vec<char> = std::fs::read_to_string(text)?.chars().collect();
    let mut places: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in std::fs::read_to_string(text.with_extension("spans"))?.lines() {
        let parts: Vec<&str> = line.split_whitespace().collect();
        if let [id, _, start, length, ..] = parts[..] {
            let start: usize = start.parse()?;
            places.insert(id.to_owned(), (start, start + length.parse::<usize>()?));
        }
    }
    let mut mentions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in std::fs::read_to_string(text.with_extension("objects"))?.lines() {
        let left = line.split('#').next().unwrap_or_default();
        let mut ids = left.split_whitespace();
        let Some(id) = ids.next() else { continue };
        let own: Vec<(usize, usize)> = ids.skip(1).filter_map(|i| places.get(i).copied()).collect();
        let said = |from: usize, to: usize| {
            let range = whole.get(from..to).unwrap_or_default();
            normal(&range.iter().collect::<String>())
        };
        let from = own.iter().map(|s| s.0).min().unwrap_or(0);
        let to = own.iter().map(|s| s.1).max().unwrap_or(0);
        let mut values = vec![said(from, to)];
        values.extend(
            own.iter()
                .filter(|_| own.len() == 1)
                .map(|s| said(s.0, s.1)),
        );
        mentions.insert(id.to_owned(), values);
    }
    let mut out = BTreeMap::new();
    for group in std::fs::read_to_string(text.with_extension("coref"))?.split("\n\n") {
        let mut lines = group.lines().filter(|l| !l.trim().is_empty());
        let Some(head) = lines.next() else { continue };
        let mut ids = head.split_whitespace();
        let Some(id) = ids.next() else { continue };
        let mut values: Vec<String> = ids
            .flat_map(|i| mentions.get(i).cloned().unwrap_or_default())
            .collect();
        let parts: Vec<(&str, &str)> = lines.filter_map(|l| l.split_once(' ')).collect();
        let of = |key: &str| {
            let all = parts.iter().filter(|p| p.0 == key);
            all.map(|p| normal(p.1)).collect::<Vec<_>>()
        };
        for name in of("name") {
            let classes = of("descriptor");
            values.extend(classes.iter().map(|class| format!("{class} {name}")));
            values.push(name);
        }
        values.extend(of("nickname"));
        for last in of("lastname") {
            for first in of("firstname") {
                values.push(format!("{first} {last}"));
                values.push(format!("{last} {first}"));
                values.extend(
                    of("patronymic")
                        .iter()
                        .map(|p| format!("{first} {p} {last}")),
                );
            }
            values.push(last);
        }
        out.insert(id.to_owned(), values);
    }
    Ok(out)
}

/// Lower case, е for ё, no quotation marks.
fn normal(text: &str) -> String {
    let kept = text.trim().to_lowercase().replace('ё', "е");
    let kept: String = kept.chars().filter(|c| !"«»\"“”„".contains(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn same(a: &str, b: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if x.len().min(y.len()) < SHORT {
        return a == b;
    }
    if x.len().abs_diff(y.len()) > NEAR {
        return false;
    }
    let mut row: Vec<usize> = (0..=y.len()).collect();
    for (i, c) in x.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, d) in y.iter().enumerate() {
            let swap = corner + usize::from(c != d);
            corner = row[j + 1];
            row[j + 1] = swap.min(row[j] + 1).min(corner + 1);
        }
    }
    row[y.len()] <= NEAR
}
