//! Where a decision on a fact holds: the text, the passage, the kind, the word that says it and who stands
//! beside it. A better reading finds further participants, another status or another end of the clause; the
//! decision then still means the same telling. It speaks of the text and not of the document's id, so that a
//! publisher or a date given later changes nothing.

use std::collections::BTreeSet;

use madar_read::{Fact, FactKind, Role};
use madar_text::{DocumentId, Span, TextHash};

use crate::identity::text_hash;
use crate::keep::Kept;
use crate::view::At;

/// A fact as it stood when it was decided on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// The document in which it was met; for people, and for forgetting.
    pub document: DocumentId,
    pub text: TextHash,
    pub kind: FactKind,
    pub passage: Span,
    /// The words of the passage.
    pub words: String,
    pub trigger: Span,
    /// Roles, and where their mentions begin.
    pub parties: Vec<(Role, u32)>,
}

impl Anchor {
    pub(crate) fn new(kept: &Kept, fact: &Fact) -> Self {
        Self {
            document: kept.id,
            text: text_hash(&kept.document),
            kind: fact.kind,
            passage: fact.passage,
            words: fact.passage.of(&kept.document.text).to_owned(),
            trigger: fact.trigger,
            parties: parties(kept, fact),
        }
    }

    /// The facts that it means in these documents, those of other texts left out: at most one to a document.
    pub(crate) fn facts<'a>(&self, kept: impl Iterator<Item = (At, &'a Kept)>) -> Vec<(At, usize)> {
        let of_text = kept.filter(|(_, k)| text_hash(&k.document) == self.text);
        of_text
            .filter_map(|(at, k)| Some((at, self.fact(k)?)))
            .collect()
    }

    /// The fact of its kind in its passage that is told by the same word and of the most of the same
    /// people. Where that word is no longer read, the only fact of its kind there with somebody in common.
    pub(crate) fn fact(&self, kept: &Kept) -> Option<usize> {
        let own: BTreeSet<u32> = self.parties.iter().map(|(_, start)| *start).collect();
        let shared = |fact: &Fact| {
            let theirs: BTreeSet<u32> = parties(kept, fact).iter().map(|(_, s)| *s).collect();
            own.intersection(&theirs).count()
        };
        let facts = kept.reading.facts.iter().enumerate();
        let here: Vec<(usize, &Fact)> = facts
            .filter(|(_, f)| f.kind == self.kind && f.passage.overlaps(self.passage))
            .filter(|(_, f)| shared(f) > 0)
            .collect();
        let same_word = here
            .iter()
            .filter(|(_, f)| f.trigger.overlaps(self.trigger));
        let best = same_word.max_by_key(|(at, f)| {
            let alike = parties(kept, f) == self.parties;
            (alike, shared(f), std::cmp::Reverse(*at))
        });
        match (best, &here[..]) {
            (Some((at, _)), _) | (None, [(at, _)]) => Some(*at),
            _ => None,
        }
    }
}

fn parties(kept: &Kept, fact: &Fact) -> Vec<(Role, u32)> {
    let mention = |id: madar_read::MentionId| &kept.reading.mentions[id.at()];
    let all = fact.participants.iter();
    all.map(|p| (p.role, mention(p.mention).span.start))
        .collect()
}
