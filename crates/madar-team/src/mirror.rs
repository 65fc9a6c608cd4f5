//! The mirror of a shared case: which rows of it were changed, and rows from and to the database.

use std::collections::BTreeSet;

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::{ToSql, Type};
use postgres::{Client, Row};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use crate::parcel::{Parcel, sent};
use crate::server::{Sent, cell, failed};
use crate::tables::{Kind, TABLES, Table};
use crate::{Came, Right, TeamError};

/// The step before the first one: everything is later.
const NOWHERE: i64 = -1;

/// At which step a mirror stands.
pub(crate) struct Stand {
    pub(crate) step: i64,
    /// Tells the step from one of the same number in another life of the case.
    pub(crate) mark: String,
}

/// Makes a case file a mirror: it says where it stands, and this connection notes which rows it changes.
pub(crate) fn settle(file: &Connection) -> Result<(), TeamError> {
    // each change asks of every table what was changed in it
    file.set_prepared_statement_cache_capacity(8 * TABLES.len());
    // what a crash takes from a mirror comes back with the next look
    file.pragma_update(None, "synchronous", "NORMAL")?;
    file.execute_batch(
        "CREATE TABLE IF NOT EXISTS main.mirrored (
             only INTEGER PRIMARY KEY CHECK (only = 1), step INTEGER NOT NULL, mark TEXT NOT NULL
         ) STRICT;
         CREATE TEMP TABLE IF NOT EXISTS changed (relation TEXT, key, PRIMARY KEY (relation, key)) WITHOUT ROWID;",
    )?;
    for table in &TABLES {
        let (name, key) = (table.name, table.key().0);
        let differs: Vec<String> = table
            .columns
            .iter()
            .map(|(c, _)| format!("old.{c} IS NOT new.{c}"))
            .collect();
        let differs = differs.join(" OR ");
        let note =
            |of: &str| format!("INSERT OR REPLACE INTO changed VALUES ('{name}', {of}.{key})");
        file.execute_batch(&format!(
            "CREATE TEMP TRIGGER IF NOT EXISTS {name}_came AFTER INSERT ON main.{name} BEGIN {new}; END;
             CREATE TEMP TRIGGER IF NOT EXISTS {name}_differs AFTER UPDATE ON main.{name} WHEN {differs}
             BEGIN {old}; {new}; END;
             CREATE TEMP TRIGGER IF NOT EXISTS {name}_went AFTER DELETE ON main.{name} BEGIN {old}; END;",
            new = note("new"),
            old = note("old"),
        ))?;
    }
    Ok(())
}

pub(crate) fn stand(file: &Connection) -> Result<Stand, TeamError> {
    let find = "SELECT step, mark FROM mirrored";
    let stand = file.query_row(find, [], |row| {
        Ok(Stand {
            step: row.get(0)?,
            mark: row.get(1)?,
        })
    });
    Ok(stand.optional()?.unwrap_or(Stand {
        step: NOWHERE,
        mark: String::new(),
    }))
}

pub(crate) fn stands(file: &Connection, stand: &Stand) -> Result<(), TeamError> {
    file.execute(
        "INSERT OR REPLACE INTO mirrored (only, step, mark) VALUES (1, ?1, ?2)",
        params![stand.step, stand.mark],
    )?;
    Ok(())
}

/// Brings all rows that changed after the step at which the mirror stands; `known` is the mark that the database
/// has of that step. Where it is another, the mirror is of another life of the case, and is laid anew.
pub(crate) fn bring(
    server: &mut Client,
    file: &Connection,
    stand: &Stand,
    known: Option<&str>,
) -> Result<Came, TeamError> {
    let mut came = Came::default();
    let mut since = stand.step;
    if known != Some(&*stand.mark) {
        came.gone = wipe(file)?;
        since = NOWHERE;
    }
    let mut emptied: BTreeSet<&str> = BTreeSet::new();
    if since != NOWHERE {
        emptied = take_out(server, file, since, &mut came)?;
    }
    for table in &TABLES {
        let mut put = file.prepare_cached(&table.put_here())?;
        let since = match emptied.contains(table.name) {
            true => NOWHERE,
            false => since,
        };
        let mut rows = rows(server, table, since)?;
        while let Some(row) = rows.next().map_err(|error| failed(&error, Right::Read))? {
            put.execute(params_from_iter(taken(table, &row)?))?;
            came.rows += 1;
        }
    }
    let find = "SELECT relation, last FROM numbers WHERE step > $1";
    for row in asked(server, find, &[(&since, Type::INT8)])? {
        number(file, &cell::<String>(&row, 0)?, cell(&row, 1)?)?;
    }
    file.execute("DELETE FROM changed", [])?;
    Ok(came)
}

/// Takes out what is gone. Of a table whose keys are words no key is told: such a table is emptied, to be brought
/// whole; gives those.
fn take_out(
    server: &mut Client,
    file: &Connection,
    since: i64,
    came: &mut Came,
) -> Result<BTreeSet<&'static str>, TeamError> {
    let find = "SELECT relation, key FROM gone WHERE step > $1";
    let mut emptied = BTreeSet::new();
    for row in asked(server, find, &[(&since, Type::INT8)])? {
        let (name, key): (String, Vec<u8>) = (cell(&row, 0)?, cell(&row, 1)?);
        let table = TABLES.iter().find(|table| table.name == name);
        let table = table.ok_or(TeamError::Damaged("a key"))?;
        let (column, kind) = table.key();
        let delete = format!("DELETE FROM {} WHERE {column} = ?1", table.name);
        let went = match kind {
            Kind::Number => {
                let bytes = key.try_into().map_err(|_| TeamError::Damaged("a key"))?;
                file.execute(&delete, [i64::from_be_bytes(bytes)])?
            }
            Kind::Bytes => file.execute(&delete, [key])?,
            Kind::Text | Kind::Words => {
                emptied.insert(table.name);
                file.execute(&format!("DELETE FROM {}", table.name), [])?;
                0
            }
        };
        came.gone |= went > 0;
    }
    Ok(emptied)
}

/// Gives whether anything was there.
fn wipe(file: &Connection) -> Result<bool, TeamError> {
    let mut went = 0;
    for table in TABLES.iter().rev() {
        went += file.execute(&format!("DELETE FROM {}", table.name), [])?;
    }
    file.execute("DELETE FROM sqlite_sequence", [])?;
    Ok(went > 0)
}

/// Sends the rows that were changed since [`bring`]; gives whether there were any.
pub(crate) fn send_changed(server: &mut Client, file: &Connection) -> Result<bool, TeamError> {
    let mut query = file.prepare_cached("SELECT key FROM changed WHERE relation = ?1")?;
    let mut any = false;
    for table in TABLES.iter().rev() {
        let find = format!("SELECT 1 FROM {} WHERE {} = ?1", table.name, table.key().0);
        let mut find = file.prepare_cached(&find)?;
        let keys = query.query_map([table.name], |row| row.get::<_, Value>(0))?;
        for key in keys {
            any = true;
            let key = key?;
            if !find.exists([&key])? {
                take_out_there(server, table, key)?;
            }
        }
    }
    if !any {
        return Ok(false);
    }
    let mut parcel = Parcel::default();
    // those that others point to come first
    for table in &TABLES {
        let changed = format!(
            "SELECT {} FROM changed JOIN main.{} ON {} = key WHERE relation = ?1",
            table.names(),
            table.name,
            table.key().0
        );
        let mut changed = file.prepare_cached(&changed)?;
        let mut rows = changed.query([table.name])?;
        while let Some(row) = rows.next()? {
            parcel.put(server, table, values(table, row)?)?;
        }
    }
    parcel.send(server)?;
    send_numbers(server, file)?;
    Ok(true)
}

/// Sends all rows.
pub(crate) fn send_all(server: &mut Client, file: &Connection) -> Result<(), TeamError> {
    let mut parcel = Parcel::default();
    for table in &TABLES {
        let mut query = file.prepare(&format!("SELECT {} FROM {}", table.names(), table.name))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            parcel.put(server, table, values(table, row)?)?;
        }
    }
    parcel.send(server)?;
    send_numbers(server, file)
}

/// How many rows are not the same here and there.
pub(crate) fn differing(server: &mut Client, file: &Connection) -> Result<u64, TeamError> {
    let mut differ = 0;
    for table in &TABLES {
        let find = format!(
            "SELECT {} FROM {} WHERE {} = ?1",
            table.names(),
            table.name,
            table.key().0
        );
        let mut find = file.prepare(&find)?;
        let mut met = 0;
        let mut rows = rows(server, table, NOWHERE)?;
        while let Some(row) = rows.next().map_err(|error| failed(&error, Right::Read))? {
            let theirs = taken(table, &row)?;
            let ours = find
                .query_row([&theirs[0]], |row| values(table, row))
                .optional()?;
            met += u64::from(ours.is_some());
            differ += u64::from(ours != Some(theirs));
        }
        let count = format!("SELECT count(*) FROM {}", table.name);
        let here: i64 = file.query_row(&count, [], |row| row.get(0))?;
        differ += here.unsigned_abs().saturating_sub(met);
    }
    Ok(differ)
}

fn rows<'a>(
    server: &'a mut Client,
    table: &Table,
    since: i64,
) -> Result<postgres::RowIter<'a>, TeamError> {
    let find = format!(
        "SELECT {} FROM {} WHERE step > $1",
        table.names(),
        table.name
    );
    let since: [(&(dyn ToSql + Sync), Type); 1] = [(&since, Type::INT8)];
    server
        .query_typed_raw(&find, since)
        .map_err(|error| failed(&error, Right::Read))
}

fn asked(server: &mut Client, find: &str, with: &[Sent<'_>]) -> Result<Vec<Row>, TeamError> {
    server
        .query_typed(find, with)
        .map_err(|error| failed(&error, Right::Read))
}

/// A row of the file.
fn values(table: &Table, row: &rusqlite::Row<'_>) -> rusqlite::Result<Vec<Value>> {
    (0..table.columns.len()).map(|at| row.get(at)).collect()
}

/// A row of the database, as the file has it.
fn taken(table: &Table, row: &Row) -> Result<Vec<Value>, TeamError> {
    let columns = table.columns.iter().enumerate();
    let values = columns.map(|(at, (_, kind))| {
        let value = match kind {
            Kind::Number => cell::<Option<i64>>(row, at)?.map(Value::Integer),
            Kind::Bytes => cell::<Option<Vec<u8>>>(row, at)?.map(Value::Blob),
            Kind::Text => cell::<Option<String>>(row, at)?.map(Value::Text),
            Kind::Words => cell::<Option<Vec<u8>>>(row, at)?
                .map(words)
                .transpose()?
                .map(Value::Text),
        };
        Ok(value.unwrap_or(Value::Null))
    });
    values.collect()
}

fn words(bytes: Vec<u8>) -> Result<String, TeamError> {
    String::from_utf8(bytes).map_err(|_| TeamError::Damaged("words"))
}

fn take_out_there(server: &mut Client, table: &Table, key: Value) -> Result<(), TeamError> {
    let (column, kind) = table.key();
    let (key, of) = sent(kind, key);
    let delete = format!("DELETE FROM {} WHERE {column} = $1", table.name);
    let gone = server.execute_typed(&delete, &[(&*key, of)]);
    gone.map_err(|error| failed(&error, Right::Administer))?;
    Ok(())
}

/// The last numbers that were given: none is given twice, whoever gives the next one.
fn send_numbers(server: &mut Client, file: &Connection) -> Result<(), TeamError> {
    let mut query = file.prepare_cached("SELECT name, seq FROM sqlite_sequence")?;
    let given = query.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    let (mut names, mut last) = (Vec::new(), Vec::new());
    for number in given {
        let (name, number) = number?;
        if TABLES.iter().any(|table| table.name == name) {
            names.push(name);
            last.push(number);
        }
    }
    let put =
        "INSERT INTO numbers (relation, last) SELECT * FROM unnest($1, $2) ON CONFLICT (relation)
         DO UPDATE SET last = excluded.last WHERE numbers.last < excluded.last";
    let put = server.execute_typed(
        put,
        &[(&names, Type::TEXT_ARRAY), (&last, Type::INT8_ARRAY)],
    );
    put.map_err(|error| failed(&error, Right::Decide))?;
    Ok(())
}

fn number(file: &Connection, relation: &str, last: i64) -> Result<(), TeamError> {
    let update = "UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1";
    if file.execute(update, params![relation, last])? == 0 {
        file.execute(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)",
            params![relation, last],
        )?;
    }
    Ok(())
}
