//! Lists a part at a time: they are put in order by the ledger, and only what is shown is taken in hand.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use madar_read::{EntityKind, FactKind, Status};
use madar_text::{DocumentId, fold};

use crate::CaseError;
use crate::answer::{DocumentLine, Line};
use crate::ask::Asked;
use crate::page::Someone;
use crate::view::{At, View};

/// Documents that hold the words of a title whose titles are looked at: a tenth of a second's work.
const LOOKED_AT: usize = 300;

/// Which claims are wanted; what is not set lets everything pass.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// One of these kinds; empty asks for all.
    pub kinds: Vec<FactKind>,
    pub status: Option<Status>,
    pub about: Option<String>,
    /// Only what this document tells.
    pub document: Option<DocumentId>,
    /// Only claims behind which so many independent chains stand at least, whatever is suspected.
    pub chains: u32,
}

/// Who and what is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Whom {
    pub kind: Option<EntityKind>,
    /// Also what is only described and has no name.
    pub described: bool,
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    pub offset: usize,
    pub limit: usize,
}

impl Part {
    pub const ALL: Part = Part::first(usize::MAX);

    pub const fn first(limit: usize) -> Self {
        Self { offset: 0, limit }
    }

    pub(crate) fn of<T>(self, all: &[T]) -> &[T] {
        let from = self.offset.min(all.len());
        &all[from..from.saturating_add(self.limit).min(all.len())]
    }
}

/// A part of a list, with the length of all of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed<T> {
    pub some: Vec<T>,
    pub all: usize,
}

impl<T> Listed<T> {
    fn new(all: &[At], part: Part, one: impl FnMut(At) -> T) -> Self {
        Self {
            some: part.of(all).iter().copied().map(one).collect(),
            all: all.len(),
        }
    }
}

impl Asked<'_> {
    /// A part of the claims that fit, by kind and then by importance.
    ///
    /// # Errors
    /// When nobody in the case is called `about`, or several are.
    pub fn claims(&self, wanted: &Wanted, part: Part) -> Result<Listed<Line>, CaseError> {
        let view = self.view();
        let claims = view.claims_wanted(wanted)?;
        let cast = view.cast(&claims, None);
        let mut ordered = view.by_importance(&claims, &cast);
        let entries = &view.claims_ledger().entries;
        // a stable sort: within a kind the important ones stay first
        ordered.sort_by_key(|&claim| entries[claim].kind);
        Ok(Listed::new(&ordered, part, |claim| view.line(claim)))
    }

    /// All claims that fit, by kind and then by importance.
    ///
    /// # Errors
    /// As [`Asked::claims`].
    pub fn facts(&self, wanted: &Wanted) -> Result<Vec<Line>, CaseError> {
        Ok(self.claims(wanted, Part::ALL)?.some)
    }

    /// Dated claims, the earliest first.
    ///
    /// # Errors
    /// When nobody in the case is called `about`, or several are.
    pub fn timeline(&self, about: Option<&str>) -> Result<Vec<Line>, CaseError> {
        Ok(self.timeline_of(about, usize::MAX)?.some)
    }

    /// The most important dated claims, so many at most, the earliest first.
    ///
    /// # Errors
    /// When nobody in the case is called `about`, or several are.
    pub fn timeline_of(&self, about: Option<&str>, most: usize) -> Result<Listed<Line>, CaseError> {
        let view = self.view();
        let mut dated = view.claims(about)?;
        dated.retain(|&claim| view.is_dated(claim));
        let all = dated.len();
        if all > most {
            let cast = view.cast(&dated, None);
            dated = view.by_importance(&dated, &cast);
            dated.truncate(most);
        }
        let entries = &view.claims_ledger().entries;
        dated.sort_by_key(|&claim| (entries[claim].days.map(|days| days.0), claim));
        let some = dated.into_iter().map(|claim| view.line(claim)).collect();
        Ok(Listed { some, all })
    }

    /// A part of the documents, the earliest first; undated ones at the end.
    pub fn documents_of(&self, part: Part) -> Listed<DocumentLine> {
        let view = self.view();
        let all = view.documents_by_day();
        let lines = view.document_lines(part.of(&all).iter().copied());
        Listed {
            some: lines,
            all: all.len(),
        }
    }

    /// Documents in whose titles the words stand, so many at most.
    pub fn titled(&self, words: &str, most: usize) -> Vec<DocumentLine> {
        let view = self.view();
        let found = view.titled(words, most).into_iter();
        view.document_lines(found)
    }

    pub fn documents(&self) -> Vec<DocumentLine> {
        self.documents_of(Part::ALL).some
    }

    /// A part of all entities that fit, those in most documents, claims and mentions first.
    pub fn everyone_of(&self, whom: Whom, part: Part) -> Listed<Someone> {
        let view = self.view();
        let all = view.whom(whom);
        Listed::new(&all, part, |at| view.someone(at))
    }

    /// All entities, those in most documents, claims and mentions first.
    pub fn everyone(&self) -> Vec<Someone> {
        let whom = Whom {
            kind: None,
            described: true,
        };
        self.everyone_of(whom, Part::ALL).some
    }

    /// The one with this id.
    pub fn someone(&self, id: &str) -> Option<Someone> {
        let view = self.view();
        let at = view.links.entity_by_id(id)?;
        Some(view.someone(at))
    }

    /// Everybody whose name is like `name`, the most alike first.
    pub fn called(&self, name: &str) -> Vec<Someone> {
        let view = self.view();
        let found = view.alike(name).into_iter();
        found.map(|(_, _, at)| view.someone(at)).collect()
    }

    /// Everybody whose name may be like one of these, in no order of likeness.
    pub fn near(&self, names: &[&str]) -> Vec<Someone> {
        let view = self.view();
        let found = names.iter().flat_map(|name| view.near(name));
        let found: BTreeSet<At> = found.collect();
        found.into_iter().map(|at| view.someone(at)).collect()
    }

    /// Those of whose names one has a word for each of the text's words that begins so, the most told of first.
    pub fn holding(&self, text: &str, most: usize) -> Vec<Someone> {
        let view = self.view();
        let mut found = view.holding(text);
        found.truncate(most);
        found.into_iter().map(|at| view.someone(at)).collect()
    }
}

impl View<'_> {
    fn claims_wanted(&self, wanted: &Wanted) -> Result<Vec<At>, CaseError> {
        let mut claims = match wanted.document {
            Some(id) => self.claims_told_by(id),
            None => self.claims(wanted.about.as_deref())?,
        };
        if let (Some(name), Some(_)) = (&wanted.about, wanted.document) {
            let own = self.claims_of(self.entity_named(name)?);
            claims.retain(|claim| own.binary_search(claim).is_ok());
        }
        let entries = &self.claims_ledger().entries;
        claims.retain(|&claim| {
            let held = &entries[claim];
            (wanted.kinds.is_empty() || wanted.kinds.contains(&held.kind))
                && wanted.status.is_none_or(|status| held.status == status)
                && held.k_lo >= wanted.chains
        });
        Ok(claims)
    }

    fn claims_told_by(&self, document: DocumentId) -> Vec<At> {
        let Some(at) = self.document_at(document) else {
            return Vec::new();
        };
        let facts = self.links.places(at).facts.iter().flatten();
        let claims: BTreeSet<At> = facts.map(|(_, claim)| *claim).collect();
        claims.into_iter().collect()
    }

    /// Of those that hold the words, in order.
    fn titled(&self, words: &str, most: usize) -> Vec<At> {
        let folded = fold(words);
        let has = |at: &At| {
            let title = self.kept[*at].document.meta.title.as_deref();
            title.is_some_and(|title| fold(title).contains(&folded))
        };
        let may = self.holding_words(words).into_iter();
        may.take(LOOKED_AT).filter(has).take(most).collect()
    }

    /// The earliest first; undated ones at the end.
    pub(crate) fn documents_by_day(&self) -> Vec<At> {
        let documents = self.documents_ledger();
        let mut all: Vec<At> = (0..documents.len()).collect();
        all.sort_by_key(|&at| (documents[at].day.is_none(), documents[at].day, at));
        all
    }

    /// Those in most documents, claims and mentions first.
    pub(crate) fn whom(&self, whom: Whom) -> Vec<At> {
        let entities = self.entities_ledger();
        let fits = |&at: &At| {
            (whom.described || entities[at].named)
                && whom.kind.is_none_or(|kind| entities[at].kind == kind)
        };
        let mut all: Vec<At> = (0..entities.len()).filter(fits).collect();
        all.sort_by_key(|&at| self.fame(at));
        all
    }

    /// What puts the most told of first.
    pub(crate) fn fame(&self, at: At) -> (Reverse<(u32, u32, u32)>, At) {
        let held = &self.entities_ledger()[at];
        (Reverse((held.documents, held.claims, held.mentions)), at)
    }

    pub(crate) fn someone(&self, at: At) -> Someone {
        let (held, linked) = (self.entity(at), self.links.entity(at));
        Someone {
            entity: held.id.clone(),
            kind: held.kind,
            name: held.name.clone(),
            named: held.named,
            is_outlet: held.is_outlet,
            names: self.names_of(at).into_iter().map(str::to_owned).collect(),
            documents: linked.documents,
            mentions: linked.linked.mentions.len(),
            claims: linked.claims.len(),
        }
    }

    fn holding(&self, text: &str) -> Vec<At> {
        let entities = self.entities_ledger();
        let mut found = self.links.beginning(text);
        found.retain(|&at| entities[at].named);
        found.sort_by_key(|&at| self.fame(at));
        found
    }
}
