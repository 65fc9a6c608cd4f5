//! Sentences to windows: runs of whole sentences that the network reads at once, so that a short
//! sentence is read with what stands around it.

use super::pieces::{BEGIN, END, Pieces};
use crate::words::Sentence;

/// Pieces that the network reads at once. Longer windows cost more for each piece and gain nothing
/// that was measured; most sentences have 20 to 60.
pub const WINDOW: usize = 128;

/// What the network reads at once.
#[derive(Default)]
pub struct Window {
    pub pieces: Vec<u32>,
    /// The words in it, in order.
    pub words: Vec<WordAt>,
}

/// Where a word stands: sentence, word of it, and which piece of the window begins its host.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WordAt {
    pub sentence: usize,
    pub word: usize,
    pub piece: usize,
}

/// Every word of the sentences is in one window.
pub fn windows<'a>(
    sentences: impl IntoIterator<Item = (&'a str, &'a Sentence)>,
    pieces: &Pieces,
) -> Vec<Window> {
    let mut out = Vec::new();
    let mut open = Window::default();
    let mut own = Vec::new();
    for (number, (text, sentence)) in sentences.into_iter().enumerate() {
        let mut cut: Vec<u32> = Vec::new();
        // Where the pieces of each word begin, and those of its host.
        let starts: Vec<(usize, usize)> = (0..sentence.words.len())
            .map(|at| (cut.len(), pieces.word(text, sentence, at, &mut cut)))
            .collect();
        if open.pieces.len() + cut.len() + 1 > WINDOW {
            close(&mut open, &mut out);
        }
        for (word, &(from, host)) in starts.iter().enumerate() {
            let to = starts.get(word + 1).map_or(cut.len(), |next| next.0);
            own.clear();
            own.extend_from_slice(&cut[from..to]);
            // A word without pieces still needs one, a word of very many is read by its front.
            if own.is_empty() {
                own.push(super::pieces::UNKNOWN);
            }
            own.truncate(WINDOW / 2);
            if open.pieces.len() + own.len() + 1 > WINDOW {
                close(&mut open, &mut out);
            }
            if open.pieces.is_empty() {
                open.pieces.push(BEGIN);
            }
            open.words.push(WordAt {
                sentence: number,
                word,
                piece: open.pieces.len() + (host - from).min(own.len() - 1),
            });
            open.pieces.extend_from_slice(&own);
        }
    }
    close(&mut open, &mut out);
    out
}

fn close(open: &mut Window, out: &mut Vec<Window>) {
    if !open.words.is_empty() {
        open.pieces.push(END);
        out.push(std::mem::take(open));
    }
}
