//! A fact made of what a model says: its passage and verb, its time and amounts, how it is held.

use madar_text::{Lang, Span, TokenKind};

use super::Site;
use crate::facts::clause;
use crate::facts::pack::TriggerKind;
use crate::facts::relations::is_former;
use crate::facts::stakes;
use crate::facts::status::status;
use crate::reading::{
    AmountKind, EntityKind, Fact, FactKind, MentionForm, Participant, Role, Status, TimeKind,
};
use crate::told::{Told, score_of};
use crate::words::Pos;
use crate::{AmountId, MentionId, TimeId};

/// Small Arabic words, folded, that are no verbs.
const LEADS_ON: [&str; 18] = [
    "في", "علي", "من", "الي", "عن", "مع", "ان", "فان", "لان", "كما", "مثل", "بعد", "قبل", "خلال",
    "بين", "حتي", "لدي", "عند",
];

impl Site<'_> {
    pub(super) fn fact(&self, kind: FactKind, parts: &[(usize, Role)], told: &Told) -> Fact {
        let surface = self.surface;
        let span = |at: usize| self.places[at].span;
        let core = parts.iter().map(|&(at, _)| span(at)).reduce(Span::to);
        let core = core.expect("a fact has participants");
        let passage = self.within_what_is_said(clause(self.sentence, core), core);
        let mut participants: Vec<Participant> = parts
            .iter()
            .map(|&(at, role)| Participant {
                role,
                mention: self.best(at),
            })
            .collect();
        participants.sort_by_key(|p| surface.mentions[p.mention.at()].span);
        let verb = match kind {
            FactKind::Event => self.verb(core, passage),
            _ => None,
        };
        let lang = self.sentence.lang.code();
        let post = match kind {
            FactKind::Role => self.post(parts),
            _ => None,
        };
        let (stake, amount) = self.amounts(kind, passage);
        let detail = match kind {
            FactKind::Event => Some(passage),
            _ => post.map(span),
        };
        let mut fact = Fact {
            kind,
            participants,
            time: self.time(passage),
            duration: None,
            place: None,
            amount,
            stake,
            detail,
            condition: None,
            status: match kind {
                FactKind::Deal if self.is_negotiated(core) => Status::Negotiated,
                _ => match self.status(told, verb, post.filter(|&at| self.is_of(at, parts))) {
                    // a title at the name is his unless a word says that it was
                    _ if self.is_title(post, parts) => Status::Asserted,
                    Status::Asserted => self.held_by_words(kind, core, passage),
                    status => status,
                },
            },
            passage,
            trigger: verb.map_or(core, |at| self.sentence.words[at].span),
            attribution: None,
            chain: Vec::new(),
            rule: match verb {
                // Two events are one only if they have one verb.
                Some(at) => format!("{lang}/clause/{}", self.sentence.words[at].lemma),
                None => format!("{lang}/model/{}", kind.name().to_lowercase()),
            },
        };
        stakes::with_wholes(surface, &mut fact);
        fact
    }

    /// The verb that tells of what happened: between the mentions, else the nearest of the passage.
    pub(super) fn verb(&self, core: Span, passage: Span) -> Option<usize> {
        let (core, passage) = (self.sentence.within(core), self.sentence.within(passage));
        // *the {floating terminal}*: what names a thing tells of nothing that happened
        let names = |at: usize| (0..self.places.len()).any(|own| self.words(own).contains(&at));
        let arabic = self.sentence.lang == Lang::Ar;
        let facts = &self.surface.kit.facts;
        let is_verb = |at: &usize| {
            let word = &self.sentence.words[*at];
            let verb = match arabic {
                true => facts.arabic_verb(&word.fold).is_some(),
                false => matches!(word.pos, Pos::Verb | Pos::Participle),
            };
            verb && !names(*at)
        };
        let before = (passage.start..core.start).rev().find(is_verb);
        let behind = (core.end..passage.end).find(is_verb);
        let nearest = || match (before, behind) {
            (Some(a), Some(b)) if b - core.end < core.start - 1 - a => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        };
        let found = core.clone().find(is_verb).or_else(nearest);
        // Arabic words carry no part of speech here; a verb that no rule knows stands before who does it.
        let is_word = |at: &usize| {
            let word = &self.sentence.words[*at];
            word.kind == TokenKind::Word && !LEADS_ON.contains(&word.fold.as_str())
        };
        let first = || {
            let before = (passage.start..core.start).rev().find(is_word);
            before.or_else(|| core.clone().chain(core.end..passage.end).find(is_word))
        };
        found.or_else(|| arabic.then(first).flatten())
    }

    /// The name beside a description of the same: *{the minister}, {Hala Odeh}*.
    pub(super) fn best(&self, at: usize) -> MentionId {
        let own = self.places[at].mention;
        let is_name =
            |id: &MentionId| self.surface.mentions[id.at()].form != MentionForm::Description;
        if is_name(&own) {
            return own;
        }
        let same = (0..self.places.len()).filter(|&other| self.thing(other) == self.thing(at));
        let mut names = same.map(|other| self.places[other].mention).filter(is_name);
        names.next().unwrap_or(own)
    }

    /// What is told within reported words ends where these end.
    pub(super) fn within_what_is_said(&self, passage: Span, core: Span) -> Span {
        let inner = self.attributed.content_around(core);
        inner.map_or(passage, |content| {
            Span::new(
                passage.start.max(content.start),
                passage.end.min(content.end),
            )
        })
    }

    /// The only time of the passage, if it is a day, a month or a year.
    pub(super) fn time(&self, passage: Span) -> Option<TimeId> {
        let times = &self.surface.times;
        let from = times.partition_point(|t| t.span.start < passage.start);
        let mut near = (from..times.len()).take_while(|&at| times[at].span.start < passage.end);
        let is_date = |at: &usize| matches!(times[*at].kind, TimeKind::Date | TimeKind::Relative);
        let found = near.by_ref().find(is_date)?;
        (!near.any(|at| is_date(&at))).then(|| TimeId::new(found))
    }

    /// The only share and the only sum of the passage, for kinds that have them.
    pub(super) fn amounts(
        &self,
        kind: FactKind,
        passage: Span,
    ) -> (Option<AmountId>, Option<AmountId>) {
        let amounts = &self.surface.amounts;
        let from = amounts.partition_point(|a| a.span.start < passage.start);
        let near = (from..amounts.len()).take_while(|&at| amounts[at].span.start < passage.end);
        let only = |wanted: AmountKind| {
            let mut own = near.clone().filter(|&at| amounts[at].kind == wanted);
            let found = own.next()?;
            own.next().is_none().then(|| AmountId::new(found))
        };
        match kind {
            FactKind::Ownership | FactKind::Deal => {
                (only(AmountKind::Percent), only(AmountKind::Money))
            }
            FactKind::Payment | FactKind::Proposal => (None, only(AmountKind::Money)),
            _ => (None, None),
        }
    }

    /// How the words around the verb hold it, if they do not tell it plainly; else as the model says.
    /// الرئيس {ترمب}: the words of a post that stand right at who holds it, and none that says *former*.
    fn is_title(&self, post: Option<usize>, parts: &[(usize, Role)]) -> bool {
        let holder = parts.iter().find(|(_, role)| *role == Role::Holder);
        post.zip(holder).is_some_and(|(post, &(holder, _))| {
            let (post_words, own) = (self.words(post), self.words(holder));
            let at_once = post_words.end == own.start || own.end == post_words.start;
            let post_mention = &self.surface.mentions[self.places[post].mention.at()];
            let noun = post_mention.noun.as_deref().unwrap_or_default();
            let seeks = self.surface.kit.facts.is_seeker(self.sentence.lang, noun);
            at_once && !seeks && !self.is_former_post(post)
        })
    }

    /// Whether a description says where the post is, or nothing says so: *the firm is run by X, {a former minister}*.
    fn is_of(&self, post: usize, parts: &[(usize, Role)]) -> bool {
        let body = parts.iter().find(|(_, role)| *role == Role::Organisation);
        body.is_none_or(|&(body, _)| {
            let span = |at: usize| self.places[at].span;
            let (own, body_words) = (self.words(post), self.words(body));
            // *Halden's {former chairman}*
            let beside = body_words.end <= own.start && own.start - body_words.end <= 1;
            span(post).contains(span(body)) || beside
        })
    }

    fn is_former_post(&self, post: usize) -> bool {
        let post = &self.surface.mentions[self.places[post].mention.at()];
        is_former(self.surface, self.sentence, post, false)
    }

    pub(super) fn status(&self, told: &Told, verb: Option<usize>, post: Option<usize>) -> Status {
        let (surface, sentence) = (self.surface, self.sentence);
        if post.is_some_and(|post| self.is_former_post(post)) {
            return Status::Ended;
        }
        let around = |at: usize| status(surface, sentence, &(at..at + 1), TriggerKind::Verb).0;
        let bar = match told.status {
            Status::Denied => self.bars.denied,
            _ => self.bars.status,
        };
        let held = told.lead >= score_of(bar);
        match verb.map_or(Status::Asserted, around) {
            Status::Asserted if held => told.status,
            status => status,
        }
    }

    /// How the words hold what tells of the kind, between those who take part or near them: *согласилась {выплатить}*.
    fn held_by_words(&self, kind: FactKind, core: Span, passage: Span) -> Status {
        if kind.is_bond() || matches!(kind, FactKind::Event | FactKind::Ownership) {
            return Status::Asserted;
        }
        let (core, passage) = (self.sentence.within(core), self.sentence.within(passage));
        let lang = self.sentence.lang;
        let facts = &self.surface.kit.facts;
        let words = &self.sentence.words;
        let tells = |at: usize| {
            let found = facts.triggers(lang, &words[at].lemma).iter().find(|t| {
                let rest = words.get(at + 1..at + 1 + t.rest.len());
                let whole =
                    rest.is_some_and(|own| own.iter().zip(&t.rest).all(|(w, key)| w.lemma == *key));
                whole && facts.frame(lang, t.frame).kind == kind
            })?;
            let held = status(
                self.surface,
                self.sentence,
                &(at..at + 1 + found.rest.len()),
                found.kind,
            )
            .0;
            Some(held)
        };
        let near = core
            .clone()
            .chain(core.end..passage.end)
            .chain(passage.start..core.start);
        let held = near.into_iter().find_map(tells).unwrap_or(Status::Asserted);
        match held {
            Status::Alleged | Status::Ended => Status::Asserted,
            held => held,
        }
    }

    /// Whether the words before those who would agree say that they only talk: مفاوضات بين {الإدارة} و{روسيا}.
    fn is_negotiated(&self, core: Span) -> bool {
        let parties = self.sentence.within(core);
        let (held, _) = status(self.surface, self.sentence, &parties, TriggerKind::Noun);
        held == Status::Negotiated
    }

    /// The description that has the words of a post: the description of who holds it, by the name or around the body; kinship is none.
    pub(super) fn post(&self, parts: &[(usize, Role)]) -> Option<usize> {
        let &(holder, _) = parts.iter().find(|(_, role)| *role == Role::Holder)?;
        let body = parts.iter().find(|(_, role)| *role == Role::Organisation);
        let span = |at: usize| self.places[at].span;
        let near = |at: &usize| {
            let beside = |other: usize| {
                let (a, b) = (
                    self.sentence.within(span(*at)),
                    self.sentence.within(span(other)),
                );
                a.end.max(b.end) - a.start.min(b.start) <= a.len() + b.len() + 1
            };
            *at == holder
                || beside(holder)
                || body.is_some_and(|(body, _)| span(*at).contains(span(*body)))
        };
        let is_post = |at: &usize| {
            let mention = &self.surface.mentions[self.places[*at].mention.at()];
            let first = &self.sentence.words[self.sentence.within(mention.span).start];
            mention.form == MentionForm::Description
                && mention.kind == EntityKind::Person
                && !self.places[*at].is_pronoun
                && !self.surface.kit.nouns.is_tie(
                    self.sentence.lang,
                    mention.noun.as_deref(),
                    first,
                )
        };
        let same = (0..self.places.len()).filter(|&other| self.thing(other) == self.thing(holder));
        same.filter(near).find(is_post)
    }
}
