//! Lists that come as tables with a header: which column means what stands in `data/lists.toml`.
//! Rows are read one by one; a broken one is told and skipped.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::LazyLock;

use madar_text::{NameQuality, NameSort};
use serde::Deserialize;

use super::draft::{Draft, kind_of};
use super::rows::{cells, rows};
use super::{Lists, Row, countries};

#[derive(Deserialize)]
struct Tables {
    table: Vec<Table>,
}

#[derive(Deserialize)]
pub(crate) struct Table {
    pub(crate) format: String,
    /// What the list is called where the user does not say.
    #[serde(default)]
    pub(crate) list: Option<String>,
    needs: Vec<String>,
    id: Vec<String>,
    /// Columns that are the id where those of `id` are empty.
    #[serde(default)]
    or_id: Vec<String>,
    /// The id is the first of the columns that is there, not all together.
    #[serde(default)]
    id_is_first: bool,
    names: Vec<String>,
    #[serde(default)]
    name_is_first: bool,
    /// Rows do not say which name is the primary one: the first is.
    #[serde(default)]
    first_is_primary: bool,
    #[serde(default)]
    sort: Option<String>,
    #[serde(default)]
    strength: Option<String>,
    #[serde(default)]
    split: Option<char>,
    columns: BTreeMap<String, String>,
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let data = include_str!("../../data/lists.toml");
    let tables: Tables = toml::from_str(data).expect("the data file is read by a test");
    tables.table
});

/// A header as compared: lower case, letters and digits.
fn key(header: &str) -> String {
    let letters = header.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Where a header was found: its table and columns.
pub(crate) struct Header {
    pub(crate) table: &'static Table,
    columns: BTreeMap<String, usize>,
    pub(crate) delimiter: u8,
    /// Lines before the header: *Report date …*.
    skip: usize,
}

/// Lines at the beginning in which a header is looked for: some lists open with a line on themselves.
const HEADER_WITHIN: usize = 4;

/// The table whose header stands at the beginning of the text.
pub(crate) fn recognise(head: &str) -> Option<Header> {
    for (skip, line) in head.lines().take(HEADER_WITHIN).enumerate() {
        for delimiter in [b',', b';', b'\t', b'|'] {
            let cells = cells(line.as_bytes(), delimiter);
            let columns: BTreeMap<String, usize> = cells
                .iter()
                .enumerate()
                .rev()
                .map(|(at, cell)| (key(cell), at))
                .collect();
            let table = TABLES.iter().find(|table| table.fits(&columns));
            if let Some(table) = table {
                return Some(Header {
                    table,
                    columns,
                    delimiter,
                    skip,
                });
            }
        }
    }
    None
}

impl Table {
    fn fits(&self, columns: &BTreeMap<String, usize>) -> bool {
        let all = self.needs.iter().all(|need| columns.contains_key(need));
        let named = self.names.iter().any(|name| columns.contains_key(name));
        let in_parts = self
            .columns
            .iter()
            .any(|(column, role)| role == "surname" && columns.contains_key(column));
        all && (named || in_parts)
    }
}

/// Reads the rows of one file.
pub(crate) fn read(header: &Header, input: &mut dyn BufRead, lists: &mut Lists<'_>) {
    let above = u64::try_from(header.skip).unwrap_or(0) + 1;
    rows(input, header.delimiter, lists, &mut |cells, line, lists| {
        if line > above {
            Cells { header, cells }.add(lists, line);
        }
    });
}

/// One row by its columns.
struct Cells<'a> {
    header: &'a Header,
    cells: Vec<String>,
}

impl Cells<'_> {
    fn get(&self, column: &str) -> &str {
        let at = self.header.columns.get(column);
        let cell = at.and_then(|&at| self.cells.get(at));
        cell.map_or("", |cell| cell.trim())
    }

    fn add(&self, lists: &mut Lists<'_>, line: u64) {
        if self.cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let table = self.header.table;
        let id = self.id(lists, line);
        let name = self.name();
        let place = lists.place(Row::Line(line));
        let known = lists.drafts.has(&id);
        let draft = lists.drafts.of(&id, || place);
        if !name.is_empty() {
            let (sort, quality) = self.sort(known);
            if table.split.is_some() {
                draft.name(&name, sort, quality);
            } else {
                draft.whole_name(&name, sort, quality);
            }
        }
        for (column, role) in &table.columns {
            self.cell(draft, role, self.get(column));
        }
    }

    fn id(&self, lists: &Lists<'_>, line: u64) -> String {
        let table = self.header.table;
        let columns: &[&Vec<String>] = if lists.by_row {
            &[]
        } else {
            &[&table.id, &table.or_id]
        };
        for columns in columns {
            let mut parts: Vec<&str> = columns
                .iter()
                .map(|column| self.get(column))
                .filter(|part| !part.is_empty())
                .collect();
            if table.id_is_first {
                parts.truncate(1);
            } else if parts.len() < columns.len() {
                continue;
            }
            if !parts.is_empty() {
                return parts.join("-");
            }
        }
        // the number of the row is no id of the list's own, but the only one there is
        let file = lists.file.rsplit(['/', '\\']).next().unwrap_or_default();
        format!("{file}:{line}")
    }

    fn name(&self) -> String {
        let table = self.header.table;
        let mut parts: Vec<&str> = table
            .names
            .iter()
            .map(|column| self.get(column))
            .filter(|part| !part.is_empty())
            .collect();
        if table.name_is_first {
            parts.truncate(1);
        }
        if parts.is_empty() {
            for wanted in ["given", "surname"] {
                let columns = table.columns.iter().filter(|(_, role)| *role == wanted);
                let cells = columns.map(|(column, _)| self.get(column));
                parts.extend(cells.filter(|cell| !cell.is_empty()));
            }
        }
        parts.join(" ")
    }

    fn sort(&self, known: bool) -> (NameSort, NameQuality) {
        let table = self.header.table;
        let quality = match table.strength.as_deref().map(|column| self.get(column)) {
            Some(word) if word.to_lowercase().contains("low") => NameQuality::Weak,
            _ => NameQuality::Good,
        };
        let sort = match table.sort.as_deref().map(|column| self.get(column)) {
            // the variation of a primary name is an alias, whatever its label begins with
            Some(word) if word.to_lowercase().contains("variation") => NameSort::Alias,
            Some(word) if word.to_lowercase().contains("primary") => NameSort::Primary,
            Some(word) if word.to_lowercase().contains("fka") => NameSort::Former,
            Some(_) => NameSort::Alias,
            None if table.first_is_primary && known => NameSort::Alias,
            None => NameSort::Primary,
        };
        (sort, quality)
    }

    fn cell(&self, draft: &mut Draft, role: &str, cell: &str) {
        if cell.is_empty() {
            return;
        }
        let split = self.header.table.split;
        let each = |f: &mut dyn FnMut(&str)| match split {
            Some(split) => cell.split(split).for_each(f),
            None => f(cell),
        };
        match role {
            "name" => draft.name(cell, NameSort::Primary, NameQuality::Good),
            "original" | "alias" => draft.name(cell, NameSort::Alias, NameQuality::Good),
            "weak" => draft.name(cell, NameSort::Alias, NameQuality::Weak),
            "former" => draft.name(cell, NameSort::Former, NameQuality::Good),
            "kind" => draft.kind(kind_of(cell).unwrap_or(madar_text::EntryKind::Other)),
            "birth" => each(&mut |value| draft.birth(value)),
            "birth_place" => draft.birth_place(cell),
            "country" => each(&mut |value| draft.country(value)),
            "programme" => each(&mut |value| draft.programme(value)),
            "position" => draft.position(cell),
            "listed" => draft.listed(cell),
            "delisted" => draft.delisted(cell),
            "remark" => draft.remark(cell),
            role => {
                if let Some(kind) = role.strip_prefix("id:") {
                    each(&mut |value| self.identifier(draft, kind, value));
                }
            }
        }
    }

    /// An identifier whose kind and country may stand in columns of their own.
    fn identifier(&self, draft: &mut Draft, kind: &str, value: &str) {
        let beside = |wanted: &str| {
            let columns = self.header.table.columns.iter();
            columns
                .filter(|(_, role)| *role == wanted)
                .map(|(column, _)| self.get(column))
                .find(|cell| !cell.is_empty())
        };
        let kind = match kind {
            "" => beside("id_kind").unwrap_or("number"),
            kind => kind,
        };
        draft.identifier(kind, value, beside("id_country").and_then(countries::known));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_says_only_what_is_understood() {
        let roles = [
            "name",
            "original",
            "alias",
            "weak",
            "former",
            "kind",
            "birth",
            "birth_place",
            "country",
            "programme",
            "position",
            "listed",
            "delisted",
            "remark",
            "given",
            "surname",
            "id_kind",
            "id_country",
        ];
        for table in TABLES.iter() {
            for (column, role) in &table.columns {
                assert_eq!(&key(column), column, "{}", table.format);
                let known = roles.contains(&role.as_str()) || role.starts_with("id:");
                assert!(known, "{}: {role}", table.format);
            }
        }
    }

    #[test]
    fn a_header_is_found_below_a_line_on_the_list() {
        let head = "Report Date: 13-Feb-2024\nUnique ID;Name 6;Name type;Regime Name\n";
        let header = recognise(head).unwrap();
        assert_eq!(header.table.list.as_deref(), Some("UK"));
        assert_eq!((header.skip, header.delimiter), (1, b';'));
        assert!(recognise("some,words\nof no,list\n").is_none());
    }
}
