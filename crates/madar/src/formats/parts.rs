//! The parts of a brief in the order in which an editor asks for them: what it hangs on, who, what,
//! when, what is disputed, and at the end what was read. Every form prints these and no others.

use madar_case::answer::{Brief, Dispute, DocumentLine, Member, Origin, Section, Subject};

use super::wording;

pub(crate) enum Part<'a> {
    /// The one asked for with `--about`.
    Who(&'a Member),
    Origins(&'a [Origin]),
    /// The weightiest, and how many more there are.
    Cast(&'a [Member], usize),
    Section(&'a Section),
    Disputes(&'a [Dispute]),
    Documents(&'a [DocumentLine]),
}

impl Part<'_> {
    pub(crate) fn heading(&self) -> &'static str {
        match self {
            Part::Who(_) => "Who",
            Part::Origins(_) => "Where it comes from",
            Part::Cast(..) => "Cast",
            Part::Section(section) => wording::heading(section.subject),
            Part::Disputes(_) => "Denials and contradictions",
            Part::Documents(_) => "Documents",
        }
    }
}

/// The parts that have something to say.
pub(crate) fn parts(brief: &Brief) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    out.extend(brief.about.as_ref().map(Part::Who));
    if !brief.origins.is_empty() {
        out.push(Part::Origins(&brief.origins));
    }
    if !brief.cast.is_empty() {
        out.push(Part::Cast(&brief.cast, brief.more_cast));
    }
    let (last, first): (Vec<&Section>, Vec<&Section>) = brief
        .sections
        .iter()
        .partition(|section| section.subject == Subject::Other);
    out.extend(first.into_iter().map(Part::Section));
    if !brief.disputes.is_empty() {
        out.push(Part::Disputes(&brief.disputes));
    }
    out.extend(last.into_iter().map(Part::Section));
    out.push(Part::Documents(&brief.documents));
    out
}
