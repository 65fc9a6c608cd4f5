//! Files that are too large to be held: mailboxes, articles as lines or rows, crawls, archives, wikis and exports of Telegram are cut as they
//! are read, packed or not, so that memory holds a piece and never the file. Each piece is opened like what lies in a small
//! file, and says the same of where it stands. What is one document stays too large.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read, Seek as _};
use std::path::Path;
use std::rc::Rc;

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use madar_text::Document;
use zip::ZipArchive;

use crate::chats::{self, Message};
use crate::feeds::Entry;
use crate::lines::next_line;
use crate::mediawiki::{self, Page, Site};
use crate::open::MAX_BYTES;
use crate::unpack::{self, MAX_NESTING, Member};
use crate::zipped::MAX_UNPACKED;
use crate::{Given, OpenError, articles, mail, sheet, warc};

/// How many times its size a packed file may unpack to: more than texts do, less than what is made to fill a disk.
const MOST_TIMES: u64 = 20;
/// Bytes by which a format is told.
const HEAD: u64 = articles::FIRST_LINE as u64;
/// Bytes that are read at once where a line may have no end.
const STRETCH: u64 = 1 << 20;

/// What is cut into pieces.
pub struct Large(Source);

enum Source {
    File { file: File, bytes: u64 },
    Stream(Box<dyn Read + Send>),
}

/// Something that lies in a large file, not opened yet: that is work for another core.
pub struct Piece {
    given: Given,
    what: What,
}

pub(crate) enum What {
    Member(Member),
    /// What is not large at all, out of so many packings.
    Whole(Vec<u8>, usize),
    Line(usize, Vec<u8>),
    Row(usize, Entry),
    Message(Option<String>, Box<Message>),
    Page(Box<(Page, Site)>),
}

impl Piece {
    /// The file that it lies in.
    pub fn origin(&self) -> &str {
        self.given.origin.as_deref().unwrap_or_default()
    }

    /// As [`crate::open_all`] does.
    pub fn open(self) -> Vec<Result<Document, OpenError>> {
        let given = &self.given;
        let (mut out, mut left) = (Vec::new(), MAX_UNPACKED);
        match self.what {
            What::Member(member) => unpack::open_member(member, given, 0, &mut left, &mut out),
            What::Whole(bytes, depth) => {
                unpack::open_into(&bytes, given, depth, &mut left, &mut out);
            }
            What::Line(number, line) => {
                out.extend(articles::line(&line, given, number).transpose());
            }
            What::Row(number, row) => out.push(articles::numbered(&row, given, "row", number)),
            What::Message(chat, message) => {
                out.push(chats::document(&message, chat.as_deref(), given));
            }
            What::Page(page) => out.push(mediawiki::document(&page.0, &page.1, given)),
        }
        out
    }
}

impl Large {
    /// The file, if it is one: larger than what is held at once, or packed and perhaps so when it is unpacked.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(path: &Path) -> io::Result<Option<Self>> {
        let bytes = std::fs::metadata(path)?.len();
        if bytes.saturating_mul(MOST_TIMES) <= MAX_UNPACKED as u64 {
            return Ok(None);
        }
        let mut file = File::open(path)?;
        let mut head = Vec::new();
        file.by_ref().take(10).read_to_end(&mut head)?;
        file.rewind()?;
        let is_large = bytes > MAX_BYTES as u64 || Packing::of(&head).is_some();
        Ok(is_large.then_some(Self(Source::File { file, bytes })))
    }

    /// What comes in of unknown size, and need not be large. A ZIP that is does not lie where it could be cut.
    pub fn stream(from: impl Read + Send + 'static) -> Self {
        Self(Source::Stream(Box::new(from)))
    }

    /// Hands over piece by piece, and what cannot be had of it, until `take` wants no more.
    pub fn cut(self, given: &Given, take: &mut dyn FnMut(Result<Piece, OpenError>) -> bool) {
        let bytes = match self.0 {
            Source::File { bytes, .. } => bytes,
            Source::Stream(_) => 0,
        };
        let most = bytes.saturating_mul(MOST_TIMES).max(MAX_UNPACKED as u64);
        let left = Rc::new(Cell::new(most));
        let mut cutter = Cutter {
            left: Rc::clone(&left),
            take,
        };
        let cut = match self.0 {
            Source::File { file, .. } => cutter.file(file, given),
            Source::Stream(from) => cutter.unpacked(&mut Granting { from, left }, given, 0),
        };
        // whoever wants no more is told nothing more
        cutter.told(cut, given, bytes).ok();
    }
}

/// Why cutting ended before the end.
pub(crate) enum Stop {
    /// Nobody wants more.
    Enough,
    Because(String),
    /// It is one document.
    Whole,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Because(match error.kind() {
            ErrorKind::FileTooLarge => error.to_string(),
            _ => format!("it is damaged: {error}"),
        })
    }
}

pub(crate) type Cut = Result<(), Stop>;

#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Bzip2,
}

impl Packing {
    fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"\x1F\x8B") {
            return Some(Self::Gzip);
        }
        unpack::is_bzip2(head).then_some(Self::Bzip2)
    }
}

struct Cutter<'a> {
    /// Bytes that may still be unpacked, of the file and of all within it.
    left: Rc<Cell<u64>>,
    take: &'a mut dyn FnMut(Result<Piece, OpenError>) -> bool,
}

impl Cutter<'_> {
    fn put(&mut self, given: &Given, what: What) -> Cut {
        let given = given.clone();
        self.give(Ok(Piece { given, what }))
    }

    fn give(&mut self, piece: Result<Piece, OpenError>) -> Cut {
        match (self.take)(piece) {
            true => Ok(()),
            false => Err(Stop::Enough),
        }
    }

    /// Says why a file was not cut to its end.
    fn told(&mut self, cut: Cut, given: &Given, bytes: u64) -> Cut {
        let name = given.name();
        let error = match cut {
            Ok(()) => return Ok(()),
            Err(Stop::Enough) => return Err(Stop::Enough),
            Err(Stop::Because(reason)) => OpenError::Packed { name, reason },
            Err(Stop::Whole) => too_large(name, bytes),
        };
        self.give(Err(error))
    }

    fn file(&mut self, mut file: File, given: &Given) -> Cut {
        let mut head = [0; 4];
        let read = file.read(&mut head)?;
        file.rewind()?;
        match &head[..read] {
            b"PK\x03\x04" => self.zip(file, given),
            _ => self.stream(&mut file, given, 0),
        }
    }

    fn stream(&mut self, from: &mut dyn Read, given: &Given, depth: usize) -> Cut {
        let mut head = Vec::new();
        from.take(HEAD).read_to_end(&mut head)?;
        let packing = Packing::of(&head);
        let mut whole = Cursor::new(head.clone()).chain(from);
        if let Some(packing) = packing {
            if depth == MAX_NESTING {
                let name = given.name();
                let most = MAX_NESTING;
                return self.give(Err(OpenError::Nested { name, most }));
            }
            let given = Given {
                origin: given.origin.as_deref().map(unpack::unpacked_name),
                ..given.clone()
            };
            let from: &mut dyn Read = match packing {
                Packing::Gzip => &mut MultiGzDecoder::new(whole),
                Packing::Bzip2 => &mut MultiBzDecoder::new(whole),
            };
            let left = Rc::clone(&self.left);
            let says = "it unpacks to more than a file of its size may";
            return self.unpacked(&mut Rationed { from, left, says }, &given, depth + 1);
        }
        self.pieces(&head, &mut whole, given, depth)
    }

    /// What a packed file holds, or what comes in of unknown size, which need not be large.
    fn unpacked(&mut self, from: &mut dyn Read, given: &Given, depth: usize) -> Cut {
        let mut head = Vec::new();
        from.take(HEAD).read_to_end(&mut head)?;
        let mut whole = Cursor::new(head.clone()).chain(from);
        if Packing::of(&head).is_some() {
            return self.stream(&mut whole, given, depth);
        }
        match self.pieces(&head, &mut whole, given, depth) {
            Err(Stop::Whole) => {
                // nothing of it was taken but the head
                let (most, does) = match depth {
                    0 => (MAX_BYTES, "has"),
                    _ => (MAX_UNPACKED, "unpacks to"),
                };
                let mut bytes = Vec::new();
                whole.take(most as u64 + 1).read_to_end(&mut bytes)?;
                match bytes.len() > most {
                    true => Err(Stop::Because(format!("it {does} more than {most} bytes"))),
                    false => self.put(given, What::Whole(bytes, depth)),
                }
            }
            other => other,
        }
    }

    /// By what the head says; where it is nothing that can be cut, nothing is read.
    fn pieces(&mut self, head: &[u8], from: &mut dyn Read, given: &Given, depth: usize) -> Cut {
        if articles::are_lines(head) {
            return self.lines(&mut BufReader::new(from), given);
        }
        if chats::is_telegram(head) {
            return self.telegram(from, given);
        }
        if mail::is_mailbox(head) {
            return self.mailbox(&mut BufReader::new(from), given);
        }
        if warc::is_warc(head) {
            return self.crawl(&mut BufReader::new(from), given);
        }
        if unpack::is_tar(head) {
            return self.tar(from, given, depth);
        }
        if mediawiki::is_export(head) {
            return self.wiki(from, given);
        }
        if unpack::is_table(given) {
            return self.table(head, from, given);
        }
        Err(Stop::Whole)
    }

    fn lines(&mut self, from: &mut dyn BufRead, given: &Given) -> Cut {
        let (mut number, mut entities) = (0, 0);
        while let Some(line) = next_line(from, MAX_BYTES as u64)? {
            number += 1;
            if line.len() > MAX_BYTES {
                let name = format!("line {number} of {}", given.name());
                self.give(Err(too_large(name, line.len() as u64)))?;
            } else if articles::is_entity_without_text(&line) {
                entities += 1;
            } else if !line.iter().all(u8::is_ascii_whitespace) {
                self.put(given, What::Line(number, line))?;
            }
        }
        let name = given.name();
        match entities {
            0 => Ok(()),
            _ => self.give(Err(OpenError::Entities { name, entities })),
        }
    }

    /// Messages begin with a line `From …` after an empty one.
    fn mailbox(&mut self, from: &mut dyn BufRead, given: &Given) -> Cut {
        let (mut number, mut bytes) = (0_usize, 0);
        let mut message = Vec::new();
        let (mut begins_line, mut after_empty) = (true, true);
        loop {
            let mut line = Vec::new();
            let read = from.take(STRETCH).read_until(b'\n', &mut line)?;
            let begins = begins_line && after_empty && line.starts_with(b"From ");
            if number > 0 && (begins || read == 0) {
                let name = format!("message {number}.eml");
                match bytes > MAX_BYTES {
                    true => {
                        let name = format!("{name} of {}", given.name());
                        self.give(Err(too_large(name, bytes as u64)))?;
                    }
                    false => {
                        let message = std::mem::take(&mut message);
                        self.put(given, What::Member(Member::new(name, Ok(message))))?;
                    }
                }
                (message, bytes) = (Vec::new(), 0);
            }
            if read == 0 {
                return Ok(());
            }
            if begins {
                number += 1;
            } else {
                bytes += read;
                if bytes <= MAX_BYTES {
                    message.extend_from_slice(&line);
                }
            }
            after_empty = begins_line && matches!(&line[..], b"\n" | b"\r\n");
            begins_line = line.ends_with(b"\n");
        }
    }

    fn crawl(&mut self, from: &mut dyn BufRead, given: &Given) -> Cut {
        loop {
            while let Some(b'\r' | b'\n') = from.fill_buf()?.first() {
                from.consume(1);
            }
            if from.fill_buf()?.is_empty() {
                return Ok(());
            }
            let Some(header) = warc::header(from)? else {
                return self.lost(warc::DAMAGED, given);
            };
            let Some(length) = warc::length(&header) else {
                return self.lost(warc::CUT_SHORT, given);
            };
            let most = length.min(MAX_BYTES as u64);
            let mut body = Vec::new();
            let held = from.take(most).read_to_end(&mut body)? as u64;
            let rest = io::copy(&mut from.take(length - most), &mut io::sink())?;
            if held + rest < length {
                return self.lost(warc::CUT_SHORT, given);
            }
            let Some(mut page) = warc::captured(&header, &body) else {
                continue;
            };
            if rest > 0 {
                page.bytes = Err(format!("it has more than {MAX_BYTES} bytes"));
            }
            self.put(given, What::Member(Member::from(page)))?;
        }
    }

    /// What is left of a file, and why.
    fn lost(&mut self, reason: &str, given: &Given) -> Cut {
        self.put(given, What::Member(Member::missing(reason.to_owned())))
    }

    fn tar(&mut self, from: &mut dyn Read, given: &Given, depth: usize) -> Cut {
        for entry in tar::Archive::new(from).entries()? {
            let mut entry = entry?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            // links and devices lead elsewhere
            if entry.header().entry_type().is_file() && !unpack::is_hidden(&name) {
                let bytes = entry.size();
                self.member(name, bytes, &mut entry, given, depth)?;
            }
        }
        Ok(())
    }

    fn zip(&mut self, file: File, given: &Given) -> Cut {
        let damaged =
            |error: zip::result::ZipError| Stop::Because(format!("it is damaged: {error}"));
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        let has = |name: &str| archive.index_for_name(name).is_some();
        if has("[Content_Types].xml") || has("mimetype") {
            return Err(Stop::Whole);
        }
        let is_crawl = has("datapackage.json");
        let mut names: Vec<String> = archive.file_names().flatten().map(String::from).collect();
        names.retain(|name| unpack::is_wanted(name, is_crawl));
        names.sort();
        for name in names {
            let left = Rc::clone(&self.left);
            match archive.by_name(&name) {
                Ok(mut member) => {
                    let bytes = member.size();
                    let from = &mut Rationed {
                        from: &mut member,
                        left,
                        says: "it unpacks to more than a file of its size may",
                    };
                    self.member(name, bytes, from, given, 0)?;
                }
                Err(error) => {
                    let member = Member::new(name, Err(error.to_string()));
                    self.put(given, What::Member(member))?;
                }
            }
        }
        Ok(())
    }

    /// A file of an archive; one that is large is cut in its turn. What breaks it breaks nothing else, but that too much was
    /// unpacked.
    fn member(
        &mut self,
        name: String,
        bytes: u64,
        from: &mut dyn Read,
        given: &Given,
        depth: usize,
    ) -> Cut {
        if bytes > MAX_BYTES as u64 && depth < MAX_NESTING {
            let given = unpack::within(given, &name);
            let cut = self.stream(from, &given, depth + 1);
            return self.told(cut, &given, bytes);
        }
        let mut held = Vec::new();
        let read = from.take(MAX_BYTES as u64 + 1).read_to_end(&mut held);
        let held = match read {
            Err(error) if error.kind() == ErrorKind::FileTooLarge => return Err(error.into()),
            Err(error) => Err(format!("it is damaged: {error}")),
            Ok(read) if read > MAX_BYTES => {
                Err(format!("it unpacks to more than {MAX_BYTES} bytes"))
            }
            Ok(_) => Ok(held),
        };
        self.put(given, What::Member(Member::new(name, held)))
    }

    /// The articles of a table that has them.
    fn table(&mut self, head: &[u8], from: &mut dyn Read, given: &Given) -> Cut {
        let text = match std::str::from_utf8(head) {
            Ok(text) => text,
            // the head ends within a letter
            Err(error) if error.error_len().is_none() => {
                std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
            }
            Err(_) => {
                return Err(Stop::Because(
                    "a table of this size is read in UTF-8 only".to_owned(),
                ));
            }
        };
        let field = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let first = sheet::reader(text, head)
            .into_byte_records()
            .flatten()
            .next();
        let heads: Vec<String> = first.iter().flatten().map(field).collect();
        if !articles::names_text(&heads) {
            return Err(Stop::Whole);
        }
        let ration = Ration::of_a_piece();
        let mut rows = sheet::reader(text, ration.of(from, "a row of it is too large"));
        for (row, number) in rows.byte_records().zip(1..).skip(1) {
            let row = match row.map_err(csv::Error::into_kind) {
                Ok(row) => row,
                Err(csv::ErrorKind::Io(error)) => return Err(error.into()),
                Err(_) => continue,
            };
            ration.renew();
            let fields = heads.iter().map(|name| name.trim().to_owned());
            let fields = fields.zip(row.iter().map(|bytes| field(bytes).into()));
            self.put(given, What::Row(number, fields.collect()))?;
        }
        Ok(())
    }

    fn telegram(&mut self, from: &mut dyn Read, given: &Given) -> Cut {
        let ration = Ration::of_a_piece();
        let mut from = BufReader::new(ration.of(from, "a message of it is too large"));
        if from.fill_buf()?.starts_with(b"\xEF\xBB\xBF") {
            from.consume(3);
        }
        let mut stop = None;
        let mut put = |chat: Option<&str>, message: Message| {
            if !chats::has_words(&message) {
                return true;
            }
            let what = What::Message(chat.map(str::to_owned), Box::new(message));
            let put = self.put(given, what);
            put.map_err(|end| stop = Some(end)).is_ok()
        };
        let read = chats::each_of_telegram(from, &ration, &mut put);
        match (stop, read) {
            (Some(stop), _) => Err(stop),
            (None, Err(reason)) => Err(Stop::Because(reason)),
            (None, Ok(())) => Ok(()),
        }
    }

    fn wiki(&mut self, from: &mut dyn Read, given: &Given) -> Cut {
        let ration = Ration::of_a_piece();
        let from = BufReader::new(ration.of(from, "a page of it is too large"));
        let mut none = true;
        let mut stop = None;
        let mut put = |page: Page, site: &Site| {
            none = false;
            let put = self.put(given, What::Page(Box::new((page, site.clone()))));
            put.map_err(|end| stop = Some(end)).is_ok()
        };
        let read = mediawiki::each(from, &mut || ration.renew(), &mut put);
        match (stop, read) {
            (Some(stop), _) => Err(stop),
            (None, Err(reason)) => Err(Stop::Because(reason)),
            (None, Ok(())) if none => Err(Stop::Because(mediawiki::NO_PAGE.to_owned())),
            (None, Ok(())) => Ok(()),
        }
    }
}

fn too_large(name: String, bytes: u64) -> OpenError {
    OpenError::TooLarge {
        name,
        bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
        most: MAX_BYTES,
    }
}

/// How much may be read before the next piece is whole: nothing that has no end is collected.
pub(crate) struct Ration(Rc<Cell<u64>>);

impl Ration {
    fn of_a_piece() -> Self {
        Self(Rc::new(Cell::new(MAX_BYTES as u64)))
    }

    fn of<'a>(&self, from: &'a mut dyn Read, says: &'static str) -> Rationed<'a> {
        let left = Rc::clone(&self.0);
        Rationed { from, left, says }
    }

    pub(crate) fn renew(&self) {
        self.0.set(MAX_BYTES as u64);
    }

    /// For what is read past and not kept.
    pub(crate) fn lift(&self) {
        self.0.set(u64::MAX);
    }
}

/// Each byte that comes in may unpack to so many.
struct Granting {
    from: Box<dyn Read + Send>,
    left: Rc<Cell<u64>>,
}

impl Read for Granting {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        let more = (read as u64).saturating_mul(MOST_TIMES);
        self.left.set(self.left.get().saturating_add(more));
        Ok(read)
    }
}

struct Rationed<'a> {
    from: &'a mut dyn Read,
    left: Rc<Cell<u64>>,
    /// Why there is no more.
    says: &'static str,
}

impl Read for Rationed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        match self.left.get().checked_sub(read as u64) {
            Some(left) => {
                self.left.set(left);
                Ok(read)
            }
            None => Err(io::Error::new(ErrorKind::FileTooLarge, self.says)),
        }
    }
}

#[cfg(test)]
mod tests;
