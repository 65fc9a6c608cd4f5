//! A file of pairs of names, and a score for each: `madar-lab pairs FILE.tsv`.
//!
//! The file is tab-separated without quoting, with a header of at least `name_a`, `name_b` and
//! `schema` in any order ("Person", or anything else for an organisation). What it says about the
//! answer (`same`) is never read here, so parts that are held back can be scored by anyone.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use madar_names::{Name, NameKind, score};

/// Where the columns of a pairs file stand.
pub(crate) struct Columns {
    names: Vec<String>,
}

impl Columns {
    /// Reads the header.
    pub(crate) fn of(header: &str) -> Columns {
        Columns {
            names: header.split('\t').map(str::to_owned).collect(),
        }
    }

    /// The place of a column that must be there.
    pub(crate) fn place(&self, name: &str) -> anyhow::Result<usize> {
        let found = self.names.iter().position(|n| n == name);
        found.with_context(|| format!("the header has no column {name:?}"))
    }
}

/// What a row's `schema` says the two names are names of.
pub(crate) fn kind_of(schema: &str) -> NameKind {
    match schema {
        "Person" => NameKind::Person,
        _ => NameKind::Organisation,
    }
}

/// Copies a file of pairs to standard output with a last column `score`, 0 to 1.
pub(crate) fn add_scores(file: &Path) -> anyhow::Result<()> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut lines = text.lines();
    let header = lines.next().context("the file is empty")?;
    let columns = Columns::of(header);
    let [a, b, schema] = [
        columns.place("name_a")?,
        columns.place("name_b")?,
        columns.place("schema")?,
    ];
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut write = |line: &str, last: &str| match writeln!(out, "{line}\t{last}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        other => other,
    };
    write(header, "score")?;
    for (number, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| {
            let found = cells.get(at).copied();
            found.with_context(|| format!("line {} has too few columns", number + 2))
        };
        let kind = kind_of(cell(schema)?);
        let score = score(&Name::new(cell(a)?, kind), &Name::new(cell(b)?, kind));
        write(line, &format!("{:.4}", score.as_f64()))?;
    }
    out.flush()?;
    Ok(())
}
