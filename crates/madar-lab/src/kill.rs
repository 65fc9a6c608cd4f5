//! Kills the binary at moments that look random, while it reads, takes decisions and takes documents out, and
//! looks each time whether the case is whole and every acknowledged decision is in it.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;

/// Reports that are read.
const REPORTS: usize = 200;
/// Reports from this one on are taken out again; decisions are on earlier ones.
const TAKEN_OUT_FROM: usize = 150;
/// A run is killed within so many hundredths of the time that the same took here when nobody killed it.
const LONGEST: u64 = 120;
/// What is killed.
const WORK: [&str; 3] = ["reading", "deciding", "taking out"];

struct Bench {
    binary: PathBuf,
    folder: PathBuf,
    /// Numbers of the decisions that were told to be taken.
    acknowledged: Vec<i64>,
    dice: u64,
    /// Milliseconds that each kind of work took when it was done.
    took: BTreeMap<&'static str, u64>,
}

pub(crate) fn run(binary: &Path, runs: usize, out: Option<&Path>) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("madar-kill-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("in"))?;
    for number in 0..REPORTS {
        std::fs::write(folder.join(format!("in/{number:04}.txt")), report(number))?;
    }
    let mut bench = Bench {
        binary: std::path::absolute(binary)?,
        folder: folder.clone(),
        acknowledged: Vec::new(),
        dice: 1,
        took: BTreeMap::new(),
    };
    let whole = bench.undisturbed()?;
    bench.took.extend(WORK.map(|what| (what, whole)));
    let (mut killed, mut done) = (BTreeMap::new(), BTreeMap::new());
    for number in 0..runs {
        let (what, finished) = bench.one(number).with_context(|| format!("run {number}"))?;
        let counts = if finished { &mut done } else { &mut killed };
        *counts.entry(what).or_insert(0) += 1;
        bench
            .look()
            .with_context(|| format!("after run {number} ({what})"))?;
    }
    let row = |name: &str, counts: &BTreeMap<&str, usize>| {
        let cells = WORK.map(|what| counts.get(what).copied().unwrap_or(0).to_string());
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    let page = format!(
        "{HEAD}{}{}\n{} decisions were acknowledged, none is lost; `madar verify` was clean each time.\n",
        row("killed", &killed),
        row("done before", &done),
        bench.acknowledged.len()
    );
    print!("{page}");
    if let Some(out) = out {
        std::fs::write(out, page)?;
    }
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

const HEAD: &str = "# Killed at random moments

`cargo run --release -p madar-lab -- kill`: runs of the binary that read two hundred reports, decide and take documents out, each killed
(SIGKILL) at a random moment within 1.2 times the time that the same took when it was last done, or done before. After each run
`madar verify` and `madar decisions` are asked.

| | reading | deciding | taking out |
|---|---|---|---|
";

fn report(number: usize) -> String {
    match number % 3 {
        0 => format!(
            "Report {number}\nMUSCAT, March 4, 2025 — Harbour Post\n\n\
             The lawyer Curtis Weller met Mikael Sandqvist in Doha, berth {number}, Gordon Halvorsen said.\n"
        ),
        1 => format!(
            "Сообщение {number}\n«Портовая газета», 4 марта 2025 года\n\n\
             Гордон Халворсен встретился с Родионом Василенковым в Маскате, причал {number}.\n"
        ),
        _ => format!(
            "تقرير {number}\nمسقط - بريد الميناء\n\n\
             التقى غوردون هالفورسن روديون فاسيلينكوف في مسقط على الرصيف {number}.\n"
        ),
    }
}

impl Bench {
    /// Milliseconds that reading everything takes.
    fn undisturbed(&self) -> anyhow::Result<u64> {
        let start = Instant::now();
        let status = Command::new(&self.binary)
            .env("MADAR_READER", "fast")
            .args(["read", "in", "--case", "whole.madar"])
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !status.success() {
            bail!("reading fails when nobody kills it");
        }
        Ok(u64::try_from(start.elapsed().as_millis())?)
    }

    fn throw(&mut self, below: u64) -> u64 {
        self.dice = self
            .dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.dice >> 33) % below
    }

    /// One run, killed at some moment; what it was, and whether it was done before.
    fn one(&mut self, number: usize) -> anyhow::Result<(&'static str, bool)> {
        if number % 4 < 2 || !self.folder.join("a.madar").exists() {
            return Ok((
                "reading",
                self.killed("reading", &["read", "in"])?.is_some(),
            ));
        }
        let documents = self.documents()?;
        let late = |origin: &str| origin >= &*format!("in/{TAKEN_OUT_FROM:04}.txt");
        let wanted = number % 4 == 3;
        let fitting: Vec<&String> = documents
            .iter()
            .filter(|(origin, _)| late(origin) == wanted)
            .map(|(_, id)| id)
            .collect();
        if fitting.is_empty() {
            return Ok((
                "reading",
                self.killed("reading", &["read", "in"])?.is_some(),
            ));
        }
        let at = self.throw(fitting.len() as u64);
        let id = fitting[usize::try_from(at)?].clone();
        if wanted {
            return Ok((
                "taking out",
                self.killed("taking out", &["forget", &id])?.is_some(),
            ));
        }
        let facts = self.told(&["facts", "--json"])?;
        let telling = |line: &&str| line.contains(&id);
        let fact = facts.lines().filter(telling).find_map(|line| {
            let value: Value = serde_json::from_str(line).ok()?;
            let tellings = value["tellings"].as_array()?.iter();
            let mut own = tellings.filter(|t| t["passage"]["document"]["id"] == *id);
            let fact = own.next()?["fact"].as_str()?;
            // the id of a claim means all its tellings, of documents that are taken out too
            (value["claim"] != fact).then(|| fact.to_owned())
        });
        let Some(fact) = fact else {
            return Ok((
                "reading",
                self.killed("reading", &["read", "in"])?.is_some(),
            ));
        };
        let why = format!("run {number}");
        let said = self.killed_with("deciding", &["confirm", &fact, "--why", &why])?;
        // what stands on a line of its own was acknowledged: *12: confirmed …*
        let lines = said
            .1
            .split_inclusive('\n')
            .filter(|line| line.ends_with('\n'));
        let numbers = lines.filter_map(|line| line.split(':').next()?.trim().parse().ok());
        self.acknowledged.extend(numbers.collect::<Vec<i64>>());
        Ok(("deciding", said.0))
    }

    fn killed(&mut self, what: &'static str, args: &[&str]) -> anyhow::Result<Option<()>> {
        Ok(self.killed_with(what, args)?.0.then_some(()))
    }

    /// Whether it was done before it was killed, and what it had told by then.
    fn killed_with(&mut self, what: &'static str, args: &[&str]) -> anyhow::Result<(bool, String)> {
        let longest = (self.took[what] * LONGEST / 100).max(1);
        let life = Duration::from_millis(self.throw(longest));
        let mut child = Command::new(&self.binary)
            .env("MADAR_READER", "fast")
            .args(args)
            .args(["--case", "a.madar"])
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let start = Instant::now();
        while start.elapsed() < life && child.try_wait()?.is_none() {
            sleep(Duration::from_millis(2));
        }
        let done = child.try_wait()?.is_some();
        if done && what != "reading" {
            self.took
                .insert(what, u64::try_from(start.elapsed().as_millis())?);
        }
        child.kill()?; // SIGKILL
        child.wait()?;
        let mut said = String::new();
        if let Some(mut pipe) = child.stderr.take() {
            pipe.read_to_string(&mut said)?;
        }
        Ok((done, said))
    }

    fn told(&self, args: &[&str]) -> anyhow::Result<String> {
        let output = Command::new(&self.binary)
            .env("MADAR_READER", "fast")
            .args(args)
            .args(["--case", "a.madar"])
            .current_dir(&self.folder)
            .output()?;
        if !matches!(output.status.code(), Some(0 | 1)) {
            bail!("{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Ids of documents by where they were read from.
    fn documents(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let told = self.told(&["documents", "--json"])?;
        let mut out = BTreeMap::new();
        for line in told.lines() {
            let value: Value = serde_json::from_str(line)?;
            let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            out.insert(text("origin"), text("id"));
        }
        Ok(out)
    }

    /// The case is whole, and holds each acknowledged decision.
    fn look(&self) -> anyhow::Result<()> {
        if !self.folder.join("a.madar").exists() {
            return Ok(());
        }
        let verified: Value = serde_json::from_str(&self.told(&["verify", "--json"])?)?;
        let findings = verified["findings"]
            .as_array()
            .context("verify lists findings")?;
        if !findings.is_empty() {
            bail!("verify: {findings:?}");
        }
        let log = self.told(&["decisions", "--json"])?;
        let held: Vec<i64> = log
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok()?["number"].as_i64())
            .collect();
        let lost: Vec<&i64> = self
            .acknowledged
            .iter()
            .filter(|n| !held.contains(n))
            .collect();
        if !lost.is_empty() {
            bail!("acknowledged and lost: {lost:?}");
        }
        Ok(())
    }
}
