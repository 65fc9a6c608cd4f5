//! Sources without a name and papers, as the text describes them: which of the two it is, of what kind,
//! of which country. `data/sources.toml` has the words. *A European security official* is an official,
//! security, european.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::Kit;
use madar_text::fold;
use serde::Deserialize;

const SOURCES: &str = include_str!("../data/sources.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    people: BTreeMap<String, Vec<String>>,
    said: BTreeMap<String, Vec<String>>,
    papers: BTreeMap<String, Vec<String>>,
}

/// Words that tell what a description describes.
pub(crate) struct Described {
    people: Vec<(String, Word)>,
    said: Vec<(String, Word)>,
    papers: Vec<(String, Word)>,
}

/// A folded word, or the beginning of one.
struct Word {
    text: String,
    any_ending: bool,
}

/// What a description says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Kind {
    pub(crate) is_paper: bool,
    /// The noun's kind and what else is said; empty where nothing tells this one from others.
    pub(crate) words: BTreeSet<String>,
    /// Countries named in it, as ids of places.
    pub(crate) countries: BTreeSet<String>,
}

impl Described {
    /// # Panics
    /// If the bundled table is malformed; a test loads it.
    pub(crate) fn bundled() -> Self {
        let table: Table = toml::from_str(SOURCES).expect("the bundled table is well formed");
        let words = |map: BTreeMap<String, Vec<String>>| {
            let word = |text: &String| Word {
                any_ending: text.ends_with('*'),
                text: fold(text.trim_end_matches('*')),
            };
            map.iter()
                .flat_map(|(kind, list)| list.iter().map(move |w| (kind.clone(), word(w))))
                .collect()
        };
        Self {
            people: words(table.people),
            said: words(table.said),
            papers: words(table.papers),
        }
    }

    pub(crate) fn is_paper(&self, description: &str) -> bool {
        let folded = fold(description);
        for word in words_of(&folded) {
            if kind_of(&self.people, word).is_some() {
                return false;
            }
            if kind_of(&self.papers, word).is_some() {
                return true;
            }
        }
        false
    }

    pub(crate) fn kind(&self, description: &str, kit: &Kit) -> Kind {
        let folded = fold(description);
        let is_paper = self.is_paper(description);
        let mut words = BTreeSet::new();
        let mut countries = BTreeSet::new();
        let nouns = if is_paper { &self.papers } else { &self.people };
        let mut noun: Option<&str> = None;
        for word in words_of(&folded) {
            if noun.is_none() {
                noun = kind_of(nouns, word);
            }
            if let (false, Some(said)) = (is_paper, kind_of(&self.said, word)) {
                words.insert(said.to_owned());
            }
            if let Some(country) = bare(word).find_map(|w| kit.gazetteer.demonym(w, kit.russian)) {
                countries.insert(country.to_owned());
            }
        }
        words.extend(noun.filter(|n| !VAGUE.contains(n)).map(str::to_owned));
        Kind {
            is_paper,
            words,
            countries,
        }
    }
}

/// Nouns that any source and any paper may be called by.
const VAGUE: [&str; 2] = ["any", "document"];

impl Kind {
    /// Whether two may be the same people or the same paper: the same is said of them, and no two
    /// countries.
    pub(crate) fn may_be(&self, other: &Kind) -> bool {
        let countries = self.countries.is_empty()
            || other.countries.is_empty()
            || !self.countries.is_disjoint(&other.countries);
        self.is_paper == other.is_paper
            && !self.words.is_empty()
            && self.words == other.words
            && countries
    }
}

fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    folded.split(move |c| !inside(c)).filter(|w| !w.is_empty())
}

fn kind_of<'a>(table: &'a [(String, Word)], word: &str) -> Option<&'a str> {
    bare(word).find_map(|bare| {
        let found = table
            .iter()
            .find(|(_, w)| bare == w.text || w.any_ending && bare.starts_with(w.text.as_str()));
        found.map(|(kind, _)| kind.as_str())
    })
}

/// A word as it stands, and an Arabic one without what is written onto its front.
fn bare(word: &str) -> impl Iterator<Item = &str> {
    const PREFIXES: [&str; 12] = [
        "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "و", "ب", "ل", "ف", "ك",
    ];
    let stripped = PREFIXES.iter().filter_map(|p| word.strip_prefix(p));
    std::iter::once(word).chain(stripped.filter(|rest| rest.chars().count() >= 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_noun_decides_between_people_and_papers() {
        let table = Described::bundled();
        let check =
            |text: &str, is_paper: bool| assert_eq!(table.is_paper(text), is_paper, "{text}");
        check("a draft contract seen by two officials", true);
        check("two officials who saw the draft contract", false);
        check("court filings", true);
        check("وثائق اطلع عليها مسؤولون", true);
        check("مصدر اطلع على الوثائق", false);
        check("выписка из реестра", true);
        check("собеседник, видевший документы", false);
        check("reporters", false);
    }

    #[test]
    fn kinds_meet_across_languages() {
        let (table, kit) = (Described::bundled(), Kit::bundled());
        let check = |a: &str, b: &str, may_be: bool| {
            let (p, q) = (table.kind(a, &kit), table.kind(b, &kit));
            assert_eq!(p.may_be(&q), may_be, "{a} {p:?} | {b} {q:?}");
        };
        check(
            "people familiar with the matter",
            "أشخاص مطلعين على الملف",
            true,
        );
        check(
            "people briefed on the sale",
            "источники, знакомые со сделкой",
            true,
        );
        check("a French diplomat", "دبلوماسي فرنسي", true);
        check("a French diplomat", "итальянский дипломат", false);
        check("a security official", "an oil trader", false);
        check("sources", "مصادر", false); // could be anybody: nothing ties them
        check("corporate records", "выписка из реестра", true);
        check("a bank invoice", "a court ruling", false);
    }
}
