//! An answer as a row of items, for the questions whose answers are lists: each form prints the same items
//! in the same order.

use std::io::{self, Write};

use madar_case::Tongue;
use madar_case::answer::{
    Alert, Article, Changed, Checked, CheckedFact, Differences, DocumentLine, Doubt, Gone, Line,
    Moved, Path, Paths, Review, ScreenedEntity, Shaken, Telling, Withdrawal,
};

use super::{hits, markdown, terminal, wording};

/// What a form knows to print. Text in it is as it came from a document, not yet made safe.
pub(crate) enum Item<'a> {
    Title(String),
    Heading(String),
    Text(String),
    /// A claim with its chains and its passage.
    Line(&'a Line),
    /// A claim in one line, with what is to be known of it.
    Short(&'a Line, String),
    /// A telling below a claim.
    Telling(&'a Telling),
    Note(String),
}

/// How items are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Terminal,
    Markdown,
}

pub(crate) fn print(
    items: &[Item<'_>],
    look: Look,
    tongue: Tongue,
    out: &mut dyn Write,
) -> io::Result<()> {
    match look {
        Look::Terminal => terminal::page(out, tongue).items(items),
        Look::Markdown => markdown::items(items, tongue, out),
    }
}

pub(crate) fn withdrawal(of: &Withdrawal, tongue: Tongue) -> Vec<Item<'_>> {
    let name = match &of.gone {
        Gone::Source(name) => name.clone(),
        Gone::Document(source) => {
            let called = source.title.clone().or_else(|| source.publisher.clone());
            called.unwrap_or_else(|| source.id.short())
        }
    };
    let mut out = vec![Item::Title(tongue.fill(
        "withdraw",
        "title",
        &[("name", &name)],
    ))];
    let groups = [
        ("falls", &of.falls),
        ("may_fall", &of.may_fall),
        ("weaker", &of.weaker),
    ];
    for (key, shaken) in groups {
        if shaken.all == 0 {
            continue;
        }
        let claims = tongue.count(shaken.all, "claim");
        out.push(Item::Heading(tongue.fill(
            "withdraw",
            key,
            &[("claims", &claims)],
        )));
        let shown = shaken.shown.iter();
        shown.for_each(|one| shaken_claim(one, tongue, &mut out));
    }
    let untouched = tongue.count(of.untouched, "claim");
    out.push(Item::Text(tongue.fill(
        "withdraw",
        "untouched",
        &[("claims", &untouched)],
    )));
    out
}

fn shaken_claim<'a>(shaken: &'a Shaken, tongue: Tongue, out: &mut Vec<Item<'a>>) {
    let chains = |(lo, hi): (u32, u32)| wording::chains(lo, hi, tongue);
    let (before, after) = (chains(shaken.before), chains(shaken.after));
    let change = tongue.fill(
        "withdraw",
        "change",
        &[("before", &before), ("after", &after)],
    );
    out.push(Item::Short(&shaken.line, change));
    out.extend(shaken.left.iter().map(Item::Telling));
}

pub(crate) fn paths(of: &Paths, tongue: Tongue) -> Vec<Item<'_>> {
    let with = [("a", &*of.from.name), ("b", &of.to.name)];
    let mut out = vec![Item::Title(tongue.fill("path", "title", &with))];
    for (at, one) in of.paths.iter().enumerate() {
        path(at + 1, one, tongue, &mut out);
    }
    out
}

fn path<'a>(number: usize, path: &'a Path, tongue: Tongue, out: &mut Vec<Item<'a>>) {
    let first = path.hops.first().map(|hop| &hop.from);
    let names = first.into_iter().chain(path.hops.iter().map(|hop| &hop.to));
    let names: Vec<&str> = names.map(|one| one.name.as_str()).collect();
    let names = names.join(" → ");
    let with = [("n", &*number.to_string()), ("names", &names)];
    out.push(Item::Heading(tongue.fill("path", "path", &with)));
    for hop in &path.hops {
        out.extend(hop.ties.iter().map(Item::Line));
        if hop.more > 0 {
            out.push(Item::Note(wording::and_more(hop.more, tongue)));
        }
    }
    if let (Some(hop), true) = (path.hops.get(path.weakest), path.hops.len() > 1) {
        let with = [("a", &*hop.from.name), ("b", &hop.to.name)];
        out.push(Item::Text(tongue.fill("path", "weakest", &with)));
    }
}

/// Sentence by sentence, each with how it stands.
pub(crate) fn checked(of: &Checked, tongue: Tongue) -> Vec<Item<'_>> {
    let mut out = vec![Item::Title(tongue.say("check", "title").to_owned())];
    for sentence in &of.sentences {
        let standing = tongue.say("standing", sentence.standing.name());
        let with = [("standing", standing), ("text", &*sentence.text)];
        out.push(Item::Heading(tongue.fill("check", "sentence", &with)));
        let facts = sentence.facts.iter();
        facts.for_each(|fact| checked_fact(fact, tongue, &mut out));
    }
    out
}

fn checked_fact<'a>(fact: &'a CheckedFact, tongue: Tongue, out: &mut Vec<Item<'a>>) {
    let standing = tongue.say("standing", fact.standing.name());
    let read_as = fact.read_as.to_string();
    let with = [("standing", standing), ("sentence", &*read_as)];
    out.push(Item::Text(tongue.fill("check", "fact", &with)));
    let groups = [
        ("told", &fact.told),
        ("against", &fact.against),
        ("otherwise", &fact.otherwise),
    ];
    for (key, lines) in groups {
        if lines.is_empty() {
            continue;
        }
        out.push(Item::Note(tongue.say("check", key).to_owned()));
        out.extend(lines.iter().map(Item::Line));
    }
}

pub(crate) fn review(of: &[Review], tongue: Tongue) -> Vec<Item<'_>> {
    let mut out = Vec::new();
    for (at, one) in of.iter().enumerate() {
        let number = (at + 1).to_string();
        match &one.doubt {
            Doubt::One(pair) => {
                let with = [("n", &*number), ("a", &pair.a.name), ("b", &pair.b.name)];
                out.push(Item::Heading(tongue.fill("review", "one", &with)));
            }
            Doubt::Claim(line) => {
                out.push(Item::Heading(tongue.fill(
                    "review",
                    "claim",
                    &[("n", &number)],
                )));
                out.push(Item::Line(line));
            }
        }
        let changes = tongue.count(one.changes, "telling");
        out.push(Item::Note(tongue.fill(
            "review",
            "changes",
            &[("tellings", &changes)],
        )));
        out.extend(one.reasons.iter().cloned().map(Item::Note));
        out.extend(one.answers.iter().cloned().map(Item::Note));
    }
    out
}

pub(crate) fn differences(of: &Differences, tongue: Tongue) -> Vec<Item<'_>> {
    let mut out = vec![Item::Title(tongue.say("diff", "title").to_owned())];
    let heading = |key: &str, count: usize| {
        let facts = tongue.count(count, "fact");
        Item::Heading(tongue.fill("diff", key, &[("facts", &facts)]))
    };
    for (key, moved) in [("gained", &of.gained), ("lost", &of.lost)] {
        if !moved.is_empty() {
            out.push(heading(key, moved.len()));
            moved
                .iter()
                .for_each(|one| self::moved(one, tongue, &mut out));
        }
    }
    if !of.changed.is_empty() {
        out.push(heading("changed", of.changed.len()));
        of.changed
            .iter()
            .for_each(|one| changed(one, tongue, &mut out));
    }
    let facts = tongue.count(of.same, "fact");
    out.push(Item::Text(tongue.fill(
        "diff",
        "same",
        &[("facts", &facts)],
    )));
    out
}

/// What is new, kind by kind.
pub(crate) fn alerts(of: &[Alert], tongue: Tongue) -> Vec<Item<'_>> {
    let mut out = Vec::new();
    let mut kind = "";
    for alert in of {
        if alert.name() != kind {
            kind = alert.name();
            out.push(Item::Heading(tongue.say("alerts", kind).to_owned()));
        }
        match alert {
            Alert::Claim(line) => out.push(Item::Line(line)),
            Alert::Confirmed { line, before } => {
                out.push(Item::Line(line));
                let before = wording::chains(before.0, before.1, tongue);
                let before = tongue.fill("alerts", "before", &[("chains", &before)]);
                out.push(Item::Note(before));
            }
            Alert::Tie { line, ties } => {
                out.push(Item::Line(line));
                for (a, b) in ties {
                    let with = [("a", &*a.name), ("b", &b.name)];
                    out.push(Item::Note(tongue.fill("alerts", "tie", &with)));
                }
            }
            Alert::Hit(held) => hit(held, tongue, &mut out),
            Alert::Edited { document, changes } => {
                out.push(Item::Text(named_document(document, tongue)));
                edited(changes, tongue, &mut out);
            }
        }
    }
    out
}

fn hit(held: &ScreenedEntity, tongue: Tongue, out: &mut Vec<Item<'_>>) {
    let with = [("name", &*held.name), ("id", &held.entity)];
    out.push(Item::Text(tongue.fill("alerts", "hit", &with)));
    for hit in &held.hits {
        let (title, why) = (hits::title(hit), hits::why(hit));
        out.push(Item::Note(tongue.fill(
            "brief",
            "hit",
            &[("entry", &title)],
        )));
        out.push(Item::Note(tongue.fill(
            "brief",
            "hit_why",
            &[("why", &why)],
        )));
    }
}

fn named_document(line: &DocumentLine, tongue: Tongue) -> String {
    let untitled = || tongue.say("brief", "untitled").to_owned();
    let title = line.source.title.clone().unwrap_or_else(untitled);
    let unknown = || tongue.say("brief", "no_publisher").to_owned();
    let publisher = line.source.publisher.clone().unwrap_or_else(unknown);
    let id = line.source.id.short();
    let with = [("publisher", &*publisher), ("title", &title), ("id", &id)];
    tongue.fill("alerts", "document", &with)
}

/// Article by article, what each version changed.
pub(crate) fn articles(of: &[Article], tongue: Tongue) -> Vec<Item<'_>> {
    let mut out = Vec::new();
    for one in of {
        article(one, tongue, &mut out);
    }
    out
}

fn article<'a>(article: &'a Article, tongue: Tongue, out: &mut Vec<Item<'a>>) {
    let versions = article.versions.iter();
    let title = versions.clone().rev().find_map(|line| {
        let called = line.source.title.as_ref();
        called.or(line.address.as_ref()).cloned()
    });
    let title = title.unwrap_or_else(|| tongue.say("brief", "untitled").to_owned());
    let count = article.versions.len().to_string();
    let with = [("name", &*title), ("n", &count)];
    out.push(Item::Title(tongue.fill("versions", "title", &with)));
    if !article.in_order {
        out.push(Item::Note(tongue.say("versions", "unordered").to_owned()));
    }
    for (number, line) in (1_usize..).zip(versions) {
        let (date, id) = (wording::dated(&line.date, tongue), line.source.id.short());
        let with = [("n", &*format!("{number}")), ("date", &date), ("id", &id)];
        out.push(Item::Heading(tongue.fill("versions", "version", &with)));
        if let Some(changes) = number.checked_sub(2).and_then(|at| article.changes.get(at)) {
            edited(changes, tongue, out);
        }
    }
}

/// What a version changed.
fn edited<'a>(of: &'a Differences, tongue: Tongue, out: &mut Vec<Item<'a>>) {
    let counted = |key: &str, count: usize| {
        let facts = tongue.count(count, "fact");
        Item::Text(tongue.fill("diff", key, &[("facts", &facts)]))
    };
    if of.gained.is_empty() && of.lost.is_empty() && of.changed.is_empty() {
        out.push(Item::Text(tongue.say("versions", "nothing").to_owned()));
    }
    for (key, moved) in [("lost", &of.lost), ("gained", &of.gained)] {
        if !moved.is_empty() {
            out.push(counted(key, moved.len()));
        }
        for one in moved {
            let support = one.line.support.sentence.clone();
            out.push(Item::Short(&one.line, support));
            out.push(Item::Telling(&one.telling));
        }
    }
    if !of.changed.is_empty() {
        out.push(counted("changed", of.changed.len()));
        of.changed.iter().for_each(|one| changed(one, tongue, out));
    }
    out.push(counted("same", of.same));
}

fn moved<'a>(moved: &'a Moved, tongue: Tongue, out: &mut Vec<Item<'a>>) {
    let why = tongue.say("why", moved.why.name()).to_owned();
    out.push(Item::Short(&moved.line, why));
    out.push(Item::Telling(&moved.telling));
}

fn changed<'a>(changed: &'a Changed, tongue: Tongue, out: &mut Vec<Item<'a>>) {
    let why = tongue.say("why", changed.why.name()).to_owned();
    out.push(Item::Short(&changed.after, why));
    for point in &changed.what {
        let what = tongue.say("differ", point.what);
        let value = |at: usize| point.values.get(at).map_or("", String::as_str);
        let with = [("what", what), ("before", value(0)), ("after", value(1))];
        out.push(Item::Note(tongue.fill("diff", "point", &with)));
    }
    out.push(Item::Telling(&changed.telling));
}
