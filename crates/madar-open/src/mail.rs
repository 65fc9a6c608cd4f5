//! Mail: the body of a message as text, with its subject, sender and day; its attachments as files of
//! their own; a mailbox as its messages.

use madar_text::{Day, Metadata, Published, PublishedBasis, Stamp};
use mail_parser::{MessageParser, MimeHeaders, PartType};

use crate::line::Laid;
use crate::unpack::Member;
use crate::{html, plain};

/// Messages of a mailbox at most.
const MAX_MESSAGES: usize = 20_000;

pub(crate) struct Mail {
    pub(crate) laid: Laid,
    pub(crate) meta: Metadata,
    pub(crate) warnings: Vec<String>,
}

/// The message without its attachments; `None` when it is none.
pub(crate) fn read(bytes: &[u8]) -> Option<Mail> {
    let message = MessageParser::default().parse(bytes)?;
    let mut warnings = Vec::new();
    let text = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        _ => None,
    });
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        _ => None,
    });
    let laid = match (text, page) {
        (Some(text), _) => plain::lay(text.replace("\r\n", "\n")),
        (None, Some(page)) => {
            let read = html::read(&page);
            warnings.extend(read.warnings);
            read.laid
        }
        (None, None) => return None,
    };
    let sender = message.from().and_then(|from| from.first());
    let shown = sender.and_then(|from| from.name().or_else(|| from.address()));
    let published = message.date().map(|date| Published {
        stamp: Stamp {
            day: Day::new(
                i16::try_from(date.year).unwrap_or(1970),
                i8::try_from(date.month).unwrap_or(1),
                i8::try_from(date.day).unwrap_or(1),
            ),
            second: None,
        },
        basis: PublishedBasis::Metadata,
    });
    let meta = Metadata {
        title: message
            .subject()
            .map(|subject| subject.trim().to_owned())
            .filter(|subject| !subject.is_empty()),
        author: shown.map(str::to_owned),
        published,
        ..Metadata::default()
    };
    Some(Mail {
        laid,
        meta,
        warnings,
    })
}

/// Whether the bytes begin as mail does: a header that only mail has among the first lines.
pub(crate) fn is_mail(bytes: &[u8]) -> bool {
    const HEADERS: [&str; 6] = [
        "received:",
        "mime-version:",
        "message-id:",
        "return-path:",
        "delivered-to:",
        "from:",
    ];
    let head = &bytes[..bytes.len().min(4096)];
    let head = String::from_utf8_lossy(head).to_lowercase();
    let mut lines = head.lines();
    let header = |line: &str| {
        line.split_once(':')
            .is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '))
    };
    let found = lines
        .by_ref()
        .take_while(|line| header(line) || line.starts_with([' ', '\t']));
    let found: Vec<&str> = found.collect();
    found.len() >= 3
        && found
            .iter()
            .filter(|line| HEADERS.iter().any(|h| line.starts_with(h)))
            .count()
            >= 2
}

/// Whether the bytes begin as a mailbox does.
pub(crate) fn is_mailbox(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"From ") else {
        return false;
    };
    let line = rest.iter().position(|&b| b == b'\n');
    line.is_some_and(|end| is_mail(&rest[end + 1..]))
}

/// The messages of a mailbox, each with a number for its name.
pub(crate) fn messages(bytes: &[u8]) -> Vec<Member> {
    let mut starts: Vec<usize> = vec![0];
    let lines = bytes
        .windows(7)
        .enumerate()
        .filter(|(_, w)| *w == b"\n\nFrom ");
    starts.extend(lines.map(|(at, _)| at + 2));
    let crlf = bytes
        .windows(9)
        .enumerate()
        .filter(|(_, w)| *w == b"\r\n\r\nFrom ");
    starts.extend(crlf.map(|(at, _)| at + 4));
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let pairs = starts.iter().copied().zip(ends).take(MAX_MESSAGES).zip(1..);
    pairs
        .map(|((from, to), number): ((usize, usize), usize)| {
            let message = &bytes[from..to];
            let body = message
                .iter()
                .position(|&b| b == b'\n')
                .map_or(0, |end| end + 1);
            Member::new(
                format!("message {number}.eml"),
                Ok(message[body..].to_vec()),
            )
        })
        .collect()
}

/// The attachments of a message, by their names.
pub(crate) fn attachments(bytes: &[u8]) -> Vec<Member> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Vec::new();
    };
    let parts = message.attachments().zip(1..);
    parts
        .map(|(part, number): (_, usize)| {
            let name = part.attachment_name().map(str::to_owned);
            let bytes = match &part.body {
                PartType::Message(message) => message.raw_message().to_vec(),
                _ => part.contents().to_vec(),
            };
            Member::new(
                name.unwrap_or_else(|| format!("attachment {number}")),
                Ok(bytes),
            )
        })
        .collect()
}
