//! The parallel gold: sixteen articles in three languages, read by Madar and scored by the gold's
//! own scorer; counts are added up over the articles of a language.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::Context;
use madar_read::{Kit, Reader};
use madar_text::Lang;
use serde_json::Value;

use crate::{oracle, reading};

/// All articles of the gold count as published on this day.
pub(crate) const PUBLISHED: &str = "2018-09-30";

/// Rows of the table: a path into the scorer's output.
const ROWS: &[(&str, &[&str])] = &[
    (WITHOUT_KIND, &["mentions_named", "exact", "ALL"]),
    (
        "names, exact span and kind",
        &["mentions_named", "exact", "ALL"],
    ),
    (
        "names, overlapping span, kind",
        &["mentions_named", "overlap", "ALL"],
    ),
    ("all mentions, exact", &["mentions_all", "exact", "ALL"]),
    ("all mentions, overlap", &["mentions_all", "overlap", "ALL"]),
    ("times, exact", &["times", "exact"]),
    ("times, overlap", &["times", "overlap"]),
    ("times, value of those found", &["times", "value"]),
    ("amounts, overlap", &["amounts", "overlap"]),
    ("amounts, value of those found", &["amounts", "value"]),
    ("attribution, statements", &["attributions", "statements"]),
    (
        "attribution, source tokens",
        &["attributions", "source tokens"],
    ),
    ("attribution, cue tokens", &["attributions", "cue tokens"]),
    (
        "attribution, content tokens",
        &["attributions", "content tokens"],
    ),
    (
        "attribution, chain of those found",
        &["attributions", "chain"],
    ),
    (
        "facts, mission kinds, directed",
        &["facts", "mission directed"],
    ),
    (
        "facts, mission kinds, grounded",
        &["facts", "mission grounded"],
    ),
    ("facts, all kinds, grounded", &["facts", "grounded"]),
    ("status, of those found", &["facts", "status", "all"]),
    ("status, denied", &["facts", "status", "denied"]),
    (
        "status, planned to conditional",
        &["facts", "status", "unrealised"],
    ),
];

/// Scored by the same scorer with one kind for all.
const WITHOUT_KIND: &str = "names, exact span, whatever the kind";

#[derive(Default, Clone, Copy)]
struct Count {
    hit: f64,
    system: f64,
    gold: f64,
    /// A share of what was found, not precision and recall.
    share: bool,
}

/// What is scored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// The text, read by Madar.
    Text,
    /// The gold's own mentions, times and amounts: only the facts are found.
    Annotation,
}

pub(crate) fn score(
    gold: &Path,
    input: Input,
    kit: &Kit,
    out: Option<&Path>,
) -> anyhow::Result<()> {
    let scorer = gold.join("score.py");
    anyhow::ensure!(
        scorer.exists(),
        "no gold at {}: nothing is measured",
        gold.display()
    );
    let mut tally = Tally::new(&scorer)?;
    let mut folders: Vec<_> = std::fs::read_dir(gold.join("articles"))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    for folder in &folders {
        for lang in ["ar", "en", "ru"] {
            let text = folder.join(format!("{lang}.txt"));
            let wanted = folder.join(format!("{lang}.gold.json"));
            let publisher = publisher(&wanted)?;
            let given = reading::given(&text, publisher, Some(PUBLISHED))?;
            let system = tally.work.join("system.json");
            let read = match input {
                Input::Text => reading::reading(&text, &given, kit)?,
                Input::Annotation => oracle::facts(&text, &wanted, Lang::from_code(lang), kit)?,
            };
            std::fs::write(&system, read.to_string())?;
            if let Some(keep) = std::env::var_os("MADAR_LAB_KEEP") {
                let name = folder.file_name().unwrap_or_default().to_string_lossy();
                std::fs::copy(
                    &system,
                    Path::new(&keep).join(format!("{name}.{lang}.json")),
                )?;
            }
            tally.add(lang, &wanted, &system, &text)?;
        }
    }
    let shown =
        tally.finish(&TITLE.replace("score --out", &format!("score{} --out", asked(kit))))?;
    print!("{shown}");
    if let Some(out) = out {
        std::fs::write(out, shown)?;
    }
    Ok(())
}

/// What the gold's scorer says of each text, added up by language.
pub(crate) struct Tally {
    scorer: Scorer,
    /// A folder of its own for files that the scorer reads.
    pub(crate) work: PathBuf,
    table: BTreeMap<(usize, &'static str), Count>,
    b_cubed: BTreeMap<&'static str, [f64; 4]>,
}

impl Tally {
    pub(crate) fn new(scorer: &Path) -> anyhow::Result<Self> {
        let work = std::env::temp_dir().join(format!("madar-lab-{}", std::process::id()));
        std::fs::create_dir_all(&work)?;
        Ok(Self {
            scorer: Scorer::new(scorer)?,
            work,
            table: BTreeMap::new(),
            b_cubed: BTreeMap::new(),
        })
    }

    pub(crate) fn add(
        &mut self,
        lang: &'static str,
        wanted: &Path,
        system: &Path,
        text: &Path,
    ) -> anyhow::Result<()> {
        let result = self.scorer.score(wanted, system, text)?;
        let [kindless_gold, kindless] =
            ["kindless.gold.json", "kindless.json"].map(|f| self.work.join(f));
        without_kinds(wanted, &kindless_gold)?;
        without_kinds(system, &kindless)?;
        let spans = self.scorer.score(&kindless_gold, &kindless, text)?;
        for (at, (name, path)) in ROWS.iter().enumerate() {
            let result = if *name == WITHOUT_KIND {
                &spans
            } else {
                &result
            };
            add(self.table.entry((at, lang)).or_default(), result, path);
        }
        let sums = self.b_cubed.entry(lang).or_default();
        let cubed = &result["bcubed"]["end-to-end"];
        let parts = [
            ("precision", "ok"),
            ("precision", "n"),
            ("recall", "ok"),
            ("recall", "n"),
        ];
        for (sum, (part, key)) in sums.iter_mut().zip(parts) {
            *sum += cubed[part][key].as_f64().unwrap_or(0.0);
        }
        Ok(())
    }

    /// The table under a title; the files are removed.
    pub(crate) fn finish(self, title: &str) -> anyhow::Result<String> {
        std::fs::remove_dir_all(&self.work)?;
        Ok(format!("{title}{}", show(&self.table, &self.b_cubed)))
    }
}

const TITLE: &str = "# The parallel gold\n\n`cargo run --release -p madar-lab -- score --out results/gold.md`: sixteen news articles in \
     three languages, scored by the gold's own scorer; precision / recall / F1, or the share right \
     of what was found. Counts are added up over the articles.\n\n";

/// The gold's scorer, kept running: to start Python for each text took longer than to read it.
struct Scorer {
    process: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// Scores what a line of paths names: annotation, reading, text.
const SCORING: &str = "import json, sys
sys.path.insert(0, sys.argv[1])
import score
for line in sys.stdin:
    gold, system, text = line.rstrip('\\n').split('\\t')
    gold, system = (json.load(open(f, encoding='utf-8')) for f in (gold, system))
    print(json.dumps(score.score(gold, system, open(text, encoding='utf-8').read())), flush=True)
";

impl Scorer {
    fn new(scorer: &Path) -> anyhow::Result<Self> {
        let folder = scorer.parent().context("the scorer stands in a folder")?;
        let mut process = Command::new("python3")
            .args(["-c", SCORING])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the scorer needs python3")?;
        let asks = process.stdin.take().context("a pipe to the scorer")?;
        let answers = process.stdout.take().context("a pipe from the scorer")?;
        Ok(Self {
            process,
            asks,
            answers: BufReader::new(answers),
        })
    }

    fn score(&mut self, gold: &Path, system: &Path, text: &Path) -> anyhow::Result<Value> {
        let [gold, system, text] = [gold, system, text].map(|f| f.display());
        writeln!(self.asks, "{gold}\t{system}\t{text}")?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        anyhow::ensure!(!answer.is_empty(), "the scorer stopped: see above");
        Ok(serde_json::from_str(&answer)?)
    }
}

impl Drop for Scorer {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How the reader was asked for on the command line.
pub(crate) fn asked(kit: &Kit) -> &'static str {
    match kit.reader() {
        Reader::Fast => "",
        Reader::Accurate => " --reader accurate",
    }
}

/// A copy of an annotation in which all entities are of one kind.
fn without_kinds(from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut all: Value = serde_json::from_slice(&std::fs::read(from)?)?;
    for entity in all["entities"].as_array_mut().into_iter().flatten() {
        entity["type"] = Value::from("Organization");
    }
    std::fs::write(to, all.to_string())?;
    Ok(())
}

/// Who published it, as the gold's chains begin.
pub(crate) fn publisher(gold: &Path) -> anyhow::Result<Option<String>> {
    let gold: Value = serde_json::from_slice(&std::fs::read(gold)?)?;
    let first = gold["attributions"].as_array().into_iter().flatten();
    let fact = gold["facts"].as_array().into_iter().flatten();
    let chains = first
        .map(|a| &a["chain"])
        .chain(fact.map(|f| &f["attribution_chain"]));
    Ok(chains
        .filter_map(|c| c[0].as_str())
        .next()
        .map(str::to_owned))
}

fn add(count: &mut Count, result: &Value, path: &[&str]) {
    let value = path.iter().fold(result, |value, key| &value[key]);
    let number = |key: &str| value[key].as_f64().unwrap_or(0.0);
    if value.get("tp").is_some() {
        count.hit += number("tp");
        count.system += number("sys");
        count.gold += number("gold");
    } else {
        count.share = true;
        count.hit += number("ok");
        count.gold += number("n");
    }
}

fn show(table: &BTreeMap<(usize, &str), Count>, b_cubed: &BTreeMap<&str, [f64; 4]>) -> String {
    let mut out = String::from("| | ar | en | ru |\n|---|---|---|---|\n");
    for (at, (name, _)) in ROWS.iter().enumerate() {
        let cells = ["ar", "en", "ru"]
            .map(|lang| cell(table.get(&(at, lang)).copied().unwrap_or_default()));
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} |",
            cells[0], cells[1], cells[2]
        );
    }
    let cells = ["ar", "en", "ru"].map(|lang| {
        let [pok, pn, rok, rn] = b_cubed.get(lang).copied().unwrap_or_default();
        prf(ratio(pok, pn), ratio(rok, rn))
    });
    let _ = writeln!(
        out,
        "| referents, B-cubed on names, end to end | {} | {} | {} |",
        cells[0], cells[1], cells[2]
    );
    out
}

fn ratio(a: f64, b: f64) -> f64 {
    if b == 0.0 { 0.0 } else { a / b }
}

fn prf(p: f64, r: f64) -> String {
    format!("{p:.2} / {r:.2} / **{:.2}**", ratio(2.0 * p * r, p + r))
}

fn cell(count: Count) -> String {
    if count.share {
        return format!(
            "{:.2} ({}/{})",
            ratio(count.hit, count.gold),
            count.hit,
            count.gold
        );
    }
    prf(ratio(count.hit, count.system), ratio(count.hit, count.gold))
}
