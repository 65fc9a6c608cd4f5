//! The file of the network: a mark, a hash of what follows, then, packed by zstd, sizes, vocabulary,
//! embeddings in four bits, layers in eight, heads. Numbers are little-endian.

use super::facts::{self, Facts, RawFacts};
use super::{Encoder, Layer, Norm, Pieces};
use crate::reading::Status;
use crate::told::{PAIR_LABELS, SINGLES};
use madar_kernel::{Level, Matrix};

/// Begins the file; the digit is the version of its form.
const MARK: &[u8; 8] = b"MADARNN3";
/// Weights of the embeddings that share one scale, and their bytes: a scale of 16 bits, then 32
/// times four bits, as the base has them.
pub(super) const BLOCK: usize = 32;
pub(super) const BLOCK_BYTES: usize = 18;
/// What guards against a file that claims more than it can hold.
const MOST_BYTES: usize = 256 << 20;

/// Why a file of weights cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    #[error("these are no weights of Madar's accurate reader")]
    Foreign,
    #[error("the weights are damaged or cut short: get the file again")]
    Damaged,
}

/// A network as it is learned, packed into the file by [`Weights::to_bytes`].
pub struct Weights {
    pub vocabulary: Vec<(Box<str>, i32)>,
    pub hidden: usize,
    pub inner: usize,
    pub heads_of_attention: usize,
    /// Blocks of the base's embeddings, a row to a piece.
    pub words: Vec<u8>,
    /// A row to a place in the window.
    pub places: Vec<f32>,
    pub norm: [Vec<f32>; 2],
    pub layers: Vec<RawLayer>,
    /// How many of the layers read words; those behind relate mentions.
    pub reading: usize,
    /// By name: for each label a row of weights and a bias.
    pub heads: Vec<(Box<str>, Vec<f32>)>,
    /// None where facts were not learned.
    pub facts: Option<RawFacts>,
}

pub struct RawLayer {
    /// Queries, keys and values; output; up; down.
    pub matrices: [RawMatrix; 4],
    /// Behind attention, behind the inner layer: weight and bias.
    pub norms: [[Vec<f32>; 2]; 2],
}

#[derive(Clone)]
pub struct RawMatrix {
    pub inputs: usize,
    pub weights: Vec<i8>,
    pub scales: Vec<f32>,
    pub bias: Vec<f32>,
}

impl RawMatrix {
    /// Each output's weights with a scale of their own, so that the largest is 127.
    pub fn quantised(inputs: usize, weights: &[f32], bias: Vec<f32>) -> Self {
        let (mut bytes, mut scales) = (Vec::with_capacity(weights.len()), Vec::new());
        for row in weights.chunks_exact(inputs) {
            let largest = row.iter().fold(0f32, |a, w| a.max(w.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            #[allow(clippy::cast_possible_truncation)] // between -127 and 127
            bytes.extend(row.iter().map(|w| (w / scale).round() as i8));
            scales.push(scale);
        }
        Self {
            inputs,
            weights: bytes,
            scales,
            bias,
        }
    }
}

impl Weights {
    /// # Panics
    /// Never: memory takes all bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        for size in [
            self.vocabulary.len(),
            self.hidden,
            self.inner,
            self.heads_of_attention,
            self.places.len() / self.hidden,
            self.layers.len(),
            self.reading,
            self.heads.len(),
            usize::from(self.facts.is_some()),
        ] {
            out.size(size);
        }
        for (piece, score) in &self.vocabulary {
            out.text(piece);
            out.0.extend(score.to_le_bytes());
        }
        out.0.extend(&self.words);
        out.floats(&self.places);
        self.norm.iter().for_each(|part| out.floats(part));
        for layer in &self.layers {
            layer.matrices.iter().for_each(|matrix| out.matrix(matrix));
            layer
                .norms
                .iter()
                .flatten()
                .for_each(|part| out.floats(part));
        }
        for (name, head) in &self.heads {
            out.text(name);
            out.floats(head);
        }
        if let Some(facts) = &self.facts {
            for matrix in [&facts.mention, &facts.sentence, &facts.between] {
                out.matrix(matrix);
            }
            facts.deep.iter().for_each(|matrix| out.matrix(matrix));
            for floats in [&facts.described, &facts.marks, &facts.pairs, &facts.singles] {
                out.floats(floats);
            }
            facts.sorts.iter().for_each(|sorts| out.floats(sorts));
            out.floats(&facts.distances);
            out.floats(&facts.crossed);
        }
        let packed = zstd::encode_all(&out.0[..], 19).expect("memory takes all bytes");
        let mut file = MARK.to_vec();
        file.extend(blake3::hash(&packed).as_bytes());
        file.extend(packed);
        file
    }
}

impl Encoder {
    /// Reads what [`Weights::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are something else, or not all of it.
    pub fn from_bytes(file: &[u8]) -> Result<Self, WeightsError> {
        let packed = file.strip_prefix(MARK).ok_or(WeightsError::Foreign)?;
        let (hash, packed) = packed
            .split_first_chunk::<32>()
            .ok_or(WeightsError::Damaged)?;
        if blake3::hash(packed) != *hash {
            return Err(WeightsError::Damaged);
        }
        let body = zstd::decode_all(packed).map_err(|_| WeightsError::Damaged)?;
        if body.len() > MOST_BYTES {
            return Err(WeightsError::Damaged);
        }
        Self::unpack(&mut Reader(&body)).ok_or(WeightsError::Damaged)
    }

    fn unpack(from: &mut Reader<'_>) -> Option<Self> {
        let vocabulary = from.size()?;
        let (hidden, inner) = (from.size()?, from.size()?);
        let (heads_of_attention, places) = (from.size()?, from.size()?);
        let (layers, reading, heads) = (from.size()?, from.size()?, from.size()?);
        let told = from.size()? > 0;
        let sound = hidden.is_multiple_of(BLOCK)
            && inner.is_multiple_of(BLOCK)
            && heads_of_attention > 0
            && hidden.is_multiple_of(heads_of_attention)
            && places >= super::windows::WINDOW
            && reading <= layers;
        if !sound {
            return None;
        }
        let mut pieces = Vec::new();
        for _ in 0..vocabulary {
            let piece: Box<str> = from.text()?.into();
            pieces.push((piece, i32::from_le_bytes(*from.array()?)));
        }
        let words = from
            .bytes(vocabulary * (hidden / BLOCK) * BLOCK_BYTES)?
            .to_vec();
        let places = from.floats(places * hidden)?;
        let norm = from.norm(hidden)?;
        let layers = (0..layers)
            .map(|_| {
                Some(Layer {
                    look: from.matrix(hidden, 3 * hidden)?,
                    seen: from.matrix(hidden, hidden)?,
                    up: from.matrix(hidden, inner)?,
                    down: from.matrix(inner, hidden)?,
                    norms: [from.norm(hidden)?, from.norm(hidden)?],
                })
            })
            .collect::<Option<_>>()?;
        let heads = (0..heads)
            .map(|_| {
                let name: Box<str> = from.text()?.into();
                Some((name, from.floats(crate::tagger::LABELS * (hidden + 1))?))
            })
            .collect::<Option<_>>()?;
        let facts = if told {
            Some(from.facts(hidden)?)
        } else {
            None
        };
        Some(Self {
            pieces: Pieces::new(pieces),
            hidden,
            heads_of_attention,
            words,
            places,
            norm,
            layers,
            reading,
            heads,
            facts,
            level: Level::best(),
        })
    }
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    fn size(&mut self, size: usize) {
        let size = u32::try_from(size).expect("sizes are small");
        self.0.extend(size.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.size(text.len());
        self.0.extend(text.as_bytes());
    }

    fn matrix(&mut self, matrix: &RawMatrix) {
        let weights = matrix.weights.iter().map(|w| w.cast_unsigned());
        self.0.extend(weights);
        self.floats(&matrix.scales);
        self.floats(&matrix.bias);
    }

    fn floats(&mut self, floats: &[f32]) {
        self.0.extend(floats.iter().flat_map(|f| f.to_le_bytes()));
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (own, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(own)
    }

    fn array(&mut self) -> Option<&'a [u8; 4]> {
        self.bytes(4)?.first_chunk()
    }

    fn size(&mut self) -> Option<usize> {
        let size = u32::from_le_bytes(*self.array()?);
        // Small enough that products of two sizes fit.
        usize::try_from(size).ok().filter(|&size| size <= 1 << 20)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.size()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let (fours, _) = self.bytes(count * 4)?.as_chunks();
        Some(fours.iter().map(|&four| f32::from_le_bytes(four)).collect())
    }

    fn norm(&mut self, width: usize) -> Option<Norm> {
        Some(Norm {
            weight: self.floats(width)?,
            bias: self.floats(width)?,
        })
    }

    fn facts(&mut self, hidden: usize) -> Option<Facts> {
        let rows = |labels: usize| (labels + Status::ALL.len()) * (facts::WIDTH + 1);
        Some(Facts {
            mention: self.matrix(hidden, 3 * facts::WIDTH)?,
            sentence: self.matrix(hidden, 2 * facts::WIDTH)?,
            between: self.matrix(hidden, facts::WIDTH)?,
            deep: [
                self.matrix(facts::WIDTH, facts::WIDTH)?,
                self.matrix(facts::WIDTH, facts::WIDTH)?,
            ],
            described: self.floats(facts::DESCRIBED * (hidden + 1))?,
            marks: self.floats(2 * facts::SORTS * hidden)?,
            pairs: self.floats(rows(PAIR_LABELS))?,
            singles: self.floats(rows(SINGLES.len()))?,
            sorts: [
                self.floats(facts::SORTS * facts::WIDTH)?,
                self.floats(facts::SORTS * facts::WIDTH)?,
                self.floats(facts::SORTS * facts::WIDTH)?,
            ],
            distances: self.floats(facts::DISTANCES * facts::WIDTH)?,
            crossed: self.floats(facts::CROSSED * facts::WIDTH)?,
        })
    }

    fn matrix(&mut self, inputs: usize, outputs: usize) -> Option<Matrix> {
        let weights: Vec<i8> = self
            .bytes(inputs * outputs)?
            .iter()
            .map(|b| b.cast_signed())
            .collect();
        let (scales, bias) = (self.floats(outputs)?, self.floats(outputs)?);
        Some(Matrix::new(inputs, &weights, scales, bias))
    }
}
