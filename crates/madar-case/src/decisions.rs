//! What a person settled: append-only, undone by a further entry, and outliving re-reading, because
//! it points to documents and the names in them, or to a text and its words, not to places in a reading.

use madar_read::Status;
use madar_text::DocumentId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::anchor::Anchor;
use crate::custody::{self, Did};
use crate::spot::{Meant, Naming, Spot};
use crate::wire::decision::{read_entry, written_entry};
use crate::{Case, CaseError};

/// Something that a document names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Thing {
    pub document: DocumentId,
    /// As the reading lists it: the fullest name, in its dictionary form.
    pub name: String,
}

/// One entry of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decision {
    /// These two are one.
    Same(Thing, Thing),
    /// These two are not one.
    Apart(Thing, Thing),
    /// It is to be called so.
    Called(Thing, String),
    /// What this desk should know of it.
    Noted(Thing, String),
    /// Whatever is new of it is to be told.
    Followed(Thing),
    /// It is to be called so in everything that leaves the case, and its own name is to stay in it.
    Protected(Thing, String),
    /// This fact is wrong.
    Wrong(Anchor),
    /// A person has seen that this fact is told so.
    Confirmed(Anchor),
    /// This fact is told, but so: planned, alleged, denied.
    Restated(Anchor, Status),
    /// What both of these documents tell, each has from elsewhere.
    Independent(DocumentId, DocumentId),
    /// What is named in a place of a text.
    Named(Spot, Naming),
    /// Whether somebody is the one that an entry of a list means.
    Hit(HitDecision),
    /// The entry with this number no longer holds.
    Undo(i64),
}

/// A hit that was settled.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct HitDecision {
    pub who: Screened,
    pub list: String,
    /// The list's own id of the entry.
    pub entry: String,
    pub verdict: Verdict,
}

/// Who was screened.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Screened {
    /// Somebody in the case.
    Thing(Thing),
    /// Whoever goes by this name.
    Name(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Verdict {
    Confirmed,
    Dismissed,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Dismissed => "dismissed",
        }
    }
}

/// Who decided, when and why, as the user said it. The case looks at no clock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Note {
    pub by: Option<String>,
    pub at: Option<String>,
    pub why: Option<String>,
}

/// An entry of the log as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub number: i64,
    pub decision: Decision,
    pub note: Note,
    /// A later entry undoes it.
    pub undone: bool,
}

impl Case {
    /// Adds an entry to the log and gives its number. Undoing an undo brings the entry back.
    ///
    /// # Errors
    /// When an entry to undo is not there, or the case file cannot be written.
    pub fn decide(&mut self, decision: &Decision, note: &Note) -> Result<i64, CaseError> {
        self.change(|step| decided(step, decision, note))
    }

    /// Adds entries to the log, if `seen` is still the number of its last entry (0: none), so that nobody
    /// decides on what somebody else has just changed. Gives their numbers; `None` when the log has moved on.
    ///
    /// # Errors
    /// When an entry to undo is not there, or the case file cannot be written.
    pub fn decide_after(
        &mut self,
        seen: i64,
        decisions: &[Decision],
        note: &Note,
    ) -> Result<Option<Vec<i64>>, CaseError> {
        self.change(|step| {
            let last = log(step)?.last().map_or(0, |entry| entry.number);
            if last != seen {
                return Ok(None);
            }
            let numbers = decisions.iter().map(|one| decided(step, one, note));
            numbers.collect::<Result<_, _>>().map(Some)
        })
    }

    /// The entries that hold, by number; undone ones and undoings left out.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn decisions(&self) -> Result<Vec<(i64, Decision)>, CaseError> {
        holding(&self.store)
    }

    /// All entries in the order in which they were made, undone ones too.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn log(&self) -> Result<Vec<Entry>, CaseError> {
        log(&self.store)
    }
}

fn decided(step: &Connection, decision: &Decision, note: &Note) -> Result<i64, CaseError> {
    if let Decision::Undo(number) = decision
        && !log(step)?.iter().any(|entry| entry.number == *number)
    {
        return Err(CaseError::Unknown {
            what: "decision",
            name: number.to_string(),
        });
    }
    let json = written_entry(decision, note);
    step.execute(
        "INSERT INTO decisions (decision) VALUES (?1)",
        params![json],
    )?;
    let decision = step.last_insert_rowid();
    let hash = custody::hash(json.as_bytes());
    custody::note(step, Did::Decide { decision, hash }, note.at.as_deref())?;
    Ok(decision)
}

/// The entries that hold, as [`Case::decisions`] gives them.
pub(crate) fn holding(store: &Connection) -> Result<Vec<(i64, Decision)>, CaseError> {
    let log = log(store)?.into_iter();
    let holds = log.filter(|e| !e.undone && !matches!(e.decision, Decision::Undo(_)));
    Ok(holds.map(|e| (e.number, e.decision)).collect())
}

fn log(store: &Connection) -> Result<Vec<Entry>, CaseError> {
    let mut query = store.prepare("SELECT number, decision FROM decisions ORDER BY number")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let mut out = Vec::new();
    for row in rows {
        let (number, json) = row?;
        let (decision, note) = read_entry(&json).ok_or(CaseError::Damaged("a decision"))?;
        out.push(Entry {
            number,
            decision,
            note,
            undone: false,
        });
    }
    let mut undone: Vec<i64> = Vec::new();
    // from the latest on: an entry that is undone undoes nothing itself
    for entry in out.iter_mut().rev() {
        entry.undone = undone.contains(&entry.number);
        if let (Decision::Undo(earlier), false) = (&entry.decision, entry.undone) {
            undone.push(*earlier);
        }
    }
    Ok(out)
}

/// Numbers of the entries that name a document, and with them its words.
pub(crate) fn about(store: &Connection, id: DocumentId) -> Result<Vec<i64>, CaseError> {
    let find = "SELECT text_hash FROM documents WHERE id = ?1";
    let text: Option<[u8; 32]> = store.query_row(find, [id.0], |row| row.get(0)).optional()?;
    let of_it = |fact: &Anchor| fact.document == id || text == Some(fact.text.0);
    let names = |decision: &Decision| match decision {
        Decision::Same(a, b) | Decision::Apart(a, b) => a.document == id || b.document == id,
        Decision::Called(thing, _)
        | Decision::Noted(thing, _)
        | Decision::Followed(thing)
        | Decision::Protected(thing, _) => thing.document == id,
        Decision::Wrong(fact) | Decision::Confirmed(fact) | Decision::Restated(fact, _) => {
            of_it(fact)
        }
        Decision::Named(spot, naming) => {
            let own = spot.document == id || text == Some(spot.text.0);
            own || naming.things().any(|thing| thing.document == id)
        }
        Decision::Independent(a, b) => *a == id || *b == id,
        Decision::Hit(hit) => matches!(&hit.who, Screened::Thing(thing) if thing.document == id),
        Decision::Undo(_) => false,
    };
    let log = log(store)?.into_iter();
    Ok(log
        .filter(|entry| names(&entry.decision))
        .map(|entry| entry.number)
        .collect())
}

impl Naming {
    /// Those it speaks of.
    fn things(&self) -> impl Iterator<Item = &Thing> {
        let (who, not) = match self {
            Naming::Nothing | Naming::Kind(_) => (None, None),
            Naming::Means { who, not } => (Some(who), not.as_ref()),
            Naming::Missing { who, .. } => (Some(who), None),
        };
        let known = who.and_then(|who| match who {
            Meant::Known(thing, _) => Some(thing),
            Meant::Called(_) => None,
        });
        known.into_iter().chain(not)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use madar_read::{FactKind, Role};
    use madar_text::{Span, TextHash};

    fn thing(n: u8, name: &str) -> Thing {
        Thing {
            document: DocumentId([n; 32]),
            name: name.to_owned(),
        }
    }

    #[test]
    fn decisions_can_be_undone_and_undoing_too() {
        let mut case = Case::in_memory().unwrap();
        let same = Decision::Same(thing(1, "Карпин"), thing(2, "كاربين"));
        let wrong = Decision::Wrong(Anchor {
            document: DocumentId([1; 32]),
            text: TextHash([2; 32]),
            kind: FactKind::Meeting,
            passage: Span::new(0, 20),
            words: "Карпин принял Ясина".to_owned(),
            trigger: Span::new(7, 13),
            parties: vec![(Role::Party, 0), (Role::Party, 14)],
        });
        let first = case.decide(&same, &Note::default()).unwrap();
        let second = case.decide(&wrong, &Note::default()).unwrap();
        assert_eq!(
            case.decisions().unwrap(),
            [(first, same.clone()), (second, wrong.clone())]
        );
        let undo = case
            .decide(&Decision::Undo(first), &Note::default())
            .unwrap();
        assert_eq!(case.decisions().unwrap(), [(second, wrong.clone())]);
        case.decide(&Decision::Undo(undo), &Note::default())
            .unwrap();
        assert_eq!(case.decisions().unwrap(), [(first, same), (second, wrong)]);
        assert!(case.decide(&Decision::Undo(99), &Note::default()).is_err());
    }

    #[test]
    fn decisions_on_a_document_go_with_it() {
        let mut case = Case::in_memory().unwrap();
        case.decide(
            &Decision::Apart(thing(1, "Карпин"), thing(2, "كاربين")),
            &Note::default(),
        )
        .unwrap();
        let other = case
            .decide(
                &Decision::Apart(thing(3, "Карпин"), thing(2, "كاربين")),
                &Note::default(),
            )
            .unwrap();
        assert_eq!(about(&case.store, DocumentId([1; 32])).unwrap().len(), 1);
        let _ = case.forget(DocumentId([1; 32])); // no such document, but its decisions go
        let left: Vec<i64> = case
            .decisions()
            .unwrap()
            .iter()
            .map(|(number, _)| *number)
            .collect();
        assert_eq!(left, [other]);
    }

    #[test]
    fn the_log_says_who_when_and_why() {
        let mut case = Case::in_memory().unwrap();
        let called = Decision::Called(thing(1, "Карпин"), "Oleg Karpin".to_owned());
        let note = Note {
            by: Some("editor".to_owned()),
            at: None,
            why: Some("his passport".to_owned()),
        };
        let number = case.decide(&called, &note).unwrap();
        case.decide(&Decision::Undo(number), &Note::default())
            .unwrap();
        let log = case.log().unwrap();
        assert_eq!((&log[0].decision, &log[0].note), (&called, &note));
        assert!(log[0].undone && !log[1].undone);
    }
}
