//! One part of a name: *Kirill*, *Dmitrievich*, *al-*, *OOO*, *Bank*.

use std::ops::Range;

use crate::align::Extent;
use crate::heard::Rarity;
use crate::lexicon::{Bearer, LEXICON, Meaning};
use crate::script::Script;

/// What a part does in its name. A guess from the part and its place, and used as one: roles lower
/// or raise a weight, they never forbid two parts to meet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum PartRole {
    /// A given name, or any name of a person that is nothing else.
    Given,
    /// The father's name: *Dmitrievich*, *Александровна*.
    Patronymic,
    /// The last part of a person's name, or the one before a comma.
    Surname,
    /// *al-*, *bin*, *von*, *оглы*; in an organisation's name *of*, *the*, *и*.
    Particle,
    /// *Mr*, *Sheikh*, *генерал*, الدكتور.
    Honorific,
    /// A legal form: *LLC*, *ПАО*, شركة.
    OrgForm,
    /// A word of a trade or kind: *Bank*, *нефтяная*, وزارة.
    ClassWord,
    /// One letter that stands for a name.
    Initial,
    /// A number, which must be the same number.
    Number,
    /// Any other word of a name that is not a person's: what tells it from others.
    Word,
}

/// One part of a [`crate::Name`].
///
/// Listed names are compared by the hundred thousand, each seldom, and what takes longest is to fetch them from memory:
/// what is asked first stands first and together, in the order of the fields; how the part is written is kept apart.
#[derive(Clone, PartialEq, Eq, Debug)]
#[repr(C)]
pub struct Part {
    /// A hash of all that decides how alike it is to others.
    pub(crate) identity: u64,
    /// A hash of its one spelling for equality.
    pub(crate) hash: u64,
    /// What is known of its sounds before they are aligned.
    pub(crate) extent: Extent,
    /// Where its sounds stand in the name's.
    pub(crate) sounds: Stretch,
    pub(crate) meaning: Option<Meaning>,
    /// What it does in the name.
    pub role: PartRole,
    pub(crate) script: Script,
    /// How often the word stands in names: 0 seldom to 3 most often.
    pub(crate) frequency: u8,
    /// How much of the name hangs on it; see `name::weight`.
    pub(crate) weight: u8,
    /// Whether its meaning is one that any organisation may add or leave out.
    pub(crate) is_generic: bool,
    pub(crate) is_common: bool,
    /// How rare it is among listed names by its sounds.
    pub(crate) rarity: Rarity,
    pub(crate) bearers: Bearers,
    /// Where the letters of an acronym stand in the name's; empty if it can be none.
    pub(crate) letters: Stretch,
    /// Letters of its one spelling for equality, at most 255.
    pub(crate) length: u8,
    /// Where its sounds stand without an article before or an adjective's ending after, if it may have one.
    pub(crate) bare: Option<Stretch>,
    /// What is known of those.
    pub(crate) bare_extent: Extent,
    pub(crate) spelled: Box<Spelled>,
}

/// How a part is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Spelled {
    text: Box<str>,
    /// Its one spelling for equality, where that is another.
    folded: Option<Box<str>>,
}

impl Spelled {
    pub(crate) fn new(text: String, folded: String) -> Spelled {
        Spelled {
            folded: (folded != text).then(|| folded.into_boxed_str()),
            text: text.into_boxed_str(),
        }
    }
}

/// Where some sounds of a part stand in its name's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Stretch {
    start: u16,
    end: u16,
}

impl Stretch {
    pub(crate) fn new(range: &Range<usize>) -> Stretch {
        let place = |at| u16::try_from(at).expect("some thirty sounds to each of some sixty parts");
        Stretch {
            start: place(range.start),
            end: place(range.end),
        }
    }

    pub(crate) fn start(self) -> usize {
        usize::from(self.start)
    }

    pub(crate) fn end(self) -> usize {
        usize::from(self.end)
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    pub(crate) fn len(self) -> usize {
        usize::from(self.end - self.start)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// The given names that a part may stand for; few, and kept in place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Bearers {
    all: [Bearer; Bearers::MOST],
    len: u8,
}

impl Bearers {
    /// More say no more: a form that sounds like so many names is none of them.
    const MOST: usize = 5;

    pub(crate) fn new(bearers: &[Bearer]) -> Bearers {
        let mut kept = Bearers::default();
        for (slot, bearer) in kept.all.iter_mut().zip(bearers) {
            *slot = *bearer;
            kept.len += 1;
        }
        kept
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Bearer> {
        self.all[..usize::from(self.len)].iter()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.len == 0
    }

    pub(crate) fn share(&self, other: &Bearers) -> bool {
        self.len > 0 && other.len > 0 && self.iter().any(|own| other.iter().any(|it| it == own))
    }
}

impl Part {
    /// Whether it is written as a given name that the tables know.
    pub fn is_known_given_name(&self) -> bool {
        !LEXICON.bearers(self.folded()).is_empty()
    }

    /// The part as cleaned: lower case, without marks that do not sound.
    pub fn text(&self) -> &str {
        &self.spelled.text
    }

    /// Its one spelling for equality.
    pub(crate) fn folded(&self) -> &str {
        self.spelled.folded.as_deref().unwrap_or(&self.spelled.text)
    }

    /// Whether nothing but its sounds tells what it is like.
    pub(crate) fn is_heard_only(&self) -> bool {
        let is_word = !matches!(self.role, PartRole::Number | PartRole::Initial);
        let has_sounds = !self.sounds.is_empty() && self.letters.is_empty();
        is_word && has_sounds && self.meaning.is_none() && self.bearers.is_empty()
    }

    /// Whether both are spelled alike: told by their hashes, which two spellings in 2^64 share.
    pub(crate) fn is_spelled_like(&self, other: &Part) -> bool {
        self.hash == other.hash
    }

    pub(crate) fn weight(&self) -> u32 {
        u32::from(self.weight)
    }

    pub(crate) fn is_arabic(&self) -> bool {
        self.script == Script::Arabic
    }

    /// Whether the part is compared at all.
    pub(crate) fn is_content(&self) -> bool {
        !matches!(
            self.role,
            PartRole::Particle | PartRole::Honorific | PartRole::OrgForm
        )
    }
}
