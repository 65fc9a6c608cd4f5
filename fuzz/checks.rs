//! What must hold of whatever comes in, one function to a door: the fuzz targets call them, and so does a test of the workspace
//! with the inputs that fuzzing found worth keeping.

use std::sync::LazyLock;

use madar_case::{Brought, brought};
use madar_names::{Index, Name, NameKind, Score, compare, score};
use madar_open::{Given, Large, ListFile, feeds_of, import_list, open_all};
use madar_read::{Kit, read};
use madar_text::{Document, Lang, Span, fold, language, sentences, tokens};

/// A check takes any bytes; it fails by panicking.
pub(crate) type Check = fn(&[u8]);

pub(crate) const ALL: [(&str, Check); 7] = [
    ("open", open),
    ("cut", cut),
    ("words", words),
    ("reading", reading),
    ("names", names),
    ("lists", lists),
    ("carried", carried),
];

/// What files go by; the first byte of an input chooses.
const FILES: [&str; 8] = [
    "a.pdf",
    "a.csv",
    "a.txt",
    "a.html",
    "a.md",
    "result.json",
    "a.xml",
    "a",
];
const LISTS: [&str; 4] = ["a.csv", "a.xml", "a.json", "a.jsonl"];
const LANGS: [Lang; 4] = [Lang::Ar, Lang::En, Lang::Ru, Lang::Other];
const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organisation, NameKind::Other];

static KIT: LazyLock<Kit> = LazyLock::new(Kit::bundled);

fn choose<'a, T: Copy>(bytes: &'a [u8], of: &[T]) -> Option<(T, &'a [u8])> {
    let (&first, rest) = bytes.split_first()?;
    Some((of[usize::from(first) % of.len()], rest))
}

/// A file by its name, and what is in it.
fn file(bytes: &[u8]) -> Option<(Given, &[u8])> {
    let (name, bytes) = choose(bytes, &FILES)?;
    let given = Given {
        origin: Some(name.to_owned()),
        ..Given::default()
    };
    Some((given, bytes))
}

fn whole(document: &Document) {
    assert!(document.fits(), "a document does not fit itself");
    assert!(
        document
            .places
            .windows(2)
            .all(|two| two[0].start <= two[1].start)
    );
    assert!(
        document
            .places
            .iter()
            .all(|place| document.text.is_char_boundary(place.start as usize))
    );
}

/// A document or an error, and every span lies in the text.
pub(crate) fn open(bytes: &[u8]) {
    let Some((given, bytes)) = file(bytes) else {
        return;
    };
    open_all(bytes, &given).iter().flatten().for_each(whole);
    let _ = feeds_of(bytes);
}

/// What comes in of unknown size: each piece is a document or an error.
pub(crate) fn cut(bytes: &[u8]) {
    let Some((given, bytes)) = file(bytes) else {
        return;
    };
    Large::stream(std::io::Cursor::new(bytes.to_vec())).cut(&given, &mut |piece| {
        piece
            .into_iter()
            .flat_map(|piece| piece.open())
            .flatten()
            .for_each(|document| whole(&document));
        true
    });
}

/// Sentences and words follow each other, and nothing but spaces lies between them.
pub(crate) fn words(bytes: &[u8]) {
    let Some((lang, bytes)) = choose(bytes, &LANGS) else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let _ = language(&text);
    let blank = |start: u32, end: u32| {
        Span::new(start, end)
            .of(&text)
            .chars()
            .all(|c| fold(c.encode_utf8(&mut [0; 4])).trim().is_empty())
    };
    let mut last = 0;
    for sentence in sentences(&text, lang) {
        assert!(blank(last, sentence.start), "a sentence is lost");
        let mut at = sentence.start;
        for token in tokens(&text, sentence, lang) {
            assert!(blank(at, token.span.start), "a word is lost");
            assert!(token.span.start < token.span.end && token.span.end <= sentence.end);
            at = token.span.end;
        }
        assert!(blank(at, sentence.end), "a word is lost");
        last = sentence.end;
    }
    let end = u32::try_from(text.len()).expect("inputs are short");
    assert!(blank(last, end), "a sentence is lost");
}

/// A reading points into the text that was read.
pub(crate) fn reading(bytes: &[u8]) {
    let given = Given {
        origin: Some("a.txt".to_owned()),
        ..Given::default()
    };
    let Ok(document) = madar_open::open(bytes, &given) else {
        return;
    };
    whole(&document);
    let reading = read(&document, &KIT);
    assert!(
        reading.fits(&document.text),
        "a reading does not fit its text"
    );
}

/// Scores lie between 0 and 1 and do not depend on the side; an index finds what was put into it.
pub(crate) fn names(bytes: &[u8]) {
    let Some((kind, bytes)) = choose(bytes, &KINDS) else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let names: Vec<Name> = text
        .lines()
        .take(8)
        .map(|line| Name::new(line, kind))
        .collect();
    let mut index = Index::default();
    for (at, name) in names.iter().enumerate() {
        index.insert(name, at);
    }
    for (at, one) in names.iter().enumerate() {
        for other in &names[at..] {
            let found = score(one, other);
            assert!(found <= Score::ONE);
            assert!(found == score(other, one), "a score depends on the side");
            assert!(
                compare(one, other).score() == found,
                "a score and its reasons differ"
            );
        }
        // a name without a letter has nothing to be found by
        if !one.keys().is_empty() {
            assert!(
                index.candidates(one).contains(&at),
                "an index does not find its own"
            );
        }
    }
}

/// A list or an error.
pub(crate) fn lists(bytes: &[u8]) {
    let Some((name, bytes)) = choose(bytes, &LISTS) else {
        return;
    };
    let _ = import_list(vec![ListFile::new(name, bytes)]);
}

/// A line from elsewhere is believed only if all of it fits.
pub(crate) fn carried(bytes: &[u8]) {
    let Ok(line) = str::from_utf8(bytes) else {
        return;
    };
    if let Ok(Brought::Read(both)) = brought(line) {
        let (document, reading) = *both;
        whole(&document);
        assert!(reading.fits(&document.text));
    }
}
