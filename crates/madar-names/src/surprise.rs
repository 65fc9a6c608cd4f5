//! How surprising it would be that a name on a long list agrees so much with another by chance.
//!
//! Among fifty thousand names many have a *Hasan*, some a *Hasan Turki*, none two times *Gennady Timchenko*. Each
//! pair of parts tells what the counts of [`crate::heard`] say of parts that sound so: the formulas are straight
//! lines through what was measured on the parts of listed names held against those of people on no list. What
//! makes chance easier is taken away: parts that could as well have been chosen, names of one language, syllables.
//! Left to others: the score (`weigh`, with its own `evidence` for a pair that somebody picked out), and how much
//! of this a hit needs (`madar-link`).

use crate::align::FULL;
use crate::heard;
use crate::name::Name;
use crate::pairing::{Pair, Pairing, Parts, View};
use crate::part::{Part, PartRole};

/// The most that agreeing on one part can tell, in tenths of bits: it is counted among some twenty thousand
/// names, so no single part ever settles whose name it is.
const MOST_OF_ONE: u32 = 155;
/// What an initial tells.
const INITIAL: u32 = 20;
/// What a part of an organisation's name tells that is a word of a trade, and a number.
const TRADE: u32 = 40;
const NUMBER: u32 = 50;
/// What each letter of an acronym tells.
const LETTER: u32 = 25;
/// What neighbours joined to meet one word take away: there are more ways.
const JOINED: u32 = 10;
/// What a given name that is the other's surname takes away: *Walid Jalled*, *Khalid Walid*.
const CROSSED: u32 = 25;
/// What forms of one given name take away: each name has some.
const FORMS: u32 = 20;

/// What a second part takes away: names that agree in one part are more often of one language, and so agree
/// more easily in the next.
pub(crate) const OF_ONE_LANGUAGE: u32 = 20;
/// What each further one takes away: that the names are of one language is no longer news.
pub(crate) const OF_THAT_LANGUAGE: u32 = 10;
/// The same for parts of one syllable, as Korean and Chinese names are made of.
const OF_ONE_SYLLABLE: u32 = 40;
/// What a thousandth of unlikeness takes away, in hundredths: few spellings of one name differ so much.
const UNLIKE: u32 = 20;

/// How surprising the agreement would be by chance, in tenths of bits, by how many listed names have parts
/// that sound so.
pub(crate) fn surprise(view: &View<'_>, pairing: &Pairing) -> u32 {
    let mut bits = 0;
    let mut against = 0;
    let mut pairs = 0;
    for pair in pairing.pairs() {
        let (a, b) = (view.parts_a.get(pair.a.0), view.parts_b.get(pair.b.0));
        let joined = pair.a.1 != pair.b.1;
        let is_form = !pair.is_acronym && a.bearers.share(&b.bearers);
        if pairs > 0 && view.has_one_syllable(a, b) {
            against += OF_ONE_SYLLABLE;
        } else if pairs > 0 && view.is_person {
            against += if pairs == 1 {
                OF_ONE_LANGUAGE
            } else {
                OF_THAT_LANGUAGE
            };
        }
        pairs += 1;
        bits += if pair.is_acronym {
            let letters = view.a.letters(pair.a.0).len().min(pair.b.1);
            u32::try_from(letters.max(pair.a.1)).unwrap_or(0) * LETTER
        } else if let Some(told) = told_unheard(a, b) {
            told
        } else if joined {
            let (single, other) = if pair.a.1 == 1 { (a, b) } else { (b, a) };
            told_by_joined(single, other, pair.likeness)
        } else {
            if is_form && !a.is_spelled_like(b) {
                against += FORMS;
            }
            if view.is_crossed(a, b) {
                against += CROSSED;
            }
            told_by_parts(a, b, pair.likeness)
        };
    }
    if view.is_person {
        let chosen_from = |parts: &Parts<'_>, taken: u32| {
            let is_left =
                |&at: &usize| taken & (1 << at) == 0 && parts.get(at).role == PartRole::Patronymic;
            parts.len - (0..parts.len).filter(is_left).count()
        };
        let own = chosen_from(&view.parts_a, pairing.taken_a);
        let other = chosen_from(&view.parts_b, pairing.taken_b);
        against += ways(own.max(other), pairs);
    }
    bits.saturating_sub(against)
}

impl View<'_> {
    /// Whether one of two parts has a single vowel between consonants: *Kim*, *Чен*.
    fn has_one_syllable(&self, a: &Part, b: &Part) -> bool {
        let is_short = |name: &Name, part: &Part| {
            !part.is_arabic() && heard::syllables(&name.sounds()[part.sounds.range()]) <= 1
        };
        is_short(self.a, a) || is_short(self.b, b)
    }
}

/// The most that a pair of single parts tells, so alike at most.
pub(crate) fn tells_at_most(a: &Part, b: &Part, likeness: u32) -> u32 {
    told_unheard(a, b).unwrap_or_else(|| told_by_parts(a, b, likeness))
}

/// The most that a part and two neighbours joined tell, so alike at most; `other` is the first of the two.
pub(crate) fn joined_tell_at_most(single: &Part, other: &Part, likeness: u32) -> u32 {
    told_unheard(single, other).unwrap_or_else(|| told_by_joined(single, other, likeness))
}

/// The most that an acronym tells: as many words as are compared.
pub(crate) const MOST_OF_ACRONYM: u32 = 16 * LETTER;

/// What two parts tell whatever they sound like.
fn told_unheard(a: &Part, b: &Part) -> Option<u32> {
    if a.role == PartRole::Initial || b.role == PartRole::Initial {
        Some(INITIAL)
    } else if a.role == PartRole::Number {
        Some(NUMBER)
    } else if a.meaning.is_some() && a.meaning == b.meaning {
        Some(TRADE)
    } else {
        None
    }
}

fn told_by_joined(single: &Part, other: &Part, likeness: u32) -> u32 {
    let told = told_by_sound(single, other, likeness).min(counted(single));
    told.saturating_sub(JOINED)
}

fn told_by_parts(a: &Part, b: &Part, likeness: u32) -> u32 {
    told_by_sound(a, b, likeness)
        .min(counted(a))
        .min(counted(b))
}

/// What a part tells by how often its spelling is met.
fn counted(part: &Part) -> u32 {
    const OFTEN: [u32; 4] = [MOST_OF_ONE, 85, 70, 47];
    let most = OFTEN[usize::from(part.frequency.min(3))];
    if part.is_arabic() {
        most
    } else {
        most.min(u32::from(part.rarity.vowelled) + 10)
    }
}

/// What two parts so alike tell by their sounds: measured on parts of listed names held against those of
/// people on no list.
fn told_by_sound(a: &Part, b: &Part, likeness: u32) -> u32 {
    let consonants = u32::from(a.rarity.consonants.min(b.rarity.consonants));
    let above = likeness.saturating_sub(600);
    let told = if a.is_arabic() || b.is_arabic() {
        consonants * 65 / 100 + above * 14 / 100 + 5
    } else {
        consonants * 60 / 100 + above * 21 / 100 + 20
    };
    let lost = FULL.saturating_sub(likeness) * UNLIKE / 100;
    told.min(MOST_OF_ONE).saturating_sub(lost)
}

/// In how many ways so many of the longer name's parts can be chosen, in tenths of bits.
pub(crate) fn ways(of: usize, chosen: usize) -> u32 {
    let chosen = chosen.min(of);
    let mut ways = 1u64;
    for i in 0..chosen as u64 {
        ways = ways * (of as u64 - i) / (i + 1);
    }
    let whole = ways.max(1).ilog2();
    // between powers of two in proportion
    10 * whole + u32::try_from(((ways.max(1) - (1 << whole)) * 10) >> whole).unwrap_or(9)
}

/// Whether every part of either name has its counterpart, spelled alike or as other scripts spell it; words that
/// any organisation may add aside.
pub(crate) fn is_whole(view: &View<'_>, pairing: &Pairing) -> bool {
    let covers = |parts: &Parts<'_>, taken: u32| {
        (0..parts.len).all(|at| taken & (1 << at) != 0 || parts.get(at).is_generic)
    };
    let is_near = |pair: &Pair| {
        let (a, b) = (view.parts_a.get(pair.a.0), view.parts_b.get(pair.b.0));
        let least = match (pair.a.1 == pair.b.1, a.is_arabic() || b.is_arabic()) {
            // neighbours that are one word elsewhere, and nothing else agrees
            (false, _) if pairing.len < 2 => WHOLE_JOINED,
            (_, true) => WHOLE_ACROSS,
            (_, false) => WHOLE,
        };
        pair.likeness >= least && !pair.is_acronym
    };
    pairing.len > 0
        && covers(&view.parts_a, pairing.taken_a)
        && covers(&view.parts_b, pairing.taken_b)
        && pairing.pairs().all(is_near)
}

/// How alike the parts of names must be that are the same name altogether, in thousandths; where Arabic leaves
/// the short vowels out; and where two words are one and nothing else agrees.
const WHOLE: u32 = 940;
pub(crate) const WHOLE_ACROSS: u32 = 920;
const WHOLE_JOINED: u32 = 975;
