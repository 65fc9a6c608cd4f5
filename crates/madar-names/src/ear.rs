//! Words known beforehand, recognised by ear: محمد and *Mohamad* by *mohammed*, تام by *Tom*.
//!
//! The lexicon knows spellings; this finds a known word from sounds, first by skeleton, then by
//! alignment. Left to others: what being known means for a part.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::align::{Extent, Run, likeness};
use crate::keys::plain_skeleton;
use crate::lexicon::{Bearer, LEXICON};
use crate::name::MAX_SOUNDS;
use crate::script::Script;
use crate::sounds::{SOUNDS, Sound};

/// How alike a part must sound to a very common name to count as one, in thousandths.
const COMMON: u32 = 930;
/// How alike a part must sound to a form of a given name to count as that form; nearer, since forms
/// are short.
const FORM: u32 = 935;

/// What is known of a part of a person's name.
pub(crate) struct Known {
    /// Whether it is among the very common names, as heard.
    pub(crate) is_common: bool,
    /// The given names that it may stand for: as spelled, else as heard.
    pub(crate) bearers: Vec<Bearer>,
}

/// What is known of a part, by its spelling and by ear.
pub(crate) fn known(folded: &str, run: Run<'_>) -> Known {
    static WORDS: LazyLock<Words> = LazyLock::new(Words::new);
    let words = WORDS.by_skeleton.get(&plain_skeleton(run.sounds));
    let words = words.map_or(&[][..], Vec::as_slice);
    let spelled = LEXICON.bearers(folded);
    let is_common = |word: &Word| word.is_common && likeness(&run, &word.run(), COMMON) >= COMMON;
    Known {
        is_common: words.iter().any(is_common),
        bearers: if spelled.is_empty() {
            heard(words, run)
        } else {
            spelled.to_vec()
        },
    }
}

/// The given names whose forms sound most like a run.
fn heard(words: &[Word], run: Run<'_>) -> Vec<Bearer> {
    let mut best = FORM;
    let mut all: Vec<Bearer> = Vec::new();
    for word in words.iter().filter(|word| !word.bearers.is_empty()) {
        let likeness = likeness(&run, &word.run(), best);
        if likeness > best {
            all.clear();
            best = likeness;
        }
        if likeness == best {
            all.extend_from_slice(&word.bearers);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Known words by skeleton.
struct Words {
    by_skeleton: FxHashMap<u64, Vec<Word>>,
}

/// A word with its sounds.
struct Word {
    is_common: bool,
    bearers: Vec<Bearer>,
    sounds: Vec<Sound>,
    extent: Extent,
}

impl Word {
    fn run(&self) -> Run<'_> {
        Run {
            sounds: &self.sounds,
            extent: self.extent,
        }
    }
}

impl Words {
    fn new() -> Words {
        let mut words = Words {
            by_skeleton: FxHashMap::default(),
        };
        for word in LEXICON.common() {
            words.add(word, true, &[]);
        }
        for (form, bearers) in LEXICON.forms() {
            words.add(form, false, bearers);
        }
        words
    }

    fn add(&mut self, word: &str, is_common: bool, bearers: &[Bearer]) {
        let mut sounds = Vec::new();
        SOUNDS.spell(word, MAX_SOUNDS, &mut sounds);
        let key = plain_skeleton(&sounds);
        self.by_skeleton.entry(key).or_default().push(Word {
            is_common,
            bearers: bearers.to_vec(),
            extent: Extent::of(&sounds, Script::of(word) == Script::Arabic),
            sounds,
        });
    }
}
