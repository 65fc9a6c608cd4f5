//! `madar team`: a case that several people share, and who may what in it.

use std::io::Write as _;
use std::path::Path;

use madar_case::{Address, Case, Standing, create_shared};
use serde_json::json;

use super::{Outcome, Shape};
use crate::cli::TeamCommand;
use crate::formats::{out, text};

pub(super) fn run(
    case: &Path,
    command: Option<&TeamCommand>,
    shape: Shape,
) -> anyhow::Result<Outcome> {
    match command {
        None => show(&Case::open(case)?.team()?.standing()?, shape)?,
        Some(TeamCommand::Create) => {
            let address = Address::parse(case)?;
            create_shared(&address)?;
            eprintln!("made a case in {}", address.shown());
            eprintln!("hint: madar team add NAME --as read, decide or administer");
        }
        Some(TeamCommand::Add { name, right }) => {
            Case::open(case)?.team()?.admit(name, *right)?;
            eprintln!("{}: {}", text::visible(name), right.name());
        }
        Some(TeamCommand::Remove { name }) => {
            Case::open(case)?.team()?.dismiss(name)?;
            eprintln!("{}: no right in this case", text::visible(name));
        }
    }
    Ok(Outcome::Done)
}

fn show(standing: &Standing, shape: Shape) -> anyhow::Result<()> {
    let mut out = out();
    match shape {
        Shape::Json => {
            let members = standing.members.iter();
            let members = members.map(|one| json!({"name": one.name, "right": one.right.name()}));
            let standing = json!({
                "members": members.collect::<Vec<_>>(),
                "documents": standing.documents,
                "changes": standing.steps,
                "queue": standing.queued,
            });
            writeln!(out, "{standing}")?;
        }
        Shape::Text(_) => {
            for member in &standing.members {
                writeln!(
                    out,
                    "{}  {}",
                    text::visible(&member.name),
                    member.right.name()
                )?;
            }
            let Standing {
                documents,
                steps,
                queued,
                ..
            } = standing;
            writeln!(
                out,
                "{documents} documents, {steps} changes so far, {queued} files in the queue"
            )?;
        }
    }
    Ok(out.flush()?)
}
