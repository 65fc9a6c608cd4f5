//! How well and how fast names are screened against lists: `madar-lab names-screen`.
//!
//! One name of an entry is taken out and must find the entry again by the names that are left; names
//! of politicians who are on no list must find nothing. Also: the same index with synthetic entities,
//! made of the words of real names put together anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_names::{Index, Name, NameKind, SAME, Score, Script, fold, score};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::names::cpu_seconds;
use crate::names_lists::{Entry, clusters, load};

/// Names taken out, by script.
const TAKEN_OUT: [(Script, usize); 3] = [
    (Script::Latin, 299),
    (Script::Cyrillic, 150),
    (Script::Arabic, 150),
];
/// Names of people on no list.
const UNLISTED: usize = 400;

/// What to measure.
pub(crate) struct Options<'a> {
    pub(crate) lists: &'a Path,
    /// Development pairs, for the names of politicians.
    pub(crate) pairs: &'a Path,
    /// So many synthetic entities instead of the lists.
    pub(crate) scale: usize,
    /// Also prints what was missed or flagged.
    pub(crate) wrong: bool,
    /// Also writes the tables to this file.
    pub(crate) out: Option<&'a Path>,
}

/// A listed name, ready to be compared, and the cluster of its entry.
struct Listed {
    name: Name,
    cluster: u32,
}

/// Prints the tables.
pub(crate) fn run(options: &Options<'_>) -> anyhow::Result<()> {
    let entries = load(options.lists)?;
    let text = if options.scale > 0 {
        scale(&entries, options.scale)?
    } else {
        screen(&entries, options)?
    };
    print!("{text}");
    if let Some(out) = options.out {
        std::fs::write(out, &text).with_context(|| format!("cannot write {}", out.display()))?;
    }
    Ok(())
}

struct Query {
    name: Name,
    /// What is listed under another name; none for one who is not listed.
    cluster: Option<u32>,
}

fn screen(entries: &[Entry], options: &Options<'_>) -> anyhow::Result<String> {
    let clusters = clusters(entries);
    let (taken, queries) = queries(entries, &clusters, options)?;
    let start = cpu_seconds();
    let mut index = Index::new();
    let mut listed = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        for text in entry
            .names
            .iter()
            .filter(|n| !taken.contains(&(at, n.as_str())))
        {
            let name = Name::new(text, entry.kind);
            index.insert(&name, listed.len());
            let cluster = clusters[at];
            listed.push(Listed { name, cluster });
        }
    }
    let built = cpu_seconds() - start;
    let mut text = String::from("# Screening names\n\nMade by `madar-lab names-screen`. ");
    writeln!(
        text,
        "{} entries of the UN, EU and OFAC lists, {} names;\nprepared and filed in {built:.2} CPU seconds.\n",
        entries.len(),
        listed.len()
    )?;
    let mut groups: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let mut times: Vec<f64> = Vec::new();
    let mut candidates = 0;
    for query in &queries {
        let started = cpu_seconds();
        let name = Name::new(query.name.text(), query.name.kind());
        let found = index.candidates(&name);
        let hits: Vec<(Score, &Listed)> = found
            .iter()
            .map(|&at| &listed[at])
            .filter(|l| l.name.kind() == name.kind())
            .map(|l| (score(&name, &l.name), l))
            .filter(|(score, _)| *score >= SAME)
            .collect();
        times.push(cpu_seconds() - started);
        candidates += found.len();
        let right = |l: &Listed| Some(l.cluster) == query.cluster;
        let group = match query.cluster {
            Some(_) => format!("{:?}", query.name.script()),
            None => "not listed".to_owned(),
        };
        let hit = match query.cluster {
            Some(_) => hits.iter().any(|(_, l)| right(l)),
            None => !hits.is_empty(),
        };
        let counts = groups.entry(group).or_default();
        counts[0] += 1;
        counts[1] += usize::from(found.iter().any(|&at| right(&listed[at])));
        counts[2] += usize::from(hit);
        counts[3] += usize::from(hits.iter().any(|(_, l)| !right(l)));
        if options.wrong && hit == query.cluster.is_none() {
            let best = hits.iter().max_by_key(|(score, _)| *score);
            let best = best.map(|(score, l)| format!("{score} {}", l.name.text()));
            let others = listed.iter().filter(|l| right(l)).take(3);
            let others: Vec<&str> = others.map(|l| l.name.text()).collect();
            eprintln!(
                "{} | {} | {others:?}",
                query.name.text(),
                best.unwrap_or_default()
            );
        }
    }
    text += "| names | asked | among candidates | at 0.70 | another entry too |\n|---|---|---|---|---|\n";
    for (group, [asked, among, hit, other]) in groups {
        writeln!(text, "| {group} | {asked} | {among} | {hit} | {other} |")?;
    }
    text += &speed(&mut times, candidates)?;
    Ok(text)
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

type Taken<'a> = FxHashSet<(usize, &'a str)>;

fn queries<'a>(
    entries: &'a [Entry],
    clusters: &[u32],
    options: &Options<'_>,
) -> anyhow::Result<(Taken<'a>, Vec<Query>)> {
    let mut drawn: Vec<(blake3::Hash, usize, &str)> = Vec::new();
    for (at, entry) in entries
        .iter()
        .enumerate()
        .filter(|(_, e)| e.names.len() > 1)
    {
        for name in &entry.names {
            let hash = blake3::hash(format!("{}|{name}", entry.id).as_bytes());
            drawn.push((hash, at, name));
        }
    }
    drawn.sort_by_key(|d| *d.0.as_bytes());
    let mut taken = FxHashSet::default();
    let mut queries = Vec::new();
    let mut used = FxHashSet::default();
    for (script, limit) in TAKEN_OUT {
        let mut left = limit;
        for &(_, at, text) in &drawn {
            let name = Name::new(text, entries[at].kind);
            let others = entries[at].names.iter().filter(|n| *n != text);
            let shares = script != Script::Latin || others.clone().any(|o| share_a_word(o, text));
            if left == 0 || name.script() != script || !shares || !used.insert(clusters[at]) {
                continue;
            }
            left -= 1;
            taken.insert((at, text));
            let cluster = Some(clusters[at]);
            queries.push(Query { name, cluster });
        }
    }
    let unlisted = unlisted(entries, options.pairs, UNLISTED)?;
    queries.extend(unlisted.into_iter().map(|name| Query {
        name,
        cluster: None,
    }));
    Ok((taken, queries))
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

fn share_a_word(a: &str, b: &str) -> bool {
    let b = fold(b);
    fold(a)
        .split(' ')
        .any(|word| word.len() > 2 && b.split(' ').any(|other| other == word))
}

fn scale(entries: &[Entry], count: usize) -> anyhow::Result<String> {
    let persons = entries.iter().filter(|e| e.kind == NameKind::Person);
    let mut words: FxHashMap<Script, Vec<String>> = FxHashMap::default();
    for text in persons.flat_map(|e| &e.names) {
        let name = Name::new(text, NameKind::Person);
        let parts = name.parts().iter().map(|p| p.text.clone());
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
    let mut draw = |_: usize| {
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
    for number in 0..count {
        index.insert(&Name::new(&draw(number), NameKind::Person), number);
    }
    let built = cpu_seconds() - start;
    let memory = resident_mib() - before;
    let asked: Vec<Name> = (0..2_000)
        .map(|n| Name::new(&draw(n), NameKind::Person))
        .collect();
    let mut times = Vec::new();
    let mut candidates = 0;
    for name in &asked {
        let started = cpu_seconds();
        let name = Name::new(name.text(), name.kind());
        candidates += index.candidates(&name).len();
        times.push(cpu_seconds() - started);
    }
    let mut text = format!(
        "# {count} synthetic entities\n\nMade by `madar-lab names-screen --scale {count}`. Names prepared and filed in {built:.1} CPU seconds;\nthe index takes {memory:.0} MiB. Queries are prepared and their candidates found, not compared:\n"
    );
    text += &speed(&mut times, candidates)?;
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
