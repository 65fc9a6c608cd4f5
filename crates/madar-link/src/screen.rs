//! Many profiles, filed so that those alike to one are found without looking at all.

use std::cmp::Reverse;

use madar_names::{Against, Index, Name, NameKind, Score};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::matching::{self, Hurdle, Match, NameSort, Profile};

/// Profiles to be screened against.
pub struct Screen {
    profiles: Vec<Profile>,
    index: Index<At>,
    /// Profiles by their numbers.
    numbers: FxHashMap<String, Vec<u32>>,
}

/// A profile and one of its names, with what decides what that must come to.
#[derive(Clone, Copy)]
struct At {
    profile: u32,
    name: u32,
    sort: NameSort,
}

impl Screen {
    /// Files the profiles.
    pub fn new(profiles: Vec<Profile>) -> Self {
        let mut index = Index::new();
        let mut numbers: FxHashMap<String, Vec<u32>> = FxHashMap::default();
        for (profile, held) in (0..).zip(&profiles) {
            // lists give many names twice, *LAST, First* and *First Last*: one of them is enough to be found by
            let mut filed: FxHashSet<(NameKind, bool, &str)> = FxHashSet::default();
            let kind = held.kind;
            for (name, held) in (0..).zip(&held.names) {
                if filed.insert((held.name.kind(), held.weak, held.name.folded())) {
                    let sort = NameSort::of(kind, held);
                    index.insert(
                        &held.name,
                        At {
                            profile,
                            name,
                            sort,
                        },
                    );
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

    fn name(&self, at: &At) -> &Name {
        let profile = &self.profiles[at.profile as usize];
        &profile.names[at.name as usize].name
    }

    /// Those that match `query` at `threshold` or above, the best first.
    pub fn hits(&self, query: &Profile, threshold: Score) -> Vec<(usize, Match)> {
        let hurdle = Hurdle::of(threshold, query);
        let mut best: FxHashMap<u32, (u32, usize, usize)> = FxHashMap::default();
        for (asked, name) in query.names.iter().enumerate() {
            let Some(hurdle) = &hurdle else { break };
            let own_sort = NameSort::of(query.kind, name);
            // all are looked at before any is compared, so that memory is fetched for many at once
            let mut candidates = self.index.candidates(&name.name);
            let mut against = Against::new(&name.name);
            candidates.retain(|at| against.may_share(self.name(at)));
            for at in candidates {
                let sort = own_sort.with(at.sort);
                let mut wanted = hurdle.of_names(sort);
                if let Some((known, _, _)) = best.get(&at.profile) {
                    // of the names of one profile the one that is worth most counts
                    wanted = wanted.and(&Hurdle::of_worth(*known).of_names(sort));
                }
                let found = matching::name_worth(&mut against, self.name(&at), sort, &wanted);
                let Some(worth) = found else { continue };
                let At { profile, name, .. } = at;
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
