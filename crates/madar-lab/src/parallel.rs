//! The parallel gold across its languages: the three versions of one article as one case. Whether names
//! that stand for one thing are one entity in three scripts, and whether a fact told in several
//! languages is one claim.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_link::{Network, Told, project};
use madar_read::{
    AmountId, Fact, FactKind, Kit, MentionForm, MentionId, Participant, Reading, Referent,
    ReferentId, Role, Status, TimeId,
};
use madar_text::{Document, Lang, Span};
use serde_json::Value;

use crate::apart::{self, Cause};
use crate::gold::{Input, PUBLISHED, publisher};
use crate::text::told;
use crate::{oracle, reading};

/// Share of the letters of two spans, above which a mention is the gold's.
const SAME_MENTION: f64 = 0.5;

struct Version {
    document: Document,
    reading: Reading,
    gold: Gold,
}

/// What the annotation of one version says, in bytes.
struct Gold {
    /// Span, id of the entity, whether it is a name that counts.
    mentions: Vec<(Span, String, bool)>,
    facts: Vec<GoldFact>,
}

struct GoldFact {
    id: String,
    kind: String,
    /// That one, and others that will do.
    kinds: BTreeSet<String>,
    /// What the annotation calls a post or a bond, in English whatever the text.
    word: Option<String>,
    time: Option<Span>,
    amount: Option<Span>,
    stake: Option<Span>,
    participants: Vec<(Role, String)>,
    status: Option<Status>,
    evidence: Vec<Span>,
}

#[derive(Default)]
struct Counts {
    /// Sum and number of the shares of B-cubed.
    precision: (f64, u32),
    recall: (f64, u32),
    /// Facts told in two languages or more; of them, read in two or more; joined.
    told: u32,
    read: u32,
    joined: u32,
    /// Pairs of facts in one claim, and those of them that are different in the gold.
    pairs: u32,
    falsely: u32,
    /// Why facts read in two or more languages are not in one claim.
    apart: BTreeMap<Cause, u32>,
}

pub(crate) fn score(gold: &Path, input: Input, out: Option<&Path>) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let mut folders: Vec<_> = std::fs::read_dir(gold.join("articles"))
        .with_context(|| format!("no gold at {}: nothing is measured", gold.display()))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    let mut all = Counts::default();
    let mut within = [Counts::default(), Counts::default(), Counts::default()];
    for folder in &folders {
        let mut versions = Vec::new();
        for lang in ["ar", "en", "ru"] {
            versions.push(version(folder, lang, input, &kit)?);
        }
        count(&mut all, &versions, &kit);
        for (one, counts) in versions.into_iter().zip(&mut within) {
            count(counts, &[one], &kit);
        }
    }
    let shown = show(&all, &within, input);
    print!("{shown}");
    if let Some(out) = out {
        std::fs::write(out, shown)?;
    }
    Ok(())
}

fn version(folder: &Path, lang: &str, input: Input, kit: &Kit) -> anyhow::Result<Version> {
    let text = folder.join(format!("{lang}.txt"));
    let annotation = folder.join(format!("{lang}.gold.json"));
    let given = reading::given(&text, publisher(&annotation)?, Some(PUBLISHED))?;
    let document = madar_open::open(&std::fs::read(&text)?, &given)?;
    let annotation: Value = serde_json::from_slice(&std::fs::read(&annotation)?)?;
    let gold = gold_of(&document.text, &annotation);
    let mut reading = madar_read::read(&document, kit);
    if input == Input::Annotation {
        reading = annotated(
            &document,
            &annotation,
            &gold,
            reading,
            Lang::from_code(lang),
            kit,
        )?;
    }
    Ok(Version {
        document,
        reading,
        gold,
    })
}

fn gold_of(text: &str, gold: &Value) -> Gold {
    let bytes = oracle::bytes_of_points(text);
    let span = |value: &Value| oracle::span_of(value, &bytes);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut mentions = Vec::new();
    for entity in list(&gold["entities"]) {
        for mention in list(&entity["mentions"]) {
            let counts = mention["kind"] != "nominal" && mention["optional"] != true;
            mentions.extend(span(&mention).map(|span| (span, word(&entity["id"]), counts)));
        }
    }
    let figures = list(&gold["times"])
        .into_iter()
        .chain(list(&gold["amounts"]));
    let spans: BTreeMap<String, Span> = figures
        .filter_map(|one| Some((word(&one["id"]), span(&one)?)))
        .collect();
    let facts = list(&gold["facts"]).into_iter().map(|fact| GoldFact {
        id: word(&fact["id"]),
        kind: word(&fact["type"]),
        word: ["title", "relation"]
            .iter()
            .find_map(|key| Some(fact[key].as_str()?.to_owned())),
        time: spans.get(&word(&fact["time"])).copied(),
        amount: spans.get(&word(&fact["amount"])).copied(),
        stake: spans.get(&word(&fact["stake"])).copied(),
        kinds: [word(&fact["type"])]
            .into_iter()
            .chain(list(&fact["type_alt"]).iter().map(word))
            .collect(),
        participants: list(&fact["participants"])
            .iter()
            .map(|p| {
                (
                    Role::named(&word(&p["r"])).unwrap_or(Role::Party),
                    word(&p["entity"]),
                )
            })
            .collect(),
        status: match word(&fact["modality"]).as_str() {
            "past" => Some(Status::Ended),
            other => Status::named(other),
        },
        evidence: list(&fact["evidence"]).iter().filter_map(span).collect(),
    });
    Gold {
        mentions,
        facts: facts.collect(),
    }
}

/// The reading with the gold's mentions, referents and facts: what linking loses by itself.
fn annotated(
    document: &Document,
    annotation: &Value,
    gold: &Gold,
    read: Reading,
    lang: Lang,
    kit: &Kit,
) -> anyhow::Result<Reading> {
    let marked = oracle::marked(&document.text, annotation, lang, kit)?;
    let ids: Vec<String> = annotation["entities"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|entity| entity["id"].as_str().unwrap_or_default().to_owned())
        .collect();
    let mut of_thing: BTreeMap<u32, Vec<MentionId>> = BTreeMap::new();
    for (at, (_, thing)) in marked.iter().enumerate() {
        of_thing.entry(*thing).or_default().push(MentionId::new(at));
    }
    let mut referent_of = vec![ReferentId::new(0); marked.len()];
    let mut referents = Vec::new();
    for (number, mentions) in of_thing.values().enumerate() {
        let best = mentions
            .iter()
            .map(|id| &marked[id.at()].0)
            .max_by_key(|mention| {
                (
                    mention.form != MentionForm::Description,
                    mention.name.len(),
                    std::cmp::Reverse(mention.span),
                )
            });
        let best = best.context("a referent has a mention")?;
        referents.push(Referent {
            kind: best.kind,
            name: best.name.clone(),
            named: best.form != MentionForm::Description,
            listed: mentions
                .iter()
                .find_map(|id| marked[id.at()].0.listed.clone()),
            mentions: mentions.clone(),
        });
        for id in mentions {
            referent_of[id.at()] = ReferentId::new(number);
        }
    }
    let mention_of = |entity: &str, passage: Span| {
        let thing = u32::try_from(ids.iter().position(|id| id == entity)?).ok()?;
        let all = of_thing.get(&thing)?;
        let inside = all
            .iter()
            .find(|id| passage.contains(marked[id.at()].0.span));
        inside.or(all.first()).copied()
    };
    let time = |span: Span| {
        let at = read.times.iter().position(|time| time.span.overlaps(span));
        at.map(TimeId::new)
    };
    let amount = |span: Span| {
        let at = read
            .amounts
            .iter()
            .position(|amount| amount.span.overlaps(span));
        at.map(AmountId::new)
    };
    let fact = |told: &GoldFact| -> Option<Fact> {
        let kind = FactKind::named(&told.kind)?;
        let passage = *told.evidence.first()?;
        let participants: Vec<Participant> = told
            .participants
            .iter()
            .filter_map(|(role, entity)| {
                Some(Participant {
                    role: *role,
                    mention: mention_of(entity, passage)?,
                })
            })
            .collect();
        Some(Fact {
            kind,
            participants,
            time: told.time.and_then(time),
            duration: None,
            place: None,
            amount: told.amount.and_then(amount),
            stake: told.stake.and_then(amount),
            detail: None,
            condition: None,
            status: told.status?,
            passage,
            trigger: passage,
            attribution: None,
            chain: Vec::new(),
            rule: told.word.as_ref().map_or("annotation".to_owned(), |word| {
                format!("en/{}/{word}", kind.name().to_lowercase())
            }),
        })
    };
    let facts = gold
        .facts
        .iter()
        .filter_map(fact)
        .filter(|fact| !fact.participants.is_empty());
    Ok(Reading {
        facts: facts.collect(),
        mentions: marked.into_iter().map(|(mention, _)| mention).collect(),
        referents,
        referent_of,
        attributions: Vec::new(),
        ..read
    })
}

fn count(counts: &mut Counts, versions: &[Version], kit: &Kit) {
    let told: Vec<Told<'_>> = versions
        .iter()
        .map(|one| told(&one.document, &one.reading))
        .collect();
    let network = project(&told, &[], kit);
    let order: Vec<&Version> = network
        .documents
        .iter()
        .filter_map(|id| versions.iter().zip(&told).find(|(_, told)| told.id == *id))
        .map(|(one, _)| one)
        .collect();
    let linked = Linked::new(&network, &order);
    linked.b_cubed(counts);
    linked.claims(counts);
}

/// One case beside its annotation.
struct Linked<'a> {
    network: &'a Network,
    order: &'a [&'a Version],
    /// By document and mention: number of the entity.
    entity_of: BTreeMap<(usize, usize), usize>,
    /// By document and mention: the gold's mention that it is.
    gold_of: BTreeMap<(usize, usize), usize>,
}

impl<'a> Linked<'a> {
    fn new(network: &'a Network, order: &'a [&'a Version]) -> Self {
        let mut entity_of = BTreeMap::new();
        for (at, entity) in network.entities.iter().enumerate() {
            for (document, mention) in &entity.mentions {
                entity_of.insert((network.document(*document), mention.at()), at);
            }
        }
        let mut gold_of = BTreeMap::new();
        for (document, one) in order.iter().enumerate() {
            for (mention, gold) in aligned(&one.reading, &one.gold) {
                gold_of.insert((document, mention), gold);
            }
        }
        Self {
            network,
            order,
            entity_of,
            gold_of,
        }
    }

    /// Names only; a missing name is a cluster of none, a spurious one of its own.
    fn b_cubed(&self, counts: &mut Counts) {
        let mut gold_clusters: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        let mut found: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut clusters: BTreeMap<usize, Vec<Option<&str>>> = BTreeMap::new();
        for (document, one) in self.order.iter().enumerate() {
            for (at, (_, entity, counts)) in one.gold.mentions.iter().enumerate() {
                if *counts {
                    gold_clusters
                        .entry(entity)
                        .or_default()
                        .push((document, at));
                }
            }
            for (at, mention) in one.reading.mentions.iter().enumerate() {
                let gold = self.gold_of.get(&(document, at));
                let counted = gold.map(|gold| one.gold.mentions[*gold].2);
                if mention.form == MentionForm::Description || counted == Some(false) {
                    continue;
                }
                let Some(&entity) = self.entity_of.get(&(document, at)) else {
                    continue;
                };
                let wanted = gold.map(|gold| one.gold.mentions[*gold].1.as_str());
                clusters.entry(entity).or_default().push(wanted);
                if let Some(gold) = gold {
                    found.insert((document, *gold), entity);
                }
            }
        }
        for cluster in gold_clusters.values() {
            for item in cluster {
                let own = found.get(item);
                let shared = cluster
                    .iter()
                    .filter(|other| own.is_some() && found.get(other) == own)
                    .count();
                add(&mut counts.recall, shared, cluster.len());
            }
        }
        for cluster in clusters.values() {
            for item in cluster {
                let shared = cluster
                    .iter()
                    .filter(|other| item.is_some() && *other == item)
                    .count();
                add(&mut counts.precision, shared, cluster.len());
            }
        }
    }

    /// Who of the gold takes part in what a report tells.
    fn who(&self, report: usize) -> BTreeSet<&'a str> {
        let report = &self.network.reports[report];
        let document = self.network.document(report.document);
        let one = self.order[document];
        let fact = &one.reading.facts[report.fact as usize];
        let entity = |mention: MentionId| -> Option<&str> {
            let gold = self.gold_of.get(&(document, mention.at()))?;
            Some(one.gold.mentions[*gold].1.as_str())
        };
        let all = fact.participants.iter();
        all.filter_map(|p| entity(p.mention)).collect()
    }

    /// The facts of the gold that a report tells: the kind, two participants, the passage.
    fn tells(&self, at: usize) -> BTreeSet<&'a str> {
        let report = &self.network.reports[at];
        let document = self.network.document(report.document);
        let one = self.order[document];
        let fact = &one.reading.facts[report.fact as usize];
        let who = self.who(at);
        let fits = |gold: &&GoldFact| {
            let wanted: BTreeSet<&str> = gold
                .participants
                .iter()
                .map(|(_, id)| id.as_str())
                .collect();
            gold.kinds.contains(fact.kind.name())
                && who.intersection(&wanted).count() >= wanted.len().min(2)
                && gold.evidence.iter().any(|span| span.overlaps(fact.passage))
        };
        one.gold
            .facts
            .iter()
            .filter(fits)
            .map(|gold| gold.id.as_str())
            .collect()
    }

    fn said(&self, report: usize) -> String {
        let report = &self.network.reports[report];
        let one = self.order[self.network.document(report.document)];
        let fact = &one.reading.facts[report.fact as usize];
        let names = report.participants.iter().map(|(role, id)| {
            let entity = self.network.entity(*id);
            format!("{} {} {id:?}", role.name(), entity.name)
        });
        let names: Vec<String> = names.collect();
        format!(
            "{} [{}] “{}”",
            fact.rule,
            names.join(", "),
            fact.passage.of(&one.document.text)
        )
    }

    /// What keeps these tellings of one fact apart, with the two that came furthest.
    fn apart(&self, tellings: &[usize]) -> Option<(Cause, usize, usize)> {
        let told = |at: usize| apart::Told {
            report: &self.network.reports[at],
            gold: self.who(at),
        };
        let document = |at: usize| self.network.reports[at].document;
        let mut found = Vec::new();
        for (n, &a) in tellings.iter().enumerate() {
            for &b in &tellings[n + 1..] {
                if document(a) != document(b) {
                    found.push((apart::cause(&told(a), &told(b)), a, b));
                }
            }
        }
        found.into_iter().max_by_key(|(cause, ..)| *cause)
    }

    fn claims(&self, counts: &mut Counts) {
        let tells: Vec<BTreeSet<&str>> = (0..self.network.reports.len())
            .map(|at| self.tells(at))
            .collect();
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in self.order.iter().flat_map(|one| &one.gold.facts) {
            *told.entry(&fact.id).or_default() += 1;
        }
        for (id, _) in told.into_iter().filter(|(_, versions)| *versions > 1) {
            counts.told += 1;
            let documents = |reports: &mut dyn Iterator<Item = usize>| -> usize {
                let those = reports.filter(|&at| tells[at].contains(id));
                those
                    .map(|at| self.network.reports[at].document)
                    .collect::<BTreeSet<_>>()
                    .len()
            };
            if documents(&mut (0..tells.len())) < 2 {
                continue;
            }
            counts.read += 1;
            let mut claims = self.network.claims.iter();
            if claims.any(|claim| documents(&mut claim.tellings.iter().copied()) > 1) {
                counts.joined += 1;
                continue;
            }
            let those: Vec<usize> = (0..tells.len())
                .filter(|&at| tells[at].contains(id))
                .collect();
            if let Some((cause, a, b)) = self.apart(&those) {
                *counts.apart.entry(cause).or_default() += 1;
                if std::env::var_os("MADAR_LAB_VERBOSE").is_some() {
                    eprintln!("{}: {} | {}", cause.named(), self.said(a), self.said(b));
                }
            }
        }
        for claim in &self.network.claims {
            for (at, &a) in claim.tellings.iter().enumerate() {
                for &b in &claim.tellings[at + 1..] {
                    if tells[a].is_empty() || tells[b].is_empty() {
                        continue;
                    }
                    counts.pairs += 1;
                    let falsely = tells[a].is_disjoint(&tells[b]);
                    counts.falsely += u32::from(falsely);
                    if falsely && std::env::var_os("MADAR_LAB_VERBOSE").is_some() {
                        eprintln!("falsely joined: {} | {}", self.said(a), self.said(b));
                    }
                }
            }
        }
    }
}

fn add(sum: &mut (f64, u32), shared: usize, of: usize) {
    #[allow(clippy::cast_precision_loss)] // clusters are small
    let share = shared as f64 / of as f64;
    sum.0 += share;
    sum.1 += 1;
}

/// One to one, the best overlap first.
fn aligned(reading: &Reading, gold: &Gold) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (at, mention) in reading.mentions.iter().enumerate() {
        for (number, (span, ..)) in gold.mentions.iter().enumerate() {
            let share = likeness(mention.span, *span);
            if share >= SAME_MENTION {
                pairs.push((share, at, number));
            }
        }
    }
    pairs.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then_with(|| (a.1, a.2).cmp(&(b.1, b.2)))
    });
    let (mut own, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    let free = |&(_, at, number): &(f64, usize, usize)| {
        let free = !own.contains(&at) && !theirs.contains(&number);
        if free {
            own.insert(at);
            theirs.insert(number);
        }
        free
    };
    pairs
        .into_iter()
        .filter(free)
        .map(|(_, at, number)| (at, number))
        .collect()
}

/// Intersection over union.
fn likeness(a: Span, b: Span) -> f64 {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let both = a.len() + b.len() - shared;
    if both == 0 {
        0.0
    } else {
        f64::from(shared) / f64::from(both)
    }
}

fn show(all: &Counts, within: &[Counts; 3], input: Input) -> String {
    let from = match input {
        Input::Text => "",
        Input::Annotation => " --from-annotation",
    };
    let mut out = format!(
        "# The parallel gold across its languages\n\n`cargo run --release -p madar-lab -- parallel{from}`: the Arabic, \
         English and Russian version of each of sixteen articles as one case. B-cubed on names, end to end: a name \
         that was missed or invented counts.\n\n| | ar | en | ru | the three together |\n|---|---|---|---|---|\n| B-cubed, P / R / F |"
    );
    for counts in within.iter().chain([all]) {
        let share = |(sum, number): (f64, u32)| {
            if number == 0 {
                0.0
            } else {
                sum / f64::from(number)
            }
        };
        let (p, r) = (share(counts.precision), share(counts.recall));
        let f = if p + r == 0.0 {
            0.0
        } else {
            2.0 * p * r / (p + r)
        };
        let _ = write!(out, " {p:.2} / {r:.2} / **{f:.2}** |");
    }
    let _ = writeln!(
        out,
        "\n\nFacts told in two or three languages: {}; read right in two or more: {}; of these in one claim: {}. \
         Pairs of such facts in one claim: {}, different ones among them: {}.",
        all.told, all.read, all.joined, all.pairs, all.falsely
    );
    out.push_str("\nWhat keeps apart those that were read right and are not in one claim:\n\n| cause | facts |\n|---|---|\n");
    for cause in Cause::ALL {
        let count = all.apart.get(&cause).unwrap_or(&0);
        let _ = writeln!(out, "| {} | {count} |", cause.named());
    }
    out
}
