//! Which reports tell one thing: same kind, same stage, participants that fit, times and amounts that do
//! not contradict. The more two tell alike, the sooner they meet; a claim never holds two reports that
//! contradict each other, nor two of one document that it tells apart (*paid 140,000 a month*, *paid 1.12
//! million in all*).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use madar_read::{FactKind, Kit, Role, Status};
use madar_text::Day;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::digest::DocumentNumber;
use crate::entities::{Entities, EntityId};
use crate::hashed::hash;
use crate::reports::{Report, is_loose};
use crate::senses::{Sense, Senses};

/// Statuses that can be one claim told at different times or with different care.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Stage {
    Done,
    Coming,
    Conditional,
    Alleged,
    Denied,
}

pub(crate) fn stage(status: Status) -> Stage {
    match status {
        Status::Asserted | Status::Ended => Stage::Done,
        Status::Planned | Status::Proposed | Status::Negotiated => Stage::Coming,
        Status::Conditional => Stage::Conditional,
        Status::Alleged => Stage::Alleged,
        Status::Denied => Stage::Denied,
    }
}

/// A report as it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    document: DocumentNumber,
    kind: FactKind,
    what: Sense,
    words: BTreeSet<u32>,
    concepts: Vec<u16>,
    stage: Stage,
    /// Who takes part in which role; a capital as its country.
    roles: BTreeMap<Role, BTreeSet<EntityId>>,
    who: BTreeSet<EntityId>,
    /// Those of them whom no document names: *the trader*.
    unnamed: BTreeSet<EntityId>,
    range: Option<(Day, Day)>,
    amount: Option<(i64, Option<String>)>,
    stake: Option<i64>,
    /// Others named in the passage.
    beside: BTreeSet<EntityId>,
    /// The publisher, and whom it has the news from.
    publisher: Option<u64>,
    from: BTreeSet<u64>,
}

impl Telling {
    /// Whether it says that it has the news from the other's publisher.
    fn retells(&self, other: &Telling) -> bool {
        other
            .publisher
            .is_some_and(|them| self.from.contains(&them))
    }

    /// Those who take part, but for whom it leaves unnamed and the other does not speak of.
    fn named_beside(&self, other: &Telling) -> Cow<'_, BTreeSet<EntityId>> {
        match self.unnamed.is_subset(&other.who) {
            true => Cow::Borrowed(&self.who),
            false => Cow::Owned(
                self.who
                    .iter()
                    .filter(|e| !self.unnamed.contains(e) || other.who.contains(e))
                    .copied()
                    .collect(),
            ),
        }
    }
}

/// Amounts that differ by more than this share (of 1000) are told differently: a rounding.
const ROUNDING_PERMILLE: i64 = 15;
/// Reports of one kind with one participant above which only those that share two participants are
/// compared: everybody meets the president.
const CROWD: usize = 200;

/// What agreement counts. An equal figure says most; a participant more or less in a telling says
/// something against; that both leave a figure out says little.
const SAME_FIGURE: i32 = 6;
const SAME_DAYS: i32 = 4;
const NEAR_DAYS: i32 = 2;
const ONE_IS_SILENT: i32 = -2;
const SAME_PARTICIPANTS: i32 = 4;
const PARTICIPANT_MISSING: i32 = -2;
const BESIDE: i32 = 1;
const MOST_BESIDE: i32 = 3;

/// What reports are compared by.
pub(crate) struct Comparison<'a> {
    entities: &'a Entities<'a>,
    same: Identity,
    senses: Senses,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(entities: &'a Entities<'a>, kit: &Kit) -> Self {
        Self {
            entities,
            same: Identity::new(entities, kit),
            senses: Senses::bundled(),
        }
    }

    /// How alike two reports tell, `None` where they cannot be told of one thing. Symmetric.
    pub(crate) fn alike(&self, a: &Telling, b: &Telling) -> Option<i32> {
        alike(a, b, &|document, entity| {
            self.entities.is_named_in(document, entity)
        })
    }

    /// Whether what the rest of its document names may tell with which others a report is one.
    pub(crate) fn is_thin(&self, report: &Report) -> bool {
        let all = &report.participants;
        all.len() < 2 || all.iter().any(|(_, e)| !self.entities.is_named(*e))
    }

    /// As whom it counts in a claim: itself, a capital as its country.
    pub(crate) fn counts_as(&self, entity: EntityId) -> EntityId {
        self.same.of(entity)
    }

    pub(crate) fn telling(&self, report: &Report) -> Telling {
        let mut roles: BTreeMap<Role, BTreeSet<EntityId>> = BTreeMap::new();
        for (role, entity) in &report.participants {
            roles
                .entry(*role)
                .or_default()
                .insert(self.same.of(*entity));
        }
        let who: BTreeSet<EntityId> = roles.values().flatten().copied().collect();
        let unnamed = who.iter().filter(|e| !self.entities.is_named(**e));
        let beside = report.beside.iter().copied();
        Telling {
            document: report.document,
            kind: report.kind,
            what: self.senses.of(&report.rule, &report.said),
            words: report.words.iter().copied().collect(),
            concepts: report.concepts.clone(),
            stage: stage(report.status),
            beside: beside
                .filter(|e| !who.contains(&self.same.of(*e)))
                .collect(),
            unnamed: unnamed.copied().collect(),
            roles,
            who,
            range: report.range,
            amount: report.amount.clone(),
            stake: report.stake,
            publisher: report.chain.first().map(hash),
            from: report.chain.iter().skip(1).map(hash).collect(),
        }
    }

    /// Under what a report is sought: each who takes part, with its kind, and each two of them.
    pub(crate) fn keys(&self, report: &Report) -> Keys {
        let who = report
            .participants
            .iter()
            .map(|(_, entity)| self.same.of(*entity));
        let who: BTreeSet<EntityId> = who.collect();
        let mut out = Keys::default();
        for &a in &who {
            out.single.push(hash(&(report.kind as u8, a.0)));
            for &b in who.range(a..).filter(|b| **b != a) {
                out.pairs.push(hash(&(report.kind as u8, a.0, b.0)));
            }
        }
        out
    }
}

/// Under what a report is sought.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keys {
    pub single: SmallVec<[u64; 2]>,
    pub pairs: SmallVec<[u64; 2]>,
}

/// All reports of a case by their keys.
pub(crate) struct ByKey {
    single: Lists,
    pairs: Lists,
}

/// Keys with who has them, sorted.
struct Lists(Vec<(u64, u32)>);

impl Lists {
    fn of(&self, key: u64) -> &[(u64, u32)] {
        let from = self.0.partition_point(|(k, _)| *k < key);
        let to = from + self.0[from..].partition_point(|(k, _)| *k == key);
        &self.0[from..to]
    }
}

impl ByKey {
    pub(crate) fn new<'a>(keys: impl Iterator<Item = &'a Keys>) -> Self {
        let (mut single, mut pairs) = (Vec::new(), Vec::new());
        for (keys, at) in keys.zip(0u32..) {
            single.extend(keys.single.iter().map(|&key| (key, at)));
            pairs.extend(keys.pairs.iter().map(|&key| (key, at)));
        }
        single.sort_unstable();
        pairs.sort_unstable();
        Self {
            single: Lists(single),
            pairs: Lists(pairs),
        }
    }

    /// Reports that may tell the same as one with these keys, which is among them; in order.
    pub(crate) fn candidates(&self, keys: &Keys) -> Vec<u32> {
        let single = keys.single.iter().map(|&key| self.single.of(key));
        let single = single.filter(|list| list.len() <= CROWD);
        let pairs = keys.pairs.iter().map(|&key| self.pairs.of(key));
        let mut out: Vec<u32> = single.chain(pairs).flatten().map(|(_, at)| *at).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Reports whose candidates are others because one they share is now met with by a crowd, or no longer:
    /// `more` says by how many each list has grown.
    pub(crate) fn turned(&self, more: &FxHashMap<u64, isize>) -> BTreeSet<u32> {
        let mut out = BTreeSet::new();
        for (&key, &more) in more {
            let list = self.single.of(key);
            let had = list.len().saturating_add_signed(-more);
            if (had > CROWD) != (list.len() > CROWD) {
                out.extend(list.iter().map(|(_, at)| *at));
            }
        }
        out
    }
}

/// Reports by claim: those that tell alike, the most alike first. `pairs` are numbers of tellings with how alike
/// they are; the outcome depends on the order of the tellings, which is that of their ids, and on nothing else.
pub(crate) fn group(
    tellings: &[&Telling],
    mut pairs: Vec<(i32, usize, usize)>,
    comparison: &Comparison<'_>,
) -> Vec<Vec<usize>> {
    pairs.sort_unstable_by_key(|&(score, a, b)| (std::cmp::Reverse(score), a, b));
    let mut group_of: Vec<usize> = (0..tellings.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..tellings.len()).map(|at| vec![at]).collect();
    // groups of which one holds a telling that does not fit one of the other: they never will
    let mut apart: Vec<FxHashSet<usize>> = vec![FxHashSet::default(); tellings.len()];
    for (_, a, b) in pairs {
        let (x, y) = (group_of[a], group_of[b]);
        if x == y || apart[x].contains(&y) {
            continue;
        }
        let fit = |p: &usize, q: &usize| comparison.alike(tellings[*p], tellings[*q]).is_some();
        if !groups[x]
            .iter()
            .all(|p| groups[y].iter().all(|q| fit(p, q)))
        {
            apart[x].insert(y);
            apart[y].insert(x);
            continue;
        }
        let moved = std::mem::take(&mut groups[y]);
        for &at in &moved {
            group_of[at] = x;
        }
        groups[x].extend(moved);
        for other in std::mem::take(&mut apart[y]) {
            apart[other].remove(&y);
            apart[other].insert(x);
            apart[x].insert(other);
        }
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// How alike two reports tell; `named_in` tells whether a document names somebody.
fn alike(
    a: &Telling,
    b: &Telling,
    named_in: &dyn Fn(DocumentNumber, EntityId) -> bool,
) -> Option<i32> {
    if a.stage != b.stage {
        return None;
    }
    if is_another_tie(a, b) {
        return None;
    }
    let retold = a.retells(b) || b.retells(a);
    let Met {
        mut score,
        shared,
        theirs: (in_a, in_b),
        thin,
    } = participants(a, b)?;
    let Figures {
        times,
        amounts,
        stakes,
    } = figures(a, b)?;
    // what one document tells twice with other figures, days or people, it tells of two things
    let differ = [times, amounts, stakes].contains(&ONE_IS_SILENT) || a.who != b.who;
    if a.document == b.document && differ {
        return None;
    }
    let figure = amounts == SAME_FIGURE || stakes == SAME_FIGURE;
    let figures = times >= NEAR_DAYS || figure;
    // who has a post in both, of nobody else that both name, has the same one only if both say so
    let same_post = a.kind == FactKind::Role && a.what.is_same_post(&b.what);
    if a.kind == FactKind::Role && shared < 2 && !figures && !same_post {
        return None;
    }
    // whom one leaves unnamed is whom the other names, if its document names him elsewhere and both agree on
    // more than that
    let named_elsewhere = || {
        in_a.difference(&in_b).all(|&e| named_in(b.document, e))
            && in_b.difference(&in_a).all(|&e| named_in(a.document, e))
    };
    let one_month = times >= NEAR_DAYS
        && [a.range, b.range]
            .iter()
            .flatten()
            .any(|&r| within_a_month(r));
    let told_alike = figure || one_month || same_post || a.what.is_same_tie(&b.what);
    let understood = || !is_loose(a.kind) && told_alike && named_elsewhere();
    if thin && shared < 2 && !understood() {
        return None;
    }
    // somebody alone is not enough to know an event by, unless both tell of nobody else, or it is a minister and
    // his country is left out
    let alone = in_a.len() == 1 || in_b.len() == 1;
    let one_post = a.kind == FactKind::Role && a.what.is_same_single_post(&b.what);
    if alone && in_a != in_b && !figures && !one_post && !understood() {
        return None;
    }
    let beside = a.beside.intersection(&b.beside).count();
    // a year holds many days: two who met in it may have met twice, and what one document tells twice of a
    // year it tells of two times
    let long = a.document == b.document && !a.range.is_some_and(within_a_month);
    let one_time = times == SAME_DAYS && !long;
    let figures = one_time || figure;
    let fits = match is_loose(a.kind) {
        true => tell_one_event(a, b, figures, beside > 0 || retold),
        false => figures || !a.what.is_another_event(&b.what),
    };
    if !fits {
        return None;
    }
    score += (BESIDE * i32::try_from(beside).unwrap_or(MOST_BESIDE)).min(MOST_BESIDE);
    Some(score + times + amounts + stakes)
}

/// What the days and sums of two reports count; `None` where they contradict each other.
fn figures(a: &Telling, b: &Telling) -> Option<Figures> {
    let times = match (a.range, b.range) {
        (Some(s), Some(t)) if s.0 > t.1 || t.0 > s.1 => return None,
        (Some(s), Some(t)) if s == t => SAME_DAYS,
        (Some(_), Some(_)) => NEAR_DAYS,
        (None, None) => 0,
        _ => ONE_IS_SILENT,
    };
    let amounts = match (&a.amount, &b.amount) {
        (Some((s, c)), Some((t, d))) if c != d || !close(*s, *t) => return None,
        (Some(_), Some(_)) => SAME_FIGURE,
        (None, None) => 0,
        _ => ONE_IS_SILENT,
    };
    let stakes = match (a.stake, b.stake) {
        (Some(s), Some(t)) if !close(s, t) => return None,
        (Some(_), Some(_)) => SAME_FIGURE,
        (None, None) => 0,
        _ => ONE_IS_SILENT,
    };
    Some(Figures {
        times,
        amounts,
        stakes,
    })
}

struct Figures {
    times: i32,
    amounts: i32,
    stakes: i32,
}

/// Of two reports that are told apart, which may tell what the other tells: it leaves somebody out, or unnamed, whom the
/// other names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct MayTell {
    pub(crate) first: bool,
    pub(crate) second: bool,
}

pub(crate) fn may_tell(a: &Telling, b: &Telling) -> MayTell {
    let none = MayTell::default();
    if a.document == b.document || !is_compatible(a, b) {
        return none;
    }
    let Some(Met { shared, theirs, .. }) = participants(a, b) else {
        return none;
    };
    let (in_a, in_b) = (&*theirs.0, &*theirs.1);
    if shared < in_a.len().min(in_b.len()) {
        return none;
    }
    // that somebody had to do with somebody says too little, and so does that he has some post
    let other_post = a.kind == FactKind::Role && !a.what.is_same_post(&b.what);
    if is_loose(a.kind) && shared < 2 || other_post {
        return none;
    }
    let thin = |own: &Telling, named: &BTreeSet<EntityId>, others: &BTreeSet<EntityId>| {
        named.len() < own.who.len() || named.len() < others.len()
    };
    MayTell {
        first: thin(a, in_a, in_b),
        second: thin(b, in_b, in_a),
    }
}

/// Whether nothing in one of two reports of one kind contradicts the other.
pub(crate) fn is_compatible(a: &Telling, b: &Telling) -> bool {
    a.stage == b.stage && !is_another_tie(a, b) && figures(a, b).is_some() && roles_agree(a, b)
}

/// Another post of one person, another bond of two.
fn is_another_tie(a: &Telling, b: &Telling) -> bool {
    match a.kind {
        FactKind::Role => a.what.is_another_post(&b.what),
        FactKind::Family | FactKind::Associate => a.what.is_another_tie(&b.what),
        _ => false,
    }
}

fn within_a_month((from, to): (Day, Day)) -> bool {
    (from.year, from.month) == (to.year, to.month)
}

/// Share of the words of the shorter passage, in hundredths, from which on two passages of one language
/// tell one thing.
const SAME_WORDS: usize = 50;

/// Concepts that two passages share, from which on they speak of one thing: of two people one will do, of one person
/// alone it takes two. And their share of those of the poorer passage, in hundredths: a long sentence speaks of much.
const CONCEPTS_OF_TWO: usize = 1;
const CONCEPTS_OF_ONE: usize = 2;
const SAME_CONCEPTS: usize = 50;

fn speak_alike(a: &Telling, b: &Telling) -> bool {
    let shared = a.concepts.iter().filter(|one| b.concepts.contains(one));
    let (shared, poorer) = (shared.count(), a.concepts.len().min(b.concepts.len()));
    let least = match a.who.intersection(&b.who).count() {
        0 | 1 => CONCEPTS_OF_ONE,
        _ => CONCEPTS_OF_TWO,
    };
    shared >= least && shared * 100 >= SAME_CONCEPTS * poorer
}

fn is_worded_alike(a: &Telling, b: &Telling) -> bool {
    let shorter = a.words.len().min(b.words.len()).max(1);
    a.words.intersection(&b.words).count() * 100 >= SAME_WORDS * shorter
}

/// Whether one report can deny what the other tells: of all that may happen between two, they speak of one thing. What one
/// passage tells is not at odds with itself: *if Ukraine hands over what Russia could not take*.
pub(crate) fn may_be_at_odds(a: &Telling, b: &Telling) -> bool {
    let event = a.kind == FactKind::Event;
    let one_passage = event && a.document == b.document && a.words == b.words;
    let one_event = || a.what.is_same_event(&b.what) == Some(true) || is_worded_alike(a, b);
    !one_passage && (!event || one_event())
}

/// By what happens, the words, what they speak of, the day or figure, and who else is named.
fn tell_one_event(a: &Telling, b: &Telling, figures: bool, beside: bool) -> bool {
    let worded_alike = is_worded_alike(a, b);
    match a.what.is_same_event(&b.what) {
        Some(false) => worded_alike && a.document != b.document,
        // one document seldom tells a thing twice, and if it does, in like words
        Some(true) if a.document == b.document => worded_alike || figures && beside,
        Some(true) => figures || beside || worded_alike || speak_alike(a, b) || a.who.len() > 1,
        None if a.document == b.document => figures || beside,
        None => figures || beside || worded_alike || speak_alike(a, b),
    }
}

fn close(s: i64, t: i64) -> bool {
    (s - t).abs() * 1000 <= ROUNDING_PERMILLE * s.abs().max(t.abs())
}

/// Who takes part in both of two reports.
struct Met<'a> {
    score: i32,
    /// How many are the same, in roles that fit.
    shared: usize,
    /// Those who take part in each.
    theirs: (Cow<'a, BTreeSet<EntityId>>, Cow<'a, BTreeSet<EntityId>>),
    /// One of the two leaves somebody unnamed of whom the other does not speak.
    thin: bool,
}

/// In a role that both fill, somebody is the same; and two are shared in roles that fit, or all that one
/// names.
fn participants<'a>(a: &'a Telling, b: &'a Telling) -> Option<Met<'a>> {
    let theirs = (a.named_beside(b), b.named_beside(a));
    let (in_a, in_b) = (&*theirs.0, &*theirs.1);
    let thin = in_a.len() < a.who.len() || in_b.len() < b.who.len();
    let both = in_a.intersection(in_b);
    let shared = both.filter(|e| roles_fit(a, b, **e)).count();
    let smaller = in_a.len().min(in_b.len());
    if !roles_agree(a, b) || shared == 0 || shared < smaller.min(2) {
        return None;
    }
    let missing = a.who.symmetric_difference(&b.who).count();
    let score = match missing {
        0 => SAME_PARTICIPANTS,
        _ => PARTICIPANT_MISSING * i32::try_from(missing).unwrap_or(MOST_BESIDE),
    };
    Some(Met {
        score,
        shared,
        theirs,
        thin,
    })
}

/// In a role in which both name somebody, somebody is the same.
fn roles_agree(a: &Telling, b: &Telling) -> bool {
    let unnamed = |one: &BTreeSet<EntityId>, of: &Telling| one.is_subset(&of.unnamed);
    a.roles.iter().all(|(role, one)| {
        let Some(two) = b.roles.get(role) else {
            return true;
        };
        !one.is_disjoint(two) || unnamed(one, a) || unnamed(two, b)
    })
}

/// Somebody stands in one role in both, or one of them does not say in which.
fn roles_fit(a: &Telling, b: &Telling, entity: EntityId) -> bool {
    let of = |t: &Telling| -> BTreeSet<Role> {
        let those = t.roles.iter().filter(|(_, who)| who.contains(&entity));
        those.map(|(role, _)| *role).collect()
    };
    let (x, y) = (of(a), of(b));
    !x.is_disjoint(&y) || x.contains(&Role::Party) || y.contains(&Role::Party)
}

/// A capital stands for its country in a claim.
struct Identity {
    stands_for: BTreeMap<EntityId, EntityId>,
}

impl Identity {
    fn new(entities: &Entities<'_>, kit: &Kit) -> Self {
        let by_listed: BTreeMap<&str, EntityId> = entities.all_listed().collect();
        let stands_for = capitals(entities, kit)
            .filter_map(|(capital, country)| Some((capital, *by_listed.get(country.as_str())?)));
        Self {
            stands_for: stands_for.collect(),
        }
    }

    fn of(&self, entity: EntityId) -> EntityId {
        self.stands_for.get(&entity).copied().unwrap_or(entity)
    }
}

/// Capitals, each with what its country is listed as.
fn capitals(entities: &Entities<'_>, kit: &Kit) -> impl Iterator<Item = (EntityId, String)> {
    entities.all_listed().filter_map(|(id, entity)| {
        let country = kit.gazetteer.entry(id)?.capital_of.as_deref()?;
        Some((entity, format!("places/{country}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &Telling, b: &Telling) -> Option<i32> {
        super::alike(a, b, &|_, _| false)
    }

    /// One with another, as a document tells it, of a trigger.
    fn told(document: DocumentNumber, kind: FactKind, rule: &str) -> Telling {
        let who = BTreeSet::from([EntityId(1), EntityId(2)]);
        Telling {
            document,
            kind,
            what: Senses::bundled().of(rule, ""),
            words: BTreeSet::new(),
            concepts: Vec::new(),
            stage: Stage::Done,
            roles: BTreeMap::from([(Role::Party, who.clone())]),
            who,
            unnamed: BTreeSet::new(),
            range: None,
            amount: None,
            stake: None,
            beside: BTreeSet::new(),
            publisher: Some(document),
            from: BTreeSet::new(),
        }
    }

    #[test]
    fn who_has_the_news_from_the_other_tells_the_same() {
        let first = told(1, FactKind::Communication, "");
        let mut second = told(2, FactKind::Communication, "");
        assert_eq!(alike(&first, &second), None);
        second.from.insert(1);
        assert!(alike(&first, &second).is_some());
        assert_eq!(alike(&first, &second), alike(&second, &first));
    }

    #[test]
    fn events_are_at_odds_where_they_are_one_told_in_two_passages() {
        let event = |document, rule: &str, words: [u32; 3]| Telling {
            words: BTreeSet::from(words),
            ..told(document, FactKind::Event, rule)
        };
        let resigned = event(1, "en/event/resign", [1, 2, 3]);
        assert!(may_be_at_odds(
            &resigned,
            &event(2, "en/event/resign", [4, 5, 6])
        ));
        assert!(!may_be_at_odds(
            &resigned,
            &event(2, "en/event/yodel", [4, 5, 6])
        ));
        assert!(!may_be_at_odds(
            &resigned,
            &event(1, "en/event/resign", [1, 2, 3])
        ));
        let met = told(1, FactKind::Meeting, "");
        assert!(may_be_at_odds(&met, &met), "a kind that says what it is");
    }

    /// That one, of the two, leaves the other unnamed.
    fn leaving_unnamed(mut telling: Telling, stranger: u64) -> Telling {
        telling.who = BTreeSet::from([EntityId(1), EntityId(stranger)]);
        telling.unnamed = BTreeSet::from([EntityId(stranger)]);
        telling.roles = BTreeMap::from([(Role::Party, telling.who.clone())]);
        telling
    }

    #[test]
    fn whom_one_leaves_unnamed_is_whom_the_other_names_if_figures_agree_and_he_is_named_there() {
        let mut full = told(1, FactKind::Deal, "");
        let mut thin = leaving_unnamed(told(2, FactKind::Deal, ""), 7);
        let named = |document, who| document == 2 && who == EntityId(2);
        let fits = |a: &Telling, b: &Telling| super::alike(a, b, &named).is_some();
        assert!(!fits(&full, &thin), "nothing else agrees");
        full.amount = Some((86_000, Some("EUR".to_owned())));
        thin.amount = full.amount.clone();
        assert!(fits(&full, &thin) && fits(&thin, &full));
        assert_eq!(alike(&full, &thin), None, "he is not named in the document");
        let both = MayTell {
            first: false,
            second: true,
        };
        assert_eq!(may_tell(&full, &thin), both);
        thin.amount = Some((95_000, Some("EUR".to_owned())));
        assert_eq!(may_tell(&full, &thin), MayTell::default());
    }

    #[test]
    fn who_leaves_somebody_out_may_tell_the_same_and_who_names_another_does_not() {
        let full = told(1, FactKind::Payment, "");
        let mut alone = told(2, FactKind::Payment, "");
        alone.who = BTreeSet::from([EntityId(1)]);
        alone.roles = BTreeMap::from([(Role::Party, alone.who.clone())]);
        let only = |first, second| MayTell { first, second };
        assert_eq!(may_tell(&full, &alone), only(false, true));
        assert_eq!(may_tell(&alone, &full), only(true, false));
        let mut other = alone.clone();
        other.who = BTreeSet::from([EntityId(1), EntityId(3)]);
        other.roles = BTreeMap::from([(Role::Party, other.who.clone())]);
        assert_eq!(may_tell(&full, &other), only(false, false));
        let (one, two) = (
            leaving_unnamed(full.clone(), 7),
            leaving_unnamed(alone.clone(), 8),
        );
        assert_eq!(may_tell(&one, &two), only(true, true));
        let mut denied = alone.clone();
        denied.stage = Stage::Denied;
        assert_eq!(may_tell(&full, &denied), only(false, false));
        // that somebody spoke says too little
        let mut said = alone;
        said.kind = FactKind::Communication;
        assert_eq!(
            may_tell(&told(1, FactKind::Communication, ""), &said),
            only(false, false)
        );
    }

    #[test]
    fn passages_that_speak_of_one_thing_tell_it() {
        let fit = |a: &[u16], b: &[u16]| {
            let mut first = told(1, FactKind::Event, "en/clause/face");
            let mut second = told(2, FactKind::Event, "ru/clause/предстать");
            (first.concepts, second.concepts) = (a.to_vec(), b.to_vec());
            alike(&first, &second).is_some()
        };
        assert!(fit(&[3, 8], &[1, 3]));
        assert!(!fit(&[3, 8], &[1, 4]));
        assert!(!fit(&[], &[]));
        assert!(!fit(&[3, 8, 9], &[1, 3, 5]));
    }

    #[test]
    fn another_bond_is_another_claim() {
        let fit = |a, b| {
            let tell = |document, rule| told(document, FactKind::Associate, rule);
            alike(&tell(1, a), &tell(2, b)).is_some()
        };
        assert!(fit("en/associate/friend", "ru/associate/друг"));
        assert!(!fit("en/associate/classmate", "en/associate/friend"));
    }

    #[test]
    fn two_posts_of_one_man_are_two() {
        let fit = |a: &str, b: &str| {
            let tell = |document, rule| {
                let mut told = told(document, FactKind::Role, rule);
                told.who = BTreeSet::from([EntityId(1)]);
                told.roles = BTreeMap::from([(Role::Holder, told.who.clone())]);
                told
            };
            alike(&tell(1, a), &tell(2, b)).is_some()
        };
        assert!(fit("en/role/singer", "ru/role/певица"));
        assert!(fit("en/role/plumber", "en/role/plumber"));
        assert!(!fit("en/role/plumber", "en/role/beekeeper"));
        assert!(!fit("en/role/plumber", "ru/role/пчеловод"));
    }

    #[test]
    fn a_minister_is_one_without_his_country_a_chairman_is_not() {
        let fit = |rule| {
            let mut with = told(1, FactKind::Role, rule);
            with.roles = BTreeMap::from([
                (Role::Holder, BTreeSet::from([EntityId(1)])),
                (Role::Organisation, BTreeSet::from([EntityId(2)])),
            ]);
            let mut alone = told(2, FactKind::Role, rule);
            alone.roles = BTreeMap::from([(Role::Holder, BTreeSet::from([EntityId(1)]))]);
            alone.who = BTreeSet::from([EntityId(1)]);
            alike(&with, &alone).is_some()
        };
        assert!(fit("en/role/foreign minister"));
        assert!(!fit("en/role/plumber"));
        assert!(!fit("en/role/chairman"));
    }

    #[test]
    fn a_chairman_is_one_without_his_company_where_its_document_names_it() {
        let mut with = told(1, FactKind::Role, "en/role/chairman");
        with.roles = BTreeMap::from([
            (Role::Holder, BTreeSet::from([EntityId(1)])),
            (Role::Organisation, BTreeSet::from([EntityId(2)])),
        ]);
        let mut alone = told(2, FactKind::Role, "en/role/chairman");
        alone.roles = BTreeMap::from([(Role::Holder, BTreeSet::from([EntityId(1)]))]);
        alone.who = BTreeSet::from([EntityId(1)]);
        let named = |document, who| document == 2 && who == EntityId(2);
        let mut other = told(2, FactKind::Role, "en/role/businessman");
        other.roles.clone_from(&alone.roles);
        other.who.clone_from(&alone.who);
        assert_eq!(may_tell(&with, &other), MayTell::default());
        assert!(super::alike(&with, &alone, &named).is_some());
        assert_eq!(alike(&with, &alone), None);
        assert!(may_tell(&with, &alone).second);
    }
}
