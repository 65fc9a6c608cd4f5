//! Through which outlets claims have come, counted: kept up by what has changed of the claims.

use std::collections::BTreeMap;

use madar_link::Transmitter;
use rusqlite::{Connection, OptionalExtension, params};

use super::read::{Stored, lock};
use super::write::Changed;
use crate::CaseError;
use crate::links::LinkedClaim;
use crate::origins::{Turns, turns};
use crate::shelf::whole;
use crate::wire::linked::unpack_claim;

/// What has come and gone: claims, those that hang on it, those in which it is retold.
#[derive(Default)]
struct Moved {
    claims: i64,
    alone: i64,
    retold: i64,
    /// By document, claims that it tells through it.
    documents: BTreeMap<u64, i64>,
}

/// Outlets by the name that they have in the file.
#[derive(Default)]
struct All(BTreeMap<String, Moved>);

impl All {
    fn add(&mut self, held: &LinkedClaim, sign: i64) {
        for (outlet, turn) in turns(&held.linked) {
            let moved = self.0.entry(key(outlet)).or_default();
            moved.claims += sign;
            moved.alone += sign * i64::from(turn.alone);
            moved.retold += sign * i64::from(turn.retold);
            for document in turn.documents {
                *moved.documents.entry(document).or_default() += sign;
            }
        }
    }
}

/// Before the claims of the file are written anew.
pub(super) fn write(step: &Connection, changed: &Changed<'_>) -> Result<(), CaseError> {
    let mut all = All::default();
    if changed.was.is_some() {
        let mut query = step.prepare("SELECT body FROM linked_claims WHERE number = ?1")?;
        let claims = changed.rows.claims.iter();
        let numbers = claims.map(|claim| claim.linked.id.number());
        for number in numbers.chain(changed.grown.gone_claims.iter().copied()) {
            let body = query.query_row([number.cast_signed()], |row| row.get(0));
            let body: Option<Vec<u8>> = body.optional()?;
            if let Some(body) = body {
                all.add(&unpack_claim(&body)?, -1);
            }
        }
    }
    for claim in &changed.rows.claims {
        all.add(claim, 1);
    }
    let mut outlet_moves = step.prepare(
        "INSERT INTO linked_outlets (outlet, claims, alone, retold) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (outlet) DO UPDATE SET claims = claims + excluded.claims,
         alone = alone + excluded.alone, retold = retold + excluded.retold",
    )?;
    let mut document_moves = step.prepare(
        "INSERT INTO linked_outlet_documents (outlet, document, claims) VALUES (?1, ?2, ?3)
         ON CONFLICT (outlet, document) DO UPDATE SET claims = claims + excluded.claims",
    )?;
    let mut gone = step.prepare(
        "DELETE FROM linked_outlet_documents WHERE outlet = ?1 AND document = ?2 AND claims = 0",
    )?;
    for (outlet, moved) in &all.0 {
        outlet_moves.execute(params![outlet, moved.claims, moved.alone, moved.retold])?;
        for (document, claims) in moved.documents.iter().filter(|(_, claims)| **claims != 0) {
            document_moves.execute(params![outlet, document.cast_signed(), claims])?;
            if *claims < 0 {
                gone.execute(params![outlet, document.cast_signed()])?;
            }
        }
    }
    step.execute("DELETE FROM linked_outlets WHERE claims = 0", [])?;
    Ok(())
}

/// Beginnings of the names of outlets that the outlets file knows, and of others.
const LISTED: char = 'o';
const STATED: char = 'p';

fn key(outlet: &Transmitter) -> String {
    match outlet {
        Transmitter::Outlet(id) => format!("{LISTED}{id}"),
        Transmitter::Publisher(name) => format!("{STATED}{name}"),
        _ => unreachable!("others are no outlets"),
    }
}

fn outlet(key: &str) -> Option<Transmitter> {
    let listed = key.strip_prefix(LISTED);
    let listed = listed.map(|id| Transmitter::Outlet(id.to_owned()));
    let stated = || {
        key.strip_prefix(STATED)
            .map(|name| Transmitter::Publisher(name.to_owned()))
    };
    listed.or_else(stated)
}

impl Stored {
    pub(crate) fn turns(&self) -> BTreeMap<Transmitter, Turns> {
        whole(self.counted())
    }

    fn counted(&self) -> Result<BTreeMap<Transmitter, Turns>, CaseError> {
        let file = lock(self.file());
        let mut query = file.prepare_cached(
            "SELECT outlet, claims, alone, retold, (SELECT count(*) FROM linked_outlet_documents AS d
             WHERE d.outlet = o.outlet) FROM linked_outlets AS o WHERE retold > 0",
        )?;
        let mut rows = query.query([])?;
        let mut out = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let count = |at: usize| -> Result<usize, CaseError> {
                let count: i64 = row.get(at)?;
                usize::try_from(count).map_err(|_| CaseError::Damaged("what was linked"))
            };
            let turns = Turns {
                claims: count(1)?,
                alone: count(2)?,
                retold: count(3)?,
                articles: count(4)?,
            };
            let named: String = row.get(0)?;
            let outlet = outlet(&named).ok_or(CaseError::Damaged("what was linked"))?;
            out.insert(outlet, turns);
        }
        Ok(out)
    }
}
