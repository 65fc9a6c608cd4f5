//! `madar work`: reads what waits in the queue of a shared case, beside others who do the same. Each file is kept in
//! the transaction in which it leaves the queue: whoever is stopped in the middle leaves it to the others. It is told once
//! it is on the server's disk, which is waited for a few times a second and not with each file.

use std::path::Path;
use std::time::{Duration, Instant};

use madar_case::{Added, Case, Failure, Queued, Taken, ToRead};
use madar_open::{Given, parse_stamp};
use madar_read::Kit;

use super::read::{ReadLine, Tally, chosen, opened, print, reading, said, tell, told};
use super::{Outcome, Shape};
use crate::cli::WorkArgs;

/// How soon it is looked again whether somebody has died, or brought something.
const LOOK: Duration = Duration::from_millis(500);
/// How long what was kept may go untold: so long the server's disk is not waited for.
const UNTOLD: Duration = Duration::from_millis(250);

pub(super) fn run(case: &Path, args: &WorkArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let mut case = Case::open(case)?;
    let waiting = case.team()?.standing()?.queued;
    let known = case.captures()?.count()?;
    let waiting = || usize::try_from(waiting).unwrap_or(usize::MAX);
    let kit = Kit::with(chosen(args.reader, &case, known, waiting)?)?;
    let mut tally = Tally::default();
    let mut untold = Untold::default();
    loop {
        let taken = case.take_from_queue()?;
        match &taken {
            Queued::Taken(what) => untold.lines.extend(one(&mut case, what, &kit, &mut tally)?),
            Queued::Empty | Queued::Held(_) => untold.tell(&case, shape)?,
        }
        if untold.since.elapsed() >= UNTOLD {
            untold.tell(&case, shape)?;
        }
        match taken {
            Queued::Taken(_) => {}
            Queued::Empty if !args.stay => break,
            Queued::Empty | Queued::Held(_) => std::thread::sleep(LOOK),
        }
    }
    eprintln!("{}", tally.sentence());
    Ok(tally.outcome())
}

/// What was kept, and is told when it is safe.
struct Untold {
    lines: Vec<ReadLine>,
    since: Instant,
}

impl Default for Untold {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            since: Instant::now(),
        }
    }
}

impl Untold {
    fn tell(&mut self, case: &Case, shape: Shape) -> anyhow::Result<()> {
        let Untold { lines, .. } = std::mem::take(self);
        if !lines.is_empty() {
            case.rest_taken()?;
        }
        for line in &lines {
            print(line, shape)?;
        }
        Ok(())
    }
}

/// Reads a file and keeps what is in it.
fn one(
    case: &mut Case,
    what: &ToRead,
    kit: &Kit,
    tally: &mut Tally,
) -> anyhow::Result<Vec<ReadLine>> {
    let given = Given {
        origin: Some(what.origin.clone()),
        publisher: what.publisher.clone(),
        published: what.published.as_deref().and_then(parse_stamp),
    };
    let said = said(&given);
    let mut taken = Vec::new();
    for document in opened(&what.bytes, &given) {
        let known = match &document {
            Ok(document) => case.foresee(document, said)? == Added::Same,
            Err(_) => false,
        };
        let read = document.and_then(|document| {
            let reading = match known {
                true => None,
                false => Some(reading(&document, kit)?),
            };
            Ok((document, reading))
        });
        taken.push(match read {
            Ok((document, None)) => Taken::Known(Box::new(document)),
            Ok((document, Some(reading))) => Taken::Read(Box::new((document, reading))),
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
    let mut lines = Vec::new();
    for (taken, added) in taken.into_iter().zip(kept) {
        let Some(added) = added else { continue };
        tally.count(added);
        lines.push(match taken {
            Taken::Read(read) => told(read.0, Some(read.1), added),
            Taken::Known(document) => told(*document, None, added),
            Taken::Failed(_) => continue,
        });
    }
    Ok(lines)
}
