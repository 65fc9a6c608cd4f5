//! Candidates: which of many names are worth comparing with one.
//!
//! A name is filed under keys that survive spelling and script: the consonant families of each part
//! ("Dmitriev", "Дмитриев", "ديميترييف" all have T M T R F), of neighbouring parts joined (*Exxon
//! Mobil*), forms of given names, meanings of words, initials. A query adds up what the keys it
//! shares with each name are worth, rare keys most, and keeps the names that share enough. Left to
//! [`crate::compare`]: whether a candidate is one.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::name::{Name, NameKind};
use crate::part::{Part, PartRole};
use crate::sounds::{Families, SOUNDS, Sound, WEAK};

/// Families of one key at most: what follows is where spellings drift.
const KEY_FAMILIES: usize = 5;
/// Readings of one part that are filed; each open choice doubles them.
const MAX_READINGS: usize = 8;
/// Pairs of meanings that are filed of one name.
const MAX_MEANING_PAIRS: usize = 10;
/// The most candidates one name gets: bounds the work that one name like *Mohammed Ali* can cause.
const MAX_CANDIDATES: usize = 160;
/// A candidate must share keys worth so much of what the best one shares, in hundredths …
const SHARE_OF_BEST: u32 = 38;
/// … but so many are kept whatever they share.
const ALWAYS_KEPT: usize = 12;
/// Names looked at under the keys of one query, rarest keys first: a name of a million's commonest
/// words costs no more than this.
const MAX_LOOKED_AT: usize = 150_000;
/// What a key of a part counts, and one of two neighbours joined: that they stand side by side says
/// little more than that both are there.
const OWN: u32 = 4;
const JOINED: u32 = 1;

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
    /// The place of a key's list in `lists`.
    places: FxHashMap<u64, u32>,
    lists: Vec<Vec<u32>>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index {
            entries: Vec::new(),
            places: FxHashMap::default(),
            lists: Vec::new(),
        }
    }
}

thread_local! {
    /// What each entry shares with the query in hand; zero between queries.
    static WORTH: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
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
        for key in keys(name) {
            let next = u32::try_from(self.lists.len()).expect("fewer than 2^32 keys");
            let place = *self.places.entry(key).or_insert(next);
            if place == next {
                self.lists.push(Vec::new());
            }
            self.lists[place as usize].push(number);
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

    /// The items of names that share enough keys, at most 160, those that share the rarest keys
    /// first, equal ones in the order filed. An item filed under several names may come twice.
    pub fn candidates(&self, name: &Name) -> Vec<T> {
        let (own, joined) = sorted_keys(name);
        let list = |key: &u64| {
            self.places
                .get(key)
                .map(|&place| &self.lists[place as usize])
        };
        let own = own.iter().filter_map(list).map(|list| (list, OWN));
        let joined = joined.iter().filter_map(list).map(|list| (list, JOINED));
        let mut lists: Vec<(&Vec<u32>, u32)> = own.chain(joined).collect();
        lists.sort_by_key(|(list, _)| list.len());
        let mut found = WORTH.with_borrow_mut(|worth| self.looked_at(&lists, worth));
        let best = found.iter().map(|f| f.0).max().unwrap_or(0);
        let order = |f: &(u32, u32)| (std::cmp::Reverse(f.0), f.1);
        if found.len() > ALWAYS_KEPT {
            found.select_nth_unstable_by_key(ALWAYS_KEPT, order);
            let least = best * SHARE_OF_BEST / 100;
            let mut place = 0;
            found.retain(|f| {
                place += 1;
                place <= ALWAYS_KEPT || f.0 >= least
            });
        }
        if found.len() > MAX_CANDIDATES {
            found.select_nth_unstable_by_key(MAX_CANDIDATES, order);
            found.truncate(MAX_CANDIDATES);
        }
        found.sort_unstable_by_key(order);
        let items = found
            .iter()
            .map(|&(_, number)| self.entries[number as usize]);
        items.collect()
    }

    /// What the names under the lists share with the query, and their numbers.
    fn looked_at(&self, lists: &[(&Vec<u32>, u32)], worth: &mut Vec<u32>) -> Vec<(u32, u32)> {
        if worth.len() < self.entries.len() {
            worth.resize(self.entries.len(), 0);
        }
        let mut touched: Vec<u32> = Vec::new();
        let mut left = MAX_LOOKED_AT;
        let all = self.entries.len().max(1).ilog2();
        for &(list, share) in lists {
            if list.len() > left {
                break;
            }
            left -= list.len();
            // Bits: what a key tells that so many of all names have.
            let each = (1 + all.saturating_sub(list.len().ilog2())) * share;
            for &number in list {
                let sum = &mut worth[number as usize];
                if *sum == 0 {
                    touched.push(number);
                }
                *sum += each;
            }
        }
        touched
            .into_iter()
            .map(|number| (std::mem::take(&mut worth[number as usize]), number))
            .collect()
    }
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
    Initials(&'a str),
}

impl Key<'_> {
    fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }
}

/// All keys of a name, sorted, none twice.
pub(crate) fn keys(name: &Name) -> Vec<u64> {
    let (mut keys, joined) = sorted_keys(name);
    keys.extend(joined);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of a name's parts, and those of neighbours joined; each sorted, none twice.
fn sorted_keys(name: &Name) -> (Vec<u64>, Vec<u64>) {
    let mut keys = Vec::with_capacity(16);
    let mut joined = Vec::with_capacity(8);
    let parts: Vec<&Part> = name.content().collect();
    for part in &parts {
        part_keys(name, part, &mut keys);
    }
    for pair in parts.windows(2) {
        if let [first, second] = pair {
            let sounds = &name.sounds()[first.sounds.start..second.sounds.end];
            sound_keys(sounds, Least::Three, &mut joined);
        }
    }
    if name.kind() != NameKind::Person {
        meaning_keys(&parts, &mut keys);
        acronym_keys(name, &parts, &mut keys);
    }
    for keys in [&mut keys, &mut joined] {
        keys.sort_unstable();
        keys.dedup();
    }
    (keys, joined)
}

fn part_keys(name: &Name, part: &Part, keys: &mut Vec<u64>) {
    for &bearer in &part.bearers {
        keys.push(Key::Bearer(bearer).hash());
    }
    let sounds = &name.sounds()[part.sounds.clone()];
    match part.role {
        PartRole::Number => keys.push(Key::Number(&part.folded).hash()),
        PartRole::ClassWord => {}
        _ if sounds.is_empty() => keys.push(Key::Spelling(&part.folded).hash()),
        _ => {
            sound_keys(sounds, Least::None, keys);
            if let Some(bare) = part.bare.clone() {
                sound_keys(&name.sounds()[bare], Least::None, keys);
            }
            if let Some(meaning) = part.meaning {
                keys.push(Key::Meaning(meaning).hash());
            }
        }
    }
}

/// Pairs of meanings, for names made of words of trades; a lone one is a key too.
fn meaning_keys(parts: &[&Part], keys: &mut Vec<u64>) {
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
}

/// The initials of a name of several words, and the letters of a name of one short word.
fn acronym_keys(name: &Name, parts: &[&Part], keys: &mut Vec<u64>) {
    if let [only] = parts
        && (2..=6).contains(&only.folded.chars().count())
    {
        keys.push(Key::Initials(&only.folded).hash());
    }
    if parts.len() > 1 {
        let initial = |p: &Part| p.folded.chars().next();
        let initials: String = parts.iter().filter_map(|p| initial(p)).collect();
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
    // A reading is its families, four bits each, after a leading one.
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
    let least = if least == Least::Three { 3 } else { 0 };
    let long = readings[..count].iter().filter(|&&r| length(r) >= least);
    keys.extend(long.map(|&r| Key::Sounds(r).hash()));
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
