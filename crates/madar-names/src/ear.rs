//! Words known beforehand, recognised by ear: محمد and *Mohamad* by *mohammed*, تام by *Tom*.
//!
//! The lexicon knows spellings; this finds a known word from sounds, first by skeleton, then by
//! alignment. Left to others: what being known means for a part.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::align::{Extent, Run, likeness};
use crate::index::plain_skeleton;
use crate::lexicon::{Bearer, LEXICON};
use crate::name::MAX_SOUNDS;
use crate::script::Script;
use crate::sounds::{SOUNDS, Sound};

/// How alike a part must sound to a very common name to count as one, in thousandths.
const COMMON: u32 = 930;
/// How alike a part must sound to a form of a given name to count as that form; nearer, since forms
/// are short.
const FORM: u32 = 935;

/// Whether a part is among the very common names.
pub(crate) fn is_common(run: Run<'_>) -> bool {
    static KNOWN: LazyLock<Known> = LazyLock::new(|| Known::new(LEXICON.common()));
    !KNOWN.heard(run, COMMON).is_empty()
}

/// The given names that a part may stand for: as spelled, else as heard.
pub(crate) fn bearers(folded: &str, run: Run<'_>) -> Vec<Bearer> {
    static FORMS: LazyLock<(Vec<String>, Known)> = LazyLock::new(|| {
        let forms = LEXICON.forms();
        let known = Known::new(&forms);
        (forms, known)
    });
    let spelled = LEXICON.bearers(folded);
    if !spelled.is_empty() {
        return spelled.to_vec();
    }
    let (forms, known) = &*FORMS;
    let heard = known.heard(run, FORM);
    let mut all: Vec<Bearer> = heard
        .iter()
        .flat_map(|&i| LEXICON.bearers(&forms[i]))
        .copied()
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Known words by skeleton, with their sounds.
struct Known {
    by_skeleton: FxHashMap<u64, Vec<Word>>,
}

struct Word {
    number: usize,
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

impl Known {
    fn new(words: &[String]) -> Known {
        let mut by_skeleton: FxHashMap<u64, Vec<Word>> = FxHashMap::default();
        for (number, word) in words.iter().enumerate() {
            let mut sounds = Vec::new();
            SOUNDS.spell(word, MAX_SOUNDS, &mut sounds);
            by_skeleton
                .entry(plain_skeleton(&sounds))
                .or_default()
                .push(Word {
                    number,
                    extent: Extent::of(&sounds, Script::of(word) == Script::Arabic),
                    sounds,
                });
        }
        Known { by_skeleton }
    }

    /// The numbers of the likeliest words, if at least `least` alike.
    fn heard(&self, this: Run<'_>, least: u32) -> Vec<usize> {
        let Some(words) = self.by_skeleton.get(&plain_skeleton(this.sounds)) else {
            return Vec::new();
        };
        let heard: Vec<(u32, usize)> = words
            .iter()
            .map(|word| (likeness(&this, &word.run(), least), word.number))
            .filter(|&(likeness, _)| likeness >= least)
            .collect();
        let best = heard.iter().map(|h| h.0).max().unwrap_or(0);
        heard.iter().filter(|h| h.0 == best).map(|h| h.1).collect()
    }
}
