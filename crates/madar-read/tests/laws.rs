//! Laws of reading: it never fails, its spans are the passages, the same text gives the same reading.

use std::sync::LazyLock;

use madar_read::{Kit, Reading, read};
use madar_text::{
    Block, BlockKind, BytesHash, Day, Document, Lang, Metadata, Published, PublishedBasis, Span,
    Stamp,
};
use proptest::prelude::*;

static KIT: LazyLock<Kit> = LazyLock::new(Kit::bundled);

fn document(text: &str, lang: Lang) -> Document {
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let span = Span::from_range(start..start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            blocks.push(Block {
                span,
                kind: BlockKind::Paragraph,
                lang,
                repeats: false,
            });
        }
    }
    let stamp = Stamp {
        day: Day::new(2025, 3, 4),
        second: None,
    };
    let published = Some(Published {
        stamp,
        basis: PublishedBasis::Given,
    });
    let meta = Metadata {
        publisher: Some("Reuters".to_owned()),
        published,
        ..Metadata::default()
    };
    Document {
        bytes: BytesHash([0; 32]),
        meta,
        text: text.to_owned(),
        blocks,
        places: Vec::new(),
        warnings: Vec::new(),
    }
}

/// Every span of a reading.
fn spans(reading: &Reading) -> Vec<Span> {
    let mut out = reading.sentences.clone();
    out.extend(reading.mentions.iter().map(|m| m.span));
    out.extend(reading.times.iter().map(|t| t.span));
    out.extend(reading.amounts.iter().map(|a| a.span));
    for attribution in &reading.attributions {
        out.extend([attribution.source.span, attribution.content]);
        out.extend(attribution.cue);
    }
    for fact in &reading.facts {
        out.extend([fact.passage, fact.trigger]);
        out.extend(fact.detail);
        out.extend(fact.condition);
    }
    out
}

fn check(text: &str, reading: &Reading) {
    for span in spans(reading) {
        assert!(
            text.get(span.range()).is_some(),
            "{span:?} is no passage of {text:?}"
        );
        assert!(!span.is_empty());
    }
    for fact in &reading.facts {
        assert!(!fact.participants.is_empty());
        for p in &fact.participants {
            assert!(p.mention.at() < reading.mentions.len());
        }
    }
    assert_eq!(reading.referent_of.len(), reading.mentions.len());
    assert!(
        reading
            .mentions
            .is_sorted_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)))
    );
}

/// Pieces of news, put together at random: rules, models and grammars meet what they look for.
fn news() -> impl Strategy<Value = String> {
    let pieces = [
        "Karim Haddad",
        "met",
        "Pavel Orlov",
        "in Geneva",
        "on Tuesday",
        "for $300 million",
        ", who",
        "said",
        "\"",
        "according to",
        "the company",
        "9.9 percent",
        "if",
        "the Russian president",
        "التقى",
        "كريم حداد",
        "وبافل أورلوف",
        "في جنيف",
        "لصحيفة",
        "«",
        "»",
        "أن",
        "600 ألف دولار",
        "الرئيس الأميركي",
        "أكتوبر الماضي",
        "وقال",
        "بحسب مصادر مطلعة",
        "،",
        ".",
        "\n",
        "عقوبات على",
        "Карим Хаддад",
        "встретился",
        "с Павлом Орловым",
        "в Женеве",
        "15 августа",
        "по словам",
        "сообщил",
        "2,5 млрд долларов",
        "санкции против",
        "«Волна»",
        "который",
        "глава",
        "—",
        ";",
        "\u{200f}",
        "ـ",
        "لـ\"",
        "и",
        "and",
        "و",
        "١٥ آب",
        "Fri.",
        "т. д.",
        "U.S.",
        "'s",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|p| p.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn reading_news_like_text_never_fails(text in news()) {
        for lang in Lang::READ {
            let document = document(&text, lang);
            let reading = read(&document, &KIT);
            check(&text, &reading);
            prop_assert_eq!(&reading, &read(&document, &KIT));
        }
    }

    #[test]
    fn reading_any_text_never_fails(text in any::<String>()) {
        for lang in Lang::READ {
            check(&text, &read(&document(&text, lang), &KIT));
        }
    }
}
