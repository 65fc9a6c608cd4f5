//! What went wrong, told on standard error with what to do next.

use std::io;

use madar_case::{CaseError, TeamError};

/// A message with its hint, for what only the command line can get wrong.
#[derive(Debug)]
pub(crate) struct Hinted {
    message: String,
    hint: &'static str,
}

impl Hinted {
    pub(crate) fn new(message: impl Into<String>, hint: &'static str) -> Self {
        Self {
            message: message.into(),
            hint,
        }
    }
}

impl std::fmt::Display for Hinted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Hinted {}

/// The reader of our output went away (`madar brief | head`): no error.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>();
        io.is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

pub(crate) fn tell(error: &anyhow::Error) {
    let visible = crate::formats::text::visible(&format!("{error:#}"));
    eprintln!("madar: {visible}");
    let hint = error.chain().find_map(|cause| {
        let case = cause.downcast_ref::<CaseError>().map(CaseError::hint);
        let team = cause.downcast_ref::<TeamError>().map(TeamError::hint);
        case.or(team)
            .or_else(|| cause.downcast_ref::<Hinted>().map(|hinted| hinted.hint))
    });
    if let Some(hint) = hint {
        eprintln!("hint: {hint}");
    }
}
