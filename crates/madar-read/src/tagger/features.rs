//! What the model looks at: for each word the slots of its features. Strings are hashed once to a
//! word; a feature is a number mixed from its own name and one or two of those hashes.

use madar_text::{Lang, TokenKind};

use super::SLOT_BITS;
use crate::words::{Sentence, Word};

/// Feature slots, one row to a word.
#[derive(Default)]
pub struct Rows {
    slots: Vec<u32>,
    /// Where the row of each word ends.
    ends: Vec<usize>,
}

impl Rows {
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(from, &to)| &self.slots[from..to])
    }

    /// The row of a word.
    pub fn row(&self, word: usize) -> &[u32] {
        let from = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.slots[from..self.ends[word]]
    }

    /// Leaves only the slots that `keep` wants.
    pub fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        let (mut out, mut from) = (Vec::with_capacity(self.slots.len()), 0);
        for end in &mut self.ends {
            out.extend(self.slots[from..*end].iter().filter(|&&slot| keep(slot)));
            (from, *end) = (*end, out.len());
        }
        self.slots = out;
    }
}

/// Longest beginnings and endings of words that are features.
const AFFIX: usize = 5;

/// Hashes of one word.
#[derive(Clone, Copy, Default)]
struct Key {
    fold: u64,
    lemma: u64,
    beginnings: [u64; AFFIX],
    endings: [u64; AFFIX],
    shape: u64,
    class: u64,
    grammar: u64,
    hint: u64,
    noun: u64,
    quoted: u64,
}

/// Feature slots of each word; `hints` is what [`Kit::hints`](crate::Kit::hints) gives.
pub fn features(sentence: &Sentence, hints: &[u16]) -> Rows {
    let keys = keys(sentence, hints);
    let mut rows = Rows::default();
    rows.slots.reserve(keys.len() * 90);
    for (at, word) in sentence.words.iter().enumerate() {
        let mut row = Row {
            out: &mut rows.slots,
            name: 0,
        };
        word_features(&mut row, &keys, at);
        affixes(&mut row, &keys, at);
        if sentence.lang == Lang::Ar {
            row.name = 200;
            letters(&mut row, word);
        }
        rows.ends.push(rows.slots.len());
    }
    rows
}

struct Row<'a> {
    out: &'a mut Vec<u32>,
    /// Number of the next feature.
    name: u64,
}

impl Row<'_> {
    fn add(&mut self, value: u64) {
        self.name += 1;
        self.put(value);
    }

    fn add2(&mut self, a: u64, b: u64) {
        self.add(mix(a, b));
    }

    fn add3(&mut self, a: u64, b: u64, c: u64) {
        self.add(mix(mix(a, b), c));
    }

    /// One more value of the same feature.
    fn put(&mut self, value: u64) {
        let mixed = mix(self.name, value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let slot = u32::try_from(mixed >> (64 - SLOT_BITS)).expect("as many bits as slots need");
        self.out.push(slot);
    }
}

fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0xFF51_AFD7_ED55_8CCD)
}

fn word_features(row: &mut Row<'_>, keys: &[Key], at: usize) {
    let near = |step: isize| -> Key {
        let word = at.checked_add_signed(step).and_then(|i| keys.get(i));
        word.copied().unwrap_or_default()
    };
    let (b3, b2, b1, own, a1, a2) = (near(-3), near(-2), near(-1), near(0), near(1), near(2));
    row.add(0);
    for key in [b2, b1, own, a1, a2] {
        row.add(key.fold);
        row.add(key.shape);
        row.add(key.hint);
        row.add2(key.class, key.shape);
    }
    for key in [b1, own, a1] {
        row.add(key.lemma);
        row.add(key.grammar);
    }
    for key in [b3, b2, b1, a1] {
        row.add(key.noun);
        row.add2(key.noun, own.shape);
    }
    row.add2(b1.noun, own.class);
    row.add2(b1.fold, own.fold);
    row.add2(own.fold, a1.fold);
    row.add2(b1.lemma, own.shape);
    row.add2(a1.lemma, own.shape);
    row.add3(b2.lemma, b1.lemma, own.shape);
    row.add3(b1.lemma, own.class, own.shape);
    row.add3(a1.lemma, own.class, own.shape);
    row.add2(b1.shape, own.shape);
    row.add2(own.shape, a1.shape);
    row.add3(b1.shape, own.shape, a1.shape);
    row.add3(b1.class, own.class, a1.class);
    row.add3(own.class, a1.class, a2.class);
    row.add3(b2.class, b1.class, own.class);
    row.add2(b1.hint, own.hint);
    row.add2(own.hint, a1.hint);
    row.add2(own.quoted, own.shape);
    row.add3(own.quoted, b1.noun, b2.noun);
    row.add3(own.grammar, b1.grammar, own.shape);
    row.add3(own.class, own.grammar, b1.class);
    let first = u64::from(at == 0);
    row.add3(first, own.shape, own.class);
    row.add3(first, own.shape, own.hint);
    row.add2(first, own.fold);
}

fn affixes(row: &mut Row<'_>, keys: &[Key], at: usize) {
    row.name = 100;
    let own = keys[at];
    for affix in own.beginnings.into_iter().chain(own.endings) {
        row.name += 1;
        if affix != 0 {
            row.put(affix);
        }
    }
    row.add2(own.endings[2], own.shape);
    for near in [at.checked_sub(1), Some(at + 1)] {
        let key = near.and_then(|i| keys.get(i)).copied().unwrap_or_default();
        row.add(key.beginnings[2]);
        row.add(key.endings[2]);
        row.add2(key.endings[1], own.endings[1]);
    }
}

/// Runs of three letters: foreign names in Arabic letters sound unlike Arabic words.
fn letters(row: &mut Row<'_>, word: &Word) {
    row.add2(
        word.fold.chars().count().min(9) as u64,
        u64::from(word.clitics.0),
    );
    if word.kind != TokenKind::Word {
        return;
    }
    row.name += 1;
    let (mut second, mut first) = (1, 1);
    for c in word.fold.chars().chain(['.']) {
        let third = u64::from(u32::from(c));
        row.put(mix(mix(second, first), third));
        (second, first) = (first, third);
    }
}

fn keys(sentence: &Sentence, hints: &[u16]) -> Vec<Key> {
    let mut quoted = false;
    let keys = sentence.words.iter().enumerate().map(|(at, word)| {
        match word.fold.as_str() {
            "«" | "“" | "„" => quoted = true,
            "»" | "”" => quoted = false,
            "\"" => quoted = !quoted,
            _ => {}
        }
        key(word, hints.get(at).copied().unwrap_or(0), quoted)
    });
    keys.collect()
}

fn key(word: &Word, hint: u16, quoted: bool) -> Key {
    let (fold, beginnings) = affix_hashes(word.fold.chars());
    let (_, endings) = affix_hashes(word.fold.chars().rev());
    let grammar = [
        word.pos as u8,
        word.cases.0,
        word.clitics.0,
        u8::from(word.plural),
    ];
    Key {
        fold,
        lemma: affix_hashes(word.lemma.chars()).0,
        beginnings,
        endings,
        shape: u64::from(shape(word)),
        class: 1 + u64::from(word.class),
        grammar: 1 + u64::from(u32::from_le_bytes(grammar)),
        hint: 1 + u64::from(hint & 0xff),
        noun: 1 + u64::from(hint >> 8),
        quoted: 1 + u64::from(quoted),
    }
}

/// The hash of all letters, and of the first one to five where there are more.
fn affix_hashes(letters: impl Iterator<Item = char>) -> (u64, [u64; AFFIX]) {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut out = [0; AFFIX];
    for (count, c) in letters.enumerate() {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01B3);
        if let Some(affix) = out.get_mut(count) {
            *affix = hash;
        }
    }
    (hash, out)
}

/// Upper case, lower case, digits, signs, each once.
fn shape(word: &Word) -> u16 {
    match word.kind {
        TokenKind::Punct => 1 + u16::from(word.fold.as_bytes().first().copied().unwrap_or(0)),
        TokenKind::Number => 300 + u16::try_from(word.fold.len().min(6)).expect("small"),
        TokenKind::Word => {
            let latin = word
                .fold
                .as_bytes()
                .first()
                .is_some_and(u8::is_ascii_alphabetic);
            400 + u16::from(word.capital)
                + 2 * u16::from(latin)
                + 4 * u16::from(word.all_capitals)
                + 8 * u16::from(word.fold.contains(['-', '\'']))
                + 16 * u16::from(word.fold.chars().count() <= 2)
                + 32 * u16::from(!word.spaced)
        }
    }
}
