//! Amounts: sums of money, percentages, counts, ordinals of what happens again; the number, what it
//! counts and how exactly it is meant. *$2bn*, 5 إلى 10 في المئة, *25-тысячную*, *her second visit*.

use madar_text::{Clitics, Document, Lang, Span, TokenKind};

use crate::Kit;
use crate::calendar::{Calendar, Sign};
use crate::numbers::Number;
use crate::reading::{Amount, AmountKind, Approx, Quantity, Time};
use crate::words::{Pos, Sentence, Word};

/// All amounts of the document, none of them inside a time.
pub(crate) fn amounts(
    document: &Document,
    sentences: &[Sentence],
    times: &[Time],
    kit: &Kit,
) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut time = 0;
    for sentence in sentences {
        let reader = Reader {
            words: &sentence.words,
            lang: sentence.lang,
            calendar: kit.calendars.of(sentence.lang),
            kit,
        };
        let mut at = 0;
        while at < sentence.words.len() {
            let word = &sentence.words[at];
            while times
                .get(time)
                .is_some_and(|t| t.span.end <= word.span.start)
            {
                time += 1;
            }
            let in_time = |span: Span| times[time..].iter().take(2).any(|t| t.span.overlaps(span));
            let found = reader.amount(at).filter(|_| !in_time(word.span));
            let found = found.filter(|hit| !in_time(sentence.words[hit.to - 1].span));
            let Some(hit) = found else {
                at += 1;
                continue;
            };
            out.push(Amount {
                span: reader.span(document, hit.from, hit.to),
                kind: hit.kind,
                value: hit.value.map(Quantity),
                currency: hit.currency,
                unit: hit.unit,
                approx: reader.approx(hit.from),
            });
            at = hit.to;
        }
    }
    out
}

/// An amount by its words; the value in thousandths.
struct Hit {
    from: usize,
    to: usize,
    kind: AmountKind,
    value: Option<i64>,
    currency: Option<String>,
    unit: Option<String>,
}

struct Reader<'a> {
    words: &'a [Word],
    lang: Lang,
    calendar: &'a Calendar,
    kit: &'a Kit,
}

/// Signs and letters that stand for a currency, before the number or behind it.
fn symbol(word: &Word) -> Option<&'static str> {
    Some(match word.fold.as_str() {
        "$" | "us$" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "₽" => "RUB",
        "¥" => "JPY",
        "₴" => "UAH",
        "₺" => "TRY",
        "₪" => "ILS",
        "₹" => "INR",
        "₸" => "KZT",
        "₩" => "KRW",
        _ => return None,
    })
}

impl Reader<'_> {
    fn fold(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.fold.as_str())
    }

    fn find<T>(&self, at: usize, wanted: impl Fn(&Sign) -> Option<T>) -> Option<(T, usize)> {
        self.calendar.find(self.words, at, wanted)
    }

    fn amount(&self, at: usize) -> Option<Hit> {
        let (prefix, number_at) = self.prefix(at);
        if prefix.is_none()
            && let Some(hit) = self.ordinal(at)
        {
            return Some(hit);
        }
        let Some(number) = self.calendar.numbers.parse(self.words, number_at) else {
            return self.vague(at).filter(|_| prefix.is_none());
        };
        let hit = |to, kind, currency: Option<String>| Hit {
            from: at,
            to,
            kind,
            value: number.thousandths,
            currency,
            unit: None,
        };
        if let Some(code) = prefix {
            return Some(hit(number.to, AmountKind::Money, Some(code)));
        }
        if let Some((code, to)) = self.currency(number.to) {
            return Some(hit(to, AmountKind::Money, Some(code)));
        }
        if let Some(to) = self.percent(number.to) {
            return Some(hit(to, AmountKind::Percent, None));
        }
        self.range(at, &number)
            .or_else(|| self.count(at, &number))
            .or_else(|| self.vague(at))
    }

    /// A currency before the number: *$5*, *US$5*, *USD 5*.
    fn prefix(&self, at: usize) -> (Option<String>, usize) {
        let word = &self.words[at];
        if let Some(code) = symbol(word) {
            return (Some(code.to_owned()), at + 1);
        }
        let dollar = matches!(word.fold.as_str(), "us" | "u.s." | "a" | "c" | "hk")
            && self.fold(at + 1) == "$";
        if dollar && word.all_capitals | (word.fold.len() == 1) && !self.words[at + 1].spaced {
            let code = match word.fold.as_str() {
                "a" => "AUD",
                "c" => "CAD",
                "hk" => "HKD",
                _ => "USD",
            };
            return (Some(code.to_owned()), at + 2);
        }
        let code = word.all_capitals && word.fold.len() == 3;
        let named = self.find(at, |sign| match sign {
            Sign::Currency(code) => Some(code.clone()),
            _ => None,
        });
        match named.filter(|(_, to)| code && *to == at + 1) {
            Some((name, to))
                if self
                    .words
                    .get(to)
                    .is_some_and(|w| w.kind == TokenKind::Number) =>
            {
                (Some(name), to)
            }
            _ => (None, at),
        }
    }

    /// The currency behind a number: its sign, or its name with a small word or adjective between.
    fn currency(&self, at: usize) -> Option<(String, usize)> {
        if let Some(code) = self.words.get(at).and_then(symbol) {
            return Some((code.to_owned(), at + 1));
        }
        let currency = |sign: &Sign| match sign {
            Sign::Currency(code) => Some(code.clone()),
            _ => None,
        };
        let adjective = |at: usize| {
            let word = self.words.get(at);
            word.is_some_and(|w| self.kit.gazetteer.adjective(w, self.lang).is_some())
        };
        let skip = matches!(self.fold(at), "of" | "us" | "u.s." | "من") || adjective(at);
        let found = self.find(at, currency);
        let (code, to) = found.or_else(|| self.find(at + 1, currency).filter(|_| skip))?;
        let behind = self.lang == Lang::Ar && adjective(to);
        Some((code, to + usize::from(behind)))
    }

    fn percent(&self, at: usize) -> Option<usize> {
        let hyphen = usize::from(self.fold(at) == "-");
        let (_, to) = self.find(at + hyphen, |sign| {
            matches!(sign, Sign::Percent).then_some(())
        })?;
        // المئة by itself is a hundred: the preposition makes it a percentage.
        let word = &self.words[at + hyphen];
        let bare = self.lang == Lang::Ar && word.clitics.has(Clitics::ARTICLE) && to == at + 1;
        (!bare || word.clitics.has(Clitics::BI)).then_some(to)
    }

    /// *five to ten per cent*, 5 إلى 10 ملايين دولار: the lower end is the value.
    fn range(&self, from: usize, low: &Number) -> Option<Hit> {
        let joins = ["to", "-", "–", "—", "الي", "до", "and", "و"];
        if !joins.contains(&self.fold(low.to)) {
            return None;
        }
        let high = self.calendar.numbers.parse(self.words, low.to + 1)?;
        let (kind, currency, to) = match self.currency(high.to) {
            Some((code, to)) => (AmountKind::Money, Some(code), to),
            None => (AmountKind::Percent, None, self.percent(high.to)?),
        };
        if matches!(self.fold(low.to), "and" | "و") {
            return None;
        }
        // *5 to 10 million*: the scale is of both
        let plain = self
            .calendar
            .numbers
            .parse(&self.words[..low.to + 2], low.to + 1);
        let scale = plain
            .and_then(|p| p.thousandths.filter(|v| *v > 0))
            .zip(high.thousandths)
            .map_or(1, |(small, whole)| whole / small);
        Some(Hit {
            from,
            to,
            kind,
            value: low.thousandths.and_then(|v| v.checked_mul(scale)),
            currency,
            unit: None,
        })
    }

    /// *hundreds*, مئات, *десятки*: some number of people or things.
    fn vague(&self, at: usize) -> Option<Hit> {
        let ((), to) = self.find(at, |sign| matches!(sign, Sign::Vague).then_some(()))?;
        let plural = self.lang == Lang::Ar || self.words[at].plural;
        plural.then_some(Hit {
            from: at,
            to,
            kind: AmountKind::Count,
            value: None,
            currency: None,
            unit: None,
        })
    }

    /// *her second visit*, قمة ثانية, *36-я встреча*: an ordinal, where it counts what happens again.
    fn ordinal(&self, at: usize) -> Option<Hit> {
        let digits = self.fold(at);
        let ends = &self.calendar.ordinal_ends;
        let written = ends
            .iter()
            .find_map(|end| digits.strip_suffix(end.as_str()));
        let hyphen = self.fold(at + 1) == "-"
            && matches!(self.fold(at + 2), "й" | "я" | "е" | "го" | "ю" | "ой" | "м");
        let figure = written
            .or(hyphen.then_some(digits))
            .and_then(|d| d.parse::<i64>().ok());
        let (value, to) = match figure {
            Some(value) => (value, at + if hyphen { 3 } else { 1 }),
            None => self.calendar.ordinal(self.words, at)?,
        };
        let event = |at: usize| {
            self.find(at, |s| matches!(s, Sign::Event).then_some(()))
                .is_some()
        };
        let ahead = (to..to + 3).find(|&i| event(i));
        let behind = at
            .checked_sub(1)
            .filter(|&b| self.lang == Lang::Ar && event(b));
        let near = match self.lang {
            Lang::Ar => behind.is_some() || ahead == Some(to),
            _ => ahead.is_some(),
        };
        // المرة الأولى, *first time*: what is counted is the time itself
        let time = |i: usize| {
            matches!(
                self.words[i].lemma.as_str(),
                "time" | "مره" | "раз" | "случай"
            )
        };
        let from = behind.filter(|&b| time(b)).unwrap_or(at);
        let to = ahead.filter(|&i| i == to && time(i)).map_or(to, |i| i + 1);
        near.then(|| Hit {
            from,
            to,
            kind: AmountKind::Ordinal,
            value: value.checked_mul(1000),
            currency: None,
            unit: None,
        })
    }

    /// A number with the noun it counts right behind it, or a number that can only be a count.
    fn count(&self, from: usize, number: &Number) -> Option<Hit> {
        let worded = self.words[from].kind != TokenKind::Number;
        let one = worded && number.whole() == Some(1);
        // السابعة عشرة is an ordinal
        let ordinal = self.lang == Lang::Ar
            && from
                .checked_sub(1)
                .is_some_and(|b| self.calendar.ordinal(self.words, b).is_some());
        if self.numbers_a_thing(from) || one || ordinal {
            return None;
        }
        let hit = |from, to, value: Option<i64>, unit| Hit {
            from,
            to,
            kind: AmountKind::Count,
            value,
            currency: None,
            unit,
        };
        let at = number.to;
        // *25-тысячную*, *7,000-ton*
        if self.fold(at) == "-"
            && let Some(word) = self.words.get(at + 1)
            && !word.spaced
        {
            let adjective = self.find(at + 1, |sign| match sign {
                Sign::CountedAdjective(factor) => Some(*factor),
                _ => None,
            });
            if let Some((factor, to)) = adjective {
                let value = number.thousandths.and_then(|v| v.checked_mul(factor));
                return Some(hit(from, to, value, None));
            }
            if self.lang == Lang::En
                && matches!(
                    word.fold.as_str(),
                    "ton" | "tonne" | "mile" | "barrel" | "member" | "page"
                )
            {
                return Some(hit(
                    from,
                    at + 2,
                    number.thousandths,
                    Some(word.lemma.clone()),
                ));
            }
        }
        if let Some((unit, to)) = self.counted(at, number) {
            let value = number.thousandths?;
            return Some(hit(from, to, Some(value), Some(unit)));
        }
        // السفن الأربع: the number is an adjective of the noun before it
        if self.lang == Lang::Ar
            && self.words[from].clitics.has(Clitics::ARTICLE)
            && number.thousandths.is_some_and(|v| v < 11_000)
            && let Some(before) = from.checked_sub(1)
            && self.words[before].clitics.has(Clitics::ARTICLE)
        {
            let unit = self.words[before].lemma.clone();
            return Some(hit(before, at, number.thousandths, Some(unit)));
        }
        self.is_count_alone(from, number)
            .then(|| hit(from, at, number.thousandths, None))
    }

    /// *Flight 370*, *No. 10*, *(4)*, a score *3-2*: figures that count nothing.
    fn numbers_a_thing(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|b| &self.words[b]) else {
            return false;
        };
        let joined = !self.words[at].spaced
            && matches!(before.fold.as_str(), "-" | "/" | ":" | "." | "№" | "#");
        let figure = self.words[at].kind == TokenKind::Number;
        let named = figure
            && self.lang == Lang::En
            && before.capital
            && at > 1
            && before.kind == TokenKind::Word;
        joined || named && self.words.get(at + 1).is_none_or(|w| !w.plural)
    }

    /// Numbers in words, large figures in groups and with a scale count even where the noun does not
    /// follow at once: *the four Baden-class frigates*, *a crowd of 25,000*.
    fn is_count_alone(&self, from: usize, number: &Number) -> bool {
        let figure = self.words[from].kind == TokenKind::Number;
        let Some(value) = number.thousandths else {
            return false;
        };
        if !figure {
            let scaled = value >= 1_000_000;
            let follows = self
                .words
                .get(number.to)
                .is_some_and(|w| w.kind == TokenKind::Word);
            let word =
                self.words[from].clitics.0 & !(Clitics::AND.0 | Clitics::LI.0 | Clitics::BI.0) == 0;
            return value >= 2000
                && word
                && (scaled || follows || self.lang == Lang::En)
                && self.lang != Lang::Ar
                || self.lang == Lang::Ar && scaled && value >= 3_000_000;
        }
        let digits = self.words[from].fold.as_str();
        let grouped = digits.contains(',') && value >= 1_000_000 && value % 1000 == 0;
        // Five digits and more are no year and hardly a number of a thing.
        !number.plain_digits && value >= 1_000_000
            || grouped
            || digits.len() >= 5 && digits.ends_with("00") && value % 1000 == 0
    }

    /// What a number counts: the noun right behind it.
    fn counted(&self, at: usize, number: &Number) -> Option<(String, usize)> {
        let word = self
            .words
            .get(at)
            .filter(|w| w.kind == TokenKind::Word && w.spaced)?;
        let of_time = self.calendar.signs(self.words, at).any(|(sign, _)| {
            matches!(
                sign,
                Sign::Unit(_) | Sign::Month(_) | Sign::YearAfter | Sign::Weekday(_)
            )
        });
        let year = number.plain_digits
            && number
                .thousandths
                .is_some_and(|v| (1_900_000..2_100_000).contains(&v));
        if of_time || year && !word.plural {
            return None;
        }
        if self.is_listed(at) {
            return Some((word.lemma.clone(), at + 1));
        }
        let noun = match self.lang {
            Lang::Ru => matches!(word.pos, Pos::Noun),
            Lang::En => {
                let people = self.kit.gazetteer.adjective(word, self.lang).is_some();
                word.plural
                    && (!word.capital || people)
                    && !matches!(word.pos, Pos::Verb | Pos::Participle)
            }
            _ => word.clitics.0 == 0 && word.fold.chars().count() > 2 && !is_small(word),
        };
        // страны-участники
        let joined = self.fold(at + 1) == "-" && self.words.get(at + 2).is_some_and(|w| !w.spaced);
        let to = if joined { at + 3 } else { at + 1 };
        noun.then(|| (word.lemma.clone(), to))
    }

    fn is_listed(&self, at: usize) -> bool {
        self.find(at, |sign| matches!(sign, Sign::Counted).then_some(()))
            .is_some()
    }

    /// How exactly the number is meant: the words right before it.
    fn approx(&self, from: usize) -> Option<Approx> {
        (1..=4)
            .filter_map(|back| from.checked_sub(back))
            .find_map(|at| {
                let found = self.find(at, |sign| match sign {
                    Sign::Approx(approx) => Some(*approx),
                    _ => None,
                });
                found
                    .filter(|(_, end)| *end == from)
                    .map(|(approx, _)| approx)
            })
    }

    fn span(&self, document: &Document, from: usize, to: usize) -> Span {
        let first = &self.words[from];
        first.host.to(self.words[to - 1].span).trim(&document.text)
    }
}

/// Arabic words that stand behind a number without being counted by it.
fn is_small(word: &Word) -> bool {
    let others = [
        "في", "من", "الي", "علي", "عن", "مع", "بين", "قبل", "بعد", "منذ", "خلال", "اخري", "فقط",
        "معا", "كما", "الذي", "التي", "حتي", "عند", "لدي", "كان", "كانت", "قال", "ايضا",
    ];
    others.contains(&word.fold.as_str())
}
