//! What each word does in its name: a guess from the words and their places.
//!
//! "Тимченко Геннадий Николаевич" ends in a patronymic, so it begins with the surname; "SECHIN, Igor"
//! says it with a comma; "ПАО Лукойл" begins with a legal form.

use crate::fold::clean;
use crate::lexicon::LEXICON;
use crate::name::Word;
use crate::part::PartRole;

/// What the writing of a person's name says about its order.
pub(crate) struct Shape {
    /// How many words stand before the first comma; 0 if there is none.
    before_comma: usize,
}

impl Shape {
    pub(crate) fn of(text: &str) -> Shape {
        let comma = text.find([',', '،']);
        let before = comma.map_or(0, |at| clean(&text[..at]).text.split(' ').count());
        Shape {
            before_comma: before,
        }
    }
}

pub(crate) fn person_roles(words: &[Word], shape: &Shape) -> Vec<PartRole> {
    let folded: Vec<&str> = words.iter().map(|w| w.folded.as_str()).collect();
    let mut roles = vec![PartRole::Given; words.len()];
    let mut at = 0;
    while at < words.len() {
        let honorific = LEXICON.honorific(&folded[at..]);
        let length = honorific.max(1);
        for role in &mut roles[at..at + length] {
            *role = if honorific > 0 {
                PartRole::Honorific
            } else {
                person_role(&words[at])
            };
        }
        at += length;
    }
    // "Imam" or "Amir" beside one other word is a name, a *haji* never; and so is whatever is all
    // there is.
    let names = roles
        .iter()
        .filter(|r| matches!(r, PartRole::Given | PartRole::Patronymic))
        .count();
    if names == 0 || (names == 1 && roles.len() == 2) {
        for (role, word) in roles.iter_mut().zip(words) {
            if *role == PartRole::Honorific && (names == 0 || LEXICON.may_be_name(&word.folded)) {
                *role = PartRole::Given;
            }
        }
    }
    // A title with its article at the end is a family's: "Hussein al-Sheikh", سامي الحاج.
    if let [.., before, last @ PartRole::Honorific] = roles.as_mut_slice() {
        let articled = *before == PartRole::Particle || folded[folded.len() - 1].starts_with("ال");
        if articled && names > 0 {
            *last = PartRole::Given;
        }
    }
    // "Ed Bryant": a particle binds two names, so at the beginning of two words it is one.
    if let [first @ PartRole::Particle, PartRole::Given] = roles.as_mut_slice()
        && !LEXICON.is_article(folded[0])
    {
        *first = PartRole::Given;
    }
    set_surname(&mut roles, shape);
    set_fathers(&mut roles, &folded);
    roles
}

/// What follows *bin* is the father's name.
fn set_fathers(roles: &mut [PartRole], folded: &[&str]) {
    for at in 1..roles.len() {
        let is_child_of = matches!(
            folded[at - 1],
            "bin" | "ibn" | "bint" | "бин" | "ибн" | "بن" | "ابن" | "بنت"
        );
        if is_child_of && matches!(roles[at], PartRole::Given | PartRole::Surname) {
            roles[at] = PartRole::Patronymic;
        }
    }
}

fn person_role(word: &Word) -> PartRole {
    if word.folded.chars().all(|c| c.is_ascii_digit()) {
        PartRole::Number
    } else if LEXICON.is_particle(&word.folded) {
        PartRole::Particle
    } else if word.folded.chars().count() == 1 {
        PartRole::Initial
    } else if is_patronymic(&word.folded) {
        PartRole::Patronymic
    } else {
        PartRole::Given
    }
}

fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 18] = [
        "ович",
        "евич",
        "овна",
        "евна",
        "ична",
        "инична",
        "ович",
        "йович",
        "ovich",
        "evich",
        "ovna",
        "evna",
        "ichna",
        "yevich",
        "yovych",
        "ovych",
        "وفيتش",
        "يفيتش",
    ];
    word.ends_with(['ч', 'а', 'h', 'a', 'ش'])
        && word.chars().count() > 6
        && ENDINGS.iter().any(|e| word.ends_with(e))
}

/// The surname is what stands before a comma; or the first part where the patronymic is last; or
/// the last part.
fn set_surname(roles: &mut [PartRole], shape: &Shape) {
    let names: Vec<usize> = (0..roles.len())
        .filter(|&i| matches!(roles[i], PartRole::Given | PartRole::Patronymic))
        .collect();
    let (Some(&first), Some(&last)) = (names.first(), names.last()) else {
        return;
    };
    if names.len() < 2 {
        if roles.contains(&PartRole::Initial) {
            roles[first] = PartRole::Surname;
        }
        return;
    }
    if shape.before_comma > 0 {
        for &i in names.iter().filter(|&&i| i < shape.before_comma) {
            roles[i] = PartRole::Surname;
        }
    } else if roles[last] == PartRole::Patronymic && names.len() > 2 {
        roles[first] = PartRole::Surname;
    } else {
        roles[last] = PartRole::Surname;
    }
}

pub(crate) fn organisation_roles(words: &[Word]) -> Vec<PartRole> {
    let folded: Vec<&str> = words.iter().map(|w| w.folded.as_str()).collect();
    let mut roles = vec![PartRole::Word; words.len()];
    let mut at = 0;
    while at < words.len() {
        let form = LEXICON.org_form(&folded[at..]);
        for role in &mut roles[at..at + form.max(1)] {
            *role = if form > 0 {
                PartRole::OrgForm
            } else {
                organisation_role(&words[at])
            };
        }
        at += form.max(1);
    }
    if roles
        .iter()
        .all(|r| matches!(r, PartRole::OrgForm | PartRole::Particle))
    {
        roles.fill(PartRole::Word);
    }
    roles
}

fn organisation_role(word: &Word) -> PartRole {
    if word.folded.chars().all(|c| c.is_ascii_digit()) {
        PartRole::Number
    } else if !word.folded.starts_with('=') && LEXICON.is_link(&word.folded) {
        PartRole::Particle
    } else if word.meaning.is_some_and(|m| !LEXICON.is_telling(m)) {
        PartRole::ClassWord
    } else {
        PartRole::Word
    }
}
