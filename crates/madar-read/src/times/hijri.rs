//! Days of the Hijri calendar in the civil (tabular) reckoning: at most a day from what was sighted.

use jiff::ToSpan;
use jiff::civil::Date;

/// Days of 30 tabular years, of which 11 have a leap day.
const CYCLE_DAYS: i64 = 10_631;

/// The Gregorian day on which a day of the Hijri calendar falls.
pub(super) fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1..=3000).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let leap_days = (3 + 11 * year) / 30;
    let months = (59 * (month - 1) + 1) / 2;
    let days = 354 * (year - 1) + leap_days + months + day - 1;
    // 1 Muharram 1 is 16 July 622 of the Julian, 19 July of the Gregorian calendar.
    Date::new(622, 7, 19).ok()?.checked_add(days.days()).ok()
}

/// First and last day of a Hijri month.
pub(super) fn month(year: i64, month: i64) -> Option<(Date, Date)> {
    let first = day(year, month, 1)?;
    let next = if month == 12 {
        day(year + 1, 1, 1)
    } else {
        day(year, month + 1, 1)
    };
    Some((first, next?.yesterday().ok()?))
}

/// The Hijri year in which a day falls.
pub(super) fn year_of(date: Date) -> Option<i64> {
    let begin = Date::new(622, 7, 19).ok()?;
    let days = i64::from(date.since(begin).ok()?.get_days());
    let year = days * 30 / CYCLE_DAYS + 1;
    // The quotient may be one off around the turn of the year.
    (year - 1..=year + 1)
        .rev()
        .find(|&y| day(y, 1, 1).is_some_and(|first| first <= date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        for (hijri, gregorian) in [
            ((1445, 9, 1), (2024, 3, 11)),
            ((1446, 1, 1), (2024, 7, 8)),
            ((1400, 1, 1), (1979, 11, 21)),
        ] {
            let found = day(hijri.0, hijri.1, hijri.2).expect("a day");
            let wanted = Date::new(gregorian.0, gregorian.1, gregorian.2).expect("a day");
            let apart = found.since(wanted).expect("near").get_days().abs();
            assert!(apart <= 1, "{hijri:?} is {found}");
            assert_eq!(year_of(found), Some(hijri.0));
        }
    }
}
