//! The same for wider instructions of x86-64. All `unsafe` of Madar is here, of two kinds: a function
//! that is compiled for an instruction set is called, which is sound since [`Level`](crate::Level) is
//! made by looking at the processor; and a vector is loaded from an array of its size.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use crate::matrix::{ACROSS, DEEP};
use crate::{Head, Matrix, Quantised};

pub(crate) fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
}

pub(crate) fn has_vnni() -> bool {
    has_avx2()
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vnni")
}

/// Functions of `float` compiled for an instruction set.
macro_rules! floats {
    ($features:literal) => {
        floats!($features, quantise(rows: &[f32], width: usize, bytes: &mut [u8], scales: &mut [f32]));
        floats!($features, scaled(sums: &[i32], rows: &[f32], scales: &[f32], bias: &[f32], out: &mut [f32]));
        floats!($features, normalise(rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32]));
        floats!($features, gelu(values: &mut [f32]));
        floats!($features, attend(head: Head, query: &[f32], keys: &[f32], values: &[f32], scores: &mut [f32], out: &mut [f32]));
    };
    ($features:literal, $name:ident($($argument:ident: $type:ty),*)) => {
        pub(crate) fn $name($($argument: $type),*) {
            #[target_feature(enable = $features)]
            fn compiled($($argument: $type),*) {
                crate::float::$name($($argument),*);
            }
            // SAFETY: the level was found on this processor.
            unsafe { compiled($($argument),*) }
        }
    };
}

pub(crate) mod avx2 {
    use super::*;

    floats!("avx2");

    /// Rows that are worked on together: each weight is loaded once for them.
    const ROWS: usize = 2;

    pub(crate) fn sums(rows: &Quantised, matrix: &Matrix, out: &mut [i32]) {
        // SAFETY: the level was found on this processor.
        unsafe { all(rows, matrix, out) }
    }

    #[target_feature(enable = "avx2")]
    fn all(rows: &Quantised, matrix: &Matrix, out: &mut [i32]) {
        let (inputs, outputs) = (matrix.inputs(), matrix.outputs());
        let pairs = rows
            .bytes
            .chunks(inputs * ROWS)
            .zip(out.chunks_mut(outputs * ROWS));
        for (rows, out) in pairs {
            // A last single row is worked on twice.
            let last = rows.len() / inputs - 1;
            let row = |at: usize| &rows[at.min(last) * inputs..][..inputs];
            for (group, weights) in matrix.packed.chunks_exact(inputs * ACROSS).enumerate() {
                let sums = tile([row(0), row(1)], weights);
                for (at, sums) in sums.iter().enumerate().take(last + 1) {
                    let from = at * outputs + group * ACROSS;
                    let offsets = &matrix.offsets[group * ACROSS..];
                    for ((out, sum), offset) in
                        out[from..from + ACROSS].iter_mut().zip(sums).zip(offsets)
                    {
                        *out = sum - offset;
                    }
                }
            }
        }
    }

    /// Products of pairs as 16-bit numbers: 255 · 127 · 2 would not fit the sums of bytes.
    #[target_feature(enable = "avx2")]
    fn tile(rows: [&[u8]; ROWS], weights: &[i8]) -> [[i32; ACROSS]; ROWS] {
        // Each vector holds two sums for four outputs.
        let mut sums = [[_mm256_setzero_si256(); 4]; ROWS];
        let (blocks, _) = weights.as_chunks::<{ ACROSS * DEEP }>();
        for (at, block) in blocks.iter().enumerate() {
            let (quarters, _) = block.as_chunks::<16>();
            let inputs = rows.map(|row| {
                let four = row[at * DEEP..]
                    .first_chunk()
                    .expect("rows are as long as weights");
                let four = _mm_set1_epi32(i32::from_le_bytes(*four));
                _mm256_cvtepu8_epi16(four)
            });
            for (quarter, weights) in quarters.iter().enumerate() {
                let weights = _mm256_cvtepi8_epi16(load(weights));
                for (sums, inputs) in sums.iter_mut().zip(inputs) {
                    let products = _mm256_madd_epi16(weights, inputs);
                    sums[quarter] = _mm256_add_epi32(sums[quarter], products);
                }
            }
        }
        sums.map(|sums| {
            let mut out = [0; ACROSS];
            for (quarter, sums) in sums.into_iter().enumerate() {
                let pairs: [i32; 8] = lanes(sums);
                for output in 0..4 {
                    out[quarter * 4 + output] = pairs[2 * output] + pairs[2 * output + 1];
                }
            }
            out
        })
    }

    #[target_feature(enable = "avx2")]
    fn load(bytes: &[i8; 16]) -> __m128i {
        // SAFETY: sixteen bytes are there, and the load needs no alignment.
        unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx2")]
    fn lanes(vector: __m256i) -> [i32; 8] {
        let mut out = [0; 8];
        // SAFETY: eight numbers have room for a vector, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(out.as_mut_ptr().cast(), vector) }
        out
    }
}

pub(crate) mod vnni {
    use super::*;

    floats!("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni");

    /// Rows and groups of outputs that are worked on together: 8 × 2 sums of the 32 registers.
    const ROWS: usize = 8;
    const GROUPS: usize = 2;

    pub(crate) fn sums(rows: &Quantised, matrix: &Matrix, out: &mut [i32]) {
        // SAFETY: the level was found on this processor.
        unsafe { all(rows, matrix, out) }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn all(rows: &Quantised, matrix: &Matrix, out: &mut [i32]) {
        let (inputs, outputs) = (matrix.inputs(), matrix.outputs());
        let whole = outputs / (ACROSS * GROUPS) * (ACROSS * GROUPS);
        for first in (0..whole).step_by(ACROSS * GROUPS) {
            let weights = &matrix.packed[first * inputs..][..inputs * ACROSS * GROUPS];
            let (a, b) = weights.split_at(inputs * ACROSS);
            columns(rows, [a, b], matrix, first, out);
        }
        if whole < outputs {
            let weights = &matrix.packed[whole * inputs..];
            columns(rows, [weights], matrix, whole, out);
        }
    }

    /// All rows against some groups of outputs, whose weights stay in the nearest cache.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn columns<const G: usize>(
        rows: &Quantised,
        weights: [&[i8]; G],
        matrix: &Matrix,
        first: usize,
        out: &mut [i32],
    ) {
        let (inputs, outputs) = (matrix.inputs(), matrix.outputs());
        let offsets: [__m512i; G] = std::array::from_fn(|group| {
            let from = first + group * ACROSS;
            load(
                matrix.offsets[from..]
                    .first_chunk()
                    .expect("an offset to an output"),
            )
        });
        let blocks = rows
            .bytes
            .chunks(inputs * ROWS)
            .zip(out.chunks_mut(outputs * ROWS));
        for (rows, out) in blocks {
            // A short last block repeats its last row.
            let last = rows.len() / inputs - 1;
            let rows: [&[u8]; ROWS] =
                std::array::from_fn(|at| &rows[at.min(last) * inputs..][..inputs]);
            let sums = tile(rows, weights);
            for (at, sums) in sums.into_iter().enumerate().take(last + 1) {
                for (group, sum) in sums.into_iter().enumerate() {
                    let from = at * outputs + first + group * ACROSS;
                    let room = out[from..].first_chunk_mut().expect("room for the outputs");
                    store(room, _mm512_sub_epi32(sum, offsets[group]));
                }
            }
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn tile<const G: usize>(rows: [&[u8]; ROWS], weights: [&[i8]; G]) -> [[__m512i; G]; ROWS] {
        let mut sums = [[_mm512_setzero_si512(); G]; ROWS];
        let weights = weights.map(|w| w.as_chunks::<{ ACROSS * DEEP }>().0);
        let rows = rows.map(|row| row.as_chunks::<DEEP>().0);
        let count = rows[0].len();
        // Lengths told once, so that no bound is looked at within the loop.
        let weights = weights.map(|w| &w[..count]);
        let rows = rows.map(|row| &row[..count]);
        for at in 0..count {
            let weights: [__m512i; G] =
                std::array::from_fn(|group| load_bytes(&weights[group][at]));
            for (sums, row) in sums.iter_mut().zip(rows) {
                let four = _mm512_set1_epi32(i32::from_le_bytes(row[at]));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm512_dpbusd_epi32(*sum, four, weights);
                }
            }
        }
        sums
    }

    #[target_feature(enable = "avx512f")]
    fn load_bytes(bytes: &[i8; 64]) -> __m512i {
        // SAFETY: 64 bytes are there, and the load needs no alignment.
        unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx512f")]
    fn load(numbers: &[i32; 16]) -> __m512i {
        // SAFETY: 16 numbers are there, and the load needs no alignment.
        unsafe { _mm512_loadu_si512(numbers.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx512f")]
    fn store(room: &mut [i32; 16], vector: __m512i) {
        // SAFETY: there is room for 16 numbers, and the store needs no alignment.
        unsafe { _mm512_storeu_si512(room.as_mut_ptr().cast(), vector) }
    }
}
