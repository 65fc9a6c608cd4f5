//! Frames, relations and status cues as the language packs write them (`lang/*/frames.toml`,
//! `lang/*/status.toml`), made ready for looking up. The guide to these files is
//! `docs/language-packs.md`.

mod making;
mod rules;
mod wire;

pub(crate) use rules::{Cue, Frame, Kinds, Place, Relation, Slot, Trigger, TriggerKind};

use madar_text::{Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::reading::{FactKind, Status};
use crate::russian::Russian;
use crate::words::{Pos, Word};

/// Written before a word of a Russian cue that stands in this form only: *=будет* is no *был*.
pub(crate) const EXACTLY: char = '=';

/// An example of the pack and what must be found in it.
pub struct Example {
    pub lang: Lang,
    pub rule: String,
    pub text: String,
    pub gives: String,
    /// The example of a relation needs the descriptions of the whole reader.
    pub is_relation: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Aspect {
    Perfect,
    Imperfect,
}

#[derive(Default)]
struct Pack {
    prepositions: FxHashSet<String>,
    breaks: FxHashSet<String>,
    that: FxHashSet<String>,
    classes: FxHashSet<String>,
    helpers: FxHashSet<String>,
    copulas: FxHashSet<String>,
    naming: FxHashSet<String>,
    nominating: FxHashSet<String>,
    /// Folded words for several kin, each with the word for one.
    many_kin: FxHashMap<String, String>,
    accounts: FxHashSet<String>,
    leaving: FxHashSet<String>,
    accusing: FxHashSet<String>,
    post_words: FxHashSet<String>,
    not_owned: FxHashSet<String>,
    whence: FxHashSet<String>,
    against: FxHashSet<String>,
    of_bodies: FxHashSet<String>,
    of_states: FxHashSet<String>,
    control: FxHashSet<String>,
    quiet: FxHashSet<String>,
    talk: FxHashSet<String>,
    shares: FxHashSet<String>,
    offices: FxHashSet<String>,
    private: FxHashSet<String>,
    no_posts: FxHashSet<String>,
    envoys: FxHashSet<String>,
    seekers: FxHashSet<String>,
    /// Folded forms of all Arabic verbs that are known, and which of them are imperfects.
    verbs: FxHashMap<String, Aspect>,
    frames: Vec<Frame>,
    /// Names of the frames that are believed whatever a model holds of them.
    sure: FxHashSet<String>,
    triggers: FxHashMap<String, Vec<Trigger>>,
    relations: FxHashMap<String, Relation>,
    cues: Vec<Cue>,
    /// For each first word of a cue the cues that begin with it.
    cue_starts: FxHashMap<String, Vec<usize>>,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "the names of the examples are for tests")
    )]
    cast: Vec<(String, String)>,
}

/// The fact rules of all languages.
pub struct Facts {
    packs: [Pack; 3],
    examples: Vec<Example>,
}

const FILES: [(Lang, &str, &str, &str); 3] = [
    (
        Lang::Ar,
        "ar",
        include_str!("../../../lang/ar/frames.toml"),
        include_str!("../../../lang/ar/status.toml"),
    ),
    (
        Lang::En,
        "en",
        include_str!("../../../lang/en/frames.toml"),
        include_str!("../../../lang/en/status.toml"),
    ),
    (
        Lang::Ru,
        "ru",
        include_str!("../../../lang/ru/frames.toml"),
        include_str!("../../../lang/ru/status.toml"),
    ),
];

impl Facts {
    pub(crate) fn new(russian: &Russian) -> Self {
        let mut examples = Vec::new();
        let packs = FILES.map(|(lang, code, frames, status)| {
            let frames: wire::FramesFile = toml::from_str(frames)
                .unwrap_or_else(|error| panic!("lang/{code}/frames.toml: {error}"));
            let status: wire::StatusFile = toml::from_str(status)
                .unwrap_or_else(|error| panic!("lang/{code}/status.toml: {error}"));
            making::pack(lang, code, frames, status, russian, &mut examples)
        });
        Self { packs, examples }
    }

    fn pack(&self, lang: Lang) -> &Pack {
        &self.packs[FILES
            .iter()
            .position(|f| f.0 == lang)
            .expect("only languages that are read")]
    }

    /// The examples of all rules, to be run as tests.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The names of the examples, as they stand there, with their kinds (`Person`, `Place us`).
    #[cfg(test)]
    pub(crate) fn cast(&self, lang: Lang) -> &[(String, String)] {
        &self.pack(lang).cast
    }

    pub(crate) fn is_preposition(&self, lang: Lang, word: &str) -> bool {
        self.pack(lang).prepositions.contains(word)
    }

    /// Conjunctions, relative pronouns and the like: no phrase reaches across them.
    pub(crate) fn breaks(&self, lang: Lang, word: &str) -> bool {
        self.pack(lang).breaks.contains(word)
    }

    /// Words that open what is said: *that*, أن, что.
    pub(crate) fn opens_content(&self, lang: Lang, word: &str) -> bool {
        self.pack(lang).that.contains(word)
    }

    pub(crate) fn is_class(&self, lang: Lang, lemma: &str) -> bool {
        self.pack(lang).classes.contains(lemma)
    }

    /// Helping verbs, negations and adverbs that may part a subject from its verb.
    pub(crate) fn is_helper(&self, lang: Lang, word: &str) -> bool {
        let adverb = lang == Lang::En && word.len() > 4 && word.ends_with("ly");
        adverb || self.pack(lang).helpers.contains(word)
    }

    pub(crate) fn is_copula(&self, lang: Lang, word: &Word) -> bool {
        let list = &self.pack(lang).copulas;
        list.contains(&word.lemma) || list.contains(&word.fold)
    }

    pub(crate) fn names_to_post(&self, lang: Lang, word: &Word) -> bool {
        let list = &self.pack(lang).naming;
        list.contains(&word.lemma) || list.contains(&word.fold)
    }

    /// Whether its object is said to have done what a noun behind it tells: *подозревать Орлова в подкупе*.
    pub(crate) fn accuses(&self, lang: Lang, word: &Word) -> bool {
        self.pack(lang).accusing.contains(&word.lemma)
    }

    /// Whether who does it to a post holds it no more: ترك منصب.
    pub(crate) fn leaves_post(&self, lang: Lang, word: &Word) -> bool {
        self.pack(lang).leaving.contains(&word.fold)
    }

    /// Whether money that goes there goes to whom it is of: *account*, *campaign*.
    pub(crate) fn is_account(&self, lang: Lang, word: &Word) -> bool {
        self.pack(lang).accounts.contains(&word.lemma)
    }

    /// The word for one, if it tells of several kin: *brothers*, شقيقيه.
    pub(crate) fn many_kin(&self, lang: Lang, word: &Word) -> Option<&str> {
        self.pack(lang).many_kin.get(&word.fold).map(String::as_str)
    }

    /// Whether it says that a post stands behind it: منصب.
    pub(crate) fn is_post_word(&self, lang: Lang, word: &Word) -> bool {
        self.pack(lang).post_words.contains(&word.lemma)
    }

    /// Whether who is named to a post by it does not hold it yet: *nominated*.
    pub(crate) fn nominates(&self, lang: Lang, word: &Word) -> bool {
        let list = &self.pack(lang).nominating;
        list.contains(&word.lemma) || list.contains(&word.fold)
    }

    pub(crate) fn is_control(&self, lang: Lang, lemma: &str) -> bool {
        self.pack(lang).control.contains(lemma)
    }

    /// Whether a verb tells no event by itself.
    pub(crate) fn is_quiet(&self, lang: Lang, word: &Word) -> bool {
        let list = &self.pack(lang).quiet;
        list.contains(&word.lemma) || list.contains(&word.fold)
    }

    /// Whether a verb tells that somebody speaks to somebody.
    pub(crate) fn is_talk(&self, lang: Lang, word: &Word) -> bool {
        let list = &self.pack(lang).talk;
        list.contains(&word.lemma) || list.contains(&word.fold)
    }

    /// How what a verb tells is held by its own meaning: *refused the offer*, *plans a vote*.
    pub(crate) fn held_by_itself(&self, lang: Lang, word: &Word) -> Option<Status> {
        let own = |cue: &&Cue| {
            // a word that means something else before another has no meaning of its own: *следует (из)*
            let plain = !(cue.clause || cue.after || cue.nouns) && cue.not_before.is_empty();
            let one = cue.words.len() == 1 && plain;
            one && (cue.words[0] == word.lemma || cue.words[0] == word.fold)
        };
        let told = self.cues_at(lang, word).find(own)?;
        let unreal = [
            Status::Denied,
            Status::Negotiated,
            Status::Proposed,
            Status::Planned,
        ];
        unreal.contains(&told.status).then_some(told.status)
    }

    pub(crate) fn is_of_body(&self, lang: Lang, post: &str) -> bool {
        self.pack(lang).of_bodies.contains(post)
    }

    /// Whether a post is one of companies alone: *chairman*, but *president*.
    pub(crate) fn is_of_company(&self, lang: Lang, post: &str) -> bool {
        let pack = self.pack(lang);
        pack.of_bodies.contains(post) && !pack.of_states.contains(post)
    }

    pub(crate) fn is_not_owned(&self, lang: Lang, word: &Word) -> bool {
        let list = &self.pack(lang).not_owned;
        let bare = || crate::arabic::without_pronoun(&word.fold);
        list.contains(&word.lemma) || lang == Lang::Ar && bare().iter().any(|w| list.contains(w))
    }

    /// Whether it says that somebody lives, learned or was born where is told next.
    pub(crate) fn is_whence(&self, lang: Lang, word: &Word) -> bool {
        let whence = &self.pack(lang).whence;
        whence.contains(&word.lemma) || whence.contains(&word.fold)
    }

    /// Whether it sets what follows against what was said.
    pub(crate) fn is_against(&self, lang: Lang, word: &Word) -> bool {
        self.pack(lang).against.contains(&word.fold)
    }

    /// Whether a post, by the first of its words, stands alone.
    pub(crate) fn is_office(&self, lang: Lang, noun: &str) -> bool {
        let offices = &self.pack(lang).offices;
        let head = noun.split(' ').next().unwrap_or(noun);
        offices.is_empty() || offices.contains(noun) || offices.contains(head)
    }

    /// Whether a post is none that a state gives: *businessman*.
    pub(crate) fn is_private(&self, lang: Lang, noun: &str) -> bool {
        self.pack(lang).private.contains(&fold(noun))
    }

    /// Whether somebody is that to a body without holding a post in it: *a fan of the club*.
    pub(crate) fn is_no_post(&self, lang: Lang, noun: &str) -> bool {
        self.pack(lang).no_posts.contains(&fold(noun))
    }

    /// Whether who holds a post is sent where it names: *special {envoy} to Sudan*.
    pub(crate) fn is_envoy(&self, lang: Lang, noun: &str) -> bool {
        let envoys = &self.pack(lang).envoys;
        fold(noun).split(' ').any(|word| envoys.contains(word))
    }

    /// Whether somebody is to get a post, or wants it: *the nominee for governor*.
    pub(crate) fn is_seeker(&self, lang: Lang, noun: &str) -> bool {
        self.pack(lang).seekers.contains(&fold(noun))
    }

    pub(crate) fn is_share(&self, lang: Lang, lemma: &str) -> bool {
        self.pack(lang).shares.contains(lemma)
    }

    /// Whether the word is known to be a verb form.
    pub(crate) fn is_verb(&self, lang: Lang, word: &Word) -> bool {
        match lang {
            Lang::Ru => word.pos == Pos::Verb,
            Lang::En => matches!(word.pos, Pos::Verb | Pos::Participle),
            _ => self.arabic_verb(&word.fold).is_some(),
        }
    }

    /// Whether a folded Arabic word is a verb form of the pack, and which.
    pub(crate) fn arabic_verb(&self, form: &str) -> Option<Aspect> {
        self.pack(Lang::Ar).verbs.get(form).copied()
    }

    /// Whether a folded Arabic word is a noun by which a frame tells facts.
    pub(crate) fn is_arabic_noun(&self, stem: &str) -> bool {
        let found = self.triggers(Lang::Ar, stem).iter();
        found.into_iter().any(|t| t.kind == TriggerKind::Noun)
    }

    /// Verbs of one word by which English frames tell facts, as they are looked up.
    #[cfg(test)]
    pub(crate) fn english_verbs(&self) -> Vec<&str> {
        let all = self.pack(Lang::En).triggers.iter();
        let plain = |t: &Trigger| t.kind == TriggerKind::Verb && t.rest.is_empty();
        let verbs = all.filter(|(_, list)| list.iter().any(plain));
        verbs.map(|(head, _)| head.as_str()).collect()
    }

    pub(crate) fn triggers(&self, lang: Lang, lemma: &str) -> &[Trigger] {
        self.pack(lang)
            .triggers
            .get(lemma)
            .map_or(&[], Vec::as_slice)
    }

    /// Whether a rule is believed whatever a model holds of it.
    pub(crate) fn is_sure(&self, lang: Lang, rule: &str) -> bool {
        self.pack(lang).sure.contains(rule)
    }

    /// Whether a word alone is a noun by which a frame tells facts of a kind.
    pub(crate) fn is_noun_of(&self, kind: FactKind, lang: Lang, word: &Word) -> bool {
        let all = [&word.lemma, &word.fold].map(|key| self.triggers(lang, key));
        all.into_iter().flatten().any(|t| {
            let frame = self.frame(lang, t.frame);
            let alone = t.kind == TriggerKind::Noun && t.rest.is_empty();
            alone && frame.kind == kind && frame.needs.is_empty()
        })
    }

    pub(crate) fn frame(&self, lang: Lang, at: usize) -> &Frame {
        &self.pack(lang).frames[at]
    }

    pub(crate) fn relation(&self, lang: Lang, noun: &str) -> Option<&Relation> {
        self.pack(lang).relations.get(noun)
    }

    /// The cues whose first word this may be.
    pub(crate) fn cues_at<'a>(&'a self, lang: Lang, word: &Word) -> impl Iterator<Item = &'a Cue> {
        let pack = self.pack(lang);
        let under = |key: &str| pack.cue_starts.get(key).map_or(&[][..], Vec::as_slice);
        let fold: &[usize] = if word.fold == word.lemma {
            &[]
        } else {
            under(&word.fold)
        };
        let found = under(&word.lemma).iter().chain(fold);
        found.map(|&at| &pack.cues[at])
    }

    pub(crate) fn cues(&self, lang: Lang) -> &[Cue] {
        &self.pack(lang).cues
    }

    /// Folded Arabic words that the rules name: they exist, so clitics may be cut before them.
    pub(crate) fn arabic_words(&self) -> impl Iterator<Item = &str> {
        let pack = self.pack(Lang::Ar);
        // Short verb forms look like the rest of other words: ابق in سابق.
        let verbs = pack.verbs.keys().filter(|form| form.chars().count() >= 4);
        let triggers = pack.triggers.keys().chain(verbs).map(String::as_str);
        let kin = pack.many_kin.keys().map(String::as_str);
        let prepositions = pack.prepositions.iter().map(String::as_str);
        triggers.chain(prepositions).chain(kin)
    }
}
