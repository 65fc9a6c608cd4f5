//! Snapshots of lists going in and out of a case: each by hash, date and source, never changed, several
//! of one list side by side.

use madar_text::{Day, ListEntry};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::wire::{pack_entries, unpack_entries};
use crate::{Case, CaseError};

/// A snapshot of a list without its entries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    pub number: i64,
    /// BLAKE3 over its files, 64 hexadecimal digits.
    pub hash: String,
    pub list: String,
    pub day: Day,
    /// *given*, *the list itself*.
    pub basis: String,
    pub source: Option<String>,
    pub format: String,
    pub entries: u64,
    pub names: u64,
    pub broken: u64,
}

/// A snapshot that is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewSnapshot<'a> {
    pub hash: &'a str,
    pub list: &'a str,
    pub day: Day,
    pub basis: &'a str,
    pub source: Option<&'a str>,
    pub format: &'a str,
    pub broken: u64,
    pub entries: &'a [ListEntry],
}

/// What keeping a snapshot did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SnapshotKept {
    New(i64),
    /// These very files are in the case under this list and number; nothing changed.
    Same(i64),
}

const COLUMNS: &str = "number, hash, list, day, basis, source, format, entries, names, broken";

impl Case {
    /// Keeps a snapshot, in one transaction.
    ///
    /// # Errors
    /// When the case file cannot be written.
    pub fn keep_snapshot(&mut self, new: &NewSnapshot<'_>) -> Result<SnapshotKept, CaseError> {
        self.change(|step| kept(step, new))
    }

    /// All snapshots, by list and day.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn snapshots(&self) -> Result<Vec<Snapshot>, CaseError> {
        let ask = format!("SELECT {COLUMNS} FROM snapshots ORDER BY list, day, number");
        let mut query = self.store.prepare(&ask)?;
        let rows = query.query_map([], |row| Ok(snapshot(row)))?;
        let mut out = Vec::new();
        for row in rows {
            out.push(row??);
        }
        Ok(out)
    }

    /// The entries of a snapshot.
    ///
    /// # Errors
    /// When there is no such snapshot, or the case file cannot be read or is damaged.
    pub fn snapshot_entries(&self, number: i64) -> Result<Vec<ListEntry>, CaseError> {
        let ask = "SELECT body FROM snapshots WHERE number = ?1";
        let body: Option<Vec<u8>> = self
            .store
            .query_row(ask, [number], |row| row.get(0))
            .optional()?;
        let body = body.ok_or_else(|| unknown(number))?;
        unpack_entries(&body)
    }

    /// Takes a snapshot out. What was decided on its entries stands, for the next one.
    ///
    /// # Errors
    /// When there is no such snapshot, or the case file cannot be written.
    pub fn remove_snapshot(&mut self, number: i64) -> Result<(), CaseError> {
        let ask = "DELETE FROM snapshots WHERE number = ?1";
        self.change(|step| match step.execute(ask, [number])? {
            0 => Err(unknown(number)),
            _ => Ok(()),
        })
    }
}

fn kept(step: &Connection, new: &NewSnapshot<'_>) -> Result<SnapshotKept, CaseError> {
    let find = "SELECT number FROM snapshots WHERE list = ?1 AND hash = ?2";
    let known: Option<i64> = step
        .query_row(find, params![new.list, new.hash.as_bytes()], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(number) = known {
        return Ok(SnapshotKept::Same(number));
    }
    let names: usize = new.entries.iter().map(|entry| entry.names.len()).sum();
    step.execute(
        "INSERT INTO snapshots
         (hash, list, day, basis, source, format, entries, names, broken, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            new.hash.as_bytes(),
            new.list,
            new.day.to_string(),
            new.basis,
            new.source,
            new.format,
            count(new.entries.len()),
            count(names),
            i64::try_from(new.broken).unwrap_or(i64::MAX),
            pack_entries(new.entries),
        ],
    )?;
    Ok(SnapshotKept::New(step.last_insert_rowid()))
}

fn unknown(number: i64) -> CaseError {
    CaseError::Unknown {
        what: "snapshot",
        name: number.to_string(),
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn snapshot(row: &Row<'_>) -> Result<Snapshot, CaseError> {
    let hash: Vec<u8> = row.get(1)?;
    let day: String = row.get(3)?;
    let number = |at: usize| -> Result<u64, CaseError> {
        let held: i64 = row.get(at)?;
        u64::try_from(held).map_err(|_| CaseError::Damaged("a snapshot"))
    };
    Ok(Snapshot {
        number: row.get(0)?,
        hash: String::from_utf8(hash).map_err(|_| CaseError::Damaged("a snapshot"))?,
        list: row.get(2)?,
        day: Day::parse(&day).ok_or(CaseError::Damaged("a snapshot"))?,
        basis: row.get(4)?,
        source: row.get(5)?,
        format: row.get(6)?,
        entries: number(7)?,
        names: number(8)?,
        broken: number(9)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use madar_text::{DayRange, EntryKind, EntryName, Identifier, NameQuality, NameSort};

    fn entry() -> ListEntry {
        let text = |text: &str| vec![text.to_owned()];
        ListEntry {
            kind: EntryKind::Person,
            names: vec![EntryName {
                text: "Родион Василенков".to_owned(),
                sort: NameSort::Former,
                quality: NameQuality::Weak,
            }],
            births: vec![DayRange::years(1968, 1970)],
            birth_places: text("Port Salma"),
            countries: text("ru"),
            identifiers: vec![Identifier {
                kind: "passport".to_owned(),
                value: "44N2592883".to_owned(),
                country: Some("ru".to_owned()),
            }],
            programmes: text("SLM"),
            positions: text("Harbour master"),
            listed: Day::parse("2014-03-17"),
            delisted: Day::parse("2020-01-31"),
            remarks: text("Spoke for the port"),
            ..ListEntry::bare("a")
        }
    }

    #[test]
    fn snapshots_stand_side_by_side_and_come_back_whole() {
        let mut case = Case::in_memory().unwrap();
        let entries = [entry(), ListEntry::bare("b")];
        let new = |hash, day| NewSnapshot {
            hash,
            list: "UN",
            day: Day::parse(day).unwrap(),
            basis: "given",
            source: Some("https://un.example/list.xml"),
            format: "UN consolidated XML",
            broken: 3,
            entries: &entries,
        };
        assert_eq!(
            case.keep_snapshot(&new("aa", "2026-02-27")).unwrap(),
            SnapshotKept::New(1)
        );
        assert_eq!(
            case.keep_snapshot(&new("bb", "2025-02-27")).unwrap(),
            SnapshotKept::New(2)
        );
        assert_eq!(
            case.keep_snapshot(&new("aa", "2026-03-01")).unwrap(),
            SnapshotKept::Same(1)
        );
        let held = case.snapshots().unwrap();
        let numbers: Vec<i64> = held.iter().map(|held| held.number).collect();
        assert_eq!(numbers, [2, 1], "by day");
        assert_eq!((held[1].entries, held[1].names, held[1].broken), (2, 1, 3));
        assert_eq!(case.snapshot_entries(1).unwrap(), entries);
        case.remove_snapshot(1).unwrap();
        assert!(case.snapshot_entries(1).is_err());
        assert!(case.remove_snapshot(1).is_err());
    }
}
