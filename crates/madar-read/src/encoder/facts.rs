//! What the network says of the mentions of a sentence, alone and two by two: which kind of fact, which
//! roles, how it is held. The words of every mention are marked with its sort before the upper layers read them
//! (after Zhong and Chen 2021, all mentions at once). A mention then is the mean of the states of its words;
//! beside it stand the mean of what lies between two, and of the sentence (after Wadden et al. 2019, without
//! their graphs).

use madar_kernel::{Level, Matrix, Quantised};

use super::RawMatrix;
use crate::reading::EntityKind;
use crate::told::{Said, Spot, Told, spot_kind};

/// Width of what is known of a pair before its labels are scored.
pub const WIDTH: usize = 192;
/// Each kind of mention once described and once named.
pub const SORTS: usize = 2 * EntityKind::ALL.len();
/// Labels of words: outside, then begin and inside of a description of each kind.
pub const DESCRIBED: usize = 1 + 2 * EntityKind::ALL.len();
/// Steps of distance, and of how many mentions lie between.
pub const DISTANCES: usize = 8;
pub const CROSSED: usize = 4;
/// Words between two mentions up to which each step of distance goes; what is further has the last.
const STEPS: [usize; 6] = [0, 1, 2, 4, 8, 16];

/// The fact heads as they are learned. A row of floats to an output ends with its bias.
#[derive(Clone)]
pub struct RawFacts {
    /// A mention as the first of two, as the second, alone; a sentence around two, around one; what
    /// lies between.
    pub mention: RawMatrix,
    pub sentence: RawMatrix,
    pub between: RawMatrix,
    /// Between what is known of a pair and its labels; the same of a mention alone.
    pub deep: [RawMatrix; 2],
    pub described: Vec<f32>,
    /// Rows that are added to the words of a mention: for each sort where it begins, and inside.
    pub marks: Vec<f32>,
    pub pairs: Vec<f32>,
    pub singles: Vec<f32>,
    /// By sort, for the first of two, the second, one alone.
    pub sorts: [Vec<f32>; 3],
    pub distances: Vec<f32>,
    pub crossed: Vec<f32>,
}

pub(super) struct Facts {
    pub(super) mention: Matrix,
    pub(super) sentence: Matrix,
    pub(super) between: Matrix,
    pub(super) deep: [Matrix; 2],
    pub(super) described: Vec<f32>,
    pub(super) marks: Vec<f32>,
    pub(super) pairs: Vec<f32>,
    pub(super) singles: Vec<f32>,
    pub(super) sorts: [Vec<f32>; 3],
    pub(super) distances: Vec<f32>,
    pub(super) crossed: Vec<f32>,
}

impl Facts {
    /// What is added to the words of a mention, each with its number in the sentence.
    pub(super) fn marks(&self, spot: &Spot) -> impl Iterator<Item = (usize, &[f32])> {
        let hidden = self.mention.inputs();
        let row = 2 * sort(spot);
        (spot.from..spot.to).map(move |word| {
            let row = row + usize::from(word > spot.from);
            (word, &self.marks[row * hidden..][..hidden])
        })
    }

    /// `words` are the states of the sentence's words; pairs are of numbers of spots, the first stands first.
    pub(super) fn said(
        &self,
        level: Level,
        words: &[f32],
        spots: &[Spot],
        pairs: &[(usize, usize)],
    ) -> Said {
        let hidden = self.mention.inputs();
        let mut room = Room::default();
        let means: Vec<f32> = spots
            .iter()
            .flat_map(|spot| mean(words, hidden, spot.from, spot.to))
            .collect();
        let mentions = room.product(level, &means, &self.mention);
        let around = mean(words, hidden, 0, words.len() / hidden);
        let sentence = room.product(level, &around, &self.sentence);
        let gaps: Vec<f32> = pairs
            .iter()
            .flat_map(|&(a, b)| mean(words, hidden, spots[a].to, spots[b].from.max(spots[a].to)))
            .collect();
        let between = room.product(level, &gaps, &self.between);
        let part = |mention: usize, which: usize| {
            let at = (3 * mention + which) * WIDTH;
            &mentions[at..at + WIDTH]
        };
        let row = |table: &'_ [f32], at: usize| table[at * WIDTH..(at + 1) * WIDTH].to_vec();
        let of_pairs = pairs.iter().enumerate().map(|(at, &(a, b))| {
            let (first, second) = (&spots[a], &spots[b]);
            let crossed = spots
                .iter()
                .filter(|s| first.to <= s.from && s.to <= second.from)
                .count();
            let parts = [
                part(a, 0),
                part(b, 1),
                &between[at * WIDTH..][..WIDTH],
                &sentence[..WIDTH],
                &row(&self.sorts[0], sort(first)),
                &row(&self.sorts[1], sort(second)),
                &row(&self.distances, distance(first, second)),
                &row(&self.crossed, crossed.min(CROSSED - 1)),
            ];
            known(&parts)
        });
        let known_pairs: Vec<f32> = of_pairs.flatten().collect();
        let singles = spots.iter().enumerate().map(|(at, spot)| {
            let parts = [
                part(at, 2),
                &sentence[WIDTH..],
                &row(&self.sorts[2], sort(spot)),
            ];
            known(&parts)
        });
        let singles: Vec<f32> = singles.flatten().collect();
        let mut told = |known: &[f32], which: usize, rows: &[f32]| -> Vec<Told> {
            let deep = room.product(level, known, &self.deep[which]);
            let known: Vec<f32> = known
                .iter()
                .zip(deep)
                .map(|(x, d)| x + d.max(0.0))
                .collect();
            let scores = known.chunks_exact(WIDTH).map(|x| super::scored(x, rows));
            scores.map(Told::new).collect()
        };
        Said {
            pairs: told(&known_pairs, 0, &self.pairs),
            singles: told(&singles, 1, &self.singles),
        }
    }
}

fn sort(spot: &Spot) -> usize {
    2 * spot_kind(spot.kind) + usize::from(spot.named)
}

fn distance(first: &Spot, second: &Spot) -> usize {
    let Some(gap) = second.from.checked_sub(first.to) else {
        return 0;
    };
    1 + STEPS
        .iter()
        .position(|&most| gap <= most)
        .unwrap_or(STEPS.len())
}

/// The sum of the parts, nothing below zero.
fn known(parts: &[&[f32]]) -> Vec<f32> {
    let mut known = vec![0.0; WIDTH];
    for part in parts {
        known.iter_mut().zip(*part).for_each(|(x, p)| *x += p);
    }
    known.iter_mut().for_each(|x| *x = x.max(0.0));
    known
}

fn mean(words: &[f32], hidden: usize, from: usize, to: usize) -> Vec<f32> {
    let mut out = vec![0.0; hidden];
    for word in words[from * hidden..to * hidden].chunks_exact(hidden) {
        out.iter_mut().zip(word).for_each(|(sum, x)| *sum += x);
    }
    let count = (to - from).max(1) as f32;
    out.iter_mut().for_each(|x| *x /= count);
    out
}

#[derive(Default)]
struct Room {
    bytes: Quantised,
    sums: Vec<i32>,
}

impl Room {
    fn product(&mut self, level: Level, rows: &[f32], matrix: &Matrix) -> Vec<f32> {
        let mut out = Vec::new();
        if !rows.is_empty() {
            level.quantise(rows, matrix.inputs(), &mut self.bytes);
            level.product(&self.bytes, matrix, &mut self.sums, &mut out);
        }
        out
    }
}
