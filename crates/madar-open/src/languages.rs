//! The language of each block. A long block speaks for itself; a short one takes the language that
//! most of the document's text in its script has.

use std::collections::BTreeMap;

use madar_text::{BlockKind, Lang, Script, is_letter, language};

/// Letters from which a guess at one block is believed. Headlines of 40 to 100 letters with many
/// names are still taken for Persian or Bulgarian now and then.
const ENOUGH_LETTERS: usize = 150;

/// Bytes of short blocks from which their common language is told; more say nothing new.
const ENOUGH_TOGETHER: usize = 4_000;

/// The language of each of the blocks.
pub(crate) fn of(blocks: &[(&str, BlockKind)]) -> Vec<Lang> {
    let scripts: Vec<Option<Script>> = blocks.iter().map(|(text, _)| script(text)).collect();
    let own: Vec<Option<Lang>> = blocks.iter().map(|(text, _)| of_long(text)).collect();
    let mut mains: BTreeMap<Option<Script>, Lang> = BTreeMap::new();
    let told = own.iter().zip(&scripts).map(|(lang, script)| {
        lang.unwrap_or_else(|| {
            let main = || main(blocks, &own, &scripts, *script);
            *mains.entry(*script).or_insert_with(main)
        })
    });
    told.collect()
}

/// The language of a block that is long enough to tell.
fn of_long(text: &str) -> Option<Lang> {
    let mut letters = text.chars().filter(|&c| is_letter(c));
    letters.nth(ENOUGH_LETTERS - 1).map(|_| language(text))
}

/// The language of most of the text in a script: that of its long blocks, else of its short ones
/// together. Without a script (numbers alone), of most of the text.
fn main(
    blocks: &[(&str, BlockKind)],
    own: &[Option<Lang>],
    scripts: &[Option<Script>],
    wanted: Option<Script>,
) -> Lang {
    let mut weights: BTreeMap<Lang, usize> = BTreeMap::new();
    let mut short = String::new();
    for ((&(text, kind), lang), &script) in blocks.iter().zip(own).zip(scripts) {
        if wanted.is_some() && script != wanted {
            continue;
        }
        match lang {
            Some(lang) if kind != BlockKind::Furniture => {
                *weights.entry(*lang).or_insert(0) += text.len();
            }
            Some(_) => {}
            None if short.len() < ENOUGH_TOGETHER => {
                short.push_str(text);
                short.push('\n');
            }
            None => {}
        }
    }
    let most = weights.into_iter().max_by_key(|&(_, weight)| weight);
    most.map_or_else(|| language(&short), |(lang, _)| lang)
}

/// The script in which a block is written; Latin names inside Arabic or Cyrillic do not sway it.
fn script(text: &str) -> Option<Script> {
    let letters = Script::counts(text);
    let has = |script: Script| letters[script as usize];
    let own = [Script::Arabic, Script::Cyrillic]
        .into_iter()
        .max_by_key(|&s| has(s))?;
    if has(own) * 3 >= has(Script::Latin) && has(own) > 0 {
        return Some(own);
    }
    Script::most(letters)
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
