//! Pairs across scripts that no likeness has chosen: `madar-lab names-unbiased`.
//!
//! From each UN and EU entry with names in two scripts, pairs of its names are drawn by a hash of
//! the names alone; as negatives, a name of the entry against one of the next entries of the same
//! list and kind (neighbours are often siblings). Every pair was then read by eye and labelled.
//! The repo holds labels and hashes of the names, no names; with the lists at hand
//! (`names-unbiased --sheet`) the pairs can be read again.
//!
//! Labels: `same` one name, spelled or translated otherwise, perhaps shortened to what still tells it
//! apart, or to its own initials; `alias` another name of the same entry, of which nothing in the
//! letters tells (a nom de guerre, the initials of a translation, a given name alone); `other` two
//! entries; `debris` no name. Precision counts *same* and *alias* as right, recall asks for *same*.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use madar_names::{Name, NameKind, SAME, Score, Script, compare, fold, score};

use crate::names_lists::{Entry, clusters, load};

/// The labels by eye.
const LABELS: &str = include_str!("../annotation/names-cross-script.tsv");
/// How far below an entry in its list the other entry of a negative may stand.
const NEIGHBOURS: usize = 12;

/// Pairs drawn of one stratum: scripts and kind, of one entry or of two, how many, per entry.
const STRATA: [(Script, Script, NameKind, bool, usize, usize); 8] = [
    (
        Script::Arabic,
        Script::Latin,
        NameKind::Organisation,
        true,
        260,
        2,
    ),
    (
        Script::Arabic,
        Script::Latin,
        NameKind::Person,
        true,
        130,
        1,
    ),
    (
        Script::Cyrillic,
        Script::Latin,
        NameKind::Organisation,
        true,
        110,
        1,
    ),
    (
        Script::Cyrillic,
        Script::Latin,
        NameKind::Person,
        true,
        50,
        1,
    ),
    (
        Script::Arabic,
        Script::Latin,
        NameKind::Organisation,
        false,
        110,
        1,
    ),
    (
        Script::Arabic,
        Script::Latin,
        NameKind::Person,
        false,
        50,
        1,
    ),
    (
        Script::Cyrillic,
        Script::Latin,
        NameKind::Organisation,
        false,
        60,
        1,
    ),
    (
        Script::Cyrillic,
        Script::Latin,
        NameKind::Person,
        false,
        30,
        1,
    ),
];

/// One pair as drawn.
struct Drawn {
    stratum: String,
    kind: NameKind,
    a: String,
    b: String,
    /// Stands for the thing named, whichever list names it: decides the half.
    cluster: String,
}

impl Drawn {
    fn key(&self) -> String {
        blake3::hash(format!("{}\n{}", self.a, self.b).as_bytes()).to_hex()[..12].to_owned()
    }

    /// One half is worked on, the other looked at once.
    fn is_closed(&self) -> bool {
        crate::names::is_odd(&self.cluster)
    }
}

/// What to do with the pairs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// All pairs with their keys, to be labelled.
    Sheet,
    /// Figures and mistakes of the half that is worked on.
    Open,
    /// Figures of both halves.
    Both,
}

/// Draws the pairs, and prints them or how they score.
pub(crate) fn run(lists: &Path, show: Show) -> anyhow::Result<()> {
    let drawn = draw(load(lists)?);
    if show == Show::Sheet {
        for pair in &drawn {
            println!("{}\t{}\t{}\t{}", pair.key(), pair.stratum, pair.a, pair.b);
        }
        return Ok(());
    }
    let labels: BTreeMap<&str, &str> = LABELS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect();
    figures(&drawn, &labels, "open half", false)?;
    if show == Show::Both {
        figures(&drawn, &labels, "closed half", true)?;
    } else {
        mistakes(&drawn, &labels);
    }
    Ok(())
}

fn figures(
    drawn: &[Drawn],
    labels: &BTreeMap<&str, &str>,
    title: &str,
    closed: bool,
) -> anyhow::Result<()> {
    println!("\n## {title}\n");
    println!("| group | same | found | alias | found | other | found | P | R |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut groups: BTreeMap<&str, BTreeMap<&str, [u32; 2]>> = BTreeMap::new();
    for pair in drawn.iter().filter(|p| p.is_closed() == closed) {
        let label = labels
            .get(pair.key().as_str())
            .context("a pair without label")?;
        let found = pair.score() >= SAME;
        for group in ["all", &pair.stratum[..2 + 1 + 1]] {
            let counts = groups.entry(group).or_default().entry(label).or_default();
            counts[0] += 1;
            counts[1] += u32::from(found);
        }
    }
    for (group, counts) in groups {
        let [same, alias, other] =
            ["same", "alias", "other"].map(|label| counts.get(label).copied().unwrap_or_default());
        let right = f64::from(same[1] + alias[1]);
        println!(
            "| {group} | {} | {} | {} | {} | {} | {} | {:.3} | {:.3} |",
            same[0],
            same[1],
            alias[0],
            alias[1],
            other[0],
            other[1],
            right / (right + f64::from(other[1])),
            f64::from(same[1]) / f64::from(same[0]),
        );
    }
    Ok(())
}

fn mistakes(drawn: &[Drawn], labels: &BTreeMap<&str, &str>) {
    for pair in drawn.iter().filter(|p| !p.is_closed()) {
        let label = labels.get(pair.key().as_str()).copied().unwrap_or("");
        let likeness = compare(
            &Name::new(&pair.a, pair.kind),
            &Name::new(&pair.b, pair.kind),
        );
        let found = likeness.score() >= SAME;
        if (label == "same" && !found) || (label == "other" && found) {
            println!("{label}: {} | {} | {}", pair.a, pair.b, likeness.explain());
        }
    }
}

impl Drawn {
    fn score(&self) -> Score {
        score(
            &Name::new(&self.a, self.kind),
            &Name::new(&self.b, self.kind),
        )
    }
}

fn draw(entries: Vec<Entry>) -> Vec<Drawn> {
    let mut entries = entries;
    entries.retain(|e| e.id.starts_with("un/") || e.id.starts_with("eu/"));
    let clusters = clusters(&entries);
    let scripts: Vec<Vec<Script>> = entries
        .iter()
        .map(|e| {
            e.names
                .iter()
                .map(|n| Name::new(n, e.kind).script())
                .collect()
        })
        .collect();
    let in_script = |at: usize, script: Script| {
        let names = entries[at].names.iter().zip(&scripts[at]);
        names
            .filter(move |(_, s)| **s == script)
            .map(|(name, _)| name)
    };
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for (one, two, kind, same, limit, each) in STRATA {
        let mut of_stratum = Vec::new();
        for at in (0..entries.len()).filter(|&i| entries[i].kind == kind) {
            let others = if same {
                at..at + 1
            } else {
                at + 1..entries.len().min(at + NEIGHBOURS)
            };
            let mut pairs: Vec<(blake3::Hash, String, String)> = Vec::new();
            for other in others.filter(|&i| entries[i].kind == kind) {
                for a in in_script(at, one) {
                    for b in in_script(other, two) {
                        let hash = blake3::hash(format!("{a}|{b}").as_bytes());
                        pairs.push((hash, a.clone(), b.clone()));
                    }
                }
            }
            pairs.sort_by_key(|p| *p.0.as_bytes());
            for (hash, a, b) in pairs.into_iter().take(each) {
                of_stratum.push((hash, a, b, entries[clusters[at] as usize].id.clone()));
            }
        }
        of_stratum.sort_by_key(|p| *p.0.as_bytes());
        let letter = |script| format!("{script:?}")[..1].to_owned();
        for (_, a, b, cluster) in of_stratum {
            let stratum = format!(
                "{}{}-{}{}",
                letter(one),
                letter(two),
                &format!("{kind:?}")[..1],
                if same { "" } else { " two entries" }
            );
            let taken = out.iter().filter(|d: &&Drawn| d.stratum == stratum).count();
            if taken < limit && seen.insert((fold(&a), fold(&b))) {
                out.push(Drawn {
                    stratum,
                    kind,
                    a,
                    b,
                    cluster,
                });
            }
        }
    }
    out
}
