//! `madar read`: files, folders and standard input into the case. Documents are read on all cores
//! and kept in the order of their paths, each as soon as those before it are kept; so memory holds
//! a few documents, and what was told on standard output is in the case whatever happens next.

use std::collections::{BTreeMap, VecDeque};
use std::fs::File;
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use madar_case::{Added, Captures, Case, Failure, Said, ToRead, document_id};
use madar_open::{Given, Large, MAX_BYTES, OpenError, Piece, parse_stamp};
use madar_read::{Kit, Reader, Reading};
use madar_text::Document;

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

/// Files, or lines of what was read, that go into a case in one transaction, and their bytes: enough that the disk is not
/// waited for with each, few enough that memory stays flat and little is done again after a crash.
pub(super) const MOST_TOGETHER: usize = 256;
pub(super) const BYTES_TOGETHER: usize = 4 << 20;

/// Something to read, or why it cannot be.
pub(super) type Item = Result<PathBuf, Trouble>;

/// What one core opens and reads at once.
enum Portion {
    /// A file.
    Item(Item),
    /// Something that lies in a file too large to be held.
    Piece(Box<Piece>),
    /// Of such a file, and not to be had.
    Lost(Trouble),
}

/// Pieces of a large file that wait for a core.
const CUT_AHEAD: usize = 2;

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
    pub(super) known: Captures,
}

impl Task {
    fn read(&self, document: Document) -> Result<Read, Trouble> {
        let reading = match self.knows(&document) {
            true => None,
            false => Some(reading(&document, &self.kit)?),
        };
        Ok(Read { document, reading })
    }

    /// Whether adding the document would change nothing.
    pub(super) fn knows(&self, document: &Document) -> bool {
        // who cannot look reads it again; keeping it then says what is amiss
        let held = self.known.document_of(document.bytes).unwrap_or_default();
        held.is_some_and(|id| self.said == Said::ByDocument || id == document_id(document))
    }
}

pub(super) fn run(case: &Path, args: &ReadArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let given = given(args)?;
    let mut case = Case::open_or_create(case)?;
    case.clock(super::now());
    if args.queue {
        return queue(&mut case, args);
    }
    let known = case.captures()?;
    let files = || items(&args.paths).take(MOST_ACCURATE + 1).count();
    let task = Task {
        kit: Kit::with(chosen(args.reader, &case, known.count()?, files)?)?,
        said: said(&given),
        known,
        given,
    };
    let bar = progress(&args.paths);
    let tally = take(&mut case, items(&args.paths), &task, |at, told| {
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
    files: impl FnOnce() -> usize,
) -> anyhow::Result<Reader> {
    Ok(match asked {
        Some(reader) => reader,
        None if known == 0 && files() <= MOST_ACCURATE => Reader::Accurate,
        None => case.reader()?,
    })
}

/// Reads the items into the case, and tells of each, by its place among them.
pub(super) fn take(
    case: &mut Case,
    items: impl Iterator<Item = Item>,
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
fn queue(case: &mut Case, args: &ReadArgs) -> anyhow::Result<Outcome> {
    case.team()?;
    let bar = progress(&args.paths);
    let mut tally = Tally::default();
    let mut put = 0;
    let mut some = Vec::new();
    let mut size = 0;
    for item in items(&args.paths) {
        match taken(&item) {
            Ok((bytes, origin)) => {
                put += 1;
                size += bytes.len();
                some.push(ToRead {
                    origin,
                    publisher: args.publisher.clone(),
                    published: args.published.clone(),
                    bytes,
                });
                if some.len() == MOST_TOGETHER || size >= BYTES_TOGETHER {
                    case.put_in_queue(&std::mem::take(&mut some))?;
                    size = 0;
                }
            }
            Err(trouble) => {
                bar.suspend(|| tell(&trouble));
                tally.failures.push(trouble);
            }
        }
        bar.inc(1);
    }
    case.put_in_queue(&some)?;
    bar.finish_and_clear();
    note(case, &tally)?;
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
pub(super) fn items(paths: &[PathBuf]) -> impl Iterator<Item = Item> {
    paths.iter().flat_map(|path| {
        let is_input = path.as_os_str() == "-";
        let input = is_input.then(|| Ok(path.clone()));
        let below = (!is_input).then(|| below(path));
        input.into_iter().chain(below.into_iter().flatten())
    })
}

fn below(path: &Path) -> impl Iterator<Item = Item> + use<> {
    madar_open::files(path).filter_map(|found| match found {
        Ok(file) if is_case(&file) => None,
        Ok(file) => Some(Ok(file)),
        Err(error) => Some(Err(Trouble {
            origin: shown(&error.path),
            reason: error.to_string(),
            hint: "is the path right, and may you read it?",
        })),
    })
}

/// Reads all items on all cores and hands them over in their order.
fn each_in_order(
    items: impl Iterator<Item = Item>,
    task: &Task,
    mut then: impl FnMut(usize, Vec<Result<Read, Trouble>>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let (send, receive) = mpsc::channel();
    let window = UNDER_WAY * rayon::current_num_threads();
    rayon::in_place_scope(|scope| {
        let mut early = BTreeMap::new();
        let portions = items.enumerate();
        let portions =
            portions.flat_map(|(at, item)| portions_of(item, task).map(move |p| (at, p)));
        let mut waiting = portions.peekable();
        let mut places = VecDeque::new();
        let mut next = 0;
        let mut started = 0;
        while next < started || waiting.peek().is_some() {
            while started < next + window
                && let Some((place, portion)) = waiting.next()
            {
                let (at, send) = (started, send.clone());
                scope.spawn(move |_| {
                    // the receiver is gone only when keeping failed; then nobody waits for this
                    let told = unbroken(&origin(&portion), || read(portion, task));
                    let _ = send.send((at, told.unwrap_or_else(|trouble| vec![Err(trouble)])));
                });
                places.push_back(place);
                started += 1;
            }
            while !early.contains_key(&next) {
                let (at, result) = receive.recv().context("a reading thread died")?;
                early.insert(at, result);
            }
            let result = early.remove(&next).expect("it was waited for");
            let place = places.pop_front().expect("it was started");
            then(place, result)?;
            next += 1;
        }
        Ok(())
    })
}

/// What of an item is read together: all of it, or what a large file is cut into.
fn portions_of(item: Item, task: &Task) -> Box<dyn Iterator<Item = Portion>> {
    match item.as_ref().ok().and_then(|path| large(path)) {
        Some((large, origin)) => {
            let given = Given {
                origin: Some(origin.clone()),
                ..task.given.clone()
            };
            Box::new(pieces(large, given).map(move |piece| match piece {
                Ok(piece) => Portion::Piece(Box::new(piece)),
                Err(error) => Portion::Lost(Trouble::of(&error, &origin)),
            }))
        }
        None => Box::new(std::iter::once(Portion::Item(item))),
    }
}

/// A file that is too large to be held, or what comes in and may be, and its origin. What cannot even be looked at is told when
/// it is to be read.
pub(super) fn large(path: &Path) -> Option<(Large, String)> {
    let large = match path.as_os_str() == "-" {
        true => Some(Large::stream(io::stdin())),
        false => Large::of(path).ok().flatten(),
    };
    large.map(|large| (large, shown(path)))
}

/// Cuts a large file on a thread of its own, a little ahead of those who read.
pub(super) fn pieces(large: Large, given: Given) -> impl Iterator<Item = Result<Piece, OpenError>> {
    let (send, receive) = mpsc::sync_channel(CUT_AHEAD);
    thread::spawn(move || large.cut(&given, &mut |piece| send.send(piece).is_ok()));
    receive.into_iter()
}

/// What lies in a portion: one document, or all those of an archive, each of which fails alone.
fn read(portion: Portion, task: &Task) -> Vec<Result<Read, Trouble>> {
    let item = match portion {
        Portion::Item(item) => item,
        Portion::Piece(piece) => {
            let origin = piece.origin().to_owned();
            let opened = piece.open().into_iter();
            let opened = opened.map(|opened| opened.map_err(|error| Trouble::of(&error, &origin)));
            return opened.map(|opened| task.read(opened?)).collect();
        }
        Portion::Lost(trouble) => return vec![Err(trouble)],
    };
    let (bytes, origin) = match taken(&item) {
        Ok(taken) => taken,
        Err(trouble) => return vec![Err(trouble)],
    };
    let given = Given {
        origin: Some(origin),
        ..task.given.clone()
    };
    opened(&bytes, &given)
        .map(|opened| task.read(opened?))
        .collect()
}

/// Reads a document.
pub(super) fn reading(document: &Document, kit: &Kit) -> Result<Reading, Trouble> {
    let origin = document.meta.origin.clone().unwrap_or_default();
    unbroken(&origin, || madar_read::read(document, kit))
}

/// What `work` gives; a fault of Madar's own that breaks it off costs what is worked on, and no more.
fn unbroken<T>(origin: &str, work: impl FnOnce() -> T) -> Result<T, Trouble> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Trouble {
        origin: origin.to_owned(),
        reason: format!("cannot read {origin:?}: Madar broke off on it"),
        hint: "that is a fault of Madar's: please report what it said above",
    })
}

fn origin(portion: &Portion) -> String {
    match portion {
        Portion::Item(Ok(path)) => shown(path),
        Portion::Piece(piece) => piece.origin().to_owned(),
        Portion::Item(Err(trouble)) | Portion::Lost(trouble) => trouble.origin.clone(),
    }
}

/// What lies in some bytes, each alone.
pub(super) fn opened(
    bytes: &[u8],
    given: &Given,
) -> impl Iterator<Item = Result<Document, Trouble>> {
    let origin = given.origin.clone().unwrap_or_default();
    let opened = madar_open::open_all(bytes, given).into_iter();
    opened.map(move |opened| opened.map_err(|error| Trouble::of(&error, &origin)))
}

impl Trouble {
    fn of(error: &OpenError, origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            reason: error.to_string(),
            hint: error.hint(),
        }
    }
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
    // a part of it would pass for all of it
    if bytes.len() > MAX_BYTES {
        return Err(Trouble {
            reason: format!("cannot open {origin:?}: it has more than {MAX_BYTES} bytes"),
            hint: "mailboxes, lines, tables of articles, crawls, wikis and archives of that size are read where they lie: name \
                   the file, without --queue",
            origin,
        });
    }
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
    // what came in twice at once is told as what was there before
    let reading = reading.filter(|_| added != Added::Same);
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

/// How far it has come; how many files there are is counted meanwhile, and until then nothing is said of the time left.
fn progress(paths: &[PathBuf]) -> ProgressBar {
    let style = |template| ProgressStyle::with_template(template).expect("it is well formed");
    let bar = ProgressBar::new(0).with_style(style("{pos} files; {len} found so far"));
    // hidden by itself where standard error is no terminal
    if bar.is_hidden() {
        return bar;
    }
    let (paths, counted) = (paths.to_vec(), bar.clone());
    thread::spawn(move || {
        for (count, _) in (1..).zip(items(&paths)) {
            counted.set_length(count);
        }
        counted.set_style(style("{bar:30} {pos} of {len} files, {eta} left"));
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_off_costs_itself_alone() {
        let broken = unbroken("a.txt", || panic!("a fault"));
        let trouble = broken.map(|(): ()| ()).expect_err("it broke off");
        assert_eq!(trouble.origin, "a.txt");
        assert!(trouble.reason.contains("a.txt"), "{}", trouble.reason);
        assert!(unbroken("b.txt", || 3).is_ok_and(|three| three == 3));
    }
}
