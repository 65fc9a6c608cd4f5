//! What names must be taken for one, what names must not, in three scripts; and the laws.

use madar_names::{
    Against, Index, Name, NameKind, SAME, Score, Wanted, compare, score, score_from, weighed_from,
};
use proptest::prelude::*;

fn person(text: &str) -> Name {
    Name::new(text, NameKind::Person)
}

fn organisation(text: &str) -> Name {
    Name::new(text, NameKind::Organisation)
}

/// Every two of the names score at least `least`.
fn check(kind: NameKind, least: f64, names: &[&str]) {
    for a in names {
        for b in names {
            let likeness = compare(&Name::new(a, kind), &Name::new(b, kind));
            assert!(
                likeness.score().as_f64() >= least,
                "{a} / {b}: {}",
                likeness.explain()
            );
        }
    }
}

/// The names score at most `most`.
fn check_apart(kind: NameKind, most: f64, a: &str, b: &str) {
    let likeness = compare(&Name::new(a, kind), &Name::new(b, kind));
    assert!(
        likeness.score().as_f64() <= most,
        "{a} / {b}: {}",
        likeness.explain()
    );
}

#[test]
fn one_person_in_three_scripts() {
    let check = |least, names: &[&str]| check(NameKind::Person, least, names);
    check(
        0.85,
        &["كيريل ديميترييف", "Кирилл Дмитриев", "Kirill Dmitriev"],
    );
    check(
        0.80,
        &[
            "معمر القذافي",
            "Muammar Gaddafi",
            "Moammar Kadhafi",
            "Муаммар Каддафи",
        ],
    );
    check(0.80, &["ستيف ويتكوف", "Стив Уиткофф", "Steve Witkoff"]);
    check(
        0.75,
        &[
            "جينادي تيمتشينكو",
            "غينادي تيمشينكو",
            "Геннадий Тимченко",
            "Gennady Timchenko",
        ],
    );
    check(
        0.80,
        &[
            "فلاديمير بوتين",
            "Владимир Путин",
            "Vladimir Putin",
            "Wladimir Putin",
            "Vladimir Poutine",
        ],
    );
    check(
        0.80,
        &[
            "بشار الأسد",
            "Башар аль-Асад",
            "Bashar al-Assad",
            "Bachar el-Assad",
        ],
    );
    check(
        0.80,
        &[
            "عبد الفتاح السيسي",
            "Абдель Фаттах ас-Сиси",
            "Abdel Fattah el-Sisi",
        ],
    );
    check(0.80, &["جاريد كوشنر", "Джаред Кушнер", "Jared Kushner"]);
    check(0.80, &["دونالد ترامب", "Дональд Трамп", "Donald Trump"]);
    check(
        0.75,
        &[
            "سيرغي لافروف",
            "Сергей Лавров",
            "Sergei Lavrov",
            "Sergey Lavrov",
        ],
    );
    check(
        0.80,
        &[
            "ألكسندر نوفاك",
            "Александр Новак",
            "Alexander Novak",
            "Aleksandr Novak",
        ],
    );
    check(
        0.80,
        &[
            "محمد بن سلمان",
            "Мухаммед бин Салман",
            "Mohammed bin Salman",
        ],
    );
}

/// A title with its article at the end of a name is a family's.
#[test]
fn families_that_are_called_by_a_title() {
    let one = |names: &[&str]| check(NameKind::Person, 0.85, names);
    one(&["حسين الشيخ", "Hussein al-Sheikh", "Хусейн аш-Шейх"]);
    one(&[
        "سامي الحاج",
        "Sami al-Haj",
        "Сами аль-Хадж",
        "الشيخ سامي الحاج",
    ]);
    one(&["أحمد السيد", "Ahmed al-Sayed"]);
    one(&["وليد المهندس", "Walid al-Mohandes"]);
    check_apart(NameKind::Person, 0.5, "سامي الحاج", "سامي الخوري");
    check_apart(NameKind::Person, 0.5, "Hussein al-Sheikh", "الشيخ حسين");
}

#[test]
fn one_organisation_in_three_scripts() {
    let check = |least, names: &[&str]| check(NameKind::Organisation, least, names);
    check(0.75, &["لوك أويل", "Лукойл", "Lukoil", "ПАО «Лукойл»"]);
    check(0.75, &["وول ستريت جورنال", "The Wall Street Journal"]);
    check(
        0.75,
        &["إكسون موبيل", "ExxonMobil", "Exxon Mobil", "ЭксонМобил"],
    );
    check(0.75, &["روسنفت", "Роснефть", "Rosneft"]);
    check(0.75, &["أورينت كواي القابضة", "Orient Quay Holding"]);
    check(0.75, &["غازبروم", "Газпром", "Gazprom"]);
    check(
        0.90,
        &[
            "Gazprom",
            "Группа «Газпром»",
            "Gazprom Company",
            "مجموعة غازبروم",
        ],
    );
    check(0.75, &["HSBC Holdings p.l.c.", "HSBC Holdings plc"]);
    check(
        0.75,
        &["Саратовский авиационный завод", "Saratov Aircraft Plant"],
    );
    check(0.75, &["АО «НПО РусБИТех»", "RusBITech JSC"]);
    check(0.75, &["بنك روسيا", "Банк «Россия»", "Bank Rossiya"]);
    check(
        0.75,
        &[
            "وزارة الدفاع الروسية",
            "Министерство обороны России",
            "Russian Ministry of Defence",
        ],
    );
}

#[test]
fn different_people() {
    let apart = |most, a, b| check_apart(NameKind::Person, most, a, b);
    apart(0.50, "Kirill Dmitriev", "Dmitri Kirillov");
    apart(0.50, "Mikhail Timchenko", "Gennady Timchenko");
    apart(0.50, "Геннадий Тимченко", "Ксения Тимченко");
    apart(0.50, "حافظ الأسد", "بشار الأسد");
    apart(0.50, "Hafez al-Assad", "بشار الأسد");
    apart(0.50, "Steve Witkoff", "Alex Witkoff");
    apart(0.50, "Donald Trump", "Melania Trump");
    apart(0.50, "Сергей Иванов", "Сергей Лавров");
    apart(0.65, "Timchenko", "Gennady Timchenko");
    apart(0.65, "Сергей Викторович Лавров", "Сергей Борисович Лавров");
    apart(0.69, "Salman bin Muhammad al-Rawi", "محمد بن سلمان الراوي");
    apart(
        0.69,
        "Salman bin Muhammad al-Rawi",
        "Muhammad bin Salman al-Rawi",
    );
    apart(0.69, "Alexander Lukashevich", "Виктор Лукашенко");
}

#[test]
fn different_organisations() {
    let apart = |most, a, b| check_apart(NameKind::Organisation, most, a, b);
    apart(0.69, "Ministry of Defence", "Министерство финансов");
    apart(0.69, "11420 Corp", "Belletech Corp");
    apart(0.69, "Bank Rossiya", "Bank Melli");
    apart(0.69, "Завод 217", "Завод 405");
    apart(0.69, "Management Company 23", "Management Company");
    apart(0.69, "Gazprom Bank", "Газпром нефть");
    apart(0.69, "Gazprom", "Газпром нефть");
    apart(0.69, "Gazprom", "Gazprom Bank");
    apart(0.69, "Rosneft", "Rosneft Aero");
}

#[test]
fn forms_of_given_names() {
    check(
        NameKind::Person,
        0.80,
        &["Dima Medvedev", "Дмитрий Медведев"],
    );
    check(NameKind::Person, 0.80, &["Bob Menendez", "Robert Menendez"]);
    check(
        NameKind::Person,
        0.70,
        &["G. Timchenko", "Геннадий Тимченко"],
    );
}

#[test]
fn patronymics_are_missed_less_than_given_names() {
    let full = person("Геннадий Николаевич Тимченко");
    let no_patronymic = score(&full, &person("Gennady Timchenko"));
    let no_given = score(&full, &person("Timchenko"));
    assert!(no_patronymic >= SAME && no_given < SAME && no_given > Score::ZERO);
}

#[test]
fn an_acronym_is_likely() {
    check(
        NameKind::Organisation,
        0.70,
        &["WSJ", "The Wall Street Journal"],
    );
    check(
        NameKind::Organisation,
        0.70,
        &["РФПИ", "Российский фонд прямых инвестиций"],
    );
}

#[test]
fn the_index_finds_across_scripts() {
    let mut index = Index::new();
    let filed = [
        "Кирилл Дмитриев",
        "Steve Witkoff",
        "بشار الأسد",
        "Геннадий Тимченко",
    ];
    for (number, name) in filed.iter().enumerate() {
        index.insert(&person(name), number);
    }
    let asked = [
        "كيريل ديميترييف",
        "ويتكوف",
        "Bashar al-Assad",
        "Gennadi Timtchenko",
    ];
    for (number, name) in asked.iter().enumerate() {
        assert_eq!(
            index.candidates(&person(name)).first(),
            Some(&number),
            "{name}"
        );
    }
}

#[test]
fn people_are_sought_among_people() {
    let mut index = Index::new();
    index.insert(&person("Orient Quay"), 1);
    index.insert(&organisation("Orient Quay"), 2);
    assert_eq!(index.candidates(&person("Orient Quay")), [1]);
    assert_eq!(index.candidates(&organisation("Orient Quay")), [2]);
}

#[test]
fn the_index_finds_what_is_joined_or_has_an_article_written_on() {
    let mut index = Index::new();
    let filed = [
        "OrientQuay Shipping",
        "Almahdi Aluminium Co.",
        "Orient Shipping",
    ];
    for (number, name) in filed.iter().enumerate() {
        index.insert(&organisation(name), number);
    }
    assert!(
        index
            .candidates(&organisation("Orient Quay Shipping"))
            .contains(&0)
    );
    assert!(
        index
            .candidates(&organisation("Al Mahdi Aluminium Company"))
            .contains(&1)
    );
}

#[test]
fn hostile_names_are_bounded() {
    let long = "а".repeat(100_000);
    let many = "Ali ".repeat(20_000);
    let marks = format!("A{}", "\u{301}".repeat(50_000));
    for text in [&long, &many, &marks] {
        let name = person(text);
        assert!(name.parts().len() <= 64);
        assert!(name.keys().len() <= 400);
        assert_eq!(compare(&name, &name).score(), Score::ONE);
    }
}

#[test]
fn hostile_names_take_bounded_time() {
    let texts = [
        "x".repeat(10_000),
        "Мухаммед-".repeat(2_000),
        "al ".repeat(2_000),
        "محمد عبد ".repeat(1_000),
        "Bank of Oil and Gas, ".repeat(400),
        (0..2_000).map(|n| format!("part{n} ")).collect(),
        "e\u{301}\u{302}\u{303}".repeat(3_000),
        "ﷺ".repeat(10_000),
    ];
    let started = std::time::Instant::now();
    for kind in [NameKind::Person, NameKind::Organisation] {
        let names: Vec<Name> = texts.iter().map(|text| Name::new(text, kind)).collect();
        let mut index = Index::new();
        for (number, name) in names.iter().enumerate() {
            index.insert(name, number);
        }
        for name in &names {
            assert!(index.candidates(name).len() <= 160);
            for other in &names {
                let _ = (score(name, other), compare(name, other).explain());
            }
        }
    }
    // some hundred names and comparisons of the worst sort: a tenth of a second, on a machine at work a second
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn scores_differ_near_the_top() {
    let written = person("Кирилл Дмитриев");
    let same = score(&written, &written);
    let capitals = score(&written, &person("КИРИЛЛ ДМИТРИЕВ"));
    let turned = score(&written, &person("Дмитриев Кирилл Ал."));
    assert!(
        same > capitals && capitals > turned,
        "{same:?} {capitals:?} {turned:?}"
    );
}

/// Words that names share, so that parts agree, contradict and join as they do in life.
const WORDS: &str = "((al-|abu |ooo |bank |oil )?(Muhammad|Ahmad|Ali|Sergei|Ivanov|Ivanova|Petrovich|Orient|Quay|OrientQuay|Нур|Дин|Нурдин|Иван|محمد|الأحمد|نور الدين|O\\.|OQ|217) ?){1,5}";

const LETTERS: &str = "[a-zA-Zà-ž а-яА-ЯёЁء-يپچگک0-9,.'’ -]{0,60}";

proptest! {
    #[test]
    fn likeness_is_symmetric(a in LETTERS, b in LETTERS) {
        for kind in [NameKind::Person, NameKind::Organisation, NameKind::Other] {
            let (a, b) = (Name::new(&a, kind), Name::new(&b, kind));
            prop_assert_eq!(compare(&a, &b).score(), compare(&b, &a).score());
            prop_assert_eq!(compare(&a, &b).score(), score(&a, &b));
        }
    }

    #[test]
    fn leaving_early_changes_no_score(a in LETTERS, b in LETTERS, bar in 0u32..=10_000) {
        let bar = Score::from_ten_thousandths(bar);
        for kind in [NameKind::Person, NameKind::Organisation] {
            let (a, b) = (Name::new(&a, kind), Name::new(&b, kind));
            let full = Some(score(&a, &b)).filter(|score| *score >= bar);
            prop_assert_eq!(score_from(&a, &b, bar), full);
        }
    }

    #[test]
    fn leaving_early_changes_no_score_of_likely_names(a in WORDS, b in WORDS, bar in 5_000u32..=9_500) {
        let bar = Score::from_ten_thousandths(bar);
        for kind in [NameKind::Person, NameKind::Organisation] {
            let (a, b) = (Name::new(&a, kind), Name::new(&b, kind));
            let full = Some(score(&a, &b)).filter(|score| *score >= bar);
            prop_assert_eq!(score_from(&a, &b, bar), full);
        }
    }

    #[test]
    fn leaving_early_changes_nothing_that_is_wanted(
        a in WORDS,
        b in WORDS,
        bar in 5_000u32..=9_500,
        evidence in 0u32..=250,
        or_whole in any::<bool>(),
    ) {
        let wanted = Wanted { score: Score::from_ten_thousandths(bar), evidence, or_whole };
        for kind in [NameKind::Person, NameKind::Organisation] {
            let (a, b) = (Name::new(&a, kind), Name::new(&b, kind));
            let full = weighed_from(&a, &b, &Score::ZERO.into()).filter(|found| {
                let tells = found.evidence >= evidence || (or_whole && found.is_whole);
                found.score >= wanted.score && tells
            });
            prop_assert_eq!(weighed_from(&a, &b, &wanted), full);
        }
    }

    #[test]
    fn what_is_known_of_parts_changes_nothing(
        asked in WORDS,
        others in proptest::collection::vec(WORDS, 1..12),
        bar in 5_000u32..=9_500,
    ) {
        let wanted = Wanted::from(Score::from_ten_thousandths(bar));
        for kind in [NameKind::Person, NameKind::Organisation] {
            let asked = Name::new(&asked, kind);
            let others: Vec<Name> = others.iter().map(|text| Name::new(text, kind)).collect();
            let mut against = Against::new(&asked);
            let found: Vec<_> = others.iter().map(|other| against.weighed(other, &wanted)).collect();
            let one_by_one: Vec<_> =
                others.iter().map(|other| weighed_from(&asked, other, &wanted)).collect();
            prop_assert_eq!(found, one_by_one);
        }
    }

    #[test]
    fn a_name_is_itself(a in "\\PC{0,40}") {
        prop_assert_eq!(compare(&person(&a), &person(&a)).score(), Score::ONE);
        prop_assert_eq!(compare(&organisation(&a), &organisation(&a)).score(), Score::ONE);
    }

    #[test]
    fn no_input_panics(a in "\\PC{0,80}", b in any::<String>()) {
        let (a, b) = (organisation(&a), person(&b));
        let _ = (compare(&a, &b).explain(), a.keys(), b.keys());
        let _ = (madar_names::romanise(a.text()), madar_names::abbreviates(a.text(), b.text()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn hostile_strings_are_bounded(
        unit in "[a-zа-яء-ي0-9 .,'-]{1,6}|[a-z]\u{301}{1,40}|\\PC{1,4}",
        times in 1_000usize..4_000,
        other in "\\PC{0,40}",
    ) {
        let text = unit.repeat(times);
        for kind in [NameKind::Person, NameKind::Organisation, NameKind::Other] {
            let (name, other) = (Name::new(&text, kind), Name::new(&other, kind));
            prop_assert!(name.parts().len() <= 64);
            prop_assert!(name.keys().len() <= 700);
            prop_assert_eq!(score(&name, &other), score(&other, &name));
            prop_assert_eq!(score(&name, &name), Score::ONE);
        }
    }
}
