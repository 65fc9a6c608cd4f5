//! Linking a case with what has come since it was last linked: documents and decisions. What else was done to it (a
//! document taken out, or read again) links it from nothing.

use std::collections::BTreeSet;

use madar_link::{Library, Report, Told, document_number};
use madar_read::Kit;
use madar_text::{DocumentId, TextHash};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{LINKED_BY, ids, part, read, sums, write};
use crate::corrected::Corrections;
use crate::decisions::Decision;
use crate::keep::{Kept, kept_at};
use crate::ledger::{DocumentEntry, NewEntries};
use crate::links::{Rows, as_told, numbers, settled};
use crate::shelf::{Shelf, whole};
use crate::wire::known::unpack_reports;
use crate::{Case, CaseError, custody};

/// New documents that are held in hand between two looks at them; of more each is read anew, so that linking a
/// large case takes no more memory than what is linked.
const HELD: usize = 2_000;

/// The documents of a case as they are linked: each read when it is needed.
struct InFile<'a> {
    store: &'a Connection,
    corrections: &'a Corrections,
    ids: Vec<DocumentId>,
    /// Those that decisions are about, and all that are looked at where they are few.
    kept: Shelf<Kept>,
    few: bool,
}

impl InFile<'_> {
    fn with<T>(&self, document: DocumentId, look: impl FnOnce(&Kept) -> T) -> T {
        match self.few {
            true => look(self.kept(document)),
            false => look(&self.read(document)),
        }
    }

    fn kept(&self, document: DocumentId) -> &Kept {
        let at = self
            .ids
            .binary_search(&document)
            .expect("ids are of this case");
        self.kept.get(at, || self.read(document))
    }

    fn read(&self, document: DocumentId) -> Kept {
        self.corrections.over(whole(kept_at(self.store, document)))
    }

    /// The documents with a text.
    fn of_text(&self, text: TextHash) -> Result<Vec<(usize, &Kept)>, CaseError> {
        let find = "SELECT id FROM documents WHERE text_hash = ?1 ORDER BY id";
        let mut query = self.store.prepare_cached(find)?;
        let found = query.query_map([text.0], |row| Ok(DocumentId(row.get(0)?)))?;
        let mut out = Vec::new();
        for id in found {
            let kept = self.kept(id?);
            let at = self
                .ids
                .binary_search(&kept.id)
                .expect("ids are of this case");
            out.push((at, kept));
        }
        Ok(out)
    }
}

impl Library for InFile<'_> {
    fn told<T>(&self, document: DocumentId, look: impl FnOnce(&Told<'_>) -> T) -> T {
        self.with(document, |kept| look(&as_told(kept)))
    }

    fn reports(&self, document: DocumentId) -> Vec<Report> {
        let find = "SELECT body FROM known_reports WHERE document = ?1";
        let number = document_number(document).cast_signed();
        let read = || -> Result<Vec<Report>, CaseError> {
            let mut query = self.store.prepare_cached(find)?;
            let body: Vec<u8> = query.query_row([number], |row| row.get(0))?;
            unpack_reports(&body)
        };
        whole(read())
    }
}

impl Case {
    /// Links what has come and keeps it. Gives whether it can be kept; where somebody else has changed the case
    /// meanwhile, nothing is kept yet.
    pub(super) fn grow(&self, kit: &Kit) -> Result<bool, CaseError> {
        let (seal, decisions) = {
            let step = self.store.unchecked_transaction()?;
            let seal = custody::seal(&step)?;
            let decisions: Vec<Decision> = self
                .decisions()?
                .into_iter()
                .map(|(_, decision)| decision)
                .collect();
            step.finish()?;
            (seal, decisions)
        };
        let begun = Transaction::new_unchecked(&self.store, TransactionBehavior::Immediate);
        let step = match begun.map_err(CaseError::from) {
            Ok(step) => step,
            Err(_) => return Ok(false),
        };
        if custody::seal(&step)? != seal {
            return Ok(true);
        }
        crate::guarded(|| grow(&step, &seal, &decisions, kit))?;
        step.commit()?;
        Ok(true)
    }
}

fn grow(
    step: &Transaction<'_>,
    seal: &[u8],
    decisions: &[Decision],
    kit: &Kit,
) -> Result<(), CaseError> {
    let mut query = step.prepare("SELECT id FROM documents ORDER BY id")?;
    let all = query.query_map([], |row| Ok(DocumentId(row.get(0)?)))?;
    let all: Vec<DocumentId> = all.collect::<Result<_, _>>()?;
    let corrections = Corrections::of(decisions.iter());
    let (mut known, was) = match has_only_grown(step)? {
        true => read::known(step)?,
        false => {
            write::empty_quickly(step)?;
            Default::default()
        }
    };
    let renewed = read_otherwise(step, &corrections, &known.ids)?;
    let is_new = |id: &&DocumentId| known.ids.binary_search(id).is_err() || renewed.contains(id);
    let new: Vec<DocumentId> = all.iter().filter(is_new).copied().collect();
    let library = InFile {
        store: step,
        corrections: &corrections,
        kept: Shelf::of(all.len()),
        few: new.len() <= HELD,
        ids: all,
    };
    let settled = settled(decisions, |text| whole(library.of_text(text)));
    let grown = known.link(&new, &settled, kit, &library);
    let told: std::collections::BTreeMap<usize, &Vec<Report>> = grown
        .told
        .iter()
        .map(|(at, reports)| (*at, reports))
        .collect();
    let rows = Rows::of(&known, &grown, |at| match told.get(&at) {
        Some(reports) => (*reports).clone(),
        None => library.reports(known.ids[at]),
    });
    let mut documents = Vec::new();
    for &id in &new {
        library.with(id, |kept| -> Result<(), CaseError> {
            documents.push((document_number(id), DocumentEntry::new(kept)));
            if renewed.contains(&id) {
                sums::forget(step, id)?;
            }
            sums::write(step, kept)?;
            match renewed.contains(&id) {
                true => Ok(()),
                // words are those of the reading in the file: what is corrected may be undone
                false if corrections.is_empty() => write::new_document(step, kept, kit),
                false => write::new_document(step, &whole(kept_at(step, id)), kit),
            }
        })?;
    }
    let entries = NewEntries::of(&known, &rows, documents, kit);
    let changed = write::Changed {
        read: &new,
        corrected_by: &corrections.seals(),
        known: &known,
        numbers: &numbers(&known),
        was: &was,
        grown: &grown,
        rows: &rows,
        entries: &entries,
    };
    write::write(step, seal, &changed, kit)?;
    // of a large case it takes a third of a second to let go of what is known: nobody waits for it
    rayon::spawn(move || drop((known, grown, rows, entries)));
    Ok(())
}

/// Those of the documents known that are corrected otherwise than when they were linked.
fn read_otherwise(
    step: &Connection,
    corrections: &Corrections,
    known: &[DocumentId],
) -> Result<BTreeSet<DocumentId>, CaseError> {
    let mut out = BTreeSet::new();
    if known.is_empty() {
        return Ok(out);
    }
    let before = part(step, "corrected by")?.unwrap_or_default();
    let mut query = step.prepare_cached("SELECT id FROM documents WHERE text_hash = ?1")?;
    for text in corrections.otherwise(&before) {
        let found = query.query_map([text.0], |row| Ok(DocumentId(row.get(0)?)))?;
        for id in found {
            out.extend(Some(id?).filter(|id| known.binary_search(id).is_ok()));
        }
    }
    Ok(out)
}

/// Whether nothing but new documents and decisions has come since the case was linked, by this version.
fn has_only_grown(step: &Connection) -> Result<bool, CaseError> {
    if part(step, "linked by")?.as_deref() != Some(LINKED_BY.as_bytes()) {
        return Ok(false);
    }
    let Some(made_from) = part(step, "made from")? else {
        return Ok(false);
    };
    custody::has_only_grown(step, &made_from, &ids(step)?)
}

/// The numbers that were given before.
pub(super) type Was = Option<crate::numbers::Numbers>;
