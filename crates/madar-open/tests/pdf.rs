//! PDF files of several producers against the texts that they were made from (`pdf/make.py`), and hostile ones.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document as File, Object, Stream, dictionary};
use madar_open::{Given, OpenError, open};
use madar_text::{BlockKind, Document, Spot, fold};

fn opened(bytes: &[u8]) -> Result<Document, OpenError> {
    open(
        bytes,
        &Given {
            origin: Some("a.pdf".to_owned()),
            ..Given::default()
        },
    )
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdf")
}

/// The words of a text and how often each stands in it; numbers with their signs.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | ':' | '-' | '%');
    for word in fold(text).split(|c: char| !inner(c)) {
        let word = word.trim_matches(['.', ',', '/', ':', '-']);
        if word.chars().any(char::is_alphanumeric) {
            *out.entry(word.to_owned()).or_default() += 1;
        }
    }
    out
}

#[test]
fn arabic_files_of_several_producers_give_their_text() {
    let mut seen = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "pdf") {
            continue;
        }
        seen += 1;
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text =
            fs::read_to_string(folder().join(format!("{}.txt", name.split('-').next().unwrap())))
                .unwrap();
        let document = opened(&fs::read(&path).unwrap()).unwrap();
        let read = document
            .blocks
            .iter()
            .filter(|b| b.kind != BlockKind::Furniture);
        let read: Vec<&str> = read.map(|b| b.span.of(&document.text)).collect();
        let (told, wanted) = (words(&read.join("\n")), words(&text));
        let both: usize = wanted
            .iter()
            .map(|(word, n)| n.min(told.get(word).unwrap_or(&0)))
            .sum();
        let share = |of: &BTreeMap<String, usize>| both as f64 / of.values().sum::<usize>() as f64;
        assert!(share(&wanted) >= 0.97, "{name}: recall {}", share(&wanted));
        assert!(share(&told) >= 0.97, "{name}: precision {}", share(&told));
        for (number, n) in wanted
            .iter()
            .filter(|(word, _)| word.contains(char::is_numeric))
        {
            assert!(told.get(number) >= Some(n), "{name}: {number}");
        }
        let title = text.lines().next().unwrap();
        assert_eq!(document.meta.title.as_deref(), Some(title), "{name}");
        assert_eq!(document.spot(0), Some(&Spot::Page(1)), "{name}");
    }
    assert_eq!(seen, 7);
}

#[test]
fn columns_are_read_one_after_the_other_and_tables_row_by_row() {
    let of = |name: &str| opened(&fs::read(folder().join(name)).unwrap()).unwrap();
    let columns = of("grain-chrome-columns.pdf");
    let at = |word: &str| columns.text.find(word).unwrap_or_else(|| panic!("{word}"));
    let order = [
        "كشفت وثائق",
        "وتُظهر السجلات",
        "وقال لاتيشيف",
        "مسار المال",
        "ونفى محامي",
        "ولا تزال السفينة",
    ];
    assert!(
        order.windows(2).all(|two| at(two[0]) < at(two[1])),
        "{}",
        columns.text
    );
    let table = of("table-chrome-naskh.pdf");
    let cells = table
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Cell)
        .map(|b| b.span.of(&table.text));
    let cells: Vec<&str> = cells.collect();
    assert_eq!(cells.len(), 24, "{cells:?}");
    assert_eq!(
        cells[4..8],
        ["شركة الميناء", "مؤسسة الأرز", "5,100,000", "19/04/2024"]
    );
}

/// A file of pages, each with these operators and one Latin font.
fn made(pages: &[Vec<Operation>]) -> Vec<u8> {
    let mut file = File::with_version("1.5");
    let tree = file.new_object_id();
    let font = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding" });
    let resources = file.add_object(dictionary! { "Font" => dictionary! { "F" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for operations in pages {
        let content = Content {
            operations: operations.clone(),
        }
        .encode()
        .unwrap();
        let content = file.add_object(Stream::new(Dictionary::new(), content));
        let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources };
        kids.push(file.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    let media: Vec<Object> = vec![0.into(), 0.into(), 595.into(), 842.into()];
    file.objects.insert(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "MediaBox" => media }
            .into(),
    );
    let root = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", root);
    let mut out = Vec::new();
    file.save_to(&mut out).unwrap();
    out
}

/// Lines at these heights.
fn lines(told: &[(i64, &str)]) -> Vec<Operation> {
    let mut out = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F".into(), 12.into()]),
    ];
    for (y, text) in told {
        let matrix: Vec<Object> = [1, 0, 0, 1, 60, *y].into_iter().map(Object::from).collect();
        out.push(Operation::new("Tm", matrix));
        out.push(Operation::new("Tj", vec![Object::string_literal(*text)]));
    }
    out.push(Operation::new("ET", vec![]));
    out
}

#[test]
fn pages_are_places_and_what_repeats_on_them_is_furniture() {
    let page = |number: i64, first: &str, second: &str| {
        let foot = format!("Page {number} of 3");
        lines(&[
            (800, "Harbour Post, special report"),
            (700, first),
            (686, second),
            (40, &foot),
        ])
    };
    let bytes = made(&[
        page(
            1,
            "The ministry of transport said on Tuesday that it had sold a stake",
            "in the port to a company from abroad. The sale was not ann-",
        ),
        page(
            2,
            "ounced before, and parliament has to approve it by the end of the",
            "year. The company declined to comment on the price of the stake.",
        ),
        page(
            3,
            "A second buyer was named in March by two members of the council,",
            "who asked not to be named because the talks are going on.",
        ),
    ]);
    let document = opened(&bytes).unwrap();
    let read: Vec<&str> = document
        .blocks
        .iter()
        .filter(|b| b.kind.is_read())
        .map(|b| b.span.of(&document.text))
        .collect();
    assert_eq!(read.len(), 2, "{read:?}");
    assert!(
        read[0].contains("The sale was not announced before"),
        "{}",
        read[0]
    );
    let spot =
        |words: &str| document.spot(u32::try_from(document.text.find(words).unwrap()).unwrap());
    assert_eq!(spot("The sale was"), Some(&Spot::Page(1)));
    assert_eq!(spot("parliament has"), Some(&Spot::Page(2)));
    assert_eq!(spot("A second buyer"), Some(&Spot::Page(3)));
    let furniture = document
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Furniture)
        .count();
    assert_eq!(furniture, 6);
}

#[test]
fn a_form_that_shows_itself_comes_to_an_end() {
    let mut file = File::load_mem(&made(&[lines(&[(
        700,
        "The ministry of transport sold a stake in the port on Tuesday.",
    )])]))
    .unwrap();
    let form = file.new_object_id();
    let shown = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => dictionary! { "XObject" => dictionary! { "X" => form } } };
    file.objects.insert(
        form,
        Stream::new(shown, b"/X Do /X Do /X Do".to_vec()).into(),
    );
    let page = file.page_iter().next().unwrap();
    let content = file.get_page_content(page);
    file.change_page_content(page, [content, b" /X Do".to_vec()].concat())
        .unwrap();
    let resources =
        dictionary! { "XObject" => dictionary! { "X" => form }, "Font" => dictionary! {} };
    file.get_dictionary_mut(page)
        .unwrap()
        .set("Resources", resources);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    // without its font nothing is shown; that it ends is what counts
    assert!(opened(&bytes).is_err());
}

#[test]
fn what_is_damaged_is_told_and_never_a_panic() {
    let whole = made(&[lines(&[(
        700,
        "The ministry of transport sold a stake in the port on Tuesday.",
    )])]);
    assert!(opened(&whole).is_ok());
    for cut in (8..whole.len()).step_by(13) {
        let _ = opened(&whole[..cut]);
    }
    for at in (8..whole.len()).step_by(7) {
        let mut bent = whole.clone();
        bent[at] ^= 0x15;
        let _ = opened(&bent);
    }
    let said = opened(b"%PDF-1.7\nnothing of the kind").unwrap_err();
    assert!(matches!(said, OpenError::Unreadable { .. }), "{said}");
}

#[test]
fn a_bomb_costs_what_it_may_and_no_more() {
    let mut file = File::load_mem(&made(&[lines(&[(700, "The port")])])).unwrap();
    let page = file.page_iter().next().unwrap();
    let content = file.get_page_contents(page)[0];
    let mut stream = Stream::new(Dictionary::new(), vec![b' '; 80 << 20]);
    stream.compress().unwrap();
    file.objects.insert(content, stream.into());
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    assert!(opened(&bytes).is_err());
}

#[test]
fn a_page_that_is_a_picture_needs_ocr() {
    let picture = vec![Operation::new("BI", vec![]), Operation::new("Tj", vec![])];
    let mut file = File::load_mem(&made(&[picture])).unwrap();
    let image = file.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 },
        vec![255],
    ));
    let page = file.page_iter().next().unwrap();
    file.change_page_content(page, b"q 500 0 0 500 40 40 cm /I Do Q".to_vec())
        .unwrap();
    let resources = dictionary! { "XObject" => dictionary! { "I" => image } };
    file.get_dictionary_mut(page)
        .unwrap()
        .set("Resources", resources);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    // a white picture: nothing is recognised in it, with tesseract or without
    assert!(
        matches!(opened(&bytes), Err(OpenError::NeedsOcr { .. })),
        "{:?}",
        opened(&bytes)
    );
}
