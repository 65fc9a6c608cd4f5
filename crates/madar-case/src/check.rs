//! The user's own text held against the case, sentence by sentence: which claims stand behind it and on how
//! many chains, what speaks against it, what nobody tells.

use std::collections::{BTreeMap, BTreeSet};

use madar_text::{Document, DocumentId, Span};

use crate::answer::{Checked, CheckedFact, CheckedSentence, Line, Standing};
use crate::ask::Asked;
use crate::document_id;
use crate::keep::Kept;
use crate::view::{At, View};

/// Claims that tell otherwise of the same people that are shown for one fact.
const OTHERWISE: usize = 3;
/// Who must take part in such a claim too: two of those in the draft.
const SHARED: usize = 2;

impl Asked<'_> {
    /// Reads the text as it reads articles and says of each fact in it how it stands in the case. The case
    /// stays as it is.
    pub fn check(&self, draft: &Document) -> Checked {
        let id = document_id(draft);
        let mut kept: Vec<Kept> = self.kept.iter().cloned().collect();
        kept.retain(|held| held.id != id);
        let place = kept.partition_point(|held| held.id < id);
        let reading = madar_read::read(draft, self.kit());
        kept.insert(
            place,
            Kept {
                id,
                document: draft.clone(),
                reading,
            },
        );
        let with_draft = self.over(kept);
        let check = Check::new(self.view(), with_draft.view(), place, id);
        // code names stand for names in what is answered: there a sentence lies elsewhere than in the draft
        let written = &with_draft.kept[place].reading.sentences;
        let answered = &check.both.kept[place].reading.sentences;
        let sentences = answered.iter().zip(written);
        Checked {
            sentences: sentences
                .map(|(&span, &written)| CheckedSentence {
                    span: written,
                    ..check.sentence(span)
                })
                .collect(),
        }
    }
}

/// The case without the draft and with it.
struct Check<'a> {
    case: View<'a>,
    both: View<'a>,
    draft: At,
    /// The claim of the case that a fact of a document tells.
    claims: BTreeMap<(DocumentId, usize), At>,
    /// The claim of both that a fact of the draft tells.
    own: BTreeMap<usize, At>,
}

impl<'a> Check<'a> {
    fn new(case: View<'a>, both: View<'a>, draft: At, id: DocumentId) -> Self {
        let mut claims = BTreeMap::new();
        for (at, claim) in case.all_claims() {
            for &(document, fact) in &claim.reports {
                let of = case.kept.id(document);
                // a text that is in the case is no support of itself
                if of != id {
                    claims.insert((of, fact), at);
                }
            }
        }
        let mut own = BTreeMap::new();
        for (at, claim) in both.all_claims() {
            let facts = claim
                .reports
                .iter()
                .filter(|(document, _)| *document == draft);
            own.extend(facts.map(|&(_, fact)| (fact, at)));
        }
        Self {
            case,
            both,
            draft,
            claims,
            own,
        }
    }

    fn sentence(&self, span: Span) -> CheckedSentence {
        let facts = self.both.kept[self.draft].reading.facts.iter().enumerate();
        let here = facts.filter(|(_, fact)| span.contains(fact.trigger));
        let facts: Vec<CheckedFact> = here.filter_map(|(at, _)| self.fact(at)).collect();
        let worst = facts.iter().map(|fact| fact.standing).min();
        let text = self.both.text(self.draft);
        CheckedSentence {
            text: span.of(text).trim().to_owned(),
            span,
            standing: worst.unwrap_or(Standing::NothingRead),
            facts,
        }
    }

    fn fact(&self, at: usize) -> Option<CheckedFact> {
        let claim = *self.own.get(&at)?;
        let held = self.both.claim(claim);
        let told = self.of_case(&[claim]);
        let against = self.of_case(&held.against);
        let otherwise: Vec<At> = self.otherwise(claim, &told, &against);
        let best = told
            .iter()
            .map(|&at| self.case.claim(at).support.k_lo)
            .max();
        let standing = match best {
            _ if !against.is_empty() => Standing::Contradicted,
            Some(k) if k > 1 => Standing::Supported,
            Some(_) => Standing::SingleSource,
            None if !otherwise.is_empty() => Standing::ToldOtherwise,
            None => Standing::Unsupported,
        };
        let lines = |claims: Vec<At>| -> Vec<Line> {
            claims.into_iter().map(|at| self.case.line(at)).collect()
        };
        Some(CheckedFact {
            read_as: self.both.line_of(claim, (self.draft, at)).sentence,
            standing,
            told: lines(told.into_iter().collect()),
            against: lines(against.into_iter().collect()),
            otherwise: lines(otherwise),
        })
    }

    /// The claims of the case that tell what these claims of both tell.
    fn of_case(&self, claims: &[At]) -> BTreeSet<At> {
        let reports = claims.iter().flat_map(|&at| &self.both.claim(at).reports);
        let found = reports
            .filter_map(|&(document, fact)| self.claims.get(&(self.both.kept[document].id, fact)));
        found.copied().collect()
    }

    /// Claims of the same kind in which two take part who do so in the draft, told with another status, sum, day or
    /// further people; those that share most come first, then those on most chains.
    fn otherwise(&self, claim: At, told: &BTreeSet<At>, against: &BTreeSet<At>) -> Vec<At> {
        let held = self.both.claim(claim);
        let who = self.both.taking_part_in(claim);
        let shared = |at: At| {
            let others = self.both.taking_part_in(at);
            who.iter()
                .filter(|one| others.binary_search(one).is_ok())
                .count()
        };
        let others = self.both.all_claims();
        let others = others.filter(|(at, other)| *at != claim && other.kind == held.kind);
        // what of it stands in the case, with the most that any claim of both shares
        let mut found: BTreeMap<At, (usize, u32)> = BTreeMap::new();
        for (at, other) in others {
            let weight = (shared(at), other.support.k_lo);
            if weight.0 < SHARED {
                continue;
            }
            for at in self.of_case(&[at]) {
                let best = found.entry(at).or_default();
                *best = weight.max(*best);
            }
        }
        found.retain(|at, _| !told.contains(at) && !against.contains(at));
        let mut found: Vec<(At, (usize, u32))> = found.into_iter().collect();
        found.sort_by_key(|&(at, weight)| (std::cmp::Reverse(weight), at));
        found.truncate(OTHERWISE);
        found.into_iter().map(|(at, _)| at).collect()
    }
}
