//! What is undecided and matters most: two that may be one, claims on which the tellings do not agree or
//! which hang on little. The more tellings an answer would move, the earlier it is asked.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use madar_names::{Index, Name, NameKind, SAME, Score, compare};
use madar_read::{EntityKind, Status};
use madar_text::fold;

use crate::answer::{Doubt, Line, Maybe, Named, Review};
use crate::ask::Asked;
use crate::decisions::{Decision, Thing};
use crate::listed::Whom;
use crate::view::{At, View};

/// Likeness from which on two names are worth a question, in ten-thousandths: somewhat below that at which
/// they are taken for one.
const WORTH_ASKING: u32 = 6_000;
/// Who is tied to both, as a reason: so many are named.
const COMMON: usize = 3;

/// Claims and entities up to which a case is looked at whole where somebody waits at a page: half a second.
const WHOLE: usize = 3_000;
/// Those that are looked at of a larger one, in which each is told by many: as many as take a quarter of a second. Those
/// that most articles tell, or name, come first, and so do the questions whose answers change most.
const CLAIMS_AT_ONCE: usize = 200;
const ENTITIES_AT_ONCE: usize = 800;
/// Claims of one entity that are taken in hand to count their tellings; of more, the articles are counted.
const COUNTED: usize = 200;

impl Asked<'_> {
    /// The questions, those first whose answer changes most.
    pub fn review(&self) -> Vec<Review> {
        let view = self.view();
        let entities: Vec<At> = (0..view.links.entities()).collect();
        let claims: Vec<At> = (0..view.links.claims()).collect();
        view.questions(&entities, &claims, self.decided())
    }

    /// The questions on what a case tells most, and whether that is all of it, as it is of a case that is not large.
    pub fn review_of_most(&self) -> (Vec<Review>, bool) {
        let view = self.view();
        let told = &view.claims_ledger().entries;
        let whom = Whom {
            kind: None,
            described: false,
        };
        let mut entities = view.whom(whom);
        let mut claims: Vec<At> = (0..told.len()).collect();
        let all = entities.len() <= WHOLE && claims.len() <= WHOLE;
        if !all {
            let most = |&claim: &At| (Reverse(told[claim].articles), claim);
            if claims.len() > CLAIMS_AT_ONCE {
                claims.select_nth_unstable_by_key(CLAIMS_AT_ONCE, most);
                claims.truncate(CLAIMS_AT_ONCE);
            }
            entities.truncate(ENTITIES_AT_ONCE);
        }
        // pairs are told in order of their numbers
        entities.sort_unstable();
        claims.sort_unstable();
        (view.questions(&entities, &claims, self.decided()), all)
    }
}

impl Review {
    /// What tells one question from another.
    pub fn id(&self) -> String {
        match &self.doubt {
            Doubt::One(pair) => format!("{} {}", pair.a.entity, pair.b.entity),
            Doubt::Claim(line) => line.claim.clone(),
        }
    }
}

impl View<'_> {
    fn questions(&self, entities: &[At], claims: &[At], decided: &[Decision]) -> Vec<Review> {
        let mut out = self.maybe_one(entities, decided);
        out.extend(self.doubtful_claims(claims));
        out.sort_by(|a, b| {
            let order = |r: &Review| (Reverse(r.changes), r.id());
            order(a).cmp(&order(b))
        });
        out
    }

    /// Pairs of these entities with alike names that nothing joins and nobody decided on.
    fn maybe_one(&self, entities: &[At], decisions: &[Decision]) -> Vec<Review> {
        let decided = self.decided_pairs(decisions);
        let entries = &self.claims_ledger().entries;
        let tellings = |entity: At| -> usize {
            let claims = self.claims_of(entity);
            let told = |&claim: &At| match claims.len() <= COUNTED {
                true => self.claim(claim).reports.len(),
                false => entries[claim].articles as usize,
            };
            claims.iter().map(told).sum()
        };
        let mut out = Vec::new();
        for ((a, b), (score, why)) in self.alike_pairs(entities) {
            let changes = tellings(a).min(tellings(b));
            if decided.contains(&(a, b)) || changes == 0 || self.told_apart(a, b) {
                continue;
            }
            let common = self.common(a, b);
            let mut reasons = vec![why];
            if !common.is_empty() {
                let names = self.tongue.listed(&common);
                reasons.push(self.tongue.fill("review", "common", &[("names", &names)]));
            }
            let named = |at: At| Named {
                entity: self.entity(at).id.clone(),
                name: self.entity(at).name.clone(),
            };
            let pair = Maybe {
                a: named(a),
                b: named(b),
                score,
            };
            out.push(Review {
                answers: answers(&["same", "different"], &[&pair.a.entity, &pair.b.entity]),
                doubt: Doubt::One(pair),
                changes,
                reasons,
            });
        }
        out
    }

    fn alike_pairs(&self, entities: &[At]) -> BTreeMap<(At, At), (Score, String)> {
        let mut indexes: BTreeMap<NameKind, Index<usize>> = BTreeMap::new();
        let mut names: Vec<(Name, At)> = Vec::new();
        let mut best: BTreeMap<(At, At), (Score, String)> = BTreeMap::new();
        for &at in entities {
            let held = self.entity(at);
            let asked = held.kind.is_actor() || held.kind == EntityKind::Asset;
            if !asked || !held.named || held.kind == EntityKind::Group {
                continue;
            }
            let kind = match held.kind {
                EntityKind::Person => NameKind::Person,
                _ => NameKind::Organisation,
            };
            let index = indexes.entry(kind).or_default();
            let own: Vec<Name> = self
                .names_of(at)
                .into_iter()
                .map(|n| Name::new(n, kind))
                .collect();
            for name in &own {
                for other in index.candidates(name) {
                    let (theirs, with) = &names[other];
                    let likeness = compare(name, theirs);
                    let score = likeness.score();
                    if score < Score::from_ten_thousandths(WORTH_ASKING) {
                        continue;
                    }
                    let slot = best
                        .entry((*with, at))
                        .or_insert((Score::ZERO, String::new()));
                    if score > slot.0 {
                        *slot = (score, likeness.explain());
                    }
                }
            }
            for name in own {
                index.insert(&name, names.len());
                names.push((name, at));
            }
        }
        best
    }

    /// A document names both, and so tells them apart, though their names are not quite alike.
    fn told_apart(&self, a: At, b: At) -> bool {
        let (mut one, mut other) = (self.places_of(a), self.places_of(b));
        // both are in order of documents
        while let ([(here, _), ..], [(there, _), ..]) = (one, other) {
            match here.cmp(there) {
                Ordering::Less => one = &one[1..],
                Ordering::Greater => other = &other[1..],
                Ordering::Equal => return !self.share_a_name(a, b),
            }
        }
        false
    }

    fn share_a_name(&self, a: At, b: At) -> bool {
        let kind = |at: At| match self.entity(at).kind {
            EntityKind::Person => NameKind::Person,
            _ => NameKind::Organisation,
        };
        let name = |at: At, text: &str| Name::new(text, kind(at));
        let theirs = self.names_of(b);
        self.names_of(a).into_iter().any(|own| {
            let own = name(a, own);
            theirs
                .iter()
                .any(|other| madar_names::score(&own, &name(b, other)) >= SAME)
        })
    }

    /// Names of those who take part in claims with both.
    fn common(&self, a: At, b: At) -> Vec<String> {
        let beside = |entity: At| -> BTreeSet<At> {
            let claims = self.claims_of(entity).iter();
            let beside = claims.flat_map(|&claim| self.claims_ledger().who(claim));
            beside.map(|&at| at as At).collect()
        };
        let both: Vec<At> = beside(a).intersection(&beside(b)).copied().collect();
        let others = both.into_iter().filter(|&at| at != a && at != b);
        let names = others.map(|at| self.entity(at).name.clone());
        names.take(COMMON).collect()
    }

    /// Pairs that a person settled already, either way.
    fn decided_pairs(&self, decisions: &[Decision]) -> BTreeSet<(At, At)> {
        let mut out = BTreeSet::new();
        for decision in decisions {
            let (Decision::Same(a, b) | Decision::Apart(a, b)) = decision else {
                continue;
            };
            for x in self.called(a) {
                for &y in &self.called(b) {
                    out.insert((x.min(y), x.max(y)));
                }
            }
        }
        out
    }

    /// The entities that bear its name.
    fn called(&self, thing: &Thing) -> Vec<At> {
        let wanted = fold(&thing.name);
        let bears = |at: &At| {
            self.names_of(*at)
                .into_iter()
                .any(|name| fold(name) == wanted)
        };
        (0..self.links.entities()).filter(bears).collect()
    }

    /// Those of these claims that nobody has confirmed and on which something is open.
    fn doubtful_claims(&self, claims: &[At]) -> Vec<Review> {
        let mut out = Vec::new();
        for &at in claims {
            let held = self.claim(at);
            if held.support.confirmed > 0 {
                continue;
            }
            let line = self.line(at);
            let reasons = self.open_points(&line);
            if reasons.is_empty() {
                continue;
            }
            out.push(Review {
                changes: held.reports.len() + held.against.len(),
                answers: claim_answers(&line),
                doubt: Doubt::Claim(Box::new(line)),
                reasons,
            });
        }
        out
    }

    fn open_points(&self, line: &Line) -> Vec<String> {
        let tongue = self.tongue;
        let mut out = Vec::new();
        if !line.against.is_empty() {
            let claims = tongue.count(line.against.len(), "claim");
            out.push(tongue.fill("review", "against", &[("claims", &claims)]));
        }
        for difference in &line.differences {
            let what = tongue.say("differ", difference.what);
            let values = difference.values.join(tongue.say("list", "comma"));
            out.push(tongue.fill("differ", "sentence", &[("what", what), ("values", &values)]));
        }
        if line.support.k_lo < line.support.k_hi {
            out.extend(line.support.reasons.iter().cloned());
        }
        if line.support.interested > 0 && line.support.k_lo == 1 {
            out.push(tongue.say("review", "interested").to_owned());
        }
        // news of what is only told on one word, and told by many, is worth a look
        let retold = line.support.articles > 1 && line.support.k_hi == 1;
        if retold && line.status != Status::Denied {
            let names = tongue.listed(&line.support.hangs_on);
            out.push(tongue.fill("review", "retold", &[("names", &names)]));
        }
        out
    }
}

/// The commands that answer a question on a claim: it stands or not, and what ties its chains does or does not.
fn claim_answers(line: &Line) -> Vec<String> {
    let mut out = answers(&["confirm", "reject"], &[&line.claim]);
    if line.support.k_lo < line.support.k_hi {
        let apart = line.support.apart();
        out.extend(
            apart.map(|[a, b]| answers(&["independent"], &[&a.short(), &b.short()]).concat()),
        );
    }
    out
}

/// The commands that answer a question.
fn answers(verbs: &[&str], about: &[&str]) -> Vec<String> {
    let about = about.join(" ");
    verbs
        .iter()
        .map(|verb| format!("madar {verb} {about}"))
        .collect()
}
