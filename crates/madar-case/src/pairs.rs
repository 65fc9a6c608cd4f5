//! Which two a claim ties, and all ties of a case as one draws them.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{FactKind, Role, Status};
use madar_text::Day;

use crate::answer::{Line, Party};
use crate::ask::Asked;
use crate::page::Someone;
use crate::view::{At, View};

/// Of those who do a thing together so many are tied each to each: eight give 28 ties, which can still be
/// read. Of more, each is tied to the first.
const TOGETHER: usize = 8;

/// Two who are tied by a claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pair<'a> {
    pub from: &'a Party,
    pub to: &'a Party,
    /// `from` does it to `to`; else they do it together.
    pub directed: bool,
}

/// Ties between two, by kind and status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tie {
    pub from: String,
    pub to: String,
    pub kind: FactKind,
    pub status: Status,
    /// Ids of claims, the most important first.
    pub claims: Vec<String>,
    pub articles: usize,
    /// Independent chains of the claim with most of them.
    pub k_lo: u32,
    pub k_hi: u32,
    /// First and last day of what is dated.
    pub days: Option<(Day, Day)>,
}

/// Who is tied to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawn {
    pub nodes: Vec<Someone>,
    pub ties: Vec<Tie>,
    /// Claims of which no tie is told.
    pub more: usize,
}

impl Line {
    /// Those who do with those to whom it is done; those who do it together with each other.
    pub fn pairs(&self) -> Vec<Pair<'_>> {
        let parties: Vec<(Role, &Party)> = self.parties.iter().map(|p| (p.role, p)).collect();
        let pairs = pairs(&parties).into_iter();
        let pair = |(from, to, directed)| Pair { from, to, directed };
        pairs
            .filter(|(from, to, _)| from.entity != to.entity)
            .map(pair)
            .collect()
    }
}

/// Pairs of those who take part, and whether one does it to the other.
fn pairs<T: Copy>(parties: &[(Role, T)]) -> Vec<(T, T, bool)> {
    let (done_to, doers): (Vec<_>, Vec<_>) =
        parties.iter().partition(|(role, _)| is_done_to(*role));
    let only = |all: Vec<(Role, T)>| -> Vec<T> { all.into_iter().map(|(_, one)| one).collect() };
    let (done_to, doers) = (only(done_to), only(doers));
    let mut out = Vec::new();
    for &from in &doers {
        out.extend(done_to.iter().map(|&to| (from, to, true)));
    }
    let together = if doers.is_empty() { done_to } else { doers };
    let hubs = if together.len() > TOGETHER {
        1
    } else {
        together.len()
    };
    for (at, &from) in together.iter().enumerate().take(hubs) {
        out.extend(together[at + 1..].iter().map(|&to| (from, to, false)));
    }
    out
}

fn is_done_to(role: Role) -> bool {
    matches!(
        role,
        Role::Organisation
            | Role::Client
            | Role::Asset
            | Role::Payee
            | Role::Host
            | Role::Target
            | Role::Grantee
            | Role::To
            | Role::Subject
    )
}

impl Asked<'_> {
    /// Who is tied to whom by the most important claims, with so many ties at most.
    pub fn drawn(&self, most: usize) -> Drawn {
        let view = self.view();
        let claims: Vec<At> = (0..view.links.claims()).collect();
        let cast = view.cast(&claims, None);
        let ordered = view.by_importance(&claims, &cast);
        let mut ties: BTreeMap<(At, At, FactKind, Status), Tie> = BTreeMap::new();
        let mut drawn = 0;
        for &claim in &ordered {
            if ties.len() >= most {
                break;
            }
            drawn += 1;
            for (from, to) in view.tied(claim) {
                let entry = &view.claims_ledger().entries[claim];
                let key = (from, to, entry.kind, entry.status);
                let tie = ties.entry(key).or_insert_with(|| view.tie(key));
                view.add(tie, claim);
            }
        }
        let ends: BTreeSet<At> = ties.keys().flat_map(|key| [key.0, key.1]).collect();
        let mut nodes: Vec<At> = ends.into_iter().collect();
        nodes.sort_by_key(|&at| view.fame(at));
        Drawn {
            nodes: nodes.into_iter().map(|at| view.someone(at)).collect(),
            ties: ties.into_values().collect(),
            more: ordered.len() - drawn,
        }
    }
}

impl View<'_> {
    /// The pairs that a claim ties, each once; two who do it together are one tie, whoever is named first.
    fn tied(&self, claim: At) -> BTreeSet<(At, At)> {
        let participants = &self.links.claim(claim).linked.participants;
        let parties: Vec<(Role, At)> = participants
            .iter()
            .map(|(role, entity)| (*role, entity.at()))
            .collect();
        let all = pairs(&parties)
            .into_iter()
            .filter(|(from, to, _)| from != to);
        let ordered = |(from, to, directed): (At, At, bool)| match directed {
            true => (from, to),
            false => (from.min(to), from.max(to)),
        };
        all.map(ordered).collect()
    }

    fn tie(&self, (from, to, kind, status): (At, At, FactKind, Status)) -> Tie {
        Tie {
            from: self.entity(from).id.clone(),
            to: self.entity(to).id.clone(),
            kind,
            status,
            claims: Vec::new(),
            articles: 0,
            k_lo: 0,
            k_hi: 0,
            days: None,
        }
    }

    fn add(&self, tie: &mut Tie, claim: At) {
        let entry = &self.claims_ledger().entries[claim];
        tie.claims.push(self.links.claim(claim).linked.id.short());
        tie.articles = tie.articles.max(entry.articles as usize);
        tie.k_lo = tie.k_lo.max(entry.k_lo);
        tie.k_hi = tie.k_hi.max(entry.k_hi);
        tie.days = match (tie.days, entry.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }
}
