//! Claims: what several reports tell alike, across documents and languages. Same kind, compatible
//! participants, times and amounts; what differs is shown and not averaged. A denial is a claim of
//! its own.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{FactKind, Role, Status};

use crate::alike::{Stage, stage};
use crate::entities::EntityId;
use crate::network::Contradiction;
use crate::reports::{FactId, Report};
use crate::support::{self, Support};
use crate::suspicion::Suspicion;

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

pub(crate) fn claims(
    reports: &[Report],
    groups: Vec<Vec<usize>>,
    suspicion: &Suspicion<'_>,
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
                support: support::support(reports, &tellings, &participants, suspicion),
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

/// Denials of what others tell, and deals told with different sums; of two that share two participants.
pub(crate) fn contradictions(claims: &[Claim], reports: &[Report]) -> Vec<Contradiction> {
    let mut by: BTreeMap<(FactKind, EntityId, EntityId), Vec<usize>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate() {
        let who: BTreeSet<EntityId> = claim.participants.iter().map(|(_, e)| *e).collect();
        for &a in &who {
            for &b in who.range(a..).filter(|b| **b != a) {
                by.entry((claim.kind, a, b)).or_default().push(at);
            }
        }
    }
    let mut found: BTreeMap<(usize, usize), &'static str> = BTreeMap::new();
    for list in by.values() {
        for (i, &a) in list.iter().enumerate() {
            for &b in &list[i + 1..] {
                if let Some(why) = contradict(&claims[a], &claims[b], reports) {
                    found.insert((a, b), why);
                }
            }
        }
    }
    let pair = |((a, b), why): ((usize, usize), &str)| Contradiction {
        a: claims[a].id,
        b: claims[b].id,
        why: why.to_owned(),
    };
    found.into_iter().map(pair).collect()
}

/// Why two claims of one kind with the same people cannot both be so.
fn contradict(a: &Claim, b: &Claim, reports: &[Report]) -> Option<&'static str> {
    let (x, y) = (stage(a.status), stage(b.status));
    if x != y && (x == Stage::Denied || y == Stage::Denied) {
        return Some("one denies what the other says");
    }
    let money = matches!(a.kind, FactKind::Deal | FactKind::Payment);
    (x == y && money && sums_differ(a, b, reports)).then_some("the sums differ")
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
