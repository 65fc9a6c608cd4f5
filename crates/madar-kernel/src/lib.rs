//! Arithmetic of a small network, with the same bits on every processor.
//!
//! Matrix products are of whole numbers, so their order does not matter. All else is single-precision
//! arithmetic in a fixed order: additions, multiplications, divisions and square roots only, which
//! IEEE 754 rounds in one way; no fused operations, no library functions. What differs between
//! processors is how many lanes an instruction has, and sums run over [`LANES`] lanes everywhere.
//!
//! Madar's own because what there is gives the choice of speed or sameness: libraries of floating-point
//! products choose their order of summation by processor. It knows no model and no text.

mod float;
mod matrix;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use matrix::{Matrix, Quantised};

/// Partial sums that every sum of floats is made of.
pub const LANES: usize = 16;

/// Keys and values of one head: how many floats a key has, how many keys there are.
#[derive(Clone, Copy)]
pub struct Head {
    pub size: usize,
    pub keys: usize,
}

/// Instructions that are used. The results do not depend on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// What every processor has.
    Portable,
    /// x86-64 with AVX2.
    Avx2,
    /// x86-64 with AVX-512 and its dot products of bytes.
    Vnni,
}

impl Level {
    /// The best that this processor has.
    pub fn best() -> Self {
        Self::all().pop().unwrap_or(Level::Portable)
    }

    /// All that this processor has, the best last.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Level::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if x86::has_avx2() {
                all.push(Level::Avx2);
            }
            if x86::has_vnni() {
                all.push(Level::Vnni);
            }
        }
        all
    }
}

/// Calls a function of `float` compiled for the level.
macro_rules! by_level {
    ($level:expr, $name:ident($($argument:expr),*)) => {
        match $level {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => x86::avx2::$name($($argument),*),
            #[cfg(target_arch = "x86_64")]
            Level::Vnni => x86::vnni::$name($($argument),*),
            _ => float::$name($($argument),*),
        }
    };
}

impl Level {
    /// Rows of floats to bytes, each row with its scale.
    pub fn quantise(self, rows: &[f32], width: usize, out: &mut Quantised) {
        out.reset(rows.len() / width, width);
        by_level!(self, quantise(rows, width, &mut out.bytes, &mut out.scales));
    }

    /// `out` = rows × matrix + bias; `out` holds a row of the matrix's outputs for each of `rows`.
    ///
    /// # Panics
    /// If the sizes do not fit.
    pub fn product(
        self,
        rows: &Quantised,
        matrix: &Matrix,
        sums: &mut Vec<i32>,
        out: &mut Vec<f32>,
    ) {
        assert_eq!(
            rows.width,
            matrix.inputs(),
            "rows are as wide as the matrix is high"
        );
        sums.clear();
        sums.resize(rows.scales.len() * matrix.outputs(), 0);
        match self {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => x86::avx2::sums(rows, matrix, sums),
            #[cfg(target_arch = "x86_64")]
            Level::Vnni => x86::vnni::sums(rows, matrix, sums),
            _ => matrix.sums(rows, sums),
        }
        out.clear();
        out.resize(sums.len(), 0.0);
        by_level!(
            self,
            scaled(sums, &rows.scales, matrix.scales(), matrix.bias(), out)
        );
    }

    /// `rows` = rows + `more`, each row then to mean 0 and variance 1, times `weight`, plus `bias`.
    pub fn normalise(self, rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32]) {
        by_level!(self, normalise(rows, more, weight, bias));
    }

    /// x · Φ(x) of each.
    pub fn gelu(self, values: &mut [f32]) {
        by_level!(self, gelu(values));
    }

    /// What one query of a head sees: the values (`keys` rows of `size`) in the weights of its likeness to the
    /// keys, which stand transposed (`size` rows of `keys`). `scores` is room to work in.
    pub fn attend(
        self,
        head: Head,
        (query, keys, values): (&[f32], &[f32], &[f32]),
        scores: &mut Vec<f32>,
        out: &mut [f32],
    ) {
        scores.clear();
        scores.resize(head.keys.next_multiple_of(LANES), 0.0);
        by_level!(self, attend(head, query, keys, values, scores, out));
    }
}
