//! Sums of money that the texts name and no claim tells: what a plan is said to be worth, what is
//! frozen, what was lost. Whoever follows the money wants them listed, even where nobody pays.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{Amount, AmountId, AmountKind, Quantity, chain_at};
use madar_text::Span;

use crate::answer::Sum;
use crate::measure;
use crate::view::{At, View};

/// Sums shown; as many as lines of a section.
const SUMS: usize = 12;

/// A sum where a text names it.
type Named = (At, AmountId);

impl View<'_> {
    /// Sums that no claim tells, the largest first, each where it is named first; how many more there
    /// are. With `about`, those in whose sentence it stands.
    pub(crate) fn sums(&self, documents: &[At], about: Option<At>) -> (Vec<Sum>, usize) {
        let mut named: BTreeMap<(Quantity, String), Vec<Named>> = BTreeMap::new();
        for &document in documents {
            for (id, amount) in self.untold(document) {
                let (Some(value), Some(currency)) = (amount.value, &amount.currency) else {
                    continue;
                };
                let beside = about.is_none_or(|entity| {
                    let sentence = self.sentence_of(document, amount.span);
                    self.stands_in(entity, document, sentence)
                });
                if beside {
                    let key = (value, currency.clone());
                    named.entry(key).or_default().push((document, id));
                }
            }
        }
        let more = named.len().saturating_sub(SUMS);
        let largest = named.into_values().rev().take(SUMS);
        (largest.map(|all| self.sum(&all)).collect(), more)
    }

    /// Sums of money of a document that stand in no fact.
    fn untold(&self, document: At) -> impl Iterator<Item = (AmountId, &Amount)> {
        let kept = &self.kept[document];
        let told: BTreeSet<AmountId> = kept.reading.facts.iter().filter_map(|f| f.amount).collect();
        let all = kept.reading.amounts.iter().enumerate();
        all.map(|(at, amount)| (AmountId::new(at), amount))
            .filter(move |(id, amount)| amount.kind == AmountKind::Money && !told.contains(id))
            .filter(|(_, amount)| {
                let blocks = &kept.document.blocks;
                let at = blocks.partition_point(|b| b.span.end <= amount.span.start);
                blocks
                    .get(at)
                    .is_some_and(|b| b.kind.is_read() && !b.repeats)
            })
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
