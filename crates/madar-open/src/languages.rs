//! The language of each block. A long block speaks for itself; a short one takes the language that
//! most of the document's text in its script has.

use std::collections::BTreeMap;

use madar_text::{BlockKind, Lang, Script, language};

/// Letters from which a guess at one block is believed. Headlines of 40 to 100 letters with many
/// names are still taken for Persian or Bulgarian now and then.
const ENOUGH_LETTERS: usize = 150;

/// The language of each of the blocks.
pub(crate) fn of(blocks: &[(&str, BlockKind)]) -> Vec<Lang> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let mut weights: BTreeMap<(Script, Lang), usize> = BTreeMap::new();
    let mut own = Vec::with_capacity(blocks.len());
    for (text, kind) in blocks {
        let lang = language(text);
        let count = letters(text);
        if let Some(script) = script(text)
            && *kind != BlockKind::Furniture
        {
            // Below what the language can be told from, a block's word counts for little.
            let weight = if count < ENOUGH_LETTERS {
                count.div_ceil(8)
            } else {
                count
            };
            *weights.entry((script, lang)).or_insert(0) += weight;
        }
        own.push((script(text), lang, count));
    }
    let main_of = |script: Option<Script>| {
        let of_script = weights
            .iter()
            .filter(|((s, _), _)| script.is_none_or(|own| own == *s));
        of_script
            .max_by_key(|(_, weight)| **weight)
            .map(|((_, lang), _)| *lang)
    };
    let told = own.into_iter().map(|(script, lang, count)| {
        if count >= ENOUGH_LETTERS {
            return lang;
        }
        main_of(script).unwrap_or(lang)
    });
    told.collect()
}

/// The script in which a block is written; Latin names inside Arabic or Cyrillic do not sway it.
fn script(text: &str) -> Option<Script> {
    let has = |wanted: Script| {
        text.chars()
            .filter(|&c| Script::of(c) == Some(wanted))
            .count()
    };
    let latin = has(Script::Latin);
    let own = [Script::Arabic, Script::Cyrillic]
        .into_iter()
        .max_by_key(|&s| has(s))?;
    if has(own) * 3 >= latin && has(own) > 0 {
        return Some(own);
    }
    Script::of_text(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_blocks_follow_the_document() {
        let long = "Міністр повідомив, що уряд не погодиться на нові умови угоди, бо вони шкодять \
                    місту, порту та людям, які працюють там уже багато років поспіль без відпусток.";
        let blocks = [("Порт", BlockKind::Title), (long, BlockKind::Paragraph)];
        assert_eq!(of(&blocks), [Lang::Other, Lang::Other]);
        let blocks = [
            ("صفقة الميناء", BlockKind::Title),
            ("Reuters", BlockKind::Dateline),
        ];
        assert_eq!(of(&blocks), [Lang::Ar, Lang::En]);
    }
}
