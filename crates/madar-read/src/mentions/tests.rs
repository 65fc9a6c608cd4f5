//! Names and their kinds in sentences of our own; all names are invented.

use std::sync::LazyLock;

use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span};

use super::Found;
use crate::reading::{EntityKind, MentionForm};
use crate::words::{Sentence, words};
use crate::{Kit, Mention, read};

static KIT: LazyLock<Kit> = LazyLock::new(Kit::bundled);

fn document(lang: Lang, text: &str) -> Document {
    let block = Block {
        span: Span::from_range(0..text.len()),
        kind: BlockKind::Paragraph,
        lang,
        repeats: false,
    };
    Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text: text.to_owned(),
        blocks: vec![block],
        places: Vec::new(),
        warnings: Vec::new(),
    }
}

fn names(lang: Lang, text: &str) -> Vec<(String, &'static str)> {
    let reading = read(&document(lang, text), &KIT);
    let named = reading
        .mentions
        .iter()
        .filter(|m| m.form != MentionForm::Description);
    named
        .map(|m| (m.span.of(text).to_owned(), m.kind.name()))
        .collect()
}

fn check(lang: Lang, text: &str, name: &str, kind: &str) {
    let found = names(lang, text);
    assert!(
        found.iter().any(|(n, k)| n == name && *k == kind),
        "{name} as {kind} in {text:?}: {found:?}"
    );
}

#[test]
fn a_company_is_no_person() {
    let text = "Talbot Marine, a shipping company based in Oslo, sold two tankers. Talbot declined to comment.";
    check(Lang::En, text, "Talbot Marine", "Company");
    check(Lang::En, text, "Talbot", "Company");
    check(
        Lang::Ar,
        "اشترت شركة \"دلمار كابيتال\" حصة في المصنع.",
        "دلمار كابيتال",
        "Company",
    );
    check(
        Lang::Ru,
        "Компания «Норвик Газ» закрыла офис, сообщил Антон Белов.",
        "Норвик Газ",
        "Company",
    );
}

#[test]
fn a_person_stays_a_person_beside_a_company() {
    let arabic = "وقال رئيس مجلس إدارة الشركة مايكل بارنهارت إن الصفقة انتهت.";
    check(Lang::Ar, arabic, "مايكل بارنهارت", "Person");
    let text =
        "Peter Hollis, the company's chairman, resigned on Monday. Hollis, 61, had owned 4% of it.";
    check(Lang::En, text, "Peter Hollis", "Person");
    check(Lang::En, text, "Hollis", "Person");
}

/// Names as a model may take them, a run of words each.
fn people(sentences: &[Sentence], text: &str, names: &[&str]) -> Vec<Vec<Found>> {
    let within = |sentence: &Sentence| {
        let mut out = Vec::new();
        for name in names {
            let count = name.split(' ').count();
            for from in 0..=sentence.words.len().saturating_sub(count) {
                let run = &sentence.words[from..from + count];
                let whole = run[0].host.to(run[count - 1].span);
                if whole.of(text) == *name {
                    let (to, kind) = (from + count, EntityKind::Person);
                    out.push(Found {
                        from,
                        to,
                        kind,
                        listed: None,
                        repeated: false,
                    });
                }
            }
        }
        out
    };
    sentences.iter().map(within).collect()
}

#[test]
fn a_word_that_a_model_took_into_a_name_is_no_part_of_it() {
    let text = "وصل نيل هارمون إلى عمان. دون هارمون ملاحظاته. استطاع هارمون اغتنام الفرصة. قال هارمون إنه سعيد.";
    let sentences = words(&document(Lang::Ar, text), &KIT);
    let names = ["نيل هارمون", "دون هارمون", "هارمون اغتنام"];
    let mut found = people(&sentences, text, &names);
    found[3] = people(&sentences[3..], text, &["هارمون"]).remove(0);
    super::without_strays(&sentences, &mut found, &KIT);
    let shown: Vec<&str> = sentences
        .iter()
        .zip(&found)
        .map(|(s, names)| {
            let run = &s.words[names[0].from..names[0].to];
            run[0].host.to(run[run.len() - 1].span).of(text)
        })
        .collect();
    assert_eq!(shown, ["نيل هارمون", "هارمون", "هارمون", "هارمون"]);
}

/// What a model takes for a title with a name ends before the name, unless it governs it.
#[test]
fn a_title_ends_before_the_name_of_who_bears_it() {
    let described = |text: &str, title: &str| -> Vec<String> {
        let document = document(Lang::Ar, text);
        let sentences = words(&document, &KIT);
        let person = EntityKind::ALL
            .iter()
            .position(|k| *k == EntityKind::Person);
        let begin = 1 + 2 * person.expect("all kinds are listed");
        let first = sentences[0]
            .words
            .iter()
            .position(|w| w.span.of(text) == "رئيس");
        let first = first.or(sentences[0]
            .words
            .iter()
            .position(|w| w.span.of(text) == "شقيق"));
        let mut labels = vec![0; sentences[0].words.len()];
        let first = first.expect("the title stands there");
        let count = title.split(' ').count();
        labels[first..first + count].fill(begin + 1);
        labels[first] = begin;
        let name = Mention {
            span: Span::from_range(
                text.find("نيل").unwrap()..text.find("هارمون").unwrap() + "هارمون".len(),
            ),
            kind: EntityKind::Person,
            form: MentionForm::Name,
            lang: Lang::Ar,
            name: "نيل هارمون".to_owned(),
            listed: None,
            of: None,
            noun: None,
        };
        let found =
            super::unlisted::descriptions(&document, &sentences[0], &labels, &[name], &[], &KIT);
        found.into_iter().map(|m| m.name).collect()
    };
    let text = "استقال رئيس مجلس إدارة الشركة نيل هارمون أمس.";
    assert_eq!(
        described(text, "رئيس مجلس إدارة الشركة نيل هارمون"),
        ["رئيس مجلس إدارة الشركة"]
    );
    let text = "استقال شقيق نيل هارمون أمس.";
    assert_eq!(described(text, "شقيق نيل هارمون"), ["شقيق نيل هارمون"]);
}

#[test]
fn the_document_tells_what_is_a_proclitic() {
    let text = "التقى الوزير مايكل بارنهارت في لندن. وقال بارنهارت إن الزيارة ناجحة. وأكد المتحدث لبارنهارت ذلك.";
    let found = names(Lang::Ar, text);
    let alone = found.iter().filter(|(n, _)| n == "بارنهارت").count();
    assert_eq!(alone, 2, "{found:?}");
}

#[test]
fn bodies_hold_other_bodies_in_their_names() {
    let text = "He spoke to the U.N. Security Council on Friday.";
    check(Lang::En, text, "U.N.", "PublicBody");
    check(Lang::En, text, "U.N. Security Council", "PublicBody");
}

#[test]
fn an_article_goes_on_with_the_name() {
    let text = "Министр Фарес аш-Шаммари принял в Аммане Тарика ад-Дулейми.";
    check(Lang::Ru, text, "Фарес аш-Шаммари", "Person");
    check(Lang::Ru, text, "Тарика ад-Дулейми", "Person");
    let text = "Officials said Khaled al-Shammari transferred the money.";
    check(Lang::En, text, "Khaled al-Shammari", "Person");
}

#[test]
fn a_name_keeps_its_first_letter() {
    let text = "وتتولى المحامية هالة كنعان الملف. وقالت كنعان إن موكلها غاب.";
    check(Lang::Ar, text, "هالة كنعان", "Person");
    check(Lang::Ar, text, "كنعان", "Person");
}

#[test]
fn a_name_in_other_letters_is_the_same_name() {
    let text = "Журналист Андрей Ковальчик (Andrey Kovalchik) и Мария Лойнова (Maria Loinova) приехали в Талвик.";
    check(Lang::Ru, text, "Andrey Kovalchik", "Person");
    let reading = read(&document(Lang::Ru, text), &KIT);
    let referent = |name: &str| {
        let mut named = reading.mentions.iter().zip(&reading.referent_of);
        named
            .find(|(m, _)| m.span.of(text) == name)
            .map(|(_, of)| *of)
    };
    assert!(referent("Andrey Kovalchik").is_some());
    assert_eq!(referent("Andrey Kovalchik"), referent("Андрей Ковальчик"));
    assert_eq!(referent("Maria Loinova"), referent("Мария Лойнова"));
    assert_ne!(referent("Maria Loinova"), referent("Андрей Ковальчик"));
}

fn descriptions(lang: Lang, text: &str) -> Vec<String> {
    let reading = read(&document(lang, text), &KIT);
    let all = reading.mentions.iter();
    let described = all.filter(|m| m.form == MentionForm::Description);
    described.map(|m| m.span.of(text).to_owned()).collect()
}

#[test]
fn a_body_stands_in_a_post_but_not_in_its_noun() {
    let found = descriptions(
        Lang::Ru,
        "Начальник полиции вчера подал в отставку, сообщила газета.",
    );
    assert!(found.contains(&"полиции".to_owned()), "{found:?}");
    let found = descriptions(
        Lang::En,
        "The energy minister of Jordan resigned on Monday.",
    );
    assert!(!found.contains(&"energy".to_owned()), "{found:?}");
}

/// What a model takes for a description is none if it is a title or a number.
#[test]
fn a_title_or_a_number_alone_describes_nobody() {
    let described = |text: &str, word: &str| {
        let document = document(Lang::Ru, text);
        let sentence = &words(&document, &KIT)[0];
        let mut labels = vec![0; sentence.words.len()];
        let at = sentence.words.iter().position(|w| w.span.of(text) == word);
        labels[at.expect("the word stands there")] = 1;
        super::unlisted::descriptions(&document, sentence, &labels, &[], &[], &KIT).len()
    };
    let text = "Письмо отправили господину, рыбаку и еще 15 адресатам вчера.";
    assert_eq!(described(text, "рыбаку"), 1);
    assert_eq!(described(text, "господину"), 0);
    assert_eq!(described(text, "15"), 0);
}

/// Mentions of a listed country, as they are written.
fn mentions_of(lang: Lang, text: &str, id: &str) -> Vec<String> {
    let reading = read(&document(lang, text), &KIT);
    let of = |m: &&Mention| m.listed.as_deref() == Some(id);
    let found = reading.mentions.iter().filter(of);
    found.map(|m| m.span.of(text).to_owned()).collect()
}

#[test]
fn an_adjective_names_the_country_of_a_post_and_of_sanctions() {
    let told = [
        (
            Lang::En,
            "The Bulgarian energy minister signed it.",
            "Bulgarian",
            "places/bg",
        ),
        (
            Lang::En,
            "The South Korean trade minister signed it.",
            "South Korean",
            "places/kr",
        ),
        (
            Lang::Ar,
            "ووقعه وزير الطاقة البلغاري أمس.",
            "البلغاري",
            "places/bg",
        ),
        (
            Lang::Ru,
            "Документ подписал болгарский министр энергетики.",
            "болгарский",
            "places/bg",
        ),
        (
            Lang::Ru,
            "Компания попала под американские санкции.",
            "американские",
            "places/us",
        ),
    ];
    for (lang, text, adjective, id) in told {
        assert_eq!(mentions_of(lang, text, id), [adjective], "{text}");
    }
    // Nobody holds anything of the country there.
    let plain = "She bought Bulgarian cheese.";
    assert!(mentions_of(Lang::En, plain, "places/bg").is_empty());
}

#[test]
fn an_adjective_is_no_second_mention_of_a_country_that_is_named() {
    let text = "The Bulgarian energy minister flew home to Bulgaria.";
    assert_eq!(mentions_of(Lang::En, text, "places/bg"), ["Bulgaria"]);
}

#[test]
fn what_a_body_is_for_ends_its_name() {
    let whole = |text: &str, name: &str| {
        let found = names(Lang::Ar, text);
        assert!(found.iter().any(|(n, _)| n == name), "{name}: {found:?}");
    };
    whole(
        "وقالت شركة السراب للطيران إنها ألغت الرحلة.",
        "السراب للطيران",
    );
    let quoted = names(Lang::Ar, "وقالت شركة \"السراب\" للطيران إنها ألغت الرحلة.");
    assert_eq!(quoted, [("السراب".to_owned(), "Company")]);
    whole(
        "وأصدر المجلس الأعلى للقضاء بياناً مساء أمس.",
        "المجلس الأعلى للقضاء",
    );
    whole(
        "وعلقت هيئة الإعلام والاتصالات رخصة القناة.",
        "هيئة الإعلام والاتصالات",
    );
}

#[test]
fn who_heads_a_body_is_named_behind_it() {
    let text = "والتقى رئيس \"الحركة الديمقراطية للريف\" إدريس المنصوري وفداً من التجار.";
    check(Lang::Ar, text, "إدريس المنصوري", "Person");
    // Behind a body that nobody is said to head the words are no name of somebody.
    let plain = "وأغلقت \"الحركة الديمقراطية للريف\" أبواب مقرها أمس.";
    let found = names(Lang::Ar, plain);
    assert!(found.iter().all(|(_, kind)| *kind != "Person"), "{found:?}");
}

#[test]
fn an_apposition_tells_a_person_and_a_plant_an_asset() {
    let friend =
        "Harbour Beach, a college friend of the senator, signed the contract in Oslo on Monday.";
    check(Lang::En, friend, "Harbour Beach", "Person");
    let plant = "The owner of the Brackenfield refinery wants to sell the Brackenfield refinery.";
    check(Lang::En, plant, "Brackenfield", "Asset");
}
