//! Articles that their publishers have changed. Texts of one publisher under one address are versions of one article:
//! the latest stands for it, the earlier ones stay in the case, and what only they tell is *no longer said*. Which came
//! first is told by when they were published, last changed and saved; all of it is derived from the documents.

use std::collections::{BTreeMap, BTreeSet};

use madar_text::DocumentId;
use rustc_hash::FxHashMap;

use crate::CaseError;
use crate::answer::{
    Article, Changed, Differences, DocumentVersion, Edition, Line, Moved, Telling, Why,
};
use crate::ask::Asked;
use crate::diff::differences;
use crate::ledger::DocumentEntry;
use crate::line::FactAt;
use crate::listed::{Listed, Part};
use crate::view::{At, View};

/// Who must take part in two facts of one kind, told by two versions, that one may be the other changed.
const SHARED: usize = 2;

/// The versions of each article that has several, the earliest first.
#[derive(Default)]
pub(crate) struct Versions {
    articles: Vec<Vec<At>>,
    /// By document its article, and its place among the versions.
    of: FxHashMap<At, (usize, usize)>,
}

impl Versions {
    pub(crate) fn new(documents: &[DocumentEntry]) -> Self {
        let mut by_article: BTreeMap<u64, Vec<At>> = BTreeMap::new();
        for (at, entry) in documents.iter().enumerate() {
            if entry.article != 0 {
                by_article.entry(entry.article).or_default().push(at);
            }
        }
        let mut articles: Vec<Vec<At>> = by_article.into_values().collect();
        articles.retain(|versions| versions.len() > 1);
        for versions in &mut articles {
            // where nothing tells which came first, the order of their ids does
            versions.sort_by_key(|&at| (documents[at].stands, at));
        }
        articles.sort();
        let places = articles.iter().enumerate();
        let of = places.flat_map(|(article, versions)| {
            let each = versions.iter().enumerate();
            each.map(move |(place, &at)| (at, (article, place)))
        });
        Self {
            of: of.collect(),
            articles,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The versions of a document's article, where it has several, and its place among them.
    pub(crate) fn of(&self, document: At) -> Option<(&[At], usize)> {
        let &(article, place) = self.of.get(&document)?;
        Some((&self.articles[article], place))
    }

    /// The version that stands for a document's article, where that is another.
    fn latest(&self, document: At) -> Option<At> {
        let (versions, _) = self.of(document)?;
        versions.last().copied().filter(|&last| last != document)
    }
}

impl Asked<'_> {
    /// A part of the articles of the case that have several versions, with what each version changed; `document` asks
    /// for the article of one.
    ///
    /// # Errors
    /// When no such document is in the case.
    pub fn versions(
        &self,
        document: Option<DocumentId>,
        part: Part,
    ) -> Result<Listed<Article>, CaseError> {
        let view = self.view();
        let all = view.versions();
        let Some(id) = document else {
            let some = part.of(&all.articles).iter();
            return Ok(Listed {
                some: some.map(|one| view.article(one)).collect(),
                all: all.articles.len(),
            });
        };
        let at = view.document_at(id).ok_or_else(|| CaseError::Unknown {
            what: "document",
            name: id.short(),
        })?;
        let found: Vec<&[At]> = all
            .of(at)
            .map(|(versions, _)| versions)
            .into_iter()
            .collect();
        Ok(Listed {
            some: part
                .of(&found)
                .iter()
                .map(|one| view.article(one))
                .collect(),
            all: found.len(),
        })
    }
}

impl View<'_> {
    pub(crate) fn versions(&self) -> &Versions {
        self.links.versions(self.kept)
    }

    /// Which version of an article a document is, where there are several.
    pub(crate) fn version(&self, document: At) -> Option<DocumentVersion> {
        let (versions, place) = self.versions().of(document)?;
        Some(DocumentVersion {
            number: place + 1,
            of: versions.len(),
            latest: self.kept.id(*versions.last()?),
        })
    }

    /// Whether the version in which a claim is told still stands for its article, and if not, whether that one tells
    /// the claim too.
    pub(crate) fn edition(&self, claim: At, document: At) -> Edition {
        let Some(latest) = self.versions().latest(document) else {
            return Edition::Latest;
        };
        let reports = &self.links.claim(claim).reports;
        match reports.iter().any(|&(document, _)| document == latest) {
            true => Edition::Earlier,
            false => Edition::NoLongerSaid,
        }
    }

    /// Whether a claim is told by earlier versions alone.
    pub(crate) fn is_no_longer_said(&self, claim: At) -> bool {
        let mut documents = self.links.claim(claim).reports.iter();
        documents.all(|&(document, _)| self.edition(claim, document) == Edition::NoLongerSaid)
    }

    fn article(&self, versions: &[At]) -> Article {
        let stands = |at: At| self.links.documents_ledger(self.kept)[at].stands;
        let pairs = || versions.windows(2).map(|pair| (pair[0], pair[1]));
        Article {
            versions: versions.iter().map(|&at| self.document_line(at)).collect(),
            changes: pairs().map(|(a, b)| self.changes(a, b)).collect(),
            in_order: pairs().all(|(a, b)| stands(a) < stands(b)),
        }
    }

    /// What a later version of an article tells otherwise than an earlier one.
    pub(crate) fn changes(&self, earlier: At, later: At) -> Differences {
        let (old, new) = (self.told_by(earlier), self.told_by(later));
        let mut out = Differences::default();
        for (claim, &at) in &old {
            let Some(&after) = new.get(claim) else {
                continue;
            };
            let lines = (self.line_at(at), self.line_at(after));
            let what = differences(&lines.0, &lines.1);
            if what.is_empty() {
                out.same += 1;
            } else {
                let telling = self.telling(after);
                out.changed.push(changed(lines, telling, what));
            }
        }
        let lost: Vec<FactAt> = only_in(&old, &new);
        let mut gained: Vec<FactAt> = only_in(&new, &old);
        for at in lost {
            let other = self.told_otherwise(at, &gained);
            let before = self.line_at(at);
            match other {
                Some(place) => {
                    let after = gained.remove(place);
                    let line = self.line_at(after);
                    let what = differences(&before, &line);
                    if what.is_empty() {
                        out.same += 1;
                        continue;
                    }
                    out.changed
                        .push(changed((before, line), self.telling(after), what));
                }
                None => out.lost.push(self.moved(at, before)),
            }
        }
        let gained = gained
            .into_iter()
            .map(|at| self.moved(at, self.line_at(at)));
        out.gained.extend(gained);
        out
    }

    /// The claims that a document tells, each with the fullest fact that tells it.
    fn told_by(&self, document: At) -> BTreeMap<At, FactAt> {
        let mut out: BTreeMap<At, FactAt> = BTreeMap::new();
        let facts = self.links.places(document).facts.iter().enumerate();
        for (fact, told) in facts {
            let Some((_, claim)) = told else { continue };
            let at = (document, fact);
            let best = out.entry(*claim).or_insert(at);
            if self.fact(at).fullness() > self.fact(*best).fullness() {
                *best = at;
            }
        }
        out
    }

    /// Its claim as this version tells and holds it.
    fn line_at(&self, at: FactAt) -> Line {
        self.line_as(self.claim_of(at), at, self.fact(at).status)
    }

    fn claim_of(&self, at: FactAt) -> At {
        let told = self.links.places(at.0).facts[at.1];
        told.expect("only facts of claims are held against each other")
            .1
    }

    fn moved(&self, at: FactAt, line: Line) -> Moved {
        Moved {
            line,
            telling: self.telling(at),
            why: Why::Edited,
        }
    }

    /// The place of the fact that tells most likely the same, but so: of one kind, of two of the same people at least.
    fn told_otherwise(&self, at: FactAt, others: &[FactAt]) -> Option<usize> {
        let who = |at: FactAt| -> BTreeSet<At> {
            let parties = self.fact(at).participants.iter();
            parties.map(|p| self.entity_of(at.0, p.mention)).collect()
        };
        let own = who(at);
        let shared = |place: &usize| own.intersection(&who(others[*place])).count();
        let alike = |place: &usize| {
            self.fact(others[*place]).kind == self.fact(at).kind && shared(place) >= SHARED
        };
        let found = (0..others.len()).filter(alike);
        found.max_by_key(|place| (shared(place), std::cmp::Reverse(*place)))
    }
}

fn only_in(of: &BTreeMap<At, FactAt>, other: &BTreeMap<At, FactAt>) -> Vec<FactAt> {
    let own = of.iter().filter(|(claim, _)| !other.contains_key(*claim));
    let mut facts: Vec<FactAt> = own.map(|(_, &at)| at).collect();
    facts.sort_unstable();
    facts
}

fn changed(
    (before, after): (Line, Line),
    telling: Telling,
    what: Vec<crate::answer::Difference>,
) -> Changed {
    Changed {
        before,
        after,
        telling,
        what,
        why: Why::Edited,
    }
}
