//! Descriptions: noun phrases with one clear referent that name nobody (*the Russian president*,
//! صهر الرئيس الأميركي, *глава «Роснефти»*). The nouns are data (`lang/*/nouns.toml`); what a
//! description stands for is settled by the referents.

mod arabic;
mod english;
mod inner;
mod nouns;
mod russian;

pub(crate) use arabic::is_participle;
pub(crate) use inner::inner_bodies;
pub(crate) use nouns::Nouns;
use nouns::{Noun, Sort};

use std::ops::Range;

use madar_text::{Clitics, Document, Lang, Span, TokenKind};

use crate::Kit;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::{Sentence, Word};

/// The descriptions of a sentence; `names` are the names found in it, in order.
pub(crate) fn descriptions(
    document: &Document,
    sentence: &Sentence,
    names: &[Mention],
    kit: &Kit,
) -> Vec<Mention> {
    let finder = Finder::new(document, sentence, names, kit);
    let mut out: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let found = if finder.name_at(at).is_none() {
            finder.at(at)
        } else {
            None
        };
        match found {
            Some((mention, head_end)) => {
                out.push(mention);
                // الملحق الصحفي: an adjective of the title is no title of its own.
                let article = |at: usize| {
                    sentence
                        .words
                        .get(at)
                        .is_some_and(|w| w.clitics.has(Clitics::ARTICLE))
                };
                let titled = sentence.lang == Lang::Ar && article(at);
                at = head_end;
                while titled && article(at) {
                    at += 1;
                }
            }
            None => at += 1,
        }
    }
    out
}

struct Finder<'a> {
    document: &'a Document,
    sentence: &'a Sentence,
    names: Vec<(usize, usize)>,
    mentions: &'a [Mention],
    kit: &'a Kit,
}

/// Words that a description may hold behind its noun.
const LONGEST_TAIL: usize = 9;

impl<'a> Finder<'a> {
    fn new(
        document: &'a Document,
        sentence: &'a Sentence,
        names: &'a [Mention],
        kit: &'a Kit,
    ) -> Self {
        let words = names.iter().map(|name| sentence.within(name.span));
        Self {
            document,
            sentence,
            names: words.map(|words| (words.start, words.end)).collect(),
            mentions: names,
            kit,
        }
    }
}

impl Finder<'_> {
    fn name_at(&self, word: usize) -> Option<usize> {
        self.names
            .iter()
            .position(|(from, to)| (*from..*to).contains(&word))
    }

    /// The kind of a body, if a word that is in no name is a class noun of one.
    fn body_at(&self, at: usize) -> Option<EntityKind> {
        let word = self.word(at).filter(|_| self.name_at(at).is_none())?;
        let kind = self.kit.class(self.sentence.lang, word)?;
        (kind.is_body() && !word.capital).then_some(kind)
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.sentence.words.get(at)
    }

    fn lemma_is(&self, at: usize, key: &str) -> bool {
        self.word(at)
            .is_some_and(|w| w.lemma == key || w.fold == key)
    }

    /// Whether the rest of a noun stands behind the word with which it begins.
    fn is_whole(&self, at: usize, noun: &Noun) -> bool {
        let mut rest = noun.rest.iter().enumerate();
        rest.all(|(i, key)| self.lemma_is(at + 1 + i, key))
    }

    fn at(&self, at: usize) -> Option<(Mention, usize)> {
        let word = self.word(at)?;
        let nouns = &self.kit.nouns.pack(self.sentence.lang).nouns;
        let possessed = self.sentence.lang == Lang::Ar
            && crate::arabic::has_pronoun(word.host.of(&self.document.text));
        let stems = if possessed {
            crate::arabic::without_pronoun(&word.fold)
        } else {
            Vec::new()
        };
        let stem = stems.iter().find_map(|stem| nouns.get(stem));
        let list = match stem {
            Some(list) => list.as_slice(),
            None => self.kit.nouns.begun_by(self.sentence.lang, word),
        };
        // مؤسسة is a founder behind a person's name, else a foundation.
        let apposed = self.sentence.lang == Lang::Ar && self.person_before(at);
        let fits = |n: &&Noun| self.is_whole(at, n);
        let person = |n: &&Noun| !matches!(n.sort, Sort::Class(_));
        let noun = list
            .iter()
            .filter(|n| apposed && person(n))
            .find(fits)
            .or_else(|| list.iter().find(fits))?;
        if word.plural && self.sentence.lang != Lang::Ar && !matches!(noun.sort, Sort::Class(_)) {
            return None;
        }
        // *Orban {hosted} Dodik*: a verb, and no host
        let verb =
            self.sentence.lang == Lang::En && word.tense.is_some() && word.fold != word.lemma;
        if verb || self.is_of_two(at) {
            return None;
        }
        let head_end = at + 1 + noun.rest.len();
        let phrase = match self.sentence.lang {
            Lang::Ar => self.arabic(at, head_end, noun.sort, stem.is_some()),
            Lang::Ru => self.russian(at, head_end, noun),
            _ => self.english(at, head_end, noun.sort),
        }?;
        let words = &self.sentence.words;
        let (from, to) = (phrase.0, super::quoted::balanced(words, phrase.0, phrase.1));
        let span = Span::new(words[from].host.start, words[to - 1].span.end);
        let kind = match noun.sort {
            Sort::Class(kind) => kind,
            Sort::Post | Sort::Tie => EntityKind::Person,
        };
        let mention = Mention {
            span,
            kind,
            form: MentionForm::Description,
            lang: self.sentence.lang,
            name: super::described(
                self.document,
                &words[from..to],
                self.sentence.lang,
                self.kit,
            ),
            listed: None,
            of: self.of(from, to),
            noun: Some(noun.shown.clone()),
        };
        Some((mention, head_end.max(at + 1)))
    }

    /// {رئيسا} تركيا وألمانيا are two presidents, {رئيسا} للبلاد and رئيسا تنفيذيا one: what two are of stands right behind
    /// them.
    fn is_of_two(&self, at: usize) -> bool {
        let word = &self.sentence.words[at];
        let plain = |w: &Word| w.host.of(&self.document.text).ends_with('ا');
        let shortened = word.fold.strip_suffix('ا') == Some(word.lemma.as_str());
        let next = self.word(at + 1).filter(|w| w.kind == TokenKind::Word);
        self.sentence.lang == Lang::Ar
            && shortened
            && plain(word)
            && next.is_some_and(|w| {
                let apart = w.clitics.preposition().is_some() || w.clitics.has(Clitics::AND);
                let preposition = self.kit.facts.is_preposition(Lang::Ar, &w.fold);
                let adjective = plain(w) && w.fold != w.lemma && self.name_from(at + 1).is_none();
                !apart && !preposition && !adjective
            })
    }

    /// The country that an adjective names at a word.
    fn country_at(&self, at: usize) -> Option<(&str, Range<usize>)> {
        let (gazetteer, sentence) = (&self.kit.gazetteer, self.sentence);
        gazetteer.adjective_at(&sentence.words, at, sentence.lang)
    }

    /// The country or body that the description names.
    fn of(&self, from: usize, to: usize) -> Option<String> {
        let adjective = (from..to).find_map(|at| {
            let (country, words) = self.country_at(at)?;
            (words.end <= to).then_some((at, country))
        });
        // رئيس الصندوق الروسي: of an Arabic chain of nouns the adjective may belong to the last.
        let of_another = |at: usize| {
            let class = |w: &Word| self.kit.class(Lang::Ar, w).is_some();
            self.sentence.lang == Lang::Ar && self.sentence.words[from + 1..at].iter().any(class)
        };
        if let Some((_, country)) = adjective.filter(|&(at, _)| at <= from || !of_another(at)) {
            return Some(format!("places/{country}"));
        }
        let inside = self.names.iter().zip(self.mentions);
        let mut inside = inside.filter(|((a, b), _)| *a >= from && *b <= to);
        inside.find_map(|(_, m)| m.listed.clone())
    }

    /// The name that begins at a word, with where it ends.
    fn name_from(&self, at: usize) -> Option<(usize, &Mention)> {
        let found = self.names.iter().position(|(from, _)| *from == at)?;
        Some((self.names[found].1, &self.mentions[found]))
    }

    fn person_follows(&self, at: usize) -> bool {
        let quote = |w: &Word| w.kind == TokenKind::Punct && matches!(w.fold.as_str(), "," | "،");
        let at = if self.word(at).is_some_and(quote) {
            at + 1
        } else {
            at
        };
        self.name_from(at)
            .is_some_and(|(_, m)| m.kind == EntityKind::Person)
    }

    fn is_person(&self, name: usize) -> bool {
        self.mentions[name].kind == EntityKind::Person
    }

    fn person_before(&self, from: usize) -> bool {
        let Some(comma) = from.checked_sub(1) else {
            return false;
        };
        let mut comma = comma;
        // *X, the head of*, *X, a friend of*
        if ["the", "a", "an"].contains(&self.sentence.words[comma].fold.as_str()) && comma > 0 {
            comma -= 1;
        }
        matches!(self.sentence.words[comma].fold.as_str(), "," | "،")
            && self
                .names
                .iter()
                .enumerate()
                .any(|(i, (_, to))| *to == comma && self.is_person(i))
    }
}
