//! `madar work`: reads what waits in the queue of a shared case, beside others who do the same. Each file is kept in
//! the transaction in which it leaves the queue: whoever is stopped in the middle leaves it to the others.

use std::path::Path;
use std::time::Duration;

use madar_case::{Added, Case, Failure, Queued, Taken, ToRead};
use madar_open::{Given, parse_stamp};
use madar_read::Kit;

use super::read::{Tally, chosen, opened, print, said, tell, told};
use super::{Outcome, Shape};
use crate::cli::WorkArgs;

/// How soon it is looked again whether somebody has died, or brought something.
const LOOK: Duration = Duration::from_millis(500);

pub(super) fn run(case: &Path, args: &WorkArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let mut case = Case::open(case)?;
    let waiting = case.team()?.standing()?.queued;
    let known = case.captures()?.len();
    let waiting = usize::try_from(waiting).unwrap_or(usize::MAX);
    let kit = Kit::with(chosen(args.reader, &case, known, waiting)?)?;
    let mut tally = Tally::default();
    loop {
        match case.take_from_queue()? {
            Queued::Taken(what) => one(&mut case, &what, &kit, shape, &mut tally)?,
            Queued::Empty if !args.stay => break,
            Queued::Empty | Queued::Held(_) => std::thread::sleep(LOOK),
        }
    }
    eprintln!("{}", tally.sentence());
    Ok(tally.outcome())
}

fn one(
    case: &mut Case,
    what: &ToRead,
    kit: &Kit,
    shape: Shape,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let given = Given {
        origin: Some(what.origin.clone()),
        publisher: what.publisher.clone(),
        published: what.published.as_deref().and_then(parse_stamp),
    };
    let said = said(&given);
    let mut taken = Vec::new();
    for document in opened(&what.bytes, &given) {
        taken.push(match document {
            Ok(document) if case.foresee(&document, said)? == Added::Same => {
                Taken::Known(Box::new(document))
            }
            Ok(document) => {
                let reading = madar_read::read(&document, kit);
                Taken::Read(Box::new((document, reading)))
            }
            Err(trouble) => {
                let failure = Failure {
                    origin: trouble.origin.clone(),
                    reason: trouble.reason.clone(),
                };
                tell(&trouble);
                tally.failures.push(trouble);
                Taken::Failed(failure)
            }
        });
    }
    case.clock(super::now());
    let kept = case.keep_taken(&taken, said)?;
    for (taken, added) in taken.into_iter().zip(kept) {
        let Some(added) = added else { continue };
        tally.count(added);
        let line = match taken {
            Taken::Read(read) => told(read.0, Some(read.1), added),
            Taken::Known(document) => told(*document, None, added),
            Taken::Failed(_) => continue,
        };
        print(&line, shape)?;
    }
    Ok(())
}
