//! Candidates: which of many names are worth comparing with one.
//!
//! A name is filed under keys that survive spelling and script: the consonant families of each part
//! ("Dmitriev", "Дмитриев", "ديميترييف" all have T M T R F), of neighbouring parts joined (*Exxon
//! Mobil*), forms of given names, pairs of trade words, initials. Left to [`crate::compare`]: whether
//! a candidate is one.

use rustc_hash::FxHashMap;

use crate::name::{Name, NameKind};
use crate::part::{Part, PartRole};
use crate::sounds::{SOUNDS, Sound, WEAK};

/// Families of one key at most: what follows is where spellings drift.
const KEY_FAMILIES: usize = 5;
/// Readings of one part that are filed; each open choice doubles them.
const MAX_READINGS: usize = 8;
/// Pairs of trade words that are filed of one name.
const MAX_MEANING_PAIRS: usize = 10;
/// The most candidates one name gets, rarest shared keys first: bounds the work that one name like
/// *Mohammed Ali* can cause. On lists of 16,000 entities the right one is nearly always far above.
const MAX_CANDIDATES: usize = 1_000;
/// What a shared key may be worth at most; divided by how many names share it.
const KEY_WORTH: u64 = 1 << 20;

/// Finds the names that could be alike to a given one.
///
/// ```
/// use madar_names::{Index, Name, NameKind};
/// let mut index = Index::new();
/// index.insert(&Name::new("Геннадий Тимченко", NameKind::Person), 7);
/// index.insert(&Name::new("Steve Witkoff", NameKind::Person), 8);
/// assert_eq!(index.candidates(&Name::new("تيمتشينكو", NameKind::Person)), [7]);
/// ```
#[derive(Clone, Debug)]
pub struct Index<T> {
    entries: Vec<T>,
    postings: FxHashMap<String, Vec<u32>>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index {
            entries: Vec::new(),
            postings: FxHashMap::default(),
        }
    }
}

impl<T: Copy> Index<T> {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// Files a name under its keys; `item` is what [`Index::candidates`] gives back.
    pub fn insert(&mut self, name: &Name, item: T) {
        let number =
            u32::try_from(self.entries.len()).expect("fewer than 2^32 names fit in memory");
        self.entries.push(item);
        for key in name.keys() {
            self.postings.entry(key).or_default().push(number);
        }
    }

    /// The number of names filed.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is filed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The items of names that share a key, at most 1,000, those with the rarest shared
    /// keys first, equal ones in the order filed. An item filed under several names may come twice.
    pub fn candidates(&self, name: &Name) -> Vec<T> {
        let mut worth: FxHashMap<u32, u64> = FxHashMap::default();
        for key in name.keys() {
            let Some(numbers) = self.postings.get(&key) else {
                continue;
            };
            let each = KEY_WORTH / u64::try_from(numbers.len()).unwrap_or(KEY_WORTH).max(1);
            for &number in numbers {
                *worth.entry(number).or_default() += each.max(1);
            }
        }
        let mut found: Vec<(u64, u32)> = worth.into_iter().map(|(n, w)| (w, n)).collect();
        found.sort_unstable_by_key(|&(worth, number)| (std::cmp::Reverse(worth), number));
        found.truncate(MAX_CANDIDATES);
        found
            .iter()
            .filter_map(|&(_, n)| self.entries.get(usize::try_from(n).ok()?).copied())
            .collect()
    }
}

/// All keys of a name, sorted, none twice.
pub(crate) fn keys(name: &Name) -> Vec<String> {
    let mut keys = Vec::new();
    let parts: Vec<&Part> = name.content().collect();
    for part in &parts {
        part_keys(name, part, &mut keys);
    }
    for pair in parts.windows(2) {
        if let [first, second] = pair {
            let joined = &name.sounds()[first.sounds.start..second.sounds.end];
            keys.extend(skeletons(joined).into_iter().filter(|s| s.len() > 2));
        }
    }
    if name.kind() != NameKind::Person {
        meaning_keys(&parts, &mut keys);
        acronym_keys(name, &parts, &mut keys);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn part_keys(name: &Name, part: &Part, keys: &mut Vec<String>) {
    for bearer in &part.bearers {
        keys.push(format!("={bearer}"));
    }
    let sounds = &name.sounds()[part.sounds.clone()];
    match part.role {
        PartRole::Number => keys.push(format!("#{}", part.folded)),
        PartRole::ClassWord => {}
        _ if sounds.is_empty() => keys.push(format!("?{}", part.folded)),
        _ => {
            keys.extend(skeletons(sounds));
            if let Some(bare) = part.bare.clone() {
                keys.extend(skeletons(&name.sounds()[bare]));
            }
        }
    }
}

/// Pairs of meanings, for names made of trade words; a lone one is a key too.
fn meaning_keys(parts: &[&Part], keys: &mut Vec<String>) {
    let mut meanings: Vec<_> = parts.iter().filter_map(|p| p.meaning).collect();
    meanings.sort_unstable();
    meanings.dedup();
    if let [only] = meanings.as_slice()
        && parts.len() == 1
    {
        keys.push(format!("+{only}"));
    }
    let pairs = (0..meanings.len()).flat_map(|i| (i + 1..meanings.len()).map(move |j| (i, j)));
    for (i, j) in pairs.take(MAX_MEANING_PAIRS) {
        keys.push(format!("+{}+{}", meanings[i], meanings[j]));
    }
}

/// The initials of a name of several words, and the letters of a name of one short word.
fn acronym_keys(name: &Name, parts: &[&Part], keys: &mut Vec<String>) {
    if let [only] = parts
        && (2..=6).contains(&only.folded.chars().count())
    {
        keys.push(format!("@{}", only.folded));
    }
    if parts.len() > 1 {
        let initials: String = parts
            .iter()
            .filter_map(|p| p.folded.chars().next())
            .collect();
        keys.push(format!("@{initials}"));
        let all: String = name
            .parts()
            .iter()
            .filter_map(|p| p.folded.chars().next())
            .collect();
        keys.push(format!("@{all}"));
    }
}

/// The consonant families of a run of sounds, in every reading that its choices allow.
fn skeletons(sounds: &[Sound]) -> Vec<String> {
    let mut readings = vec![String::new()];
    for &sound in sounds {
        let families = SOUNDS.families(sound);
        let letters: Vec<char> = letters(families).collect();
        if letters.is_empty() {
            continue;
        }
        let may_lack = families & WEAK != 0;
        let mut next = Vec::with_capacity(readings.len() * (letters.len() + 1));
        for reading in &readings {
            if reading.len() >= KEY_FAMILIES {
                next.push(reading.clone());
                continue;
            }
            for &letter in &letters {
                let mut longer = reading.clone();
                longer.push(letter);
                next.push(longer);
            }
            if may_lack {
                next.push(reading.clone());
            }
        }
        next.truncate(MAX_READINGS);
        readings = next;
    }
    for reading in &mut readings {
        if reading.is_empty() {
            reading.push('-');
        }
    }
    readings
}

/// The first reading of a run of sounds, whole: enough to tell the very common names.
pub(crate) fn plain_skeleton(sounds: &[Sound]) -> String {
    sounds
        .iter()
        .filter_map(|&s| letters(SOUNDS.families(s)).next())
        .collect()
}

fn letters(families: u16) -> impl Iterator<Item = char> {
    "PFMNLRTSK"
        .chars()
        .enumerate()
        .filter(move |&(bit, _)| families & (1 << bit) != 0)
        .map(|(_, c)| c)
}
