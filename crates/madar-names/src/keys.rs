//! The keys that a name is filed under: they survive spelling and script.
//!
//! The consonant families of each part ("Dmitriev", "Дмитриев", "ديميترييف" all have T M T R F), of neighbours
//! joined (*Exxon Mobil*), forms of given names, meanings of words, initials.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::name::{Name, NameKind};
use crate::part::{Part, PartRole};
use crate::sounds::{Families, SOUNDS, Sound, WEAK};

/// Families of one key at most: what follows is where spellings drift.
const KEY_FAMILIES: usize = 5;
/// Readings of one part that are filed; each open choice doubles them.
pub(crate) const MAX_READINGS: usize = 8;
/// Pairs of meanings that are filed of one name.
const MAX_MEANING_PAIRS: usize = 10;
/// Consonants of a word that is filed with words of trades too, and how many such words of one name.
const SHORT: usize = 2;
const MAX_SHORT: usize = 3;
/// Words that an acronym inside a name stands for, at least and at most.
const ACRONYM_WORDS: std::ops::RangeInclusive<usize> = 3..=6;

/// What a group of keys is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// One part.
    Part,
    /// Words of trades, initials: of the whole name.
    Whole,
    /// Two neighbours.
    Joined,
}

/// Which sort of thing a key says.
#[derive(Hash)]
enum Key<'a> {
    Sounds(u64),
    Bearer(u16),
    Number(&'a str),
    Spelling(&'a str),
    Meaning(u16),
    Meanings(u16, u16),
    OfMeaning(u64, u16),
    Initials(&'a str),
}

impl Key<'_> {
    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }
}

/// Set apart from the keys of other names are those of people's: *Mahdi* the man is no candidate for
/// *Mahdi Aluminium*, and a list of people hides no company.
const OF_A_PERSON: u64 = 0x9e37_79b9_7f4a_7c15;

/// All keys of a name, sorted, none twice.
pub(crate) fn keys(name: &Name) -> Vec<u64> {
    let mut keys = Grouped::of(name).keys;
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of a name, group by group.
#[derive(Default)]
pub(crate) struct Grouped {
    keys: Vec<u64>,
    /// What each group is of, and where its keys end.
    groups: Vec<(Sort, usize)>,
}

impl Grouped {
    /// The keys of each part of a name, of the whole of it, and of neighbours joined.
    pub(crate) fn of(name: &Name) -> Grouped {
        let mut grouped = Grouped {
            keys: Vec::with_capacity(32),
            groups: Vec::with_capacity(8),
        };
        for part in name.content() {
            part_keys(name, part, &mut grouped.keys);
            grouped.end(Sort::Part);
        }
        if name.kind() != NameKind::Person {
            let parts: Vec<&Part> = name.content().collect();
            meaning_keys(name, &parts, &mut grouped.keys);
            grouped.end(Sort::Whole);
            acronym_keys(name, &parts, &mut grouped.keys);
            grouped.end(Sort::Whole);
        }
        for (first, second) in name.content().zip(name.content().skip(1)) {
            // words of trades are known wherever they stand
            if first.role != PartRole::ClassWord || second.role != PartRole::ClassWord {
                let sounds = &name.sounds()[first.sounds.start()..second.sounds.end()];
                sound_keys(sounds, Least::Three, &mut grouped.keys);
                grouped.end(Sort::Joined);
            }
        }
        if name.kind() == NameKind::Person {
            grouped.keys.iter_mut().for_each(|key| *key ^= OF_A_PERSON);
        }
        grouped
    }

    fn end(&mut self, sort: Sort) {
        self.groups.push((sort, self.keys.len()));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Sort, &[u64])> {
        let mut start = 0;
        self.groups.iter().map(move |&(sort, end)| {
            let keys = &self.keys[start..end];
            start = end;
            (sort, keys)
        })
    }
}

fn part_keys(name: &Name, part: &Part, keys: &mut Vec<u64>) {
    for &bearer in part.bearers.iter() {
        keys.push(Key::Bearer(bearer).hash());
    }
    let sounds = &name.sounds()[part.sounds.range()];
    match part.role {
        PartRole::Number => keys.push(Key::Number(part.folded()).hash()),
        PartRole::ClassWord => {}
        _ if sounds.is_empty() => keys.push(Key::Spelling(part.folded()).hash()),
        _ => {
            sound_keys(sounds, Least::None, keys);
            if let Some(bare) = part.bare {
                sound_keys(&name.sounds()[bare.range()], Least::None, keys);
            }
            if let Some(meaning) = part.meaning {
                keys.push(Key::Meaning(meaning).hash());
            }
        }
    }
}

/// Pairs of meanings, for names made of words of trades; a lone one is a key too. A word of one consonant
/// is met everywhere, and is a key with each of them: *Saha Airlines*.
fn meaning_keys(name: &Name, parts: &[&Part], keys: &mut Vec<u64>) {
    let mut meanings: Vec<_> = parts.iter().filter_map(|p| p.meaning).collect();
    meanings.sort_unstable();
    meanings.dedup();
    if let [only] = meanings.as_slice()
        && parts.len() == 1
    {
        keys.push(Key::Meaning(*only).hash());
    }
    let pairs = (0..meanings.len()).flat_map(|i| (i + 1..meanings.len()).map(move |j| (i, j)));
    for (i, j) in pairs.take(MAX_MEANING_PAIRS) {
        keys.push(Key::Meanings(meanings[i], meanings[j]).hash());
    }
    let short = parts
        .iter()
        .filter(|part| part.role == PartRole::Word && part.meaning.is_none());
    for part in short.take(MAX_SHORT) {
        let (readings, count) = readings(&name.sounds()[part.sounds.range()]);
        for &reading in readings[..count].iter().filter(|&&r| length(r) <= SHORT) {
            let each = meanings
                .iter()
                .map(|&of| Key::OfMeaning(reading, of).hash());
            keys.extend(each.take(MAX_MEANING_PAIRS));
        }
    }
}

/// The initials of a name of several words and of those it begins with, and the letters of short words.
fn acronym_keys(name: &Name, parts: &[&Part], keys: &mut Vec<u64>) {
    let may_be = |part: &Part| {
        let letters = usize::from(part.length);
        (2..=6).contains(&letters) && (parts.len() == 1 || letters >= *ACRONYM_WORDS.start())
    };
    let words = parts
        .iter()
        .filter(|part| part.meaning.is_none() && may_be(part));
    keys.extend(words.map(|part| Key::Initials(part.folded()).hash()));
    if parts.len() > 1 {
        let initial = |p: &Part| p.folded().chars().next();
        let initials: String = parts.iter().filter_map(|p| initial(p)).collect();
        for (at, _) in initials.char_indices().take(*ACRONYM_WORDS.end() + 1) {
            if initials[..at].chars().count() >= *ACRONYM_WORDS.start() {
                keys.push(Key::Initials(&initials[..at]).hash());
            }
        }
        keys.push(Key::Initials(&initials).hash());
        let all: String = name.parts().iter().filter_map(initial).collect();
        keys.push(Key::Initials(&all).hash());
    }
}

/// How many consonants a run must have to be a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Least {
    None,
    Three,
}

/// The consonant families of a run of sounds, in every reading that its choices allow.
fn sound_keys(sounds: &[Sound], least: Least, keys: &mut Vec<u64>) {
    let least = if least == Least::Three { 3 } else { 0 };
    let (readings, count) = readings(sounds);
    let long = readings[..count].iter().filter(|&&r| length(r) >= least);
    keys.extend(long.map(|&r| Key::Sounds(r).hash()));
}

/// The readings of a run of sounds and how many there are: of each the families of its first
/// consonants, four bits each, after a leading one.
pub(crate) fn readings(sounds: &[Sound]) -> ([u64; MAX_READINGS], usize) {
    let mut readings = [1u64; MAX_READINGS];
    let mut count = 1;
    for &sound in sounds {
        let families = SOUNDS.families(sound);
        let (choices, may_lack) = (families & !WEAK, families & WEAK != 0);
        if choices == 0 {
            continue;
        }
        let mut next = [0u64; MAX_READINGS];
        let mut filled = 0;
        let mut push = |reading: u64| {
            if let Some(slot) = next.get_mut(filled) {
                *slot = reading;
                filled += 1;
            }
        };
        for &reading in &readings[..count] {
            if length(reading) >= KEY_FAMILIES {
                push(reading);
                continue;
            }
            let mut left = choices;
            while left != 0 {
                push((reading << 4) | u64::from(1 + left.trailing_zeros()));
                left &= left - 1;
            }
            if may_lack {
                push(reading);
            }
        }
        readings = next;
        count = filled;
    }
    (readings, count)
}

/// The families of a reading.
fn length(reading: u64) -> usize {
    (reading.ilog2() / 4) as usize
}

/// The first reading of a run of sounds, whole, as one number: enough to tell the very common names.
pub(crate) fn plain_skeleton(sounds: &[Sound]) -> u64 {
    let families = sounds.iter().map(|&s| SOUNDS.families(s) & !WEAK);
    families
        .filter(|&f: &Families| f != 0)
        .fold(1, |key: u64, f| {
            key.wrapping_mul(11)
                .wrapping_add(1 + u64::from(f.trailing_zeros()))
        })
}
