//! Times and amounts in plain words: *on 15 August 2025*, *about 300 billion USD*.

use madar_read::{Amount, AmountKind, Approx, Quantity};

use crate::tongue::Tongue;

/// A TIMEX3 value with its preposition; `None` where it says no more than *at some time*.
pub(crate) fn when(value: &str, tongue: Tongue) -> Option<String> {
    if let Some((from, to)) = value.split_once('/') {
        let (from, to) = (date(from, tongue)?, date(to, tongue)?);
        return Some(tongue.fill("date", "between", &[("from", &from), ("to", &to)]));
    }
    let at = if value.len() == "2025-08-15".len() {
        "at_day"
    } else {
        "at_other"
    };
    Some(tongue.fill("date", at, &[("date", &date(value, tongue)?)]))
}

/// A date without preposition.
fn date(value: &str, tongue: Tongue) -> Option<String> {
    let parts: Vec<&str> = value.split('-').collect();
    let year = *parts.first()?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if year.len() == 4 && year.ends_with('X') && digits(&year[..3]) {
        let year = format!("{}0", &year[..3]);
        return Some(tongue.fill("date", "decade", &[("year", &year)]));
    }
    if year.len() != 4 || !digits(year) {
        return None;
    }
    match parts[1..] {
        [] => Some(tongue.fill("date", "year", &[("year", year)])),
        [week] if week.starts_with('W') => {
            let number: u8 = week[1..].parse().ok()?;
            let week = number.to_string();
            Some(tongue.fill("date", "week", &[("week", &week), ("year", year)]))
        }
        [month] => {
            let month = month_name(month, "months", tongue)?;
            Some(tongue.fill("date", "month", &[("month", month), ("year", year)]))
        }
        [month, day] => {
            let day: u8 = day.get(..2)?.parse().ok()?;
            let month = month_name(month, "months_of", tongue)?;
            let with = [("day", &*day.to_string()), ("month", month), ("year", year)];
            Some(tongue.fill("date", "day", &with))
        }
        _ => None,
    }
}

fn month_name(month: &str, form: &str, tongue: Tongue) -> Option<&'static str> {
    let number: usize = month.parse().ok()?;
    let names = tongue.list("date", form);
    names.get(number.checked_sub(1)?).map(String::as_str)
}

/// `P6M` as *6 months*.
pub(crate) fn duration(value: &str, tongue: Tongue) -> Option<String> {
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
    if number == "X" {
        return Some(tongue.say("some", unit).to_owned());
    }
    if let Ok(whole) = number.parse::<usize>() {
        return Some(tongue.count(whole, unit));
    }
    let fraction = number.parse::<f64>().is_ok();
    fraction.then(|| tongue.fraction(number, unit))
}

/// *about 300 billion USD*, *9.9 %*, *12 tankers*; `None` for *billions of dollars*.
pub(crate) fn amount(amount: &Amount, tongue: Tongue) -> Option<String> {
    let value = number(amount.value?, tongue);
    let told = match amount.kind {
        AmountKind::Percent => tongue.fill("number", "percent", &[("n", &value)]),
        AmountKind::Money => {
            let code = amount.currency.as_deref();
            let none = || tongue.say("number", "no_currency");
            let currency = code.map_or_else(none, |code| tongue.say("currency", code));
            tongue.fill("number", "money", &[("n", &value), ("currency", currency)])
        }
        // the counted noun is a word of the text's own language: shown with the passage
        AmountKind::Count | AmountKind::Ordinal => value,
    };
    let key = match amount.approx {
        None => return Some(told),
        Some(Approx::About) => "about",
        Some(Approx::UpTo) => "up_to",
        Some(Approx::AtLeast) => "at_least",
        Some(Approx::MoreThan) => "more_than",
        Some(Approx::LessThan) => "less_than",
    };
    Some(tongue.fill("number", key, &[("n", &told)]))
}

/// *1.5 billion*, *600,000*.
fn number(quantity: Quantity, tongue: Tongue) -> String {
    const SCALES: [(i64, &str); 3] = [
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
    ];
    let Quantity(thousandths) = quantity;
    for (scale, name) in SCALES {
        // at most three decimals, or the number is written out
        if thousandths >= scale * 1000 && thousandths % scale == 0 {
            let value = grouped(&Quantity(thousandths / scale).to_string(), tongue);
            return tongue.fill("number", name, &[("n", &value)]);
        }
    }
    grouped(&quantity.to_string(), tongue)
}

/// `600000` as `600,000`.
fn grouped(number: &str, tongue: Tongue) -> String {
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0
            && (whole.len() - at).is_multiple_of(3)
            && digit.is_ascii_digit()
            && !out.ends_with('-')
        {
            out.push_str(tongue.say("number", "group"));
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push_str(tongue.say("number", "decimal"));
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
            assert_eq!(
                when(value, Tongue::En).unwrap_or_default(),
                expect,
                "{value}"
            );
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
        let in_tongue = |tongue| when("2025-08-06", tongue).unwrap_or_default();
        assert_eq!(in_tongue(Tongue::Ar), "6 أغسطس 2025");
        assert_eq!(in_tongue(Tongue::Ru), "6 августа 2025");
        assert_eq!(when("2025-08", Tongue::Ru).as_deref(), Some("август 2025"));
    }

    #[test]
    fn durations_in_words() {
        let check = |value: &str, expect: &str| {
            assert_eq!(
                duration(value, Tongue::En).unwrap_or_default(),
                expect,
                "{value}"
            );
        };
        check("P6M", "6 months");
        check("P1Y", "1 year");
        check("PT3H", "3 hours");
        check("PXW", "some weeks");
        check("PXDE", "");
        check("P", "");
        check("P1.5Y", "1.5 years");
        assert_eq!(duration("PT3H", Tongue::Ar).as_deref(), Some("3 ساعات"));
    }

    #[test]
    fn numbers_in_words() {
        let check = |units: i64, expect: &str| {
            assert_eq!(
                number(Quantity::from_units(units).unwrap(), Tongue::En),
                expect
            );
        };
        check(300_000_000_000, "300 billion");
        check(1_500_000_000, "1.5 billion");
        check(2_000_000_000_000, "2 trillion");
        check(600_000, "600,000");
        check(1_234_567, "1,234,567");
        check(28, "28");
        check(-1234, "-1,234");
        assert_eq!(number(Quantity(9_900), Tongue::En), "9.9");
        assert_eq!(number(Quantity(9_900), Tongue::Ru), "9,9");
        let thousands = Quantity::from_units(600_000).unwrap();
        assert_eq!(number(thousands, Tongue::Ru), "600\u{a0}000");
    }
}
