//! Facts: what one passage says of whom. Two ways lead there, both driven by the language packs:
//! [`frames`] (a trigger and the phrases around it: *Witkoff met Dmitriev in Moscow*) and
//! [`relations`] (a description that names another: *{the chief of {Rosneft}}, Igor Sechin*).

mod arabic;
mod arguments;
mod class_nouns;
mod clauses;
mod english;
mod frames;
mod kin;
mod pack;
mod phrases;
mod possessed;
mod predicates;
mod pronouns;
mod relations;
mod russian;
mod russian_pronouns;
mod said;
mod speaker;
mod stakes;
mod status;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use pack::Facts;

use phrases::Phrase;
use pronouns::StandIn;

use madar_text::{BlockKind, Span};
use rustc_hash::FxHashSet;

use crate::attribution::{Attributed, is_outlet};
use crate::encoder::Seen;
use crate::read::Surface;
use crate::reading::{
    Attribution, Fact, FactKind, Participant, Publication, Role, SourceKind, Stance, Status,
};
use crate::words::{Sentence, sentence_of};
use crate::{AttributionId, MentionId, ReferentId, TimeId};

/// All facts of the document, in order of their passages.
pub(crate) fn facts(
    surface: &Surface<'_>,
    seen: &Seen,
    attributions: &[Attribution],
    publication: &Publication,
) -> Vec<Fact> {
    let mut found = Vec::new();
    let mut again = Vec::new();
    let mut described = Vec::new();
    let mut whose: Vec<Fact> = Vec::new();
    let mut before = Vec::new();
    let mut topic = None;
    let mut stand_ins: Vec<Vec<StandIn>> = vec![Vec::new(); surface.sentences.len()];
    for (at, sentence) in surface.sentences.iter().enumerate() {
        if surface.document.blocks[sentence.block].repeats {
            continue;
        }
        let phrases = with_pronouns(surface, sentence, &before);
        stand_ins[at] = pronouns::stand_ins(surface, sentence, &phrases, &before);
        let phrases = class_nouns::with_class_nouns(surface, sentence, phrases);
        let phrases = speaker::with_speaker(surface, sentence, phrases, attributions);
        let told = frames::facts(surface, sentence, &phrases, topic, &found);
        topic = told.topic;
        found.extend(told.facts);
        again.extend(told.again);
        described.extend(relations::facts(surface, sentence, &phrases, &before));
        whose.extend(possessed::facts(surface, sentence, &phrases, &before));
        let kin = kin::facts(surface, sentence, &phrases);
        found.retain(|f| f.kind != FactKind::Family || kin.iter().all(|k| k.trigger != f.trigger));
        described.extend(kin);
        found.extend(predicates::facts(surface, sentence, &phrases));
        before = phrases;
    }
    let attributed = Attributed::new(attributions);
    for fact in &mut found {
        if let Some(id) = attribute(fact, &attributed, publication) {
            let said = &attributions[id.at()];
            if !is_by_letter(surface, fact) {
                fact.status = as_said(said.stance, fact.status);
            }
            without_times_of_saying(surface, fact, said.content);
        }
    }
    found.retain(|fact| !is_of_the_paper(surface, fact, attributions));
    let mut told: FxHashSet<_> = described.iter().map(|fact| parts(surface, fact)).collect();
    described.extend(
        whose
            .into_iter()
            .filter(|fact| told.insert(parts(surface, fact))),
    );
    // Who denies that he met *the minister, X*, does not deny that X is minister.
    for fact in &mut described {
        attribute(fact, &attributed, publication);
    }
    found.append(&mut described);
    for fact in &mut found {
        stakes::with_wholes(surface, fact);
    }
    found.sort_by_key(|f| (f.passage, f.kind, f.trigger));
    let mut found = without_repeats(surface, found);
    let mut said = said::facts(surface, seen, &stand_ins, &attributed, &mut found);
    for fact in &mut said {
        let described = fact.kind == FactKind::Role && fact.detail.is_some();
        if let Some(id) = attribute(fact, &attributed, publication)
            && !described
        {
            fact.status = as_said(attributions[id.at()].stance, fact.status);
        }
    }
    said.retain(|fact| !is_of_the_paper(surface, fact, attributions));
    found.append(&mut said);
    found.retain_mut(|fact| stands_without_source(surface, fact, attributions));
    found.sort_by_key(|f| (f.passage, f.kind, f.trigger));
    let mut again = frames::meant_again(again, &found);
    for fact in &mut again {
        if let Some(id) = attribute(fact, &attributed, publication) {
            fact.status = as_said(attributions[id.at()].stance, fact.status);
        }
    }
    found.append(&mut again);
    let mut found: Vec<Fact> = found.into_iter().flat_map(one_by_one).collect();
    // One can be in talks over a deal, not over being a brother or a chairman.
    found.retain(|f| !(f.kind.is_bond() && f.status == Status::Negotiated));
    found.sort_by_key(|f| (f.passage, f.kind, f.trigger));
    found
}

/// The phrases of a sentence and its pronouns. `before` are those of the sentence before.
fn with_pronouns(surface: &Surface<'_>, sentence: &Sentence, before: &[Phrase]) -> Vec<Phrase> {
    let named = phrases::phrases(surface, sentence);
    let phrases = pronouns::with_pronouns(surface, sentence, named, before);
    russian_pronouns::with_pronouns(surface, sentence, phrases, before)
}

/// The pronouns of each sentence and the mentions that they stand for.
pub(crate) fn stand_ins(surface: &Surface<'_>) -> Vec<Vec<StandIn>> {
    let mut before = Vec::new();
    let mut out = Vec::with_capacity(surface.sentences.len());
    for sentence in surface.sentences {
        let phrases = with_pronouns(surface, sentence, &before);
        out.push(pronouns::stand_ins(surface, sentence, &phrases, &before));
        before = phrases;
    }
    out
}

/// What is told of whom, whichever passage tells it.
fn parts(surface: &Surface<'_>, fact: &Fact) -> (FactKind, Vec<(Role, ReferentId)>) {
    let of = |p: &Participant| (p.role, surface.referents.of[p.mention.at()]);
    let mut parts: Vec<_> = fact.participants.iter().map(of).collect();
    parts.sort_unstable();
    (fact.kind, parts)
}

/// *works for A, B and C*, *sanctions on A and B*: as many facts as there are bodies, assets, targets or people on the
/// other side.
fn one_by_one(fact: Fact) -> Vec<Fact> {
    let other = match fact.kind {
        FactKind::Role => Role::Organisation,
        FactKind::Ownership => Role::Asset,
        FactKind::Sanction => Role::Target,
        FactKind::Licence => Role::Grantee,
        FactKind::Payment => Role::Payee,
        FactKind::Investigation => Role::Subject,
        _ => return vec![fact],
    };
    let is_other = |p: &&Participant| p.role == other;
    if fact.participants.iter().filter(is_other).count() < 2 {
        return vec![fact];
    }
    let others = fact.participants.iter().filter(is_other);
    let only = |own: &Participant| {
        let rest = |p: &&Participant| p.role != other || p.mention == own.mention;
        Fact {
            participants: fact.participants.iter().filter(rest).copied().collect(),
            ..fact.clone()
        }
    };
    others.map(only).collect()
}

/// Gives a fact its attribution and its chain.
fn attribute(
    fact: &mut Fact,
    attributed: &Attributed<'_>,
    publication: &Publication,
) -> Option<AttributionId> {
    let (attribution, chain) = attributed.chain_of_told(fact.passage, fact.trigger, publication);
    fact.attribution = attribution;
    fact.chain = chain;
    attribution
}

/// Whether it tells how the report came about, which is the chain's to say: who spoke to a paper (*told
/// Reuters*) or was met by it, or a paper taken for the subject of what it reports (*the paper said that {the two} met*).
fn is_of_the_paper(surface: &Surface<'_>, fact: &Fact, attributions: &[Attribution]) -> bool {
    let content = fact.attribution.map(|id| attributions[id.at()].content);
    let beside = |mention: MentionId| {
        let span = surface.mentions[mention.at()].span;
        content.is_some_and(|content| content.contains(fact.trigger) && !content.contains(span))
    };
    let papers = fact.participants.iter().map(|p| p.mention);
    let mut papers = papers.filter(|&mention| is_outlet(surface, mention));
    let spoke = matches!(fact.kind, FactKind::Communication | FactKind::Meeting);
    // *documents {seen} by Reuters*, *Reuters could not verify it*
    let event = fact.kind == FactKind::Event;
    let spoke = spoke || event && (fact.status == Status::Denied || is_seen(surface, fact.trigger));
    papers.any(|mention| spoke || beside(mention))
}

/// Whether a verb says that a paper was seen.
fn is_seen(surface: &Surface<'_>, verb: Span) -> bool {
    let sentence = sentence_of(surface.sentences, verb);
    sentence.is_some_and(|sentence| {
        let mut words = sentence.words[sentence.within(verb)].iter();
        words.any(|word| surface.kit.cues.is_seen(sentence.lang, word))
    })
}

/// *met the minister, {two officials} said*: who is not named and stands beside what he says takes no part in it. Whether
/// enough are left without him.
fn stands_without_source(
    surface: &Surface<'_>,
    fact: &mut Fact,
    attributions: &[Attribution],
) -> bool {
    let Some(said) = fact.attribution.map(|id| &attributions[id.at()]) else {
        return true;
    };
    let unnamed = matches!(said.source.kind, SourceKind::Anonymous | SourceKind::Group);
    if !unnamed || fact.kind == FactKind::Communication {
        return true;
    }
    let beside = |id: MentionId| {
        let span = surface.mentions[id.at()].span;
        said.source.span.overlaps(span) && !said.content.contains(span)
    };
    let all = fact.participants.len();
    fact.participants.retain(|p| !beside(p.mention));
    fact.participants.len() == all || fact.participants.len() > 1
}

/// *rejected the findings in {a letter} to the council*: the letter is not what is rejected.
fn is_by_letter(surface: &Surface<'_>, fact: &Fact) -> bool {
    let sentence = sentence_of(surface.sentences, fact.trigger);
    fact.kind == FactKind::Communication
        && sentence.is_some_and(|sentence| {
            let trigger = sentence.within(fact.trigger);
            trigger.len() == 1 && status::is_by_letter(surface, sentence, trigger.start)
        })
}

/// How a fact is held by who says it so.
fn as_said(stance: Stance, status: Status) -> Status {
    match (stance, status) {
        // *denied that he was in talks to buy it*: the denial is of the talks.
        (Stance::Denies, _) => Status::Denied,
        (Stance::Alleges, Status::Asserted) => Status::Alleged,
        (_, status) => status,
    }
}

/// *denied on Thursday that he had met X*: on that day he denied it. What stands outside the content
/// dates the saying.
fn without_times_of_saying(surface: &Surface<'_>, fact: &mut Fact, content: Span) {
    if !content.contains(fact.trigger) {
        return;
    }
    let inside = |id: &TimeId| content.overlaps(surface.times[id.at()].span);
    fact.time = fact.time.filter(inside);
    fact.duration = fact.duration.filter(inside);
}

/// A headline that says what the body says again is left out, and so is a fact that two rules find
/// in one passage: the one with more participants stays.
fn without_repeats(surface: &Surface<'_>, facts: Vec<Fact>) -> Vec<Fact> {
    let who = |fact: &Fact| {
        let mut ids: Vec<_> = fact
            .participants
            .iter()
            .map(|p| surface.referents.of[p.mention.at()])
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let blocks = &surface.document.blocks;
    let is_headline = |fact: &Fact| {
        let after = blocks.partition_point(|b| b.span.end <= fact.passage.start);
        let block = blocks.get(after);
        block.is_some_and(|b| matches!(b.kind, BlockKind::Title | BlockKind::Kicker))
    };
    // *is in talks to buy a stake*: what the noun alone asserts, the verb holds as talks.
    let vaguer = |a: &Fact, b: &Fact| {
        let asserted = |f: &Fact| f.status == Status::Asserted;
        asserted(a) != asserted(b) && a.kind != FactKind::Role
    };
    let mut keep: Vec<Fact> = Vec::new();
    // Only facts of one sentence overlap, so what a fact may repeat is a headline or stands in its sentence.
    let mut headlines: Vec<usize> = Vec::new();
    let (mut sentence, mut from) = (usize::MAX, 0);
    for fact in facts {
        let own = surface
            .sentences
            .partition_point(|s| s.span.end <= fact.passage.start);
        if own != sentence {
            (sentence, from) = (own, keep.len());
        }
        let people = who(&fact);
        let mut near = headlines.iter().copied().chain(from..keep.len());
        let told = near.find(|&at| {
            let other = &keep[at];
            let close = other.passage.overlaps(fact.passage) || is_headline(other);
            let others = who(other);
            other.kind == fact.kind
                && close
                && (people.iter().all(|p| others.contains(p))
                    || others.iter().all(|p| people.contains(p)))
                && (other.status == fact.status || is_headline(other) || vaguer(other, &fact))
        });
        let told = told.or_else(|| {
            keep.iter()
                .position(|other| same_post(surface, other, &fact))
        });
        match told {
            Some(at)
                if is_headline(&keep[at])
                    || who(&keep[at]).len() < people.len()
                        && (fact.status != Status::Asserted
                            || keep[at].status == Status::Asserted)
                    || keep[at].status == Status::Asserted && fact.status != Status::Asserted =>
            {
                keep[at] = fact;
            }
            Some(_) => {}
            None => {
                if is_headline(&fact) {
                    headlines.push(keep.len());
                }
                keep.push(fact);
            }
        }
    }
    keep.sort_by_key(|f| (f.passage, f.kind, f.trigger));
    keep
}

/// Whether two descriptions tell one post of one person, one of them perhaps without the body:
/// each *президент Иванов* of a text says nothing new.
fn same_post(surface: &Surface<'_>, a: &Fact, b: &Fact) -> bool {
    let of = |fact: &Fact, role: Role| {
        let found = fact.participants.iter().find(|p| p.role == role)?;
        Some(surface.referents.of[found.mention.at()])
    };
    let bodies = (of(a, Role::Organisation), of(b, Role::Organisation));
    let one_body = bodies.0.is_none() || bodies.1.is_none() || bodies.0 == bodies.1;
    let told = |fact: &Fact| fact.detail.is_some() && fact.kind == FactKind::Role;
    told(a)
        && told(b)
        && a.rule == b.rule
        && a.status == b.status
        && one_body
        && of(a, Role::Holder) == of(b, Role::Holder)
}

/// The clause around `core`: out to the nearest mark that ends a clause on either side.
fn clause(sentence: &Sentence, core: Span) -> Span {
    let words = &sentence.words;
    let within = sentence.within(core);
    if within.is_empty() {
        return core;
    }
    let ends = |at: usize| {
        matches!(
            words[at].fold.as_str(),
            "," | "،" | ";" | "؛" | ":" | "—" | "–"
        )
    };
    let quote = |at: usize| matches!(words[at].fold.as_str(), "\"" | "“" | "”" | "«" | "»");
    let from = (0..within.start)
        .rev()
        .find(|&at| ends(at))
        .map_or(0, |at| at + 1);
    let to = (within.end..words.len())
        .find(|&at| ends(at))
        .unwrap_or(words.len());
    let from = (from..within.start)
        .find(|&at| !quote(at))
        .unwrap_or(within.start);
    let last = (within.end..to)
        .rev()
        .find(|&at| words[at].fold != "." && !quote(at));
    let last = last.unwrap_or(within.end - 1);
    core.to(words[from].span).to(words[last].span)
}
