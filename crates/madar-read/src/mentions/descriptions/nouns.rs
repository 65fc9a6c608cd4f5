//! Nouns of descriptions, as `lang/*/nouns.toml` lists them.

use madar_text::{Lang, Span, fold};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::reading::EntityKind;
use crate::russian::Russian;
use crate::words::Word;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounsFile {
    posts: Vec<String>,
    ties: Vec<String>,
    before: Vec<String>,
    common: Vec<String>,
    holders: Vec<String>,
    vague: Vec<String>,
    others: Vec<String>,
    classes: std::collections::BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Post,
    /// Kin and friends: nobody without the one they belong to.
    Tie,
    Class(EntityKind),
}

pub(super) struct Noun {
    pub(super) rest: Vec<String>,
    /// The dictionary form of the whole.
    pub(super) shown: String,
    pub(super) sort: Sort,
}

pub(super) struct Pack {
    pub(super) nouns: FxHashMap<String, Vec<Noun>>,
    pub(super) before: Vec<String>,
    common: Vec<String>,
    holders: Vec<String>,
    vague: Vec<String>,
    others: Vec<String>,
}

/// Nouns of descriptions, all languages.
pub(crate) struct Nouns {
    packs: [Pack; 3],
}

const FILES: [(Lang, &str); 3] = [
    (Lang::Ar, include_str!("../../../lang/ar/nouns.toml")),
    (Lang::En, include_str!("../../../lang/en/nouns.toml")),
    (Lang::Ru, include_str!("../../../lang/ru/nouns.toml")),
];

impl Nouns {
    pub(crate) fn new(russian: &Russian) -> Self {
        let packs = FILES.map(|(lang, file)| {
            let file: NounsFile = toml::from_str(file)
                .unwrap_or_else(|error| panic!("lang/{}/nouns.toml: {error}", lang.code()));
            let folded = |words: &[String]| words.iter().map(|w| fold(w)).collect();
            let mut pack = Pack {
                nouns: FxHashMap::default(),
                before: folded(&file.before),
                common: folded(&file.common),
                holders: folded(&file.holders),
                vague: folded(&file.vague),
                others: folded(&file.others),
            };
            let mut add = |text: &str, sort: Sort| {
                let key = |w: &str| match lang {
                    Lang::Ru => russian.lemma(w),
                    Lang::Ar => arabic_key(w),
                    _ => fold(w),
                };
                let mut words: Vec<String> = tokens(text).iter().map(|w| key(w)).collect();
                let shown = words.join(" ").replace(" - ", "-");
                if words.is_empty() {
                    return;
                }
                let head = words.remove(0);
                pack.nouns.entry(head).or_default().push(Noun {
                    rest: words,
                    shown,
                    sort,
                });
            };
            file.posts.iter().for_each(|n| add(n, Sort::Post));
            file.ties.iter().for_each(|n| add(n, Sort::Tie));
            for (kind, list) in &file.classes {
                let kind = EntityKind::named(kind).unwrap_or_else(|| panic!("kind {kind}"));
                list.iter().for_each(|n| add(n, Sort::Class(kind)));
            }
            for list in pack.nouns.values_mut() {
                list.sort_by_key(|n| std::cmp::Reverse(n.rest.len()));
            }
            pack
        });
        Self { packs }
    }

    /// Whether a word alone is a post or a tie.
    pub(crate) fn is_noun(&self, lang: Lang, word: &Word) -> bool {
        let mut own = self.begun_by(lang, word).iter();
        own.any(|n| n.rest.is_empty() || lang == Lang::En)
    }

    /// Whether a word alone is a post.
    pub(crate) fn is_post(&self, lang: Lang, word: &Word) -> bool {
        let mut own = self.begun_by(lang, word).iter();
        own.any(|n| n.sort == Sort::Post)
    }

    /// Whether a description is of kin or friends: by its noun, or by the word it begins with.
    pub(crate) fn is_tie(&self, lang: Lang, noun: Option<&str>, first: &Word) -> bool {
        let nouns = &self.pack(lang).nouns;
        let own = noun.and_then(|noun| nouns.get(noun.split(' ').next()?));
        let list = own
            .or_else(|| nouns.get(&first.lemma))
            .or_else(|| nouns.get(&first.fold));
        list.is_some_and(|list| list.iter().any(|n| n.sort == Sort::Tie))
    }

    /// Whether a word beside a class noun says that it is none of which the text has spoken: *{another} bank*.
    pub(crate) fn is_other(&self, lang: Lang, word: &Word) -> bool {
        let others = &self.pack(lang).others;
        others.contains(&word.lemma) || others.contains(&word.fold)
    }

    /// Whether a word alone is a class noun: *company*, *ministry*; and of which kind.
    pub(crate) fn class(&self, lang: Lang, word: &Word) -> Option<EntityKind> {
        let list = self.pack(lang).nouns.get(&word.lemma)?;
        list.iter().find_map(|n| match n.sort {
            Sort::Class(kind) if n.rest.is_empty() => Some(kind),
            _ => None,
        })
    }

    /// Whether a noun in its base form is a class noun of this kind.
    pub(crate) fn is_class(&self, lang: Lang, noun: &str, kind: EntityKind) -> bool {
        let list = self.pack(lang).nouns.get(noun);
        list.is_some_and(|list| list.iter().any(|n| n.sort == Sort::Class(kind)))
    }

    /// Whether a text has more of a post than it names: *the official* may be anybody.
    pub(crate) fn is_common(&self, lang: Lang, noun: &str) -> bool {
        self.pack(lang).common.iter().any(|common| common == noun)
    }

    /// Whether bodies are called by this noun of people too: *its owner, Dijla Holding*.
    pub(crate) fn is_holder(&self, lang: Lang, noun: &str) -> bool {
        self.pack(lang).holders.iter().any(|holder| holder == noun)
    }

    /// Whether a noun may mean a public body in whose name it does not stand: *the agency*.
    pub(crate) fn is_vague(&self, lang: Lang, noun: &str) -> bool {
        self.pack(lang).vague.iter().any(|vague| vague == noun)
    }

    /// Whether a word stands before such nouns: *former*, *deputy*.
    pub(in crate::mentions) fn is_before(&self, lang: Lang, word: &Word) -> bool {
        let before = &self.pack(lang).before;
        before.contains(&word.lemma) || before.contains(&word.fold)
    }

    /// The nouns that begin with a word, longer ones first.
    pub(super) fn begun_by(&self, lang: Lang, word: &Word) -> &[Noun] {
        let nouns = &self.pack(lang).nouns;
        let own = nouns.get(&word.lemma).or_else(|| nouns.get(&word.fold));
        own.map_or(&[], Vec::as_slice)
    }

    pub(super) fn pack(&self, lang: Lang) -> &Pack {
        &self.packs[FILES
            .iter()
            .position(|f| f.0 == lang)
            .expect("only languages that are read")]
    }

    /// Whether a folded Arabic word is a noun of its own.
    pub(crate) fn is_arabic_noun(&self, word: &str) -> bool {
        let nouns = self.pack(Lang::Ar).nouns.get(word);
        nouns.is_some_and(|all| all.iter().any(|noun| noun.rest.is_empty()))
    }

    /// Folded Arabic nouns: they exist, so clitics may be cut before them.
    pub(crate) fn arabic_words(&self) -> impl Iterator<Item = &str> {
        self.pack(Lang::Ar).nouns.keys().map(String::as_str)
    }
}

fn tokens(text: &str) -> Vec<&str> {
    let whole = Span::from_range(0..text.len());
    madar_text::tokens(text, whole, Lang::Other)
        .into_iter()
        .map(|t| t.span.of(text))
        .collect()
}

fn arabic_key(word: &str) -> String {
    let folded = fold(word);
    folded
        .strip_prefix("ال")
        .filter(|rest| rest.chars().count() > 1)
        .unwrap_or(&folded)
        .to_owned()
}
