//! How much a page reads like language: the share of its words that can be words, and of those that every text has. Tells a good
//! reading of a page from a bad one without knowing its words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use madar_text::{Script, fold};

/// Share of common words from which a text has enough of them. Articles of the three languages have a fifth to a third.
const COMMON: f64 = 0.12;
/// Letters of a word at most.
const LONGEST: usize = 24;
/// Words below which common ones are not asked for.
const FEW: usize = 12;

static WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let all = "في من على الى عن ان التي الذي هذا هذه مع كان كانت بعد قبل بين خلال كما لا ما او ثم قد كل عند حتى قال و غير منذ \
        عام يوم ذلك الا اي لم لن هو هي وقال وفي ومن بان \
        и в на не что с по о из за к от у до для как это его а но он она они было был при во со об же или также года году \
        the of and to in a for on that is was with as by at from it its his has had he they be an this which said not are";
    all.split_whitespace().collect()
});

/// From nought to one; a page without words has none.
pub(super) fn score(text: &str) -> f64 {
    let (mut words, mut good, mut common) = (0_usize, 0_usize, 0_usize);
    for token in text.split_whitespace() {
        let word = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '\u{FFFD}');
        if word.is_empty()
            || word
                .chars()
                .all(|c| c.is_numeric() || c.is_ascii_punctuation())
        {
            continue;
        }
        words += 1;
        good += usize::from(is_word(word));
        common += usize::from(WORDS.contains(fold(word).as_str()));
    }
    if words == 0 {
        return 0.0;
    }
    let share = good as f64 / words as f64;
    if words < FEW {
        return share;
    }
    let usual = (common as f64 / words as f64 / COMMON).min(1.0);
    share * (0.4 + 0.6 * usual)
}

fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if word.contains('\u{FFFD}')
        || word.chars().any(|c| ('\u{E000}'..='\u{F8FF}').contains(&c))
        || letters > LONGEST
    {
        return false;
    }
    match Script::of_text(word) {
        Some(Script::Arabic) => is_arabic_word(word),
        Some(Script::Latin | Script::Cyrillic) => {
            letters > 1
                || matches!(
                    word,
                    "a" | "A"
                        | "I"
                        | "и"
                        | "в"
                        | "с"
                        | "к"
                        | "о"
                        | "у"
                        | "а"
                        | "я"
                        | "И"
                        | "В"
                        | "С"
                        | "К"
                        | "О"
                        | "У"
                        | "А"
                        | "Я"
                )
        }
        _ => true,
    }
}

/// No letter alone but و; ة and ى only at the end; no two alefs where ال and لا were turned round (االقتصادي).
fn is_arabic_word(word: &str) -> bool {
    let letters: Vec<char> = word
        .chars()
        .filter(|&c| Script::of(c) == Some(Script::Arabic))
        .collect();
    let inner = &letters[..letters.len().saturating_sub(1)];
    let turned = letters.windows(3).any(|three| three == ['ا', 'ا', 'ل']);
    let mixed = word
        .chars()
        .any(|c| matches!(Script::of(c), Some(Script::Latin | Script::Cyrillic)));
    (letters.len() > 1 || letters == ['و'])
        && !inner.contains(&'ة')
        && !inner.contains(&'ى')
        && !turned
        && !mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_scores_high_and_what_is_turned_round_low() {
        let good = "قالت وزارة النقل في بيان إن الميناء الجديد سيفتتح بعد عام من الآن وإن الشركة التي تديره ستدفع مليون دولار";
        let turned: String = good
            .split(' ')
            .map(|w| w.chars().rev().collect::<String>() + " ")
            .collect();
        assert!(score(good) > 0.9, "{}", score(good));
        assert!(score(&turned) < 0.6, "{}", score(&turned));
        assert!(score("االقتصادي االسالمي") < 0.1);
        assert!(score("ق ا ل ت و ز ا ر ة ا ل ن ق ل ف ي ب ي ا ن") < 0.3);
        assert!(
            score(
                "The ministry of transport said that it had sold a stake in the port to a company"
            ) > 0.9
        );
        assert!(score("\u{FFFD}\u{FFFD} \u{FFFD}") < 0.1);
    }
}
