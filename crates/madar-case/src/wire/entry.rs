//! Wire form of a list's entries.

use madar_text::{
    Day, DayRange, EntryKind, EntryName, Identifier, ListEntry, NameQuality, NameSort,
};

use super::mirror::{Mirror, mirror_enum, mirror_struct};

mirror_enum!(EntryKindWire from EntryKind { Person, Organisation, Vessel, Aircraft, Other });
mirror_enum!(NameSortWire from NameSort { Primary, Alias, Former });
mirror_enum!(NameQualityWire from NameQuality { Good, Weak });
mirror_struct!(EntryNameWire from EntryName { text: String, sort: NameSort, quality: NameQuality });
mirror_struct!(DayRangeWire from DayRange { first: Day, last: Day });
mirror_struct!(IdentifierWire from Identifier {
    kind: String,
    value: String,
    country: Option<String>,
});
mirror_struct!(ListEntryWire from ListEntry {
    id: String,
    kind: EntryKind,
    names: Vec<EntryName>,
    births: Vec<DayRange>,
    birth_places: Vec<String>,
    countries: Vec<String>,
    identifiers: Vec<Identifier>,
    programmes: Vec<String>,
    positions: Vec<String>,
    listed: Option<Day>,
    delisted: Option<Day>,
    remarks: Vec<String>,
});
