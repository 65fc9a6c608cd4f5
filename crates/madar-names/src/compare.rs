//! How alike two names are, part by part, and why.
//!
//! Every part of one name is held against every part of the other; the likeliest pairs are taken
//! first, in any order, neighbours also joined (*Exxon Mobil*, *ExxonMobil*). What is left over
//! decides: parts left on one side are missing on the other, parts left on both contradict. "Kirill
//! Dmitriev" and "Dmitri Kirillov" have alike parts in the wrong roles; "Mikhail" and "Gennady"
//! Timchenko share a surname and nothing else.

use crate::against::Against;
use crate::likeness::{Likeness, Reason, Score, Side, Wanted, Weighed};
use crate::name::Name;
use crate::pairing::{NICKNAME, Pair, Pairing, Parts, View};
use crate::part::PartRole;
use crate::surprise::{is_whole, surprise};
use crate::weigh::weigh;

/// Compares two names and says why.
///
/// ```
/// use madar_names::{Name, NameKind, SAME, compare};
/// let person = |text| Name::new(text, NameKind::Person);
/// let full = person("Геннадий Николаевич Тимченко");
/// assert!(compare(&full, &person("جينادي تيمتشينكو")).score() >= SAME);
/// assert!(compare(&full, &person("Timchenko")).score() < SAME); // which Timchenko?
/// assert!(compare(&full, &person("Xenia Timchenko")).score() < SAME);
/// ```
pub fn compare(a: &Name, b: &Name) -> Likeness {
    // One fixed order of two names makes the comparison symmetric, whatever breaks its ties.
    let swapped = a.is_after(b);
    let (first, second) = if swapped { (b, a) } else { (a, b) };
    let view = View::of(first, second);
    let pairing = Pairing::of(&view, &view.grid());
    let weighed = weighed(&view, &pairing);
    let mut reasons = view.reasons(&pairing, weighed.is_acronym);
    if swapped {
        reasons = reasons.into_iter().map(turned).collect();
    }
    Likeness { weighed, reasons }
}

fn weighed(view: &View<'_>, pairing: &Pairing) -> Weighed {
    let (score, is_acronym) = weigh(view, pairing);
    Weighed {
        score,
        evidence: surprise(view, pairing),
        is_whole: is_whole(view, pairing),
        is_acronym,
    }
}

/// The score of [`compare`] without its reasons, for comparing by the million.
pub fn score(a: &Name, b: &Name) -> Score {
    let (first, second) = if a.is_after(b) { (b, a) } else { (a, b) };
    let view = View::of(first, second);
    weigh(&view, &Pairing::of(&view, &view.grid())).0
}

/// The score of [`compare`] where it is `bar` or above; `None` below, and most names that are far from
/// it cost much less than to be compared.
///
/// ```
/// use madar_names::{Name, NameKind, SAME, score, score_from};
/// let person = |text| Name::new(text, NameKind::Person);
/// let (a, b) = (person("Kirill Dmitriev"), person("Кирилл Дмитриев"));
/// assert_eq!(score_from(&a, &b, SAME), Some(score(&a, &b)));
/// assert_eq!(score_from(&a, &person("Dmitri Kirillov"), SAME), None);
/// ```
pub fn score_from(a: &Name, b: &Name, bar: Score) -> Option<Score> {
    Against::new(a).score(b, bar)
}

/// What [`compare`] finds without saying why, where it comes to what is wanted; of one name with many
/// [`Against`] finds it sooner.
pub fn weighed_from(a: &Name, b: &Name, wanted: &Wanted) -> Option<Weighed> {
    Against::new(a).weighed(b, wanted)
}

impl View<'_> {
    fn reasons(&self, pairing: &Pairing, acronym: bool) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if acronym {
            let (short, long) = if self.parts_a.len == 1 {
                (self.a, self.b)
            } else {
                (self.b, self.a)
            };
            reasons.push(Reason::Acronym {
                short: short.text().to_owned(),
                long: long.text().to_owned(),
            });
            return reasons;
        }
        for pair in pairing.pairs() {
            self.pair_reasons(pair, &mut reasons);
        }
        let left = |parts: &Parts<'_>, taken: u32| -> Vec<String> {
            let free = (0..parts.len).filter(|i| taken & (1 << i) == 0);
            free.map(|i| parts.get(i).text().to_owned()).collect()
        };
        let (left_a, left_b) = (
            left(&self.parts_a, pairing.taken_a),
            left(&self.parts_b, pairing.taken_b),
        );
        for (a, b) in left_a.iter().zip(&left_b) {
            reasons.push(Reason::Contradicts {
                a: a.clone(),
                b: b.clone(),
            });
        }
        let missing = |part: &String, side| Reason::Missing {
            part: part.clone(),
            side,
        };
        reasons.extend(
            left_a
                .iter()
                .skip(left_b.len())
                .map(|p| missing(p, Side::First)),
        );
        reasons.extend(
            left_b
                .iter()
                .skip(left_a.len())
                .map(|p| missing(p, Side::Second)),
        );
        // НПП is three words, and is told once
        let mut told = Vec::new();
        reasons.retain(|reason| {
            let is_new = !told.contains(reason);
            told.push(reason.clone());
            is_new
        });
        for (name, side) in [(self.a, Side::First), (self.b, Side::Second)] {
            if name.had_homoglyphs() {
                reasons.push(Reason::Homoglyph { side });
            }
        }
        reasons
    }

    fn pair_reasons(&self, pair: &Pair, reasons: &mut Vec<Reason>) {
        let text = |parts: &Parts<'_>, (at, len): (usize, usize)| -> String {
            let texts: Vec<&str> = (at..at + len).map(|i| parts.get(i).text()).collect();
            texts.join(" ")
        };
        let (a, b) = (text(&self.parts_a, pair.a), text(&self.parts_b, pair.b));
        let (x, y) = (self.parts_a.get(pair.a.0), self.parts_b.get(pair.b.0));
        if pair.is_acronym {
            let (short, long) = if pair.a.1 == 1 { (a, b) } else { (b, a) };
            reasons.push(Reason::Acronym { short, long });
            return;
        }
        let single = pair.a.1 == 1 && pair.b.1 == 1;
        let common = (x.is_common && y.is_common).then(|| a.clone());
        reasons.push(if single && x.folded() == y.folded() {
            Reason::Same { a, b }
        } else if single && x.meaning.is_some() && x.meaning == y.meaning {
            Reason::SameMeaning { a, b }
        } else if single && (x.role == PartRole::Initial || y.role == PartRole::Initial) {
            Reason::InitialOf { a, b }
        } else if single && pair.likeness == NICKNAME && x.bearers.share(&y.bearers) {
            Reason::Nickname { a, b }
        } else {
            Reason::SpelledOtherwise {
                a,
                b,
                score: Score::from_ten_thousandths(pair.likeness * 10),
            }
        });
        if let Some(part) = common {
            reasons.push(Reason::TooCommon { part });
        }
    }
}

/// A reason as seen with the two names exchanged.
fn turned(reason: Reason) -> Reason {
    let other = |side| match side {
        Side::First => Side::Second,
        Side::Second => Side::First,
    };
    match reason {
        Reason::Same { a, b } => Reason::Same { a: b, b: a },
        Reason::SpelledOtherwise { a, b, score } => Reason::SpelledOtherwise { a: b, b: a, score },
        Reason::Nickname { a, b } => Reason::Nickname { a: b, b: a },
        Reason::SameMeaning { a, b } => Reason::SameMeaning { a: b, b: a },
        Reason::InitialOf { a, b } => Reason::InitialOf { a: b, b: a },
        Reason::Contradicts { a, b } => Reason::Contradicts { a: b, b: a },
        Reason::Missing { part, side } => Reason::Missing {
            part,
            side: other(side),
        },
        Reason::Homoglyph { side } => Reason::Homoglyph { side: other(side) },
        kept @ (Reason::TooCommon { .. } | Reason::Acronym { .. }) => kept,
    }
}
