//! Times and amounts as the three languages write them; all published on Wednesday 5 March 2025.

use madar_text::{Day, Published, PublishedBasis, Stamp};

use crate::attribution::tests::{document, kit};

/// The times of a text, each as `words=value`.
fn times(text: &str) -> Vec<String> {
    let mut document = document(&[text]);
    let stamp = Stamp {
        day: Day::new(2025, 3, 5),
        second: None,
    };
    let basis = PublishedBasis::Given;
    document.meta.published = Some(Published { stamp, basis });
    let reading = crate::read(&document, kit());
    let shown = |t: &crate::Time| format!("{}={}", t.span.of(&document.text), t.value);
    reading.times.iter().map(shown).collect()
}

fn check(text: &str, expect: &[&str]) {
    assert_eq!(times(text), expect, "{text}");
}

#[test]
fn dates_and_their_parts() {
    check(
        "وقع العقد في أواخر يوليو الماضي.",
        &["أواخر يوليو الماضي=2024-07"],
    );
    check(
        "زار الميناء يوم السبت 1 مارس 2025.",
        &["يوم السبت 1 مارس 2025=2025-03-01"],
    );
    check(
        "بيع المصنع في تشرين الأول 2024.",
        &["تشرين الأول 2024=2024-10"],
    );
    check(
        "في ١٥ أغسطس ٢٠٢٤ غادر المدينة.",
        &["١٥ أغسطس ٢٠٢٤=2024-08-15"],
    );
    check(
        "تأسست الشركة في ثمانينيات القرن الماضي.",
        &["ثمانينيات القرن الماضي=198X"],
    );
    check(
        "The plant closed on Jan. 14 and reopened in mid-February.",
        &["Jan. 14=2025-01-14", "mid-February=2025-02"],
    );
    check("She met Prime Minister Theresa May in London.", &[]);
    check(
        "Profit fell in the first half of 2024.",
        &["first half of 2024=2024-H1"],
    );
    check(
        "Завод построен в конце 1990-х годов.",
        &["конце 1990-х годов=199X"],
    );
    check(
        "В феврале прошлого года порт продали.",
        &["феврале прошлого года=2024-02"],
    );
    check(
        "Договор подписан 5 марта 2024 г. в Москве.",
        &["5 марта 2024 г.=2024-03-05"],
    );
    check(
        "Завод открыли 31 октября 2019г. в Омске.",
        &["31 октября 2019г.=2019-10-31"],
    );
    check(
        "С 2003 по 2007 год порт строили.",
        &["С 2003 по 2007 год=2003/2007"],
    );
    check(
        "She ran the port from 2003 to 2007.",
        &["from 2003 to 2007=2003/2007"],
    );
    check("31-летний моряк спасся.", &["31-летний=P31Y"]);
    check(
        "Война 1950-53 гг. разделила страну.",
        &["1950-53 гг.=1950/1953"],
    );
}

#[test]
fn parts_of_years_beside_their_year() {
    check(
        "Sales for this year's third quarter fell.",
        &["this year's third quarter=2025-Q3"],
    );
    check(
        "A charge in the 2023 second quarter hurt.",
        &["2023 second quarter=2023-Q2"],
    );
    check(
        "It earned more in the year-ago fourth quarter.",
        &["year-ago fourth quarter=2024-Q4"],
    );
    check(
        "Profit fell from the year-earlier quarter.",
        &["year-earlier quarter=2023-Q4"],
    );
    // the one that has begun, not the one of a year ago
    check("First-quarter sales are slow.", &["First-quarter=2025-Q1"]);
    check("Third-quarter sales were slow.", &["Third-quarter=2024-Q3"]);
}

#[test]
fn a_day_just_ahead_is_not_of_last_year() {
    check("A dividend is payable April 2.", &["April 2=2025-04-02"]);
    check("They met on December 2.", &["December 2=2024-12-02"]);
    check("Срок истекает 20 марта.", &["20 марта=2025-03-20"]);
    check("ينتهي العقد في 20 مارس.", &["20 مارس=2025-03-20"]);
}

#[test]
fn what_is_told_by_units() {
    check("اجتمعا قبل ثلاثة أشهر.", &["قبل ثلاثة أشهر=2024-12"]);
    check(
        "ارتفعت الأسعار خلال السنوات الخمس الماضية.",
        &["السنوات الخمس الماضية=P5Y"],
    );
    check("سجن لمدة شهر.", &["شهر=P1M"]);
    check(
        "The talks went on for two weeks last month.",
        &["two weeks=P2W", "last month=2025-02"],
    );
    check(
        "It has grown over the past five years.",
        &["past five years=P5Y"],
    );
    check(
        "В прошлом году он работал там шесть месяцев.",
        &["прошлом году=2024", "шесть месяцев=P6M"],
    );
    check("В 2016 году компания разорилась.", &["2016 году=2016"]);
    check(
        "Они встречаются каждые две недели.",
        &["каждые две недели=P2W"],
    );
}

#[test]
fn news_looks_back_unless_it_says_otherwise() {
    check("The minister resigned on Tuesday.", &["Tuesday=2025-03-04"]);
    check(
        "The ministers will meet on Tuesday.",
        &["Tuesday=2025-03-11"],
    );
    check("Суд состоялся в понедельник.", &["понедельник=2025-03-03"]);
    check("Выборы пройдут в мае.", &["мае=2025-05"]);
    check("انتخب في نوفمبر.", &["نوفمبر=2024-11"]);
}

/// The amounts of a text, each as `words=value currency`.
fn amounts(text: &str) -> Vec<String> {
    let document = document(&[text]);
    let reading = crate::read(&document, kit());
    let shown = |a: &crate::Amount| {
        let value = a.value.map_or_else(|| "?".to_owned(), |v| v.to_string());
        let currency = a
            .currency
            .as_deref()
            .map_or_else(String::new, |c| format!(" {c}"));
        format!("{}={value}{currency}", a.span.of(&document.text))
    };
    reading.amounts.iter().map(shown).collect()
}

#[test]
fn sums_counts_and_ordinals() {
    for (text, expect) in [
        (
            "دفعت الشركة تريليوني دولار.",
            "تريليوني دولار=2000000000000 USD",
        ),
        ("تملك نحو 40 بالمئة من الأسهم.", "40 بالمئة=40"),
        ("اشترت خمسة وعشرين مصنعا هناك.", "خمسة وعشرين مصنعا=25"),
        (
            "بلغت الغرامة 1.5 مليار درهم مغربي.",
            "1.5 مليار درهم مغربي=1500000000 MAD",
        ),
        ("كانت زيارته السادسة إلى الميناء.", "السادسة=6"),
        ("It paid $2bn for the stake.", "$2bn=2000000000 USD"),
        ("The fine was €3.1billion.", "€3.1billion=3100000000 EUR"),
        ("Fifty-eight percent agreed.", "Fifty-eight percent=58"),
        (
            "Tariffs of five to ten per cent are planned.",
            "five to ten per cent=5",
        ),
        (
            "Losses ran to billions of dollars.",
            "billions of dollars=? USD",
        ),
        (
            "Завод стоил 3,1 млрд. евро.",
            "3,1 млрд. евро=3100000000 EUR",
        ),
        (
            "Штраф составил двести пятьдесят тысяч рублей.",
            "двести пятьдесят тысяч рублей=250000 RUB",
        ),
        ("На площадь вышла 25-тысячная толпа.", "25-тысячная=25000"),
    ] {
        assert_eq!(amounts(text), [expect], "{text}");
    }
}
