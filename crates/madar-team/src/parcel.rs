//! Rows on their way to the database: what a change touched goes as one statement, whatever the number of tables and
//! rows, since each message there and back costs more than what is done with it.

use postgres::Client;
use postgres::types::{ToSql, Type};
use rusqlite::types::Value;

use crate::server::{Sent, failed};
use crate::tables::{Kind, Table};
use crate::{Right, TeamError};

/// Rows and bytes of one statement: enough that few are needed, few enough that neither side holds much.
const MOST_ROWS: usize = 4_000;
const MOST_BYTES: usize = 8 << 20;

/// Rows that are sent together. Those of a table are put in one after the other.
#[derive(Default)]
pub(crate) struct Parcel<'t> {
    tables: Vec<(&'t Table, Vec<Vec<Value>>)>,
    rows: usize,
    bytes: usize,
}

impl<'t> Parcel<'t> {
    /// Adds a row; what is full is sent.
    pub(crate) fn put(
        &mut self,
        server: &mut Client,
        table: &'t Table,
        row: Vec<Value>,
    ) -> Result<(), TeamError> {
        self.rows += 1;
        self.bytes += row.iter().map(bytes).sum::<usize>();
        match self.tables.last_mut() {
            Some((last, rows)) if last.name == table.name => rows.push(row),
            _ => self.tables.push((table, vec![row])),
        }
        match self.rows >= MOST_ROWS || self.bytes >= MOST_BYTES {
            true => self.send(server),
            false => Ok(()),
        }
    }

    pub(crate) fn send(&mut self, server: &mut Client) -> Result<(), TeamError> {
        let Parcel { tables, .. } = std::mem::take(self);
        let Some(statement) = statement(&tables) else {
            return Ok(());
        };
        let mut columns = Vec::new();
        for (table, rows) in tables {
            let mut left: Vec<_> = rows.into_iter().map(Vec::into_iter).collect();
            for (_, kind) in table.columns {
                let values = left.iter_mut().map(|row| row.next().unwrap_or(Value::Null));
                columns.push(column(*kind, values));
            }
        }
        let columns: Vec<Sent<'_>> = columns
            .iter()
            .map(|(values, of)| (&**values, of.clone()))
            .collect();
        let sent = server.execute_typed(&statement, &columns);
        sent.map_err(|error| failed(&error, Right::Decide))?;
        Ok(())
    }
}

/// Puts the rows of the last table in, and those of the others beside it; a parameter is a column of one.
fn statement(tables: &[(&Table, Vec<Vec<Value>>)]) -> Option<String> {
    let mut first = 1;
    let mut puts = tables.iter().map(|(table, _)| {
        let put = table.put_there(first);
        first += table.columns.len();
        put
    });
    let mut puts: Vec<String> = puts.by_ref().collect();
    let last = puts.pop()?;
    if puts.is_empty() {
        return Some(last);
    }
    let beside = puts.iter().enumerate();
    let beside: Vec<String> = beside
        .map(|(at, put)| format!("put{at} AS ({put})"))
        .collect();
    Some(format!("WITH {} {last}", beside.join(", ")))
}

fn bytes(value: &Value) -> usize {
    match value {
        Value::Blob(bytes) => bytes.len(),
        Value::Text(text) => text.len(),
        Value::Null | Value::Integer(_) | Value::Real(_) => size_of::<i64>(),
    }
}

/// Values of the file, as the database has them.
fn column(kind: Kind, values: impl Iterator<Item = Value>) -> (Box<dyn ToSql + Sync>, Type) {
    match kind {
        Kind::Number => {
            let numbers: Vec<Option<i64>> = values.map(|value| number(&value)).collect();
            (Box::new(numbers), Type::INT8_ARRAY)
        }
        Kind::Text => {
            let texts: Vec<Option<String>> = values.map(text).collect();
            (Box::new(texts), Type::TEXT_ARRAY)
        }
        Kind::Bytes | Kind::Words => {
            let all: Vec<Option<Vec<u8>>> = values.map(blob).collect();
            (Box::new(all), Type::BYTEA_ARRAY)
        }
    }
}

/// A value of the file, as the database has it.
pub(crate) fn sent(kind: Kind, value: Value) -> (Box<dyn ToSql + Sync>, Type) {
    match kind {
        Kind::Number => (Box::new(number(&value)), Type::INT8),
        Kind::Text => (Box::new(text(value)), Type::TEXT),
        Kind::Bytes | Kind::Words => (Box::new(blob(value)), Type::BYTEA),
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        _ => None,
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn blob(value: Value) -> Option<Vec<u8>> {
    match value {
        Value::Blob(bytes) => Some(bytes),
        Value::Text(text) => Some(text.into_bytes()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TABLES;

    #[test]
    fn one_statement_puts_rows_into_several_tables() {
        let of = |name: &str| TABLES.iter().find(|table| table.name == name).unwrap();
        let row = Vec::new;
        assert_eq!(statement(&[]), None);
        let told = statement(&[(of("captures"), vec![row()]), (of("custody"), vec![row()])]);
        assert_eq!(
            told.unwrap(),
            "WITH put0 AS (INSERT INTO captures (bytes, document, origin) SELECT * FROM unnest($1, $2, $3) \
             ON CONFLICT (bytes) DO UPDATE SET document = excluded.document, origin = excluded.origin) \
             INSERT INTO custody (number, entry, hash) SELECT * FROM unnest($4, $5, $6)"
        );
    }
}
