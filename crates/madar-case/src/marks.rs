//! How far a case had come: marks up to which its readers have been told what is new, and what has come since. A mark is
//! a place in the log, so nothing of what was known then need be kept.

use std::collections::BTreeSet;

use madar_text::{Day, DocumentId};
use rusqlite::{OptionalExtension, params};

use crate::custody;
use crate::{Case, CaseError};

/// A state of the case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// Number of the last entry of the log; 0 before the first.
    entry: i64,
    /// Number of the last snapshot of a list.
    snapshot: i64,
    /// When it was set, as the program says that set it.
    pub at: Option<String>,
}

impl Mark {
    /// Where it stands: the number of the last entry of the log, and of the last snapshot of a list.
    pub fn place(&self) -> (i64, i64) {
        (self.entry, self.snapshot)
    }

    /// The mark that stands there.
    pub fn at_place((entry, snapshot): (i64, i64)) -> Self {
        Self {
            entry,
            snapshot,
            at: None,
        }
    }

    fn lies_before(&self, other: &Self) -> bool {
        (0..=other.entry).contains(&self.entry) && (0..=other.snapshot).contains(&self.snapshot)
    }
}

/// What has come since a mark.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Arrived {
    pub documents: BTreeSet<DocumentId>,
    /// List and id of entries that no snapshot of the list had before.
    pub listed: BTreeSet<(String, String)>,
}

impl Arrived {
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.listed.is_empty()
    }
}

impl Case {
    /// The case as it now stands.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn mark(&self) -> Result<Mark, CaseError> {
        let last = |table: &str| -> Result<i64, CaseError> {
            let ask = format!("SELECT coalesce(max(number), 0) FROM {table}");
            Ok(self.store.query_row(&ask, [], |row| row.get(0))?)
        };
        Ok(Mark {
            entry: last("custody")?,
            snapshot: last("snapshots")?,
            at: self.now.clone(),
        })
    }

    /// Up to where its readers have been told what is new; `None` where nobody has been.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn seen(&self) -> Result<Option<Mark>, CaseError> {
        let ask = "SELECT entry, snapshot, at FROM marks ORDER BY number DESC LIMIT 1";
        let read = self.store.query_row(ask, [], |row| {
            Ok(Mark {
                entry: row.get(0)?,
                snapshot: row.get(1)?,
                at: row.get(2)?,
            })
        });
        Ok(read.optional()?)
    }

    /// Notes that its readers have been told up to here.
    ///
    /// # Errors
    /// When the case has not come so far, or the case file cannot be written.
    pub fn see(&mut self, mark: &Mark) -> Result<(), CaseError> {
        if !mark.lies_before(&self.mark()?) {
            return Err(CaseError::Unknown {
                what: "mark",
                name: format!("{}, {}", mark.entry, mark.snapshot),
            });
        }
        let now = self.now.clone();
        self.change(|step| {
            step.execute(
                "INSERT INTO marks (entry, snapshot, at) VALUES (?1, ?2, ?3)",
                params![mark.entry, mark.snapshot, now],
            )?;
            Ok(())
        })
    }

    /// The state that `name` means: a day as `2025-03-04`, before whose first entry it was, or the first digits of a
    /// seal that `madar verify` gave.
    ///
    /// # Errors
    /// When no state or more than one is meant, or the case file cannot be read.
    pub fn mark_named(&self, name: &str) -> Result<Mark, CaseError> {
        match Day::parse(name).filter(|_| name.len() == "2025-03-04".len()) {
            Some(day) => self.mark_before(day),
            None => self.mark_sealed(name),
        }
    }

    fn mark_before(&self, day: Day) -> Result<Mark, CaseError> {
        let day = day.to_string();
        let log = "SELECT coalesce(min(number) - 1, (SELECT coalesce(max(number), 0) FROM custody))
             FROM custody WHERE json_extract(entry, '$.at') >= ?1";
        let lists = "SELECT coalesce(max(number), 0) FROM snapshots WHERE day < ?1";
        let ask = |ask: &str| self.store.query_row(ask, [&day], |row| row.get(0));
        Ok(Mark {
            entry: ask(log)?,
            snapshot: ask(lists)?,
            at: Some(day.clone()),
        })
    }

    fn mark_sealed(&self, head: &str) -> Result<Mark, CaseError> {
        let unknown = || CaseError::Unknown {
            what: "mark",
            name: head.to_owned(),
        };
        let head = head.to_ascii_lowercase();
        if head.len() < SHORTEST_SEAL || !head.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(unknown());
        }
        let ask = "SELECT number FROM custody WHERE substr(lower(hex(hash)), 1, ?2) = ?1 LIMIT 2";
        let length = i64::try_from(head.len()).unwrap_or(i64::MAX);
        let mut query = self.store.prepare(ask)?;
        let found = query.query_map(params![head, length], |row| row.get(0))?;
        let found: Vec<i64> = found.collect::<Result<_, _>>()?;
        match found[..] {
            [entry] => Ok(Mark {
                entry,
                // lists are no entries of the log: none counts as new
                snapshot: self.mark()?.snapshot,
                at: None,
            }),
            _ => Err(unknown()),
        }
    }

    /// What has come since, and is in the case.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn arrived(&self, since: &Mark) -> Result<Arrived, CaseError> {
        let documents = custody::came_after(&self.store, since.entry)?;
        let mut listed = BTreeSet::new();
        let snapshots = self.snapshots()?;
        let entries = |number| -> Result<BTreeSet<String>, CaseError> {
            let entries = self.snapshot_entries(number)?.into_iter();
            Ok(entries.map(|entry| entry.id).collect())
        };
        for new in snapshots.iter().filter(|held| held.number > since.snapshot) {
            let mut ids = entries(new.number)?;
            let own = |held: &&crate::Snapshot| held.list == new.list;
            let old = snapshots.iter().filter(own);
            for old in old.filter(|held| held.number <= since.snapshot) {
                let known = entries(old.number)?;
                ids.retain(|id| !known.contains(id));
            }
            listed.extend(ids.into_iter().map(|id| (new.list.clone(), id)));
        }
        Ok(Arrived { documents, listed })
    }
}

/// Hexadecimal digits from which on a name is tried as the head of a seal.
const SHORTEST_SEAL: usize = 8;
