//! Facts by frames: a trigger of the language pack and the phrases that fill its roles.

use std::ops::Range;

use madar_text::{Clitics, Lang, Span, TokenKind};

use super::arabic::{self, Layout, SUBJECTS, Subject};
use super::arguments::Site;
use super::pack::{Frame, Kinds, Place, Slot, Trigger, TriggerKind};
use super::phrases::Phrase;
use super::relations::named_as;
use super::{clause, clauses, status};
use crate::arabic::without_pronoun;
use crate::read::Surface;
use crate::reading::{
    AmountKind, EntityKind, Fact, FactKind, MentionForm, Participant, Role, Status, TimeKind,
};
use crate::words::{Cases, Pos, Sentence, Word};
use crate::{AmountId, MentionId, TimeId};

/// Words between a trigger and a time or an amount that belongs to it.
const REACH_OF_VALUES: usize = 24;

/// What one sentence gives, and for Arabic who it is about.
pub(crate) struct Found {
    pub(crate) facts: Vec<Fact>,
    /// What is said of something told before, still without those who take part in it.
    pub(crate) again: Vec<Fact>,
    pub(crate) topic: Option<MentionId>,
}

/// `topic` is whom the sentence before was about, `earlier` the facts of the document so far.
pub(crate) fn facts(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrases: &[Phrase],
    topic: Option<MentionId>,
    earlier: &[Fact],
) -> Found {
    let mut phrases = phrases.to_vec();
    let layout = (sentence.lang == Lang::Ar).then(|| {
        let carried = topic.map(|id| Phrase::carried(surface, sentence, id));
        let at = carried.is_some().then_some(phrases.len());
        phrases.extend(carried);
        let inner = arabic::inner_antecedents(surface, sentence, &mut phrases);
        Layout::new(surface, sentence, &phrases, at, &inner)
    });
    let site = Site {
        surface,
        sentence,
        phrases: &phrases,
        trigger: 0..0,
        kind: TriggerKind::Verb,
        layout: layout.as_ref(),
        subject_reading: Subject::Own,
        pronoun: false,
        within: &[],
    };
    let topic = layout
        .as_ref()
        .and_then(Layout::topic)
        .map(|at| phrases[at].lead);
    let (mut facts, again) = found(&site, earlier);
    let rest = clauses::facts(&site, &facts);
    facts.extend(rest);
    Found {
        facts,
        again,
        topic,
    }
}

/// What is told, and what is said of something told before.
fn found(whole: &Site<'_>, earlier: &[Fact]) -> (Vec<Fact>, Vec<Fact>) {
    let (surface, sentence) = (whole.surface, whole.sentence);
    let (mut out, mut more) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < sentence.words.len() {
        let (list, pronoun) = triggers(surface, sentence, at);
        let mut next = at + 1;
        let mut settled = false;
        let mut meant = None;
        for trigger in list.into_iter().filter(|t| matches(t, sentence, at)) {
            let range = at..at + 1 + trigger.rest.len();
            let frame = surface.kit.facts.frame(sentence.lang, trigger.frame);
            if settled && !frame.beside
                || in_name(surface, sentence, &range)
                || !is_part(surface, trigger, sentence, at)
                || !has_needed(frame, sentence, &range)
            {
                continue;
            }
            // Arabic leaves a subject out when it goes on: both ways to read it are tried.
            let readings = if sentence.lang == Lang::Ar {
                &SUBJECTS[..]
            } else {
                &SUBJECTS[..1]
            };
            let read = |&subject_reading: &Subject| Site {
                trigger: range.clone(),
                kind: trigger.kind,
                subject_reading,
                pronoun,
                ..*whole
            };
            let whole = read(&SUBJECTS[0]);
            if in_description(&whole, frame.kind) {
                continue;
            }
            let mut told = readings.iter();
            if let Some(fact) = told.find_map(|reading| build(&read(reading), frame)) {
                out.push(with_authority(&whole, fact, earlier));
                next = range.end;
                settled = true;
            } else if meant.is_none() {
                meant = again(&whole, frame);
            }
        }
        more.extend(meant.filter(|_| !settled));
        at = next;
    }
    (out, more)
}

/// The triggers that may begin at a word, and whether an Arabic pronoun is written onto it (زيارته).
fn triggers<'a>(surface: &Surface<'a>, sentence: &Sentence, at: usize) -> (Vec<&'a Trigger>, bool) {
    let facts = &surface.kit.facts;
    let word = &sentence.words[at];
    let mut list: Vec<&Trigger> = facts.triggers(sentence.lang, &word.lemma).iter().collect();
    if word.fold != word.lemma {
        list.extend(facts.triggers(sentence.lang, &word.fold));
    }
    if !list.is_empty() || sentence.lang != Lang::Ar {
        return (list, false);
    }
    let stems = without_pronoun(&word.fold);
    let nouns = stems.iter().flat_map(|stem| facts.triggers(Lang::Ar, stem));
    (
        nouns.filter(|t| t.kind == TriggerKind::Noun).collect(),
        true,
    )
}

fn matches(trigger: &Trigger, sentence: &Sentence, at: usize) -> bool {
    let rest = sentence.words.get(at + 1..at + 1 + trigger.rest.len());
    rest.is_some_and(|words| {
        words
            .iter()
            .zip(&trigger.rest)
            .all(|(word, key)| word.lemma == *key || word.fold == *key)
    })
}

/// A Russian verb trigger is no noun of the same lemma, and the other way round.
fn is_part(surface: &Surface<'_>, trigger: &Trigger, sentence: &Sentence, at: usize) -> bool {
    let homonym = matches!(
        (trigger.kind, sentence.words[at].pos),
        (TriggerKind::Noun, Pos::Verb) | (TriggerKind::Verb, Pos::Noun | Pos::Name)
    );
    match sentence.lang {
        Lang::Ru => !homonym,
        Lang::En => trigger.kind == TriggerKind::Noun || !is_attribute(sentence, at),
        // إدارة looks like أداره, and is no verb.
        Lang::Ar => {
            let shown = sentence.words[at].host.of(&surface.document.text);
            trigger.kind == TriggerKind::Noun || !shown.ends_with('ة')
        }
        _ => true,
    }
}

/// A form in *-ing* behind an article is no verb: *a {serving} president*, *the {meeting}*.
fn is_attribute(sentence: &Sentence, at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| sentence.words[i].fold.as_str());
    sentence.words[at].fold.ends_with("ing")
        && before.is_some_and(|w| {
            matches!(
                w,
                "a" | "an" | "the" | "'s" | "his" | "her" | "its" | "their"
            )
        })
}

/// Kinship and the like that a description tells is told by [`super::relations`].
fn in_description(site: &Site<'_>, kind: FactKind) -> bool {
    let told = matches!(
        kind,
        FactKind::Family | FactKind::Associate | FactKind::Ownership
    );
    let inside = |p: &Phrase| {
        !p.mentions.is_empty() && p.from <= site.trigger.start && site.trigger.end <= p.to
    };
    told && site.kind == TriggerKind::Noun
        && site.sentence.lang == Lang::En
        && site
            .phrases
            .iter()
            .any(|p| inside(p) && p.kind == EntityKind::Person)
}

/// Words between a trigger and the word that its frame needs: *placed X of Y under {sanctions}*.
const REACH_OF_NEEDED: usize = 12;

/// *agreed to sell {its} 40 percent stake*: whatever becomes of it, so far it is somebody's.
fn is_possessed(site: &Site<'_>) -> bool {
    let words = &site.sentence.words;
    let from = site.trigger.start.saturating_sub(REACH_OF_POSSESSIVE);
    let before = words[from..site.trigger.start].iter();
    site.kind == TriggerKind::Noun
        && before
            .rev()
            .take_while(|w| w.kind != TokenKind::Punct || matches!(w.fold.as_str(), "%" | "-"))
            .any(|w| {
                matches!(w.fold.as_str(), "its" | "his" | "her" | "their" | "'s")
                    || w.lemma == "свой"
            })
}

/// Words between a possessive and a share: *its {remaining 40 percent} stake*.
const REACH_OF_POSSESSIVE: usize = 4;

/// Whether one of the words that the frame needs stands near.
fn has_needed(frame: &Frame, sentence: &Sentence, trigger: &Range<usize>) -> bool {
    let from = trigger.start.saturating_sub(REACH_OF_NEEDED);
    let to = (trigger.end + REACH_OF_NEEDED).min(sentence.words.len());
    let open = |words: &[Word]| !words.iter().any(|w| matches!(w.fold.as_str(), ";" | ":"));
    let hit = |at: &usize| {
        let word = &sentence.words[*at];
        let found = frame
            .needs
            .iter()
            .any(|n| *n == word.lemma || *n == word.fold);
        let gap = if *at < trigger.start {
            at + 1..trigger.start
        } else {
            trigger.end..*at
        };
        found && open(&sentence.words[gap])
    };
    frame.needs.is_empty()
        || (from..trigger.start)
            .chain(trigger.end..to)
            .any(|at| hit(&at))
}

/// The words of a trigger inside a proper name are no trigger: *the Sanctions Board*.
pub(super) fn in_name(surface: &Surface<'_>, sentence: &Sentence, range: &Range<usize>) -> bool {
    let span = span_of(sentence, range);
    let from = surface
        .mentions
        .partition_point(|m| m.span.start < sentence.span.start);
    surface.mentions[from..]
        .iter()
        .take_while(|m| m.span.start < span.end)
        .any(|m| m.form != MentionForm::Description && m.span.overlaps(span))
}

pub(super) fn span_of(sentence: &Sentence, range: &Range<usize>) -> Span {
    let words = &sentence.words[range.clone()];
    let (first, last) = (words.first(), words.last());
    let first = first.expect("a trigger has a word");
    Span::new(
        first.host.start,
        last.expect("a trigger has a word").span.end,
    )
}

fn build<'a>(site: &Site<'a>, frame: &'a Frame) -> Option<Fact> {
    let site = &Site {
        within: &frame.within,
        ..site.clone()
    };
    let surface = site.surface;
    if !site.has_what_is_needed(frame)
        || site.subject_reading == Subject::Second
            && !matches!(frame.kind, FactKind::Role | FactKind::Ownership)
    {
        return None;
    }
    if site.is_in_title(frame.kind) {
        return None;
    }
    let mut used: Vec<usize> = Vec::new();
    let mut participants: Vec<Participant> = Vec::new();
    for slot in &frame.slots {
        let filled = site.fill(slot, &used);
        // *X and Y met*: who meets stands on one side. A deal needs more: *X and Y signed the deal*.
        let mutual = frame.kind != FactKind::Deal
            || !frame.needs.is_empty()
            || frame.slots[0].places == slot.places;
        let reciprocal =
            mutual && participants.len() >= 2 && participants.iter().all(|p| p.role == slot.role);
        // In Arabic they stand behind a noun: قمة ترمب وبوتين.
        let reciprocal = reciprocal
            && (site.layout.is_none()
                || site.kind == TriggerKind::Verb
                || site.pronoun
                || used
                    .iter()
                    .all(|&at| site.phrases[at].from >= site.trigger.end));
        if filled.is_empty() && !slot.optional && !reciprocal {
            return None;
        }
        for at in filled {
            let phrase = &site.phrases[at];
            let inner = slot
                .kinds
                .posts
                .then(|| site.named_in_post(phrase))
                .flatten();
            let mention = inner.unwrap_or(phrase.lead);
            used.push(at);
            participants.push(Participant {
                role: slot.role,
                mention,
            });
        }
    }
    let referent = |p: &Participant| surface.referents.of[p.mention.at()];
    let distinct = participants
        .iter()
        .enumerate()
        .all(|(i, p)| participants[..i].iter().all(|q| referent(p) != referent(q)));
    let lone = frame.slots.iter().filter(|s| !s.optional).count() < 2 && participants.len() == 1;
    if participants.is_empty() || !distinct {
        return None;
    }
    let place = frame.place.iter().find_map(|p| {
        let places = Kinds::places();
        let at = site.find(p, places, &used)?;
        used.push(at);
        Some(site.phrases[at].lead)
    });
    let trigger = span_of(site.sentence, &site.trigger);
    let amount = frame
        .amount
        .then(|| nearest_amount(site, AmountKind::Money))
        .flatten()
        .filter(|&sum| !(receives(frame) && is_price(site, sum)));
    let stake = frame
        .stake
        .then(|| nearest_amount(site, AmountKind::Percent))
        .flatten();
    if frame.needs_amount && amount.is_none() {
        return None;
    }
    let content = frame.content.then(|| site.proposed(&used)).flatten();
    if frame.content && content.is_none() {
        return None;
    }
    let (time, duration) = times(site);
    // One participant alone says little: it needs a place, a time or an amount to stand on, unless
    // it suffers something that is news by itself.
    let suffers = matches!(frame.kind, FactKind::Sanction | FactKind::Investigation);
    let (found, condition) = match site.layout {
        Some(_) => (site.arabic_status(), site.arabic_condition()),
        None => status::status(surface, site.sentence, &site.trigger, site.kind),
    };
    // *Brussels was not told* is news, *Brussels was told* says little.
    let suffers = suffers || frame.kind == FactKind::Communication && found == Status::Denied;
    if lone && frame.several {
        return None;
    }
    if lone
        && !(suffers || frame.alone)
        && content.is_none()
        && place.is_none()
        && time.is_none()
        && amount.is_none()
        && stake.is_none()
    {
        return None;
    }
    let core = used.iter().map(|&at| site.phrases[at].span);
    let core = core.fold(trigger, Span::to);
    let core = amount.map_or(core, |a: AmountId| core.to(surface.amounts[a.at()].span));
    let core = stake.map_or(core, |a: AmountId| core.to(surface.amounts[a.at()].span));
    // *if they lift the sanctions {it imposed on X}*: a clause of its own stands for itself.
    // رجال أعمال خاضعون للعقوبات: an adjective says how they are, whatever is said of them.
    let head = |slot: &Slot| slot.places.contains(&Place::Head);
    let adjective = site.layout.is_some()
        && frame.slots.iter().any(head)
        && site.described_before().is_some()
        && !matches!(found, Status::Denied | Status::Ended);
    let owned = frame.kind == FactKind::Ownership && is_possessed(site) && found != Status::Ended;
    let (found, condition) = if site.has_own_clause() || adjective || owned {
        (Status::Asserted, None)
    } else {
        (found, condition)
    };
    // *discussed with X the lifting of sanctions*: who talks of them has not imposed them
    if frame.kind == FactKind::Sanction && found == Status::Negotiated {
        let talks = |p: &Participant| {
            let person = surface.mentions[p.mention.at()].kind == EntityKind::Person;
            p.role == Role::Authority && person
        };
        participants.retain(|p| !talks(p));
    }
    let purpose = site.layout.is_some() && site.is_purpose(frame.kind);
    let status = match (found, frame.status) {
        (Status::Asserted, Some(status)) => status,
        (Status::Asserted, None) if purpose => Status::Planned,
        (found, _) => found,
    };
    participants.sort_by_key(|p| (surface.mentions[p.mention.at()].span, p.role));
    Some(Fact {
        kind: frame.kind,
        participants,
        time,
        duration,
        place,
        amount,
        stake,
        detail: content
            .or_else(|| purpose_of(site, frame.kind))
            .or_else(|| detail(frame.kind, trigger)),
        condition,
        status,
        passage: clause(site.sentence, core),
        trigger,
        attribution: None,
        chain: Vec::new(),
        rule: frame.name.clone(),
    })
}

/// *{US} sanctions*, *{the sanctions} also name X*: whose they are an adjective says, or the sanctions of which the text
/// has told before, if all of them are one authority's.
fn with_authority(site: &Site<'_>, mut fact: Fact, earlier: &[Fact]) -> Fact {
    let surface = site.surface;
    let authority = |fact: &Fact| {
        let found = fact.participants.iter().find(|p| p.role == Role::Authority);
        found.map(|p| p.mention)
    };
    if fact.kind != FactKind::Sanction || authority(&fact).is_some() {
        return fact;
    }
    let words = &site.sentence.words;
    let (facts, lang) = (&surface.kit.facts, site.sentence.lang);
    let is_sanction = |word: &Word| facts.is_noun_of(FactKind::Sanction, lang, word);
    let Some(at) = words.iter().position(is_sanction) else {
        return fact;
    };
    let thing = |id: MentionId| surface.referents.of[id.at()];
    // a court that froze accounts has imposed none of *the sanctions*
    let by_this_noun = |fact: &&Fact| {
        let own = surface
            .sentences
            .partition_point(|s| s.span.end <= fact.trigger.start);
        let sentence = surface.sentences.get(own);
        sentence.is_some_and(|s| s.words[s.within(fact.passage)].iter().any(is_sanction))
    };
    let told_of = || {
        let imposed = earlier.iter().rev().filter(|f| authority(f).is_some());
        let mut all = imposed.filter(by_this_noun).filter_map(authority);
        let last = all.next().filter(|_| is_definite(site, at))?;
        all.all(|id| thing(id) == thing(last)).then_some(last)
    };
    let meant = by_adjective(site, at).or_else(told_of);
    let other = |id: &MentionId| {
        fact.participants
            .iter()
            .all(|p| thing(p.mention) != thing(*id))
    };
    if let Some(mention) = meant.filter(other) {
        let role = Role::Authority;
        fact.participants.push(Participant { role, mention });
        let place = |p: &Participant| (surface.mentions[p.mention.at()].span, p.role);
        fact.participants.sort_by_key(place);
    }
    fact
}

/// عقوبات {أميركية}, {американские} санкции: the country.
fn by_adjective(site: &Site<'_>, noun: usize) -> Option<MentionId> {
    let beside = match site.sentence.lang {
        Lang::Ar => noun + 1,
        _ => noun.checked_sub(1)?,
    };
    let (words, lang) = (&site.sentence.words, site.sentence.lang);
    let (country, at) = site
        .surface
        .kit
        .gazetteer
        .adjective_at(words, beside, lang)?;
    let start = words[at.start].span.start;
    named_as(site.surface, &format!("places/{country}"), start)
}

/// Whether a noun means what has been told, as far as its language shows it: with its article, in Russian with no word of
/// its own beside it.
fn is_definite(site: &Site<'_>, at: usize) -> bool {
    let words = &site.sentence.words;
    let before = at.checked_sub(1).map(|before| &words[before]);
    match site.sentence.lang {
        Lang::En => before.is_some_and(|w| w.fold == "the"),
        Lang::Ar => words[at].clitics.has(Clitics::ARTICLE),
        Lang::Ru => {
            let own = |w: &Word| {
                matches!(w.pos, Pos::Adjective | Pos::Participle | Pos::Number)
                    && !matches!(w.lemma.as_str(), "этот" | "данный" | "сам" | "весь")
            };
            let genitive = |w: &Word| {
                matches!(w.pos, Pos::Noun | Pos::Name | Pos::Adjective)
                    && w.cases.may_be(Cases::GEN)
            };
            let cases = words[at].singular.or(words[at].cases);
            (cases.may_be(Cases::NOM) || cases.may_be(Cases::ACC))
                && !words[at].plural
                && !before.is_some_and(own)
                && !words[at + 1..]
                    .iter()
                    .find(|w| !w.is_quote())
                    .is_some_and(genitive)
        }
        Lang::Other => false,
    }
}

/// *The sale depends on the court*, *встреча отменена*, الصفقة لن تتم: a noun that means what was told before, with nobody
/// beside it, counts if it adds a status, a time or a sum.
fn again(site: &Site<'_>, frame: &Frame) -> Option<Fact> {
    let surface = site.surface;
    // A text has more meetings than deals: only an article says that one it has told of is meant.
    let lasting = matches!(frame.kind, FactKind::Deal | FactKind::Licence);
    let short = matches!(frame.kind, FactKind::Meeting | FactKind::Visit);
    let known = lasting || short && site.sentence.lang == Lang::En;
    let opens = opens_clause(site) && !has_other_party(site);
    if site.kind != TriggerKind::Noun
        || !(known && opens && is_definite(site, site.trigger.start))
        || site.trigger.end - site.trigger.start > 1
    {
        return None;
    }
    let trigger = span_of(site.sentence, &site.trigger);
    let (status, condition) = match site.layout {
        Some(_) => (site.arabic_status(), site.arabic_condition()),
        None => status::status(surface, site.sentence, &site.trigger, site.kind),
    };
    let amount = frame
        .amount
        .then(|| nearest_amount(site, AmountKind::Money))
        .flatten();
    let (time, duration) = times(site);
    if status == Status::Asserted && amount.is_none() && !(lasting && time.is_some()) {
        return None;
    }
    Some(Fact {
        kind: frame.kind,
        participants: Vec::new(),
        time,
        duration,
        place: None,
        amount,
        stake: None,
        detail: detail(frame.kind, trigger),
        condition,
        status,
        passage: clause(site.sentence, condition.map_or(trigger, |c| trigger.to(c))),
        trigger,
        attribution: None,
        chain: Vec::new(),
        rule: frame.name.clone(),
    })
}

/// *слияние {с Торговым банком}*: another deal than those that were told of.
fn has_other_party(site: &Site<'_>) -> bool {
    let with = |p: &Phrase| matches!(p.marker.as_deref(), Some("with" | "с" | "со" | "مع"));
    let behind = |p: &&Phrase| p.outer_from == site.trigger.end;
    site.phrases.iter().filter(behind).any(with)
}

/// Whether nobody is named before the trigger in its clause: *По словам министра, {продажа} состоится*.
fn opens_clause(site: &Site<'_>) -> bool {
    let before = site.phrases.iter().filter(|p| p.from < site.trigger.start);
    let last = before.map(|p| p.to).max().unwrap_or(0);
    let starts = |w: &Word| {
        matches!(
            w.fold.as_str(),
            "," | "،" | ":" | "—" | "that" | "что" | "ان"
        )
    };
    let gap = site.sentence.words.get(last..site.trigger.start);
    last == 0 || gap.is_some_and(|gap| gap.iter().any(starts))
}

/// How far back, in bytes of text, *the deal* looks for the deal it means: some three paragraphs.
const REACH_OF_AGAIN: u32 = 1500;

/// Gives what is said of something told before those who take part in it: of the last of its kind among `told`, unless
/// the same passage names others.
pub(crate) fn meant_again(again: Vec<Fact>, told: &[Fact]) -> Vec<Fact> {
    let meant = |fact: Fact| {
        let kind = |other: &&Fact| other.kind == fact.kind && other.participants.len() >= 2;
        if told
            .iter()
            .filter(kind)
            .any(|f| f.passage.overlaps(fact.passage))
        {
            return None;
        }
        let before = |other: &&Fact| other.passage.end <= fact.trigger.start;
        let last = told.iter().filter(kind).filter(before);
        let last = last.max_by_key(|f| (f.passage.end, f.passage.start))?;
        let near = fact.trigger.start - last.passage.end <= REACH_OF_AGAIN;
        near.then(|| Fact {
            participants: last.participants.clone(),
            ..fact
        })
    };
    again.into_iter().filter_map(meant).collect()
}

/// The word that says which kind of deal, meeting or measure it is.
fn detail(kind: FactKind, trigger: Span) -> Option<Span> {
    matches!(
        kind,
        FactKind::Deal | FactKind::Meeting | FactKind::Sanction | FactKind::Licence
    )
    .then_some(trigger)
}

/// What an Arabic licence or payment is for.
fn purpose_of(site: &Site<'_>, kind: FactKind) -> Option<Span> {
    matches!(kind, FactKind::Licence | FactKind::Payment)
        .then(|| site.purpose())
        .flatten()
}

/// How far apart two word ranges are; `None` when a clause ends between them.
fn distance(site: &Site<'_>, range: &Range<usize>) -> Option<usize> {
    let gap = if range.start >= site.trigger.end {
        site.trigger.end..range.start
    } else {
        range.end.min(site.trigger.start)..site.trigger.start
    };
    // What an insertion tells is its own: وصل ويتكوف، الذي لم يزر أوكرانيا {هذا العام}، إلى موسكو.
    let hidden = |layout: &Layout| !layout.sees(&site.trigger, range.start, false);
    if site.layout.is_some_and(hidden) {
        return None;
    }
    let stop = |word: &Word| matches!(word.fold.as_str(), ";" | "؛" | ":");
    let open = !site.sentence.words[gap.clone()].iter().any(stop);
    (open && gap.len() <= REACH_OF_VALUES).then_some(gap.len())
}

/// Whether the frame tells of a payment by who gets it.
fn receives(frame: &Frame) -> bool {
    let first = frame.slots.first().map(|slot| slot.role);
    frame.kind == FactKind::Payment && first == Some(Role::Payee)
}

/// *will get 45 % {for} $210 million*, получит долю {за} 210 млн: what somebody gives for what he gets.
fn is_price(site: &Site<'_>, sum: AmountId) -> bool {
    let range = site.sentence.within(site.surface.amounts[sum.at()].span);
    let from = range.start.saturating_sub(REACH_OF_PRICE);
    let words = site.sentence.words[from..range.start].iter();
    words
        .rev()
        .any(|w| matches!(w.fold.as_str(), "for" | "за" | "مقابل"))
}

/// Words between *for* and a sum: *for {about $} 210 million*.
const REACH_OF_PRICE: usize = 2;

fn nearest_amount(site: &Site<'_>, kind: AmountKind) -> Option<AmountId> {
    let within = site.sentence.span;
    let amounts = &site.surface.amounts;
    let from = amounts.partition_point(|amount| amount.span.start < within.start);
    let near = amounts.iter().enumerate().skip(from);
    near.take_while(|(_, amount)| within.contains(amount.span))
        .filter(|(_, amount)| amount.kind == kind)
        .filter_map(|(at, amount)| {
            let range = site.sentence.within(amount.span);
            Some((distance(site, &range)?, AmountId::new(at)))
        })
        .min()
        .map(|(_, id)| id)
}

/// The nearest date and the nearest duration of the clause.
pub(super) fn times(site: &Site<'_>) -> (Option<TimeId>, Option<TimeId>) {
    let mut date: Option<(usize, TimeId)> = None;
    let mut length: Option<(usize, TimeId)> = None;
    let within = site.sentence.span;
    let times = &site.surface.times;
    let from = times.partition_point(|time| time.span.start < within.start);
    let near = times.iter().enumerate().skip(from);
    for (at, time) in near.take_while(|(_, time)| within.contains(time.span)) {
        let Some(gap) = distance(site, &site.sentence.within(time.span)) else {
            continue;
        };
        let ranged = site.sentence.within(time.span);
        if site.is_in_other_clause(ranged.start) {
            continue;
        }
        let lasts = time.kind == TimeKind::Duration;
        let other = match site.layout {
            Some(_) => !site.may_take_time(&ranged, lasts),
            None => lasts && !site.lasts_so_long(&ranged),
        };
        if other || lasts && site.is_distance(&ranged) {
            continue;
        }
        let best = match time.kind {
            TimeKind::Date | TimeKind::Relative => &mut date,
            TimeKind::Duration => &mut length,
            TimeKind::Set => continue,
        };
        if best.is_none_or(|(nearest, _)| gap < nearest) {
            *best = Some((gap, TimeId::new(at)));
        }
    }
    (date.map(|(_, id)| id), length.map(|(_, id)| id))
}

impl Kinds {
    fn places() -> Self {
        Kinds::parse("place").expect("the word is known")
    }
}
