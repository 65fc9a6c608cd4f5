//! `who`, `find`, `timeline`, `facts`, `chains`: a question, its answer as lines.

use std::path::Path;

use madar_case::{Part, Search, Wanted};
use madar_read::Kit;

use super::{Outcome, Shape, open};
use crate::cli::{AboutArgs, FactsArgs, FindArgs};
use crate::formats::{json, out, terminal};

pub(super) fn who(case: &Path, name: &str, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let case = open(case)?;
    let asked = case.asked(&kit)?.against(case.register()?);
    let found = asked.wording(shape.tongue()).who(name);
    match shape {
        Shape::Json => json::candidates(&mut out(), &found)?,
        Shape::Text(tongue) => terminal::page(&mut out(), tongue).candidates(&found)?,
    }
    Ok(answered(
        found.len(),
        "nobody in the case has a name like that",
    ))
}

/// Claims shown where nobody says how many.
const PAGE: usize = 100;

pub(super) fn find(case: &Path, args: &FindArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let search = Search {
        text: args.text.clone(),
        kind: args.kind,
        status: args.status,
        chains: args.chains,
        since: args.since,
        until: args.until,
        source: args.source.clone(),
        // one more tells that there are more
        limit: Some(args.limit.saturating_add(1)),
    };
    let asked = open(case)?.asked(&kit)?.wording(shape.tongue());
    let mut found = asked.search(&search);
    if found.len() > args.limit {
        found.truncate(args.limit);
        eprintln!("more passages fit: --limit shows more than {}", args.limit);
    }
    match shape {
        Shape::Json => json::found(&mut out(), &found)?,
        Shape::Text(tongue) => terminal::page(&mut out(), tongue).found(&found)?,
    }
    Ok(answered(found.len(), "no passage has all these words"))
}

pub(super) fn timeline(case: &Path, args: &AboutArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let lines = open(case)?
        .asked(&kit)?
        .wording(shape.tongue())
        .timeline(args.about.as_deref())?;
    match shape {
        Shape::Json => json::lines(&mut out(), &lines)?,
        Shape::Text(tongue) => terminal::page(&mut out(), tongue).timeline(&lines)?,
    }
    Ok(answered(lines.len(), "nothing in the case is dated"))
}

pub(super) fn facts(case: &Path, args: &FactsArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let wanted = Wanted {
        kinds: args.kind.into_iter().collect(),
        status: args.status,
        about: args.about.about.clone(),
        ..Wanted::default()
    };
    // A program takes all there is, a reader a page.
    let limit = args.limit.unwrap_or(match shape {
        Shape::Json => usize::MAX,
        Shape::Text(_) => PAGE,
    });
    let asked = open(case)?.asked(&kit)?.wording(shape.tongue());
    let found = asked.claims(&wanted, Part::first(limit))?;
    let lines = found.some;
    if found.all > lines.len() {
        let (all, shown) = (found.all, lines.len());
        eprintln!("{all} claims fit: --limit shows more than {shown}");
    }
    match shape {
        Shape::Json => json::lines(&mut out(), &lines)?,
        Shape::Text(tongue) => terminal::page(&mut out(), tongue).facts(&lines)?,
    }
    Ok(answered(lines.len(), "no fact fits"))
}

pub(super) fn chains(case: &Path, claim: &str, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let line = open(case)?
        .asked(&kit)?
        .wording(shape.tongue())
        .chains(claim)?;
    match shape {
        Shape::Json => json::lines(&mut out(), &[line])?,
        Shape::Text(tongue) => terminal::page(&mut out(), tongue).chains(&line)?,
    }
    Ok(Outcome::Done)
}

fn answered(found: usize, none: &str) -> Outcome {
    if found > 0 {
        return Outcome::Done;
    }
    eprintln!("{none}");
    Outcome::Nothing
}
