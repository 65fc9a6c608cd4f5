//! Entries while they are put together: several rows, files or elements may speak of one. Bounds what
//! a hostile list can make grow.

use std::collections::HashMap;

use madar_text::{
    DayRange, EntryKind, EntryName, Identifier, ListEntry, NameQuality, NameSort, Script,
};

use super::{countries, dates, names};

/// Characters of one name that are kept. The longest on the lists, an institute's, has 400.
const MAX_NAME: usize = 600;
/// Characters of a remark, a place, a post.
const MAX_WORDS: usize = 4_000;
/// Values of one field of one entry. The most on the lists are 160 names.
const MAX_VALUES: usize = 1_000;

/// Entries by their ids, in the order in which they were first seen.
#[derive(Default)]
pub(crate) struct Drafts {
    at: HashMap<String, usize>,
    list: Vec<Draft>,
}

pub(crate) struct Draft {
    entry: ListEntry,
    /// Where it was first seen, for messages.
    place: String,
}

impl Drafts {
    /// The draft with this id, made where there is none.
    pub(crate) fn of(&mut self, id: &str, place: impl FnOnce() -> String) -> &mut Draft {
        let list = &mut self.list;
        let at = *self.at.entry(id.to_owned()).or_insert_with(|| {
            list.push(Draft {
                entry: ListEntry::bare(cut(id, MAX_NAME)),
                place: place(),
            });
            list.len() - 1
        });
        &mut self.list[at]
    }

    pub(crate) fn known(&mut self, id: &str) -> Option<&mut Draft> {
        self.at.get(id).map(|&at| &mut self.list[at])
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.at.contains_key(id)
    }

    /// Finished entries; `Err` with the place of those that have no name.
    pub(crate) fn finish(self) -> impl Iterator<Item = Result<ListEntry, (String, String)>> {
        self.list.into_iter().map(|draft| {
            let Draft { entry, place } = draft;
            finished(entry).map_err(|id| (place, format!("entry {id:?} has no name")))
        })
    }
}

/// The primary name first; each value once.
fn finished(mut entry: ListEntry) -> Result<ListEntry, String> {
    let mut names: Vec<EntryName> = Vec::with_capacity(entry.names.len());
    for name in entry.names {
        match names.iter_mut().find(|known| known.text == name.text) {
            // told twice, it is as good as where it is better
            Some(known) => {
                known.sort = known.sort.min(name.sort);
                known.quality = known.quality.min(name.quality);
            }
            None => names.push(name),
        }
    }
    names.sort_by_key(|name| (name.sort != NameSort::Primary, name.quality));
    entry.names = names;
    if entry.names.is_empty() {
        return Err(entry.id);
    }
    for words in [
        &mut entry.birth_places,
        &mut entry.countries,
        &mut entry.programmes,
        &mut entry.positions,
        &mut entry.remarks,
    ] {
        let mut seen: Vec<String> = Vec::with_capacity(words.len());
        for word in std::mem::take(words) {
            if !seen.contains(&word) {
                seen.push(word);
            }
        }
        *words = seen;
    }
    entry.births.sort_unstable();
    entry.births.dedup();
    entry.identifiers.sort_unstable();
    entry.identifiers.dedup();
    Ok(entry)
}

impl Draft {
    /// A name as one cell has it: several names in brackets or after semicolons are told apart.
    pub(crate) fn name(&mut self, text: &str, sort: NameSort, quality: NameQuality) {
        for (at, found) in names::spread(text).into_iter().enumerate() {
            // what follows a primary name in its own cell is another name of the same thing
            let sort = if at > 0 && sort == NameSort::Primary {
                NameSort::Alias
            } else {
                sort
            };
            self.whole_name(&found.text, sort, quality.max(found.quality));
        }
    }

    /// A name that is one name.
    pub(crate) fn whole_name(&mut self, text: &str, sort: NameSort, quality: NameQuality) {
        let text = cut(&names::tidy(text), MAX_NAME);
        if text.chars().any(char::is_alphanumeric) && self.entry.names.len() < MAX_VALUES {
            self.entry.names.push(EntryName {
                text,
                sort,
                quality,
            });
        }
    }

    pub(crate) fn kind(&mut self, kind: EntryKind) {
        if self.entry.kind == EntryKind::Other {
            self.entry.kind = kind;
        }
    }

    pub(crate) fn birth(&mut self, text: &str) {
        if let Some(range) = dates::range(text) {
            self.birth_range(range);
        }
    }

    pub(crate) fn birth_range(&mut self, range: DayRange) {
        if self.entry.births.len() < MAX_VALUES {
            self.entry.births.push(range);
        }
    }

    pub(crate) fn birth_place(&mut self, text: &str) {
        push(&mut self.entry.birth_places, text);
    }

    pub(crate) fn country(&mut self, text: &str) {
        // *Armenian, Russian, Finnish*, but *Iran, Islamic Republic of*
        let parts: Vec<String> = text
            .split([',', ';', '/'])
            .filter_map(countries::known)
            .collect();
        if countries::known(text).is_none() && parts.len() > 1 {
            for country in parts {
                push(&mut self.entry.countries, &country);
            }
        } else if let Some(country) = countries::country(text) {
            push(&mut self.entry.countries, &country);
        }
    }

    pub(crate) fn identifier(&mut self, kind: &str, value: &str, country: Option<String>) {
        let value = cut(value.trim(), MAX_NAME);
        let known = self.entry.identifiers.len() < MAX_VALUES;
        if known && value.chars().filter(char::is_ascii_digit).count() >= 3 {
            self.entry.identifiers.push(Identifier {
                kind: cut(&kind.trim().to_lowercase(), MAX_NAME),
                value,
                country,
            });
        }
    }

    pub(crate) fn programme(&mut self, text: &str) {
        push(&mut self.entry.programmes, text);
    }

    pub(crate) fn position(&mut self, text: &str) {
        push(&mut self.entry.positions, text);
    }

    pub(crate) fn remark(&mut self, text: &str) {
        push(&mut self.entry.remarks, text);
    }

    /// The earliest of several.
    pub(crate) fn listed(&mut self, text: &str) {
        let day = dates::day(text);
        self.entry.listed = match (self.entry.listed, day) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    pub(crate) fn delisted(&mut self, text: &str) {
        self.entry.delisted = self.entry.delisted.max(dates::day(text));
    }
}

fn push(values: &mut Vec<String>, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() && values.len() < MAX_VALUES {
        values.push(cut(&text, MAX_WORDS));
    }
}

/// At most so many characters.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}

/// What a list calls the kind of an entry.
pub(crate) fn kind_of(word: &str) -> Option<EntryKind> {
    let word = word.trim().to_lowercase();
    Some(match word.as_str() {
        "person" | "individual" | "individuals" | "p" | "natural person" => EntryKind::Person,
        "entity" | "entities" | "enterprise" | "e" | "organization" | "organisation"
        | "company" | "publicbody" | "legalentity" | "legal person" | "group" => {
            EntryKind::Organisation
        }
        "vessel" | "ship" => EntryKind::Vessel,
        "aircraft" | "airplane" => EntryKind::Aircraft,
        "" => return None,
        _ => EntryKind::Other,
    })
}

/// Whether two texts are in two scripts.
pub(crate) fn scripts_differ(a: &str, b: &str) -> bool {
    match (Script::of_text(a), Script::of_text(b)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}
