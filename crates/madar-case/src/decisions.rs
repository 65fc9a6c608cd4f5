//! What a person settled: append-only, undone by a further entry, and outliving re-reading, because
//! it points to documents and the names in them, not to places in a reading.

use madar_text::DocumentId;
use rusqlite::params;
use serde::{Deserialize, Serialize};

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
    /// This fact of this document is wrong; the fact is named by its id.
    Wrong { document: DocumentId, fact: String },
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

#[derive(Serialize, Deserialize)]
enum DecisionWire {
    Same([ThingWire; 2]),
    Apart([ThingWire; 2]),
    Wrong { document: String, fact: String },
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
struct ThingWire {
    document: String,
    name: String,
}

impl Case {
    /// Adds an entry to the log and gives its number. Undoing an undo brings the entry back.
    ///
    /// # Errors
    /// When an entry to undo is not there, or the case file cannot be written.
    pub fn decide(&mut self, decision: &Decision) -> Result<i64, CaseError> {
        if let Decision::Undo(number) = decision
            && !self.log()?.iter().any(|(known, _)| known == number)
        {
            return Err(CaseError::Unknown {
                what: "decision",
                name: number.to_string(),
            });
        }
        let json = serde_json::to_string(&wire(decision)).expect("wire structs have string keys");
        self.store.execute(
            "INSERT INTO decisions (decision) VALUES (?1)",
            params![json],
        )?;
        Ok(self.store.last_insert_rowid())
    }

    /// The entries that hold, by number; undone ones and undoings left out.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn decisions(&self) -> Result<Vec<(i64, Decision)>, CaseError> {
        let log = self.log()?;
        let mut undone: Vec<i64> = Vec::new();
        // from the latest on: an entry that is undone undoes nothing itself
        for (number, decision) in log.iter().rev() {
            if let Decision::Undo(earlier) = decision
                && !undone.contains(number)
            {
                undone.push(*earlier);
            }
        }
        let holds = |(number, decision): &(i64, Decision)| {
            !undone.contains(number) && !matches!(decision, Decision::Undo(_))
        };
        Ok(log.into_iter().filter(holds).collect())
    }

    fn log(&self) -> Result<Vec<(i64, Decision)>, CaseError> {
        let mut query = self
            .store
            .prepare("SELECT number, decision FROM decisions ORDER BY number")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        let mut out = Vec::new();
        for row in rows {
            let (number, json) = row?;
            let wire = serde_json::from_str(&json).map_err(|_| CaseError::Damaged("a decision"))?;
            out.push((
                number,
                unwire(wire).ok_or(CaseError::Damaged("a decision"))?,
            ));
        }
        Ok(out)
    }
}

/// Numbers of the entries that name a document, and with them its words.
pub(crate) fn about(case: &Case, id: DocumentId) -> Result<Vec<i64>, CaseError> {
    let names = |decision: &Decision| match decision {
        Decision::Same(a, b) | Decision::Apart(a, b) => a.document == id || b.document == id,
        Decision::Wrong { document, .. } => *document == id,
        Decision::Hit(hit) => matches!(&hit.who, Screened::Thing(thing) if thing.document == id),
        Decision::Undo(_) => false,
    };
    let log = case.log()?.into_iter();
    Ok(log
        .filter(|(_, decision)| names(decision))
        .map(|(number, _)| number)
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
        Decision::Wrong { document, fact } => DecisionWire::Wrong {
            document: document.hex(),
            fact: fact.clone(),
        },
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
        DecisionWire::Wrong { document, fact } => Decision::Wrong {
            document: parse(&document)?,
            fact,
        },
        DecisionWire::Hit(hit) => Decision::Hit(hit_unwire(hit)?),
        DecisionWire::Undo(number) => Decision::Undo(number),
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
        let wrong = Decision::Wrong {
            document: DocumentId([1; 32]),
            fact: "f".to_owned(),
        };
        let first = case.decide(&same).unwrap();
        let second = case.decide(&wrong).unwrap();
        assert_eq!(
            case.decisions().unwrap(),
            [(first, same.clone()), (second, wrong.clone())]
        );
        let undo = case.decide(&Decision::Undo(first)).unwrap();
        assert_eq!(case.decisions().unwrap(), [(second, wrong.clone())]);
        case.decide(&Decision::Undo(undo)).unwrap();
        assert_eq!(case.decisions().unwrap(), [(first, same), (second, wrong)]);
        assert!(case.decide(&Decision::Undo(99)).is_err());
    }

    #[test]
    fn decisions_on_a_document_go_with_it() {
        let mut case = Case::in_memory().unwrap();
        case.decide(&Decision::Apart(thing(1, "Карпин"), thing(2, "كاربين")))
            .unwrap();
        let other = case
            .decide(&Decision::Apart(thing(3, "Карпин"), thing(2, "كاربين")))
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
}
