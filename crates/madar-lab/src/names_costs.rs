//! What taking the letters of one script for those of another costs: `madar-lab names-costs`, which writes
//! `crates/madar-names/data/costs.txt`.
//!
//! Learned from pairs in two scripts: names of one entity of the train part of the development pairs, and words
//! with their transcriptions. Each pair is aligned by the costs of `sounds.toml`, and what is taken for what is
//! counted. Of each sound (a choice of readings that one to four letters leave open) the sound most often taken
//! for it costs nothing; one that is taken for it *n* times less often costs [`SCALE`] · ln *n*, the cheaper way
//! round. What is seen seldom stays near what `sounds.toml` says, and nothing is made dearer: letters hardly ever
//! seen for each other may be a spelling that these words lack, and sounds that scripts share are compared within
//! one too. Words of names in the dev part are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_names::{Name, NameKind, Script, fold, taken_for};

use crate::names::{Part, load};

/// What being *e* times rarer costs, in hundredths of a consonant.
const SCALE: f64 = 13.0;
/// How many sightings what `sounds.toml` says weighs.
const PRIOR: f64 = 40.0;
/// Fewer sightings of a sound say nothing.
const LEAST: f64 = 30.0;
/// Sightings of one pair of words at most: *Muhammad* is in every list.
const MOST_OF_ONE: u32 = 3;
/// The dearest cost; see `sounds.rs`.
const NEVER: u32 = 255;

/// How often a sound (first) was taken for another.
type Counts = BTreeMap<(&'static str, &'static str), f64>;

pub(crate) fn write(pairs: &Path, words: &Path, out: &Path) -> anyhow::Result<()> {
    let mut seen = Seen::default();
    let mut held_back: BTreeSet<String> = BTreeSet::new();
    for pair in load(pairs)? {
        let names = [&pair.a, &pair.b];
        if pair.part != Part::Train {
            let folded = names.map(|name| fold(name.text()));
            held_back.extend(
                folded
                    .iter()
                    .flat_map(|name| name.split(' '))
                    .map(str::to_owned),
            );
        } else if pair.same {
            seen.add(&pair.a, &pair.b, 1.0);
        }
    }
    for (file, word_first) in [
        ("wd_translit/wd_arabic_16", true),
        ("wd_translit/wd_arabic_64", true),
        ("wd_translit/wd_russian_16", true),
        ("wd_translit/wd_russian_64", true),
        ("ar2en/ar2en-train.txt", false),
    ] {
        let path = words.join(file);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        for line in text.lines() {
            let mut cells = line.split('\t');
            let (Some(a), Some(b)) = (cells.next(), cells.next()) else {
                continue;
            };
            let (a, b) = (a.trim(), b.replace(' ', ""));
            if held_back.contains(&fold(a)) || held_back.contains(&fold(&b)) {
                continue;
            }
            let times = cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(1);
            let (latin, other) = if word_first { (a, &b[..]) } else { (&b[..], a) };
            let name = |text| Name::new(text, NameKind::Person);
            seen.add(
                &name(other),
                &name(latin),
                f64::from(u32::min(times, MOST_OF_ONE)),
            );
        }
    }
    let text = seen.table()?;
    std::fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))
}

/// What was taken for what.
#[derive(Default)]
struct Seen {
    /// Between names of two scripts, either way.
    counts: BTreeMap<(Script, Script), Counts>,
    written: BTreeMap<(&'static str, &'static str), u32>,
}

impl Seen {
    fn add(&mut self, a: &Name, b: &Name, times: f64) {
        if a.script() == b.script() {
            return;
        }
        for taken in taken_for(a, b) {
            let (Some(x), Some(y), Some(cost)) = (taken.a, taken.b, taken.written_cost) else {
                continue;
            };
            if cost >= NEVER {
                continue;
            }
            self.written.insert((x, y), cost);
            self.written.insert((y, x), cost);
            let one_way = self.counts.entry((a.script(), b.script())).or_default();
            *one_way.entry((x, y)).or_default() += times;
            let other_way = self.counts.entry((b.script(), a.script())).or_default();
            *other_way.entry((y, x)).or_default() += times;
        }
    }

    /// What each pair costs by one way of one pair of scripts, where enough was seen.
    fn costs(&self, counts: &Counts) -> BTreeMap<(&'static str, &'static str), f64> {
        let mut most: BTreeMap<&str, f64> = BTreeMap::new();
        let mut all: BTreeMap<&str, f64> = BTreeMap::new();
        for (&(x, _), &count) in counts {
            let most = most.entry(x).or_default();
            *most = most.max(count);
            *all.entry(x).or_default() += count;
        }
        let enough = counts.iter().filter(|((x, _), _)| all[x] >= LEAST);
        let cost = |(&(x, y), &count): (&(&'static str, &'static str), &f64)| {
            let written = f64::from(self.written[&(x, y)]);
            let share = (count + PRIOR * (-written / SCALE).exp()) / (most[x] + PRIOR);
            (
                (x, y),
                (-SCALE * share.min(1.0).ln()).min(f64::from(NEVER - 1)),
            )
        };
        enough.map(cost).collect()
    }

    fn table(&self) -> anyhow::Result<String> {
        let mut text = String::from(
            "# What taking one sound for another costs, in hundredths of a consonant, where names and words in two scripts\n\
             # show it to be less than sounds.toml says. Learned by `madar-lab names-costs`.\n",
        );
        let mut cheapest: BTreeMap<(&str, &str), f64> = BTreeMap::new();
        for counts in self.counts.values() {
            for ((x, y), cost) in self.costs(counts) {
                let known = cheapest.entry((x.min(y), x.max(y))).or_insert(cost);
                *known = known.min(cost);
            }
        }
        for ((x, y), cost) in cheapest {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most 254
            let cost = cost.round() as u32;
            if cost < self.written[&(x, y)] {
                writeln!(text, "{x} {y} {cost}")?;
            }
        }
        Ok(text)
    }
}
