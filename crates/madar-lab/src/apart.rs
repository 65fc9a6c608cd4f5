//! Why two tellings of one fact did not end in one claim, so far as what linking compares shows it. The causes stand
//! in the order in which linking looks; of several pairs of tellings that of the one that came furthest counts.

use std::collections::{BTreeMap, BTreeSet};

use madar_link::{EntityId, Report};
use madar_read::{Role, Status};

/// What keeps two tellings apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Cause {
    Kind,
    Status,
    /// One thing of the gold is two entities.
    Entities,
    /// Others take part, as they were read.
    Participants,
    Roles,
    Days,
    Figures,
    /// All of this agrees; the words do not tell that it is one thing, or somebody else of the claim does not fit.
    Words,
}

impl Cause {
    pub(crate) const ALL: [Cause; 8] = [
        Cause::Kind,
        Cause::Status,
        Cause::Entities,
        Cause::Participants,
        Cause::Roles,
        Cause::Days,
        Cause::Figures,
        Cause::Words,
    ];

    pub(crate) fn named(self) -> &'static str {
        match self {
            Cause::Kind => "another kind",
            Cause::Status => "another status",
            Cause::Entities => "one thing is two entities",
            Cause::Participants => "others take part",
            Cause::Roles => "other roles",
            Cause::Days => "other days",
            Cause::Figures => "other figures",
            Cause::Words => "not known to be one event",
        }
    }
}

/// One telling, with what the annotation calls those who take part.
pub(crate) struct Told<'a> {
    pub(crate) report: &'a Report,
    pub(crate) gold: BTreeSet<&'a str>,
}

/// What keeps these two apart.
pub(crate) fn cause(a: &Told<'_>, b: &Told<'_>) -> Cause {
    let (one, two) = (a.report, b.report);
    let (x, y) = (who(one), who(two));
    let enough = |shared: usize, of: usize| shared >= of.min(2);
    let smaller = x.len().min(y.len());
    if one.kind != two.kind {
        return Cause::Kind;
    }
    if stage(one.status) != stage(two.status) {
        return Cause::Status;
    }
    if !enough(x.intersection(&y).count(), smaller) {
        let shared = a.gold.intersection(&b.gold).count();
        return match enough(shared, smaller) {
            true => Cause::Entities,
            false => Cause::Participants,
        };
    }
    let (of_one, of_two) = (roles(one), roles(two));
    let meet = |role: &Role| {
        let (Some(x), Some(y)) = (of_one.get(role), of_two.get(role)) else {
            return true;
        };
        !x.is_disjoint(y)
    };
    let stands = |roles: &BTreeMap<Role, BTreeSet<EntityId>>, who: &EntityId| {
        let those = roles.iter().filter(|(_, all)| all.contains(who));
        those.map(|(role, _)| *role).collect::<BTreeSet<Role>>()
    };
    let fits = |who: &&EntityId| {
        let (x, y) = (stands(&of_one, who), stands(&of_two, who));
        !x.is_disjoint(&y) || x.contains(&Role::Party) || y.contains(&Role::Party)
    };
    if !of_one.keys().all(meet) || !enough(x.intersection(&y).filter(fits).count(), smaller) {
        return Cause::Roles;
    }
    if let (Some(s), Some(t)) = (one.range, two.range)
        && (s.0 > t.1 || t.0 > s.1)
    {
        return Cause::Days;
    }
    let differ = |x: &Option<i64>, y: &Option<i64>| x.zip(*y).is_some_and(|(x, y)| x != y);
    let amount = |report: &Report| report.amount.as_ref().map(|(value, _)| *value);
    if differ(&amount(one), &amount(two)) || differ(&one.stake, &two.stake) {
        return Cause::Figures;
    }
    if x.len() != y.len() && smaller < 2 {
        return Cause::Participants;
    }
    Cause::Words
}

fn who(report: &Report) -> BTreeSet<EntityId> {
    report.participants.iter().map(|(_, who)| *who).collect()
}

fn roles(report: &Report) -> BTreeMap<Role, BTreeSet<EntityId>> {
    let mut out: BTreeMap<Role, BTreeSet<EntityId>> = BTreeMap::new();
    for (role, who) in &report.participants {
        out.entry(*role).or_default().insert(*who);
    }
    out
}

/// Statuses that are never one claim have different numbers.
fn stage(status: Status) -> u8 {
    match status {
        Status::Asserted | Status::Ended => 0,
        Status::Planned | Status::Proposed | Status::Negotiated => 1,
        Status::Conditional => 2,
        Status::Alleged => 3,
        Status::Denied => 4,
    }
}
