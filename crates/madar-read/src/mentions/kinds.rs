//! What kind of thing a name names: from the words inside it, the class noun before it and what it
//! was elsewhere in the document.

use std::collections::BTreeMap;

use madar_text::{Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{Found, evidence};
use crate::Kit;
use crate::reading::EntityKind;
use crate::russian::Russian;
use crate::words::{Sentence, Word};

const FILE: &str = include_str!("../../lang/classes.toml");
const TRADES: &str = include_str!("../../lang/trades.toml");

/// The wire form of `lang/classes.toml`: kind → language → class nouns.
#[derive(Deserialize)]
struct ClassesFile {
    #[serde(flatten)]
    kinds: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// The wire form of `lang/trades.toml`.
#[derive(Deserialize)]
struct TradesFile {
    trades: Vec<Vec<String>>,
}

/// Class nouns that tell what the name beside or around them names.
pub(crate) struct Classes {
    by_word: [FxHashMap<String, EntityKind>; 3],
    /// What companies do: nouns that say one thing, folded.
    trades: Vec<Vec<String>>,
}

pub(super) const LANGS: [Lang; 3] = [Lang::Ar, Lang::En, Lang::Ru];

impl Classes {
    pub(crate) fn new(russian: &Russian) -> Self {
        let file: ClassesFile =
            toml::from_str(FILE).unwrap_or_else(|error| panic!("lang/classes.toml: {error}"));
        let mut by_word: [FxHashMap<String, EntityKind>; 3] = Default::default();
        for (kind, languages) in file.kinds {
            let kind = EntityKind::named(&kind).unwrap_or_else(|| panic!("kind {kind}"));
            for (code, words) in languages {
                let at = LANGS.iter().position(|l| l.code() == code);
                let at = at.unwrap_or_else(|| panic!("language {code}"));
                for word in words {
                    let key = if code == "ru" {
                        russian.lemma(&word)
                    } else {
                        fold(&word)
                    };
                    by_word[at].insert(key, kind);
                }
            }
        }
        let file: TradesFile =
            toml::from_str(TRADES).unwrap_or_else(|error| panic!("lang/trades.toml: {error}"));
        let folded = |trade: &Vec<String>| trade.iter().map(|word| fold(word)).collect();
        let trades = file.trades.iter().map(folded).collect();
        Self { by_word, trades }
    }

    /// The words for what a company does that is called by this noun, in its base form; none for *company*.
    pub(crate) fn trade(&self, noun: &str) -> Option<&[String]> {
        let noun = fold(noun);
        let trade = self.trades.iter().find(|trade| trade.contains(&noun));
        trade.map(Vec::as_slice)
    }

    pub(crate) fn of(&self, lang: Lang, word: &Word) -> Option<EntityKind> {
        let at = LANGS.iter().position(|&l| l == lang)?;
        self.by_word[at]
            .get(&word.lemma)
            .or_else(|| self.by_word[at].get(&word.fold))
            .copied()
    }

    /// The kind that a folded word tells as it is written.
    pub(crate) fn of_form(&self, lang: Lang, form: &str) -> Option<EntityKind> {
        let at = LANGS.iter().position(|&l| l == lang)?;
        self.by_word[at].get(form).copied()
    }

    /// Folded Arabic class nouns: they exist.
    pub(crate) fn arabic_words(&self) -> impl Iterator<Item = &str> {
        self.by_word[0].keys().map(String::as_str)
    }
}

/// Gives every unlisted name its kind: by the vote of all its mentions in the document, of what the
/// words beside them tell, and of the longer names that it begins.
pub(super) fn settle(sentences: &[Sentence], found: &mut [Vec<Found>], kit: &Kit) {
    let mut votes: BTreeMap<Vec<String>, Votes> = BTreeMap::new();
    for (sentence, names) in sentences.iter().zip(found.iter()) {
        for name in names {
            let own = votes.entry(form(sentence, name)).or_default();
            if name.listed.is_some() {
                own.told(name.kind, LISTED);
            } else if !name.repeated {
                own.guess(name.kind);
            }
            own.first.get_or_insert(name.kind);
            evidence::of(sentence, name, kit, &mut |kind, weight| {
                own.told(kind, weight);
            });
        }
    }
    let kinds = kinds(&votes);
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        for name in names.iter_mut().filter(|n| n.listed.is_none()) {
            name.kind = kinds[&form(sentence, name)];
        }
    }
}

/// What a table of names says of a form weighs more than anything beside it.
const LISTED: u32 = 8;
/// Guesses of the model about one form count up to here: it makes the same mistake again and again.
const GUESSES: u32 = 3;

#[derive(Default)]
struct Votes {
    guesses: [u32; EntityKind::ALL.len()],
    told: [u32; EntityKind::ALL.len()],
    /// What it was taken for first: holds where nobody votes.
    first: Option<EntityKind>,
}

impl Votes {
    fn guess(&mut self, kind: EntityKind) {
        self.guesses[kind as usize] += 1;
    }

    fn told(&mut self, kind: EntityKind, weight: u32) {
        self.told[kind as usize] += weight;
    }

    fn of(&self, kind: EntityKind) -> u32 {
        self.guesses[kind as usize].min(GUESSES) + self.told[kind as usize]
    }

    /// The kind with most votes; a company or a public body is an organisation too, so the special
    /// kind takes the votes of the general one.
    fn best(&self) -> EntityKind {
        let general = self.of(EntityKind::Organization);
        let count = |kind: EntityKind| {
            let special = matches!(kind, EntityKind::Company | EntityKind::PublicBody);
            self.of(kind)
                + if special && self.of(kind) > 0 {
                    general
                } else {
                    0
                }
        };
        let best = EntityKind::ALL.into_iter().max_by_key(|&kind| {
            let first = self.first == Some(kind);
            (count(kind), self.guesses[kind as usize], first)
        });
        best.expect("there are kinds")
    }
}

/// The kind of each form. *Brazos* is what *Brazos Meridian* is, unless it is told apart or a person has
/// that surname.
fn kinds(votes: &BTreeMap<Vec<String>, Votes>) -> FxHashMap<Vec<String>, EntityKind> {
    let mut out: FxHashMap<Vec<String>, EntityKind> = FxHashMap::default();
    for (form, own) in votes {
        out.insert(form.clone(), own.best());
    }
    let people = votes.keys().filter(|form| out[*form] == EntityKind::Person);
    let surnames: FxHashSet<String> = people
        .filter(|form| form.len() > 1)
        .filter_map(|form| form.last().cloned())
        .collect();
    // *{Trump} administration*: a lone surname is the person's, whatever stands beside it, unless it is told that a
    // company bears it too.
    for (form, own) in votes {
        let lone = form.len() == 1 && surnames.contains(&form[0]);
        if lone && own.told[EntityKind::Company as usize] == 0 {
            out.insert(form.clone(), EntityKind::Person);
        }
    }
    let forms: Vec<&Vec<String>> = votes.keys().collect();
    for pair in forms.windows(2) {
        // In the order of the map the longer form follows the one that it begins with.
        let (short, long) = (pair[0], pair[1]);
        let told = votes[short].told.iter().any(|&weight| weight > 0);
        let surname = short.last().is_some_and(|word| surnames.contains(word));
        if long.starts_with(short) && out[long].is_body() && !told && !surname {
            let kind = out[long];
            out.insert(short.clone(), kind);
        }
        // *shares of Brazos* tell of *Brazos Meridian* too, where nothing says that it is a person.
        let company = told && out[short] == EntityKind::Company && short.len() == 1;
        let untold = votes[long].told.iter().all(|&weight| weight == 0);
        if company && untold && long.starts_with(short) && out[long] == EntityKind::Person {
            out.insert(long.clone(), EntityKind::Company);
        }
    }
    out
}

fn form(sentence: &Sentence, name: &Found) -> Vec<String> {
    let words = &sentence.words[name.from..name.to];
    words
        .iter()
        .map(|w| super::key(sentence.lang, w).to_owned())
        .collect()
}

/// Whether a name that is neither person, place nor body is marked as a name: quoted, or capitals.
pub(super) fn is_marked(words: &[Word], from: usize, to: usize) -> bool {
    let quoted = from > 0 && matches!(words[from - 1].fold.as_str(), "\"" | "«" | "“");
    quoted || words[from..to].iter().all(|w| w.capital)
}
