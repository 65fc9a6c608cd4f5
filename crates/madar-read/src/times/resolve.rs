//! From what is said to a value: TIMEX3 values and the days they can mean.

use jiff::civil::Date;
use jiff::{Span as Step, ToSpan};
use madar_text::Day;

use crate::calendar::Sign;
use crate::reading::{Anchor, TimeBasis};

/// A time as the text says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Said {
    /// Parts of a calendar date; `turn` is *last*, *next* or *this* beside a month.
    Date {
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
        turn: Option<Sign>,
    },
    /// Monday is 1.
    Weekday {
        day: i8,
        next: bool,
    },
    /// *last month*: by so many units.
    Shifted {
        unit: String,
        by: i32,
    },
    /// *three months ago*; without a number, *months ago*.
    Ago {
        unit: String,
        count: Option<i64>,
    },
    Length {
        unit: String,
        count: Option<i64>,
    },
    Decade(String),
    /// Days from publication.
    Day(i8),
    FollowingDay,
    Past,
    Future,
    Set,
}

pub(crate) struct Resolved {
    pub(crate) value: String,
    pub(crate) range: Option<(Day, Day)>,
    pub(crate) basis: TimeBasis,
}

type Range = (Date, Date);

/// Resolves against both ends of the anchor: what they do not agree on is not said.
pub(crate) fn resolve(said: &Said, anchor: Option<&Anchor>, last_day: Option<Day>) -> Resolved {
    let plain = |value: &str| Resolved {
        value: value.to_owned(),
        range: None,
        basis: TimeBasis::None,
    };
    match said {
        Said::Set => plain("P1D"),
        Said::Past => plain("PAST_REF"),
        Said::Future => plain("FUTURE_REF"),
        Said::Length { unit, count } => plain(&length(unit, *count)),
        Said::Decade(value) => {
            let start: i16 = value.trim_end_matches('X').parse().unwrap_or(198);
            let range = Date::new(start * 10, 1, 1)
                .ok()
                .zip(Date::new(start * 10 + 9, 12, 31).ok());
            found(value.clone(), range, TimeBasis::Explicit)
        }
        Said::Date {
            year: Some(year),
            month,
            day,
            ..
        } => {
            let (value, range) = date(*year, *month, *day);
            found(value, range, TimeBasis::Explicit)
        }
        Said::FollowingDay => match last_day.and_then(|d| to_date(d)?.tomorrow().ok()) {
            Some(next) => found(next.to_string(), Some((next, next)), TimeBasis::Text),
            None => plain("FUTURE_REF"),
        },
        _ => relative(said, anchor).unwrap_or_else(|| plain(&unanchored(said))),
    }
}

fn found(value: String, range: Option<Range>, basis: TimeBasis) -> Resolved {
    let range = range.map(|(from, to)| (to_day(from), to_day(to)));
    Resolved {
        value,
        range,
        basis,
    }
}

fn relative(said: &Said, anchor: Option<&Anchor>) -> Option<Resolved> {
    let anchor = anchor?;
    let at = |day: Day| against(said, to_date(day)?);
    let (first, second) = (at(anchor.earliest)?, at(anchor.latest)?);
    if first == second {
        return Some(found(first.0, Some(first.1), TimeBasis::Document));
    }
    // The ends disagree: only the range in which it lies is known.
    let range = (first.1.0.min(second.1.0), first.1.1.max(second.1.1));
    let value = match said {
        Said::Shifted { by: 0, .. } | Said::Day(0) => "PRESENT_REF",
        _ if range.1 <= to_date(anchor.latest)? => "PAST_REF",
        _ => "FUTURE_REF",
    };
    Some(found(value.to_owned(), Some(range), TimeBasis::Document))
}

/// Value and days of a relative time, seen from one day of publication.
fn against(said: &Said, from: Date) -> Option<(String, Range)> {
    match said {
        Said::Date {
            year: None,
            month: Some(month),
            day,
            turn,
        } => {
            let year = year_of(from, *month, *day, turn.as_ref())?;
            let (value, range) = date(year, Some(*month), *day);
            Some((value, range?))
        }
        Said::Weekday { day, next } => {
            let own = from.weekday().to_monday_one_offset();
            let step = if *next {
                (day - own - 1).rem_euclid(7) + 1
            } else {
                -(own - day).rem_euclid(7)
            };
            let date = from.checked_add(i64::from(step).days()).ok()?;
            Some((date.to_string(), (date, date)))
        }
        Said::Day(by) => {
            let date = from.checked_add(i64::from(*by).days()).ok()?;
            Some((date.to_string(), (date, date)))
        }
        Said::Shifted { unit, by } => {
            unit_at(from.checked_add(step(unit, i64::from(*by))?).ok()?, unit)
        }
        Said::Ago {
            unit,
            count: Some(count),
        } => unit_at(from.checked_sub(step(unit, *count)?).ok()?, unit),
        _ => None,
    }
}

/// The year of a month without one: the last before publication, the next where the text says so.
fn year_of(from: Date, month: i8, day: Option<i8>, turn: Option<&Sign>) -> Option<i16> {
    let own = from.year();
    let begins = Date::new(own, month, day.unwrap_or(1)).ok()?;
    Some(match turn {
        Some(Sign::Next) if begins <= from => own + 1,
        Some(Sign::Next) => own,
        // *October last*, said in October, is a year ago.
        Some(Sign::Last) if day.is_none() && month == from.month() => own - 1,
        Some(Sign::This) => own,
        _ if begins > from => own - 1,
        _ => own,
    })
}

fn step(unit: &str, count: i64) -> Option<Step> {
    // Bounds keep hostile numbers inside the calendar.
    let count = i32::try_from(count).ok().filter(|c| c.abs() < 10_000)?;
    Some(match unit {
        "D" => count.days(),
        "W" => count.weeks(),
        "M" => count.months(),
        "Y" => count.years(),
        "DE" => (count.checked_mul(10)?).years(),
        _ => return None,
    })
}

/// The whole unit that holds a day.
fn unit_at(date: Date, unit: &str) -> Option<(String, Range)> {
    Some(match unit {
        "D" => (date.to_string(), (date, date)),
        "W" => {
            let week = date.iso_week_date();
            let monday = date
                .checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
                .ok()?;
            let sunday = monday.checked_add(6.days()).ok()?;
            (
                format!("{:04}-W{:02}", week.year(), week.week()),
                (monday, sunday),
            )
        }
        "M" => {
            let value = format!("{:04}-{:02}", date.year(), date.month());
            (value, (date.first_of_month(), date.last_of_month()))
        }
        "Y" => (
            format!("{:04}", date.year()),
            (date.first_of_year(), date.last_of_year()),
        ),
        _ => return None,
    })
}

fn date(year: i16, month: Option<i8>, day: Option<i8>) -> (String, Option<Range>) {
    match (month, day) {
        (Some(month), Some(day)) => {
            let date = Date::new(year, month, day).ok();
            (
                format!("{year:04}-{month:02}-{day:02}"),
                date.map(|d| (d, d)),
            )
        }
        (Some(month), None) => {
            let first = Date::new(year, month, 1).ok();
            (
                format!("{year:04}-{month:02}"),
                first.map(|d| (d, d.last_of_month())),
            )
        }
        _ => {
            let first = Date::new(year, 1, 1).ok();
            (format!("{year:04}"), first.map(|d| (d, d.last_of_year())))
        }
    }
}

fn length(unit: &str, count: Option<i64>) -> String {
    let count = count.map_or_else(|| "X".to_owned(), |c| c.to_string());
    match unit.strip_prefix('T') {
        Some(unit) => format!("PT{count}{unit}"),
        None => format!("P{count}{unit}"),
    }
}

/// What can be said where nothing tells when the document was published.
fn unanchored(said: &Said) -> String {
    match said {
        Said::Date {
            month: Some(month),
            day: Some(day),
            ..
        } => format!("XXXX-{month:02}-{day:02}"),
        Said::Date {
            month: Some(month), ..
        } => format!("XXXX-{month:02}"),
        Said::Weekday { day, .. } => format!("XXXX-WXX-{day}"),
        Said::Shifted { by, .. } if *by > 0 => "FUTURE_REF".to_owned(),
        Said::Shifted { by: 0, .. } | Said::Day(0) => "PRESENT_REF".to_owned(),
        Said::Day(by) if *by > 0 => "FUTURE_REF".to_owned(),
        _ => "PAST_REF".to_owned(),
    }
}

pub(crate) fn to_date(day: Day) -> Option<Date> {
    Date::new(day.year, day.month, day.day).ok()
}

pub(crate) fn to_day(date: Date) -> Day {
    Day::new(date.year(), date.month(), date.day())
}
