//! Office files, mail and archives, made here; hostile ones among them.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::io::{Cursor, Write};

use madar_open::{Given, OpenError, open, open_all};
use madar_text::{BlockKind, Document};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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

fn given(origin: &str) -> Given {
    Given {
        origin: Some(origin.to_owned()),
        ..Given::default()
    }
}

fn told(document: &Document) -> Vec<(BlockKind, &str)> {
    document
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.of(&document.text)))
        .collect()
}

const WORD: &str = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>ميناء جديد في الجنوب</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">افتتح وزير النقل </w:t></w:r><w:r><w:t>ميناء جديداً &amp; مرسى.</w:t></w:r>
<w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>مخفي</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>First item of the list</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Talbot Marine</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>nine point nine per cent</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"#;

#[test]
fn a_word_file_gives_its_paragraphs() {
    let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>Anna Belova</dc:creator></cp:coreProperties>";
    let bytes = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", WORD.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ]);
    let document = open(&bytes, &given("a.docx")).unwrap();
    let expected = [
        (BlockKind::Title, "ميناء جديد في الجنوب"),
        (BlockKind::Paragraph, "افتتح وزير النقل ميناء جديداً & مرسى."),
        (BlockKind::ListItem, "First item of the list"),
        (BlockKind::Cell, "Talbot Marine"),
        (BlockKind::Cell, "nine point nine per cent"),
    ];
    assert_eq!(told(&document), expected);
    assert_eq!(document.meta.author.as_deref(), Some("Anna Belova"));
}

#[test]
fn an_open_document_gives_its_paragraphs() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>
<text:tracked-changes><text:p>Deleted words stay out.</text:p></text:tracked-changes>
<text:h text:outline-level="1">Порт продан</text:h>
<text:p>Министр<text:s/>транспорта <text:span>объявил</text:span> о сделке.</text:p>
<text:list><text:list-item><text:p>Первый пункт списка</text:p></text:list-item></text:list>
</office:text></office:body></office:document-content>"#;
    let mime: &[u8] = b"application/vnd.oasis.opendocument.text";
    let bytes = zip(&[("mimetype", mime), ("content.xml", content.as_bytes())]);
    let document = open(&bytes, &given("a.odt")).unwrap();
    let words: Vec<&str> = told(&document)
        .into_iter()
        .map(|(_, words)| words)
        .collect();
    assert_eq!(
        words,
        [
            "Порт продан",
            "Министр транспорта объявил о сделке.",
            "Первый пункт списка"
        ]
    );
}

const MAIL: &str = "From: Anna Belova <anna@harbour.example>\r\nTo: desk@harbour.example\r\n\
    Subject: =?windows-1256?B?xuTdyuTIxSDH4eHJ?=\r\nDate: Tue, 4 Mar 2025 10:00:00 +0300\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    The minister sold the port on Monday.\r\n--b\r\nContent-Type: text/plain\r\n\
    Content-Disposition: attachment; filename=\"note.txt\"\r\n\r\nTalbot Marine bought the port.\r\n--b--\r\n";

#[test]
fn a_message_and_its_attachments_are_documents() {
    let opened: Vec<Document> = open_all(MAIL.as_bytes(), &given("m.eml"))
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let [message, note] = opened.as_slice() else {
        panic!("{}", opened.len())
    };
    assert!(message.text.contains("sold the port") && !message.text.contains("Talbot"));
    assert_eq!(message.meta.author.as_deref(), Some("Anna Belova"));
    assert_eq!(
        message
            .meta
            .published
            .as_ref()
            .unwrap()
            .stamp
            .day
            .to_string(),
        "2025-03-04"
    );
    assert_eq!(note.meta.origin.as_deref(), Some("m.eml › note.txt"));
    assert!(note.text.contains("Talbot"));
}

#[test]
fn a_mailbox_is_its_messages() {
    let mailbox = format!(
        "From anna Tue Mar  4 10:00:00 2025\n{MAIL}\r\n\r\nFrom anna Tue Mar  4 11:00:00 2025\n{MAIL}"
    );
    assert_eq!(open_all(mailbox.as_bytes(), &given("box.mbox")).len(), 4);
}

#[test]
fn an_archive_is_its_files_and_a_bad_one_fails_alone() {
    let inner = zip(&[("deep.txt", "Порт продан в понедельник.".as_bytes())]);
    let bytes = zip(&[
        ("b/story.txt", b"The minister sold the port on Monday."),
        ("a/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\0"),
        ("inner.zip", &inner),
        ("__MACOSX/._x", b"resource fork"),
        (".hidden", b"hidden words"),
    ]);
    let opened = open_all(&bytes, &given("leak.zip"));
    let origins: Vec<String> = opened
        .iter()
        .map(|one| match one {
            Ok(document) => document.meta.origin.clone().unwrap(),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(origins.len(), 3, "{origins:?}");
    assert!(origins[0].contains("picture.png") && opened[0].is_err());
    assert_eq!(origins[1], "leak.zip › b/story.txt");
    assert_eq!(origins[2], "leak.zip › inner.zip › deep.txt");
}

#[test]
fn archives_in_archives_come_to_an_end() {
    let mut bytes = zip(&[("a.txt", b"The minister sold the port.")]);
    for _ in 0..9 {
        bytes = zip(&[("a.zip", &bytes)]);
    }
    let opened = open_all(&bytes, &given("a.zip"));
    assert!(matches!(opened.as_slice(), [Err(OpenError::Nested { .. })]));
}

#[test]
fn a_bomb_costs_what_it_may_and_no_more() {
    let zeros = vec![b'0'; 80 << 20];
    let bomb = zip(&[
        ("zeros.txt", &zeros),
        ("story.txt", b"The minister sold the port."),
    ]);
    assert!(bomb.len() < 1 << 20);
    let opened = open_all(&bomb, &given("bomb.zip"));
    assert_eq!(opened.iter().filter(|one| one.is_ok()).count(), 1);
    assert!(
        opened
            .iter()
            .any(|one| matches!(one, Err(OpenError::Packed { .. })))
    );
}

#[test]
fn lines_of_articles_are_documents() {
    let lines = concat!(
        "{\"title\": \"Port sold\", \"text\": \"The minister sold the port on Monday.\", \"url\": \"https://harbour.example/1\", ",
        "\"date\": \"2025-03-04T06:00:00Z\", \"site\": \"Harbour Post\", \"authors\": [\"Anna Belova\"]}\n",
        "{\"title\": \"no text\"}\n",
        "{broken\n",
        "{\"body\": \"Талбот купил порт.\"}\n"
    );
    let opened = open_all(lines.as_bytes(), &given("crawl.jsonl"));
    assert_eq!(
        opened.iter().map(Result::is_ok).collect::<Vec<_>>(),
        [true, false, false, true]
    );
    let first = opened[0].as_ref().unwrap();
    assert_eq!(first.meta.publisher.as_deref(), Some("Harbour Post"));
    assert_eq!(
        first.meta.address.as_deref(),
        Some("https://harbour.example/1")
    );
    assert_eq!(
        first.meta.published.as_ref().unwrap().stamp.day.to_string(),
        "2025-03-04"
    );
    assert_eq!(told(first)[0], (BlockKind::Title, "Port sold"));
    assert_eq!(first.meta.origin.as_deref(), Some("crawl.jsonl › line 1"));
}

#[test]
fn documents_of_followthemoney_are_read_and_its_people_left_to_lists() {
    let lines = concat!(
        "{\"id\": \"p1\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Anna Belova\"]}}\n",
        "{\"id\": \"a1\", \"schema\": \"Article\", \"properties\": {\"title\": [\"Port sold\"], \"bodyText\": ",
        "[\"The minister sold the port on Monday.\", \"Talbot bought it.\"], \"publisher\": [\"Harbour Post\"], ",
        "\"sourceUrl\": [\"https://harbour.example/1\"], \"publishedAt\": [\"2025-03-04\"]}}\n",
        "{\"id\": \"o1\", \"schema\": \"Ownership\", \"properties\": {\"owner\": [\"p1\"]}}\n",
    );
    let opened = open_all(lines.as_bytes(), &given("dump.ftm.json"));
    let [Ok(article), Err(left)] = &opened[..] else {
        panic!("one article, and one word on what is none: {opened:?}");
    };
    assert_eq!(article.meta.publisher.as_deref(), Some("Harbour Post"));
    let published = article.meta.published.as_ref().unwrap();
    assert_eq!(published.stamp.day.to_string(), "2025-03-04");
    let told: Vec<&str> = told(article).into_iter().map(|(_, text)| text).collect();
    assert_eq!(
        told[1..],
        ["The minister sold the port on Monday.", "Talbot bought it."]
    );
    assert_eq!(
        left.to_string(),
        "left 2 entities of \"dump.ftm.json\" out: they have no text"
    );
}

#[test]
fn damage_is_told_and_never_a_panic() {
    let whole = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", WORD.as_bytes()),
    ]);
    for cut in (0..whole.len()).step_by(7) {
        let _ = open_all(&whole[..cut], &given("cut.docx"));
    }
    for at in (0..whole.len()).step_by(11) {
        let mut bent = whole.clone();
        bent[at] ^= 0x55;
        let _ = open_all(&bent, &given("bent.docx"));
    }
    for cut in 0..MAIL.len() {
        let _ = open_all(&MAIL.as_bytes()[..cut], &given("cut.eml"));
    }
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn a_packed_dump_of_a_wiki_gives_its_pages() {
    let wiki = "<mediawiki><siteinfo><sitename>Port Wiki</sitename></siteinfo><page><title>Порт</title><revision>\
                <text>Порт принадлежит [[Морбанк]]у.</text></revision></page></mediawiki>";
    let mut packed = bzip2(wiki.as_bytes());
    let opened = open_all(&packed, &given("dump.xml.bz2"));
    let [Ok(page)] = &opened[..] else {
        panic!("{opened:?}");
    };
    assert_eq!(page.meta.origin.as_deref(), Some("dump.xml › Порт"));
    assert!(
        page.text.contains("Порт принадлежит Морбанку."),
        "{}",
        page.text
    );
    packed.truncate(packed.len() / 2);
    let opened = open_all(&packed, &given("dump.xml.bz2"));
    assert!(
        matches!(&opened[..], [Err(OpenError::Packed { .. })]),
        "{opened:?}"
    );
    let bomb = bzip2(&vec![b' '; 257 << 20]);
    let opened = open_all(&bomb, &given("dump.xml.bz2"));
    let [Err(error)] = &opened[..] else {
        panic!("a bomb was opened");
    };
    assert!(
        error.to_string().contains("unpacks to more than"),
        "{error}"
    );
}
