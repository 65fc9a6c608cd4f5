//! How many listed names have a part that sounds so: what agreeing on it can tell.
//!
//! حسن, *Hasan* and *Hussein* have the consonants SN, and one listed person in twenty has them: to agree on
//! them says little. *Timchenko* has TMSNK, and few do. The counts are of names on the public lists
//! (`data/heard.txt`, made by `madar-lab names-heard`), by consonant families alone and with vowels.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::keys::readings;
use crate::name::{Name, NameKind};
use crate::part::Part;
use crate::sounds::{SOUNDS, Sound, Vowel, WEAK};

/// What a part tells that the counts have not, in tenths of bits: one or two names in some twenty thousand.
const UNHEARD: u8 = 140;
/// Consonants and vowels of one key at most.
const LONGEST: u32 = 12;
/// Marks keys that have vowels.
const WITH_VOWELS: u64 = 1 << 63;
/// Letters of the data file, by number from one: consonant families, then vowels.
const LETTERS: &[u8; 12] = b"PFMNLRTSKaiu";

/// How surprising it is that a listed name has a part that sounds so, in tenths of bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Rarity {
    /// By the consonants that scripts agree on.
    pub(crate) consonants: u8,
    /// With the vowels, where they are written.
    pub(crate) vowelled: u8,
}

struct Heard {
    persons: FxHashMap<u64, u8>,
    things: FxHashMap<u64, u8>,
}

static HEARD: LazyLock<Heard> = LazyLock::new(|| {
    let (persons, things) = include_str!("../data/heard.txt")
        .split_once("[organisation]")
        .expect("data/heard.txt is valid: the tests read it");
    Heard {
        persons: table(persons),
        things: table(things),
    }
});

/// Lines of tenths of bits and the keys that are so rare.
fn table(text: &str) -> FxHashMap<u64, u8> {
    let mut table = FxHashMap::default();
    for line in text.lines() {
        let mut words = line.split_ascii_whitespace();
        let Some(bits) = words.next().and_then(|bits| bits.parse().ok()) else {
            continue;
        };
        table.extend(words.map(|word| (packed(word), bits)));
    }
    table
}

/// A key of the data file as a number.
fn packed(word: &str) -> u64 {
    let (word, mark) = match word.strip_prefix('=') {
        Some(word) => (word, WITH_VOWELS),
        None => (word, 0),
    };
    let number = |letter: u8| LETTERS.iter().position(|&l| l == letter).unwrap_or(0) + 1;
    let letters = word.bytes().map(|letter| number(letter) as u64);
    mark | letters.fold(1, |key, letter| (key << 4) | letter)
}

fn unpacked(key: u64) -> String {
    let mut letters = String::new();
    let mut rest = key & !WITH_VOWELS;
    while rest > 1 {
        let number = (rest & 15) as usize;
        letters.insert(0, char::from(LETTERS[number - 1]));
        rest >>= 4;
    }
    if key & WITH_VOWELS == 0 {
        letters
    } else {
        format!("={letters}")
    }
}

/// How rare a run of sounds is, and the same run without article or ending: what is commoner counts.
pub(crate) fn rarity(sounds: &[Sound], bare: Option<&[Sound]>, is_person: bool) -> Rarity {
    let table = if is_person {
        &HEARD.persons
    } else {
        &HEARD.things
    };
    let of = |key: &u64| table.get(key).copied().unwrap_or(UNHEARD);
    let mut rarity = Rarity {
        consonants: UNHEARD,
        vowelled: UNHEARD,
    };
    for run in [Some(sounds), bare].into_iter().flatten() {
        let (keys, count) = readings(run);
        let all = keys[..count].iter().map(of);
        rarity.consonants = all.fold(rarity.consonants, u8::min);
        rarity.vowelled = rarity.vowelled.min(of(&vowelled(run)));
    }
    rarity
}

/// The first reading of a run of sounds with its vowels.
fn vowelled(sounds: &[Sound]) -> u64 {
    let mut key = 1u64;
    let mut last = 0;
    for &sound in sounds {
        let families = SOUNDS.families(sound) & !WEAK;
        let letter = match SOUNDS.vowel(sound) {
            Some(Vowel::A) => 10,
            Some(Vowel::I) => 11,
            Some(Vowel::U) => 12,
            None if families != 0 => 1 + u64::from(families.trailing_zeros()),
            None => continue,
        };
        // *Saad* and *Sad* are one
        if letter >= 10 && letter == last {
            continue;
        }
        last = letter;
        key = (key << 4) | letter;
        if key.ilog2() >= 4 * LONGEST {
            break;
        }
    }
    key | WITH_VOWELS
}

/// The vowels of a run of sounds; two beside each other are one.
pub(crate) fn syllables(sounds: &[Sound]) -> usize {
    let vowels = sounds.iter().map(|&sound| SOUNDS.vowel(sound).is_some());
    let mut before = false;
    vowels
        .filter(|&is_vowel| {
            let begins = is_vowel && !before;
            before = is_vowel;
            begins
        })
        .count()
}

/// What the parts of a name sound like to the counts of `data/heard.txt`: consonant families in capitals,
/// in every reading, and with vowels after an equals sign. Sorted, none twice.
///
/// ```
/// use madar_names::{Name, NameKind, heard_as};
/// let name = Name::new("Hasan", NameKind::Person);
/// assert_eq!(heard_as(&name), ["=aSaN", "SN"].map(str::to_owned));
/// ```
pub fn heard_as(name: &Name) -> Vec<String> {
    let mut keys = Vec::new();
    for part in name.content().filter(|part| is_counted(part, name.kind())) {
        for run in [Some(part.sounds), part.bare] {
            let Some(run) = run else { continue };
            let run = &name.sounds()[run.range()];
            let (all, count) = readings(run);
            keys.extend_from_slice(&all[..count]);
            if !part.is_arabic() {
                keys.push(vowelled(run));
            }
        }
    }
    let mut words: Vec<String> = keys.into_iter().map(unpacked).collect();
    words.retain(|word| !matches!(word.as_str(), "" | "="));
    words.sort_unstable();
    words.dedup();
    words
}

/// Numbers and letters have no sound of their own.
fn is_counted(part: &Part, kind: NameKind) -> bool {
    use crate::part::PartRole::{ClassWord, Initial, Number};
    !matches!(part.role, Number | Initial)
        && (kind == NameKind::Person || part.role != ClassWord)
        && !part.sounds.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_they_are_read_from() {
        for word in ["SN", "=aSaN", "TMSNK", "P"] {
            assert_eq!(unpacked(packed(word)), word);
        }
    }

    #[test]
    fn common_parts_tell_less_than_rare_ones() {
        let consonants = |text: &str| {
            let name = Name::new(text, NameKind::Person);
            name.part(0).rarity.consonants
        };
        assert!(consonants("Hasan") < 60);
        assert!(consonants("حسن") < 60);
        assert!(consonants("Timchenko") > 100);
    }
}
