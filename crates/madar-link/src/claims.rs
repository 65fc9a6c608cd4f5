//! Claims: what several reports tell alike, across documents and languages. Same kind, compatible
//! participants, times and amounts; what differs is shown and not averaged. A denial is a claim of
//! its own.

use std::collections::BTreeSet;

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
