//! Moments of publication as pages and users write them: an ISO date, or date and time with the
//! offset from UTC. Dates in words are left to `date`.

use jiff::{Timestamp, civil, tz::TimeZone};
use madar_text::{Day, Stamp};

/// Reads an ISO date, a date and time with offset (turned to UTC), or the date of a mail header.
/// A time without offset could be anybody's: only its day is taken.
///
/// ```
/// # use madar_open::parse_stamp;
/// let stamp = parse_stamp("2025-12-02T01:30:00+03:00").expect("a stamp");
/// assert_eq!(stamp.day.to_string(), "2025-12-01");
/// assert_eq!(stamp.second, Some(22 * 3600 + 30 * 60));
/// assert_eq!(parse_stamp("2025-12-02").expect("a day").second, None);
/// assert_eq!(parse_stamp("yesterday"), None);
/// ```
pub fn parse_stamp(s: &str) -> Option<Stamp> {
    let s = s.trim();
    let moment = s.parse::<Timestamp>().ok();
    let mail = || {
        jiff::fmt::rfc2822::parse(s)
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    if let Some(moment) = moment.or_else(mail) {
        return stamp(moment);
    }
    let date = s.parse::<civil::DateTime>().map(|d| d.date());
    let date = date.or_else(|_| s.parse::<civil::Date>()).ok()?;
    let day = day(date)?;
    Some(Stamp { day, second: None })
}

fn stamp(moment: Timestamp) -> Option<Stamp> {
    let utc = TimeZone::UTC.to_datetime(moment);
    let time = utc.time();
    let second =
        i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    Some(Stamp {
        day: day(utc.date())?,
        second: u32::try_from(second).ok(),
    })
}

fn day(date: civil::Date) -> Option<Day> {
    (date.year() > 0).then(|| Day::new(date.year(), date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(s: &str, day: &str, second: Option<u32>) {
        let stamp = parse_stamp(s).unwrap_or_else(|| panic!("no stamp: {s}"));
        assert_eq!(
            (stamp.day.to_string().as_str(), stamp.second),
            (day, second),
            "{s}"
        );
    }

    #[test]
    fn stamps_of_pages_and_mails() {
        check("2025-03-04", "2025-03-04", None);
        check("2025-03-04T10:00:00Z", "2025-03-04", Some(36_000));
        check("2025-03-04T10:00:00.123Z", "2025-03-04", Some(36_000));
        check("2025-03-04T10:00:00+0300", "2025-03-04", Some(25_200));
        check("2025-03-04 10:00:00+03:00", "2025-03-04", Some(25_200));
        check("2025-03-04T10:00+03:00", "2025-03-04", Some(25_200));
        check("2025-03-04T10:00:00", "2025-03-04", None);
        check("2025-03-04 10:00", "2025-03-04", None);
        check("Tue, 04 Mar 2025 10:00:00 GMT", "2025-03-04", Some(36_000));
    }

    #[test]
    fn what_is_no_stamp() {
        for s in ["", "2025", "4 March", "2025-13-01", "2025-02-30", "٢٠٢٥"] {
            assert_eq!(parse_stamp(s), None, "{s}");
        }
    }
}
