//! What a comparison says: a score from 0 to 1 and the reasons for it, each a sentence.

use std::fmt;

/// How alike two names are, 0 to 1, kept in ten-thousandths so that it is exact, ordered and the
/// same everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Score(u16);

/// The default threshold: at or above, two names are taken for one. 0.70 is the figure that other
/// screening tools document too; `compare` is scaled so that precision there is above 0.95 on the
/// development pairs (`madar-lab names` measures it).
pub const SAME: Score = Score(7_000);

impl Score {
    /// No likeness at all.
    pub const ZERO: Score = Score(0);
    /// Equal names; only these.
    pub const ONE: Score = Score(Self::UNIT);
    /// One, in the unit of [`Score::ten_thousandths`].
    const UNIT: u16 = 10_000;

    /// A score from ten-thousandths; above one is one.
    pub fn from_ten_thousandths(value: u32) -> Score {
        Score(u16::try_from(value).unwrap_or(Self::UNIT).min(Self::UNIT))
    }

    /// The score in ten-thousandths, 0 to 10,000.
    pub fn ten_thousandths(self) -> u16 {
        self.0
    }

    /// The score as a number from 0 to 1.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / f64::from(Self::UNIT)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.as_f64())
    }
}

/// Which of the two names compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Side {
    /// The first argument of [`crate::compare`].
    First,
    /// The second.
    Second,
}

/// Why a score is what it is. Displayed as a sentence; `a` is from the first name, `b` from the second.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Both write a part alike.
    Same {
        /// The part in the first name.
        a: String,
        /// The part in the second name.
        b: String,
    },
    /// Two spellings of one part, in one script or in two.
    SpelledOtherwise {
        /// The part in the first name.
        a: String,
        /// The part in the second name.
        b: String,
        /// How alike they sound.
        score: Score,
    },
    /// Forms of one given name: *Sasha* and *Alexander*.
    Nickname {
        /// The part in the first name.
        a: String,
        /// The part in the second name.
        b: String,
    },
    /// Words of one meaning in two languages: *Bank* and بنك.
    SameMeaning {
        /// The word in the first name.
        a: String,
        /// The word in the second name.
        b: String,
    },
    /// A letter stands for a part.
    InitialOf {
        /// The part in the first name.
        a: String,
        /// The part in the second name.
        b: String,
    },
    /// One name has a part of which the other says nothing.
    Missing {
        /// The part.
        part: String,
        /// The name that has it.
        side: Side,
    },
    /// Each name has a part here, and they are different.
    Contradicts {
        /// The part in the first name.
        a: String,
        /// The part in the second name.
        b: String,
    },
    /// Letters of another script that only look right stood in the name.
    Homoglyph {
        /// The name that has them.
        side: Side,
    },
    /// The part agrees, but very many names have it.
    TooCommon {
        /// The part.
        part: String,
    },
    /// One name is made of the other's initials.
    Acronym {
        /// The short name.
        short: String,
        /// The long one.
        long: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Same { a, b } if a == b => write!(f, "both have “{a}”"),
            Reason::Same { a, b } => write!(f, "“{a}” is “{b}”"),
            Reason::SpelledOtherwise { a, b, score } => {
                write!(f, "“{a}” sounds like “{b}” ({score})")
            }
            Reason::Nickname { a, b } => write!(f, "“{a}” and “{b}” are forms of one given name"),
            Reason::SameMeaning { a, b } => write!(f, "“{a}” means the same as “{b}”"),
            Reason::InitialOf { a, b } if a.chars().count() == 1 => {
                write!(f, "“{a}” may be the initial of “{b}”")
            }
            Reason::InitialOf { a, b } => write!(f, "“{b}” may be the initial of “{a}”"),
            Reason::Missing {
                part,
                side: Side::First,
            } => {
                write!(f, "only the first name has “{part}”")
            }
            Reason::Missing {
                part,
                side: Side::Second,
            } => {
                write!(f, "only the second name has “{part}”")
            }
            Reason::Contradicts { a, b } => write!(f, "“{a}” is not “{b}”"),
            Reason::Homoglyph { side: Side::First } => {
                write!(
                    f,
                    "the first name has letters of another alphabet that only look right"
                )
            }
            Reason::Homoglyph { side: Side::Second } => {
                write!(
                    f,
                    "the second name has letters of another alphabet that only look right"
                )
            }
            Reason::TooCommon { part } => write!(f, "“{part}” is very common and says little"),
            Reason::Acronym { short, long } => write!(f, "“{short}” abbreviates “{long}”"),
        }
    }
}

/// A score with its reasons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Likeness {
    pub(crate) weighed: Weighed,
    pub(crate) reasons: Vec<Reason>,
}

impl Likeness {
    /// How alike the names are.
    pub fn score(&self) -> Score {
        self.weighed.score
    }

    /// How surprising the agreement would be by chance, in tenths of bits: with 130 one listed name in some
    /// eight thousand would agree so well.
    pub fn evidence(&self) -> u32 {
        self.weighed.evidence
    }

    /// The score and what it rests on.
    pub fn weighed(&self) -> Weighed {
        self.weighed
    }

    /// Why, weightiest agreement first.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// The score and its reasons in one sentence.
    ///
    /// ```
    /// use madar_names::{Name, NameKind, compare};
    /// let a = Name::new("Mikhail Timchenko", NameKind::Person);
    /// let b = Name::new("Геннадий Тимченко", NameKind::Person);
    /// let said = compare(&a, &b).explain();
    /// assert!(said.contains("“timchenko” sounds like “тимченко”"), "{said}");
    /// assert!(said.contains("“mikhail” is not “геннадий”"), "{said}");
    /// ```
    pub fn explain(&self) -> String {
        let reasons: Vec<String> = self.reasons.iter().map(ToString::to_string).collect();
        if reasons.is_empty() {
            format!("{}: nothing to compare", self.score())
        } else {
            format!("{}: {}", self.score(), reasons.join("; "))
        }
    }
}

/// A score and what it rests on, without the reasons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weighed {
    /// How alike the names are.
    pub score: Score,
    /// As [`Likeness::evidence`].
    pub evidence: u32,
    /// Whether every part of either name has its counterpart, spelled alike or as other scripts spell it.
    pub is_whole: bool,
    /// Whether one name is made of the other's initials.
    pub is_acronym: bool,
}

/// What a comparison must come to, to be of use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// The least score.
    pub score: Score,
    /// The least evidence, as [`Likeness::evidence`] …
    pub evidence: u32,
    /// … of which names need none that are whole; see [`Weighed::is_whole`].
    pub or_whole: bool,
}

impl Wanted {
    /// What comes to both.
    pub fn and(self, other: &Wanted) -> Wanted {
        Wanted {
            score: self.score.max(other.score),
            evidence: self.evidence.max(other.evidence),
            or_whole: self.or_whole && other.or_whole,
        }
    }
}

impl From<Score> for Wanted {
    /// A score, whatever the evidence.
    fn from(score: Score) -> Wanted {
        Wanted {
            score,
            evidence: 0,
            or_whole: false,
        }
    }
}
