//! Things of a case by number, each taken in hand when it is first asked for: a question about one person
//! touches a few of a hundred thousand documents.
//!
//! What lies in the file was checked when it was written. If it cannot be read now, the file is damaged, and
//! whatever question is under way is broken off: [`guarded`] turns that into an error.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::OnceLock;

use crate::CaseError;

/// A question that came upon a record which cannot be read.
struct BrokenOff(CaseError);

/// Takes what was read, or breaks the question off.
pub(crate) fn whole<T>(read: Result<T, CaseError>) -> T {
    read.unwrap_or_else(|error| resume_unwind(Box::new(BrokenOff(error))))
}

/// Asks a case that takes its records in hand as they are needed.
///
/// # Errors
/// What `ask` gives, and [`CaseError::Damaged`] and its like where a record could not be read.
pub fn guarded<T, E: From<CaseError>>(ask: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(answer) => answer,
        Err(payload) => match payload.downcast::<BrokenOff>() {
            Ok(broken) => Err(broken.0.into()),
            Err(other) => resume_unwind(other),
        },
    }
}

/// As many things as there are numbers below its length, each made once. Room for them is made a board at a time,
/// so that an empty shelf of a million costs little.
pub(crate) struct Shelf<T> {
    len: usize,
    boards: Box<[OnceLock<Board<T>>]>,
}

type Board<T> = Box<[OnceLock<Box<T>>]>;

/// Things on a board.
const BOARD: usize = 256;

impl<T> Shelf<T> {
    /// Nothing in hand yet.
    pub(crate) fn of(len: usize) -> Self {
        Self {
            len,
            boards: empty(len.div_ceil(BOARD)),
        }
    }

    /// Everything in hand.
    pub(crate) fn full(all: Vec<T>) -> Self {
        let out = Self::of(all.len());
        for (at, one) in all.into_iter().enumerate() {
            out.get(at, || one);
        }
        out
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn get(&self, at: usize, make: impl FnOnce() -> T) -> &T {
        assert!(at < self.len, "nothing stands there");
        let board = self.boards[at / BOARD].get_or_init(|| empty(BOARD));
        board[at % BOARD].get_or_init(|| Box::new(make()))
    }
}

fn empty<T>(len: usize) -> Box<[OnceLock<T>]> {
    std::iter::repeat_with(OnceLock::new).take(len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_made_once() {
        let shelf: Shelf<u32> = Shelf::of(2);
        assert_eq!(*shelf.get(1, || 7), 7);
        assert_eq!(*shelf.get(1, || 8), 7);
        assert_eq!(*Shelf::full(vec![5]).get(0, || 8), 5);
    }

    #[test]
    fn what_cannot_be_read_breaks_the_question_off() {
        let asked: Result<(), CaseError> = guarded(|| {
            let shelf: Shelf<u32> = Shelf::of(1);
            shelf.get(0, || whole(Err(CaseError::Damaged("a record"))));
            Ok(())
        });
        assert!(matches!(asked, Err(CaseError::Damaged("a record"))));
    }
}
