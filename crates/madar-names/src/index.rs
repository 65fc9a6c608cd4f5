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
use crate::part::{Part, PartRole, Stretch};
use crate::script::Script;
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
/// The most candidates one name gets: bounds the work that one name like *Mohammed Ali* can cause.
const MAX_CANDIDATES: usize = 160;
/// A candidate must share keys worth so much of what the best one shares, in hundredths …
const SHARE_OF_BEST: u32 = 45;
/// … but so many are kept whatever they share.
const ALWAYS_KEPT: usize = 12;
/// Names looked at under the keys of one query, rarest keys first: a name of a million's commonest
/// words costs no more than this.
const MAX_LOOKED_AT: usize = 150_000;
/// What a key of a part counts, and one of two neighbours joined: that they stand side by side says
/// little more than that both are there.
const OWN: u32 = 4;
const JOINED: u32 = 1;
/// By how much more a joined key counts in a name that shares nothing else.
const AS_A_WORD: u16 = 4;
/// Names weighed closely at most, those that share most first.
const MAX_WEIGHED: usize = 400;
/// Candidates by one part alone at most: who shares one part of many is seldom meant. A hundred found one
/// more of six hundred on the lists.
const MAX_BY_ONE_PART: usize = 16;

/// The share of consonants following each other alike, in hundredths, below which a name is no
/// candidate: for people, and for organisations, whose words may be translated.
fn least_share(is_person: bool, one_script: bool) -> u32 {
    match (is_person, one_script) {
        (true, _) => 70,
        (false, true) => 60,
        (false, false) => 40,
    }
}

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
    /// Which consonants follow each other in each name.
    outlines: Vec<Outline>,
    /// How many parts each name has that are compared.
    sizes: Vec<u8>,
    /// The place of a key's list in `lists`.
    places: FxHashMap<u64, u32>,
    lists: Vec<Vec<u32>>,
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Index {
            entries: Vec::new(),
            outlines: Vec::new(),
            sizes: Vec::new(),
            places: FxHashMap::default(),
            lists: Vec::new(),
        }
    }
}

thread_local! {
    /// What each entry shares with the query in hand; nothing between queries.
    static SHARED: RefCell<Vec<Shared>> = const { RefCell::new(Vec::new()) };
}

/// An entry that shares something with a query, in one number that orders: what shares most first; of names
/// that share as much those that say least more, then those filed first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found(u64);

impl Found {
    fn of(shared: Shared, size: u8, number: u32) -> Found {
        let less = u64::from(u16::MAX - shared.worth);
        let order = less << 48 | u64::from(size) << 40 | u64::from(number) << 8;
        Found(order | u64::from(shared.parts))
    }

    fn worth(self) -> u32 {
        let [high, low, ..] = self.0.to_be_bytes();
        u32::from(u16::MAX - u16::from_be_bytes([high, low]))
    }

    fn number(self) -> usize {
        let [_, _, _, a, b, c, d, _] = self.0.to_be_bytes();
        u32::from_be_bytes([a, b, c, d]) as usize
    }

    /// How many parts of the query have a key in it.
    fn parts(self) -> u8 {
        self.0.to_be_bytes()[7]
    }
}

/// What an entry shares with a query.
#[derive(Clone, Copy, Default)]
struct Shared {
    /// What the keys are worth, for each part the rarest.
    worth: u16,
    /// How many parts of the query have a key in it, and [`Shared::ONLY_JOINED`].
    parts: u8,
    /// The part that was counted last, from one.
    last: u8,
}

impl Shared {
    /// Set where nothing but neighbours joined has a key in it. Cells are small, since a query touches thousands.
    const ONLY_JOINED: u8 = 128;
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
        self.outlines.push(Outline::of(name));
        let size = name.content().len();
        self.sizes.push(u8::try_from(size).unwrap_or(u8::MAX));
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

    /// The items of names that share enough keys, people's for a person's name and all other kinds'
    /// for all others, at most 160, those that share the rarest keys first, then those that say least
    /// more, equal ones in the order filed. An item filed under several names may come twice.
    pub fn candidates(&self, name: &Name) -> Vec<T> {
        let groups = self.groups(name);
        let parts = groups.iter().filter(|group| group.0 == Sort::Part).count();
        let mut found = SHARED.with_borrow_mut(|shared| self.looked_at(&groups, shared));
        let best = found.iter().min().map_or(0, |first| first.worth());
        if found.len() > ALWAYS_KEPT {
            found.select_nth_unstable(ALWAYS_KEPT);
            let mut place = 0;
            found.retain(|f| {
                place += 1;
                place <= ALWAYS_KEPT || f.worth() >= least_worth(best)
            });
        }
        if found.len() > MAX_WEIGHED {
            found.select_nth_unstable(MAX_WEIGHED);
            found.truncate(MAX_WEIGHED);
        }
        found.sort_unstable();
        let own = Outline::of(name);
        let (mut by_one_part, mut taken) = (0, 0);
        found.retain(|f| {
            // a name of one part has nothing else to share
            let by_one = f.parts() < 2 && parts > 1;
            let is_open = taken < MAX_CANDIDATES && (!by_one || by_one_part < MAX_BY_ONE_PART);
            let is_taken = is_open && own.is_near(&self.outlines[f.number()]);
            by_one_part += usize::from(is_taken && by_one);
            taken += usize::from(is_taken);
            is_taken
        });
        let items = found.iter().map(|f| self.entries[f.number()]);
        items.collect()
    }

    /// The lists under a name's keys, the shortest first.
    fn groups(&self, name: &Name) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (sort, keys) in groups_of_keys(name) {
            let lists = keys.iter().filter_map(|key| self.places.get(key));
            let mut lists: Vec<&[u32]> = lists.map(|&at| &self.lists[at as usize][..]).collect();
            if !lists.is_empty() {
                lists.sort_by_key(|list| list.len());
                groups.push((sort, lists));
            }
        }
        groups.sort_by_key(|(sort, lists)| (lists[0].len(), *sort));
        groups
    }

    /// What the names under the query's keys share with it, and their numbers.
    fn looked_at(&self, groups: &[Group<'_>], shared: &mut Vec<Shared>) -> Vec<Found> {
        if shared.len() < self.entries.len() {
            shared.resize(self.entries.len(), Shared::default());
        }
        let mut touched: Vec<u32> = Vec::new();
        let mut left = MAX_LOOKED_AT;
        let rest = self.most_to_come(groups);
        // whether what is first met now could still be a candidate beside the best so far
        let (mut is_open, mut best) = (true, 0);
        for ((number, (sort, lists)), rest) in (1u8..).zip(groups).zip(rest) {
            is_open = is_open && is_open_to(rest, best, &touched, shared);
            for list in lists {
                if list.len() > left {
                    continue;
                }
                left -= list.len();
                let each = self.worth_of_key(*sort, list);
                for &entry in *list {
                    let cell = &mut shared[entry as usize];
                    if cell.last == number || (cell.last == 0 && !is_open) {
                        continue;
                    }
                    if cell.last == 0 {
                        touched.push(entry);
                        cell.parts = Shared::ONLY_JOINED;
                    }
                    if *sort != Sort::Joined {
                        cell.parts &= !Shared::ONLY_JOINED;
                    }
                    cell.last = number;
                    cell.worth = cell.worth.saturating_add(each);
                    best = best.max(cell.worth);
                    cell.parts += u8::from(*sort == Sort::Part);
                }
            }
        }
        let mut found = Vec::with_capacity(touched.len());
        for entry in touched {
            let mut this = std::mem::take(&mut shared[entry as usize]);
            if this.parts == Shared::ONLY_JOINED {
                // one word there is two here: as telling as a word
                this.worth = this.worth.saturating_mul(AS_A_WORD);
                this.parts = 2;
            }
            found.push(Found::of(this, self.sizes[entry as usize], entry));
        }
        found
    }

    /// What a key is worth that so many names have: the bits that it tells, by what it is a key of.
    fn worth_of_key(&self, sort: Sort, list: &[u32]) -> u16 {
        let share = if sort == Sort::Joined { JOINED } else { OWN };
        let all = self.entries.len().max(1).ilog2();
        let each = (1 + all.saturating_sub(list.len().ilog2())) * share;
        u16::try_from(each).unwrap_or(u16::MAX)
    }

    /// For each group, what a name that no group before has met can share with the query at most.
    fn most_to_come(&self, groups: &[Group<'_>]) -> Vec<u32> {
        let (mut all, mut joined) = (0, 0);
        let mut rest: Vec<u32> = groups
            .iter()
            .rev()
            .map(|(sort, lists)| {
                let most = u32::from(self.worth_of_key(*sort, lists[0]));
                all += most;
                joined += if *sort == Sort::Joined { most } else { 0 };
                all.max(joined * u32::from(AS_A_WORD))
            })
            .collect();
        rest.reverse();
        rest
    }
}

/// What a candidate must share at least, by what the best one does.
fn least_worth(best: u32) -> u32 {
    best * SHARE_OF_BEST / 100
}

/// Whether a name that shares `rest` at most could be a candidate beside those met so far.
fn is_open_to(rest: u32, best: u16, touched: &[u32], shared: &[Shared]) -> bool {
    let mut worths = touched
        .iter()
        .map(|&at| u32::from(shared[at as usize].worth));
    rest >= least_worth(u32::from(best))
        || worths
            .by_ref()
            .filter(|&worth| worth > rest)
            .take(ALWAYS_KEPT)
            .count()
            < ALWAYS_KEPT
}

/// Which consonant families follow each other in the parts of a name: surely, and possibly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outline {
    pub sure: u128,
    pub possible: u128,
    pub script: Script,
    pub is_person: bool,
}

/// Bits of one family's followers, and the number that the beginning of a part has among families.
const FOLLOWERS: u32 = 9;
const BEGINNING: Families = 1 << FOLLOWERS;

impl Outline {
    /// Whether enough of what follows what in one name may do so in the other. Symmetric.
    pub fn is_near(&self, other: &Outline) -> bool {
        let least = least_share(self.is_person, self.script == other.script);
        // of the two ways the better, since one may say more than the other
        self.has(other, least) || other.has(self, least)
    }

    pub fn of(name: &Name) -> Outline {
        let (mut sure, mut possible) = (0u128, 0u128);
        for part in name.content() {
            // what may stand as another form, another word or a letter is surely nothing
            let is_sure =
                part.meaning.is_none() && part.bearers.is_empty() && part.role != PartRole::Initial;
            let mut before = BEGINNING;
            let bare = part.bare.map(Stretch::start);
            for (at, &sound) in (part.sounds.start()..).zip(&name.sounds()[part.sounds.range()]) {
                if bare == Some(at) {
                    before |= BEGINNING;
                }
                let families = SOUNDS.families(sound);
                let (choices, may_lack) = (families & !WEAK, families & WEAK != 0);
                if choices == 0 {
                    continue;
                }
                let mut bits = 0u128;
                let mut left = before;
                while left != 0 {
                    bits |= u128::from(choices) << (left.trailing_zeros() * FOLLOWERS);
                    left &= left - 1;
                }
                possible |= bits;
                if is_sure && bits.is_power_of_two() && !may_lack {
                    sure |= bits;
                }
                before = if may_lack { before | choices } else { choices };
            }
        }
        Outline {
            sure,
            possible,
            script: name.script(),
            is_person: name.kind() == NameKind::Person,
        }
    }

    /// Whether the other may have such a share, in hundredths, of what this one surely has.
    fn has(&self, other: &Outline, least: u32) -> bool {
        match self.sure.count_ones() {
            0 => true,
            // one may always differ: short names have few
            all => ((self.sure & other.possible).count_ones() + 1) * 100 / (all + 1) >= least,
        }
    }
}

/// The lists under the keys of one part, the shortest first.
type Group<'a> = (Sort, Vec<&'a [u32]>);

/// What a group of keys is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
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
    let mut keys: Vec<u64> = groups_of_keys(name).into_iter().flat_map(|g| g.1).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of each part of a name, of the whole of it, and of neighbours joined.
fn groups_of_keys(name: &Name) -> Vec<(Sort, Vec<u64>)> {
    let mut groups = Vec::with_capacity(8);
    let parts: Vec<&Part> = name.content().collect();
    for part in &parts {
        let mut keys = Vec::with_capacity(4);
        part_keys(name, part, &mut keys);
        groups.push((Sort::Part, keys));
    }
    if name.kind() != NameKind::Person {
        let mut keys = Vec::new();
        meaning_keys(name, &parts, &mut keys);
        groups.push((Sort::Whole, keys));
        let mut keys = Vec::new();
        acronym_keys(name, &parts, &mut keys);
        groups.push((Sort::Whole, keys));
    }
    for pair in parts.windows(2) {
        // words of trades are known wherever they stand
        if let [first, second] = pair
            && !(first.role == PartRole::ClassWord && second.role == PartRole::ClassWord)
        {
            let sounds = &name.sounds()[first.sounds.start()..second.sounds.end()];
            let mut keys = Vec::with_capacity(4);
            sound_keys(sounds, Least::Three, &mut keys);
            groups.push((Sort::Joined, keys));
        }
    }
    if name.kind() == NameKind::Person {
        let all = groups.iter_mut().flat_map(|(_, keys)| keys);
        all.for_each(|key| *key ^= OF_A_PERSON);
    }
    groups
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
