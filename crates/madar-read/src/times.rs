//! Times: calendar dates, relative expressions, durations, sets, in TIMEX3-like values, resolved
//! against the day of publication and never against now. News looks back: a month or a weekday by
//! itself is the last one before publication.

mod anchor;
mod resolve;

use madar_text::{Document, Lang, Span};

use crate::Kit;
use crate::calendar::{Calendar, Sign};
use crate::reading::{Anchor, Time, TimeBasis, TimeKind, TimeMod};
use crate::words::{Sentence, Word};
pub(crate) use resolve::Said;

/// An expression as it is written, before it is resolved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Expression {
    span: Span,
    said: Said,
    modifier: Option<TimeMod>,
}

/// The times of the document and when it was published, as stated or as they let one infer.
pub(crate) fn times(
    document: &Document,
    sentences: &[Sentence],
    kit: &Kit,
) -> (Vec<Time>, Option<Anchor>) {
    let mut found: Vec<Expression> = Vec::new();
    for sentence in sentences {
        found.extend(expressions(document, sentence, kit));
    }
    let anchor = anchor::anchor(document, &found);
    let mut last_day = None;
    let times = found
        .iter()
        .map(|expression| {
            let resolved = resolve::resolve(&expression.said, anchor.as_ref(), last_day);
            let relative = matches!(resolved.basis, TimeBasis::Document | TimeBasis::Text)
                && !matches!(expression.said, Said::Date { .. });
            let kind = match expression.said {
                Said::Length { .. } => TimeKind::Duration,
                Said::Set => TimeKind::Set,
                _ if relative || resolved.basis == TimeBasis::None => TimeKind::Relative,
                _ => TimeKind::Date,
            };
            if let Some((from, to)) = resolved.range
                && from == to
            {
                last_day = Some(from);
            }
            Time {
                span: expression.span,
                kind,
                value: resolved.value,
                range: resolved.range,
                modifier: expression.modifier,
                basis: resolved.basis,
            }
        })
        .collect();
    (times, anchor)
}

fn expressions(document: &Document, sentence: &Sentence, kit: &Kit) -> Vec<Expression> {
    let reader = Reader {
        words: &sentence.words,
        calendar: kit.calendars.of(sentence.lang),
        lang: sentence.lang,
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let Some((said, modifier, from, to)) = reader.at(at) else {
            at += 1;
            continue;
        };
        let span = sentence.words[from]
            .host
            .to(sentence.words[to - 1].span)
            .trim(&document.text);
        out.push(Expression {
            span,
            said,
            modifier,
        });
        at = to;
    }
    out
}

struct Reader<'a> {
    words: &'a [Word],
    calendar: &'a Calendar,
    lang: Lang,
}

/// What was said, from which word to which.
type Hit = (Said, Option<TimeMod>, usize, usize);

impl Reader<'_> {
    fn is(&self, at: usize, wanted: &Sign) -> Option<usize> {
        self.calendar
            .find(self.words, at, |sign| (sign == wanted).then_some(()))
            .map(|(_, end)| end)
    }

    fn month(&self, at: usize) -> Option<(i8, usize)> {
        let (month, mut end) = self.calendar.find(self.words, at, |sign| match sign {
            Sign::Month(month) => Some(*month),
            _ => None,
        })?;
        // English *may* and *march* are months only as names.
        if self.lang == Lang::En && !self.words[at].capital {
            return None;
        }
        // آب/أغسطس and مايو (أيار): two names of one month
        let link = self.fold(end);
        if matches!(link, "/" | "(")
            && let Some((other, after)) = self.month_name(end + 1)
            && other == month
        {
            end = after + usize::from(link == "(" && self.fold(after) == ")");
        }
        Some((month, end))
    }

    fn month_name(&self, at: usize) -> Option<(i8, usize)> {
        self.calendar.find(self.words, at, |sign| match sign {
            Sign::Month(month) => Some(*month),
            _ => None,
        })
    }

    fn fold(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.fold.as_str())
    }

    /// A number of one or two digits, ordinal or not: a day of a month.
    fn day(&self, at: usize) -> Option<(i8, usize)> {
        let folded = self.fold(at);
        let digits = self
            .calendar
            .ordinal_ends
            .iter()
            .find_map(|end| folded.strip_suffix(end.as_str()));
        let digits = digits
            .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
            .unwrap_or(folded);
        if let Ok(day) = digits.parse::<i8>() {
            let hyphen = self.lang == Lang::Ru && self.fold(at + 1) == "-";
            return (1..=31)
                .contains(&day)
                .then_some((day, at + 1 + 2 * usize::from(hyphen)));
        }
        // الأول من أكتوبر
        let first = self.lang == Lang::Ar && folded == "الاول" && self.fold(at + 1) == "من";
        first.then_some((1, at + 2))
    }

    fn year(&self, at: usize) -> Option<(i16, usize)> {
        let folded = self.fold(at);
        let year: i16 = (folded.len() == 4).then(|| folded.parse().ok())??;
        (1000..2200).contains(&year).then_some((year, at + 1))
    }

    fn at(&self, at: usize) -> Option<Hit> {
        self.fuzzy(at)
            .or_else(|| self.iso(at))
            .or_else(|| self.date(at))
            .or_else(|| self.with_unit(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.lone_year(at))
            .or_else(|| self.fixed(at))
    }

    /// أواخر يوليو الماضي, *late July*, *в конце июля*.
    fn fuzzy(&self, at: usize) -> Option<Hit> {
        let modifiers = [
            (Sign::Start, TimeMod::Start),
            (Sign::Mid, TimeMod::Mid),
            (Sign::End, TimeMod::End),
        ];
        let (modifier, mut next) = modifiers
            .iter()
            .find_map(|(sign, modifier)| Some((*modifier, self.is(at, sign)?)))?;
        while matches!(self.fold(next), "of" | "the" | "-") {
            next += 1;
        }
        let (said, _, _, to) = self
            .date(next)
            .or_else(|| self.with_unit(next))
            .or_else(|| self.lone_year_at(next, true))?;
        matches!(said, Said::Date { .. } | Said::Shifted { .. }).then_some((
            said,
            Some(modifier),
            at,
            to,
        ))
    }

    /// 2025-08-15, 15/8/2025, 15.08.2025.
    fn iso(&self, at: usize) -> Option<Hit> {
        let folded = self.fold(at);
        let whole: Vec<&str> = folded.split('.').collect();
        if let [day, month, year] = whole[..]
            && year.len() == 4
        {
            let date = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
            return self.explicit(date, at, at + 1);
        }
        let sign = self.fold(at + 1);
        if !matches!(sign, "-" | "/") || self.fold(at + 3) != sign {
            return None;
        }
        let number = |i: usize| self.fold(i).parse::<i16>().ok();
        let (a, b, c) = (number(at)?, number(at + 2)?, number(at + 4)?);
        let small = |n: i16| i8::try_from(n).ok();
        let date = if a > 31 {
            (a, small(b)?, small(c)?)
        } else {
            (c, small(b)?, small(a)?)
        };
        self.explicit(date, at, at + 5)
    }

    fn explicit(&self, (year, month, day): (i16, i8, i8), from: usize, to: usize) -> Option<Hit> {
        jiff::civil::Date::new(year, month, day)
            .ok()
            .filter(|_| year > 1000)?;
        let said = Said::Date {
            year: Some(year),
            month: Some(month),
            day: Some(day),
            turn: None,
        };
        Some((said, None, from, to))
    }

    /// Day and month in either order, a month alone, each with a year or with *last* and *next*.
    fn date(&self, at: usize) -> Option<Hit> {
        let (day, month, mut to) = if let Some((month, end)) = self.month(at) {
            match self
                .day(end)
                .filter(|_| self.lang == Lang::En && self.year(end).is_none())
            {
                Some((day, end)) => (Some(day), month, end),
                None => (None, month, end),
            }
        } else if let Some(end) = self.is(at, &Sign::Last).filter(|_| self.lang == Lang::En)
            && let Some((month, end)) = self.month(end)
        {
            let said = Said::Date {
                year: None,
                month: Some(month),
                day: None,
                turn: Some(Sign::Last),
            };
            return Some((said, None, at, end));
        } else {
            let (day, mut end) = self.day(at)?;
            while matches!(self.fold(end), "of" | "من") {
                end += 1;
            }
            let (month, end) = self.month(end)?;
            (Some(day), month, end)
        };
        let mut year = None;
        let comma = usize::from(matches!(self.fold(to), "," | "،"));
        let word = self.is(to, &Sign::Year).unwrap_or(to);
        if let Some((found, end)) = self.year(to + comma).or_else(|| self.year(word)) {
            year = Some(found);
            to = self.is(end, &Sign::YearAfter).unwrap_or(end);
        }
        let mut turn = None;
        if year.is_none() {
            // أكتوبر الماضي, *в октябре прошлого года*
            for sign in [Sign::Last, Sign::Next, Sign::This] {
                if let Some(end) = self.is(to, &sign).filter(|_| self.lang != Lang::En) {
                    let after_year = self.is(end, &Sign::YearAfter);
                    let russian = self.lang == Lang::Ru;
                    if russian && after_year.is_none() {
                        continue;
                    }
                    to = after_year.filter(|_| russian).unwrap_or(end);
                    turn = Some(sign);
                    break;
                }
            }
        }
        if let Some(day) = day {
            jiff::civil::Date::new(year.unwrap_or(2024), month, day).ok()?;
        }
        Some((
            Said::Date {
                year,
                month: Some(month),
                day,
                turn,
            },
            None,
            at,
            to,
        ))
    }

    fn unit(&self, at: usize) -> Option<(String, usize)> {
        self.calendar.find(self.words, at, |sign| match sign {
            Sign::Unit(unit) => Some(unit.clone()),
            _ => None,
        })
    }

    /// *last month*, الشهر الماضي, قبل ثلاثة أشهر, *three months ago*, *six months*.
    fn with_unit(&self, at: usize) -> Option<Hit> {
        // a turn before the unit: *last week*, هذا العام, *на прошлой неделе*
        for (sign, by) in [(Sign::Last, -1), (Sign::Next, 1), (Sign::This, 0)] {
            if let Some(end) = self.is(at, &sign)
                && let Some((unit, to)) = self.unit(end)
                && !unit.starts_with('T')
            {
                return Some((Said::Shifted { unit, by }, None, at, to));
            }
        }
        // a turn behind it: الشهر الماضي
        if self.lang == Lang::Ar
            && let Some((unit, end)) = self.unit(at)
        {
            for (sign, by) in [(Sign::Last, -1), (Sign::Next, 1), (Sign::This, 0)] {
                if let Some(to) = self.is(end, &sign) {
                    return Some((Said::Shifted { unit, by }, None, at, to));
                }
            }
        }
        if let Some(end) = self.is(at, &Sign::Before)
            && let Some((count, unit, to)) = self.length(end)
        {
            return Some((Said::Ago { unit, count }, None, at, to));
        }
        let (count, unit, to) = self.length(at)?;
        if let Some(end) = self.is(to, &Sign::Ago) {
            return Some((Said::Ago { unit, count }, None, at, end));
        }
        Some((Said::Length { unit, count }, None, at, to))
    }

    /// A number with its unit: how many, what, and the word after.
    fn length(&self, at: usize) -> Option<(Option<i64>, String, usize)> {
        let dual = self.calendar.find(self.words, at, |sign| match sign {
            Sign::Dual(value) => Some(value.clone()),
            _ => None,
        });
        if let Some((value, end)) = dual {
            let unit = value.trim_start_matches(['P', 'T', '2']);
            let unit = if value.contains('T') {
                format!("T{unit}")
            } else {
                unit.to_owned()
            };
            return Some((Some(2), unit, end));
        }
        let number = self.calendar.numbers.parse(self.words, at, self.lang)?;
        let hyphen = usize::from(self.fold(number.to) == "-");
        let (unit, end) = self.unit(number.to + hyphen)?;
        let whole = number
            .thousandths
            .filter(|n| n % 1000 == 0)
            .map(|n| n / 1000);
        Some((whole, unit, end))
    }

    /// A weekday, alone or with *last* and *next*.
    fn weekday(&self, at: usize) -> Option<Hit> {
        let named = |at: usize| {
            self.calendar.find(self.words, at, |sign| match sign {
                Sign::Weekday(day) => Some(*day),
                _ => None,
            })
        };
        let (day, from, mut to) = match named(at) {
            Some((day, end)) => (day, at, end),
            None => {
                let turn = [Sign::Last, Sign::Next, Sign::This];
                let (sign, end) = turn.iter().find_map(|s| Some((s, self.is(at, s)?)))?;
                let (day, to) = named(end)?;
                let next = *sign == Sign::Next;
                return Some((Said::Weekday { day, next }, None, at, to));
            }
        };
        let cased = match self.lang {
            Lang::En => self.words[at].capital,
            // Arabic days carry the article; أحد alone is *somebody*.
            Lang::Ar => self.fold(at).starts_with("ال"),
            _ => true,
        };
        if !cased {
            return None;
        }
        let mut next = false;
        if self.lang == Lang::Ar {
            for sign in [Sign::Last, Sign::Next] {
                if let Some(end) = self.is(to, &sign) {
                    next = sign == Sign::Next;
                    to = end;
                }
            }
        }
        Some((Said::Weekday { day, next }, None, from, to))
    }

    /// *the 1980s*, ثمانينيات القرن الماضي, *1990-е годы*.
    fn decade(&self, at: usize) -> Option<Hit> {
        let named = self.calendar.find(self.words, at, |sign| match sign {
            Sign::Decade(value) => Some(value.clone()),
            _ => None,
        });
        if let Some((value, mut end)) = named {
            if self.fold(end) == "القرن" && self.is(end + 1, &Sign::Last).is_some() {
                end += 2;
            }
            return Some((Said::Decade(value), None, at, end));
        }
        let folded = self.fold(at);
        let digits = folded
            .strip_suffix('s')
            .filter(|d| d.len() == 4 && d.ends_with('0'));
        let russian = (self.lang == Lang::Ru
            && folded.len() == 4
            && folded.ends_with('0')
            && self.fold(at + 1) == "-")
            .then_some((folded, at + 3));
        let (digits, mut to) = digits.map(|d| (d, at + 1)).or(russian)?;
        digits.parse::<u16>().ok()?;
        to = self
            .is(to, &Sign::YearAfter)
            .unwrap_or(to)
            .min(self.words.len());
        Some((Said::Decade(format!("{}X", &digits[..3])), None, at, to))
    }

    fn lone_year(&self, at: usize) -> Option<Hit> {
        self.lone_year_at(at, false)
    }

    /// عام 2022, *in 2022*, *2022 году*; after a preposition or with the word for year.
    fn lone_year_at(&self, at: usize, sure: bool) -> Option<Hit> {
        let date = |year| Said::Date {
            year: Some(year),
            month: None,
            day: None,
            turn: None,
        };
        if let Some(end) = self.is(at, &Sign::Year)
            && let Some((year, to)) = self.year(end)
        {
            return Some((date(year), None, at, to));
        }
        let (year, end) = self.year(at)?;
        if let Some(to) = self.is(end, &Sign::YearAfter) {
            return Some((date(year), None, at, to));
        }
        let before = at
            .checked_sub(1)
            .is_some_and(|b| self.is(b, &Sign::YearPreposition) == Some(at));
        let noun_follows = self.words.get(end).is_some_and(|w| w.plural && !w.capital);
        ((sure || before && !noun_follows) && (1900..2100).contains(&year)).then_some((
            date(year),
            None,
            at,
            end,
        ))
    }

    fn fixed(&self, at: usize) -> Option<Hit> {
        self.calendar
            .find(self.words, at, |sign| match sign {
                Sign::Day(by) => Some(Said::Day(*by)),
                Sign::FollowingDay => Some(Said::FollowingDay),
                Sign::Past => Some(Said::Past),
                Sign::Future => Some(Said::Future),
                Sign::Set => Some(Said::Set),
                _ => None,
            })
            .map(|(said, end)| (said, None, at, end))
    }
}
