//! `madar review`: what is undecided, and the answers to it.

use std::io::{BufRead, Write as _};
use std::path::Path;

use madar_case::answer::{Doubt, Review};
use madar_case::{Case, Decision, Tongue};
use madar_read::Kit;

use super::{Outcome, Shape, decide, open};
use crate::cli::{LookArgs, WhyArgs};
use crate::formats::{items, json, out};

pub(super) fn run(
    case: &Path,
    limit: usize,
    look: &LookArgs,
    shape: Shape,
) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let case = open(case)?;
    let all = case.asked(&kit)?.wording(shape.tongue()).review();
    let shown = &all[..all.len().min(limit)];
    match shape {
        Shape::Json => json::review(&mut out(), shown)?,
        Shape::Text(tongue) => {
            let items = items::review(shown, tongue);
            items::print(&items, look.look(), tongue, &mut out())?;
        }
    }
    if all.is_empty() {
        eprintln!("nothing is open");
        return Ok(Outcome::Nothing);
    }
    if all.len() > shown.len() {
        eprintln!("{} more (--limit NUMBER)", all.len() - shown.len());
    }
    Ok(Outcome::Done)
}

/// One question after the other, each laid anew over what was answered before.
pub(super) fn ask(path: &Path, why: &WhyArgs, tongue: Tongue) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let mut later: Vec<String> = Vec::new();
    let mut lines = std::io::stdin().lock().lines();
    loop {
        let asked = case.asked(&kit)?.wording(tongue);
        let all = asked.review().into_iter();
        let Some(next) = all.into_iter().find(|one| !later.contains(&one.id())) else {
            return Ok(Outcome::Done);
        };
        let items = items::review(std::slice::from_ref(&next), tongue);
        items::print(&items, items::Look::Terminal, tongue, &mut out())?;
        eprint!("{}? ", choices(&next));
        std::io::stderr().flush()?;
        let Some(answer) = lines.next().transpose()? else {
            return Ok(Outcome::Done);
        };
        if answer.trim() == "q" {
            return Ok(Outcome::Done);
        }
        let decisions = match (&next.doubt, answer.trim()) {
            (Doubt::One(pair), verb @ ("s" | "d")) => {
                let (a, b) = (asked.thing(&pair.a.entity)?, asked.thing(&pair.b.entity)?);
                vec![if verb == "s" {
                    Decision::Same(a, b)
                } else {
                    Decision::Apart(a, b)
                }]
            }
            (Doubt::Claim(line), verb @ ("c" | "r")) => {
                let told = asked.told(&line.claim)?.into_iter();
                let decide = |anchor| match verb {
                    "c" => Decision::Confirmed(anchor),
                    _ => Decision::Wrong(anchor),
                };
                told.map(|told| decide(told.anchor)).collect()
            }
            _ => Vec::new(),
        };
        later.push(next.id());
        drop(asked);
        settle(&mut case, &decisions, why)?;
    }
}

fn settle(case: &mut Case, decisions: &[Decision], why: &WhyArgs) -> anyhow::Result<()> {
    for decision in decisions {
        decide::settle(case, decision, why)?;
    }
    Ok(())
}

fn choices(review: &Review) -> &'static str {
    match review.doubt {
        Doubt::One(_) => "s(ame), d(ifferent), q(uit), later",
        Doubt::Claim(_) => "c(onfirm), r(eject), q(uit), later",
    }
}
