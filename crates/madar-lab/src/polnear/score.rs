//! Exact F1 of source, cue and content: each distinct span of a role once to a document, whole (all its
//! pieces) and piece by piece, as taggers of sequences are scored.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Triple;

pub(crate) const ROLES: [&str; 3] = ["source", "cue", "content"];

/// Right, found, wanted.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Count {
    pub(crate) right: u32,
    pub(crate) found: u32,
    pub(crate) wanted: u32,
}

impl Count {
    pub(crate) fn of<T: Ord>(wanted: &BTreeSet<T>, found: &BTreeSet<T>) -> Self {
        let size = |n: usize| u32::try_from(n).expect("texts are below 4 GiB");
        Self {
            right: size(wanted.intersection(found).count()),
            found: size(found.len()),
            wanted: size(wanted.len()),
        }
    }

    pub(crate) fn add(&mut self, other: Count) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    /// The same as numbers of a table.
    pub(crate) fn numbers(self) -> [f64; 3] {
        [self.right, self.found, self.wanted].map(f64::from)
    }

    pub(crate) fn precision(self) -> f64 {
        f64::from(self.right) / f64::from(self.found.max(1))
    }

    pub(crate) fn recall(self) -> f64 {
        f64::from(self.right) / f64::from(self.wanted.max(1))
    }

    pub(crate) fn f1(self) -> f64 {
        2.0 * f64::from(self.right) / f64::from((self.found + self.wanted).max(1))
    }
}

#[derive(Default)]
pub(super) struct Score {
    pub(super) whole: [Count; 3],
    pub(super) pieces: [Count; 3],
    texts: u32,
}

impl Score {
    pub(super) fn add(&mut self, wanted: &[Triple], found: &[Triple]) {
        self.texts += 1;
        for role in 0..ROLES.len() {
            let whole = |all: &[Triple]| -> BTreeSet<Vec<(u32, u32)>> {
                let parts = all.iter().map(|t| t.part(role).to_vec());
                parts.filter(|p| !p.is_empty()).collect()
            };
            let pieces = |all: &[Triple]| -> BTreeSet<(u32, u32)> {
                all.iter().flat_map(|t| t.part(role)).copied().collect()
            };
            self.whole[role].add(Count::of(&whole(wanted), &whole(found)));
            self.pieces[role].add(Count::of(&pieces(wanted), &pieces(found)));
        }
    }

    /// Nothing where no annotation was at hand.
    pub(super) fn table(&self) -> String {
        if self.texts == 0 {
            return String::new();
        }
        let mut out = format!("{} annotations\n", self.texts);
        for (name, counts) in [("whole", self.whole), ("pieces", self.pieces)] {
            for (role, count) in ROLES.iter().zip(counts) {
                let _ = writeln!(
                    out,
                    "{name} {role}: P {:.3} R {:.3} F1 {:.3} ({} of {} found, {} wanted)",
                    count.precision(),
                    count.recall(),
                    count.f1(),
                    count.right,
                    count.found,
                    count.wanted
                );
            }
        }
        out
    }
}

/// What is wrong in one text: each triple of either side that the other has not whole.
pub(super) fn misses(name: &str, text: &str, wanted: &[Triple], found: &[Triple]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let shown = |pieces: &[(u32, u32)]| -> String {
        let all = pieces.iter().map(|&(a, b)| {
            chars[a as usize..(b as usize).min(chars.len())]
                .iter()
                .collect::<String>()
        });
        all.collect::<Vec<_>>().join(" … ").replace('\n', "¶")
    };
    let line = |t: &Triple| {
        format!(
            "{{{}}} <{}> [{}]",
            shown(&t.source),
            shown(&t.cue),
            shown(&t.content)
        )
    };
    let meets = |a: &Triple, b: &Triple| {
        let cross = |x: &(u32, u32)| b.cue.iter().any(|y| x.0 < y.1 && y.0 < x.1);
        a.cue.iter().any(cross)
    };
    for want in wanted.iter().filter(|w| !found.contains(w)) {
        let _ = writeln!(out, "{name}\n  want {}", line(want));
        for other in found.iter().filter(|f| meets(want, f)) {
            let _ = writeln!(out, "  read {}", line(other));
        }
    }
    for other in found.iter().filter(|f| !wanted.iter().any(|w| meets(w, f))) {
        let _ = writeln!(out, "{name}\n  only {}", line(other));
    }
    out
}
