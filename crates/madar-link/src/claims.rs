//! Claims: what several reports tell alike, across documents and languages. Same kind, compatible
//! participants, times and amounts; what differs is shown and not averaged. A denial is a claim of
//! its own.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{FactKind, Kit, Role, Status};

use crate::dependence::Dependence;
use crate::entities::{Entity, EntityId};
use crate::network::{Contradiction, Told};
use crate::reports::{FactId, Report};
use crate::support::{self, Support};

/// A claim's smallest fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimId(pub FactId);

impl ClaimId {
    pub fn short(&self) -> String {
        self.0.short()
    }
}

/// A point on which tellings of one claim differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// `time`, `amount`, `stake`, `participants`.
    pub what: &'static str,
    pub values: Vec<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    pub id: ClaimId,
    pub kind: FactKind,
    /// Of most tellings; the weaker one of two.
    pub status: Status,
    /// Those of all tellings.
    pub participants: Vec<(Role, EntityId)>,
    /// Indexes into [`crate::Network::reports`].
    pub tellings: Vec<usize>,
    pub support: Support,
    pub differences: Vec<Difference>,
}

/// Statuses that can be one claim told at different times or with different care.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Done,
    Coming,
    Alleged,
    Denied,
}

fn stage(status: Status) -> Stage {
    match status {
        Status::Asserted | Status::Ended => Stage::Done,
        Status::Planned | Status::Proposed | Status::Negotiated | Status::Conditional => {
            Stage::Coming
        }
        Status::Alleged => Stage::Alleged,
        Status::Denied => Stage::Denied,
    }
}

/// Reports by claim. Reports come in order of their ids, so the outcome is the same in any order of
/// reading; no claim holds two that cannot be told of one thing.
pub(crate) fn group(reports: &[Report], entities: &[Entity], kit: &Kit) -> Vec<Vec<usize>> {
    let same = Identity::new(entities, kit);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_participant: BTreeMap<(FactKind, Stage, EntityId), Vec<usize>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        let keys: BTreeSet<EntityId> = report
            .participants
            .iter()
            .map(|(_, e)| same.of(*e))
            .collect();
        let near: BTreeSet<usize> = keys
            .iter()
            .filter_map(|e| by_participant.get(&(report.kind, stage(report.status), *e)))
            .flatten()
            .copied()
            .collect();
        let fits = |group: &usize| {
            groups[*group]
                .iter()
                .all(|&o| compatible(report, &reports[o], &same))
        };
        let group = near.into_iter().find(fits).unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(at);
        for entity in keys {
            let list = by_participant
                .entry((report.kind, stage(report.status), entity))
                .or_default();
            if !list.contains(&group) {
                list.push(group);
            }
        }
    }
    groups
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

/// Amounts that differ by more than this share (of 1000) are told differently.
const ROUNDING_PERMILLE: i64 = 15;

fn compatible(a: &Report, b: &Report, same: &Identity) -> bool {
    if a.kind != b.kind || stage(a.status) != stage(b.status) {
        return false;
    }
    let who = |r: &Report| -> BTreeMap<Role, BTreeSet<EntityId>> {
        let mut by_role: BTreeMap<Role, BTreeSet<EntityId>> = BTreeMap::new();
        for (role, entity) in &r.participants {
            by_role.entry(*role).or_default().insert(same.of(*entity));
        }
        by_role
    };
    let (p, q) = (who(a), who(b));
    // In a role that both fill, somebody must be the same.
    let agree = p
        .iter()
        .all(|(role, one)| q.get(role).is_none_or(|two| !one.is_disjoint(two)));
    let all = |m: &BTreeMap<Role, BTreeSet<EntityId>>| {
        m.values().flatten().copied().collect::<BTreeSet<_>>()
    };
    let (x, y) = (all(&p), all(&q));
    let shared = x.intersection(&y).count();
    let enough = shared >= 2 || shared >= 1 && (x.len() == 1 && y.len() == 1);
    let times = match (a.range, b.range) {
        (Some(s), Some(t)) => s.0 <= t.1 && t.0 <= s.1,
        _ => true,
    };
    let lone_needs_time = x.len() > 1 || y.len() > 1 || a.range.is_some() == b.range.is_some();
    let close = |s: i64, t: i64| (s - t).abs() * 1000 <= ROUNDING_PERMILLE * s.abs().max(t.abs());
    let amounts = match (&a.amount, &b.amount) {
        (Some((s, c)), Some((t, d))) => c == d && close(*s, *t),
        _ => true,
    };
    let stakes = match (a.stake, b.stake) {
        (Some(s), Some(t)) => close(s, t),
        _ => true,
    };
    agree && enough && times && lone_needs_time && amounts && stakes
}

pub(crate) fn claims(
    told: &[Told<'_>],
    reports: &[Report],
    groups: Vec<Vec<usize>>,
    dependences: &[Dependence],
    kit: &Kit,
) -> Vec<Claim> {
    let mut out: Vec<Claim> = groups
        .into_iter()
        .map(|mut tellings| {
            tellings.sort_by_key(|&t| reports[t].id);
            let first = &reports[tellings[0]];
            let mut participants: Vec<(Role, EntityId)> = tellings
                .iter()
                .flat_map(|&t| reports[t].participants.iter().copied())
                .collect();
            participants.sort_unstable();
            participants.dedup();
            Claim {
                id: ClaimId(first.id),
                kind: first.kind,
                status: status(reports, &tellings),
                support: support::support(
                    told,
                    reports,
                    &tellings,
                    &participants,
                    dependences,
                    kit,
                ),
                differences: differences(reports, &tellings),
                participants,
                tellings,
            }
        })
        .collect();
    out.sort_by_key(|c| c.id);
    out
}

fn status(reports: &[Report], tellings: &[usize]) -> Status {
    let count = |s: Status| tellings.iter().filter(|&&t| reports[t].status == s).count();
    let best = Status::ALL.into_iter().max_by_key(|&s| (count(s), s));
    best.expect("there are statuses")
}

fn differences(reports: &[Report], tellings: &[usize]) -> Vec<Difference> {
    let mut out = Vec::new();
    let mut add = |what: &'static str, values: BTreeSet<String>| {
        if values.len() > 1 {
            out.push(Difference {
                what,
                values: values.into_iter().collect(),
            });
        }
    };
    let all = || tellings.iter().map(|&t| &reports[t]);
    add("time", all().filter_map(|r| r.time.clone()).collect());
    let amount = |r: &Report| {
        r.amount
            .as_ref()
            .map(|(v, c)| format!("{} {}", v / 1000, c.as_deref().unwrap_or("")))
    };
    add("amount", all().filter_map(amount).collect());
    add(
        "stake",
        all()
            .filter_map(|r| r.stake.map(|s| format!("{} %", madar_read::Quantity(s))))
            .collect(),
    );
    out
}

/// Denials of what others tell, and deals told with different sums.
pub(crate) fn contradictions(claims: &[Claim], reports: &[Report]) -> Vec<Contradiction> {
    let mut out = Vec::new();
    for (at, a) in claims.iter().enumerate() {
        for b in &claims[at + 1..] {
            if a.kind != b.kind {
                continue;
            }
            let who = |c: &Claim| {
                c.participants
                    .iter()
                    .map(|(_, e)| *e)
                    .collect::<BTreeSet<_>>()
            };
            let shared = who(a).intersection(&who(b)).count();
            if shared < 2 {
                continue;
            }
            let (x, y) = (stage(a.status), stage(b.status));
            let why = if x != y && (x == Stage::Denied || y == Stage::Denied) {
                "one denies what the other says"
            } else if x == y
                && matches!(a.kind, FactKind::Deal | FactKind::Payment)
                && sums_differ(a, b, reports)
            {
                "the sums differ"
            } else {
                continue;
            };
            out.push(Contradiction {
                a: a.id,
                b: b.id,
                why: why.to_owned(),
            });
        }
    }
    out
}

fn sums_differ(a: &Claim, b: &Claim, reports: &[Report]) -> bool {
    let sums = |c: &Claim| -> BTreeSet<(i64, Option<String>)> {
        c.tellings
            .iter()
            .filter_map(|&t| reports[t].amount.clone())
            .collect()
    };
    let (x, y) = (sums(a), sums(b));
    !x.is_empty() && !y.is_empty() && x.is_disjoint(&y)
}
