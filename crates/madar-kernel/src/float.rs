//! Arithmetic of floats in a fixed order. Everything is inlined into its callers in `x86`, where it
//! is compiled once more for wider instructions; lanes and order stay.

use crate::{Head, LANES};

/// Largest byte of a quantised row.
const LARGEST: f32 = 127.0;

/// 1.5 · 2²³: what is added to it is rounded to a whole number, which stands in its low bits.
const ROUNDER: f32 = 12_582_912.0;

#[inline(always)]
pub(crate) fn quantise(rows: &[f32], width: usize, bytes: &mut [u8], scales: &mut [f32]) {
    let out = bytes.chunks_exact_mut(width).zip(scales);
    for (row, (bytes, scale)) in rows.chunks_exact(width).zip(out) {
        let mut lanes = [0f32; LANES];
        let (chunks, rest) = row.as_chunks::<LANES>();
        for chunk in chunks {
            for (lane, x) in lanes.iter_mut().zip(chunk) {
                let size = x.abs();
                *lane = if size > *lane { size } else { *lane };
            }
        }
        let largest = lanes.into_iter().chain(rest.iter().map(|x| x.abs()));
        let largest = largest.fold(0f32, |a, b| if b > a { b } else { a });
        *scale = largest / LARGEST;
        let by = if largest > 0.0 {
            LARGEST / largest
        } else {
            0.0
        };
        for (byte, x) in bytes.iter_mut().zip(row) {
            // Between -127 and 127, then from 1 to 255.
            let bits = (x * by + ROUNDER).to_bits();
            *byte = (bits.wrapping_add(128) & 0xff) as u8;
        }
    }
}

#[inline(always)]
pub(crate) fn scaled(sums: &[i32], rows: &[f32], scales: &[f32], bias: &[f32], out: &mut [f32]) {
    let width = scales.len();
    let pairs = sums.chunks_exact(width).zip(out.chunks_exact_mut(width));
    for ((sums, out), row) in pairs.zip(rows) {
        let columns = scales.iter().zip(bias);
        for ((out, sum), (scale, bias)) in out.iter_mut().zip(sums).zip(columns) {
            *out = *sum as f32 * (row * scale) + bias;
        }
    }
}

#[inline(always)]
pub(crate) fn normalise(rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32]) {
    let width = weight.len();
    for (row, more) in rows.chunks_exact_mut(width).zip(more.chunks_exact(width)) {
        for (x, y) in row.iter_mut().zip(more) {
            *x += y;
        }
        let count = width as f32;
        let mean = sum(row, |x| x) / count;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
        // Keeps a row of equal numbers from a division by zero.
        let by = 1.0 / (variance + 1e-12).sqrt();
        for (x, (weight, bias)) in row.iter_mut().zip(weight.iter().zip(bias)) {
            *x = (*x - mean) * by * weight + bias;
        }
    }
}

/// The sum over a row, lane by lane, then of the lanes in pairs.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += of(*x);
    }
    added(lanes)
}

#[inline(always)]
fn added(mut lanes: [f32; LANES]) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for at in 0..half {
            lanes[at] += lanes[at + half];
        }
        half /= 2;
    }
    lanes[0]
}

#[inline(always)]
pub(crate) fn gelu(values: &mut [f32]) {
    for x in values {
        *x = 0.5 * *x * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2));
    }
}

/// Abramowitz and Stegun 7.1.26: wrong by 1.5e-7 at most.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let line = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t
        + 0.254_829_6)
        * t;
    let own = 1.0 - line * exp(-size * size);
    own.copysign(x)
}

/// eˣ for x up to 0, by 2ⁿ and a polynomial between; wrong in the seventh digit.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // Below, the result is nothing beside 1 and its exponent would leave its bits.
    let x = if x < -80.0 { -80.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
    let whole = shifted - ROUNDER;
    // ln 2 in two parts, the first of few bits: their products with small whole numbers are exact.
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let line = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5
                        + rest
                            * (0.166_666_67
                                + rest
                                    * (0.041_666_67
                                        + rest * (0.008_333_334 + rest * 0.001_388_889)))));
    let exponent = shifted.to_bits().wrapping_add(127) << 23;
    line * f32::from_bits(exponent)
}

#[inline(always)]
pub(crate) fn attend(
    head: Head,
    query: &[f32],
    keys: &[f32],
    values: &[f32],
    scores: &mut [f32],
    out: &mut [f32],
) {
    let stride = scores.len();
    let size = (head.size as f32).sqrt();
    for (q, keys) in query.iter().zip(keys.chunks_exact(stride)) {
        let q = q / size;
        for (score, key) in scores.iter_mut().zip(keys) {
            *score += q * key;
        }
    }
    let scores = &mut scores[..head.keys];
    let largest = scores
        .iter()
        .fold(f32::MIN, |a, &b| if b > a { b } else { a });
    for score in scores.iter_mut() {
        *score = exp(*score - largest);
    }
    let by = 1.0 / sum(scores, |x| x);
    out.fill(0.0);
    for (score, values) in scores.iter().zip(values.chunks_exact(head.size)) {
        for (out, value) in out.iter_mut().zip(values) {
            *out += score * value;
        }
    }
    for out in out {
        *out *= by;
    }
}
