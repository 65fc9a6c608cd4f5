//! Dates as lists write them: *1971*, *1971-05-03*, *26.11.1972*, *00/00/1962*, *30 Dec 1967*,
//! *circa 1967*, *1958 to 1960*. What is known to a year stays a year.

use jiff::civil::Date;
use madar_text::{Day, DayRange};

/// Years that a *circa* may be off, either way: one, as OFAC and the UN use it of people whose
/// year of birth is not recorded.
const CIRCA: i16 = 1;
/// Dates outside are misprints: nobody on a list was born earlier or is listed later.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2200;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A date of whatever precision; `None` where nothing can be made of it.
pub(crate) fn range(text: &str) -> Option<DayRange> {
    let lower = text.trim().to_lowercase();
    let circa = ["circa", "approx", "c.", "ca.", "about", "around"]
        .iter()
        .any(|word| lower.contains(word));
    let found = ranges_of(&lower);
    let range = match found[..] {
        [] => return None,
        [one] => one,
        [a, b, ..] if is_span(&lower) => DayRange {
            first: a.first.min(b.first),
            last: a.last.max(b.last),
        },
        [one, ..] => one,
    };
    if circa {
        return Some(DayRange::years(
            range.first.year.saturating_sub(CIRCA),
            range.last.year.saturating_add(CIRCA),
        ));
    }
    Some(range)
}

/// A date that is known to the day.
pub(crate) fn day(text: &str) -> Option<Day> {
    range(text)
        .filter(DayRange::is_day)
        .map(|range| range.first)
}

/// *1958 to 1960*, *1958-1960*, *between … and …*, *from … *.
fn is_span(lower: &str) -> bool {
    [" to ", "between", "from", "–", " - "]
        .iter()
        .any(|word| lower.contains(word))
        || is_two_years(lower)
}

fn is_two_years(lower: &str) -> bool {
    let parts: Vec<&str> = lower.split('-').map(str::trim).collect();
    matches!(parts[..], [a, b] if year(a).is_some() && year(b).is_some())
}

/// All dates in the words, in order.
fn ranges_of(lower: &str) -> Vec<DayRange> {
    let atoms = atoms(lower);
    let mut out = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let (taken, range) = date_at(&atoms[at..]);
        out.extend(range);
        at += taken;
    }
    out
}

/// A word of digits or of letters.
fn atoms(lower: &str) -> Vec<&str> {
    // a time of day after an ISO date is no date
    let head = lower.split_once('t').filter(|(head, rest)| {
        head.len() == 10
            && head.as_bytes()[4] == b'-'
            && rest.starts_with(|c: char| c.is_ascii_digit())
    });
    let lower = head.map_or(lower, |(head, _)| head);
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|atom| !atom.is_empty())
        .take(24) // guards against a page of text in the field
        .collect()
}

/// The atoms that a date at the beginning takes, one at least, and the date.
fn date_at(atoms: &[&str]) -> (usize, Option<DayRange>) {
    let number = |at: usize| -> Option<i8> {
        let atom = atoms.get(at)?;
        (atom.len() <= 2).then(|| atom.parse().ok())?
    };
    let year_at = |at: usize| atoms.get(at).and_then(|atom| year(atom));
    let month_at = |at: usize| atoms.get(at).and_then(|atom| month(atom));
    if let Some(y) = year_at(0) {
        return match (number(1).filter(|m| *m <= 12), number(2)) {
            (Some(m), Some(d)) => (3, dated(y, m, d)),
            (Some(m), None) => (2, dated(y, m, 0)),
            _ => match (month_at(1), number(2)) {
                (Some(m), Some(d)) => (3, dated(y, m, d)), // 1971 May 3
                (Some(m), None) => (2, dated(y, m, 0)),
                _ => (1, dated(y, 0, 0)),
            },
        };
    }
    if let (Some(d), Some(m), Some(y)) = (number(0), number(1), year_at(2)) {
        // day first; where that cannot be, the American order
        let turned = m > 12 && d <= 12;
        let (d, m) = if turned { (m, d) } else { (d, m) };
        return (3, dated(y, m, d));
    }
    if let (Some(d), Some(m), Some(y)) = (number(0), month_at(1), year_at(2)) {
        return (3, dated(y, m, d));
    }
    if let (Some(m), Some(d), Some(y)) = (month_at(0), number(1), year_at(2)) {
        return (3, dated(y, m, d)); // May 3, 1971
    }
    if let (Some(m), Some(y)) = (month_at(0), year_at(1)) {
        return (2, dated(y, m, 0));
    }
    if let (Some(m), Some(y)) = (number(0).filter(|m| *m <= 12), year_at(1)) {
        return (2, dated(y, m, 0)); // 05/1971
    }
    (1, None)
}

/// Four digits that can be a year.
pub(crate) fn year(atom: &str) -> Option<i16> {
    let four = atom.len() == 4 && atom.bytes().all(|b| b.is_ascii_digit());
    let year = four.then(|| atom.parse().ok())??;
    YEARS.contains(&year).then_some(year)
}

fn month(atom: &str) -> Option<i8> {
    let head = atom.get(..3).filter(|_| atom.len() <= 9)?;
    (1..).zip(MONTHS).find(|(_, m)| *m == head).map(|(n, _)| n)
}

/// Month and day may be 0: not known.
fn dated(year: i16, month: i8, day: i8) -> Option<DayRange> {
    if month == 0 {
        return Some(DayRange::years(year, year));
    }
    let first = Date::new(year, month, day.max(1)).ok()?;
    let last = if day == 0 {
        first.last_of_month()
    } else {
        first
    };
    let plain = |date: Date| Day::new(date.year(), date.month(), date.day());
    Some(DayRange {
        first: plain(first),
        last: plain(last),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_to_the_precision_they_have() {
        for (text, expect) in [
            ("1971", "1971"),
            ("1971-05-03", "1971-05-03"),
            ("1971-05-03T00:00:00", "1971-05-03"),
            ("2001-05", "2001-05"),
            ("26.11.1972", "1972-11-26"),
            ("11.8.1960", "1960-08-11"),
            ("00/00/1962", "1962"),
            ("00/05/1962", "1962-05"),
            ("13-Feb-2024", "2024-02-13"),
            ("30 Dec 1967", "1967-12-30"),
            ("Dec 1967", "1967-12"),
            ("May 3, 1971", "1971-05-03"),
            ("circa 1967", "1966 to 1968"),
            ("Approximately 1958", "1957 to 1959"),
            ("1958 to 1960", "1958 to 1960"),
            ("1958-1960", "1958 to 1960"),
            ("Between 1958 and 1960", "1958 to 1960"),
            ("12/31/1970", "1970-12-31"),
        ] {
            let told = range(text).map(|range| range.to_string());
            assert_eq!(told.as_deref(), Some(expect), "{text}");
        }
        for none in ["", "unknown", "31.02.1970", "99999", "12", "مجهول"] {
            assert_eq!(range(none), None, "{none}");
        }
    }
}
