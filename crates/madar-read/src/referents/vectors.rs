//! Vectors of words: which nouns are near in meaning, across the three languages (*insurer*, *страховщик*), by
//! multilingual-e5-small. `encoder/words.py` of `madar-lab` makes them.

use rustc_hash::FxHashMap;

use crate::words::Word;

/// Vectors of one length, a byte to an axis.
pub(crate) struct Vectors {
    numbers: FxHashMap<Box<str>, u32>,
    axes: usize,
    all: Vec<i8>,
}

impl Vectors {
    /// How many words and axes there are (four bytes each), the words, a line each, and their vectors.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        let (head, mut rest) = bytes.split_at(8);
        let number = |at: usize| {
            let four = head[at..at + 4].try_into().expect("four bytes");
            u32::from_le_bytes(four)
        };
        let (count, axes) = (number(0), number(4) as usize);
        let mut numbers = FxHashMap::default();
        for word in 0..count {
            let end = rest.iter().position(|&b| b == b'\n');
            let (line, more) = rest.split_at(end.expect("a line to a word"));
            let line = std::str::from_utf8(line).expect("words are text");
            numbers.insert(line.into(), word);
            rest = &more[1..];
        }
        Self {
            numbers,
            axes,
            all: rest.iter().map(|&b| b.cast_signed()).collect(),
        }
    }

    pub(super) fn number(&self, word: &Word) -> Option<u32> {
        self.numbers.get(word.lemma.as_str()).copied()
    }

    pub(super) fn of(&self, lemma: &str) -> Option<u32> {
        self.numbers.get(lemma).copied()
    }

    /// How near two words are, in hundredths: a hundred is the same.
    pub(super) fn nearness(&self, a: u32, b: u32) -> i32 {
        let of = |at: u32| &self.all[at as usize * self.axes..][..self.axes];
        let products = of(a)
            .iter()
            .zip(of(b))
            .map(|(x, y)| i32::from(*x) * i32::from(*y));
        products.sum::<i32>() / 161
    }
}

#[cfg(test)]
mod tests {
    use crate::Kit;

    #[test]
    fn words_of_one_sense_are_near_across_languages() {
        let vectors = Kit::bundled().vectors;
        let near = |a: &str, b: &str| {
            let of = |word: &str| vectors.of(word).expect("a common word");
            vectors.nearness(of(a), of(b))
        };
        assert_eq!(near("insurer", "insurer"), 100);
        assert!(near("insurer", "страховщик") > near("insurer", "министр"));
        assert!(near("contractor", "подрядчик") > near("contractor", "minister"));
        assert_eq!(vectors.of("Xyzzy"), None);
    }
}
