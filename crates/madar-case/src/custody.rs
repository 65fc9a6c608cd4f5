//! The chain of custody: what was done to a case, as a log in which each entry is hashed with the one before
//! it, so that nothing can be taken out of it or put into it unseen. It holds hashes and no words. Verifying
//! holds the case against it: every document and reading as it was put in, every decision as it was made.

use std::collections::{BTreeMap, BTreeSet};

use madar_text::{BytesHash, DocumentId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::wire::unpack_document;
use crate::{Case, CaseError, document_id, text_hash};

/// One thing that was done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub(crate) enum Did {
    /// A document was there when the log began.
    Adopt {
        document: String,
        text: String,
        reading: String,
    },
    /// A document was read, or read again.
    Read {
        document: String,
        text: String,
        bytes: String,
        reading: String,
        reader: String,
    },
    /// A document was taken out, with these decisions on it.
    Forget {
        document: String,
        decisions: Vec<i64>,
    },
    Decide {
        decision: i64,
        hash: String,
    },
}

#[derive(Serialize, Deserialize)]
struct EntryWire {
    #[serde(flatten)]
    did: Did,
    /// When, as the program that did it says; the case looks at no clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

/// What verifying found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verified {
    pub documents: usize,
    pub decisions: usize,
    pub entries: usize,
    /// The hash of the last entry: whoever has written it down can tell later that nothing was changed
    /// before it.
    pub seal: Option<String>,
    pub findings: Vec<Finding>,
}

/// Something that is not as the log says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    pub what: Fault,
    /// A document's id, the number of a decision or of an entry.
    pub which: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fault {
    /// The file itself is damaged.
    File,
    /// An entry of the log does not follow from the one before it.
    Chain,
    /// A document is not the one that was read.
    DocumentChanged,
    ReadingChanged,
    /// It was read, never taken out, and is not there.
    DocumentMissing,
    /// It is there, and no entry says how it came in.
    DocumentUnknown,
    DecisionChanged,
    DecisionMissing,
    DecisionUnknown,
    /// Rows of the mirror are not those of the database.
    Mirror,
}

impl Fault {
    pub fn name(self) -> &'static str {
        match self {
            Fault::File => "file damaged",
            Fault::Chain => "log broken",
            Fault::DocumentChanged => "document changed",
            Fault::ReadingChanged => "reading changed",
            Fault::DocumentMissing => "document missing",
            Fault::DocumentUnknown => "document unknown",
            Fault::DecisionChanged => "decision changed",
            Fault::DecisionMissing => "decision missing",
            Fault::DecisionUnknown => "decision unknown",
            Fault::Mirror => "mirror differs",
        }
    }
}

pub(crate) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Adds an entry, in the transaction of what it tells of.
pub(crate) fn note(store: &Connection, did: Did, at: Option<&str>) -> Result<(), CaseError> {
    let entry = EntryWire {
        did,
        at: at.map(str::to_owned),
    };
    let entry = serde_json::to_string(&entry).expect("wire structs have string keys");
    let hash = linked(seal(store)?, &entry);
    store.execute(
        "INSERT INTO custody (entry, hash) VALUES (?1, ?2)",
        params![entry, hash],
    )?;
    Ok(())
}

/// The hash of the last entry: it stands for all that was done to the case. Zeros before the first one.
pub(crate) fn seal(store: &Connection) -> Result<[u8; 32], CaseError> {
    let last = "SELECT hash FROM custody ORDER BY number DESC LIMIT 1";
    let seal: Option<[u8; 32]> = store.query_row(last, [], |row| row.get(0)).optional()?;
    Ok(seal.unwrap_or_default())
}

/// Whether since this seal nothing was done but reading documents that are not among these, which come in order, and
/// deciding.
pub(crate) fn has_only_grown(
    store: &Connection,
    since: &[u8],
    known: &[DocumentId],
) -> Result<bool, CaseError> {
    let find = "SELECT number FROM custody WHERE hash = ?1";
    let from: Option<i64> = store
        .query_row(find, [since], |row| row.get(0))
        .optional()?;
    let Some(from) = from else {
        return Ok(false);
    };
    let is_new = |hex: &str| {
        let id = DocumentId::from_hex(hex);
        id.is_some_and(|id| known.binary_search(&id).is_err())
    };
    let mut query = store.prepare("SELECT entry FROM custody WHERE number > ?1")?;
    let entries = query.query_map([from], |row| row.get::<_, String>(0))?;
    for entry in entries {
        let entry: EntryWire =
            serde_json::from_str(&entry?).map_err(|_| CaseError::Damaged("an entry of the log"))?;
        let fits = match entry.did {
            Did::Read { document, .. } => is_new(&document),
            Did::Decide { .. } => true,
            Did::Adopt { .. } | Did::Forget { .. } => false,
        };
        if !fits {
            return Ok(false);
        }
    }
    Ok(true)
}

fn entry_of(json: &str) -> Result<Did, CaseError> {
    let entry: EntryWire =
        serde_json::from_str(json).map_err(|_| CaseError::Damaged("an entry of the log"))?;
    Ok(entry.did)
}

fn entries_after(store: &Connection, since: i64) -> Result<Vec<Did>, CaseError> {
    let mut query = store.prepare("SELECT entry FROM custody WHERE number > ?1 ORDER BY number")?;
    let entries = query.query_map([since], |row| row.get::<_, String>(0))?;
    entries.map(|entry| entry_of(&entry?)).collect()
}

/// Those of these documents that were in the case at this entry. Of the entries up to there only those are taken apart
/// that name one of them.
fn known_at(
    store: &Connection,
    since: i64,
    these: &BTreeSet<&str>,
) -> Result<BTreeSet<String>, CaseError> {
    const NAMED: &str = "\"document\":\"";
    let mut known = BTreeSet::new();
    if these.is_empty() {
        return Ok(known);
    }
    let mut query =
        store.prepare("SELECT entry FROM custody WHERE number <= ?1 ORDER BY number")?;
    let mut entries = query.query([since])?;
    while let Some(row) = entries.next()? {
        let entry = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let named = entry.split_once(NAMED);
        let named = named.and_then(|(_, rest)| rest.get(..2 * size_of::<DocumentId>()));
        if named.is_none_or(|document| !these.contains(document)) {
            continue;
        }
        match entry_of(entry)? {
            Did::Adopt { document, .. } | Did::Read { document, .. } => {
                known.insert(document);
            }
            Did::Forget { document, .. } => {
                known.remove(&document);
            }
            Did::Decide { .. } => {}
        }
    }
    Ok(known)
}

/// Documents that came after this entry. What was only read again is not among them, what was taken out and read
/// again is.
pub(crate) fn came_after(
    store: &Connection,
    since: i64,
) -> Result<BTreeSet<DocumentId>, CaseError> {
    if since == 0 {
        // whatever is there has come
        let mut query = store.prepare("SELECT id FROM documents")?;
        let ids = query.query_map([], |row| Ok(DocumentId(row.get(0)?)))?;
        return Ok(ids.collect::<Result<_, _>>()?);
    }
    let later = entries_after(store, since)?;
    let read = later.iter().filter_map(|did| match did {
        Did::Adopt { document, .. } | Did::Read { document, .. } => Some(document.as_str()),
        Did::Forget { .. } | Did::Decide { .. } => None,
    });
    let read: BTreeSet<&str> = read.collect();
    let mut known = known_at(store, since, &read)?;
    let mut new: BTreeSet<&str> = BTreeSet::new();
    for did in &later {
        match did {
            Did::Adopt { document, .. } | Did::Read { document, .. } => {
                if !known.contains(document) {
                    new.insert(document);
                }
            }
            Did::Forget { document, .. } => {
                known.remove(document);
                new.remove(document.as_str());
            }
            Did::Decide { .. } => {}
        }
    }
    let ids = new.iter().map(|hex| DocumentId::from_hex(hex));
    ids.collect::<Option<_>>()
        .ok_or(CaseError::Damaged("an entry of the log"))
}

/// What the log says of documents that it met when it began.
pub(crate) fn adopt(store: &Connection) -> Result<(), CaseError> {
    let mut query = store.prepare(
        "SELECT d.id, d.text_hash, r.body FROM documents d
         JOIN readings r ON r.document = d.id ORDER BY d.id",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for row in rows {
        let (id, text, reading): ([u8; 32], [u8; 32], Vec<u8>) = row?;
        let did = Did::Adopt {
            document: DocumentId(id).hex(),
            text: DocumentId(text).hex(),
            reading: hash(&reading),
        };
        note(store, did, None)?;
    }
    let mut query = store.prepare("SELECT number, decision FROM decisions ORDER BY number")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    for row in rows {
        let (decision, json) = row?;
        let hash = hash(json.as_bytes());
        note(store, Did::Decide { decision, hash }, None)?;
    }
    Ok(())
}

fn linked(before: [u8; 32], entry: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&before);
    hasher.update(entry.as_bytes());
    *hasher.finalize().as_bytes()
}

/// What the log says should be there.
#[derive(Default)]
struct Expected {
    /// Text and reading of each document.
    documents: BTreeMap<String, (String, String)>,
    decisions: BTreeMap<i64, String>,
}

impl Expected {
    fn after(&mut self, did: Did) {
        match did {
            Did::Adopt {
                document,
                text,
                reading,
            }
            | Did::Read {
                document,
                text,
                reading,
                ..
            } => {
                self.documents.insert(document, (text, reading));
            }
            Did::Forget {
                document,
                decisions,
            } => {
                self.documents.remove(&document);
                for number in decisions {
                    self.decisions.remove(&number);
                }
            }
            Did::Decide { decision, hash } => {
                self.decisions.insert(decision, hash);
            }
        }
    }
}

impl Case {
    /// Says what time it is to the entries of the log that follow.
    pub fn clock(&mut self, now: String) {
        self.now = Some(now);
    }

    /// The hash of the first entry of its log, which no other case has; `None` where nothing was done to it yet.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn birth(&self) -> Result<Option<String>, CaseError> {
        let first = "SELECT hash FROM custody ORDER BY number LIMIT 1";
        let hash: Option<[u8; 32]> = self
            .store
            .query_row(first, [], |row| row.get(0))
            .optional()?;
        Ok(hash.map(|hash| DocumentId(hash).hex()))
    }

    /// Holds the case against its log, and the mirror of a shared case against its database.
    ///
    /// # Errors
    /// When the case file or its database cannot be read at all.
    pub fn verify(&self) -> Result<Verified, CaseError> {
        let mut out = Verified::default();
        let differing = self.differing_from_home()?;
        if differing > 0 {
            out.find(Fault::Mirror, differing.to_string());
        }
        if self.check().is_err() {
            out.find(Fault::File, self.path().display().to_string());
        }
        let expected = self.read_log(&mut out)?;
        self.verify_documents(&expected, &mut out)?;
        self.verify_decisions(&expected, &mut out)?;
        out.findings.sort();
        Ok(out)
    }

    /// All bytes that were read, and where they were read from.
    ///
    /// # Errors
    /// When the case file cannot be read.
    pub fn sources(&self) -> Result<Vec<(BytesHash, Option<String>)>, CaseError> {
        let mut query = self
            .store
            .prepare("SELECT bytes, origin FROM captures ORDER BY origin, bytes")?;
        let rows = query.query_map([], |row| Ok((BytesHash(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn read_log(&self, out: &mut Verified) -> Result<Expected, CaseError> {
        let mut expected = Expected::default();
        let mut query = self
            .store
            .prepare("SELECT number, entry, hash FROM custody ORDER BY number")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut before = [0; 32];
        for row in rows {
            let (number, entry, hash): (i64, String, [u8; 32]) = row?;
            out.entries += 1;
            if linked(before, &entry) != hash {
                out.find(Fault::Chain, number.to_string());
            }
            before = hash;
            match serde_json::from_str::<EntryWire>(&entry) {
                Ok(wire) => expected.after(wire.did),
                Err(_) => out.find(Fault::Chain, number.to_string()),
            }
        }
        out.seal = (out.entries > 0).then(|| DocumentId(before).hex());
        Ok(expected)
    }

    fn verify_documents(&self, expected: &Expected, out: &mut Verified) -> Result<(), CaseError> {
        let mut query = self.store.prepare(
            "SELECT d.id, d.bytes, d.body, r.body FROM documents d
             LEFT JOIN readings r ON r.document = d.id ORDER BY d.id",
        )?;
        let mut rows = query.query([])?;
        let mut met: BTreeSet<String> = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let id = DocumentId(row.get(0)?);
            let (bytes, body): ([u8; 32], Vec<u8>) = (row.get(1)?, row.get(2)?);
            let reading: Option<Vec<u8>> = row.get(3)?;
            out.documents += 1;
            met.insert(id.hex());
            let Some((text, of_reading)) = expected.documents.get(&id.hex()) else {
                out.find(Fault::DocumentUnknown, id.short());
                continue;
            };
            let document = unpack_document(&body, BytesHash(bytes));
            let whole = document.is_ok_and(|document| {
                let own = DocumentId(text_hash(&document).0).hex();
                document_id(&document) == id && own == *text
            });
            if !whole {
                out.find(Fault::DocumentChanged, id.short());
            }
            // an older version may have written it in a shape that this one does not know
            let unchanged = reading.is_some_and(|body| hash(&body) == *of_reading);
            if !unchanged {
                out.find(Fault::ReadingChanged, id.short());
            }
        }
        for id in expected.documents.keys().filter(|id| !met.contains(*id)) {
            out.find(Fault::DocumentMissing, id[..12].to_owned());
        }
        Ok(())
    }

    fn verify_decisions(&self, expected: &Expected, out: &mut Verified) -> Result<(), CaseError> {
        let mut query = self
            .store
            .prepare("SELECT number, decision FROM decisions")?;
        let mut rows = query.query([])?;
        let mut met: BTreeSet<i64> = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let (number, json): (i64, String) = (row.get(0)?, row.get(1)?);
            out.decisions += 1;
            met.insert(number);
            match expected.decisions.get(&number) {
                None => out.find(Fault::DecisionUnknown, number.to_string()),
                Some(known) if *known != hash(json.as_bytes()) => {
                    out.find(Fault::DecisionChanged, number.to_string());
                }
                Some(_) => {}
            }
        }
        for number in expected.decisions.keys().filter(|n| !met.contains(n)) {
            out.find(Fault::DecisionMissing, number.to_string());
        }
        Ok(())
    }
}

impl Verified {
    fn find(&mut self, what: Fault, which: String) {
        self.findings.push(Finding { what, which });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decision, Note, Said, Thing};
    use madar_open::{Given, open};
    use madar_read::Kit;

    const WORDS: &str =
        "Talks in the Gulf\n\nThe lawyer Curtis Weller met Mikael Sandqvist in Doha.\n";

    fn case() -> Case {
        let mut case = Case::in_memory().unwrap();
        let document = open(WORDS.as_bytes(), &Given::default()).unwrap();
        let reading = madar_read::read(&document, &Kit::bundled());
        case.add(&document, &reading, Said::ByDocument).unwrap();
        let thing = Thing {
            document: document_id(&document),
            name: "Curtis Weller".to_owned(),
        };
        let called = Decision::Called(thing, "the lawyer".to_owned());
        case.decide(&called, &Note::default()).unwrap();
        case
    }

    fn faults(case: &Case) -> Vec<Fault> {
        let found = case.verify().unwrap().findings.into_iter();
        found.map(|finding| finding.what).collect()
    }

    #[test]
    fn a_case_is_as_its_log_says() {
        let mut case = case();
        let verified = case.verify().unwrap();
        assert_eq!(
            (verified.documents, verified.decisions, verified.entries),
            (1, 1, 2)
        );
        assert_eq!(verified.findings, []);
        let id = case.kept().unwrap()[0].id;
        case.forget(id).unwrap();
        assert_eq!(faults(&case), []);
        assert_eq!(case.verify().unwrap().decisions, 0);
    }

    #[test]
    fn whatever_is_changed_behind_its_back_is_found() {
        let check = |change: &str, expect: &[Fault]| {
            let case = case();
            case.store.execute_batch(change).unwrap();
            assert_eq!(faults(&case), expect, "{change}");
        };
        check("DELETE FROM documents", &[Fault::DocumentMissing]);
        check("UPDATE readings SET body = x'00'", &[Fault::ReadingChanged]);
        check(
            "UPDATE documents SET body = x'00'",
            &[Fault::DocumentChanged],
        );
        check("DELETE FROM decisions", &[Fault::DecisionMissing]);
        check(
            "UPDATE decisions SET decision = replace(decision, 'the lawyer', 'a lawyer')",
            &[Fault::DecisionChanged],
        );
        check(
            "DELETE FROM custody WHERE number = 1",
            &[Fault::Chain, Fault::DocumentUnknown],
        );
        check(
            "UPDATE custody SET entry = replace(entry, 'decide', 'decide ') WHERE number = 2",
            &[Fault::Chain, Fault::Chain, Fault::DecisionUnknown],
        );
    }

    #[test]
    fn the_log_holds_no_words() {
        let case = case();
        let mut query = case.store.prepare("SELECT entry FROM custody").unwrap();
        let entries = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for entry in entries {
            let entry = entry.unwrap();
            for word in ["Weller", "lawyer", "Doha", "Talks"] {
                assert!(!entry.contains(word), "{entry}");
            }
        }
    }
}
