//! Watchlists and registers to entries: OFAC (CSV set, advanced XML), UN, EU (XML, CSV, journal), UK
//! (CSV, XML, OFSI), FollowTheMoney lines, plain CSV. Files are read record by record; a broken record
//! is told and skipped, and what a hostile one can make grow is bounded.
//!
//! ```
//! use madar_open::{ListFile, import_list};
//! let csv = "name,aliases,birth_date\nRodion Vasilenkov,Родион Василенков,1968-05-03\n";
//! let file = ListFile::new("own.csv", csv.as_bytes());
//! let import = import_list(vec![file]).expect("a header with names");
//! assert_eq!(import.entries[0].names[1].text, "Родион Василенков");
//! assert_eq!(import.entries[0].births[0].to_string(), "1968-05-03");
//! ```

// what all formats share
mod countries;
mod dates;
mod draft;
mod names;
mod rows;

// one file to a format
mod eu_xml;
mod ftm;
mod ofac_csv;
mod ofac_xml;
mod table;
mod uk_xml;
mod un;
mod xml;
pub(crate) use xml::resolved;

use std::io::{BufRead, BufReader, Cursor, Read};

use madar_text::{Day, ListEntry};

use draft::Drafts;

/// Bytes of one record (a row, a line, an element) at most; the largest on the lists, a movement with
/// its aliases and grounds, has 100 thousand. Guards memory.
pub(crate) const MAX_RECORD: usize = 8 << 20;
/// Bytes of a file that are looked at to tell its format.
const HEAD: usize = 1 << 16;
/// Broken records that are told one by one; the rest is counted.
const MAX_BROKEN: usize = 100;

/// One file of a list, to be read once.
pub struct ListFile<'a> {
    name: String,
    reader: Box<dyn Read + 'a>,
}

impl<'a> ListFile<'a> {
    /// `name` is for messages.
    pub fn new(name: impl Into<String>, reader: impl Read + 'a) -> Self {
        Self {
            name: name.into(),
            reader: Box::new(reader),
        }
    }
}

/// What was made of the files of one list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// *UN consolidated XML*.
    pub format: String,
    /// What the list is called where nobody says: *UN*.
    pub list: Option<String>,
    /// When the files say they were made.
    pub day: Option<Day>,
    /// In the order in which they were first seen.
    pub entries: Vec<ListEntry>,
    /// Records that could not be read, the first hundred.
    pub broken: Vec<BrokenRecord>,
    /// How many there are in all.
    pub broken_count: usize,
}

/// A record that was skipped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrokenRecord {
    /// File and line or record.
    pub place: String,
    pub reason: String,
}

/// Why files are no list, by what the user can do about it.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    #[error("{name:?} is no list that is known")]
    Unknown { name: String },
    #[error("{name:?} is {found}, the files before it are {expected}")]
    Mixed {
        name: String,
        found: String,
        expected: String,
    },
    #[error("{name:?} has no entries")]
    Empty { name: String },
    #[error("cannot read {name:?}: {source}")]
    Unreadable {
        name: String,
        source: std::io::Error,
    },
}

impl ListError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            ListError::Unknown { .. } => {
                "lists are OFAC, UN, EU, UK files, FollowTheMoney lines, or CSV with a header that has a column \"name\""
            }
            ListError::Mixed { .. } => "add the files of one list at a time",
            ListError::Empty { .. } => "was the file saved in full?",
            ListError::Unreadable { .. } => "may you read it?",
        }
    }
}

/// Where in a file a record stands.
#[derive(Clone, Copy)]
pub(crate) enum Row {
    Line(u64),
    Record(u64),
}

/// What importers fill.
pub(crate) struct Lists<'a> {
    pub(crate) drafts: Drafts,
    /// The file in hand.
    pub(crate) file: &'a str,
    /// Each row is an entry of its own, whatever its id.
    pub(crate) by_row: bool,
    day: Option<Day>,
    broken: Vec<BrokenRecord>,
    broken_count: usize,
}

impl Lists<'_> {
    pub(crate) fn place(&self, row: Row) -> String {
        match row {
            Row::Line(line) => format!("{} line {line}", self.file),
            Row::Record(number) => format!("{} record {number}", self.file),
        }
    }

    pub(crate) fn broken(&mut self, row: Row, reason: &str) {
        let place = self.place(row);
        self.broken_at(place, reason);
    }

    fn broken_at(&mut self, place: String, reason: &str) {
        self.broken_count += 1;
        if self.broken.len() < MAX_BROKEN {
            self.broken.push(BrokenRecord {
                place,
                reason: reason.chars().take(300).collect(),
            });
        }
    }

    /// When the file says it was made; of several the latest.
    pub(crate) fn dated(&mut self, text: &str) {
        self.day = self.day.max(dates::day(text));
    }
}

/// A format with what telling it has found out.
enum Format {
    OfacCsv(ofac_csv::Part),
    OfacXml,
    Un,
    EuXml,
    UkXml,
    Ftm,
    Table(table::Header),
}

impl Format {
    fn of(head: &str) -> Option<Format> {
        let start = head.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('<') {
            return match root(start)? {
                "CONSOLIDATED_LIST" => Some(Format::Un),
                "Sanctions" => Some(Format::OfacXml),
                "export" => Some(Format::EuXml),
                "Designations" => Some(Format::UkXml),
                _ => None,
            };
        }
        if start.starts_with(['{', '[']) {
            return Some(Format::Ftm);
        }
        if let Some(part) = ofac_csv::recognise(start) {
            return Some(Format::OfacCsv(part));
        }
        table::recognise(start).map(Format::Table)
    }

    fn name(&self) -> &str {
        match self {
            Format::OfacCsv(_) => "OFAC CSV",
            Format::OfacXml => "OFAC advanced XML",
            Format::Un => "UN consolidated XML",
            Format::EuXml => "EU consolidated XML",
            Format::UkXml => "UK sanctions list XML",
            Format::Ftm => "FollowTheMoney",
            Format::Table(header) => &header.table.format,
        }
    }

    fn list(&self) -> Option<&str> {
        match self {
            Format::OfacCsv(_) | Format::OfacXml => Some("OFAC"),
            Format::Un => Some("UN"),
            Format::EuXml => Some("EU"),
            Format::UkXml => Some("UK"),
            Format::Ftm => None,
            Format::Table(header) => header.table.list.as_deref(),
        }
    }

    fn read(&self, input: &mut dyn BufRead, lists: &mut Lists<'_>) {
        match self {
            Format::OfacCsv(part) => ofac_csv::read(*part, input, lists),
            Format::OfacXml => ofac_xml::read(input, lists),
            Format::Un => un::read(input, lists),
            Format::EuXml => eu_xml::read(input, lists),
            Format::UkXml => uk_xml::read(input, lists),
            Format::Ftm => ftm::read(input, lists),
            Format::Table(header) => table::read(header, input, lists),
        }
    }
}

/// The local name of the first element.
fn root(xml: &str) -> Option<&str> {
    let mut rest = xml;
    loop {
        let start = rest.find('<')? + 1;
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")?..];
        } else if !rest.starts_with(['?', '!']) {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
            let name = &rest[..end];
            return Some(name.rsplit(':').next().unwrap_or(name));
        }
    }
}

/// Reads the files of one list together.
///
/// # Errors
/// When a file cannot be read or is no list, when the files are of several formats, or when no entry
/// is in them. Broken records are no error.
pub fn import_list(files: Vec<ListFile<'_>>) -> Result<Import, ListError> {
    import(files, false)
}

/// Reads a table with a header, each row an entry of its own: names to be screened, with what else is
/// known of them.
///
/// # Errors
/// As [`import_list`]; also when the file is no table.
pub fn import_rows(file: ListFile<'_>) -> Result<Import, ListError> {
    import(vec![file], true)
}

fn import(files: Vec<ListFile<'_>>, by_row: bool) -> Result<Import, ListError> {
    let mut drafts = Drafts::default();
    let mut import: Option<Import> = None;
    let mut last = String::new();
    for file in files {
        let ListFile { name, mut reader } = file;
        let mut head = Vec::new();
        let read = reader.by_ref().take(HEAD as u64).read_to_end(&mut head);
        if let Err(source) = read {
            return Err(ListError::Unreadable { name, source });
        }
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        let format = Format::of(&String::from_utf8_lossy(&head));
        let format = format.filter(|format| !by_row || matches!(format, Format::Table(_)));
        let Some(format) = format else {
            return Err(ListError::Unknown { name });
        };
        let known = import.get_or_insert_with(|| Import {
            format: format.name().to_owned(),
            list: format.list().map(str::to_owned),
            day: None,
            entries: Vec::new(),
            broken: Vec::new(),
            broken_count: 0,
        });
        if known.format != format.name() {
            return Err(ListError::Mixed {
                name,
                found: format.name().to_owned(),
                expected: known.format.clone(),
            });
        }
        let mut lists = Lists {
            drafts,
            file: &name,
            by_row,
            day: known.day,
            broken: std::mem::take(&mut known.broken),
            broken_count: known.broken_count,
        };
        let mut input = BufReader::new(Cursor::new(head).chain(reader));
        format.read(&mut input, &mut lists);
        (known.day, known.broken_count) = (lists.day, lists.broken_count);
        known.broken = lists.broken;
        drafts = lists.drafts;
        last = name;
    }
    let Some(mut import) = import else {
        return Err(ListError::Empty { name: last });
    };
    finish(&mut import, drafts);
    if import.entries.is_empty() {
        return Err(ListError::Empty { name: last });
    }
    Ok(import)
}

fn finish(import: &mut Import, drafts: Drafts) {
    for result in drafts.finish() {
        match result {
            Ok(entry) => import.entries.push(entry),
            Err((place, reason)) => {
                import.broken_count += 1;
                if import.broken.len() < MAX_BROKEN {
                    import.broken.push(BrokenRecord { place, reason });
                }
            }
        }
    }
}

/// A line with its end; of one that is too long a byte more than is allowed, the rest is read past.
pub(crate) fn limited_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> std::io::Result<usize> {
    let most = MAX_RECORD as u64 + 1;
    let read = input.take(most).read_until(b'\n', line)?;
    if line.len() > MAX_RECORD && !line.ends_with(b"\n") {
        loop {
            let buffer = input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|b| *b == b'\n');
            let taken = end.map_or(buffer.len(), |at| at + 1);
            input.consume(taken);
            if end.is_some() {
                break;
            }
        }
    }
    Ok(read)
}
