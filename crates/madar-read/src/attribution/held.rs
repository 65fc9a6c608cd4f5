//! Which attribution holds a passage: the innermost in whose content it stands.

use madar_text::Span;

use super::chain::DEEPEST;
use crate::AttributionId;
use crate::reading::{Attribution, Hop, HopBasis, HopWho, Publication};

/// Longest quotation mark with the comma beside it, in bytes.
const MARK: u32 = 4;

/// The attributions of a document, ready to be asked for many passages.
pub(crate) struct Attributed<'a> {
    attributions: &'a [Attribution],
    /// Numbers of the attributions in the order in which they begin, cue and source included, each
    /// with where the furthest of those up to it ends.
    by_start: Vec<(Span, u32, usize)>,
}

impl<'a> Attributed<'a> {
    pub(crate) fn new(attributions: &'a [Attribution]) -> Self {
        let all = attributions.iter().enumerate();
        let mut by_start: Vec<_> = all.map(|(at, one)| (whole(one), 0, at)).collect();
        by_start.sort_unstable();
        let mut furthest = 0;
        for (span, reach, _) in &mut by_start {
            furthest = furthest.max(span.end);
            *reach = furthest;
        }
        Self {
            attributions,
            by_start,
        }
    }

    /// The innermost attribution that holds a passage, and the chain of what the passage says.
    ///
    /// A passage that reaches into the clause of the cue (*denied that he met*) belongs to the
    /// attribution when most of it is content. Without one, the chain is the upstream outlet's.
    pub(crate) fn chain_of(
        &self,
        passage: Span,
        publication: &Publication,
    ) -> (Option<AttributionId>, Vec<Hop>) {
        self.chain_of_told(passage, passage, publication)
    }

    /// The same for a passage whose `trigger` says what it tells: a trigger in the content is reported, however long
    /// the name of who reports it (*{the holding company Cedar of Tunis} denies that it paid*).
    pub(crate) fn chain_of_told(
        &self,
        passage: Span,
        trigger: Span,
        publication: &Publication,
    ) -> (Option<AttributionId>, Vec<Hop>) {
        let held = self.near(passage).filter(|&at| {
            let one = &self.attributions[at];
            holds(one, passage) || one.content.contains(trigger) && reaches(one, passage)
        });
        let innermost = held.min_by_key(|&at| {
            let one = &self.attributions[at];
            (std::cmp::Reverse(self.depth(one)), one.content.len(), at)
        });
        if let Some(at) = innermost {
            let chain = self.attributions[at].chain.clone();
            return (Some(AttributionId::new(at)), chain);
        }
        let inherited = publication.upstream.as_ref().map(|upstream| Hop {
            who: HopWho::Mention(upstream.outlet),
            basis: HopBasis::Inherited,
        });
        (None, inherited.into_iter().collect())
    }

    /// The innermost words reported that hold all of a passage.
    pub(crate) fn content_around(&self, passage: Span) -> Option<Span> {
        let contents = self.near(passage).map(|at| self.attributions[at].content);
        let around = contents.filter(|content| content.contains(passage));
        around.min_by_key(|content| (content.len(), content.start))
    }

    /// Those that touch the passage.
    fn near(&self, passage: Span) -> impl Iterator<Item = usize> + '_ {
        let to = self
            .by_start
            .partition_point(|(span, _, _)| span.start <= passage.end + MARK);
        let touching = self.by_start[..to].iter().rev();
        touching
            .take_while(move |(_, reach, _)| *reach + MARK >= passage.start)
            .map(|(_, _, at)| *at)
    }

    fn depth(&self, one: &Attribution) -> usize {
        let (mut depth, mut at) = (0, one.outer);
        while let Some(id) = at
            && depth < DEEPEST
        {
            depth += 1;
            at = self.attributions[id.at()].outer;
        }
        depth
    }
}

/// Content, cue and stated source.
fn whole(one: &Attribution) -> Span {
    let mut whole = one.content;
    whole = one.cue.map_or(whole, |cue| whole.to(cue));
    if !one.source.implicit {
        whole = whole.to(one.source.span);
    }
    whole
}

/// Whether a passage stands within content, cue and source; facts may take the quotation mark along.
fn reaches(one: &Attribution, passage: Span) -> bool {
    let whole = whole(one);
    whole.start <= passage.start + MARK && passage.end <= whole.end + MARK
}

fn holds(one: &Attribution, passage: Span) -> bool {
    let content = one.content;
    if content.contains(passage) {
        return true;
    }
    let start = passage.start.max(content.start);
    let end = passage.end.min(content.end);
    let shared = u64::from(end.saturating_sub(start));
    let length = u64::from(passage.len());
    let reached = reaches(one, passage);
    let whole_clause = one.cue.is_some_and(|cue| passage.contains(cue))
        && passage.contains(one.source.span)
        && shared * 2 >= length;
    // three fifths: the cue and its subject are rarely longer than two fifths of a clause
    whole_clause || reached && (passage.contains(content) || shared * 5 >= length * 3)
}

/// The same for one passage.
pub(crate) fn chain_of(
    passage: Span,
    attributions: &[Attribution],
    publication: &Publication,
) -> (Option<AttributionId>, Vec<Hop>) {
    Attributed::new(attributions).chain_of(passage, publication)
}
