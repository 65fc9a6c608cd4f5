//! What a person settled: append-only, undone by a further entry, and outliving re-reading, because
//! it points to documents and the names in them, or to a text and its words, not to places in a reading.

use madar_read::{FactKind, Role};
use madar_text::{DocumentId, Span, TextHash};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::anchor::Anchor;
use crate::custody::{self, Did};
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
    /// It is to be called so in everything that leaves the case, and its own name is to stay in it.
    Protected(Thing, String),
    /// This fact is wrong.
    Wrong(Anchor),
    /// A person has seen that this fact is told so.
    Confirmed(Anchor),
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

#[derive(Serialize, Deserialize)]
struct EntryWire {
    #[serde(flatten)]
    decision: DecisionWire,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Serialize, Deserialize)]
enum DecisionWire {
    Same([ThingWire; 2]),
    Apart([ThingWire; 2]),
    Called(ThingWire, String),
    Protected(ThingWire, String),
    Wrong(AnchorWire),
    Confirmed(AnchorWire),
    Hit(HitWire),
    Undo(i64),
}

#[derive(Serialize, Deserialize)]
struct HitWire {
    /// The document that names it; without one, whoever goes by the name.
    document: Option<String>,
    name: String,
    list: String,
    entry: String,
    confirmed: bool,
}

#[derive(Serialize, Deserialize)]
struct AnchorWire {
    document: String,
    text: String,
    kind: String,
    passage: [u32; 2],
    words: String,
    trigger: [u32; 2],
    parties: Vec<(String, u32)>,
}

#[derive(Serialize, Deserialize)]
struct ThingWire {
    document: String,
    name: String,
}

impl Case {
    /// Adds an entry to the log and gives its number. Undoing an undo brings the entry back.
    ///
    /// # Errors
    /// When an entry to undo is not there, or the case file cannot be written.
    pub fn decide(&mut self, decision: &Decision, note: &Note) -> Result<i64, CaseError> {
        if let Decision::Undo(number) = decision
            && !self.log()?.iter().any(|entry| entry.number == *number)
        {
            return Err(CaseError::Unknown {
                what: "decision",
                name: number.to_string(),
            });
        }
        let entry = EntryWire {
            decision: wire(decision),
            by: note.by.clone(),
            at: note.at.clone(),
            why: note.why.clone(),
        };
        let json = serde_json::to_string(&entry).expect("wire structs have string keys");
        // in a transaction of its own, or in the one under way
        let step = self.store.savepoint()?;
        step.execute(
            "INSERT INTO decisions (decision) VALUES (?1)",
            params![json],
        )?;
        let decision = step.last_insert_rowid();
        let hash = custody::hash(json.as_bytes());
        custody::note(&step, Did::Decide { decision, hash }, note.at.as_deref())?;
        step.commit()?;
        Ok(decision)
    }

    /// The entries that hold, by number; undone ones and undoings left out.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn decisions(&self) -> Result<Vec<(i64, Decision)>, CaseError> {
        let log = self.log()?.into_iter();
        let holds = log.filter(|e| !e.undone && !matches!(e.decision, Decision::Undo(_)));
        Ok(holds.map(|e| (e.number, e.decision)).collect())
    }

    /// All entries in the order in which they were made, undone ones too.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn log(&self) -> Result<Vec<Entry>, CaseError> {
        let mut query = self
            .store
            .prepare("SELECT number, decision FROM decisions ORDER BY number")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        let mut out = Vec::new();
        for row in rows {
            let (number, json) = row?;
            let damaged = || CaseError::Damaged("a decision");
            let wire: EntryWire = serde_json::from_str(&json).map_err(|_| damaged())?;
            out.push(Entry {
                number,
                decision: unwire(wire.decision).ok_or_else(damaged)?,
                note: Note {
                    by: wire.by,
                    at: wire.at,
                    why: wire.why,
                },
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
}

/// Numbers of the entries that name a document, and with them its words.
pub(crate) fn about(case: &Case, id: DocumentId) -> Result<Vec<i64>, CaseError> {
    let find = "SELECT text_hash FROM documents WHERE id = ?1";
    let text: Option<[u8; 32]> = case
        .store
        .query_row(find, [id.0], |row| row.get(0))
        .optional()?;
    let of_it = |fact: &Anchor| fact.document == id || text == Some(fact.text.0);
    let names = |decision: &Decision| match decision {
        Decision::Same(a, b) | Decision::Apart(a, b) => a.document == id || b.document == id,
        Decision::Called(thing, _) | Decision::Protected(thing, _) => thing.document == id,
        Decision::Wrong(fact) | Decision::Confirmed(fact) => of_it(fact),
        Decision::Hit(hit) => matches!(&hit.who, Screened::Thing(thing) if thing.document == id),
        Decision::Undo(_) => false,
    };
    let log = case.log()?.into_iter();
    Ok(log
        .filter(|entry| names(&entry.decision))
        .map(|entry| entry.number)
        .collect())
}

fn wire(decision: &Decision) -> DecisionWire {
    let thing = |thing: &Thing| ThingWire {
        document: thing.document.hex(),
        name: thing.name.clone(),
    };
    match decision {
        Decision::Same(a, b) => DecisionWire::Same([thing(a), thing(b)]),
        Decision::Apart(a, b) => DecisionWire::Apart([thing(a), thing(b)]),
        Decision::Wrong(fact) => DecisionWire::Wrong(wire_anchor(fact)),
        Decision::Called(a, name) => DecisionWire::Called(thing(a), name.clone()),
        Decision::Protected(a, code) => DecisionWire::Protected(thing(a), code.clone()),
        Decision::Confirmed(fact) => DecisionWire::Confirmed(wire_anchor(fact)),
        Decision::Hit(hit) => DecisionWire::Hit(hit_wire(hit)),
        Decision::Undo(number) => DecisionWire::Undo(*number),
    }
}

fn hit_wire(hit: &HitDecision) -> HitWire {
    let (document, name) = match &hit.who {
        Screened::Thing(thing) => (Some(thing.document.hex()), &thing.name),
        Screened::Name(name) => (None, name),
    };
    HitWire {
        document,
        name: name.clone(),
        list: hit.list.clone(),
        entry: hit.entry.clone(),
        confirmed: hit.verdict == Verdict::Confirmed,
    }
}

fn hit_unwire(wire: HitWire) -> Option<HitDecision> {
    let who = match &wire.document {
        Some(document) => Screened::Thing(Thing {
            document: parse(document)?,
            name: wire.name,
        }),
        None => Screened::Name(wire.name),
    };
    Some(HitDecision {
        who,
        list: wire.list,
        entry: wire.entry,
        verdict: if wire.confirmed {
            Verdict::Confirmed
        } else {
            Verdict::Dismissed
        },
    })
}

fn unwire(wire: DecisionWire) -> Option<Decision> {
    let thing = |wire: ThingWire| {
        Some(Thing {
            document: parse(&wire.document)?,
            name: wire.name,
        })
    };
    Some(match wire {
        DecisionWire::Same([a, b]) => Decision::Same(thing(a)?, thing(b)?),
        DecisionWire::Apart([a, b]) => Decision::Apart(thing(a)?, thing(b)?),
        DecisionWire::Wrong(fact) => Decision::Wrong(unwire_anchor(fact)?),
        DecisionWire::Called(a, name) => Decision::Called(thing(a)?, name),
        DecisionWire::Protected(a, code) => Decision::Protected(thing(a)?, code),
        DecisionWire::Confirmed(fact) => Decision::Confirmed(unwire_anchor(fact)?),
        DecisionWire::Hit(hit) => Decision::Hit(hit_unwire(hit)?),
        DecisionWire::Undo(number) => Decision::Undo(number),
    })
}

fn wire_anchor(fact: &Anchor) -> AnchorWire {
    let span = |span: Span| [span.start, span.end];
    let party = |(role, start): &(Role, u32)| (role.name().to_owned(), *start);
    AnchorWire {
        document: fact.document.hex(),
        text: DocumentId(fact.text.0).hex(),
        kind: fact.kind.name().to_owned(),
        passage: span(fact.passage),
        words: fact.words.clone(),
        trigger: span(fact.trigger),
        parties: fact.parties.iter().map(party).collect(),
    }
}

fn unwire_anchor(wire: AnchorWire) -> Option<Anchor> {
    let span = |[start, end]: [u32; 2]| (start <= end).then(|| Span::new(start, end));
    let party = |(role, start): (String, u32)| Some((Role::named(&role)?, start));
    Some(Anchor {
        document: parse(&wire.document)?,
        text: TextHash(parse(&wire.text)?.0),
        kind: FactKind::named(&wire.kind)?,
        passage: span(wire.passage)?,
        words: wire.words,
        trigger: span(wire.trigger)?,
        parties: wire.parties.into_iter().map(party).collect::<Option<_>>()?,
    })
}

/// 64 hexadecimal digits.
fn parse(hex: &str) -> Option<DocumentId> {
    let mut id = [0; 32];
    for (at, byte) in id.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    (hex.len() == 64).then_some(DocumentId(id))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(about(&case, DocumentId([1; 32])).unwrap().len(), 1);
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
