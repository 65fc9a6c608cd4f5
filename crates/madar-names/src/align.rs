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

/// The consonant families of a run, with a bit for weak sounds; that bit alone for a run of vowels.
pub(crate) fn families(sounds: &[Sound]) -> Families {
    let all = sounds.iter().fold(0, |all, &s| all | SOUNDS.families(s));
    if all == 0 { WEAK } else { all }
}

/// Likeness of two runs, 0 to [`FULL`]; 0 where it is below [`UNLIKE`].
pub(crate) fn likeness(a: Run<'_>, b: Run<'_>) -> u32 {
    if a.sounds.is_empty() || b.sounds.is_empty() {
        return 0;
    }
    // Words without one consonant family in common are different words, whatever their vowels.
    if a.families & b.families == 0 {
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
    let mut lacks = [0u32; MAX_RUN];
    for (j, &sound) in b.iter().enumerate() {
        lacks[j] = u32::from(gaps[usize::from(sound)]);
        row[j + 1] = row[j] + lacks[j];
    }
    // Sums of some sixty costs of a byte each cannot overflow: the checks would cost a third.
    for (i, &from) in a.iter().take(MAX_RUN).enumerate() {
        let swaps = table.swaps(from);
        let lack = u32::from(gaps[usize::from(from)]);
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
