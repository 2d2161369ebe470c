//! The two migration folders: the same names, the same tables, the same columns in the same order,
//! and the schema that the queries are written against restates them.

use std::collections::BTreeSet;

use crate::{expect_none, files_under, read};

/// Tables and their columns, both in order of making.
type Tables = Vec<(String, Vec<String>)>;

#[test]
fn both_databases_have_the_same_migrations_each_with_a_way_back() {
    let (sqlite, postgresql) = (names("sqlite"), names("postgresql"));
    assert!(!sqlite.is_empty(), "there are no migrations");
    assert_eq!(sqlite, postgresql);
    let of_both = ["sqlite", "postgresql"].map(|database| (database, migration_files(database)));
    for (database, files) in of_both {
        expect_none("Migrations are incomplete:", &incomplete(database, &sqlite, &files));
    }
}

#[test]
fn both_databases_and_the_queries_have_the_same_tables_and_columns() {
    let (sqlite, postgresql) = (schema("sqlite"), schema("postgresql"));
    assert!(!sqlite.is_empty(), "the migrations make no tables");
    // A table that one of them must make anew comes later there.
    let tables = sorted(sqlite);
    assert_eq!(tables, sorted(postgresql));
    assert_eq!(sorted(of_queries(&read("src/store/schema.rs"))), tables);
}

#[test]
fn every_way_back_takes_away_what_the_way_forth_made() {
    for database in ["sqlite", "postgresql"] {
        let mut tables = schema(database);
        for name in names(database).iter().rev() {
            apply(&mut tables, &read(format!("migrations/{database}/{name}/down.sql")));
        }
        assert_eq!(tables, Tables::new(), "{database}");
    }
}

fn migration_files(database: &str) -> BTreeSet<String> {
    let folder = format!("migrations/{database}");
    let paths = files_under(&folder).into_iter();
    paths.map(|path| path.strip_prefix(&folder).unwrap().display().to_string()).collect()
}

fn names(database: &str) -> BTreeSet<String> {
    let name = |file: &String| file.split('/').next().unwrap_or_default().to_owned();
    migration_files(database).iter().map(name).collect()
}

fn incomplete(database: &str, names: &BTreeSet<String>, files: &BTreeSet<String>) -> Vec<String> {
    let wanted: BTreeSet<String> = names
        .iter()
        .flat_map(|name| ["up", "down"].map(|way| format!("{name}/{way}.sql")))
        .collect();
    let differing = wanted.symmetric_difference(files);
    differing.map(|file| format!("migrations/{database}/{file} is missing or too much")).collect()
}

fn schema(database: &str) -> Tables {
    let mut tables = Tables::new();
    for name in names(database) {
        apply(&mut tables, &read(format!("migrations/{database}/{name}/up.sql")));
    }
    tables
}

/// Follows the statements that make, change and drop tables.
fn apply(tables: &mut Tables, sql: &str) {
    let lines = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
    let sql = lines.collect::<Vec<_>>().join(" ");
    for statement in sql.split(';') {
        let words: Vec<&str> =
            statement.split_whitespace().flat_map(|word| word.split_inclusive('(')).collect();
        match words.as_slice() {
            ["CREATE", "TABLE", name, ..] => {
                let name = name.trim_end_matches('(').to_owned();
                tables.push((name, columns(statement)));
            }
            ["DROP", "TABLE", name, ..] => tables.retain(|(table, _)| table != name),
            ["ALTER", "TABLE", name, change @ ..] => {
                let table = tables.iter_mut().find(|(table, _)| table == name);
                let table = table.unwrap_or_else(|| panic!("there is no table {name}"));
                alter(table, change);
            }
            _ => {}
        }
    }
}

fn alter((name, columns): &mut (String, Vec<String>), change: &[&str]) {
    match change {
        ["ADD", "COLUMN", column, ..] => columns.push((*column).to_owned()),
        ["DROP", "COLUMN", column, ..] => columns.retain(|known| known != column),
        ["RENAME", "COLUMN", from, "TO", to] => {
            let column = columns.iter_mut().find(|known| known == from);
            (*to).clone_into(column.unwrap_or_else(|| panic!("there is no column {from}")));
        }
        ["RENAME", "TO", to] => (*to).clone_into(name),
        // Constraints and defaults are each database's own.
        _ => {}
    }
}

/// First words of table constraints.
const CONSTRAINTS: [&str; 5] = ["CHECK", "CONSTRAINT", "FOREIGN", "PRIMARY", "UNIQUE"];

fn columns(create_table: &str) -> Vec<String> {
    let (_, list) = create_table.split_once('(').expect("a table has columns");
    let list = list.trim_end().strip_suffix(')').expect("the list of columns ends");
    let mut depth = 0_i32;
    let parts = list.split(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ',' && depth == 0
    });
    parts
        .filter_map(|part| part.split([' ', '(']).find(|word| !word.trim().is_empty()))
        .filter(|word| !CONSTRAINTS.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Tables and columns of `diesel::table!` declarations.
fn of_queries(schema: &str) -> Tables {
    let mut tables = Tables::new();
    let lines = schema.lines().map(str::trim).filter(|line| !line.starts_with("diesel::"));
    for line in lines {
        if let Some((column, _)) = line.split_once(" -> ") {
            tables.last_mut().expect("a column has a table").1.push(column.to_owned());
        } else if let Some((table, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            tables.push((table.to_owned(), Vec::new()));
        }
    }
    tables
}

fn sorted(mut tables: Tables) -> Tables {
    tables.sort();
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(sql: &str) -> Tables {
        let mut tables = Tables::new();
        apply(&mut tables, sql);
        tables
    }

    fn table(name: &str, columns: &[&str]) -> Tables {
        vec![(name.to_owned(), columns.iter().map(|&column| column.to_owned()).collect())]
    }

    const T: &str = "CREATE TABLE t (\n id BIGINT CHECK (id IN (1, 2)), -- a, b\n name TEXT,\n \
                     PRIMARY KEY (id, name), UNIQUE(name), CHECK ((a) = (b))\n);";

    #[test]
    fn columns_are_told_from_constraints_and_comments() {
        assert_eq!(after(T), table("t", &["id", "name"]));
        assert_eq!(after("CREATE TABLE t(a INTEGER, b TEXT);"), table("t", &["a", "b"]));
    }

    #[test]
    fn a_missing_or_moved_column_makes_a_difference() {
        assert_ne!(after("CREATE TABLE t (a X, b X);"), after("CREATE TABLE t (b X, a X);"));
        assert_ne!(after("CREATE TABLE t (a X, b X);"), after("CREATE TABLE t (a X);"));
    }

    #[test]
    fn later_changes_are_followed() {
        let changed = "ALTER TABLE t ADD COLUMN c TEXT; ALTER TABLE t DROP COLUMN name;
                       ALTER TABLE t RENAME COLUMN id TO number; ALTER TABLE t RENAME TO u;";
        assert_eq!(after(&format!("{T}{changed}")), table("u", &["number", "c"]));
        assert_eq!(after(&format!("{T} DROP TABLE t;")), Tables::new());
    }

    #[test]
    fn a_migration_without_a_way_back_is_found() {
        let names = BTreeSet::from(["1_a".to_owned()]);
        let files = BTreeSet::from(["1_a/up.sql".to_owned()]);
        let findings = incomplete("sqlite", &names, &files);
        assert_eq!(findings, ["migrations/sqlite/1_a/down.sql is missing or too much"]);
    }

    #[test]
    fn the_tables_of_queries_are_read() {
        let schema = "diesel::table! {\n    t (id) {\n        id -> BigInt,\n        \
                      name -> Nullable<Text>,\n    }\n}\ndiesel::joinable!(a -> b (c));\n";
        assert_eq!(of_queries(schema), table("t", &["id", "name"]));
    }
}
