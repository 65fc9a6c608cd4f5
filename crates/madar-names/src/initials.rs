//! Acronyms inside names: *AO TNIIS* and «Таганрогский научно-исследовательский институт связи».
//!
//! The letters of a short word are held against the first sounds of a run of words of the other
//! name, in any scripts; a word may give a second letter (*радиотехнический*, *RT*). A name that
//! spells itself out (*United Shipbuilding Corporation, USC*) says one thing twice. What such a pair
//! is worth is left to `weigh`.

use std::sync::LazyLock;

use crate::name::Name;
use crate::part::{Part, PartRole};
use crate::sounds::{SOUNDS, Sound};

/// Letters of an acronym inside a name: two are too often chance unless more agrees, and longer
/// ones are words.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;
/// What taking a letter for the first sound of a word may cost: *c* for *ts*, not *k* for *g*.
const ALIKE: u32 = 20;
/// Latin letters that stand for one letter of another script.
const DIGRAPHS: [&str; 8] = ["kh", "ts", "sh", "ch", "zh", "yu", "ya", "dz"];

/// Appends the letters of a word that may be an acronym, as sounds, one to a letter.
pub(crate) fn spell(word: &str, out: &mut Vec<Sound>) {
    let count = word.chars().count();
    if !LETTERS.contains(&count) || word.chars().any(|c| !c.is_alphabetic()) {
        return;
    }
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let digraph = DIGRAPHS.iter().find(|d| rest.starts_with(**d));
        let (length, sound) = match digraph {
            Some(digraph) => (digraph.len(), first_sound(digraph)),
            None => (c.len_utf8(), letter_sound(c)),
        };
        out.extend(sound);
        rest = &rest[length..];
    }
}

/// The sound of a letter that stands alone.
fn letter_sound(letter: char) -> Option<Sound> {
    /// Beyond the letters of the three scripts.
    const END: u32 = 0x700;
    static ALL: LazyLock<Vec<Option<Sound>>> = LazyLock::new(|| {
        let letters = (0..END).map(char::from_u32);
        letters
            .map(|letter| first_sound(letter?.encode_utf8(&mut [0; 4])))
            .collect()
    });
    match ALL.get(letter as usize) {
        Some(sound) => *sound,
        None => first_sound(letter.encode_utf8(&mut [0; 4])),
    }
}

fn first_sound(letters: &str) -> Option<Sound> {
    let mut sounds = Vec::new();
    SOUNDS.spell(letters, 1, &mut sounds);
    sounds.first().copied()
}

/// The run of compared parts of `long`, none of them in `taken`, whose initials `letters` are.
pub(crate) fn run_of(letters: &[Sound], long: &Name, taken: u32) -> Option<(usize, usize)> {
    if letters.len() < *LETTERS.start() {
        return None;
    }
    let parts = long.content().len();
    (0..parts).find_map(|start| {
        let len = run_from(letters, long, start, taken)?;
        (len >= 2).then_some((start, len))
    })
}

/// The length of the run that begins at a part and uses up the letters.
fn run_from(letters: &[Sound], long: &Name, start: usize, taken: u32) -> Option<usize> {
    let mut letters = letters;
    let mut at = start;
    let parts = long.content().len();
    while let Some((&letter, rest)) = letters.split_first() {
        if at >= parts || taken & (1 << at) != 0 {
            return None;
        }
        let word = sounds(long, long.part(at));
        let Some(&first) = word.first() else {
            // The rest of a compound: its first part has the sounds.
            if at == start {
                return None;
            }
            at += 1;
            continue;
        };
        if SOUNDS.swap(letter, first) > ALIKE {
            return None;
        }
        letters = rest;
        if let Some((&second, after)) = letters.split_first() {
            let next = (at + 1..parts).find_map(|i| sounds(long, long.part(i)).first());
            let goes_on = next.is_some_and(|&next| SOUNDS.swap(second, next) <= ALIKE);
            if !goes_on && word[1..].iter().any(|&s| SOUNDS.swap(second, s) == 0) {
                letters = after;
            }
        }
        at += 1;
    }
    Some(at - start)
}

fn sounds<'a>(name: &'a Name, part: &Part) -> &'a [Sound] {
    match part.role {
        PartRole::Number | PartRole::Initial => &[],
        _ => &name.sounds()[part.sounds.range()],
    }
}

/// Where a name spells out its own acronym: the acronym's part, and the run of the words.
pub(crate) fn own(name: &Name) -> Option<(usize, (usize, usize))> {
    let parts = name.content().len();
    if parts < 3 {
        return None;
    }
    (0..parts).find_map(|at| {
        let run = run_of(name.letters(at), name, 1 << at)?;
        Some((at, run))
    })
}
