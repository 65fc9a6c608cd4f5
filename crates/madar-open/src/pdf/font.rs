//! A font of a PDF: how bytes split into codes, what each stands for, how wide it is. The outlines are never looked at.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;

/// Bytes of a CMap at most; real ones have some ten thousand.
const MOST_CMAP: usize = 4 << 20;
/// Bytes of an embedded font at most, and the letters that are taken of it.
const MOST_PROGRAM: usize = 32 << 20;
const MOST_LETTERS: usize = 70_000;
/// Marks that make another letter of an alef, a waw or a ya.
const HAMZAS: &str = "\u{653}\u{654}\u{655}";
/// Codes of one range of widths at most.
const MOST_WIDTHS: i64 = 70_000;

pub(super) struct Font {
    split: Split,
    unicode: Option<CMap>,
    /// Of fonts whose codes are bytes.
    encoding: BTreeMap<u32, String>,
    /// What the embedded font itself says its glyphs are.
    glyphs: BTreeMap<u32, char>,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
    /// Its hamzas are glyphs of their own that nobody named: no alef has one but by them.
    hamzas_apart: bool,
    /// What a width is multiplied with to be of the text's size.
    scale: f64,
}

enum Split {
    Bytes,
    Pairs,
    By(CMap),
}

/// One code that was shown.
pub(super) struct Shown {
    pub(super) text: String,
    /// Of the text's size.
    pub(super) width: f64,
    /// Word spacing is added to it.
    pub(super) is_space_byte: bool,
}

impl Font {
    pub(super) fn new(document: &Document, font: &Dictionary) -> Self {
        let unicode = stream(document, font, b"ToUnicode").map(|bytes| CMap::parse(&bytes));
        let unicode = unicode.filter(|map| !map.texts.is_empty());
        let subtype = font.get(b"Subtype").and_then(Object::as_name);
        match subtype.unwrap_or_default() {
            b"Type0" => Self::composite(document, font, unicode),
            kind => Self::simple(document, font, unicode, kind == b"Type3"),
        }
    }

    fn composite(document: &Document, font: &Dictionary, unicode: Option<CMap>) -> Self {
        let split = match stream(document, font, b"Encoding") {
            Some(bytes) => {
                let map = CMap::parse(&bytes);
                if map.spaces.is_empty() {
                    Split::Pairs
                } else {
                    Split::By(map)
                }
            }
            None => Split::Pairs,
        };
        let descendants = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array);
        let first = descendants.ok().and_then(|all| all.first());
        let descendant = first.and_then(|one| dictionary(document, one));
        let number = |key: &[u8]| {
            let value = descendant?.get_deref(key, document).ok()?;
            value.as_float().ok().map(f64::from)
        };
        let listed = descendant.and_then(|d| d.get_deref(b"W", document).ok());
        let glyphs = descendant
            .map(|d| embedded(document, d))
            .unwrap_or_default();
        let unnamed = unicode
            .iter()
            .flat_map(|map| &map.texts)
            .filter(|(_, text)| text.is_empty());
        let hamzas_apart = unnamed
            .map(|(code, _)| glyphs.get(code))
            .any(|c| c.is_some_and(|c| HAMZAS.contains(*c)));
        Self {
            split,
            hamzas_apart,
            unicode,
            encoding: BTreeMap::new(),
            glyphs,
            default_width: number(b"DW").unwrap_or(1000.0),
            widths: listed
                .and_then(|w| w.as_array().ok())
                .map(|w| cid_widths(document, w))
                .unwrap_or_default(),
            scale: 0.001,
        }
    }

    fn simple(document: &Document, font: &Dictionary, unicode: Option<CMap>, drawn: bool) -> Self {
        let first = font
            .get_deref(b"FirstChar", document)
            .and_then(Object::as_i64)
            .unwrap_or(0);
        let listed = font
            .get_deref(b"Widths", document)
            .and_then(Object::as_array);
        let mut widths = BTreeMap::new();
        for (width, nth) in listed.into_iter().flatten().zip(0..256) {
            let width = document.dereference(width).and_then(|(_, w)| w.as_float());
            if let (Ok(width), Ok(code)) = (width, u32::try_from(first.saturating_add(nth))) {
                widths.insert(code, f64::from(width));
            }
        }
        let matrix = font
            .get_deref(b"FontMatrix", document)
            .and_then(Object::as_array);
        let across = matrix.ok().and_then(|m| m.first()?.as_float().ok());
        let scale = if drawn {
            across.map_or(0.001, f64::from).abs()
        } else {
            0.001
        };
        let default_width = if widths.is_empty() { 500.0 } else { 0.0 };
        Self {
            split: Split::Bytes,
            hamzas_apart: false,
            unicode,
            encoding: encoding(document, font),
            glyphs: BTreeMap::new(),
            widths,
            default_width,
            scale,
        }
    }

    /// The codes of a string in their order.
    pub(super) fn shown(&self, bytes: &[u8]) -> Vec<Shown> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = self.code(&bytes[at..]);
            at += length;
            let glyph = match &self.split {
                Split::By(map) => map.glyphs.get(&code).copied().unwrap_or(code),
                _ => code,
            };
            let said = self.unicode.as_ref().and_then(|map| map.text(code));
            let text = said.or_else(|| self.encoding.get(&code).map(String::as_str));
            let own = self.glyphs.get(&glyph).filter(|c| match text {
                None => true,
                // left unsaid by some producers: without its hamza an alef is another letter
                Some(text) => text.is_empty() && HAMZAS.contains(**c),
            });
            let width = self
                .widths
                .get(&glyph)
                .copied()
                .unwrap_or(self.default_width);
            out.push(Shown {
                text: match own {
                    Some(c) => c.to_string(),
                    None if self.hamzas_apart => {
                        text.unwrap_or("\u{FFFD}").replace(['أ', 'إ', 'آ'], "ا")
                    }
                    None => text.unwrap_or("\u{FFFD}").to_owned(),
                },
                width: width * self.scale,
                is_space_byte: length == 1 && code == 32,
            });
        }
        out
    }

    fn code(&self, bytes: &[u8]) -> (u32, usize) {
        let of = |length: usize| {
            let bytes = &bytes[..length.min(bytes.len())];
            bytes
                .iter()
                .fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte))
        };
        match &self.split {
            Split::Bytes => (of(1), 1),
            Split::Pairs => (of(2), 2),
            Split::By(map) => {
                let fits = |&&(length, low, high): &&(usize, u32, u32)| {
                    length <= bytes.len() && (low..=high).contains(&of(length))
                };
                let length = map.spaces.iter().filter(fits).map(|space| space.0).min();
                let length = length.unwrap_or(map.spaces[0].0);
                (of(length), length)
            }
        }
    }
}

/// Letters by the codes of a composite font, as its embedded font program has them.
fn embedded(document: &Document, descendant: &Dictionary) -> BTreeMap<u32, char> {
    let mut out = BTreeMap::new();
    let descriptor = descendant
        .get_deref(b"FontDescriptor", document)
        .and_then(Object::as_dict);
    let Ok(descriptor) = descriptor else {
        return out;
    };
    let programs = [b"FontFile2".as_slice(), b"FontFile3"];
    let program = programs.iter().find_map(|key| {
        let stream = descriptor.get_deref(key, document).ok()?.as_stream().ok()?;
        stream.get_plain_content_with_limit(MOST_PROGRAM).ok()
    });
    let Some(program) = program else { return out };
    let Ok(face) = ttf_parser::Face::parse(&program, 0) else {
        return out;
    };
    let numbered = stream(document, descendant, b"CIDToGIDMap");
    let mut codes: BTreeMap<u16, u32> = BTreeMap::new();
    if let Some(map) = &numbered {
        for (pair, code) in map.chunks_exact(2).zip(0..) {
            codes
                .entry(u16::from_be_bytes([pair[0], pair[1]]))
                .or_insert(code);
        }
    }
    let tables = face
        .tables()
        .cmap
        .into_iter()
        .flat_map(|cmap| cmap.subtables);
    for table in tables.filter(ttf_parser::cmap::Subtable::is_unicode) {
        table.codepoints(|code| {
            let (Some(c), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) else {
                return;
            };
            let number = if numbered.is_some() {
                codes.get(&glyph.0).copied()
            } else {
                Some(u32::from(glyph.0))
            };
            if let Some(number) = number.filter(|_| out.len() < MOST_LETTERS) {
                out.entry(number).or_insert(c);
            }
        });
    }
    out
}

/// `[ 1 [500 600] 7 9 450 ]`
fn cid_widths(document: &Document, listed: &[Object]) -> BTreeMap<u32, f64> {
    let mut out = BTreeMap::new();
    let whole = |object: &Object| object.as_i64().ok();
    let mut at = 0;
    while at + 1 < listed.len() {
        let Some(first) = whole(&listed[at]) else {
            break;
        };
        let next = document
            .dereference(&listed[at + 1])
            .map(|(_, object)| object);
        if let Ok(Object::Array(widths)) = next {
            for (width, nth) in widths.iter().zip(0..MOST_WIDTHS) {
                if let (Ok(width), Ok(code)) = (width.as_float(), u32::try_from(first + nth)) {
                    out.insert(code, f64::from(width));
                }
            }
            at += 2;
        } else {
            let last = whole(&listed[at + 1]);
            let width = listed.get(at + 2).and_then(|width| width.as_float().ok());
            let (Some(last), Some(width)) = (last, width) else {
                break;
            };
            for code in first..=last.min(first + MOST_WIDTHS) {
                if let Ok(code) = u32::try_from(code) {
                    out.insert(code, f64::from(width));
                }
            }
            at += 3;
        }
    }
    out
}

/// What the bytes of a simple font stand for: its base encoding, then the glyphs that it names otherwise.
fn encoding(document: &Document, font: &Dictionary) -> BTreeMap<u32, String> {
    let named = font.get_deref(b"Encoding", document).ok();
    let differs = named.and_then(|object| object.as_dict().ok());
    let base = match (named, differs) {
        (Some(Object::Name(name)), _) => Some(name.clone()),
        (_, Some(dictionary)) => dictionary
            .get(b"BaseEncoding")
            .and_then(Object::as_name)
            .ok()
            .map(<[u8]>::to_vec),
        _ => None,
    };
    let mut out = base_encoding(document, base.as_deref().unwrap_or(b"WinAnsiEncoding"));
    let differences = differs.and_then(|d| d.get_deref(b"Differences", document).ok());
    let mut code = 0;
    for object in differences
        .and_then(|d| d.as_array().ok())
        .into_iter()
        .flatten()
    {
        match object {
            Object::Integer(at) => code = u32::try_from(*at).unwrap_or(0),
            Object::Name(name) => {
                match named_glyph(document, name) {
                    Some(text) => out.insert(code, text),
                    None => out.remove(&code),
                };
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    out
}

fn base_encoding(document: &Document, name: &[u8]) -> BTreeMap<u32, String> {
    let font = described(Object::Name(name.to_vec()));
    let Ok(encoding) = font.get_font_encoding_with_limit(document, MOST_CMAP) else {
        return BTreeMap::new();
    };
    let told = (1..=255_u8).filter_map(|byte| {
        let text = encoding.bytes_to_string(&[byte]).ok()?;
        (!text.is_empty()).then(|| (u32::from(byte), text))
    });
    told.collect()
}

/// The library's table of glyph names is reached by a font that names one glyph.
fn named_glyph(document: &Document, name: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(name).ok()?;
    let stem = text.split('.').next().unwrap_or(text);
    if let Some(hex) = stem.strip_prefix("uni").filter(|hex| hex.len() >= 4) {
        let units: Option<Vec<u16>> = hex
            .as_bytes()
            .chunks_exact(4)
            .map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok())
            .collect();
        if let Some(units) = units {
            return Some(char::decode_utf16(units).flatten().collect());
        }
    }
    if let Some(hex) = stem
        .strip_prefix('u')
        .filter(|hex| (4..=6).contains(&hex.len()))
        && let Some(c) = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
    {
        return Some(c.to_string());
    }
    let mut one = Dictionary::new();
    one.set(
        "Differences",
        vec![Object::Integer(1), Object::Name(stem.as_bytes().to_vec())],
    );
    let font = described(Object::Dictionary(one));
    let encoding = font
        .get_font_encoding_with_limit(document, MOST_CMAP)
        .ok()?;
    let lopdf::Encoding::Differences(_) = &encoding else {
        return None;
    };
    encoding
        .bytes_to_string(&[1])
        .ok()
        .filter(|text| !text.is_empty())
}

fn described(encoding: Object) -> Dictionary {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    font
}

fn stream(document: &Document, holder: &Dictionary, key: &[u8]) -> Option<Vec<u8>> {
    let stream = holder.get_deref(key, document).ok()?.as_stream().ok()?;
    stream.get_plain_content_with_limit(MOST_CMAP).ok()
}

pub(super) fn dictionary<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}
