//! The fast reader's model of facts: hashed features of mentions and of the words between and around them,
//! a row of whole-number weights to a feature. `madar-lab train-facts` makes the weights (logistic
//! regression by AdaGrad, Duchi et al. 2011); features follow Zhou et al. (2005).

use madar_text::TokenKind;

use super::{PAIR_LABELS, SINGLES, Said, Spot, Told, UNIT, spot_kind};
use crate::reading::Status;
use crate::slots::{Slots, hash, mix};
use crate::words::{Pos, Sentence, Word};

/// Slots of a table.
pub const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 17;
/// Weights to a natural logarithm: fine enough for sums of some sixty of them.
pub const STEPS: i32 = 256;

/// Scores of one pair: its labels, then its status.
pub const PAIR_WIDTH: usize = PAIR_LABELS + Status::ALL.len();
pub const SINGLE_WIDTH: usize = SINGLES.len() + Status::ALL.len();

/// The weights of one language.
pub struct Linear {
    pairs: Table,
    singles: Table,
}

/// Rows of weights by slot; most slots have none.
struct Table {
    width: usize,
    slots: Slots,
    weights: Vec<i16>,
}

impl Table {
    fn scores(&self, slots: &[u32]) -> Vec<i32> {
        let mut out = vec![0i32; self.width];
        for row in slots.iter().filter_map(|&slot| self.slots.row(slot)) {
            let weights = &self.weights[row as usize * self.width..][..self.width];
            for (sum, weight) in out.iter_mut().zip(weights) {
                *sum = sum.wrapping_add(i32::from(*weight));
            }
        }
        #[allow(clippy::cast_possible_truncation)] // a small whole number
        let by = UNIT as i32 / STEPS;
        out.iter_mut().for_each(|sum| *sum *= by);
        out
    }
}

impl Linear {
    /// Reads what [`to_bytes`] wrote; from no bytes, a model that says nothing.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() {
            return None;
        }
        let raw = zstd::decode_all(bytes).expect("the model is part of the program");
        let mut from = raw.as_slice();
        let mut table = |width: usize| {
            let count = take(&mut from);
            let slots: Vec<usize> = (0..count).map(|_| take(&mut from) as usize).collect();
            let (own, rest) = from.split_at(count as usize * width * 2);
            from = rest;
            let twos = own.as_chunks().0.iter();
            Table {
                width,
                slots: Slots::new(SLOTS, slots.into_iter()),
                weights: twos.map(|&two| i16::from_le_bytes(two)).collect(),
            }
        };
        Some(Self {
            pairs: table(PAIR_WIDTH),
            singles: table(SINGLE_WIDTH),
        })
    }

    pub(crate) fn said(
        &self,
        sentence: &Sentence,
        spots: &[Spot],
        pairs: &[(usize, usize)],
    ) -> Said {
        let seen = Seen::new(sentence, spots);
        let of_pairs = pairs
            .iter()
            .map(|&(a, b)| Told::new(self.pairs.scores(&seen.pair(a, b))));
        let singles = (0..spots.len()).map(|at| Told::new(self.singles.scores(&seen.single(at))));
        Said {
            singles: singles.collect(),
            pairs: of_pairs.collect(),
        }
    }
}

/// zstd over the tables of pairs and of singles: how many slots are used, which, ascending, then their rows.
///
/// # Panics
/// Never: memory takes all bytes.
pub fn to_bytes(pairs: &[(u32, Vec<i16>)], singles: &[(u32, Vec<i16>)]) -> Vec<u8> {
    let mut raw = Vec::new();
    for rows in [pairs, singles] {
        let count = u32::try_from(rows.len()).expect("slots are few");
        raw.extend(count.to_le_bytes());
        raw.extend(rows.iter().flat_map(|(slot, _)| slot.to_le_bytes()));
        let weights = rows.iter().flat_map(|(_, row)| row);
        raw.extend(weights.flat_map(|w| w.to_le_bytes()));
    }
    zstd::encode_all(&raw[..], 19).expect("memory takes all bytes")
}

fn take(from: &mut &[u8]) -> u32 {
    let (four, rest) = from
        .split_first_chunk()
        .expect("a model has all its numbers");
    *from = rest;
    u32::from_le_bytes(*four)
}

/// A sentence with the hashes of its words.
pub struct Seen<'a> {
    words: &'a [Word],
    spots: &'a [Spot],
    lemmas: Vec<u64>,
    grammar: Vec<u64>,
}

/// Words looked at before, between and behind mentions.
const NEAR: usize = 4;
const BETWEEN: usize = 14;
/// Up to so many words between two mentions are looked at as a whole.
const WHOLE: usize = 4;
/// How far a verb is looked for.
const VERB: usize = 10;

impl<'a> Seen<'a> {
    pub fn new(sentence: &'a Sentence, spots: &'a [Spot]) -> Self {
        let words = &sentence.words;
        Self {
            words,
            spots,
            lemmas: words.iter().map(|w| hash(&w.lemma)).collect(),
            grammar: words.iter().map(grammar).collect(),
        }
    }

    /// Slots of the features of two mentions, the first of which stands first.
    pub fn pair(&self, a: usize, b: usize) -> Vec<u32> {
        let (first, second) = (&self.spots[a], &self.spots[b]);
        let (ka, kb) = (sort(first), sort(second));
        let kinds = mix(ka, kb);
        let mut out = Row::default();
        let nested = second.from < first.to;
        let gap = second.from.saturating_sub(first.to);
        let distance = if nested {
            9
        } else {
            [0, 1, 2, 4, 8, 16]
                .iter()
                .position(|&most| gap <= most)
                .unwrap_or(6) as u64
        };
        let between = first.to..second.from.max(first.to);
        let crossed = self
            .spots
            .iter()
            .filter(|s| first.to <= s.from && s.to <= second.from)
            .count()
            .min(3) as u64;
        for value in [
            0,
            ka,
            kb,
            kinds,
            mix(kinds, distance),
            mix(mix(kinds, crossed), distance),
        ] {
            out.add(value);
        }
        out.add(mix(kinds, self.grammar[first.from]));
        out.add(mix(kinds, self.grammar[second.from]));
        self.heads(&mut out, first, kb);
        self.heads(&mut out, second, ka);
        out.name = 40;
        for at in between.clone().take(BETWEEN) {
            out.put(0, self.lemmas[at]);
            out.put(1, mix(self.lemmas[at], kinds));
        }
        out.name = 50;
        if !nested && gap <= WHOLE {
            let whole = between.clone().fold(7, |all, at| mix(all, self.lemmas[at]));
            out.add(whole);
            out.add(mix(whole, kinds));
        }
        out.name = 60;
        self.beside(&mut out, first.to, kinds);
        if let Some(before) = second.from.checked_sub(1) {
            self.beside(&mut out, before, kinds);
        }
        out.name = 80;
        self.around(&mut out, first.from, second.to.max(first.to), kinds);
        out.name = 100;
        let verbs = [
            self.verb(between.clone()),
            self.verb((first.from.saturating_sub(VERB)..first.from).rev()),
            self.verb(second.to..(second.to + VERB).min(self.words.len())),
        ];
        for verb in verbs {
            out.add(verb.unwrap_or(1));
            out.add(mix(verb.unwrap_or(1), kinds));
        }
        out.add(mix(
            mix(verbs[0].unwrap_or(1), verbs[1].unwrap_or(1)),
            kinds,
        ));
        out.slots
    }

    /// Slots of the features of one mention.
    pub fn single(&self, at: usize) -> Vec<u32> {
        let spot = &self.spots[at];
        let kind = sort(spot);
        let mut out = Row::default();
        let beside = |other: &&Spot| other.from == spot.to || other.to == spot.from;
        let near = self.spots.iter().find(beside).map_or(0, |s| 1 + sort(s));
        let inside = |other: &&Spot| spot.from <= other.from && other.to <= spot.to;
        let nested = self.spots.iter().filter(inside).count().min(3) as u64;
        let first = u64::from(spot.from == 0);
        for value in [
            0,
            kind,
            mix(kind, near),
            mix(kind, nested),
            mix(kind, first),
        ] {
            out.add(value);
        }
        out.add(mix(kind, self.grammar[spot.from]));
        self.heads(&mut out, spot, near);
        out.name = 20;
        self.around(&mut out, spot.from, spot.to, kind);
        out.name = 40;
        self.beside(&mut out, spot.to, kind);
        out.name = 60;
        for verb in [
            self.verb((spot.from.saturating_sub(VERB)..spot.from).rev()),
            self.verb(spot.to..(spot.to + VERB).min(self.words.len())),
        ] {
            out.add(verb.unwrap_or(1));
            out.add(mix(verb.unwrap_or(1), kind));
        }
        out.slots
    }

    /// The first and the last word of a description, and the word that ends a name.
    fn heads(&self, out: &mut Row, spot: &Spot, other: u64) {
        let (first, last) = (self.lemmas[spot.from], self.lemmas[spot.to - 1]);
        for word in [first, last] {
            let word = if spot.named { 1 } else { word };
            out.add(word);
            out.add(mix(word, other));
        }
    }

    fn beside(&self, out: &mut Row, at: usize, kinds: u64) {
        let lemma = self.lemmas.get(at).copied().unwrap_or(1);
        let next = self.lemmas.get(at + 1).copied().unwrap_or(1);
        out.add(mix(lemma, kinds));
        out.add(mix(mix(lemma, next), kinds));
    }

    /// Words before `from` and behind `to`.
    fn around(&self, out: &mut Row, from: usize, to: usize, kinds: u64) {
        let name = out.name;
        for at in from.saturating_sub(NEAR)..from {
            out.name = name;
            out.put(0, self.lemmas[at]);
            out.put(1, mix(self.lemmas[at], kinds));
        }
        for at in to..(to + NEAR).min(self.words.len()) {
            out.name = name + 4;
            out.put(0, self.lemmas[at]);
            out.put(1, mix(self.lemmas[at], kinds));
        }
        out.name = name + 8;
        let before = from.checked_sub(1).map_or(1, |at| self.lemmas[at]);
        let behind = self.lemmas.get(to).copied().unwrap_or(1);
        out.add(mix(before, kinds));
        out.add(mix(behind, kinds));
    }

    /// The first verb among `words`, with how it is used.
    fn verb(&self, mut words: impl Iterator<Item = usize>) -> Option<u64> {
        let found = words.find(|&at| matches!(self.words[at].pos, Pos::Verb | Pos::Participle))?;
        Some(mix(
            self.lemmas[found],
            self.words[found].tense.map_or(0, |t| 1 + t as u64),
        ))
    }
}

type Row = crate::slots::Row<SLOT_BITS>;

fn sort(spot: &Spot) -> u64 {
    2 + 2 * spot_kind(spot.kind) as u64 + u64::from(spot.named)
}

/// Case and what is written together with the word.
fn grammar(word: &Word) -> u64 {
    let number = u64::from(word.kind == TokenKind::Number);
    2 + u64::from(word.cases.0) + (u64::from(word.clitics.0) << 8) + (number << 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let row = |width: usize, value: i16| {
            let mut row = vec![0; width];
            row[3] = value;
            row[width - 1] = -7;
            row
        };
        let pairs = vec![(5, row(PAIR_WIDTH, 256)), (77, row(PAIR_WIDTH, -300))];
        let singles = vec![(0, row(SINGLE_WIDTH, i16::MIN))];
        let model = Linear::from_bytes(&to_bytes(&pairs, &singles)).expect("not empty");
        let scores = model.pairs.scores(&[5, 6, 77]);
        assert_eq!((scores[3], scores[0]), ((256 - 300) * 4, 0));
        assert_eq!(scores[PAIR_WIDTH - 1], -14 * 4);
        assert_eq!(model.singles.scores(&[0])[3], i32::from(i16::MIN) * 4);
        assert!(Linear::from_bytes(&[]).is_none());
    }
}
