//! `same`, `different`, `rename`, `reject`, `confirm`, `correct`, `independent`, `undo`, `decisions`: what a person
//! settles. Each entry can be taken back, binds later runs and outlives reading again.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_case::{
    Anchor, Case, Decision, Entry, Imported, Meant, Naming, Note, Screened, Thing, Verdict,
    resolver_line,
};
use madar_read::{Kit, Status};
use serde_json::json;

use super::{Outcome, Shape, open};
use crate::cli::{ApartArgs, FactArgs, PairArgs, WhyArgs};
use crate::formats::{out, text};

pub(super) fn same(case: &Path, args: &PairArgs) -> anyhow::Result<Outcome> {
    pair(case, args, true)
}

pub(super) fn different(case: &Path, args: &PairArgs) -> anyhow::Result<Outcome> {
    pair(case, args, false)
}

fn pair(path: &Path, args: &PairArgs, one: bool) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let asked = case.asked(&kit)?;
    let (a, b) = (asked.thing(&args.a)?, asked.thing(&args.b)?);
    let decision = if one {
        Decision::Same(a.clone(), b.clone())
    } else {
        Decision::Apart(a.clone(), b.clone())
    };
    settle(&mut case, &decision, &args.why)?;
    // an earlier decision may stand against it
    if case.asked(&kit)?.are_one(&a, &b) == one {
        return Ok(Outcome::Done);
    }
    eprintln!("it changes nothing: another decision stands against it");
    eprintln!("hint: madar decisions lists them, madar undo NUMBER takes one back");
    Ok(Outcome::Nothing)
}

pub(super) fn rename(path: &Path, name: &str, new: &str, why: &WhyArgs) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let thing = case.asked(&kit)?.thing(name)?;
    settle(&mut case, &Decision::Called(thing, new.to_owned()), why)?;
    Ok(Outcome::Done)
}

pub(super) fn note(path: &Path, name: &str, text: &str, why: &WhyArgs) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let thing = case.asked(&kit)?.thing(name)?;
    settle(&mut case, &Decision::Noted(thing, text.to_owned()), why)?;
    Ok(Outcome::Done)
}

pub(super) fn follow(path: &Path, name: &str, why: &WhyArgs) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let thing = case.asked(&kit)?.thing(name)?;
    settle(&mut case, &Decision::Followed(thing), why)?;
    Ok(Outcome::Done)
}

pub(super) fn protect(
    path: &Path,
    name: &str,
    code: &str,
    why: &WhyArgs,
) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let thing = case.asked(&kit)?.thing(name)?;
    settle(&mut case, &Decision::Protected(thing, code.to_owned()), why)?;
    eprintln!(
        "hint: a way of writing the name that was not read as one may still stand: look before it leaves"
    );
    Ok(Outcome::Done)
}

pub(super) fn reject(path: &Path, args: &FactArgs) -> anyhow::Result<Outcome> {
    each_fact(path, args, Decision::Wrong)
}

pub(super) fn confirm(path: &Path, args: &FactArgs) -> anyhow::Result<Outcome> {
    each_fact(path, args, Decision::Confirmed)
}

pub(super) fn correct(path: &Path, args: &FactArgs, status: Status) -> anyhow::Result<Outcome> {
    each_fact(path, args, |anchor| Decision::Restated(anchor, status))
}

fn each_fact(
    path: &Path,
    args: &FactArgs,
    decision: impl Fn(Anchor) -> Decision,
) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let facts = case.asked(&kit)?.told(&args.fact)?;
    for told in facts {
        settle(&mut case, &decision(told.anchor), &args.why)?;
    }
    Ok(Outcome::Done)
}

pub(super) fn independent(path: &Path, args: &ApartArgs) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let (a, b) = (case.document_named(&args.a)?, case.document_named(&args.b)?);
    let decision = case.asked(&kit)?.independent(a, b)?;
    settle(&mut case, &decision, &args.why)?;
    Ok(Outcome::Done)
}

pub(super) fn undo(path: &Path, number: i64, why: &WhyArgs) -> anyhow::Result<Outcome> {
    let mut case = open(path)?;
    let undone = case.log()?.into_iter().find(|entry| entry.number == number);
    settle(&mut case, &Decision::Undo(number), why)?;
    if let Some(entry) = undone {
        eprintln!("  {}", text::visible(&worded(&entry.decision)));
    }
    Ok(Outcome::Done)
}

pub(super) fn settle(case: &mut Case, decision: &Decision, why: &WhyArgs) -> anyhow::Result<()> {
    let note = noted(why.by.clone(), why.why.clone());
    let number = case.decide(decision, &note)?;
    let told = text::visible(&worded(decision));
    eprintln!("{number}: {told} (madar undo {number} takes it back)");
    Ok(())
}

/// Who decides and why, with the time of the clock.
pub(super) fn noted(by: Option<String>, why: Option<String>) -> Note {
    Note {
        by,
        at: Some(super::now()),
        why,
    }
}

pub(super) fn list(path: &Path, shape: Shape) -> anyhow::Result<Outcome> {
    let (kit, case) = (Kit::bundled(), open(path)?);
    let (log, asked) = (case.log()?, case.asked(&kit)?);
    let mut out = out();
    for entry in &log {
        let holds = asked.holds(&entry.decision);
        match shape {
            Shape::Json => writeln!(out, "{}", as_json(entry, holds))?,
            Shape::Text(_) => writeln!(out, "{}", text::visible(&line(entry, holds)))?,
        }
    }
    out.flush()?;
    if log.is_empty() {
        eprintln!("nothing was decided in this case");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// What holds of what was decided on pairs.
pub(super) fn resolver(path: &Path) -> anyhow::Result<Outcome> {
    let log = open(path)?.log()?;
    let lines: Vec<String> = log.iter().filter_map(resolver_line).collect();
    let mut out = out();
    for line in &lines {
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(if lines.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

pub(super) fn import(path: &Path, file: &Path) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let mut case = open(path)?;
    let lines = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read {:?}", file.display()))?;
    let found = case.asked(&kit)?.from_resolver(lines.lines())?;
    let (mut taken, mut known, mut elsewhere) = (0, 0, 0);
    for one in found {
        match one {
            Imported::Decision(of) => {
                let (decision, note) = *of;
                let number = case.decide(&decision, &note)?;
                eprintln!("{number}: {}", text::visible(&worded(&decision)));
                taken += 1;
            }
            Imported::Known => known += 1,
            Imported::Elsewhere => elsewhere += 1,
            Imported::Undecided => {}
        }
    }
    eprintln!("{taken} taken over, {known} known, {elsewhere} of names that are not in this case");
    Ok(Outcome::Done)
}

/// *3  A and B are one  (undone)  by editor, 2025-03-04T06:00:00Z: the same passport*
fn line(entry: &Entry, holds: bool) -> String {
    let mut out = format!("{}  {}", entry.number, worded(&entry.decision));
    if !holds {
        out += "  (nothing of the kind is read there any more)";
    }
    if entry.undone {
        out += "  (undone)";
    }
    let note = [&entry.note.by, &entry.note.at].into_iter().flatten();
    let note: Vec<&str> = note.map(String::as_str).collect();
    if !note.is_empty() {
        out += &format!("  {}", note.join(", "));
    }
    if let Some(why) = &entry.note.why {
        out += &format!(": {why}");
    }
    out
}

fn worded(decision: &Decision) -> String {
    let named = |thing: &Thing| format!("{} ({})", thing.name, thing.document.short());
    match decision {
        Decision::Same(a, b) => format!("{} and {} are one", named(a), named(b)),
        Decision::Apart(a, b) => format!("{} and {} are two", named(a), named(b)),
        Decision::Called(a, name) => format!("{} is called {name}", named(a)),
        Decision::Noted(a, text) => format!("{}: {text}", named(a)),
        Decision::Followed(a) => format!("{} is followed", named(a)),
        Decision::Protected(a, code) => format!("{} goes out as {code}", named(a)),
        Decision::Independent(a, b) => {
            format!("{} and {} tell independently", a.short(), b.short())
        }
        Decision::Wrong(fact) => format!("wrong: {}", named_fact(fact)),
        Decision::Confirmed(fact) => format!("confirmed: {}", named_fact(fact)),
        Decision::Restated(fact, status) => {
            format!("told as {}: {}", status.name(), named_fact(fact))
        }
        Decision::Named(spot, naming) => {
            let who = |who: &Meant| match who {
                Meant::Known(thing, _) => named(thing),
                Meant::Called(name) => name.clone(),
            };
            let told = match naming {
                Naming::Nothing => "is no name".to_owned(),
                Naming::Kind(kind) => format!("is {}", kind.name()),
                Naming::Means { who: meant, .. } => format!("means {}", who(meant)),
                Naming::Missing { kind, who: meant } => {
                    format!("names {}, {}", who(meant), kind.name())
                }
            };
            format!("“{}” ({}) {told}", spot.words, spot.document.short())
        }
        Decision::Hit(hit) => {
            let who = match &hit.who {
                Screened::Thing(thing) => named(thing),
                Screened::Name(name) => name.clone(),
            };
            let is = match hit.verdict {
                Verdict::Confirmed => "is",
                Verdict::Dismissed => "is not",
            };
            format!("{who} {is} {}:{}", hit.list, hit.entry)
        }
        Decision::Undo(number) => format!("{number} no longer holds"),
    }
}

/// *Meeting “Halvorsen met Vasilenkov in Muscat” (3f2a…)*
fn named_fact(fact: &Anchor) -> String {
    let words: Vec<&str> = fact.words.split_whitespace().collect();
    let words = words.join(" ");
    format!("{} “{words}” ({})", fact.kind.name(), fact.document.short())
}

fn as_json(entry: &Entry, holds: bool) -> serde_json::Value {
    let as_told = |fact: &Anchor| {
        json!({
            "document": fact.document.hex(),
            "kind": fact.kind.name(),
            "passage": fact.words,
            "start": fact.passage.start,
            "end": fact.passage.end,
        })
    };
    let thing = |t: &Thing| json!({"document": t.document.hex(), "name": t.name});
    let decision = match &entry.decision {
        Decision::Same(a, b) => json!({"same": [thing(a), thing(b)]}),
        Decision::Apart(a, b) => json!({"different": [thing(a), thing(b)]}),
        Decision::Called(a, name) => json!({"rename": thing(a), "to": name}),
        Decision::Noted(a, text) => json!({"note": thing(a), "text": text}),
        Decision::Followed(a) => json!({"follow": thing(a)}),
        Decision::Protected(a, code) => json!({"protect": thing(a), "as": code}),
        Decision::Independent(a, b) => json!({"independent": [a.hex(), b.hex()]}),
        Decision::Wrong(fact) => json!({"reject": as_told(fact)}),
        Decision::Confirmed(fact) => json!({"confirm": as_told(fact)}),
        Decision::Restated(fact, status) => {
            json!({"correct": as_told(fact), "status": status.name()})
        }
        Decision::Named(spot, naming) => {
            let who = |who: &Meant| match who {
                Meant::Known(known, _) => thing(known),
                Meant::Called(name) => json!({"document": null, "name": name}),
            };
            let (is, kind, meant) = match naming {
                Naming::Nothing => ("nothing", None, None),
                Naming::Kind(kind) => ("kind", Some(kind), None),
                Naming::Means { who, .. } => ("means", None, Some(who)),
                Naming::Missing { kind, who } => ("missing", Some(kind), Some(who)),
            };
            json!({
                "mention": {
                    "document": spot.document.hex(),
                    "words": spot.words,
                    "start": spot.span.start,
                    "end": spot.span.end,
                },
                "is": is,
                "kind": kind.map(|kind| kind.name()),
                "who": meant.map(who),
            })
        }
        Decision::Hit(hit) => {
            let (document, name) = match &hit.who {
                Screened::Thing(thing) => (Some(thing.document.hex()), &thing.name),
                Screened::Name(name) => (None, name),
            };
            let who = json!({"document": document, "name": name});
            json!({"hit": who, "list": hit.list, "entry": hit.entry, "verdict": hit.verdict.name()})
        }
        Decision::Undo(number) => json!({"undo": number}),
    };
    json!({
        "number": entry.number,
        "decision": decision,
        "by": entry.note.by,
        "at": entry.note.at,
        "why": entry.note.why,
        "undone": entry.undone,
        "found": holds,
    })
}
