//! What one case tells that another does not: facts gained, lost and changed, and why. The two may be one
//! case before and after a reread, two days' copies of it, or two people's cases of one affair.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::Fact;
use madar_text::TextHash;

use crate::answer::{Changed, Difference, Differences, Line, Moved, Telling, Why};
use crate::ask::Asked;
use crate::corrected::Corrections;
use crate::identity::text_hash;
use crate::keep::Kept;
use crate::view::{At, View};

/// Where a fact stands in a case: document and number in its reading, and its claim; none where a person
/// rejected it.
struct Place {
    at: (At, usize),
    claim: Option<At>,
}

impl Asked<'_> {
    /// What `after` tells otherwise than this case.
    pub fn diff(&self, after: &Asked<'_>) -> Differences {
        let (old, new) = (Side::new(self.view()), Side::new(after.view()));
        let mut out = Differences::default();
        let texts: BTreeSet<TextHash> = old.facts.keys().chain(new.facts.keys()).copied().collect();
        for text in texts {
            match (old.facts.get(&text), new.facts.get(&text)) {
                (Some(before), Some(after)) => old.compare(before, &new, after, &mut out),
                (Some(before), None) => out.lost.extend(old.moved(before, Why::DocumentGone)),
                (None, Some(after)) => out.gained.extend(new.moved(after, Why::DocumentNew)),
                (None, None) => {}
            }
        }
        out
    }

    /// The same case as this version would read it now.
    #[must_use]
    pub fn read_again(&self) -> Self {
        let corrections = Corrections::of(self.decided().iter());
        let again = |held: &Kept| {
            corrections.over(Kept {
                reading: madar_read::read(&held.document, self.kit()),
                ..held.clone()
            })
        };
        self.over(self.kept.iter().map(again).collect())
    }
}

struct Side<'a> {
    view: View<'a>,
    /// By text: the same text under two publishers is compared with itself.
    facts: BTreeMap<TextHash, Vec<Place>>,
}

impl<'a> Side<'a> {
    fn new(view: View<'a>) -> Self {
        let mut claims: BTreeMap<(At, usize), At> = BTreeMap::new();
        for (claim, held) in view.all_claims() {
            claims.extend(held.reports.iter().map(|&at| (at, claim)));
        }
        let mut facts: BTreeMap<TextHash, Vec<Place>> = BTreeMap::new();
        for (document, held) in view.kept.iter().enumerate() {
            let list = facts.entry(text_hash(&held.document)).or_default();
            for fact in 0..held.reading.facts.len() {
                let at = (document, fact);
                let claim = claims.get(&at).copied();
                list.push(Place { at, claim });
            }
        }
        Self { view, facts }
    }

    fn fact(&self, place: &Place) -> &Fact {
        self.view.fact(place.at)
    }

    fn moved<'p>(
        &'p self,
        places: impl IntoIterator<Item = &'p Place>,
        why: Why,
    ) -> impl Iterator<Item = Moved> {
        let told = places.into_iter().filter_map(move |place| {
            let (line, telling) = self.told(place)?;
            Some(Moved { line, telling, why })
        });
        told.collect::<Vec<_>>().into_iter()
    }

    fn told(&self, place: &Place) -> Option<(Line, Telling)> {
        let line = self.view.line_of(place.claim?, place.at);
        Some((line, self.view.telling(place.at)))
    }

    /// Facts of one text in both: those that one word of one passage tells are held together.
    fn compare(&self, before: &[Place], new: &Side<'_>, after: &[Place], out: &mut Differences) {
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for place in before {
            let fits = |at: &usize| {
                let of_both = new.fact(&after[*at]);
                !taken.contains(at) && is_one(self.fact(place), of_both)
            };
            let best = (0..after.len()).filter(fits).max_by_key(|&at| {
                let shared = self.shared(place, new, &after[at]);
                (shared, std::cmp::Reverse(at))
            });
            let Some(at) = best else {
                out.lost.extend(self.moved([place], Why::ReadOtherwise));
                continue;
            };
            taken.insert(at);
            self.compare_one(place, new, &after[at], out);
        }
        let further = (0..after.len()).filter(|at| !taken.contains(at));
        for at in further {
            out.gained
                .extend(new.moved([&after[at]], Why::ReadOtherwise));
        }
    }

    fn compare_one(&self, before: &Place, new: &Side<'_>, after: &Place, out: &mut Differences) {
        match (self.told(before), new.told(after)) {
            (Some((old, telling)), Some((line, _))) => {
                let what = differences(&old, &line);
                if what.is_empty() {
                    out.same += 1;
                } else {
                    out.changed.push(Changed {
                        why: why(&what),
                        before: old,
                        after: line,
                        telling,
                        what,
                    });
                }
            }
            (Some((line, telling)), None) => out.lost.push(Moved {
                line,
                telling,
                why: Why::Rejected,
            }),
            (None, Some((line, telling))) => out.gained.push(Moved {
                line,
                telling,
                why: Why::NoLongerRejected,
            }),
            (None, None) => {}
        }
    }

    /// Participants at the same places of the text.
    fn shared(&self, place: &Place, new: &Side<'_>, other: &Place) -> usize {
        let (own, theirs) = (self.starts(place), new.starts(other));
        own.intersection(&theirs).count()
    }

    fn starts(&self, place: &Place) -> BTreeSet<u32> {
        let mentions = &self.view.kept[place.at.0].reading.mentions;
        let parties = self.fact(place).participants.iter();
        parties
            .map(|p| mentions[p.mention.at()].span.start)
            .collect()
    }
}

/// The same kind of thing told by the same word.
fn is_one(a: &Fact, b: &Fact) -> bool {
    a.kind == b.kind && a.passage.overlaps(b.passage) && a.trigger.overlaps(b.trigger)
}

/// On which points two lines of one fact differ, the earlier value first.
pub(crate) fn differences(old: &Line, new: &Line) -> Vec<Difference> {
    let mut out = Vec::new();
    let mut add = |what: &'static str, before: String, after: String| {
        if before != after {
            out.push(Difference {
                what,
                values: vec![before, after],
            });
        }
    };
    let parties = |line: &Line| -> String {
        let mut all: Vec<String> = line.parties.iter().map(|p| p.name.clone()).collect();
        all.sort();
        all.join(", ")
    };
    let words = |told: &Option<String>| told.clone().unwrap_or_default();
    let time = |line: &Line| line.time.as_ref().map(|t| t.value.clone());
    let amount = |line: &Line| line.amount.as_ref().map(|a| a.words.clone());
    let chains = |line: &Line| format!("{}–{}", line.support.k_lo, line.support.k_hi);
    add("participants", parties(old), parties(new));
    add("time", words(&time(old)), words(&time(new)));
    add("amount", words(&amount(old)), words(&amount(new)));
    let status = |line: &Line| line.status.name().to_owned();
    add("status", status(old), status(new));
    add("chains", chains(old), chains(new));
    out
}

/// What its passage says was read otherwise, or only what stands beside it in the case has changed.
fn why(what: &[Difference]) -> Why {
    let of_passage = what
        .iter()
        .any(|d| d.what != "chains" && d.what != "participants");
    match what {
        [only] if only.what == "chains" => Why::OtherSupport,
        _ if of_passage => Why::ReadOtherwise,
        _ => Why::JoinedOtherwise,
    }
}
