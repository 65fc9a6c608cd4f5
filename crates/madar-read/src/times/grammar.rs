//! Which words make one expression of time: the order in which the kinds are tried, and what they
//! share.

use madar_text::{Clitics, Document, Lang, TokenKind};

use super::{Expression, Said};
use crate::Kit;
use crate::calendar::{Calendar, Sign};
use crate::reading::TimeMod;
use crate::words::{Pos, Sentence, Tense, Word};

/// How far from an expression a word may say that it lies ahead; half of it in Arabic, where the words
/// do not tell their tense and a cue may belong to another clause.
const AHEAD_WITHIN: usize = 12;

pub(super) fn expressions(document: &Document, sentence: &Sentence, kit: &Kit) -> Vec<Expression> {
    let reader = Reader {
        words: &sentence.words,
        calendar: kit.calendars.of(sentence.lang),
        lang: sentence.lang,
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let hit = begins(&sentence.words[at]).then(|| reader.at(at)).flatten();
        let Some(hit) = hit.filter(|hit| !reader.is_title(hit)) else {
            at += 1;
            continue;
        };
        let first = &sentence.words[hit.from];
        out.push(Expression {
            span: first
                .host
                .to(sentence.words[hit.to - 1].span)
                .trim(&document.text),
            ahead: reader.ahead(&hit),
            said: hit.said,
            modifier: hit.modifier,
        });
        at = hit.to;
    }
    out
}

/// Whether an expression of time can begin with a word: with most of them none can.
fn begins(word: &Word) -> bool {
    let has_digit = || word.fold.bytes().any(|b| b.is_ascii_digit());
    word.in_calendar || word.kind != TokenKind::Word || word.all_capitals || has_digit()
}

pub(super) struct Reader<'a> {
    pub(super) words: &'a [Word],
    pub(super) calendar: &'a Calendar,
    pub(super) lang: Lang,
}

/// What was said, from which word to which.
pub(super) struct Hit {
    pub(super) said: Said,
    pub(super) modifier: Option<TimeMod>,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Hit {
    pub(super) fn new(said: Said, from: usize, to: usize) -> Self {
        Self {
            said,
            modifier: None,
            from,
            to,
        }
    }
}

impl Reader<'_> {
    pub(super) fn is(&self, at: usize, wanted: &Sign) -> Option<usize> {
        self.calendar.is(self.words, at, wanted)
    }

    /// What `wanted` takes from the first sign at `at` that it accepts, and the word after.
    pub(super) fn find<T>(
        &self,
        at: usize,
        wanted: impl Fn(&Sign) -> Option<T>,
    ) -> Option<(T, usize)> {
        self.calendar.find(self.words, at, wanted)
    }

    pub(super) fn fold(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.fold.as_str())
    }

    /// The word before, or nothing.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.fold(before))
    }

    /// Whether the words right before `at` are `sign`.
    pub(super) fn follows(&self, at: usize, sign: &Sign) -> bool {
        (1..=3).filter_map(|back| at.checked_sub(back)).any(|from| {
            self.calendar
                .signs(self.words, from)
                .any(|(s, end)| s == sign && end == at)
        })
    }

    pub(super) fn has_article(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.clitics.has(Clitics::ARTICLE))
    }

    /// Past words that only link: *of the*, من.
    pub(super) fn past_links(&self, mut at: usize) -> usize {
        while let Some(end) = self.is(at, &Sign::Link) {
            at = end;
        }
        at
    }

    fn at(&self, at: usize) -> Option<Hit> {
        self.part(at)
            .or_else(|| self.year_part(at))
            .or_else(|| self.set(at))
            .or_else(|| self.iso(at))
            .or_else(|| self.day_and_date(at))
            .or_else(|| self.date(at))
            .or_else(|| self.season(at))
            .or_else(|| self.years(at))
            .or_else(|| self.with_unit(at))
            .or_else(|| self.part_of_day(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.clock(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.lone_year(at))
            .or_else(|| self.fixed(at))
    }

    /// أواخر يوليو الماضي, *late July*, *в конце июля*, *earlier this year*.
    fn part(&self, at: usize) -> Option<Hit> {
        // *starting this week* is no start of it
        if self.lang == Lang::En && self.words[at].pos == Pos::Participle {
            return None;
        }
        let (modifier, next) = self.find(at, |sign| match sign {
            Sign::Start => Some(TimeMod::Start),
            Sign::Mid => Some(TimeMod::Mid),
            Sign::End => Some(TimeMod::End),
            Sign::Earlier => Some(TimeMod::Before),
            Sign::Later => Some(TimeMod::After),
            _ => None,
        })?;
        let next = self.past_links(next);
        let inner = self
            .date(next)
            .or_else(|| self.season(next))
            .or_else(|| self.turned_unit(next))
            .or_else(|| self.this_unit(next))
            .or_else(|| self.decade(next))
            .or_else(|| self.sure_year(next))
            .or_else(|| self.weekday(next))
            .or_else(|| self.today(next))?;
        Some(Hit {
            modifier: Some(modifier),
            from: at,
            ..inner
        })
    }

    fn today(&self, at: usize) -> Option<Hit> {
        let (by, to) = self.find(at, |sign| match sign {
            Sign::Day(by) => Some(*by),
            _ => None,
        })?;
        Some(Hit::new(Said::Day { by, part: None }, at, to))
    }

    /// *the week*, العام behind *the end of*: the one in which the text is published.
    fn this_unit(&self, at: usize) -> Option<Hit> {
        let (unit, to) = self.unit(at)?;
        let definite = match self.lang {
            Lang::En => self.before(at) == "the",
            Lang::Ar => self.has_article(at),
            _ => true,
        };
        let long = matches!(unit.as_str(), "W" | "M" | "Y" | "DE" | "CE");
        (definite && long && !self.words[at].plural)
            .then(|| Hit::new(Said::Shifted { unit, by: 0 }, at, to))
    }

    fn fixed(&self, at: usize) -> Option<Hit> {
        let (said, to) = self.find(at, |sign| match sign {
            Sign::Day(by) => Some(Said::Day {
                by: *by,
                part: None,
            }),
            Sign::FollowingDay => Some(Said::FollowingDay),
            Sign::Past => Some(Said::Past),
            Sign::Future => Some(Said::Future),
            Sign::Present => Some(Said::Present),
            Sign::ThePast if matches!(self.before(at), "the" | "في" | "в") => Some(Said::Past),
            Sign::Set(value) => Some(Said::Set(value.clone())),
            _ => None,
        })?;
        let day = matches!(said, Said::Day { .. });
        let wrong = match self.lang {
            // *BBC's Today* is a programme; a quotation may begin with the day.
            Lang::En => {
                let opens = matches!(self.before(at), "" | "\"" | "“" | "'" | "‘");
                day && self.words[at].capital && !opens
            }
            // اليوم الأول and هذا اليوم are no *today*; راديو 4 اليوم is a programme.
            Lang::Ar if day => {
                let turned = at.checked_sub(1).is_some_and(|b| self.turn(b).is_some());
                let number = self.before(at).bytes().all(|b| b.is_ascii_digit()) && at > 0;
                turned || number || self.ordinal_follows(to)
            }
            // قريبا جدا من is near in another way
            Lang::Ar => said == Said::Future && matches!(self.fold(to), "جدا" | "من"),
            _ => false,
        };
        (!wrong).then(|| Hit::new(said, at, to))
    }

    fn ordinal_follows(&self, at: usize) -> bool {
        self.has_article(at) && self.calendar.ordinal(self.words, at).is_some()
    }

    /// "60 دقيقة", BBC Radio's «Сегодня»: what stands alone in quotation marks is a title.
    fn is_title(&self, hit: &Hit) -> bool {
        let mark =
            |word: &str| matches!(word, "\"" | "«" | "»" | "“" | "”" | "'" | "‘" | "’" | "„");
        let titled = matches!(
            hit.said,
            Said::Length { .. } | Said::Day { .. } | Said::Set(_) | Said::Present
        );
        titled && mark(self.before(hit.from)) && mark(self.fold(hit.to))
    }

    /// Whether the sentence says that it lies ahead. Of a month, the nearest word before that tells
    /// the tense, else the first behind; of a weekday only a future before it: news tells of the
    /// week gone by.
    fn ahead(&self, hit: &Hit) -> bool {
        let within = if self.lang == Lang::Ar {
            AHEAD_WITHIN / 2
        } else {
            AHEAD_WITHIN
        };
        let before = (hit.from.saturating_sub(within)..hit.from).rev();
        if matches!(hit.said, Said::Weekday { .. }) {
            let mut told = before.filter_map(|at| self.tense(at));
            return told.find(|t| *t != Told::Ahead) == Some(Told::Future);
        }
        let behind = hit.to..self.words.len().min(hit.to + within);
        let told = before.chain(behind).find_map(|at| self.tense(at));
        told.is_some_and(|t| t != Told::Past)
    }

    /// Whether a word speaks of what is to come or of what has been.
    fn tense(&self, at: usize) -> Option<Told> {
        let word = &self.words[at];
        let future = word.tense == Some(Tense::Future) || word.clitics.has(Clitics::FUTURE);
        if future || self.is(at, &Sign::Will).is_some() {
            return Some(Told::Future);
        }
        if self.is(at, &Sign::Ahead).is_some() {
            return Some(Told::Ahead);
        }
        let past = word.tense == Some(Tense::Past)
            || matches!(
                word.fold.as_str(),
                "was" | "were" | "had" | "did" | "كان" | "كانت"
            );
        past.then_some(Told::Past)
    }
}

/// What a word tells of the time of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Past,
    Future,
    /// It may lie ahead: *by*, *planned*.
    Ahead,
}
