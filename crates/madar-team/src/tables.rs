//! What of a case is shared: tables that the case file and the database both have, column by column. What lies in
//! a column is nobody's business here.

/// How a column lies on either side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Number,
    Bytes,
    /// Text here and text there.
    Text,
    /// Text here, bytes there: words from outside may hold what PostgreSQL's text may not.
    Words,
}

/// Whether rows are put right later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rows {
    Change,
    /// Once in, they stay as they are, or go.
    Stay,
}

#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    /// The first column is the key.
    pub columns: &'static [(&'static str, Kind)],
    pub rows: Rows,
}

use Kind::{Bytes, Number, Text, Words};

/// In an order in which each row finds those that it points to.
pub const TABLES: [Table; 8] = [
    Table {
        name: "documents",
        columns: &[
            ("id", Bytes),
            ("text_hash", Bytes),
            ("bytes", Bytes),
            ("origin", Words),
            ("title", Words),
            ("body", Bytes),
        ],
        rows: Rows::Change,
    },
    Table {
        name: "captures",
        columns: &[("bytes", Bytes), ("document", Bytes), ("origin", Words)],
        rows: Rows::Change,
    },
    Table {
        name: "readings",
        columns: &[("document", Bytes), ("reader", Text), ("body", Bytes)],
        rows: Rows::Change,
    },
    Table {
        name: "failures",
        columns: &[("origin", Words), ("reason", Words)],
        rows: Rows::Change,
    },
    Table {
        name: "decisions",
        columns: &[("number", Number), ("decision", Text)],
        rows: Rows::Stay,
    },
    Table {
        name: "snapshots",
        columns: &[
            ("number", Number),
            ("hash", Bytes),
            ("list", Text),
            ("day", Text),
            ("basis", Text),
            ("source", Text),
            ("format", Text),
            ("entries", Number),
            ("names", Number),
            ("broken", Number),
            ("body", Bytes),
        ],
        rows: Rows::Stay,
    },
    Table {
        name: "custody",
        columns: &[("number", Number), ("entry", Text), ("hash", Bytes)],
        rows: Rows::Stay,
    },
    Table {
        name: "marks",
        columns: &[
            ("number", Number),
            ("entry", Number),
            ("snapshot", Number),
            ("at", Text),
        ],
        rows: Rows::Stay,
    },
];

#[cfg(feature = "postgres")]
impl Table {
    pub(crate) fn key(&self) -> (&'static str, Kind) {
        self.columns[0]
    }

    /// `id, text_hash, bytes, …`
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    /// Puts a row into the file, or puts it right.
    pub(crate) fn put_here(&self) -> String {
        let values = self.marks('?', 1);
        let put = format!(
            "INSERT INTO {} ({}) VALUES ({values})",
            self.name,
            self.names()
        );
        format!("{put}{}", self.or_put_right())
    }

    /// Puts rows into the database, a parameter to a column, from this one on. Rows that stay may be put in and
    /// nothing else.
    pub(crate) fn put_there(&self, first: usize) -> String {
        let columns = self.marks('$', first);
        let put = format!(
            "INSERT INTO {} ({}) SELECT * FROM unnest({columns})",
            self.name,
            self.names()
        );
        match self.rows {
            Rows::Change => format!("{put}{}", self.or_put_right()),
            Rows::Stay => put,
        }
    }

    fn marks(&self, mark: char, first: usize) -> String {
        let marks = (first..first + self.columns.len()).map(|at| format!("{mark}{at}"));
        marks.collect::<Vec<_>>().join(", ")
    }

    fn or_put_right(&self) -> String {
        let right = self.columns[1..].iter();
        let right = right.map(|(name, _)| format!("{name} = excluded.{name}"));
        let right: Vec<String> = right.collect();
        let key = self.key().0;
        format!(" ON CONFLICT ({key}) DO UPDATE SET {}", right.join(", "))
    }
}
