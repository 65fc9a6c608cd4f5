//! Names that are known beforehand: outlets, places, public bodies, companies. Looked up by words,
//! so that an inflected or prefixed form finds its entry; an ambiguous form is only a hint.

use std::ops::Range;
use std::sync::LazyLock;

use madar_text::{Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::kit::{Lazy, RUSSIAN};
use crate::reading::EntityKind;
use crate::russian::Russian;
use crate::words::Word;

/// One listed thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// `outlets/wsj`, `places/us`, `bodies/cia`, `persons/…`.
    pub id: String,
    pub kind: EntityKind,
    /// Usual name in English, Arabic, Russian; empty where the table has none.
    pub names: [String; 3],
    /// Country: a place id without its table (`us`), for bodies, cities and outlets.
    pub country: String,
    /// Group that owns an outlet.
    pub owner: String,
    pub domains: Vec<String>,
    pub is_agency: bool,
    /// For a capital: the country whose government its name may stand for.
    pub capital_of: Option<String>,
}

impl Entry {
    pub fn is_outlet(&self) -> bool {
        self.id.starts_with("outlets/")
    }
}

/// A listed form found in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// First word and one past the last, within the sentence.
    pub from: usize,
    pub to: usize,
    pub entry: usize,
}

/// The words of a form and the entry that it names.
type Form = (Vec<String>, usize);

/// What an adjective or demonym stands for: *Russian*, الأميركي, российский.
pub type CountryId = String;

pub struct Gazetteer {
    entries: Vec<Entry>,
    by_id: FxHashMap<String, usize>,
    forms: Lazy<Forms>,
    adjectives: [FxHashMap<String, CountryId>; 3],
    /// With which word those of two words begin.
    two_words: [FxHashSet<String>; 3],
    domains: FxHashMap<String, usize>,
}

/// Per language: first key to the forms that begin with it, longest first. Only reading needs them.
struct Forms([FxHashMap<String, Vec<Form>>; 3]);

static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::new(&RUSSIAN));

const OUTLETS: &str = include_str!("../data/outlets.tsv");
const PLACES: &str = include_str!("../data/places.tsv");
const BODIES: &str = include_str!("../data/bodies.tsv");

/// What the tables list, with the forms of each in English, Arabic, Russian.
fn listed() -> impl Iterator<Item = (Entry, [Vec<String>; 3])> {
    let outlets = rows(OUTLETS).map(|row| {
        // id name kind country owner en ar ru domains
        let entry = Entry {
            id: format!("outlets/{}", cell(&row, 0)),
            kind: EntityKind::Organization,
            names: [cell(&row, 1), first(&row, 6), first(&row, 7)],
            country: cell(&row, 3),
            owner: cell(&row, 4),
            domains: list(&row, 8),
            is_agency: cell(&row, 2) == "agency",
            capital_of: None,
        };
        (entry, [list(&row, 5), list(&row, 6), list(&row, 7)])
    });
    let capitals: FxHashMap<String, String> = rows(PLACES)
        .filter(|row| cell(row, 1) == "country" && !cell(row, 9).is_empty())
        .map(|row| (cell(&row, 9), cell(&row, 0)))
        .collect();
    // id kind country en ar ru en_adj ar_adj ru_adj capital
    let places = rows(PLACES).map(move |row| {
        let capital_of = capitals.get(&cell(&row, 0)).cloned();
        plain("places", EntityKind::Place, capital_of, &row)
    });
    // id kind country en ar ru
    let bodies = rows(BODIES).map(|row| {
        let kind = EntityKind::named(&cell(&row, 1)).unwrap_or(EntityKind::Organization);
        plain("bodies", kind, None, &row)
    });
    outlets.chain(places).chain(bodies)
}

/// A row of a table that begins with id, kind, country and the forms.
fn plain(
    table: &str,
    kind: EntityKind,
    capital_of: Option<String>,
    row: &[&str],
) -> (Entry, [Vec<String>; 3]) {
    let entry = Entry {
        id: format!("{table}/{}", cell(row, 0)),
        kind,
        names: [first(row, 3), first(row, 4), first(row, 5)],
        country: cell(row, 2),
        owner: String::new(),
        domains: Vec::new(),
        is_agency: false,
        capital_of,
    };
    (entry, [list(row, 3), list(row, 4), list(row, 5)])
}

impl Gazetteer {
    pub(crate) fn bundled() -> Self {
        let mut gazetteer = Self {
            entries: Vec::new(),
            by_id: FxHashMap::default(),
            forms: &FORMS,
            adjectives: Default::default(),
            two_words: Default::default(),
            domains: FxHashMap::default(),
        };
        for (at, (entry, _)) in listed().enumerate() {
            gazetteer.by_id.entry(entry.id.clone()).or_insert(at);
            for domain in &entry.domains {
                gazetteer.domains.entry(domain.clone()).or_insert(at);
            }
            gazetteer.entries.push(entry);
        }
        for row in rows(PLACES).filter(|row| cell(row, 1) == "country") {
            for (lang, column) in [6, 7, 8].into_iter().enumerate() {
                for form in list(&row, column) {
                    if let Some((first, _)) = fold(&form).split_once(' ') {
                        gazetteer.two_words[lang].insert(first.to_owned());
                    }
                    let adjectives = &mut gazetteer.adjectives[lang];
                    adjectives
                        .entry(fold(&form))
                        .or_insert_with(|| cell(&row, 0));
                }
            }
        }
        gazetteer
    }

    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).map(|&at| &self.entries[at])
    }

    /// Names of places of one Arabic word, folded: لندن is no ل + ندن.
    pub(crate) fn arabic_places(&self) -> impl Iterator<Item = &str> {
        let arabic = index(Lang::Ar).map(|at| &self.forms.0[at]);
        let forms = arabic.into_iter().flat_map(FxHashMap::values).flatten();
        forms.filter_map(|(words, entry)| match &words[..] {
            [only] if self.entries[*entry].kind == EntityKind::Place => Some(only.as_str()),
            _ => None,
        })
    }

    pub fn entry_at(&self, at: usize) -> &Entry {
        &self.entries[at]
    }

    /// The outlet that owns a host name, subdomains included.
    pub fn outlet_of_host(&self, host: &str) -> Option<&Entry> {
        let mut rest = host.strip_prefix("www.").unwrap_or(host);
        loop {
            if let Some(&at) = self.domains.get(rest) {
                return Some(&self.entries[at]);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// The entry whose form is exactly `text`, in any of the languages.
    pub fn lookup(&self, text: &str, russian: &Russian) -> Option<&Entry> {
        LANGS.into_iter().enumerate().find_map(|(at, lang)| {
            let key = form_key(text, lang, russian);
            let found = self.forms.0[at]
                .get(key.first()?)?
                .iter()
                .find(|(form, _)| *form == key)?;
            Some(&self.entries[found.1])
        })
    }

    /// The country that an adjective or demonym names: *Russian* → `ru`.
    pub fn adjective(&self, word: &Word, lang: Lang) -> Option<&str> {
        let table = &self.adjectives[index(lang)?];
        let by = |key: &str| table.get(key).map(String::as_str);
        by(&word.lemma).or_else(|| by(&word.fold))
    }

    /// The country that an adjective names at a word, alone or with the word before or behind: *South {Korean}*,
    /// {كوري} شمالي; with the words that say so.
    pub fn adjective_at(
        &self,
        words: &[Word],
        at: usize,
        lang: Lang,
    ) -> Option<(&str, Range<usize>)> {
        fn key(word: &Word, lang: Lang) -> &String {
            match lang {
                Lang::Ar => &word.lemma,
                _ => &word.fold,
            }
        }
        let language = index(lang)?;
        let two = |from: usize| {
            let [a, b] = words.get(from..from + 2)? else {
                return None;
            };
            let (first, second) = (key(a, lang), key(b, lang));
            self.two_words[language].get(first)?;
            let country = self.adjectives[language].get(&format!("{first} {second}"))?;
            Some((country.as_str(), from..from + 2))
        };
        let alone = || Some((self.adjective(words.get(at)?, lang)?, at..at + 1));
        two(at).or_else(|| two(at.checked_sub(1)?)).or_else(alone)
    }

    /// The country that a bare word names as an adjective or demonym, in whatever language it is:
    /// `французский` → `fr`.
    pub fn demonym(&self, word: &str, russian: &Russian) -> Option<&str> {
        let (folded, lemma) = (fold(word), russian.lemma(word));
        self.adjectives.iter().find_map(|table| {
            let named = |key: &str| table.get(key).map(String::as_str);
            named(&folded).or_else(|| named(&lemma))
        })
    }

    /// *Газ* has the lemma that the dictionary gives to *Газа*, and is another word.
    fn is_other_word(&self, entry: usize, word: &Word, lang: Lang) -> bool {
        lang == Lang::Ru
            && word.fold == word.lemma
            && self.entries[entry].names[2].chars().count() == word.fold.chars().count() + 1
            && fold(&self.entries[entry].names[2]).starts_with(&word.fold)
    }

    /// Listed forms in a sentence, longest first from the left, not overlapping.
    pub fn scan(&self, words: &[Word], lang: Lang) -> Vec<Found> {
        let Some(forms) = index(lang).map(|at| &self.forms.0[at]) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let best = forms.get(word_key(&words[at], lang)).and_then(|list| {
                list.iter().find(|(form, entry)| {
                    at + form.len() <= words.len()
                        && !(form.len() == 1 && self.is_other_word(*entry, &words[at], lang))
                        && form.iter().zip(&words[at..]).all(|(k, w)| k == word_key(w, lang))
                        // Arabic: nothing may be prefixed inside a name
                        && words[at + 1..at + form.len()].iter().all(|w| w.host == w.span)
                        // a lower-case word is no name where the script has capitals
                        && (lang == Lang::Ar || words[at..at + form.len()].iter().any(|w| w.capital))
                })
            });
            if let Some((form, entry)) = best {
                out.push(Found {
                    from: at,
                    to: at + form.len(),
                    entry: *entry,
                });
                at += form.len();
            } else {
                at += 1;
            }
        }
        out
    }
}

impl Forms {
    fn new(russian: &Russian) -> Self {
        let mut out = Self(Default::default());
        for (at, (_, [en, ar, ru])) in listed().enumerate() {
            // Papers in any language print Latin names; Arabic and Russian pages are matched on both.
            for (lang, own) in [(0, &en), (1, &ar), (1, &en), (2, &ru), (2, &en)] {
                for form in own {
                    let key = form_key(form, LANGS[lang], russian);
                    let Some(head) = key.first().cloned() else {
                        continue;
                    };
                    let list = out.0[lang].entry(head).or_default();
                    if !list.iter().any(|(other, _)| *other == key) {
                        list.push((key, at));
                    }
                }
            }
        }
        for forms in &mut out.0 {
            for list in forms.values_mut() {
                list.sort_by_key(|(form, entry)| (std::cmp::Reverse(form.len()), *entry));
            }
        }
        out
    }
}

const LANGS: [Lang; 3] = [Lang::En, Lang::Ar, Lang::Ru];

fn index(lang: Lang) -> Option<usize> {
    LANGS.iter().position(|&l| l == lang)
}

fn word_key(word: &Word, lang: Lang) -> &str {
    if lang == Lang::Ru {
        &word.lemma
    } else {
        &word.fold
    }
}

fn form_key(form: &str, lang: Lang, russian: &Russian) -> Vec<String> {
    madar_text::tokens(
        form,
        madar_text::Span::from_range(0..form.len()),
        Lang::Other,
    )
    .iter()
    .map(|token| {
        let word = token.span.of(form);
        if lang == Lang::Ru {
            own_lemma(word, russian)
        } else {
            fold(word)
        }
    })
    .collect()
}

/// The lemma of a word that stands in the nominative; what the dictionary takes for another word (*Того* for
/// *тот*, *Неом* for *не*) is found by no inflected form.
fn own_lemma(word: &str, russian: &Russian) -> String {
    let (lemma, folded) = (russian.lemma(word), fold(word));
    let shared = lemma
        .chars()
        .zip(folded.chars())
        .take_while(|(a, b)| a == b);
    let enough = folded.chars().count().min(OWN_LETTERS);
    if shared.count() >= enough {
        lemma
    } else {
        folded
    }
}

/// Letters that a name shares with its lemma at least; endings change, beginnings do not.
const OWN_LETTERS: usize = 3;

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .map(|l| l.split('\t').collect())
}

fn cell(row: &[&str], at: usize) -> String {
    row.get(at).copied().unwrap_or_default().trim().to_owned()
}

fn list(row: &[&str], at: usize) -> Vec<String> {
    let parts = cell(row, at);
    parts
        .split('|')
        .map(str::trim)
        .filter(|f| !f.is_empty())
        .map(str::to_owned)
        .collect()
}

fn first(row: &[&str], at: usize) -> String {
    list(row, at).into_iter().next().unwrap_or_default()
}
