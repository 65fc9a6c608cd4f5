//! Which Arabic words carry proclitics: a list of word counts, and the words of the packs.
//!
//! وقال is و + قال because قال alone is far more frequent; وزير stays whole because زير is not.

use rustc_hash::FxHashMap;

const COUNTS: &str = include_str!("../data/arabic_words.tsv");

/// Words that the counts would cut wrongly.
const WHOLE: &[&str] = &[
    "واحد",
    "واحده",
    "والد",
    "والده",
    "وارد",
    "واقع",
    "كامل",
    "بالغ",
    "سالم",
    "فارس",
];

pub struct Arabic {
    counts: FxHashMap<String, u32>,
}

impl Arabic {
    /// The shipped counts; `named` are folded words that the packs name, and so exist.
    pub(crate) fn new<'a>(named: impl Iterator<Item = &'a str>) -> Self {
        let mut counts: FxHashMap<String, u32> = COUNTS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (word, count) = line.split_once('\t')?;
                Some((word.to_owned(), count.parse().ok()?))
            })
            .collect();
        for word in named {
            // A word of a rule counts like a frequent one, so that its clitic forms are cut.
            let count = counts.entry(word.to_owned()).or_default();
            *count = (*count).max(50);
        }
        Self { counts }
    }

    /// Whether to cut `whole` so that `rest` is left: the rest exists and is no rarer.
    pub(crate) fn cuts(&self, whole: &str, rest: &str) -> bool {
        if WHOLE.contains(&whole) {
            return false;
        }
        let count = |word| self.counts.get(word).copied().unwrap_or(0);
        let rest = count(rest);
        rest >= 2 && rest >= count(whole)
    }

    /// How often a folded word was counted.
    pub fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }
}
