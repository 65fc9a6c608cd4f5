//! The parts of a brief in the order in which an editor asks for them: what it hangs on, who, what,
//! when, what is disputed, and at the end what was read. Every form prints these and no others.

use madar_case::Tongue;
use madar_case::answer::{Brief, Dispute, DocumentLine, Member, Origin, Section, Subject, Sum};

pub(crate) enum Part<'a> {
    /// The one asked for with `--about`.
    Who(&'a Member),
    Origins(&'a [Origin]),
    /// The weightiest, and how many more there are.
    Cast(&'a [Member], usize),
    Section(&'a Section),
    /// And how many more there are.
    Sums(&'a [Sum], usize),
    Disputes(&'a [Dispute]),
    Documents(&'a [DocumentLine]),
}

impl Part<'_> {
    /// Its name in the addresses of a page, and its key in the words of each language.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Part::Who(_) => "who",
            Part::Origins(_) => "origins",
            Part::Cast(..) => "cast",
            Part::Section(section) => section.subject.name(),
            Part::Sums(..) => "sums",
            Part::Disputes(_) => "disputes",
            Part::Documents(_) => "documents",
        }
    }

    pub(crate) fn heading(&self, tongue: Tongue) -> &'static str {
        tongue.say("heading", self.key())
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
    for section in first {
        out.push(Part::Section(section));
    }
    if !brief.sums.is_empty() {
        out.push(Part::Sums(&brief.sums, brief.more_sums));
    }
    if !brief.disputes.is_empty() {
        out.push(Part::Disputes(&brief.disputes));
    }
    out.extend(last.into_iter().map(Part::Section));
    out.push(Part::Documents(&brief.documents));
    out
}
