//! Near copies made from real articles by cutting, putting in another order, rewriting lightly and mixing with
//! others: how many are found at which share of copied words, and what is wrongly called a copy among articles
//! that nobody copied.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use madar_case::document_id;
use madar_link::{DependenceKind, Told, project};
use madar_open::{Given, open};
use madar_read::{Kit, Reading};
use madar_text::{Document, DocumentId};

use crate::corpora::files;

/// Shares of a copy's words that are copied, in percent; the rest is from articles that are not in the case.
const SHARES: [usize; 6] = [100, 75, 50, 40, 30, 25];
/// In a rewritten copy each so-many-eth word is another.
const REWRITTEN: usize = 15;
/// Sentences from which on an article is long enough to be cut.
const SENTENCES: usize = 8;

/// How a copy differs from its source beyond being cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    None,
    Order,
    OrderAndWords,
}

const CHANGES: [(Change, &str); 3] = [
    (Change::None, "cut"),
    (Change::Order, "cut, in another order"),
    (
        Change::OrderAndWords,
        "cut, in another order, every 15th word another",
    ),
];

struct Article {
    id: DocumentId,
    document: Document,
    reading: Reading,
}

pub(crate) fn run(data: &Path, out: Option<&Path>) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let mut table = String::from(
        "# Near copies\n\n`cargo run --release -p madar-lab -- copies`: articles of NTREX (three languages) and of the \
         Russian BSNLP topics that are like no other, every second one with a copy of it: so many percent of the copy's words are the source's, \
         the rest is from articles that are not in the case. *Found*: copies that are held to rest on their source or \
         it on them. *False*: pairs of which neither copies the other.\n\n\
         | language | copies are | share copied | copies | found | false | F1 |\n|---|---|---|---|---|---|---|\n",
    );
    let mut distinct = String::new();
    let (mut words, mut articles) = (0, 0);
    for (language, paths) in corpora(data)? {
        let texts: Vec<String> = paths.iter().filter_map(|path| text(path)).collect();
        words += texts
            .iter()
            .map(|text| text.split_whitespace().count())
            .sum::<usize>();
        articles += texts.len();
        let alone: Vec<Article> = texts.iter().filter_map(|t| article(t, &kit)).collect();
        let found = dependent(&alone, &kit, percent_copied);
        let quoting = dependent(&alone, &kit, words_quoted);
        // what the wires copied already would be found too, and is no mistake
        let copied: BTreeSet<DocumentId> = found.iter().flat_map(|&(a, b, _)| [a, b]).collect();
        let is_own = |text: &String| article(text, &kit).is_some_and(|a| !copied.contains(&a.id));
        let long: Vec<&String> = texts
            .iter()
            .filter(|t| sentences(t).len() >= SENTENCES && is_own(t))
            .collect();
        writeln!(
            distinct,
            "{language}: {} articles, {} pairs called copies, {} that quote alike.",
            alone.len(),
            found.len(),
            quoting.len()
        )?;
        let shares = found.iter().map(|(a, b, share)| (a, b, share, "%"));
        let quotes = quoting
            .iter()
            .map(|(a, b, words)| (a, b, words, "words quoted"));
        for (a, b, how_much, of) in shares.chain(quotes) {
            let title = |id| {
                let one = alone.iter().find(|article| article.id == id);
                one.and_then(|article| article.document.text.lines().next())
                    .unwrap_or("")
            };
            // for the eye alone: the corpora's words stay out of the tables
            eprintln!("{how_much} {of}: {} / {}", title(*a), title(*b));
        }
        for (change, named) in CHANGES {
            for share in SHARES {
                let line = measure(&long, change, share, &kit);
                writeln!(table, "| {language} | {named} | {share} % | {line} |")?;
            }
        }
    }
    // four bytes to a sequence, and as good as one sequence to a word
    let (mean, bytes) = (words / articles.max(1), 4 * words / articles.max(1));
    let table = format!(
        "{table}\n## Articles that nobody copied\n\n{distinct}\n## Memory\n\nThese articles have {mean} words in the \
         mean; a sketch takes four bytes to a word: {bytes} bytes an article, {} MB a million of them, and an \
         eighth of a gigabyte beside it while they are compared.\n",
        (bytes * 1_000_000) >> 20
    );
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table)?;
    }
    Ok(())
}

fn corpora(data: &Path) -> anyhow::Result<Vec<(&'static str, Vec<PathBuf>)>> {
    let ntrex: Vec<PathBuf> = files(&data.join("ntrex"))?
        .into_iter()
        .filter(|path| path.is_dir())
        .collect();
    let of = |file: &str| ntrex.iter().map(|folder| folder.join(file)).collect();
    let mut bsnlp = Vec::new();
    for topic in files(&data.join("ru-bsnlp"))?
        .iter()
        .filter(|path| path.is_dir())
    {
        bsnlp.extend(files(&topic.join("raw/ru"))?);
    }
    Ok(vec![
        ("ar", of("ar.txt")),
        ("en", of("en.txt")),
        ("ru", of("ru.txt")),
        ("ru (BSNLP)", bsnlp),
    ])
}

/// The running text; the four lines that head a BSNLP file left out.
fn text(path: &Path) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    let heads = path.components().any(|part| part.as_os_str() == "ru-bsnlp");
    let lines = text.lines().skip(if heads { 4 } else { 0 });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn article(text: &str, kit: &Kit) -> Option<Article> {
    let document = open(text.as_bytes(), &Given::default()).ok()?;
    let reading = madar_read::read(&document, kit);
    let id = document_id(&document);
    Some(Article {
        id,
        document,
        reading,
    })
}

fn sentences(text: &str) -> Vec<&str> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '؟' | '\n');
    let all = text.split_inclusive(ends).map(str::trim);
    all.filter(|s| s.split_whitespace().count() > 3).collect()
}

fn percent_copied(kind: DependenceKind) -> Option<u32> {
    match kind {
        DependenceKind::Copy { percent } => Some(percent),
        _ => None,
    }
}

fn words_quoted(kind: DependenceKind) -> Option<u32> {
    match kind {
        DependenceKind::Quote { words } => Some(words),
        _ => None,
    }
}

/// Pairs in which one is held to rest on the other, the smaller id first, and by how much of it.
fn dependent(
    articles: &[Article],
    kit: &Kit,
    how_much: fn(DependenceKind) -> Option<u32>,
) -> BTreeSet<(DocumentId, DocumentId, u32)> {
    let told: Vec<Told<'_>> = articles
        .iter()
        .map(|article| Told {
            id: article.id,
            meta: &article.document.meta,
            text: &article.document.text,
            reading: &article.reading,
        })
        .collect();
    let network = project(&told, &[], kit);
    let pair = |d: &madar_link::Dependence| {
        let how_much = how_much(d.kind)?;
        let ids = [d.later, d.earlier].map(|at| network.documents[network.document(at)]);
        Some((ids[0].min(ids[1]), ids[0].max(ids[1]), how_much))
    };
    network.dependences.iter().filter_map(pair).collect()
}

fn measure(texts: &[&String], change: Change, share: usize, kit: &Kit) -> String {
    // the first half is the case, the second gives what copies are mixed with
    let (case, rest) = texts.split_at(texts.len() / 2);
    let mut articles: Vec<Article> = case.iter().filter_map(|text| article(text, kit)).collect();
    let mut pairs: BTreeSet<(DocumentId, DocumentId)> = BTreeSet::new();
    for (at, source) in case.iter().enumerate().step_by(2) {
        let copied = copy(source, rest[at % rest.len()], change, share);
        let (Some(copy), Some(source)) = (article(&copied, kit), article(source, kit)) else {
            continue;
        };
        if copy.id != source.id {
            pairs.insert((copy.id.min(source.id), copy.id.max(source.id)));
            articles.push(copy);
        }
    }
    let found: BTreeSet<(DocumentId, DocumentId)> = dependent(&articles, kit, percent_copied)
        .into_iter()
        .map(|(a, b, _)| (a, b))
        .collect();
    let right = found.intersection(&pairs).count();
    let wrong = found.len() - right;
    #[allow(clippy::cast_precision_loss)] // counts of a table
    let f1 = 2.0 * right as f64 / (found.len() + pairs.len()).max(1) as f64;
    format!("{} | {right} | {wrong} | {f1:.3}", pairs.len())
}

/// A text `share` percent of whose words come from `source`, sentence by sentence, the rest from `other`.
fn copy(source: &str, other: &str, change: Change, share: usize) -> String {
    let (own, foreign) = (sentences(source), sentences(other));
    let words = |all: &[&str]| {
        all.iter()
            .map(|s| s.split_whitespace().count())
            .sum::<usize>()
    };
    // what is copied is the first so many sentences, at most as many words as make up the share
    let total = words(&own);
    let wanted = total * share / 100;
    let mut taken: Vec<&str> = Vec::new();
    for sentence in own.iter().copied() {
        if words(&taken) >= wanted {
            break;
        }
        taken.push(sentence);
    }
    let missing = words(&taken) * (100 - share) / share;
    let mut mixed: Vec<&str> = Vec::new();
    for sentence in foreign.iter().copied() {
        if words(&mixed) >= missing {
            break;
        }
        mixed.push(sentence);
    }
    if change != Change::None {
        // every second one first, so that no two neighbours stay side by side
        let odd: Vec<&str> = taken.iter().skip(1).step_by(2).copied().collect();
        let even = taken.iter().step_by(2).copied();
        taken = odd.into_iter().chain(even).collect();
    }
    let all: Vec<&str> = mixed.into_iter().chain(taken).collect();
    let text = all.join("\n");
    if change != Change::OrderAndWords {
        return text;
    }
    let strange: Vec<&str> = foreign.iter().flat_map(|s| s.split_whitespace()).collect();
    let rewritten = text.split(' ').enumerate().map(|(at, word)| {
        let other = strange
            .get(at * 7 % strange.len().max(1))
            .copied()
            .unwrap_or(word);
        if at % REWRITTEN == REWRITTEN - 1 {
            other
        } else {
            word
        }
    });
    rewritten.collect::<Vec<_>>().join(" ")
}
