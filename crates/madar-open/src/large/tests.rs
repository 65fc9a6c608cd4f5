use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::open_all;

fn given(name: &str) -> Given {
    Given {
        origin: Some(name.to_owned()),
        ..Given::default()
    }
}

fn large(bytes: &[u8]) -> Large {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    let bytes = bytes.len() as u64;
    Large(Source::File { file, bytes })
}

fn cut(bytes: &[u8], name: &str) -> Vec<Result<Document, OpenError>> {
    pieces_of(large(bytes), name)
}

fn pieces_of(large: Large, name: &str) -> Vec<Result<Document, OpenError>> {
    let mut out = Vec::new();
    large.cut(&given(name), &mut |piece| {
        match piece {
            Ok(piece) => out.extend(piece.open()),
            Err(error) => out.push(Err(error)),
        }
        true
    });
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    archive.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let plain = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, plain).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const LINES: &str = "{\"text\":\"The minister sold the port.\",\"title\":\"Port\"}\n\n{\"text\":\"Порт продан.\"}\n{broken\n\
    {\"schema\":\"Person\",\"properties\":{\"name\":[\"Anna\"]}}\n";
const MAILBOX: &str = "From a\nFrom: a@b\nTo: c@d\nSubject: Port\nMessage-ID: 1\n\nThe port was sold.\n\nFrom here on it rained.\n\n\
    From b\nFrom: a@b\nTo: c@d\nSubject: Ship\nMessage-ID: 2\n\nThe ship came in.\n";
const TABLE: &str =
    "title,text,date\nPort,\"The port, sold.\",2025-03-04\nShip,The ship came in.,2025-03-05\n";
const CHANNEL: &str = "{\"name\":\"Harbour\",\"type\":\"public_channel\",\"id\":7,\"messages\":[\
    {\"id\":1,\"type\":\"message\",\"date\":\"2025-03-04T10:00:00\",\"from\":\"Harbour\",\"text\":\"The port was sold.\"},\
    {\"id\":2,\"type\":\"service\",\"text\":\"joined\"},{\"id\":3,\"type\":\"message\",\"text\":[\"The \",{\"text\":\"ship\"}]}]}";
const WIKI: &str = "<mediawiki xml:lang=\"en\"><siteinfo><sitename>Harbour wiki</sitename><base>https://wiki.example/Main</base></siteinfo>\
    <page><title>Port</title><ns>0</ns><revision><timestamp>2025-03-04T06:00:00Z</timestamp><text>The port was sold.</text></revision>\
    <revision><timestamp>2024-03-04T06:00:00Z</timestamp><text>It was not.</text></revision></page>\
    <page><title>Box</title><ns>10</ns><revision><text>A box.</text></revision></page>\
    <page><title>Ship</title><revision><text>The &lt;b&gt;ship&lt;/b&gt; came in.</text></revision></page></mediawiki>";
const CRAWL: &str = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n\
    WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\nWARC-Date: 2025-03-04T10:00:00Z\r\n\
    Content-Length: 62\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe port was sold\r\n\r\n\
    WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999\r\n\r\ncut short";

/// What is cut is what is opened at once, to the last word.
#[test]
fn a_large_file_gives_what_a_small_one_gives() {
    let members: [(&str, &[u8]); 4] = [
        ("a.txt", "The port was sold.".as_bytes()),
        (".hidden", b"x"),
        ("b/c.mbox", MAILBOX.as_bytes()),
        ("d.jsonl", LINES.as_bytes()),
    ];
    for (name, bytes, documents) in [
        ("a.jsonl", LINES.into(), 2),
        ("a.mbox", MAILBOX.into(), 2),
        ("a.csv", TABLE.into(), 2),
        ("result.json", CHANNEL.into(), 2),
        ("a.warc", CRAWL.into(), 1),
        ("a.xml", WIKI.into(), 2),
        ("a.tar", tar(&members), 5),
        ("a.zip", zip(&members), 5),
        ("a.jsonl.gz", gzip(LINES.as_bytes()), 2),
        ("a.tar.gz", gzip(&tar(&members)), 5),
        ("a.txt.gz", gzip(b"The port was sold."), 1),
        ("-", gzip(&gzip(b"The port was sold.")), 1),
    ] {
        let (small, large) = (open_all(&bytes, &given(name)), cut(&bytes, name));
        assert_eq!(
            small.iter().flatten().count(),
            documents,
            "{name}: {small:?}"
        );
        assert_eq!(small, large, "{name}");
        let stream = pieces_of(Large::stream(Cursor::new(bytes)), name);
        assert_eq!(small, stream, "{name}, as a stream");
    }
}

#[test]
fn what_is_one_document_stays_too_large() {
    let page = "The port was sold. ".repeat(MAX_BYTES / 19 + 10_000);
    for (name, bytes) in [
        ("a.txt", page.as_bytes()),
        ("a.csv", format!("a,b\n{page}").as_bytes()),
    ] {
        let told = cut(bytes, name);
        assert!(
            matches!(&told[..], [Err(OpenError::TooLarge { .. })]),
            "{name}"
        );
    }
    // beside others it alone is left out
    let line = format!("{LINES}{{\"text\":\"{page}\"}}\n{{\"text\":\"After it.\"}}\n");
    let told = cut(line.as_bytes(), "a.jsonl");
    assert_eq!(told.iter().flatten().count(), 3);
    let too_large = told
        .iter()
        .filter(|one| matches!(one, Err(OpenError::TooLarge { .. })));
    assert_eq!(too_large.count(), 1);
    let message = format!("{MAILBOX}\n\nFrom c\nSubject: a\n\n{page}\n\n{MAILBOX}");
    let told = cut(message.as_bytes(), "a.mbox");
    assert_eq!(told.iter().flatten().count(), 4);
    let row = format!("{TABLE}Long,\"{page}");
    let told = cut(row.as_bytes(), "a.csv");
    assert_eq!(told.iter().flatten().count(), 2);
    assert!(
        told[2]
            .as_ref()
            .is_err_and(|e| e.to_string().contains("a row of it"))
    );
}

/// The history of a page may be larger than what is held at once; one of its versions may not.
#[test]
fn a_wiki_is_cut_by_its_pages() {
    let version = format!(
        "<revision><text>{}</text></revision>",
        "The port. ".repeat(1_500_000)
    );
    let history = WIKI.replace(
        "<title>Port</title>",
        &format!("<title>Port</title>{}", version.repeat(5)),
    );
    let told = cut(history.as_bytes(), "a.xml");
    assert_eq!(told.iter().flatten().count(), 2, "{}", told.len());
    let endless = WIKI.replace("A box.", &"a box ".repeat(MAX_BYTES / 5));
    let told = cut(endless.as_bytes(), "a.xml");
    assert_eq!(told.iter().flatten().count(), 1);
    let last = told.last().unwrap().as_ref().unwrap_err().to_string();
    assert!(last.contains("a page of it is too large"), "{last}");
}

#[test]
fn what_unpacks_without_end_is_left() {
    let blank = format!("{}\n", " ".repeat(1_023)).repeat(MAX_BYTES / 1_024);
    let blank = gzip(blank.as_bytes());
    let mut bomb = gzip(LINES.as_bytes());
    for _ in 0..MAX_UNPACKED / MAX_BYTES {
        bomb.extend_from_slice(&blank);
    }
    let told = cut(&bomb, "a.jsonl.gz");
    assert_eq!(told.iter().flatten().count(), 2);
    let last = told.last().unwrap().as_ref().unwrap_err().to_string();
    assert!(
        last.contains("it unpacks to more than a file of its size may"),
        "{last}"
    );
    let stream = pieces_of(Large::stream(Cursor::new(bomb)), "-");
    assert_eq!(stream.len(), told.len());
    let large = vec![b' '; MAX_BYTES + 1];
    let told = pieces_of(Large::stream(Cursor::new(large.clone())), "-");
    let said = told[0].as_ref().unwrap_err().to_string();
    assert!(
        said.contains(&format!("it has more than {MAX_BYTES} bytes")),
        "{said}"
    );
    let told = cut(
        &zip(&[("a.txt", &large), ("b.txt", b"The port was sold.")]),
        "a.zip",
    );
    assert!(
        matches!(&told[..], [Err(OpenError::TooLarge { .. }), Ok(_)]),
        "{told:?}"
    );
}

#[test]
fn a_file_is_large_by_its_size_or_by_what_it_may_unpack_to() {
    let folder = tempfile::tempdir().unwrap();
    let of = |bytes: &[u8]| {
        let path = folder.path().join("a");
        std::fs::write(&path, bytes).unwrap();
        Large::of(&path).unwrap().is_some()
    };
    assert!(!of(&vec![b' '; MAX_BYTES]));
    assert!(of(&vec![b' '; MAX_BYTES + 1]));
    let packed = [b"\x1F\x8B".to_vec(), vec![0; MAX_UNPACKED / 20]].concat();
    assert!(of(&packed));
    assert!(!of(&packed[..MAX_UNPACKED / 20]));
}
