//! Chains: who *he*, *the people* and *the newspaper* are, what stands inside what, and the
//! transmitters from the publisher inwards.
//!
//! *Witkoff told The Wall Street Journal*, read elsewhere: The Wall Street Journal, then Witkoff;
//! read in the Journal itself: Witkoff. An unnamed source keeps the outlet that it spoke to when
//! the text comes back to it (*the people said*).

use madar_text::{Block, BlockKind, Span};

use super::Spoken;
use crate::read::Surface;
use crate::reading::{
    EntityKind, Hop, HopBasis, HopWho, MentionForm, Publication, SourceKind, Upstream,
};
use crate::{AttributionId, MentionId};

/// Whether an outlet's mention means the publisher of the document.
pub(super) fn is_publisher(
    surface: &Surface<'_>,
    publication: &Publication,
    id: MentionId,
) -> bool {
    let mention = &surface.mentions[id.at()];
    let listed = listed(surface, id);
    let same = |name: &String| madar_text::fold(name) == madar_text::fold(&mention.name);
    publication
        .publisher
        .as_deref()
        .is_some_and(|id| listed == Some(id))
        || publication
            .publisher_name
            .as_ref()
            .is_some_and(|name| same(name) || in_dateline(surface, &mention.name))
}

/// An unlisted publisher may be given in one script and sign in another: what its dateline writes
/// is its name too.
fn in_dateline(surface: &Surface<'_>, name: &str) -> bool {
    let document = surface.document;
    let signs = |b: &&Block| matches!(b.kind, BlockKind::Dateline | BlockKind::Byline);
    let mut lines = document.blocks.iter().filter(signs);
    name.chars().count() > 3 && lines.any(|b| b.span.of(&document.text).contains(name))
}

/// Id in the gazetteers of a mention, or of what it stands for: الصحيفة after its name.
fn listed<'a>(surface: &Surface<'a>, id: MentionId) -> Option<&'a str> {
    let own = surface.mentions[id.at()].listed.as_deref();
    let referent = surface.referents.of[id.at()];
    own.or_else(|| surface.referents.list[referent.at()].listed.as_deref())
}

pub(crate) fn is_outlet(surface: &Surface<'_>, id: MentionId) -> bool {
    listed(surface, id).is_some_and(|id| id.starts_with("outlets/"))
}

/// Whether two mentions mean the same thing.
pub(super) fn same(surface: &Surface<'_>, a: MentionId, b: MentionId) -> bool {
    let listed = |id: MentionId| listed(surface, id);
    a == b
        || surface.referents.of[a.at()] == surface.referents.of[b.at()]
        || listed(a).is_some() && listed(a) == listed(b)
}

/// Statements inside statements that a chain follows. News nests three; a text of endless *he said that
/// he said that* would make chains as long as itself.
pub(super) const DEEPEST: usize = 8;

/// Sets `outer` and `chain` of all attributions.
pub(super) fn link(surface: &Surface<'_>, publication: &Publication, spoken: &mut [Spoken]) {
    for at in 0..spoken.len() {
        spoken[at].attribution.outer = outer(spoken, at);
    }
    for at in 0..spoken.len() {
        let mut line = vec![at];
        while let Some(next) = spoken[line[line.len() - 1]].attribution.outer {
            if line.contains(&next.at()) || line.len() == DEEPEST {
                break;
            }
            line.push(next.at());
        }
        let mut chain: Vec<Hop> = Vec::new();
        for &one in line.iter().rev() {
            for hop in own_hops(surface, publication, &spoken[one]) {
                if !chain.iter().any(|h| same_hop(surface, &h.who, &hop)) {
                    chain.push(Hop {
                        who: hop,
                        basis: HopBasis::Stated,
                    });
                }
            }
        }
        spoken[at].attribution.chain = chain;
    }
}

fn same_hop(surface: &Surface<'_>, a: &HopWho, b: &HopWho) -> bool {
    match (a, b) {
        (HopWho::Mention(a), HopWho::Mention(b)) => same(surface, *a, *b),
        (HopWho::Anonymous(a), HopWho::Anonymous(b)) => a == b,
        _ => false,
    }
}

/// The attribution in whose content this one stands: the one with the least content.
fn outer(spoken: &[Spoken], at: usize) -> Option<AttributionId> {
    let inner = &spoken[at];
    if let Some(before) = inner.inner_of {
        return Some(AttributionId::new(before));
    }
    let stands = |other: &Spoken| {
        let content = other.attribution.content;
        let cue = inner.attribution.cue.unwrap_or(inner.attribution.content);
        content.contains(cue) && content.contains(inner.attribution.content)
    };
    let near = |other: usize| other.abs_diff(at) <= 12;
    let all =
        (0..spoken.len()).filter(|&other| other != at && near(other) && stands(&spoken[other]));
    let best = all.min_by_key(|&other| {
        let other_one = &spoken[other];
        let deeper = std::cmp::Reverse(other_one.inner_of.is_some());
        (other_one.attribution.content.len(), deeper, other)
    })?;
    Some(AttributionId::new(best))
}

fn own_hops(surface: &Surface<'_>, publication: &Publication, one: &Spoken) -> Vec<HopWho> {
    let mut out = Vec::new();
    let theirs = |id: &MentionId| !is_publisher(surface, publication, *id);
    out.extend(one.through.filter(theirs).map(HopWho::Mention));
    let source = &one.attribution.source;
    match source.kind {
        SourceKind::Unspecified => {}
        SourceKind::Anonymous | SourceKind::Paper if source.mention.is_none() => {
            out.push(HopWho::Anonymous(one.who));
        }
        SourceKind::Anonymous => out.push(HopWho::Anonymous(one.who)),
        _ => match source.mention {
            Some(id) if is_unnamed(surface, id) => out.push(HopWho::Anonymous(first(surface, id))),
            Some(id) => out.extend(Some(id).filter(theirs).map(HopWho::Mention)),
            None if one.is_publisher => {}
            None => out.push(HopWho::Anonymous(one.who)),
        },
    }
    out
}

/// People whom the text only describes: *shelter workers*, المحامون, *его дочь*.
fn is_unnamed(surface: &Surface<'_>, id: MentionId) -> bool {
    let mention = &surface.mentions[id.at()];
    let referent = &surface.referents.list[surface.referents.of[id.at()].at()];
    let people = matches!(mention.kind, EntityKind::Person | EntityKind::Group);
    people && mention.form == MentionForm::Description && !referent.named
}

/// Where they are described first; by that they are known when the text comes back to them.
fn first(surface: &Surface<'_>, id: MentionId) -> Span {
    let referent = &surface.referents.list[surface.referents.of[id.at()].at()];
    let first = referent.mentions.first().unwrap_or(&id);
    surface.mentions[first.at()].span
}

/// From this many attributions to one outlet on, the document may retell it. Two can be chance.
const RETOLD: u32 = 3;

/// The outlet that the whole document retells: at least [`RETOLD`] attributions lead through it,
/// and more than half of those that lead through any outlet, the publisher among them.
pub(super) fn upstream(
    surface: &Surface<'_>,
    publication: &Publication,
    spoken: &[Spoken],
) -> Option<Upstream> {
    let mut counts: Vec<(MentionId, u32)> = Vec::new();
    let mut through_any = 0;
    for one in spoken {
        through_any += u32::from(one.own || one.is_publisher);
        let first = one.attribution.chain.first();
        let Some(&HopWho::Mention(id)) = first.map(|h| &h.who) else {
            continue;
        };
        // One statement told through several hops is one.
        if one.attribution.outer.is_some() {
            continue;
        }
        // What goes on without a cue, or with its source in another clause, is no new witness.
        if one.attribution.cue.is_none()
            || one.attribution.source.implicit && one.attribution.source.kind != SourceKind::Outlet
        {
            continue;
        }
        let outlet = one.through.is_some_and(|t| same(surface, t, id))
            || one.attribution.source.kind == SourceKind::Outlet
            || is_outlet(surface, id);
        if !outlet || is_publisher(surface, publication, id) {
            continue;
        }
        through_any += 1;
        match counts
            .iter_mut()
            .find(|(other, _)| same(surface, *other, id))
        {
            Some((_, count)) => *count += 1,
            None => counts.push((id, 1)),
        }
    }
    let (outlet, attributions) = counts
        .into_iter()
        .max_by_key(|&(id, n)| (n, std::cmp::Reverse(id)))?;
    let enough = attributions >= RETOLD && attributions * 2 > through_any;
    enough.then(|| Upstream {
        outlet,
        attributions,
        of: u32::try_from(spoken.len()).unwrap_or(u32::MAX),
    })
}

/// Puts the upstream outlet before chains that name no outlet.
pub(super) fn inherit(surface: &Surface<'_>, upstream: &Upstream, spoken: &mut [Spoken]) {
    for one in spoken {
        let has_outlet = one.through.is_some()
            || one.own
            || one.is_publisher
            || one.attribution.chain.iter().any(|hop| match hop.who {
                HopWho::Mention(id) => is_outlet(surface, id),
                HopWho::Anonymous(_) => false,
            });
        let names_it = one
            .attribution
            .chain
            .iter()
            .any(|hop| same_hop(surface, &hop.who, &HopWho::Mention(upstream.outlet)));
        if !has_outlet && !names_it {
            one.attribution.chain.insert(
                0,
                Hop {
                    who: HopWho::Mention(upstream.outlet),
                    basis: HopBasis::Inherited,
                },
            );
        }
    }
}

/// An outlet that the text has through another keeps that hop when the text comes back to it: told as
/// *A, citing B*, *B's sources say* comes through A too.
pub(super) fn carry(surface: &Surface<'_>, spoken: &mut [Spoken]) {
    let mut routes: Vec<(MentionId, Vec<Hop>)> = Vec::new();
    for one in spoken {
        let chain = &mut one.attribution.chain;
        if let Some(HopWho::Mention(first)) = chain.first().map(|h| &h.who)
            && let Some((_, route)) = routes.iter().find(|(id, _)| same(surface, *id, *first))
        {
            let route = route.iter().map(|hop| Hop {
                who: hop.who.clone(),
                basis: HopBasis::Inherited,
            });
            *chain = route.chain(chain.drain(..)).collect();
            continue;
        }
        for at in 1..chain.len() {
            if let HopWho::Mention(id) = chain[at].who
                && is_outlet(surface, id)
                && !routes.iter().any(|(other, _)| same(surface, *other, id))
            {
                routes.push((id, chain[..at].to_vec()));
            }
        }
    }
}
