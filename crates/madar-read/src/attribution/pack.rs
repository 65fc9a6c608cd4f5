//! The words of attribution in each language, read from `lang/*/cues.toml` and `sources.toml`.
//!
//! A cue is found by the fold or the lemma of its first word; longer forms win. Which noun may
//! head an unnamed source (*two officials briefed on the talks*) stands in `sources.toml`.

use madar_text::{Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::reading::Stance;
use crate::words::{Tense, Word};

/// How a cue stands to its source and content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Frame {
    Verb,
    /// *saying*, قائلاً, заявив: the subject is that of the clause before.
    Participle,
    According,
    /// The source of a source: *citing*, نقلاً عن, со ссылкой на.
    Citing,
    /// A verb that names both: نقلت الصحيفة عن المسؤول.
    Quoting,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCue {
    frame: Frame,
    forms: String,
    stance: String,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    object: bool,
    #[serde(default)]
    to: bool,
    #[serde(default)]
    about: bool,
    #[serde(default)]
    nominal: bool,
    #[serde(default)]
    quoted: bool,
    #[serde(default)]
    by: String,
    example: String,
}

#[derive(Debug, Deserialize)]
struct RawCues {
    words: FxHashMap<String, String>,
    cue: Vec<RawCue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSources {
    anonymous: String,
    always: String,
    refers: String,
    paper: String,
    voice: String,
    outlet: String,
    agency: String,
    #[serde(rename = "self")]
    own: String,
    group: String,
    /// Bodies that speak though no name of theirs stands beside: *the finance ministry*.
    #[serde(default)]
    body: String,
    /// Words of the names of papers and channels: *Evening News*.
    masthead: String,
}

/// What a form of a cue asks for; entries of the file that share a form are joined.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) frame: Frame,
    pub(super) stance: Stance,
    pub(super) bare: bool,
    pub(super) object: bool,
    pub(super) to: bool,
    pub(super) about: bool,
    /// Tells what somebody said only where words are quoted: *called it "a mistake"*.
    pub(super) quoted: bool,
    /// Without a clause a noun behind a preposition may be what is told: اعترف بالبيع.
    pub(super) nominal: bool,
    pub(super) by: Option<String>,
}

/// What a noun can head when it stands for a source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Head {
    Anonymous,
    Group,
    Paper,
    /// A paper through which its author speaks: *the statement*.
    Voice,
    Outlet,
    /// *the ministry*, *the company*
    Body,
}

/// Word classes of the `[words]` table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    That,
    As,
    And,
    Breaks,
    Aux,
    Passive,
    Never,
    Nominal,
    He,
    It,
    They,
    Who,
    Prepositions,
    Indefinite,
    Article,
    Seen,
    ToldBy,
    Adjunct,
    Setting,
    Time,
    Continues,
    /// *including*: what follows is part of the subject, not the subject.
    Including,
    /// Clause words that join a second statement: *while*, *whereas*.
    Joins,
    /// Verbs of saying that are nouns or adjectives as often: *state*, *report*, *found*.
    Nouns,
    /// Given names of women.
    Women,
    /// Given names of men.
    Men,
    /// Nouns for any public body: *the agency*.
    Offices,
    /// Nouns for any company: *the firm*.
    Firms,
    /// Words behind *in* where nobody works: *in the course of*, *в итоге*.
    Nowhere,
}

const CLASSES: [(Class, &str); 29] = [
    (Class::That, "that"),
    (Class::As, "as"),
    (Class::And, "and"),
    (Class::Breaks, "breaks"),
    (Class::Aux, "aux"),
    (Class::Passive, "passive"),
    (Class::Never, "never"),
    (Class::Nominal, "nominal"),
    (Class::He, "he"),
    (Class::It, "it"),
    (Class::They, "they"),
    (Class::Who, "who"),
    (Class::Prepositions, "prepositions"),
    (Class::Indefinite, "indefinite"),
    (Class::Article, "article"),
    (Class::Seen, "seen"),
    (Class::ToldBy, "told_by"),
    (Class::Adjunct, "adjunct"),
    (Class::Setting, "setting"),
    (Class::Time, "time"),
    (Class::Continues, "continues"),
    (Class::Including, "including"),
    (Class::Joins, "joins"),
    (Class::Nouns, "nouns"),
    (Class::Women, "women"),
    (Class::Men, "men"),
    (Class::Offices, "offices"),
    (Class::Firms, "firms"),
    (Class::Nowhere, "nowhere"),
];

pub(super) struct Language {
    pub(super) cues: Vec<Cue>,
    /// First word of a form to the forms that begin with it, longest first.
    by_key: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    classes: FxHashMap<String, u32>,
    heads: FxHashMap<String, Head>,
    always: FxHashSet<String>,
    refers: FxHashSet<String>,
    agencies: FxHashSet<String>,
    mastheads: FxHashSet<String>,
    own: Vec<Vec<String>>,
    #[cfg(test)]
    pub(super) examples: Vec<String>,
}

/// The words of attribution in the three languages.
pub(crate) struct Pack {
    langs: [Language; 3],
}

impl Pack {
    /// # Panics
    /// If a bundled file is malformed; the tests load them all.
    pub(crate) fn bundled() -> Self {
        let ar = (
            include_str!("../../lang/ar/cues.toml"),
            include_str!("../../lang/ar/sources.toml"),
        );
        let en = (
            include_str!("../../lang/en/cues.toml"),
            include_str!("../../lang/en/sources.toml"),
        );
        let ru = (
            include_str!("../../lang/ru/cues.toml"),
            include_str!("../../lang/ru/sources.toml"),
        );
        Self {
            langs: [
                Language::load(Lang::Ar, ar),
                Language::load(Lang::En, en),
                Language::load(Lang::Ru, ru),
            ],
        }
    }

    pub(super) fn of(&self, lang: Lang) -> Option<&Language> {
        match lang {
            Lang::Ar => Some(&self.langs[0]),
            Lang::En => Some(&self.langs[1]),
            Lang::Ru => Some(&self.langs[2]),
            Lang::Other => None,
        }
    }

    /// Whether a verb says that somebody has seen a paper.
    pub(crate) fn is_seen(&self, lang: Lang, word: &Word) -> bool {
        let language = self.of(lang);
        language.is_some_and(|language| language.is(word, Class::Seen))
    }

    /// Whether a verb of saying stands at `at`.
    pub(crate) fn is_verb_of_saying(&self, lang: Lang, words: &[Word], at: usize) -> bool {
        self.of(lang).is_some_and(|language| {
            let cue = language.cue_at(words, at);
            cue.is_some_and(|(_, cue)| {
                matches!(language.cues[cue].frame, Frame::Verb | Frame::Quoting)
            })
        })
    }

    /// Arabic nouns of cues and sources: they exist, so clitics are cut off them.
    pub(crate) fn arabic_nouns(&self) -> impl Iterator<Item = &str> {
        let arabic = &self.langs[0];
        let heads = arabic.heads.keys().map(String::as_str);
        heads
            .chain(arabic.single_forms(false))
            .filter(|w| w.chars().count() >= 3)
    }

    /// Arabic verbs of saying, in all their forms.
    pub(crate) fn arabic_verbs(&self) -> impl Iterator<Item = &str> {
        self.langs[0]
            .single_forms(true)
            .filter(|w| w.chars().count() >= 3)
    }
}

impl Language {
    fn load(lang: Lang, (cues, sources): (&str, &str)) -> Self {
        let cues: RawCues = toml::from_str(cues).expect("cues.toml is well-formed");
        let sources: RawSources = toml::from_str(sources).expect("sources.toml is well-formed");
        let mut language = Self {
            cues: Vec::new(),
            by_key: FxHashMap::default(),
            classes: FxHashMap::default(),
            heads: FxHashMap::default(),
            always: words(&sources.always).collect(),
            refers: words(&sources.refers).collect(),
            agencies: words(&sources.agency).collect(),
            mastheads: words(&sources.masthead).collect(),
            own: phrases(&sources.own),
            #[cfg(test)]
            examples: cues.cue.iter().map(|c| c.example.clone()).collect(),
        };
        for (class, name) in CLASSES {
            let list = cues
                .words
                .get(name)
                .expect("every language names every class");
            for word in words(list) {
                *language.classes.entry(word).or_default() |= 1 << class as u32;
            }
        }
        let kinds = [
            (Head::Outlet, &sources.outlet),
            (Head::Voice, &sources.voice),
            (Head::Paper, &sources.paper),
            (Head::Group, &sources.group),
            (Head::Anonymous, &sources.anonymous),
            (Head::Body, &sources.body),
        ];
        for (head, list) in kinds {
            for word in words(list) {
                language.heads.entry(word).or_insert(head);
            }
        }
        for raw in &cues.cue {
            debug_assert!(!raw.example.is_empty(), "each cue has an example");
            language.add(lang, raw);
        }
        for forms in language.by_key.values_mut() {
            forms.sort_by_key(|(form, at)| (std::cmp::Reverse(form.len()), *at));
        }
        language
    }

    fn add(&mut self, lang: Lang, raw: &RawCue) {
        let cue = Cue {
            frame: raw.frame,
            stance: stance(&raw.stance),
            bare: raw.bare,
            object: raw.object,
            to: raw.to,
            about: raw.about,
            quoted: raw.quoted,
            nominal: raw.nominal,
            by: (!raw.by.is_empty()).then(|| fold(&raw.by)),
        };
        let forms = if raw.forms.contains('|') || raw.frame == Frame::According {
            phrases(&raw.forms)
        } else {
            let mut forms = words_or_phrase(&raw.forms, raw.frame);
            if lang == Lang::Ar {
                forms = forms
                    .into_iter()
                    .flat_map(|form| conjugated(&form))
                    .collect();
            }
            forms
        };
        for form in forms {
            self.form(form.clone(), &cue);
            // ذكرته: a verb with its object
            if lang == Lang::Ar && cue.frame == Frame::Verb && form.len() == 1 {
                for suffix in ["ه", "ها", "هم"] {
                    self.form(vec![format!("{}{suffix}", form[0])], &cue);
                }
            }
        }
    }

    /// A form that is there already takes on what the new entry allows.
    fn form(&mut self, form: Vec<String>, cue: &Cue) {
        // أنه is a conjunction, whatever verb has a form like it.
        let that = 1 << Class::That as u32;
        if form.len() == 1
            && self
                .classes
                .get(&form[0])
                .is_some_and(|bits| bits & that != 0)
        {
            return;
        }
        let list = self.by_key.entry(form[0].clone()).or_default();
        if let Some((_, at)) = list.iter().find(|(other, _)| *other == form) {
            let known = &self.cues[*at];
            if known.frame != cue.frame {
                return;
            }
            let mut joined = known.clone();
            joined.bare |= cue.bare;
            joined.object |= cue.object;
            joined.to |= cue.to;
            joined.about |= cue.about;
            joined.nominal |= cue.nominal;
            joined.quoted &= cue.quoted;
            self.cues.push(joined);
            let at = self.cues.len() - 1;
            let slot = list.iter_mut().find(|(other, _)| *other == form);
            slot.expect("found above").1 = at;
        } else {
            self.cues.push(cue.clone());
            list.push((form, self.cues.len() - 1));
        }
    }

    fn single_forms(&self, verbs: bool) -> impl Iterator<Item = &str> {
        let forms = self.by_key.values().flatten();
        let is_verb = |at: usize| matches!(self.cues[at].frame, Frame::Verb | Frame::Quoting);
        forms
            .filter(move |(form, at)| form.len() == 1 && is_verb(*at) == verbs)
            .map(|(form, _)| form[0].as_str())
    }

    /// The longest cue that begins at `at`: one past its last word, and which.
    pub(super) fn cue_at(&self, words: &[Word], at: usize) -> Option<(usize, usize)> {
        let keys = [words[at].fold.as_str(), words[at].lemma.as_str()];
        for key in &keys[..if keys[0] == keys[1] { 1 } else { 2 }] {
            let Some(forms) = self.by_key.get(*key) else {
                continue;
            };
            let fits = |form: &&(Vec<String>, usize)| {
                let rest = words.get(at + 1..at + form.0.len());
                rest.is_some_and(|rest| {
                    form.0[1..]
                        .iter()
                        .zip(rest)
                        .all(|(k, w)| *k == w.fold || *k == w.lemma)
                })
            };
            if let Some((form, cue)) = forms.iter().find(fits) {
                return Some((at + form.len(), *cue));
            }
        }
        None
    }

    pub(super) fn is(&self, word: &Word, class: Class) -> bool {
        let bits = |key: &str| self.classes.get(key).copied().unwrap_or(0);
        let mut found = bits(&word.fold);
        if word.lemma != word.fold {
            found |= bits(&word.lemma);
        }
        found & (1 << class as u32) != 0
    }

    /// By the written form only: *that* but not a word whose lemma is *that*.
    pub(super) fn is_form(&self, word: &Word, class: Class) -> bool {
        self.classes
            .get(&word.fold)
            .is_some_and(|bits| bits & (1 << class as u32) != 0)
    }

    /// Whether a folded word is of a class.
    pub(super) fn has(&self, fold: &str, class: Class) -> bool {
        let bits = self.classes.get(fold).copied().unwrap_or(0);
        bits & (1 << class as u32) != 0
    }

    pub(super) fn head(&self, word: &Word) -> Option<Head> {
        // a poll *released* is no release
        if word.tense == Some(Tense::Past) {
            return None;
        }
        self.heads
            .get(&word.lemma)
            .or_else(|| self.heads.get(&word.fold))
            .copied()
    }

    /// Heads that stay unnamed whatever the article: *the sources*.
    pub(super) fn is_always(&self, word: &Word) -> bool {
        self.always.contains(&word.lemma) || self.always.contains(&word.fold)
    }

    /// Heads that mean the source spoken of before: *собеседник агентства*.
    pub(super) fn is_referring(&self, word: &Word) -> bool {
        self.refers.contains(&word.lemma) || self.refers.contains(&word.fold)
    }

    /// *the agency*, not *the newspaper*.
    pub(super) fn is_agency(&self, word: &Word) -> bool {
        self.agencies.contains(&word.lemma) || self.agencies.contains(&word.fold)
    }

    /// A word of the names of papers and channels.
    pub(super) fn is_masthead(&self, word: &Word) -> bool {
        self.mastheads.contains(&word.fold) || self.mastheads.contains(&word.lemma)
    }

    /// Length of a phrase by which the publisher speaks of itself: *this website*.
    pub(super) fn own_at(&self, words: &[Word], at: usize) -> Option<usize> {
        let fits = |phrase: &&Vec<String>| {
            words.get(at..at + phrase.len()).is_some_and(|here| {
                phrase
                    .iter()
                    .zip(here)
                    .all(|(k, w)| *k == w.fold || *k == w.lemma)
            })
        };
        self.own.iter().find(fits).map(Vec::len)
    }
}

fn stance(name: &str) -> Stance {
    match name {
        "says" => Stance::Says,
        "believes" => Stance::Believes,
        "denies" => Stance::Denies,
        "alleges" => Stance::Alleges,
        other => panic!("stance {other:?} in cues.toml is none of says, believes, denies, alleges"),
    }
}

fn words(list: &str) -> impl Iterator<Item = String> {
    list.split_whitespace().map(fold)
}

fn phrases(list: &str) -> Vec<Vec<String>> {
    let all = list.split('|').map(|phrase| words(phrase).collect());
    all.filter(|phrase: &Vec<String>| !phrase.is_empty())
        .collect()
}

/// رجح/يرجح: all forms of the third person; another form is itself.
fn conjugated(form: &[String]) -> Vec<Vec<String>> {
    let [word] = form else {
        return vec![form.to_vec()];
    };
    match word.split_once('/') {
        Some((perfect, imperfect)) => crate::arabic::verb_forms(perfect, imperfect)
            .into_iter()
            .filter(|form| !is_first_person(form, perfect, imperfect))
            .map(|form| vec![form])
            .collect(),
        None => vec![form.to_vec()],
    }
}

/// نصف, نعتقد, أظن: whoever writes of himself is quoted by nobody, and نصف is a half.
fn is_first_person(form: &str, perfect: &str, imperfect: &str) -> bool {
    let perfect = fold(perfect);
    let stem: String = fold(imperfect).chars().skip(1).collect();
    let we = form == format!("{perfect}نا");
    let rest = form.strip_prefix(['ن', 'ا']);
    let short = stem.trim_end_matches(['ي', 'و', 'ى']);
    // أبن, from أبان
    let letters: Vec<char> = stem.chars().collect();
    let hollow: String = match letters[..] {
        [first, 'و' | 'ي' | 'ا', last] => [first, last].iter().collect(),
        _ => stem.clone(),
    };
    we || rest.is_some_and(|rest| rest.starts_with(short) || rest.starts_with(&hollow))
        && !form.starts_with(&perfect)
}

/// Verbs and participles are single words, citing and according phrases are not.
fn words_or_phrase(list: &str, frame: Frame) -> Vec<Vec<String>> {
    match frame {
        Frame::Verb | Frame::Participle | Frame::Quoting => words(list).map(|w| vec![w]).collect(),
        Frame::According | Frame::Citing => phrases(list),
    }
}
