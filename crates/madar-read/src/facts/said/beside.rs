//! What a model says beside what the rules have told: what they lack, what they tell already, what they are doubted for.

use super::Site;
use crate::attribution::is_outlet;
use crate::facts::arguments::is_relative;
use crate::facts::relations::is_destination;
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, FactKind, Participant, Role, Status};
use crate::told::{PAIRS, Said, pair_label, score_of, single_label};
use crate::words::Word;
use crate::{MentionId, ReferentId};
use madar_text::{Span, TokenKind};

/// Words between somebody and the body of the post: *Ri Yong Ho, {foreign minister of} {North Korea}*.
const BESIDE: usize = 4;

/// Who holds a post, at which body where that is told, and how it is held.
pub(super) type Post = (ReferentId, Option<ReferentId>, Status);

/// The post that a fact tells, first without its body, then with it: of a holder of whom more is known, an office
/// without its body is no news.
pub(super) fn posts(surface: &Surface<'_>, fact: &Fact) -> impl Iterator<Item = Post> {
    let of = |role: Role| {
        let found = fact.participants.iter().find(|p| p.role == role)?;
        Some(surface.referents.of[found.mention.at()])
    };
    let holder = of(Role::Holder).filter(|_| fact.kind == FactKind::Role);
    let body = of(Role::Organisation);
    let status = fact.status;
    let bare = holder.map(|holder| (holder, None, status));
    let whole = holder
        .zip(body)
        .map(|(holder, body)| (holder, Some(body), status));
    bare.into_iter().chain(whole)
}

impl Site<'_> {
    /// The likeliest body of somebody's post, once it is known that it is one.
    pub(super) fn body_of(
        &self,
        holder: ReferentId,
        said: &Said,
        pairs: &[(usize, usize)],
    ) -> Option<usize> {
        let role = PAIRS.iter().position(|p| p.0 == FactKind::Role)?;
        let bodies = said.pairs.iter().zip(pairs).filter_map(|(told, &(a, b))| {
            let (score, own, body) = if self.thing(a) == holder {
                (told.labels[2 * role], a, b)
            } else if self.thing(b) == holder {
                (told.labels[2 * role + 1], b, a)
            } else {
                return None;
            };
            let kind = self.surface.mentions[self.places[body].mention.at()].kind;
            // Who works for a paper is told plainly; else the paper only reports.
            let fits = may_be(FactKind::Role, Role::Organisation, kind)
                && !is_outlet(self.surface, self.places[body].mention)
                && !self.is_of_another(own, body)
                && !self.is_of_elsewhere(holder, body)
                && !self.is_of_others(own, body)
                && self.is_beside(holder, body);
            (fits && score >= score_of(self.bars.body)).then_some((score, body))
        });
        let best = bodies.max_by_key(|&(score, body)| (score, std::cmp::Reverse(body)));
        best.map(|(_, body)| body)
    }

    /// Whether a mention stands in what describes a thing, or some words from it: not *the banker, {who} studied at {Yale}*
    /// or *the banker, {educated} at {Yale}*.
    pub(super) fn is_beside(&self, thing: ReferentId, at: usize) -> bool {
        let near = |other: usize| {
            let between = self.between(self.words(other), self.words(at));
            let facts = &self.surface.kit.facts;
            let parts =
                |word: &Word| is_relative(word) || facts.is_whence(self.sentence.lang, word);
            between.len() <= BESIDE && !between.iter().any(parts)
        };
        let own = |at: &usize| self.thing(*at) == thing;
        (0..self.places.len()).filter(own).any(near)
    }

    /// Gives a post of which the rules know only the holder its body.
    pub(super) fn complete(&self, rule: &mut Fact, said: &Said, pairs: &[(usize, usize)]) {
        let [only] = rule.participants[..] else {
            return;
        };
        if rule.kind != FactKind::Role || only.role != Role::Holder || self.is_no_post(rule) {
            return;
        }
        let holder = self.surface.referents.of[only.mention.at()];
        let body = self.body_of(holder, said, pairs);
        if let Some(body) = body.filter(|&body| self.goes_with(rule.detail, body)) {
            rule.participants.push(Participant {
                role: Role::Organisation,
                mention: self.best(body),
            });
            let span = |p: &Participant| self.surface.mentions[p.mention.at()].span;
            rule.participants.sort_by_key(span);
        }
    }

    /// Whether the words of a post name none: *the {billionaire} Musk's SpaceX*.
    fn is_no_post(&self, fact: &Fact) -> bool {
        let Some(detail) = fact.detail else {
            return false;
        };
        let mentions = &self.surface.mentions;
        let from = mentions.partition_point(|m| m.span.start < detail.start);
        let mut there = mentions[from..]
            .iter()
            .take_while(|m| m.span.start == detail.start);
        let described = there.find(|m| m.span == detail);
        let noun = described.and_then(|m| m.noun.as_deref());
        noun.is_some_and(|noun| self.surface.kit.facts.is_no_post(self.sentence.lang, noun))
    }

    /// Whether no comma stands between the words of a post and a body, which then is that of another post: *the envoy to
    /// {Ukraine}, {the former general} Keith Kellogg*.
    fn goes_with(&self, post: Option<Span>, body: usize) -> bool {
        let Some(post) = post else { return true };
        let own = self.sentence.within(post);
        let (facts, lang) = (&self.surface.kit.facts, self.sentence.lang);
        let mut words = self.sentence.words[own.clone()].iter();
        let sent_there = words.any(|word| facts.is_envoy(lang, &word.lemma))
            && is_destination(self.surface, self.sentence, self.places[body].mention);
        let between = self.between(own, self.words(body));
        !sent_there && between.iter().all(|word| word.kind != TokenKind::Punct)
    }

    /// Whether a rule tells of some of those who met or agreed, and the model of them and others.
    pub(super) fn is_part(&self, rule: &Fact, fact: &Fact) -> bool {
        let others = match fact.kind {
            FactKind::Meeting | FactKind::Deal => None,
            FactKind::Payment => Some(Role::Payee),
            FactKind::Proposal => Some(Role::To),
            FactKind::Sanction => Some(Role::Target),
            FactKind::Licence => Some(Role::Grantee),
            _ => return false,
        };
        let open = |status| status != Status::Asserted;
        // Who pays is told by the verb, whom the model knows: the other side is still open.
        let held = rule.status == fact.status
            || others.is_some() && !(open(rule.status) && open(fact.status));
        let may_more = fact.kind == FactKind::Proposal;
        let own = rule
            .participants
            .iter()
            .filter(|p| !(may_more && Some(p.role) == others));
        let all = own.clone().all(|p| self.takes_part(fact, p.mention));
        let left = others.is_none() || may_more || own.clone().all(|p| Some(p.role) != others);
        rule.kind == fact.kind
            && held
            && rule.passage.overlaps(fact.passage)
            && own.count() > 0
            && all
            && left
    }

    pub(super) fn widen(&self, rule: &mut Fact, fact: Fact) {
        rule.passage = rule.passage.to(fact.passage);
        if rule.status == Status::Asserted {
            rule.status = fact.status;
        }
        for part in fact.participants {
            if !self.takes_part(rule, part.mention) {
                rule.participants.push(part);
            }
        }
        let span = |p: &Participant| self.surface.mentions[p.mention.at()].span;
        rule.participants.sort_by_key(span);
    }

    /// Whether the model finds what a rule tells of mentions of the sentence hardly likely. A share or a sum speaks for
    /// the rule.
    pub(super) fn is_doubted(&self, rule: &Fact, said: &Said, pairs: &[(usize, usize)]) -> bool {
        let counted = rule.stake.is_some() || rule.amount.is_some();
        let sure = self
            .surface
            .kit
            .facts
            .is_sure(self.sentence.lang, &rule.rule);
        let denied = rule.status == Status::Denied;
        if counted
            || sure
            || denied
            || matches!(rule.kind, FactKind::Event | FactKind::Communication)
        {
            return false;
        }
        let roles = |at: usize| {
            let thing = self.thing(at);
            let own = rule.participants.iter();
            own.filter(move |p| self.surface.referents.of[p.mention.at()] == thing)
                .map(|p| p.role)
        };
        let of_pairs = said.pairs.iter().zip(pairs).flat_map(|(told, &(a, b))| {
            let both = roles(a).flat_map(move |first| roles(b).map(move |second| (first, second)));
            let labels = both.filter_map(|(first, second)| pair_label(rule.kind, first, second));
            labels.map(|label| told.labels[label]).collect::<Vec<_>>()
        });
        let of_singles = said.singles.iter().enumerate().flat_map(|(at, told)| {
            let labels = roles(at).filter_map(|role| single_label(rule.kind, role));
            labels.map(|label| told.labels[label]).collect::<Vec<_>>()
        });
        let best = of_pairs.chain(of_singles).max();
        best.is_some_and(|best| best < score_of(self.bars.of_rule(rule)))
    }

    pub(super) fn takes_part(&self, fact: &Fact, mention: MentionId) -> bool {
        let of = |id: MentionId| self.surface.referents.of[id.at()];
        fact.participants
            .iter()
            .any(|p| of(p.mention) == of(mention))
    }

    /// Whether a fact of the sentence already tells what `fact` does: all who take part, and no vaguer kind.
    pub(super) fn tells(&self, other: &Fact, fact: &Fact) -> bool {
        let kind = other.kind == fact.kind || fact.kind == FactKind::Event;
        kind && fact
            .participants
            .iter()
            .all(|p| self.takes_part(other, p.mention))
    }

    /// Whether a rule that is believed in any case tells something of the same, or the same of one of them: whom sanctions
    /// are on it knows.
    pub(super) fn tells_surely(&self, rule: &Fact, fact: &Fact) -> bool {
        let mut parts = fact.participants.iter();
        let own = |p: &Participant| self.takes_part(rule, p.mention);
        let same = if fact.kind == rule.kind && fact.kind != FactKind::Ownership {
            parts.any(own)
        } else {
            parts.all(own)
        };
        let facts = &self.surface.kit.facts;
        same && facts.is_sure(self.sentence.lang, &rule.rule)
    }

    /// *sanctioned {X} for helping {Y} evade them*: a rule knows whom the sanctions or the licence are for, and the model means
    /// another who stands in no list with him.
    pub(super) fn is_other_than(&self, rule: &Fact, fact: &Fact) -> bool {
        // one sum is paid once: who *his firm had received {$12 million} from* is known
        let paid = fact.kind == FactKind::Payment && rule.kind == fact.kind;
        if paid && fact.amount.is_some() && rule.amount == fact.amount {
            return true;
        }
        let (acts, other) = match fact.kind {
            FactKind::Sanction => (Role::Authority, Role::Target),
            FactKind::Licence => (Role::Authority, Role::Grantee),
            _ => return false,
        };
        let of = |fact: &Fact, role: Role| {
            let found = fact.participants.iter().find(|p| p.role == role)?;
            Some(self.surface.referents.of[found.mention.at()])
        };
        let (Some(own), Some(known)) = (of(fact, other), of(rule, other)) else {
            return false;
        };
        let place = |thing: ReferentId| (0..self.places.len()).find(|&at| self.thing(at) == thing);
        let listed = place(own)
            .zip(place(known))
            .is_some_and(|pair| self.in_a_list(pair));
        rule.kind == fact.kind
            && rule.passage.overlaps(fact.passage)
            && of(rule, acts) == of(fact, acts)
            && own != known
            && !listed
    }

    /// Whether things of these kinds can stand in these roles; a post needs a named holder, and its own words or
    /// a body: *a spokesman of the ministry* describes somebody and tells nothing.
    pub(super) fn makes_sense(&self, fact: &Fact) -> bool {
        let kind = |p: &Participant| self.surface.mentions[p.mention.at()].kind;
        let named = |p: &Participant| {
            let thing = self.surface.referents.of[p.mention.at()];
            self.surface.referents.list[thing.at()].named
        };
        // What happened is told by a verb: a noun alone may be a thing (*the {port} of Sohar*). What one thing did is
        // news of a person or a body that is named, or where it is not plainly so.
        let plain = matches!(fact.status, Status::Asserted | Status::Ended);
        let acts = |p: &Participant| kind(p).is_actor() && kind(p) != EntityKind::Group && named(p);
        let alone = plain && fact.participants.len() == 1;
        let happened =
            fact.rule.contains("/clause/") && (!alone || fact.participants.iter().all(acts));
        let fits = (fact.kind != FactKind::Event || happened)
            && fact
                .participants
                .iter()
                .all(|p| may_be(fact.kind, p.role, kind(p)));
        // *The ministry was in touch*: with whom, or by which words, nobody says.
        let talks = fact.kind == FactKind::Communication;
        let fits = fits && !(talks && fact.participants.len() == 1);
        // *Witkoff visited*, *Putin proposed*, *the officials are to meet*: where, what and whom, nobody says.
        let open = fact.participants.len() == 1
            && fact.place.is_none()
            && fact.time.is_none()
            && fact.detail.is_none();
        let bare = matches!(
            fact.kind,
            FactKind::Visit | FactKind::Proposal | FactKind::Meeting
        );
        let fits = fits && !(open && bare);
        // *Orlov is {a friend of X}*: who is called a friend is no kin by that
        let other_tie = |p: &Participant| {
            let noun = self.surface.mentions[p.mention.at()].noun.as_deref();
            let facts = &self.surface.kit.facts;
            let tie = noun.and_then(|noun| facts.relation(self.sentence.lang, noun));
            tie.is_some_and(|tie| tie.kind != FactKind::Family)
        };
        let fits =
            fits && !(fact.kind == FactKind::Family && fact.participants.iter().any(other_tie));
        // Who works for a paper is told with the post; else the paper only reports.
        let paper = || {
            fact.participants
                .iter()
                .any(|p| is_outlet(self.surface, p.mention))
        };
        let mut holders = fact.participants.iter().filter(|p| p.role == Role::Holder);
        let post = fact.detail.is_some() || fact.participants.len() > 1;
        let post = post && (fact.detail.is_some() || !paper());
        let post = post && !(fact.participants.len() > 1 && self.is_no_post(fact));
        fits && (fact.kind != FactKind::Role || post && holders.any(named))
    }

    /// How a fact is held that the words plainly tell: as the clause of the same two is, ولن {ينضم} X إلى Y.
    pub(super) fn held<'f>(
        &self,
        fact: &Fact,
        mut rules: impl Iterator<Item = &'f Fact>,
    ) -> Status {
        let clause = rules.find(|rule| {
            let is_held = !matches!(rule.status, Status::Asserted | Status::Ended);
            rule.kind == FactKind::Event && is_held && self.same(rule, fact)
        });
        match (fact.status, clause) {
            (Status::Asserted, Some(clause)) => clause.status,
            (own, _) => own,
        }
    }

    /// Whether two facts of the sentence have the same participants.
    pub(super) fn same(&self, one: &Fact, other: &Fact) -> bool {
        one.participants.len() == other.participants.len()
            && other
                .participants
                .iter()
                .all(|p| self.takes_part(one, p.mention))
    }
}

/// Whether a thing of this kind can stand in the role.
fn may_be(kind: FactKind, role: Role, thing: EntityKind) -> bool {
    let person = matches!(thing, EntityKind::Person | EntityKind::Group);
    let power = thing.is_actor() || thing == EntityKind::Place;
    match (kind, role) {
        (FactKind::Role, Role::Holder) | (FactKind::Family, _) => person,
        (FactKind::Role, Role::Organisation) => !person && thing != EntityKind::Paper,
        (FactKind::Ownership | FactKind::Deal, Role::Asset) => !person,
        (FactKind::Visit, Role::Host) => true,
        (FactKind::Visit, Role::Visitor) => thing.is_actor(),
        (FactKind::Event, _) => true,
        _ => power,
    }
}
