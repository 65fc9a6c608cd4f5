//! Which document is meant: by its id, where it was read from, or words of its title.

use madar_text::{DocumentId, fold};

use crate::{Case, CaseError};

/// Hexadecimal digits from which on a name is tried as the head of an id. Below it, short words
/// (*ad*, *face*) are titles.
const SHORTEST_ID: usize = 4;
/// Names given in a message about several documents.
const CANDIDATES_TOLD: usize = 5;

/// What a document can be called by.
pub(crate) struct Named {
    pub(crate) id: DocumentId,
    pub(crate) origin: Option<String>,
    pub(crate) title: Option<String>,
}

impl Case {
    /// The document that `name` means: the first digits of an id, else a path (or its end), else
    /// part of a title.
    ///
    /// # Errors
    /// When no document or more than one is meant.
    pub fn document_named(&self, name: &str) -> Result<DocumentId, CaseError> {
        document_among(&self.names()?, name)
    }

    fn names(&self) -> Result<Vec<Named>, CaseError> {
        let mut query = self
            .store
            .prepare("SELECT id, origin, title FROM documents ORDER BY id")?;
        let rows = query.query_map([], |row| {
            Ok(Named {
                id: DocumentId(row.get(0)?),
                origin: row.get(1)?,
                title: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The one of `all` that `name` means, as [`Case::document_named`] says.
pub(crate) fn document_among(all: &[Named], name: &str) -> Result<DocumentId, CaseError> {
    let digits = name.len() >= SHORTEST_ID && name.bytes().all(|b| b.is_ascii_hexdigit());
    let hex = name.to_ascii_lowercase();
    let by_id = |named: &&Named| digits && named.id.hex().starts_with(&hex);
    let by_path = |named: &&Named| named.origin.as_deref() == Some(name);
    let by_file = |named: &&Named| {
        let rest = named
            .origin
            .as_deref()
            .and_then(|origin| origin.strip_suffix(name));
        rest.is_some_and(|rest| {
            !name.is_empty() && (rest.is_empty() || rest.ends_with(['/', '\\']))
        })
    };
    let folded = fold(name);
    let by_title = |named: &&Named| {
        let title = named.title.as_deref().unwrap_or_default();
        !folded.trim().is_empty() && fold(title).contains(&folded)
    };
    let tries: [&dyn Fn(&&Named) -> bool; 4] = [&by_id, &by_path, &by_file, &by_title];
    for matches in tries {
        let found: Vec<&Named> = all.iter().filter(|named| matches(named)).collect();
        match found[..] {
            [] => {}
            [one] => return Ok(one.id),
            _ => return Err(ambiguous(name, &found)),
        }
    }
    Err(CaseError::Unknown {
        what: "document",
        name: name.to_owned(),
    })
}

fn ambiguous(name: &str, found: &[&Named]) -> CaseError {
    let mut candidates: Vec<String> = found
        .iter()
        .take(CANDIDATES_TOLD)
        .map(|named| {
            let called = named.title.as_ref().or(named.origin.as_ref());
            match called {
                Some(called) => format!("{} ({called})", named.id.short()),
                None => named.id.short(),
            }
        })
        .collect();
    if found.len() > CANDIDATES_TOLD {
        candidates.push(format!("{} more", found.len() - CANDIDATES_TOLD));
    }
    CaseError::Ambiguous {
        name: name.to_owned(),
        candidates,
    }
}
