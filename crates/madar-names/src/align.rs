//! How alike two runs of sounds are: an edit distance with graded costs.
//!
//! ك ي ر ي ل against *k i r i l l*: each sound of one name is taken for one of the other at the
//! price of the table, or lacked at its own price. The sum is set against what the longer run would
//! cost to lack altogether.

use crate::name::MAX_SOUNDS;
use crate::sounds::{CONSONANT, Families, SOUNDS, Sound, WEAK};

/// Sounds of one run at most: two parts joined.
const MAX_RUN: usize = 2 * MAX_SOUNDS;
/// Full likeness, in thousandths.
pub(crate) const FULL: u32 = 1_000;
/// Below this many thousandths two parts are simply different, and the exact figure has no use.
pub(crate) const UNLIKE: u32 = 500;
/// What differing in the first sound costs beyond the table: people and clerks garble the middle
/// and the end of a name, seldom its beginning.
const FIRST_SOUND: u32 = 25;

/// A run of sounds with what it costs to lack it: [against vowelled scripts, against Arabic].
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub(crate) sounds: &'a [Sound],
    pub(crate) lengths: [u32; 2],
    pub(crate) is_arabic: bool,
    /// The consonant families that occur in the run.
    pub(crate) families: Families,
    pub(crate) tally: Tally,
}

impl Run<'_> {
    /// What it costs to lack the run where the other name stands.
    fn length_against(&self, other: &Run<'_>) -> u32 {
        self.lengths[usize::from(other.is_arabic)]
    }
}

/// How many sounds of each consonant family a run has for certain, and how many it may have: nine
/// counts in one number. What one run has for certain and the other cannot have must be paid for, which
/// tells most unlike words apart without aligning them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Tally {
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
    /// Of a run of which nothing is known: it differs from none.
    pub(crate) const OPEN: Tally = Tally {
        certain: 0,
        possible: GUARDS - (GUARDS >> 5),
    };

    pub(crate) fn of(sounds: &[Sound]) -> Tally {
        let mut tally = Tally {
            certain: 0,
            possible: 0,
        };
        for &sound in sounds {
            let (certain, possible) = SOUNDS.counted(sound);
            add_capped(&mut tally.certain, certain, MOST_CERTAIN);
            add_capped(&mut tally.possible, possible, MOST_POSSIBLE);
        }
        tally
    }

    /// Of one part with or without a beginning or ending: surely there what is there without.
    pub(crate) fn with_bare(self, bare: Tally) -> Tally {
        Tally {
            certain: bare.certain,
            ..self
        }
    }

    /// Of two runs one after the other.
    pub(crate) fn joined(self, next: Tally) -> Tally {
        Tally {
            certain: self.certain + next.certain,
            possible: self.possible + next.possible,
        }
    }

    /// What taking one run for the other costs at least.
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

/// What a run of sounds costs to lack: against scripts with vowels, and against Arabic.
pub(crate) fn lengths(sounds: &[Sound], is_arabic: bool) -> [u32; 2] {
    [false, true].map(|against_arabic| {
        let gaps = SOUNDS.gaps(is_arabic, against_arabic);
        sounds
            .iter()
            .map(|&s| u32::from(gaps[usize::from(s)]))
            .sum()
    })
}

/// The consonant families of a run, with a bit for weak sounds; that bit alone for a run of vowels.
pub(crate) fn families(sounds: &[Sound]) -> Families {
    let all = sounds.iter().fold(0, |all, &s| all | SOUNDS.families(s));
    if all == 0 { WEAK } else { all }
}

/// Likeness of two runs, 0 to [`FULL`]; 0 where it is below [`UNLIKE`] or `least`.
pub(crate) fn likeness(a: Run<'_>, b: Run<'_>, least: u32) -> u32 {
    let Some((longest, budget)) = room(&a, &b, least) else {
        return 0;
    };
    let cost = distance(a, b, budget);
    if cost > budget {
        0
    } else {
        FULL - cost * FULL / longest
    }
}

/// Whether two runs could be so alike, without aligning them: never false where they are.
pub(crate) fn may_be_like(a: Run<'_>, b: Run<'_>, least: u32) -> bool {
    room(&a, &b, least).is_some()
}

/// The length that a difference is measured against, and what it may cost; none where it must cost more.
fn room(a: &Run<'_>, b: &Run<'_>, least: u32) -> Option<(u32, u32)> {
    if a.sounds.is_empty() || b.sounds.is_empty() || least > FULL {
        return None;
    }
    // Words without one consonant family in common are different words, whatever their vowels.
    if a.families & b.families == 0 {
        return None;
    }
    let (long_a, long_b) = (a.length_against(b), b.length_against(a));
    // A sound that may be silent is short and may yet stand for a long one: the difference in length
    // is no bound on the distance, so only runs that cannot meet are left out.
    if long_a > 2 * long_b + CONSONANT || long_b > 2 * long_a + CONSONANT {
        return None;
    }
    // Two short runs have little room for difference: measured against at least one consonant.
    let longest = long_a.max(long_b).max(CONSONANT);
    let budget = if least <= UNLIKE {
        longest * (FULL - UNLIKE) / FULL
    } else {
        // the most that leaves `least` after rounding
        ((FULL + 1 - least) * longest - 1) / FULL
    };
    (a.tally.least_cost(b.tally) <= budget).then_some((longest, budget))
}

/// The cheapest alignment; any value above `budget` if it costs more than that.
fn distance(a: Run<'_>, b: Run<'_>, budget: u32) -> u32 {
    let table = &*SOUNDS;
    let own_gaps = table.gaps(a.is_arabic, b.is_arabic);
    let gaps = table.gaps(b.is_arabic, a.is_arabic);
    let (a, b) = (a.sounds, &b.sounds[..b.sounds.len().min(MAX_RUN)]);
    let mut row = [0u32; MAX_RUN + 1];
    let mut lacks = [0u32; MAX_RUN];
    for (j, &sound) in b.iter().enumerate() {
        lacks[j] = u32::from(gaps[usize::from(sound)]);
        row[j + 1] = row[j] + lacks[j];
    }
    // Sums of some sixty costs of a byte each cannot overflow: the checks would cost a third.
    for (i, &from) in a.iter().take(MAX_RUN).enumerate() {
        let swaps = table.swaps(from);
        let lack = u32::from(own_gaps[usize::from(from)]);
        let mut diagonal = row[0];
        let mut left = row[0].wrapping_add(lack);
        row[0] = left;
        let mut cheapest = left;
        let mut at_start = true;
        for ((&to, &lacked), cell) in b.iter().zip(&lacks).zip(&mut row[1..]) {
            let mut swap = u32::from(swaps[usize::from(to)]);
            if i == 0 && at_start && swap > FIRST_SOUND {
                swap = swap.wrapping_add(FIRST_SOUND);
            }
            let best = diagonal
                .wrapping_add(swap)
                .min(cell.wrapping_add(lack))
                .min(left.wrapping_add(lacked));
            at_start = false;
            diagonal = *cell;
            *cell = best;
            left = best;
            cheapest = cheapest.min(best);
        }
        if cheapest > budget {
            return cheapest;
        }
    }
    row[b.len()]
}
