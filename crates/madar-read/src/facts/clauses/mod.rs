//! Facts that no frame knows by name: a verb of the text with the people, bodies and things of its
//! clause. *Beijing {will not lift} the ban*, *Orlov {refused to sign} the accord*. What is not plainly
//! asserted is news with one participant (*Haddad may {resign}*), what is asserted needs two.
//!
//! Each language finds its clauses by its own word order; how they are held is asked where frames ask.

mod arabic;
mod english;
mod russian;

use std::ops::Range;

use madar_text::{Lang, Span};

use super::arguments::Site;
use super::frames::{span_of, times};
use super::pack::TriggerKind;
use super::phrases::Phrase;
use super::relations;
use super::status;
use crate::MentionId;
use crate::reading::{EntityKind, Fact, FactKind, Participant, Role, Status};

/// Participants of one clause at most: beyond that it is a list of something else.
const MOST: usize = 5;

/// A verb of the sentence and who stands around it.
pub(super) struct Clause {
    /// The word that says what happens.
    at: usize,
    /// Who does it or to whom it is done: numbers of phrases.
    subject: Vec<usize>,
    /// What stands inside of a subject that is no name: *{Iran}'s economy may shrink*.
    about: Vec<usize>,
    /// Whom and what else the clause names.
    others: Vec<usize>,
    place: Option<usize>,
    /// The subject is told, invited, informed.
    passive: bool,
    /// Words beyond which other clauses stand.
    limits: Range<usize>,
    /// Hangs on another verb without being told as done: *flew to Tunis to {open} the port*.
    aim: bool,
}

/// Facts of the sentence beside those that frames have `told`.
pub(super) fn facts(whole: &Site<'_>, told: &[Fact]) -> Vec<Fact> {
    let clauses = match whole.lang() {
        Lang::En => whole.english_clauses(),
        Lang::Ru => whole.russian_clauses(),
        Lang::Ar => whole.arabic_clauses(),
        Lang::Other => Vec::new(),
    };
    let mut out: Vec<Fact> = Vec::new();
    for clause in clauses {
        let known = told.iter().chain(&out);
        let fact = fact(whole, &clause).filter(|fact| !is_told(whole, fact, known));
        out.extend(fact);
    }
    // *will sell if {the court agrees}*: a condition is told with what hangs on it.
    let conditions: Vec<Span> = out.iter().filter_map(|f| f.condition).collect();
    out.retain(|f| !conditions.iter().any(|c| c.contains(f.trigger)));
    out
}

/// Whether another fact of the sentence tells the same: its trigger is the verb, or it holds all who take
/// part (*held a {meeting} with Y*).
fn is_told<'a>(site: &Site<'_>, fact: &Fact, mut told: impl Iterator<Item = &'a Fact>) -> bool {
    let referent = |p: &Participant| site.surface.referents.of[p.mention.at()];
    told.any(|other| {
        let all = fact.participants.iter().all(|p| {
            let mut others = other.participants.iter();
            others.any(|q| referent(q) == referent(p))
        });
        // يعتزم X وY {عقد اجتماع}: the Arabic verb stands before both
        let beside = match site.lang() {
            Lang::Ar => other.passage.overlaps(fact.passage),
            _ => other.passage.overlaps(fact.trigger) && fact.passage.overlaps(other.trigger),
        };
        other.trigger.overlaps(fact.trigger)
            || all && beside && (fact.status == other.status || fact.status == Status::Asserted)
    })
}

fn fact(whole: &Site<'_>, found: &Clause) -> Option<Fact> {
    let (surface, sentence) = (whole.surface, whole.sentence);
    let site = Site {
        trigger: found.at..found.at + 1,
        kind: TriggerKind::Verb,
        ..*whole
    };
    let word = &sentence.words[found.at];
    let facts = &surface.kit.facts;
    let talk = facts.is_talk(sentence.lang, word);
    let participants = participants(&site, found, talk);
    if participants.is_empty() || site.tells_nobody(found) {
        return None;
    }
    let (status, condition) = match site.layout {
        Some(_) => (site.arabic_status(), site.arabic_condition()),
        None => status::status(surface, sentence, &site.trigger, site.kind),
    };
    // Who asks or denies has spoken; who refuses or plans has not done it.
    let own = facts.held_by_itself(sentence.lang, word).filter(|_| !talk);
    let status = match (status, own) {
        (Status::Asserted, Some(own)) => own,
        // *will {refuse}*, سيرفض
        (Status::Planned, Some(Status::Denied)) => Status::Denied,
        (Status::Asserted, None) if found.aim => return None,
        (status, _) => status,
    };
    let kind = if talk {
        FactKind::Communication
    } else {
        FactKind::Event
    };
    let open = matches!(status, Status::Asserted | Status::Alleged | Status::Ended);
    let enough = !open || participants.len() > 1 && !found.subject.is_empty();
    // *said that*, *may believe that*; but *would not say* is news.
    let said = talk && status != Status::Denied;
    let to_come = matches!(status, Status::Denied | Status::Planned);
    let quiet = (!to_come || said) && facts.is_quiet(sentence.lang, word);
    if !enough || quiet {
        return None;
    }
    let trigger = span_of(sentence, &site.trigger);
    let used = found
        .subject
        .iter()
        .chain(&found.about)
        .chain(&found.others);
    let core = used
        .chain(&found.place)
        .map(|&at| site.phrases[at].span)
        .fold(trigger, Span::to);
    let (time, duration) = times(&site);
    let passage = passage(&site, core, &found.limits);
    let passage = condition.map_or(passage, |c| passage.to(c));
    Some(Fact {
        kind,
        participants,
        time,
        duration,
        place: found.place.map(|at| site.phrases[at].lead),
        amount: None,
        stake: None,
        // What happened, in the words of the text.
        detail: Some(passage),
        condition,
        status,
        passage,
        trigger,
        attribution: None,
        chain: Vec::new(),
        rule: format!("{}/clause/{}", sentence.lang.code(), word.lemma),
    })
}

/// The clause around `core`: out to a sign or a word that parts clauses, or to the next verb's clause.
fn passage(site: &Site<'_>, core: Span, limits: &Range<usize>) -> Span {
    let words = &site.sentence.words;
    let within = site.sentence.within(core);
    let inside = |at: usize| site.phrases.iter().any(|p| (p.from..p.to).contains(&at));
    let parts = |at: usize| {
        let fold = words[at].fold.as_str();
        let sign = matches!(
            fold,
            "," | "،" | ";" | "؛" | ":" | "—" | "–" | "(" | ")" | "."
        );
        sign || site.stops(&words[at])
    };
    let open = |at: &usize| limits.contains(at) && (inside(*at) || !parts(*at));
    let from = (0..within.start).rev().take_while(open).last();
    let to = (within.end..words.len()).take_while(open).last();
    let first = from.map_or(core, |at| core.to(words[at].span));
    to.map_or(first, |at| first.to(words[at].span))
}

/// Each thing once, in the order of the text.
fn participants(site: &Site<'_>, found: &Clause, talk: bool) -> Vec<Participant> {
    let surface = site.surface;
    let mut out: Vec<Participant> = Vec::new();
    let mut add = |mention: MentionId, role: Role| {
        let own = surface.referents.of[mention.at()];
        let known = |p: &Participant| surface.referents.of[p.mention.at()] == own;
        if out.len() < MOST && !out.iter().any(known) {
            out.push(Participant { role, mention });
        }
    };
    let (acts, undergoes) = match (talk, found.passive) {
        (false, _) => (Role::Party, Role::Party),
        (true, false) => (Role::From, Role::To),
        (true, true) => (Role::To, Role::From),
    };
    let takes_part = |at: &&usize| !site.is_ruled_out(&site.phrases[**at]);
    for &at in found.subject.iter().chain(&found.about).filter(takes_part) {
        add(site.phrases[at].lead, acts);
    }
    let mut faced = false;
    for &at in found.others.iter().filter(takes_part) {
        let phrase = &site.phrases[at];
        // *was appointed {chairman of the bank}*: what somebody became takes no part.
        if relations::is_predicate(surface, site.sentence, phrase, site.phrases) {
            continue;
        }
        let hears = !faced && is_hearer(phrase);
        faced |= hears;
        let role = match (talk, hears) {
            (true, false) if is_origin(phrase) => continue,
            (true, false) => Role::Other,
            _ => undergoes,
        };
        add(phrase.lead, role);
    }
    out.sort_by_key(|p| (surface.mentions[p.mention.at()].span, p.role));
    out
}

/// Who may be spoken to: *told {X}*, *spoke with {X}*, *обратился к {X}*.
fn is_hearer(phrase: &Phrase) -> bool {
    let marker = phrase.marker.as_deref();
    let to = marker.is_none_or(|m| {
        let words = [
            "to", "with", "on", "against", "الي", "ل", "مع", "ب", "علي", "к", "ко", "с", "со", "на",
        ];
        words.contains(&m)
    });
    to && (phrase.kind.is_actor() || phrase.kind == EntityKind::Place)
}

/// Whence or of whom: that is not who is spoken to or of.
fn is_origin(phrase: &Phrase) -> bool {
    let marker = phrase.marker.as_deref();
    matches!(
        marker,
        Some("from" | "of" | "in" | "at" | "من" | "في" | "из" | "от" | "в" | "во")
    )
}

impl Site<'_> {
    /// The phrases among `candidates`, in order, up to a comma or a joining word that starts something new,
    /// and the one that says where.
    fn taken(
        &self,
        from: usize,
        candidates: impl Iterator<Item = usize>,
        where_at: &[&str],
    ) -> (Vec<usize>, Option<usize>) {
        let (mut others, mut place) = (Vec::new(), None);
        let mut end = from;
        for at in candidates {
            let phrase = &self.phrases[at];
            let gap: Range<usize> = end..phrase.from.max(end);
            let parts = |w: usize| {
                let fold = self.word(w).fold.as_str();
                matches!(fold, "," | "،" | ";" | "؛" | ":" | "—" | "–" | "(")
            };
            if !phrase.joined && gap.clone().any(parts) {
                break;
            }
            let marker = phrase.marker.as_deref().unwrap_or_default();
            if phrase.kind == EntityKind::Place && where_at.contains(&marker) {
                place = place.or(Some(at));
            } else {
                others.push(at);
            }
            end = phrase.to;
        }
        (others, place)
    }

    /// The list that ends with the phrase at `last`.
    fn list_up_to(&self, last: usize) -> Vec<usize> {
        let mut first = last;
        while first > 0 && self.phrases[first].joined {
            first -= 1;
        }
        (first..=last).collect()
    }
}
