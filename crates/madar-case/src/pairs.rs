//! Which two a claim ties, for whoever draws it as a network.

use madar_read::Role;

use crate::answer::{Line, Party};

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

impl Line {
    /// Those who do with those to whom it is done; those who do it together with each other.
    pub fn pairs(&self) -> Vec<Pair<'_>> {
        let (done_to, doers): (Vec<&Party>, Vec<&Party>) = self
            .parties
            .iter()
            .partition(|party| is_done_to(party.role));
        let mut out = Vec::new();
        for &from in &doers {
            out.extend(done_to.iter().map(|&to| Pair {
                from,
                to,
                directed: true,
            }));
        }
        let together = if doers.is_empty() { done_to } else { doers };
        let hubs = if together.len() > TOGETHER {
            1
        } else {
            together.len()
        };
        for (at, &from) in together.iter().enumerate().take(hubs) {
            let rest = together[at + 1..].iter();
            out.extend(rest.map(|&to| Pair {
                from,
                to,
                directed: false,
            }));
        }
        out.retain(|pair| pair.from.entity != pair.to.entity);
        out
    }
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
