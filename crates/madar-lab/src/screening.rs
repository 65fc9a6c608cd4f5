//! Screening, measured: names taken out of listed records and asked for again, unlisted names that must
//! not be flagged, and what it costs.
//!
//! The queries are of the kind that `research/names.md` describes, drawn here by hash: entries that share a
//! name are one record; a real name is removed from its record and screened as `madar screen --names` does
//! it; the record keeps its other names. Latin ones share a word with another name of the record. The
//! unlisted are politicians of the development pairs.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use madar_link::{Match, Profile, Screen};
use madar_names::{Index, Name, SAME, Score};
use madar_open::{ListFile, import_list};
use madar_text::{EntryKind, EntryName, ListEntry, NameQuality, Script, fold};

use crate::speed::cpu_seconds;

/// How many names of each script are asked for, and how many unlisted ones: as in the held-back test.
const ASKED: [(Script, &str, usize); 3] = [
    (Script::Latin, "Latin", 299),
    (Script::Cyrillic, "Cyrillic", 150),
    (Script::Arabic, "Arabic", 150),
];
const UNLISTED: usize = 400;
/// The same question of ten times as many, since four of 400 are few to count.
const MANY_UNLISTED: usize = 4_000;
/// Thresholds of the curve, in hundredths.
const THRESHOLDS: [u32; 9] = [50, 55, 60, 65, 70, 75, 80, 85, 90];
/// Names of the timing.
const TIMED: usize = 10_000;

/// A name that was taken out of its record.
struct Query {
    name: String,
    script: &'static str,
    entry: usize,
}

pub(crate) fn screening(data: &Path, out: Option<&Path>, misses: bool) -> anyhow::Result<()> {
    let mut entries = all_entries(data)?;
    let names: usize = entries.iter().map(|entry| entry.names.len()).sum();
    let queries = queries(&mut entries);
    let unlisted = unlisted(&data.join("names/pairs.dev.tsv"), &entries)?;
    let started = cpu_seconds()?;
    let profiles: Vec<Profile> = entries.iter().map(Profile::of_entry).collect();
    let screen = Screen::new(profiles);
    let built = cpu_seconds()? - started;
    let mut table = String::new();
    writeln!(
        table,
        "# Screening\n\n`madar-lab screening`: {} listed records, {names} names (OFAC SDN and consolidated, UN, EU\n\
         of `../shared/data/names/lists`; entries that share a name are one record). A name is taken out of its\n\
         record and asked for as `madar screen --names` asks; found: its own record is a hit. One threshold for\n\
         all scripts; names alone, of a kind nobody says. A twin has another name in common after folding.\n",
        entries.len(),
    )?;
    found(&screen, &entries, &queries, &unlisted, misses, &mut table)?;
    candidates(screen.profiles(), &queries, &mut table)?;
    cost(&screen, &queries, &unlisted, built, &mut table)?;
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table).with_context(|| format!("cannot write {}", out.display()))?;
    }
    Ok(())
}

/// The records of all lists.
pub(crate) fn all_entries(data: &Path) -> anyhow::Result<Vec<ListEntry>> {
    Ok(merged(all_lists(&data.join("names/lists"))?))
}

fn all_lists(folder: &Path) -> anyhow::Result<Vec<ListEntry>> {
    let in_folder = |name: &str, keep: &dyn Fn(&str) -> bool| -> anyhow::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for file in std::fs::read_dir(folder.join(name))? {
            let path = file?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if keep(&name) {
                found.push(path);
            }
        }
        found.sort();
        Ok(found)
    };
    let sets = [
        in_folder("ofac", &|name| {
            matches!(name, "sdn.csv" | "alt.csv" | "add.csv")
        })?,
        in_folder("ofac/cons", &|name| name.starts_with("cons_"))?,
        in_folder("un", &|name| name.ends_with(".xml"))?,
        in_folder("eu", &|name| name.ends_with(".csv"))?,
    ];
    let mut entries = Vec::new();
    for set in sets {
        let mut files = Vec::new();
        for path in &set {
            files.push(ListFile::new(path.display().to_string(), File::open(path)?));
        }
        entries.extend(import_list(files)?.entries);
    }
    Ok(entries)
}

/// One record of all entries that share a name, directly or through others: lists repeat each other, and
/// what is found under another number of the same person is found.
fn merged(entries: Vec<ListEntry>) -> Vec<ListEntry> {
    fn root(parent: &[usize], mut at: usize) -> usize {
        while parent[at] != at {
            at = parent[at];
        }
        at
    }
    let mut parent: Vec<usize> = (0..entries.len()).collect();
    let mut first: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let is_person = entry.kind == EntryKind::Person;
        let good = entry
            .names
            .iter()
            .filter(|n| n.quality == NameQuality::Good);
        for name in good {
            let before = *first.entry((is_person, fold(&name.text))).or_insert(at);
            let (a, b) = (root(&parent, before), root(&parent, at));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut records: BTreeMap<usize, ListEntry> = BTreeMap::new();
    for (at, entry) in entries.into_iter().enumerate() {
        match records.entry(root(&parent, at)) {
            Entry::Vacant(slot) => {
                slot.insert(entry);
            }
            Entry::Occupied(mut slot) => {
                let known = &mut slot.get_mut().names;
                for name in entry.names {
                    if !known.iter().any(|k| k.text == name.text) {
                        known.push(name);
                    }
                }
            }
        }
    }
    records.into_values().collect()
}

/// A hash by which names are drawn, an entry and the number of its name.
type Drawn = ([u8; 32], usize, usize);

/// Takes at most one name out of each record.
fn queries(entries: &mut [ListEntry]) -> Vec<Query> {
    let mut drawn: BTreeMap<&'static str, Vec<Drawn>> = BTreeMap::new();
    for (entry, held) in entries.iter().enumerate() {
        let good = |name: &&EntryName| name.quality == NameQuality::Good;
        for (name, own) in held.names.iter().enumerate().filter(|(_, name)| good(name)) {
            let Some(script) = Script::of_text(&own.text) else {
                continue;
            };
            let Some((_, label, _)) = ASKED.iter().find(|(wanted, _, _)| *wanted == script) else {
                continue;
            };
            let words = words(&own.text);
            let others = held.names.iter().enumerate().filter(|(at, _)| *at != name);
            let shares = others.into_iter().any(|(_, other)| {
                self::words(&other.text)
                    .iter()
                    .any(|word| words.contains(word))
            });
            if words.len() < 2 || (script == Script::Latin && !shares) {
                continue;
            }
            let key = blake3::hash(format!("{} {}", held.id, own.text).as_bytes());
            drawn
                .entry(label)
                .or_default()
                .push((*key.as_bytes(), entry, name));
        }
    }
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut out = Vec::new();
    // the rarer scripts choose first
    for (_, label, wanted) in ASKED.iter().rev() {
        let mut all = drawn.remove(label).unwrap_or_default();
        all.sort_unstable();
        let mut count = 0;
        for (_, entry, name) in all {
            if count == *wanted {
                break;
            }
            if !taken.insert(entry) {
                continue;
            }
            count += 1;
            let removed = entries[entry].names.remove(name);
            let same = fold(&removed.text);
            entries[entry]
                .names
                .retain(|other| fold(&other.text) != same);
            out.push(Query {
                name: removed.text,
                script: label,
                entry,
            });
        }
    }
    out.retain(|query| !entries[query.entry].names.is_empty());
    out
}

fn words(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().count() > 2)
        .map(str::to_owned)
        .collect()
}

/// Politicians whose very words are no listed name's.
fn unlisted(pairs: &Path, entries: &[ListEntry]) -> anyhow::Result<Vec<String>> {
    let sorted = |name: &str| -> String {
        let folded = fold(name);
        let mut words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        words.sort_unstable();
        words.join(" ").trim().to_owned()
    };
    let listed: BTreeSet<String> = entries
        .iter()
        .flat_map(|entry| &entry.names)
        .map(|name| sorted(&name.text))
        .collect();
    let text = std::fs::read_to_string(pairs)
        .with_context(|| format!("cannot read {}", pairs.display()))?;
    let mut drawn: BTreeMap<[u8; 32], String> = BTreeMap::new();
    let mut people: BTreeSet<String> = BTreeSet::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [a, b, _, _, _, _, "ep", ent_a, ent_b] = cells[..] else {
            continue;
        };
        for (name, person) in [(a, ent_a), (b, ent_b)] {
            if !listed.contains(&sorted(name)) && people.insert(person.to_owned()) {
                drawn.insert(*blake3::hash(name.as_bytes()).as_bytes(), name.to_owned());
            }
        }
    }
    Ok(drawn.into_values().collect())
}

fn asked(name: &str) -> Profile {
    Profile::of_bare_name(name)
}

fn found(
    screen: &Screen,
    entries: &[ListEntry],
    queries: &[Query],
    unlisted: &[String],
    misses: bool,
    table: &mut String,
) -> anyhow::Result<()> {
    // one pass at the lowest threshold gives all of the curve
    let lowest = Score::from_ten_thousandths(THRESHOLDS[0] * 100);
    let mut best: Vec<(Option<Score>, Option<Score>)> = Vec::new();
    for query in queries {
        let hits = screen.hits(&asked(&query.name), lowest);
        if misses {
            for (at, matched) in &hits {
                tell_hit(usize::from(*at == query.entry), query.script, matched);
            }
        }
        let own = hits.iter().find(|(at, _)| *at == query.entry);
        let own = own.map(|(_, matched)| matched.score);
        let names: BTreeSet<String> = folded_names(&entries[query.entry]);
        let twin = hits
            .iter()
            .find(|(at, _)| *at == query.entry || !names.is_disjoint(&folded_names(&entries[*at])));
        best.push((own, twin.map(|(_, matched)| matched.score)));
        if misses && own.is_none_or(|score| score < SAME) {
            let score = own.map_or_else(|| "—".to_owned(), |score| score.to_string());
            let direct = madar_link::compare(&asked(&query.name), &screen.profiles()[query.entry]);
            let direct = direct.map_or_else(String::new, |direct| {
                format!("{} {}", direct.score, direct.likeness.explain())
            });
            let others: Vec<&str> = entries[query.entry]
                .names
                .iter()
                .take(4)
                .map(|name| name.text.as_str())
                .collect();
            println!(
                "missed {} {score}\t{}\t{}\t{direct}",
                query.script,
                query.name,
                others.join(" | ")
            );
        }
    }
    let mut flagged: Vec<Option<Score>> = Vec::new();
    for name in unlisted.iter().take(MANY_UNLISTED) {
        let hits = screen.hits(&asked(name), lowest);
        if misses {
            for (_, matched) in &hits {
                tell_hit(0, "unlisted", matched);
            }
        }
        let first = hits.first();
        flagged.push(first.map(|(_, matched)| matched.score));
        if misses && let Some((at, matched)) = first.filter(|(_, m)| m.score >= SAME) {
            let caption = entries[*at].caption();
            println!(
                "flagged {}\t{name}\t{caption}: {}",
                matched.score, matched.pair.1
            );
        }
    }
    writeln!(
        table,
        "| threshold | Latin | Cyrillic | Arabic | or a twin of it | unlisted flagged | of many |"
    )?;
    writeln!(table, "|---|---|---|---|---|---|---|")?;
    for threshold in THRESHOLDS {
        let bar = Score::from_ten_thousandths(threshold * 100);
        let reach = |score: Option<Score>| score.is_some_and(|score| score >= bar);
        write!(table, "| 0.{threshold} |")?;
        for (_, script, _) in ASKED {
            let of = || {
                queries
                    .iter()
                    .zip(&best)
                    .filter(|(query, _)| query.script == script)
            };
            let own = of().filter(|(_, (own, _))| reach(*own)).count();
            write!(table, " {own} / {} |", of().count())?;
        }
        let twins = best.iter().filter(|(_, twin)| reach(*twin)).count();
        let wrong = |of: &[Option<Score>]| of.iter().filter(|score| reach(**score)).count();
        let first = &flagged[..flagged.len().min(UNLISTED)];
        writeln!(
            table,
            " {twins} / {} | {} / {} | {} / {} |",
            queries.len(),
            wrong(first),
            first.len(),
            wrong(&flagged),
            flagged.len()
        )?;
    }
    Ok(())
}

/// How many records the index names as candidates, apart from what comparing makes of them.
fn candidates(profiles: &[Profile], queries: &[Query], table: &mut String) -> anyhow::Result<()> {
    let mut index = Index::new();
    for (entry, profile) in profiles.iter().enumerate() {
        for name in &profile.names {
            index.insert(&name.name, entry);
        }
    }
    let is_candidate = |query: &&Query| {
        let readings = Name::readings(&query.name);
        let mut named = readings.iter().flat_map(|name| index.candidates(name));
        named.any(|entry| entry == query.entry)
    };
    let told = ASKED.map(|(_, script, _)| {
        let of = || queries.iter().filter(move |query| query.script == script);
        let found = of().filter(is_candidate).count();
        format!("{script} {found} of {}", of().count())
    });
    writeln!(
        table,
        "\nAmong the candidates of the index, before anything is compared: {}.",
        told.join(", ")
    )?;
    Ok(())
}

/// One hit with its reasons, for looking at errors and for tuning.
fn tell_hit(own: usize, script: &str, matched: &Match) {
    let reasons = matched.likeness.explain();
    println!(
        "hit\t{own}\t{script}\t{}\t{}\t{}\t{}\t{reasons}",
        matched.score,
        matched.likeness.evidence(),
        matched.pair.0,
        matched.pair.1
    );
}

fn folded_names(entry: &ListEntry) -> BTreeSet<String> {
    entry.names.iter().map(|name| fold(&name.text)).collect()
}

fn cost(
    screen: &Screen,
    queries: &[Query],
    unlisted: &[String],
    built: f64,
    table: &mut String,
) -> anyhow::Result<()> {
    let listed = queries.iter().map(|query| query.name.as_str());
    let names: Vec<&str> = listed
        .chain(unlisted.iter().take(UNLISTED).map(String::as_str))
        .collect();
    let mut times = Vec::with_capacity(TIMED);
    let started = cpu_seconds()?;
    let mut hits = 0;
    for name in names.iter().cycle().take(TIMED) {
        let one = Instant::now();
        hits += screen.hits(&asked(name), SAME).len();
        times.push(one.elapsed());
    }
    let seconds = cpu_seconds()? - started;
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_micros();
    writeln!(
        table,
        "\nOne thread, processor time: index built in {:.2} s; {:.0} names a second ({hits} hits for {TIMED} names).\n\
         One name by the wall clock of a machine at work: p50 {} µs, p99 {} µs. Resident memory {} MB.",
        built,
        f64::from(u32::try_from(TIMED)?) / seconds.max(1e-6),
        at(50),
        at(99),
        resident_mb(),
    )?;
    Ok(())
}

/// Memory of this process as Linux tells it; 0 where it does not.
fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kb = line.and_then(|line| line.split_whitespace().nth(1));
    kb.and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
