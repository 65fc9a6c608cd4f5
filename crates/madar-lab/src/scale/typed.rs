//! What somebody waits for who types a question: each is a process of its own, timed by the clock.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

/// Questions; `{…}` stand for names and an id.
const QUESTIONS: [&[&str]; 6] = [
    &["who", "{name}"],
    &["facts", "--about", "{name}"],
    &["facts"],
    &["chains", "{claim}"],
    &["path", "{name}", "{other}"],
    &["find", "{name}"],
];
/// Each is asked so often, and the fastest counts: what else the machine does makes it slower, never faster.
const TIMES: usize = 5;

/// The table of the questions, each the slowest of those about these people.
pub(super) fn table(
    madar: &Path,
    case: &Path,
    people: &[String],
    claim: Option<&str>,
) -> anyhow::Result<String> {
    let mut out = String::from("| question | ms |\n|---|---|\n");
    for question in QUESTIONS {
        let mut slowest = Duration::ZERO;
        for (at, name) in people.iter().enumerate() {
            let other = &people[(at + 1) % people.len()];
            let words = question.iter().map(|word| match *word {
                "{name}" => name,
                "{other}" => other,
                "{claim}" => claim.unwrap_or_default(),
                word => word,
            });
            let words: Vec<&str> = words.collect();
            let mut fastest = Duration::MAX;
            for _ in 0..TIMES {
                fastest = fastest.min(timed(madar, case, &words)?);
            }
            slowest = slowest.max(fastest);
        }
        let shown = question.join(" ");
        eprintln!("madar {shown}: {} ms", slowest.as_millis());
        writeln!(out, "| `madar {shown}` | {} |", slowest.as_millis())?;
    }
    Ok(out)
}

/// Whatever the answer is: a name that two people bear is no mistake of the case.
fn timed(madar: &Path, case: &Path, words: &[&str]) -> anyhow::Result<Duration> {
    let start = Instant::now();
    Command::new(madar)
        .args(words)
        .arg("--case")
        .arg(case)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {}", madar.display()))?;
    Ok(start.elapsed())
}
