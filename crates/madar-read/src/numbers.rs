//! Numbers in digits of three kinds and in words, with scale words: *2,5 млрд*, *two hundred and ten
//! million*, مئتين وعشرة ملايين. The words are data (`lang/*/times.toml`).

use madar_text::{Lang, TokenKind};
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

#[derive(Default)]
pub(crate) struct NumberWords {
    pub(crate) numbers: FxHashMap<String, i64>,
    pub(crate) scales: FxHashMap<String, i64>,
}

impl NumberWords {
    fn number(&self, word: &Word) -> Option<i64> {
        self.numbers
            .get(&word.lemma)
            .or_else(|| self.numbers.get(&word.fold))
            .copied()
    }

    fn scale(&self, word: &Word) -> Option<i64> {
        self.scales
            .get(&word.fold)
            .or_else(|| self.scales.get(&word.lemma))
            .copied()
    }

    /// The number that begins at `at`.
    pub(crate) fn parse(&self, words: &[Word], at: usize, lang: Lang) -> Option<Number> {
        let first = words.get(at)?;
        if first.kind == TokenKind::Number || glued_scale(&first.fold).is_some() {
            return self.digits(words, at, lang);
        }
        self.in_words(words, at, lang)
    }

    /// `300`, `1,250.75`, `2,5 млрд`, `5bn`, `1 250 000`.
    fn digits(&self, words: &[Word], at: usize, lang: Lang) -> Option<Number> {
        let first = &words[at];
        if let Some((digits, letters)) = glued_scale(&first.fold) {
            let scale = self.scales.get(letters).copied()?;
            let value = decimal(digits, lang)?.checked_mul(scale)?;
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
        let mut value = decimal(&digits, lang)?;
        let mut plain = to == at + 1;
        while let Some(scale) = words.get(to).and_then(|w| self.scale(w)) {
            value = value.checked_mul(scale)?;
            to += 1;
            plain = false;
        }
        Some(Number {
            thousandths: Some(value),
            to,
            plain_digits: plain,
        })
    }

    fn in_words(&self, words: &[Word], at: usize, lang: Lang) -> Option<Number> {
        let (mut total, mut current, mut to, mut any) = (0i64, 0i64, at, false);
        let mut scaled = false;
        while let Some(word) = words.get(to) {
            if let Some(value) = self.number(word) {
                if value >= 1000 {
                    total = total.checked_add(value)?;
                } else {
                    current += value;
                }
                any = true;
            } else if let Some(scale) = self
                .scale(word)
                .filter(|_| any || is_bare_scale(lang, word))
            {
                if scale == 100 {
                    current = current.max(1) * 100;
                } else {
                    total = total.checked_add(current.max(1).checked_mul(scale)?)?;
                    current = 0;
                }
                scaled = !any;
                any = true;
            } else if any
                && word.fold == "and"
                && words.get(to + 1).is_some_and(|w| self.number(w).is_some())
            {
                // two hundred and ten
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
        let vague = scaled && to == at + 1;
        Some(Number {
            thousandths: (!vague).then_some(value),
            to,
            plain_digits: false,
        })
    }
}

/// A scale word that stands for one of it (مليون دولار, *миллион*) or for some of it.
fn is_bare_scale(lang: Lang, word: &Word) -> bool {
    word.fold.chars().count() >= 4 && (lang != Lang::En || word.plural)
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
        && ["bn", "mn", "m", "k", "tn"].contains(&letters);
    ok.then_some((digits, letters))
}

/// Thousandths of a number in digits. A comma or point followed by groups of three digits only sets
/// thousands apart, except for the one decimal sign of the language.
fn decimal(digits: &str, lang: Lang) -> Option<i64> {
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
        let own = if lang == Lang::Ru {
            sign == ','
        } else {
            sign != ','
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
            ("2,5", Lang::Ru, 2_500),
            ("1,12", Lang::Ru, 1_120),
            ("9,9", Lang::Ru, 9_900),
            ("1.250.000", Lang::En, 1_250_000_000),
        ] {
            assert_eq!(decimal(digits, lang), Some(want), "{digits}");
        }
    }
}
