//! Screening at scale: `madar-lab names-screen`. Synthetic entities, made of the words of listed people's
//! names put together anew; what an index of them takes and how fast names are held against it.
//!
//! How well names are found is `screening`'s to measure.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_names::{Against, Index, Name, NameKind, SAME, Script};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::names::cpu_seconds;
use crate::names_lists::{Entry, load};

/// Queries of the timing.
const ASKED: usize = 2_000;

/// Prints the table; also writes it to `out`.
pub(crate) fn run(lists: &Path, count: usize, out: Option<&Path>) -> anyhow::Result<()> {
    let text = scale(&load(lists)?, count)?;
    print!("{text}");
    if let Some(out) = out {
        std::fs::write(out, &text).with_context(|| format!("cannot write {}", out.display()))?;
    }
    Ok(())
}

fn speed(times: &mut [f64], candidates: usize) -> anyhow::Result<String> {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() - 1) * share / 1000] * 1e3;
    let total: f64 = times.iter().sum();
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    Ok(format!(
        "\nOne query, CPU time of the thread: p50 {:.3} ms, p99 {:.3} ms, longest {:.3} ms;\n{:.0} names a second on one core; {:.1} candidates a query.\n",
        at(500),
        at(990),
        at(1000),
        number(times.len()) / total,
        number(candidates) / number(times.len())
    ))
}

/// Names of politicians that no list has written so; some of them may be listed all the same.
pub(crate) fn unlisted(entries: &[Entry], pairs: &Path, limit: usize) -> anyhow::Result<Vec<Name>> {
    let listed: FxHashSet<String> = entries
        .iter()
        .flat_map(|e| {
            e.names
                .iter()
                .map(|n| Name::new(n, e.kind).folded().to_owned())
        })
        .collect();
    let pairs = std::fs::read_to_string(pairs)
        .with_context(|| format!("cannot read {}", pairs.display()))?;
    let mut politicians: Vec<(blake3::Hash, &str)> = pairs
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| cells.get(6) == Some(&"ep") && cells[7] == cells[8])
        .map(|cells| (blake3::hash(cells[7].as_bytes()), cells[0]))
        .collect();
    politicians.sort_by_key(|p| *p.0.as_bytes());
    politicians.dedup_by_key(|p| p.0);
    let names = politicians
        .iter()
        .map(|(_, text)| Name::new(text, NameKind::Person));
    let names = names.filter(|n| !listed.contains(n.folded()) && n.parts().len() > 1);
    Ok(names.take(limit).collect())
}

fn scale(entries: &[Entry], count: usize) -> anyhow::Result<String> {
    let persons = entries.iter().filter(|e| e.kind == NameKind::Person);
    let mut words: FxHashMap<Script, Vec<String>> = FxHashMap::default();
    for text in persons.flat_map(|e| &e.names) {
        let name = Name::new(text, NameKind::Person);
        let parts = name.parts().iter().map(|p| p.text().to_owned());
        words.entry(name.script()).or_default().extend(parts);
    }
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = |limit: usize| {
        // xorshift64*: the same names on every machine.
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        let drawn = state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(drawn).unwrap_or(0) % limit
    };
    let scripts = [
        Script::Latin,
        Script::Latin,
        Script::Latin,
        Script::Cyrillic,
        Script::Arabic,
    ];
    let mut draw = || {
        let words = &words[&scripts[next(scripts.len())]];
        let parts = 2 + next(2);
        let text: Vec<&str> = (0..parts)
            .map(|_| words[next(words.len())].as_str())
            .collect();
        text.join(" ")
    };
    let before = resident_mib();
    let start = cpu_seconds();
    let mut index = Index::new();
    let mut listed = Vec::with_capacity(count);
    for number in 0..count {
        let name = Name::new(&draw(), NameKind::Person);
        index.insert(&name, number);
        listed.push(name);
    }
    let built = cpu_seconds() - start;
    let memory = resident_mib() - before;
    let asked: Vec<String> = (0..ASKED).map(|_| draw()).collect();
    let one = |text: &String| {
        let name = Name::new(text, NameKind::Person);
        let found = index.candidates(&name);
        let mut against = Against::new(&name);
        let alike = found
            .iter()
            .filter(|&&at| against.score(&listed[at], SAME).is_some());
        (found.len(), alike.count())
    };
    let (mut times, mut candidates, mut hits) = (Vec::new(), 0, 0);
    for text in &asked {
        let started = cpu_seconds();
        let (found, alike) = one(text);
        times.push(cpu_seconds() - started);
        candidates += found;
        hits += alike;
    }
    let wall = std::time::Instant::now();
    let together: usize = asked.par_iter().map(|text| one(text).1).sum();
    let wall = wall.elapsed().as_secs_f64();
    anyhow::ensure!(together == hits, "threads change no result");
    let mut text = format!(
        "# {count} synthetic entities\n\nMade by `madar-lab names-screen --scale {count}`. Names prepared and filed in {built:.1} CPU seconds;\nindex and prepared names take {memory:.0} MiB. {ASKED} queries, each prepared, its candidates found and compared: {hits} hits.\n"
    );
    text += &speed(&mut times, candidates)?;
    writeln!(
        text,
        "All cores ({}): {:.0} names a second by the wall clock of a machine at work.",
        rayon::current_num_threads(),
        f64::from(u32::try_from(ASKED)?) / wall,
    )?;
    Ok(text)
}

fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = status
        .split_whitespace()
        .nth(1)
        .and_then(|p| p.parse().ok());
    let pages: u32 = pages.unwrap_or(0);
    // Pages of 4 KiB, as on every machine this was measured on.
    f64::from(pages) / 256.0
}
