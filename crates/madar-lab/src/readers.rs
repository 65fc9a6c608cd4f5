//! The readers side by side: names on the held-out parts of the corpora and on corpora that neither
//! learned from, exact span and class, labels alone; with their speed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use madar_read::encoder::{Encoder, OWN};
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
}

/// A text with its sentences and their labels.
struct Case {
    text: String,
    sentences: Vec<Sentence>,
    gold: Vec<Vec<usize>>,
}

/// Corpora whose conventions have a head of their own.
pub(crate) fn table(data: &Path, args: &ReaderArgs, out: Option<&Path>) -> anyhow::Result<()> {
    let fast = Kit::bundled();
    let bytes = match &args.weights {
        Some(file) => std::fs::read(file)?,
        None => madar_read::encoder::BUNDLED.to_vec(),
    };
    let encoder = Encoder::from_bytes(&bytes)?;
    let mut table = String::from(
        "| | names | fast | accurate | person, place, organisation, other | fast, words/s | accurate, words/s |\n|---|---|---|---|---|---|---|\n",
    );
    for lang in [Lang::Ar, Lang::En, Lang::Ru] {
        let mut all: Vec<(String, &str, Vec<Marked>)> = Vec::new();
        for (corpus, texts) in corpora::by_corpus(lang, data)? {
            let held_out = texts
                .into_iter()
                .filter(|text| train::is_held_out(&text.document))
                .collect();
            all.push((format!("{corpus}, held out"), corpus, held_out));
        }
        for (corpus, texts) in measures::load(lang, data)? {
            all.push((corpus.to_owned(), OWN, texts));
        }
        for (name, head, texts) in all {
            let cases: Vec<Case> = texts.iter().map(|text| case(text, lang, &fast)).collect();
            let started = cpu_seconds()?;
            let guessed: Vec<Vec<Vec<usize>>> = cases
                .iter()
                .map(|case| {
                    let tag = |s: &Sentence| fast.tagger(lang).tag(s, &fast.hints(s));
                    case.sentences.iter().map(tag).collect()
                })
                .collect();
            let between = cpu_seconds()?;
            let quick = train::f1(pairs(&cases, &guessed));
            let start = cpu_seconds()?;
            let guessed = by_document(&texts, &cases, &encoder, head);
            let end = cpu_seconds()?;
            let slow = train::f1(pairs(&cases, &guessed));
            let words: usize = cases
                .iter()
                .flat_map(|c| &c.sentences)
                .map(|s| s.words.len())
                .sum();
            #[allow(clippy::cast_precision_loss)] // counts of a table
            let rate = |seconds: f64| words as f64 / seconds;
            let classes: Vec<String> = slow[..4].iter().map(|c| format!("{:.1}", c.f1())).collect();
            writeln!(
                table,
                "| {} {name} | {} | {:.1} | **{:.1}** | {} | {:.0} | {:.0} |",
                lang.code(),
                slow[4].gold,
                quick[4].f1(),
                slow[4].f1(),
                classes.join(", "),
                rate(between - started),
                rate(end - start),
            )?;
        }
    }
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table)?;
    }
    Ok(())
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
fn by_document(
    texts: &[Marked],
    cases: &[Case],
    encoder: &Encoder,
    head: &str,
) -> Vec<Vec<Vec<usize>>> {
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
