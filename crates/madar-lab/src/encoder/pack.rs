//! What the training script learned, packed into the file of weights: products in bytes, embeddings
//! in the four bits that they have in the base, since they were not learned further.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use madar_read::encoder::facts::WIDTH;
use madar_read::encoder::windows::WINDOW;
use madar_read::encoder::{RawFacts, RawLayer, RawMatrix, Weights};
use madar_read::tagger::LABELS;
use serde_json::Value;

use super::{base, vocabulary};

/// Shapes of the base: pieces of one head are [`HIDDEN`] / [`HEADS`] wide.
const HIDDEN: usize = 384;
const INNER: usize = 1536;
const HEADS: usize = 12;

struct Tensors {
    all: BTreeMap<String, Vec<f32>>,
    heads: Vec<String>,
    /// Layers that read words.
    reading: usize,
}

/// Packs `trained` (safetensors) with the vocabulary of `work` into `out`.
pub(crate) fn pack(base: &Path, work: &Path, trained: &Path, out: &Path) -> anyhow::Result<()> {
    let base = std::fs::read(base)?;
    let embeddings = base::embeddings(&base)?;
    let tensors = tensors(&std::fs::read(trained)?)?;
    let mut vocabulary = Vec::new();
    let mut words = Vec::new();
    for (number, piece, score) in vocabulary::kept_pieces(&work.join("vocabulary.tsv"))? {
        vocabulary.push((piece, score));
        let row = embeddings.len() / base::PIECES;
        let at = number * row;
        words.extend_from_slice(
            embeddings
                .get(at..at + row)
                .context("a piece of the base")?,
        );
    }
    let mut layers = Vec::new();
    while tensors
        .all
        .contains_key(&format!("layers.{}.qkv.weight", layers.len()))
    {
        layers.push(layer(&tensors, layers.len())?);
    }
    let places = tensors.get("places")?;
    let weights = Weights {
        vocabulary,
        hidden: HIDDEN,
        inner: INNER,
        heads_of_attention: HEADS,
        words,
        places: places[..WINDOW * HIDDEN].to_vec(),
        norm: [tensors.get("norm.weight")?, tensors.get("norm.bias")?],
        layers,
        reading: tensors.reading,
        heads: heads(&tensors)?,
        facts: facts(&tensors)?,
    };
    let bytes = weights.to_bytes();
    madar_read::encoder::Encoder::from_bytes(&bytes)?;
    std::fs::write(out, &bytes)?;
    println!("{}: {} bytes", out.display(), bytes.len());
    Ok(())
}

fn layer(tensors: &Tensors, number: usize) -> anyhow::Result<RawLayer> {
    let get = |name: &str| tensors.get(&format!("layers.{number}.{name}"));
    let matrix = |name: &str, inputs: usize| -> anyhow::Result<RawMatrix> {
        let weights = get(&format!("{name}.weight"))?;
        Ok(RawMatrix::quantised(
            inputs,
            &weights,
            get(&format!("{name}.bias"))?,
        ))
    };
    Ok(RawLayer {
        matrices: [
            matrix("qkv", HIDDEN)?,
            matrix("out", HIDDEN)?,
            matrix("up", HIDDEN)?,
            matrix("down", INNER)?,
        ],
        norms: [
            [get("norm1.weight")?, get("norm1.bias")?],
            [get("norm2.weight")?, get("norm2.bias")?],
        ],
    })
}

/// The common head with the change of each corpus.
fn heads(tensors: &Tensors) -> anyhow::Result<Vec<(Box<str>, Vec<f32>)>> {
    let (weight, bias) = (tensors.get("head.weight")?, tensors.get("head.bias")?);
    let changes = tensors.get("changes")?;
    let size = LABELS * (HIDDEN + 1);
    let named = tensors.heads.iter().zip(changes.chunks_exact(size));
    Ok(named
        .map(|(name, change)| {
            let mut head = Vec::with_capacity(size);
            for (label, change) in change.chunks_exact(HIDDEN + 1).enumerate() {
                let common = weight[label * HIDDEN..][..HIDDEN]
                    .iter()
                    .chain([&bias[label]]);
                head.extend(common.zip(change).map(|(common, own)| common + own));
            }
            (name.as_str().into(), head)
        })
        .collect())
}

/// The fact heads, if facts were learned.
fn facts(tensors: &Tensors) -> anyhow::Result<Option<RawFacts>> {
    if !tensors.all.contains_key("facts.pairs.weight") {
        return Ok(None);
    }
    let get = |name: &str| tensors.get(&format!("facts.{name}"));
    let matrix = |names: &[&str], inputs: usize| -> anyhow::Result<RawMatrix> {
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for name in names {
            weights.extend(get(&format!("{name}.weight"))?);
            bias.extend(get(&format!("{name}.bias"))?);
        }
        Ok(RawMatrix::quantised(inputs, &weights, bias))
    };
    let rows = |name: &str, width: usize| -> anyhow::Result<Vec<f32>> {
        let weights = get(&format!("{name}.weight"))?;
        let bias = get(&format!("{name}.bias"))?;
        let rows = weights.chunks_exact(width).zip(bias);
        Ok(rows
            .flat_map(|(row, bias)| [row, &[bias]].concat())
            .collect())
    };
    Ok(Some(RawFacts {
        mention: matrix(&["first", "second", "alone"], HIDDEN)?,
        sentence: matrix(&["around", "beside"], HIDDEN)?,
        between: matrix(&["between"], HIDDEN)?,
        deep: [
            matrix(&["pairs_deep"], WIDTH)?,
            matrix(&["singles_deep"], WIDTH)?,
        ],
        marks: get("marks.weight")?,
        described: rows("described", HIDDEN)?,
        pairs: rows("pairs", WIDTH)?,
        singles: rows("singles", WIDTH)?,
        sorts: [
            get("first_kind.weight")?,
            get("second_kind.weight")?,
            get("alone_kind.weight")?,
        ],
        distances: get("distance.weight")?,
        crossed: get("crossed.weight")?,
    }))
}

impl Tensors {
    fn get(&self, name: &str) -> anyhow::Result<Vec<f32>> {
        let found = self
            .all
            .get(name)
            .with_context(|| format!("no tensor {name}"))?;
        Ok(found.clone())
    }
}

fn tensors(file: &[u8]) -> anyhow::Result<Tensors> {
    let (length, rest) = file.split_first_chunk().context("the file is empty")?;
    let length = usize::try_from(u64::from_le_bytes(*length))?;
    let (head, numbers) = rest
        .split_at_checked(length)
        .context("the file ends too early")?;
    let head: BTreeMap<String, Value> = serde_json::from_slice(head)?;
    let mut all = BTreeMap::new();
    let mut heads = Vec::new();
    let mut reading = 0;
    for (name, value) in head {
        if name == "__metadata__" {
            reading = value["named"]
                .as_str()
                .context("no number of layers")?
                .parse()?;
            let names = value["heads"].as_str().unwrap_or_default();
            heads = names.split(',').map(str::to_owned).collect();
            continue;
        }
        let place: (usize, usize) = serde_json::from_value(value["data_offsets"].clone())?;
        let bytes = numbers
            .get(place.0..place.1)
            .context("the file ends too early")?;
        let fours = bytes.as_chunks().0.iter();
        all.insert(name, fours.map(|&four| f32::from_le_bytes(four)).collect());
    }
    Ok(Tensors {
        all,
        heads,
        reading,
    })
}
