//! `madar alerts`: what is new in the case since its readers were last told, and that they have been.

use std::path::Path;

use madar_case::answer::Alerts;
use madar_case::{Asked, Case, Mark, Watched};
use madar_read::Kit;

use super::{Outcome, Shape, open, screen};
use crate::cli::AlertsArgs;
use crate::formats::{items, json, out};

/// Alerts shown where nobody says how many.
const PAGE: usize = 100;

pub(super) fn run(path: &Path, args: &AlertsArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    // before it is asked: what comes meanwhile is told next time
    let now = case.mark()?;
    let since = match &args.since {
        Some(name) => case.mark_named(name)?,
        None => case.seen()?.unwrap_or_default(),
    };
    let limit = args.limit.or(match shape {
        Shape::Json => None,
        Shape::Text(_) => Some(PAGE),
    });
    let wanted = Watched {
        about: args.about.about.clone(),
        limit,
    };
    let register = case.register()?;
    let asked = case.asked(&kit)?.wording(shape.tongue()).against(register);
    let found = news(&case, &asked, &since, &wanted)?;
    match shape {
        Shape::Json => json::alerts(&mut out(), &found.some)?,
        Shape::Text(tongue) => {
            let items = items::alerts(&found.some, tongue);
            items::print(&items, args.look.look(), tongue, &mut out())?;
        }
    }
    let (all, shown) = (found.all, found.some.len());
    if all > shown {
        eprintln!("{all} alerts: --limit shows more than {shown}");
    }
    if args.seen {
        case.see(&now)?;
        eprintln!("noted: madar alerts tells what comes from here on");
    }
    if found.all > 0 {
        return Ok(Outcome::Done);
    }
    match &since.at {
        Some(at) => eprintln!("nothing is new since {at}"),
        None => eprintln!("nothing is new"),
    }
    Ok(Outcome::Nothing)
}

/// What is new in the case since a mark.
pub(super) fn news(
    case: &Case,
    asked: &Asked<'_>,
    since: &Mark,
    wanted: &Watched,
) -> anyhow::Result<Alerts> {
    let arrived = case.arrived(since)?;
    if arrived.is_empty() {
        return Ok(Alerts::default());
    }
    Ok(asked.alerts(&arrived, wanted, &screen::wanted_today())?)
}
