//! The words of time, number, money and measure of each language, made ready for looking up.

use std::collections::BTreeMap;

use madar_text::{Clitics, Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::numbers::NumberWords;
use crate::reading::Approx;
use crate::russian::Russian;
use crate::words::Word;

/// The wire form of `times.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimesFile {
    months: Vec<Vec<String>>,
    /// Names of months that are other words too: a day, a year, a turn or a preposition is needed.
    unsure_months: Vec<String>,
    hijri_months: Vec<Vec<String>>,
    seasons: BTreeMap<String, Vec<String>>,
    weekdays: Vec<Vec<String>>,
    day_parts: BTreeMap<String, Vec<String>>,
    /// Parts of a year, by their code: `H1`, `Q3`.
    year_parts: BTreeMap<String, Vec<String>>,
    signs: BTreeMap<String, Vec<String>>,
    decades: Vec<(String, String)>,
    ordinal_ends: Vec<String>,
    units: BTreeMap<String, Vec<String>>,
    /// Units as adjectives behind a figure: *31-летний*.
    #[serde(default)]
    unit_adjectives: BTreeMap<String, Vec<String>>,
    /// Units in the plural, where the form is not known to be one (Arabic).
    plural_units: Vec<String>,
    dual: BTreeMap<String, Vec<String>>,
    /// Counts that are no numbers: *several* is 0, *a couple of* 2.
    some: BTreeMap<String, i64>,
    sets: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, i64>,
    ordinals: BTreeMap<String, i64>,
    scales: BTreeMap<String, i64>,
    /// Plurals that say a number only by its size: *hundreds*.
    vague: Vec<String>,
    /// Adjectives that end in a count: 25-тысячный.
    counted_adjectives: BTreeMap<String, i64>,
    /// Happenings that are counted by ordinals: *her second visit*.
    events: Vec<String>,
    /// Nouns of which a number counts, though their form does not show the plural: *people*.
    counted: Vec<String>,
    currencies: BTreeMap<String, Vec<String>>,
    percent: BTreeMap<String, Vec<String>>,
    approx: BTreeMap<String, Vec<String>>,
}

/// What a word or a run of words can say of time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    Month(i8),
    HijriMonth(i8),
    /// TIMEX3 code: `SP`, `SU`, `FA`, `WI`.
    Season(String),
    /// Monday is 1.
    Weekday(i8),
    /// TIMEX3 code: `TMO`, `TAF`, `TEV`, `TNI`.
    DayPart(String),
    YearPart(String),
    Last,
    Next,
    This,
    /// *the same day*, في ذلك العام: the one the text speaks of.
    That,
    Recent,
    Ago,
    Before,
    /// Days from the day of publication.
    Day(i8),
    Past,
    /// *the past*, behind a preposition only.
    ThePast,
    Present,
    Future,
    Start,
    Mid,
    End,
    Earlier,
    Later,
    Each,
    /// Words before a duration that has no number: *for months*, لمدة شهر.
    Lasting,
    /// *few* behind the unit: الأيام القليلة الماضية.
    FewAfter,
    /// A word that may stand between: *of*, من.
    Link,
    /// What is told lies ahead: *by*, *planned*, *elections*.
    Ahead,
    /// The same, for sure: *will*, سوف.
    Will,
    Clock,
    Forenoon,
    Afternoon,
    Year,
    YearAfter,
    YearPreposition,
    /// Before the first and the second of two years.
    FromYear,
    ToYear,
    HijriYear,
    DayWord,
    MonthWord,
    FollowingDay,
    Set(String),
    Decade(String),
    /// ISO 8601 designator; those of hours and minutes begin with T.
    Unit(String),
    UnitAdjective(String),
    /// A dual as a whole duration.
    Dual(String),
    Some(i64),
    UnsureMonth,
    Ordinal(i64),
    Event,
    Counted,
    Vague,
    CountedAdjective(i64),
    Currency(String),
    Percent,
    Approx(Approx),
}

impl Sign {
    /// The signs that are plain lists of words, by their names in `[signs]`.
    fn plain(name: &str) -> Option<Self> {
        Some(match name {
            "last" => Self::Last,
            "next" => Self::Next,
            "this" => Self::This,
            "that" => Self::That,
            "recent" => Self::Recent,
            "ago" => Self::Ago,
            "before" => Self::Before,
            "today" => Self::Day(0),
            "yesterday" => Self::Day(-1),
            "tomorrow" => Self::Day(1),
            "before_yesterday" => Self::Day(-2),
            "after_tomorrow" => Self::Day(2),
            "past" => Self::Past,
            "the_past" => Self::ThePast,
            "present" => Self::Present,
            "future" => Self::Future,
            "start" => Self::Start,
            "mid" => Self::Mid,
            "end" => Self::End,
            "earlier" => Self::Earlier,
            "later" => Self::Later,
            "each" => Self::Each,
            "lasting" => Self::Lasting,
            "few_after" => Self::FewAfter,
            "links" => Self::Link,
            "ahead" => Self::Ahead,
            "will" => Self::Will,
            "clock" => Self::Clock,
            "forenoon" => Self::Forenoon,
            "afternoon" => Self::Afternoon,
            "year_words" => Self::Year,
            "year_after" => Self::YearAfter,
            "year_prepositions" => Self::YearPreposition,
            "from_year" => Self::FromYear,
            "to_year" => Self::ToYear,
            "hijri_year" => Self::HijriYear,
            "day_words" => Self::DayWord,
            "month_words" => Self::MonthWord,
            "following_day" => Self::FollowingDay,
            _ => return None,
        })
    }

    fn approx(name: &str) -> Option<Self> {
        Some(Self::Approx(match name {
            "About" => Approx::About,
            "UpTo" => Approx::UpTo,
            "AtLeast" => Approx::AtLeast,
            "MoreThan" => Approx::MoreThan,
            "LessThan" => Approx::LessThan,
            _ => return None,
        }))
    }
}

/// Signs by their first word, longest first.
type Table = FxHashMap<String, Vec<(Vec<String>, Sign)>>;

pub(crate) struct Calendar {
    lang: Lang,
    signs: Table,
    /// Folded Arabic units in the plural.
    plural_units: FxHashSet<String>,
    pub(crate) numbers: NumberWords,
    pub(crate) ordinal_ends: Vec<String>,
}

pub(crate) struct Calendars([Calendar; 3]);

const FILES: [(Lang, &str); 3] = [
    (Lang::Ar, include_str!("../lang/ar/times.toml")),
    (Lang::En, include_str!("../lang/en/times.toml")),
    (Lang::Ru, include_str!("../lang/ru/times.toml")),
];

impl Calendars {
    pub(crate) fn new(russian: &Russian) -> Self {
        Self(FILES.map(|(lang, file)| {
            let file: TimesFile = toml::from_str(file)
                .unwrap_or_else(|error| panic!("lang/{}/times.toml: {error}", lang.code()));
            Calendar::new(lang, file, russian)
        }))
    }

    pub(crate) fn of(&self, lang: Lang) -> &Calendar {
        self.0
            .iter()
            .find(|c| c.lang == lang)
            .expect("only languages that are read")
    }

    /// Folded Arabic words: they exist, so clitics may be cut before them.
    pub(crate) fn arabic_words(&self) -> impl Iterator<Item = &str> {
        let arabic = self.of(Lang::Ar);
        let numbers = arabic
            .numbers
            .numbers
            .keys()
            .chain(arabic.numbers.scales.keys());
        arabic
            .signs
            .keys()
            .chain(numbers)
            .map(String::as_str)
            .filter(|w| w.chars().count() > 2)
    }
}

/// Arabic nouns with the pronouns written onto them: زيارة, زيارته, زيارتها.
fn with_pronouns(nouns: &[String]) -> Vec<String> {
    let stem = |noun: &String| match noun.strip_suffix('ة') {
        Some(stem) => format!("{stem}ت"),
        None => noun.clone(),
    };
    let pronouns = ["ه", "ها", "هم", "هما", "نا"];
    let stems = nouns.iter().map(stem);
    stems
        .flat_map(|stem| pronouns.map(|pronoun| format!("{stem}{pronoun}")))
        .collect()
}

impl Calendar {
    fn new(lang: Lang, file: TimesFile, russian: &Russian) -> Self {
        let key = |word: &str| match lang {
            Lang::Ru if word.chars().all(char::is_alphabetic) => russian.lemma(word),
            _ => fold(word),
        };
        let mut signs = Table::default();
        let mut add = |forms: &[String], sign: Sign| {
            for form in forms {
                let mut words = form.split_whitespace().map(&key);
                let Some(head) = words.next() else { continue };
                let rest: Vec<String> = words.collect();
                let shown = fold(form);
                // A form whose dictionary form is another word's is found as it is written, too.
                if rest.is_empty() && shown != head {
                    signs
                        .entry(shown)
                        .or_default()
                        .push((Vec::new(), sign.clone()));
                }
                signs.entry(head).or_default().push((rest, sign.clone()));
            }
        };
        for (forms, number) in file.months.iter().zip(1..) {
            add(forms, Sign::Month(number));
        }
        for (forms, number) in file.hijri_months.iter().zip(1..) {
            add(forms, Sign::HijriMonth(number));
        }
        for (forms, number) in file.weekdays.iter().zip(1..) {
            add(forms, Sign::Weekday(number));
        }
        for (name, forms) in &file.signs {
            let sign = Sign::plain(name).unwrap_or_else(|| panic!("[signs] {name}"));
            add(forms, sign);
        }
        for (form, value) in file.decades {
            add(&[form], Sign::Decade(value));
        }
        type Make = fn(String) -> Sign;
        let by_code: [(&BTreeMap<String, Vec<String>>, Make); 9] = [
            (&file.seasons, Sign::Season),
            (&file.day_parts, Sign::DayPart),
            (&file.year_parts, Sign::YearPart),
            (&file.units, Sign::Unit),
            (&file.unit_adjectives, Sign::UnitAdjective),
            (&file.dual, Sign::Dual),
            (&file.sets, Sign::Set),
            (&file.currencies, Sign::Currency),
            (&file.percent, |_| Sign::Percent),
        ];
        for (lists, make) in by_code {
            for (code, forms) in lists {
                add(forms, make(code.clone()));
            }
        }
        type MakeNumber = fn(i64) -> Sign;
        let by_value: [(&BTreeMap<String, i64>, MakeNumber); 3] = [
            (&file.some, Sign::Some),
            (&file.ordinals, Sign::Ordinal),
            (&file.counted_adjectives, Sign::CountedAdjective),
        ];
        for (words, make) in by_value {
            for (word, value) in words {
                add(std::slice::from_ref(word), make(*value));
            }
        }
        add(&file.unsure_months, Sign::UnsureMonth);
        add(&file.events, Sign::Event);
        if lang == Lang::Ar {
            add(&with_pronouns(&file.events), Sign::Event);
        }
        add(&file.counted, Sign::Counted);
        add(&file.vague, Sign::Vague);
        for (name, forms) in &file.approx {
            add(
                forms,
                Sign::approx(name).unwrap_or_else(|| panic!("approx {name}")),
            );
        }
        for list in signs.values_mut() {
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        let table =
            |map: BTreeMap<String, i64>| map.into_iter().map(|(w, v)| (key(&w), v)).collect();
        Self {
            lang,
            numbers: NumberWords {
                lang,
                numbers: table(file.numbers),
                scales: table(file.scales),
            },
            ordinal_ends: file.ordinal_ends,
            signs,
            plural_units: file.plural_units.iter().map(|w| fold(w)).collect(),
        }
    }

    /// Whether a word is a number, or signs begin with it.
    pub(crate) fn has(&self, word: &Word) -> bool {
        let has = |form: &str| self.signs.contains_key(form) || self.numbers.has(form);
        has(&word.lemma) || word.fold != word.lemma && has(&word.fold)
    }

    /// The signs that begin at a word, each with the word after it, longest first.
    pub(crate) fn signs<'a>(
        &'a self,
        words: &'a [Word],
        at: usize,
    ) -> impl Iterator<Item = (&'a Sign, usize)> + 'a {
        let word = words.get(at).filter(|w| w.in_calendar);
        let by = |key: &str| self.signs.get(key).map_or(&[][..], Vec::as_slice);
        let lemma = word.map_or(&[][..], |w| by(&w.lemma));
        let form = word
            .filter(|w| w.fold != w.lemma)
            .map_or(&[][..], |w| by(&w.fold));
        lemma.iter().chain(form).filter_map(move |(rest, sign)| {
            let end = at + 1 + rest.len();
            let tail = words.get(at + 1..end)?;
            let same = tail
                .iter()
                .zip(rest)
                .all(|(w, key)| w.lemma == *key || w.fold == *key);
            same.then_some((sign, end))
        })
    }

    /// The word after `wanted`, if it begins at `at`.
    pub(crate) fn is(&self, words: &[Word], at: usize, wanted: &Sign) -> Option<usize> {
        self.signs(words, at)
            .find_map(|(sign, end)| (sign == wanted).then_some(end))
    }

    /// The word after the sign that `wanted` accepts at `at`, with what it gives.
    pub(crate) fn find<T>(
        &self,
        words: &[Word],
        at: usize,
        wanted: impl Fn(&Sign) -> Option<T>,
    ) -> Option<(T, usize)> {
        self.signs(words, at)
            .find_map(|(sign, end)| Some((wanted(sign)?, end)))
    }

    pub(crate) fn is_scale(&self, words: &[Word], at: usize) -> bool {
        words
            .get(at)
            .is_some_and(|w| self.numbers.scale(w).is_some())
    }

    /// Whether an Arabic unit stands in the plural: أشهر.
    pub(crate) fn is_plural_unit(&self, folded: &str) -> bool {
        let bare = folded.strip_prefix("ال").unwrap_or(folded);
        self.plural_units.contains(bare)
    }

    /// An ordinal in words, and the word after it: *twenty-first*, السادس والثلاثين, двадцать пятого.
    pub(crate) fn ordinal(&self, words: &[Word], at: usize) -> Option<(i64, usize)> {
        let one = |at: usize| {
            self.find(words, at, |sign| match sign {
                Sign::Ordinal(value) => Some(*value),
                _ => None,
            })
        };
        if let Some((value, end)) = one(at) {
            let word = words.get(end);
            // السادس والثلاثون, السادس عشر
            let tens = word
                .and_then(|w| self.numbers.value(w))
                .filter(|_| self.lang == Lang::Ar);
            let joined = word.is_some_and(|w| {
                let and = w.clitics.has(Clitics::AND);
                and && tens.is_some_and(|t| t >= 20) || !and && tens == Some(10)
            });
            let more = tens.filter(|t| joined && value < 10 && *t < 100);
            return Some(match more {
                Some(tens) => (value + tens, end + 1),
                None => (value, end),
            });
        }
        // двадцать пятый, *thirty-sixth*
        let tens = self
            .numbers
            .value(words.get(at)?)
            .filter(|t| (20..100).contains(t))?;
        let hyphen = usize::from(words.get(at + 1).is_some_and(|w| w.fold == "-"));
        let (value, end) = one(at + 1 + hyphen)?;
        (value < 10).then_some((tens + value, end))
    }
}
