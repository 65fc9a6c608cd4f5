//! What all forms say in the same words: headings, places, chains, dates. The words themselves stand
//! in `madar-case`, a file to a language.

use std::collections::BTreeSet;

use madar_case::answer::{
    Brief, Dated, Difference, DocumentLine, Link, Member, Passage, Section, Subject,
};
use madar_case::{Added, Tongue};
use madar_read::{FactKind, SourceKind, Status};
use madar_text::{BlockKind, Spot};

/// The question that lists all of a section.
pub(crate) fn more(section: &Section, tongue: Tongue) -> String {
    let kind = section
        .lines
        .first()
        .map_or(FactKind::Event, |line| line.kind);
    let command = match section.subject {
        Subject::Timeline => "madar timeline".to_owned(),
        _ => format!("madar facts --kind {}", kind.name().to_lowercase()),
    };
    more_by(section.more, &command, tongue)
}

/// *… and 3 more (madar timeline)*
pub(crate) fn more_by(number: usize, command: &str, tongue: Tongue) -> String {
    let number = number.to_string();
    tongue.fill("brief", "more_by", &[("n", &number), ("command", command)])
}

/// *… and 3 more*
pub(crate) fn and_more(number: usize, tongue: Tongue) -> String {
    tongue.fill("brief", "more", &[("n", &number.to_string())])
}

pub(crate) fn status(status: Status, tongue: Tongue) -> &'static str {
    tongue.say("status", status.name())
}

/// *paragraph 4*, *title*, *page 3, paragraph 17*, *Payments!B7*, *message 402*.
pub(crate) fn place(passage: &Passage, tongue: Tongue) -> String {
    let block = tongue.say("block", passage.block.name());
    let spot = match &passage.spot {
        Some(Spot::Cell(name)) => return name.clone(),
        Some(Spot::Message(number)) => {
            return tongue.fill("at", "message", &[("n", &number.to_string())]);
        }
        Some(Spot::Page(number)) => tongue.fill("at", "page", &[("n", &number.to_string())]),
        None => String::new(),
    };
    let within = match (passage.paragraph, passage.block) {
        (Some(number), _) => tongue.fill("at", "paragraph", &[("n", &number.to_string())]),
        (None, BlockKind::Title) => block.to_owned(),
        (None, _) => {
            let number = passage.block_number.to_string();
            tongue.fill("at", "block", &[("block", block), ("n", &number)])
        }
    };
    if spot.is_empty() {
        return within;
    }
    [spot, within].join(tongue.say("list", "comma"))
}

/// The name of a link and what is to be known of it: *people familiar with it (unnamed)*. `name` is
/// the link's name as the form writes it.
pub(crate) fn link(link: &Link, name: &str, tongue: Tongue) -> String {
    let key = match (link.inherited, link.kind) {
        (true, _) => "inherited",
        (false, SourceKind::Anonymous) => "unnamed",
        (false, _) => return name.to_owned(),
    };
    tongue.fill("link", key, &[("name", name)])
}

/// *2025-03-04, from its dateline*.
pub(crate) fn dated(date: &Dated, tongue: Tongue) -> String {
    match date {
        Dated::On { day, basis } => tongue.fill("dated", "on", &[("day", day), ("basis", basis)]),
        Dated::Between {
            earliest,
            latest,
            reason,
        } => {
            let with = [("from", &**earliest), ("to", latest), ("reason", reason)];
            tongue.fill("dated", "between", &with)
        }
        Dated::Unknown => tongue.say("dated", "unknown").to_owned(),
    }
}

/// `123` thousandths as *12 %*.
pub(crate) fn percent(permille: u16, tongue: Tongue) -> String {
    let percent = (permille + 5) / 10;
    tongue.fill("number", "percent", &[("n", &percent.to_string())])
}

/// *the tellings differ in time: 2025-03-04, 2025-03-05*
pub(crate) fn difference(difference: &Difference, tongue: Tongue) -> String {
    let values = difference.values.join(tongue.say("list", "comma"));
    let what = tongue.say("differ", difference.what);
    tongue.fill("differ", "sentence", &[("what", what), ("values", &values)])
}

pub(crate) fn chains(lo: u32, hi: u32, tongue: Tongue) -> String {
    if lo == hi {
        return tongue.count(hi as usize, "chain");
    }
    let (lo, hi) = (lo.to_string(), hi.to_string());
    tongue.fill("support", "range", &[("lo", &lo), ("hi", &hi)])
}

pub(crate) fn title(brief: &Brief) -> String {
    match &brief.about {
        Some(about) => brief
            .tongue
            .fill("brief", "about", &[("name", &about.name)]),
        None => brief.tongue.say("brief", "title").to_owned(),
    }
}

/// *15 documents, 9 publishers, in Arabic, English and Russian*.
pub(crate) fn extent(brief: &Brief) -> String {
    let tongue = brief.tongue;
    let sources = || brief.documents.iter().map(|document| &document.source);
    let publishers: BTreeSet<&str> = sources().filter_map(|s| s.publisher.as_deref()).collect();
    let languages: BTreeSet<&str> = sources().map(|source| source.lang.code()).collect();
    let languages: Vec<String> = languages
        .into_iter()
        .map(|code| tongue.say("language", code).to_owned())
        .collect();
    let with = [
        (
            "documents",
            &*tongue.count(brief.documents.len(), "document"),
        ),
        ("publishers", &tongue.count(publishers.len(), "publisher")),
        ("languages", &tongue.listed(&languages)),
    ];
    tongue.fill("brief", "extent", &with)
}

pub(crate) fn weight(member: &Member, tongue: Tongue) -> String {
    [
        tongue.count(member.documents, "document"),
        tongue.count(member.facts, "claim"),
        tongue.count(member.mentions, "mention"),
    ]
    .join(tongue.say("list", "comma"))
}

/// The names of one of the cast; none where its only one heads its entry already.
pub(crate) fn names(member: &Member) -> Vec<&str> {
    match member.names.as_slice() {
        [only] if only.name == member.name => Vec::new(),
        all => all.iter().map(|seen| seen.name.as_str()).collect(),
    }
}

/// Who names one of the cast, where that is more than one document.
pub(crate) fn told_by(member: &Member) -> &[String] {
    if member.documents > 1 {
        &member.told_by
    } else {
        &[]
    }
}

/// What else is to be known of a document before it is trusted.
pub(crate) fn document_notes(line: &DocumentLine, tongue: Tongue) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(outlet) = &line.retells {
        notes.push(tongue.fill("brief", "retells", &[("outlet", outlet)]));
    }
    if line.foreign_permille > 0 {
        let share = percent(line.foreign_permille, tongue);
        notes.push(tongue.fill("brief", "foreign", &[("percent", &share)]));
    }
    if let Some(version) = &line.version {
        let key = match version.latest == line.source.id {
            true => "note",
            false => "replaced",
        };
        let (number, of) = (version.number.to_string(), version.of.to_string());
        let id = version.latest.short();
        let with = [("n", &*number), ("of", &of), ("id", &id)];
        notes.push(tongue.fill("versions", key, &with));
    }
    notes.extend(line.warnings.iter().cloned());
    notes
}

pub(crate) fn added(added: Added) -> &'static str {
    match added {
        Added::New => "new",
        Added::Same => "same",
        Added::OtherCapture => "other capture",
        Added::Replaced => "replaced",
    }
}
