//! `madar bulk` and `madar merge`: reading apart from the case, on as many machines as there are, and taking in what
//! they read. What is read is a line each; the same article read twice gives the same line, and taking a line in twice
//! changes nothing: whoever is unsure whether a part was done does it again.

use std::fs::File;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use madar_case::{Added, Brought, Case, Said, brought, carried, carried_failure};
use madar_open::{Given, MAX_BYTES, OpenError, next_line};
use madar_read::{Kit, Reader, Reading};
use madar_text::Document;
use rayon::prelude::*;

use super::read::{
    BYTES_TOGETHER, MOST_TOGETHER, Trouble, items, large, pieces, reading, taken, tell,
};
use super::{Outcome, shown};
use crate::formats::out;

/// Lines that are read together: enough for all cores, few enough that the first come out soon.
const TOGETHER: usize = 64;
/// Pieces of a large file that are read together, to each core: they may be large themselves.
const PIECES: usize = 2;
/// Bytes of a line of what was read: a document of the largest size, its reading, base64.
const LONGEST: u64 = 8 * MAX_BYTES as u64;

/// Each article of standard input, a line of JSON each; or each document of these files.
pub(super) fn bulk(paths: &[PathBuf], reader: Reader) -> anyhow::Result<Outcome> {
    let kit = Kit::with(reader)?;
    let mut out = out();
    let mut failed = 0;
    let mut write = |lines: Vec<Line>| -> anyhow::Result<()> {
        for line in lines {
            failed += usize::from(line.failed);
            writeln!(out, "{}", line.text)?;
        }
        Ok(out.flush()?)
    };
    for item in items(paths) {
        match &item {
            Ok(path) if path.as_os_str() == "-" => {
                let mut lines = Numbered::new(std::io::stdin().lock());
                loop {
                    let some = lines.next(TOGETHER)?;
                    if some.is_empty() {
                        break;
                    }
                    let found = some.par_iter();
                    let found = found.map(|(number, line)| article(line, *number, &kit));
                    write(found.collect())?;
                }
            }
            Ok(path) if let Some((large, origin)) = large(path) => {
                let given = Given {
                    origin: Some(origin.clone()),
                    ..Given::default()
                };
                let mut pieces = pieces(large, given);
                loop {
                    let some: Vec<_> = pieces
                        .by_ref()
                        .take(PIECES * rayon::current_num_threads())
                        .collect();
                    if some.is_empty() {
                        break;
                    }
                    let found = some.into_par_iter().flat_map_iter(|piece| match piece {
                        Ok(piece) => lines(piece.open(), &origin, &kit),
                        Err(error) => vec![Line::failed(&origin, &error.to_string())],
                    });
                    write(found.collect())?;
                }
            }
            _ => write(match taken(&item) {
                Ok((bytes, origin)) => read(&bytes, &origin, &kit),
                Err(trouble) => vec![Line::failed(&trouble.origin, &trouble.reason)],
            })?,
        }
    }
    if failed > 0 {
        eprintln!("{failed} not read: their lines say why");
    }
    Ok(Outcome::Done)
}

/// A line of what was read, or why it was not.
struct Line {
    text: String,
    failed: bool,
}

impl Line {
    fn of(opened: Result<Document, OpenError>, place: &str, kit: &Kit) -> Self {
        match opened {
            Ok(document) => match reading(&document, kit) {
                Ok(reading) => Self {
                    text: carried(&document, &reading),
                    failed: false,
                },
                Err(trouble) => Self::failed(place, &trouble.reason),
            },
            Err(error) => Self::failed(place, &error.to_string()),
        }
    }

    fn failed(place: &str, reason: &str) -> Self {
        Self {
            text: carried_failure(place, reason),
            failed: true,
        }
    }
}

/// An article of standard input. Where it stood there says nothing of it, and is another place in each part.
fn article(line: &[u8], number: usize, kit: &Kit) -> Line {
    let opened = madar_open::open_article(line, &Given::default());
    Line::of(opened, &format!("line {number}"), kit)
}

/// What lies in a file.
fn read(bytes: &[u8], origin: &str, kit: &Kit) -> Vec<Line> {
    let given = Given {
        origin: Some(origin.to_owned()),
        ..Given::default()
    };
    lines(madar_open::open_all(bytes, &given), origin, kit)
}

fn lines(opened: Vec<Result<Document, OpenError>>, origin: &str, kit: &Kit) -> Vec<Line> {
    let opened = opened.into_iter();
    opened.map(|opened| Line::of(opened, origin, kit)).collect()
}

/// Lines of articles with their numbers, blank ones left out.
struct Numbered<L> {
    lines: L,
    number: usize,
}

impl<L: BufRead> Numbered<L> {
    fn new(lines: L) -> Self {
        Self { lines, number: 0 }
    }

    /// As many as there are, up to `most`.
    fn next(&mut self, most: usize) -> std::io::Result<Vec<(usize, Vec<u8>)>> {
        let mut out = Vec::with_capacity(most);
        while out.len() < most
            && let Some(line) = next_line(&mut self.lines, MAX_BYTES as u64)?
        {
            self.number += 1;
            if !line.iter().all(u8::is_ascii_whitespace) {
                out.push((self.number, line));
            }
        }
        Ok(out)
    }
}

/// Takes in what `bulk` wrote. What has come in is committed some hundred at a time; a run that is stopped is done again.
pub(super) fn merge(case: &Path, paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    let mut case = Case::open_or_create(case)?;
    case.clock(super::now());
    let mut intake = Intake::default();
    for path in paths {
        let origin = shown(path);
        let mut lines: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            let file = File::open(path).with_context(|| format!("cannot read {origin}"))?;
            Box::new(BufReader::new(file))
        };
        let mut number = 0_usize;
        while let Some(line) = next_line(&mut lines, LONGEST)? {
            number += 1;
            if !line.is_empty() {
                intake.take(&mut case, &line, (&origin, number))?;
            }
        }
    }
    intake.keep(&mut case)?;
    let Intake {
        new, known, failed, ..
    } = intake;
    if new + known + failed == 0 {
        bail!("there is nothing in it");
    }
    eprintln!("{new} new, {known} already there, {failed} not read");
    Ok(match failed {
        0 => Outcome::Done,
        _ => Outcome::Partly,
    })
}

/// Lines on their way into a case.
#[derive(Default)]
struct Intake {
    /// In hand, and the bytes of their lines.
    read: Vec<(Document, Reading)>,
    bytes: usize,
    new: usize,
    known: usize,
    failed: usize,
}

impl Intake {
    fn take(
        &mut self,
        case: &mut Case,
        line: &[u8],
        (origin, number): (&str, usize),
    ) -> anyhow::Result<()> {
        match brought(std::str::from_utf8(line).unwrap_or_default()) {
            Ok(Brought::Read(read)) => {
                self.read.push(*read);
                self.bytes += line.len();
                if self.read.len() == MOST_TOGETHER || self.bytes >= BYTES_TOGETHER {
                    self.keep(case)?;
                }
            }
            Ok(Brought::Failed(origin, reason)) => {
                self.refuse(origin, reason, "it was not read where it was");
            }
            // it alone is refused
            Err(error) => {
                let place = format!("{origin}, line {number}: {error}");
                self.refuse(origin.to_owned(), place, error.hint());
            }
        }
        Ok(())
    }

    fn keep(&mut self, case: &mut Case) -> anyhow::Result<()> {
        self.bytes = 0;
        for added in case.add_all(&std::mem::take(&mut self.read), Said::ByDocument)? {
            match added {
                Added::Same => self.known += 1,
                Added::New | Added::OtherCapture | Added::Replaced => self.new += 1,
            }
        }
        Ok(())
    }

    fn refuse(&mut self, origin: String, reason: String, hint: &'static str) {
        self.failed += 1;
        tell(&Trouble {
            origin,
            reason,
            hint,
        });
    }
}
