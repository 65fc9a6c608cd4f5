//! The law of this crate: every level gives the same bits.

use madar_kernel::{Head, LANES, Level, Matrix, Quantised};
use proptest::prelude::*;

/// Numbers like those of a network: small ones, and a few far out.
fn floats(count: usize) -> impl Strategy<Value = Vec<f32>> {
    let number = prop_oneof![8 => -3f32..3.0, 1 => -60f32..60.0, 1 => Just(0.0)];
    prop::collection::vec(number, count)
}

fn bits(floats: &[f32]) -> Vec<u32> {
    floats.iter().map(|f| f.to_bits()).collect()
}

/// What each level makes, as bits.
fn same(of: impl Fn(Level) -> Vec<f32>) {
    let expected = bits(&of(Level::Portable));
    for level in Level::all() {
        assert_eq!(bits(&of(level)), expected, "{level:?}");
    }
}

proptest! {
    #[test]
    fn products(rows in 1usize..20, deep in 1usize..20, groups in 1usize..6, seed in any::<u64>()) {
        let (inputs, outputs) = (deep * 4, groups * 16);
        let mut state = seed | 1;
        let mut next = || { state ^= state << 13; state ^= state >> 7; state ^= state << 17; state };
        let weights: Vec<i8> = (0..inputs * outputs).map(|_| (next() % 255) as i8).collect();
        let scales: Vec<f32> = (0..outputs).map(|_| (next() % 1000) as f32 / 1e5).collect();
        let bias: Vec<f32> = (0..outputs).map(|_| (next() % 100) as f32 / 50.0).collect();
        let values: Vec<f32> = (0..rows * inputs).map(|_| (next() % 2001) as f32 / 300.0 - 3.3).collect();
        let matrix = Matrix::new(inputs, &weights, scales, bias);
        same(|level| {
            let (mut bytes, mut sums, mut out) = (Quantised::default(), Vec::new(), Vec::new());
            level.quantise(&values, inputs, &mut bytes);
            level.product(&bytes, &matrix, &mut sums, &mut out);
            out
        });
    }

    #[test]
    fn normalising(rows in 1usize..4, width in 1usize..60, seed in floats(512)) {
        let take = |from: usize, count: usize| seed.iter().cycle().skip(from).take(count).copied().collect::<Vec<_>>();
        let (more, weight, bias) = (take(3, rows * width), take(7, width), take(11, width));
        same(|level| {
            let mut out = take(0, rows * width);
            level.normalise(&mut out, &more, &weight, &bias);
            out
        });
    }

    #[test]
    fn activations(values in floats(70)) {
        same(|level| {
            let mut out = values.clone();
            level.gelu(&mut out);
            out
        });
    }

    #[test]
    fn attention(keys in 1usize..50, size in 1usize..5, seed in floats(997)) {
        let size = size * 8;
        let stride = keys.next_multiple_of(LANES);
        let take = |from: usize, count: usize| seed.iter().cycle().skip(from).take(count).copied().collect::<Vec<_>>();
        let (query, key, value) = (take(0, size), take(5, size * stride), take(9, keys * size));
        same(|level| {
            let (mut scores, mut out) = (Vec::new(), vec![0.0; size]);
            level.attend(Head { size, keys }, (&query, &key, &value), &mut scores, &mut out);
            out
        });
    }
}

#[test]
fn a_product_is_what_it_should_be() {
    // Two inputs matter; the rest are zero. 0.5 · 2 + 1 · (-3) + 1 = -1
    let mut weights = vec![0i8; 4 * 16];
    (weights[0], weights[1]) = (2, -3);
    let mut bias = vec![0.0; 16];
    bias[0] = 1.0;
    let matrix = Matrix::new(4, &weights, vec![1.0; 16], bias);
    for level in Level::all() {
        let (mut bytes, mut sums, mut out) = (Quantised::default(), Vec::new(), Vec::new());
        level.quantise(&[0.5, 1.0, 0.0, 0.0], 4, &mut bytes);
        level.product(&bytes, &matrix, &mut sums, &mut out);
        assert!((out[0] + 1.0).abs() < 0.02, "{}", out[0]);
        assert!(out[1..].iter().all(|&x| x == 0.0));
    }
}

#[test]
fn functions_are_what_they_should_be() {
    let mut values = [-8.0, -1.0, 0.0, 0.5, 1.0, 3.0, 20.0];
    let expected = [
        -0.0,
        -0.158_655_25,
        0.0,
        0.345_731_23,
        0.841_344_7,
        2.995_950_3,
        20.0,
    ];
    Level::best().gelu(&mut values);
    for (value, expected) in values.iter().zip(expected) {
        assert!((value - expected).abs() < 1e-6, "{value} {expected}");
    }
    // Two keys alike: half of each value; the third far off.
    let (mut scores, mut out) = (Vec::new(), vec![0.0; 8]);
    let mut keys = vec![0.0; 8 * LANES];
    keys[2] = -400.0;
    let values: Vec<f32> = [1.0, 3.0, 100.0].iter().flat_map(|&v| [v; 8]).collect();
    let query = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    Level::best().attend(
        Head { size: 8, keys: 3 },
        (&query, &keys, &values),
        &mut scores,
        &mut out,
    );
    assert!(out.iter().all(|x| (x - 2.0).abs() < 1e-5), "{out:?}");
}
