//! What holds several documents: ZIP archives, mailboxes and messages with attachments, and lines of
//! articles as JSON. Each member is opened as if it lay in a folder; what cannot be opened fails alone.

use madar_text::Document;

use crate::open::open_one;
use crate::zipped::{MAX_MEMBERS, MAX_UNPACKED, Zipped};
use crate::{Given, OpenError, articles, mail};

/// Archives within archives.
const MAX_NESTING: usize = 4;

/// A file within another.
pub(crate) struct Member {
    pub(crate) name: String,
    /// Or why it cannot be had.
    pub(crate) bytes: Result<Vec<u8>, String>,
}

/// Opens a file and all that it holds: one document for most, several for archives, mail and lines of
/// articles. Each says in its origin where it stands: `leak.zip › inbox/7.eml › contract.docx`.
pub fn open_all(bytes: &[u8], given: &Given) -> Vec<Result<Document, OpenError>> {
    let mut out = Vec::new();
    let mut left = MAX_UNPACKED;
    open_into(bytes, given, 0, &mut left, &mut out);
    out
}

/// `left` is what may still be unpacked, of the outermost file and of all within it.
fn open_into(
    bytes: &[u8],
    given: &Given,
    depth: usize,
    left: &mut usize,
    out: &mut Vec<Result<Document, OpenError>>,
) {
    if articles::are_lines(bytes) {
        out.extend(articles::read(bytes, given));
        return;
    }
    let members = if mail::is_mailbox(bytes) {
        mail::messages(bytes)
    } else if mail::is_mail(bytes) {
        // the message itself is a document, its attachments are others
        out.push(open_one(bytes, given));
        mail::attachments(bytes)
    } else if let Some(members) = unzipped(bytes, left) {
        members
    } else {
        out.push(open_one(bytes, given));
        return;
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
        let origin = given.origin.as_deref().unwrap_or("-");
        let given = Given {
            origin: Some(format!("{origin} › {}", member.name)),
            ..given.clone()
        };
        match member.bytes {
            Ok(bytes) => open_into(&bytes, &given, depth + 1, left, out),
            Err(reason) => out.push(Err(OpenError::Packed {
                name: given.name(),
                reason,
            })),
        }
    }
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
    let is_file =
        |name: &String| !name.ends_with('/') && !name.starts_with("__MACOSX/") && !hidden(name);
    let names: Vec<String> = archive.names().into_iter().filter(is_file).collect();
    let longer = archive.is_longer();
    let mut members: Vec<Member> = names
        .into_iter()
        .map(|name| Member {
            bytes: archive.read(&name),
            name,
        })
        .collect();
    *left = archive.left();
    if longer {
        let reason = format!("the archive has more than {MAX_MEMBERS} files: the rest is not read");
        members.push(Member {
            name: "…".to_owned(),
            bytes: Err(reason),
        });
    }
    Some(members)
}

fn hidden(name: &str) -> bool {
    name.rsplit('/')
        .next()
        .is_some_and(|file| file.starts_with('.'))
}
