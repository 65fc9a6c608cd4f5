//! Laws of text, for every language and any input.

use madar_text::{Lang, Span, fold, is_invisible, language, sentences, tokens, tokens_with};
use proptest::prelude::*;

/// Letters, marks and signs that news in the three languages is made of, and some that break things.
const ALPHABET: &str = "[a-zA-Zа-яА-ЯёЁا-يءأإآؤئىةـًٌٍَُِّْ0-9٠-٩۰-۹ .,!?؟،؛:;«»\"'’()\\-—%$€\\n\u{200f}\u{200e}\u{00a0}]{0,120}";

fn blank(gap: &str) -> bool {
    gap.chars()
        .all(|c| c.is_whitespace() || is_invisible(c) || c.is_control())
}

proptest! {
    #[test]
    fn sentences_and_gaps_rebuild_the_text(text in ALPHABET) {
        for lang in Lang::READ {
            let mut end = 0;
            for span in sentences(&text, lang) {
                prop_assert!(span.start >= end && !span.is_empty());
                prop_assert!(blank(&text[end as usize..span.start as usize]));
                end = span.end;
            }
            prop_assert!(blank(&text[end as usize..]));
        }
    }

    #[test]
    fn tokens_and_gaps_rebuild_the_sentence(text in ALPHABET) {
        let whole = Span::from_range(0..text.len());
        for lang in Lang::READ {
            let mut end = 0;
            for token in tokens(&text, whole, lang) {
                prop_assert!(token.span.start >= end && !token.span.is_empty());
                prop_assert!(blank(&text[end as usize..token.span.start as usize]));
                prop_assert!(token.span.contains(token.host));
                prop_assert_eq!(token.span.end, token.host.end);
                end = token.span.end;
            }
            prop_assert!(blank(&text[end as usize..]));
        }
    }

    #[test]
    fn cutting_every_proclitic_still_leaves_a_word(text in ALPHABET) {
        let whole = Span::from_range(0..text.len());
        for token in tokens_with(&text, whole, Lang::Ar, &|_, _| Some(true)) {
            prop_assert!(!token.host.is_empty());
        }
    }

    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let whole = Span::from_range(0..text.len());
        language(&text);
        for lang in Lang::READ {
            sentences(&text, lang);
            tokens(&text, whole, lang);
        }
    }
}

#[test]
fn abbreviations_and_initials_end_no_sentence() {
    let check = |text: &str, lang, count: usize| {
        let found: Vec<&str> = sentences(text, lang)
            .into_iter()
            .map(|s| s.of(text))
            .collect();
        assert_eq!(found.len(), count, "{found:?}");
    };
    check(
        "Mr. Smith met J. D. Vance on Nov. 14. They spoke.",
        Lang::En,
        2,
    );
    check("The U.S. Treasury said no. It meant it.", Lang::En, 2);
    check(
        "А. С. Пушкин приехал в 1826 г. в Москву. Он ждал.",
        Lang::Ru,
        2,
    );
    check("Сделка закрыта в 2019 г. Компания довольна.", Lang::Ru, 2);
    check("وصل د. أحمد إلى دبي. ثم غادر.", Lang::Ar, 2);
    check("هل وافق؟ نعم!", Lang::Ar, 2);
}

#[test]
fn proclitics_stand_outside_the_host() {
    let check = |word: &str, host: &str| {
        let whole = Span::from_range(0..word.len());
        let cut = |whole: &str, rest: &str| match whole {
            "بالين" => Some(false),
            _ => ["قال", "بوتين", "يلتقي"].contains(&rest).then_some(true),
        };
        let token = tokens_with(word, whole, Lang::Ar, &cut)[0];
        assert_eq!(token.host.of(word), host);
    };
    check("وقال", "قال");
    check("لبوتين", "بوتين");
    check("ولبوتين", "بوتين");
    check("سيلتقي", "يلتقي");
    check("وسيلتقي", "يلتقي");
    check("والرئيس", "الرئيس");
    check("بالرئيس", "الرئيس");
    check("للرئيس", "لرئيس");
    check("وزير", "وزير");
    check("بالين", "بالين");
}

#[test]
fn a_latin_name_glued_to_an_arabic_word_is_a_word() {
    let text = "شركةNorvikالجديدة";
    let whole = Span::from_range(0..text.len());
    let words: Vec<&str> = tokens(text, whole, Lang::Ar)
        .iter()
        .map(|token| token.span.of(text))
        .collect();
    assert_eq!(words, ["شركة", "Norvik", "الجديدة"]);
}
