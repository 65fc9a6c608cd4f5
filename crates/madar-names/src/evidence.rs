//! How surprising it would be that two persons' names agree so much by chance.
//!
//! "Tom Rice" sounds like hundreds of names in a long list; "Gennady Timchenko" like one. Each pair of
//! parts brings what its sounds tell, consonant by consonant, and never more than its rarity: agreeing
//! on *Mohammed* says little however exact it is. Parts without counterpart take something away: the
//! more parts two names have, the easier two of them agree. Below a bar a score is lowered in
//! proportion, so that names of few sounds or common parts must agree in more to reach the threshold.

use crate::align::FULL;
use crate::pairing::{Pairing, View};
use crate::part::{Part, PartRole};

/// Evidence at which a score is kept whole, in tenths of bits: a name in some ten thousand.
const ENOUGH: u32 = 130;
/// The least a score keeps, in hundredths: agreement without evidence still orders candidates.
const KEPT: u32 = 20;
/// What one agreeing consonant tells, in tenths of bits; the sixteen or so that are told apart across
/// scripts would give forty if they were equally frequent.
const CONSONANT_TELLS: u32 = 65;
/// How much faster than likeness what sounds tell falls, in tenths.
const STEEPNESS: u32 = 16;
/// What a part without counterpart takes away, in tenths of bits.
pub(crate) const LEFT_OVER: u32 = 13;
/// The most that a part tells, by how often it stands in names (seldom, often, very often, most often).
const RARITY: [u32; 4] = [295, 85, 70, 47];
/// The most that a given name with known forms tells: it has many bearers, whatever the lists say.
const GIVEN_NAME: u32 = 75;
/// What an initial tells.
const INITIAL: u32 = 20;

/// What a score keeps of itself by the evidence behind it (see [`evidence`]), in hundredths.
pub(crate) fn kept(evidence: u32) -> u32 {
    (evidence.min(ENOUGH) * 100 / ENOUGH).max(KEPT)
}

/// How surprising the agreement would be by chance, in tenths of bits.
pub(crate) fn evidence(view: &View<'_>, pairing: &Pairing) -> u32 {
    let mut bits = 0;
    for pair in pairing.pairs() {
        let (a, b) = (view.parts_a.get(pair.a.0), view.parts_b.get(pair.b.0));
        bits += brought(a, b, pair.likeness);
    }
    let parts = u32::try_from(view.parts_a.len + view.parts_b.len).unwrap_or(0);
    let paired = pairing.taken_a.count_ones() + pairing.taken_b.count_ones();
    bits.saturating_sub(parts.saturating_sub(paired) * LEFT_OVER)
}

/// What a pair of parts so alike brings.
pub(crate) fn brought(a: &Part, b: &Part, likeness: u32) -> u32 {
    if a.role == PartRole::Initial || b.role == PartRole::Initial {
        INITIAL
    } else {
        told(a, b, likeness).min(rarity(a)).min(rarity(b))
    }
}

/// What two parts so alike tell by their sounds.
fn told(a: &Part, b: &Part, likeness: u32) -> u32 {
    let length = a
        .extent
        .length_against(&b.extent)
        .max(b.extent.length_against(&a.extent));
    let lost = FULL.saturating_sub(likeness) * STEEPNESS / 10;
    length * CONSONANT_TELLS / 100 * FULL.saturating_sub(lost) / FULL
}

fn rarity(part: &Part) -> u32 {
    let most = RARITY[usize::from(part.frequency.min(3))];
    if part.is_common || !part.bearers.is_empty() {
        most.min(GIVEN_NAME)
    } else {
        most
    }
}
