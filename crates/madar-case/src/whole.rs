//! All of a case at once, for those who carry it into other tools.

use std::collections::{BTreeMap, BTreeSet};

use madar_text::DocumentId;

use crate::CaseError;
use crate::answer::{DocumentLine, Line, Member, Party};
use crate::ask::Asked;
use crate::view::At;

/// Every document, everybody who takes part in anything, every claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Whole {
    /// The earliest first.
    pub documents: Vec<DocumentLine>,
    /// In order of their ids; places and papers too.
    pub members: Vec<Member>,
    /// In order of their kinds and ids.
    pub lines: Vec<Line>,
    /// What the spans of passages count in.
    pub texts: BTreeMap<DocumentId, String>,
}

impl Asked<'_> {
    /// The whole case, or all that `about` takes part in.
    ///
    /// # Errors
    /// When nobody in the case is called `about`, or several are.
    pub fn whole(&self, about: Option<&str>) -> Result<Whole, CaseError> {
        let view = self.view();
        let claims = view.claims(about)?;
        let mut lines: Vec<Line> = claims.iter().map(|&claim| view.line(claim)).collect();
        lines.sort_by(|a, b| (a.kind, &a.claim).cmp(&(b.kind, &b.claim)));
        let wanted: BTreeSet<&str> = lines
            .iter()
            .flat_map(named)
            .map(|party| party.entity.as_str())
            .collect();
        let mut members: Vec<Member> = view
            .entities()
            .filter(|(_, held)| wanted.contains(held.id.as_str()))
            .map(|(at, _)| view.member(at, usize::MAX))
            .collect();
        members.sort_by(|a, b| a.entity.cmp(&b.entity));
        let told: BTreeSet<DocumentId> = lines
            .iter()
            .flat_map(|line| &line.tellings)
            .map(|telling| telling.passage.source.id)
            .collect();
        let documents: Vec<At> = (0..self.kept.len())
            .filter(|&at| about.is_none() || told.contains(&self.kept[at].id))
            .collect();
        let texts = documents
            .iter()
            .map(|&at| (view.kept[at].id, view.kept[at].document.text.clone()))
            .collect();
        Ok(Whole {
            documents: view.document_lines(documents.into_iter()),
            members,
            lines,
            texts,
        })
    }
}

/// Everybody and everything that a line names.
fn named(line: &Line) -> impl Iterator<Item = &Party> {
    line.parties.iter().chain(&line.place)
}
