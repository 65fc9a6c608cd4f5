//! Many profiles, filed so that those alike to one are found without looking at all.

use std::hash::{Hash as _, Hasher as _};

use madar_names::{Name, Score};
use rustc_hash::{FxHashMap, FxHasher};

use crate::matching::{self, Match, Profile};

/// Candidates that are compared for one name at most, those with the rarest shared keys first: with fewer,
/// names in another script fall out whose words are translated; the cost of a name grows with this figure.
const CANDIDATES: usize = 100;
/// What a shared key may be worth at most; divided by how many names share it.
const KEY_WORTH: usize = 1 << 20;

/// Profiles to be screened against.
pub struct Screen {
    profiles: Vec<Profile>,
    shelf: Shelf,
    /// Profiles by their numbers.
    numbers: FxHashMap<String, Vec<u32>>,
}

/// A profile and one of its names.
#[derive(Clone, Copy)]
struct At {
    profile: u32,
    name: u32,
}

/// Names by the keys that they share with names alike.
#[derive(Default)]
struct Shelf {
    names: Vec<At>,
    by_key: FxHashMap<u64, Vec<u32>>,
}

impl Shelf {
    fn file(&mut self, name: &Name, at: At) {
        let number = u32::try_from(self.names.len()).expect("fewer than 2^32 names fit in memory");
        self.names.push(at);
        for key in keys(name) {
            self.by_key.entry(key).or_default().push(number);
        }
    }

    /// Names that share keys, those with the rarest first.
    fn like(&self, name: &Name) -> Vec<At> {
        let mut worth = vec![0_u32; self.names.len()];
        let mut seen: Vec<u32> = Vec::new();
        for key in keys(name) {
            let Some(numbers) = self.by_key.get(&key) else {
                continue;
            };
            let each = u32::try_from(KEY_WORTH / numbers.len()).map_or(1, |each| each.max(1));
            for &number in numbers {
                let slot = &mut worth[number as usize];
                if *slot == 0 {
                    seen.push(number);
                }
                *slot = slot.saturating_add(each);
            }
        }
        let by_worth = |&number: &u32| (std::cmp::Reverse(worth[number as usize]), number);
        if seen.len() > CANDIDATES {
            seen.select_nth_unstable_by_key(CANDIDATES, by_worth);
            seen.truncate(CANDIDATES);
        }
        seen.sort_unstable_by_key(by_worth);
        let names = seen.iter().map(|&number| self.names[number as usize]);
        names.collect()
    }
}

/// The keys of a name as numbers, none twice. Two keys that fall on one number cost a comparison and
/// change no answer.
fn keys(name: &Name) -> Vec<u64> {
    let number = |key: &String| {
        let mut hasher = FxHasher::default();
        (name.kind(), key).hash(&mut hasher);
        hasher.finish()
    };
    name.keys().iter().map(number).collect()
}

impl Screen {
    /// Files the profiles.
    pub fn new(profiles: Vec<Profile>) -> Self {
        let mut shelf = Shelf::default();
        let mut numbers: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (profile, held) in (0..).zip(&profiles) {
            for (name, held) in (0..).zip(&held.names) {
                shelf.file(&held.name, At { profile, name });
            }
            let own = held.identifiers.iter();
            for number in own.filter_map(|own| matching::number(&own.value)) {
                numbers.entry(number).or_default().push(profile);
            }
        }
        Self {
            profiles,
            shelf,
            numbers,
        }
    }

    /// The profiles, in the order in which they came.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// Those that match `query` at `threshold` or above, the best first.
    pub fn hits(&self, query: &Profile, threshold: Score) -> Vec<(usize, Match)> {
        let bar = u32::from(threshold.ten_thousandths());
        let mut worth: Vec<u32> = Vec::new();
        for asked in &query.names {
            for at in self.shelf.like(&asked.name) {
                let held = &self.profiles[at.profile as usize].names[at.name as usize];
                let score = madar_names::score(&asked.name, &held.name);
                let own = matching::name_worth(score, asked.weak || held.weak);
                // it could still reach the bar with all evidence on its side
                if matching::most(own, query) >= bar {
                    worth.push(at.profile);
                }
            }
        }
        for own in &query.identifiers {
            let number = matching::number(&own.value);
            let shared = number.and_then(|number| self.numbers.get(&number));
            worth.extend(shared.into_iter().flatten());
        }
        worth.sort_unstable();
        worth.dedup();
        let mut hits: Vec<(usize, Match)> = Vec::new();
        for profile in worth {
            let profile = profile as usize;
            let found = matching::compare(query, &self.profiles[profile]);
            let reaches = found.filter(|found| found.score >= threshold);
            hits.extend(reaches.map(|found| (profile, found)));
        }
        hits.sort_by(|a, b| b.1.score.cmp(&a.1.score).then(a.0.cmp(&b.0)));
        hits
    }
}
