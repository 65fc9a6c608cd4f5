//! Facts that a model sees ([`told`]): which kind and which roles two mentions of a sentence have, or
//! one alone, and how it is held. The rules go before, since they know the word that says it; what they have
//! told is not told again.

mod beside;
mod candidates;
mod telling;

use std::ops::Range;

use madar_text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use beside::{Post, posts};
use candidates::{Candidate, pair_candidates, tie};

use crate::attribution::Attributed;
use crate::encoder::Seen;
use crate::facts::pronouns::StandIn;
use crate::facts::relations::is_destination;
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, FactKind, MentionForm, Participant, Reader, Role, Status};
use crate::told::{self, SINGLES, Said, Spot, Told, score_of};
use crate::words::{Sentence, Word};
use crate::{MentionId, ReferentId};

/// Mentions of a sentence that are looked at: a longer list is a table.
const MOST_MENTIONS: usize = 24;
const MOST_PRONOUNS: usize = 8;

/// How likely, in thousandths, what is told must be. Chosen with the parallel gold and the unseen passages in view, so
/// that little more that is right is found below them.
struct Bars {
    pair: f32,
    /// Of a deal and of kinship, which are told where people only act together or are spoken of together.
    pair_close: f32,
    /// Of what is seldom told and seldom mistaken: payments, sanctions, licences, proposals, allies.
    pair_rare: f32,
    single: f32,
    /// The same for events, which the words of the text tell better than their kind.
    pair_event: f32,
    single_event: f32,
    /// Of an event that has not come about, or not yet: it is told less often, and is the news.
    open_event: f32,
    /// Of two that only stand beside each other in a list, which mostly are the same to a third.
    listed: f32,
    /// Of each two of a fact that more than two take part in.
    together: f32,
    /// Of a post of which no word is known.
    bare: f32,
    /// Of the body of a post that is known to be one.
    body: f32,
    /// Below which a rule is not believed.
    doubted: f32,
    /// The same of what is seldom told, which the model has seldom seen.
    doubted_rare: f32,
    /// Of a status other than *asserted*, against the next one.
    status: f32,
    /// The same of *denied*, which turns what is told round.
    denied: f32,
}

impl Bars {
    fn of_pair(&self, kind: FactKind, told: &Told) -> f32 {
        match kind {
            FactKind::Event if is_open(told) => self.open_event,
            FactKind::Event => self.pair_event,
            FactKind::Deal | FactKind::Family => self.pair_close,
            _ if is_rare(kind) => self.pair_rare,
            _ => self.pair,
        }
    }

    fn of_rule(&self, rule: &Fact) -> f32 {
        // what is bought is told by few words; *a deal with X* may be of anything
        let bought =
            rule.kind == FactKind::Deal && rule.participants.iter().any(|p| p.role == Role::Asset);
        if is_rare(rule.kind) || bought {
            self.doubted_rare
        } else {
            self.doubted
        }
    }
}

/// Whether the model holds that what is told has not come about, or not yet.
fn is_open(told: &Told) -> bool {
    !matches!(told.status, Status::Asserted | Status::Ended)
}

/// What few passages tell, whatever a model learns from.
fn is_rare(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Associate
            | FactKind::Payment
            | FactKind::Proposal
            | FactKind::Sanction
            | FactKind::Licence
    )
}

const FAST: Bars = Bars {
    pair: 450.0,
    pair_close: 450.0,
    pair_rare: 450.0,
    single: 600.0,
    pair_event: 450.0,
    single_event: 550.0,
    open_event: 450.0,
    listed: 850.0,
    together: 300.0,
    bare: 450.0,
    body: 350.0,
    doubted: 5.0,
    doubted_rare: 2.0,
    status: 600.0,
    denied: 600.0,
};

const ACCURATE: Bars = Bars {
    pair: 650.0,
    pair_close: 800.0,
    pair_rare: 450.0,
    single: 650.0,
    pair_event: 500.0,
    single_event: 500.0,
    open_event: 300.0,
    listed: 900.0,
    together: 300.0,
    bare: 800.0,
    body: 350.0,
    doubted: 200.0,
    doubted_rare: 100.0,
    status: 500.0,
    denied: 850.0,
};

/// Facts beside those that the rules have told; an event of the rules goes where the model knows its kind.
pub(super) fn facts(
    surface: &Surface<'_>,
    seen: &Seen,
    stand_ins: &[Vec<StandIn>],
    attributed: &Attributed<'_>,
    rules: &mut Vec<Fact>,
) -> Vec<Fact> {
    let bars = match surface.kit.reader() {
        Reader::Fast => &FAST,
        Reader::Accurate => &ACCURATE,
    };
    let of_sentence = by_sentence(surface, rules);
    let mut known_posts: FxHashSet<Post> =
        rules.iter().flat_map(|rule| posts(surface, rule)).collect();
    let mut vague = vec![false; rules.len()];
    let mut out: Vec<Fact> = Vec::new();
    let places: Vec<Vec<Place>> = surface
        .sentences
        .iter()
        .zip(stand_ins)
        .map(|(sentence, stand_ins)| places(surface, sentence, stand_ins))
        .collect();
    let with_places = surface.sentences.iter().zip(&places);
    let spots: Vec<Vec<Spot>> = with_places
        .map(|(sentence, own)| own.iter().map(|p| p.spot(surface, sentence)).collect())
        .collect();
    let related = surface.kit.relate(seen, &spots);
    for (at, sentence) in surface.sentences.iter().enumerate() {
        let (places, spots) = (&places[at], &spots[at]);
        let things: Vec<ReferentId> = places
            .iter()
            .map(|place| surface.referents.of[place.mention.at()])
            .collect();
        let pairs = told::pairs(spots, &things);
        let Some(said) = surface
            .kit
            .said((seen, &related), at, sentence, spots, &pairs)
        else {
            continue;
        };
        let told = &of_sentence[at];
        let ties = told.iter().filter_map(|&rule| tie(surface, &rules[rule]));
        let site = Site {
            surface,
            sentence,
            places,
            attributed,
            bars,
            ties: ties.collect(),
        };
        for &rule in told {
            site.complete(&mut rules[rule], &said, &pairs);
            vague[rule] = site.is_doubted(&rules[rule], &said, &pairs);
            known_posts.extend(posts(surface, &rules[rule]));
        }
        let begins = out.len();
        for mut fact in site.facts(&said, &pairs) {
            fact.status = site.held(&fact, told.iter().map(|&rule| &rules[rule]));
            let mut others = told.iter().map(|&rule| &rules[rule]).chain(&out[begins..]);
            let own: Vec<Post> = posts(surface, &fact).collect();
            let known = others.any(|other| site.tells(other, &fact))
                || told
                    .iter()
                    .any(|&rule| site.tells_surely(&rules[rule], &fact))
                || told
                    .iter()
                    .any(|&rule| site.is_other_than(&rules[rule], &fact))
                || own.last().is_some_and(|post| known_posts.contains(post));
            if known || !site.makes_sense(&fact) {
                continue;
            }
            let part = told
                .iter()
                .copied()
                .find(|&rule| site.is_part(&rules[rule], &fact));
            if let Some(rule) = part {
                site.widen(&mut rules[rule], fact);
            } else {
                known_posts.extend(own);
                out.push(fact);
            }
        }
        for &rule in told {
            let event = &rules[rule];
            let plain = event.kind == FactKind::Event && event.status == Status::Asserted;
            let better = |fact: &Fact| fact.kind != FactKind::Event && site.same(event, fact);
            vague[rule] |= plain && out[begins..].iter().any(better);
        }
    }
    let mut vague = vague.into_iter();
    rules.retain(|_| !vague.next().unwrap_or(false));
    out
}

/// For each sentence the numbers of the facts whose trigger begins in it.
fn by_sentence(surface: &Surface<'_>, facts: &[Fact]) -> Vec<Vec<usize>> {
    let sentences = surface.sentences;
    let mut out = vec![Vec::new(); sentences.len()];
    for (at, fact) in facts.iter().enumerate() {
        let own = sentences.partition_point(|s| s.span.end <= fact.trigger.start);
        if let Some(list) = out.get_mut(own) {
            list.push(at);
        }
    }
    out
}

/// A mention where it stands, or a pronoun that stands for it.
struct Place {
    mention: MentionId,
    span: Span,
    is_pronoun: bool,
}

impl Place {
    fn spot(&self, surface: &Surface<'_>, sentence: &Sentence) -> Spot {
        let mention = &surface.mentions[self.mention.at()];
        let words = sentence.within(self.span);
        Spot {
            from: words.start,
            to: words.end,
            kind: mention.kind,
            named: !self.is_pronoun && mention.form != MentionForm::Description,
        }
    }
}

/// The mentions of a sentence that no other repeats, and its pronouns; outer ones first.
fn places(surface: &Surface<'_>, sentence: &Sentence, stand_ins: &[StandIn]) -> Vec<Place> {
    if surface.document.blocks[sentence.block].repeats {
        return Vec::new();
    }
    let all = surface.mentions;
    let from = all.partition_point(|m| m.span.start < sentence.span.start);
    let mentions = (from..all.len())
        .take_while(|&at| all[at].span.start < sentence.span.end)
        .filter(|&at| {
            let mention = &all[at];
            !mention.is_adjective()
                && sentence.span.contains(mention.span)
                && !sentence.within(mention.span).is_empty()
        })
        .take(MOST_MENTIONS)
        .map(|at| Place {
            mention: MentionId::new(at),
            span: all[at].span,
            is_pronoun: false,
        });
    let pronouns = stand_ins.iter().take(MOST_PRONOUNS).map(|own| Place {
        mention: own.mention,
        span: own.span,
        is_pronoun: true,
    });
    let mut out: Vec<Place> = mentions.chain(pronouns).collect();
    out.sort_by_key(|p| (p.span.start, std::cmp::Reverse(p.span.end)));
    out
}

struct Site<'a> {
    surface: &'a Surface<'a>,
    sentence: &'a Sentence,
    places: &'a [Place],
    attributed: &'a Attributed<'a>,
    bars: &'a Bars,
    /// Who is kin or friend to whom by a rule.
    ties: FxHashMap<(ReferentId, ReferentId), FactKind>,
}

impl Site<'_> {
    fn thing(&self, at: usize) -> ReferentId {
        self.surface.referents.of[self.places[at].mention.at()]
    }

    /// Whether words of the post are told.
    fn has_post(&self, candidate: &Candidate<'_>) -> bool {
        let ((a, b), roles) = (candidate.mentions, candidate.roles);
        self.post(&[(a, roles.0), (b, roles.1)]).is_some()
    }

    /// No fan of a club holds a post in it, nor a Dutch businessman one in the Netherlands.
    fn may_be_held(&self, candidate: &Candidate<'_>) -> bool {
        let ((a, b), roles) = (candidate.mentions, candidate.roles);
        let parts = [(a, roles.0), (b, roles.1)];
        let mention = |at: usize| &self.surface.mentions[self.places[at].mention.at()];
        let body = parts.iter().find(|(_, role)| *role == Role::Organisation);
        let holder = parts.iter().find(|(_, role)| *role == Role::Holder);
        let Some(post) = self.post(&parts) else {
            let both = holder.zip(body);
            return both.is_none_or(|(holder, body)| self.is_named_or_held(holder.0, body.0));
        };
        // what the lists do not know has no noun: its first word
        let first = &self.sentence.words[self.words(post).start].lemma;
        let noun = mention(post).noun.as_deref().unwrap_or(first);
        let (facts, lang) = (&self.surface.kit.facts, self.sentence.lang);
        let of_state = body.is_some_and(|(body, _)| mention(*body).kind == EntityKind::Place);
        let somewhere = of_state && facts.is_private(lang, noun);
        let sent_there = facts.is_envoy(lang, noun)
            && body.is_some_and(|(body, _)| {
                is_destination(self.surface, self.sentence, self.places[*body].mention)
            });
        // صديق فلان: a friend of somebody is none of a body
        let tie = facts.relation(lang, noun);
        let is_tie = tie.is_some_and(|tie| tie.holder == Role::Party);
        !(somewhere || sent_there || is_tie || facts.is_no_post(lang, noun))
    }

    /// صديق فلان في {الجامعة}: who is somewhere that has no name, as what nobody says, holds no post there.
    fn is_named_or_held(&self, holder: usize, body: usize) -> bool {
        let form = self.surface.mentions[self.places[body].mention.at()].form;
        let parts = [(holder, Role::Holder), (body, Role::Organisation)];
        form != MentionForm::Description || self.post(&parts).is_some()
    }

    /// *X met Y, {whereas} Z was kept out*: who stands on either side takes part in nothing together.
    fn are_set_against(&self, (a, b): (usize, usize)) -> bool {
        let facts = &self.surface.kit.facts;
        let mut between = self.between(self.words(a), self.words(b)).iter();
        between.any(|word| facts.is_against(self.sentence.lang, word))
    }

    /// The words of a mention, by their numbers in the sentence.
    fn words(&self, at: usize) -> Range<usize> {
        self.sentence.within(self.places[at].span)
    }

    /// What stands between two stretches of words, whichever comes first.
    fn between(&self, a: Range<usize>, b: Range<usize>) -> &[Word] {
        let gap = a.end.min(b.end)..a.start.max(b.start);
        self.sentence.words.get(gap).unwrap_or_default()
    }

    fn facts(&self, said: &Said, pairs: &[(usize, usize)]) -> Vec<Fact> {
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for (told, &mentions) in said.pairs.iter().zip(pairs) {
            let own = pair_candidates(self.bars, told, mentions);
            let listed = self.in_a_list(mentions);
            let parted = self.are_set_against(mentions);
            let (one, two) = (self.thing(mentions.0), self.thing(mentions.1));
            let fits = |c: &Candidate<'_>| {
                if c.kind == FactKind::Event {
                    return !(parted && c.is_mutual());
                }
                let of_list = if listed { self.bars.listed } else { 0.0 };
                let bare = c.kind == FactKind::Role && !self.has_post(c);
                let of_post = if bare { self.bars.bare } else { 0.0 };
                let likely = c.score >= score_of(of_list.max(of_post));
                let held = c.kind != FactKind::Role || self.may_be_held(c);
                let tied = self.are_otherwise_tied(c.kind, one, two);
                likely && held && !tied && !(parted && c.is_mutual())
            };
            candidates.extend(own.filter(fits));
        }
        self.without_inner(&mut candidates);
        self.without_nameless_kin(&mut candidates);
        candidates.sort_by_key(|c| std::cmp::Reverse((c.kind != FactKind::Event, c.score)));
        let mut out: Vec<Fact> = Vec::new();
        // One kind for two things, the likeliest: an event only where nothing better is known.
        let mut known: FxHashSet<(ReferentId, ReferentId)> = FxHashSet::default();
        for candidate in &candidates {
            let (a, b) = candidate.mentions;
            let (one, two) = (self.thing(a), self.thing(b));
            if known.insert((one.min(two), one.max(two))) {
                self.put(candidate, &mut out, &|one, two| {
                    self.are_together(candidate, (one, two), said, pairs)
                });
            }
        }
        for (at, told) in said.singles.iter().enumerate() {
            out.extend(self.alone(told, at, said, pairs));
        }
        out
    }

    /// Puts a pair to a fact of the same kind that shares one of the two, where all are `together`; else
    /// makes one of it.
    fn put(
        &self,
        candidate: &Candidate<'_>,
        out: &mut Vec<Fact>,
        together: &dyn Fn(ReferentId, ReferentId) -> bool,
    ) {
        let (a, b) = candidate.mentions;
        let parts = [(a, candidate.roles.0), (b, candidate.roles.1)];
        let symmetric = candidate.is_mutual();
        let fact = self.fact(candidate.kind, &parts, candidate.told);
        let fits = |other: &Fact| {
            let (own, new): (Vec<Participant>, Vec<Participant>) = fact
                .participants
                .iter()
                .partition(|p| self.takes_part(other, p.mention));
            let thing = |p: &Participant| self.surface.referents.of[p.mention.at()];
            // who is kin to two is kin to each in a way of its own
            symmetric
                && fact.kind != FactKind::Family
                && other.kind == fact.kind
                && other.status == fact.status
                && other.passage.overlaps(fact.passage)
                && !own.is_empty()
                && new.iter().all(|p| {
                    other
                        .participants
                        .iter()
                        .all(|q| together(thing(p), thing(q)))
                })
        };
        if let Some(at) = out.iter().position(fits) {
            for part in fact.participants {
                if !self.takes_part(&out[at], part.mention) {
                    out[at].participants.push(part);
                }
            }
            let other = &mut out[at];
            other.passage = other.passage.to(fact.passage);
            other.trigger = other.trigger.to(fact.trigger);
            other
                .participants
                .sort_by_key(|p| self.surface.mentions[p.mention.at()].span);
        } else {
            out.push(fact);
        }
    }

    fn alone(&self, told: &Told, at: usize, said: &Said, pairs: &[(usize, usize)]) -> Option<Fact> {
        let best =
            (0..SINGLES.len()).max_by_key(|&label| (told.labels[label], SINGLES.len() - label))?;
        let (kind, role) = SINGLES[best];
        let bar = match kind {
            FactKind::Event if is_open(told) => self.bars.open_event,
            FactKind::Event => self.bars.single_event,
            _ => self.bars.single,
        };
        // Who owns, without what; who licenses, without whom: no news.
        let half = matches!(
            (kind, role),
            (FactKind::Ownership, _)
                | (FactKind::Licence, Role::Authority)
                | (FactKind::Deal, Role::Asset)
        );
        if half || told.labels[best] < score_of(bar) {
            return None;
        }
        let mut parts = vec![(at, role)];
        if (kind, role) == (FactKind::Role, Role::Holder) {
            let body = self.body_of(self.thing(at), said, pairs);
            let body = body.filter(|&body| self.is_named_or_held(at, body));
            parts.extend(body.map(|body| (body, Role::Organisation)));
        }
        // *Petra Bridge paid*: what, and whom, nobody says.
        let fact = self.fact(kind, &parts, told);
        let empty = kind == FactKind::Payment && fact.amount.is_none();
        (!empty).then_some(fact)
    }
}
