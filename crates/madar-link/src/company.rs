//! The company a profile keeps: whom it shares facts and sentences with. It tells namesakes apart (the
//! banker is named with his bank, the judge with his court) and lets a weak name attach; alone it joins
//! nobody.

use std::collections::BTreeMap;

use crate::network::Told;
use crate::profiles::{Profile, Sort};

/// What a shared fact counts against a shared sentence.
const FACT: u32 = 3;
const SENTENCE: u32 = 1;

/// For each profile the things it stands with, as found by `stands_for`, with how closely.
pub(crate) struct Company(Vec<BTreeMap<usize, u32>>);

impl Company {
    /// Countries and outlets stand with everybody and tell nothing; `stands_for` gives `None` for them.
    pub(crate) fn new(
        told: &[Told<'_>],
        profiles: &[Profile],
        of: &[Vec<usize>],
        stands_for: &dyn Fn(usize) -> Option<usize>,
    ) -> Self {
        let mut out: Vec<BTreeMap<usize, u32>> = vec![BTreeMap::new(); profiles.len()];
        let mut meet = |all: &[usize], close: u32| {
            for &a in all {
                for &b in all {
                    if let (true, Some(other)) = (a != b, stands_for(b)) {
                        let slot = out[a].entry(other).or_default();
                        *slot = (*slot).max(close);
                    }
                }
            }
        };
        for (number, document) in told.iter().enumerate() {
            let mentions = &document.reading.mentions;
            for sentence in &document.reading.sentences {
                let first = mentions.partition_point(|m| m.span.start < sentence.start);
                let last = mentions.partition_point(|m| m.span.start < sentence.end);
                let mut here = of[number][first..last.max(first)].to_vec();
                here.sort_unstable();
                here.dedup();
                // a list of everybody ties nobody
                if here.len() <= MOST_IN_A_SENTENCE {
                    meet(&here, SENTENCE);
                }
            }
            for fact in &document.reading.facts {
                let mut here: Vec<usize> = fact
                    .participants
                    .iter()
                    .map(|p| of[number][p.mention.at()])
                    .collect();
                here.sort_unstable();
                here.dedup();
                meet(&here, FACT);
            }
        }
        Self(out)
    }

    /// How much two profiles share.
    pub(crate) fn shared(&self, a: usize, b: usize) -> u32 {
        let (a, b) = (&self.0[a], &self.0[b]);
        a.iter()
            .filter_map(|(with, close)| Some(*close.min(b.get(with)?)))
            .sum()
    }

    /// How much a profile shares with the closest of several.
    pub(crate) fn shared_with(&self, a: usize, others: &[usize]) -> u32 {
        others.iter().map(|&b| self.shared(a, b)).max().unwrap_or(0)
    }
}

/// Mentions in a sentence above which standing in it says little.
const MOST_IN_A_SENTENCE: usize = 12;

/// Whether a profile says something of those it stands with.
pub(crate) fn tells(profile: &Profile) -> bool {
    let listed = profile.listed.as_deref().unwrap_or_default();
    let everywhere = listed.starts_with("places/") || listed.starts_with("outlets/");
    profile.named && !everywhere && !matches!(profile.sort, Sort::Paper | Sort::Group)
}
