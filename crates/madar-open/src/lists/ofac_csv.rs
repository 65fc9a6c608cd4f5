//! OFAC's lists as sets of CSV files without headers: `sdn.csv` or `cons_prim.csv` with `alt`, `add` and
//! `comments`, joined by number. What the columns leave out stands in remarks: *DOB 30 Dec 1967; POB
//! Suva Reka; Passport 265 216 (Egypt); a.k.a. 'EL DIABLO'.*

use std::io::BufRead;

use madar_text::{EntryKind, NameQuality, NameSort};

use super::draft::{Draft, kind_of};
use super::rows::{cells, rows};
use super::{Lists, Row, countries};

/// Which file of the set, told by its columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// number, name, type, programme, title, call sign, vessel type, tonnage, gross tonnage, flag,
    /// owner, remarks
    Primary,
    /// number, number of the name, aka/fka/nka, name, remarks
    Names,
    /// number, number of the address, street, city, country, remarks
    Addresses,
    /// number, remarks that go on
    Comments,
}

/// How OFAC writes an empty cell.
const NOTHING: &str = "-0-";
/// DOS end of file, in a row of its own.
const END: &str = "\u{1a}";

/// Words before a number in remarks, and what it is then called. Longer ones first.
const NUMBERS: [(&str, &str); 40] = [
    ("Vessel Registration Identification IMO", "IMO number"),
    ("Vessel Registration Identification", "vessel number"),
    (
        "Aircraft Manufacturer's Serial Number (MSN)",
        "aircraft serial number",
    ),
    ("Aircraft Tail Number", "aircraft tail number"),
    ("Previous Aircraft Tail Number", "aircraft tail number"),
    (
        "Aircraft Mode S Transponder Code",
        "aircraft transponder code",
    ),
    ("Maritime Mobile Service Identity", "MMSI"),
    ("Other Vessel Call Sign", "call sign"),
    ("Unified Social Credit Code (USCC)", "registration number"),
    ("Business Registration Number", "registration number"),
    ("Business Registration Document #", "registration number"),
    ("Chinese Commercial Code", "commercial code"),
    ("Matricula Mercantil No", "registration number"),
    ("Public Registration Number", "registration number"),
    ("Registration Number", "registration number"),
    ("Registration ID", "registration number"),
    ("Certificate of Incorporation Number", "registration number"),
    ("Commercial Registry Number", "registration number"),
    ("Company Number", "registration number"),
    ("Enterprise Number", "registration number"),
    ("Government Gazette Number", "gazette number"),
    ("Legal Entity Number", "LEI"),
    ("D-U-N-S Number", "DUNS number"),
    ("SWIFT/BIC", "SWIFT/BIC"),
    ("Tax ID No.", "tax number"),
    ("V.A.T. Number", "tax number"),
    ("National Foreign ID Number", "identity number"),
    ("National ID No.", "identity number"),
    ("Identification Number", "identity number"),
    ("Personal ID Card", "identity number"),
    ("Birth Certificate Number", "birth certificate"),
    ("Driver's License No.", "driving licence"),
    ("Residency Number", "identity number"),
    ("Diplomatic Passport", "passport"),
    ("Stateless Person Passport", "passport"),
    ("Passport", "passport"),
    ("Cedula No.", "identity number"),
    ("SSN", "identity number"),
    ("C.R. No.", "registration number"),
    ("RUC #", "registration number"),
];
/// Further ones of two letters or in Spanish, all numbers of identity or trade.
const MORE_NUMBERS: [&str; 14] = [
    "NIT #",
    "C.U.R.P.",
    "R.F.C.",
    "D.N.I.",
    "C.I.F.",
    "C.U.I.T.",
    "C.U.I.",
    "NIE",
    "RIF #",
    "RTN",
    "LE Number",
    "Turkish Identification Number",
    "Afghan Money Service Provider License Number",
    "Phone Number",
];

/// Which part of the set begins so; `None` for another format.
pub(crate) fn recognise(head: &str) -> Option<Part> {
    let line = head.lines().next()?;
    let row = cells(line.as_bytes(), b',');
    let number = |at: usize| row.get(at).is_some_and(|cell| is_number(cell));
    if !number(0) {
        return None;
    }
    let sort = row.get(2).map_or(String::new(), |sort| sort.to_lowercase());
    match row.len() {
        12 => Some(Part::Primary),
        5 if number(1) && matches!(sort.as_str(), "aka" | "fka" | "nka") => Some(Part::Names),
        6 if number(1) => Some(Part::Addresses),
        2 => Some(Part::Comments),
        _ => None,
    }
}

fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit())
}

pub(crate) fn read(part: Part, input: &mut dyn BufRead, lists: &mut Lists<'_>) {
    rows(input, b',', lists, &mut |cells, line, lists| {
        let cells: Vec<&str> = cells.iter().map(|cell| present(cell)).collect();
        if let Err(reason) = add(part, &cells, line, lists) {
            lists.broken(Row::Line(line), &reason);
        }
    });
}

fn present(cell: &str) -> &str {
    if cell == NOTHING { "" } else { cell }
}

fn add(part: Part, cells: &[&str], line: u64, lists: &mut Lists<'_>) -> Result<(), String> {
    let get = |at: usize| cells.get(at).copied().unwrap_or_default();
    if cells.len() <= 1 && matches!(get(0), END | "") {
        return Ok(());
    }
    let id = get(0);
    if !is_number(id) {
        return Err(format!("{id:?} is no entry's number"));
    }
    let place = lists.place(Row::Line(line));
    let draft = lists.drafts.of(id, || place);
    match part {
        Part::Primary if cells.len() < 12 => return Err("columns are missing".to_owned()),
        Part::Primary => primary(draft, &get),
        Part::Names => {
            let sort = match get(2).to_lowercase().as_str() {
                "fka" => NameSort::Former,
                _ => NameSort::Alias,
            };
            draft.whole_name(get(3), sort, NameQuality::Good);
        }
        Part::Addresses => draft.country(get(4)),
        Part::Comments => remarks(draft, get(1)),
    }
    Ok(())
}

fn primary<'a>(draft: &mut Draft, get: &dyn Fn(usize) -> &'a str) {
    draft.whole_name(get(1), NameSort::Primary, NameQuality::Good);
    draft.kind(kind_of(get(2)).unwrap_or(EntryKind::Organisation));
    for programme in get(3).split(']') {
        draft.programme(programme.trim_matches([' ', '[', ';']));
    }
    draft.position(get(4));
    draft.identifier("call sign", get(5), None);
    draft.country(get(9));
    remarks(draft, get(11));
}

/// Pieces between semicolons.
pub(crate) fn remarks(draft: &mut Draft, text: &str) {
    for piece in text.split(';') {
        let piece = piece.trim().trim_end_matches('.');
        if piece.is_empty() || remark(draft, piece) {
            continue;
        }
        draft.remark(piece);
    }
}

/// Whether the piece was understood.
fn remark(draft: &mut Draft, piece: &str) -> bool {
    let piece = piece.strip_prefix("alt. ").unwrap_or(piece);
    if let Some(date) = piece.strip_prefix("DOB ") {
        draft.birth(date);
    } else if let Some(place) = piece.strip_prefix("POB ") {
        draft.birth_place(place);
    } else if let Some(country) = piece
        .strip_prefix("nationality ")
        .or_else(|| piece.strip_prefix("citizen "))
    {
        draft.country(country);
    } else if let Some(name) = piece.strip_prefix("a.k.a. ") {
        // names in remarks are those that OFAC calls weak
        draft.whole_name(name, NameSort::Alias, NameQuality::Weak);
    } else if let Some(name) = piece.strip_prefix("f.k.a. ") {
        draft.whole_name(name, NameSort::Former, NameQuality::Weak);
    } else {
        return number(draft, piece);
    }
    true
}

/// *Passport 265 216 (Egypt)*.
fn number(draft: &mut Draft, piece: &str) -> bool {
    let more = MORE_NUMBERS.iter().map(|word| (*word, *word));
    let all = NUMBERS.into_iter().chain(more);
    let mut fits = all.filter_map(|(word, kind)| Some((kind, piece.strip_prefix(word)?)));
    let Some((kind, rest)) = fits.next() else {
        return false;
    };
    let (value, country) = match rest.split_once('(') {
        Some((value, country)) => (value, countries::known(country.trim_end_matches(')'))),
        None => (rest, None),
    };
    let value = value.split(" issued ").next().unwrap_or(value);
    draft.identifier(kind, value, country);
    true
}
