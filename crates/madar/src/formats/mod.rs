//! Answers in the form that was asked for, one file to a form.

pub(crate) mod hits;
pub(crate) mod html;
pub(crate) mod items;
pub(crate) mod json;
pub(crate) mod markdown;
mod parts;
pub(crate) mod terminal;

pub(crate) mod text;
mod wording;

use std::io::{self, Write};

use madar_case::answer::Brief;

/// A form that a brief can take.
pub(crate) trait Format {
    fn brief(&self, brief: &Brief, out: &mut dyn Write) -> io::Result<()>;
}

/// Standard output, where data goes. Written at once when a command ends or fails.
pub(crate) fn out() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::new(io::stdout().lock())
}
