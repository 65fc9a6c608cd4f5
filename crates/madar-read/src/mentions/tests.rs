//! Names and their kinds in sentences of our own; all names are invented.

use std::sync::LazyLock;

use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span};

use crate::reading::MentionForm;
use crate::{Kit, read};

static KIT: LazyLock<Kit> = LazyLock::new(Kit::bundled);

fn names(lang: Lang, text: &str) -> Vec<(String, &'static str)> {
    let block = Block {
        span: Span::from_range(0..text.len()),
        kind: BlockKind::Paragraph,
        lang,
        repeats: false,
    };
    let document = Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text: text.to_owned(),
        blocks: vec![block],
        warnings: Vec::new(),
    };
    let reading = read(&document, &KIT);
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
    let text =
        "Peter Hollis, the company's chairman, resigned on Monday. Hollis, 61, had owned 4% of it.";
    check(Lang::En, text, "Peter Hollis", "Person");
    check(Lang::En, text, "Hollis", "Person");
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
