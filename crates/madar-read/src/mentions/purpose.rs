//! What an Arabic body is for is part of its name: شركة النيل {للطيران}, المجلس الأعلى {للقضاء}. A model ends the name before
//! it, or takes it for two (هيئة الإعلام والاتصالات).

use madar_text::{Clitics, Document, Lang, fold};

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
pub(super) fn complete(
    document: &Document,
    sentence: &Sentence,
    names: &mut Vec<Found>,
    kit: &Kit,
) {
    if sentence.lang != Lang::Ar {
        return;
    }
    join_fields(sentence, names, kit);
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

/// هيئة الإعلام {والاتصالات}: of a body for two things the second is no body of its own.
fn join_fields(sentence: &Sentence, names: &mut Vec<Found>, kit: &Kit) {
    let words = &sentence.words;
    names.sort_by_key(|name| (name.from, std::cmp::Reverse(name.to)));
    let mut out: Vec<Found> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let field = &words[name.from];
        let alone = name.to - name.from == 1
            && name.kind.is_body()
            && name.listed.is_none()
            && field.clitics.has(Clitics::AND)
            && field.clitics.has(Clitics::ARTICLE)
            && kit.classes.of(Lang::Ar, field).is_none()
            && kit.nouns.class(Lang::Ar, field).is_none();
        let last = out.last_mut().filter(|last: &&mut Found| {
            let body = kit.classes.of(Lang::Ar, &words[last.from]) == Some(EntityKind::PublicBody);
            alone && body && last.to == name.from && last.to - last.from == 2
        });
        match last {
            Some(last) => {
                last.to = name.to;
                last.listed = None;
            }
            None => out.push(name),
        }
    }
    *names = out;
}
