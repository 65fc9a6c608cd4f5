//! How well two names are told to be one: `madar-lab names`.
//!
//! The development pairs are split by entity. The *train* part is what weights and words may be
//! fitted to; the *dev* part holds the positives of the other entities and the negatives between
//! two of them. Negatives across the parts are used in neither, so the negatives that are left
//! weigh more, each by as much as brings its group back to the share it has in the file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_names::{Name, NameKind, SAME, Score, compare, score};

use crate::pairs::{Columns, kind_of};

/// One labelled pair.
pub(crate) struct Pair {
    pub(crate) a: Name,
    pub(crate) b: Name,
    pub(crate) same: bool,
    /// Scripts and kind: "AL person".
    pub(crate) group: String,
    pub(crate) part: Part,
    score: Score,
    /// What the pair counts; see the module.
    weight: f64,
}

/// Which part of the development pairs a pair belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    Train,
    Dev,
    Across,
}

/// What to print.
pub(crate) struct Options<'a> {
    /// Also prints so many wrong answers of the train part …
    pub(crate) wrong: usize,
    /// … of groups whose name contains this.
    pub(crate) only: &'a str,
    /// Also writes the tables to this file.
    pub(crate) out: Option<&'a Path>,
}

/// Prints the tables.
pub(crate) fn tables(file: &Path, options: &Options<'_>) -> anyhow::Result<()> {
    let mut pairs = load(file)?;
    for pair in &mut pairs {
        pair.score = score(&pair.a, &pair.b);
    }
    weigh(&mut pairs);
    let mut text = String::from("# Pairs of names: one or two?\n\n");
    text +=
        "Made by `madar-lab names`. Development pairs, names only, split by entity; P and R at ";
    text += "the one default threshold 0.70 for all scripts and kinds; A Arabic, C Cyrillic, L Latin.\n";
    for (part, title) in [
        (Part::Dev, "Dev part (not fitted to)"),
        (Part::Train, "Train part"),
    ] {
        writeln!(text, "\n## {title}\n")?;
        text += &table(&pairs, part)?;
    }
    print!("{text}");
    if let Some(out) = options.out {
        std::fs::write(out, &text).with_context(|| format!("cannot write {}", out.display()))?;
    }
    print_wrong(&pairs, options);
    Ok(())
}

/// Reads the labelled pairs.
pub(crate) fn load(file: &Path) -> anyhow::Result<Vec<Pair>> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut lines = text.lines();
    let columns = Columns::of(lines.next().context("the file is empty")?);
    let places = [
        "name_a", "name_b", "same", "schema", "script_a", "script_b", "origin", "ent_a", "ent_b",
    ];
    let places: Vec<usize> = places
        .iter()
        .map(|name| columns.place(name))
        .collect::<anyhow::Result<_>>()?;
    lines
        .enumerate()
        .map(|(number, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            let row: Option<Vec<&str>> = places.iter().map(|&at| cells.get(at).copied()).collect();
            row.as_deref()
                .and_then(pair)
                .with_context(|| format!("line {} has too few columns", number + 2))
        })
        .collect()
}

fn pair(row: &[&str]) -> Option<Pair> {
    let &[a, b, same, schema, script_a, script_b, origin, ent_a, ent_b] = row else {
        return None;
    };
    let kind = kind_of(schema);
    let part = match (is_odd(ent_a), is_odd(ent_b)) {
        (true, true) => Part::Dev,
        (false, false) => Part::Train,
        _ => Part::Across,
    };
    Some(Pair {
        a: Name::new(a, kind),
        b: Name::new(b, kind),
        same: same == "1",
        group: group(script_a, script_b, kind, origin),
        part,
        score: Score::ZERO,
        weight: 1.0,
    })
}

/// Half of the entities, by a hash of their ids: a split that never changes.
pub(crate) fn is_odd(id: &str) -> bool {
    blake3::hash(id.as_bytes()).as_bytes()[0] % 2 == 1
}

fn group(script_a: &str, script_b: &str, kind: NameKind, origin: &str) -> String {
    if origin.starts_with("nk") {
        return "nomenklatura's own".to_owned();
    }
    let letter = |script: &str| script.chars().next().unwrap_or('?');
    let mut scripts = [letter(script_a), letter(script_b)];
    scripts.sort_unstable();
    let kind = match kind {
        NameKind::Person => "person",
        _ => "organisation",
    };
    format!("{}{} {kind}", scripts[0], scripts[1])
}

/// Gives the negatives of a part the share that they have in the file, group by group.
fn weigh(pairs: &mut [Pair]) {
    let mut counts: BTreeMap<(String, usize, bool), f64> = BTreeMap::new();
    for pair in pairs.iter() {
        for part in [0, 1 + usize::from(pair.part == Part::Dev)] {
            if part == 0 || pair.part != Part::Across {
                let key = (pair.group.clone(), part, pair.same);
                *counts.entry(key).or_default() += 1.0;
            }
        }
    }
    for pair in pairs
        .iter_mut()
        .filter(|p| !p.same && p.part != Part::Across)
    {
        let part = 1 + usize::from(pair.part == Part::Dev);
        let count = |part, same| {
            let found = counts.get(&(pair.group.clone(), part, same));
            found.copied().unwrap_or(0.0)
        };
        let wanted = count(part, true) * count(0, false) / count(0, true).max(1.0);
        pair.weight = wanted / count(part, false).max(1.0);
    }
}

fn table(pairs: &[Pair], part: Part) -> anyhow::Result<String> {
    let mut groups: BTreeMap<&str, Vec<&Pair>> = BTreeMap::new();
    for pair in pairs.iter().filter(|p| p.part == part) {
        groups.entry("all").or_default().push(pair);
        groups.entry(&pair.group).or_default().push(pair);
    }
    let mut text =
        String::from("| group | same | different | P | R | F1 | R at P .95 | R at P .99 |\n");
    text += "|---|---|---|---|---|---|---|---|\n";
    for (group, pairs) in groups {
        let figures = Figures::of(&pairs);
        let different = pairs.iter().filter(|p| !p.same).count();
        writeln!(
            text,
            "| {group} | {} | {different} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
            pairs.len() - different,
            figures.precision,
            figures.recall,
            figures.f1(),
            recall_at(&pairs, 0.95),
            recall_at(&pairs, 0.99),
        )?;
    }
    Ok(text)
}

struct Figures {
    precision: f64,
    recall: f64,
}

impl Figures {
    fn of(pairs: &[&Pair]) -> Figures {
        let sum = |what: &dyn Fn(&Pair) -> bool| -> f64 {
            let taken = pairs.iter().filter(|p| what(p));
            taken.map(|p| p.weight).sum()
        };
        let right = sum(&|p| p.same && p.score >= SAME);
        Figures {
            precision: right / sum(&|p| p.score >= SAME),
            recall: right / sum(&|p| p.same),
        }
    }

    fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall)
    }
}

/// The best recall at any threshold whose precision is at least `precision`.
fn recall_at(pairs: &[&Pair], precision: f64) -> f64 {
    let mut sorted: Vec<&&Pair> = pairs.iter().collect();
    sorted.sort_by_key(|p| std::cmp::Reverse(p.score));
    let (mut right, mut best, mut seen) = (0.0, 0.0, 0.0);
    for (i, pair) in sorted.iter().enumerate() {
        seen += pair.weight;
        right += if pair.same { pair.weight } else { 0.0 };
        let next = sorted.get(i + 1);
        if next.is_none_or(|next| next.score != pair.score) && right / seen >= precision {
            best = right;
        }
    }
    let all: f64 = pairs.iter().filter(|p| p.same).map(|p| p.weight).sum();
    best / all
}

fn print_wrong(pairs: &[Pair], options: &Options<'_>) {
    let wrong = pairs.iter().filter(|p| {
        p.part == Part::Train && p.group.contains(options.only) && p.same != (p.score >= SAME)
    });
    let all: Vec<&Pair> = wrong.collect();
    let step = (all.len() / options.wrong.max(1)).max(1);
    for pair in all.iter().step_by(step).take(options.wrong) {
        let label = if pair.same { "MISSED" } else { "FALSE " };
        println!(
            "{label} {} | {} | {}",
            pair.a.text(),
            pair.b.text(),
            compare(&pair.a, &pair.b).explain()
        );
    }
}

/// What this thread has computed so far, in seconds of CPU; what other programs do does not count.
pub(crate) fn cpu_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let nanoseconds = u32::try_from(time.tv_nsec).unwrap_or(0);
    let seconds = u32::try_from(time.tv_sec).unwrap_or(0);
    f64::from(seconds) + f64::from(nanoseconds) / 1e9
}
