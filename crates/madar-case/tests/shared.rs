//! What of a case is shared is all that cannot be computed again.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use madar_case::Case;
use madar_team::TABLES;
use rusqlite::Connection;

/// Made from the others, or the work of the file itself.
fn is_derived(table: &str) -> bool {
    let begins = ["linked_", "known_", "terms", "sqlite_"];
    ["projection", "searched"].contains(&table)
        || begins.iter().any(|begin| table.starts_with(begin))
}

#[test]
fn every_column_that_cannot_be_computed_again_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.madar");
    drop(Case::open_or_create(&path).unwrap());
    let case = Connection::open(&path).unwrap();
    let column = |ask: &str| -> Vec<String> {
        let mut query = case.prepare(ask).unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let mut tables = column("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    tables.retain(|table| !is_derived(table));
    let mut shared: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    shared.sort_unstable();
    assert_eq!(tables, shared);
    for table in TABLES {
        let ask = format!(
            "SELECT name FROM pragma_table_info('{}') ORDER BY name",
            table.name
        );
        let mut shared: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        shared.sort_unstable();
        assert_eq!(column(&ask), shared, "{}", table.name);
    }
}
