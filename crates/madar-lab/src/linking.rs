//! The gold's stories through the whole of Madar: which claims are found and joined, whether the true
//! number of independent chains lies in the interval, which circular stories are seen as such.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use madar_case::document_id;
use madar_link::{Claim, Network, Told, Transmitter, project};
use madar_names::{Name, NameKind, SAME};
use madar_read::{Kit, Reading};
use madar_text::{Document, Span};

use crate::reading::given;
use crate::stories::{self, Story};

struct Read {
    /// The article's id in the story.
    article: String,
    document: Document,
    reading: Reading,
}

#[derive(Default)]
struct Counts {
    claims: u32,
    found: u32,
    retold: u32,
    joined: u32,
    k_inside: u32,
    width: u32,
    circular: u32,
    circular_seen: u32,
    honest: u32,
    honest_called_circular: u32,
    links: u32,
    links_named: u32,
}

pub(crate) fn score(gold: &Path, out: Option<&Path>) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let mut table = String::from(
        "# The stories\n\n`cargo run --release -p madar-lab -- stories --out results/stories.md`: the gold's stories through \
         the whole of Madar. *Found*: a claim with the kind and two of the participants stands at a passage of the \
         gold. *Joined*: of the claims told by two or more articles, those whose found tellings from different \
         articles are one claim. *k inside*: of the found claims, those whose true k lies in [k_lo, k_hi], with the \
         mean width of the interval. *Circular*: retold claims with one true chain that Madar gives k_lo = 1, and \
         honest ones that it gives k_hi = 1. *Links*: common links of retold found claims named.\n\n\
         | story | claims | found | retold | joined | k inside | width | circular seen | honest called circular | links |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut all = Counts::default();
    for (folder, story) in stories::stories(gold)? {
        let counts = one(&folder, &story, &kit)?;
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
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

fn one(folder: &Path, story: &Story, kit: &Kit) -> anyhow::Result<Counts> {
    let mut read = Vec::new();
    for article in &story.articles {
        let file = folder.join(&article.file);
        let given = given(
            &file,
            Some(article.publisher.clone()),
            Some(&article.published),
        )?;
        let document = madar_open::open(&std::fs::read(&file)?, &given)?;
        let reading = madar_read::read(&document, kit);
        read.push(Read {
            article: article.id.clone(),
            document,
            reading,
        });
    }
    let told: Vec<Told<'_>> = read
        .iter()
        .map(|r| {
            let meta = &r.document.meta;
            let id = document_id(&r.document);
            Told {
                id,
                meta,
                text: &r.document.text,
                reading: &r.reading,
            }
        })
        .collect();
    let network = project(&told, &[], kit);
    let numbers: Vec<&Read> = network
        .documents
        .iter()
        .map(|id| &read[told.iter().position(|t| t.id == *id).unwrap_or(0)])
        .collect();
    let names = entity_names(&network, story);
    let mut counts = Counts::default();
    for claim in &story.claims {
        let wanted: BTreeSet<&str> = claim.participants.iter().map(String::as_str).collect();
        // For each system claim the articles in which it tells this one.
        let mut hits: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (at, candidate) in network.claims.iter().enumerate() {
            let kind = candidate.kind.name();
            if kind != claim.kind && !claim.kind_alt.iter().any(|k| k == kind) {
                continue;
            }
            for &telling in &candidate.tellings {
                let report = &network.reports[telling];
                let who = report
                    .participants
                    .iter()
                    .filter_map(|(_, e)| names.get(&e.at()));
                let shared = who
                    .filter(|n| wanted.contains(n.as_str()))
                    .collect::<BTreeSet<_>>()
                    .len();
                let source = numbers[report.document as usize];
                let passage = source.reading.facts[report.fact as usize].passage;
                let here = claim.tellings.iter().any(|t| {
                    t.article == source.article
                        && overlaps(&source.document.text, &t.passage, passage)
                });
                if here && shared >= wanted.len().min(2) {
                    hits.entry(at).or_default().insert(&source.article);
                }
            }
        }
        let articles: BTreeSet<&str> = claim.tellings.iter().map(|t| t.article.as_str()).collect();
        counts.count(claim, &hits, &network.claims, articles.len(), kit);
    }
    Ok(counts)
}

fn overlaps(text: &str, passage: &str, span: Span) -> bool {
    text.find(passage)
        .is_some_and(|at| Span::from_range(at..at + passage.len()).overlaps(span))
}

/// Which name of the story an entity is: by a listed or alike form.
fn entity_names(network: &Network, story: &Story) -> BTreeMap<usize, String> {
    let forms: Vec<(Name, &str)> = story
        .names
        .iter()
        .flat_map(|n| {
            n.forms
                .values()
                .flatten()
                .map(move |f| (Name::new(f, kind(&n.kind)), n.en.as_str()))
        })
        .collect();
    let best = |text: &str| {
        let folded = madar_text::fold(text);
        let exact = forms
            .iter()
            .find(|(f, _)| madar_text::fold(f.text()) == folded);
        exact.map(|(_, en)| (*en).to_owned()).or_else(|| {
            let scored = forms
                .iter()
                .map(|(form, en)| (madar_names::score(&Name::new(text, form.kind()), form), *en));
            scored
                .max()
                .filter(|(score, _)| *score >= SAME)
                .map(|(_, en)| en.to_owned())
        })
    };
    let all = network.entities.iter().enumerate();
    all.filter_map(|(at, e)| {
        let names = e
            .names
            .iter()
            .map(|n| n.text.as_str())
            .chain([e.name.as_str()]);
        Some((at, names.into_iter().find_map(best)?))
    })
    .collect()
}

fn kind(name: &str) -> NameKind {
    match name {
        "Person" => NameKind::Person,
        "Place" | "Asset" | "Document" => NameKind::Other,
        _ => NameKind::Organisation,
    }
}

impl Counts {
    fn count(
        &mut self,
        claim: &stories::Claim,
        hits: &BTreeMap<usize, BTreeSet<&str>>,
        claims: &[Claim],
        articles: usize,
        kit: &Kit,
    ) {
        self.claims += 1;
        self.retold += u32::from(articles >= 2);
        let Some((best, covered)) = hits
            .iter()
            .max_by_key(|(at, a)| (a.len(), std::cmp::Reverse(**at)))
        else {
            return;
        };
        self.found += 1;
        let support = &claims[*best].support;
        let inside = support.k_lo <= claim.k_true && claim.k_true <= support.k_hi;
        self.k_inside += u32::from(inside);
        self.width += support.k_hi - support.k_lo;
        if articles < 2 {
            return;
        }
        self.joined += u32::from(covered.len() >= 2);
        if claim.k_true == 1 {
            self.circular += 1;
            self.circular_seen += u32::from(support.k_lo == 1 && covered.len() >= 2);
            self.links += u32::from(!claim.common_links.is_empty());
            let named = support
                .common_links
                .iter()
                .any(|t| outlet(t, kit).is_some_and(|name| claim.common_links.contains(&name)));
            self.links_named += u32::from(named && covered.len() >= 2);
        } else {
            self.honest += 1;
            self.honest_called_circular += u32::from(support.k_hi == 1 && covered.len() >= 2);
        }
    }

    fn add(&mut self, other: &Counts) {
        self.claims += other.claims;
        self.found += other.found;
        self.retold += other.retold;
        self.joined += other.joined;
        self.k_inside += other.k_inside;
        self.width += other.width;
        self.circular += other.circular;
        self.circular_seen += other.circular_seen;
        self.honest += other.honest;
        self.honest_called_circular += other.honest_called_circular;
        self.links += other.links;
        self.links_named += other.links_named;
    }
}

fn outlet(transmitter: &Transmitter, kit: &Kit) -> Option<String> {
    match transmitter {
        Transmitter::Outlet(id) => Some(kit.gazetteer.entry(id)?.names[0].clone()),
        _ => None,
    }
}

fn row(name: &str, c: &Counts) -> String {
    let mut out = String::new();
    let width = f64::from(c.width) / f64::from(c.found.max(1));
    let _ = writeln!(
        out,
        "| {name} | {} | {} | {} | {} | {} | {width:.2} | {}/{} | {}/{} | {}/{} |",
        c.claims,
        c.found,
        c.retold,
        c.joined,
        c.k_inside,
        c.circular_seen,
        c.circular,
        c.honest_called_circular,
        c.honest,
        c.links_named,
        c.links,
    );
    out
}
