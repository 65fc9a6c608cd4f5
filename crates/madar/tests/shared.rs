//! Questions, exports and screening once more, as their own tests have them, of cases that lie in PostgreSQL.
#![allow(clippy::unwrap_used)] // a test fails by panicking
#![allow(clippy::duplicate_mod)] // each of the others has what they share as a module of its own

#[path = "exports.rs"]
mod exports;
#[path = "questions.rs"]
mod questions;
#[path = "screening.rs"]
mod screening;
