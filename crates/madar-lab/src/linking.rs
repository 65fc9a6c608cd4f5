//! The gold's stories through the whole of Madar, or from their annotation on: which claims are found and
//! joined, which are joined falsely, whether the true number of independent chains lies in the interval,
//! which circular stories and which hidden copies are seen as such.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use madar_link::{DocumentNumber, EntityId, Network, Told, Transmitter, project};
use madar_names::{Name, NameKind, SAME};
use madar_read::{Kit, Reading};
use madar_text::{Document, Span};

use crate::annotated;
use crate::gold::Input;
use crate::reading::given;
use crate::stories::{self, Article, Story};
use crate::text::told;

struct Read {
    /// Number of the article in the story.
    article: usize,
    document: Document,
    reading: Reading,
    /// For each fact the claims that it tells, where the annotation says so.
    tells: Option<Vec<BTreeSet<usize>>>,
}

#[derive(Default)]
struct Counts {
    claims: u32,
    found: u32,
    retold: u32,
    joined: u32,
    joined_falsely: u32,
    k_inside: u32,
    width: u32,
    perhaps: u32,
    perhaps_right: u32,
    circular: u32,
    circular_joined: u32,
    circular_seen: u32,
    honest: u32,
    honest_called_circular: u32,
    links: u32,
    links_joined: u32,
    links_named: u32,
    copies: u32,
    copies_found: u32,
    translated: u32,
    translated_found: u32,
    copies_false: u32,
}

const HEAD: &str = "*Found*: a claim with the kind and two of the participants stands at a passage of the gold. \
    *Joined*: of the claims told by two or more articles, those with found tellings from different articles in one \
    claim. *Falsely*: claims of Madar that hold tellings of different claims. *k inside*: of the found claims, those \
    whose true k lies in [k_lo, k_hi], with the mean width of the interval. *May tell*: of the articles that Madar says may tell a found \
    claim too, those that do. *Circular*: retold claims with one true \
    chain that Madar gives k_lo = 1, and honest ones that it gives k_hi = 1. *Links*: true common links of claims \
    with one true chain, told by two or more articles, that are named; who gives a paper out stands for it. *Copies*: documents that rest on another \
    without saying so; those of them that are translated; pairs wrongly called so.\n\n\
    | story | claims | found | retold | joined | falsely | k inside | width | may tell | circular seen | honest called circular | links | copies | translated | false copies |\n\
    |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";

pub(crate) fn score(
    gold: &Path,
    input: Input,
    kit: &Kit,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let mut table = match input {
        Input::Text => format!(
            "# The stories\n\n`cargo run --release -p madar-lab -- stories{} --out {}`: \
             stories through the whole of Madar. ",
            of(gold),
            shown(out, "results/stories.md"),
        ),
        Input::Annotation => format!(
            "# The stories, linked from their annotation\n\n`cargo run --release -p madar-lab -- stories{} \
             --from-annotation --out {}`: facts, names and told chains as the annotation has them; what linking loses \
             by itself. ",
            of(gold),
            shown(out, "results/stories-linked.md"),
        ),
    };
    table += HEAD;
    let mut all = Counts::default();
    for (folder, story) in stories::stories(gold)? {
        let mut read = Vec::new();
        for (number, article) in story.articles.iter().enumerate() {
            read.push(read_one(&folder, number, article, &story, input, kit)?);
        }
        let counts = Scored::new(&story, &read, kit).counts();
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        table += &row(&name, &counts);
        all.add(&counts);
    }
    table += &row("**all**", &all);
    let _ = writeln!(
        table,
        "\nOf the claims that were joined: {} of {} circular ones recognised, {} of {} common links named.",
        all.circular_seen, all.circular_joined, all.links_named, all.links_joined,
    );
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table)?;
    }
    Ok(())
}

/// The option that names a folder other than the gold's.
fn of(gold: &Path) -> String {
    match gold == Path::new("../shared/gold") {
        true => String::new(),
        false => format!(" --gold {}", gold.display()),
    }
}

fn shown(out: Option<&Path>, usual: &str) -> String {
    out.filter(|out| out.is_relative())
        .map_or_else(|| usual.to_owned(), |out| out.display().to_string())
}

fn read_one(
    folder: &Path,
    number: usize,
    article: &Article,
    story: &Story,
    input: Input,
    kit: &Kit,
) -> anyhow::Result<Read> {
    if input == Input::Annotation {
        let made = annotated::of_story(folder, article, story, kit)?;
        return Ok(Read {
            article: number,
            document: made.document,
            reading: made.reading,
            tells: Some(made.tells),
        });
    }
    let file = folder.join(&article.file);
    let given = given(
        &file,
        Some(article.publisher.clone()),
        Some(&article.published),
    )?;
    let document = madar_open::open(&std::fs::read(&file)?, &given)?;
    let reading = madar_read::read(&document, kit);
    Ok(Read {
        article: number,
        document,
        reading,
        tells: None,
    })
}

/// One story, linked.
struct Scored<'a> {
    story: &'a Story,
    /// In the order of the network's documents.
    read: Vec<&'a Read>,
    network: Network,
    /// For each report the claims of the story that it tells.
    tells: Vec<BTreeSet<usize>>,
    names: BTreeMap<EntityId, BTreeSet<&'a str>>,
    kit: &'a Kit,
}

impl<'a> Scored<'a> {
    fn new(story: &'a Story, read: &'a [Read], kit: &'a Kit) -> Self {
        let told: Vec<Told<'_>> = read
            .iter()
            .map(|one| told(&one.document, &one.reading))
            .collect();
        let network = project(&told, &[], kit);
        let of = |id| told.iter().position(|t| t.id == id);
        let read: Vec<&Read> = network
            .documents
            .iter()
            .filter_map(|id| Some(&read[of(*id)?]))
            .collect();
        let names = entity_names(&network, story);
        let mut scored = Self {
            story,
            read,
            network,
            tells: Vec::new(),
            names,
            kit,
        };
        scored.tells = (0..scored.network.reports.len())
            .map(|at| scored.told_by(at))
            .collect();
        scored
    }

    /// The claims that a report tells: the kind, two of the participants, at a passage of the gold.
    fn told_by(&self, report: usize) -> BTreeSet<usize> {
        let report = &self.network.reports[report];
        let source = self.read[self.network.document(report.document)];
        if let Some(tells) = &source.tells {
            return tells[report.fact as usize].clone();
        }
        let kind = report.kind.name();
        let passage = source.reading.facts[report.fact as usize].passage;
        let article = &self.story.articles[source.article].id;
        let claims = self.story.claims.iter().enumerate();
        let fits = claims.filter(|(_, claim)| {
            let who = report.participants.iter().filter_map(|(_, e)| {
                let names = self.names.get(e)?;
                claim
                    .participants
                    .iter()
                    .find(|p| names.contains(p.as_str()))
            });
            let shared = who.collect::<BTreeSet<_>>().len();
            let mut here = claim.tellings.iter().filter(|t| t.article == *article);
            (kind == claim.kind || claim.kind_alt.iter().any(|k| k == kind))
                && shared >= claim.participants.len().min(2)
                && here.any(|t| overlaps(&source.document.text, &t.passage, passage))
        });
        fits.map(|(at, _)| at).collect()
    }

    fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (number, claim) in self.story.claims.iter().enumerate() {
            // For each claim of Madar the articles in which it tells this one.
            let mut hits: BTreeMap<usize, BTreeSet<DocumentNumber>> = BTreeMap::new();
            for (at, candidate) in self.network.claims.iter().enumerate() {
                for &telling in &candidate.tellings {
                    if self.tells[telling].contains(&number) {
                        let document = self.network.reports[telling].document;
                        hits.entry(at).or_default().insert(document);
                    }
                }
            }
            if verbose() {
                self.show_untold(number, claim);
            }
            self.count(&mut counts, claim, &hits);
        }
        if verbose() {
            self.show_split();
        }
        counts.joined_falsely = self.joined_falsely();
        self.copies(&mut counts);
        counts
    }

    fn joined_falsely(&self) -> u32 {
        let mut count = 0;
        for claim in &self.network.claims {
            let told: Vec<&BTreeSet<usize>> = claim
                .tellings
                .iter()
                .map(|&t| &self.tells[t])
                .filter(|t| !t.is_empty())
                .collect();
            let falsely = told
                .iter()
                .enumerate()
                .any(|(i, a)| told[i + 1..].iter().any(|b| a.is_disjoint(b)));
            if falsely && verbose() {
                let claims: BTreeSet<usize> = told.into_iter().flatten().copied().collect();
                for c in claims {
                    eprintln!("falsely {}", self.shown(&self.story.claims[c]));
                }
            }
            count += u32::from(falsely);
        }
        count
    }

    fn shown(&self, claim: &stories::Claim) -> String {
        format!(
            "{} {} {} {:?} k {} {:?}",
            self.story.articles[0].id,
            claim.kind,
            claim.status,
            claim.participants,
            claim.k_true,
            claim.common_links_true,
        )
    }

    fn count(
        &self,
        counts: &mut Counts,
        claim: &stories::Claim,
        hits: &BTreeMap<usize, BTreeSet<DocumentNumber>>,
    ) {
        let articles: BTreeSet<&str> = claim.tellings.iter().map(|t| t.article.as_str()).collect();
        let articles = articles.len();
        counts.claims += 1;
        counts.retold += u32::from(articles >= 2);
        let circular = articles >= 2 && claim.k_true == 1;
        counts.circular += u32::from(circular);
        counts.honest += u32::from(articles >= 2 && !circular);
        let links: Vec<&str> = claim
            .common_links_true
            .iter()
            .map(String::as_str)
            .filter(|_| circular)
            .collect();
        counts.links += u32::from(!links.is_empty());
        let Some((best, covered)) = hits
            .iter()
            .max_by_key(|(at, a)| (a.len(), std::cmp::Reverse(**at)))
        else {
            return;
        };
        counts.found += 1;
        let support = &self.network.claims[*best].support;
        let inside = support.k_lo <= claim.k_true && claim.k_true <= support.k_hi;
        counts.k_inside += u32::from(inside);
        counts.width += support.k_hi - support.k_lo;
        let documents = support.perhaps.iter().flat_map(|strand| &strand.documents);
        let documents: BTreeSet<DocumentNumber> = documents.copied().collect();
        let tells = |document: &&DocumentNumber| {
            let source = self.read[self.network.document(**document)];
            let id = &self.story.articles[source.article].id;
            claim.tellings.iter().any(|telling| telling.article == *id)
        };
        let right = documents.iter().filter(tells).count();
        counts.perhaps_right += u32::try_from(right).expect("few documents");
        counts.perhaps += u32::try_from(documents.len()).expect("few documents");
        let joined = articles >= 2 && covered.len() >= 2;
        let named = support
            .suspected_links
            .iter()
            .any(|t| links.iter().any(|link| self.names_transmitter(t, link)));
        if verbose() && (!inside || articles >= 2 && !joined || !links.is_empty() && !named) {
            eprintln!(
                "{} | joined {}/{articles} in {} k [{}, {}] links {:?}",
                self.shown(claim),
                covered.len(),
                hits.len(),
                support.k_lo,
                support.k_hi,
                support.suspected_links
            );
        }
        if verbose() && articles >= 2 && hits.len() > 1 {
            self.show_apart(hits.keys().copied());
        }
        if !joined {
            return;
        }
        counts.joined += 1;
        counts.circular_joined += u32::from(circular);
        counts.links_joined += u32::from(!links.is_empty());
        counts.circular_seen += u32::from(circular && support.k_lo == 1);
        counts.honest_called_circular += u32::from(!circular && support.k_hi == 1);
        counts.links_named += u32::from(named);
    }

    /// Whether a transmitter is the one that the story calls so.
    fn names_transmitter(&self, transmitter: &Transmitter, wanted: &str) -> bool {
        let bare = wanted
            .strip_suffix(" (document)")
            .or_else(|| wanted.strip_suffix(" (anonymous)"));
        let known = |text: &str| {
            let name = self.story.names.iter().find(|n| n.en == wanted);
            let mut forms = name.into_iter().flat_map(|n| n.forms.values().flatten());
            let text = madar_text::fold(text);
            madar_text::fold(wanted) == text || forms.any(|f| madar_text::fold(f) == text)
        };
        match transmitter {
            Transmitter::Outlet(id) => {
                let entry = self.kit.gazetteer.entry(id);
                entry.is_some_and(|e| e.names.iter().any(|n| known(n)))
            }
            Transmitter::Publisher(name) => known(name),
            Transmitter::Entity(id) => {
                let names = self.names.get(id);
                names.is_some_and(|n| {
                    n.contains(wanted) || n.iter().any(|n| self.gives_out(n, wanted))
                })
            }
            Transmitter::Anonymous { described, .. } | Transmitter::Paper(described) => {
                bare.is_some_and(|w| madar_text::fold(w) == *described)
            }
            Transmitter::Untold(_) => false,
        }
    }

    /// Tellings of a claim that were not found, with what was found at their passages instead.
    fn show_untold(&self, number: usize, claim: &stories::Claim) {
        for telling in &claim.tellings {
            let ids = |at: usize| &self.story.articles[self.read[at].article].id;
            let Some(at) = (0..self.read.len()).find(|&at| *ids(at) == telling.article) else {
                continue;
            };
            let text = &self.read[at].document.text;
            let here: Vec<(usize, _)> = (self.network.reports.iter().enumerate())
                .filter(|(_, report)| self.network.document(report.document) == at)
                .filter(|(_, report)| {
                    let fact = &self.read[at].reading.facts[report.fact as usize];
                    overlaps(text, &telling.passage, fact.passage)
                })
                .collect();
            if here.iter().any(|(at, _)| self.tells[*at].contains(&number)) {
                continue;
            }
            eprintln!(
                "untold {} {} | {}",
                telling.article,
                self.shown(claim),
                telling.passage
            );
            let reading = &self.read[at].reading;
            for mention in &reading.mentions {
                if overlaps(text, &telling.passage, mention.span) {
                    eprintln!(
                        "      {} {:?} {}",
                        mention.span.of(text),
                        mention.form,
                        mention.kind.name()
                    );
                }
            }
            for (_, report) in here {
                let names = report.participants.iter().map(|(role, entity)| {
                    let names = self.names.get(entity).and_then(|names| names.first());
                    let other = || format!("?{}", self.network.entity(*entity).name);
                    let name = names.map_or_else(other, |name| (*name).to_owned());
                    format!("{} {name}", role.name())
                });
                let names: Vec<String> = names.collect();
                eprintln!(
                    "   got {} {} {} {names:?}",
                    report.kind.name(),
                    report.rule,
                    report.status.name()
                );
            }
        }
    }

    /// Names of the story that several entities bear.
    fn show_split(&self) {
        let mut bearers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for entity in &self.network.entities {
            for name in self.names.get(&entity.id).into_iter().flatten() {
                let uses = entity.names.iter().map(|one| one.text.as_str());
                let uses = uses.collect::<Vec<_>>().join(", ");
                bearers.entry(name).or_default().push(uses);
            }
        }
        for (name, those) in bearers.iter().filter(|(_, those)| those.len() > 1) {
            eprintln!("split {name}: {}", those.join(" | "));
        }
    }

    /// What was told of one claim and stands in several.
    fn show_apart(&self, claims: impl Iterator<Item = usize>) {
        for (number, at) in claims.enumerate() {
            for &telling in &self.network.claims[at].tellings {
                let report = &self.network.reports[telling];
                let names = report.participants.iter().map(|(role, entity)| {
                    let names = self.names.get(entity);
                    let name = names.and_then(|names| names.first()).unwrap_or(&"?");
                    format!("{} {name}", role.name())
                });
                let names: Vec<String> = names.collect();
                eprintln!(
                    "   {number} {} {} {names:?} {:?} {:?} {:?}",
                    report.rule,
                    report.status.name(),
                    report.time,
                    report.amount,
                    report.stake
                );
            }
        }
    }

    /// Whether a paper is somebody's own, by its name: the EU's *EU Official Journal*.
    fn gives_out(&self, author: &str, paper: &str) -> bool {
        let names = self.story.names.iter().filter(|n| n.en == author);
        let mut forms = names.flat_map(|n| n.forms.values().flatten());
        let after = |form: &String| paper.strip_prefix(form.as_str());
        paper.ends_with("(document)")
            && forms.any(|form| after(form).is_some_and(|rest| rest.starts_with([' ', '\''])))
    }

    /// Documents that rest on others and do not say so, against what Madar suspects. A suspicion between
    /// two that the story ties openly is neither right nor wrong.
    fn copies(&self, counts: &mut Counts) {
        for later in 0..self.read.len() {
            let tied: Vec<(u32, u32)> = (0..self.read.len())
                .map(|earlier| self.tied(later, earlier))
                .collect();
            let suspected = |earlier: usize| {
                let mut those = self.network.dependences.iter();
                those.any(|d| {
                    let place = |number| self.network.document(number);
                    (place(d.later), place(d.earlier)) == (later, earlier)
                })
            };
            let hidden: Vec<usize> = (0..tied.len()).filter(|&e| tied[e].0 >= HIDDEN).collect();
            let found = hidden.iter().any(|&e| suspected(e));
            let lang = |at: usize| &self.story.articles[self.read[at].article].lang;
            let translated = hidden.iter().all(|&e| lang(e) != lang(later));
            if !hidden.is_empty() {
                counts.copies += 1;
                counts.copies_found += u32::from(found);
                counts.translated += u32::from(translated);
                counts.translated_found += u32::from(translated && found);
            }
            let falsely = (0..tied.len()).filter(|&e| tied[e] == (0, 0) && suspected(e));
            counts.copies_false += u32::try_from(falsely.count()).expect("few documents");
            if verbose() {
                for earlier in (0..tied.len()).filter(|&e| tied[e].0 > 0 || suspected(e)) {
                    let id = |at: usize| &self.story.articles[self.read[at].article].id;
                    let (hidden, open) = tied[earlier];
                    let (later, earlier, seen) = (id(later), id(earlier), suspected(earlier));
                    eprintln!(
                        "{later} of {earlier}: hidden {hidden}, open {open}, suspected {seen}"
                    );
                }
            }
        }
    }

    /// Tellings of a document that rest on another: hidden ones, open ones.
    fn tied(&self, later: usize, earlier: usize) -> (u32, u32) {
        let (a, b) = (self.read[later].article, self.read[earlier].article);
        let articles = &self.story.articles;
        if a == b {
            return (0, 1);
        }
        let tellings = self.story.claims.iter().flat_map(|c| &c.tellings);
        let (mut hidden, mut open) = (0, 0);
        for telling in tellings.filter(|t| t.article == articles[a].id) {
            let holds = |c: &[String]| c.iter().skip(1).any(|h| *h == articles[b].publisher);
            let told = holds(&telling.told_chain);
            open += u32::from(told);
            hidden += u32::from(holds(&telling.true_chain) && !told);
        }
        (hidden, open)
    }
}

/// Claims told from another document without saying so that make a copy.
const HIDDEN: u32 = 3;

/// Set to see what is missed, on standard error.
fn verbose() -> bool {
    std::env::var_os("MADAR_LAB_VERBOSE").is_some()
}

fn overlaps(text: &str, passage: &str, span: Span) -> bool {
    text.find(passage)
        .is_some_and(|at| Span::from_range(at..at + passage.len()).overlaps(span))
}

/// Which names of the story an entity goes by: those with the same form, else the most alike one.
fn entity_names<'a>(network: &Network, story: &'a Story) -> BTreeMap<EntityId, BTreeSet<&'a str>> {
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
    let best = |text: &str| -> BTreeSet<&'a str> {
        let folded = madar_text::fold(text);
        let exact: BTreeSet<&str> = forms
            .iter()
            .filter(|(f, _)| madar_text::fold(f.text()) == folded)
            .map(|(_, en)| *en)
            .collect();
        if !exact.is_empty() {
            return exact;
        }
        let scored = forms
            .iter()
            .map(|(form, en)| (madar_names::score(&Name::new(text, form.kind()), form), *en));
        let best = scored.max().filter(|(score, _)| *score >= SAME);
        best.map(|(_, en)| en).into_iter().collect()
    };
    let all = network.entities.iter();
    all.filter_map(|e| {
        let names = e
            .names
            .iter()
            .map(|n| n.text.as_str())
            .chain([e.name.as_str()]);
        let found = names.map(best).find(|found| !found.is_empty())?;
        Some((e.id, found))
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
    fn add(&mut self, other: &Counts) {
        self.claims += other.claims;
        self.found += other.found;
        self.retold += other.retold;
        self.joined += other.joined;
        self.joined_falsely += other.joined_falsely;
        self.k_inside += other.k_inside;
        self.width += other.width;
        self.perhaps += other.perhaps;
        self.perhaps_right += other.perhaps_right;
        self.circular += other.circular;
        self.circular_joined += other.circular_joined;
        self.circular_seen += other.circular_seen;
        self.honest += other.honest;
        self.honest_called_circular += other.honest_called_circular;
        self.links += other.links;
        self.links_joined += other.links_joined;
        self.links_named += other.links_named;
        self.copies += other.copies;
        self.copies_found += other.copies_found;
        self.translated += other.translated;
        self.translated_found += other.translated_found;
        self.copies_false += other.copies_false;
    }
}

fn row(name: &str, c: &Counts) -> String {
    let mut out = String::new();
    let width = f64::from(c.width) / f64::from(c.found.max(1));
    let _ = writeln!(
        out,
        "| {name} | {} | {} | {} | {} | {} | {} | {width:.2} | {}/{} | {}/{} | {}/{} | {}/{} | {}/{} | {}/{} | {} |",
        c.claims,
        c.found,
        c.retold,
        c.joined,
        c.joined_falsely,
        c.k_inside,
        c.perhaps_right,
        c.perhaps,
        c.circular_seen,
        c.circular,
        c.honest_called_circular,
        c.honest,
        c.links_named,
        c.links,
        c.copies_found,
        c.copies,
        c.translated_found,
        c.translated,
        c.copies_false,
    );
    out
}
