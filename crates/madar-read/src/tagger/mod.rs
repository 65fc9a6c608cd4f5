//! Finds names in the words of a sentence: a linear sequence model with hashed features, integer
//! weights and Viterbi decoding, one model to a language. `madar-lab train` makes the weights
//! (1-best MIRA, Crammer et al. 2006); features follow Ratinov and Roth (2009).
//!
//! *{Karim Haddad} met {Orlov} in {Muscat}* comes out as labels: P p O P O L. What kind of thing a
//! name names is settled later, by `mentions`.

mod both;
mod features;

pub(crate) use both::Both;
pub use features::{Rows, features};

use crate::slots::Slots;
use crate::words::Sentence;

/// Labels: outside, then begin and inside of person, place, organisation, other name.
pub const LABELS: usize = 9;
pub const OUTSIDE: usize = 0;

/// Slots of the feature table. With 2^17 features of three corpora fall on one another and the held-out
/// figures drop by two points.
pub const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 19;

/// Weights of one feature, or from one label, by label.
pub type Row<W> = [W; LABELS];

/// What a label begins or goes on: 0 person, 1 place, 2 organisation, 3 other.
pub fn class_of(label: usize) -> Option<usize> {
    label.checked_sub(1).map(|l| l / 2)
}

pub fn begins(label: usize) -> bool {
    label % 2 == 1
}

/// Whether `label` may follow `before`: an inside label only its own begin or inside.
pub fn follows(before: usize, label: usize) -> bool {
    label == OUTSIDE || begins(label) || class_of(before) == class_of(label)
}

/// Weights by feature slot and label, and from label to label.
pub struct Tagger<const N: usize = LABELS> {
    slots: Slots,
    weights: Vec<[i16; N]>,
    steps: [[i32; N]; N],
}

impl<const N: usize> Tagger<N> {
    /// From rows of weights by slot, ascending.
    pub fn new(rows: impl Iterator<Item = (usize, [i16; N])>, steps: [[i16; N]; N]) -> Self {
        let used = rows.filter(|(_, row)| row.iter().any(|&w| w != 0));
        let (slots, weights): (Vec<usize>, Vec<_>) = used.unzip();
        Self {
            slots: Slots::new(SLOTS, slots.into_iter()),
            weights,
            steps: steps.map(|row| row.map(i32::from)),
        }
    }

    /// Reads what [`Tagger::to_bytes`] wrote; from no bytes, a model that finds nothing.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::new(std::iter::empty(), [[0; N]; N]);
        }
        let raw = zstd::decode_all(bytes).expect("the model is part of the program");
        let mut gaps = raw.as_slice();
        let count = take_number(&mut gaps);
        let slots: Vec<usize> = (0..count)
            .scan(0, |slot, _| {
                *slot += take_number(&mut gaps);
                Some(*slot)
            })
            .collect();
        let cells = (slots.len() + N) * N;
        let (low, high) = gaps.split_at(cells);
        let mut values = low
            .iter()
            .zip(high)
            .map(|(&l, &h)| i16::from_le_bytes([l, h]));
        let mut row = || -> [i16; N] {
            std::array::from_fn(|_| values.next().expect("a model has all its cells"))
        };
        let steps = std::array::from_fn(|_| row());
        Self::new(slots.into_iter().map(|slot| (slot, row())), steps)
    }

    /// zstd over: how many slots are used, the gaps between them, the low bytes of all steps and
    /// rows, their high bytes.
    ///
    /// # Panics
    /// Never: memory takes all bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let slots: Vec<usize> = self.slots.all().collect();
        let mut raw = Vec::new();
        put_number(&mut raw, slots.len());
        let mut before = 0;
        for &slot in &slots {
            put_number(&mut raw, slot - before);
            before = slot;
        }
        let steps = self
            .steps
            .iter()
            .flatten()
            .map(|&w| i16::try_from(w).expect("steps were made from i16"));
        let rows = self.weights.iter().flatten().copied();
        let cells: Vec<[u8; 2]> = steps.chain(rows).map(i16::to_le_bytes).collect();
        raw.extend(cells.iter().map(|cell| cell[0]));
        raw.extend(cells.iter().map(|cell| cell[1]));
        zstd::encode_all(&raw[..], 19).expect("memory takes all bytes")
    }

    /// The best labels for the words of a sentence; `hints` is one hint to a word.
    pub fn tag(&self, sentence: &Sentence, hints: &[u16]) -> Vec<usize> {
        self.tag_rows(&features(sentence, hints))
    }

    /// The same from feature slots.
    pub fn tag_rows(&self, rows: &Rows) -> Vec<usize> {
        decode(self.scores(rows), &self.steps)
    }

    fn scores(&self, rows: &Rows) -> impl Iterator<Item = [i32; N]> {
        let mut used: Vec<u32> = Vec::new();
        rows.iter().map(move |row| {
            // All numbers first: the reads of the weights then do not wait for one another.
            used.clear();
            used.extend(row.iter().filter_map(|&slot| self.slots.row(slot)));
            let mut scores = [0i32; N];
            for &number in &used {
                let own = &self.weights[number as usize];
                for (score, weight) in scores.iter_mut().zip(own) {
                    *score = score.wrapping_add(i32::from(*weight));
                }
            }
            scores
        })
    }
}

impl Tagger {
    /// How far the best labels of a sentence lead before the best ones that differ in some word: the
    /// smaller, the less sure.
    pub fn lead(&self, sentence: &Sentence, hints: &[u16]) -> i32 {
        let scores: Vec<Row<i32>> = self.scores(&features(sentence, hints)).collect();
        lead(&scores, &self.steps)
    }
}

/// Viterbi over scores of words and steps. Scores are taken relative to the best of each word, so
/// that sentences of any length fit.
pub fn decode<const LABELS: usize>(
    scores: impl Iterator<Item = [i32; LABELS]>,
    steps: &[[i32; LABELS]; LABELS],
) -> Vec<usize> {
    // What may not follow is far below what is impossible, so that no sum with it is chosen.
    let steps: [[i32; LABELS]; LABELS] = std::array::from_fn(|before| {
        let step = |label| allowed(steps, before, label).unwrap_or(2 * IMPOSSIBLE);
        std::array::from_fn(step)
    });
    let mut last = [0; LABELS];
    let mut back: Vec<[u32; LABELS]> = Vec::new();
    for own in scores {
        let mut next = [IMPOSSIBLE; LABELS];
        let mut from = [0; LABELS];
        if back.is_empty() {
            let first = |label: usize| label == OUTSIDE || begins(label);
            next = std::array::from_fn(|label| if first(label) { 0 } else { IMPOSSIBLE });
        } else {
            for (number, (last, steps)) in (0u32..).zip(last.iter().zip(&steps)) {
                for label in 0..LABELS {
                    let score = last + steps[label];
                    let better = score > next[label];
                    next[label] = if better { score } else { next[label] };
                    from[label] = if better { number } else { from[label] };
                }
            }
        }
        let own: [i32; LABELS] =
            std::array::from_fn(|label| next[label].saturating_add(own[label]));
        let top = own.into_iter().max().unwrap_or(0);
        last = own.map(|score| score.saturating_sub(top).max(IMPOSSIBLE));
        back.push(from);
    }
    let mut label = (0..LABELS)
        .max_by_key(|&l| (last[l], LABELS - l))
        .unwrap_or(OUTSIDE);
    let mut labels = vec![OUTSIDE; back.len()];
    for at in (0..back.len()).rev() {
        labels[at] = label;
        label = back[at][label] as usize;
    }
    labels
}

fn lead(scores: &[Row<i32>], steps: &[Row<i32>; LABELS]) -> i32 {
    let before = ways(scores.iter(), |from, to| allowed(steps, from, to));
    let mut behind = ways(scores.iter().rev(), |from, to| allowed(steps, to, from));
    behind.reverse();
    let leads = scores
        .iter()
        .zip(before)
        .zip(behind)
        .map(|((own, before), behind)| {
            let mut whole: Row<i64> =
                std::array::from_fn(|l| before[l] + behind[l] - i64::from(own[l]));
            whole.sort_unstable();
            whole[LABELS - 1] - whole[LABELS - 2]
        });
    let least = leads.min().unwrap_or(i64::from(i32::MAX));
    i32::try_from(least).unwrap_or(i32::MAX)
}

/// For each word and label the best score of a way there, the word's own with it.
fn ways<'a>(
    scores: impl Iterator<Item = &'a Row<i32>>,
    step: impl Fn(usize, usize) -> Option<i32>,
) -> Vec<Row<i64>> {
    let mut out: Vec<Row<i64>> = Vec::new();
    for own in scores {
        let last = out.last().copied();
        out.push(std::array::from_fn(|to| {
            let ways = |last: Row<i64>| {
                let from =
                    (0..LABELS).filter_map(|from| Some(last[from] + i64::from(step(from, to)?)));
                from.max().unwrap_or(i64::from(IMPOSSIBLE))
            };
            i64::from(own[to]) + last.map_or(0, ways)
        }));
    }
    out
}

fn allowed<const N: usize>(steps: &[[i32; N]; N], from: usize, to: usize) -> Option<i32> {
    follows(from, to).then(|| steps[from][to])
}

/// Below every score that weights can make; three of it are still a number.
const IMPOSSIBLE: i32 = i32::MIN / 4;

/// Seven bits to a byte, the lowest first; the high bit says that more follow.
fn put_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).expect("seven bits");
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn take_number(from: &mut &[u8]) -> usize {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (&byte, rest) = from.split_first().expect("a model has all its numbers");
        *from = rest;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let mut last = [0; LABELS];
        last[4] = i16::MIN;
        let rows = [
            (3, [1, -2, 300, -400, 5, 6, 7, 8, -9]),
            (7, [0; LABELS]),
            (SLOTS - 1, last),
        ];
        let steps = std::array::from_fn(|i| [i16::try_from(i).expect("small"); LABELS]);
        let tagger = Tagger::new(rows.into_iter(), steps);
        let again = Tagger::from_bytes(&tagger.to_bytes());
        assert_eq!(again.weights, [rows[0].1, last]);
        assert_eq!(again.slots.all().collect::<Vec<_>>(), [3, SLOTS - 1]);
        assert_eq!(again.steps, tagger.steps);
    }

    #[test]
    fn the_lead_is_that_before_the_next_best_way() {
        // Alone: outside leads the first word by 5, a person the second by 3.
        let (mut first, mut second) = ([-100; LABELS], [-100; LABELS]);
        (first[OUTSIDE], first[1]) = (10, 5);
        (second[OUTSIDE], second[1]) = (1, 4);
        assert_eq!(lead(&[first, second], &[[0; LABELS]; LABELS]), 3);
        assert_eq!(lead(&[], &[[0; LABELS]; LABELS]), i32::MAX);
    }

    #[test]
    fn inside_follows_its_own_begin() {
        // The second word alone would be "inside of a place"; after a person it cannot be.
        let mut first = [0; LABELS];
        first[1] = 10;
        let mut second = [0; LABELS];
        (second[4], second[2]) = (9, 5);
        let labels = decode([first, second].into_iter(), &[[0; LABELS]; LABELS]);
        assert_eq!(labels, [1, 2]);
        assert!(decode(std::iter::empty(), &[[0; LABELS]; LABELS]).is_empty());
    }
}
