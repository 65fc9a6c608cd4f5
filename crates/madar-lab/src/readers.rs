//! The readers side by side: names on the held-out parts of the corpora and on corpora that neither
//! learned from, exact span and class, labels alone; with their speed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use madar_read::encoder::{BUNDLED, Encoder, OWN};
use madar_read::words::Sentence;
use madar_read::{Kit, Reader};
use madar_text::Lang;

use crate::corpora::{self, Marked};
use crate::speed::cpu_seconds;
use crate::{measures, train};

/// Which reader a command measures.
#[derive(Args)]
pub(crate) struct ReaderArgs {
    /// What finds names: fast or accurate
    #[arg(long, global = true, default_value = "fast", value_parser = reader)]
    reader: Reader,
    /// Weights of the accurate reader other than those in the program
    #[arg(long, global = true)]
    weights: Option<PathBuf>,
}

fn reader(name: &str) -> Result<Reader, String> {
    let found = Reader::ALL.into_iter().find(|reader| reader.name() == name);
    found.ok_or_else(|| "fast or accurate".to_owned())
}

impl ReaderArgs {
    pub(crate) fn kit(&self) -> anyhow::Result<Kit> {
        match &self.weights {
            Some(file) if self.reader == Reader::Accurate => {
                let bytes = std::fs::read(file)
                    .with_context(|| format!("cannot read {}", file.display()))?;
                Kit::accurate(&bytes).with_context(|| file.display().to_string())
            }
            _ => Ok(Kit::with(self.reader)?),
        }
    }

    /// The network of the accurate reader, whichever reader was asked for.
    pub(crate) fn encoder(&self) -> anyhow::Result<Encoder> {
        match &self.weights {
            Some(file) => Ok(Encoder::from_bytes(&std::fs::read(file)?)?),
            None => Ok(Encoder::from_bytes(BUNDLED)?),
        }
    }

    /// The same, if it was asked for.
    pub(crate) fn asked_encoder(&self) -> anyhow::Result<Option<Encoder>> {
        match self.reader {
            Reader::Fast => Ok(None),
            Reader::Accurate => self.encoder().map(Some),
        }
    }
}

/// A text with its sentences and their labels.
struct Case {
    text: String,
    sentences: Vec<Sentence>,
    gold: Vec<Vec<usize>>,
}

/// Texts that one convention marked.
struct Part {
    lang: Lang,
    name: String,
    /// The head of the accurate reader that marks by this convention.
    head: &'static str,
    texts: Vec<Marked>,
}

/// Shares of the sentences, in percent, that the accurate reader reads in the mixture: those where the
/// fast one is least sure.
const SHARES: [usize; 5] = [0, 10, 25, 50, 100];

pub(crate) fn table(data: &Path, args: &ReaderArgs, out: Option<&Path>) -> anyhow::Result<()> {
    let fast = Kit::bundled();
    let encoder = args.encoder()?;
    let mut table = String::from(HEAD);
    for share in SHARES {
        write!(table, " {share} % |")?;
    }
    table += " accurate: P / R; person, place, organisation, other | fast, words/s | accurate, words/s |\n|---|---|";
    table += &"---|".repeat(SHARES.len() + 3);
    table += "\n";
    for part in parts(data)? {
        row(&part, &fast, &encoder, &mut table)?;
    }
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table)?;
    }
    Ok(())
}

const HEAD: &str = "# The readers\n\n`cargo run --release -p madar-lab -- readers --out results/readers.md`: names by exact span and class \
    (person, place, organisation, other), F1 in percent, labels alone: no lists, no second pass over the document. \
    The columns in the middle are the mixture: so many percent of the sentences, those where the fast reader is least \
    sure, are read by the accurate one; 0 % is the fast reader, 100 % the accurate one. Held out: one document or block in \
    ten that neither learned from; there the accurate reader marks by that corpus's own rules, elsewhere by Madar's. Gold, \
    CoNLL-04 and NEREL: none of it was learned from. Speed is words to a second of processor time.\n\n\
    | | names |";

/// Held-out parts, then what was never learned from.
fn parts(data: &Path) -> anyhow::Result<Vec<Part>> {
    let mut all = Vec::new();
    for lang in [Lang::Ar, Lang::En, Lang::Ru] {
        for (corpus, mut texts) in corpora::by_corpus(lang, data)? {
            texts.retain(|text| train::is_held_out(&text.document));
            all.push(Part {
                lang,
                name: format!("{corpus}, held out"),
                head: corpus,
                texts,
            });
        }
        for (corpus, texts) in measures::load(lang, data)? {
            all.push(Part {
                lang,
                name: corpus.to_owned(),
                head: OWN,
                texts,
            });
        }
    }
    Ok(all)
}

fn row(part: &Part, fast: &Kit, encoder: &Encoder, table: &mut String) -> anyhow::Result<()> {
    let lang = part.lang;
    let cases: Vec<Case> = part
        .texts
        .iter()
        .map(|text| case(text, lang, fast))
        .collect();
    let started = cpu_seconds()?;
    let tag = |s: &Sentence| fast.tagger(lang).tag(s, &fast.hints(s));
    let quick: Labels = cases
        .iter()
        .map(|case| case.sentences.iter().map(tag).collect())
        .collect();
    let quick_took = cpu_seconds()? - started;
    let lead = |s: &Sentence| fast.tagger(lang).lead(s, &fast.hints(s));
    let leads: Vec<Vec<i32>> = cases
        .iter()
        .map(|case| case.sentences.iter().map(lead).collect())
        .collect();
    let started = cpu_seconds()?;
    let slow = by_document(&part.texts, &cases, encoder, part.head);
    let slow_took = cpu_seconds()? - started;
    let counts = train::f1(pairs(&cases, &slow));
    write!(
        table,
        "| {} {} | {} |",
        lang.code(),
        part.name,
        counts[4].gold
    )?;
    let mut sorted: Vec<i32> = leads.iter().flatten().copied().collect();
    sorted.sort_unstable();
    for share in SHARES {
        let count = sorted.len() * share / 100;
        let below = if count == sorted.len() {
            i32::MAX
        } else {
            sorted[count]
        };
        let mixed = mixed(&quick, &slow, &leads, |lead| share == 100 || lead < below);
        write!(table, " {:.1} |", train::f1(pairs(&cases, &mixed))[4].f1())?;
    }
    let words: usize = cases
        .iter()
        .flat_map(|c| &c.sentences)
        .map(|s| s.words.len())
        .sum();
    #[allow(clippy::cast_precision_loss)] // counts of a table
    let rate = |seconds: f64| words as f64 / seconds;
    let classes: Vec<String> = counts[..4]
        .iter()
        .map(|c| format!("{:.1}", c.f1()))
        .collect();
    let share = |hit: u32, of: u32| 100.0 * f64::from(hit) / f64::from(of.max(1));
    writeln!(
        table,
        " {:.1} / {:.1}; {} | {:.0} | {:.0} |",
        share(counts[4].hit, counts[4].found),
        share(counts[4].hit, counts[4].gold),
        classes.join(", "),
        rate(quick_took),
        rate(slow_took),
    )?;
    Ok(())
}

/// By text, by sentence, by word.
type Labels = Vec<Vec<Vec<usize>>>;

fn mixed(
    quick: &Labels,
    slow: &Labels,
    leads: &[Vec<i32>],
    unsure: impl Fn(i32) -> bool,
) -> Labels {
    let texts = quick.iter().zip(slow).zip(leads);
    texts
        .map(|((quick, slow), leads)| {
            let sentences = quick.iter().zip(slow).zip(leads);
            sentences
                .map(|((quick, slow), &lead)| if unsure(lead) { slow } else { quick }.clone())
                .collect()
        })
        .collect()
}

fn case(marked: &Marked, lang: Lang, kit: &Kit) -> Case {
    let sentences = train::sentences(marked, lang, kit);
    let gold = sentences
        .iter()
        .map(|s| train::labels(s, &marked.names))
        .collect();
    Case {
        text: marked.text.clone(),
        sentences,
        gold,
    }
}

/// Sentences of one document are read together, as a reader of the document does.
fn by_document(texts: &[Marked], cases: &[Case], encoder: &Encoder, head: &str) -> Labels {
    let mut out = Vec::new();
    let mut at = 0;
    while at < cases.len() {
        let same =
            |other: &Marked| !other.document.is_empty() && other.document == texts[at].document;
        let count = texts[at + 1..].iter().take_while(|t| same(t)).count() + 1;
        let own = &cases[at..at + count];
        let sentences: Vec<(&str, &Sentence)> = own
            .iter()
            .flat_map(|case| case.sentences.iter().map(|s| (case.text.as_str(), s)))
            .collect();
        let mut labels = encoder.tag(&sentences, head).into_iter();
        out.extend(
            own.iter()
                .map(|case| labels.by_ref().take(case.sentences.len()).collect()),
        );
        at += count;
    }
    out
}

/// Gold and guess of each sentence.
fn pairs<'a>(
    cases: &'a [Case],
    guessed: &'a [Vec<Vec<usize>>],
) -> impl Iterator<Item = (&'a [usize], &'a [usize])> {
    cases.iter().zip(guessed).flat_map(|(case, guessed)| {
        let both = case.gold.iter().zip(guessed);
        both.map(|(gold, guess)| (gold.as_slice(), guess.as_slice()))
    })
}
