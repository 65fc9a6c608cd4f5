//! Facts that a model sees ([`told`]): which kind and which roles two mentions of a sentence have, or
//! one alone, and how it is held. The rules go before, since they know the word that says it; what they have
//! told is not told again.

use madar_text::{Clitics, Lang, Span, TokenKind};
use rustc_hash::FxHashSet;

use super::clause;
use super::pack::TriggerKind;
use super::relations::is_former;
use super::status::status;
use crate::attribution::{Attributed, is_outlet};
use crate::encoder::Seen;
use crate::read::Surface;
use crate::reading::{
    AmountKind, EntityKind, Fact, FactKind, MentionForm, Participant, Reader, Role, Status,
    TimeKind,
};
use crate::told::{self, PAIRS, SINGLES, Said, Spot, Told, pair_label, score_of, single_label};
use crate::words::{Pos, Sentence, Word};
use crate::{AmountId, MentionId, ReferentId, TimeId};

/// Mentions of a sentence that are looked at: a longer list is a table.
const MOST_MENTIONS: usize = 24;

/// Words between somebody and the body of the post: *Ri Yong Ho, {foreign minister of} {North Korea}*.
const BESIDE: usize = 4;

/// How likely, in thousandths, what is told must be. Chosen with the parallel gold and the unseen passages in view, so
/// that little more that is right is found below them.
struct Bars {
    pair: f32,
    single: f32,
    /// The same for events, which the words of the text tell better than their kind.
    pair_event: f32,
    single_event: f32,
    /// Of two that only stand beside each other in a list, which mostly are the same to a third.
    listed: f32,
    /// Of the body of a post that is known to be one.
    body: f32,
    /// Below which a rule is not believed; 0 where the rules know better.
    doubted: f32,
    /// Of a status other than *asserted*, against the next one.
    status: f32,
}

const FAST: Bars = Bars {
    pair: 450.0,
    single: 600.0,
    pair_event: 450.0,
    single_event: 550.0,
    listed: 850.0,
    body: 350.0,
    doubted: 0.0,
    status: 600.0,
};

const ACCURATE: Bars = Bars {
    pair: 550.0,
    single: 600.0,
    pair_event: 500.0,
    single_event: 500.0,
    listed: 850.0,
    body: 350.0,
    doubted: 50.0,
    status: 500.0,
};

/// Facts beside those that the rules have told; an event of the rules goes where the model knows its kind.
pub(super) fn facts(
    surface: &Surface<'_>,
    seen: &Seen,
    attributed: &Attributed<'_>,
    rules: &mut Vec<Fact>,
) -> Vec<Fact> {
    let bars = match surface.kit.reader() {
        Reader::Fast => &FAST,
        Reader::Accurate => &ACCURATE,
    };
    let of_sentence = by_sentence(surface, rules);
    let mut posts: FxHashSet<Post> = rules.iter().flat_map(|rule| posts(surface, rule)).collect();
    let mut vague = vec![false; rules.len()];
    let mut out: Vec<Fact> = Vec::new();
    let mentions: Vec<Vec<MentionId>> = surface
        .sentences
        .iter()
        .map(|sentence| mentions(surface, sentence))
        .collect();
    let with_mentions = surface.sentences.iter().zip(&mentions);
    let spots: Vec<Vec<Spot>> = with_mentions
        .map(|(sentence, own)| own.iter().map(|&id| spot(surface, sentence, id)).collect())
        .collect();
    let related = surface.kit.relate(seen, &spots);
    for (at, sentence) in surface.sentences.iter().enumerate() {
        let (mentions, spots) = (&mentions[at], &spots[at]);
        let things: Vec<ReferentId> = mentions
            .iter()
            .map(|id| surface.referents.of[id.at()])
            .collect();
        let pairs = told::pairs(spots, &things);
        let Some(said) = surface
            .kit
            .said((seen, &related), at, sentence, spots, &pairs)
        else {
            continue;
        };
        let site = Site {
            surface,
            sentence,
            mentions,
            attributed,
            bars,
        };
        let told = &of_sentence[at];
        for &rule in told {
            site.complete(&mut rules[rule], &said, &pairs);
            vague[rule] = site.is_doubted(&rules[rule], &said, &pairs);
            posts.extend(self::posts(surface, &rules[rule]));
        }
        let begins = out.len();
        for fact in site.facts(&said, &pairs) {
            let mut others = told.iter().map(|&rule| &rules[rule]).chain(&out[begins..]);
            let own: Vec<Post> = self::posts(surface, &fact).collect();
            let known = others.any(|other| site.tells(other, &fact))
                || own.last().is_some_and(|post| posts.contains(post));
            if !known && site.makes_sense(&fact) {
                posts.extend(own);
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

/// Who holds a post, at which body where that is told, and how it is held.
type Post = (ReferentId, Option<ReferentId>, Status);

/// The post that a fact tells, first without its body, then with it: of a holder of whom more is known, an office
/// without its body is no news.
fn posts(surface: &Surface<'_>, fact: &Fact) -> impl Iterator<Item = Post> {
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

/// Those of a sentence that no other repeats.
fn mentions(surface: &Surface<'_>, sentence: &Sentence) -> Vec<MentionId> {
    if surface.document.blocks[sentence.block].repeats {
        return Vec::new();
    }
    let all = surface.mentions;
    let from = all.partition_point(|m| m.span.start < sentence.span.start);
    (from..all.len())
        .take_while(|&at| all[at].span.start < sentence.span.end)
        .filter(|&at| {
            sentence.span.contains(all[at].span) && !sentence.within(all[at].span).is_empty()
        })
        .take(MOST_MENTIONS)
        .map(MentionId::new)
        .collect()
}

fn spot(surface: &Surface<'_>, sentence: &Sentence, id: MentionId) -> Spot {
    let mention = &surface.mentions[id.at()];
    let words = sentence.within(mention.span);
    Spot {
        from: words.start,
        to: words.end,
        kind: mention.kind,
        named: mention.form != MentionForm::Description,
    }
}

struct Site<'a> {
    surface: &'a Surface<'a>,
    sentence: &'a Sentence,
    mentions: &'a [MentionId],
    attributed: &'a Attributed<'a>,
    bars: &'a Bars,
}

/// What is said of two mentions.
struct Candidate<'a> {
    kind: FactKind,
    roles: (Role, Role),
    mentions: (usize, usize),
    score: i32,
    told: &'a Told,
}

impl Site<'_> {
    fn thing(&self, at: usize) -> ReferentId {
        self.surface.referents.of[self.mentions[at].at()]
    }

    fn facts(&self, said: &Said, pairs: &[(usize, usize)]) -> Vec<Fact> {
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for (told, &mentions) in said.pairs.iter().zip(pairs) {
            let own = pair_candidates(self.bars, told, mentions);
            let likely = |c: &Candidate<'_>| {
                c.kind == FactKind::Event || c.score >= score_of(self.bars.listed)
            };
            let listed = self.in_a_list(mentions);
            candidates.extend(own.filter(|c| !listed || likely(c)));
        }
        candidates.sort_by_key(|c| std::cmp::Reverse((c.kind != FactKind::Event, c.score)));
        let mut out: Vec<Fact> = Vec::new();
        // One kind for two things, the likeliest: an event only where nothing better is known.
        let mut known: FxHashSet<(ReferentId, ReferentId)> = FxHashSet::default();
        for candidate in &candidates {
            let (a, b) = candidate.mentions;
            let (one, two) = (self.thing(a), self.thing(b));
            if known.insert((one.min(two), one.max(two))) {
                self.put(candidate, &mut out);
            }
        }
        for (at, told) in said.singles.iter().enumerate() {
            out.extend(self.alone(told, at, said, pairs));
        }
        out
    }

    /// Whether a joining word and signs are all that stands between two mentions: *{Boeing} and {SpaceX}*.
    fn in_a_list(&self, (a, b): (usize, usize)) -> bool {
        let words = |at: usize| {
            self.sentence
                .within(self.surface.mentions[self.mentions[at].at()].span)
        };
        let and = |word: &Word| matches!(word.fold.as_str(), "and" | "и" | "و");
        let (end, start) = (words(a).end, words(b).start);
        let glued = self.sentence.words[start].clitics.has(Clitics::AND);
        let between = self.sentence.words.get(end..start);
        between.is_some_and(|all| {
            let plain = |w: &Word| w.kind == TokenKind::Punct || and(w);
            all.iter().all(plain) && (glued || all.iter().any(and))
        })
    }

    /// Puts a pair to a fact of the same kind that shares one of the two, else makes one of it.
    fn put(&self, candidate: &Candidate<'_>, out: &mut Vec<Fact>) {
        let (a, b) = candidate.mentions;
        let parts = [(a, candidate.roles.0), (b, candidate.roles.1)];
        let symmetric = candidate.roles.0 == candidate.roles.1;
        let fact = self.fact(candidate.kind, &parts, candidate.told);
        let fits = |other: &Fact| {
            symmetric
                && other.kind == fact.kind
                && other.status == fact.status
                && other.passage.overlaps(fact.passage)
                && fact
                    .participants
                    .iter()
                    .any(|p| self.takes_part(other, p.mention))
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
        let bar = if kind == FactKind::Event {
            self.bars.single_event
        } else {
            self.bars.single
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
            parts.extend(body.map(|body| (body, Role::Organisation)));
        }
        Some(self.fact(kind, &parts, told))
    }

    /// The likeliest body of somebody's post, once it is known that it is one.
    fn body_of(&self, holder: ReferentId, said: &Said, pairs: &[(usize, usize)]) -> Option<usize> {
        let role = PAIRS.iter().position(|p| p.0 == FactKind::Role)?;
        let bodies = said.pairs.iter().zip(pairs).filter_map(|(told, &(a, b))| {
            let (score, body) = if self.thing(a) == holder {
                (told.labels[2 * role], b)
            } else if self.thing(b) == holder {
                (told.labels[2 * role + 1], a)
            } else {
                return None;
            };
            let kind = self.surface.mentions[self.mentions[body].at()].kind;
            // Who works for a paper is told plainly; else the paper only reports.
            let fits = may_be(FactKind::Role, Role::Organisation, kind)
                && !is_outlet(self.surface, self.mentions[body])
                && self.is_beside(holder, body);
            (fits && score >= score_of(self.bars.body)).then_some((score, body))
        });
        let best = bodies.max_by_key(|&(score, body)| (score, std::cmp::Reverse(body)));
        best.map(|(_, body)| body)
    }

    /// Whether a mention stands in what describes a thing, or some words from it.
    fn is_beside(&self, thing: ReferentId, at: usize) -> bool {
        let words = |at: usize| {
            self.sentence
                .within(self.surface.mentions[self.mentions[at].at()].span)
        };
        let body = words(at);
        let near = |other: usize| {
            let own = words(other);
            body.start <= own.end + BESIDE && own.start <= body.end + BESIDE
        };
        (0..self.mentions.len()).any(|other| self.thing(other) == thing && near(other))
    }

    /// Gives a post of which the rules know only the holder its body.
    fn complete(&self, rule: &mut Fact, said: &Said, pairs: &[(usize, usize)]) {
        let [only] = rule.participants[..] else {
            return;
        };
        if rule.kind != FactKind::Role || only.role != Role::Holder {
            return;
        }
        let holder = self.surface.referents.of[only.mention.at()];
        if let Some(body) = self.body_of(holder, said, pairs) {
            rule.participants.push(Participant {
                role: Role::Organisation,
                mention: self.best(body),
            });
            let span = |p: &Participant| self.surface.mentions[p.mention.at()].span;
            rule.participants.sort_by_key(span);
        }
    }

    /// Whether the model finds what a rule tells of mentions of the sentence hardly likely.
    fn is_doubted(&self, rule: &Fact, said: &Said, pairs: &[(usize, usize)]) -> bool {
        if matches!(rule.kind, FactKind::Event | FactKind::Communication) {
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
        best.is_some_and(|best| best < score_of(self.bars.doubted))
    }

    fn fact(&self, kind: FactKind, parts: &[(usize, Role)], told: &Told) -> Fact {
        let surface = self.surface;
        let span = |at: usize| surface.mentions[self.mentions[at].at()].span;
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
        Fact {
            kind,
            participants,
            time: self.time(passage),
            duration: None,
            place: None,
            amount,
            stake,
            detail,
            condition: None,
            status: self.status(told, verb, post),
            passage,
            trigger: verb.map_or(core, |at| self.sentence.words[at].span),
            attribution: None,
            chain: Vec::new(),
            rule: match verb {
                // Two events are one only if they have one verb.
                Some(at) => format!("{lang}/clause/{}", self.sentence.words[at].lemma),
                None => format!("{lang}/model/{}", kind.name().to_lowercase()),
            },
        }
    }

    /// The verb that tells of what happened: between the mentions, else the nearest of the passage.
    fn verb(&self, core: Span, passage: Span) -> Option<usize> {
        let (core, passage) = (self.sentence.within(core), self.sentence.within(passage));
        let is_verb =
            |at: &usize| matches!(self.sentence.words[*at].pos, Pos::Verb | Pos::Participle);
        let before = (passage.start..core.start).rev().find(is_verb);
        let behind = (core.end..passage.end).find(is_verb);
        let nearest = || match (before, behind) {
            (Some(a), Some(b)) if b - core.end < core.start - 1 - a => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        };
        let found = core.clone().find(is_verb).or_else(nearest);
        // Arabic words carry no part of speech here; its verb stands before who does it.
        let arabic = self.sentence.lang == Lang::Ar;
        let is_word = |at: &usize| self.sentence.words[*at].kind == TokenKind::Word;
        let first = || {
            let before = (passage.start..core.start).rev().find(is_word);
            before.or_else(|| core.clone().chain(core.end..passage.end).find(is_word))
        };
        found.or_else(|| arabic.then(first).flatten())
    }

    /// The name beside a description of the same: *{the minister}, {Hala Odeh}*.
    fn best(&self, at: usize) -> MentionId {
        let own = self.mentions[at];
        let is_name =
            |id: &MentionId| self.surface.mentions[id.at()].form != MentionForm::Description;
        if is_name(&own) {
            return own;
        }
        let same = (0..self.mentions.len()).filter(|&other| self.thing(other) == self.thing(at));
        let mut names = same.map(|other| self.mentions[other]).filter(is_name);
        names.next().unwrap_or(own)
    }

    /// What is told within reported words ends where these end.
    fn within_what_is_said(&self, passage: Span, core: Span) -> Span {
        let inner = self.attributed.content_around(core);
        inner.map_or(passage, |content| {
            Span::new(
                passage.start.max(content.start),
                passage.end.min(content.end),
            )
        })
    }

    /// The only time of the passage, if it is a day, a month or a year.
    fn time(&self, passage: Span) -> Option<TimeId> {
        let times = &self.surface.times;
        let from = times.partition_point(|t| t.span.start < passage.start);
        let mut near = (from..times.len()).take_while(|&at| times[at].span.start < passage.end);
        let is_date = |at: &usize| matches!(times[*at].kind, TimeKind::Date | TimeKind::Relative);
        let found = near.by_ref().find(is_date)?;
        (!near.any(|at| is_date(&at))).then(|| TimeId::new(found))
    }

    /// The only share and the only sum of the passage, for kinds that have them.
    fn amounts(&self, kind: FactKind, passage: Span) -> (Option<AmountId>, Option<AmountId>) {
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
    fn status(&self, told: &Told, verb: Option<usize>, post: Option<usize>) -> Status {
        let (surface, sentence) = (self.surface, self.sentence);
        let former = |at: usize| {
            let post = &surface.mentions[self.mentions[at].at()];
            is_former(surface, sentence, post, false)
        };
        if post.is_some_and(former) {
            return Status::Ended;
        }
        let around = |at: usize| status(surface, sentence, &(at..at + 1), TriggerKind::Verb).0;
        let held = told.lead >= score_of(self.bars.status);
        match verb.map_or(Status::Asserted, around) {
            Status::Asserted if held => told.status,
            status => status,
        }
    }

    /// The description that has the words of a post: the description of who holds it, by the name or around the body; kinship is none.
    fn post(&self, parts: &[(usize, Role)]) -> Option<usize> {
        let &(holder, _) = parts.iter().find(|(_, role)| *role == Role::Holder)?;
        let body = parts.iter().find(|(_, role)| *role == Role::Organisation);
        let span = |at: usize| self.surface.mentions[self.mentions[at].at()].span;
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
            let mention = &self.surface.mentions[self.mentions[*at].at()];
            let first = &self.sentence.words[self.sentence.within(mention.span).start];
            mention.form == MentionForm::Description
                && mention.kind == EntityKind::Person
                && !self.surface.kit.nouns.is_tie(
                    self.sentence.lang,
                    mention.noun.as_deref(),
                    first,
                )
        };
        let same =
            (0..self.mentions.len()).filter(|&other| self.thing(other) == self.thing(holder));
        same.filter(near).find(is_post)
    }

    fn takes_part(&self, fact: &Fact, mention: MentionId) -> bool {
        let of = |id: MentionId| self.surface.referents.of[id.at()];
        fact.participants
            .iter()
            .any(|p| of(p.mention) == of(mention))
    }

    /// Whether a fact of the sentence already tells what `fact` does: all who take part, and no vaguer kind.
    fn tells(&self, other: &Fact, fact: &Fact) -> bool {
        let kind = other.kind == fact.kind || fact.kind == FactKind::Event;
        kind && fact
            .participants
            .iter()
            .all(|p| self.takes_part(other, p.mention))
    }

    /// Whether things of these kinds can stand in these roles; a post needs a named holder, and its own words or
    /// a body: *a spokesman of the ministry* describes somebody and tells nothing.
    fn makes_sense(&self, fact: &Fact) -> bool {
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
        // Who works for a paper is told with the post; else the paper only reports.
        let paper = || {
            fact.participants
                .iter()
                .any(|p| is_outlet(self.surface, p.mention))
        };
        let mut holders = fact.participants.iter().filter(|p| p.role == Role::Holder);
        let post = fact.detail.is_some() || fact.participants.len() > 1;
        let post = post && (fact.detail.is_some() || !paper());
        fits && (fact.kind != FactKind::Role || post && holders.any(named))
    }

    /// Whether two facts of the sentence have the same participants.
    fn same(&self, one: &Fact, other: &Fact) -> bool {
        one.participants.len() == other.participants.len()
            && other
                .participants
                .iter()
                .all(|p| self.takes_part(one, p.mention))
    }
}

/// The labels that are likely of two mentions.
fn pair_candidates<'a>(
    bars: &'a Bars,
    told: &'a Told,
    mentions: (usize, usize),
) -> impl Iterator<Item = Candidate<'a>> {
    PAIRS
        .iter()
        .enumerate()
        .flat_map(move |(at, &(kind, first, second))| {
            let bar = score_of(if kind == FactKind::Event {
                bars.pair_event
            } else {
                bars.pair
            });
            let ways = [(0, (first, second)), (1, (second, first))];
            let ways = ways
                .into_iter()
                .filter(move |(way, _)| *way == 0 || first != second);
            ways.filter_map(move |(way, roles)| {
                let score = told.labels[2 * at + way];
                (score >= bar).then_some(Candidate {
                    kind,
                    roles,
                    mentions,
                    score,
                    told,
                })
            })
        })
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
        (FactKind::Event, _) => true,
        _ => power,
    }
}
