//! English clauses: a verb right behind its subject and its helpers (*X {has not yet decided}*), verbs that go
//! on with the subject before (*X came and {saw}*), infinitives with whoever the verb before them is about
//! (*X plans to {sell}*, *X asked Y to {leave}*).

use madar_text::{Lang, TokenKind};

use super::super::arguments::Site;
use super::Clause;
use crate::words::{Pos, Word};

/// Words between a subject that is no name and its verb: *Iran's {oil exports to China} may fall*.
const REACH_OF_ABOUT: usize = 6;
/// Words between a verb and *to*, for the infinitive to be what the verb is about: *agreed last week to*.
const REACH_OF_TO: usize = 3;
/// Words between a noun with its owner and *to*: *Orlov's {latest plan} to buy*.
const REACH_OF_PLAN: usize = 3;

/// Helping verbs beside the modals, behind which stands a verb or what is said of the subject.
const AUXILIARIES: [&str; 19] = [
    "is", "was", "were", "be", "been", "being", "are", "am", "has", "had", "have", "having",
    "wasn't", "weren't", "isn't", "aren't", "hasn't", "haven't", "hadn't",
];
/// Those behind which stands a base form, known or not.
const MODALS: [&str; 22] = [
    "will",
    "would",
    "could",
    "may",
    "might",
    "should",
    "must",
    "can",
    "did",
    "does",
    "do",
    "cannot",
    "won't",
    "wouldn't",
    "couldn't",
    "can't",
    "didn't",
    "doesn't",
    "don't",
    "shouldn't",
    "shall",
    "'ll",
];
const NEGATIONS: [&str; 4] = ["not", "n't", "never", "cannot"];
const FORMS_OF_BE: [&str; 8] = ["is", "was", "were", "be", "been", "being", "are", "am"];
const WHERE: [&str; 6] = ["in", "at", "near", "outside", "inside", "around"];

/// A verb, or a helper with what is said of the subject, on the way through the sentence.
struct Head {
    /// Where its helpers begin; *to* for an infinitive.
    from: usize,
    at: usize,
    subject: Vec<usize>,
    about: Vec<usize>,
    passive: bool,
    aim: bool,
    /// Tells something itself: no helper that only leads to an infinitive.
    tells: bool,
}

impl Site<'_> {
    pub(super) fn english_clauses(&self) -> Vec<Clause> {
        let mut heads: Vec<Head> = Vec::new();
        let mut at = 0;
        while at < self.sentence.words.len() {
            if self.in_phrase(at) {
                at += 1;
                continue;
            }
            let end = self.helpers_end(at);
            let head = self.head_at(at, end, &heads);
            if let Some(head) = head {
                if head.aim {
                    self.leads_to(&mut heads, head.from);
                }
                at = head.at + 1;
                heads.push(head);
            } else {
                at = end.max(at + 1);
            }
        }
        (0..heads.len())
            .filter(|&i| heads[i].tells)
            .map(|i| self.clause_of(&heads, i))
            .collect()
    }

    fn helpers_end(&self, from: usize) -> usize {
        let words = &self.sentence.words;
        (from..words.len())
            .find(|&i| self.in_phrase(i) || !self.helps(&words[i]))
            .unwrap_or(words.len())
    }

    fn head_at(&self, from: usize, end: usize, heads: &[Head]) -> Option<Head> {
        let word = self.sentence.words.get(end)?;
        let helpers = &self.sentence.words[from..end];
        let has = |list: &[&str]| helpers.iter().any(|w| list.contains(&w.fold.as_str()));
        if word.fold == "to" {
            let verb = self.sentence.words.get(end + 1)?;
            let infinitive = !verb.capital && self.surface.kit.english.knows_verb(&verb.fold);
            if infinitive && !self.in_phrase(end + 1) {
                return Some(self.infinitive(end, heads));
            }
        }
        let auxiliary = has(&AUXILIARIES) || has(&MODALS);
        let verb = matches!(word.pos, Pos::Verb | Pos::Participle);
        let known = verb || self.surface.kit.english.knows_verb(&word.fold);
        let plain = word.kind == TokenKind::Word && !self.in_phrase(end) && !word.capital;
        let negated = has(&NEGATIONS) || helpers.iter().any(|w| w.fold.ends_with("n't"));
        let preposition = self.surface.kit.facts.is_preposition(Lang::En, &word.fold)
            || self.stops(word)
            || matches!(word.fold.as_str(), "and" | "or");
        let tells = plain
            && !preposition
            && (auxiliary && verb
                || has(&MODALS) && (known || !word.plural)
                || negated
                || !auxiliary && verb && word.tense.is_some());
        if !auxiliary && !tells {
            return None;
        }
        let (mut subject, about) = self.subject_at(from, heads);
        // *{It} would be wise*: nobody is meant.
        let empty = |at: &usize| {
            self.phrases[*at].mentions.is_empty() && self.word(self.phrases[*at].from).fold == "it"
        };
        if !verb {
            subject.retain(|at| !empty(at));
        }
        // Without helpers a form in *-ed* may be a participle: its subject stands right before it.
        if !auxiliary && subject.is_empty() {
            return None;
        }
        Some(Head {
            from,
            at: end,
            subject,
            about,
            passive: has(&FORMS_OF_BE) && word.passive,
            aim: false,
            tells,
        })
    }

    /// Who the verb whose helpers begin at `from` is about, and what a subject that is no name holds.
    fn subject_at(&self, from: usize, heads: &[Head]) -> (Vec<usize>, Vec<usize>) {
        let Some(before) = from.checked_sub(1) else {
            return Default::default();
        };
        if let Some(antecedent) = self.antecedent_of(before) {
            return (self.list_up_to(antecedent), Vec::new());
        }
        let words = &self.sentence.words;
        let fold = words[before].fold.as_str();
        if matches!(fold, "and" | "or" | "but" | "then") && !self.in_phrase(before) {
            let last = heads.last().filter(|h| !self.breaks_between(h.at, before));
            return last.map_or_else(Default::default, |h| (h.subject.clone(), h.about.clone()));
        }
        let skip = self.parenthesis_before(from);
        let mut end = if skip.is_empty() { from } else { skip.start };
        while end > 0 && matches!(words[end - 1].fold.as_str(), "\"" | "”" | ")") {
            end -= 1;
        }
        let bare = |at: &usize| self.phrases[*at].marker.is_none() && !self.phrases[*at].owns;
        // A phrase may hold its parenthesis: *X, chairman of Y, {met} Z*.
        let held = |to: usize| self.phrases.iter().rposition(|p| p.to == to);
        let last = held(end).or_else(|| held(before).filter(|_| fold == ","));
        if let Some(last) = last.filter(bare) {
            return (self.list_up_to(last), Vec::new());
        }
        if fold == "," {
            return Default::default();
        }
        (Vec::new(), self.inside_of_subject(from))
    }

    /// *{Iran}'s exports*, *talks between {X} and {Y}*: what the words before a verb name.
    fn inside_of_subject(&self, from: usize) -> Vec<usize> {
        let words = &self.sentence.words;
        // *Orlov's {lawyer} denied it*: what a man does is not done by whoever he works for
        let nouns = &self.surface.kit.nouns;
        let person = |w: &Word| {
            !w.capital && nouns.is_noun(Lang::En, w) && nouns.class(Lang::En, w).is_none()
        };
        if from.checked_sub(1).is_some_and(|at| person(&words[at])) {
            return Vec::new();
        }
        let mut at = from;
        let mut out = Vec::new();
        let mut plain = 0;
        while at > 0 && plain <= REACH_OF_ABOUT {
            if let Some(phrase) = self.phrases.iter().rposition(|p| p.to == at) {
                out.push(phrase);
                at = self.phrases[phrase].from;
                continue;
            }
            let word = &words[at - 1];
            let verb = matches!(word.pos, Pos::Verb) && !word.plural;
            let joint = matches!(word.fold.as_str(), "and" | "or" | "but" | "to");
            let mark = word.kind == TokenKind::Punct && !matches!(word.fold.as_str(), "'" | "’");
            if verb
                || mark
                || self.stops(word)
                || joint && !out.iter().any(|&p: &usize| self.phrases[p].joined)
            {
                break;
            }
            plain += 1;
            at -= 1;
        }
        out.reverse();
        out
    }

    /// The verb behind *to* at `to`.
    fn infinitive(&self, to: usize, heads: &[Head]) -> Head {
        let words = &self.sentence.words;
        let governor = heads.last().filter(|h| !self.breaks_between(h.at, to));
        let right_before = self.phrases.iter().rposition(|p| p.to == to);
        let control = governor.is_some_and(|h| {
            self.surface
                .kit
                .facts
                .is_control(Lang::En, &words[h.at].lemma)
        });
        let asked = right_before
            .filter(|&at| control && self.phrases[at].from > governor.map_or(0, |h| h.at));
        let plan = self
            .phrases
            .iter()
            .rposition(|p| p.owns && p.to < to && to - p.to <= REACH_OF_PLAN + 1);
        let (subject, about) = match (asked.or(plan), governor) {
            (Some(at), _) => (self.list_up_to(at), Vec::new()),
            (None, Some(head)) => (head.subject.clone(), head.about.clone()),
            (None, None) => Default::default(),
        };
        Head {
            from: to,
            at: to + 1,
            subject,
            about,
            passive: false,
            aim: true,
            tells: true,
        }
    }

    /// A verb right before *to* only leads there: *{agreed} to sell*.
    fn leads_to(&self, heads: &mut [Head], to: usize) {
        let Some(last) = heads.last_mut() else { return };
        let between = last.at + 1..to;
        let phrase = self.phrases.iter().any(|p| between.contains(&p.from));
        if last.at < to && between.len() <= REACH_OF_TO && !phrase {
            last.tells = false;
        }
    }

    /// Where the clause of a verb ends: before the subject of the next one and the word that joins the two.
    fn end_before(&self, heads: &[Head], i: usize, end: usize) -> usize {
        let next = heads.get(i + 1).filter(|next| !next.aim);
        let own = next
            .into_iter()
            .flat_map(|next| next.subject.iter().chain(&next.about));
        let subject = own
            .map(|&at| self.phrases[at].outer_from)
            .filter(|&from| from > heads[i].at && from < end)
            .min();
        let end = subject.unwrap_or(end);
        let joins = |at: &usize| {
            matches!(
                self.word(*at).fold.as_str(),
                "and" | "or" | "but" | "the" | "a" | "an" | "on"
            )
        };
        (heads[i].at + 1..end)
            .rev()
            .take_while(joins)
            .last()
            .unwrap_or(end)
    }

    fn breaks_between(&self, from: usize, to: usize) -> bool {
        (from + 1..to).any(|at| !self.in_phrase(at) && self.stops(self.word(at)))
    }

    fn clause_of(&self, heads: &[Head], i: usize) -> Clause {
        let head = &heads[i];
        let end = heads
            .get(i + 1)
            .map_or(self.sentence.words.len(), |next| next.from);
        let stop = (head.at + 1..end).find(|&at| !self.in_phrase(at) && self.stops(self.word(at)));
        let end = stop.unwrap_or(end);
        let from = self.phrases.partition_point(|p| p.from <= head.at);
        let behind = (from..self.phrases.len()).take_while(|&at| self.phrases[at].to <= end);
        let before = heads[..i].iter().rev().find(|h| h.tells);
        let limits = before.map_or(0, |h| h.at + 1)..self.end_before(heads, i, end);
        // What stands right before the next verb is its subject.
        let next = heads.get(i + 1).filter(|h| !h.aim);
        let other =
            |at: &usize| next.is_none_or(|n| n.subject != [*at] || n.subject == head.subject);
        let (others, place) = self.taken(head.at + 1, behind.filter(other), &WHERE);
        Clause {
            at: head.at,
            subject: head.subject.clone(),
            about: head.about.clone(),
            others,
            place,
            passive: head.passive,
            limits,
            aim: head.aim,
        }
    }
}
