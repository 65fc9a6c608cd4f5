//! Web archives: each page of a WARC file that was saved in full is a document with its address, the moment of its capture and
//! the digest that the archive states.
//!
//! A record is a header of lines, a blank line, and as many bytes as the header says; of responses these are an HTTP message.

use std::borrow::Cow;
use std::io::{BufRead, Read as _};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::open::MAX_BYTES;

/// Records of a file at most, and bytes of a header.
const MOST_RECORDS: usize = 100_000;
const MOST_HEADER: usize = 64 << 10;

pub(crate) const DAMAGED: &str =
    "the archive is damaged: what comes after the last page is not read";
pub(crate) const CUT_SHORT: &str = "the archive is cut short: its last record is not read";

/// One page as it was captured.
pub(crate) struct Captured {
    pub(crate) address: String,
    /// As the archive writes it: `2025-03-04T10:00:00Z`.
    pub(crate) moment: Option<String>,
    pub(crate) digest: Option<String>,
    /// Of the payload, or why it cannot be had.
    pub(crate) bytes: Result<Vec<u8>, String>,
}

pub(crate) fn is_warc(bytes: &[u8]) -> bool {
    bytes.starts_with(b"WARC/")
}

/// The pages in their order, and a word on what could not be read.
pub(crate) fn pages(bytes: &[u8]) -> (Vec<Captured>, Option<String>) {
    let mut out = Vec::new();
    let mut rest = bytes;
    for _ in 0..MOST_RECORDS {
        while let [b'\r' | b'\n', tail @ ..] = rest {
            rest = tail;
        }
        if rest.is_empty() {
            return (out, None);
        }
        let Some((header, body)) = parted(rest).filter(|_| is_warc(rest)) else {
            return (out, Some(DAMAGED.to_owned()));
        };
        let length = length(&header).and_then(|length| usize::try_from(length).ok());
        let Some(length) = length.filter(|&length| length <= body.len()) else {
            return (out, Some(CUT_SHORT.to_owned()));
        };
        let (body, after) = body.split_at(length);
        out.extend(captured(&header, body));
        rest = after;
    }
    (
        out,
        Some(format!(
            "the archive has more than {MOST_RECORDS} records: the rest is not read"
        )),
    )
}

/// Bytes of a record after its header.
pub(crate) fn length(header: &str) -> Option<u64> {
    field(header, "content-length")?.parse().ok()
}

/// The header of the next record, read to its blank line; `None` where there is none.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn header(from: &mut dyn BufRead) -> std::io::Result<Option<String>> {
    let mut header = Vec::new();
    loop {
        let most = (MOST_HEADER - header.len()) as u64;
        let before = header.len();
        from.take(most).read_until(b'\n', &mut header)?;
        match &header[before..] {
            b"\n" | b"\r\n" => break,
            line if !line.ends_with(b"\n") => return Ok(None),
            _ => {}
        }
    }
    let header = String::from_utf8_lossy(&header).into_owned();
    Ok(is_warc(header.as_bytes()).then_some(header))
}

/// A record of a page that was answered with success; others hold no text of their own.
pub(crate) fn captured(header: &str, body: &[u8]) -> Option<Captured> {
    let kind = field(header, "warc-type")?;
    let address = field(header, "warc-target-uri")?
        .trim_matches(['<', '>'])
        .to_owned();
    let found = |bytes| Captured {
        address,
        moment: field(header, "warc-date").map(str::to_owned),
        digest: field(header, "warc-payload-digest").map(str::to_owned),
        bytes,
    };
    match kind.to_lowercase().as_str() {
        "response" => {
            let (head, payload) = parted(body)?;
            let head = &*head;
            let status = head.split_whitespace().nth(1)?;
            let media = field(head, "content-type").unwrap_or("text/html");
            (status.starts_with('2') && is_text(media)).then(|| found(decoded(head, payload)))
        }
        "resource" | "conversion" => {
            let media = field(header, "content-type").unwrap_or("text/plain");
            is_text(media).then(|| found(Ok(body.to_vec())))
        }
        _ => None,
    }
}

/// What may hold an article.
fn is_text(media: &str) -> bool {
    let media = media
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let known = [
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "application/rss+xml",
        "application/atom+xml",
    ];
    known.contains(&media.as_str())
}

/// The payload without what only carries it.
fn decoded(head: &str, payload: &[u8]) -> Result<Vec<u8>, String> {
    let chunked =
        field(head, "transfer-encoding").is_some_and(|how| how.to_lowercase().contains("chunked"));
    // archives often say so of what they have put together already
    let whole = if chunked { unchunked(payload) } else { None };
    let bytes = whole.unwrap_or_else(|| payload.to_vec());
    let most = MAX_BYTES as u64 + 1;
    let mut out = Vec::new();
    let read = match field(head, "content-encoding")
        .map(str::to_lowercase)
        .as_deref()
    {
        Some("gzip" | "x-gzip") if bytes.starts_with(b"\x1F\x8B") => {
            MultiGzDecoder::new(&bytes[..])
                .take(most)
                .read_to_end(&mut out)
        }
        Some("deflate") => ZlibDecoder::new(&bytes[..])
            .take(most)
            .read_to_end(&mut out),
        Some(other @ ("br" | "zstd" | "compress")) => {
            return Err(format!("it is packed by {other}, which is not read"));
        }
        _ => return Ok(bytes),
    };
    match read {
        Ok(_) => Ok(out),
        // what came out before the damage is still the page's beginning
        Err(_) if !out.is_empty() => Ok(out),
        Err(error) => Err(format!("it is damaged: {error}")),
    }
}

fn unchunked(mut payload: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = payload.windows(2).take(64).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&payload[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        payload = &payload[end + 2..];
        if size == 0 {
            return Some(out);
        }
        if size > payload.len() {
            return None;
        }
        out.extend_from_slice(&payload[..size]);
        payload = payload[size..]
            .strip_prefix(b"\r\n")
            .unwrap_or(&payload[size..]);
    }
}

/// A header and what follows its blank line.
fn parted(bytes: &[u8]) -> Option<(Cow<'_, str>, &[u8])> {
    let most = &bytes[..bytes.len().min(MOST_HEADER)];
    let crlf = most
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .map(|at| (at, 4));
    let lf = most
        .windows(2)
        .position(|two| two == b"\n\n")
        .map(|at| (at, 2));
    let (at, gap) = [crlf, lf].into_iter().flatten().min()?;
    Some((String::from_utf8_lossy(&bytes[..at]), &bytes[at + gap..]))
}

fn field<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    header.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim()
            .eq_ignore_ascii_case(name)
            .then_some(value.trim())
    })
}
