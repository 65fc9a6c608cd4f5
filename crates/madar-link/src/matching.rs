//! All that is known of one candidate for matching, and how alike two of them are. Whether a profile
//! came from reporting, from a list or from the keyboard is not told to the comparison.
//!
//! Names decide. Dates of birth, countries and numbers raise or lower what the names say, each by a
//! share that keeps a poor name poor; that two were named together says nothing here.

use std::fmt;

use madar_names::{
    Against, Likeness, Name, NameKind, SAME, Score, Wanted, Weighed, compare as compare_names,
};
use madar_text::{DayRange, EntryKind, Identifier, ListEntry, NameQuality};

/// What names are compared as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum ProfileKind {
    Person,
    /// An organisation, a vessel, an asset: anything with a name that is nobody's.
    Thing,
    /// Nobody says: read both ways.
    Unknown,
}

impl ProfileKind {
    fn name_kinds(self) -> &'static [NameKind] {
        match self {
            ProfileKind::Person => &[NameKind::Person],
            ProfileKind::Thing => &[NameKind::Organisation],
            ProfileKind::Unknown => &[NameKind::Person, NameKind::Organisation],
        }
    }
}

/// A name, taken apart once.
#[derive(Clone, Debug)]
pub struct ProfileName {
    pub name: Name,
    /// It helps and does not identify: a nickname, an acronym, a low quality alias.
    pub weak: bool,
}

/// One candidate for matching.
#[derive(Clone, Debug)]
pub struct Profile {
    pub kind: ProfileKind,
    /// Of a kind that is not known each name stands twice: as a person's and as a thing's.
    pub names: Vec<ProfileName>,
    pub births: Vec<DayRange>,
    /// ISO 3166 codes.
    pub countries: Vec<String>,
    pub identifiers: Vec<Identifier>,
    /// What one is or was, in the words of whoever tells it: *deputy minister of oil*.
    pub posts: Vec<String>,
}

impl Profile {
    /// A profile of which only names are known.
    pub fn named<'a>(kind: ProfileKind, names: impl IntoIterator<Item = (&'a str, bool)>) -> Self {
        let both = names.into_iter().flat_map(|(text, weak)| {
            let kinds = kind.name_kinds().iter();
            kinds.map(move |kind| ProfileName {
                name: Name::new(text, *kind),
                weak,
            })
        });
        Self {
            kind,
            names: both.collect(),
            births: Vec::new(),
            countries: Vec::new(),
            identifiers: Vec::new(),
            posts: Vec::new(),
        }
    }

    /// The profile of a name that stands alone: what it is the name of is told by its words, where they
    /// tell.
    ///
    /// ```
    /// use madar_link::{Profile, ProfileKind};
    /// assert_eq!(Profile::of_bare_name("OOO Orient Quay").kind, ProfileKind::Thing);
    /// assert_eq!(Profile::of_bare_name("Геннадий Николаевич Тимченко").kind, ProfileKind::Person);
    /// assert_eq!(Profile::of_bare_name("Orient Quay").kind, ProfileKind::Unknown);
    /// ```
    pub fn of_bare_name(text: &str) -> Self {
        let names = Name::readings(text);
        let kind = match &names[..] {
            [name] if name.kind() == NameKind::Person => ProfileKind::Person,
            [_] => ProfileKind::Thing,
            _ => ProfileKind::Unknown,
        };
        let names = names.into_iter();
        Self {
            names: names
                .map(|name| ProfileName { name, weak: false })
                .collect(),
            ..Self::named(kind, [])
        }
    }

    /// The profile of a list's entry.
    pub fn of_entry(entry: &ListEntry) -> Self {
        let kind = match entry.kind {
            EntryKind::Person => ProfileKind::Person,
            EntryKind::Other => ProfileKind::Unknown,
            _ => ProfileKind::Thing,
        };
        let names = entry.names.iter();
        let names = names.map(|name| (name.text.as_str(), name.quality == NameQuality::Weak));
        Self {
            births: entry.births.clone(),
            countries: entry.countries.clone(),
            identifiers: entry.identifiers.clone(),
            posts: entry.positions.clone(),
            ..Self::named(kind, names)
        }
    }
}

/// What the names of two profiles say, and what else was held against each other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    pub score: Score,
    /// Of the names alone.
    pub names: Score,
    /// The two names that are most alike.
    pub pair: (String, String),
    pub likeness: Likeness,
    pub features: Vec<Feature>,
}

/// What was compared besides names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feature {
    pub sort: FeatureSort,
    pub effect: Effect,
    /// *born 1968-05-03 and 1968*.
    pub says: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum FeatureSort {
    /// The name is one that does not identify.
    WeakName,
    /// Names so alike are met by chance.
    Chance,
    Birth,
    Country,
    Post,
    Identifier,
}

impl FeatureSort {
    pub fn name(self) -> &'static str {
        match self {
            FeatureSort::WeakName => "weak name",
            FeatureSort::Chance => "chance",
            FeatureSort::Birth => "birth",
            FeatureSort::Country => "country",
            FeatureSort::Post => "post",
            FeatureSort::Identifier => "identifier",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Effect {
    Raises,
    Lowers,
    /// Compared, and it says nothing either way.
    None,
}

impl Effect {
    pub fn name(self) -> &'static str {
        match self {
            Effect::Raises => "raises",
            Effect::Lowers => "lowers",
            Effect::None => "none",
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

/// A figure in hundredths that moves a score: up takes a share of what is missing to one, down keeps a
/// share of what is there. Shares keep scores in order and below one.
#[derive(Clone, Copy)]
enum Move {
    Up(u32),
    Keep(u32),
    Stay,
}

/// Evidence, in tenths of bits, that names so alike must have to be no chance among some fifty thousand listed
/// names: below it a score stays below the bar of 0.70, unless the names are whole. Measured on people who are
/// on no list (`madar-lab screening`): one in a hundred is flagged.
const NO_CHANCE: i32 = 118;
/// The same for names of organisations, which words of trades tell apart besides.
const NO_CHANCE_OF_A_THING: i32 = 84;
/// What a name that does not identify (a nickname, a low quality alias) must tell beyond it.
const OF_A_WEAK_NAME: i32 = 60;
/// What a name of which nobody says whether it is a person's must tell beyond it, read as a thing's and with
/// anything that differs: *Daniel Raymond* is not the ship *Daniel*.
const OF_A_LOOSE_READING: i32 = 81;
/// The bar, in ten-thousandths, and what each tenth of a bit beyond or below allows.
const BAR: i32 = 7_000;
const EACH: i32 = 40;
/// What is left to order names of which nothing but chance is known.
const LEAST_BY_CHANCE: i32 = 3_000;
/// An acronym alone is worth this share of itself, so that it stays below the bar.
const ACRONYM: Move = Move::Keep(69);
/// What agreeing or other features add to the evidence of names, in tenths of bits: one man in ten thousand is
/// born on a day, in thirty in a year.
const BITS_OF_DAY: i32 = 130;
const BITS_OF_YEAR: i32 = 45;
const BITS_OF_COUNTRY: i32 = 20;
const BITS_OF_POST: i32 = 20;
const BITS_OF_OTHER_YEAR: i32 = -60;
const BITS_OF_OTHER_COUNTRY: i32 = -10;
/// The same day of birth: with it a name of 0.54 reaches the bar, a poorer one does not.
const BORN_SAME_DAY: Move = Move::Up(35);
/// Years that agree, where no more is known: very many are born in one year.
const BORN_SAME_TIME: Move = Move::Up(12);
/// One year apart: often an error of one source, or of a calendar.
const BORN_A_YEAR_APART: Move = Move::Keep(95);
/// Further apart: equal names end just at the bar, and any difference in them below.
const BORN_APART: Move = Move::Keep(70);
const COUNTRY_SAME: Move = Move::Up(8);
/// People have several countries, and lists do not tell all.
const COUNTRY_OTHER: Move = Move::Keep(96);
/// One post, in whatever words and language; other posts say nothing, people have several.
const POST_SAME: Move = Move::Up(8);
/// A number that is given once: with no likeness of names at all it makes a hit to look at.
const NUMBER_SAME: Move = Move::Up(80);
/// Two ships, two companies: these numbers do not change.
const NUMBER_OTHER: Move = Move::Keep(60);
/// Letters and digits of a number below which it is given many times over: *12345*.
const SHORTEST_NUMBER: usize = 6;
/// Kinds of numbers of which a thing has one for life.
const FOR_LIFE: [&str; 3] = ["imo", "lei", "ogrn"];

impl Move {
    fn apply(self, score: u32) -> u32 {
        const ONE: u32 = 10_000;
        match self {
            Move::Up(share) => score + (ONE.saturating_sub(score)) * share / 100,
            Move::Keep(share) => score * share / 100,
            Move::Stay => score,
        }
    }

    fn effect(self) -> Effect {
        match self {
            Move::Up(_) => Effect::Raises,
            Move::Keep(_) => Effect::Lowers,
            Move::Stay => Effect::None,
        }
    }
}

/// Holds two profiles against each other. Symmetric: which comes first changes only whose words stand
/// first in the reasons.
pub fn compare(a: &Profile, b: &Profile) -> Option<Match> {
    let (_, at_a, at_b) = best_pair(a, b)?;
    compare_by(a, at_a, b, at_b)
}

/// The same by one name of each.
pub(crate) fn compare_by(a: &Profile, at_a: usize, b: &Profile, at_b: usize) -> Option<Match> {
    let (own, other) = (&a.names[at_a].name, &b.names[at_b].name);
    if own.kind() != other.kind() {
        return None;
    }
    let likeness = compare_names(own, other);
    let weighed = likeness.weighed();
    let worth = NameWorth::of(NameSort::of_both(a, at_a, b, at_b), &weighed);
    let mut score = u32::from(weighed.score.ten_thousandths());
    let mut features = Vec::new();
    let others = [
        identifiers(a, b).map(|(by, says)| (FeatureSort::Identifier, by, 0, says)),
        births(a, b).map(|(by, bits, says)| (FeatureSort::Birth, by, bits, says)),
        countries(a, b).map(|(by, bits, says)| (FeatureSort::Country, by, bits, says)),
        posts(a, b).map(|(by, bits, says)| (FeatureSort::Post, by, bits, says)),
    ];
    let bits = others.iter().flatten().map(|(_, _, bits, _)| bits).sum();
    let by_names = worth.score(bits);
    if by_names < score {
        let (sort, says) = worth.why();
        features.push(Feature {
            sort,
            effect: Effect::Lowers,
            says: says.to_owned(),
        });
        score = by_names;
    }
    for (sort, by, _, says) in others.into_iter().flatten() {
        score = by.apply(score);
        features.push(Feature {
            sort,
            effect: by.effect(),
            says,
        });
    }
    Some(Match {
        score: Score::from_ten_thousandths(score),
        names: weighed.score,
        pair: (own.text().to_owned(), other.text().to_owned()),
        likeness,
        features,
    })
}

/// Two names of one kind, where they come to what is wanted.
fn weighed(
    against: &mut Against<'_>,
    a: &ProfileName,
    b: &ProfileName,
    wanted: &Wanted,
) -> Option<Weighed> {
    (a.name.kind() == b.name.kind())
        .then(|| against.weighed(&b.name, wanted))
        .flatten()
}

/// What decides how much two names must tell, whatever they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NameSort {
    is_thing: bool,
    /// Nobody says whether it is a person's.
    is_guess: bool,
    is_weak: bool,
}

impl NameSort {
    pub(crate) fn of(profile: ProfileKind, name: &ProfileName) -> Self {
        Self {
            is_thing: name.name.kind() != NameKind::Person,
            is_guess: profile == ProfileKind::Unknown,
            is_weak: name.weak,
        }
    }

    /// Of this name held against one of the same kind.
    pub(crate) fn with(self, other: NameSort) -> NameSort {
        NameSort {
            is_thing: self.is_thing,
            is_guess: self.is_guess || other.is_guess,
            is_weak: self.is_weak || other.is_weak,
        }
    }

    fn of_both(a: &Profile, at_a: usize, b: &Profile, at_b: usize) -> Self {
        let (own, other) = (&a.names[at_a], &b.names[at_b]);
        NameSort::of(a.kind, own).with(NameSort::of(b.kind, other))
    }
}

/// What two names are worth by what they tell.
pub(crate) struct NameWorth {
    score: u32,
    evidence: i32,
    is_whole: bool,
    is_thing: bool,
    is_acronym: bool,
    is_weak: bool,
    is_loose: bool,
}

impl NameWorth {
    fn of(sort: NameSort, weighed: &Weighed) -> Self {
        let NameSort {
            is_thing,
            is_guess,
            is_weak,
        } = sort;
        Self {
            score: u32::from(weighed.score.ten_thousandths()),
            evidence: i32::try_from(weighed.evidence).unwrap_or(i32::MAX),
            is_whole: weighed.is_whole,
            is_thing,
            is_acronym: weighed.is_acronym,
            is_weak,
            is_loose: is_thing && is_guess && !weighed.is_whole,
        }
    }

    /// The score that the evidence of the names and of `bits` more allows.
    fn score(&self, bits: i32) -> u32 {
        let score = if self.is_acronym {
            ACRONYM.apply(self.score)
        } else {
            self.score
        };
        if self.is_whole && !self.is_weak && !self.is_loose && bits >= 0 {
            return score;
        }
        let mut needed = needed(self.is_thing, self.is_weak);
        if self.is_loose {
            needed += OF_A_LOOSE_READING;
        }
        let allowed = BAR + (self.evidence + bits - needed) * EACH;
        score.min(u32::try_from(allowed.max(LEAST_BY_CHANCE)).unwrap_or(0))
    }

    /// What keeps the score below what the names alone say.
    fn why(&self) -> (FeatureSort, &'static str) {
        if self.is_weak || self.is_acronym {
            (
                FeatureSort::WeakName,
                "the name is one that does not identify",
            )
        } else if self.is_loose {
            let says = "the names differ, and nobody says that neither is a person's";
            (FeatureSort::WeakName, says)
        } else {
            let says = "names so alike are met by chance";
            (FeatureSort::Chance, says)
        }
    }
}

/// The evidence that names must have not to be met by chance, in tenths of bits.
fn needed(is_thing: bool, is_weak: bool) -> i32 {
    let needed = if is_thing {
        NO_CHANCE_OF_A_THING
    } else {
        NO_CHANCE
    };
    needed + if is_weak { OF_A_WEAK_NAME } else { 0 }
}

/// What the names of others must come to, so that all evidence but a shared number can lift a profile to a
/// threshold with them.
pub(crate) struct Hurdle {
    score: Score,
    /// The most that other evidence adds to that of the names, in tenths of bits.
    bits: i32,
}

impl Hurdle {
    /// None where nothing can.
    pub(crate) fn of(threshold: Score, profile: &Profile) -> Option<Hurdle> {
        const MOST: u32 = 10_000;
        let bar = u32::from(threshold.ten_thousandths());
        // more likeness never makes a name worth less
        let (mut below, mut above) = (0, MOST + 1);
        while below < above {
            let middle = below + (above - below) / 2;
            if most(middle, profile) >= bar {
                above = middle;
            } else {
                below = middle + 1;
            }
        }
        let known = |is_known: bool, bits: i32| if is_known { bits } else { 0 };
        (below <= MOST).then(|| Hurdle {
            score: Score::from_ten_thousandths(below),
            bits: known(!profile.births.is_empty(), BITS_OF_DAY)
                + known(!profile.countries.is_empty(), BITS_OF_COUNTRY)
                + known(!profile.posts.is_empty(), BITS_OF_POST),
        })
    }

    /// For names to be worth so much by themselves.
    pub(crate) fn of_worth(worth: u32) -> Hurdle {
        Hurdle {
            score: Score::from_ten_thousandths(worth),
            bits: 0,
        }
    }

    /// What two names must come to.
    pub(crate) fn of_names(&self, sort: NameSort) -> Wanted {
        let NameSort {
            is_thing,
            is_guess,
            is_weak,
        } = sort;
        let mut needed = needed(is_thing, is_weak);
        if is_thing && is_guess && !is_weak {
            needed += OF_A_LOOSE_READING;
        }
        let bar = i32::from(self.score.ten_thousandths());
        let least = needed - self.bits + (bar - BAR).div_euclid(EACH);
        let evidence = if bar <= LEAST_BY_CHANCE { 0 } else { least };
        Wanted {
            score: self.score,
            evidence: u32::try_from(evidence).unwrap_or(0),
            or_whole: !is_weak,
        }
    }
}

/// The most that evidence other than a shared number can make of a name's score.
fn most(score: u32, profile: &Profile) -> u32 {
    let mut score = score;
    if !profile.births.is_empty() {
        score = BORN_SAME_DAY.apply(score);
    }
    if !profile.countries.is_empty() {
        score = COUNTRY_SAME.apply(score);
    }
    if !profile.posts.is_empty() {
        score = POST_SAME.apply(score);
    }
    score
}

/// What two names that come to what is wanted are worth before other evidence; `against` is the first of them.
pub(crate) fn name_worth(
    against: &mut Against<'_>,
    other: &Name,
    sort: NameSort,
    wanted: &Wanted,
) -> Option<u32> {
    let weighed = against.weighed(other, wanted)?;
    Some(NameWorth::of(sort, &weighed).score(0))
}

/// The pair of names that is worth most, and its worth.
fn best_pair(a: &Profile, b: &Profile) -> Option<(u32, usize, usize)> {
    let mut best: Option<(u32, usize, usize)> = None;
    for (at_a, own) in a.names.iter().enumerate() {
        let mut against = Against::new(&own.name);
        for (at_b, other) in b.names.iter().enumerate() {
            let known = best.map_or(0, |(known, _, _)| known);
            // a pair that is worth no more than another is not looked at to the end
            let bar = Score::from_ten_thousandths(known);
            let Some(weighed) = weighed(&mut against, own, other, &bar.into()) else {
                continue;
            };
            let worth = NameWorth::of(NameSort::of_both(a, at_a, b, at_b), &weighed).score(0);
            if best.is_none() || worth > known {
                best = Some((worth, at_a, at_b));
            }
        }
    }
    best
}

fn births(a: &Profile, b: &Profile) -> Option<(Move, i32, String)> {
    let pairs = a
        .births
        .iter()
        .flat_map(|x| b.births.iter().map(move |y| (x, y)));
    let judged = pairs.map(|(x, y)| (closeness(x, y), x, y));
    // of several dates those that agree best count: lists keep every date that was ever told
    let (closeness, x, y) = judged.min_by_key(|(closeness, x, y)| (*closeness, **x, **y))?;
    let (by, bits) = match closeness {
        Closeness::Day => (BORN_SAME_DAY, BITS_OF_DAY),
        Closeness::Time => (BORN_SAME_TIME, BITS_OF_YEAR),
        Closeness::DayOff => (Move::Stay, 0),
        Closeness::YearApart => (BORN_A_YEAR_APART, 0),
        Closeness::Apart => (BORN_APART, BITS_OF_OTHER_YEAR),
    };
    let says = if x == y {
        format!("both born {x}")
    } else {
        format!("born {x} and {y}")
    };
    Some((by, bits, says))
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    Day,
    Time,
    /// One year, another day: a misprint or another man.
    DayOff,
    YearApart,
    Apart,
}

fn closeness(x: &DayRange, y: &DayRange) -> Closeness {
    if x.is_day() && x == y {
        return Closeness::Day;
    }
    if x.meets(y) {
        return Closeness::Time;
    }
    let gap = if x.last < y.first {
        y.first.year - x.last.year
    } else {
        x.first.year - y.last.year
    };
    match gap {
        0 => Closeness::DayOff,
        1 => Closeness::YearApart,
        _ => Closeness::Apart,
    }
}

fn countries(a: &Profile, b: &Profile) -> Option<(Move, i32, String)> {
    if a.countries.is_empty() || b.countries.is_empty() {
        return None;
    }
    if let Some(shared) = a.countries.iter().find(|c| b.countries.contains(c)) {
        let says = format!("both of {}", shown(shared));
        return Some((COUNTRY_SAME, BITS_OF_COUNTRY, says));
    }
    let list = |countries: &[String]| {
        let shown: Vec<String> = countries.iter().map(|c| shown(c)).collect();
        shown.join(", ")
    };
    let says = format!("of {} and of {}", list(&a.countries), list(&b.countries));
    Some((COUNTRY_OTHER, BITS_OF_OTHER_COUNTRY, says))
}

/// A post that both are told to hold or to have held.
fn posts(a: &Profile, b: &Profile) -> Option<(Move, i32, String)> {
    let prepared = |posts: &[String]| -> Vec<Name> {
        let all = posts.iter();
        all.map(|post| Name::new(post, NameKind::Organisation))
            .collect()
    };
    if a.posts.is_empty() || b.posts.is_empty() {
        return None;
    }
    let theirs = prepared(&b.posts);
    for own in prepared(&a.posts) {
        let mut against = Against::new(&own);
        let same = theirs
            .iter()
            .find(|other| against.score(other, SAME).is_some());
        if let Some(other) = same {
            let says = format!("both told to be: {} / {}", own.text(), other.text());
            return Some((POST_SAME, BITS_OF_POST, says));
        }
    }
    None
}

fn shown(country: &str) -> String {
    if country.len() == 2 {
        return country.to_uppercase();
    }
    country.to_owned()
}

fn identifiers(a: &Profile, b: &Profile) -> Option<(Move, String)> {
    let mut other = None;
    for x in &a.identifiers {
        for y in &b.identifiers {
            let countries_agree = match (&x.country, &y.country) {
                (Some(x), Some(y)) => x == y,
                _ => true,
            };
            let number = number(&x.value);
            if countries_agree && number.is_some() && number == self::number(&y.value) {
                return Some((NUMBER_SAME, format!("both have the {} {}", x.kind, x.value)));
            }
            let for_life = FOR_LIFE
                .iter()
                .any(|kind| x.kind.contains(kind) && y.kind.contains(kind));
            if for_life {
                let says = format!("{} {} is not {}", x.kind, x.value, y.value);
                other.get_or_insert((NUMBER_OTHER, says));
            }
        }
    }
    other
}

/// A number as compared: its letters and digits. `None` where too many share it.
pub(crate) fn number(value: &str) -> Option<String> {
    let kept: String = value
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    (kept.chars().count() >= SHORTEST_NUMBER).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use madar_text::Day;

    fn person(name: &str) -> Profile {
        Profile::named(ProfileKind::Person, [(name, false)])
    }

    fn born(name: &str, year: i16, month: i8, day: i8) -> Profile {
        Profile {
            births: vec![DayRange::day(Day::new(year, month, day))],
            ..person(name)
        }
    }

    fn score(a: &Profile, b: &Profile) -> Score {
        compare(a, b).unwrap().score
    }

    #[test]
    fn evidence_raises_and_lowers() {
        let (a, b) = ("Rodion Vasilenkov", "Rodion Wasilenkow");
        let plain = score(&person(a), &person(b));
        let same_day = score(&born(a, 1968, 5, 3), &born(b, 1968, 5, 3));
        let apart = score(&born(a, 1968, 5, 3), &born(b, 1990, 5, 3));
        assert!(
            apart < SAME && SAME <= plain && plain < same_day,
            "{apart} {plain} {same_day}"
        );
        let same_year = Profile {
            births: vec![DayRange::years(1968, 1968)],
            ..person(b)
        };
        let same_year = score(&born(a, 1968, 5, 3), &same_year);
        assert!(plain < same_year && same_year < same_day);
    }

    #[test]
    fn no_birthday_makes_two_names_one() {
        let a = born("Rodion Vasilenkov", 1968, 5, 3);
        let b = born("Gordon Halvorsen", 1968, 5, 3);
        assert!(score(&a, &b) < SAME);
    }

    #[test]
    fn a_weak_name_alone_is_no_hit() {
        let nickname = Profile::named(ProfileKind::Person, [("Abu Salma", true)]);
        assert!(score(&person("Abu Salma"), &nickname) < SAME);
    }

    #[test]
    fn a_number_given_once_is_a_hit_to_look_at() {
        let with = |name: &str, value: &str| Profile {
            identifiers: vec![Identifier {
                kind: "passport".to_owned(),
                value: value.to_owned(),
                country: None,
            }],
            ..person(name)
        };
        let (a, b) = ("Rodion Vasilenkov", "Gordon Halvorsen");
        assert!(score(&with(a, "44 N 2592883"), &with(b, "44n2592883")) >= SAME);
        assert!(score(&with(a, "1234"), &with(b, "1234")) < SAME);
    }

    #[test]
    fn what_chance_explains_is_no_hit() {
        let (a, b) = ("Hasan Turkai", "TURKI, Hassan Omar");
        let matched = compare(&person(a), &person(b)).unwrap();
        assert!(matched.score < SAME && SAME <= matched.names, "{matched:?}");
        assert_eq!(matched.features[0].sort, FeatureSort::Chance);
        // a whole name is one whatever its parts, and a birthday is no chance
        assert!(score(&person("Ali Hassan"), &person("HASSAN, Ali")) >= SAME);
        assert!(score(&born(a, 1968, 5, 3), &born(b, 1968, 5, 3)) >= SAME);
    }

    #[test]
    fn an_article_is_no_given_name() {
        assert_eq!(
            Profile::of_bare_name("Jund al-Safa").kind,
            ProfileKind::Unknown
        );
    }

    #[test]
    fn people_and_things_are_not_compared() {
        let thing = Profile::named(ProfileKind::Thing, [("Rodion Vasilenkov", false)]);
        assert!(compare(&person("Rodion Vasilenkov"), &thing).is_none());
        let unknown = Profile::named(ProfileKind::Unknown, [("Rodion Vasilenkov", false)]);
        assert!(score(&unknown, &thing) >= SAME);
    }

    #[test]
    fn a_person_is_no_ship_by_one_name() {
        let ship = Profile::named(ProfileKind::Thing, [("Rodion", false)]);
        let unknown = |name| Profile::named(ProfileKind::Unknown, [(name, false)]);
        assert!(score(&unknown("Rodion Vasilenkov"), &ship) < SAME);
        assert!(score(&ship, &unknown("Rodion Vasilenkov")) < SAME);
        assert!(score(&unknown("Rodion"), &ship) >= SAME);
    }

    #[test]
    fn order_does_not_matter() {
        let a = Profile {
            countries: vec!["ru".to_owned()],
            ..born("Rodion Vasilenkov", 1968, 5, 3)
        };
        let b = Profile {
            countries: vec!["ye".to_owned()],
            ..born("Родион Василенков", 1969, 1, 1)
        };
        assert_eq!(score(&a, &b), score(&b, &a));
    }
}
