//! The accurate reader: a small multilingual transformer reads whole windows of sentences. From its lower
//! layers come the labels of each word: *{Karim Haddad} met {Orlov} in {Muscat}* comes out as P p O P O L, as
//! from [`tagger`]. Once it is settled what is a mention and of which kind, the upper layers read the same
//! states with the mentions marked, and from theirs comes what is said of them ([`facts`]).
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
    /// How many of the layers read words; those behind relate mentions.
    reading: usize,
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
    /// The windows with the states of their pieces, as far as they are kept.
    windows: Vec<(Window, Vec<f32>)>,
}

/// What the upper layers make of the mentions of a document.
#[derive(Default)]
pub struct Related {
    /// The states of the words of each sentence, a row to a word; none of sentences without mentions.
    states: Vec<Vec<f32>>,
}

impl Seen {
    /// Labels alone, as the fast reader gives them.
    pub(crate) fn of_labels(labels: impl Iterator<Item = (Vec<usize>, Vec<usize>)>) -> Self {
        let (labels, described) = labels.unzip();
        Self {
            labels,
            described,
            windows: Vec::new(),
        }
    }
}

/// Pieces whose states are kept for the facts, about 100,000 words, 300 MB of them. Of what comes behind, a text
/// of several books, only names are read.
const KEPT_PIECES: usize = 200_000;

/// Added to the score of a word that is in no description: one must be twice as likely as none.
const DOUBT: i32 = 710; // UNIT * ln 2

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
        const COUNT: usize = facts::DESCRIBED;
        let head = self.heads.iter().find(|(name, _)| &**name == head);
        let described = self.facts.as_ref().map(|facts| &facts.described);
        let counts = sentences.iter().map(|(_, sentence)| sentence.words.len());
        let mut names: Vec<Vec<Row<i32>>> = counts.clone().map(|n| vec![[0; LABELS]; n]).collect();
        let mut descriptions: Vec<Vec<[i32; COUNT]>> = Vec::new();
        if described.is_some() {
            descriptions.extend(counts.map(|n| vec![[0; COUNT]; n]));
        }
        let (mut kept, mut pieces) = (Vec::new(), 0);
        let mut room = network::Room::default();
        for window in windows(sentences.iter().copied(), &self.pieces) {
            let states = self.states(&window.pieces, &mut room);
            for word in &window.words {
                let state = &states[word.piece * self.hidden..][..self.hidden];
                if let Some((_, head)) = head {
                    names[word.sentence][word.word] = labelled(state, head);
                }
                if let Some(described) = described {
                    let mut scores: [i32; COUNT] = labelled(state, described);
                    scores[0] += DOUBT;
                    descriptions[word.sentence][word.word] = scores;
                }
            }
            pieces += window.pieces.len();
            if described.is_some() && pieces <= KEPT_PIECES {
                kept.push((window, states.to_vec()));
            }
        }
        let decoded =
            |rows: Vec<Row<i32>>| tagger::decode(rows.into_iter(), &[[0; LABELS]; LABELS]);
        let decoded_descriptions =
            |rows: Vec<[i32; COUNT]>| tagger::decode(rows.into_iter(), &[[0; COUNT]; COUNT]);
        Seen {
            labels: names.into_iter().map(decoded).collect(),
            described: descriptions.into_iter().map(decoded_descriptions).collect(),
            windows: kept,
        }
    }

    /// Reads what was seen once more with its mentions, those of each sentence as `spots` has them.
    pub fn relate(&self, seen: &Seen, spots: &[Vec<Spot>]) -> Related {
        let Some(facts) = &self.facts else {
            return Related::default();
        };
        let mut marks: Vec<Vec<(usize, &[f32])>> = spots
            .iter()
            .map(|spots| spots.iter().flat_map(|spot| facts.marks(spot)).collect())
            .collect();
        marks
            .iter_mut()
            .for_each(|marks| marks.sort_by_key(|mark| mark.0));
        let mut states: Vec<Vec<f32>> = vec![Vec::new(); spots.len()];
        let mut room = network::Room::default();
        for (window, seen) in &seen.windows {
            if window
                .words
                .iter()
                .all(|word| spots[word.sentence].is_empty())
            {
                continue;
            }
            let mut marked = seen.clone();
            for word in &window.words {
                let own = &marks[word.sentence];
                let own = &own[own.partition_point(|mark| mark.0 < word.word)..];
                let state = &mut marked[word.piece * self.hidden..][..self.hidden];
                for (_, mark) in own.iter().take_while(|mark| mark.0 == word.word) {
                    state.iter_mut().zip(*mark).for_each(|(x, m)| *x += m);
                }
            }
            let found = self.related(&marked, &mut room);
            for word in &window.words {
                let state = &found[word.piece * self.hidden..][..self.hidden];
                states[word.sentence].extend_from_slice(state);
            }
        }
        // Of the sentence at which the states that were kept end, a part is missing.
        for (states, labels) in states.iter_mut().zip(&seen.labels) {
            if states.len() < labels.len() * self.hidden {
                states.clear();
            }
        }
        Related { states }
    }

    /// What the network says of mentions of one sentence, which has the number `sentence`, after it was related
    /// with them; nothing where it has not learned it or its states were not kept.
    pub fn said(
        &self,
        related: &Related,
        sentence: usize,
        spots: &[Spot],
        pairs: &[(usize, usize)],
    ) -> Option<Said> {
        let facts = self.facts.as_ref()?;
        let states = related.states.get(sentence).filter(|s| !s.is_empty())?;
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
fn labelled<const COUNT: usize>(state: &[f32], head: &[f32]) -> [i32; COUNT] {
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
