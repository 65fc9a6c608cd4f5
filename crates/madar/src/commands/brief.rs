//! `madar brief`: the case told, whole or about one of its people or things.

use std::path::Path;

use madar_read::Kit;

use super::{Outcome, Shape, open};
use crate::cli::{BriefArgs, FormatArgs};
use crate::formats::{Format, html::Html, json::Json, markdown::Markdown, out, terminal::Terminal};

pub(super) fn run(case: &Path, args: &BriefArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let case = open(case)?;
    let brief = case
        .asked(&kit)?
        .wording(shape.tongue())
        .against(case.register()?)
        .brief(args.about.about.as_deref())?;
    format(&args.format, shape).brief(&brief, &mut out())?;
    Ok(Outcome::Done)
}

pub(super) fn format(asked: &FormatArgs, shape: Shape) -> Box<dyn Format> {
    match (asked.md, asked.html, shape) {
        (true, _, _) => Box::new(Markdown),
        (_, true, _) => Box::new(Html),
        (_, _, Shape::Json) => Box::new(Json),
        (_, _, Shape::Text(_)) => Box::new(Terminal),
    }
}
