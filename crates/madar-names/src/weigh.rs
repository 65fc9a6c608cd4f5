//! What the pairs of two names are worth: one score.
//!
//! What agrees is set against all that was compared; parts left over on one side are missing on the
//! other, parts left over on both contradict. The figures were tuned on half of the development
//! pairs (`madar-lab names` measures it), within the bounds that `tests/likeness.rs` sets.

use crate::acronym::abbreviates;
use crate::align::FULL;
use crate::evidence::{evidence, kept};
use crate::likeness::Score;
use crate::name::Name;
use crate::pairing::{Pairing, Parts, View};
use crate::part::{Part, PartRole};
use crate::surprise::is_whole;

/// How much faster agreement falls than likeness, in hundredths: a part of 0.8 likeness agrees by
/// 0.78 of its weight.
const STEEPNESS: u32 = 153;
/// Added to it within one script, where a difference is no matter of transcription.
const IN_ONE_SCRIPT: u32 = 17;
/// Parts less alike than this, in thousandths, agree still less …
const KNEE: u32 = 558;
/// … by so much for each thousandth, in hundredths; and words of organisations' names.
const KNEE_STEEPNESS: u32 = 3;
const KNEE_STEEPNESS_OF_WORDS: u32 = 0;
/// What contradicting parts count against agreeing ones, in hundredths.
const CONTRADICTION: u32 = 209;
/// What a name without counterpart counts against a father's name without.
const SURNAME_FOR_FATHER: u32 = 80;
/// What a missing part counts where several others agree, in hundredths.
const MISSING: u32 = 22;
/// What it counts where only one part agrees: a surname alone is half a name.
const MISSING_OF_ONE: u32 = 95;
/// A missing patronymic counts less than a missing given name, in hundredths of its weight.
const MISSING_PATRONYMIC: u32 = 40;
/// As `STEEPNESS`, for words of organisations' names.
const STEEPNESS_OF_WORDS: u32 = 148;
/// What contradicting words of organisations' names count.
const CONTRADICTING_WORD: u32 = 59;
/// What a missing distinctive word of an organisation's name counts, where several others agree.
const MISSING_WORD: u32 = 10;
/// Where only one does, and where that one is a rare word: *Pella* is hardly another *Pella*.
const MISSING_WORD_OF_ONE: u32 = 16;
const MISSING_WORD_OF_RARE: u32 = 16;
/// Words of a trade that contradict: *Gazprom Bank*, *Gazprom Oil*.
const CONTRADICTING_CLASS: u32 = 131;
/// A word of a trade against one whose meaning is not known, in another script: it may well be its
/// translation.
const UNTRANSLATED: u32 = 45;
/// A word of a trade that is missing, where several words agree: lists often shorten.
const MISSING_CLASS: u32 = 2;
/// Where only one distinctive word agrees: *Gazprom* is neither *Gazprom Bank* nor *Gazprom Oil*.
const MISSING_CLASS_OF_ONE: u32 = 125;
/// The same where that word is rare.
const MISSING_CLASS_OF_RARE: u32 = 21;
/// A word is rare if no list has it often, and long enough not to be met by chance, in sounds.
const RARE_SOUNDS: usize = 5;
/// The same where short vowels are not written: سند is *Sanad*.
const RARE_SOUNDS_IN_ARABIC: usize = 3;
/// How alike rare words must be, in thousandths.
const RARE: u32 = 676;
/// A word that any organisation may add or leave out: *Company*, *Group*.
const MISSING_GENERIC: u32 = 2;
/// A number that only one has, or that is another: *Plant 217*.
const MISSING_NUMBER: u32 = 120;
/// The weight of a given name or surname that found no counterpart.
const NAME: u32 = 100;
/// The least weight of a part that agreement can hang on.
const STRONG: u32 = 50;
/// The score of an acronym with what it abbreviates: likely, never certain.
pub(crate) const ACRONYM: u32 = 8_000;
/// Names that sound exactly alike but are not written alike stay below one.
const NEARLY_ONE: u32 = 9_950;
/// From here scores are spread by how much agrees, in ten-thousandths.
pub(crate) const TOP: u32 = 9_000;
/// What of the rest is left to likeness, in hundredths.
const TOP_KEPT: u32 = 75;
/// Evidence beyond this tells nothing more: fifty bits, or five words of an organisation.
const MOST_EVIDENCE: u32 = 500;
/// Parts in another order: *Dmitriev Kirill*. Keeps the order of scores near the top.
const REORDERED: u32 = 20;

/// What agrees, what contradicts and what is missing, as one score; true if by an acronym.
pub(crate) fn weigh(view: &View<'_>, pairing: &Pairing) -> (Score, bool) {
    if view.parts_a.len == 0 || view.parts_b.len == 0 {
        let equal = view.a.text() == view.b.text() && view.a.kind() == view.b.kind();
        return (if equal { Score::ONE } else { Score::ZERO }, false);
    }
    let same_text = view.a.text() == view.b.text();
    // Whose child one is, equal words do not say: *Salman bin Muhammad*, *Muhammad bin Salman*.
    if (same_text || !view.fathers) && view.a.has_words_of(view.b) {
        return (same_words(view), false);
    }
    let sums = Sums::of(view, pairing);
    let score = sums.score(view.is_person);
    let (score, evidence) = if view.is_person {
        let evidence = evidence(view, pairing);
        let kept = if is_whole(view, pairing) {
            100
        } else {
            kept(evidence)
        };
        (score * kept / 100, evidence)
    } else {
        (score, sums.paired)
    };
    let score = spread(score, evidence);
    if score < ACRONYM && !view.is_person && is_acronym(view) {
        return (Score::from_ten_thousandths(ACRONYM), true);
    }
    let reordered = pairing
        .pairs()
        .any(|p| pairing.pairs().any(|q| p.a.0 < q.a.0 && p.b.0 > q.b.0));
    let score = if reordered {
        score.saturating_sub(REORDERED)
    } else {
        score
    };
    (Score::from_ten_thousandths(score.min(NEARLY_ONE)), false)
}

/// Keeps an order among names that agree in all they have: the more there is, the higher. Only
/// scores above `TOP` move, and none of them below it.
fn spread(score: u32, evidence: u32) -> u32 {
    let Some(above) = score.checked_sub(TOP) else {
        return score;
    };
    TOP + above * TOP_KEPT / 100 + evidence.min(MOST_EVIDENCE) * 2 / 5
}

/// Names of the same words: one if also written the same, a little less for what differs around them.
fn same_words(view: &View<'_>) -> Score {
    if view.a.text() == view.b.text() && view.a.kind() == view.b.kind() {
        return Score::ONE;
    }
    let words = |name: &Name| name.parts().len();
    let around = words(view.a).abs_diff(words(view.b)).min(5);
    let in_order = view
        .a
        .content()
        .map(Part::folded)
        .eq(view.b.content().map(Part::folded));
    let order = if in_order { 0 } else { REORDERED };
    Score::from_ten_thousandths(9_999 - order - u32::try_from(around).unwrap_or(5))
}

fn is_acronym(view: &View<'_>) -> bool {
    let one_short = |parts: &Parts<'_>, other: &Parts<'_>| {
        parts.len == 1 && other.len > 1 && parts.get(0).folded().len() <= 20
    };
    let (a, b) = (view.a, view.b);
    one_short(&view.parts_a, &view.parts_b) && abbreviates(view.parts_a.get(0).folded(), b.text())
        || one_short(&view.parts_b, &view.parts_a)
            && abbreviates(view.parts_b.get(0).folded(), a.text())
}

/// The weights of two names' parts, summed by what became of them.
#[derive(Default)]
pub(crate) struct Sums {
    /// Of the pairs, and of that what agrees, in hundredths of a weight.
    paired: u32,
    agreed: u32,
    /// The number of pairs that weigh: words, given names, surnames.
    strong_pairs: u32,
    /// Whether the names are written in different scripts.
    two_scripts: bool,
    /// Whether one of them is a rare word.
    rare: bool,
    /// Of the parts of either name that found no counterpart.
    left: [Left; 2],
}

/// The weights of parts that found no counterpart, by what they are.
#[derive(Default)]
struct Left {
    /// Names and distinctive words.
    words: u32,
    /// Words of a trade that say which organisation it is: *Bank*, *Oil*.
    classes: u32,
    /// Words of a trade that any organisation may add or leave out: *Company*.
    generic: u32,
    /// Patronymics and fathers' names.
    fathers: u32,
    numbers: u32,
}

impl Left {
    fn of(parts: &Parts<'_>, taken: u32) -> Left {
        let mut left = Left::default();
        for part in (0..parts.len)
            .filter(|i| taken & (1 << i) == 0)
            .map(|i| parts.get(i))
        {
            match part.role {
                PartRole::ClassWord if part.is_generic => left.generic += part.weight(),
                PartRole::ClassWord => left.classes += part.weight(),
                PartRole::Number => left.numbers += part.weight(),
                // Very common names contradict like any other: only agreeing on them says less.
                PartRole::Patronymic => left.fathers += NAME,
                PartRole::Given | PartRole::Surname => left.words += NAME,
                _ => left.words += part.weight(),
            }
        }
        left
    }
}

/// How far two parts so alike agree, in thousandths.
pub(crate) fn agreement(view: &View<'_>, a: &Part, b: &Part, likeness: u32) -> u32 {
    let (mut steepness, knee) = if view.is_person {
        (STEEPNESS, KNEE_STEEPNESS)
    } else {
        (STEEPNESS_OF_WORDS, KNEE_STEEPNESS_OF_WORDS)
    };
    if a.script == b.script {
        steepness += IN_ONE_SCRIPT;
    }
    let unlike = (FULL - likeness) * steepness / 100 + KNEE.saturating_sub(likeness) * knee / 100;
    FULL.saturating_sub(unlike)
}

/// Whether few names have the word.
fn is_rare(part: &Part) -> bool {
    let sounds = if part.is_arabic() {
        RARE_SOUNDS_IN_ARABIC
    } else {
        RARE_SOUNDS
    };
    part.role == PartRole::Word
        && part.frequency == 0
        && part.meaning.is_none()
        && part.sounds.len() >= sounds
}

impl Sums {
    fn of(view: &View<'_>, pairing: &Pairing) -> Sums {
        let mut sums = Sums {
            two_scripts: view.a.script() != view.b.script(),
            ..Sums::default()
        };
        let weight = |parts: &Parts<'_>, (at, len): (usize, usize)| {
            (at..at + len)
                .map(|i| parts.get(i).weight())
                .max()
                .unwrap_or(0)
        };
        for pair in pairing.pairs() {
            let weight = weight(&view.parts_a, pair.a).min(weight(&view.parts_b, pair.b));
            let (a, b) = (view.parts_a.get(pair.a.0), view.parts_b.get(pair.b.0));
            sums.paired += weight;
            sums.agreed += weight * agreement(view, a, b, pair.likeness) / 10;
            sums.strong_pairs += u32::from(weight >= STRONG);
            sums.rare |= pair.likeness >= RARE && !pair.is_acronym && is_rare(a) && is_rare(b);
        }
        sums.left = [
            Left::of(&view.parts_a, pairing.taken_a),
            Left::of(&view.parts_b, pairing.taken_b),
        ];
        sums
    }

    /// What stands against names of which only the parts in `open` can be in pairs, at least: it only grows
    /// with what else is left over.
    pub(crate) fn at_least_against(view: &View<'_>, open: (u32, u32)) -> u32 {
        let sums = Sums {
            strong_pairs: open.0.count_ones().min(open.1.count_ones()),
            two_scripts: view.a.script() != view.b.script(),
            rare: true,
            left: [
                Left::of(&view.parts_a, open.0),
                Left::of(&view.parts_b, open.1),
            ],
            ..Sums::default()
        };
        sums.contradicting(view.is_person) + sums.lacking(view.is_person)
    }

    /// In ten-thousandths.
    fn score(&self, is_person: bool) -> u32 {
        let whole = self.paired * 100 + self.against(is_person) + self.lacking(is_person);
        u32::try_from(u64::from(self.agreed) * 10_000 / u64::from(whole.max(1))).unwrap_or(0)
    }

    /// What stands against agreement: left over on both sides.
    fn against(&self, is_person: bool) -> u32 {
        let [a, b] = &self.left;
        let across = (a.words.saturating_sub(b.words)).min(b.classes.saturating_sub(a.classes))
            + (b.words.saturating_sub(a.words)).min(a.classes.saturating_sub(b.classes));
        let each = if self.two_scripts {
            UNTRANSLATED
        } else {
            CONTRADICTING_CLASS
        };
        // a surname on one side and a father's name on the other are no mere gaps
        let strange = (a.words.saturating_sub(b.words)).min(b.fathers.saturating_sub(a.fathers))
            + (b.words.saturating_sub(a.words)).min(a.fathers.saturating_sub(b.fathers));
        self.contradicting(is_person) + across * each + strange * SURNAME_FOR_FATHER
    }

    /// What contradicts its like.
    fn contradicting(&self, is_person: bool) -> u32 {
        let [a, b] = &self.left;
        let contradiction = if is_person {
            CONTRADICTION
        } else {
            CONTRADICTING_WORD
        };
        a.words.min(b.words) * contradiction
            + a.fathers.min(b.fathers) * CONTRADICTION
            + a.classes.min(b.classes) * CONTRADICTING_CLASS
    }

    /// What is missing: left over on one side.
    fn lacking(&self, is_person: bool) -> u32 {
        let [a, b] = &self.left;
        let missing = match (is_person, self.strong_pairs) {
            (true, 0 | 1) => MISSING_OF_ONE,
            (true, _) => MISSING,
            (false, 0 | 1) if self.rare => MISSING_WORD_OF_RARE,
            (false, 0 | 1) => MISSING_WORD_OF_ONE,
            (false, _) => MISSING_WORD,
        };
        let missing_class = if self.strong_pairs > 1 {
            MISSING_CLASS
        } else if self.rare {
            MISSING_CLASS_OF_RARE
        } else {
            MISSING_CLASS_OF_ONE
        };
        a.words.abs_diff(b.words) * missing
            + a.fathers.abs_diff(b.fathers) * missing * MISSING_PATRONYMIC / 100
            + a.classes.abs_diff(b.classes) * missing_class
            + (a.generic + b.generic) * MISSING_GENERIC
            + (a.numbers + b.numbers) * MISSING_NUMBER
    }
}
