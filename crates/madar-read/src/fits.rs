//! Whether a reading that came from elsewhere is one of this text: every passage stands in it, and whatever points to
//! a mention, a time, an amount or a statement finds one.

use madar_text::Span;

use crate::reading::{Fact, Hop, HopWho, Reading};

impl Reading {
    /// Every passage that the reading points at.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        let of_attributions = self.attributions.iter().flat_map(|a| {
            let own = [a.source.span, a.content].into_iter();
            own.chain(a.cue).chain(spans_of(&a.chain))
        });
        let of_facts = self.facts.iter().flat_map(|f| {
            let own = [f.passage, f.trigger].into_iter();
            own.chain(f.detail)
                .chain(f.condition)
                .chain(spans_of(&f.chain))
        });
        let simple = self.sentences.iter().copied();
        simple
            .chain(self.mentions.iter().map(|m| m.span))
            .chain(self.times.iter().map(|t| t.span))
            .chain(self.amounts.iter().map(|a| a.span))
            .chain(of_attributions)
            .chain(of_facts)
    }

    /// Whether nothing in it points past the text or past what the reading itself holds.
    pub fn fits(&self, text: &str) -> bool {
        let passages = self.spans().all(|span| text.get(span.range()).is_some());
        let mention = |at: usize| at < self.mentions.len();
        let hops = |chain: &[Hop]| {
            chain.iter().all(|hop| match hop.who {
                HopWho::Mention(id) => mention(id.at()),
                HopWho::Anonymous(_) => true,
            })
        };
        let statements = self.attributions.iter().all(|a| {
            let named = a.source.mention.into_iter().chain(a.told);
            named.map(|id| id.at()).all(mention)
                && a.outer.is_none_or(|id| id.at() < self.attributions.len())
                && hops(&a.chain)
        });
        let fact = |f: &Fact| {
            let named = f.participants.iter().map(|p| p.mention).chain(f.place);
            let times = [f.time, f.duration].into_iter().flatten();
            let amounts = [f.amount, f.stake].into_iter().flatten();
            !f.participants.is_empty()
                && named.map(|id| id.at()).all(mention)
                && times.map(|id| id.at()).all(|at| at < self.times.len())
                && amounts.map(|id| id.at()).all(|at| at < self.amounts.len())
                && f.attribution
                    .is_none_or(|id| id.at() < self.attributions.len())
                && hops(&f.chain)
        };
        let referents = self.referents.iter().all(|referent| {
            let own = &referent.mentions;
            !own.is_empty() && own.iter().all(|id| mention(id.at()))
        });
        let upstream = self.publication.upstream.as_ref();
        passages
            && statements
            && self.facts.iter().all(fact)
            && referents
            && self.referent_of.len() == self.mentions.len()
            && self
                .referent_of
                .iter()
                .all(|id| id.at() < self.referents.len())
            && upstream.is_none_or(|upstream| mention(upstream.outlet.at()))
    }
}

fn spans_of(chain: &[Hop]) -> impl Iterator<Item = Span> {
    chain.iter().filter_map(|hop| match hop.who {
        HopWho::Anonymous(span) => Some(span),
        HopWho::Mention(_) => None,
    })
}
