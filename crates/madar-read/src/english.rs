//! English base forms of the verbs that matter: forms are made from the base, never guessed back.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::words::{Pos, Tense, Word};

const VERBS: &str = include_str!("../lang/en/verbs.txt");
/// Words of which names are made and that are no common words.
const NAMES: &str = include_str!("../data/english_names.txt");
/// Words that occur in lower case.
const COMMON: &str = include_str!("../data/english_words.txt");

/// Before a verb that is more often a noun: its form in *-s* is left to the noun.
const NOUNLIKE: char = '~';

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Base,
    Third,
    Past,
    Participle,
    /// Past tense and participle in one: *acquired*.
    Both,
    Ing,
}

pub struct English {
    names: FxHashSet<&'static str>,
    common: FxHashSet<&'static str>,
    verbs: FxHashMap<String, (String, Form)>,
    /// Whose participle is its base: *run*, *put*.
    unchanged: FxHashSet<String>,
}

/// Words between *is* and its participle: *is now {run}*.
const ADVERBS: usize = 2;

impl English {
    pub(crate) fn new() -> Self {
        let mut verbs = FxHashMap::default();
        let mut unchanged = FxHashSet::default();
        for line in VERBS.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split_whitespace();
            let Some(word) = parts.next() else { continue };
            let base = word.trim_start_matches(NOUNLIKE);
            let mut add = |form: String, kind| {
                verbs.entry(form).or_insert_with(|| (base.to_owned(), kind));
            };
            add(base.to_owned(), Form::Base);
            if base == word {
                add(third(base), Form::Third);
            }
            add(ing(base), Form::Ing);
            // British spelling doubles an unstressed l too: *cancelled*.
            if base.ends_with('l') && base.chars().rev().nth(1).is_some_and(is_vowel) {
                add(format!("{base}ling"), Form::Ing);
                if line == word {
                    add(format!("{base}led"), Form::Both);
                }
            }
            let (past, participle) = (parts.next(), parts.next());
            if participle.or(past) == Some(base) {
                unchanged.insert(base.to_owned());
            }
            match (past, participle) {
                (Some(past), Some(participle)) if past != participle => {
                    add(past.to_owned(), Form::Past);
                    add(participle.to_owned(), Form::Participle);
                }
                (Some(past), _) => add(past.to_owned(), Form::Both),
                (None, _) => add(ed(base), Form::Both),
            }
        }
        Self {
            verbs,
            unchanged,
            names: NAMES.lines().collect(),
            common: COMMON.lines().collect(),
        }
    }

    /// Base forms known.
    pub fn knows_verb(&self, base: &str) -> bool {
        self.verbs.get(base).is_some_and(|(lemma, _)| lemma == base)
    }

    /// Whether a word is a form of a verb that is known.
    #[cfg(test)]
    pub(crate) fn is_form(&self, word: &str) -> bool {
        self.verbs.contains_key(word)
    }

    pub(crate) fn describe(&self, word: &mut Word) {
        let form = word.fold.as_str();
        word.class =
            u8::from(self.names.contains(form)) | u8::from(self.common.contains(form)) << 1;
        if let Some((lemma, form)) = self.verbs.get(&word.fold) {
            word.lemma.clone_from(lemma);
            word.passive = matches!(form, Form::Participle | Form::Both);
            word.tense = match form {
                Form::Past | Form::Both => Some(Tense::Past),
                Form::Third => Some(Tense::Present),
                _ => None,
            };
            word.pos = match form {
                Form::Base => Pos::Other,
                Form::Participle | Form::Ing => Pos::Participle,
                _ => Pos::Verb,
            };
            word.plural = *form == Form::Third;
        } else if let Some(singular) = singular(&word.fold) {
            word.lemma = singular;
            word.plural = true;
        }
    }
}

impl English {
    /// *is {run} by X*, *Baltpolis, {run} by X*: the participle of a verb that does not change.
    pub(crate) fn read_participles(&self, words: &mut [Word]) {
        for at in 0..words.len() {
            if !self.unchanged.contains(&words[at].fold) {
                continue;
            }
            let adverb = |w: &&Word| {
                w.fold.ends_with("ly") || matches!(w.fold.as_str(), "not" | "now" | "also")
            };
            let before = words[..at].iter().rev();
            let skipped = before.clone().take_while(adverb).count().min(ADVERBS);
            let before = words[..at - skipped].last().map(|w| w.fold.as_str());
            let is = matches!(
                before,
                Some("is" | "are" | "was" | "were" | "be" | "been" | "being")
            );
            let by = words.get(at + 1).is_some_and(|w| w.fold == "by");
            if is || by && before == Some(",") {
                words[at].passive = true;
                words[at].tense = Some(Tense::Past);
                words[at].pos = Pos::Verb;
            }
        }
    }
}

fn is_vowel(c: char) -> bool {
    "aeiou".contains(c)
}

/// *stop* doubles its last letter, *visit* and *fix* do not.
fn doubles(base: &str) -> bool {
    let tail: Vec<char> = base.chars().rev().take(3).collect();
    let [last, vowel, before] = tail[..] else {
        return false;
    };
    let short = base.chars().filter(|&c| is_vowel(c)).count() == 1;
    let stressed = [
        "control", "compel", "expel", "propel", "regret", "equip", "omit", "prefer", "incur",
        "admit", "commit", "confer", "refer", "transfer", "deter", "defer", "permit", "occur",
        "submit", "acquit", "debar",
    ];
    let shape = !is_vowel(last) && !"wxy".contains(last) && is_vowel(vowel) && !is_vowel(before);
    shape && (short || stressed.contains(&base))
}

fn third(base: &str) -> String {
    if ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| base.ends_with(end))
    {
        return format!("{base}es");
    }
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(is_vowel) => format!("{stem}ies"),
        _ => format!("{base}s"),
    }
}

fn ed(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(is_vowel) => format!("{stem}ied"),
        _ if doubles(base) => format!("{base}{}ed", &base[base.len() - 1..]),
        _ => format!("{base}ed"),
    }
}

fn ing(base: &str) -> String {
    match base.strip_suffix('e') {
        Some(stem) if !base.ends_with("ee") && stem.len() > 1 => format!("{stem}ing"),
        _ if doubles(base) => format!("{base}{}ing", &base[base.len() - 1..]),
        _ => format!("{base}ing"),
    }
}

fn singular(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 2)?;
    if stem.ends_with(['s', 'u', 'i']) {
        return None;
    }
    if let Some(stem) = stem.strip_suffix("ie") {
        return Some(format!("{stem}y"));
    }
    for end in ["sse", "xe", "che", "she"] {
        if stem.ends_with(end) {
            return Some(stem[..stem.len() - 1].to_owned());
        }
    }
    Some(stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_from_the_base() {
        for (base, s, past, gerund) in [
            ("buy", "buys", "buyed", "buying"),
            ("stop", "stops", "stopped", "stopping"),
            ("visit", "visits", "visited", "visiting"),
            ("deny", "denies", "denied", "denying"),
            ("acquire", "acquires", "acquired", "acquiring"),
            ("agree", "agrees", "agreed", "agreeing"),
            ("transfer", "transfers", "transferred", "transferring"),
        ] {
            assert_eq!(
                (third(base), ed(base), ing(base)),
                (s.into(), past.into(), gerund.into())
            );
        }
        let english = English::new();
        assert!(english.unchanged.contains("run") && english.unchanged.contains("put"));
        assert!(!english.unchanged.contains("buy"));
        assert_eq!(singular("companies").as_deref(), Some("company"));
        assert_eq!(singular("sanctions").as_deref(), Some("sanction"));
        assert_eq!(singular("business"), None);
    }
}
