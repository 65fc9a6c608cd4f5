//! Times and amounts in plain English: *on 15 August 2025*, *about 300 billion USD*.

use madar_read::{Amount, AmountKind, Approx, Quantity};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A TIMEX3 value with its preposition; `None` where it says no more than *at some time*.
pub(crate) fn when(value: &str) -> Option<String> {
    if let Some((from, to)) = value.split_once('/') {
        return Some(format!("between {} and {}", date(from)?, date(to)?));
    }
    let on = if value.len() == 10 { "on" } else { "in" };
    Some(format!("{on} {}", date(value)?))
}

/// A date without preposition.
pub(crate) fn date(value: &str) -> Option<String> {
    let parts: Vec<&str> = value.split('-').collect();
    let year = *parts.first()?;
    if year.len() == 4 && year.ends_with('X') && year[..3].bytes().all(|b| b.is_ascii_digit()) {
        return Some(format!("the {}0s", &year[..3]));
    }
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match parts[1..] {
        [] => Some(year.to_owned()),
        [week] if week.starts_with('W') => {
            let number: u8 = week[1..].parse().ok()?;
            Some(format!("week {number} of {year}"))
        }
        [month] => Some(format!("{} {year}", name_of(month)?)),
        [month, day] => {
            let day: u8 = day.get(..2)?.parse().ok()?;
            Some(format!("{day} {} {year}", name_of(month)?))
        }
        _ => None,
    }
}

fn name_of(month: &str) -> Option<&'static str> {
    let number: usize = month.parse().ok()?;
    MONTHS.get(number.checked_sub(1)?).copied()
}

/// `P6M` as *6 months*.
pub(crate) fn duration(value: &str) -> Option<String> {
    let (time, rest) = match value.strip_prefix("PT") {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('P')?),
    };
    let unit = match (rest.chars().last()?, time) {
        ('Y', false) => "year",
        ('M', false) => "month",
        ('W', false) => "week",
        ('D', false) => "day",
        ('H', true) => "hour",
        ('M', true) => "minute",
        ('S', true) => "second",
        _ => return None,
    };
    let number = &rest[..rest.len() - 1];
    match number {
        "1" => Some(format!("1 {unit}")),
        "X" => Some(format!("some {unit}s")),
        number if number.parse::<f64>().is_ok() => Some(format!("{number} {unit}s")),
        _ => None,
    }
}

/// *about 300 billion USD*, *9.9 %*, *12 tankers*; `None` for *billions of dollars*.
pub(crate) fn amount(amount: &Amount) -> Option<String> {
    let approx = match amount.approx {
        None => "",
        Some(Approx::About) => "about ",
        Some(Approx::UpTo) => "up to ",
        Some(Approx::AtLeast) => "at least ",
        Some(Approx::MoreThan) => "more than ",
        Some(Approx::LessThan) => "less than ",
    };
    let value = number(amount.value?);
    Some(match amount.kind {
        AmountKind::Percent => format!("{approx}{value} %"),
        AmountKind::Money => {
            let currency = amount.currency.as_deref().unwrap_or("(currency not said)");
            format!("{approx}{value} {currency}")
        }
        // the counted noun is a word of the text's own language: shown with the passage
        AmountKind::Count | AmountKind::Ordinal => format!("{approx}{value}"),
    })
}

/// *1.5 billion*, *600,000*.
fn number(quantity: Quantity) -> String {
    const SCALES: [(i64, &str); 3] = [
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
    ];
    let Quantity(thousandths) = quantity;
    for (scale, name) in SCALES {
        // at most three decimals, or the number is written out
        if thousandths >= scale * 1000 && thousandths % scale == 0 {
            return format!("{} {name}", Quantity(thousandths / scale));
        }
    }
    grouped(&quantity.to_string())
}

/// `600000` as `600,000`.
fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0
            && (whole.len() - at).is_multiple_of(3)
            && digit.is_ascii_digit()
            && !out.ends_with('-')
        {
            out.push(',');
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_words() {
        let check = |value: &str, expect: &str| {
            assert_eq!(when(value).unwrap_or_default(), expect, "{value}");
        };
        check("2025-08-15", "on 15 August 2025");
        check("2025-10", "in October 2025");
        check("2022", "in 2022");
        check("198X", "in the 1980s");
        check("2025-W48", "in week 48 of 2025");
        check("1950/1953", "between 1950 and 1953");
        check("PAST_REF", "");
        check("2025-13", "");
        check("202é", "");
        check("", "");
    }

    #[test]
    fn durations_in_words() {
        let check = |value: &str, expect: &str| {
            assert_eq!(duration(value).unwrap_or_default(), expect, "{value}");
        };
        check("P6M", "6 months");
        check("P1Y", "1 year");
        check("PT3H", "3 hours");
        check("PXW", "some weeks");
        check("PXDE", "");
        check("P", "");
    }

    #[test]
    fn numbers_in_words() {
        let check = |units: i64, expect: &str| {
            assert_eq!(number(Quantity::from_units(units).unwrap()), expect);
        };
        check(300_000_000_000, "300 billion");
        check(1_500_000_000, "1.5 billion");
        check(2_000_000_000_000, "2 trillion");
        check(600_000, "600,000");
        check(1_234_567, "1,234,567");
        check(28, "28");
        check(-1234, "-1,234");
        assert_eq!(number(Quantity(9_900)), "9.9");
    }
}
