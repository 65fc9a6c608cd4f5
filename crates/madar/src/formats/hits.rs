//! Hits, lists and what changed in them: a report to read, JSON, CSV. The JSON is documented in
//! `docs/lists.md`.

use std::io::{self, Write};

use madar_case::{DatedStatus, Hit, ScreenedEntity, Snapshot, Verdict};
use madar_link::{Change, Status};
use madar_text::{ListEntry, NameQuality, NameSort};
use serde_json::{Value, json};

use super::text::inline;
use crate::commands::Shape;

/// Dates of events told one by one in the report; JSON has them all.
const DATES: usize = 4;
/// Further names of an entry told in the report.
const NAMES: usize = 6;
/// Changed entries of a list told one by one in the report.
const CHANGES: usize = 40;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Report,
    Json,
    Csv,
}

impl Form {
    pub(crate) fn of(shape: Shape) -> Form {
        match shape {
            Shape::Text(_) => Form::Report,
            Shape::Json => Form::Json,
        }
    }
}

/// What stands before the first name.
pub(crate) fn begin(out: &mut dyn Write, form: Form) -> io::Result<()> {
    if form == Form::Csv {
        writeln!(
            out,
            "name,list,id,score,caption,name_on_list,why,event,published,today,decision"
        )?;
    }
    Ok(())
}

/// One name that was asked for, its hits, and how many more are not told since they were dismissed.
pub(crate) fn name(
    out: &mut dyn Write,
    name: &str,
    hits: &[Hit],
    dismissed: usize,
    form: Form,
) -> io::Result<()> {
    match form {
        Form::Json => writeln!(out, "{}", json!({"name": name, "hits": all(hits)})),
        Form::Csv => rows(out, name, hits),
        // an empty line is answered where lines are counted, and told to nobody
        Form::Report if name.is_empty() => Ok(()),
        Form::Report => {
            writeln!(out, "{}: {}", inline(name), counted(hits.len(), dismissed))?;
            hits.iter().try_for_each(|hit| report(out, hit))
        }
    }
}

/// How many hits there are, and what it means that there is none.
fn counted(told: usize, dismissed: usize) -> String {
    let hits = match (told, dismissed) {
        (0, 0) => return "no name on the lists held is alike".to_owned(),
        (0, _) => "no hit but".to_owned(),
        (1, 0) => return "1 hit".to_owned(),
        (_, 0) => return format!("{told} hits"),
        (1, _) => "1 hit, and".to_owned(),
        (_, _) => format!("{told} hits, and"),
    };
    match dismissed {
        1 => format!("{hits} 1 that was decided not to be the one; --all tells it"),
        _ => format!("{hits} {dismissed} that were decided not to be the one; --all tells them"),
    }
}

/// The entities of a case.
pub(crate) fn screened(
    out: &mut dyn Write,
    screened: &[ScreenedEntity],
    form: Form,
) -> io::Result<()> {
    begin(out, form)?;
    match form {
        Form::Json => screened.iter().try_for_each(|held| {
            let value = json!({
                "name": held.name,
                "entity": held.entity,
                "kind": held.kind.name(),
                "hits": all(&held.hits),
            });
            writeln!(out, "{value}")
        })?,
        Form::Csv => screened
            .iter()
            .try_for_each(|held| rows(out, &held.name, &held.hits))?,
        Form::Report => {
            for held in screened.iter().filter(|held| !held.hits.is_empty()) {
                let kind = held.kind.name();
                writeln!(out, "{} ({kind}, {})", inline(&held.name), held.entity)?;
                held.hits.iter().try_for_each(|hit| report(out, hit))?;
            }
            let hit = screened.iter().filter(|held| !held.hits.is_empty()).count();
            writeln!(
                out,
                "{} of {} screened have a hit; of the others it is only known that no name on the lists held is alike",
                hit,
                screened.len()
            )?;
        }
    }
    out.flush()
}

/// The entities that a change of a list hits.
pub(crate) fn entities(
    out: &mut dyn Write,
    hit: &[ScreenedEntity],
    shape: Shape,
) -> io::Result<()> {
    match shape {
        Shape::Json => screened(out, hit, Form::Json),
        Shape::Text(_) if hit.is_empty() => writeln!(out, "nobody of the case is hit by that"),
        Shape::Text(_) => {
            writeln!(out, "hit by that:")?;
            for held in hit {
                writeln!(out, "{} ({})", inline(&held.name), held.entity)?;
                held.hits.iter().try_for_each(|hit| report(out, hit))?;
            }
            out.flush()
        }
    }
}

pub(crate) fn snapshots(
    out: &mut dyn Write,
    snapshots: &[Snapshot],
    shape: Shape,
) -> io::Result<()> {
    for held in snapshots {
        match shape {
            Shape::Json => writeln!(out, "{}", snapshot(held))?,
            Shape::Text(_) => {
                let source = held.source.as_deref().unwrap_or("source not told");
                writeln!(
                    out,
                    "{:>3}  {}  {}  {} entries, {} names{}  ({}; day: {}; {}; {})",
                    held.number,
                    held.day,
                    inline(&held.list),
                    held.entries,
                    held.names,
                    if held.broken > 0 {
                        format!(", {} records not read", held.broken)
                    } else {
                        String::new()
                    },
                    held.format,
                    held.basis,
                    inline(source),
                    &held.hash[..held.hash.len().min(12)],
                )?;
            }
        }
    }
    out.flush()
}

fn snapshot(held: &Snapshot) -> Value {
    json!({
        "number": held.number,
        "list": held.list,
        "day": held.day.to_string(),
        "day_basis": held.basis,
        "source": held.source,
        "format": held.format,
        "hash": held.hash,
        "entries": held.entries,
        "names": held.names,
        "broken": held.broken,
    })
}

/// What the later of two snapshots changed.
pub(crate) fn changes(
    out: &mut dyn Write,
    before: &Snapshot,
    after: &Snapshot,
    changed: &[(Change, &ListEntry)],
    shape: Shape,
) -> io::Result<()> {
    if shape == Shape::Json {
        for (change, entry) in changed {
            let value = json!({
                "change": change.name(),
                "list": after.list,
                "id": entry.id,
                "caption": entry.caption(),
                "before": before.number,
                "after": after.number,
            });
            writeln!(out, "{value}")?;
        }
        return Ok(());
    }
    let counted = |wanted: Change| {
        changed
            .iter()
            .filter(|(change, _)| *change == wanted)
            .count()
    };
    writeln!(
        out,
        "{}, {} to {}: {} added, {} changed, {} removed",
        inline(&after.list),
        before.day,
        after.day,
        counted(Change::Added),
        counted(Change::Changed),
        counted(Change::Removed),
    )?;
    for (change, entry) in changed.iter().take(CHANGES) {
        writeln!(
            out,
            "  {:<8} {}  {}",
            change.name(),
            entry.id,
            inline(entry.caption())
        )?;
    }
    if changed.len() > CHANGES {
        writeln!(
            out,
            "  … and {} more (--json has them all)",
            changed.len() - CHANGES
        )?;
    }
    Ok(())
}

fn all(hits: &[Hit]) -> Vec<Value> {
    hits.iter().map(hit).collect()
}

/// A hit as JSON.
pub(crate) fn hit(hit: &Hit) -> Value {
    let matched = &hit.matched;
    let features = matched.features.iter().map(|feature| {
        json!({
            "feature": feature.sort.name(),
            "effect": feature.effect.name(),
            "says": feature.says,
        })
    });
    let dated = |all: &[DatedStatus]| -> Vec<Value> {
        let each = all.iter().map(|dated| {
            let mut value = status(&dated.status);
            value["of"] = json!(dated.of);
            value
        });
        each.collect()
    };
    json!({
        "id": hit.entry.id,
        "list": hit.list,
        "score": matched.score.as_f64(),
        "name_score": matched.names.as_f64(),
        "caption": hit.entry.caption(),
        "matched": {"name": matched.pair.0, "on_list": matched.pair.1},
        "reasons": matched.likeness.reasons().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "features": features.collect::<Vec<_>>(),
        "status": {
            "event": dated(&hit.events),
            "publication": dated(&hit.publications),
            "today": hit.today.as_ref().map(status),
        },
        "decision": hit.verdict.map(Verdict::name),
        "snapshot": hit.snapshot.to_string(),
        "gone": hit.gone.map(|day| day.to_string()),
        "entry": entry(&hit.entry),
    })
}

fn status(status: &Status) -> Value {
    json!({
        "on": status.on.to_string(),
        "status": status.standing.name(),
        "why": status.why,
    })
}

fn entry(entry: &ListEntry) -> Value {
    let name = |name: &madar_text::EntryName| {
        json!({
            "name": name.text,
            "sort": sort(name.sort),
            "weak": name.quality == NameQuality::Weak,
        })
    };
    let number = |id: &madar_text::Identifier| json!({"kind": id.kind, "value": id.value, "country": id.country});
    json!({
        "kind": entry.kind.name(),
        "names": entry.names.iter().map(name).collect::<Vec<_>>(),
        "births": entry.births.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "birth_places": entry.birth_places,
        "countries": entry.countries,
        "identifiers": entry.identifiers.iter().map(number).collect::<Vec<_>>(),
        "programmes": entry.programmes,
        "positions": entry.positions,
        "listed": entry.listed.map(|day| day.to_string()),
        "delisted": entry.delisted.map(|day| day.to_string()),
    })
}

fn sort(sort: NameSort) -> &'static str {
    match sort {
        NameSort::Primary => "primary",
        NameSort::Alias => "alias",
        NameSort::Former => "former",
    }
}

/// Why it is a hit, in a sentence that a person can check.
pub(crate) fn why(hit: &Hit) -> String {
    let likeness = hit.matched.likeness.explain();
    let likeness = likeness.split_once(": ").map_or("", |(_, reasons)| reasons);
    let mut reasons = vec![format!(
        "“{}” and “{}”: {likeness}",
        hit.matched.pair.0, hit.matched.pair.1
    )];
    reasons.extend(hit.matched.features.iter().map(ToString::to_string));
    reasons.join("; ")
}

/// *UN SLi.001 SALEM HADDAD, 0.97; no longer in the snapshot of 2026-02-27*.
pub(crate) fn title(hit: &Hit) -> String {
    let gone = hit.gone.map_or_else(String::new, |day| {
        format!("; the snapshot of {day} no longer has it")
    });
    let decision = hit.verdict.map_or_else(String::new, |verdict| {
        let decided = match verdict {
            Verdict::Confirmed => "the one meant",
            Verdict::Dismissed => "not the one",
        };
        format!("; decided: {decided}")
    });
    format!(
        "{} {} {}, {}, snapshot of {}{gone}{decision}",
        hit.list,
        hit.entry.id,
        hit.entry.caption(),
        hit.matched.score,
        hit.snapshot,
    )
}

fn report(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    writeln!(out, "  {}", inline(&title(hit)))?;
    writeln!(out, "      because {}", inline(&why(hit)))?;
    for (what, dates) in [("event", &hit.events), ("publication", &hit.publications)] {
        for dated in dates.iter().take(DATES) {
            let of = dated
                .of
                .as_ref()
                .map_or_else(String::new, |of| format!(" ({of})"));
            writeln!(out, "      {what}{of} {}", standing(&dated.status))?;
        }
        if dates.len() > DATES {
            writeln!(out, "      … and {} more {what} dates", dates.len() - DATES)?;
        }
    }
    if let Some(today) = &hit.today {
        writeln!(out, "      today {}", standing(today))?;
    }
    writeln!(out, "      {}", inline(&about(&hit.entry)))
}

fn standing(status: &Status) -> String {
    format!("{}: {} ({})", status.on, status.standing, status.why)
}

/// What else the list says of it.
fn about(entry: &ListEntry) -> String {
    let mut parts = vec![entry.kind.name().to_owned()];
    let others: Vec<&str> = entry
        .names
        .iter()
        .skip(1)
        .take(NAMES)
        .map(|name| name.text.as_str())
        .collect();
    let mut told = |lead: &str, values: Vec<String>| {
        if !values.is_empty() {
            parts.push(format!("{lead} {}", values.join(", ")));
        }
    };
    told("also", others.into_iter().map(str::to_owned).collect());
    told(
        "born",
        entry.births.iter().map(ToString::to_string).collect(),
    );
    told("in", entry.birth_places.iter().take(2).cloned().collect());
    told("of", entry.countries.iter().map(|c| country(c)).collect());
    told("under", entry.programmes.clone());
    parts.join("; ")
}

/// A code in capitals; other words as the list has them.
fn country(country: &str) -> String {
    if country.len() == 2 {
        return country.to_uppercase();
    }
    country.to_owned()
}

fn rows(out: &mut dyn Write, name: &str, hits: &[Hit]) -> io::Result<()> {
    let worst = |dates: &[DatedStatus]| -> String {
        let mut all: Vec<String> = dates
            .iter()
            .map(|dated| format!("{} {}", dated.status.on, dated.status.standing))
            .collect();
        all.dedup();
        all.join("; ")
    };
    for hit in hits {
        let cells = [
            name.to_owned(),
            hit.list.clone(),
            hit.entry.id.clone(),
            format!("{:.4}", hit.matched.score.as_f64()),
            hit.entry.caption().to_owned(),
            hit.matched.pair.1.clone(),
            why(hit),
            worst(&hit.events),
            worst(&hit.publications),
            hit.today
                .as_ref()
                .map_or_else(String::new, |status| status.standing.name().to_owned()),
            hit.verdict.map_or("", Verdict::name).to_owned(),
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

/// A cell by RFC 4180. What a spreadsheet would run as a formula is kept from it.
fn quoted(cell: &str) -> String {
    let safe = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if safe.contains(['"', ',', '\n', '\r']) {
        return format!("\"{}\"", safe.replace('"', "\"\""));
    }
    safe
}
