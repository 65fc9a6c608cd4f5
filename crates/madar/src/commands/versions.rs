//! `madar versions`: articles that their publishers have changed, and what each version says otherwise.

use std::path::Path;

use madar_case::Part;
use madar_read::Kit;

use super::{Outcome, Shape, open};
use crate::cli::LookArgs;
use crate::formats::{items, json, out};

pub(super) fn run(
    case: &Path,
    document: Option<&str>,
    look: &LookArgs,
    shape: Shape,
) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let case = open(case)?;
    let document = document.map(|name| case.document_named(name)).transpose()?;
    let asked = case.asked(&kit)?.wording(shape.tongue());
    let articles = asked.versions(document, Part::ALL)?.some;
    match shape {
        Shape::Json => json::articles(&mut out(), &articles)?,
        Shape::Text(tongue) => {
            let items = items::articles(&articles, tongue);
            items::print(&items, look.look(), tongue, &mut out())?;
        }
    }
    if articles.is_empty() {
        eprintln!("no article of the case has another version");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}
