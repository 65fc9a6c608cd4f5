//! Many profiles, filed so that those alike to one are found without looking at all.

use std::cmp::Reverse;

use madar_names::{Against, Index, NameKind, Score, Wanted};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::matching::{self, Hurdle, Match, Profile};

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
            // lists give many names twice, *LAST, First* and *First Last*: one of them is enough to be found by
            let mut filed: FxHashSet<(NameKind, bool, &str)> = FxHashSet::default();
            for (name, held) in (0..).zip(&held.names) {
                if filed.insert((held.name.kind(), held.weak, held.name.folded())) {
                    index.insert(&held.name, At { profile, name });
                }
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

    fn theirs(&self, at: At) -> (&Profile, usize) {
        (&self.profiles[at.profile as usize], at.name as usize)
    }

    /// Those that match `query` at `threshold` or above, the best first.
    pub fn hits(&self, query: &Profile, threshold: Score) -> Vec<(usize, Match)> {
        let hurdle = Hurdle::of(threshold, query);
        let mut best: FxHashMap<u32, (u32, usize, usize)> = FxHashMap::default();
        for (asked, name) in query.names.iter().enumerate() {
            let Some(hurdle) = &hurdle else { break };
            // all are looked at before any is compared, so that memory is fetched for many at once
            let candidates = self.index.candidates(&name.name);
            let mut against = Against::many(&name.name, candidates.len());
            let mut candidates: Vec<(At, Wanted)> = candidates
                .into_iter()
                .map(|at| (at, hurdle.of_names((query, asked), self.theirs(at))))
                .collect();
            candidates.retain(|(at, _)| {
                let (profile, name) = self.theirs(*at);
                against.may_share(&profile.names[name].name)
            });
            for (at, wanted) in candidates {
                let theirs = self.theirs(at);
                let found = matching::name_worth(&mut against, (query, asked), theirs, &wanted);
                let Some(worth) = found else { continue };
                let At { profile, name } = at;
                let own = name as usize;
                let known = best.entry(profile).or_insert((worth, asked, own));
                if (worth, Reverse((asked, own))) > (known.0, Reverse((known.1, known.2))) {
                    *known = (worth, asked, own);
                }
            }
        }
        let mut hits: Vec<(usize, Match)> = Vec::new();
        let mut keep = |profile: u32, found: Option<Match>| {
            let reaches = found.filter(|found| found.score >= threshold);
            hits.extend(reaches.map(|found| (profile as usize, found)));
        };
        let mut by_number: Vec<u32> = Vec::new();
        for own in &query.identifiers {
            let number = matching::number(&own.value);
            let shared = number.and_then(|number| self.numbers.get(&number));
            by_number.extend(shared.into_iter().flatten());
        }
        by_number.sort_unstable();
        by_number.dedup();
        for profile in by_number {
            best.remove(&profile);
            keep(
                profile,
                matching::compare(query, &self.profiles[profile as usize]),
            );
        }
        for (profile, (_, asked, own)) in best {
            let held = &self.profiles[profile as usize];
            keep(profile, matching::compare_by(query, asked, held, own));
        }
        hits.sort_by(|a, b| b.1.score.cmp(&a.1.score).then(a.0.cmp(&b.0)));
        hits
    }
}
