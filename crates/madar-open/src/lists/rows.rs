//! Rows of CSV, one at a time: a quotation mark that is never closed costs its own row and not the rest
//! of the file.

use std::io::BufRead;

use super::{Lists, Row, limited_line};

/// Lines that one row may go over; a cell with an address has ten.
const MAX_LINES: usize = 200;
/// Bytes of such a row.
const MAX_BYTES: usize = 1 << 20;

/// Hands over the cells of each row with the number of its first line.
pub(crate) fn rows(
    input: &mut dyn BufRead,
    delimiter: u8,
    lists: &mut Lists<'_>,
    then: &mut dyn FnMut(Vec<String>, u64, &mut Lists<'_>),
) {
    let mut waiting: Vec<(u64, Vec<u8>)> = Vec::new();
    let mut number = 0;
    loop {
        number += 1;
        let mut line = Vec::new();
        let ended = match limited_line(input, &mut line) {
            Ok(read) => read == 0,
            Err(error) => {
                lists.broken(Row::Line(number), &error.to_string());
                true
            }
        };
        if !ended {
            waiting.push((number, line));
        }
        // a row is whole when its quotation marks are even
        while let Some(end) = whole(&waiting, ended) {
            match end {
                End::Row(lines) => {
                    let at = waiting[0].0;
                    let bytes: Vec<u8> = waiting.drain(..lines).flat_map(|(_, l)| l).collect();
                    then(cells(&bytes, delimiter), at, lists);
                }
                End::Broken => {
                    let (at, _) = waiting.remove(0);
                    lists.broken(Row::Line(at), "a quotation mark is not closed");
                }
            }
        }
        if ended {
            return;
        }
    }
}

enum End {
    /// So many lines are a row.
    Row(usize),
    /// The first line begins no row that ends.
    Broken,
}

fn whole(waiting: &[(u64, Vec<u8>)], ended: bool) -> Option<End> {
    let mut quotes = 0;
    let mut bytes = 0;
    // only a line that has just come, or those after a broken one, are new: few lines are looked at
    for (at, (_, line)) in waiting.iter().enumerate() {
        quotes += line.iter().filter(|b| **b == b'"').count();
        bytes += line.len();
        if bytes > MAX_BYTES || at >= MAX_LINES {
            return Some(End::Broken);
        }
        if quotes % 2 == 0 {
            return Some(End::Row(at + 1));
        }
    }
    (ended && !waiting.is_empty()).then_some(End::Broken)
}

/// The cells of one row, by RFC 4180. A reader of the library made for each row would cost ten times
/// what the row does, and rows are cut already.
pub(crate) fn cells(row: &[u8], delimiter: u8) -> Vec<String> {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    let row = row.strip_suffix(b"\r").unwrap_or(row);
    let (mut cells, mut cell) = (Vec::new(), Vec::new());
    let (mut quoted, mut at) = (false, 0);
    let finished = |cell: &mut Vec<u8>| {
        let text = String::from_utf8_lossy(cell).trim().to_owned();
        cell.clear();
        text
    };
    while let Some(&byte) = row.get(at) {
        at += 1;
        match byte {
            b'"' if quoted && row.get(at) == Some(&b'"') => {
                cell.push(b'"');
                at += 1;
            }
            b'"' if quoted => quoted = false,
            // quotation marks inside a cell that does not begin with one are its own
            b'"' if cell.is_empty() => quoted = true,
            byte if byte == delimiter && !quoted => cells.push(finished(&mut cell)),
            byte => cell.push(byte),
        }
    }
    if !cells.is_empty() || !cell.is_empty() {
        cells.push(finished(&mut cell));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::cells;

    fn check(row: &str, expect: &[&str]) {
        assert_eq!(cells(row.as_bytes(), b','), expect, "{row}");
    }

    #[test]
    fn cells_of_a_row() {
        check(
            "1,\"VASILENKOV, Rodion\",\"said \"\"so\"\"\"\r\n",
            &["1", "VASILENKOV, Rodion", "said \"so\""],
        );
        check("a, b ,\n", &["a", "b", ""]);
        check("5\" pipe,\"two\nlines\"", &["5\" pipe", "two\nlines"]);
        check(",,", &["", "", ""]);
        check("only", &["only"]);
        check("\"\",x", &["", "x"]);
        check("\r\n", &[]);
    }
}
