//! Whether a man, a woman or several speak: what a pronoun or the form of a verb says, and what the
//! name of a person does. *сказала*, قالت, *she*: no man; *Duval* alone: either.

use madar_text::Lang;

use super::pack::{Class, Frame};
use super::scene::Scene;
use crate::MentionId;
use crate::read::Surface;
use crate::reading::EntityKind;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sex {
    Man,
    Woman,
}

/// Endings of Russian past tenses by gender.
const RUSSIAN_WOMAN: [&str; 2] = ["ла", "лась"];
const RUSSIAN_MAN: [&str; 2] = ["л", "лся"];

/// What the words of a cue, or a pronoun beside it, say of who speaks; `None` where they do not tell.
pub(super) fn of_cue(scene: &Scene<'_>, frame: Frame, cue: (usize, usize)) -> Option<Sex> {
    let words = scene.words();
    if scene.lang() != Lang::Ar {
        let near = cue.0.saturating_sub(2)..(cue.1 + 2).min(scene.len());
        // "denied asking him": whom one speaks of; "according to him": who speaks
        let owned = matches!(frame, Frame::According | Frame::Citing);
        let pronoun = near.into_iter().find_map(|w| match words[w].fold.as_str() {
            "he" | "он" => Some(Sex::Man),
            "she" | "она" => Some(Sex::Woman),
            "him" | "его" if owned => Some(Sex::Man),
            "her" | "ее" if owned => Some(Sex::Woman),
            _ => None,
        });
        if pronoun.is_some() || scene.lang() != Lang::Ru {
            return pronoun;
        }
    }
    let fold = words[cue.0].fold.as_str();
    let ends = |ends: &[&str]| ends.iter().any(|e| fold.ends_with(e));
    match scene.lang() {
        Lang::Ru if words[cue.0].tense.is_none() => None,
        Lang::Ru if ends(&RUSSIAN_WOMAN) => Some(Sex::Woman),
        Lang::Ru if ends(&RUSSIAN_MAN) => Some(Sex::Man),
        // قالت, تقول, قائلة; several: قالوا, يقولون, قائلين
        Lang::Ar if ends(&["وا", "ون", "ين", "نا"]) || fold == "عن" => None,
        Lang::Ar if frame == Frame::Participle && ends(&["ه"]) => Some(Sex::Woman),
        Lang::Ar if frame == Frame::Participle => Some(Sex::Man),
        Lang::Ar if frame != Frame::Verb => None,
        Lang::Ar if ends(&["ت"]) => Some(Sex::Woman),
        // تقول, but تابع as well
        Lang::Ar if fold.starts_with('ت') => None,
        Lang::Ar => Some(Sex::Man),
        _ => None,
    }
}

/// The sex of each referent that is a person, where its name or a title tells it.
pub(super) struct Sexes(Vec<Option<Sex>>);

impl Sexes {
    pub(super) fn of(surface: &Surface<'_>) -> Self {
        let text = &surface.document.text;
        let mut all = vec![None; surface.referents.list.len()];
        for (at, mention) in surface.mentions.iter().enumerate() {
            let referent = surface.referents.of[at].at();
            if mention.kind != EntityKind::Person || all[referent].is_some() {
                continue;
            }
            let first = |name: &str| name.split_whitespace().next().map(str::to_owned);
            let full = &surface.referents.list[referent].name;
            let names = [first(full), first(mention.span.of(text))];
            let given = names.into_iter().flatten();
            all[referent] = title_before(surface, mention.span.start)
                .or_else(|| given.into_iter().find_map(|name| of_given(surface, &name)));
        }
        Self(all)
    }

    /// Whether a person may be of this sex. Bodies and papers speak with either form.
    pub(super) fn fit(&self, surface: &Surface<'_>, id: MentionId, sex: Option<Sex>) -> bool {
        let known = self.0[surface.referents.of[id.at()].at()];
        sex.is_none() || known.is_none() || known == sex
    }
}

/// What the given name of a person says.
pub(crate) fn sex_of(surface: &Surface<'_>, person: MentionId) -> Option<Sex> {
    let referent = surface.referents.of[person.at()];
    let name = &surface.referents.list[referent.at()].name;
    name.split_whitespace()
        .next()
        .and_then(|given| of_given(surface, given))
}

fn of_given(surface: &Surface<'_>, name: &str) -> Option<Sex> {
    match surface.kit.russian.gender(name) {
        Some("Masc") => return Some(Sex::Man),
        Some("Fem") => return Some(Sex::Woman),
        _ => {}
    }
    listed(surface, name)
}

/// Whose given name or title a word is.
fn listed(surface: &Surface<'_>, word: &str) -> Option<Sex> {
    let fold = madar_text::fold(word);
    Lang::READ.into_iter().find_map(|lang| {
        let pack = surface.kit.cues.of(lang)?;
        let key = fold.as_str();
        match (pack.has(key, Class::Women), pack.has(key, Class::Men)) {
            (true, false) => Some(Sex::Woman),
            (false, true) => Some(Sex::Man),
            _ => None,
        }
    })
}

/// *Ms Davis*, السيدة ديفيس, г-жа Дэвис.
fn title_before(surface: &Surface<'_>, start: u32) -> Option<Sex> {
    let text = &surface.document.text;
    let before = text[..start as usize].trim_end_matches([' ', '.', '\u{a0}']);
    let title = before.rsplit(char::is_whitespace).next()?;
    listed(surface, title)
}
