//! The whole of reading, step by step: each step borrows finished values and returns a new one.

use madar_text::{Document, Lang};

use crate::kit::Kit;
use crate::reading::Reading;
use crate::words::words;
use crate::{amounts, attribution, facts, mentions, publication, referents, times};

/// Reads a document. Never fails: what cannot be read is missing and said so.
pub fn read(document: &Document, kit: &Kit) -> Reading {
    let sentences = words(document, kit);
    let seen = kit.see(&document.text, &sentences);
    let mentions = mentions::mentions(document, &sentences, &seen, kit);
    let (times, anchor) = times::times(document, &sentences, &mentions, kit);
    let amounts = amounts::amounts(document, &sentences, &times, kit);
    let referents = referents::referents(document, &sentences, &mentions, kit);
    let source = publication::publication(document, kit);
    let surface = Surface {
        document,
        sentences: &sentences,
        mentions: &mentions,
        times: &times,
        amounts: &amounts,
        referents: &referents,
        kit,
    };
    let (attributions, publication) = attribution::attributions(&surface, source);
    let facts = facts::facts(&surface, &seen, &attributions, &publication);
    let empty = sentences.iter().filter(|sentence| {
        let from = mentions.partition_point(|m| m.span.start < sentence.span.start);
        let mut inside = mentions[from..]
            .iter()
            .take_while(|m| m.span.start < sentence.span.end);
        !inside.any(|m| sentence.span.contains(m.span))
    });
    let empty_sentences = u32::try_from(empty.count()).expect("texts are below 4 GiB");
    Reading {
        reader: kit.reader(),
        anchor,
        publication,
        readable_permille: readable(document),
        sentences: sentences.iter().map(|s| s.span).collect(),
        referent_of: referents.of,
        referents: referents.list,
        mentions,
        times,
        amounts,
        attributions,
        facts,
        empty_sentences,
        warnings: Vec::new(),
    }
}

/// What the later steps look at: everything found on the surface of the text.
#[derive(Clone, Copy)]
pub(crate) struct Surface<'a> {
    pub(crate) document: &'a Document,
    pub(crate) sentences: &'a [crate::words::Sentence],
    pub(crate) mentions: &'a [crate::Mention],
    pub(crate) times: &'a [crate::Time],
    pub(crate) amounts: &'a [crate::Amount],
    pub(crate) referents: &'a referents::Referents,
    pub(crate) kit: &'a Kit,
}

/// The chain of what a passage says, from the publisher inwards, the publisher left out.
pub fn chain_at(reading: &Reading, passage: madar_text::Span) -> Vec<crate::Hop> {
    attribution::chain_of(passage, &reading.attributions, &reading.publication).1
}

/// The surface of a text made by hand: what an annotator marked instead of what Madar found.
pub struct Annotated {
    pub mentions: Vec<crate::Mention>,
    /// For each mention the number of the thing it stands for.
    pub things: Vec<crate::ReferentId>,
    /// Whether descriptions, times and amounts are marked too. If not, Madar finds them.
    pub described: bool,
    pub times: Vec<crate::Time>,
    pub amounts: Vec<crate::Amount>,
}

/// Facts on a surface made by hand, with the mentions to which they point and, for each mention,
/// the thing of the annotator's that it stands for, if any.
pub struct Found {
    pub facts: Vec<crate::Fact>,
    pub mentions: Vec<crate::Mention>,
    pub things: Vec<Option<crate::ReferentId>>,
}

/// The facts of an annotated text: what the fact rules lose apart from what finding names loses.
pub fn facts_of(document: &Document, annotated: &Annotated, kit: &Kit) -> Found {
    let sentences = words(document, kit);
    let mut all: Vec<(crate::Mention, Option<crate::ReferentId>)> = annotated
        .mentions
        .iter()
        .cloned()
        .zip(annotated.things.iter().copied().map(Some))
        .collect();
    let own = mentions::descriptions_beside(document, &sentences, &annotated.mentions, kit);
    if annotated.described {
        // The annotator marks where a description stands; what its noun is, the packs know.
        for (marked, _) in &mut all {
            let same = own.iter().find(|d| marked.span.contains(d.span));
            if let Some(same) = same.filter(|_| marked.form == crate::MentionForm::Description) {
                marked.noun.clone_from(&same.noun);
                marked.of.clone_from(&same.of);
            }
        }
    } else {
        all.extend(own.into_iter().map(|d| (d, None)));
        all.sort_by_key(|(m, _)| (m.span.start, std::cmp::Reverse(m.span.end)));
    }
    let (mentions, given): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let referents = referents::referents_given(document, &sentences, &mentions, &given, kit);
    let things = referents
        .of
        .iter()
        .map(|&id| {
            let members = &referents.list[id.at()].mentions;
            members.iter().find_map(|m| given[m.at()])
        })
        .collect();
    let (times, amounts) = if annotated.described {
        (annotated.times.clone(), annotated.amounts.clone())
    } else {
        let (times, _) = times::times(document, &sentences, &mentions, kit);
        let amounts = amounts::amounts(document, &sentences, &times, kit);
        (times, amounts)
    };
    let surface = Surface {
        document,
        sentences: &sentences,
        mentions: &mentions,
        times: &times,
        amounts: &amounts,
        referents: &referents,
        kit,
    };
    let source = publication::publication(document, kit);
    let (attributions, publication) = attribution::attributions(&surface, source);
    let seen = kit.see(&document.text, &sentences);
    let facts = facts::facts(&surface, &seen, &attributions, &publication);
    Found {
        facts,
        mentions,
        things,
    }
}

/// What the model of descriptions is asked of a text, as the reader of the kit sees it.
pub fn descriptions_of(document: &Document, kit: &Kit) -> Vec<referents::recalled::Asked> {
    let sentences = words(document, kit);
    let seen = kit.see(&document.text, &sentences);
    let mentions = mentions::mentions(document, &sentences, &seen, kit);
    referents::asked(document, &sentences, &mentions, kit)
}

/// The pronouns of an annotated text and the things that they stand for, as facts see them; in order.
pub fn pronouns_of(
    document: &Document,
    annotated: &Annotated,
    kit: &Kit,
) -> Vec<(madar_text::Span, crate::ReferentId)> {
    let sentences = words(document, kit);
    let (mentions, things) = (&annotated.mentions, &annotated.things);
    let given: Vec<_> = things.iter().copied().map(Some).collect();
    let referents = referents::referents_given(document, &sentences, mentions, &given, kit);
    let surface = Surface {
        document,
        sentences: &sentences,
        mentions,
        times: &annotated.times,
        amounts: &annotated.amounts,
        referents: &referents,
        kit,
    };
    let all = facts::stand_ins(&surface).into_iter().flatten();
    all.map(|own| (own.span, things[own.mention.at()]))
        .collect()
}

fn readable(document: &Document) -> u16 {
    let all: u64 = document
        .blocks
        .iter()
        .map(|b| u64::from(b.span.len()))
        .sum();
    let known = document.blocks.iter().filter(|b| b.lang != Lang::Other);
    let known: u64 = known.map(|b| u64::from(b.span.len())).sum();
    u16::try_from((known * 1000).checked_div(all).unwrap_or(0)).expect("at most 1000")
}
