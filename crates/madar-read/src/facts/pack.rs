//! Frames, relations and status cues as the language packs write them (`lang/*/frames.toml`,
//! `lang/*/status.toml`), made ready for looking up. The guide to these files is
//! `docs/language-packs.md`.

use madar_text::{Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::arabic::{imperfect_forms, verb_forms};
use crate::reading::{EntityKind, FactKind, Role, Status};
use crate::russian::Russian;
use crate::words::{Cases, Pos, Word};

/// The wire form of `frames.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FramesFile {
    prepositions: Vec<String>,
    #[serde(default)]
    breaks: Vec<String>,
    /// Verbs that tell no fact and yet begin a clause (Arabic).
    #[serde(default)]
    verbs: Vec<String>,
    /// Class nouns that decline in place of the name behind them.
    #[serde(default)]
    classes: Vec<String>,
    /// English: what stands between a subject and its verb.
    #[serde(default)]
    helpers: Vec<String>,
    /// Verbs beside which a description tells of their subject (*is*, *become*, *стал*), of their
    /// object (*appoint*, *назначить*).
    #[serde(default)]
    copulas: Vec<String>,
    #[serde(default)]
    naming: Vec<String>,
    /// English: nouns behind a possessive that own nothing: *Orlov's rival Cedar Holding*.
    #[serde(default)]
    not_owned: Vec<String>,
    /// English: verbs whose object does what *to* leads to: *asked X to pay*.
    #[serde(default)]
    control: Vec<String>,
    /// English: posts that nobody holds with a person: *chief executive of Morgan*.
    #[serde(default)]
    of_bodies: Vec<String>,
    /// Posts that are facts without a body beside them (*президент Орлов*); all of them if empty.
    #[serde(default)]
    offices: Vec<String>,
    /// Nouns for a part of a company: what holds of the part holds of the company.
    #[serde(default)]
    shares: Vec<String>,
    #[serde(default)]
    frame: Vec<FrameFile>,
    #[serde(default)]
    cast: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    relation: Vec<RelationFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    kind: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    roles: Vec<String>,
    #[serde(default)]
    place: Vec<String>,
    #[serde(default)]
    amount: bool,
    #[serde(default)]
    stake: bool,
    #[serde(default)]
    status: Option<String>,
    /// Says nothing without a sum: *push* and *pay* are one word in Arabic.
    #[serde(default)]
    needs_amount: bool,
    /// Found beside what another frame finds at the same trigger, not instead of it.
    #[serde(default)]
    beside: bool,
    /// One of these words must stand near: *placed X under {sanctions}*.
    #[serde(default)]
    needs: Vec<String>,
    /// One of these must stand behind the trigger in its clause (Arabic).
    #[serde(default)]
    within: Vec<String>,
    /// Says nothing without what is proposed, which becomes its detail (Arabic).
    #[serde(default)]
    content: bool,
    /// A verb that must govern the noun (Arabic): تولى رئاسة.
    #[serde(default)]
    needs_governor: Vec<String>,
    example: String,
    gives: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationFile {
    kind: String,
    nouns: Vec<String>,
    of: String,
    holder: String,
    example: String,
    gives: String,
}

/// The wire form of `status.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusFile {
    cue: Vec<CueFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    status: String,
    words: Vec<String>,
    #[serde(default)]
    near: Option<usize>,
    #[serde(default)]
    after: bool,
    #[serde(default)]
    clause: bool,
    #[serde(default)]
    nouns: bool,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    not_behind: Vec<String>,
}

/// Where a role is looked for, seen from the trigger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Subject,
    Object,
    /// Right after a noun: *the purchase {of X}* in Arabic and Russian.
    Genitive,
    /// Right before a noun: *{X}'s purchase*.
    Possessor,
    /// Beside a noun: *its owner, {Cedar Holding}*, *{Cedar Holding}, a subsidiary*.
    Apposition,
    /// Whom the sentence is about: its first bare phrase, if it stands before the trigger.
    Lead,
    Preposition(String, Cases),
    /// What a participle stands behind: {فولنا بورت} المملوكة لـ (Arabic).
    Head,
    /// Whom a pronoun on the object means: حظرت دخول{ه} (Arabic).
    Pronoun,
    /// A bare phrase in this case (Russian).
    Case(Cases),
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Slot {
    pub(crate) role: Role,
    pub(crate) places: Vec<Place>,
    pub(crate) kinds: Kinds,
    pub(crate) optional: bool,
}

/// Which kinds may fill a slot, a bit each; `states` lets countries and capitals act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Kinds {
    bits: u8,
    pub(crate) states: bool,
    /// Also a post, for the body that it names: تولى منصب {رئيس {الأرز القابضة}}.
    pub(crate) posts: bool,
}

impl Kinds {
    pub(crate) const ANY: Kinds = Kinds {
        bits: u8::MAX,
        states: true,
        posts: false,
    };

    pub(super) fn parse(words: &str) -> Option<Self> {
        let mut kinds = Kinds {
            bits: 0,
            states: false,
            posts: false,
        };
        for word in words.split('|').map(str::trim) {
            let list: &[EntityKind] = match word {
                "actor" => {
                    kinds.states = true;
                    &[
                        EntityKind::Person,
                        EntityKind::Organization,
                        EntityKind::Company,
                        EntityKind::PublicBody,
                        EntityKind::Group,
                    ]
                }
                "body" | "post" => {
                    kinds.states = true;
                    kinds.posts |= word == "post";
                    &[
                        EntityKind::Organization,
                        EntityKind::Company,
                        EntityKind::PublicBody,
                    ]
                }
                "state" => {
                    kinds.states = true;
                    &[EntityKind::PublicBody]
                }
                "person" => &[EntityKind::Person],
                "org" => &[
                    EntityKind::Organization,
                    EntityKind::Company,
                    EntityKind::PublicBody,
                ],
                // What is bought and sold.
                "goods" => &[
                    EntityKind::Asset,
                    EntityKind::Company,
                    EntityKind::Organization,
                    EntityKind::PublicBody,
                    EntityKind::Paper,
                ],
                "company" => &[EntityKind::Company, EntityKind::Organization],
                "asset" => &[
                    EntityKind::Asset,
                    EntityKind::Company,
                    EntityKind::Organization,
                ],
                "place" => &[EntityKind::Place],
                "paper" => &[EntityKind::Paper],
                "any" => {
                    kinds.states = true;
                    &EntityKind::ALL
                }
                _ => return None,
            };
            kinds.bits |= list.iter().fold(0, |bits, &kind| bits | 1 << kind as u8);
        }
        Some(kinds)
    }

    pub(crate) fn hold(self, kind: EntityKind) -> bool {
        self.bits & 1 << kind as u8 != 0
    }
}

pub(crate) struct Frame {
    pub(crate) name: String,
    pub(crate) kind: FactKind,
    pub(crate) slots: Vec<Slot>,
    pub(crate) place: Vec<Place>,
    pub(crate) amount: bool,
    pub(crate) stake: bool,
    pub(crate) status: Option<Status>,
    pub(crate) beside: bool,
    pub(crate) needs_amount: bool,
    pub(crate) content: bool,
    pub(crate) needs: Vec<String>,
    /// Folded words, one list for each alternative.
    pub(crate) within: Vec<Vec<String>>,
    pub(crate) needs_governor: FxHashSet<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TriggerKind {
    Verb,
    Noun,
}

/// A trigger: its words after the first, the frame, whether it is a verb.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) rest: Vec<String>,
    pub(crate) frame: usize,
    pub(crate) kind: TriggerKind,
}

pub(crate) struct Relation {
    pub(crate) kind: FactKind,
    pub(crate) holder: Role,
    pub(crate) of: Role,
    pub(crate) name: String,
}

pub(crate) struct Cue {
    pub(crate) status: Status,
    pub(crate) words: Vec<String>,
    /// At most so many words between cue and trigger.
    pub(crate) near: usize,
    pub(crate) after: bool,
    /// Opens a condition.
    pub(crate) clause: bool,
    /// Only for triggers that are nouns.
    pub(crate) nouns: bool,
    /// Words that take its meaning right after it, and among the few words before it.
    pub(crate) not_before: Vec<String>,
    pub(crate) not_behind: Vec<String>,
}

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
    classes: FxHashSet<String>,
    helpers: FxHashSet<String>,
    copulas: FxHashSet<String>,
    naming: FxHashSet<String>,
    not_owned: FxHashSet<String>,
    of_bodies: FxHashSet<String>,
    control: FxHashSet<String>,
    shares: FxHashSet<String>,
    offices: FxHashSet<String>,
    /// Folded forms of all Arabic verbs that are known, and which of them are imperfects.
    verbs: FxHashMap<String, Aspect>,
    frames: Vec<Frame>,
    triggers: FxHashMap<String, Vec<Trigger>>,
    relations: FxHashMap<String, Relation>,
    cues: Vec<Cue>,
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
        include_str!("../../lang/ar/frames.toml"),
        include_str!("../../lang/ar/status.toml"),
    ),
    (
        Lang::En,
        "en",
        include_str!("../../lang/en/frames.toml"),
        include_str!("../../lang/en/status.toml"),
    ),
    (
        Lang::Ru,
        "ru",
        include_str!("../../lang/ru/frames.toml"),
        include_str!("../../lang/ru/status.toml"),
    ),
];

impl Facts {
    pub(crate) fn new(russian: &Russian) -> Self {
        let mut examples = Vec::new();
        let packs = FILES.map(|(lang, code, frames, status)| {
            let frames: FramesFile = toml::from_str(frames)
                .unwrap_or_else(|error| panic!("lang/{code}/frames.toml: {error}"));
            let status: StatusFile = toml::from_str(status)
                .unwrap_or_else(|error| panic!("lang/{code}/status.toml: {error}"));
            pack(lang, code, frames, status, russian, &mut examples)
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
        self.pack(lang).naming.contains(&word.lemma)
    }

    pub(crate) fn is_control(&self, lang: Lang, word: &Word) -> bool {
        self.pack(lang).control.contains(&word.lemma)
    }

    pub(crate) fn is_of_body(&self, lang: Lang, post: &str) -> bool {
        self.pack(lang).of_bodies.contains(post)
    }

    pub(crate) fn is_not_owned(&self, lang: Lang, word: &Word) -> bool {
        self.pack(lang).not_owned.contains(&word.lemma)
    }

    /// Whether a post, by the first of its words, stands alone.
    pub(crate) fn is_office(&self, lang: Lang, noun: &str) -> bool {
        let offices = &self.pack(lang).offices;
        let head = noun.split(' ').next().unwrap_or(noun);
        offices.is_empty() || offices.contains(noun) || offices.contains(head)
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

    pub(crate) fn triggers(&self, lang: Lang, lemma: &str) -> &[Trigger] {
        self.pack(lang)
            .triggers
            .get(lemma)
            .map_or(&[], Vec::as_slice)
    }

    pub(crate) fn frame(&self, lang: Lang, at: usize) -> &Frame {
        &self.pack(lang).frames[at]
    }

    pub(crate) fn relation(&self, lang: Lang, noun: &str) -> Option<&Relation> {
        self.pack(lang).relations.get(noun)
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
        triggers.chain(pack.prepositions.iter().map(String::as_str))
    }
}

impl Pack {
    /// `التقى/يلتقي`: the forms of both, the imperfect ones marked as such.
    fn add_verb(&mut self, text: &str) {
        let head = text.split_whitespace().next().unwrap_or_default();
        let Some((perfect, imperfect)) = head.split_once('/') else {
            self.verbs.insert(fold(head), Aspect::Perfect);
            return;
        };
        // أدرج may be *I include* and is *he included*.
        let shared = fold(perfect);
        let imperfects = imperfect_forms(imperfect).into_iter();
        for form in imperfects.filter(|form| !form.starts_with(&shared) && !form.starts_with('ا'))
        {
            self.verbs.entry(form).or_insert(Aspect::Imperfect);
        }
        for form in verb_forms(perfect, imperfect) {
            self.verbs.entry(form).or_insert(Aspect::Perfect);
        }
    }
}

fn pack(
    lang: Lang,
    code: &str,
    file: FramesFile,
    status: StatusFile,
    russian: &Russian,
    examples: &mut Vec<Example>,
) -> Pack {
    let mut pack = Pack {
        prepositions: file.prepositions.iter().map(|w| fold(w)).collect(),
        breaks: file.breaks.iter().map(|w| fold(w)).collect(),
        classes: file.classes.iter().map(|w| fold(w)).collect(),
        helpers: file.helpers.iter().map(|w| fold(w)).collect(),
        copulas: file.copulas.iter().map(|w| fold(w)).collect(),
        naming: file.naming.iter().map(|w| fold(w)).collect(),
        not_owned: file.not_owned.iter().map(|w| fold(w)).collect(),
        control: file.control.iter().map(|w| fold(w)).collect(),
        of_bodies: file.of_bodies.iter().map(|w| fold(w)).collect(),
        shares: file.shares.iter().map(|w| fold(w)).collect(),
        offices: file.offices.iter().map(|w| fold(w)).collect(),
        cast: file.cast.into_iter().collect(),
        ..Pack::default()
    };
    for (at, frame) in file.frame.into_iter().enumerate() {
        let kind = FactKind::named(&frame.kind).unwrap_or_else(|| panic!("kind {}", frame.kind));
        let first = frame
            .verbs
            .first()
            .or(frame.nouns.first())
            .cloned()
            .unwrap_or_default();
        let name = format!("{code}/{}/{first}", kind.name().to_lowercase());
        for (list, kind) in [
            (&frame.verbs, TriggerKind::Verb),
            (&frame.nouns, TriggerKind::Noun),
        ] {
            if kind == TriggerKind::Verb && lang == Lang::Ar {
                list.iter().for_each(|text| pack.add_verb(text));
            }
            for form in list.iter().flat_map(|t| trigger_forms(t, lang, russian)) {
                let mut words = form.into_iter();
                let Some(head) = words.next() else { continue };
                let trigger = Trigger {
                    rest: words.collect(),
                    frame: at,
                    kind,
                };
                pack.triggers.entry(head).or_default().push(trigger);
            }
        }
        examples.push(Example {
            lang,
            rule: name.clone(),
            text: frame.example,
            gives: frame.gives,
            is_relation: false,
        });
        pack.frames.push(Frame {
            name,
            kind,
            slots: frame.roles.iter().map(|text| slot(text)).collect(),
            place: frame.place.iter().map(|text| place(text)).collect(),
            amount: frame.amount,
            stake: frame.stake,
            beside: frame.beside,
            needs_amount: frame.needs_amount,
            content: frame.content,
            needs: frame.needs.iter().map(|w| key(w, lang, russian)).collect(),
            within: frame
                .within
                .iter()
                .map(|text| text.split(' ').map(fold).collect())
                .collect(),
            needs_governor: frame
                .needs_governor
                .iter()
                .flat_map(|text| trigger_forms(text, lang, russian))
                .filter_map(|words| words.into_iter().next())
                .collect(),
            status: frame
                .status
                .map(|s| Status::named(&s).unwrap_or_else(|| panic!("status {s}"))),
        });
    }
    for text in &file.verbs {
        pack.add_verb(text);
    }
    for list in pack.triggers.values_mut() {
        list.sort_by_key(|t| (std::cmp::Reverse(t.rest.len()), t.frame));
    }
    for relation in file.relation {
        let kind =
            FactKind::named(&relation.kind).unwrap_or_else(|| panic!("kind {}", relation.kind));
        let role = |name: &str| Role::named(name).unwrap_or_else(|| panic!("role {name}"));
        for noun in &relation.nouns {
            let name = format!("{code}/{}/{noun}", kind.name().to_lowercase());
            let (holder, of) = (role(&relation.holder), role(&relation.of));
            pack.relations.insert(
                fold(noun),
                Relation {
                    kind,
                    holder,
                    of,
                    name,
                },
            );
        }
        let rule = format!("{code}/{}", kind.name().to_lowercase());
        examples.push(Example {
            lang,
            rule,
            text: relation.example,
            gives: relation.gives,
            is_relation: true,
        });
    }
    pack.cues = status
        .cue
        .into_iter()
        .flat_map(|cue| cues(&cue, lang, russian))
        .collect();
    pack
}

fn cues(file: &CueFile, lang: Lang, russian: &Russian) -> Vec<Cue> {
    let status = Status::named(&file.status).unwrap_or_else(|| panic!("status {}", file.status));
    file.words
        .iter()
        .flat_map(|text| trigger_forms(text, lang, russian))
        .map(|words| Cue {
            status,
            words,
            near: file.near.unwrap_or(3),
            after: file.after,
            clause: file.clause,
            nouns: file.nouns,
            not_before: file
                .not_before
                .iter()
                .map(|w| key(w, lang, russian))
                .collect(),
            not_behind: file
                .not_behind
                .iter()
                .map(|w| key(w, lang, russian))
                .collect(),
        })
        .collect()
}

/// The base form of a word of the pack, as texts are looked up by it.
fn key(word: &str, lang: Lang, russian: &Russian) -> String {
    if lang == Lang::Ru && word.starts_with(EXACTLY) {
        word.to_owned()
    } else if lang == Lang::Ru {
        russian.lemma(word)
    } else {
        fold(word)
    }
}

/// Written before a word of a Russian cue that stands in this form only: *=будет* is no *был*.
pub(crate) const EXACTLY: char = '=';

/// The keys under which a trigger is looked up. Arabic verbs are written `التقى/يلتقي`: all forms
/// of the third person are made from the two.
fn trigger_forms(text: &str, lang: Lang, russian: &Russian) -> Vec<Vec<String>> {
    // Texts are cut at hyphens.
    let text = if lang == Lang::En {
        text.replace('-', " - ")
    } else {
        text.to_owned()
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((&head, rest)) = words.split_first() else {
        return Vec::new();
    };
    let key = |word: &str| key(word, lang, russian);
    let rest: Vec<String> = rest.iter().map(|w| key(w)).collect();
    let heads = match (lang, head.split_once('/')) {
        (Lang::Ar, Some((perfect, imperfect))) => verb_forms(perfect, imperfect),
        // The dictionary may list a verb in -ся under the plain one; texts keep them apart.
        (Lang::Ru, _) if key(head) != fold(head) => vec![key(head), fold(head)],
        _ => vec![key(head)],
    };
    heads
        .into_iter()
        .map(|head| [vec![head], rest.clone()].concat())
        .collect()
}

/// `party = subj|with : actor ?`
fn slot(text: &str) -> Slot {
    let bad = || -> ! { panic!("a role is written `role = place|place : kind ?`, not `{text}`") };
    let Some((role, rest)) = text.split_once('=') else {
        bad()
    };
    let Some((places, kinds)) = rest.split_once(':') else {
        bad()
    };
    let optional = kinds.trim().ends_with('?');
    let kinds = kinds.trim().trim_end_matches('?').trim();
    Slot {
        role: Role::named(role.trim()).unwrap_or_else(|| bad()),
        places: places.split('|').map(|p| place(p.trim())).collect(),
        kinds: Kinds::parse(kinds).unwrap_or_else(|| bad()),
        optional,
    }
}

/// `subj`, `obj`, `gen`, `poss`, `app`, `lead`, a case (`dat`), a preposition (`with`), or both (`с+ins`).
fn place(text: &str) -> Place {
    match text {
        "subj" => Place::Subject,
        "obj" => Place::Object,
        "gen" => Place::Genitive,
        "poss" => Place::Possessor,
        "app" => Place::Apposition,
        "lead" => Place::Lead,
        "head" => Place::Head,
        "his" => Place::Pronoun,
        "dat" | "ins" => Place::Case(case(text)),
        _ => match text.split_once('+') {
            Some((word, name)) => Place::Preposition(fold(word), case(name)),
            None => Place::Preposition(fold(text), Cases::default()),
        },
    }
}

fn case(name: &str) -> Cases {
    match name {
        "gen" => Cases::GEN,
        "dat" => Cases::DAT,
        "acc" => Cases::ACC,
        "ins" => Cases::INS,
        "loc" => Cases::LOC,
        _ => panic!("no case is called {name}"),
    }
}
