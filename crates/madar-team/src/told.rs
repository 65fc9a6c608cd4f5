//! What is told of a shared case.

use crate::Right;

/// What a look has brought into the mirror.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Came {
    pub rows: u64,
    /// Something was taken out: its words are to leave the mirror.
    pub gone: bool,
}

/// Somebody who may do something in a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub name: String,
    pub right: Right,
}

/// How a case stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// By name.
    pub members: Vec<Member>,
    pub documents: u64,
    /// Changes made so far.
    pub steps: u64,
    /// What waits to be read.
    pub queued: u64,
}

/// Bytes that are to be read, and what is said of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToRead {
    pub origin: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub bytes: Vec<u8>,
}

/// What taking from the queue gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Queued {
    Taken(Box<ToRead>),
    /// Others are reading what is left: one of them may die.
    Held(u64),
    Empty,
}
