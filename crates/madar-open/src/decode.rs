//! Bytes to characters, whatever the encoding: byte order mark, strict UTF-8, UTF-16 by its
//! pattern of nulls, what a page says of itself, and only then a guess over the whole file.
//! A guess and every replaced character are told in a warning.
//!
//! *وكالة الأنباء* saved by an old editor comes as `E6 DF C7 E1 C9 …`: windows-1256.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes in which a page has to state its encoding (HTML asks for 1,024; saved pages put more).
const META_BYTES: usize = 8_192;
/// Bytes looked at to tell text from other data.
const SNIFFED_BYTES: usize = 16_384;
/// Control bytes in a thousand from which bytes are no text. Texts have none; a damaged one has a few.
const CONTROLS_PER_MILLE: usize = 20;
/// Broken sequences among a hundred good ones up to which a file is UTF-8 that was cut or pasted
/// into, rather than another encoding. Legacy Arabic and Russian break at nearly every letter.
const BROKEN_PER_CENT: usize = 5;

pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) warnings: Vec<String>,
}

/// What the bytes look like if they are no text.
pub(crate) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 19] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"RIFF", "a picture, sound or film"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xFD7zXZ", "an xz archive"),
        (b"7z\xBC\xAF", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"\xD0\xCF\x11\xE0", "an old Office document"),
        (b"{\\rtf", "an RTF document"),
        (b"\x7FELF", "a program"),
        (b"SQLite format 3", "an SQLite database"),
        (b"ID3", "a sound file"),
        (b"OggS", "a sound file"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive"),
        (b"bplist00", "a property list"),
    ];
    let magic = MAGIC.iter().find(|(head, _)| bytes.starts_with(head));
    if let Some((_, name)) = magic {
        return Some(name);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("a film");
    }
    if Encoding::for_bom(bytes).is_some() || utf16(bytes).is_some() {
        return None;
    }
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    let controls = head.iter().filter(|&&b| is_control(b)).count();
    (controls * 1_000 > head.len() * CONTROLS_PER_MILLE).then_some("binary data")
}

/// Bytes that no text has (form feed and escape are seen in old ones).
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127)
}

/// The characters of the bytes.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[skip..], None);
    }
    if let Some(encoding) = utf16(bytes) {
        return with(encoding, bytes, Some("by its pattern of nulls"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            warnings: Vec::new(),
        };
    }
    if is_damaged_utf8(bytes) {
        return with(UTF_8, bytes, None);
    }
    if let Some(encoding) = stated(bytes) {
        return with(encoding, bytes, None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    with(guess, bytes, Some("guessed"))
}

fn with(encoding: &'static Encoding, bytes: &[u8], how: Option<&str>) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if let Some(how) = how {
        warnings.push(format!("the encoding is {how}: {}", encoding.name()));
    }
    if broken {
        let count = text.matches('\u{FFFD}').count();
        let name = encoding.name();
        warnings.push(format!(
            "{count} characters that are no {name} were replaced"
        ));
    }
    Decoded {
        text: text.into_owned(),
        warnings,
    }
}

/// UTF-16 without a mark: the null bytes of its spaces and line ends all stand on one side.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(SNIFFED_BYTES) & !1];
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = head.len() / 2;
    let encoding = match (even, odd) {
        (0, odd) if odd * 50 >= pairs && odd > 0 => UTF_16LE,
        (even, 0) if even * 50 >= pairs && even > 0 => UTF_16BE,
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(head);
    let readable = |c: char| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation();
    let good = text.chars().filter(|&c| readable(c)).count();
    let controls = text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace())
        .count();
    let ours = text.chars().filter_map(madar_text::Script::of);
    let ours = ours.filter(|&s| s != madar_text::Script::Other).count();
    let clean = controls == 0 && good * 10 >= text.chars().count() * 8 && ours * 2 >= good;
    (clean && (!broken || head.len() == SNIFFED_BYTES)).then_some(encoding)
}

/// UTF-8 with a few broken places: cut in the middle of a letter, or pasted into.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && broken * 100 <= good.max(20) * BROKEN_PER_CENT
}

/// The encoding that a page states: `<meta charset=…>` or `content="text/html; charset=…"`.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(META_BYTES)]).to_ascii_lowercase();
    let marks = ["charset", "encoding"];
    let places = marks
        .iter()
        .flat_map(|m| head.match_indices(m).map(|(at, m)| at + m.len()));
    let labels = places.filter_map(|at| {
        let rest = head[at..].trim_start().strip_prefix('=')?;
        let rest = rest.trim_start_matches([' ', '"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))?;
        Encoding::for_label(&rest.as_bytes()[..end])
    });
    // A page of single bytes that calls itself UTF-16 or UTF-8 is neither.
    labels
        .into_iter()
        .find(|e| ![UTF_16LE, UTF_16BE, UTF_8].contains(e))
}

/// One text for all systems: lines end in `\n`, other control characters are spaces. `most` caps
/// the bytes, on a character.
pub(crate) fn normalise(text: &str, most: usize) -> (String, Option<String>) {
    let mut out = String::with_capacity(text.len().min(most));
    let mut chars = text.trim_start_matches('\u{FEFF}').chars().peekable();
    while let Some(c) = chars.next() {
        if out.len() + c.len_utf8() > most {
            let warning = format!("the text was cut after {} bytes", out.len());
            return (out, Some(warning));
        }
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{0B}' | '\u{0C}' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    (out, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AR: &str = "أعلنت وزارة النقل، الثلاثاء، بيع حصة في الميناء الجديد لشركة من الخارج.\n\
                      وقال الوزير إن الصفقة ستكتمل في الخريف المقبل بعد موافقة البرلمان.";
    const RU: &str = "Министерство транспорта во вторник объявило о продаже доли в новом порту.\n\
                      Министр сказал, что сделка завершится осенью после одобрения парламентом.";

    fn check(bytes: &[u8], text: &str) {
        assert_eq!(binary(bytes), None);
        assert_eq!(decode(bytes).text, text);
    }

    #[test]
    fn legacy_encodings_are_guessed() {
        for (label, text) in [
            ("windows-1256", AR),
            ("iso-8859-6", AR),
            ("windows-1251", RU),
            ("koi8-r", RU),
            ("ibm866", RU),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, _, _) = encoding.encode(text);
            check(&bytes, text);
            assert_eq!(decode(&bytes).warnings.len(), 1, "{label}");
        }
    }

    #[test]
    fn utf16_is_known_with_and_without_its_mark() {
        for text in [AR, RU, "The ministry sold a stake in the port on Tuesday."] {
            for mark in [false, true] {
                let units: Vec<u16> = mark
                    .then_some(0xFEFF)
                    .into_iter()
                    .chain(text.encode_utf16())
                    .collect();
                let le: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
                let be: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
                check(&le, text);
                check(&be, text);
            }
        }
    }

    #[test]
    fn utf8_cut_in_a_letter_stays_utf8() {
        let decoded = decode(&AR.as_bytes()[..AR.len() - 2]);
        assert!(decoded.text.starts_with("أعلنت وزارة"));
        assert_eq!(
            decoded.warnings,
            ["1 characters that are no UTF-8 were replaced"]
        );
    }

    #[test]
    fn a_page_states_its_encoding() {
        let page = format!(
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">{RU}"
        );
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&page);
        let decoded = decode(&bytes);
        assert_eq!(decoded.text, page);
        assert!(decoded.warnings.is_empty());
    }

    #[test]
    fn other_data_is_named() {
        assert_eq!(binary(b"%PDF-1.7"), Some("a PDF file"));
        assert_eq!(binary(&[0, 1, 2, 0, 5, 9, 0, 0, 1]), Some("binary data"));
        assert_eq!(binary("كتب".as_bytes()), None);
    }

    #[test]
    fn lines_end_alike() {
        let (text, warning) = normalise("\u{FEFF}a\r\nb\rc\u{2028}d\0e", 64);
        assert_eq!((text.as_str(), warning), ("a\nb\nc\nd e", None));
        assert!(normalise("порт", 5).1.is_some());
        assert_eq!(normalise("порт", 5).0, "по");
    }
}
