//! What a model says of two mentions, less what the words around them forbid: a name within a longer mention, a post
//! or a kinship that is another's.

use madar_text::{Clitics, TokenKind};

use super::{Bars, Site};
use crate::ReferentId;
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, FactKind, MentionForm, Participant, Role};
use crate::told::{PAIRS, Said, Told, pair_label, score_of};
use crate::words::Word;

/// What is said of two mentions.
pub(super) struct Candidate<'a> {
    pub(super) kind: FactKind,
    pub(super) roles: (Role, Role),
    pub(super) mentions: (usize, usize),
    pub(super) score: i32,
    pub(super) told: &'a Told,
}

impl Candidate<'_> {
    /// Both take part in the same way.
    pub(super) fn is_mutual(&self) -> bool {
        self.roles.0 == self.roles.1
    }
}

/// The labels that are likely of two mentions.
pub(super) fn pair_candidates<'a>(
    bars: &'a Bars,
    told: &'a Told,
    mentions: (usize, usize),
) -> impl Iterator<Item = Candidate<'a>> {
    PAIRS
        .iter()
        .enumerate()
        .flat_map(move |(at, &(kind, first, second))| {
            let bar = score_of(bars.of_pair(kind, told));
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

impl Site<'_> {
    /// Whether a joining word and signs are all that stands between two mentions: *{Boeing} and {SpaceX}*.
    pub(super) fn in_a_list(&self, (a, b): (usize, usize)) -> bool {
        let words = |at: usize| self.sentence.within(self.places[at].span);
        let and = |word: &Word| matches!(word.fold.as_str(), "and" | "и" | "و");
        let (end, start) = (words(a).end, words(b).start);
        let glued = self.sentence.words[start].clitics.has(Clitics::AND);
        let between = self.sentence.words.get(end..start);
        between.is_some_and(|all| {
            let plain = |w: &Word| w.kind == TokenKind::Punct || and(w);
            all.iter().all(plain) && (glued || all.iter().any(and))
        })
    }

    /// Leaves out what is said of a name within a longer mention of which the same is said (in *the
    /// {{Orlov} government} and {Iran} agreed* the government did), and posts that another has.
    pub(super) fn without_inner(&self, candidates: &mut Vec<Candidate<'_>>) {
        let said = candidates.iter().map(|c| (c.kind, c.roles, c.mentions));
        let said: Vec<_> = said.collect();
        let ends = |c: &Candidate<'_>| {
            let ((a, b), (first, second)) = (c.mentions, c.roles);
            [((a, first), (b, second)), ((b, second), (a, first))]
        };
        let outer_is_said = |c: &Candidate<'_>| {
            ends(c).into_iter().any(|(inner, other)| {
                said.iter().any(|&(kind, roles, (a, b))| {
                    let two = [((a, roles.0), (b, roles.1)), ((b, roles.1), (a, roles.0))];
                    kind == c.kind
                        && two.into_iter().any(|(outer, third)| {
                            self.thing(third.0) == self.thing(other.0)
                                && third.1 == other.1
                                && outer.1 == inner.1
                                && self.contains(outer.0, inner.0)
                                && !self.contains(outer.0, other.0)
                        })
                })
            })
        };
        let of_another = |c: &Candidate<'_>| {
            let (a, b) = c.mentions;
            let (holder, body) = if c.roles.0 == Role::Holder {
                (a, b)
            } else {
                (b, a)
            };
            let bare_of_others = || !self.has_post(c) && self.is_of_others(holder, body);
            c.kind == FactKind::Role
                && (self.is_of_another(holder, body)
                    || self.is_of_elsewhere(self.thing(holder), body)
                    || bare_of_others())
        };
        let by_another = |c: &Candidate<'_>| {
            let (a, b) = c.mentions;
            is_personal(c.kind) && (self.is_kin_of_another(a, b) || self.is_kin_of_another(b, a))
        };
        candidates.retain(|c| !outer_is_said(c) && !of_another(c) && !by_another(c));
    }

    /// Leaves out kin and friends without a name of somebody who has such with one: *{Jaber}, {the father} of {Tariq}* are
    /// two people, whoever joins the third.
    pub(super) fn without_nameless_kin(&self, candidates: &mut Vec<Candidate<'_>>) {
        let named = |thing: ReferentId| self.surface.referents.list[thing.at()].named;
        let both = |c: &Candidate<'_>| {
            let (one, two) = (self.thing(c.mentions.0), self.thing(c.mentions.1));
            [(one, two), (two, one)]
        };
        let told = candidates.iter().filter(|c| is_personal(c.kind));
        let told = told.flat_map(|c| both(c).map(|pair| (c.kind, pair)));
        let by_rules = self
            .ties
            .iter()
            .flat_map(|(&(one, two), &kind)| [(kind, (one, two)), (kind, (two, one))]);
        let told: Vec<_> = told.chain(by_rules).collect();
        let has_better = |kind: FactKind, (own, nameless): (ReferentId, ReferentId)| {
            let other = |&(k, (a, b)): &(FactKind, (ReferentId, ReferentId))| {
                k == kind && a == own && b != nameless && named(b)
            };
            !named(nameless) && told.iter().any(other)
        };
        candidates.retain(|c| {
            !is_personal(c.kind) || !both(c).into_iter().any(|pair| has_better(c.kind, pair))
        });
    }

    /// Whether a name stands in what describes another person, *{{Orlov}'s secretary} at Rosneft*, or with the body in
    /// what describes anything else: *{{Orlov}'s delegation to {Iran}}*.
    pub(super) fn is_of_another(&self, holder: usize, body: usize) -> bool {
        let titled = |around: usize| {
            (0..self.places.len()).any(|at| {
                at != holder && self.thing(at) == self.thing(holder) && self.contains(around, at)
            })
        };
        (0..self.places.len()).any(|around| {
            self.thing(around) != self.thing(holder)
                && self.contains(around, holder)
                && (self.describes_person(around) || self.contains(around, body))
                && !titled(around)
        })
    }

    /// Whether a body stands in what describes others: in *{businessmen tied to {the Kremlin}} such as {Orlov}* nothing says
    /// that Orlov holds a post there.
    pub(super) fn is_of_others(&self, holder: usize, body: usize) -> bool {
        (0..self.places.len()).any(|around| {
            let mention = &self.surface.mentions[self.places[around].mention.at()];
            mention.kind == EntityKind::Group
                && mention.form == MentionForm::Description
                && self.thing(around) != self.thing(holder)
                && self.contains(around, body)
                && !self.contains(around, holder)
        })
    }

    /// Whether the post of somebody is that of another country: {российский президент} Медведев holds none in {КНР}, nor
    /// {президент {Украины}} in {Турции}.
    pub(super) fn is_of_elsewhere(&self, holder: ReferentId, body: usize) -> bool {
        let mention = |at: usize| &self.surface.mentions[self.places[at].mention.at()];
        let place = mention(body);
        if place.kind != EntityKind::Place {
            return false;
        }
        (0..self.places.len()).any(|post| {
            let described = !self.places[post].is_pronoun
                && mention(post).form == MentionForm::Description
                && self.thing(post) == holder
                && !self.contains(post, body);
            let inside = |at: usize| {
                let kind = mention(at).kind;
                self.contains(post, at) && (kind == EntityKind::Place || kind.is_body())
            };
            let of = mention(post).of.as_deref();
            described
                && (of.is_some_and(|of| place.listed.as_deref() != Some(of))
                    || (0..self.places.len()).any(inside))
        })
    }

    /// Whether a name stands in what describes a third person: in *{Orlov} met {the wife of {Haddad}}* Orlov is no kin
    /// of Haddad.
    pub(super) fn is_kin_of_another(&self, one: usize, inner: usize) -> bool {
        (0..self.places.len()).any(|around| {
            self.describes_person(around)
                && ![self.thing(one), self.thing(inner)].contains(&self.thing(around))
                && self.contains(around, inner)
                && !self.contains(around, one)
        })
    }

    fn describes_person(&self, at: usize) -> bool {
        let mention = &self.surface.mentions[self.places[at].mention.at()];
        mention.kind == EntityKind::Person && mention.form == MentionForm::Description
    }

    /// Whether one mention stands within another.
    pub(super) fn contains(&self, outer: usize, inner: usize) -> bool {
        let span = |at: usize| self.places[at].span;
        span(outer) != span(inner) && span(outer).contains(span(inner))
    }

    /// Whether two are friends by a rule, so no kin, or the other way.
    pub(super) fn are_otherwise_tied(
        &self,
        kind: FactKind,
        one: ReferentId,
        two: ReferentId,
    ) -> bool {
        let known = self.ties.get(&(one.min(two), one.max(two)));
        is_personal(kind) && known.is_some_and(|&known| known != kind)
    }

    /// Whether two things are likely to take part in what a candidate tells, beside those of which it tells.
    pub(super) fn are_together(
        &self,
        candidate: &Candidate<'_>,
        (one, two): (ReferentId, ReferentId),
        said: &Said,
        pairs: &[(usize, usize)],
    ) -> bool {
        // Two of one side of a deal have none with each other.
        let Some(label) = pair_label(candidate.kind, candidate.roles.0, candidate.roles.1)
            .filter(|_| candidate.kind != FactKind::Deal)
        else {
            return true;
        };
        if self.are_otherwise_tied(candidate.kind, one, two) {
            return false;
        }
        let bar = score_of(self.bars.together);
        said.pairs.iter().zip(pairs).any(|(told, &(a, b))| {
            let things = (self.thing(a), self.thing(b));
            (things == (one, two) || things == (two, one)) && told.labels[label] >= bar
        })
    }
}

/// The two of whom a rule tells that they are kin or friends.
pub(super) fn tie(
    surface: &Surface<'_>,
    rule: &Fact,
) -> Option<((ReferentId, ReferentId), FactKind)> {
    let [a, b] = rule.participants[..] else {
        return None;
    };
    let of = |p: Participant| surface.referents.of[p.mention.at()];
    let two = (of(a).min(of(b)), of(a).max(of(b)));
    is_personal(rule.kind).then_some((two, rule.kind))
}

pub(super) fn is_personal(kind: FactKind) -> bool {
    matches!(kind, FactKind::Family | FactKind::Associate)
}

#[cfg(test)]
mod tests {
    use madar_text::Lang;

    use super::*;
    use crate::attribution::Attributed;
    use crate::facts::tests::{document, given};
    use crate::{Kit, referents, words};

    /// Looks at the mentions of a text, of which some only describe.
    fn look(text: &str, named: &[(&str, EntityKind, bool)], see: impl Fn(&Site<'_>)) {
        let kit = Kit::bundled();
        let document = document(text, Lang::En);
        let sentences = words::words(&document, &kit);
        let mentions = given(text, Lang::En, named);
        let surface = Surface {
            document: &document,
            sentences: &sentences,
            mentions: &mentions,
            times: &[],
            amounts: &[],
            referents: &referents::referents(&document, &sentences, &mentions, &kit),
            kit: &kit,
        };
        let places = super::super::places(&surface, &sentences[0], &[]);
        see(&Site {
            surface: &surface,
            sentence: &sentences[0],
            places: &places,
            attributed: &Attributed::new(&[]),
            bars: &super::super::FAST,
            ties: std::iter::once((
                (surface.referents.of[0], surface.referents.of[0]),
                FactKind::Family,
            ))
            .collect(),
        });
    }

    #[test]
    fn a_post_told_of_another_is_not_that_of_the_name_inside() {
        use EntityKind::{Person, Place};
        let text = "Orlov's envoy to Ukraine flew home after Haddad called.";
        let named = [
            ("Orlov's envoy to Ukraine", Person, true),
            ("Orlov", Person, false),
            ("Ukraine", Place, false),
            ("Haddad", Person, false),
        ];
        look(text, &named, |site| {
            assert!(site.is_of_another(1, 2), "the envoy's post");
            assert!(!site.is_of_another(0, 2), "he holds it");
            assert!(site.is_kin_of_another(3, 1), "kin of the envoy at most");
            assert!(!site.is_kin_of_another(0, 1));
        });
    }

    #[test]
    fn a_body_that_others_are_tied_to_is_not_that_of_an_example_of_them() {
        use EntityKind::{Group, Person, PublicBody};
        let text = "Businessmen tied to the Kremlin such as Orlov met Haddad.";
        let named = [
            ("Businessmen tied to the Kremlin", Group, true),
            ("Kremlin", PublicBody, false),
            ("Orlov", Person, false),
        ];
        look(text, &named, |site| {
            assert!(site.is_of_others(2, 1));
            assert!(!site.is_of_others(0, 1), "they are tied to it themselves");
        });
    }

    #[test]
    fn the_longer_mention_takes_part() {
        use EntityKind::{Person, Place, PublicBody};
        let text = "The Haddad administration agreed with Russia.";
        let named = [
            ("Haddad administration", PublicBody, true),
            ("Haddad", Person, false),
            ("Russia", Place, false),
        ];
        let told = Told::new(vec![
            0;
            crate::told::PAIR_LABELS
                + crate::reading::Status::ALL.len()
        ]);
        look(text, &named, |site| {
            let pair = |mentions| Candidate {
                kind: FactKind::Deal,
                roles: (Role::Party, Role::Party),
                mentions,
                score: 1,
                told: &told,
            };
            let mut candidates = vec![pair((0, 2)), pair((1, 2))];
            site.without_inner(&mut candidates);
            let left: Vec<_> = candidates.iter().map(|c| c.mentions).collect();
            assert_eq!(left, [(0, 2)]);
        });
    }

    #[test]
    fn kin_without_a_name_give_way_to_kin_with_one() {
        use EntityKind::Person;
        let text = "The adviser is owned by Haddad and he raised Orlov.";
        let named = [
            ("adviser", Person, true),
            ("Haddad", Person, false),
            ("Orlov", Person, false),
        ];
        let told = Told::new(vec![
            0;
            crate::told::PAIR_LABELS
                + crate::reading::Status::ALL.len()
        ]);
        look(text, &named, |site| {
            let family = |mentions| Candidate {
                kind: FactKind::Family,
                roles: (Role::Party, Role::Party),
                mentions,
                score: 1,
                told: &told,
            };
            let mut both = vec![family((0, 2)), family((1, 2))];
            site.without_nameless_kin(&mut both);
            let left: Vec<_> = both.iter().map(|c| c.mentions).collect();
            assert_eq!(left, [(1, 2)]);
            let mut alone = vec![family((0, 2))];
            site.without_nameless_kin(&mut alone);
            assert_eq!(alone.len(), 1, "who is all that is told of stays");
        });
    }
}
