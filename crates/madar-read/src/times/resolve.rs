//! From what is said to a value: TIMEX3 values and the days they can mean.

use jiff::civil::Date;
use jiff::{Span as Step, ToSpan};
use madar_text::Day;

use super::{Expression, hijri};
use crate::reading::{Anchor, TimeBasis};

/// How many months ahead the month of a sentence about what is to come may lie; what lies further
/// ahead is told with its year.
const MONTHS_AHEAD: i16 = 8;

/// Days within which a day of a month without its year is one to come: *payable Jan. 2*, told in November, was not ten
/// months ago.
const DAYS_AHEAD: i32 = 65;

/// *Last*, *next*, *this*, *that* beside a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Turn {
    Last,
    Next,
    This,
    /// The one the text speaks of: *that year*, العام نفسه.
    That,
    /// *recent*
    Recent,
}

impl Turn {
    /// By how many units it turns.
    pub(crate) fn by(self) -> Option<i32> {
        match self {
            Turn::Last => Some(-1),
            Turn::Next => Some(1),
            Turn::This => Some(0),
            Turn::That | Turn::Recent => None,
        }
    }
}

/// A time as the text says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Said {
    /// Parts of a calendar date; `turn` is *last*, *next* or *this* beside a month, `of` the year
    /// counted from that of publication: *October last year*.
    Date {
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
        turn: Option<Turn>,
        of: Option<i32>,
    },
    Hijri {
        year: Option<i16>,
        month: i8,
        day: Option<i8>,
        by: Option<i32>,
    },
    /// From one year to another.
    Years(i16, i16),
    /// Monday is 1; `part` is a part of the day or an hour, as TIMEX3 writes it.
    Weekday {
        day: i8,
        next: bool,
        last: bool,
        part: Option<String>,
    },
    /// *last month*: by so many units.
    Shifted {
        unit: String,
        by: i32,
    },
    /// *the same day*: the unit that holds the day the text named last.
    Same(String),
    Season {
        code: String,
        year: Option<i16>,
        by: Option<i32>,
    },
    YearPart {
        code: String,
        year: Option<i16>,
        /// Years from that of publication; without, the last one that has begun.
        by: Option<i32>,
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
    /// Days from publication, with a part of the day.
    Day {
        by: i8,
        part: Option<String>,
    },
    FollowingDay,
    Past,
    Present,
    Future,
    Set(String),
}

pub(crate) struct Resolved {
    pub(crate) value: String,
    pub(crate) range: Option<(Day, Day)>,
    pub(crate) basis: TimeBasis,
}

type Range = (Date, Date);

/// Resolves against both ends of the anchor: what they do not agree on is not said.
pub(super) fn resolve(
    expression: &Expression,
    anchor: Option<&Anchor>,
    last_day: Option<Day>,
) -> Resolved {
    let plain = |value: &str| Resolved {
        value: value.to_owned(),
        range: None,
        basis: TimeBasis::None,
    };
    let last_day = last_day.and_then(to_date);
    match &expression.said {
        Said::Set(value) => plain(value),
        Said::Past => plain("PAST_REF"),
        Said::Present => plain("PRESENT_REF"),
        Said::Future => plain("FUTURE_REF"),
        Said::Length { unit, count } => plain(&length(unit, *count)),
        Said::Decade(value) => {
            let start: i16 = value.trim_end_matches('X').parse().unwrap_or(198);
            let range = Date::new(start * 10, 1, 1)
                .ok()
                .zip(Date::new(start * 10 + 9, 12, 31).ok());
            found(value.clone(), range, TimeBasis::Explicit)
        }
        Said::Years(from, to) => {
            let range = Date::new(*from, 1, 1).ok().zip(Date::new(*to, 12, 31).ok());
            found(format!("{from}/{to}"), range, TimeBasis::Explicit)
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
        Said::Hijri {
            year: Some(year),
            month,
            day,
            ..
        } => match hijri_date(i64::from(*year), *month, *day) {
            Some((value, range)) => found(value, Some(range), TimeBasis::Explicit),
            None => plain("PAST_REF"),
        },
        Said::Season {
            code,
            year: Some(year),
            ..
        } => found(
            format!("{year:04}-{code}"),
            season(code, *year),
            TimeBasis::Explicit,
        ),
        Said::YearPart {
            code,
            year: Some(year),
            ..
        } => found(
            format!("{year:04}-{code}"),
            year_part(code, *year),
            TimeBasis::Explicit,
        ),
        Said::FollowingDay => match last_day.and_then(|d| d.tomorrow().ok()) {
            Some(next) => found(next.to_string(), Some((next, next)), TimeBasis::Text),
            None => plain("FUTURE_REF"),
        },
        Said::Same(unit) => match last_day.and_then(|d| unit_at(d, unit)) {
            Some((value, range)) => found(value, Some(range), TimeBasis::Text),
            None => plain("PAST_REF"),
        },
        said => relative(expression, anchor).unwrap_or_else(|| plain(&unanchored(said))),
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

fn relative(expression: &Expression, anchor: Option<&Anchor>) -> Option<Resolved> {
    let anchor = anchor?;
    let at = |day: Day| against(expression, to_date(day)?);
    let (first, second) = (at(anchor.earliest)?, at(anchor.latest)?);
    if first == second {
        return Some(found(first.0, Some(first.1), TimeBasis::Document));
    }
    // The ends disagree: only the range in which it lies is known.
    let range = (first.1.0.min(second.1.0), first.1.1.max(second.1.1));
    let value = match expression.said {
        Said::Shifted { by: 0, .. } | Said::Day { by: 0, .. } => "PRESENT_REF",
        _ if range.1 <= to_date(anchor.latest)? => "PAST_REF",
        _ => "FUTURE_REF",
    };
    Some(found(value.to_owned(), Some(range), TimeBasis::Document))
}

/// Value and days of a relative time, seen from one day of publication.
fn against(expression: &Expression, from: Date) -> Option<(String, Range)> {
    let ahead = expression.ahead;
    match &expression.said {
        Said::Date {
            year: None,
            month: Some(month),
            day,
            turn,
            of,
        } => {
            let year = match of {
                Some(by) => from.year() + i16::try_from(*by).ok()?,
                None => year_of(from, *month, *day, *turn, ahead)?,
            };
            let (value, range) = date(year, Some(*month), *day);
            Some((value, range?))
        }
        Said::Hijri {
            year: None,
            month,
            day,
            by,
        } => {
            let own = hijri::year_of(from)?;
            // The last one before publication, or the next where the text says so.
            let next = by.is_some_and(|by| by > 0);
            let years = if next { own..=own + 1 } else { own - 1..=own };
            let mut dated = years.filter_map(|year| hijri_date(year, *month, *day));
            if next {
                dated.find(|(_, range)| range.0 > from)
            } else {
                dated.rfind(|(_, range)| range.0 <= from)
            }
        }
        Said::Weekday {
            day,
            next,
            last,
            part,
        } => {
            let own = from.weekday().to_monday_one_offset();
            let step = if *next {
                (day - own - 1).rem_euclid(7) + 1
            } else if ahead && !last {
                (day - own).rem_euclid(7)
            } else {
                -(own - day).rem_euclid(7)
            };
            let date = from.checked_add(i64::from(step).days()).ok()?;
            Some((timed(date, part.as_deref()), (date, date)))
        }
        Said::Day { by, part } => {
            let date = from.checked_add(i64::from(*by).days()).ok()?;
            Some((timed(date, part.as_deref()), (date, date)))
        }
        Said::Shifted { unit, by } => {
            unit_at(from.checked_add(step(unit, i64::from(*by))?).ok()?, unit)
        }
        Said::Season { code, by, .. } => {
            let year = from.year();
            let mut seasons = (year - 2..=year + 1).filter_map(|y| Some((y, season(code, y)?)));
            let (year, range) = match by {
                // The one that ended last, the one that begins next, the one of this year.
                Some(by) if *by < 0 => seasons.rfind(|(_, r)| r.1 < from)?,
                Some(by) if *by > 0 => {
                    let mut later = seasons.filter(|(_, r)| r.0 > from);
                    later.next()?
                }
                _ => (year, season(code, year)?),
            };
            Some((format!("{year:04}-{code}"), range))
        }
        Said::YearPart { code, by, .. } => {
            let own = from.year();
            let year = match by {
                Some(by) => own + i16::try_from(*by).ok()?,
                None if year_part(code, own)?.0 <= from => own,
                None => own - 1,
            };
            Some((format!("{year:04}-{code}"), year_part(code, year)?))
        }
        Said::Ago {
            unit,
            count: Some(count),
        } => unit_at(from.checked_sub(step(unit, *count)?).ok()?, unit),
        _ => None,
    }
}

/// A day with its part: `2018-09-29TAF`.
fn timed(date: Date, part: Option<&str>) -> String {
    format!("{date}{}", part.unwrap_or(""))
}

fn hijri_date(year: i64, month: i8, day: Option<i8>) -> Option<(String, Range)> {
    if let Some(day) = day {
        let date = hijri::day(year, i64::from(month), i64::from(day))?;
        return Some((date.to_string(), (date, date)));
    }
    let (first, last) = hijri::month(year, i64::from(month))?;
    Some((format!("{first}/{last}"), (first, last)))
}

/// The days of a season, by whole months; winter is of the year in which it begins.
fn season(code: &str, year: i16) -> Option<Range> {
    let (first, last) = match code {
        "SP" => ((year, 3), (year, 5)),
        "SU" => ((year, 6), (year, 8)),
        "FA" => ((year, 9), (year, 11)),
        _ => ((year, 12), (year + 1, 2)),
    };
    let last = Date::new(last.0, last.1, 1).ok()?.last_of_month();
    Some((Date::new(first.0, first.1, 1).ok()?, last))
}

/// The days of a half or a quarter of a year: `H1`, `Q3`.
fn year_part(code: &str, year: i16) -> Option<Range> {
    let number: i8 = code.get(1..)?.parse().ok()?;
    let months = if code.starts_with('H') { 6 } else { 3 };
    let last = Date::new(year, number * months, 1).ok()?.last_of_month();
    Some((Date::new(year, (number - 1) * months + 1, 1).ok()?, last))
}

/// The year of a month without one: the last before publication, the next where the text says so
/// or speaks of what is to come.
fn year_of(from: Date, month: i8, day: Option<i8>, turn: Option<Turn>, ahead: bool) -> Option<i16> {
    let own = from.year();
    let begins = Date::new(own, month, day.unwrap_or(1)).ok()?;
    let to_come = i16::from((month - from.month()).rem_euclid(12));
    let soon = |year: i16| {
        let date = day.and_then(|day| Date::new(year, month, day).ok());
        date.is_some_and(|date| (1..=DAYS_AHEAD).contains(&(date - from).get_days()))
    };
    Some(match turn {
        Some(Turn::Next) if begins <= from => own + 1,
        Some(Turn::Next) => own,
        // *October last*, said in October, is a year ago.
        Some(Turn::Last) if day.is_none() && month == from.month() => own - 1,
        Some(Turn::This) => own,
        None if soon(own) => own,
        None if soon(own + 1) => own + 1,
        None if ahead && to_come <= MONTHS_AHEAD && begins > from => own,
        None if ahead && to_come <= MONTHS_AHEAD && to_come > 0 => own + 1,
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
        "Q" => (count.checked_mul(3)?).months(),
        "WE" => count.weeks(),
        "Y" => count.years(),
        "DE" => (count.checked_mul(10)?).years(),
        "CE" => (count.checked_mul(100)?).years(),
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
        "Q" => {
            let code = format!("Q{}", (date.month() - 1) / 3 + 1);
            let range = year_part(&code, date.year())?;
            (format!("{:04}-{code}", date.year()), range)
        }
        "WE" => {
            let (week, (_, sunday)) = unit_at(date, "W")?;
            (format!("{week}-WE"), (sunday.yesterday().ok()?, sunday))
        }
        "DE" => years_at(date, 10)?,
        "CE" => years_at(date, 100)?,
        _ => return None,
    })
}

/// The decade or the century that holds a day: `199`, `20`, written `199X`, `20XX`.
fn years_at(date: Date, years: i16) -> Option<(String, Range)> {
    let first = date.year() / years * years;
    let shown = format!("{:04}", first);
    let known = if years == 10 { 3 } else { 2 };
    let range = (
        Date::new(first, 1, 1).ok()?,
        Date::new(first + years - 1, 12, 31).ok()?,
    );
    Some((
        format!("{}{}", &shown[..known], "X".repeat(4 - known)),
        range,
    ))
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

pub(super) fn length(unit: &str, count: Option<i64>) -> String {
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
        Said::Season { code, .. } | Said::YearPart { code, .. } => format!("XXXX-{code}"),
        Said::Shifted { by, .. } if *by > 0 => "FUTURE_REF".to_owned(),
        Said::Shifted { by: 0, .. } | Said::Day { by: 0, .. } => "PRESENT_REF".to_owned(),
        Said::Day { by, .. } if *by > 0 => "FUTURE_REF".to_owned(),
        _ => "PAST_REF".to_owned(),
    }
}

pub(crate) fn to_date(day: Day) -> Option<Date> {
    Date::new(day.year, day.month, day.day).ok()
}

pub(crate) fn to_day(date: Date) -> Day {
    Day::new(date.year(), date.month(), date.day())
}
