//! Words to the pieces that the network knows: the best cut of each word under a unigram vocabulary
//! (Kudo 2018). Words come from `madar-text`, so every piece belongs to one word and offsets hold.
//!
//! `▁` stands before a piece that begins a word, as in the vocabulary that this one is cut from:
//! *Haddad's* is `▁Had` `dad` `'s`; وترامب, with its proclitic cut off, is `▁و` `▁ترامب`.

use madar_text::{TokenKind, is_invisible};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::words::{Sentence, Word};

/// Pieces that stand for no text: begin, padding, end, unknown; their numbers in every vocabulary.
pub const SPECIAL: [&str; 4] = ["<s>", "<pad>", "</s>", "<unk>"];
pub const BEGIN: u32 = 0;
pub const END: u32 = 2;
pub const UNKNOWN: u32 = 3;

/// Begins a word.
const MARK: char = '▁';

/// The score of a letter that no piece has, below every piece: in thousandths of a natural
/// logarithm, as the vocabulary's own.
const UNKNOWN_SCORE: i32 = -30_000;

/// Letters of the longest word that is cut: cutting is quadratic in the letters of one piece only,
/// but a word of more letters is no word.
const LONGEST_WORD: usize = 200;

/// A vocabulary with the logarithm of how likely each piece is, in thousandths.
pub struct Pieces {
    ids: FxHashMap<Box<str>, u32>,
    scores: Vec<i32>,
    /// Letters of the longest piece.
    longest: usize,
}

impl Pieces {
    /// The first four are [`SPECIAL`].
    pub fn new(pieces: impl IntoIterator<Item = (Box<str>, i32)>) -> Self {
        let (mut ids, mut scores, mut longest) = (FxHashMap::default(), Vec::new(), 1);
        for (id, (piece, score)) in (0u32..).zip(pieces) {
            if id > UNKNOWN {
                longest = longest.max(piece.chars().count());
                ids.insert(piece, id);
            }
            scores.push(score);
        }
        Self {
            ids,
            scores,
            longest,
        }
    }

    pub fn len(&self) -> usize {
        self.scores.len()
    }

    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    /// The pieces of a word of `sentence`, and which of them begins its host.
    pub fn word(&self, text: &str, sentence: &Sentence, at: usize, out: &mut Vec<u32>) -> usize {
        let word = &sentence.words[at];
        let proclitics = &text[word.span.start as usize..word.host.start as usize];
        let marked = begins(text, sentence, at);
        if !proclitics.is_empty() {
            self.cut(&normal(proclitics, marked), out);
        }
        let host = out.len();
        let marked = marked || !proclitics.is_empty();
        self.cut(&normal(word.host.of(text), marked), out);
        host
    }

    /// The best cut of a word in its normal form.
    pub fn cut(&self, word: &str, out: &mut Vec<u32>) {
        let ends: Vec<usize> = word
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .collect();
        let letters = ends.len().min(LONGEST_WORD);
        let start = |letter: usize| if letter == 0 { 0 } else { ends[letter - 1] };
        // The best cut that ends behind each letter: score, last piece, where it begins.
        let mut best: Vec<(i32, u32, usize)> = Vec::with_capacity(letters + 1);
        best.push((0, 0, 0));
        for to in 1..=letters {
            let unknown = best[to - 1].0.saturating_add(UNKNOWN_SCORE);
            let mut top = (unknown, UNKNOWN, to - 1);
            for from in (to.saturating_sub(self.longest)..to).rev() {
                let Some(&id) = self.ids.get(&word[start(from)..ends[to - 1]]) else {
                    continue;
                };
                let score = best[from].0.saturating_add(self.scores[id as usize]);
                if score > top.0 {
                    top = (score, id, from);
                }
            }
            best.push(top);
        }
        let (before, mut at) = (out.len(), letters);
        while at > 0 {
            let (_, id, from) = best[at];
            out.push(id);
            at = from;
        }
        out[before..].reverse();
    }
}

/// Whether a word begins with the mark: all but signs and what is glued to the word before it.
/// Signs never do, since corpora put spaces around them and texts do not.
fn begins(text: &str, sentence: &Sentence, at: usize) -> bool {
    let word = &sentence.words[at];
    if word.kind == TokenKind::Punct || word.span.of(text).starts_with(['\'', '’']) {
        return false;
    }
    let glued = |before: &Word| matches!(before.span.of(text), "-" | "'" | "’" | "." | "/" | "@");
    word.spaced || !at.checked_sub(1).is_some_and(|b| glued(&sentence.words[b]))
}

/// As the vocabulary spells: NFKC, no vowel marks, no tatweel, nothing invisible.
fn normal(shown: &str, marked: bool) -> String {
    let mark = marked.then_some(MARK);
    let letters = shown.nfkc().filter(|&c| {
        !is_invisible(c) && !matches!(c, '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}')
    });
    mark.into_iter()
        .chain(letters.filter(|c| !c.is_whitespace()))
        .collect()
}
