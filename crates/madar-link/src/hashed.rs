//! The one hash of what is only held against its like within a case: quick, and the same in every run.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

pub(crate) fn hash<T: Hash + ?Sized>(what: &T) -> u64 {
    let mut hasher = FxHasher::default();
    what.hash(&mut hasher);
    hasher.finish()
}
