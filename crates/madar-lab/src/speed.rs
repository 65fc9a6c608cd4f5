//! How fast reading is: the whole pipeline from raw text, one core, every distinct text once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use madar_open::Given;
use madar_read::Kit;

/// Bytes below which a file is no article.
const SMALLEST: u64 = 200;

struct Run {
    documents: u32,
    bytes: usize,
    words: usize,
    facts: usize,
    seconds: f64,
}

pub(crate) fn speed(folders: &[PathBuf], out: Option<&Path>) -> anyhow::Result<()> {
    let started = Instant::now();
    let kit = Kit::bundled();
    let load = started.elapsed().as_secs_f64();
    let mut table = format!(
        "# Speed\n\n`cargo run --release -p madar-lab -- speed FOLDER…`: the whole pipeline from raw text, one thread, \
         every distinct text once; tokens are words, numbers and signs. Loading the kit took {load:.2} s.\n\n\
         | texts | documents | MB | tokens | facts | documents/s | tokens/s | peak memory |\n|---|---|---|---|---|---|---|---|\n"
    );
    for folder in folders {
        let run = run(folder, &kit)?;
        #[allow(clippy::cast_precision_loss)] // counts of a table
        let (documents, words, bytes) =
            (f64::from(run.documents), run.words as f64, run.bytes as f64);
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        table += &format!(
            "| {name} | {} | {:.1} | {} | {} | {:.0} | {:.0} | {} MB |\n",
            run.documents,
            bytes / 1e6,
            run.words,
            run.facts,
            documents / run.seconds,
            words / run.seconds,
            peak_memory_mb()
        );
    }
    print!("{table}");
    if let Some(out) = out {
        std::fs::write(out, table)?;
    }
    Ok(())
}

fn run(folder: &Path, kit: &Kit) -> anyhow::Result<Run> {
    let mut seen = BTreeSet::new();
    let mut run = Run {
        documents: 0,
        bytes: 0,
        words: 0,
        facts: 0,
        seconds: 0.0,
    };
    for file in texts(folder)? {
        let bytes = std::fs::read(&file)?;
        if !seen.insert(*blake3::hash(&bytes).as_bytes()) {
            continue;
        }
        let given = Given {
            publisher: None,
            published: None,
            origin: None,
        };
        let started = Instant::now();
        let Ok(document) = madar_open::open(&bytes, &given) else {
            continue;
        };
        let reading = madar_read::read(&document, kit);
        run.seconds += started.elapsed().as_secs_f64();
        run.documents += 1;
        run.bytes += document.text.len();
        run.facts += reading.facts.len();
        run.words += madar_read::words::words(&document, kit)
            .iter()
            .map(|s| s.words.len())
            .sum::<usize>();
    }
    Ok(run)
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
fn peak_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line
        .and_then(|l| l.split_whitespace().nth(1))
        .and_then(|n| n.parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
