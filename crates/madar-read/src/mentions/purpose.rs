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
    let words = &sentence.words;
    let purpose = |at: usize| {
        let written = fold(words.get(at)?.span.of(&document.text));
        let line = kit.classes.of_form(Lang::Ar, &written) == Some(EntityKind::Company);
        let ranked = RANKS.contains(&words[at - 1].fold.as_str());
        Some(written.starts_with("لل") && (line || ranked))
    };
    let bodies: Vec<usize> = names
        .iter()
        .filter(|n| n.kind.is_body())
        .map(|n| n.to)
        .collect();
    // "السراب" {للطيران} is no body beside the one in quotation marks.
    let alone = |name: &Found| name.to - name.from == 1 && name.listed.is_none();
    names.retain(|name| {
        let behind = |to: &usize| *to == name.from || *to + 1 == name.from && words[*to].is_quote();
        let of_body = alone(name) && bodies.iter().any(behind);
        !(of_body && purpose(name.from) == Some(true))
    });
    let taken: Vec<(usize, usize)> = names.iter().map(|name| (name.from, name.to)).collect();
    let of = |at: usize| taken.iter().find(|name| name.0 == at).map(|name| name.1);
    let mut inside = Vec::new();
    for name in names.iter_mut().filter(|name| name.kind.is_body()) {
        if purpose(name.to) != Some(true) {
            continue;
        }
        let field = words
            .get(name.to)
            .is_some_and(|w| w.clitics.has(Clitics::ARTICLE));
        let ranked = |at: usize| {
            words
                .get(at)
                .is_some_and(|w| RANKS.contains(&w.fold.as_str()))
        };
        match of(name.to) {
            None => {
                name.to += 1;
                name.to += usize::from(ranked(name.to));
            }
            // المجلس الأعلى {للأمن القومي}: of what the model took for two bodies
            Some(end) if field && ranked(end - 1) => {
                inside.push(name.to);
                name.to = end;
            }
            Some(_) => continue,
        }
        name.listed = None;
    }
    names.retain(|name| !inside.contains(&name.from));
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
