//! `madar read`: files, folders and standard input into the case. Documents are read on all cores
//! and kept in the order of their paths, each as soon as those before it are kept; so memory holds
//! a few documents, and what was told on standard output is in the case whatever happens next.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use madar_case::{Added, Case, Failure, Said, ToRead, document_id};
use madar_open::{Given, MAX_BYTES, parse_stamp};
use madar_read::{Kit, Reader, Reading};
use madar_text::{BytesHash, Document, DocumentId};

use super::{Outcome, Shape, shown};
use crate::case_file::is_case;
use crate::cli::ReadArgs;
use crate::failure::Hinted;
use crate::formats::{json, out, terminal, text::visible};

/// Documents under way to a core: enough that no core waits for a slow neighbour, few enough that
/// memory stays flat.
const UNDER_WAY: usize = 2;

/// Files of a new case that the accurate reader reads unasked: some ten minutes of work; what is more is an
/// archive.
const MOST_ACCURATE: usize = 2_000;

/// Something to read, or why it cannot be.
pub(super) type Item = Result<PathBuf, Trouble>;

/// Why an item failed, and what to do next.
#[derive(Clone)]
pub(crate) struct Trouble {
    pub(crate) origin: String,
    pub(crate) reason: String,
    pub(crate) hint: &'static str,
}

/// What became of an item.
pub(super) struct Read {
    pub(super) document: Document,
    /// `None` when the case has it already.
    pub(super) reading: Option<Reading>,
}

/// What the user says of the documents, and which ones the case has.
pub(super) struct Task {
    pub(super) kit: Kit,
    pub(super) given: Given,
    pub(super) said: Said,
    pub(super) known: HashMap<BytesHash, DocumentId>,
}

impl Task {
    /// Whether adding the document would change nothing.
    pub(super) fn knows(&self, document: &Document) -> bool {
        let held = self.known.get(&document.bytes);
        held.is_some_and(|&id| self.said == Said::ByDocument || id == document_id(document))
    }
}

pub(super) fn run(case: &Path, args: &ReadArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let given = given(args)?;
    let mut case = Case::open_or_create(case)?;
    case.clock(super::now());
    let items = items(&args.paths);
    if args.queue {
        return queue(&mut case, &items, args);
    }
    let known = case.captures()?;
    let task = Task {
        kit: Kit::with(chosen(args.reader, &case, known.len(), items.len())?)?,
        said: said(&given),
        known,
        given,
    };
    let bar = progress(items.len());
    let tally = take(&mut case, &items, &task, |at, told| {
        bar.set_position(at as u64);
        bar.suspend(|| match told {
            Ok(line) => print(line, shape),
            Err(trouble) => {
                tell(trouble);
                Ok(())
            }
        })
    })?;
    bar.finish_and_clear();
    note(&mut case, &tally)?;
    eprintln!("{}", tally.sentence());
    Ok(tally.outcome())
}

/// The reader that was asked for, else that of the case; a new case of not too many files has the accurate one.
pub(super) fn chosen(
    asked: Option<Reader>,
    case: &Case,
    known: usize,
    files: usize,
) -> anyhow::Result<Reader> {
    Ok(match asked {
        Some(reader) => reader,
        None if known == 0 && files <= MOST_ACCURATE => Reader::Accurate,
        None => case.reader()?,
    })
}

/// Reads the items into the case, and tells of each, by its place among them.
pub(super) fn take(
    case: &mut Case,
    items: &[Item],
    task: &Task,
    mut then: impl FnMut(usize, Result<&ReadLine, &Trouble>) -> io::Result<()>,
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    each_in_order(items, task, |at, results| {
        for result in results {
            match result {
                Ok(read) => then(at, Ok(&keep(case, read, task, &mut tally)?))?,
                Err(trouble) => {
                    then(at, Err(&trouble))?;
                    tally.failures.push(trouble);
                }
            }
        }
        Ok(())
    })?;
    Ok(tally)
}

/// What the user says goes over what the documents say.
pub(super) fn said(given: &Given) -> Said {
    match given.publisher.is_some() || given.published.is_some() {
        true => Said::ByUser,
        false => Said::ByDocument,
    }
}

/// Puts the files aside for `madar work`.
fn queue(case: &mut Case, items: &[Item], args: &ReadArgs) -> anyhow::Result<Outcome> {
    case.team()?;
    let bar = progress(items.len());
    let mut tally = Tally::default();
    for item in items {
        match taken(item) {
            Ok((bytes, origin)) => case.put_in_queue(&ToRead {
                origin,
                publisher: args.publisher.clone(),
                published: args.published.clone(),
                bytes,
            })?,
            Err(trouble) => {
                bar.suspend(|| tell(&trouble));
                tally.failures.push(trouble);
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    note(case, &tally)?;
    let put = items.len() - tally.failures.len();
    eprintln!("{put} files put into the queue");
    eprintln!("hint: madar work reads them");
    Ok(tally.outcome())
}

/// What the user says of the documents.
fn given(args: &ReadArgs) -> anyhow::Result<Given> {
    let published = args.published.as_deref().map(|text| {
        parse_stamp(text).ok_or_else(|| {
            Hinted::new(
                format!("{text:?} is no date"),
                "write --published 2025-03-04, or 2025-03-04T06:00:00-05:00",
            )
        })
    });
    Ok(Given {
        publisher: args.publisher.clone(),
        published: published.transpose()?,
        origin: None,
    })
}

/// What there is to read, in the order of the arguments and below them in the order of paths.
pub(super) fn items(paths: &[PathBuf]) -> Vec<Item> {
    let mut out = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            out.push(Ok(path.clone()));
            continue;
        }
        for found in madar_open::files(path) {
            match found {
                Ok(file) if is_case(&file) => {}
                Ok(file) => out.push(Ok(file)),
                Err(error) => out.push(Err(Trouble {
                    origin: shown(&error.path),
                    reason: error.to_string(),
                    hint: "is the path right, and may you read it?",
                })),
            }
        }
    }
    out
}

/// Reads all items on all cores and hands them over in their order.
fn each_in_order(
    items: &[Item],
    task: &Task,
    mut then: impl FnMut(usize, Vec<Result<Read, Trouble>>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (send, receive) = mpsc::channel();
    let window = UNDER_WAY * rayon::current_num_threads();
    rayon::in_place_scope(|scope| {
        let mut early = BTreeMap::new();
        let mut started = 0;
        for next in 0..items.len() {
            while started < items.len() && started < next + window {
                let (at, send) = (started, send.clone());
                scope.spawn(move |_| {
                    // the receiver is gone only when keeping failed; then nobody waits for this
                    let _ = send.send((at, read(&items[at], task)));
                });
                started += 1;
            }
            while !early.contains_key(&next) {
                let (at, result) = receive.recv().context("a reading thread died")?;
                early.insert(at, result);
            }
            let result = early.remove(&next).expect("it was waited for");
            then(next, result)?;
        }
        Ok(())
    })
}

/// What lies in an item: one document, or all those of an archive, each of which fails alone.
fn read(item: &Item, task: &Task) -> Vec<Result<Read, Trouble>> {
    let (bytes, origin) = match taken(item) {
        Ok(taken) => taken,
        Err(trouble) => return vec![Err(trouble)],
    };
    let given = Given {
        origin: Some(origin.clone()),
        ..task.given.clone()
    };
    opened(&bytes, &given)
        .map(|document| {
            let document = document?;
            let reading = (!task.knows(&document)).then(|| madar_read::read(&document, &task.kit));
            Ok(Read { document, reading })
        })
        .collect()
}

/// What lies in some bytes, each alone.
pub(super) fn opened(
    bytes: &[u8],
    given: &Given,
) -> impl Iterator<Item = Result<Document, Trouble>> {
    let origin = given.origin.clone().unwrap_or_default();
    let opened = madar_open::open_all(bytes, given).into_iter();
    opened.map(move |opened| {
        opened.map_err(|error| Trouble {
            origin: origin.clone(),
            reason: error.to_string(),
            hint: error.hint(),
        })
    })
}

pub(super) fn taken(item: &Item) -> Result<(Vec<u8>, String), Trouble> {
    let path = item.as_ref().map_err(|trouble| Trouble {
        origin: trouble.origin.clone(),
        reason: trouble.reason.clone(),
        hint: trouble.hint,
    })?;
    let origin = shown(path);
    let bytes = bytes(path).map_err(|error| Trouble {
        origin: origin.clone(),
        reason: format!("cannot read {origin:?}: {error}"),
        hint: "may you read it?",
    })?;
    Ok((bytes, origin))
}

/// A byte more than is allowed tells that there are too many.
fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let most = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// One line of what `madar read` prints.
#[derive(Clone)]
pub(crate) struct ReadLine {
    pub(crate) added: Added,
    pub(crate) id: String,
    pub(crate) origin: String,
    pub(crate) title: Option<String>,
    /// What was found in it; `None` when it was not read again.
    pub(crate) found: Option<Found>,
    pub(crate) warnings: Vec<String>,
}

#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) facts: usize,
    /// Share of its words in which nothing was found.
    pub(crate) unread_permille: u16,
}

/// Keeps what was read.
pub(super) fn keep(
    case: &mut Case,
    read: Read,
    task: &Task,
    tally: &mut Tally,
) -> anyhow::Result<ReadLine> {
    let Read { document, reading } = read;
    let added = match &reading {
        Some(reading) => case.add(&document, reading, task.said)?,
        None => case.see_again(&document)?,
    };
    tally.count(added);
    Ok(told(document, reading, added))
}

/// What is told of a document that was kept.
pub(super) fn told(document: Document, reading: Option<Reading>, added: Added) -> ReadLine {
    let found = reading.as_ref().map(|reading| Found {
        facts: reading.facts.len(),
        unread_permille: madar_case::unread_permille(&document, reading),
    });
    let mut warnings = document.warnings.clone();
    warnings.extend(reading.into_iter().flat_map(|reading| reading.warnings));
    ReadLine {
        added,
        id: document_id(&document).short(),
        origin: document.meta.origin.unwrap_or_default(),
        title: document.meta.title,
        found,
        warnings,
    }
}

pub(super) fn print(line: &ReadLine, shape: Shape) -> io::Result<()> {
    match shape {
        Shape::Json => json::read(&mut out(), line),
        Shape::Text(tongue) => terminal::page(&mut out(), tongue).read(line),
    }
}

fn note(case: &mut Case, tally: &Tally) -> anyhow::Result<()> {
    let failures: Vec<Failure> = tally
        .failures
        .iter()
        .map(|trouble| Failure {
            origin: trouble.origin.clone(),
            reason: trouble.reason.clone(),
        })
        .collect();
    Ok(case.note_failures(&failures)?)
}

pub(super) fn tell(trouble: &Trouble) {
    eprintln!("madar: {}", visible(&trouble.reason));
    eprintln!("hint: {}", trouble.hint);
}

fn progress(items: usize) -> ProgressBar {
    // hidden by itself where standard error is no terminal
    let bar = ProgressBar::new(items as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} documents, {eta} left");
    bar.set_style(style.expect("the template is well formed"));
    bar
}

#[derive(Default)]
pub(super) struct Tally {
    pub(super) new: usize,
    same: usize,
    captures: usize,
    replaced: usize,
    pub(super) failures: Vec<Trouble>,
}

impl Tally {
    pub(super) fn count(&mut self, added: Added) {
        match added {
            Added::New => self.new += 1,
            Added::Same => self.same += 1,
            Added::OtherCapture => self.captures += 1,
            Added::Replaced => self.replaced += 1,
        }
    }

    pub(super) fn outcome(&self) -> Outcome {
        match self.failures.is_empty() {
            true => Outcome::Done,
            false => Outcome::Partly,
        }
    }

    pub(super) fn sentence(&self) -> String {
        let mut parts = vec![format!("{} new", self.new)];
        for (count, what) in [
            (self.same, "already there"),
            (self.captures, "the same text in another wrapping"),
            (self.replaced, "replaced"),
            (self.failures.len(), "not read"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        parts.join(", ")
    }
}
