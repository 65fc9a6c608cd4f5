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
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The part as cleaned: lower case, without marks that do not sound.
    pub text: String,
    /// What it does in the name.
    pub role: PartRole,
    /// Its one spelling for equality.
    pub(crate) folded: String,
    /// A hash of it, which is near when parts are compared by the million.
    pub(crate) hash: u64,
    /// A hash of all that decides how alike it is to others.
    pub(crate) identity: u64,
    pub(crate) script: Script,
    /// Where its sounds stand in the name's.
    pub(crate) sounds: Range<usize>,
    /// Where they stand without an article before or an adjective's ending after, if it may have one.
    pub(crate) bare: Option<Range<usize>>,
    /// What is known of its sounds before they are aligned, and of those without article or ending.
    pub(crate) extent: Extent,
    pub(crate) bare_extent: Extent,
    pub(crate) meaning: Option<Meaning>,
    /// Whether its meaning is one that any organisation may add or leave out.
    pub(crate) is_generic: bool,
    pub(crate) bearers: Vec<Bearer>,
    pub(crate) is_common: bool,
    /// How often the word stands in names: 0 seldom to 3 most often.
    pub(crate) frequency: u8,
    /// How rare it is among listed names by its sounds.
    pub(crate) rarity: Rarity,
    /// Where the letters of an acronym stand in the name's; empty if it can be none.
    pub(crate) letters: Range<usize>,
    /// How much of the name hangs on it; see `name::weight`.
    pub(crate) weight: u32,
}

impl Part {
    /// Whether it is written as a given name that the tables know.
    pub fn is_known_given_name(&self) -> bool {
        !LEXICON.bearers(&self.folded).is_empty()
    }

    /// Whether both are spelled alike.
    pub(crate) fn is_spelled_like(&self, other: &Part) -> bool {
        self.hash == other.hash && self.folded == other.folded
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
