//! Cuts the vocabulary of the base model, 250,000 pieces for a hundred languages, to what Arabic,
//! English and Russian text needs.

use std::collections::BTreeSet;
use std::path::Path;

use madar_read::encoder::Pieces;
use madar_read::encoder::pieces::SPECIAL;

use super::base::BasePiece;

/// Pieces that are kept: with 32,000 a piece in a hundred of the corpora is cut finer than it was.
const KEPT: usize = 32_000;

/// The numbers of the pieces to keep, in ascending order: all that the texts use, letters of the
/// three scripts, then the likeliest of the three scripts until there are enough.
pub(crate) fn kept(base: &[BasePiece], counts: &[u32]) -> Vec<u32> {
    let mut kept: BTreeSet<u32> = (0..4).collect();
    let of = |id: usize| base[id].text.trim_start_matches('▁');
    let ours = |id: &usize| of(*id).chars().all(is_ours);
    let all = || (SPECIAL.len()..base.len()).filter(ours);
    let letters = all().filter(|&id| of(id).chars().count() <= 1);
    kept.extend(letters.map(number));
    let mut ranked: Vec<usize> = all().collect();
    ranked.sort_by_key(|&id| (std::cmp::Reverse(counts[id]), -base[id].score, id));
    for id in ranked {
        if kept.len() >= KEPT {
            break;
        }
        kept.insert(number(id));
    }
    kept.into_iter().collect()
}

pub(crate) fn pieces(base: &[BasePiece], kept: &[u32]) -> Pieces {
    Pieces::new(kept.iter().map(|&id| {
        let piece = &base[id as usize];
        (piece.text.as_str().into(), piece.score)
    }))
}

/// The pieces of a `vocabulary.tsv`: number in the base, piece, score.
pub(super) fn kept_pieces(file: &Path) -> anyhow::Result<Vec<(usize, Box<str>, i32)>> {
    let mut out = Vec::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [number, piece, score] = cells[..] else {
            anyhow::bail!("{} has another form", file.display());
        };
        out.push((number.parse()?, piece.into(), score.parse()?));
    }
    Ok(out)
}

fn number(id: usize) -> u32 {
    u32::try_from(id).expect("a vocabulary has few pieces")
}

/// Letters of Arabic, English and Russian, Western letters of names, digits and signs.
fn is_ours(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{A0}'..='\u{17F}'
        | 'А'..='я' | 'ё' | 'Ё'
        | '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{621}'..='\u{64A}' | '\u{660}'..='\u{66C}'
        | 'پ' | 'چ' | 'گ' | 'ڤ' | 'ک' | 'ی'
        | '\u{2010}'..='\u{203A}' | '\u{20AC}' | '№')
}
