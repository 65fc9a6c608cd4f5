//! Amounts: sums of money, percentages, counts; the number, what it counts and how exactly it is meant.

use madar_text::{Document, Lang, Span, TokenKind};

use crate::Kit;
use crate::calendar::{Calendar, Sign};
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
    for sentence in sentences {
        let calendar = kit.calendars.of(sentence.lang);
        let mut at = 0;
        while at < sentence.words.len() {
            let word = &sentence.words[at];
            let in_time = times.iter().any(|t| t.span.overlaps(word.span));
            let found = if in_time {
                None
            } else {
                amount(document, sentence, at, calendar, kit)
            };
            match found {
                Some((amount, to)) => {
                    out.push(amount);
                    at = to;
                }
                None => at += 1,
            }
        }
    }
    out
}

fn symbol(word: &Word) -> Option<&'static str> {
    match word.fold.as_str() {
        "$" | "us$" => Some("USD"),
        "€" => Some("EUR"),
        "£" => Some("GBP"),
        "₽" => Some("RUB"),
        "¥" => Some("JPY"),
        "₴" => Some("UAH"),
        _ => None,
    }
}

fn amount(
    document: &Document,
    sentence: &Sentence,
    at: usize,
    calendar: &Calendar,
    kit: &Kit,
) -> Option<(Amount, usize)> {
    let words = &sentence.words;
    let prefix = symbol(&words[at]);
    let from = at;
    let number_at = at + usize::from(prefix.is_some());
    let number = calendar.numbers.parse(words, number_at, sentence.lang)?;
    let value = number.thousandths.map(Quantity);
    let make = |to: usize, kind, currency: Option<String>, unit: Option<String>| {
        let span = span(document, words, from, to);
        let approx = approx(words, from, calendar);
        Some((
            Amount {
                span,
                kind,
                value,
                currency,
                unit,
                approx,
            },
            to,
        ))
    };
    if let Some(code) = prefix {
        return make(number.to, AmountKind::Money, Some(code.to_owned()), None);
    }
    if let Some(code) = words.get(number.to).and_then(symbol) {
        return make(
            number.to + 1,
            AmountKind::Money,
            Some(code.to_owned()),
            None,
        );
    }
    let currency = |sign: &Sign| match sign {
        Sign::Currency(code) => Some(code.clone()),
        _ => None,
    };
    // *billions of dollars*, *5 million US dollars*: one small word may stand between.
    let skip = words.get(number.to).is_some_and(|w| {
        w.fold == "of"
            || kit.gazetteer.adjective(w, sentence.lang).is_some()
            || w.fold == "us"
            || w.fold == "u.s."
    });
    let found = calendar.find(words, number.to, currency).or_else(|| {
        calendar
            .find(words, number.to + 1, currency)
            .filter(|_| skip)
    });
    if let Some((code, mut to)) = found {
        let adjective = words
            .get(to)
            .is_some_and(|w| kit.gazetteer.adjective(w, sentence.lang).is_some());
        to += usize::from(adjective && sentence.lang == Lang::Ar);
        return make(to, AmountKind::Money, Some(code), None);
    }
    let percent = |sign: &Sign| matches!(sign, Sign::Percent).then_some(());
    let hyphen = usize::from(words.get(number.to).is_some_and(|w| w.fold == "-"));
    if let Some(((), to)) = calendar.find(words, number.to + hyphen, percent) {
        return make(to, AmountKind::Percent, None, None);
    }
    value?;
    count(
        words,
        number.to,
        number.plain_digits,
        number.thousandths,
        sentence,
        calendar,
    )
    .and_then(|(unit, to)| make(to, AmountKind::Count, None, Some(unit)))
}

/// What a number counts: the noun right behind it.
fn count(
    words: &[Word],
    at: usize,
    plain: bool,
    thousandths: Option<i64>,
    sentence: &Sentence,
    calendar: &Calendar,
) -> Option<(String, usize)> {
    let word = words
        .get(at)
        .filter(|w| w.kind == TokenKind::Word && w.spaced)?;
    let year = plain && thousandths.is_some_and(|v| (1_900_000..2_100_000).contains(&v));
    let of_time = calendar.signs(words, at).any(|(sign, _)| {
        matches!(
            sign,
            Sign::Unit(_) | Sign::Month(_) | Sign::YearAfter | Sign::Weekday(_)
        )
    });
    let noun = match sentence.lang {
        Lang::Ru => matches!(word.pos, Pos::Noun),
        Lang::En => {
            word.plural && !word.capital && !matches!(word.pos, Pos::Verb | Pos::Participle)
        }
        _ => word.clitics.0 == 0 && word.fold.chars().count() > 2 && is_counted(word),
    };
    (!year && !of_time && noun).then(|| (word.lemma.clone(), at + 1))
}

/// Arabic words that stand behind a number without being counted by it.
fn is_counted(word: &Word) -> bool {
    let others = [
        "في", "من", "الي", "علي", "عن", "مع", "بين", "قبل", "بعد", "منذ", "خلال", "اخري", "فقط",
        "علي",
    ];
    !others.contains(&word.fold.as_str())
}

/// How exactly the number is meant: the words right before it.
fn approx(words: &[Word], from: usize, calendar: &Calendar) -> Option<Approx> {
    (1..=3)
        .filter_map(|back| from.checked_sub(back))
        .find_map(|at| {
            let found = calendar.find(words, at, |sign| match sign {
                Sign::Approx(approx) => Some(*approx),
                _ => None,
            });
            found
                .filter(|(_, end)| *end == from)
                .map(|(approx, _)| approx)
        })
}

fn span(document: &Document, words: &[Word], from: usize, to: usize) -> Span {
    words[from].host.to(words[to - 1].span).trim(&document.text)
}
