//! Whom a text calls by the first name alone because it has told whose kin he is: *Ghassan Ramlawi, his brothers {Samer}
//! and Nizar* are met elsewhere as *Samer Ramlawi*. The name that follows from it is one to be found by; it is shown only
//! where it is told why two were taken for one.

use std::collections::BTreeMap;

use madar_read::{FactKind, MentionId, Reading, Status};
use madar_text::{Script, fold};

use crate::profiles::Sort;
use crate::spellings::Called;

/// Beginnings of words for kin who mostly bear one family name, folded.
const OF_ONE_NAME: [&str; 27] = [
    "brother",
    "sister",
    "sibling",
    "son",
    "daughter",
    "father",
    "wife",
    "husband",
    "spouse",
    "widow",
    "брат",
    "сестр",
    "сын",
    "дочь",
    "дочер",
    "отец",
    "отц",
    "жен",
    "супруг",
    "муж",
    "شقيق",
    "نجل",
    "ابن",
    "اخو",
    "اخي",
    "اخت",
    "والد",
];
/// What words for kin of another name hold, which may begin as those above.
const OF_ANOTHER: [&str; 12] = [
    "in-law",
    "step",
    "half-",
    "двоюродн",
    "племян",
    "зят",
    "ابن عم",
    "ابن خال",
    "ابن شقيق",
    "ابن اخ",
    "ابنه شقيق",
    "صهر",
];

/// Gives the drafts of a document that are called by one word the family name of their kin.
pub(crate) fn with_family_names(
    text: &str,
    reading: &Reading,
    drafts: &mut [(Called, Vec<MentionId>)],
) {
    let mut of: BTreeMap<MentionId, usize> = BTreeMap::new();
    for (at, (_, mentions)) in drafts.iter().enumerate() {
        of.extend(mentions.iter().map(|id| (*id, at)));
    }
    let mut found: BTreeMap<usize, String> = BTreeMap::new();
    let family = reading
        .facts
        .iter()
        .filter(|f| f.kind == FactKind::Family && f.status != Status::Denied);
    for fact in family.filter(|f| is_of_one_name(f.trigger.of(text))) {
        let [a, b] = fact.participants[..] else {
            continue;
        };
        for (one, other) in [(a, b), (b, a)] {
            let (Some(&one), Some(&other)) = (of.get(&one.mention), of.get(&other.mention)) else {
                continue;
            };
            if let Some(name) = full_name(&drafts[one].0, &drafts[other].0) {
                found.entry(one).or_insert(name);
            }
        }
    }
    let known: Vec<String> = drafts
        .iter()
        .flat_map(|(called, _)| &called.names)
        .map(|n| fold(n))
        .collect();
    for (at, name) in found {
        // he stands there under his whole name too
        if !known.contains(&fold(&name)) {
            drafts[at].0.names.insert(0, name);
        }
    }
}

fn is_of_one_name(trigger: &str) -> bool {
    let trigger = fold(trigger);
    let begins = |word: &str, stem: &str| {
        let bare = word.strip_prefix('و').unwrap_or(word);
        word.starts_with(stem) || bare.starts_with(stem)
    };
    let mut words = trigger.split(|c: char| !c.is_alphabetic());
    words.any(|word| OF_ONE_NAME.iter().any(|stem| begins(word, stem)))
        && !OF_ANOTHER.iter().any(|stem| trigger.contains(stem))
}

/// The one word that a person is called by with the last one of his kin's full name.
fn full_name(called: &Called, kin: &Called) -> Option<String> {
    let person =
        |called: &Called| called.sort == Sort::Person && called.named && called.listed.is_none();
    let [first] = &called.names[..] else {
        return None;
    };
    let full = kin.names.first()?;
    let (_, last) = full.rsplit_once(' ')?;
    let single = !first.contains(char::is_whitespace);
    let apart = !full.split(' ').any(|word| fold(word) == fold(first));
    let script = |text: &str| Script::of_text(text);
    (person(called) && person(kin) && single && apart && script(first) == script(last))
        .then(|| format!("{first} {last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(names: &[&str]) -> Called {
        Called {
            sort: Sort::Person,
            named: true,
            listed: None,
            names: names.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    #[test]
    fn a_first_name_takes_the_last_word_of_his_kin() {
        let full = full_name(
            &called(&["Samer"]),
            &called(&["Ghassan Ramlawi", "Ghassan"]),
        );
        assert_eq!(full.as_deref(), Some("Samer Ramlawi"));
        assert_eq!(
            full_name(&called(&["Ramlawi"]), &called(&["Ghassan Ramlawi"])),
            None
        );
        assert_eq!(
            full_name(&called(&["سامر"]), &called(&["Ghassan Ramlawi"])),
            None
        );
        assert_eq!(full_name(&called(&["Samer"]), &called(&["Ghassan"])), None);
    }

    #[test]
    fn kin_by_marriage_bear_another_name() {
        assert!(is_of_one_name("his brothers") && is_of_one_name("شقيقه"));
        assert!(!is_of_one_name("his brother-in-law") && !is_of_one_name("cousin"));
        assert!(!is_of_one_name("двоюродный брат") && !is_of_one_name("ابن عمه"));
        assert!(!is_of_one_name("a person") && !is_of_one_name("инженер"));
    }
}
