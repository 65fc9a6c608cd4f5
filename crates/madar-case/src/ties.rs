//! Which claims tie whom and how strongly, as one record of numbers: a path is sought among all of a case's
//! claims without taking one of them in hand.

use madar_link::Claim;
use madar_read::{FactKind, Status};
use serde::{Deserialize, Serialize};

use crate::CaseError;
use crate::links::LinkedClaim;
use crate::numbers::Numbers;
use crate::view::At;

/// How much a claim bears, in thousandths.
pub(crate) type Strength = u32;

/// By claim.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Ties {
    strengths: Vec<Strength>,
    denied: Vec<bool>,
    /// Where those whom it ties end in `who`.
    ends: Vec<u32>,
    who: Vec<u32>,
}

/// Those whom one claim ties.
pub(crate) struct Tie<'a> {
    pub(crate) strength: Strength,
    pub(crate) denied: bool,
    pub(crate) who: &'a [u32],
}

impl Ties {
    pub(crate) fn of<'a>(claims: impl Iterator<Item = &'a LinkedClaim>) -> Self {
        let mut out = Self::default();
        for held in claims {
            let who = held.who.iter();
            out.push(
                strength(&held.linked, held.who.len(), Seen::No),
                held.linked.status == Status::Denied,
                who.map(|&at| u32::try_from(at).expect("a case holds fewer things")),
            );
        }
        out
    }

    /// With these claims of the file instead of what was known of them, and without those that have gone: `was`
    /// are the numbers that its own are places of.
    pub(crate) fn changed(
        &self,
        was: Option<&Numbers>,
        now: &Numbers,
        claims: &[LinkedClaim],
    ) -> Self {
        let mut out = Self::default();
        let place = |number: u64| {
            let at = now
                .entities
                .binary_search(&number)
                .expect("who takes part is there");
            u32::try_from(at).expect("a case holds fewer things")
        };
        let moved: Vec<Option<u32>> = was.map_or_else(Vec::new, |was| {
            let all = was.entities.iter();
            let at = all.map(|number| now.entities.binary_search(number).ok());
            at.map(|at| at.and_then(|at| u32::try_from(at).ok()))
                .collect()
        });
        let mut fresh = claims.iter().peekable();
        let mut old = was
            .map_or(&[][..], |was| &was.claims)
            .iter()
            .enumerate()
            .peekable();
        for &number in &now.claims {
            while fresh
                .next_if(|claim| claim.linked.id.number() < number)
                .is_some()
            {}
            while old.next_if(|(_, old)| **old < number).is_some() {}
            if let Some(held) = fresh.next_if(|claim| claim.linked.id.number() == number) {
                let who = held.who.iter().map(|&id| place(id as u64));
                out.push(
                    strength(&held.linked, held.who.len(), Seen::No),
                    held.linked.status == Status::Denied,
                    who,
                );
            } else if let Some((at, _)) = old.next_if(|(_, old)| **old == number) {
                let tie = self.tie(at);
                let who = tie.who.iter().filter_map(|&at| moved[at as usize]);
                out.push(tie.strength, tie.denied, who);
            }
        }
        out
    }

    fn push(&mut self, strength: Strength, denied: bool, who: impl Iterator<Item = u32>) {
        self.strengths.push(strength);
        self.denied.push(denied);
        self.who.extend(who);
        self.ends
            .push(u32::try_from(self.who.len()).expect("a case holds fewer things"));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Tie<'_>> {
        (0..self.ends.len()).map(|at| self.tie(at))
    }

    fn tie(&self, at: At) -> Tie<'_> {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        Tie {
            strength: self.strengths[at],
            denied: self.denied[at],
            who: &self.who[from as usize..self.ends[at] as usize],
        }
    }

    pub(crate) fn pack(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("a record of numbers")
    }

    pub(crate) fn unpack(packed: &[u8]) -> Result<Self, CaseError> {
        let damaged = || CaseError::Damaged("what was linked");
        let ties: Self = postcard::from_bytes(packed).map_err(|_| damaged())?;
        let claims = ties.ends.len();
        let whole = ties.strengths.len() == claims
            && ties.denied.len() == claims
            && ties.ends.is_sorted()
            && ties.ends.last().map_or(0, |&end| end as usize) == ties.who.len();
        whole.then_some(ties).ok_or_else(damaged)
    }
}

/// Whether a person has seen that the claim is told so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Seen {
    No,
    Yes,
}

/// One more independent chain says more, ever less so; what is not so yet ties less, and a meeting of many
/// ties two of them less than a meeting of two.
pub(crate) fn strength(claim: &Claim, participants: usize, seen: Seen) -> Strength {
    let k = claim.support.k_lo;
    let chains = match seen {
        Seen::Yes => 1000,
        Seen::No => 1000 * k / (k + 1),
    };
    let status = match claim.status {
        Status::Asserted | Status::Ended => 10,
        Status::Planned | Status::Negotiated => 7,
        Status::Proposed | Status::Conditional => 6,
        Status::Alleged => 5,
        Status::Denied => 3,
    };
    // that two are named with one event, and nothing closer, says the least
    let kind = match claim.kind {
        FactKind::Event | FactKind::Communication | FactKind::Tie => 8,
        _ => 10,
    };
    let crowd = u32::try_from(participants).unwrap_or(u32::MAX).max(2);
    chains * status * kind / 100 * 2 / crowd
}
