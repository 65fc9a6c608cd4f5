//! An entry through the snapshots of its list, and whether it was listed on a day: never more than the
//! snapshots say.

use std::collections::BTreeMap;
use std::fmt;

use madar_text::{Day, ListEntry};

/// A list as it stood on one day.
#[derive(Clone, Copy)]
pub struct Snapshot<'a> {
    pub list: &'a str,
    pub day: Day,
    pub entries: &'a [ListEntry],
}

/// An entry of a list with what each snapshot of that list says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listing {
    pub list: String,
    /// As in the latest snapshot that has it.
    pub entry: ListEntry,
    /// Days of the list's snapshots, in order, and whether it is there.
    pub held: Vec<(Day, bool)>,
}

/// Whether an entry was listed on some day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Standing {
    Listed,
    NotListed,
    /// No snapshot reaches that far.
    NotKnown,
}

impl Standing {
    pub fn name(self) -> &'static str {
        match self {
            Standing::Listed => "listed",
            Standing::NotListed => "not listed",
            Standing::NotKnown => "not known",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A standing and what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Status {
    pub on: Day,
    pub standing: Standing,
    /// *the snapshot of 2026-02-27 has it, listed since 2014-06-30*.
    pub why: String,
}

/// The entries of all snapshots, each once, in order of list and id.
pub fn listings(snapshots: &[Snapshot<'_>]) -> Vec<Listing> {
    let mut days: BTreeMap<&str, Vec<Day>> = BTreeMap::new();
    for snapshot in snapshots {
        days.entry(snapshot.list).or_default().push(snapshot.day);
    }
    for days in days.values_mut() {
        days.sort_unstable();
        days.dedup();
    }
    let mut in_time: Vec<&Snapshot<'_>> = snapshots.iter().collect();
    in_time.sort_by_key(|snapshot| (snapshot.list, snapshot.day));
    let mut latest: BTreeMap<(&str, &str), (&ListEntry, Vec<Day>)> = BTreeMap::new();
    for snapshot in in_time {
        for entry in snapshot.entries {
            let slot = latest
                .entry((snapshot.list, entry.id.as_str()))
                .or_insert((entry, Vec::new()));
            slot.0 = entry;
            slot.1.push(snapshot.day);
        }
    }
    let listing = |((list, _), (entry, present)): ((&str, &str), (&ListEntry, Vec<Day>))| Listing {
        list: list.to_owned(),
        entry: entry.clone(),
        held: days[list]
            .iter()
            .map(|day| (*day, present.contains(day)))
            .collect(),
    };
    latest.into_iter().map(listing).collect()
}

impl Listing {
    /// Whether it was listed on that day.
    pub fn status(&self, on: Day) -> Status {
        let (standing, why) = self.standing(on);
        Status { on, standing, why }
    }

    fn standing(&self, on: Day) -> (Standing, String) {
        let reaches = self.held.last().is_some_and(|(last, _)| *last >= on);
        if let Some(delisted) = self.entry.delisted.filter(|day| *day <= on && reaches) {
            return (
                Standing::NotListed,
                format!("the list gives {delisted} as the end"),
            );
        }
        let before = self.held.iter().rev().find(|(day, _)| *day <= on);
        let after = self.held.iter().find(|(day, _)| *day >= on);
        let since = self.entry.listed;
        match (before, after) {
            (_, Some((day, true))) if since.is_some_and(|since| since <= on) => {
                let since = since.expect("it was just looked at");
                let why = format!("the snapshot of {day} has it, listed since {since}");
                (Standing::Listed, why)
            }
            (_, Some((_, true))) if since.is_some_and(|since| since > on) => {
                let since = since.expect("it was just looked at");
                (
                    Standing::NotListed,
                    format!("the list gives {since} as the beginning"),
                )
            }
            (Some((a, true)), Some((b, true))) if a == b => {
                (Standing::Listed, format!("the snapshot of {a} has it"))
            }
            (Some((a, true)), Some((b, true))) => (
                Standing::Listed,
                format!("the snapshots of {a} and {b} have it"),
            ),
            (Some((a, false)), Some((b, false))) if a == b => (
                Standing::NotListed,
                format!("the snapshot of {a} does not have it"),
            ),
            (Some((a, false)), Some((b, false))) => (
                Standing::NotListed,
                format!("the snapshots of {a} and {b} do not have it"),
            ),
            (Some((a, true)), Some((b, false))) => (
                Standing::NotKnown,
                format!("the snapshot of {a} has it, that of {b} no longer"),
            ),
            (Some((a, false)), Some((b, true))) => {
                let why = format!(
                    "the snapshot of {b} has it, that of {a} not yet, and no date is given"
                );
                (Standing::NotKnown, why)
            }
            (Some((a, has)), None) => {
                let has = if *has { "has it" } else { "does not have it" };
                (
                    Standing::NotKnown,
                    format!("the last snapshot is of {a} and {has}"),
                )
            }
            (None, Some((b, has))) => {
                let has = if *has {
                    "has it, and no date is given"
                } else {
                    "does not have it"
                };
                (
                    Standing::NotKnown,
                    format!("the first snapshot is of {b} and {has}"),
                )
            }
            (None, None) => (Standing::NotKnown, "no snapshot is held".to_owned()),
        }
    }
}

/// What became of an entry from one snapshot to the next.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Change {
    Added,
    Changed,
    Removed,
}

impl Change {
    pub fn name(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Changed => "changed",
            Change::Removed => "removed",
        }
    }
}

/// What a later snapshot changed, in order of ids: the entry as it now is, or as it was.
pub fn changes<'a>(
    before: &'a [ListEntry],
    after: &'a [ListEntry],
) -> Vec<(Change, &'a ListEntry)> {
    let by_id = |entries: &'a [ListEntry]| -> BTreeMap<&'a str, &'a ListEntry> {
        entries
            .iter()
            .map(|entry| (entry.id.as_str(), entry))
            .collect()
    };
    let (old, new) = (by_id(before), by_id(after));
    let mut out: Vec<(Change, &ListEntry)> = Vec::new();
    for (id, entry) in &new {
        match old.get(id) {
            None => out.push((Change::Added, entry)),
            Some(known) if known != entry => out.push((Change::Changed, entry)),
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|(id, _)| !new.contains_key(*id));
    out.extend(gone.map(|(_, entry)| (Change::Removed, *entry)));
    out.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn entry(id: &str, listed: Option<&str>) -> ListEntry {
        ListEntry {
            listed: listed.map(day),
            ..ListEntry::bare(id)
        }
    }

    /// The standings of the entry `a` on days, where snapshots of three days have it or not.
    fn check(listed: Option<&str>, has: [bool; 3], expect: &[(&str, Standing)]) {
        let with = [entry("a", listed), entry("b", None)];
        let without = [entry("b", None)];
        let days = ["2020-01-01", "2022-01-01", "2024-01-01"];
        let snapshots: Vec<Snapshot<'_>> = days
            .iter()
            .zip(has)
            .map(|(on, has)| Snapshot {
                list: "L",
                day: day(on),
                entries: if has { &with } else { &without },
            })
            .collect();
        let all = listings(&snapshots);
        let held = all.iter().find(|held| held.entry.id == "a").unwrap();
        for (on, standing) in expect {
            let status = held.status(day(on));
            assert_eq!(status.standing, *standing, "{on}: {}", status.why);
        }
    }

    #[test]
    fn never_more_than_the_snapshots_say() {
        use Standing::{Listed, NotKnown, NotListed};
        check(
            None,
            [false, true, true],
            &[
                ("2019-01-01", NotKnown),
                ("2020-01-01", NotListed),
                ("2021-01-01", NotKnown),
                ("2022-01-01", Listed),
                ("2023-01-01", Listed),
                ("2024-01-02", NotKnown),
            ],
        );
        check(
            Some("2021-06-01"),
            [false, true, false],
            &[
                ("2019-01-01", NotKnown),
                ("2021-05-31", NotListed),
                ("2021-06-01", Listed),
                ("2023-01-01", NotKnown),
                ("2024-01-01", NotListed),
                ("2025-01-01", NotKnown),
            ],
        );
        check(
            Some("2014-03-17"),
            [true, true, true],
            &[("2015-01-01", Listed), ("2013-01-01", NotListed)],
        );
    }

    #[test]
    fn an_end_that_the_list_gives_is_an_end() {
        let ended = ListEntry {
            delisted: Some(day("2021-01-01")),
            ..entry("a", Some("2014-03-17"))
        };
        let snapshot = Snapshot {
            list: "L",
            day: day("2024-01-01"),
            entries: &[ended],
        };
        let all = listings(&[snapshot]);
        let standing = |on| all[0].status(day(on)).standing;
        assert_eq!(standing("2020-01-01"), Standing::Listed);
        assert_eq!(standing("2021-01-01"), Standing::NotListed);
    }

    #[test]
    fn what_a_snapshot_changed_is_told() {
        let before = [entry("a", None), entry("b", None), entry("c", None)];
        let after = [
            entry("a", None),
            entry("b", Some("2020-01-01")),
            entry("d", None),
        ];
        let told: Vec<(Change, &str)> = changes(&before, &after)
            .into_iter()
            .map(|(change, entry)| (change, entry.id.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (Change::Changed, "b"),
                (Change::Removed, "c"),
                (Change::Added, "d")
            ]
        );
    }
}
