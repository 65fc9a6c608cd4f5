//! What a model of facts may say of one mention of a sentence or of two: labels of kinds and roles, in their
//! order in the files of weights, and how it is held. Two models say it: [`linear`], the fast reader's, and
//! the [`encoder`](crate::encoder), the accurate one's.

pub mod linear;

use crate::ReferentId;
use crate::reading::{EntityKind, FactKind, Role, Status};

/// A mention within its sentence: words `from..to`.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pub from: usize,
    pub to: usize,
    pub kind: EntityKind,
    pub named: bool,
}

/// The number of a kind in the models.
///
/// # Panics
/// Never: all kinds are listed.
pub fn spot_kind(kind: EntityKind) -> usize {
    let at = EntityKind::ALL.iter().position(|k| *k == kind);
    at.expect("all kinds are listed")
}

/// Scores are whole numbers: so many to a natural logarithm of odds, 0 where yes is as likely as no.
pub const UNIT: f32 = 1024.0;

/// A likelihood in thousandths as a score.
pub(crate) fn score_of(permille: f32) -> i32 {
    let likely = permille / 1000.0;
    #[allow(clippy::cast_possible_truncation)] // small
    let score = ((likely / (1.0 - likely)).ln() * UNIT).round() as i32;
    score
}

/// What is said of a mention or a pair.
pub struct Told {
    /// A score to each label.
    pub labels: Vec<i32>,
    pub status: Status,
    /// By how much the status leads the next one.
    pub lead: i32,
}

impl Told {
    /// From scores of labels followed by those of statuses, in the order of [`Status::ALL`].
    pub(crate) fn new(mut scores: Vec<i32>) -> Self {
        let statuses = scores.split_off(scores.len() - Status::ALL.len());
        let all = 0..statuses.len();
        let best = all
            .clone()
            .max_by_key(|&at| (statuses[at], usize::MAX - at));
        let best = best.expect("there are statuses");
        let next = all.filter(|&at| at != best).map(|at| statuses[at]);
        Self {
            labels: scores,
            status: Status::ALL[best],
            lead: statuses[best] - next.max().unwrap_or(0),
        }
    }
}

/// What is said of each mention alone, and of each pair in the order in which pairs are asked for.
pub struct Said {
    pub singles: Vec<Told>,
    pub pairs: Vec<Told>,
}

/// Words from the first to the last of two mentions at most: beyond that hardly anything is said of both.
const REACH: usize = 48;

/// The pairs of mentions of different things that are near each other; spots in the order of the text, outer
/// ones first.
pub fn pairs(spots: &[Spot], things: &[ReferentId]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for a in 0..spots.len() {
        for b in a + 1..spots.len() {
            let end = spots[a].to.max(spots[b].to);
            if end <= spots[a].from + REACH && things[a] != things[b] {
                out.push((a, b));
            }
        }
    }
    out
}

/// What two mentions of a sentence can be to each other. Where the roles differ there are two labels:
/// the mention that stands first has the first role, or the second.
pub const PAIRS: [(FactKind, Role, Role); 17] = [
    (FactKind::Role, Role::Holder, Role::Organisation),
    (FactKind::Family, Role::Party, Role::Party),
    (FactKind::Associate, Role::Agent, Role::Client),
    (FactKind::Associate, Role::Party, Role::Party),
    (FactKind::Ownership, Role::Owner, Role::Asset),
    (FactKind::Deal, Role::Party, Role::Asset),
    (FactKind::Deal, Role::Party, Role::Party),
    (FactKind::Payment, Role::Payer, Role::Payee),
    (FactKind::Meeting, Role::Party, Role::Party),
    (FactKind::Visit, Role::Visitor, Role::Host),
    (FactKind::Sanction, Role::Authority, Role::Target),
    (FactKind::Licence, Role::Authority, Role::Grantee),
    (FactKind::Proposal, Role::From, Role::To),
    (FactKind::Proposal, Role::From, Role::Party),
    (FactKind::Communication, Role::From, Role::To),
    (FactKind::Investigation, Role::Investigator, Role::Subject),
    (FactKind::Event, Role::Party, Role::Party),
];

/// What one mention alone can be.
pub const SINGLES: [(FactKind, Role); 21] = [
    (FactKind::Role, Role::Holder),
    (FactKind::Role, Role::Organisation),
    (FactKind::Associate, Role::Agent),
    (FactKind::Ownership, Role::Owner),
    (FactKind::Ownership, Role::Asset),
    (FactKind::Deal, Role::Party),
    (FactKind::Deal, Role::Asset),
    (FactKind::Payment, Role::Payer),
    (FactKind::Payment, Role::Payee),
    (FactKind::Meeting, Role::Party),
    (FactKind::Visit, Role::Visitor),
    (FactKind::Visit, Role::Host),
    (FactKind::Sanction, Role::Authority),
    (FactKind::Sanction, Role::Target),
    (FactKind::Licence, Role::Authority),
    (FactKind::Licence, Role::Grantee),
    (FactKind::Proposal, Role::From),
    (FactKind::Communication, Role::From),
    (FactKind::Communication, Role::To),
    (FactKind::Investigation, Role::Subject),
    (FactKind::Event, Role::Party),
];

/// Labels of pairs: two for each of [`PAIRS`]; where the roles are alike only the first is used.
pub const PAIR_LABELS: usize = 2 * PAIRS.len();

/// The label of two mentions in the order of the text with these roles in a fact.
pub fn pair_label(kind: FactKind, first: Role, second: Role) -> Option<usize> {
    let of = |a: Role, b: Role| PAIRS.iter().position(|&known| known == (kind, a, b));
    match of(first, second) {
        Some(at) => Some(2 * at),
        None => of(second, first).map(|at| 2 * at + 1),
    }
}

pub fn single_label(kind: FactKind, role: Role) -> Option<usize> {
    SINGLES.iter().position(|&known| known == (kind, role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_in_either_order_have_labels_of_their_own() {
        let label = |first, second| pair_label(FactKind::Payment, first, second);
        let (payer, payee) = (Role::Payer, Role::Payee);
        assert_eq!(label(payer, payee).map(|l| l + 1), label(payee, payer));
        assert_eq!(label(payer, payer), None);
        let meeting = pair_label(FactKind::Meeting, Role::Party, Role::Party);
        assert!(meeting.is_some_and(|label| label % 2 == 0 && label < PAIR_LABELS));
    }

    #[test]
    fn a_likelihood_of_one_half_is_no_score() {
        assert_eq!(score_of(500.0), 0);
        assert!(score_of(400.0) < 0 && score_of(600.0) > 0);
    }

    #[test]
    fn far_mentions_and_those_of_one_thing_are_no_pair() {
        let spot = |from: usize| Spot {
            from,
            to: from + 1,
            kind: EntityKind::Person,
            named: true,
        };
        let spots = [spot(0), spot(3), spot(90)];
        let things = [0, 0, 1].map(ReferentId::new);
        assert_eq!(pairs(&spots, &things), []);
        let things = [0, 1, 1].map(ReferentId::new);
        assert_eq!(pairs(&spots, &things), [(0, 1)]);
    }
}
