//! Who says what: source, cue and content of every passage that has them, and the chain of
//! transmitters behind it.
//!
//! *three people familiar with the matter told the Financial Times*, read in an Arabic paper →
//! source the three people, cue *told*, content the clause before, chain Financial Times, then the
//! three people. Cues and nouns are data (`lang/*/cues.toml`, `sources.toml`); who publishes is
//! [`crate::publication`]'s to say. What the content states is left to the facts.

// in the order of use
mod chain;
mod continued;
mod frames;
mod held;
mod marks;
mod narrated;
mod pack;
mod phrases;
mod quotes;
mod resolve;
mod scene;
mod sex;
mod source;
#[cfg(test)]
pub(crate) mod tests;
mod told;

pub(crate) use chain::is_outlet;
pub(crate) use held::{Attributed, chain_of};
pub(crate) use pack::Pack;
pub(crate) use sex::{Sex, sex_of};

use madar_text::Span;

use crate::MentionId;
use crate::read::Surface;
use crate::reading::{Attribution, Publication};

/// An attribution on its way: what the chain needs besides.
#[derive(Clone, Debug)]
struct Spoken {
    attribution: Attribution,
    /// Index of the sentence.
    sentence: usize,
    /// The outlet that was spoken to, or that saw the paper; not the publisher.
    through: Option<MentionId>,
    /// The fullest description of an unnamed source.
    who: Span,
    /// The publisher speaks for itself.
    is_publisher: bool,
    /// The publisher heard or saw it itself: *told this website*.
    own: bool,
    /// The attribution that this one is cited by: *X reported, citing Y*.
    inner_of: Option<usize>,
}

/// All attributions in the order of the text, and the publication with the outlet that the whole
/// document retells.
pub(crate) fn attributions(
    surface: &Surface<'_>,
    mut publication: Publication,
) -> (Vec<Attribution>, Publication) {
    let quotes = narrated::apart(surface, quotes::quotes(surface.document));
    let own = crate::publication::own_names(surface.document, surface.kit);
    let scenes = scene::scenes(surface, surface.kit.cues, &quotes, &own);
    let mut spoken = resolve::resolve(surface, &publication, &scenes, &quotes);
    continued::continue_quotes(surface, &quotes, &mut spoken);
    order(&mut spoken);
    chain::link(surface, &publication, &mut spoken);
    chain::carry(surface, &mut spoken);
    publication.upstream = chain::upstream(surface, &publication, &spoken);
    if let Some(upstream) = &publication.upstream {
        chain::inherit(surface, upstream, &mut spoken);
    }
    let list = spoken.into_iter().map(|s| s.attribution).collect();
    (list, publication)
}

/// Sorts by place in the text and keeps `inner_of` true.
fn order(spoken: &mut Vec<Spoken>) {
    let place = |s: &Spoken| {
        let cue = s.attribution.cue.unwrap_or(s.attribution.content);
        (cue.start, s.inner_of.is_some(), cue.end)
    };
    let mut order: Vec<usize> = (0..spoken.len()).collect();
    order.sort_by_key(|&at| (place(&spoken[at]), at));
    let mut now = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        now[old] = new;
    }
    let mut sorted: Vec<Spoken> = order.iter().map(|&old| spoken[old].clone()).collect();
    for one in &mut sorted {
        one.inner_of = one.inner_of.map(|old| now[old]);
    }
    *spoken = sorted;
}
