//! The words of time, number, money and measure of each language, made ready for looking up.

use std::collections::BTreeMap;

use madar_text::{Lang, fold};
use rustc_hash::FxHashMap;
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
    weekdays: Vec<Vec<String>>,
    last: Vec<String>,
    next: Vec<String>,
    this: Vec<String>,
    ago: Vec<String>,
    before: Vec<String>,
    today: Vec<String>,
    yesterday: Vec<String>,
    tomorrow: Vec<String>,
    past: Vec<String>,
    future: Vec<String>,
    start: Vec<String>,
    mid: Vec<String>,
    end: Vec<String>,
    year_words: Vec<String>,
    year_after: Vec<String>,
    year_prepositions: Vec<String>,
    following_day: Vec<String>,
    sets: Vec<String>,
    decades: Vec<(String, String)>,
    ordinal_ends: Vec<String>,
    units: BTreeMap<String, Vec<String>>,
    dual: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, i64>,
    scales: BTreeMap<String, i64>,
    currencies: BTreeMap<String, Vec<String>>,
    percent: BTreeMap<String, Vec<String>>,
    approx: BTreeMap<String, Vec<String>>,
}

/// What a word or a run of words can say of time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    Month(i8),
    /// Monday is 1.
    Weekday(i8),
    Last,
    Next,
    This,
    Ago,
    Before,
    /// Days from the day of publication.
    Day(i8),
    Past,
    Future,
    Start,
    Mid,
    End,
    Year,
    YearAfter,
    YearPreposition,
    FollowingDay,
    Set,
    Decade(String),
    /// ISO 8601 designator; those of hours and minutes begin with T.
    Unit(String),
    /// A dual as a whole duration.
    Dual(String),
    Currency(String),
    Percent,
    Approx(Approx),
}

/// Signs by their first word, longest first.
type Table = FxHashMap<String, Vec<(Vec<String>, Sign)>>;

pub(crate) struct Calendar {
    lang: Lang,
    signs: Table,
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
                signs
                    .entry(head)
                    .or_default()
                    .push((words.collect(), sign.clone()));
            }
        };
        for (forms, number) in file.months.iter().zip(1..) {
            add(forms, Sign::Month(number));
        }
        for (forms, number) in file.weekdays.iter().zip(1..) {
            add(forms, Sign::Weekday(number));
        }
        for (forms, sign) in [
            (&file.last, Sign::Last),
            (&file.next, Sign::Next),
            (&file.this, Sign::This),
            (&file.ago, Sign::Ago),
            (&file.before, Sign::Before),
            (&file.today, Sign::Day(0)),
            (&file.yesterday, Sign::Day(-1)),
            (&file.tomorrow, Sign::Day(1)),
            (&file.past, Sign::Past),
            (&file.future, Sign::Future),
            (&file.start, Sign::Start),
            (&file.mid, Sign::Mid),
            (&file.end, Sign::End),
            (&file.year_words, Sign::Year),
            (&file.year_after, Sign::YearAfter),
            (&file.year_prepositions, Sign::YearPreposition),
            (&file.following_day, Sign::FollowingDay),
            (&file.sets, Sign::Set),
        ] {
            add(forms, sign);
        }
        for (form, value) in file.decades {
            add(&[form], Sign::Decade(value));
        }
        for (unit, forms) in &file.units {
            add(forms, Sign::Unit(unit.clone()));
        }
        for (value, forms) in &file.dual {
            add(forms, Sign::Dual(value.clone()));
        }
        for (code, forms) in &file.currencies {
            add(forms, Sign::Currency(code.clone()));
        }
        for forms in file.percent.values() {
            add(forms, Sign::Percent);
        }
        for (name, forms) in &file.approx {
            let approx = match name.as_str() {
                "About" => Approx::About,
                "UpTo" => Approx::UpTo,
                "AtLeast" => Approx::AtLeast,
                "MoreThan" => Approx::MoreThan,
                "LessThan" => Approx::LessThan,
                _ => panic!("approx {name}"),
            };
            add(forms, Sign::Approx(approx));
        }
        for list in signs.values_mut() {
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        let table =
            |map: BTreeMap<String, i64>| map.into_iter().map(|(w, v)| (key(&w), v)).collect();
        Self {
            lang,
            numbers: NumberWords {
                numbers: table(file.numbers),
                scales: table(file.scales),
            },
            ordinal_ends: file.ordinal_ends,
            signs,
        }
    }

    /// The signs that begin at a word, each with the word after it, longest first.
    pub(crate) fn signs<'a>(
        &'a self,
        words: &'a [Word],
        at: usize,
    ) -> impl Iterator<Item = (&'a Sign, usize)> + 'a {
        let word = words.get(at);
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
}
