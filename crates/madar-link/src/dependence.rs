//! Documents that seem to depend on an earlier one: copies in one language and what quotes the same ([`crate::copies`]), translated copies
//! ([`crate::translations`]), and those that openly have from another some of what they say. Dependence runs along
//! time.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::digest::{Digest, DocumentNumber};

/// What the suspicion rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DependenceKind {
    /// Share of the shorter text's words that stand in long runs of the other, in percent.
    Copy { percent: u32 },
    /// Names, sums and days that stand in both in the same order, of all in the later one.
    Translation { shared: u32, of: u32 },
    /// Facts that the later one has from the earlier one's publisher, as it says, of all its facts. It may
    /// have from there also what it gives no source for.
    Retelling { facts: u32, of: u32 },
    /// Words of a quotation that stands in both.
    Quote { words: u32 },
}

/// The later document may rest on the earlier one; numbers of documents. Where time does not tell which
/// is the later one, there is one each way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Dependence {
    pub later: DocumentNumber,
    pub earlier: DocumentNumber,
    pub kind: DependenceKind,
}

/// The documents of a case as they are held against each other, by place.
pub(crate) struct Papers<'a> {
    pub(crate) numbers: &'a [DocumentNumber],
    pub(crate) digests: &'a [&'a Digest],
}

impl Papers<'_> {
    /// The place of a document.
    pub(crate) fn at(&self, number: DocumentNumber) -> usize {
        let at = self.numbers.binary_search(&number);
        at.expect("numbers are of this case")
    }

    pub(crate) fn dependence(
        &self,
        later: usize,
        earlier: usize,
        kind: DependenceKind,
    ) -> Dependence {
        Dependence {
            later: self.numbers[later],
            earlier: self.numbers[earlier],
            kind,
        }
    }

    /// Whether `a` may have been published after `b`: unless time tells otherwise. Of two that may both be
    /// the later one nothing tells which rests on the other.
    pub(crate) fn may_follow(&self, a: usize, b: usize) -> bool {
        match (self.digests[a].published, self.digests[b].published) {
            (Some((x, _)), Some((y, _))) if x != y => x > y,
            (Some((_, Some(x))), Some((_, Some(y)))) => x >= y,
            _ => true,
        }
    }
}

/// Documents of which a person knows that what both tell they have each from elsewhere; each pair once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Independent(BTreeSet<(DocumentNumber, DocumentNumber)>);

impl Independent {
    pub fn new(pairs: impl IntoIterator<Item = (DocumentNumber, DocumentNumber)>) -> Self {
        let ordered = pairs.into_iter().map(|(a, b)| (a.min(b), a.max(b)));
        Self(ordered.collect())
    }

    pub fn pairs(&self) -> impl Iterator<Item = (DocumentNumber, DocumentNumber)> {
        self.0.iter().copied()
    }

    pub(crate) fn has(&self, a: DocumentNumber, b: DocumentNumber) -> bool {
        self.0.contains(&(a.min(b), a.max(b)))
    }

    /// Whether one of these is independent of one of those.
    pub(crate) fn divides(
        &self,
        these: &BTreeSet<DocumentNumber>,
        those: &BTreeSet<DocumentNumber>,
    ) -> bool {
        !self.0.is_empty() && these.iter().any(|&a| those.iter().any(|&b| self.has(a, b)))
    }

    /// Pairs that are in one of the two.
    pub(crate) fn turned(&self, before: &Self) -> BTreeSet<(DocumentNumber, DocumentNumber)> {
        self.0.symmetric_difference(&before.0).copied().collect()
    }
}

/// What somebody has from whom, as he says: how many facts of a document come from which publisher.
pub(crate) struct Retold {
    pub(crate) facts: Vec<u32>,
    /// By place of the document and hash of the transmitter.
    pub(crate) from: FxHashMap<(usize, u64), u32>,
}

/// Whether a document has some of its facts from another's publisher, as it says: who has read it may have from there also
/// what he gives no source for. On documents that do not tell something that it tells too it says nothing.
pub(crate) fn retelling(
    papers: &Papers<'_>,
    retold: &Retold,
    later: usize,
    earlier: usize,
    publisher: u64,
) -> Option<Dependence> {
    let own = retold.from.get(&(later, publisher)).copied().unwrap_or(0);
    let of = retold.facts[later];
    let kind = DependenceKind::Retelling { facts: own, of };
    (own > 0 && papers.may_follow(later, earlier)).then(|| papers.dependence(later, earlier, kind))
}

/// Of one pair the strongest sign counts.
pub(crate) fn strongest(mut all: Vec<Dependence>) -> Vec<Dependence> {
    all.sort_unstable();
    all.dedup_by_key(|d| (d.later, d.earlier));
    all
}

/// A place among documents, or among what they name, in half the room.
pub(crate) fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a case holds fewer")
}
