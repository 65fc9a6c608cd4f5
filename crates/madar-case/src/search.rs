//! Passages by their words. A word is found in any of its Russian forms, with any Arabic proclitic, in the
//! singular and in the plural, and by its beginning: *tanker* finds *tankers*, شركة finds والشركات,
//! *Ковалева* finds *Ковалёвой*. A name finds everybody whose name is like it, in all three scripts.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::words::{Sentence, Word, words};
use madar_read::{FactKind, Kit, Status};
use madar_text::{
    Block, BlockKind, BytesHash, Day, Document, Lang, Metadata, Script, Span, TokenKind, fold,
    language,
};

use crate::answer::{Found, Passage};
use crate::keep::Kept;
use crate::view::{At, View, place};

/// What is looked for. A filter that is not set lets everything pass.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Search {
    pub text: String,
    /// Only passages in which something of this kind is told …
    pub kind: Option<FactKind>,
    /// … held so …
    pub status: Option<Status>,
    /// … and standing on so many independent chains at least, whatever is suspected.
    pub chains: Option<u32>,
    /// Only documents published from this day on …
    pub since: Option<Day>,
    /// … until this day.
    pub until: Option<Day>,
    /// Only passages of this publisher, or that come through it.
    pub source: Option<String>,
    /// No more passages are looked for once so many are found.
    pub limit: Option<usize>,
}

/// Letters from which on a word finds those that begin with it; shorter ones must be the word.
const SHORTEST_BEGINNING: usize = 3;
/// Letters of a stem: below it, endings tell words apart.
const SHORTEST_STEM: usize = 3;

/// Endings of inflection, the longest first; what is left when one is taken off is compared.
const ARABIC: [&str; 17] = [
    "اتهما",
    "اتها",
    "اتهم",
    "اته",
    "تهما",
    "تها",
    "تهم",
    "تنا",
    "ات",
    "ته",
    "ين",
    "ون",
    "ان",
    "ها",
    "هم",
    "ه",
    "ت",
];
const RUSSIAN: [&str; 26] = [
    "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "ах", "ях", "ов", "ев", "ой",
    "ою", "ей", "ом", "ем", "ым", "им", "ых", "их", "ую", "а", "у", "ы",
];
const ENGLISH: [&str; 6] = ["'s", "ing", "ed", "es", "s", "y"];

/// The sentences that hold all words of the query, in order of documents and text.
pub(crate) fn find(view: &View, query: &str) -> Vec<Passage> {
    let search = Search {
        text: query.to_owned(),
        ..Search::default()
    };
    let found = view.search(&search).into_iter();
    found.map(|found| found.passage).collect()
}

impl View<'_> {
    /// Sentences that hold all words, or the name, and pass the filters.
    pub(crate) fn search(&self, search: &Search) -> Vec<Found> {
        let wanted: Vec<Wanted> = query_words(&search.text, self.kit)
            .into_iter()
            .map(Wanted::new)
            .collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let named: BTreeSet<At> = self
            .alike(&search.text)
            .into_iter()
            .map(|(_, _, at)| at)
            .collect();
        let mut out = Vec::new();
        for (at, told) in self.candidates(&wanted, &named) {
            let kept = &self.kept[at];
            if search.limit.is_some_and(|limit| out.len() >= limit) {
                break;
            }
            if !self.published_within(at, search) {
                continue;
            }
            for (sentence, mut hits) in self.sentences(kept, told, &wanted) {
                hits.extend(self.mentions_in(at, sentence, &named));
                if hits.is_empty() {
                    continue;
                }
                let told = self.told_in(at, sentence, search);
                let filtered =
                    search.kind.is_some() || search.status.is_some() || search.chains.is_some();
                if filtered && told.is_empty() || !self.comes_from(at, &told, search) {
                    continue;
                }
                let span = sentence.trim(self.text(at));
                hits.sort_unstable();
                hits.dedup();
                hits.retain(|hit| span.contains(*hit));
                let within = |hit: &Span| Span::new(hit.start - span.start, hit.end - span.start);
                out.push(Found {
                    passage: self.passage(at, span),
                    hits: hits.iter().map(within).collect(),
                    claims: told
                        .into_iter()
                        .map(|claim| self.claim(claim).id.clone())
                        .collect(),
                });
            }
        }
        out
    }

    /// Documents that may hold all words, in order.
    pub(crate) fn holding_words(&self, text: &str) -> Vec<At> {
        let wanted: Vec<Wanted> = query_words(text, self.kit)
            .into_iter()
            .map(Wanted::new)
            .collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        self.candidates(&wanted, &BTreeSet::new())
            .into_keys()
            .collect()
    }

    /// The sentences of a document, with the words of each that are the wanted ones if it has all of them.
    fn sentences(&self, kept: &Kept, may: May, wanted: &[Wanted]) -> Vec<(Span, Vec<Span>)> {
        match may {
            May::HoldWords => words(&kept.document, self.kit)
                .iter()
                .map(|own| (own.span, hits(own, wanted).unwrap_or_default()))
                .collect(),
            // what is not looked for need not be taken apart
            May::Name => {
                let all = kept.reading.sentences.iter();
                all.map(|&span| (span, Vec::new())).collect()
            }
        }
    }

    /// Documents that may hold all words or name one of these, in order.
    fn candidates(&self, wanted: &[Wanted], named: &BTreeSet<At>) -> BTreeMap<At, May> {
        let Some(found) = self.links.documents_with(&expression(wanted), self.kept) else {
            let all = 0..self.kept.len();
            return all.map(|at| (at, May::HoldWords)).collect();
        };
        let places = named.iter().flat_map(|&entity| self.places_of(entity));
        let named = places.map(|&(document, _)| (place(document), May::Name));
        let found = found.into_iter().map(|at| (at, May::HoldWords));
        named.chain(found).collect()
    }

    /// Claims that the sentence tells and that pass the filters.
    fn told_in(&self, document: At, sentence: Span, search: &Search) -> BTreeSet<At> {
        let own = self.links.places(document).facts.iter().enumerate();
        let own = own.filter_map(|(fact, told)| Some((fact, told.as_ref()?.1)));
        let here = own.filter(|(fact, _)| sentence.contains(self.fact((document, *fact)).trigger));
        let passes = |claim: &At| {
            let held = self.claim(*claim);
            search.kind.is_none_or(|kind| held.kind == kind)
                && search.status.is_none_or(|status| held.status == status)
                && search.chains.is_none_or(|least| held.support.k_lo >= least)
        };
        here.map(|(_, claim)| claim).filter(passes).collect()
    }

    fn published_within(&self, document: At, search: &Search) -> bool {
        if search.since.is_none() && search.until.is_none() {
            return true;
        }
        let kept = &self.kept[document];
        let stated = kept
            .document
            .meta
            .published
            .as_ref()
            .map(|p| (p.stamp.day, p.stamp.day));
        let anchor = kept.reading.anchor.as_ref().map(|a| (a.earliest, a.latest));
        stated.or(anchor).is_some_and(|(first, last)| {
            search.since.is_none_or(|since| last >= since)
                && search.until.is_none_or(|until| first <= until)
        })
    }

    /// The document's publisher, or a transmitter on a chain of what the sentence tells.
    fn comes_from(&self, document: At, told: &BTreeSet<At>, search: &Search) -> bool {
        let Some(source) = &search.source else {
            return true;
        };
        let wanted = fold(source);
        let is = |name: &str| fold(name) == wanted;
        let own = told.iter().flat_map(|&claim| {
            let reports = self.claim(claim).reports.iter();
            reports.filter(move |(of, _)| *of == document)
        });
        self.publisher(document).is_some_and(|name| is(&name))
            || own
                .flat_map(|&at| self.chain(at.0, &self.fact(at).chain))
                .any(|link| is(&link.name))
    }

    /// Where the sentence names one of these.
    fn mentions_in(&self, document: At, sentence: Span, named: &BTreeSet<At>) -> Vec<Span> {
        if named.is_empty() {
            return Vec::new();
        }
        let mentions = &self.kept[document].reading.mentions;
        let first = mentions.partition_point(|m| m.span.start < sentence.start);
        let here = mentions[first..].iter().enumerate();
        let here = here.take_while(|(_, m)| m.span.start < sentence.end);
        here.filter(|(at, _)| named.contains(&self.links.places(document).entity_of[first + at]))
            .map(|(_, mention)| mention.span)
            .collect()
    }
}

/// Why a document is looked into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum May {
    HoldWords,
    /// It names somebody who is looked for, and does not hold the words.
    Name,
}

/// A word of the query.
struct Wanted {
    word: Word,
    /// Of the word and of its lemma.
    stems: [String; 2],
}

impl Wanted {
    fn new(word: Word) -> Self {
        Self {
            stems: [&word.fold, &word.lemma].map(|form| stem(form).to_owned()),
            word,
        }
    }

    fn is(&self, own: &Word) -> bool {
        let wanted = &self.word;
        let begins = wanted.fold.chars().count() >= SHORTEST_BEGINNING
            && (own.fold.starts_with(&wanted.fold) || own.lemma.starts_with(&wanted.fold));
        // an Arabic word keeps its article, its lemma does not
        let same_stem = |word: &str| {
            let own = stem(word);
            own.chars().count() >= SHORTEST_STEM && self.stems.iter().any(|stem| stem == own)
        };
        let stems = same_stem(&own.fold) || same_stem(&own.lemma);
        own.fold == wanted.fold || own.lemma == wanted.lemma || begins || stems
    }
}

/// What documents are filed by: each word as it stands, its lemma, and the stems of both.
pub(crate) fn terms(document: &Document, kit: &Kit) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for word in words(document, kit).iter().flat_map(|s| &s.words) {
        if word.kind != TokenKind::Punct {
            let forms = [
                &*word.fold,
                &*word.lemma,
                stem(&word.fold),
                stem(&word.lemma),
            ];
            out.extend(forms.map(filed));
        }
    }
    out
}

/// As it is filed: a query must find it whole.
fn filed(term: &str) -> String {
    let whole = |c: char| {
        if c.is_whitespace() || c == '"' {
            '_'
        } else {
            c
        }
    };
    term.chars().map(whole).collect()
}

/// The documents that may have all words, as FTS5 is asked for them.
fn expression(wanted: &[Wanted]) -> String {
    let one = |wanted: &Wanted| {
        let word = &wanted.word;
        let begins = word.fold.chars().count() >= SHORTEST_BEGINNING;
        let star = if begins { "*" } else { "" };
        let stems = wanted
            .stems
            .iter()
            .map(|stem| format!(" OR \"{}\"", filed(stem)));
        format!(
            "(\"{}\"{star} OR \"{}\"{})",
            filed(&word.fold),
            filed(&word.lemma),
            stems.collect::<String>()
        )
    };
    wanted.iter().map(one).collect::<Vec<_>>().join(" AND ")
}

/// The words of the sentence that are the wanted ones, if it has all of them.
fn hits(sentence: &Sentence, wanted: &[Wanted]) -> Option<Vec<Span>> {
    let mut out = Vec::new();
    for one in wanted {
        let before = out.len();
        let own = sentence.words.iter().filter(|own| one.is(own));
        out.extend(own.map(|own| own.span));
        if out.len() == before {
            return None;
        }
    }
    Some(out)
}

/// The folded word without an ending of inflection.
fn stem(word: &str) -> &str {
    let endings: &[&str] = match Script::of_text(word) {
        Some(Script::Arabic) => &ARABIC,
        Some(Script::Cyrillic) => &RUSSIAN,
        _ => &ENGLISH,
    };
    let rest = endings.iter().find_map(|ending| word.strip_suffix(ending));
    rest.filter(|rest| rest.chars().count() >= SHORTEST_STEM)
        .unwrap_or(word)
}

/// The words of the query, read as a text of its own.
fn query_words(query: &str, kit: &Kit) -> Vec<Word> {
    let lang = match language(query) {
        // a word or two tell little: the script tells more
        Lang::Other => match Script::of_text(query) {
            Some(Script::Arabic) => Lang::Ar,
            Some(Script::Cyrillic) => Lang::Ru,
            _ => Lang::En,
        },
        lang => lang,
    };
    let block = Block {
        span: Span::from_range(0..query.len()),
        kind: BlockKind::Paragraph,
        lang,
        repeats: false,
    };
    let document = Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text: query.to_owned(),
        blocks: vec![block],
        places: Vec::new(),
        warnings: Vec::new(),
    };
    let sentences = words(&document, kit);
    let all = sentences.into_iter().flat_map(|sentence| sentence.words);
    all.filter(|word| word.kind != TokenKind::Punct).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, Said};
    use madar_open::{Given, open};

    const TEXTS: [&str; 3] = [
        "Talks in the Gulf\n\nThe lawyer Curtis Weller met Mikael Sandqvist in Doha on March 2. Two tankers left the port.\n",
        "Переговоры в заливе\n\nЮрист Ольга Карпина рассказала об Анне Ковалёвой и её компаниях. Танкеры вышли из порта.\n",
        "محادثات في الخليج\n\nقال كورتيس ويلر إن المصارف والشركات تنتظر القرار. وغادرت الناقلات الميناء.\n",
    ];

    fn found(query: &str) -> Vec<(String, Vec<String>)> {
        found_by(&Search {
            text: query.to_owned(),
            ..Search::default()
        })
    }

    /// Passages with the words that are highlighted in them.
    fn found_by(search: &Search) -> Vec<(String, Vec<String>)> {
        let kit = Kit::bundled();
        let mut case = Case::in_memory().unwrap();
        for words in TEXTS {
            let document = open(words.as_bytes(), &Given::default()).unwrap();
            let reading = madar_read::read(&document, &kit);
            case.add(&document, &reading, Said::ByDocument).unwrap();
        }
        let asked = case.asked(&kit).unwrap();
        let found = asked.search(search).into_iter();
        let shown = |f: Found| {
            let text = f.passage.text;
            let hits = f.hits.iter().map(|hit| hit.of(&text).to_owned()).collect();
            (text, hits)
        };
        found.map(shown).collect()
    }

    #[test]
    fn words_are_found_in_all_their_forms() {
        let check = |query: &str, word: &str| {
            let found = found(query);
            let hit = found.iter().any(|(_, hits)| hits.iter().any(|h| h == word));
            assert!(hit, "{query}: {found:?}");
        };
        check("شركة", "والشركات");
        check("ناقلة", "الناقلات");
        check("Ковалева", "Ковалёвой");
        check("компания", "компаниях");
        check("танкер", "Танкеры");
        check("tanker", "tankers");
        assert!(found("quetzalcoatl").is_empty());
    }

    #[test]
    fn filters_ask_for_what_the_passage_tells() {
        let search = Search {
            text: "Weller".to_owned(),
            kind: Some(FactKind::Meeting),
            ..Search::default()
        };
        let found = found_by(&search);
        assert!(!found.is_empty());
        assert!(
            found.iter().all(|(text, _)| text.contains("met")),
            "{found:?}"
        );
        let many = Search {
            chains: Some(2),
            ..search
        };
        assert!(found_by(&many).is_empty());
    }
}
