//! The accurate reader's names: a small multilingual transformer reads whole windows of sentences
//! and scores the labels of each word. *{Karim Haddad} met {Orlov} in {Muscat}* comes out as P p O P
//! O L, as from [`tagger`]; everything behind the labels is the same for both readers.
//!
//! The network is multilingual-e5-small (Wang et al. 2024) with its vocabulary cut, fine-tuned by
//! `madar-lab encoder-train`, its products in bytes: see [`madar_kernel`] for why the same text gives
//! the same labels everywhere.

pub mod facts;
mod network;
pub mod pieces;
mod weights;
pub mod windows;

pub use facts::RawFacts;
pub use pieces::Pieces;
pub use weights::{RawLayer, RawMatrix, Weights, WeightsError};
pub use windows::{Window, WordAt, windows};

use madar_kernel::{Level, Matrix};

use crate::tagger::{self, LABELS, Row};
use crate::told::{Said, Spot, UNIT};
use crate::words::Sentence;

/// The weights that ship with the program.
pub const BUNDLED: &[u8] = include_bytes!("../../models/accurate.weights");

/// The head that marks names as Madar's own annotation does.
pub const OWN: &str = "own";

pub struct Encoder {
    pieces: Pieces,
    hidden: usize,
    heads_of_attention: usize,
    words: Vec<u8>,
    places: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    heads: Vec<(Box<str>, Vec<f32>)>,
    facts: Option<facts::Facts>,
    level: Level,
}

/// What one pass over the sentences of a document gives; by default nothing was seen.
#[derive(Default)]
pub struct Seen {
    /// For each word of each sentence the label of [`tagger`].
    pub labels: Vec<Vec<usize>>,
    /// For each word whether it begins or goes on with a description, and of which kind
    /// ([`facts::DESCRIBED`]); nothing where the network has not learned it.
    pub described: Vec<Vec<usize>>,
    /// The states of the words of each sentence, a row to a word, as far as they are kept.
    states: Vec<Vec<f32>>,
}

impl Seen {
    /// Labels alone, as the fast reader gives them.
    pub(crate) fn of_labels(labels: impl Iterator<Item = (Vec<usize>, Vec<usize>)>) -> Self {
        let (labels, described) = labels.unzip();
        Self {
            labels,
            described,
            states: Vec::new(),
        }
    }
}

/// Words whose states are kept for the facts: 300 MB of them. Of what comes behind, a text of several books,
/// only names are read.
const KEPT_WORDS: usize = 200_000;

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

    /// Labels under a head and states, in one pass.
    pub fn see(&self, sentences: &[(&str, &Sentence)], head: &str) -> Seen {
        let count = |(_, sentence): &(&str, &Sentence)| sentence.words.len();
        let mut rows: Vec<Vec<Row<i32>>> = sentences
            .iter()
            .map(|s| vec![[0; LABELS]; count(s)])
            .collect();
        let mut kept = 0;
        let mut states: Vec<Vec<f32>> = Vec::new();
        if self.facts.is_some() {
            states.extend(sentences.iter().map_while(|sentence| {
                kept += count(sentence);
                (kept <= KEPT_WORDS).then(|| vec![0.0; count(sentence) * self.hidden])
            }));
        }
        let head = self.heads.iter().find(|(name, _)| &**name == head);
        let mut room = network::Room::default();
        for window in windows(sentences.iter().copied(), &self.pieces) {
            let found = self.states(&window.pieces, &mut room);
            for word in window.words {
                let state = &found[word.piece * self.hidden..][..self.hidden];
                if let Some((_, head)) = head {
                    rows[word.sentence][word.word] = labelled(state, head);
                }
                if let Some(kept) = states.get_mut(word.sentence) {
                    kept[word.word * self.hidden..][..self.hidden].copy_from_slice(state);
                }
            }
        }
        let decoded =
            |rows: Vec<Row<i32>>| tagger::decode(rows.into_iter(), &[[0; LABELS]; LABELS]);
        Seen {
            labels: rows.into_iter().map(decoded).collect(),
            described: self.described(&states),
            states,
        }
    }

    fn described(&self, states: &[Vec<f32>]) -> Vec<Vec<usize>> {
        const COUNT: usize = facts::DESCRIBED;
        let Some(facts) = &self.facts else {
            return Vec::new();
        };
        let labels = |states: &Vec<f32>| {
            let rows = states.chunks_exact(self.hidden).map(|state| {
                let scores = scored(state, &facts.described);
                std::array::from_fn(|label| scores[label])
            });
            tagger::decode(rows, &[[0; COUNT]; COUNT])
        };
        states.iter().map(labels).collect()
    }

    /// What the network says of mentions of one sentence; nothing where it has not learned it or its states
    /// are not kept.
    pub fn said(
        &self,
        seen: &Seen,
        sentence: usize,
        spots: &[Spot],
        pairs: &[(usize, usize)],
    ) -> Option<Said> {
        let states = seen.states.get(sentence)?;
        let facts = self.facts.as_ref()?;
        Some(facts.said(self.level, states, spots, pairs))
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
    let scores = scored(state, head);
    std::array::from_fn(|label| scores[label])
}

/// The same for any number of labels.
fn scored(state: &[f32], head: &[f32]) -> Vec<i32> {
    let score = |row: &[f32]| {
        let (weights, bias) = row.split_at(state.len());
        let sum = weights
            .iter()
            .zip(state)
            .fold(bias[0], |sum, (w, x)| sum + w * x);
        #[allow(clippy::cast_possible_truncation)] // saturates
        let score = (sum * UNIT).round() as i32;
        // Far from the ends, so that a path of scores cannot leave them.
        score.clamp(-1 << 20, 1 << 20)
    };
    head.chunks_exact(state.len() + 1).map(score).collect()
}
