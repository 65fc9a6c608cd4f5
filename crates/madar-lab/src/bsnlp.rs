//! Linking across documents against the Russian part of the BSNLP shared tasks: each topic as one case, and
//! whether names that the annotation gives one id end in one entity. The annotation lists the forms of names of
//! each document without their places, so a form of a document is one item.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_case::document_id;
use madar_link::{Network, Told, project};
use madar_open::{Given, open, parse_stamp};
use madar_read::{Kit, MentionForm, Reading};
use madar_text::{Document, fold};

use crate::corpora::files;
use crate::text::told;

/// Lines that head a file: its id, language, day and address.
const HEAD: usize = 4;
/// Kinds of names that Madar reads too; events and products it does not.
const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];

/// Ids that are told of whose names lie apart.
const SPLITS: usize = 40;

struct Read {
    document: Document,
    reading: Reading,
    /// The folded forms of its names, each with its id.
    gold: BTreeMap<String, String>,
}

#[derive(Default)]
struct Counts {
    documents: usize,
    items: usize,
    found: usize,
    /// Sums over the items that were found, of shares of their clusters.
    precision: f64,
    recall: f64,
    /// The same with each item that was not found as a cluster of its own.
    recall_of_all: f64,
    /// Pairs of items of two documents.
    same: usize,
    joined: usize,
    joined_right: usize,
}

pub(crate) fn run(data: &Path, out: Option<&Path>, kit: &Kit) -> anyhow::Result<()> {
    let mut table = String::from(
        "# Linking across documents: Russian BSNLP topics\n\n`cargo run --release -p madar-lab -- bsnlp`: each topic as \
         one case; a form of a name in a document is one item, its id that of the annotation (people, organisations, \
         places). B-cubed of the items that were read, and its recall with those that were not; pairs of two \
         documents with one id, and how many of them are in one entity.\n\n\
         | topic | documents | forms | read | B-cubed P | R | F | R of all | pairs | P | R | F |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut all = Counts::default();
    let topics = files(data).with_context(|| format!("no corpus at {}", data.display()))?;
    for topic in topics.iter().filter(|path| path.is_dir()) {
        let name = topic
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let counts = measure(&read(topic, kit)?, kit);
        table += &row(&name, &counts);
        all.add(&counts);
    }
    table += &row("**all**", &all);
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table)?;
    }
    Ok(())
}

fn read(topic: &Path, kit: &Kit) -> anyhow::Result<Vec<Read>> {
    let mut out = Vec::new();
    for path in files(&topic.join("raw/ru"))? {
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let annotation = topic.join(format!("annotated/ru/{stem}.out"));
        let text = std::fs::read_to_string(&path)?;
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        let given = Given {
            published: lines.get(2).and_then(|day| parse_stamp(day.trim())),
            ..Given::default()
        };
        let words = lines.get(HEAD..).unwrap_or_default().join("\n");
        let document = open(words.as_bytes(), &given)?;
        let reading = madar_read::read(&document, kit);
        out.push(Read {
            gold: gold(&std::fs::read_to_string(&annotation)?),
            document,
            reading,
        });
    }
    Ok(out)
}

/// The form, its dictionary form, its kind and its id, tab by tab.
fn gold(annotation: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for line in annotation.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        if let [form, _, kind, id] = columns[..]
            && KINDS.contains(&kind)
        {
            out.entry(fold(form)).or_insert_with(|| id.to_owned());
        }
    }
    out
}

/// A form of a document: its id, and the entity of the case, if it was read.
struct Item<'a> {
    document: usize,
    id: &'a str,
    entity: Option<usize>,
}

fn measure(read: &[Read], kit: &Kit) -> Counts {
    let told: Vec<Told<'_>> = read
        .iter()
        .map(|one| told(&one.document, &one.reading))
        .collect();
    let network = project(&told, &[], kit);
    let items = items(read, &network);
    let mut counts = Counts {
        documents: read.len(),
        items: items.len(),
        ..Counts::default()
    };
    let found: Vec<&Item<'_>> = items.iter().filter(|item| item.entity.is_some()).collect();
    counts.found = found.len();
    let group = |key: &dyn Fn(&Item<'_>) -> String, of: &[&Item<'_>]| {
        let mut out: BTreeMap<String, usize> = BTreeMap::new();
        for item in of {
            *out.entry(key(item)).or_default() += 1;
        }
        out
    };
    let every: Vec<&Item<'_>> = items.iter().collect();
    let entity = |item: &Item<'_>| item.entity.map_or_else(String::new, |at| at.to_string());
    let id = |item: &Item<'_>| item.id.to_owned();
    let both = |item: &Item<'_>| format!("{} {}", entity(item), item.id);
    let (clusters, ids) = (group(&entity, &found), group(&id, &found));
    let (shared, all_ids) = (group(&both, &found), group(&id, &every));
    if std::env::var_os("MADAR_LAB_VERBOSE").is_some() {
        tell_splits(&found, &network);
    }
    for item in &found {
        let common = share(shared[&both(item)], 1);
        counts.precision += common / share(clusters[&entity(item)], 1);
        counts.recall += common / share(ids[&id(item)], 1);
        counts.recall_of_all += common / share(all_ids[&id(item)], 1);
    }
    for (at, a) in found.iter().enumerate() {
        for b in &found[at + 1..] {
            if a.document == b.document {
                continue;
            }
            let (same, joined) = (a.id == b.id, a.entity == b.entity);
            counts.same += usize::from(same);
            counts.joined += usize::from(joined);
            counts.joined_right += usize::from(same && joined);
        }
    }
    counts
}

/// The ids whose names lie in several entities, those with most names outside of their largest entity first.
fn tell_splits(found: &[&Item<'_>], network: &Network) {
    let mut of: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
    for item in found {
        let Some(entity) = item.entity else { continue };
        *of.entry(item.id).or_default().entry(entity).or_default() += 1;
    }
    let outside = |split: &BTreeMap<usize, usize>| {
        let most = split.values().max().copied().unwrap_or(0);
        split.values().sum::<usize>() - most
    };
    let mut splits: Vec<_> = of.into_iter().collect();
    splits.sort_by_key(|(id, split)| (std::cmp::Reverse(outside(split)), *id));
    for (id, split) in splits.into_iter().take(SPLITS) {
        let mut parts: Vec<(usize, usize)> = split.into_iter().map(|(at, n)| (n, at)).collect();
        parts.sort_unstable_by(|a, b| b.cmp(a));
        let parts = parts.iter().take(SPLITS / 4).map(|(times, at)| {
            let entity = &network.entities[*at];
            let names = entity.names.iter().take(3).map(|name| name.text.as_str());
            format!(
                "{times} {:?} {}",
                entity.kind,
                names.collect::<Vec<_>>().join("/")
            )
        });
        eprintln!("{id}: {}", parts.collect::<Vec<_>>().join(" | "));
    }
}

fn items<'a>(read: &'a [Read], network: &Network) -> Vec<Item<'a>> {
    let number = |one: &Read| {
        let id = document_id(&one.document);
        network.documents.iter().position(|known| *known == id)
    };
    let mut entity_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, entity) in network.entities.iter().enumerate() {
        let mentions = entity.mentions.iter();
        entity_of.extend(mentions.map(|&(d, mention)| ((network.document(d), mention.at()), at)));
    }
    let mut out = Vec::new();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for one in read {
        // the same text twice in a topic is one document of a case
        let Some(document) = number(one).filter(|at| seen.insert(*at)) else {
            continue;
        };
        let mut by_form: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
        for (at, mention) in one.reading.mentions.iter().enumerate() {
            if mention.form == MentionForm::Description {
                continue;
            }
            let form = fold(mention.span.of(&one.document.text));
            if let Some(&entity) = entity_of.get(&(document, at)) {
                *by_form.entry(form).or_default().entry(entity).or_default() += 1;
            }
        }
        out.extend(one.gold.iter().map(|(form, id)| {
            let found = by_form.get(form).into_iter().flatten();
            let most = found.max_by_key(|(entity, times)| (**times, std::cmp::Reverse(**entity)));
            Item {
                document,
                id,
                entity: most.map(|(entity, _)| *entity),
            }
        }));
    }
    out
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.documents += other.documents;
        self.items += other.items;
        self.found += other.found;
        self.precision += other.precision;
        self.recall += other.recall;
        self.recall_of_all += other.recall_of_all;
        self.same += other.same;
        self.joined += other.joined;
        self.joined_right += other.joined_right;
    }
}

#[allow(clippy::cast_precision_loss)] // counts of a table
fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

fn row(name: &str, counts: &Counts) -> String {
    let found = share(counts.found, 1).max(1.0);
    let (precision, recall) = (counts.precision / found, counts.recall / found);
    let of_all = counts.recall_of_all / share(counts.items, 1).max(1.0);
    let pairs = (
        share(counts.joined_right, counts.joined),
        share(counts.joined_right, counts.same),
    );
    let f1 = |p: f64, r: f64| {
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    };
    let mut out = String::new();
    writeln!(
        out,
        "| {name} | {} | {} | {} | {precision:.3} | {recall:.3} | **{:.3}** | {of_all:.3} | {} | {:.3} | {:.3} | **{:.3}** |",
        counts.documents,
        counts.items,
        counts.found,
        f1(precision, recall),
        counts.same,
        pairs.0,
        pairs.1,
        f1(pairs.0, pairs.1),
    )
    .expect("a string takes it");
    out
}
