//! Facts that a description tells: *{the chief of {Rosneft}}, {Igor Sechin}* is a post,
//! *صهر الرئيس الأميركي* a kinship. The noun says which; without an entry it is a post.

use super::phrases::Phrase;
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, FactKind, Mention, MentionForm, Participant, Role, Status};
use crate::words::Sentence;

pub(crate) fn facts(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase]) -> Vec<Fact> {
    let mut out = Vec::new();
    for phrase in phrases {
        let holder = &surface.mentions[phrase.lead.at()];
        if holder.form == MentionForm::Description {
            continue;
        }
        for &id in &phrase.mentions {
            let description = &surface.mentions[id.at()];
            let describes = description.form == MentionForm::Description
                && description.kind == EntityKind::Person
                && holder.kind == EntityKind::Person;
            if describes {
                out.extend(fact(surface, sentence, phrase, id));
            }
        }
    }
    out
}

fn fact(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    description: MentionId,
) -> Option<Fact> {
    let shown = &surface.mentions[description.at()];
    let noun = shown.noun.as_deref()?;
    let relation = surface.kit.facts.relation(sentence.lang, noun);
    let (kind, holder_role, of_role) = relation
        .map_or((FactKind::Role, Role::Holder, Role::Organisation), |r| {
            (r.kind, r.holder, r.of)
        });
    let mut participants = vec![Participant {
        role: holder_role,
        mention: phrase.lead,
    }];
    let other = named_in(surface, shown, phrase.lead).or_else(|| country(surface, shown));
    if let Some(mention) = other {
        participants.push(Participant {
            role: of_role,
            mention,
        });
    }
    // Who holds a post with a person stands for that person: *Putin's secretary*.
    let of_person = other.is_some_and(|id| surface.mentions[id.at()].kind == EntityKind::Person);
    let kind = if kind == FactKind::Role && of_person {
        participants[0].role = Role::Agent;
        participants[1].role = Role::Client;
        FactKind::Associate
    } else {
        kind
    };
    // A kinship or a friendship needs two; a post may stand alone (*Senator Graham*).
    if kind != FactKind::Role && participants.len() < 2 {
        return None;
    }
    let span = phrase.span;
    let status = if is_former(surface, sentence, shown) {
        Status::Ended
    } else {
        Status::Asserted
    };
    let lang = sentence.lang.code();
    let rule = relation.map_or_else(|| format!("{lang}/role/{noun}"), |r| r.name.clone());
    Some(Fact {
        kind,
        participants,
        time: None,
        duration: None,
        place: None,
        amount: None,
        stake: None,
        detail: Some(shown.span),
        condition: None,
        status,
        passage: span,
        trigger: shown.span,
        attribution: None,
        chain: Vec::new(),
        rule,
    })
}

/// The last mention of something else inside the description: the body or the person it names.
fn named_in(surface: &Surface<'_>, description: &Mention, holder: MentionId) -> Option<MentionId> {
    let own = surface.referents.of[holder.at()];
    let from = surface
        .mentions
        .partition_point(|m| m.span.start < description.span.start);
    surface.mentions[from..]
        .iter()
        .enumerate()
        .take_while(|(_, m)| m.span.start < description.span.end)
        .filter(|(_, m)| description.span.contains(m.span) && m.span != description.span)
        .map(|(at, _)| MentionId::new(from + at))
        .filter(|id| surface.referents.of[id.at()] != own)
        .min_by_key(|id| surface.mentions[id.at()].span.start)
}

/// The country that an adjective of the description names, if the document mentions it anywhere;
/// the nearest mention before it, else the first.
fn country(surface: &Surface<'_>, description: &Mention) -> Option<MentionId> {
    let id = description.of.as_deref()?;
    let mut all = surface
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, m)| m.listed.as_deref() == Some(id));
    let first = all.next()?;
    let before = all.rfind(|(_, m)| m.span.end <= description.span.start);
    Some(MentionId::new(before.unwrap_or(first).0))
}

/// Whether a word for *former* stands in the description or right beside it.
fn is_former(surface: &Surface<'_>, sentence: &Sentence, description: &Mention) -> bool {
    let words = sentence.within(description.span);
    let area = words.start.saturating_sub(1)..(words.end + 1).min(sentence.words.len());
    let cues = surface.kit.facts.cues(sentence.lang);
    let ended = cues
        .iter()
        .filter(|c| c.status == Status::Ended && c.words.len() == 1);
    let mut ended = ended.map(|c| c.words[0].as_str());
    ended.any(|cue| {
        sentence.words[area.clone()]
            .iter()
            .any(|w| w.lemma == cue || w.fold == cue)
    })
}
