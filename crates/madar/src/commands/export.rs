//! `export`: the case in the form of another tool.

use std::path::Path;

use anyhow::Context;
use madar_read::Kit;

use super::{Outcome, Shape, open, shown};
use crate::cli::ExportArgs;
use crate::exports;
use crate::formats::out;

pub(super) fn run(case: &Path, args: &ExportArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let tongue = shape.tongue();
    let asked = open(case)?.asked(&kit)?.wording(tongue);
    let whole = asked.whole(args.about.as_deref())?;
    let to = args.to.as_deref();
    let written = exports::write(args.form, &whole, tongue, to, &mut out()).with_context(|| {
        to.map_or_else(
            || "cannot write the export".to_owned(),
            |to| format!("cannot write to {}", shown(to)),
        )
    })?;
    for path in &written {
        eprintln!("wrote {}", shown(path));
    }
    if whole.lines.is_empty() {
        eprintln!("there are no claims in it");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}
