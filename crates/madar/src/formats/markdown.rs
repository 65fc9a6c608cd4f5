//! A brief as Markdown.

use std::io::{self, Write};

use madar_case::answer::Brief;

use super::Format;

pub(crate) struct Markdown;

impl Format for Markdown {
    fn brief(&self, _brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
        out.flush()
    }
}
