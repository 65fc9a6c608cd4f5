//! Finds names in the words of a sentence: a linear sequence model with hashed features, integer
//! weights and Viterbi decoding, one model to a language. An averaged perceptron trains it
//! (Collins 2002); features follow Ratinov and Roth (2009) where they need no gazetteer of the test.

use madar_text::{Lang, TokenKind};
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::words::{Sentence, Word};

/// Labels: outside, then begin and inside of person, place, organisation, other name.
pub const LABELS: usize = 9;
pub const OUTSIDE: usize = 0;

/// Slots of the feature table; a power of two. 2^17 slots of nine weights are 2.3 MB as i16.
pub const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 17;

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
pub struct Tagger {
    weights: Vec<[i16; LABELS]>,
    steps: [[i16; LABELS]; LABELS],
}

impl Tagger {
    pub fn new(weights: Vec<[i16; LABELS]>, steps: [[i16; LABELS]; LABELS]) -> Self {
        assert_eq!(weights.len(), SLOTS, "a model has one row to a slot");
        Self { weights, steps }
    }

    /// Reads a model: zstd over `steps`, then pairs of slot and row, little-endian.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        let raw = zstd::decode_all(bytes).expect("the model is part of the program");
        let mut at = raw
            .chunks_exact(2)
            .map(|b| i16::from_le_bytes([b[0], b[1]]));
        let mut row = || -> Option<[i16; LABELS]> {
            let mut row = [0; LABELS];
            for cell in &mut row {
                *cell = at.next()?;
            }
            Some(row)
        };
        let steps = std::array::from_fn(|_| row().expect("a model begins with its steps"));
        let mut weights = vec![[0; LABELS]; SLOTS];
        for slot in &mut weights {
            let Some(next) = row() else { break };
            *slot = next;
        }
        Self { weights, steps }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let rows = self.steps.iter().chain(&self.weights).flatten();
        let raw: Vec<u8> = rows.flat_map(|w| w.to_le_bytes()).collect();
        zstd::encode_all(&raw[..], 19).expect("memory takes all bytes")
    }

    /// The best labels for the words of a sentence; `hints` is one gazetteer hint to a word.
    pub fn tag(&self, sentence: &Sentence, hints: &[u8]) -> Vec<usize> {
        self.tag_rows(&features(sentence, hints))
    }

    /// The same from feature slots.
    pub fn tag_rows(&self, rows: &[Vec<u32>]) -> Vec<usize> {
        decode(
            rows.iter().map(|row| {
                let mut scores = [0i32; LABELS];
                for &slot in row {
                    for (score, weight) in scores.iter_mut().zip(&self.weights[slot as usize]) {
                        *score += i32::from(*weight);
                    }
                }
                scores
            }),
            &self.steps,
        )
    }
}

/// Viterbi over scores of words and steps.
pub fn decode(
    scores: impl Iterator<Item = [i32; LABELS]>,
    steps: &[[i16; LABELS]; LABELS],
) -> Vec<usize> {
    let mut best: Option<[i32; LABELS]> = None;
    let mut back: Vec<[usize; LABELS]> = Vec::new();
    for own in scores {
        let mut next = [i32::MIN / 2; LABELS];
        let mut from = [OUTSIDE; LABELS];
        for label in 0..LABELS {
            match &best {
                None if begins(label) || label == OUTSIDE => next[label] = own[label],
                None => {}
                Some(best) => {
                    for before in 0..LABELS {
                        let score = best[before] + i32::from(steps[before][label]) + own[label];
                        if follows(before, label) && score > next[label] {
                            next[label] = score;
                            from[label] = before;
                        }
                    }
                }
            }
        }
        best = Some(next);
        back.push(from);
    }
    let Some(last) = best else { return Vec::new() };
    let mut label = (0..LABELS)
        .max_by_key(|&l| (last[l], LABELS - l))
        .unwrap_or(OUTSIDE);
    let mut labels = vec![OUTSIDE; back.len()];
    for at in (0..back.len()).rev() {
        labels[at] = label;
        label = back[at][label];
    }
    labels
}

/// Feature slots of each word.
pub fn features(sentence: &Sentence, hints: &[u8]) -> Vec<Vec<u32>> {
    let words = &sentence.words;
    let mut quoted = false;
    let mut out = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        match word.fold.as_str() {
            "«" | "“" | "„" => quoted = true,
            "»" | "”" => quoted = false,
            "\"" => quoted = !quoted,
            _ => {}
        }
        out.push(word_features(sentence, at, hints, quoted));
    }
    out
}

fn word_features(sentence: &Sentence, at: usize, hints: &[u8], quoted: bool) -> Vec<u32> {
    let words = &sentence.words;
    let mut slots = Vec::with_capacity(48);
    let mut add = |name: u8, value: &dyn Fn(&mut FxHasher)| {
        let mut hasher = FxHasher::default();
        name.hash(&mut hasher);
        value(&mut hasher);
        let mixed = hasher.finish().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        slots.push(u32::try_from(mixed >> (64 - SLOT_BITS)).expect("as many bits as slots need"));
    };
    let near = |step: isize| at.checked_add_signed(step).and_then(|i| words.get(i));
    let word = &words[at];
    add(0, &|h| 0u8.hash(h));
    for (name, step) in [(1, -2), (2, -1), (3, 0), (4, 1), (5, 2)] {
        add(name, &|h| near(step).map(|w| w.fold.as_str()).hash(h));
        add(name + 10, &|h| near(step).map(shape).hash(h));
        let hint = at
            .checked_add_signed(step)
            .and_then(|i| hints.get(i))
            .copied()
            .unwrap_or(0);
        add(name + 20, &|h| hint.hash(h));
    }
    for (name, step) in [(31, -1), (32, 0), (33, 1)] {
        add(name, &|h| near(step).map(|w| w.lemma.as_str()).hash(h));
        add(name + 3, &|h| {
            near(step).map(|w| (w.pos as u8, w.cases.0)).hash(h);
        });
        add(name + 6, &|h| near(step).map(|w| w.clitics.0).hash(h));
    }
    let letters: Vec<usize> = word
        .fold
        .char_indices()
        .map(|(i, _)| i)
        .chain([word.fold.len()])
        .collect();
    for len in 1..=5.min(letters.len() - 1) {
        let size = u8::try_from(len).expect("at most five");
        add(40 + size, &|h| word.fold[..letters[len]].hash(h));
        add(50 + size, &|h| {
            word.fold[letters[letters.len() - 1 - len]..].hash(h);
        });
    }
    if let Some(before) = near(-1) {
        add(60, &|h| (before.fold.as_str(), word.fold.as_str()).hash(h));
        add(61, &|h| (shape(before), shape(word)).hash(h));
        let stem: String = before.fold.chars().take(4).collect();
        add(62, &|h| stem.hash(h));
    }
    if let Some(after) = near(1) {
        add(63, &|h| (word.fold.as_str(), after.fold.as_str()).hash(h));
        add(64, &|h| (shape(word), shape(after)).hash(h));
    }
    add(65, &|h| (quoted, shape(word)).hash(h));
    add(66, &|h| {
        (at == 0, word.capital, hints.get(at).copied().unwrap_or(0)).hash(h);
    });
    if sentence.lang == Lang::Ar {
        let long = word.fold.chars().count().min(9);
        add(67, &|h| (long, word.clitics.0).hash(h));
    }
    if sentence.lang != Lang::Ru {
        let class = |step| near(step).map_or(7, |w| w.class);
        for (name, step) in [(68, -1), (69, 0), (70, 1)] {
            add(name, &|h| (class(step), near(step).map(shape)).hash(h));
        }
        add(71, &|h| (class(-1), class(0), class(1)).hash(h));
        add(72, &|h| {
            (class(0), near(-1).map(|w| w.lemma.as_str())).hash(h);
        });
        add(73, &|h| {
            (class(0), class(1), near(2).map(|w| w.class)).hash(h);
        });
    }
    slots
}

/// Upper case, lower case, digits, signs, each once.
fn shape(word: &Word) -> u16 {
    match word.kind {
        TokenKind::Punct => 1 + u16::from(word.fold.as_bytes().first().copied().unwrap_or(0)),
        TokenKind::Number => 300 + u16::try_from(word.fold.len().min(6)).expect("small"),
        TokenKind::Word => {
            let latin = word
                .fold
                .bytes()
                .next()
                .is_some_and(|b| b.is_ascii_alphabetic());
            400 + u16::from(word.capital)
                + 2 * u16::from(latin)
                + 4 * u16::from(word.all_capitals)
                + 8 * u16::from(word.fold.contains(['-', '\'']))
        }
    }
}
