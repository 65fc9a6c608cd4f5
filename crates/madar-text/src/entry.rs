//! An entry of a watchlist or register as the list states it: names, births, countries,
//! identifiers, dates of listing. What a list's format looks like is `madar-open`'s business; whether
//! somebody is the one listed is `madar-link`'s.

use std::fmt;

use crate::Day;

/// What an entry stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum EntryKind {
    Person,
    /// A company, a body, a movement.
    Organisation,
    Vessel,
    Aircraft,
    /// The list does not say, or it is none of these.
    Other,
}

impl EntryKind {
    pub const ALL: [EntryKind; 5] = [
        EntryKind::Person,
        EntryKind::Organisation,
        EntryKind::Vessel,
        EntryKind::Aircraft,
        EntryKind::Other,
    ];

    pub fn name(self) -> &'static str {
        match self {
            EntryKind::Person => "person",
            EntryKind::Organisation => "organisation",
            EntryKind::Vessel => "vessel",
            EntryKind::Aircraft => "aircraft",
            EntryKind::Other => "other",
        }
    }
}

/// What the list calls a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum NameSort {
    Primary,
    Alias,
    /// *f.k.a.*: what it was called before.
    Former,
}

/// How far the list itself trusts a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum NameQuality {
    /// It identifies.
    Good,
    /// *Low quality a.k.a.*, a nickname, one word: it helps, it does not identify.
    Weak,
}

#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct EntryName {
    pub text: String,
    pub sort: NameSort,
    pub quality: NameQuality,
}

/// A time that is known to a day, a month, a year or some years: its first and last day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct DayRange {
    pub first: Day,
    pub last: Day,
}

impl DayRange {
    pub fn day(day: Day) -> Self {
        Self {
            first: day,
            last: day,
        }
    }

    pub fn years(first: i16, last: i16) -> Self {
        Self {
            first: Day::new(first.min(last), 1, 1),
            last: Day::new(last.max(first), 12, 31),
        }
    }

    pub fn is_day(&self) -> bool {
        self.first == self.last
    }

    pub fn meets(&self, other: &DayRange) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// *1962-03-04*, *1962-03*, *1962*, *1958 to 1962*.
impl fmt::Display for DayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (self.first, self.last);
        let whole_years = (a.month, a.day, b.month, b.day) == (1, 1, 12, 31);
        if self.is_day() {
            write!(f, "{a}")
        } else if whole_years && a.year == b.year {
            write!(f, "{:04}", a.year)
        } else if whole_years {
            write!(f, "{:04} to {:04}", a.year, b.year)
        } else if (a.year, a.month, a.day) == (b.year, b.month, 1) && b.day >= 28 {
            write!(f, "{:04}-{:02}", a.year, a.month)
        } else {
            write!(f, "{a} to {b}")
        }
    }
}

/// A number that few or only one can have.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Identifier {
    /// *passport*, *tax number*, *IMO number*, as the list words it, in lower case.
    pub kind: String,
    pub value: String,
    /// ISO 3166 code of who issued it, if the list says.
    pub country: Option<String>,
}

/// One entry of a list, as one snapshot of it states it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListEntry {
    /// The list's own; unique within a snapshot.
    pub id: String,
    pub kind: EntryKind,
    /// The primary name first; never empty.
    pub names: Vec<EntryName>,
    pub births: Vec<DayRange>,
    pub birth_places: Vec<String>,
    /// ISO 3166 codes (`ru`) where the words are known, else the words.
    pub countries: Vec<String>,
    pub identifiers: Vec<Identifier>,
    pub programmes: Vec<String>,
    pub positions: Vec<String>,
    pub listed: Option<Day>,
    pub delisted: Option<Day>,
    /// Grounds and remarks, in the words of the list.
    pub remarks: Vec<String>,
}

impl ListEntry {
    /// An entry of which nothing is known yet but its id.
    pub fn bare(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            kind: EntryKind::Other,
            names: Vec::new(),
            births: Vec::new(),
            birth_places: Vec::new(),
            countries: Vec::new(),
            identifiers: Vec::new(),
            programmes: Vec::new(),
            positions: Vec::new(),
            listed: None,
            delisted: None,
            remarks: Vec::new(),
        }
    }

    /// The name it goes by on the list.
    pub fn caption(&self) -> &str {
        self.names.first().map_or("", |name| name.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_show_what_is_known_and_no_more() {
        let shown = |a, b| DayRange { first: a, last: b }.to_string();
        let day = Day::new;
        assert_eq!(shown(day(1962, 3, 4), day(1962, 3, 4)), "1962-03-04");
        assert_eq!(shown(day(1962, 2, 1), day(1962, 2, 28)), "1962-02");
        assert_eq!(DayRange::years(1962, 1962).to_string(), "1962");
        assert_eq!(DayRange::years(1962, 1958).to_string(), "1958 to 1962");
        assert!(DayRange::years(1958, 1962).meets(&DayRange::day(day(1960, 1, 2))));
    }
}
