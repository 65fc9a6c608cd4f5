//! Absolute calendar dates as datelines write them, in three languages. Whatever needs the running
//! text to be resolved (*14 января* without a year, *yesterday*) is left to `madar-read`.
//!
//! *2 تشرين الثاني 2025*, *March 4, 2025*, *5 марта 2025 года*, *02.12.2025*, *2025-12-02*.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::sync::LazyLock;

use madar_text::{Day, fold, is_letter_or_digit, is_numeric};
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    months: BTreeMap<String, Vec<Vec<String>>>,
}

/// Folded month names of one or two words with their number.
static MONTHS: LazyLock<BTreeMap<String, i8>> = LazyLock::new(|| {
    let table: Table = toml::from_str(crate::credit::DATA).expect("the table is read by a test");
    let mut months = BTreeMap::new();
    for year in table.months.values() {
        for (number, names) in (1..).zip(year) {
            for name in names {
                months.insert(fold(name), number);
            }
        }
    }
    months
});

/// A date and the bytes that it takes in the text it was found in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    /// `None` for a day and month without a year.
    pub(crate) day: Option<Day>,
}

/// A word of letters or of digits, and where it stands.
struct Atom {
    range: Range<usize>,
    folded: String,
    number: Option<i16>,
}

/// The dates of a line, in order.
pub(crate) fn dates(text: &str) -> Vec<Found> {
    if !text.chars().any(is_numeric) {
        return Vec::new();
    }
    let atoms = atoms(text);
    let mut out = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        match named(&atoms, at).or_else(|| numeric(&atoms, at, text)) {
            Some((len, day)) => {
                let range = atoms[at].range.start..atoms[at + len - 1].range.end;
                out.push(Found { range, day });
                at += len;
            }
            None => at += 1,
        }
    }
    out
}

fn atoms(text: &str) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        let class = (is_letter_or_digit(c) || is_mark(c)).then(|| is_numeric(c));
        if let Some((start, digits)) = open
            && (class != Some(digits) || at == text.len())
        {
            let folded = fold(&text[start..at]);
            let number = folded.parse().ok().filter(|_| digits);
            out.push(Atom {
                range: start..at,
                folded,
                number,
            });
            open = None;
        }
        if let (None, Some(digits)) = (open, class) {
            open = Some((at, digits));
        }
    }
    out
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{064B}'..='\u{0652}' | '\u{0640}')
}

/// `4 March 2025`, `March 4, 2025`, `4 марта`: atoms taken, and the day if the year is there.
fn named(atoms: &[Atom], at: usize) -> Option<(usize, Option<Day>)> {
    let number = |n: usize| atoms.get(n).and_then(|a| a.number);
    if let Some(day) = number(at).filter(|d| (1..=31).contains(d)) {
        let (len, month) = month_twice(atoms, at + 1)?;
        let year = number(at + 1 + len).filter(is_year);
        let is_day = |n: &i16| (1..=31).contains(n);
        // *GMT+3, December 2, 2025*: the number before the month is another matter.
        if year.is_none() && number(at + 2 + len).is_some_and(|y| is_year(&y)) {
            number(at + 1 + len).filter(|n| !is_day(n))?;
        }
        let taken = 1 + len + usize::from(year.is_some());
        return Some((taken, year.and_then(|year| day_of(year, month, day))));
    }
    let (len, month) = month_twice(atoms, at)?;
    let day = number(at + len).filter(|d| (1..=31).contains(d))?;
    let year = number(at + len + 1).filter(is_year);
    let taken = len + 1 + usize::from(year.is_some());
    Some((taken, year.and_then(|year| day_of(year, month, day))))
}

/// The month whose name begins at an atom, of two words before one.
fn month(atoms: &[Atom], at: usize) -> Option<(usize, i8)> {
    let first = &atoms.get(at)?.folded;
    let second = atoms.get(at + 1).map(|atom| &atom.folded);
    // All names that begin with the word stand one behind another.
    let mut names = MONTHS
        .range::<str, _>((Bound::Included(first.as_str()), Bound::Unbounded))
        .take_while(|(name, _)| name.starts_with(first.as_str()));
    let two = |name: &str| {
        let rest = name.strip_prefix(first.as_str())?.strip_prefix(' ')?;
        second.filter(|second| *second == rest)
    };
    let long = names.clone().find(|(name, _)| two(name).is_some());
    let short = names.next().filter(|(name, _)| *name == first);
    let long = long.map(|(_, &month)| (2, month));
    long.or(short.map(|(_, &month)| (1, month)))
}

/// The same with the month's other name behind a slash, as some papers write it:
/// *ديسمبر/كانون الأول*.
fn month_twice(atoms: &[Atom], at: usize) -> Option<(usize, i8)> {
    let (len, one) = month(atoms, at)?;
    match month(atoms, at + len) {
        Some((more, other)) if other == one => Some((len + more, one)),
        _ => Some((len, one)),
    }
}

/// `2025-12-02`, `2025/12/02`, `02.12.2025`, `2/12/2025`. Day before month unless that cannot be;
/// a date with slashes in Latin script that could be either is left out.
fn numeric(atoms: &[Atom], at: usize, text: &str) -> Option<(usize, Option<Day>)> {
    let [a, b, c] = atoms.get(at..at + 3)? else {
        return None;
    };
    let between = |l: &Atom, r: &Atom| text[l.range.end..r.range.start].to_owned();
    let sign = between(a, b);
    if between(b, c) != sign || !matches!(sign.as_str(), "-" | "/" | "." | "\\") {
        return None;
    }
    let (a, b, c) = (a.number?, b.number?, c.number?);
    let month = |m: i16| i8::try_from(m).ok();
    if is_year(&a) {
        return Some((3, Some(day_of(a, month(b)?, c)?)));
    }
    if !is_year(&c) {
        return None;
    }
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let day = if b > 12 {
        day_of(c, month(a)?, b)
    } else if sign == "/" && latin && a <= 12 && a != b {
        None
    } else {
        day_of(c, month(b)?, a)
    };
    Some((3, Some(day?)))
}

/// Years in which news can have been published.
fn is_year(year: &i16) -> bool {
    (1900..=2100).contains(year)
}

fn day_of(year: i16, month: i8, day: i16) -> Option<Day> {
    let day = i8::try_from(day).ok()?;
    jiff::civil::Date::new(year, month, day).ok()?;
    Some(Day::new(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, found: &str, day: Option<&str>) {
        let dates = dates(text);
        let first = dates.first().unwrap_or_else(|| panic!("no date in {text}"));
        assert_eq!(&text[first.range.clone()], found);
        assert_eq!(first.day.map(|d| d.to_string()).as_deref(), day);
    }

    #[test]
    fn dates_are_found_in_three_languages() {
        check(
            "London, March 4, 2025 — Desk",
            "March 4, 2025",
            Some("2025-03-04"),
        );
        check("ROME, Sept. 30 (Agency)", "Sept. 30", None);
        check(
            "BAGHDAD, 3 November 2025",
            "3 November 2025",
            Some("2025-11-03"),
        );
        check(
            "بيروت - الديار، 6 آذار 2025",
            "6 آذار 2025",
            Some("2025-03-06"),
        );
        check(
            "بغداد، ٢ تشرين الثاني ٢٠٢٥",
            "٢ تشرين الثاني ٢٠٢٥",
            Some("2025-11-02"),
        );
        check(
            "الدوحة، 2 كانون الأول/ديسمبر 2025",
            "2 كانون الأول/ديسمبر 2025",
            Some("2025-12-02"),
        );
        check("تونس في 14 جانفي 2011", "14 جانفي 2011", Some("2011-01-14"));
        check("الأحد 21 أيلول 2025", "21 أيلول 2025", Some("2025-09-21"));
        check(
            "«Вестник», 5 марта 2025 года",
            "5 марта 2025",
            Some("2025-03-05"),
        );
        check("МОСКВА. 3 ноября. АГЕНТСТВО", "3 ноября", None);
        check("02.12.2025, 10:33", "02.12.2025", Some("2025-12-02"));
        check("نشر في: 2/12/2025", "2/12/2025", Some("2025-12-02"));
        check("Updated 2025-12-02 10:33", "2025-12-02", Some("2025-12-02"));
        check(
            "GMT+3, December 2, 2025",
            "December 2, 2025",
            Some("2025-12-02"),
        );
        check("Posted 12/25/2025", "12/25/2025", Some("2025-12-25"));
    }

    #[test]
    fn what_is_no_date_is_left() {
        for text in [
            "May said 12.5.3 was out",
            "Posted 2/3/2025",
            "31.02.2025",
            "рост на 5%",
        ] {
            assert!(dates(text).is_empty(), "{text}: {:?}", dates(text));
        }
    }
}
