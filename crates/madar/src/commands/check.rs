//! `madar check`: the user's own text held against the case.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context;
use madar_case::answer::Standing;
use madar_open::{Given, open as open_document};
use madar_read::Kit;

use super::{Outcome, Shape, open};
use crate::cli::LookArgs;
use crate::formats::{items, json, out};

pub(super) fn run(
    case: &Path,
    draft: &Path,
    look: &LookArgs,
    shape: Shape,
) -> anyhow::Result<Outcome> {
    let case = open(case)?;
    let kit = Kit::with(case.reader()?)?;
    let document = open_document(&bytes(draft)?, &Given::default())?;
    let checked = case.asked(&kit)?.wording(shape.tongue()).check(&document);
    match shape {
        Shape::Json => json::checked(&mut out(), &checked)?,
        Shape::Text(tongue) => {
            let items = items::checked(&checked, tongue);
            items::print(&items, look.look(), tongue, &mut out())?;
        }
    }
    let stands = |standing: Standing| standing > Standing::ToldOtherwise;
    let all = checked.sentences.iter().all(|s| stands(s.standing));
    Ok(if all { Outcome::Done } else { Outcome::Nothing })
}

fn bytes(draft: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if draft.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(draft).with_context(|| format!("cannot read {:?}", draft.display()))
}
