//! When the document was published: as stated, else as an interval that its own times allow, with the
//! reason. *October last*, told after a dated 15 August, means November at the earliest.

use jiff::ToSpan;
use jiff::civil::Date;
use madar_text::{Document, Span};

use super::Expression;
use super::resolve::{Said, Turn, to_date, to_day};
use crate::reading::{Anchor, AnchorBasis};

/// How long after its latest event a report is published, at most, for a guess: news of more than a
/// quarter ago names the year.
const LATEST_AFTER_DAYS: i64 = 90;
/// Months after the latest dated day that are tried.
const MONTHS_TRIED: i32 = 12;

pub(super) fn anchor(document: &Document, found: &[Expression]) -> Option<Anchor> {
    if let Some(published) = &document.meta.published {
        let day = published.stamp.day;
        to_date(day)?;
        return Some(Anchor {
            earliest: day,
            latest: day,
            basis: AnchorBasis::Stated,
        });
    }
    let (latest, dated) = latest_dated(found)?;
    // Months told without a year, and whether *last* stands beside them.
    let months: Vec<(i8, bool, Span)> = found
        .iter()
        .filter_map(|e| match &e.said {
            Said::Date {
                year: None,
                month: Some(month),
                turn,
                ..
            } if *turn != Some(Turn::Next) => Some((*month, *turn == Some(Turn::Last), e.span)),
            _ => None,
        })
        .collect();
    let mut best: Option<(i32, Date)> = None;
    for step in 0..=MONTHS_TRIED {
        let month = latest.first_of_month().checked_add(step.months()).ok()?;
        let cost: i32 = months
            .iter()
            .map(|(m, last, _)| misfit(month, *m, *last))
            .sum();
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, month));
        }
    }
    let earliest = best?.1.max(latest);
    let end = earliest.checked_add(LATEST_AFTER_DAYS.days()).ok()?;
    let words = |span: Span| span.of(&document.text).to_owned();
    let mut reason = format!("the text dates something to {}", words(dated));
    let newest = months
        .iter()
        .min_by_key(|(m, last, _)| months_back(earliest, *m, *last));
    if let Some((_, _, span)) = newest.filter(|_| earliest > latest) {
        reason += &format!(" and speaks of {}", words(*span));
    }
    reason += &format!("; reports follow their events within {LATEST_AFTER_DAYS} days");
    Some(Anchor {
        earliest: to_day(earliest),
        latest: to_day(end),
        basis: AnchorBasis::Inferred(reason),
    })
}

/// The latest day that the text dates in full. A month with its year is background: news dates what is new
/// to the day.
fn latest_dated(found: &[Expression]) -> Option<(Date, Span)> {
    found
        .iter()
        .filter_map(|e| match e.said {
            Said::Date {
                year: Some(year),
                month: Some(month),
                day: Some(day),
                ..
            } => Some((Date::new(year, month, day).ok()?, e.span)),
            _ => None,
        })
        .max_by_key(|(date, span)| (*date, std::cmp::Reverse(*span)))
}

/// How badly a month of publication fits a month told without a year: the square of how many months
/// lie between, because what lies far back is told with its year.
fn misfit(month: Date, name: i8, last: bool) -> i32 {
    months_back(month, name, last).pow(2)
}

/// How many months before `month` a month of that name lies; with *last* it is not the same one.
fn months_back(month: Date, name: i8, last: bool) -> i32 {
    let back = i32::from((month.month() - name).rem_euclid(12));
    if last && back == 0 { 12 } else { back }
}
