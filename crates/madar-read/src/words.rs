//! Words with what a dictionary knows of them: sentences of a document with tokens, lemmas, case.
//!
//! `lemma` is what rules and cue lists are looked up by: in Russian the dictionary form, in English
//! the base form of the verbs and nouns that the packs name, in Arabic the folded host without ال.

use madar_text::{Block, Clitics, Document, Lang, Span, Token, TokenKind, fold};

use crate::arabic::Forms;
use crate::glued;
use crate::kit::Kit;

/// Cases of a Russian word form, a bit each; several when the form is ambiguous.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cases(pub u8);

impl Cases {
    pub const NOM: Cases = Cases(1);
    pub const GEN: Cases = Cases(2);
    pub const DAT: Cases = Cases(4);
    pub const ACC: Cases = Cases(8);
    pub const INS: Cases = Cases(16);
    pub const LOC: Cases = Cases(32);

    pub fn may_be(self, case: Cases) -> bool {
        self.0 & case.0 != 0
    }

    pub fn is_known(self) -> bool {
        self.0 != 0
    }

    /// These cases, or `other` if none is known.
    pub fn or(self, other: Cases) -> Cases {
        if self.is_known() { self } else { other }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Pos {
    Noun,
    Name,
    Adjective,
    Verb,
    Participle,
    Pronoun,
    Preposition,
    Conjunction,
    Particle,
    Number,
    Adverb,
    Punct,
    /// Not known: most words of Arabic and English.
    #[default]
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Tense {
    Past,
    Present,
    Future,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    pub span: Span,
    /// Without Arabic proclitics; see [`Token`].
    pub host: Span,
    pub kind: TokenKind,
    pub clitics: Clitics,
    /// Folded host.
    pub fold: String,
    pub lemma: String,
    pub pos: Pos,
    pub cases: Cases,
    /// Cases in which the form is a singular; for a surname those of either sex.
    pub singular: Cases,
    pub tense: Option<Tense>,
    /// English past or passive participle (also when it may be a past tense), Russian short passive.
    pub passive: bool,
    pub plural: bool,
    /// Begins with an upper-case letter.
    pub capital: bool,
    /// Two letters or more, all of them upper case: *CIA*.
    pub all_capitals: bool,
    /// What the lists of the language know of the form; 0 where there are none.
    pub class: u8,
    /// White space stands before it.
    pub spaced: bool,
    /// The language has it among its words of time, number, money and measure.
    pub(crate) in_calendar: bool,
}

impl Word {
    /// A sign before or behind a name: *«Кедр»*.
    pub(crate) fn is_quote(&self) -> bool {
        matches!(self.fold.as_str(), "\"" | "«" | "»" | "“" | "”" | "„")
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    pub span: Span,
    pub lang: Lang,
    /// Index into `Document::blocks`.
    pub block: usize,
    pub words: Vec<Word>,
}

impl Sentence {
    /// The words that lie in `span`.
    pub fn within(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.words.partition_point(|w| w.span.end <= span.start);
        let to = self.words.partition_point(|w| w.span.start < span.end);
        from..to.max(from)
    }
}

/// The sentence that holds `span`, if one does.
pub(crate) fn sentence_of(sentences: &[Sentence], span: Span) -> Option<&Sentence> {
    let at = sentences.partition_point(|s| s.span.end <= span.start);
    sentences.get(at).filter(|s| s.span.contains(span))
}

/// All sentences of blocks that are read, in a language that Madar reads.
pub fn words(document: &Document, kit: &Kit) -> Vec<Sentence> {
    let read = || {
        let blocks = document.blocks.iter().enumerate();
        blocks.filter(|(_, block)| block.kind.is_read() && block.lang != Lang::Other)
    };
    let arabic = read().filter(|(_, block)| block.lang == Lang::Ar);
    let forms = Forms::of(arabic.map(|(_, block)| block.span.of(&document.text)));
    read()
        .flat_map(|(at, block)| sentences(document, at, block, kit, &forms))
        .collect()
}

/// The sentences of one block, whatever its kind: datelines and bylines are looked into for names.
pub fn block_sentences(document: &Document, at: usize, block: &Block, kit: &Kit) -> Vec<Sentence> {
    sentences(document, at, block, kit, &Forms::default())
}

fn sentences(
    document: &Document,
    at: usize,
    block: &Block,
    kit: &Kit,
    forms: &Forms,
) -> Vec<Sentence> {
    madar_text::sentences_in(&document.text, block.span, block.lang)
        .into_iter()
        .map(|span| Sentence {
            span,
            lang: block.lang,
            block: at,
            words: sentence_words(&document.text, span, block.lang, kit, forms),
        })
        .collect()
}

fn sentence_words(text: &str, span: Span, lang: Lang, kit: &Kit, forms: &Forms) -> Vec<Word> {
    let cut = |whole: &str, rest: &str| kit.arabic.cuts(whole, rest, forms);
    let tokens = madar_text::tokens_with(text, span, lang, &cut);
    let mut end = span.start;
    let mut words = Vec::with_capacity(tokens.len());
    for token in tokens {
        let spaced = token.span.start > end;
        end = token.span.end;
        let glued = match (lang, token.kind) {
            (Lang::Ar, TokenKind::Word) => glued::cuts(kit.arabic, token.span.of(text), forms),
            _ => Vec::new(),
        };
        if glued.is_empty() {
            let mut own = word(text, token, lang, kit, spaced);
            let negated = lang == Lang::Ru && words.last().is_some_and(|w: &Word| w.fold == "не");
            if negated && own.pos == Pos::Noun {
                kit.russian.read_as_verb(&mut own);
            }
            words.push(own);
            continue;
        }
        let start = token.span.range().start;
        let ends = glued.iter().map(|cut| start + cut);
        let mut from = start;
        for to in ends.chain([token.span.range().end]) {
            let part = Span::from_range(from..to);
            let parts = madar_text::tokens_with(text, part, lang, &cut);
            words.extend(
                parts
                    .into_iter()
                    .map(|t| word(text, t, lang, kit, from > start || spaced)),
            );
            from = to;
        }
    }
    if lang == Lang::En {
        kit.english.read_participles(&mut words);
    }
    words
}

fn word(text: &str, token: Token, lang: Lang, kit: &Kit, spaced: bool) -> Word {
    let shown = token.host.of(text);
    let folded = fold(shown);
    let capital = shown
        .chars()
        .find(|&c| madar_text::is_letter(c))
        .is_some_and(char::is_uppercase);
    let all_capitals =
        capital && shown.chars().count() > 1 && !shown.chars().any(char::is_lowercase);
    let mut word = Word {
        span: token.span,
        host: token.host,
        kind: token.kind,
        clitics: token.clitics,
        lemma: folded.clone(),
        fold: folded,
        pos: Pos::Other,
        cases: Cases::default(),
        singular: Cases::default(),
        tense: None,
        passive: false,
        plural: false,
        capital,
        all_capitals,
        class: 0,
        spaced,
        in_calendar: false,
    };

    match token.kind {
        TokenKind::Number => word.pos = Pos::Number,
        TokenKind::Punct => word.pos = Pos::Punct,
        TokenKind::Word => match lang {
            Lang::Ar => {
                let doubled = crate::arabic::doubled(shown);
                if let Some(verb) = doubled.filter(|form| kit.facts.arabic_verb(form).is_some()) {
                    word.fold = verb;
                }
                word.lemma = arabic_lemma(&word, shown, kit);
                word.class = kit.arabic.word_class(&word.fold);
            }
            Lang::En => kit.english.describe(&mut word),
            Lang::Ru => kit.russian.describe(&mut word),
            Lang::Other => {}
        },
    }
    word.in_calendar = lang != Lang::Other && kit.calendars.of(lang).has(&word);
    word
}

/// Letters of a noun to which an alef may be added.
const SHORTEST_NOUN: usize = 3;

/// The host without ال and without the alef of the indefinite accusative: اجتماعاً is اجتماع.
fn arabic_lemma(word: &Word, shown: &str, kit: &Kit) -> String {
    let mut lemma = word.fold.as_str();
    if word.clitics.has(Clitics::ARTICLE) {
        // After ل the article has lost its alef: لل is ل + ل.
        let article = if lemma.starts_with("ال") {
            "ال"
        } else {
            "ل"
        };
        lemma = lemma.strip_prefix(article).unwrap_or(lemma);
    }
    let indefinite = shown.ends_with("اً") || shown.ends_with("ًا");
    // Most texts leave the sign out: أجرى اتصالا.
    let plain = |stem: &&str| {
        // اجتماعنا is ours, but ضمانا has its own ن
        let pronouns = ["ها", "نا", "هما", "كما"];
        let mut bases = pronouns.iter().filter_map(|end| lemma.strip_suffix(end));
        let pronoun = bases.any(|base| kit.facts.is_arabic_noun(base));
        word.clitics == Clitics::NONE
            && stem.chars().count() >= SHORTEST_NOUN
            && !pronoun
            && (kit.facts.is_arabic_noun(stem) || kit.nouns.is_arabic_noun(stem))
            && !kit.facts.is_arabic_noun(lemma)
            && kit.facts.arabic_verb(lemma).is_none()
    };
    let stem = lemma.strip_suffix('ا');
    stem.filter(|stem| indefinite || plain(stem))
        .unwrap_or(lemma)
        .to_owned()
}
