//! The words that all forms share: headings, places, chains, dates.

use std::collections::BTreeSet;

use madar_case::Added;
use madar_case::answer::{
    Brief, Dated, Difference, DocumentLine, Link, Member, Passage, Section, Subject,
};
use madar_read::{FactKind, SourceKind, Status};
use madar_text::BlockKind;

pub(crate) fn heading(subject: Subject) -> &'static str {
    match subject {
        Subject::Deals => "Ties and deals",
        Subject::Meetings => "Meetings and visits",
        Subject::Timeline => "Timeline",
        Subject::Money => "Money",
        Subject::Sanctions => "Sanctions, licences, investigations",
        Subject::Proposals => "Proposals",
        Subject::Other => "What else was said and done",
    }
}

/// The question that lists all of a section.
pub(crate) fn more(section: &Section) -> String {
    let kind = section
        .lines
        .first()
        .map_or(FactKind::Event, |line| line.kind);
    let command = match section.subject {
        Subject::Timeline => "madar timeline".to_owned(),
        _ => format!("madar facts --kind {}", kind.name().to_lowercase()),
    };
    format!("… and {} more ({command})", section.more)
}

pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Asserted => "said",
        Status::Negotiated => "being negotiated",
        Status::Conditional => "on a condition",
        Status::Ended => "ended",
        other => other.name(),
    }
}

/// *paragraph 4*, *title*.
pub(crate) fn place(passage: &Passage) -> String {
    match (passage.paragraph, passage.block) {
        (Some(number), _) => format!("paragraph {number}"),
        (None, BlockKind::Title) => "title".to_owned(),
        (None, block) => format!("{} (block {})", block.name(), passage.block_number),
    }
}

/// What stands after the name of a link.
pub(crate) fn link_note(link: &Link) -> &'static str {
    match (link.inherited, link.kind) {
        (true, _) => " (the whole article retells it)",
        (false, SourceKind::Anonymous) => " (unnamed)",
        (false, _) => "",
    }
}

/// *2025-03-04, from its dateline*.
pub(crate) fn dated(date: &Dated) -> String {
    match date {
        Dated::On { day, basis } => format!("{day}, {basis}"),
        Dated::Between {
            earliest,
            latest,
            reason,
        } => format!("between {earliest} and {latest}: {reason}"),
        Dated::Unknown => "date unknown".to_owned(),
    }
}

/// `123` thousandths as *12 %*.
pub(crate) fn percent(permille: u16) -> String {
    format!("{} %", (permille + 5) / 10)
}

/// *the tellings differ in time: 2025-03-04, 2025-03-05*
pub(crate) fn difference(difference: &Difference) -> String {
    let values = difference.values.join(", ");
    format!("the tellings differ in {}: {values}", difference.what)
}

pub(crate) fn chains(lo: u32, hi: u32) -> String {
    let word = if hi == 1 { "chain" } else { "chains" };
    if lo == hi {
        return format!("{lo} independent {word}");
    }
    format!("{lo} to {hi} independent {word}")
}

pub(crate) fn title(brief: &Brief) -> String {
    match &brief.about {
        Some(about) => format!("Brief on {}", about.name),
        None => "Brief".to_owned(),
    }
}

/// *15 documents, 9 publishers, in ar, en, ru*.
pub(crate) fn extent(brief: &Brief) -> String {
    let sources = || brief.documents.iter().map(|document| &document.source);
    let publishers: BTreeSet<&str> = sources().filter_map(|s| s.publisher.as_deref()).collect();
    let languages: BTreeSet<&str> = sources().map(|source| source.lang.code()).collect();
    let languages: Vec<&str> = languages.into_iter().collect();
    format!(
        "{}, {}, in {}",
        count(brief.documents.len(), "document"),
        count(publishers.len(), "publisher"),
        languages.join(", "),
    )
}

/// *1 document*, *2 documents*.
pub(crate) fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

pub(crate) fn weight(member: &Member) -> String {
    [
        count(member.documents, "document"),
        count(member.facts, "claim"),
        count(member.mentions, "mention"),
    ]
    .join(", ")
}

/// What else is to be known of a document before it is trusted.
pub(crate) fn document_notes(line: &DocumentLine) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(outlet) = &line.retells {
        notes.push(format!("the whole article retells {outlet}"));
    }
    if line.foreign_permille > 0 {
        let share = percent(line.foreign_permille);
        notes.push(format!("{share} of it is in languages that are not read"));
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
