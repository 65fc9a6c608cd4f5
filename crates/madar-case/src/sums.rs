//! Sums of money that the texts name and no claim tells: what a plan is said to be worth, what is
//! frozen, what was lost. Whoever follows the money wants them listed, even where nobody pays.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{Amount, AmountId, AmountKind, Quantity, chain_at};
use madar_text::Span;

use crate::answer::Sum;
use crate::keep::Kept;
use crate::measure;
use crate::view::{At, View};

/// Sums shown; as many as lines of a section.
const SUMS: usize = 12;

/// A sum where a text names it.
pub(crate) type Named = (At, AmountId);

/// Sums of money of a document that stand in no fact, with their currencies.
pub(crate) fn untold(kept: &Kept) -> Vec<((Quantity, &str), AmountId)> {
    let reading = &kept.reading;
    let told: BTreeSet<AmountId> = reading.facts.iter().filter_map(|f| f.amount).collect();
    let is_read = |amount: &Amount| {
        let blocks = &kept.document.blocks;
        let at = blocks.partition_point(|b| b.span.end <= amount.span.start);
        let block = blocks.get(at);
        block.is_some_and(|b| b.kind.is_read() && !b.repeats)
    };
    let all = reading.amounts.iter().enumerate();
    let all = all.map(|(at, amount)| (AmountId::new(at), amount));
    all.filter(|(id, amount)| amount.kind == AmountKind::Money && !told.contains(id))
        .filter(|(_, amount)| is_read(amount))
        .filter_map(|(id, amount)| Some(((amount.value?, amount.currency.as_deref()?), id)))
        .collect()
}

impl View<'_> {
    /// Sums that no claim of the case tells, the largest first, each where it is named first; how many more
    /// there are.
    pub(crate) fn all_sums(&self) -> (Vec<Sum>, usize) {
        let stored = self.links.stored_sums(SUMS);
        let (largest, all) = stored.unwrap_or_else(|| {
            let documents: Vec<At> = (0..self.kept.len()).collect();
            self.largest(&documents, |_, _| true)
        });
        let more = all.saturating_sub(largest.len());
        (largest.iter().map(|all| self.sum(all)).collect(), more)
    }

    /// Of these documents, those in whose sentence an entity stands.
    pub(crate) fn sums_beside(&self, documents: &[At], entity: At) -> (Vec<Sum>, usize) {
        let (largest, all) = self.largest(documents, |document, amount| {
            let sentence = self.sentence_of(document, amount.span);
            self.stands_in(entity, document, sentence)
        });
        let more = all.saturating_sub(largest.len());
        (largest.iter().map(|all| self.sum(all)).collect(), more)
    }

    /// The largest sums that are wanted, each with all places; how many there are in all.
    fn largest(
        &self,
        documents: &[At],
        wanted: impl Fn(At, &Amount) -> bool,
    ) -> (Vec<Vec<Named>>, usize) {
        let mut named: BTreeMap<(Quantity, &str), Vec<Named>> = BTreeMap::new();
        for &document in documents {
            for (sum, id) in untold(&self.kept[document]) {
                if wanted(document, &self.kept[document].reading.amounts[id.at()]) {
                    named.entry(sum).or_default().push((document, id));
                }
            }
        }
        let all = named.len();
        (named.into_values().rev().take(SUMS).collect(), all)
    }

    /// The sentence around a span.
    fn sentence_of(&self, document: At, span: Span) -> Span {
        let sentences = &self.kept[document].reading.sentences;
        let at = sentences.partition_point(|s| s.end <= span.start);
        let sentence = sentences.get(at).copied();
        sentence.filter(|s| s.contains(span)).unwrap_or(span)
    }

    fn stands_in(&self, entity: At, document: At, sentence: Span) -> bool {
        let mut here = self
            .mentions_of(entity, Some(document))
            .into_iter()
            .flatten();
        here.any(|mention| sentence.contains(mention.span))
    }

    fn sum(&self, named: &[Named]) -> Sum {
        let (document, id) = named[0];
        let reading = &self.kept[document].reading;
        let amount = &reading.amounts[id.at()];
        let sentence = self.sentence_of(document, amount.span);
        let documents: BTreeSet<At> = named.iter().map(|&(document, _)| document).collect();
        let words = amount.span.of(self.text(document));
        Sum {
            told: measure::amount(amount, self.tongue).unwrap_or_else(|| words.to_owned()),
            amount: self.amount(document, id),
            chain: self.chain(document, &chain_at(reading, sentence)),
            passage: self.passage(document, sentence.trim(self.text(document))),
            documents: documents.len(),
        }
    }
}
