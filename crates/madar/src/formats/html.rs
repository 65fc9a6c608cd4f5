//! A brief as one page of HTML.

use std::io::{self, Write};

use madar_case::answer::Brief;

use super::Format;

pub(crate) struct Html;

impl Format for Html {
    fn brief(&self, _brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
        out.flush()
    }
}
