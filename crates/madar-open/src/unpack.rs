//! What holds several documents: archives of any kind, mailboxes and messages with attachments, saved crawls, feeds, wikis,
//! conversations, and tables of articles. Each member is opened as if it lay in a folder; what cannot be opened fails alone.
//! Nothing is ever written: a member's name is shown and leads nowhere.

use std::io::Read;

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use madar_text::{Capture, Document};

use crate::open::{MAX_BYTES, open_one};
use crate::zipped::{MAX_MEMBERS, MAX_UNPACKED, Zipped};
use crate::{Given, OpenError, articles, chats, feeds, mail, mediawiki, parse_stamp, sheet, warc};

/// Archives within archives.
pub(crate) const MAX_NESTING: usize = 4;
/// Bytes of a member's name that are shown.
const NAME_BYTES: usize = 400;

/// A file within another.
pub(crate) struct Member {
    pub(crate) name: String,
    /// Or why it cannot be had.
    pub(crate) bytes: Result<Vec<u8>, String>,
    /// Where and when it was saved from the web.
    pub(crate) saved: Option<(String, Option<Capture>)>,
}

impl Member {
    pub(crate) fn new(name: String, bytes: Result<Vec<u8>, String>) -> Self {
        let saved = None;
        Self { name, bytes, saved }
    }

    /// A word on what is not read of an archive.
    pub(crate) fn missing(reason: String) -> Self {
        Self::new("…".to_owned(), Err(reason))
    }
}

/// Opens a file and all that it holds: one document for most, several for archives, mail, crawls, feeds, conversations and tables
/// of articles. Each says in its origin where it stands: `leak.zip › inbox/7.eml › contract.docx`.
pub fn open_all(bytes: &[u8], given: &Given) -> Vec<Result<Document, OpenError>> {
    let mut out = Vec::new();
    let mut left = MAX_UNPACKED;
    open_into(bytes, given, 0, &mut left, &mut out);
    out
}

/// What lies in a file.
enum Held {
    /// It is a document.
    Itself,
    Documents(Vec<Result<Document, OpenError>>),
    Members(Vec<Member>),
    /// It is a document and holds others.
    Both(Vec<Member>),
    /// It is one file, packed.
    Packed(Result<Vec<u8>, String>),
}

/// `left` is what may still be unpacked, of the outermost file and of all within it.
pub(crate) fn open_into(
    bytes: &[u8],
    given: &Given,
    depth: usize,
    left: &mut usize,
    out: &mut Vec<Result<Document, OpenError>>,
) {
    let members = match held(bytes, given, left) {
        Held::Itself => return out.push(open_one(bytes, given)),
        Held::Documents(documents) => return out.extend(documents),
        Held::Both(members) => {
            out.push(open_one(bytes, given));
            members
        }
        Held::Members(members) => members,
        Held::Packed(Ok(bytes)) if depth < MAX_NESTING => {
            let given = Given {
                origin: given.origin.as_deref().map(unpacked_name),
                ..given.clone()
            };
            return open_into(&bytes, &given, depth + 1, left, out);
        }
        Held::Packed(bytes) => vec![Member::new("…".to_owned(), bytes)],
    };
    if depth == MAX_NESTING {
        let name = given.name();
        out.push(Err(OpenError::Nested {
            name,
            most: MAX_NESTING,
        }));
        return;
    }
    for member in members {
        open_member(member, given, depth, left, out);
    }
}

pub(crate) fn open_member(
    member: Member,
    given: &Given,
    depth: usize,
    left: &mut usize,
    out: &mut Vec<Result<Document, OpenError>>,
) {
    let given = within(given, &member.name);
    let before = out.len();
    match member.bytes {
        Ok(bytes) => open_into(&bytes, &given, depth + 1, left, out),
        Err(reason) => out.push(Err(OpenError::Packed {
            name: given.name(),
            reason,
        })),
    }
    if let Some((address, capture)) = member.saved {
        let alone = out.len() - before == 1;
        for document in out[before..].iter_mut().flatten() {
            // entries of a feed do not share its address
            if alone {
                document.meta.address.get_or_insert_with(|| address.clone());
            }
            document.meta.capture.clone_from(&capture);
        }
    }
}

/// What is said of a file that lies within another.
pub(crate) fn within(given: &Given, name: &str) -> Given {
    let origin = given.origin.as_deref().unwrap_or("-");
    Given {
        origin: Some(format!("{origin} › {}", shown(name))),
        ..given.clone()
    }
}

fn held(bytes: &[u8], given: &Given, left: &mut usize) -> Held {
    if articles::are_lines(bytes) {
        return Held::Documents(articles::read(bytes, given));
    }
    if chats::is_telegram(bytes) || chats::is_whatsapp(bytes) {
        return Held::Documents(chats::read(bytes, given));
    }
    if mail::is_mailbox(bytes) {
        return Held::Members(mail::messages(bytes));
    }
    if mail::is_mail(bytes) {
        return Held::Both(mail::attachments(bytes));
    }
    if warc::is_warc(bytes) {
        return Held::Members(captured(bytes));
    }
    if bytes.starts_with(b"\x1F\x8B") {
        return Held::Packed(unpacked(MultiGzDecoder::new(bytes), left));
    }
    if is_bzip2(bytes) {
        return Held::Packed(unpacked(MultiBzDecoder::new(bytes), left));
    }
    if is_tar(bytes) {
        return Held::Members(untarred(bytes, left));
    }
    if mediawiki::is_export(bytes) {
        return Held::Documents(mediawiki::read(bytes, given));
    }
    if feeds::is_feed(bytes) {
        let entries = feeds::entries(bytes).into_iter().zip(1..);
        let documents = entries
            .map(|(entry, number): (_, usize)| articles::numbered(&entry, given, "entry", number));
        return Held::Documents(documents.collect());
    }
    if is_table(given)
        && let Some(documents) = table(bytes, given)
    {
        return Held::Documents(documents);
    }
    unzipped(bytes, left).map_or(Held::Itself, Held::Members)
}

pub(crate) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

/// Whether the name says that it is a table as text.
pub(crate) fn is_table(given: &Given) -> bool {
    let name = given.origin.as_deref().unwrap_or_default().to_lowercase();
    name.ends_with(".csv") || name.ends_with(".tsv")
}

/// The articles of a table that has them, one to a row; `None` for other tables.
fn table(bytes: &[u8], given: &Given) -> Option<Vec<Result<Document, OpenError>>> {
    let (rows, _) = sheet::rows(bytes);
    let (head, rows) = rows.split_first()?;
    if !articles::names_text(head) {
        return None;
    }
    let entry = |row: &Vec<String>| {
        let fields = head.iter().map(|name| name.trim().to_owned());
        fields
            .zip(row.iter().map(|field| field.clone().into()))
            .collect()
    };
    let told = rows.iter().zip(2..);
    Some(
        told.map(|(row, number): (_, usize)| articles::numbered(&entry(row), given, "row", number))
            .collect(),
    )
}

/// The pages of a crawl.
fn captured(bytes: &[u8]) -> Vec<Member> {
    let (pages, missing) = warc::pages(bytes);
    let mut members: Vec<Member> = pages.into_iter().map(Member::from).collect();
    members.extend(missing.map(Member::missing));
    members
}

impl From<warc::Captured> for Member {
    fn from(page: warc::Captured) -> Self {
        let moment = page.moment.as_deref().and_then(parse_stamp);
        let capture = moment.map(|at| Capture {
            at,
            digest: page.digest,
        });
        Self {
            name: page.address.clone(),
            bytes: page.bytes,
            saved: Some((page.address, capture)),
        }
    }
}

/// `BZh9` and the first digits of π, with which its first block begins.
pub(crate) fn is_bzip2(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BZh") && bytes.get(4..10) == Some(b"\x31\x41\x59\x26\x53\x59")
}

/// What a file holds that is packed in one or many parts.
fn unpacked(packed: impl Read, left: &mut usize) -> Result<Vec<u8>, String> {
    let most = *left as u64;
    let mut out = Vec::new();
    let read = packed.take(most + 1).read_to_end(&mut out);
    if out.len() as u64 > most {
        return Err(format!("it unpacks to more than {most} bytes"));
    }
    *left -= out.len();
    match read {
        Ok(_) => Ok(out),
        // a crawl that was cut short is its whole part
        Err(_) if warc::is_warc(&out) => Ok(out),
        Err(error) => Err(format!("it is damaged: {error}")),
    }
}

fn untarred(bytes: &[u8], left: &mut usize) -> Vec<Member> {
    let mut archive = tar::Archive::new(bytes);
    let mut members = Vec::new();
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return vec![Member::missing(format!("it is damaged: {error}"))],
    };
    for entry in entries {
        if members.len() == MAX_MEMBERS {
            members.push(Member::missing(format!(
                "the archive has more than {MAX_MEMBERS} files: the rest is not read"
            )));
            break;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                members.push(Member::missing(format!("it is damaged: {error}")));
                break;
            }
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        // links and devices lead elsewhere
        if !entry.header().entry_type().is_file() || is_hidden(&name) {
            continue;
        }
        let most = MAX_BYTES.min(*left) as u64;
        let mut out = Vec::new();
        let read = match entry.take(most + 1).read_to_end(&mut out) {
            Ok(_) if out.len() as u64 > most => {
                Err(format!("it unpacks to more than {most} bytes"))
            }
            Ok(read) => {
                *left -= read;
                Ok(out)
            }
            Err(error) => Err(format!("it is damaged: {error}")),
        };
        members.push(Member::new(name, read));
    }
    members
}

/// The files of a ZIP archive that is no office document; `None` if it is one, or no archive.
fn unzipped(bytes: &[u8], left: &mut usize) -> Option<Vec<Member>> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = Zipped::new(bytes, *left)?;
    if ["[Content_Types].xml", "mimetype"]
        .iter()
        .any(|name| archive.has(name))
    {
        return None;
    }
    let is_crawl = archive.has("datapackage.json");
    let mut names = archive.names();
    names.retain(|name| is_wanted(name, is_crawl));
    let longer = archive.is_longer();
    let mut members: Vec<Member> = names
        .into_iter()
        .map(|name| Member::new(name.clone(), archive.read(&name)))
        .collect();
    *left = archive.left();
    if longer {
        let reason = format!("the archive has more than {MAX_MEMBERS} files: the rest is not read");
        members.push(Member::missing(reason));
    }
    Some(members)
}

/// Whether a name of an archive is that of a file to read. Of a web archive these are its crawls: indexes and lists of pages say
/// nothing more.
pub(crate) fn is_wanted(name: &str, is_crawl: bool) -> bool {
    let wanted = !is_crawl || name.starts_with("archive/");
    wanted && !name.ends_with('/') && !name.starts_with("__MACOSX/") && !is_hidden(name)
}

pub(crate) fn is_hidden(name: &str) -> bool {
    name.rsplit('/')
        .next()
        .is_some_and(|file| file.starts_with('.') && file != "..")
}

/// `crawl.warc.gz` → `crawl.warc`
pub(crate) fn unpacked_name(origin: &str) -> String {
    let bare = origin.strip_suffix(".gz");
    let bare = bare.or_else(|| origin.strip_suffix(".bz2"));
    let bare = bare.unwrap_or(origin);
    bare.strip_suffix(".tgz")
        .map_or_else(|| bare.to_owned(), |stem| format!("{stem}.tar"))
}

/// A name as it may be shown: one line, not endless.
fn shown(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().filter(|c| !c.is_control()) {
        if out.len() >= NAME_BYTES {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}
