//! The entries of public watchlists as names are measured on them: UN XML, EU journal CSV, OFAC CSV.
//!
//! Only what measuring needs: an id, person or not, all names as written. Importing lists for use,
//! with dates, programmes and broken rows, is `madar-link`'s.

use std::path::Path;

use anyhow::Context;
use madar_names::{NameKind, fold};

/// The shortest alias kept, in letters: shorter ones are debris of split cells.
const SHORTEST: usize = 2;

/// One entry of a list.
pub(crate) struct Entry {
    /// List and its own id: "un/6908017".
    pub(crate) id: String,
    pub(crate) kind: NameKind,
    /// The listed name first, then aliases, none twice.
    pub(crate) names: Vec<String>,
}

/// All entries below a folder with `un/`, `eu/` and `ofac/`.
pub(crate) fn load(folder: &Path) -> anyhow::Result<Vec<Entry>> {
    let mut entries = un(&folder.join("un/UN_consolidated.xml"))?;
    let mut files: Vec<_> = std::fs::read_dir(folder.join("eu"))
        .with_context(|| format!("cannot list {}", folder.display()))?
        .map(|file| file.map(|f| f.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in files
        .iter()
        .filter(|f| f.extension().is_some_and(|e| e == "csv"))
    {
        entries.extend(eu(file)?);
    }
    let ofac_folder = folder.join("ofac");
    entries.extend(ofac(&ofac_folder, "sdn.csv", "alt.csv")?);
    entries.extend(ofac(
        &ofac_folder,
        "cons/cons_prim.csv",
        "cons/cons_alt.csv",
    )?);
    for entry in &mut entries {
        let mut kept: Vec<String> = Vec::new();
        for name in std::mem::take(&mut entry.names) {
            let name = name
                .trim()
                .trim_matches(['"', '“', '”', '‘', '’', ',', '.'])
                .trim();
            let letters = name.chars().filter(|c| c.is_alphabetic()).count();
            if letters >= SHORTEST && !kept.iter().any(|k| k == name) {
                kept.push(name.to_owned());
            }
        }
        entry.names = kept;
    }
    entries.retain(|entry| !entry.names.is_empty());
    Ok(entries)
}

fn read(file: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// For each entry the place of the first one that shares a name with it, directly or through others:
/// lists repeat each other, and one thing may stand in all of them.
pub(crate) fn clusters(entries: &[Entry]) -> Vec<u32> {
    fn root(parent: &[u32], mut at: u32) -> u32 {
        while parent[at as usize] != at {
            at = parent[at as usize];
        }
        at
    }
    let count = u32::try_from(entries.len()).expect("lists have fewer than 2^32 entries");
    let mut parent: Vec<u32> = (0..count).collect();
    let mut first: rustc_hash::FxHashMap<String, u32> = rustc_hash::FxHashMap::default();
    for (at, entry) in (0..count).zip(entries) {
        for name in &entry.names {
            let before = *first.entry(fold(name)).or_insert(at);
            let (a, b) = (root(&parent, before), root(&parent, at));
            parent[a.max(b) as usize] = a.min(b);
        }
    }
    (0..count).map(|at| root(&parent, at)).collect()
}

/// One element to a line, as the UN writes them.
fn un(file: &Path) -> anyhow::Result<Vec<Entry>> {
    let text = read(file)?;
    let mut entries: Vec<Entry> = Vec::new();
    let mut fields: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line == "<INDIVIDUAL>" || line == "<ENTITY>" {
            fields.clear();
            let kind = if line == "<INDIVIDUAL>" {
                NameKind::Person
            } else {
                NameKind::Organisation
            };
            let (id, names) = (String::new(), Vec::new());
            entries.push(Entry { id, kind, names });
        }
        let Some(entry) = entries.last_mut() else {
            continue;
        };
        let Some((tag, value)) = element(line) else {
            continue;
        };
        match tag {
            "DATAID" => entry.id = format!("un/{value}"),
            "FIRST_NAME" | "SECOND_NAME" | "THIRD_NAME" | "FOURTH_NAME" => fields.push(value),
            "UN_LIST_TYPE" => entry.names.push(fields.join(" ")),
            "NAME_ORIGINAL_SCRIPT" | "ALIAS_NAME" => entry.names.extend(aliases(&value)),
            _ => {}
        }
    }
    Ok(entries)
}

/// `<TAG>value</TAG>`, unescaped.
fn element(line: &str) -> Option<(&str, String)> {
    let (tag, rest) = line.strip_prefix('<')?.split_once('>')?;
    let value = rest.strip_suffix(&format!("</{tag}>"))?;
    let value = value
        .replace("&amp;", "&")
        .replace("&apos;", "'")
        .replace("&quot;", "\"");
    Some((tag, value))
}

fn eu(file: &Path) -> anyhow::Result<Vec<Entry>> {
    let rows = csv(&read(file)?);
    let stem = file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let Some((header, rows)) = rows.split_first() else {
        return Ok(Vec::new());
    };
    let place = |name: &str| header.iter().position(|h| h == name);
    let columns = ["schema", "name", "alias", "weakAlias", "previousName"].map(place);
    let entries = rows.iter().enumerate().map(|(number, row)| {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", String::as_str);
        let kind = if cell(columns[0]) == "Person" {
            NameKind::Person
        } else {
            NameKind::Organisation
        };
        Entry {
            id: format!("eu/{stem}/{}", number + 1),
            kind,
            names: columns[1..]
                .iter()
                .flat_map(|&at| aliases(cell(at)))
                .collect(),
        }
    });
    Ok(entries.collect())
}

fn ofac(folder: &Path, primary: &str, other: &str) -> anyhow::Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = csv(&read(&folder.join(primary))?)
        .into_iter()
        .filter(|row| row.len() > 3)
        .map(|row| Entry {
            id: format!("ofac/{}", row[0]),
            kind: if row[2] == "individual" {
                NameKind::Person
            } else {
                NameKind::Organisation
            },
            names: vec![row[1].clone()],
        })
        .collect();
    let places: rustc_hash::FxHashMap<String, usize> = entries
        .iter()
        .enumerate()
        .map(|(at, e)| (e.id.clone(), at))
        .collect();
    for row in csv(&read(&folder.join(other))?) {
        let id = row
            .first()
            .map(|id| format!("ofac/{id}"))
            .unwrap_or_default();
        if let (Some(&at), Some(name)) = (places.get(&id), row.get(3)) {
            entries[at].names.push(name.clone());
        }
    }
    Ok(entries)
}

/// The names in one cell: separated by semicolons, in brackets, or by a change to or from Arabic.
fn aliases(cell: &str) -> Vec<String> {
    let is_arabic = |c: char| matches!(c, '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{feff}');
    let mut out = Vec::new();
    for piece in cell
        .split([';', '(', ')', '\n'])
        .flat_map(|p| p.split("a.k.a."))
    {
        let mut name = String::new();
        let mut arabic = None;
        for c in piece.chars() {
            if c.is_alphabetic() {
                if arabic.is_some_and(|before| before != is_arabic(c)) {
                    out.push(std::mem::take(&mut name));
                }
                arabic = Some(is_arabic(c));
            }
            name.push(c);
        }
        out.push(name);
    }
    out
}

/// Rows of comma-separated values, quoted by RFC 4180.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' | '\u{1a}' => {}
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_cell() {
        let check = |cell: &str, expect: &[&str]| {
            let names = aliases(cell);
            let names: Vec<&str> = names
                .iter()
                .map(|n| n.trim())
                .filter(|n| !n.is_empty())
                .collect();
            assert_eq!(names, expect, "{cell}");
        };
        check("Nadir Samir; نادر سمير", &["Nadir Samir", "نادر سمير"]);
        check(
            "Orient Quay a.k.a. ‘OQ’ رصيف",
            &["Orient Quay", "‘OQ’", "رصيف"],
        );
        check("Завод (Zavod)", &["Завод", "Zavod"]);
    }

    #[test]
    fn quoted_cells() {
        let rows = csv("1,\"LAST, First\",\"said \"\"so\"\"\"\r\n2,b,\n");
        assert_eq!(
            rows,
            [vec!["1", "LAST, First", "said \"so\""], vec!["2", "b", ""]]
        );
    }
}
