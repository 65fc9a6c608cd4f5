//! The two models of a language, names and descriptions, as the reader uses them: they look at the same
//! features, so one row holds the weights of both and is fetched once.
//!
//! A weight takes a byte; those of a row that needs more are halved until they fit.

use super::{LABELS, Rows, SLOTS, Tagger, decode};

/// Bytes of a row: half a line of the processor's cache.
const WIDTH: usize = 32;

/// Weights by slot; most slots are used.
pub(crate) struct Both<const N: usize> {
    rows: Vec<Weights>,
    steps: [[i32; LABELS]; LABELS],
    described: [[i32; N]; N],
}

/// The weights of one feature: of names, of descriptions, and last how often they were halved.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Weights([i8; WIDTH]);

impl<const N: usize> Both<N> {
    pub(crate) fn new(names: &Tagger, descriptions: &Tagger<N>) -> Self {
        const { assert!(LABELS + N < WIDTH, "a row has room for all labels") };
        let mut all = vec![[0i16; WIDTH]; SLOTS];
        for (slot, own) in names.slots.all().zip(&names.weights) {
            all[slot][..LABELS].copy_from_slice(own);
        }
        for (slot, own) in descriptions.slots.all().zip(&descriptions.weights) {
            all[slot][LABELS..LABELS + N].copy_from_slice(own);
        }
        Self {
            rows: all.into_iter().map(Weights::new).collect(),
            steps: names.steps,
            described: descriptions.steps,
        }
    }

    /// The best labels of names and of descriptions for the words of a sentence.
    pub(crate) fn tag(&self, rows: &Rows) -> (Vec<usize>, Vec<usize>) {
        let scores: Vec<[i32; WIDTH]> = rows.iter().map(|row| self.scores(row)).collect();
        let names = scores.iter().map(|own| part(own, 0));
        let descriptions = scores.iter().map(|own| part(own, LABELS));
        (
            decode(names, &self.steps),
            decode(descriptions, &self.described),
        )
    }

    fn scores(&self, slots: &[u32]) -> [i32; WIDTH] {
        let mut scores = [0i32; WIDTH];
        for &slot in slots {
            let own = &self.rows[slot as usize].0;
            let halved = own[WIDTH - 1];
            for (score, weight) in scores.iter_mut().zip(own) {
                *score = score.wrapping_add(i32::from(*weight) << halved);
            }
        }
        scores
    }
}

impl Weights {
    fn new(own: [i16; WIDTH]) -> Self {
        // The bits that some weight needs, its sign aside.
        let bits = own.iter().fold(0, |bits, &w| bits | (w ^ (w >> 15)));
        let halved = bits >> 7;
        let halved = 16 - halved.leading_zeros();
        #[allow(clippy::cast_possible_truncation)] // seven bits and the sign are left
        let mut row = own.map(|w| (w >> halved) as i8);
        row[WIDTH - 1] = i8::try_from(halved).expect("sixteen at most");
        Self(row)
    }
}

fn part<const N: usize>(scores: &[i32; WIDTH], from: usize) -> [i32; N] {
    std::array::from_fn(|label| scores[from + label])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn great_weights_are_halved_and_small_ones_kept() {
        let mut own = [0i16; WIDTH];
        (own[0], own[3]) = (127, -128);
        assert_eq!(Weights::new(own).0[..4], [127, 0, 0, -128]);
        own[5] = 1000;
        let row = Weights::new(own).0;
        assert_eq!((row[0], row[3], row[5], row[WIDTH - 1]), (15, -16, 125, 3));
        own[6] = i16::MIN;
        assert_eq!(Weights::new(own).0[6], -128);
    }
}
