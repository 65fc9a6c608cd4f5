//! Spreadsheets: each cell that says something is a passage, and its place is its name (`Payments!B7`). Tables as text (CSV)
//! likewise; a table of articles gives its articles.

use std::io::{Cursor, Read, Seek};

use calamine::{Data, DataRef, Ods, Reader, Xls, Xlsb, Xlsx};
use jiff::{SignedDuration, civil};
use madar_text::{BlockKind, Spot};
use serde::{Deserialize, Serialize};

use crate::decode;
use crate::line::Laid;

/// Cells of one file that are read.
const MOST_CELLS: usize = 200_000;
/// Bytes of all cells together.
const MOST_TEXT: usize = 48 << 20;

/// Cells in their order: the name of each and what it says.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Cells {
    cells: Vec<(String, String)>,
    bytes: usize,
    /// There are more than are read.
    cut: bool,
}

impl Cells {
    /// Whether there is room for more.
    fn push(&mut self, sheet: &str, (row, column): (u32, u32), text: &str) -> bool {
        if self.cells.len() == MOST_CELLS || self.bytes + text.len() > MOST_TEXT {
            self.cut = true;
            return false;
        }
        let text = text.trim();
        if !text.is_empty() {
            self.bytes += text.len();
            let name = format!("{}{}", letters(column), row + 1);
            let name = if sheet.is_empty() {
                name
            } else {
                format!("{sheet}!{name}")
            };
            self.cells.push((name, text.to_owned()));
        }
        true
    }

    pub(crate) fn laid(self) -> (Laid, Vec<String>) {
        let mut laid = Laid::default();
        for (name, text) in self.cells {
            laid.stands_at(Spot::Cell(name));
            laid.push(&text, Some(BlockKind::Cell));
        }
        let cut = self
            .cut
            .then(|| format!("only the first {} cells were read", laid.pieces.len()));
        (laid, cut.into_iter().collect())
    }
}

/// `A`, `Z`, `AA`
fn letters(mut column: u32) -> String {
    let mut out = Vec::new();
    loop {
        out.push(char::from(
            b'A' + u8::try_from(column % 26).expect("a remainder of 26 is small"),
        ));
        match (column / 26).checked_sub(1) {
            Some(rest) => column = rest,
            None => break,
        }
    }
    out.into_iter().rev().collect()
}

/// The cells of a workbook of Excel or OpenDocument.
///
/// # Errors
/// In words, when it is damaged or protected.
pub(crate) fn cells(bytes: &[u8]) -> Result<Cells, String> {
    let damaged = |error: String| format!("it is damaged or protected: {error}");
    let at = || Cursor::new(bytes);
    if bytes.starts_with(b"PK") {
        if let Ok(book) = Xlsx::new(at()) {
            return from_xlsx(book).map_err(damaged);
        }
        if let Ok(book) = Xlsb::new(at()) {
            return from_ranges(book).map_err(damaged);
        }
        return Ods::new(at())
            .map_err(|e| damaged(e.to_string()))
            .and_then(|book| from_ranges(book).map_err(damaged));
    }
    Xls::new(at())
        .map_err(|e| damaged(e.to_string()))
        .and_then(|book| from_ranges(book).map_err(damaged))
}

/// Cell by cell: two cells at the ends of a sheet must not cost all between them.
fn from_xlsx<R: Read + Seek>(mut book: Xlsx<R>) -> Result<Cells, String> {
    let mut out = Cells::default();
    for name in book.sheet_names() {
        // charts and the like
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else {
            continue;
        };
        while let Some(cell) = reader.next_cell().map_err(|e| e.to_string())? {
            if !out.push(&name, cell.get_position(), &by_ref(cell.get_value())) {
                return Ok(out);
            }
        }
    }
    Ok(out)
}

fn from_ranges<R: Read + Seek, B: Reader<R>>(mut book: B) -> Result<Cells, String>
where
    B::Error: std::fmt::Display,
{
    let mut out = Cells::default();
    for name in book.sheet_names() {
        let range = book
            .worksheet_range(&name)
            .map_err(|error| error.to_string())?;
        let start = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else {
                continue;
            };
            if !out.push(&name, (start.0 + row, start.1 + column), &shown(value)) {
                return Ok(out);
            }
        }
    }
    Ok(out)
}

fn by_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => float(*number),
        DataRef::DateTime(moment) if moment.is_datetime() => day(moment.as_f64()),
        DataRef::DateTime(length) => float(length.as_f64()),
        DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn shown(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => float(*number),
        Data::DateTime(moment) if moment.is_datetime() => day(moment.as_f64()),
        Data::DateTime(length) => float(length.as_f64()),
        _ => String::new(),
    }
}

/// Without the tail that halves of tenths leave: `1250.75`, not `1250.7499999999998`.
fn float(number: f64) -> String {
    let rounded = format!("{number:.6}");
    rounded
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

/// A day by its number, as spreadsheets keep it: `45000` is 2023-03-15.
fn day(number: f64) -> String {
    let whole = number.floor();
    if !(1.0..2_958_466.0).contains(&whole) {
        return float(number);
    }
    let seconds = (number * 86_400.0).round();
    let origin = civil::date(1899, 12, 30).at(0, 0, 0, 0);
    let since = SignedDuration::try_from_secs_f64(seconds).unwrap_or_default();
    match origin.checked_add(since) {
        Ok(moment) if seconds % 86_400.0 == 0.0 => moment.date().to_string(),
        Ok(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => float(number),
    }
}

/// A table as text: its rows, by the sign that parts most of its first lines.
pub(crate) fn rows(bytes: &[u8]) -> (Vec<Vec<String>>, Vec<String>) {
    let decoded = decode::decode(bytes);
    let text = decoded.text;
    let mut reader = reader(&text, text.as_bytes());
    let mut out: Vec<Vec<String>> = Vec::new();
    let mut fields = 0;
    for row in reader.records().flatten() {
        fields += row.len();
        if fields > MOST_CELLS {
            break;
        }
        out.push(row.iter().map(str::to_owned).collect());
    }
    (out, decoded.warnings)
}

/// Reads the rows of a table that begins with this text.
pub(crate) fn reader<R: Read>(begins: &str, from: R) -> csv::Reader<R> {
    let head: Vec<&str> = begins.lines().take(20).collect();
    let count = |sign: char| {
        head.iter().filter(|line| line.contains(sign)).count() * 1_000
            + head
                .iter()
                .map(|line| line.matches(sign).count().min(40))
                .sum::<usize>()
    };
    let sign = [',', ';', '\t', '|']
        .into_iter()
        .max_by_key(|&sign| (count(sign), sign == ','));
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(sign.unwrap_or(',')).expect("the signs are ASCII"))
        .from_reader(from)
}

/// Rows that are no articles.
pub(crate) fn table(rows: &[Vec<String>]) -> Cells {
    let mut out = Cells::default();
    for (row, at) in rows.iter().zip(0..) {
        for (text, column) in row.iter().zip(0..) {
            if !out.push("", (at, column), text) {
                return out;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters_and_days_numbers() {
        assert_eq!(
            [0, 25, 26, 701, 702, 16_383].map(letters),
            ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
        );
        assert_eq!(day(45_000.0), "2023-03-15");
        assert_eq!(day(45_000.5), "2023-03-15 12:00");
        assert_eq!(float(1_250.75), "1250.75");
        assert_eq!(float(5_100_000.0), "5100000");
    }

    #[test]
    fn tables_are_parted_by_what_parts_them() {
        assert_eq!(
            rows("a;b\nc,1;d\n".as_bytes()).0,
            [["a", "b"], ["c,1", "d"]]
        );
        assert_eq!(
            rows("a\tb\n\"c\td\"\te\n".as_bytes()).0,
            [["a", "b"], ["c\td", "e"]]
        );
    }
}
