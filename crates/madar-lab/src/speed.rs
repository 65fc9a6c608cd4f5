//! How fast reading is: the whole pipeline from raw text, one thread, every distinct text once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context;
use madar_open::Given;
use madar_read::Kit;

use crate::readers::ReaderArgs;

/// Bytes below which a file is no article.
const SMALLEST: u64 = 200;
/// Mean bytes of a line below which a file is a table of tokens and no text.
const SHORTEST_LINES: usize = 24;

/// A text in each language, for which all that is needed to read it is made ready.
const EACH: [&str; 3] = [
    "قال كريم حداد إن الشركة دفعت مليون دولار للوزير.\n",
    "Karim Haddad said the company had paid the minister a million dollars.\n",
    "Карим Хаддад сообщил, что компания заплатила министру миллион долларов.\n",
];

#[derive(Default)]
struct Run {
    documents: u32,
    bytes: usize,
    words: usize,
    facts: usize,
    seconds: f64,
}

pub(crate) fn speed(
    folders: &[PathBuf],
    reader: &ReaderArgs,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let started = cpu_seconds()?;
    let kit = reader.kit()?;
    // The parts of a kit are made when they are first needed.
    for text in EACH {
        let document = madar_open::open(text.as_bytes(), &Given::default())?;
        madar_read::read(&document, &kit);
    }
    let load = cpu_seconds()? - started;
    let runs = runs(folders, &kit)?;
    let mut table = format!(
        "# Speed\n\n`cargo run --release -p madar-lab -- speed FOLDER…`: the whole pipeline from raw text, one thread, \
         every distinct text once, seconds of processor time. Tokens are words, numbers and signs. Loading the kit took \
         {load:.2} s; peak memory of the run was {} MB.\n\n\
         | language | documents | MB | tokens | facts | documents/s | tokens/s | MB/s |\n|---|---|---|---|---|---|---|---|\n",
        peak_memory_mb()
    );
    for (lang, run) in runs {
        #[allow(clippy::cast_precision_loss)] // counts of a table
        let (documents, words, megabytes) = (
            f64::from(run.documents),
            run.words as f64,
            run.bytes as f64 / 1e6,
        );
        table += &format!(
            "| {lang} | {} | {megabytes:.1} | {} | {} | {:.0} | {:.0} | {:.2} |\n",
            run.documents,
            run.words,
            run.facts,
            documents / run.seconds,
            words / run.seconds,
            megabytes / run.seconds
        );
    }
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table)?;
    }
    Ok(())
}

/// By the language of the documents.
fn runs(folders: &[PathBuf], kit: &Kit) -> anyhow::Result<BTreeMap<&'static str, Run>> {
    let mut seen = BTreeSet::new();
    let mut runs: BTreeMap<&'static str, Run> = BTreeMap::new();
    let mut files = Vec::new();
    for folder in folders {
        files.extend(texts(folder)?);
    }
    for file in files {
        let bytes = std::fs::read(&file)?;
        let lines = bytes.iter().filter(|b| **b == b'\n').count() + 1;
        if bytes.len() / lines < SHORTEST_LINES || !seen.insert(*blake3::hash(&bytes).as_bytes()) {
            continue;
        }
        let started = cpu_seconds()?;
        let Ok(document) = madar_open::open(&bytes, &Given::default()) else {
            continue;
        };
        let reading = madar_read::read(&document, kit);
        let seconds = cpu_seconds()? - started;
        let run = runs.entry(document.lang().code()).or_default();
        run.seconds += seconds;
        run.documents += 1;
        run.bytes += document.text.len();
        run.facts += reading.facts.len();
        let sentences = madar_read::words::words(&document, kit);
        run.words += sentences.iter().map(|s| s.words.len()).sum::<usize>();
    }
    Ok(runs)
}

/// Processor time of this thread, which other work on the machine does not lengthen.
pub(crate) fn cpu_seconds() -> anyhow::Result<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat")
        .context("measuring processor time needs Linux")?;
    let nanoseconds = told
        .split_whitespace()
        .next()
        .context("schedstat is empty")?;
    #[allow(clippy::cast_precision_loss)] // far below 2^52 ns of a run
    let seconds = nanoseconds.parse::<u64>()? as f64 / 1e9;
    Ok(seconds)
}

/// Text files below a folder, in order of their paths.
fn texts(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder)
            .with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            let is_text = entry
                .path()
                .extension()
                .is_some_and(|e| e == "txt" || e == "text");
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() && is_text && entry.metadata()?.len() >= SMALLEST {
                out.push(entry.path());
            }
        }
    }
    out.sort();
    Ok(out)
}

/// Peak resident memory of this process, where the system tells.
pub(crate) fn peak_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line
        .and_then(|l| l.split_whitespace().nth(1))
        .and_then(|n| n.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
