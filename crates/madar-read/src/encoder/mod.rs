//! The accurate reader's names: a small multilingual transformer reads whole windows of sentences
//! and scores the labels of each word. *{Karim Haddad} met {Orlov} in {Muscat}* comes out as P p O P
//! O L, as from [`tagger`]; everything behind the labels is the same for both readers.
//!
//! The network is multilingual-e5-small (Wang et al. 2024) with its vocabulary cut, fine-tuned by
//! `madar-lab encoder-train`, its products in bytes: see [`madar_kernel`] for why the same text gives
//! the same labels everywhere.

mod network;
pub mod pieces;
mod weights;
pub mod windows;

pub use pieces::Pieces;
pub use weights::{RawLayer, RawMatrix, Weights, WeightsError};
pub use windows::{Window, WordAt, windows};

use madar_kernel::{Level, Matrix};

use crate::tagger::{self, LABELS, Row};
use crate::words::Sentence;

/// The weights that ship with the program.
pub const BUNDLED: &[u8] = include_bytes!("../../models/accurate.weights");

/// The head that marks names as Madar's own annotation does.
pub const OWN: &str = "own";

/// Scores of labels are whole numbers from here on: so many to a natural logarithm.
const UNIT: f32 = 1024.0;

pub struct Encoder {
    pieces: Pieces,
    hidden: usize,
    heads_of_attention: usize,
    words: Vec<u8>,
    places: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    heads: Vec<(Box<str>, Vec<f32>)>,
    level: Level,
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    look: Matrix,
    seen: Matrix,
    up: Matrix,
    down: Matrix,
    norms: [Norm; 2],
}

impl Encoder {
    /// The same network with other instructions; its results are the same.
    pub fn at_level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// How the labels of each word of each sentence score under a head; none under a head that the
    /// weights lack.
    pub fn scores(&self, sentences: &[(&str, &Sentence)], head: &str) -> Vec<Vec<Row<i32>>> {
        let mut out: Vec<Vec<Row<i32>>> = sentences
            .iter()
            .map(|(_, sentence)| vec![[0; LABELS]; sentence.words.len()])
            .collect();
        let Some((_, head)) = self.heads.iter().find(|(name, _)| &**name == head) else {
            return out;
        };
        let mut room = network::Room::default();
        for window in windows(sentences.iter().copied(), &self.pieces) {
            let states = self.states(&window.pieces, &mut room);
            for word in window.words {
                let state = &states[word.piece * self.hidden..][..self.hidden];
                out[word.sentence][word.word] = labelled(state, head);
            }
        }
        out
    }

    /// The best labels for the words of each sentence.
    pub fn tag(&self, sentences: &[(&str, &Sentence)], head: &str) -> Vec<Vec<usize>> {
        let scores = self.scores(sentences, head);
        scores
            .into_iter()
            .map(|rows| tagger::decode(rows.into_iter(), &[[0; LABELS]; LABELS]))
            .collect()
    }
}

/// A state under a head: for each label its row of weights, then the bias.
fn labelled(state: &[f32], head: &[f32]) -> Row<i32> {
    let mut rows = head.chunks_exact(state.len() + 1);
    std::array::from_fn(|_| {
        let row = rows.next().expect("a row to a label");
        let (weights, bias) = row.split_at(state.len());
        let sum = weights
            .iter()
            .zip(state)
            .fold(bias[0], |sum, (w, x)| sum + w * x);
        #[allow(clippy::cast_possible_truncation)] // saturates
        let score = (sum * UNIT).round() as i32;
        // Far from the ends, so that a path of scores cannot leave them.
        score.clamp(-1 << 20, 1 << 20)
    })
}
