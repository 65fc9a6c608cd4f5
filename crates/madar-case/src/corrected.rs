//! Corrections: what a person says of mentions and facts, laid over a reading before anything is linked or answered
//! from it. The reading in the file stays as it was made; without the decision it shows again.

use std::collections::{BTreeMap, BTreeSet};

use madar_link::Place;
use madar_read::{
    EntityKind, Fact, Hop, HopBasis, HopWho, Mention, MentionForm, MentionId, Participant, Reading,
    Referent, ReferentId, Role, SourceKind, Status,
};
use madar_text::{Document, TextHash, fold};

use crate::anchor::Anchor;
use crate::decisions::{Decision, Note, Thing};
use crate::identity::text_hash;
use crate::keep::Kept;
use crate::spot::{Meant, Naming, Spot};
use crate::wire::decision::written_entry;

/// The corrections of a case, by text, in the order in which they were made.
#[derive(Clone, Default)]
pub(crate) struct Corrections {
    of: BTreeMap<TextHash, Vec<Correction>>,
    seals: BTreeMap<TextHash, blake3::Hasher>,
}

#[derive(Clone)]
enum Correction {
    Named(Spot, Naming),
    Restated(Anchor, Status),
}

impl Corrections {
    /// Of the decisions that hold.
    pub(crate) fn of<'a>(decisions: impl Iterator<Item = &'a Decision>) -> Self {
        let mut out = Self::default();
        for decision in decisions {
            let (text, correction) = match decision {
                Decision::Named(spot, naming) => {
                    (spot.text, Correction::Named(spot.clone(), naming.clone()))
                }
                Decision::Restated(anchor, status) => {
                    (anchor.text, Correction::Restated(anchor.clone(), *status))
                }
                _ => continue,
            };
            let written = written_entry(decision, &Note::default());
            out.seals
                .entry(text)
                .or_default()
                .update(written.as_bytes());
            out.of.entry(text).or_default().push(correction);
        }
        out
    }

    /// Which texts are corrected, and what tells their corrections from others.
    pub(crate) fn seals(&self) -> Vec<u8> {
        let one =
            |(text, seal): (&TextHash, &blake3::Hasher)| [text.0, *seal.finalize().as_bytes()];
        self.seals.iter().flat_map(one).flatten().collect()
    }

    /// Texts that are corrected otherwise than by the corrections with these seals.
    pub(crate) fn otherwise(&self, seals: &[u8]) -> BTreeSet<TextHash> {
        let (own, theirs) = (self.seals(), seals.as_chunks::<64>().0);
        let own: BTreeSet<&[u8; 64]> = own.as_chunks::<64>().0.iter().collect();
        let theirs: BTreeSet<&[u8; 64]> = theirs.iter().collect();
        let text = |seal: &&[u8; 64]| TextHash(*seal.first_chunk().expect("it is longer"));
        own.symmetric_difference(&theirs).map(text).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The document with its reading as a person has corrected it.
    pub(crate) fn over(&self, mut kept: Kept) -> Kept {
        if self.is_empty() {
            return kept;
        }
        for correction in self
            .of
            .get(&text_hash(&kept.document))
            .into_iter()
            .flatten()
        {
            match correction {
                Correction::Named(spot, naming) => {
                    name(&kept.document, &mut kept.reading, spot, naming);
                }
                Correction::Restated(anchor, status) => {
                    if let Some(at) = anchor.fact(&kept) {
                        kept.reading.facts[at].status = *status;
                    }
                }
            }
        }
        kept
    }
}

/// What all decisions on one place of a text come to.
#[derive(Default)]
struct Meaning {
    kind: Option<EntityKind>,
    who: Option<Meant>,
    not: Option<Thing>,
}

/// What corrections of mentions say to linking; `of_text` finds the documents with a text, whose readings have them
/// already. Of several decisions on one place the later ones hold, where they speak of the same.
pub(crate) fn to_linking<'a>(
    decisions: &[Decision],
    of_text: impl Fn(TextHash) -> Vec<(usize, &'a Kept)>,
) -> Vec<madar_link::Decision> {
    let mut meanings: Vec<(&Spot, Meaning)> = Vec::new();
    for decision in decisions {
        let Decision::Named(spot, naming) = decision else {
            continue;
        };
        let is = |(other, _): &(&Spot, Meaning)| (other.text, other.span) == (spot.text, spot.span);
        // the latest word at the end: it goes before those on other places
        let before = meanings.iter().position(is).map(|at| meanings.remove(at).1);
        meanings.push((spot, Meaning::after(before.unwrap_or_default(), naming)));
    }
    let mut out = Vec::new();
    for (spot, meaning) in &meanings {
        for (_, kept) in of_text(spot.text) {
            if let Some(at) = spot.mention(&kept.reading) {
                let mention = MentionId::new(at);
                let document = kept.id;
                out.extend(meaning.decisions(Place { document, mention }));
            }
        }
    }
    out
}

impl Meaning {
    fn after(before: Meaning, naming: &Naming) -> Self {
        match naming {
            Naming::Nothing => Meaning::default(),
            Naming::Kind(kind) => Meaning {
                kind: Some(*kind),
                ..before
            },
            Naming::Means { who, not } => Meaning {
                who: Some(who.clone()),
                not: not.clone(),
                ..before
            },
            // of one whom the case knows it is known what he is
            Naming::Missing { kind, who } => Meaning {
                kind: matches!(who, Meant::Called(_)).then_some(*kind),
                who: Some(who.clone()),
                not: None,
            },
        }
    }

    fn decisions(&self, place: Place) -> impl Iterator<Item = madar_link::Decision> {
        let thing = |thing: &Thing| madar_link::Thing {
            document: thing.document,
            name: thing.name.clone(),
        };
        let means = match &self.who {
            Some(Meant::Known(known, _)) => Some(madar_link::Decision::Means(place, thing(known))),
            _ => None,
        };
        let not = self.not.as_ref();
        let not = not.map(|not| madar_link::Decision::Other(place, thing(not)));
        let kind = self
            .kind
            .map(|kind| madar_link::Decision::Kind(place, kind));
        means.into_iter().chain(not).chain(kind)
    }
}

fn name(document: &Document, reading: &mut Reading, spot: &Spot, naming: &Naming) {
    let at = spot.mention(reading);
    match (naming, at) {
        (Naming::Nothing, Some(at)) => remove(reading, at),
        (Naming::Kind(kind), Some(at)) => retype(reading, at, *kind),
        (Naming::Means { who, .. }, Some(at)) => reassign(reading, at, who),
        (Naming::Missing { kind, who }, None) => insert(document, reading, spot, *kind, who),
        // a later reading has found it by itself
        (Naming::Missing { kind, who }, Some(at)) => {
            reading.mentions[at].kind = *kind;
            reassign(reading, at, who);
        }
        (_, None) => {}
    }
}

/// Everything called so in the document, and what describes it, is of this kind.
fn retype(reading: &mut Reading, at: usize, kind: EntityKind) {
    let own = reading.mentions[at].clone();
    let own_words = words(&own.name);
    let referent = reading.referent_of[at];
    for id in reading.referents[referent.at()].mentions.clone() {
        let other = &mut reading.mentions[id.at()];
        let theirs = words(&other.name);
        let same = other.form == MentionForm::Description
            || theirs.iter().all(|word| own_words.contains(word))
            || own_words.iter().all(|word| theirs.contains(word));
        if other.kind == own.kind && same || id.at() == at {
            other.kind = kind;
        }
    }
    reading.referents[referent.at()].kind = kind;
}

fn words(name: &str) -> Vec<String> {
    fold(name).split_whitespace().map(str::to_owned).collect()
}

/// The mention stands for somebody else than the others with which it stood for one.
fn reassign(reading: &mut Reading, at: usize, who: &Meant) {
    let id = MentionId::new(at);
    let mention = &mut reading.mentions[at];
    // it goes by the name of who is meant, so that its words keep nobody apart from him
    if let Some(name) = who.name() {
        mention.name = name.to_owned();
        mention.form = MentionForm::Name;
    }
    // the gazetteer's word was for whom it was taken for
    mention.listed = None;
    let own = reading.referent_of[at];
    reading.referents[own.at()]
        .mentions
        .retain(|other| *other != id);
    let joined = called(reading, who, own).filter(|other| *other != own);
    match joined {
        Some(other) => reading.referents[other.at()].mentions.push(id),
        None => reading.referents.push(alone(id)),
    }
    settle_referents(reading);
}

/// Who of the document is called so.
fn called(reading: &Reading, who: &Meant, but: ReferentId) -> Option<ReferentId> {
    let wanted = fold(match who {
        Meant::Known(thing, name) => name.as_ref().unwrap_or(&thing.name),
        Meant::Called(name) => name,
    });
    let referents = reading.referents.iter().enumerate();
    let bears = |referent: &Referent| {
        let mut mentions = referent
            .mentions
            .iter()
            .map(|id| &reading.mentions[id.at()]);
        mentions.any(|mention| fold(&mention.name) == wanted)
    };
    let found = referents.filter(|(at, referent)| *at != but.at() && bears(referent));
    found.map(|(at, _)| ReferentId::new(at)).next()
}

fn insert(document: &Document, reading: &mut Reading, spot: &Spot, kind: EntityKind, who: &Meant) {
    let as_written = spot.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mention = Mention {
        span: spot.span,
        kind,
        form: MentionForm::Name,
        lang: spot.lang(document),
        name: who.name().map_or(as_written, str::to_owned),
        listed: None,
        of: None,
        noun: None,
    };
    let order = |mention: &Mention| (mention.span.start, std::cmp::Reverse(mention.span.end));
    let at = reading
        .mentions
        .partition_point(|other| order(other) < order(&mention));
    renumber(reading, |id| {
        Some(MentionId::new(id.at() + usize::from(id.at() >= at)))
    });
    reading.mentions.insert(at, mention);
    let id = MentionId::new(at);
    let nobody = ReferentId::new(reading.referents.len());
    match called(reading, who, nobody) {
        Some(referent) => reading.referents[referent.at()].mentions.push(id),
        None => reading.referents.push(alone(id)),
    }
    settle_referents(reading);
}

/// Nothing is named there: nobody takes part by it, and nothing was told by it.
fn remove(reading: &mut Reading, at: usize) {
    let gone = reading.mentions[at].span;
    let id = MentionId::new(at);
    reading.facts.retain_mut(|fact| leave(fact, id));
    let unnamed = |hop: &mut Hop| {
        let is = hop.who == HopWho::Mention(id);
        // the words stay a source, one without a name: what was told by somebody is not the paper's own word now
        if is && hop.basis == HopBasis::Stated {
            hop.who = HopWho::Anonymous(gone);
        }
        !is || hop.basis == HopBasis::Stated
    };
    for fact in &mut reading.facts {
        fact.chain.retain_mut(unnamed);
    }
    for attribution in &mut reading.attributions {
        attribution.chain.retain_mut(unnamed);
        let source = &mut attribution.source;
        if source.mention == Some(id)
            && matches!(source.kind, SourceKind::Named | SourceKind::Outlet)
        {
            source.kind = SourceKind::Anonymous;
        }
    }
    reading.mentions.remove(at);
    renumber(reading, |other| match other.at().cmp(&at) {
        std::cmp::Ordering::Less => Some(other),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(MentionId::new(other.at() - 1)),
    });
    settle_referents(reading);
}

/// Takes somebody out of a fact; gives whether it is still one: each role that was held still is, and those who do it
/// together are still two.
fn leave(fact: &mut Fact, id: MentionId) -> bool {
    let holds = |participants: &[Participant], role: Role| {
        participants.iter().filter(|p| p.role == role).count()
    };
    let roles: Vec<(Role, usize)> = Role::ALL
        .into_iter()
        .map(|role| (role, holds(&fact.participants, role)))
        .collect();
    fact.participants.retain(|p| p.mention != id);
    let enough = |&(role, before): &(Role, usize)| {
        let now = holds(&fact.participants, role);
        let needed = match role {
            Role::Other => 0,
            Role::Party => before.min(2),
            _ => before.min(1),
        };
        now >= needed
    };
    !fact.participants.is_empty() && roles.iter().all(enough)
}

/// Gives each mention its new number; where there is none, what pointed to it points nowhere.
fn renumber(reading: &mut Reading, new: impl Fn(MentionId) -> Option<MentionId>) {
    let hop = |hop: &mut Hop| {
        if let HopWho::Mention(id) = &mut hop.who {
            *id = new(*id).expect("who told it was made nameless before");
        }
    };
    for fact in &mut reading.facts {
        for participant in &mut fact.participants {
            participant.mention = new(participant.mention).expect("he was taken out before");
        }
        fact.place = fact.place.and_then(&new);
        fact.chain.iter_mut().for_each(hop);
    }
    for attribution in &mut reading.attributions {
        attribution.source.mention = attribution.source.mention.and_then(&new);
        attribution.told = attribution.told.and_then(&new);
        attribution.chain.iter_mut().for_each(hop);
    }
    let upstream = reading.publication.upstream.take();
    reading.publication.upstream = upstream.and_then(|mut upstream| {
        upstream.outlet = new(upstream.outlet)?;
        Some(upstream)
    });
    for referent in &mut reading.referents {
        let all = referent.mentions.iter();
        referent.mentions = all.filter_map(|id| new(*id)).collect();
    }
}

fn alone(id: MentionId) -> Referent {
    Referent {
        kind: EntityKind::Organization,
        mentions: vec![id],
        name: String::new(),
        named: false,
        listed: None,
    }
}

/// Referents in order, none without a mention, each called by what now stands for it.
fn settle_referents(reading: &mut Reading) {
    let mentions = &reading.mentions;
    for referent in &mut reading.referents {
        referent.mentions.sort_unstable();
        let all = || referent.mentions.iter().map(|id| &mentions[id.at()]);
        let is_name = |mention: &&Mention| mention.form != MentionForm::Description;
        let named = all().any(|mention| is_name(&mention));
        let fullest = all()
            .filter(|mention| is_name(mention) == named)
            .max_by_key(|mention| {
                let name = &mention.name;
                (
                    words(name).len(),
                    name.chars().count(),
                    std::cmp::Reverse(name.clone()),
                )
            });
        let Some(fullest) = fullest else { continue };
        if all().all(|mention| mention.name != referent.name) {
            referent.name.clone_from(&fullest.name);
        }
        if all().all(|mention| mention.kind != referent.kind) {
            referent.kind = fullest.kind;
        }
        referent.named = named;
        referent.listed = all().find_map(|mention| mention.listed.clone());
    }
    reading
        .referents
        .retain(|referent| !referent.mentions.is_empty());
    reading
        .referents
        .sort_by_key(|referent| referent.mentions[0]);
    let mut of = vec![ReferentId::new(0); reading.mentions.len()];
    for (at, referent) in reading.referents.iter().enumerate() {
        for id in &referent.mentions {
            of[id.at()] = ReferentId::new(at);
        }
    }
    reading.referent_of = of;
}
