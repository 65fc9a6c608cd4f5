//! Days by their names and what stands beside them: weekdays, *today*, parts of the day, the clock.

use madar_text::Lang;

use super::Said;
use super::grammar::{Hit, Reader};
use super::resolve::Turn;
use crate::calendar::Sign;

impl Reader<'_> {
    pub(super) fn weekday_name(&self, at: usize) -> Option<(i8, usize)> {
        self.find(at, |sign| match sign {
            Sign::Weekday(day) => Some(*day),
            _ => None,
        })
    }

    fn day_part(&self, at: usize) -> Option<(String, usize)> {
        self.find(at, |sign| match sign {
            Sign::DayPart(code) => Some(code.clone()),
            _ => None,
        })
    }

    /// A weekday, alone or with *last* and *next*, with the part of the day behind it.
    pub(super) fn weekday(&self, at: usize) -> Option<Hit> {
        let (turn, start) = match self.turn(at).filter(|_| self.lang != Lang::Ar) {
            Some((turn, end)) => (Some(turn), end),
            None => (None, self.is(at, &Sign::DayWord).unwrap_or(at)),
        };
        let (day, mut to) = self.weekday_name(start)?;
        let cased = match self.lang {
            Lang::En => self.words[start].capital,
            // Arabic days carry the article; أحد alone is *somebody*.
            Lang::Ar => self.has_article(start),
            _ => true,
        };
        if !cased {
            return None;
        }
        let mut next = turn == Some(Turn::Next);
        if self.lang == Lang::Ar
            && let Some((turn, end)) = self.turn(to)
            && matches!(turn, Turn::Last | Turn::Next)
        {
            next = turn == Turn::Next;
            to = end;
        }
        let (part, to) = self.part_behind(to);
        let last = turn == Some(Turn::Last);
        Some(Hit::new(
            Said::Weekday {
                day,
                next,
                last,
                part,
            },
            at,
            to,
        ))
    }

    /// *Saturday [afternoon]*, السبت [مساء], *вчера [вечером]*.
    fn part_behind(&self, at: usize) -> (Option<String>, usize) {
        match self.day_part(at) {
            Some((code, end)) if self.lang != Lang::Ar || !self.has_article(at) => {
                (Some(code), end)
            }
            _ => (None, at),
        }
    }

    /// *last night*, مساء أمس, صباح يوم الأحد; a part of a day that begins the expression, and
    /// *yesterday evening*, where it ends it.
    pub(super) fn part_of_day(&self, at: usize) -> Option<Hit> {
        let today = |at: usize| {
            self.find(at, |sign| match sign {
                Sign::Day(by) => Some(*by),
                _ => None,
            })
        };
        if let Some((by, end)) = today(at) {
            let (part, to) = self.part_behind(end);
            return part
                .is_some()
                .then(|| Hit::new(Said::Day { by, part }, at, to));
        }
        if let Some((turn, end)) = self.turn(at)
            && let Some((part, to)) = self.day_part(end)
            && let Some(by) = turn.by()
        {
            // هذا المساء; *this morning*, *last night*
            let title = self.lang == Lang::En && self.words[end].capital;
            if title {
                return None;
            }
            let part = Some(part);
            let by = i8::try_from(by).ok()?;
            return Some(Hit::new(Said::Day { by, part }, at, to));
        }
        let (code, end) = self.day_part(at)?;
        let mut next = end;
        while matches!(self.fold(next), "of" | "من" | "on") {
            next += 1;
        }
        if let Some((by, to)) = today(next) {
            return Some(Hit::new(
                Said::Day {
                    by,
                    part: Some(code),
                },
                at,
                to,
            ));
        }
        if let Some(Hit {
            said: Said::Weekday {
                day, next, last, ..
            },
            to,
            ..
        }) = self.weekday(next)
        {
            let part = Some(code);
            return Some(Hit::new(
                Said::Weekday {
                    day,
                    next,
                    last,
                    part,
                },
                at,
                to,
            ));
        }
        // الليلة الماضية
        let (turn, to) = self.turn(end).filter(|_| self.lang == Lang::Ar)?;
        let by = i8::try_from(turn.by()?).ok()?;
        Some(Hit::new(
            Said::Day {
                by,
                part: Some(code),
            },
            at,
            to,
        ))
    }

    /// *Saturday, September 29*, يوم السبت 29 سبتمبر, *в субботу, 29 сентября*: one day told twice.
    pub(super) fn day_and_date(&self, at: usize) -> Option<Hit> {
        let start = self.is(at, &Sign::DayWord).unwrap_or(at);
        let (_, end) = self.weekday_name(start)?;
        let comma = usize::from(matches!(self.fold(end), "," | "،"));
        let date = self.date(end + comma)?;
        let day = matches!(
            date.said,
            Said::Date { day: Some(_), .. } | Said::Hijri { day: Some(_), .. }
        );
        day.then_some(Hit { from: at, ..date })
    }

    /// *10:30 a.m.*, الساعة 14:30, *в 10:30*.
    pub(super) fn clock(&self, at: usize) -> Option<Hit> {
        let word = self.is(at, &Sign::Clock);
        let start = word.unwrap_or(at);
        let number = |i: usize, below: u8| self.fold(i).parse::<u8>().ok().filter(|n| *n < below);
        let mut hour = number(start, 25)?;
        let (mut minute, mut to) = (0, start + 1);
        let minutes = self.fold(start + 1) == ":" && self.fold(start + 2).len() == 2;
        if minutes {
            minute = number(start + 2, 60)?;
            to = start + 3;
        }
        let half = self.find(to, |sign| match sign {
            Sign::Forenoon => Some(0),
            Sign::Afternoon => Some(12),
            _ => None,
        });
        if let Some((add, end)) = half {
            hour = hour % 12 + add;
            to = end;
        }
        let marked =
            half.is_some() || minutes && (word.is_some() || matches!(self.before(at), "at" | "в"));
        if !marked || hour > 24 {
            return None;
        }
        let part = Some(format!("T{hour:02}:{minute:02}"));
        // *10:30 a.m. Friday*, *10 утра понедельника*
        let on = to + usize::from(matches!(self.fold(to), "on" | "," | "من"));
        if let Some(Hit {
            said: Said::Weekday {
                day, next, last, ..
            },
            to,
            ..
        }) = self.weekday(on)
        {
            return Some(Hit::new(
                Said::Weekday {
                    day,
                    next,
                    last,
                    part,
                },
                at,
                to,
            ));
        }
        Some(Hit::new(Said::Day { by: 0, part }, at, to))
    }
}
