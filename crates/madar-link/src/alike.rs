//! Which reports tell one thing: same kind, same stage, participants that fit, times and amounts that do
//! not contradict. The more two tell alike, the sooner they meet; a claim never holds two reports that
//! contradict each other, nor two of one document that it tells apart (*paid 140,000 a month*, *paid 1.12
//! million in all*).

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{FactKind, Kit, MentionId, Role, Status};
use madar_text::{Day, Span, fold};

use crate::entities::{Entities, Entity, EntityId};
use crate::network::Told;
use crate::reports::Report;
use crate::senses::{Sense, Senses};

/// Statuses that can be one claim told at different times or with different care.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
struct Telling {
    document: u32,
    kind: FactKind,
    what: Sense,
    /// Beginnings of the words of the passage that name nobody.
    words: BTreeSet<String>,
    stage: Stage,
    /// Who takes part in which role; a capital as its country.
    roles: BTreeMap<Role, BTreeSet<EntityId>>,
    who: BTreeSet<EntityId>,
    range: Option<(Day, Day)>,
    amount: Option<(i64, Option<String>)>,
    stake: Option<i64>,
    /// Others named in the passage.
    beside: BTreeSet<EntityId>,
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

/// Reports by claim. The outcome depends on the reports' ids and on nothing else.
pub(crate) fn group(
    told: &[Told<'_>],
    reports: &[Report],
    entities: &Entities,
    kit: &Kit,
) -> Vec<Vec<usize>> {
    let same = Identity::new(&entities.list, kit);
    let senses = Senses::bundled();
    let tellings: Vec<Telling> = reports
        .iter()
        .map(|r| telling(told, r, &same, &senses, entities))
        .collect();
    let mut pairs: Vec<(i32, usize, usize)> = Vec::new();
    for (a, b) in candidates(reports, &tellings) {
        if let Some(score) = alike(&tellings[a], &tellings[b]) {
            pairs.push((score, a, b));
        }
    }
    pairs.sort_unstable_by_key(|&(score, a, b)| (std::cmp::Reverse(score), a, b));
    let mut group_of: Vec<usize> = (0..reports.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..reports.len()).map(|at| vec![at]).collect();
    for (_, a, b) in pairs {
        let (x, y) = (group_of[a], group_of[b]);
        if x == y {
            continue;
        }
        let fit = |p: &usize, q: &usize| alike(&tellings[*p], &tellings[*q]).is_some();
        if !groups[x]
            .iter()
            .all(|p| groups[y].iter().all(|q| fit(p, q)))
        {
            continue;
        }
        let moved = std::mem::take(&mut groups[y]);
        for &at in &moved {
            group_of[at] = x;
        }
        groups[x].extend(moved);
    }
    groups.retain(|g| !g.is_empty());
    groups
}

fn telling(
    told: &[Told<'_>],
    report: &Report,
    same: &Identity,
    senses: &Senses,
    entities: &Entities,
) -> Telling {
    let mut roles: BTreeMap<Role, BTreeSet<EntityId>> = BTreeMap::new();
    for (role, entity) in &report.participants {
        roles.entry(*role).or_default().insert(same.of(*entity));
    }
    let who: BTreeSet<EntityId> = roles.values().flatten().copied().collect();
    let document = &told[report.document as usize];
    let reading = document.reading;
    let fact = &reading.facts[report.fact as usize];
    let passage = fact.passage;
    let first = reading
        .mentions
        .partition_point(|m| m.span.start < passage.start);
    let here = reading.mentions[first..].iter().enumerate();
    let beside = here
        .take_while(|(_, m)| m.span.start < passage.end)
        .map(|(at, _)| entities.of(report.document, MentionId::new(first + at)))
        .filter(|e| !who.contains(&same.of(*e)))
        .collect();
    Telling {
        document: report.document,
        kind: report.kind,
        what: senses.of(&fact.rule),
        words: if is_loose(report.kind) {
            words(document, passage)
        } else {
            BTreeSet::new()
        },
        stage: stage(report.status),
        roles,
        who,
        range: report.range,
        amount: report.amount.clone(),
        stake: report.stake,
        beside,
    }
}

/// Pairs of reports of one kind that share participants.
fn candidates(reports: &[Report], tellings: &[Telling]) -> BTreeSet<(usize, usize)> {
    type Key = (FactKind, EntityId, Option<EntityId>);
    let mut by: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, telling) in tellings.iter().enumerate() {
        let kind = reports[at].kind;
        for &a in &telling.who {
            by.entry((kind, a, None)).or_default().push(at);
            for &b in telling.who.range(a..).filter(|b| **b != a) {
                by.entry((kind, a, Some(b))).or_default().push(at);
            }
        }
    }
    let mut out = BTreeSet::new();
    for ((_, _, second), list) in by {
        if second.is_none() && list.len() > CROWD {
            continue;
        }
        for (i, &a) in list.iter().enumerate() {
            out.extend(list[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    out
}

/// How alike two reports tell, `None` where they cannot be told of one thing. Symmetric.
fn alike(a: &Telling, b: &Telling) -> Option<i32> {
    if a.stage != b.stage {
        return None;
    }
    if a.kind == FactKind::Role && a.what.is_another_post(&b.what) {
        return None;
    }
    let mut score = participants(a, b)?;
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
    // what one document tells twice with other figures, days or people, it tells of two things
    let differ = [times, amounts, stakes].contains(&ONE_IS_SILENT) || a.who != b.who;
    if a.document == b.document && differ {
        return None;
    }
    let alone = a.who.len() == 1 || b.who.len() == 1;
    let figures = times >= NEAR_DAYS || amounts == SAME_FIGURE || stakes == SAME_FIGURE;
    // somebody alone is not enough to know an event by, unless both tell of nobody else
    if alone && a.who != b.who && !figures {
        return None;
    }
    let beside = a.beside.intersection(&b.beside).count();
    // a year holds many days: two who met in it may have met twice, and what one document tells twice of a
    // year it tells of two times
    let long = a.document == b.document && !a.range.is_some_and(within_a_month);
    let one_time = times == SAME_DAYS && !long;
    let figures = one_time || amounts == SAME_FIGURE || stakes == SAME_FIGURE;
    let fits = match is_loose(a.kind) {
        true => tell_one_event(a, b, figures, beside > 0),
        false => figures || !a.what.is_another_event(&b.what),
    };
    if !fits {
        return None;
    }
    score += (BESIDE * i32::try_from(beside).unwrap_or(MOST_BESIDE)).min(MOST_BESIDE);
    Some(score + times + amounts + stakes)
}

fn within_a_month((from, to): (Day, Day)) -> bool {
    (from.year, from.month) == (to.year, to.month)
}

/// Kinds that say little by themselves: that two people spoke, that something happened with somebody. It
/// happens often, so who took part does not tell which time it was.
fn is_loose(kind: FactKind) -> bool {
    matches!(
        kind,
        FactKind::Event | FactKind::Communication | FactKind::Investigation
    )
}

/// Share of the words of the shorter passage, in hundredths, from which on two passages of one language
/// tell one thing.
const SAME_WORDS: usize = 50;

/// By what happens, the words, the day or figure, and who else is named.
fn tell_one_event(a: &Telling, b: &Telling, figures: bool, beside: bool) -> bool {
    let shorter = a.words.len().min(b.words.len()).max(1);
    let worded_alike = a.words.intersection(&b.words).count() * 100 >= SAME_WORDS * shorter;
    match a.what.is_same_event(&b.what) {
        Some(false) => worded_alike && a.document != b.document,
        // one document seldom tells a thing twice, and if it does, in like words
        Some(true) if a.document == b.document => worded_alike || figures && beside,
        Some(true) => figures || beside || worded_alike || a.who.len() > 1,
        None => figures || beside,
    }
}

/// Letters of a word that its endings leave alone.
const STEM: usize = 5;
/// Shorter words join others and say nothing.
const SAYS_SOMETHING: usize = 4;

fn words(document: &Told<'_>, passage: Span) -> BTreeSet<String> {
    let mentions = &document.reading.mentions;
    let first = mentions.partition_point(|m| m.span.start < passage.start);
    let mut out = BTreeSet::new();
    let mut from = passage.start;
    let named = mentions[first..].iter().map(|m| m.span);
    let named = named.take_while(|span| span.start < passage.end);
    for span in named.chain([Span::new(passage.end, passage.end)]) {
        if span.start > from {
            let between = &document.text[from as usize..span.start as usize];
            let long = between.split(|c: char| !c.is_alphanumeric()).map(fold);
            let long = long.filter(|word| word.chars().count() >= SAYS_SOMETHING);
            out.extend(long.map(|word| word.chars().take(STEM).collect::<String>()));
        }
        from = from.max(span.end.min(passage.end));
    }
    out
}

fn close(s: i64, t: i64) -> bool {
    (s - t).abs() * 1000 <= ROUNDING_PERMILLE * s.abs().max(t.abs())
}

/// In a role that both fill, somebody is the same; and two are shared in roles that fit, or all that one
/// names.
fn participants(a: &Telling, b: &Telling) -> Option<i32> {
    let agree = a
        .roles
        .iter()
        .all(|(role, one)| b.roles.get(role).is_none_or(|two| !one.is_disjoint(two)));
    let shared = a
        .who
        .intersection(&b.who)
        .filter(|e| roles_fit(a, b, **e))
        .count();
    let smaller = a.who.len().min(b.who.len());
    if !agree || shared < smaller.min(2) {
        return None;
    }
    let missing = a.who.symmetric_difference(&b.who).count();
    if missing == 0 {
        return Some(SAME_PARTICIPANTS);
    }
    Some(PARTICIPANT_MISSING * i32::try_from(missing).unwrap_or(MOST_BESIDE))
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
    fn new(entities: &[Entity], kit: &Kit) -> Self {
        let by_listed: BTreeMap<&str, EntityId> = entities
            .iter()
            .filter_map(|e| Some((e.listed.as_deref()?, e.id)))
            .collect();
        let country = |e: &Entity| {
            let entry = kit.gazetteer.entry(e.listed.as_deref()?)?;
            let id = format!("places/{}", entry.capital_of.as_deref()?);
            by_listed.get(id.as_str()).copied()
        };
        let stands_for = entities
            .iter()
            .filter_map(|e| Some((e.id, country(e)?)))
            .collect();
        Self { stands_for }
    }

    fn of(&self, entity: EntityId) -> EntityId {
        self.stands_for.get(&entity).copied().unwrap_or(entity)
    }
}
