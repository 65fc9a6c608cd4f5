//! Names of people made to agree over the document: what was found whole somewhere is put together
//! elsewhere (*دونالد* + *ترمب*), and a word that only once stands before a name known without it is let go
//! (*{سافر} زيلينسكي*).

use madar_text::Lang;
use rustc_hash::FxHashMap;

use super::{Found, key};
use crate::Kit;
use crate::reading::EntityKind;
use crate::words::{Sentence, Word};

/// How often each form of a person's name was found.
type Forms = FxHashMap<Vec<String>, u32>;

pub(super) fn agree(sentences: &[Sentence], found: &mut [Vec<Found>], kit: &Kit) {
    let mut forms = Forms::default();
    for (sentence, names) in sentences.iter().zip(found.iter()) {
        for name in names.iter().filter(|n| n.kind == EntityKind::Person) {
            *forms.entry(form(sentence, name.from, name.to)).or_default() += 1;
        }
    }
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        join(sentence, names, &forms);
        extend(sentence, names, &forms);
        if sentence.lang == Lang::Ar {
            for name in names.iter_mut().filter(|n| n.kind == EntityKind::Person) {
                cut(sentence, name, &forms, kit);
            }
        }
    }
}

fn form(sentence: &Sentence, from: usize, to: usize) -> Vec<String> {
    let words = &sentence.words[from..to];
    words
        .iter()
        .map(|w| key(sentence.lang, w).to_owned())
        .collect()
}

/// Two found side by side that are one name elsewhere.
fn join(sentence: &Sentence, names: &mut Vec<Found>, forms: &Forms) {
    let mut out: Vec<Found> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let whole = out.last_mut().filter(|last| {
            let people = last.kind == EntityKind::Person && name.kind == EntityKind::Person;
            let attached = sentence.words[name.from].host == sentence.words[name.from].span;
            people
                && attached
                && last.to == name.from
                && forms.contains_key(&form(sentence, last.from, name.to))
        });
        match whole {
            Some(last) => last.to = name.to,
            None => out.push(name),
        }
    }
    *names = out;
}

/// The front of a name that is whole elsewhere, where the rest follows unfound.
fn extend(sentence: &Sentence, names: &mut [Found], forms: &Forms) {
    let starts: Vec<usize> = names.iter().map(|name| name.from).collect();
    for name in names.iter_mut().filter(|n| n.kind == EntityKind::Person) {
        let next = sentence.words.get(name.to);
        let free = next.is_some_and(|w| w.host == w.span) && !starts.contains(&name.to);
        if free && forms.contains_key(&form(sentence, name.from, name.to + 1)) {
            name.to += 1;
        }
    }
}

/// Arabic has verbs before their subjects, and no capitals to tell them apart.
fn cut(sentence: &Sentence, name: &mut Found, forms: &Forms, kit: &Kit) {
    let seen = |from: usize, to: usize| forms.get(&form(sentence, from, to)).copied().unwrap_or(0);
    if name.to - name.from < 2 || seen(name.from, name.to) > 1 {
        return;
    }
    let words = &sentence.words;
    let common = |word: &Word| {
        let counted = word.class >> 1 > 0;
        kit.facts.is_verb(sentence.lang, word) || counted && word.class & 1 == 0
    };
    if common(&words[name.from]) && forms.contains_key(&form(sentence, name.from + 1, name.to)) {
        name.from += 1;
    } else if common(&words[name.to - 1])
        && forms.contains_key(&form(sentence, name.from, name.to - 1))
    {
        name.to -= 1;
    }
}
