//! What a page of a browser asks beside the questions of the command line: everybody at a glance,
//! one of them in full, a document as it was read with what each of its marks stands for.

use std::collections::BTreeMap;

use madar_read::{EntityKind, Reading};
use madar_text::{Document, DocumentId};

use crate::answer::{DocumentLine, Member};
use crate::ask::Asked;
use crate::view::{At, place};
use crate::{Case, CaseError};

/// Ties told with one entity; all of them are among its claims.
const TIES: usize = 24;

/// An entity at a glance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Someone {
    pub entity: String,
    pub kind: EntityKind,
    pub name: String,
    /// Goes by a name; the others are only described.
    pub named: bool,
    /// Publishes.
    pub is_outlet: bool,
    /// All names seen, for finding it by one of them.
    pub names: Vec<String>,
    pub documents: usize,
    pub mentions: usize,
    pub claims: usize,
}

/// A name under which a document speaks of an entity.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Appearance {
    pub document: DocumentId,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub name: String,
    pub times: usize,
}

/// A document as it was read.
pub struct Page<'a> {
    pub line: DocumentLine,
    pub document: &'a Document,
    pub reading: &'a Reading,
    /// By mention: id and name of the entity that it stands for.
    pub stands_for: Vec<(&'a str, &'a str)>,
    /// By fact: its id, and the claim that it tells; none when it was rejected.
    pub tells: Vec<(String, Option<&'a str>)>,
}

impl Case {
    /// Changes whenever another connection changes the case file, or somebody else a shared case.
    ///
    /// # Errors
    /// When the case file or its database cannot be read.
    pub fn stamp(&self) -> Result<i64, CaseError> {
        if self.look_if_new()? {
            self.looks.set(self.looks.get() + 1);
        }
        let ask = "PRAGMA data_version";
        let others: i64 = self.store.query_row(ask, [], |row| row.get(0))?;
        Ok(others + self.looks.get())
    }
}

impl Asked<'_> {
    /// One entity in full: its id, else the most alike name.
    ///
    /// # Errors
    /// When nobody in the case is called so, or several are.
    pub fn member(&self, name: &str) -> Result<Member, CaseError> {
        let view = self.view();
        let at = view.entity_named(name)?;
        Ok(view.member(at, TIES))
    }

    /// Under which names which documents speak of an entity, by document; of more than `most` documents the
    /// latest.
    ///
    /// # Errors
    /// When nobody in the case is called so, or several are.
    pub fn appearances(&self, name: &str, most: usize) -> Result<Vec<Appearance>, CaseError> {
        let view = self.view();
        let at = view.entity_named(name)?;
        let places = view.places_of(at).iter();
        let mut documents: Vec<At> = places.map(|&(document, _)| place(document)).collect();
        documents.dedup();
        if documents.len() > most {
            let days = view.documents_ledger();
            documents.sort_by_key(|&document| std::cmp::Reverse(days[document].day));
            documents.truncate(most);
        }
        let mut counts: BTreeMap<(At, &str), usize> = BTreeMap::new();
        for &document in &documents {
            for mention in view.mentions_of(at, Some(document)).into_iter().flatten() {
                *counts.entry((document, &mention.name)).or_default() += 1;
            }
        }
        let appearances = counts
            .into_iter()
            .map(|((document, name), times)| Appearance {
                document: self.kept.id(document),
                title: view.kept[document].document.meta.title.clone(),
                publisher: view.publisher(document),
                name: name.to_owned(),
                times,
            });
        Ok(appearances.collect())
    }

    /// A document with what was read in it.
    ///
    /// # Errors
    /// When the case has no such document.
    pub fn page(&self, id: DocumentId) -> Result<Page<'_>, CaseError> {
        let view = self.view();
        let at = view.document_at(id);
        let at = at.ok_or_else(|| CaseError::Unknown {
            what: "document",
            name: id.short(),
        })?;
        let (kept, places) = (&view.kept[at], view.links.places(at));
        let stands_for = places.entity_of.iter().map(|&entity| {
            let entity = view.entity(entity);
            (entity.id.as_str(), entity.name.as_str())
        });
        let tells = places.facts.iter().map(|fact| match fact {
            Some((id, claim)) => (id.short(), Some(view.claim(*claim).id.as_str())),
            None => (String::new(), None),
        });
        Ok(Page {
            line: view.document_lines([at].into_iter()).remove(0),
            document: &kept.document,
            reading: &kept.reading,
            stands_for: stands_for.collect(),
            tells: tells.collect(),
        })
    }
}
