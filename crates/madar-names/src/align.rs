//! How alike two runs of sounds are: an edit distance with graded costs.
//!
//! ك ي ر ي ل against *k i r i l l*: each sound of one name is taken for one of the other at the
//! price of the table, or lacked at its own price. The sum is set against what the longer run would
//! cost to lack altogether.

use crate::name::MAX_SOUNDS;
use crate::sounds::{CONSONANT, SOUNDS, Sound};

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
}

/// What a run of sounds costs to lack: against scripts with vowels, and against Arabic.
pub(crate) fn lengths(sounds: &[Sound]) -> [u32; 2] {
    [false, true].map(|arabic| {
        let gaps = SOUNDS.gaps(arabic);
        sounds
            .iter()
            .map(|&s| u32::from(gaps[usize::from(s)]))
            .sum()
    })
}

/// Likeness of two runs, 0 to [`FULL`]; 0 where it is below [`UNLIKE`].
pub(crate) fn likeness(a: Run<'_>, b: Run<'_>) -> u32 {
    if a.sounds.is_empty() || b.sounds.is_empty() {
        return 0;
    }
    // Vowels are free only where one side does not write them.
    let mixed = a.is_arabic != b.is_arabic;
    let both_arabic = a.is_arabic && b.is_arabic;
    let mode = usize::from(mixed || both_arabic);
    let (long_a, long_b) = (a.lengths[mode], b.lengths[mode]);
    // Two short runs have little room for difference: measured against at least one consonant.
    let longest = long_a.max(long_b).max(CONSONANT);
    let budget = longest * (FULL - UNLIKE) / FULL;
    // A sound that may be silent is short and may yet stand for a long one: the difference in length
    // is no bound on the distance, so only runs that cannot meet are left out.
    if long_a > 2 * long_b + CONSONANT || long_b > 2 * long_a + CONSONANT {
        return 0;
    }
    let cost = distance(a.sounds, b.sounds, mode == 1, budget);
    if cost > budget {
        0
    } else {
        FULL - cost * FULL / longest
    }
}

/// The cheapest alignment; any value above `budget` if it costs more than that.
fn distance(a: &[Sound], b: &[Sound], against_arabic: bool, budget: u32) -> u32 {
    let table = &*SOUNDS;
    let gaps = table.gaps(against_arabic);
    let b = &b[..b.len().min(MAX_RUN)];
    let mut row = [0u32; MAX_RUN + 1];
    for (j, &sound) in b.iter().enumerate() {
        row[j + 1] = row[j] + u32::from(gaps[usize::from(sound)]);
    }
    for (i, &from) in a.iter().take(MAX_RUN).enumerate() {
        let swaps = table.swaps(from);
        let lack = u32::from(gaps[usize::from(from)]);
        let mut diagonal = row[0];
        row[0] += lack;
        let mut cheapest = row[0];
        for (j, &to) in b.iter().enumerate() {
            let mut swap = u32::from(swaps[usize::from(to)]);
            if i == 0 && j == 0 && swap > FIRST_SOUND {
                swap += FIRST_SOUND;
            }
            let best = (diagonal + swap)
                .min(row[j + 1] + lack)
                .min(row[j] + u32::from(gaps[usize::from(to)]));
            diagonal = row[j + 1];
            row[j + 1] = best;
            cheapest = cheapest.min(best);
        }
        if cheapest > budget {
            return cheapest;
        }
    }
    row[b.len()]
}
