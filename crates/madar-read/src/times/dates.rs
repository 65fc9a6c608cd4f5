//! Calendar dates: days, months, years, decades, in digits and words, Gregorian and Hijri.

use madar_text::{Lang, TokenKind};

use super::Said;
use super::grammar::{Hit, Reader};
use crate::calendar::Sign;
use crate::words::Pos;

impl Reader<'_> {
    /// A month that is certainly one, and the word after it.
    fn month(&self, at: usize) -> Option<(i8, usize)> {
        let after_word = self.is(at, &Sign::MonthWord);
        let (month, mut end) = self.month_name(after_word.unwrap_or(at))?;
        if self.lang == Lang::En {
            // Sept. 30: the stop is of the shortened name
            let stop = self.fold(end) == "." && !self.words[end].spaced;
            let goes_on = self
                .words
                .get(end + 1)
                .is_some_and(|w| w.kind == TokenKind::Number);
            let short = self.words[at].fold.chars().count() <= 4;
            end += usize::from(stop && goes_on && short);
            // *may* and *march* are months only as names, or with their day.
            if !self.words[at].capital && self.day(end).is_none() {
                return None;
            }
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
        self.find(at, |sign| match sign {
            Sign::Month(month) => Some(*month),
            _ => None,
        })
    }

    /// A number of one or two digits or an ordinal in words: a day of a month.
    fn day(&self, at: usize) -> Option<(i8, usize)> {
        let folded = self.fold(at);
        let ends = &self.calendar.ordinal_ends;
        let digits = ends
            .iter()
            .find_map(|end| folded.strip_suffix(end.as_str()));
        let digits = digits.filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        if let Ok(day) = digits.unwrap_or(folded).parse::<i8>() {
            let hyphen = self.lang == Lang::Ru && self.fold(at + 1) == "-";
            let after = at + 1 + 2 * usize::from(hyphen);
            return (1..=31).contains(&day).then_some((day, after));
        }
        let (value, to) = self.calendar.ordinal(self.words, at)?;
        let day = i8::try_from(value).ok().filter(|d| (1..=31).contains(d))?;
        Some((day, to))
    }

    /// A year in four digits, with the letter that some put behind it: 2025م, 2025г.
    pub(super) fn year(&self, at: usize) -> Option<(i16, usize)> {
        let folded = self.fold(at);
        let digits = folded.strip_suffix(['م', 'г']).unwrap_or(folded);
        let year: i16 = (digits.len() == 4).then(|| digits.parse().ok())??;
        let letter = usize::from(digits.len() == folded.len() && self.fold(at + 1) == "م");
        let stop = folded.ends_with('г') && self.fold(at + 1) == "." && !self.words[at + 1].spaced;
        (1000..2200)
            .contains(&year)
            .then_some((year, at + 1 + letter + usize::from(stop)))
    }

    /// 2025-08-15, 15/8/2025, 15.08.2025.
    pub(super) fn iso(&self, at: usize) -> Option<Hit> {
        let folded = self.fold(at);
        let whole: Vec<&str> = folded.split('.').collect();
        if let [day, month, year] = whole[..]
            && year.len() == 4
        {
            let date = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
            return explicit(date, at, at + 1);
        }
        let sign = self.fold(at + 1);
        if !matches!(sign, "-" | "/") || self.fold(at + 3) != sign {
            return None;
        }
        let number = |i: usize| self.fold(i).parse::<i16>().ok();
        let (a, b, c) = (number(at)?, number(at + 2)?, number(at + 4)?);
        let small = |n: i16| i8::try_from(n).ok();
        if a > 31 {
            return explicit((a, small(b)?, small(c)?), at, at + 5);
        }
        // two digits of a year: *11/02/89*
        let year = if c < 100 && self.fold(at + 4).len() == 2 {
            c + if c < 50 { 2000 } else { 1900 }
        } else {
            c
        };
        let (day, month) = (small(a)?, small(b)?);
        // English writes the month first, or there is no such month.
        let swapped = self.lang == Lang::En && day <= 12 || month > 12;
        let (day, month) = if swapped { (month, day) } else { (day, month) };
        explicit((year, month, day), at, at + 5)
    }

    /// Day and month in either order, a month alone, each with a year or with *last* and *next*.
    pub(super) fn date(&self, at: usize) -> Option<Hit> {
        if let Some(hit) = self.hijri(at).or_else(|| self.turned_month(at)) {
            return Some(hit);
        }
        let (day, month, mut to) = self.day_and_month(at)?;
        let comma = usize::from(matches!(self.fold(to), "," | "،"));
        let linked = self.past_links(to);
        let word = self.is(linked, &Sign::Year).unwrap_or(linked);
        let (mut year, mut turn, mut of) = (None, None, None);
        if let Some((found, end)) = self.year(to + comma).or_else(|| self.year(word)) {
            year = Some(found);
            to = self.year_end(end);
        } else if let Some((by, end)) = self.turned_year(linked) {
            of = Some(by);
            to = end;
        } else if self.lang == Lang::Ar
            && let Some((sign, end)) = self.turn(to)
        {
            turn = Some(sign);
            to = end;
        }
        let bare = day.is_none() && year.is_none() && turn.is_none() && of.is_none();
        if bare && !self.is_month_alone(at) {
            return None;
        }
        if let Some(day) = day {
            jiff::civil::Date::new(year.unwrap_or(2024), month, day).ok()?;
        }
        let said = Said::Date {
            year,
            month: Some(month),
            day,
            turn,
            of,
        };
        Some(Hit::new(said, at, to))
    }

    fn day_and_month(&self, at: usize) -> Option<(Option<i8>, i8, usize)> {
        if let Some((month, end)) = self.month(at) {
            let day = self
                .day(end)
                .filter(|_| self.lang == Lang::En && self.year(end).is_none());
            let cut = day.filter(|&(_, after)| !matches!(self.fold(after), "percent" | "%" | "-"));
            return Some(match cut.or(day.filter(|_| self.fold(end + 1) != "-")) {
                Some((day, end)) => (Some(day), month, end),
                None => (None, month, end),
            });
        }
        let (day, end) = self.day(at)?;
        let end = self.past_links(end);
        let (month, end) = self.month(end)?;
        Some((Some(day), month, end))
    }

    /// *May*, ماي and the like need a preposition to be a month by themselves.
    fn is_month_alone(&self, at: usize) -> bool {
        self.is(at, &Sign::UnsureMonth).is_none()
            || self.follows(at, &Sign::YearPreposition)
            || [Sign::Start, Sign::Mid, Sign::End]
                .iter()
                .any(|s| self.follows(at, s))
    }

    /// *last November*, *next March*; in Arabic and Russian the turn stands behind or is the year's.
    fn turned_month(&self, at: usize) -> Option<Hit> {
        if self.lang == Lang::Ar {
            return None;
        }
        let (turn, end) = self.turn(at)?;
        let (month, to) = self.month(end)?;
        let said = Said::Date {
            year: None,
            month: Some(month),
            day: None,
            turn: Some(turn),
            of: None,
        };
        Some(Hit::new(said, at, to))
    }

    /// العام الماضي, *last year*, прошлого года behind a month or a season.
    pub(super) fn turned_year(&self, at: usize) -> Option<(i32, usize)> {
        let hit = self.turned_unit(at)?;
        match hit.said {
            Said::Shifted { unit, by } if unit == "Y" => Some((by, hit.to)),
            _ => None,
        }
    }

    /// The word for year behind the figure, with its stop: *2018 г.*
    fn year_end(&self, at: usize) -> usize {
        let Some(end) = self.is(at, &Sign::YearAfter) else {
            return at;
        };
        let stop = self.fold(end) == "." && !self.words[end].spaced;
        let short = self.words[at].fold.chars().count() <= 2;
        end + usize::from(stop && short)
    }

    fn hijri(&self, at: usize) -> Option<Hit> {
        let (day, start) = match self.day(at) {
            Some((day, end)) => (Some(day), self.past_links(end)),
            None => (None, at),
        };
        let named = self.is(start, &Sign::MonthWord);
        let (month, mut to) = self.find(named.unwrap_or(start), |sign| match sign {
            Sign::HijriMonth(month) => Some(*month),
            _ => None,
        })?;
        let (mut year, mut by) = (None, None);
        let figure = self.is(self.past_links(to), &Sign::Year).unwrap_or(to);
        if let Some((found, end)) = self.hijri_year(figure) {
            year = Some(found);
            to = end;
        } else if let Some((turn, end)) = self.turn(to) {
            by = turn.by();
            to = end;
        }
        (day.is_some() || named.is_some() || year.is_some() || by.is_some()).then(|| {
            let said = Said::Hijri {
                year,
                month,
                day,
                by,
            };
            Hit::new(said, at, to)
        })
    }

    /// 1446هـ, 1446.
    fn hijri_year(&self, at: usize) -> Option<(i16, usize)> {
        let folded = self.fold(at);
        let digits = folded.strip_suffix('ه').unwrap_or(folded);
        let year: i16 = (digits.len() == 4).then(|| digits.parse().ok())??;
        let end = self.is(at + 1, &Sign::HijriYear).unwrap_or(at + 1);
        (1200..1700).contains(&year).then_some((year, end))
    }

    /// *с 2003 по 2007 год*, *from 2003 to 2007*, من 2003 إلى 2007.
    fn year_to_year(&self, at: usize) -> Option<Hit> {
        let first = self.is(at, &Sign::FromYear)?;
        let (from, next) = self.year(self.is(first, &Sign::Year).unwrap_or(first))?;
        let second = self.is(self.year_end(next), &Sign::ToYear)?;
        let (to, end) = self.year(self.is(second, &Sign::Year).unwrap_or(second))?;
        (to > from).then(|| Hit::new(Said::Years(from, to), at, self.year_end(end)))
    }

    /// *1950-53*, *2019–2021*, 1990-е годы is a decade and none of these.
    pub(super) fn years(&self, at: usize) -> Option<Hit> {
        if let Some(hit) = self.year_to_year(at) {
            return Some(hit);
        }
        let (from, mark) = self.year(at)?;
        let dash = matches!(self.fold(mark), "-" | "–" | "—" | "/");
        if !dash || !(1000..2100).contains(&from) {
            return None;
        }
        let digits = self.fold(mark + 1);
        let to: i16 = match digits.len() {
            2 => from / 100 * 100 + digits.parse::<i16>().ok()?,
            4 => digits.parse().ok()?,
            _ => return None,
        };
        (to > from && to - from < 100 && self.fold(mark + 2) != self.fold(mark))
            .then(|| Hit::new(Said::Years(from, to), at, self.year_end(mark + 2)))
    }

    /// *the 1980s*, ثمانينيات القرن الماضي, *1990-е годы*.
    pub(super) fn decade(&self, at: usize) -> Option<Hit> {
        let named = self.find(at, |sign| match sign {
            Sign::Decade(value) => Some(value.clone()),
            _ => None,
        });
        if let Some((value, mut end)) = named {
            if let Some((unit, after)) = self.unit(end)
                && unit == "CE"
            {
                end = self.turn(after).map_or(after, |(_, to)| to);
            }
            let end = self.is(end, &Sign::YearAfter).unwrap_or(end);
            return Some(Hit::new(Said::Decade(value), at, end));
        }
        let folded = self.fold(at);
        let tens =
            |d: &str| d.len() == 4 && d.ends_with('0') && d.bytes().all(|b| b.is_ascii_digit());
        let english = folded
            .strip_suffix('s')
            .filter(|d| tens(d))
            .map(|d| (d, at + 1));
        let apostrophe = self.lang == Lang::En && self.fold(at + 1) == "'s" && tens(folded);
        let ending = matches!(self.fold(at + 2), "е" | "х" | "м" | "ми" | "ые" | "ых");
        let russian = self.lang == Lang::Ru && tens(folded) && self.fold(at + 1) == "-" && ending;
        let (digits, to) = english
            .or_else(|| apostrophe.then_some((folded, at + 2)))
            .or_else(|| russian.then_some((folded, at + 3)))?;
        let to = self.year_end(to).min(self.words.len());
        Some(Hit::new(Said::Decade(format!("{}X", &digits[..3])), at, to))
    }

    pub(super) fn sure_year(&self, at: usize) -> Option<Hit> {
        let (year, end) = self.year(self.is(at, &Sign::Year).unwrap_or(at))?;
        (1900..2100)
            .contains(&year)
            .then(|| Hit::new(year_alone(year), at, self.year_end(end)))
    }

    /// عام 2022, *in 2022*, *2022 году*; bare where nothing can be counted by it.
    pub(super) fn lone_year(&self, at: usize) -> Option<Hit> {
        if let Some(end) = self.is(at, &Sign::Year)
            && let Some((year, to)) = self.year(end)
        {
            return Some(Hit::new(year_alone(year), at, to));
        }
        // عام2020, glued in typing
        let folded = self.fold(at);
        let glued = folded.strip_prefix("عام").filter(|d| d.len() == 4);
        if let Some(year) = glued.and_then(|d| d.parse().ok()) {
            return Some(Hit::new(year_alone(year), at, at + 1));
        }
        let (year, end) = self.year(at)?;
        let after = self.year_end(end);
        if after > end {
            return Some(Hit::new(year_alone(year), at, after));
        }
        ((1900..2100).contains(&year) && self.may_be_year(at, end))
            .then(|| Hit::new(year_alone(year), at, end))
    }

    /// Whether a bare figure can be a year: nothing is counted by it, nothing numbers with it.
    fn may_be_year(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).map(|b| &self.words[b]);
        let next = self.words.get(end);
        let preposition = self.follows(at, &Sign::YearPreposition);
        let measured = self.find(end, |sign| match sign {
            Sign::Unit(_) | Sign::Currency(_) | Sign::Percent | Sign::Counted => Some(()),
            _ => None,
        });
        if measured.is_some() || self.calendar.is_scale(self.words, end) {
            return false;
        }
        let closed = next.is_none_or(|w| w.kind == TokenKind::Punct && w.fold != "-");
        let open = before.is_some_and(|w| w.fold == "(") && closed;
        match self.lang {
            Lang::En => {
                let counted = next.is_some_and(|w| w.plural && !w.capital);
                let numbered = before.is_some_and(|w| {
                    matches!(w.kind, TokenKind::Number | TokenKind::Punct) && w.fold != ","
                        || matches!(
                            w.fold.as_str(),
                            "no" | "flight" | "than" | "about" | "some" | "over"
                        )
                });
                open || !counted && (preposition || !numbered && before.is_some())
            }
            Lang::Ar => {
                let counts = next.is_some_and(|w| {
                    w.kind == TokenKind::Word && w.clitics.0 == 0 && w.fold.chars().count() > 3
                });
                let word = before.is_some_and(|w| w.kind == TokenKind::Word);
                let approximate = self.find(at.saturating_sub(1), |sign| match sign {
                    Sign::Approx(_) => Some(()),
                    _ => None,
                });
                open || preposition && !counts || word && closed && approximate.is_none()
            }
            _ => {
                open || preposition
                    && !next.is_some_and(|w| matches!(w.pos, Pos::Noun | Pos::Adjective))
            }
        }
    }
}

fn year_alone(year: i16) -> Said {
    Said::Date {
        year: Some(year),
        month: None,
        day: None,
        turn: None,
        of: None,
    }
}

fn explicit((year, month, day): (i16, i8, i8), from: usize, to: usize) -> Option<Hit> {
    jiff::civil::Date::new(year, month, day)
        .ok()
        .filter(|_| year > 1000)?;
    let said = Said::Date {
        year: Some(year),
        month: Some(month),
        day: Some(day),
        turn: None,
        of: None,
    };
    Some(Hit::new(said, from, to))
}
