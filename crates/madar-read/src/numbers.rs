//! Numbers in digits of three kinds and in words, with scale words: *2,5 млрд*, *two hundred and ten
//! million*, مئتين وعشرة ملايين. The words are data (`lang/*/times.toml`).

use madar_text::{Clitics, Lang, TokenKind};
use rustc_hash::FxHashMap;

use crate::words::Word;

/// A number found at some word: its value in thousandths and the word after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Number {
    /// `None` for a bare plural of a scale: *billions*.
    pub(crate) thousandths: Option<i64>,
    pub(crate) to: usize,
    /// Written in digits without a scale word: may be a year.
    pub(crate) plain_digits: bool,
}

impl Number {
    /// The number without a fraction.
    pub(crate) fn whole(&self) -> Option<i64> {
        self.thousandths.filter(|n| n % 1000 == 0).map(|n| n / 1000)
    }
}

pub(crate) struct NumberWords {
    pub(crate) lang: Lang,
    pub(crate) numbers: FxHashMap<String, i64>,
    pub(crate) scales: FxHashMap<String, i64>,
}

impl NumberWords {
    /// The value of one number word.
    pub(crate) fn has(&self, form: &str) -> bool {
        self.numbers.contains_key(form) || self.scales.contains_key(form)
    }

    pub(crate) fn value(&self, word: &Word) -> Option<i64> {
        if !word.in_calendar {
            return None;
        }
        self.numbers
            .get(&word.lemma)
            .or_else(|| self.numbers.get(&word.fold))
            .copied()
    }

    pub(crate) fn scale(&self, word: &Word) -> Option<i64> {
        if !word.in_calendar {
            return None;
        }
        self.scales
            .get(&word.fold)
            .or_else(|| self.scales.get(&word.lemma))
            .copied()
    }

    /// The number that begins at `at`.
    pub(crate) fn parse(&self, words: &[Word], at: usize) -> Option<Number> {
        let first = words.get(at)?;
        if first.kind == TokenKind::Number || glued_scale(&first.fold).is_some() {
            return self.digits(words, at);
        }
        self.in_words(words, at)
    }

    /// `300`, `1,250.75`, `2,5 млрд`, `5bn`, `1 250 000`.
    fn digits(&self, words: &[Word], at: usize) -> Option<Number> {
        let first = &words[at];
        if let Some((digits, letters)) = glued_scale(&first.fold) {
            let scale = self.scales.get(letters).copied()?;
            let value = decimal(digits, self.lang, true)?.checked_mul(scale)?;
            return Some(Number {
                thousandths: Some(value),
                to: at + 1,
                plain_digits: false,
            });
        }
        let mut digits = first.fold.clone();
        let mut to = at + 1;
        // Groups of three set apart by a space: 1 250 000.
        while first.fold.chars().count() <= 3 && words.get(to).is_some_and(is_group) {
            digits.push_str(&words[to].fold);
            to += 1;
        }
        let mut plain = to == at + 1;
        let mut factor = 1i64;
        while let Some(scale) = words.get(to).and_then(|w| self.scale(w)) {
            factor = factor.checked_mul(scale)?;
            to = self.past_stop(words, to + 1);
            plain = false;
        }
        let value = decimal(&digits, self.lang, factor > 1)?.checked_mul(factor)?;
        Some(Number {
            thousandths: Some(value),
            to,
            plain_digits: plain && digits.bytes().all(|b| b.is_ascii_digit()),
        })
    }

    /// Past the stop of a shortened scale word: *3,1 млрд. евро*.
    fn past_stop(&self, words: &[Word], at: usize) -> usize {
        let short = words[at - 1].fold.chars().count() <= 4 && self.lang != Lang::Ar;
        let stop = words.get(at).is_some_and(|w| w.fold == "." && !w.spaced);
        let goes_on = words.get(at + 1).is_some_and(|w| !w.capital);
        at + usize::from(short && stop && goes_on)
    }

    fn in_words(&self, words: &[Word], at: usize) -> Option<Number> {
        let (mut total, mut current, mut to, mut any) = (0i64, 0i64, at, false);
        let mut scaled = false;
        while let Some(word) = words.get(to) {
            let joined = |w: &Word| w.clitics.0 & !(Clitics::AND.0 | Clitics::ARTICLE.0) == 0;
            if any && !joined(word) {
                // خمسة بالمئة: the hundred is of the percentage
                break;
            }
            let number = self.value(word);
            if let Some(value) = number.filter(|&v| v < 1000) {
                if any && !continues(current, value, word) {
                    break;
                }
                current += value;
                any = true;
            } else if let Some(value) = number {
                total = total.checked_add(value)?;
                any = true;
            } else if let Some(scale) = self.scale(word).filter(|_| any || self.is_bare_scale(word))
            {
                if scale == 100 {
                    current = current.max(1) * 100;
                } else {
                    total = total.checked_add(current.max(1).checked_mul(scale)?)?;
                    current = 0;
                }
                scaled = !any;
                any = true;
                to = self.past_stop(words, to + 1);
                continue;
            } else if any && self.joins(words, to) {
                // two hundred and ten, fifty-eight
            } else {
                break;
            }
            to += 1;
        }
        if !any {
            return None;
        }
        let value = total.checked_add(current)?.checked_mul(1000)?;
        // ملايين, *billions*, миллиарды without a number say no sum.
        let vague = scaled && to == at + 1 && self.is_plural(&words[at]);
        Some(Number {
            thousandths: (!vague).then_some(value),
            to,
            plain_digits: false,
        })
    }

    /// *and* or a hyphen between two words of one number.
    fn joins(&self, words: &[Word], at: usize) -> bool {
        let next = words.get(at + 1).and_then(|w| self.value(w));
        let last = at.checked_sub(1).and_then(|b| words.get(b));
        let hundreds = last.is_some_and(|w| self.scale(w).is_some());
        let tens = last
            .and_then(|w| self.value(w))
            .is_some_and(|v| (20..100).contains(&v));
        match words[at].fold.as_str() {
            "and" => hundreds && next.is_some(),
            "-" => tens && next.is_some_and(|v| v < 10),
            _ => false,
        }
    }

    fn is_plural(&self, word: &Word) -> bool {
        match self.lang {
            Lang::Ar => word.fold.ends_with("ات") || matches!(word.lemma.as_str(), "الاف" | "ملايين"),
            _ => word.plural,
        }
    }

    /// A scale word that stands for one of it (مليون دولار, *миллион*) or for some of it.
    fn is_bare_scale(&self, word: &Word) -> bool {
        word.fold.chars().count() >= 4 && (self.lang != Lang::En || word.plural)
    }
}

/// Whether a further number word belongs to the number so far: *two hundred* + *ten*, *fifty* + *eight*,
/// ثلاثة + عشر, خمسة + وعشرون; two numbers side by side are two.
fn continues(current: i64, value: i64, word: &Word) -> bool {
    let ones = current % 100;
    if value >= 100 {
        return current == 0;
    }
    let and = word.clitics.has(Clitics::AND);
    let arabic = (1..10).contains(&ones) && (value >= 20 && and || value == 10 && !and);
    let arabic = arabic && (word.span != word.host || value == 10);
    ones == 0 || ones >= 20 && ones % 10 == 0 && value < 10 || arabic
}

fn is_group(word: &Word) -> bool {
    word.kind == TokenKind::Number
        && word.fold.len() == 3
        && word.spaced
        && word.fold.bytes().all(|b| b.is_ascii_digit())
}

/// `5bn` → `5`, `bn`.
fn glued_scale(folded: &str) -> Option<(&str, &str)> {
    let at = folded.find(|c: char| c.is_ascii_alphabetic())?;
    let (digits, letters) = folded.split_at(at);
    let ok = digits.ends_with(|c: char| c.is_ascii_digit())
        && [
            "bn", "mn", "m", "k", "tn", "b", "mln", "mil", "million", "billion", "trillion",
        ]
        .contains(&letters);
    ok.then_some((digits, letters))
}

/// Thousandths of a number in digits. A comma or point followed by groups of three digits only sets
/// thousands apart, except for the one decimal sign of the language.
/// A point before three last digits is decimal in English, and in Arabic only where a scale word
/// follows: 150.000 سيارة.
fn decimal(digits: &str, lang: Lang, scaled: bool) -> Option<i64> {
    let clean: String = digits
        .chars()
        .filter(|c| !matches!(c, '\u{066C}' | '\'' | '\u{00A0}'))
        .collect();
    let signs = [',', '.', '\u{066B}'];
    let last = clean.rfind(signs);
    let is_fraction = last.is_some_and(|at| {
        let sign = clean[at..].chars().next().unwrap_or(',');
        let rest = &clean[at + sign.len_utf8()..];
        let count = clean.matches(signs).count();
        let own = match lang {
            Lang::Ru => sign == ',',
            Lang::Ar => sign == '\u{066B}' || sign == '.' && (scaled || clean.starts_with('0')),
            _ => sign != ',',
        };
        count == 1
            && (rest.len() != 3
                || own && !(lang == Lang::Ru && clean[..at].len() <= 3 && rest == "000"))
            || count > 1 && clean.matches(sign).count() == 1
    });
    let (whole, fraction) = match last.filter(|_| is_fraction) {
        Some(at) => {
            let sign = clean[at..].chars().next().unwrap_or(',');
            (&clean[..at], &clean[at + sign.len_utf8()..])
        }
        None => (clean.as_str(), ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let fraction: String = fraction
        .chars()
        .filter(char::is_ascii_digit)
        .chain("000".chars())
        .take(3)
        .collect();
    let whole: i64 = whole.parse().ok()?;
    whole.checked_mul(1000)?.checked_add(fraction.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_follow_the_language() {
        for (digits, lang, want) in [
            ("300", Lang::En, 300_000),
            ("1,250.75", Lang::En, 1_250_750),
            ("600,000", Lang::En, 600_000_000),
            ("9.9", Lang::Ar, 9_900),
            ("150.000", Lang::Ar, 150_000_000),
            ("2,5", Lang::Ru, 2_500),
            ("1,12", Lang::Ru, 1_120),
            ("9,9", Lang::Ru, 9_900),
            ("1.250.000", Lang::En, 1_250_000_000),
        ] {
            assert_eq!(decimal(digits, lang, false), Some(want), "{digits}");
        }
    }
}
