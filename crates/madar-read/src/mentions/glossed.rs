//! A name told once more in brackets, in other letters: *Джошуа Вольф ({Joshua Wolf})*.

use madar_names::{Name, NameKind, SAME, score};
use madar_text::{Document, Script, Span};

use super::Found;
use crate::reading::EntityKind;
use crate::words::Sentence;

/// Whether `gloss` stands in brackets right behind a name of this kind, in other letters, and sounds like it.
pub(crate) fn is_gloss(document: &Document, name: Span, kind: EntityKind, gloss: Span) -> bool {
    let text = document.text.as_str();
    let gap = text.get(name.end as usize..gloss.start as usize);
    if gap.map(str::trim) != Some("(") {
        return false;
    }
    let (own, other) = (name.of(text), gloss.of(text));
    if Script::of_text(own) == Script::of_text(other) {
        return false;
    }
    let kind = match kind {
        EntityKind::Person => NameKind::Person,
        EntityKind::Organization | EntityKind::Company | EntityKind::PublicBody => {
            NameKind::Organisation
        }
        _ => NameKind::Other,
    };
    score(&Name::new(own, kind), &Name::new(other, kind)) >= SAME
}

/// What a gloss names is of the kind of what it glosses.
pub(super) fn settle(document: &Document, sentence: &Sentence, names: &mut [Found]) {
    names.sort_by_key(|name| (name.from, std::cmp::Reverse(name.to)));
    let span = |name: &Found| {
        let words = &sentence.words[name.from..name.to];
        words[0].span.to(words[words.len() - 1].span)
    };
    for at in 1..names.len() {
        let (before, gloss) = (&names[at - 1], &names[at]);
        if is_gloss(document, span(before), before.kind, span(gloss)) {
            names[at].kind = before.kind;
        }
    }
}
