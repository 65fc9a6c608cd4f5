//! Descriptions: noun phrases with one clear referent that name nobody (*the Russian president*,
//! صهر الرئيس الأميركي, *глава «Роснефти»*). The nouns are data (`lang/*/nouns.toml`); what a
//! description stands for is settled by the referents.

mod russian;

use madar_text::{Clitics, Document, Lang, Span, TokenKind, fold};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::Kit;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::russian::Russian;
use crate::words::{Cases, Pos, Sentence, Word};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounsFile {
    posts: Vec<String>,
    ties: Vec<String>,
    before: Vec<String>,
    vague: Vec<String>,
    classes: std::collections::BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Post,
    /// Kin and friends: nobody without the one they belong to.
    Tie,
    Class(EntityKind),
}

struct Noun {
    rest: Vec<String>,
    /// The dictionary form of the whole.
    shown: String,
    sort: Sort,
}

#[derive(Default)]
struct Pack {
    nouns: FxHashMap<String, Vec<Noun>>,
    before: Vec<String>,
    vague: Vec<String>,
}

/// Nouns of descriptions, all languages.
pub(crate) struct Nouns {
    packs: [Pack; 3],
}

const FILES: [(Lang, &str); 3] = [
    (Lang::Ar, include_str!("../../lang/ar/nouns.toml")),
    (Lang::En, include_str!("../../lang/en/nouns.toml")),
    (Lang::Ru, include_str!("../../lang/ru/nouns.toml")),
];

impl Nouns {
    pub(crate) fn new(russian: &Russian) -> Self {
        let packs = FILES.map(|(lang, file)| {
            let file: NounsFile = toml::from_str(file)
                .unwrap_or_else(|error| panic!("lang/{}/nouns.toml: {error}", lang.code()));
            let mut pack = Pack {
                before: file.before.iter().map(|w| fold(w)).collect(),
                vague: file.vague.iter().map(|w| fold(w)).collect(),
                ..Pack::default()
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
        let nouns = &self.pack(lang).nouns;
        let list = nouns.get(&word.lemma).or_else(|| nouns.get(&word.fold));
        list.is_some_and(|list| list.iter().any(|n| n.rest.is_empty() || lang == Lang::En))
    }

    /// Whether a word alone is a post.
    pub(super) fn is_post(&self, lang: Lang, word: &Word) -> bool {
        let nouns = &self.pack(lang).nouns;
        let list = nouns.get(&word.lemma).or_else(|| nouns.get(&word.fold));
        list.is_some_and(|list| list.iter().any(|n| n.sort == Sort::Post))
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

    /// Whether a noun may mean a public body in whose name it does not stand: *the agency*.
    pub(crate) fn is_vague(&self, lang: Lang, noun: &str) -> bool {
        self.pack(lang).vague.iter().any(|vague| vague == noun)
    }

    /// Whether a word stands before such nouns: *former*, *deputy*.
    pub(super) fn is_before(&self, lang: Lang, word: &Word) -> bool {
        let before = &self.pack(lang).before;
        before.contains(&word.lemma) || before.contains(&word.fold)
    }

    fn pack(&self, lang: Lang) -> &Pack {
        &self.packs[FILES
            .iter()
            .position(|f| f.0 == lang)
            .expect("only languages that are read")]
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

/// The descriptions of a sentence; `names` are the names found in it, in order.
pub(crate) fn descriptions(
    document: &Document,
    sentence: &Sentence,
    names: &[Mention],
    kit: &Kit,
) -> Vec<Mention> {
    let finder = Finder {
        document,
        sentence,
        names: spans(sentence, names),
        mentions: names,
        kit,
    };
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

/// The bodies that the descriptions of people among `described` hold without naming them.
pub(crate) fn inner_bodies(
    document: &Document,
    sentence: &Sentence,
    names: &[Mention],
    described: &[Mention],
    kit: &Kit,
) -> Vec<Mention> {
    let finder = Finder {
        document,
        sentence,
        names: spans(sentence, names),
        mentions: names,
        kit,
    };
    let people = described
        .iter()
        .filter(|m| matches!(m.kind, EntityKind::Person | EntityKind::Group));
    people.flat_map(|m| finder.inner_bodies(m)).collect()
}

fn spans(sentence: &Sentence, names: &[Mention]) -> Vec<(usize, usize)> {
    names
        .iter()
        .map(|n| sentence.within(n.span))
        .map(|r| (r.start, r.end))
        .collect()
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

impl Finder<'_> {
    fn name_at(&self, word: usize) -> Option<usize> {
        self.names
            .iter()
            .position(|(from, to)| (*from..*to).contains(&word))
    }

    /// The kind of a body, if a word that is in no name is a class noun of one.
    fn body_at(&self, at: usize) -> Option<EntityKind> {
        let word = self.word(at).filter(|_| self.name_at(at).is_none())?;
        let listed = self.kit.nouns.class(self.sentence.lang, word);
        let kind = listed.or_else(|| self.kit.classes.of(self.sentence.lang, word))?;
        (kind.is_body() && !word.capital).then_some(kind)
    }

    /// The bodies that descriptions of people hold without naming them: начальник {полиции}, {company} chief, مدير {الشركة}.
    fn inner_bodies(&self, described: &Mention) -> Vec<Mention> {
        let words = self.sentence.within(described.span);
        let lang = self.sentence.lang;
        let mut out = Vec::new();
        for at in words.clone() {
            let Some(kind) = self.body_at(at) else {
                continue;
            };
            let word = &self.sentence.words[at];
            let quoted = self.word(at + 1).is_some_and(is_quote);
            // The head is the person: it stands last in English, first elsewhere.
            let governed = match lang {
                Lang::En => {
                    let of = at.checked_sub(1).and_then(|i| self.word(i));
                    at + 1 < words.end || of.is_some_and(|w| w.fold == "of" || w.fold == "the")
                }
                Lang::Ru => at > words.start && word.cases.may_be(Cases::GEN),
                _ => at > words.start && word.clitics.has(Clitics::ARTICLE),
            };
            if !governed || quoted || self.name_at(at + 1).is_some() {
                continue;
            }
            let from = self.adjectives_of_body(at, words.start);
            let span = Span::new(
                self.sentence.words[from].host.start,
                self.sentence.words[at].span.end,
            );
            out.push(Mention {
                span,
                kind,
                form: MentionForm::Description,
                lang,
                name: super::described(
                    self.document,
                    &self.sentence.words[from..=at],
                    lang,
                    self.kit,
                ),
                listed: None,
                of: self.of(from, at + 1),
                noun: Some(word.lemma.clone()),
            });
        }
        out
    }

    /// Where the adjectives before the class noun at `at` begin: {уголовной} полиции, {foreign} ministry.
    fn adjectives_of_body(&self, at: usize, low: usize) -> usize {
        let lang = self.sentence.lang;
        let noun = &self.sentence.words[at];
        let adjective = |word: &Word| match lang {
            Lang::Ru => word.pos == Pos::Adjective && word.cases.0 & noun.cases.0 != 0,
            Lang::En => {
                self.kit.nouns.is_before(lang, word) && word.fold != "former"
                    || self.kit.gazetteer.adjective(word, lang).is_some()
            }
            _ => false,
        };
        let mut from = at;
        let floor = low + usize::from(lang == Lang::Ru);
        while from > floor && adjective(&self.sentence.words[from - 1]) {
            from -= 1;
        }
        from
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.sentence.words.get(at)
    }

    fn lemma_is(&self, at: usize, key: &str) -> bool {
        self.word(at)
            .is_some_and(|w| w.lemma == key || w.fold == key)
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
        let list = stem
            .or_else(|| nouns.get(&word.lemma))
            .or_else(|| nouns.get(&word.fold))?;
        // مؤسسة is a founder behind a person's name, else a foundation.
        let apposed = self.sentence.lang == Lang::Ar && self.person_before(at);
        let fits = |n: &&Noun| {
            n.rest
                .iter()
                .enumerate()
                .all(|(i, key)| self.lemma_is(at + 1 + i, key))
        };
        let person = |n: &&Noun| !matches!(n.sort, Sort::Class(_));
        let noun = list
            .iter()
            .filter(|n| apposed && person(n))
            .find(fits)
            .or_else(|| list.iter().find(fits))?;
        if word.plural && self.sentence.lang != Lang::Ar && !matches!(noun.sort, Sort::Class(_)) {
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

    /// The country or body that the description names.
    fn of(&self, from: usize, to: usize) -> Option<String> {
        let adjective = (from..to).find_map(|at| {
            let word = &self.sentence.words[at];
            let country = self.kit.gazetteer.adjective(word, self.sentence.lang)?;
            Some((at, country))
        });
        // رئيس الصندوق الروسي: of an Arabic chain of nouns the adjective may belong to the last.
        let of_another = |at: usize| {
            let class = |w: &Word| {
                let listed = self.kit.nouns.class(Lang::Ar, w);
                listed
                    .or_else(|| self.kit.classes.of(Lang::Ar, w))
                    .is_some()
            };
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

    /// *the Russian president*, *Putin's envoy*, *chief executive of Rosneft*, *Secretary of State*.
    fn english(&self, at: usize, head_end: usize, sort: Sort) -> Option<(usize, usize)> {
        let before = &self.kit.nouns.pack(Lang::En).before;
        let mut from = at;
        let mut related = false;
        while let Some(word) = from.checked_sub(1).and_then(|i| self.word(i)) {
            let country = self.kit.gazetteer.adjective(word, Lang::En).is_some();
            let adjective = before.contains(&word.fold) || country;
            let name_ends = self.names.iter().position(|(_, to)| *to == from);
            if adjective {
                related |= country;
                from -= 1;
            } else if sort == Sort::Post && name_ends.is_none() && self.body_at(from - 1).is_some()
            {
                // *company chief executive*, *foreign ministry spokeswoman*
                related = true;
                from -= 1;
            } else if let Some(name) = name_ends.filter(|n| !self.is_person(*n)) {
                // *Rosneft chief executive*, *White House spokeswoman*
                from = self.names[name].0;
                related = true;
            } else {
                break;
            }
        }
        from = self.plain_before(from, sort);
        // *Putin's envoy*, *the company's founder*: the owner is inside.
        if let Some(mark) = from.checked_sub(1)
            && matches!(self.sentence.words[mark].fold.as_str(), "'s" | "'")
        {
            let owner = self.names.iter().find(|(_, to)| *to == mark);
            from = owner.map_or_else(|| self.noun_phrase_before(mark), |(start, _)| *start);
            related = true;
        }
        let mut to = head_end;
        while to < head_end + LONGEST_TAIL
            && self
                .word(to)
                .is_some_and(|w| ["of", "for", "to", "at"].contains(&w.fold.as_str()))
        {
            let mut next = to + 1;
            while self
                .word(next)
                .is_some_and(|w| ["the", "a", "an"].contains(&w.fold.as_str()))
            {
                next += 1;
            }
            let Some(end) = self.tail_english(next) else {
                break;
            };
            related = true;
            // *a nephew of the bank's owner*: the name belongs to the next description.
            if self.goes_on(end) {
                break;
            }
            to = end;
        }
        let determiner = from
            .checked_sub(1)
            .map(|i| self.sentence.words[i].fold.as_str());
        let owned =
            determiner.is_some_and(|d| ["his", "her", "its", "their", "whose"].contains(&d));
        let definite = determiner == Some("the") || owned;
        related |= owned;
        let named = self.person_follows(to) || self.person_before(from);
        let indefinite = matches!(determiner, Some("a" | "an"));
        // *is a member of the board* tells of the subject.
        let verb = from.checked_sub(if indefinite { 2 } else { 1 });
        let predicate = related
            && verb.is_some_and(|i| self.kit.facts.is_copula(Lang::En, &self.sentence.words[i]));
        let keep = match sort {
            Sort::Post => named || predicate || definite && (related || self.is_plain_title(at)),
            Sort::Tie => related,
            // *the port company*: the noun behind it is the head.
            Sort::Class(_) => definite && !self.name_follows(to) && !self.noun_follows(to),
        };
        (keep && (named || predicate || !indefinite)).then_some((from, to))
    }

    /// Words between an article and a noun, however plain (*a {college} friend*); before the noun of a
    /// thing also its name (*the {Priolo} refinery*).
    fn plain_before(&self, from: usize, sort: Sort) -> usize {
        const LONGEST: usize = 3;
        let thing = sort == Sort::Class(EntityKind::Asset);
        let mut at = from;
        while at > 0 && from - at < LONGEST && self.name_at(at - 1).is_none() {
            let word = &self.sentence.words[at - 1];
            if ["a", "an", "the"].contains(&word.fold.as_str()) {
                return at;
            }
            let plain = word.kind == TokenKind::Word
                && word.pos == Pos::Other
                && word.capital == thing
                && !matches!(word.fold.as_str(), "'s" | "'" | "’s" | "’")
                && !self.kit.facts.is_preposition(Lang::En, &word.fold)
                && !self.kit.facts.breaks(Lang::En, &word.fold)
                && word.fold != "and";
            if !plain {
                break;
            }
            at -= 1;
        }
        from
    }

    /// Titles that need nothing else to point at one person in a story.
    fn is_plain_title(&self, at: usize) -> bool {
        !matches!(
            self.sentence.words[at].fold.as_str(),
            "member"
                | "head"
                | "leader"
                | "partner"
                | "lawyer"
                | "friend"
                | "manager"
                | "analyst"
                | "official"
                | "officer"
                | "executive"
                | "employee"
                | "diplomat"
                | "politician"
                | "deputy"
                | "consultant"
                | "reporter"
                | "host"
                | "author"
                | "owner"
                | "fellow"
        )
    }

    fn is_person(&self, name: usize) -> bool {
        self.mentions[name].kind == EntityKind::Person
    }

    /// Whether the name that ends here only opens another description: *the bank{'s owner}*, *Alaska
    /// {governor}*.
    fn goes_on(&self, at: usize) -> bool {
        let mark = self
            .word(at)
            .is_some_and(|w| matches!(w.fold.as_str(), "'s" | "'" | "’s"));
        let mut behind = (at + 1..at + 4).take_while(|&i| self.name_at(i).is_none());
        self.noun_follows(at) || mark && behind.any(|i| self.noun_follows(i))
    }

    fn noun_follows(&self, at: usize) -> bool {
        let nouns = &self.kit.nouns.pack(Lang::En).nouns;
        self.word(at).is_some_and(|w| nouns.contains_key(&w.lemma))
    }

    fn name_follows(&self, at: usize) -> bool {
        self.name_from(at).is_some()
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

    /// The start of the noun phrase that ends before a possessive mark: *{the company}'s founder*.
    fn noun_phrase_before(&self, mark: usize) -> usize {
        let mut from = mark.saturating_sub(1);
        while from > 0 && from + 4 > mark {
            let word = &self.sentence.words[from - 1];
            let stop = word.kind == TokenKind::Punct
                || self.kit.facts.is_preposition(Lang::En, &word.fold)
                || ["the", "a", "an", "and", "said", "says"].contains(&word.fold.as_str());
            if stop {
                break;
            }
            from -= 1;
        }
        from
    }

    /// What *of* leads to: a name, or capitals and plain nouns up to one.
    fn tail_english(&self, at: usize) -> Option<usize> {
        let mut end = at;
        if let Some((name_end, _)) = self.name_from(at) {
            // *the Tripoli-based Sidra Bank* is no Tripoli.
            let based = self.lemma_is(name_end, "-")
                && ["based", "listed", "backed", "owned"]
                    .iter()
                    .any(|w| self.lemma_is(name_end + 1, w));
            if !based {
                return Some(name_end);
            }
            end = name_end + 2;
            return self.name_from(end).map(|(end, _)| end).or(Some(end));
        }
        while end < at + 4 && self.name_at(end).is_none() {
            let word = self.word(end)?;
            let stop = word.kind != TokenKind::Word && word.fold != "-"
                || self.kit.facts.is_preposition(Lang::En, &word.fold)
                || self.kit.facts.breaks(Lang::En, &word.fold)
                || matches!(word.pos, Pos::Verb)
                || word.fold == "and";
            if stop {
                break;
            }
            end += 1;
        }
        if let Some((name_end, _)) = self.name_from(end) {
            return Some(name_end);
        }
        (end > at).then_some(end)
    }

    /// الرئيس الأميركي، رئيس وزراء بولندا، صهر الرئيس الأميركي، المتحدثة باسم البيت الأبيض.
    fn arabic(
        &self,
        at: usize,
        head_end: usize,
        sort: Sort,
        possessed: bool,
    ) -> Option<(usize, usize)> {
        let article = |w: &Word| w.clitics.has(Clitics::ARTICLE);
        let mut to = head_end;
        // شقيقته رلى: whose sister she is stands in the pronoun; only beside a name.
        if possessed {
            let end = self.skip_adjectives(head_end);
            return (self.person_follows(end) || self.person_before(at)).then_some((at, end));
        }
        let mut definite = self.sentence.words[at..head_end].iter().any(article);
        let own_article = article(&self.sentence.words[at]);
        while to < head_end + LONGEST_TAIL {
            let Some(word) = self.word(to) else { break };
            let verb = self.kit.facts.arabic_verb(&word.fold).is_some();
            if word.clitics.has(Clitics::AND)
                || word.kind == TokenKind::Punct && !is_quote(word)
                || verb && self.name_from(to).is_none()
            {
                break;
            }
            let start = if is_quote(word) { to + 1 } else { to };
            if let Some((end, name)) = self.name_from(start) {
                // A definite title before a person is complete: the name is who holds it.
                if name.kind == EntityKind::Person && (definite || own_article) {
                    break;
                }
                if own_article && name.form != MentionForm::Description {
                    break;
                }
                to = end + usize::from(self.word(end).is_some_and(|w| start > to && is_quote(w)));
                definite = true;
                if name.kind == EntityKind::Person {
                    break;
                }
                continue;
            }
            let country = self.kit.gazetteer.adjective(word, Lang::Ar).is_some();
            let class = self
                .kit
                .nouns
                .pack(Lang::Ar)
                .nouns
                .contains_key(&word.lemma);
            let next = self.word(to + 1);
            let governs = next.is_some_and(|w| {
                self.kit.facts.is_preposition(Lang::Ar, &w.fold)
                    || w.clitics.preposition().is_some()
            });
            // المصرفي الحاصل على شهادات، المستثمر المقيم في ميامي: a participle with what it governs is no title.
            if to > at && article(word) && governs && is_participle(&word.lemma) {
                to = self.arabic_tail(to + 1, at, true).unwrap_or(to);
                break;
            }
            if article(word) && word.clitics.preposition().is_none() && !is_relative(word) {
                definite = true;
                to += 1;
            } else if country || class && !definite && word.clitics == Clitics::NONE {
                to += 1;
            } else {
                break;
            }
        }
        if own_article
            && sort == Sort::Post
            && let Some(end) = self.arabic_tail(to, at, false)
        {
            to = end;
        }
        // مبعوث ترمب الخاص لأوكرانيا، الجنرال كيث: adjectives and what they lead to behind the owner.
        let owned = !own_article && self.names.iter().any(|(_, end)| *end == to);
        let adjectives = self.skip_adjectives(to);
        if owned && adjectives > to {
            let end = self.arabic_tail(adjectives, at, true);
            to = end
                .or(self.apposed(adjectives).then_some(adjectives))
                .unwrap_or(to);
        }
        let bare_tie = sort == Sort::Tie && !definite;
        let class = matches!(sort, Sort::Class(_));
        let named = self.person_follows(to) || self.person_before(at);
        // إدارة ترمب is one, مشروع الغاز too; شركة «X» is the name's own class noun.
        let inside = |wanted: Option<EntityKind>| {
            let mut names = self.names.iter().zip(self.mentions);
            names.any(|((f, _), m)| *f >= at && *f < to && wanted.is_none_or(|k| m.kind == k))
        };
        let stands = match sort {
            Sort::Class(EntityKind::PublicBody) => inside(Some(EntityKind::Person)),
            Sort::Class(EntityKind::Asset) => !inside(None),
            _ => false,
        };
        let only_class = class && !stands && (!own_article || inside(None));
        let keep = definite && !bare_tie && !only_class || named && to > head_end && !class;
        keep.then_some((at, to))
    }

    /// Whether a person's name follows, with another title before it perhaps.
    fn apposed(&self, at: usize) -> bool {
        let comma = self
            .word(at)
            .is_some_and(|w| matches!(w.fold.as_str(), "،" | ","));
        let title = |w: &Word| !w.clitics.has(Clitics::AND) && self.kit.nouns.is_post(Lang::Ar, w);
        self.person_follows(at) || comma && self.word(at + 1).is_some_and(title)
    }

    fn skip_adjectives(&self, from: usize) -> usize {
        let mut at = from;
        while self.word(at).is_some_and(|w| {
            w.clitics.has(Clitics::ARTICLE)
                && w.clitics.preposition().is_none()
                && self.name_at(at).is_none()
        }) {
            at += 1;
        }
        at
    }

    /// What a preposition adds to a title: المبعوث الخاص {إلى السودان}، المدير الإقليمي {لشركة «X»}، الرئيس السابق
    /// {لمجلس إدارة X}. A name or its comma must follow or stand before.
    fn arabic_tail(&self, at: usize, from: usize, places: bool) -> Option<usize> {
        let first = self.word(at)?;
        let alone = ["ل", "في", "الي", "لدي", "باسم", "عن"].contains(&first.fold.as_str());
        if !(alone || first.clitics.preposition() == Some("ل")) || first.clitics.has(Clitics::AND)
        {
            return None;
        }
        let mut next = at + usize::from(alone);
        while next < at + LONGEST_TAIL {
            let word = self.word(next)?;
            if let Some((end, name)) = self.name_from(next) {
                let place = name.kind == EntityKind::Place;
                let closed = end + usize::from(self.word(end).is_some_and(is_quote));
                let held =
                    name.kind != EntityKind::Person && (places || !(first.fold == "في" && place));
                let apposed = self.apposed(closed) || !places && self.person_before(from);
                return (held && apposed).then_some(closed);
            }
            let class = self.kit.classes.of(Lang::Ar, word).is_some()
                || self.kit.nouns.is_noun(Lang::Ar, word);
            let passes = is_quote(word) || class || word.clitics.has(Clitics::ARTICLE);
            if !passes || word.clitics.has(Clitics::AND) {
                return None;
            }
            next += 1;
        }
        None
    }
}

/// Patterns of Arabic participles, folded: حاصل، مقيم، مولود.
pub(crate) fn is_participle(lemma: &str) -> bool {
    let letters: Vec<char> = lemma.chars().collect();
    let active = letters.len() <= 5 && letters.get(1) == Some(&'ا') && letters.len() >= 4;
    active && lemma != "خاص" || letters.len() >= 4 && letters[0] == 'م'
}

fn is_relative(word: &Word) -> bool {
    matches!(
        word.fold.as_str(),
        "الذي" | "التي" | "الذين" | "اللذان" | "اللذين"
    )
}

fn is_quote(word: &Word) -> bool {
    matches!(word.fold.as_str(), "\"" | "«" | "»" | "“" | "”" | "„")
}
