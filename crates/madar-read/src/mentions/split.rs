//! Names that a model took for one and that are two: two people side by side, a body and whom it employs, whose kin
//! somebody is and who he is.

use madar_text::Lang;
use rustc_hash::FxHashSet;

use super::{Found, is_generation, key_of, listed_end, listed_front};
use crate::Kit;
use crate::reading::{EntityKind, FactKind};
use crate::words::{Cases, Sentence, Word};

/// Two people side by side that the model took for one (أخبر ماركو روبيو ديميترييف): cut where the front
/// is a whole name and the rest a name or a surname elsewhere in the document.
pub(super) fn split(sentences: &[Sentence], found: &mut [Vec<Found>], kit: &Kit) {
    let mut known: FxHashSet<Vec<String>> = FxHashSet::default();
    let mut bodies: FxHashSet<Vec<String>> = FxHashSet::default();
    // Words that stand alone for somebody, and words that end somebody's name.
    let (mut alone, mut surnames) = (FxHashSet::default(), FxHashSet::default());
    for (sentence, names) in sentences.iter().zip(found.iter()) {
        for name in names.iter().filter(|n| n.kind == EntityKind::Person) {
            let words = &sentence.words[name.from..name.to];
            let last = words.last().map(|w| key_of(sentence.lang, w));
            match words.len() {
                1 => alone.extend(last),
                _ => surnames.extend(last),
            }
            if words.len() <= 2 {
                known.insert(words.iter().map(|w| key_of(sentence.lang, w)).collect());
                known.extend(words.last().map(|w| vec![key_of(sentence.lang, w)]));
            }
        }
    }
    for (sentence, names) in sentences.iter().zip(found.iter()) {
        for name in names
            .iter()
            .filter(|n| n.kind == EntityKind::Organization || n.kind.is_body())
        {
            let words = &sentence.words[name.from..name.to];
            bodies.insert(words.iter().map(|w| key_of(sentence.lang, w)).collect());
        }
    }
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        let mut rest = Vec::new();
        for name in names.iter_mut().filter(|n| n.to - n.from >= 2) {
            let words = &sentence.words[name.from..name.to];
            let keys: Vec<String> = words.iter().map(|w| key_of(sentence.lang, w)).collect();
            let behind = |at: &usize| known.contains(&keys[*at..]);
            if name.kind != EntityKind::Person {
                let listed = listed_front(words, sentence.lang, kit);
                if let Some((cut, entry)) = listed.filter(|(at, _)| behind(at)) {
                    rest.push(Found {
                        from: name.from + cut,
                        to: name.to,
                        kind: EntityKind::Person,
                        listed: None,
                        repeated: false,
                    });
                    name.to = name.from + cut;
                    (name.kind, name.listed) = (entry.kind, Some(entry.id.clone()));
                } else if let Some((cut, entry)) = listed_end(words, sentence.lang, kit)
                    && name.listed.is_none()
                    && bodies.contains(&keys[..cut])
                {
                    rest.push(Found {
                        from: name.from + cut,
                        to: name.to,
                        kind: EntityKind::Place,
                        listed: Some(entry.id.clone()),
                        repeated: false,
                    });
                    name.to = name.from + cut;
                }
                continue;
            }
            // Two surnames that each stand alone elsewhere too are two people.
            let both = |w: &String| alone.contains(w) && surnames.contains(w);
            let two = keys.len() == 2 && keys.iter().all(both);
            let mut cuts = (2..keys.len()).chain(two.then_some(1));
            let whole = |&at: &usize| {
                known.contains(&keys[..at]) && behind(&at) && !is_generation(&keys[at])
            };
            let kin = is_of_kin(sentence, name, kit).then_some(1);
            let cut = kin.or_else(|| cuts.find(whole));
            if let Some(cut) = cut {
                rest.push(Found {
                    from: name.from + cut,
                    to: name.to,
                    kind: name.kind,
                    listed: None,
                    repeated: false,
                });
                name.to = name.from + cut;
            }
        }
        names.extend(rest);
        names.sort_by_key(|n| n.from);
    }
}

/// *сын генерала {Хафтара} {Саддам}*, *жена {Ломидзе} {Тамара}*: whether what stands behind a word of kin is whose
/// surname and a given name, and not one name.
fn is_of_kin(sentence: &Sentence, name: &Found, kit: &Kit) -> bool {
    let words = &sentence.words;
    if sentence.lang != Lang::Ru || !(2..=3).contains(&(name.to - name.from)) {
        return false;
    }
    let kin = |w: &Word| {
        let relation = kit.facts.relation(Lang::Ru, &w.lemma);
        relation.is_some_and(|r| r.kind == FactKind::Family)
    };
    let before = &words[name.from.saturating_sub(2)..name.from];
    let title = |w: &Word| kit.nouns.is_post(Lang::Ru, w) && w.cases.may_be(Cases::GEN);
    let behind_kin = match before {
        [.., head, between] if kin(head) => title(between),
        [.., head] => kin(head),
        _ => false,
    };
    let [whose, own] = [&words[name.from], &words[name.from + 1]];
    let given = |w: &Word| kit.russian.gender(&w.fold).is_some();
    let governed = !whose.cases.is_known() || whose.cases.may_be(Cases::GEN);
    // *брат Рамзана {Кадырова}*: one name, which may look like a woman's
    let nominative = own.cases.may_be(Cases::NOM) && !own.cases.may_be(Cases::GEN);
    let apart = given(own) || nominative && !whose.cases.may_be(Cases::NOM);
    behind_kin && governed && !given(whose) && apart
}
