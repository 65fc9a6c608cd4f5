//! Many profiles, filed so that those alike to one are found without looking at all.

use madar_names::{Index, Score};
use rustc_hash::FxHashMap;

use crate::matching::{self, Match, Profile};

/// Profiles to be screened against.
pub struct Screen {
    profiles: Vec<Profile>,
    index: Index<At>,
    /// Profiles by their numbers.
    numbers: FxHashMap<String, Vec<u32>>,
}

/// A profile and one of its names.
#[derive(Clone, Copy)]
struct At {
    profile: u32,
    name: u32,
}

impl Screen {
    /// Files the profiles.
    pub fn new(profiles: Vec<Profile>) -> Self {
        let mut index = Index::new();
        let mut numbers: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (profile, held) in (0..).zip(&profiles) {
            for (name, held) in (0..).zip(&held.names) {
                index.insert(&held.name, At { profile, name });
            }
            let own = held.identifiers.iter();
            for number in own.filter_map(|own| matching::number(&own.value)) {
                numbers.entry(number).or_default().push(profile);
            }
        }
        Self {
            profiles,
            index,
            numbers,
        }
    }

    /// The profiles, in the order in which they came.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// Those that match `query` at `threshold` or above, the best first.
    pub fn hits(&self, query: &Profile, threshold: Score) -> Vec<(usize, Match)> {
        // what a name must score to reach the threshold with all evidence on its side
        let bars = [false, true].map(|weak| matching::least(threshold, weak, query));
        let mut worth: Vec<u32> = Vec::new();
        for asked in &query.names {
            for at in self.index.candidates(&asked.name) {
                let held = &self.profiles[at.profile as usize].names[at.name as usize];
                let bar = bars[usize::from(asked.weak || held.weak)];
                if let Some(bar) = bar
                    && !worth.contains(&at.profile)
                    && madar_names::score_from(&asked.name, &held.name, bar).is_some()
                {
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
