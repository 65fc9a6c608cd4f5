//! How fast names are taken apart and compared: `madar-lab names-speed`, on the dev part of the development
//! pairs. CPU time of one thread, so that other programs at work on the machine count little; the best and the
//! middle of several rounds. How well they are compared is `names`' to measure.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use anyhow::Context;
use madar_names::{Name, SAME, score, score_from};

use crate::names::{Pair, Part, cpu_seconds, load};

const ROUNDS: usize = 9;

/// Prints the table; also writes it to `out`.
pub(crate) fn run(file: &Path, out: Option<&Path>) -> anyhow::Result<()> {
    let pairs: Vec<Pair> = load(file)?
        .into_iter()
        .filter(|pair| pair.part == Part::Dev)
        .collect();
    anyhow::ensure!(!pairs.is_empty(), "{} has no dev part", file.display());
    let rates = [
        ("from strings", rate(&pairs, from_strings)),
        ("prepared, every score", rate(&pairs, prepared)),
        ("prepared, scores of 0.70 and above", rate(&pairs, above)),
    ];
    let mut text = format!(
        "# Pairs of names a second\n\nMade by `madar-lab names-speed`: {} pairs of the dev part, {ROUNDS} rounds, CPU time of one thread.\n\n\
         | | middle | best |\n|---|---|---|\n",
        pairs.len()
    );
    for (what, (middle, best)) in rates {
        writeln!(text, "| {what} | {middle:.0} | {best:.0} |")?;
    }
    print!("{text}");
    if let Some(out) = out {
        std::fs::write(out, &text).with_context(|| format!("cannot write {}", out.display()))?;
    }
    Ok(())
}

fn from_strings(pair: &Pair) {
    let name = |name: &Name| Name::new(black_box(name.text()), name.kind());
    black_box(score(&name(&pair.a), &name(&pair.b)));
}

fn prepared(pair: &Pair) {
    black_box(score(black_box(&pair.a), black_box(&pair.b)));
}

fn above(pair: &Pair) {
    black_box(score_from(black_box(&pair.a), black_box(&pair.b), SAME));
}

/// Pairs a second: of the middle round and of the best.
fn rate(pairs: &[Pair], once: fn(&Pair)) -> (f64, f64) {
    let mut seconds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let started = cpu_seconds();
            pairs.iter().for_each(once);
            cpu_seconds() - started
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let count = f64::from(u32::try_from(pairs.len()).unwrap_or(u32::MAX));
    (count / seconds[ROUNDS / 2], count / seconds[0])
}
