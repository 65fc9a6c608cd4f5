//! Claims: what several reports tell alike, across documents and languages. Same kind, compatible
//! participants, times and amounts; what differs is shown and not averaged. A denial is a claim of
//! its own.

use std::collections::BTreeSet;

use madar_read::{FactKind, Role, Status};

use crate::alike::{Stage, stage};
use crate::entities::EntityId;
use crate::reliance::Strand;
use crate::reports::{FactId, Report};
use crate::support::{self, Support};
use crate::suspicion::Suspicion;

/// A claim's smallest fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimId(pub FactId);

impl ClaimId {
    /// The beginning of the id: its number wherever linking speaks of it.
    pub fn number(&self) -> u64 {
        let first = self.0.0.first_chunk().expect("an id has 32 bytes");
        u64::from_be_bytes(*first)
    }

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

/// `groups` are the reports of each claim, with the chains of what may be told of the same.
pub(crate) fn claims(
    reports: &[Report],
    groups: Vec<(Vec<usize>, Vec<Strand>)>,
    suspicion: &Suspicion<'_>,
) -> Vec<Claim> {
    let mut out: Vec<Claim> = groups
        .into_iter()
        .map(|(mut tellings, perhaps)| {
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
                support: support::support(reports, &tellings, &participants, suspicion)
                    .with_perhaps(perhaps),
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

/// What tells whether two claims can both be so.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    stage: Stage,
    money: bool,
    sums: BTreeSet<(i64, Option<String>)>,
}

impl Stand {
    /// Of a claim with these reports.
    pub(crate) fn of(reports: &[Report]) -> Self {
        let all: Vec<usize> = (0..reports.len()).collect();
        let money = matches!(reports[0].kind, FactKind::Deal | FactKind::Payment);
        let sums = reports.iter().filter_map(|report| report.amount.clone());
        Self {
            stage: stage(status(reports, &all)),
            money,
            sums: sums.collect(),
        }
    }
}

/// Whether two claims of one kind, of which two tellings name the same two, cannot both be so: one denies what the
/// other says, or they are of money and the sums differ.
pub(crate) fn contradict(a: &Stand, b: &Stand) -> bool {
    if a.stage != b.stage {
        return a.stage == Stage::Denied || b.stage == Stage::Denied;
    }
    a.money && !a.sums.is_empty() && !b.sums.is_empty() && a.sums.is_disjoint(&b.sums)
}
