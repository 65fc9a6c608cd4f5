//! What holds several documents beside ZIP archives and mail: tables, feeds, crawls, archives, conversations; hostile ones too.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use madar_open::{Given, OpenError, open_all};
use madar_text::{BlockKind, Document, Spot};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn opened(bytes: &[u8], origin: &str) -> Vec<Result<Document, OpenError>> {
    let origin = Some(origin.to_owned());
    open_all(
        bytes,
        &Given {
            origin,
            ..Given::default()
        },
    )
}

/// All of them documents.
fn documents(bytes: &[u8], origin: &str) -> Vec<Document> {
    opened(bytes, origin)
        .into_iter()
        .map(Result::unwrap)
        .collect()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        out.append(&header, *bytes).unwrap();
    }
    out.into_inner().unwrap()
}

fn day(document: &Document) -> String {
    document
        .meta
        .published
        .as_ref()
        .unwrap()
        .stamp
        .day
        .to_string()
}

fn workbook(sheet: &str) -> Vec<u8> {
    zip(&[
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Payments" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/styles.xml", br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>"#).as_bytes()),
    ])
}

#[test]
fn cells_of_a_workbook_are_passages() {
    let bytes = workbook(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>المستفيد</t></is></c><c r="B1" t="inlineStr"><is><t>Amount</t></is></c></row>
        <row r="7"><c r="A7" t="inlineStr"><is><t>نادين الأسعد</t></is></c><c r="B7"><v>1250.75</v></c><c r="C7" s="1"><v>45000</v></c></row>"#,
    );
    let told = documents(&bytes, "payments.xlsx");
    let [table] = told.as_slice() else {
        panic!("{}", told.len())
    };
    let cells: Vec<(&Spot, &str)> = table
        .blocks
        .iter()
        .map(|b| (table.spot(b.span.start).unwrap(), b.span.of(&table.text)))
        .collect();
    let cell = |name: &str| Spot::Cell(format!("Payments!{name}"));
    let expected = [
        (&cell("A1"), "المستفيد"),
        (&cell("B1"), "Amount"),
        (&cell("A7"), "نادين الأسعد"),
        (&cell("B7"), "1250.75"),
        (&cell("C7"), "2023-03-15"),
    ];
    assert_eq!(cells, expected);
    assert!(table.blocks.iter().all(|b| b.kind == BlockKind::Cell));
}

#[test]
fn a_table_as_text_gives_cells_or_its_articles() {
    let plain = documents(
        "Payer;Sum\nTalbot Marine;5,100,000\n".as_bytes(),
        "sums.csv",
    );
    assert_eq!(
        plain[0].spot(plain[0].blocks[3].span.start),
        Some(&Spot::Cell("B2".to_owned()))
    );
    assert_eq!(plain[0].blocks[3].span.of(&plain[0].text), "5,100,000");
    let table = "url,date,title,text\nhttps://harbour.example/1,2025-03-04,Port sold,\"The minister sold the port, on Monday.\"\n\
        https://harbour.example/2,2025-03-05,Talks,\"The talks\nwent on.\"\n";
    let told = documents(table.as_bytes(), "articles.csv");
    assert_eq!(told.len(), 2);
    assert_eq!(
        told[0].meta.address.as_deref(),
        Some("https://harbour.example/1")
    );
    assert_eq!(
        (told[0].meta.title.as_deref(), day(&told[1]).as_str()),
        (Some("Port sold"), "2025-03-05")
    );
    assert_eq!(told[1].meta.origin.as_deref(), Some("articles.csv › row 3"));
}

#[test]
fn entries_of_feeds_are_documents() {
    let rss = r#"<?xml version="1.0"?><rss version="2.0" xmlns:dc="d" xmlns:content="c"><channel><title>Harbour Post</title><link>https://harbour.example/</link>
        <item><title>Port sold &amp; handed over</title><link>https://harbour.example/1</link><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><dc:creator>Anna Belova</dc:creator>
        <description>short</description><content:encoded><![CDATA[<p>The minister <b>sold</b> the port on Monday.</p><p>Talbot Marine paid for it.</p>]]></content:encoded></item>
        <item><title>بيع الميناء</title><guid isPermaLink="true">https://harbour.example/2</guid><pubDate>الثلاثاء 4 مارس 2025</pubDate><description>افتتح الوزير الميناء الجديد.</description></item></channel></rss>"#;
    let told = documents(rss.as_bytes(), "feed.xml");
    let [first, second] = told.as_slice() else {
        panic!("{}", told.len())
    };
    assert_eq!(first.meta.title.as_deref(), Some("Port sold & handed over"));
    assert_eq!(first.meta.publisher.as_deref(), Some("Harbour Post"));
    assert_eq!(first.meta.author.as_deref(), Some("Anna Belova"));
    assert_eq!(
        first.meta.address.as_deref(),
        Some("https://harbour.example/1")
    );
    assert_eq!(
        first.meta.published.as_ref().unwrap().stamp.second,
        Some(36_000)
    );
    assert!(
        first.text.contains("The minister sold the port on Monday.")
            && first.text.contains("Talbot Marine paid"),
        "{}",
        first.text
    );
    assert_eq!(
        (second.meta.address.as_deref(), day(second).as_str()),
        (Some("https://harbour.example/2"), "2025-03-04")
    );
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Порт</title><entry><title>Порт продан</title><link rel="self" href="https://no.example"/>
        <link href="https://port.example/1"/><updated>2025-03-05T00:00:00Z</updated><published>2025-03-04T01:00:00Z</published><author><name>Анна</name></author>
        <content type="html">&lt;p&gt;Министр продал порт в понедельник.&lt;/p&gt;</content></entry></feed>"#;
    let told = documents(atom.as_bytes(), "atom.xml");
    assert_eq!(
        told[0].meta.address.as_deref(),
        Some("https://port.example/1")
    );
    assert_eq!(
        (told[0].meta.author.as_deref(), day(&told[0]).as_str()),
        (Some("Анна"), "2025-03-04")
    );
    assert!(told[0].text.contains("Министр продал порт в понедельник."));
}

fn record(kind: &str, address: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-03-04T10:00:00Z\r\n\
         WARC-Payload-Digest: sha1:2NHLXM\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    [
        format!("HTTP/1.1 {status}\r\n{headers}\r\n\r\n").as_bytes(),
        body,
    ]
    .concat()
}

const PAGE: &[u8] = b"<!DOCTYPE html><html><title>Port sold</title><body><h1>Port sold</h1><p>The minister sold the port to Talbot Marine on Monday.</p></body></html>";

fn crawl() -> Vec<Vec<u8>> {
    let chunked = [
        b"5\r\n<html\r\n".as_slice(),
        format!("{:x}\r\n", PAGE.len()).as_bytes(),
        PAGE,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    vec![
        record("warcinfo", "", b"software: none\r\n"),
        record(
            "response",
            "https://harbour.example/1",
            &answer("200 OK", "Content-Type: text/html; charset=utf-8", PAGE),
        ),
        record(
            "response",
            "https://harbour.example/logo",
            &answer("200 OK", "Content-Type: image/png", b"\x89PNG"),
        ),
        record(
            "response",
            "https://harbour.example/gone",
            &answer("404 Not Found", "Content-Type: text/html", PAGE),
        ),
        record(
            "response",
            "https://harbour.example/2",
            &answer(
                "200 OK",
                "Content-Type: text/html\r\nContent-Encoding: gzip",
                &gzip(PAGE),
            ),
        ),
        record(
            "response",
            "https://harbour.example/3",
            &answer(
                "200 OK",
                "Content-Type: text/html\r\nTransfer-Encoding: chunked",
                &chunked,
            ),
        ),
    ]
}

#[test]
fn pages_of_a_crawl_are_documents_with_their_capture() {
    let whole = crawl().concat();
    let parts = crawl()
        .iter()
        .flat_map(|record| gzip(record))
        .collect::<Vec<u8>>();
    let wacz = zip(&[
        ("datapackage.json", b"{}"),
        ("archive/data.warc.gz", &parts),
        ("pages/pages.jsonl", b"{\"text\": \"listed\"}"),
        ("indexes/index.cdx", b"x y"),
    ]);
    for (bytes, name, at) in [
        (&whole, "a.warc", "a.warc"),
        (&parts, "a.warc.gz", "a.warc"),
        (&wacz, "a.wacz", "a.wacz › archive/data.warc"),
    ] {
        let told = documents(bytes, name);
        assert_eq!(told.len(), 3, "{name}");
        let first = &told[0];
        assert_eq!(
            first.meta.address.as_deref(),
            Some("https://harbour.example/1")
        );
        assert_eq!(
            first.meta.origin.as_deref(),
            Some(format!("{at} › https://harbour.example/1").as_str())
        );
        let capture = first.meta.capture.as_ref().unwrap();
        assert_eq!(
            (capture.at.day.to_string().as_str(), capture.at.second),
            ("2025-03-04", Some(36_000))
        );
        assert_eq!(capture.digest.as_deref(), Some("sha1:2NHLXM"));
        assert!(
            told.iter()
                .all(|d| d.text.contains("sold the port to Talbot Marine"))
        );
    }
    let cut = opened(&whole[..whole.len() - 100], "cut.warc");
    assert!(cut[0].is_ok() && cut.last().unwrap().is_err());
}

#[test]
fn tar_archives_are_their_files_and_names_lead_nowhere() {
    let inner = tar(&[("deep.txt", "Порт продан в понедельник.".as_bytes())]);
    let bytes = tar(&[
        ("b/story.txt", b"The minister sold the port on Monday."),
        (
            "../../etc/passwd",
            b"The minister bought the port on Tuesday.",
        ),
        ("inner.tar.gz", &gzip(&inner)),
        ("._story.txt", b"resource fork"),
    ]);
    for (bytes, name) in [
        (bytes.clone(), "leak.tar"),
        (gzip(&bytes), "leak.tar.gz"),
        (gzip(&bytes), "leak.tgz"),
    ] {
        let told = documents(&bytes, name);
        let origins: Vec<&str> = told
            .iter()
            .map(|d| d.meta.origin.as_deref().unwrap())
            .collect();
        assert_eq!(
            origins,
            [
                "leak.tar › b/story.txt",
                "leak.tar › ../../etc/passwd",
                "leak.tar › inner.tar › deep.txt"
            ]
        );
    }
    let mut linked = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    linked
        .append_link(&mut header, "link.txt", "/etc/passwd")
        .unwrap();
    assert!(opened(&linked.into_inner().unwrap(), "links.tar").is_empty());
}

const TELEGRAM: &str = r#"{"name": "Harbour Watch", "type": "public_channel", "id": 1234, "messages": [
    {"id": 1, "type": "service", "date": "2025-03-04T09:00:00", "action": "create_channel", "text": ""},
    {"id": 402, "type": "message", "date": "2025-03-04T13:21:00", "date_unixtime": "1741083660", "edited": "2025-03-04T14:00:00", "from": "Harbour Watch",
     "from_id": "channel1234", "forwarded_from": "صوت الساحل", "reply_to_message_id": 399, "text": ["باع الوزير ", {"type": "bold", "text": "الميناء"}, " إلى شركة تالبوت يوم الاثنين."]},
    {"id": 403, "type": "message", "date": "2025-03-04T13:30:00", "from": "Harbour Watch", "text": "", "photo": "x.jpg"},
    {"id": 404, "type": "message", "date": "2025-03-05T13:30:00", "from": "Harbour Watch", "text": "The minister denied it."}]}"#;

#[test]
fn messages_of_telegram_are_documents_and_forwards_are_credited() {
    let told = documents(TELEGRAM.as_bytes(), "result.json");
    let [first, second] = told.as_slice() else {
        panic!("{}", told.len())
    };
    assert_eq!(first.meta.publisher.as_deref(), Some("Harbour Watch"));
    assert_eq!(
        first.meta.published.as_ref().unwrap().stamp.second,
        Some(10 * 3600 + 21 * 60)
    );
    assert_eq!(first.spot(0), Some(&Spot::Message(402)));
    assert_eq!(
        first.meta.origin.as_deref(),
        Some("result.json › Harbour Watch › message 402")
    );
    assert_eq!(first.blocks[0].kind, BlockKind::Dateline);
    assert_eq!(
        first.blocks[0].span.of(&first.text),
        "Forwarded from: صوت الساحل"
    );
    assert_eq!(
        first.blocks[1].span.of(&first.text),
        "باع الوزير الميناء إلى شركة تالبوت يوم الاثنين."
    );
    assert_eq!(
        first.warnings,
        [
            "forwarded from صوت الساحل",
            "edited 2025-03-04T14:00:00",
            "in reply to message 399"
        ]
    );
    assert!(second.text == "The minister denied it." && day(second) == "2025-03-05");
    assert!(opened(&TELEGRAM.as_bytes()[..700], "result.json")[0].is_err());
}

#[test]
fn messages_of_whatsapp_are_documents() {
    let chat = "04/03/2025, 10:20 - Messages and calls are end-to-end encrypted.\n\
        04/03/2025, 10:21 - Anna Belova: The minister sold the port.\nTalbot Marine bought it.\n\
        04/03/2025, 10:22 - Sami: <Media omitted>\n\
        25/03/2025, 10:23 - سامي: نفى الوزير ذلك. <This message was edited>\n";
    let told = documents(chat.as_bytes(), "WhatsApp Chat with Desk.txt");
    let [first, second] = told.as_slice() else {
        panic!("{}", told.len())
    };
    assert_eq!(first.meta.publisher.as_deref(), Some("Anna Belova"));
    assert_eq!(day(first), "2025-03-04");
    assert!(first.text.contains("Talbot Marine bought it."));
    assert_eq!(second.spot(0), Some(&Spot::Message(3)));
    assert_eq!(
        (second.meta.publisher.as_deref(), second.text.as_str()),
        (Some("سامي"), "نفى الوزير ذلك.")
    );
    // month first, as only a phone set to American English has it
    let american = "[3/4/25, 9:05:01 AM] Anna: The port was sold.\n[3/25/25, 9:05:01 PM] Anna: It was denied.\n";
    let days: Vec<String> = documents(american.as_bytes(), "chat.txt")
        .iter()
        .map(day)
        .collect();
    assert_eq!(days, ["2025-03-04", "2025-03-25"]);
    // a text that begins with a day is none
    let note = "04/03/2025, a note\nThe minister sold the port on Monday.\n";
    assert_eq!(documents(note.as_bytes(), "note.txt").len(), 1);
}

#[test]
fn bombs_cost_what_they_may_and_no_more() {
    let zeros = vec![b'0'; 90 << 20];
    let sparse = workbook(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>The end of it</t></is></c></row>"#,
    );
    assert_eq!(documents(&sparse, "sparse.xlsx")[0].blocks.len(), 2);
    let deep = (0..9).fold(b"The minister sold the port.".to_vec(), |inner, _| {
        gzip(&inner)
    });
    assert!(opened(&deep, "deep.gz").iter().all(Result::is_err));
    for (bytes, name) in [
        (gzip(&zeros), "zeros.gz"),
        (gzip(&tar(&[("zeros.txt", &zeros)])), "zeros.tar.gz"),
    ] {
        assert!(bytes.len() < 1 << 20);
        assert!(opened(&bytes, name).iter().all(Result::is_err), "{name}");
    }
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><title>x</title><item><title>Port &b;&b;&b;</title></item></channel></rss>"#;
    let laughed = opened(laughs.as_bytes(), "laughs.xml");
    assert!(laughed.iter().flatten().all(|d| d.text.len() < 200));
    let nested = format!(
        "<rss><channel>{}<item><title>Port sold</title></item>",
        "<a>".repeat(200_000)
    );
    let _ = opened(nested.as_bytes(), "nested.xml");
    let line = format!(
        "04/03/2025, 10:21 - Anna: {}\n04/03/2025, 10:22 - Anna: word\n",
        "word ".repeat(2_000_000)
    );
    assert_eq!(opened(line.as_bytes(), "long.txt").len(), 2);
    let braces = format!(
        "{{\"name\": \"x\", \"type\": \"y\", \"id\": 1, \"messages\": {}",
        "[".repeat(1_000_000)
    );
    assert!(opened(braces.as_bytes(), "result.json")[0].is_err());
}

/// Files that are nearly what their openers take, with stretches cut out, doubled and changed.
fn bent() -> impl Strategy<Value = (Vec<u8>, &'static str)> {
    let whole: Vec<(Vec<u8>, &'static str)> = vec![
        (workbook(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Port</t></is></c></row>"#), "a.xlsx"),
        (crawl().concat(), "a.warc"),
        (gzip(&crawl().concat()), "a.warc.gz"),
        (tar(&[("a.txt", b"The minister sold the port.")]), "a.tar"),
        (TELEGRAM.as_bytes().to_vec(), "result.json"),
        ("04/03/2025, 10:21 - Anna: The port\n[4/3/25, 10:21:05\u{202F}PM] Anna: sold\n".as_bytes().to_vec(), "a.txt"),
        (b"<?xml version='1.0'?><rss><channel><title>x</title><item><title>Port</title><link>l</link><description>&lt;p&gt;sold</description></item></channel></rss>".to_vec(), "a.xml"),
        (b"a,b\n\"c,d\",e\n".to_vec(), "a.csv"),
    ];
    (
        proptest::sample::select(whole),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        any::<u8>(),
        0..4_u8,
    )
        .prop_map(|((mut bytes, name), a, b, byte, how)| {
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            let (from, to) = (a.min(b), a.max(b));
            match how {
                0 => bytes.truncate(from),
                1 => bytes[from] ^= byte,
                2 => drop(bytes.drain(from..to)),
                _ => bytes.extend_from_within(from..to),
            }
            (bytes, name)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_panics_and_every_place_is_in_the_text((bytes, name) in bent()) {
        for document in opened(&bytes, name).iter().flatten() {
            for block in &document.blocks {
                prop_assert!(document.text.get(block.span.start as usize..block.span.end as usize).is_some());
            }
            for place in &document.places {
                prop_assert!(document.text.is_char_boundary(place.start as usize));
            }
            prop_assert!(document.places.windows(2).all(|two| two[0].start <= two[1].start));
        }
    }
}
