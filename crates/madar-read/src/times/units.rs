//! Times told by units: *last month*, قبل ثلاثة أشهر, *за последние пять лет*, *every two weeks*; seasons
//! and parts of years.

use madar_text::{Clitics, Lang};

use super::Said;
use super::grammar::{Hit, Reader};
use super::resolve::Turn;
use crate::calendar::Sign;

/// A length in units: how many (`None`: some), what, and the word after.
type Length = (Option<i64>, String, usize);

impl Reader<'_> {
    pub(super) fn unit(&self, at: usize) -> Option<(String, usize)> {
        self.find(at, |sign| match sign {
            Sign::Unit(unit) => Some(unit.clone()),
            _ => None,
        })
    }

    pub(super) fn turn(&self, at: usize) -> Option<(Turn, usize)> {
        self.find(at, |sign| match sign {
            Sign::Last => Some(Turn::Last),
            Sign::Next => Some(Turn::Next),
            Sign::This => Some(Turn::This),
            Sign::That => Some(Turn::That),
            Sign::Recent => Some(Turn::Recent),
            _ => None,
        })
    }

    /// *last week*, هذا العام, العام الماضي: one unit, turned.
    pub(super) fn turned_unit(&self, at: usize) -> Option<Hit> {
        if let Some((turn, end)) = self.turn(at)
            && let Some((unit, to)) = self.unit(end)
            && !unit.starts_with('T')
        {
            // هذا needs the article behind it, else it is no attribute.
            let attribute = self.lang != Lang::Ar || self.has_article(end);
            let said = turned(turn, unit, self.is_plural(end))?;
            return attribute.then(|| Hit::new(said, at, to));
        }
        if self.lang == Lang::Ar
            && let Some((unit, end)) = self.unit(at)
            && let Some((turn, to)) = self.turn(end)
            && !unit.starts_with('T')
        {
            let agrees = self.has_article(at) == self.has_article(end) || turn == Turn::That;
            let said = turned(turn, unit, self.is_plural(at))?;
            return agrees.then(|| Hit::new(said, at, to));
        }
        None
    }

    /// More than two of a unit, by its form.
    fn is_plural(&self, at: usize) -> bool {
        match self.lang {
            Lang::Ar => self.calendar.is_plural_unit(self.fold(at)),
            _ => self.words[at].plural,
        }
    }

    pub(super) fn with_unit(&self, at: usize) -> Option<Hit> {
        self.turned_length(at)
            .or_else(|| self.turned_unit(at))
            .or_else(|| self.ago(at))
            .or_else(|| self.length_alone(at))
    }

    /// *the past five months*, الأشهر الثلاثة الماضية, *последние несколько лет*.
    fn turned_length(&self, at: usize) -> Option<Hit> {
        if self.lang != Lang::Ar {
            let (turn, end) = self.turn(at)?;
            let (count, unit, to) = self.length(end)?;
            let looks = matches!(turn, Turn::Last | Turn::Next | Turn::Recent);
            return looks.then(|| Hit::new(Said::Length { unit, count }, at, to));
        }
        let turned = |count, unit, end| {
            let (_, to) = self.turn(end)?;
            Some(Hit::new(Said::Length { unit, count }, at, to))
        };
        // الخمسة أشهر الماضية
        if let Some((count, unit, end)) = self.length(at)
            && let Some(hit) = turned(count, unit, end)
        {
            return Some(hit);
        }
        let (unit, end) = self.unit(at).filter(|_| self.has_article(at))?;
        if let Some(few) = self.is(end, &Sign::FewAfter) {
            return turned(None, unit, few);
        }
        // السنوات الخمس الماضية
        let number = self.calendar.numbers.parse(self.words, end)?;
        turned(number.whole(), unit, number.to)
    }

    /// قبل ثلاثة أشهر, *three months ago*, *год назад*.
    fn ago(&self, at: usize) -> Option<Hit> {
        let one = |at: usize| {
            let article = self.lang == Lang::En && matches!(self.fold(at), "a" | "an");
            let (unit, end) = self.unit(at + usize::from(article))?;
            let single = (self.lang != Lang::En || article)
                && !self.has_article(at)
                && !self.is_plural(end - 1);
            single.then_some((Some(1), unit, end))
        };
        let some = |at: usize| {
            let (unit, end) = self
                .unit(at)
                .filter(|_| self.is_plural(at) && !self.has_article(at))?;
            Some((None, unit, end))
        };
        let length = |at: usize| self.length(at).or_else(|| one(at)).or_else(|| some(at));
        if let Some(end) = self.is(at, &Sign::Before) {
            // قبل نحو عام: the approximation stands inside
            let number = self.find(end, |sign| match sign {
                Sign::Approx(_) => Some(()),
                _ => None,
            });
            let (count, unit, to) = length(number.map_or(end, |((), after)| after))?;
            return Some(Hit::new(Said::Ago { unit, count }, at, to));
        }
        let (count, unit, to) = length(at)?;
        let end = self.is(to, &Sign::Ago)?;
        Some(Hit::new(Said::Ago { unit, count }, at, end))
    }

    /// *six months*, لمدة شهر, *for decades*, *decades-long*.
    fn length_alone(&self, at: usize) -> Option<Hit> {
        if let Some((count, unit, to)) = self.length(at) {
            return Some(Hit::new(Said::Length { unit, count }, at, to));
        }
        let article = self.lang == Lang::En && matches!(self.fold(at), "a" | "an");
        if let Some(hit) = self.the_quarter(at) {
            return Some(hit);
        }
        let (unit, to) = self.unit(at + usize::from(article))?;
        if matches!(unit.as_str(), "Q" | "WE") {
            return None;
        }
        let plural = self.is_plural(to - 1);
        let hyphened = self.fold(to) == "-" && self.fold(to + 1) == "long";
        let told = self.follows(at, &Sign::Lasting);
        let bare = !self.has_article(at) && (told || plural && self.has_li(at) || hyphened);
        let count = match (article, plural) {
            (true, false) if self.is_span_after_article(at, to) => Some(1),
            (false, true) if bare => None,
            (false, false) if bare && self.lang != Lang::En && self.may_be_one(at) => Some(1),
            _ => return None,
        };
        let to = to + if hyphened { 2 } else { 0 };
        Some(Hit::new(Said::Length { unit, count }, at, to))
    }

    /// *the quarter* that is reported on, *the weekend*.
    fn the_quarter(&self, at: usize) -> Option<Hit> {
        let (unit, to) = self.unit(at)?;
        let by = match unit.as_str() {
            "Q" => -1,
            "WE" => 0,
            _ => return None,
        };
        let told = matches!(self.before(at), "the" | "latest") || self.has_article(at);
        let alone = told && !self.words[at].plural && self.fold(to) != "-";
        alone.then(|| Hit::new(Said::Shifted { unit, by }, at, to))
    }

    /// دام لعقود, *for* written onto the unit.
    fn has_li(&self, at: usize) -> bool {
        self.words[at].clitics.has(Clitics::LI)
    }

    /// Russian *на неделю*, not *на неделе*: the accusative or genitive of one.
    fn may_be_one(&self, at: usize) -> bool {
        use crate::words::Cases;
        let cases = self.words[at].cases;
        self.lang != Lang::Ru || cases.may_be(Cases::ACC) || cases.may_be(Cases::GEN)
    }

    /// *a year*: a length, unless it says how often (*twice a year*, *$2bn a year*).
    fn is_span_after_article(&self, at: usize, to: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|b| &self.words[b]) else {
            return true;
        };
        let often = before.plural
            || matches!(
                before.fold.as_str(),
                "once" | "twice" | "percent" | "million" | "billion"
            )
            || before.kind == madar_text::TokenKind::Number;
        let approximates = self.follows(at, &Sign::Lasting);
        (!often || approximates) && self.fold(to) != "-"
    }

    /// A number with its unit: how many, what, and the word after.
    pub(super) fn length(&self, at: usize) -> Option<Length> {
        let dual = self.find(at, |sign| match sign {
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
        let some = self.find(at, |sign| match sign {
            Sign::Some(count) => Some((*count > 0).then_some(*count)),
            _ => None,
        });
        if let Some((count, end)) = some {
            let (unit, to) = self.unit(self.past_links(end))?;
            return Some((count, unit, to));
        }
        // يوم واحد
        if self.lang == Lang::Ar
            && let Some((unit, end)) = self.unit(at)
            && matches!(self.fold(end), "واحد" | "واحده")
        {
            return Some((Some(1), unit, end + 1));
        }
        let number = self.calendar.numbers.parse(self.words, at)?;
        let hyphen = usize::from(self.fold(number.to) == "-");
        let adjective = || {
            self.find(number.to + hyphen, |sign| match sign {
                Sign::UnitAdjective(unit) if hyphen == 1 => Some(unit.clone()),
                _ => None,
            })
        };
        let (unit, end) = self.unit(number.to + hyphen).or_else(adjective)?;
        let definite = self.has_article(number.to) && !self.has_article(at);
        // *three quarters* of something; *6-year-old*
        let age = self.fold(end) == "-" && self.fold(end + 1) == "old";
        if matches!(unit.as_str(), "Q" | "WE") || age {
            return None;
        }
        let year = self.year(at).is_some() && unit == "Y" && number.plain_digits;
        (!definite && !year).then(|| (number.whole(), unit, end))
    }

    /// كل 37 دقيقة, *every year*, *каждые два часа*.
    pub(super) fn set(&self, at: usize) -> Option<Hit> {
        let end = self.is(at, &Sign::Each)?;
        if let Some((count, unit, to)) = self.length(end) {
            let value = super::resolve::length(&unit, count);
            // Every 37 minutes is told as the length, as TIMEX3 does.
            return Some(Hit::new(Said::Set(value), at, to));
        }
        if let Some((unit, to)) = self.unit(end).filter(|_| !self.has_article(end)) {
            let value = super::resolve::length(&unit, Some(1));
            return Some(Hit::new(Said::Set(value), at, to));
        }
        let (day, to) = self.weekday_name(end)?;
        Some(Hit::new(Said::Set(format!("XXXX-WXX-{day}")), at, to))
    }

    /// *last spring*, *the summer of 2017*, прошлой весной.
    pub(super) fn season(&self, at: usize) -> Option<Hit> {
        let named = |at: usize| {
            self.find(at, |sign| match sign {
                Sign::Season(code) => Some(code.clone()),
                _ => None,
            })
        };
        let season = |code, year, by| Said::Season { code, year, by };
        if let Some((turn, end)) = self.turn(at) {
            let (code, to) = named(end)?;
            let by = turn.by()?;
            return Some(Hit::new(season(code, None, Some(by)), at, to));
        }
        let (code, end) = named(at)?;
        let linked = self.past_links(end);
        let figure = self.is(linked, &Sign::Year).unwrap_or(linked);
        if let Some((year, to)) = self.year(figure) {
            let to = self.is(to, &Sign::YearAfter).unwrap_or(to);
            return Some(Hit::new(season(code, Some(year), None), at, to));
        }
        if let Some((by, to)) = self.turned_year(linked) {
            return Some(Hit::new(season(code, None, Some(by)), at, to));
        }
        let (turn, to) = self.turn(end).filter(|_| self.lang == Lang::Ar)?;
        Some(Hit::new(season(code, None, Some(turn.by()?)), at, to))
    }

    /// *the first half of 2019*, الربع الثالث من العام الماضي, *II квартал 2025 года*.
    pub(super) fn year_part(&self, at: usize) -> Option<Hit> {
        let part = |at: usize| {
            self.find(at, |sign| match sign {
                Sign::YearPart(code) => Some(code.clone()),
                _ => None,
            })
        };
        if let Some(hit) = self.part_of_named_year(at, part) {
            return Some(hit);
        }
        let (code, end) = part(at)?;
        let linked = self.past_links(end);
        let (year, by, to) = if let Some(hit) = self.sure_year(linked) {
            let Said::Date { year, .. } = hit.said else {
                return None;
            };
            (year, None, hit.to)
        } else if let Some((by, to)) = self.turned_year(linked) {
            (None, Some(by), to)
        } else if let Some((unit, to)) = self.unit(linked)
            && unit == "Y"
            && (linked > end || self.lang == Lang::Ru)
        {
            (None, Some(0), to)
        } else {
            // A quarter alone is the last one; a half may be of anything.
            code.starts_with('Q').then_some((None, None, end))?
        };
        Some(Hit::new(Said::YearPart { code, year, by }, at, to))
    }
}

/// Quarters of a year.
const YEAR_OF_QUARTERS: i32 = 4;

impl Reader<'_> {
    /// *the 1988 second quarter*, *this year's third quarter*, *the year-ago quarter*.
    fn part_of_named_year(
        &self,
        at: usize,
        part: impl Fn(usize) -> Option<(String, usize)>,
    ) -> Option<Hit> {
        let (year, by, end) = self.year_before_part(at)?;
        if let Some((code, to)) = part(end) {
            return Some(Hit::new(Said::YearPart { code, year, by }, at, to));
        }
        // the quarter alone: the last one that is over, of a year before
        let (unit, to) = self.unit(end).filter(|(unit, _)| unit == "Q")?;
        let by = -1 + YEAR_OF_QUARTERS * by.filter(|&by| by < 0)?;
        Some(Hit::new(Said::Shifted { unit, by }, at, to))
    }

    /// *1988*, *this year's*, *year-ago* with the word after: a year, or how many from that of publication.
    fn year_before_part(&self, at: usize) -> Option<(Option<i16>, Option<i32>, usize)> {
        if self.lang != Lang::En {
            return None;
        }
        if let Some((year, end)) = self.year(at) {
            return Some((Some(year), None, end));
        }
        if let Some((by, end)) = self.turned_year(at) {
            let owns = matches!(self.fold(end), "'s" | "’s");
            return owns.then_some((None, Some(by), end + 1));
        }
        let (_, end) = self.unit(at).filter(|(unit, _)| unit == "Y")?;
        let before = self.fold(end) == "-" && matches!(self.fold(end + 1), "ago" | "earlier");
        before.then_some((None, Some(-1), end + 2))
    }
}

fn turned(turn: Turn, unit: String, plural: bool) -> Option<Said> {
    Some(match (turn, plural) {
        // *recent months*, الأشهر الأخيرة
        (Turn::Last | Turn::Recent, true) => Said::Past,
        (Turn::Next, true) => Said::Future,
        (Turn::This, true) | (Turn::Recent, false) => return None,
        (Turn::That, _) => Said::Same(unit),
        (turn, false) => Said::Shifted {
            unit,
            by: turn.by()?,
        },
    })
}
