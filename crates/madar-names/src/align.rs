//! How alike two runs of sounds are: an edit distance with graded costs.
//!
//! ك ي ر ي ل against *k i r i l l*: each sound of one name is taken for one of the other at the
//! price of the table, or lacked at its own price. The sum is set against what the longer run would
//! cost to lack altogether.

use crate::name::MAX_SOUNDS;
use crate::sounds::{CONSONANT, Families, SOUNDS, Sound, Sounds, WEAK};

/// Sounds of one run at most: two parts joined.
const MAX_RUN: usize = 2 * MAX_SOUNDS;
/// Full likeness, in thousandths.
pub(crate) const FULL: u32 = 1_000;
/// Below this many thousandths two parts are simply different, and the exact figure has no use.
pub(crate) const UNLIKE: u32 = 500;
/// What differing in the first sound costs beyond the table: people and clerks garble the middle
/// and the end of a name, seldom its beginning.
const FIRST_SOUND: u32 = 25;

/// A run of sounds, and what is known of it before it is aligned.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) sounds: &'a [Sound],
    pub(crate) extent: Extent,
}

/// What is known of a run of sounds before it is aligned: enough to tell most unlike runs apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Extent {
    /// What it costs to lack: against scripts with vowels, and against Arabic.
    lengths: [u16; 2],
    /// How much of another run, so measured, its sounds can stand for at most.
    covers: [u16; 2],
    /// The consonant families that occur in the run, with a bit for weak sounds; that bit alone for a run of vowels.
    pub(crate) families: Families,
    is_arabic: bool,
    tally: Tally,
}

impl Extent {
    pub(crate) fn of(sounds: &[Sound], is_arabic: bool) -> Extent {
        let mut extent = Extent {
            lengths: [0; 2],
            covers: [0; 2],
            families: 0,
            is_arabic,
            tally: Tally {
                certain: 0,
                possible: 0,
            },
        };
        let own = usize::from(is_arabic);
        for &sound in sounds {
            let measures = SOUNDS.measures(sound);
            for other in [0, 1] {
                let (length, cover) = (&mut extent.lengths[other], &mut extent.covers[other]);
                *length = length.saturating_add(u16::from(measures.gaps[own][other]));
                *cover = cover.saturating_add(u16::from(measures.covers[own][other]));
            }
            extent.families |= measures.families;
            let tally = &mut extent.tally;
            add_capped(&mut tally.certain, measures.certain, MOST_CERTAIN);
            add_capped(&mut tally.possible, measures.possible, MOST_POSSIBLE);
        }
        if extent.families == 0 {
            // a run of vowels
            extent.families = WEAK;
        }
        extent
    }

    /// The same as part of what has such families.
    pub(crate) fn among(self, families: Families) -> Extent {
        Extent { families, ..self }
    }

    /// Of two runs one after the other.
    pub(crate) fn joined(&self, next: &Extent) -> Extent {
        let both = |a: [u16; 2], b: [u16; 2]| [0, 1].map(|at| a[at].saturating_add(b[at]));
        Extent {
            lengths: both(self.lengths, next.lengths),
            covers: both(self.covers, next.covers),
            families: self.families | next.families,
            is_arabic: self.is_arabic,
            tally: self.tally.joined(next.tally),
        }
    }

    /// Whether this run and the next, joined, may be as like as `least` to another, by their lengths alone: told
    /// sooner than [`most_alike`] tells it, and most neighbours are too long.
    pub(crate) fn may_join(&self, next: &Extent, other: &Extent, least: u32) -> bool {
        let long = self.length_against(other) + next.length_against(other);
        let cover = u32::from(other.covers[usize::from(self.is_arabic)]);
        let longest = long.max(other.length_against(self)).max(CONSONANT);
        long.saturating_sub(cover) <= budget(longest, least)
    }

    /// What it costs to lack the run where the other stands.
    pub(crate) fn length_against(&self, other: &Extent) -> u32 {
        u32::from(self.lengths[usize::from(other.is_arabic)])
    }

    /// What taking one run for the other costs at least, by what the shorter cannot stand for.
    fn beyond(&self, other: &Extent) -> u32 {
        let beyond = |long: &Extent, short: &Extent| {
            let cover = short.covers[usize::from(long.is_arabic)];
            long.length_against(short).saturating_sub(u32::from(cover))
        };
        beyond(self, other).max(beyond(other, self))
    }
}

/// How many sounds of each consonant family a run has for certain, and how many it may have: nine
/// counts in one number. What one run has for certain and the other cannot have must be paid for, which
/// tells most unlike words apart without aligning them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Tally {
    certain: u64,
    possible: u64,
}

/// Bits of one count; the highest stays free, as a guard.
const COUNT_BITS: u32 = 7;
/// The guards of nine counts.
const GUARDS: u64 = 0x4081_0204_0810_2040;
/// The most that a count of one part says; two parts joined stay below the guard. What is certain is
/// capped lower, so that a cap never makes a difference appear.
const MOST_CERTAIN: u64 = 30;
const MOST_POSSIBLE: u64 = 31;

impl Tally {
    /// Of two runs one after the other.
    fn joined(self, next: Tally) -> Tally {
        Tally {
            certain: self.certain + next.certain,
            possible: self.possible + next.possible,
        }
    }

    /// What taking one run for the other costs at least.
    #[inline]
    fn least_cost(self, other: Tally) -> u32 {
        let here = owed(self.certain, other.possible);
        let there = owed(other.certain, self.possible);
        here.max(there)
    }
}

/// Adds one to each count whose bit is in `families`, up to `most`.
fn add_capped(counts: &mut u64, families: Families, most: u64) {
    let mut left = families;
    while left != 0 {
        let shift = left.trailing_zeros() * COUNT_BITS;
        if (*counts >> shift) & 0x3f < most {
            *counts += 1 << shift;
        }
        left &= left - 1;
    }
}

/// What the sounds cost that are surely on one side and cannot be on the other.
fn owed(certain: u64, possible: u64) -> u32 {
    // Each count is below its guard, so no difference borrows from the next.
    let difference = (certain | GUARDS) - possible;
    let more = difference & GUARDS;
    let mut over = difference & (more - (more >> 6));
    let mut cost = 0;
    while over != 0 {
        let family = over.trailing_zeros() / COUNT_BITS;
        let shift = family * COUNT_BITS;
        let count = u32::try_from((over >> shift) & 0x3f).unwrap_or(0);
        cost += count * SOUNDS.alone(family as usize);
        over &= !(0x3f << shift);
    }
    cost
}

/// Likeness of two runs, 0 to [`FULL`]; 0 where it is below [`UNLIKE`] or `least`.
pub(crate) fn likeness(a: &Run<'_>, b: &Run<'_>, least: u32) -> u32 {
    if a.sounds.is_empty() || b.sounds.is_empty() {
        return 0;
    }
    let Some(room) = room(&a.extent, &b.extent, least) else {
        return 0;
    };
    let cost = distance(a, b, room.budget);
    if cost > room.budget {
        0
    } else {
        FULL - cost * FULL / room.longest
    }
}

/// The most that two runs can be alike, neither of them empty, without aligning them: 0 where it is below [`UNLIKE`]
/// or `least`.
pub(crate) fn most_alike(a: &Extent, b: &Extent, least: u32) -> u32 {
    room(a, b, least).map_or(0, |room| FULL - room.least_cost * FULL / room.longest)
}

/// What two runs are measured by.
struct Room {
    /// The length that a difference is set against.
    longest: u32,
    /// What the difference may cost, and what it costs at least.
    budget: u32,
    least_cost: u32,
}

/// What a difference may cost, set against such a length, to leave `least`.
fn budget(longest: u32, least: u32) -> u32 {
    if least <= UNLIKE {
        longest * (FULL - UNLIKE) / FULL
    } else {
        // the most that leaves `least` after rounding
        ((FULL + 1 - least) * longest - 1) / FULL
    }
}

/// None where a difference must cost too much.
#[inline]
fn room(own: &Extent, other: &Extent, least: u32) -> Option<Room> {
    if least > FULL {
        return None;
    }
    // Words without one consonant family in common are different words, whatever their vowels.
    if own.families & other.families == 0 {
        return None;
    }
    let (long_a, long_b) = (own.length_against(other), other.length_against(own));
    // A sound that may be silent is short and may yet stand for a long one: the difference in length
    // is no bound on the distance, so only runs that cannot meet are left out.
    if long_a > 2 * long_b + CONSONANT || long_b > 2 * long_a + CONSONANT {
        return None;
    }
    // Two short runs have little room for difference: measured against at least one consonant.
    let longest = long_a.max(long_b).max(CONSONANT);
    let budget = budget(longest, least);
    let beyond = own.beyond(other);
    if beyond > budget {
        return None;
    }
    let least_cost = beyond.max(own.tally.least_cost(other.tally));
    (least_cost <= budget).then_some(Room {
        longest,
        budget,
        least_cost,
    })
}

/// The cheapest alignment; any value above `budget` if it costs more than that.
fn distance(a: &Run<'_>, b: &Run<'_>, budget: u32) -> u32 {
    /// Sounds of most parts: a short row is sooner made.
    const SHORT: usize = 20;
    if b.sounds.len() < SHORT {
        distance_within::<SHORT>(a, b, budget)
    } else {
        distance_within::<{ MAX_RUN + 1 }>(a, b, budget)
    }
}

/// The same with room for a row of `N` cells. No cost is below zero, so a cell above the budget leads nowhere: of
/// each row the cells between the first and the last within it are looked at.
fn distance_within<const N: usize>(a: &Run<'_>, b: &Run<'_>, budget: u32) -> u32 {
    let table = &*SOUNDS;
    let own_gaps = table.gaps(a.extent.is_arabic, b.extent.is_arabic);
    let gaps = table.gaps(b.extent.is_arabic, a.extent.is_arabic);
    let (a, b) = (a.sounds, &b.sounds[..b.sounds.len().min(N - 1)]);
    let mut row = [0u32; N];
    let mut lacks = [0u32; N];
    let (mut first, mut last) = (0, 0);
    for (j, &sound) in b.iter().enumerate() {
        lacks[j] = u32::from(gaps[usize::from(sound)]);
        row[j + 1] = row[j] + lacks[j];
        if row[j + 1] <= budget {
            last = j + 1;
        }
    }
    // Sums of some sixty costs of a byte each cannot overflow: the checks would cost a third.
    for (i, &from) in a.iter().take(MAX_RUN).enumerate() {
        let swaps = table.swaps(from);
        let lack = u32::from(own_gaps[usize::from(from)]);
        let mut diagonal = row[first];
        let mut left = diagonal.wrapping_add(lack);
        row[first] = left;
        let (mut lowest, mut highest) = if left <= budget {
            (first, first)
        } else {
            (usize::MAX, 0)
        };
        let cells = row.iter_mut().enumerate().skip(first + 1);
        for (((at, cell), &to), &lacked) in cells.zip(&b[first..]).zip(&lacks[first..]) {
            let mut swap = u32::from(swaps[usize::from(to)]);
            if i == 0 && at == 1 && swap > FIRST_SOUND {
                swap = swap.wrapping_add(FIRST_SOUND);
            }
            let best = diagonal
                .wrapping_add(swap)
                .min(cell.wrapping_add(lack))
                .min(left.wrapping_add(lacked));
            diagonal = *cell;
            *cell = best;
            left = best;
            if best <= budget {
                lowest = lowest.min(at);
                highest = at;
            } else if at > last {
                break;
            }
        }
        if lowest > highest {
            return budget.saturating_add(1);
        }
        (first, last) = (lowest, highest);
    }
    if last == b.len() {
        row[last]
    } else {
        budget.saturating_add(1)
    }
}

/// A sound of one run and the one of the other that it is taken for; none that the other lacks.
pub(crate) type Step = (Option<Sound>, Option<Sound>);

/// The cheapest alignment by a table, step by step. For learning: it is slow and has no budget.
pub(crate) fn steps(table: &Sounds, a: &Run<'_>, b: &Run<'_>) -> Vec<Step> {
    let own_gaps = table.gaps(a.extent.is_arabic, b.extent.is_arabic);
    let gaps = table.gaps(b.extent.is_arabic, a.extent.is_arabic);
    let lack = |gaps: &[u8], sound: Sound| u32::from(gaps[usize::from(sound)]);
    let (a, b) = (a.sounds, b.sounds);
    let width = b.len() + 1;
    let mut costs = vec![0; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..width {
            let here = i * width + j;
            let up = (i > 0).then(|| costs[here - width] + lack(own_gaps, a[i - 1]));
            let left = (j > 0).then(|| costs[here - 1] + lack(gaps, b[j - 1]));
            let both =
                (i > 0 && j > 0).then(|| costs[here - width - 1] + table.swap(a[i - 1], b[j - 1]));
            costs[here] = [both, up, left].into_iter().flatten().min().unwrap_or(0);
        }
    }
    let mut steps = Vec::new();
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 || j > 0 {
        let here = i * width + j;
        let is = |step: usize, cost: u32| costs[here] == costs[here - step] + cost;
        if i > 0 && j > 0 && is(width + 1, table.swap(a[i - 1], b[j - 1])) {
            (i, j) = (i - 1, j - 1);
            steps.push((Some(a[i]), Some(b[j])));
        } else if i > 0 && is(width, lack(own_gaps, a[i - 1])) {
            i -= 1;
            steps.push((Some(a[i]), None));
        } else {
            j -= 1;
            steps.push((None, Some(b[j])));
        }
    }
    steps.reverse();
    steps
}
