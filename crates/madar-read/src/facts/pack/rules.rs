//! What a rule of a pack is: triggers, the roles around them, and the places where roles are looked for.

use madar_text::fold;

use crate::reading::{EntityKind, FactKind, Role, Status};
use crate::words::Cases;
use rustc_hash::FxHashSet;

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

    pub(crate) fn parse(words: &str) -> Option<Self> {
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
    pub(crate) alone: bool,
    pub(crate) several: bool,
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
    /// The condition is the only way in which it comes about all the same: *will not sell {unless}*.
    pub(crate) except: bool,
    /// Opens a question within a sentence, and holds what it asks: *would not say {whether} he had met X*.
    pub(crate) question: bool,
    /// One of these must stand right before it, if there are any: *{asked} him if*.
    pub(crate) behind: Vec<String>,
    /// Holds only what one of these turns away behind the trigger: *was to sell it, {but}*.
    pub(crate) but: Vec<Vec<String>>,
    /// Behind it in the sentence these take its meaning: لا يملك الميناء {فحسب}.
    pub(crate) void: Vec<String>,
    /// Only for triggers that are nouns.
    pub(crate) nouns: bool,
    /// Says how what a clause behind it tells is held: *there is {no evidence} that*.
    pub(crate) content: bool,
    /// Words that take its meaning right after it, and among the few words before it.
    pub(crate) not_before: Vec<String>,
    pub(crate) not_behind: Vec<String>,
}

/// `party = subj|with : actor ?`
pub(super) fn slot(text: &str) -> Slot {
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
pub(super) fn place(text: &str) -> Place {
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
