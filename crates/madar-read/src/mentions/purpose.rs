//! What an Arabic body is for is part of its name: شركة النيل {للطيران}, المجلس الأعلى {للقضاء}. A model ends the name before
//! it.

use madar_text::{Document, Lang, fold};

use super::Found;
use crate::Kit;
use crate::reading::EntityKind;
use crate::words::Sentence;

/// Words behind which what a public body is for ends its name: المجلس {الأعلى}, الهيئة {العامة}; folded.
const RANKS: [&str; 12] = [
    "الاعلي",
    "العليا",
    "العام",
    "العامه",
    "الوطني",
    "الوطنيه",
    "القومي",
    "القوميه",
    "الدولي",
    "الدوليه",
    "الاوروبي",
    "الاوروبيه",
];

/// Lets the name of a body go on over what it is for.
pub(super) fn complete(document: &Document, sentence: &Sentence, names: &mut [Found], kit: &Kit) {
    if sentence.lang != Lang::Ar {
        return;
    }
    let taken: Vec<usize> = names.iter().map(|name| name.from).collect();
    for name in names.iter_mut().filter(|name| name.kind.is_body()) {
        let Some(next) = sentence.words.get(name.to) else {
            continue;
        };
        let written = fold(next.span.of(&document.text));
        let line = kit.classes.of_form(Lang::Ar, &written) == Some(EntityKind::Company);
        let ranked = RANKS.contains(&sentence.words[name.to - 1].fold.as_str());
        if written.starts_with("لل") && (line || ranked) && !taken.contains(&name.to) {
            name.to += 1;
            name.listed = None;
        }
    }
}
