//! What only a file has: settings that durability rests on, and a path.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use ocop_stamp::store::{Store, StoreError};

use crate::on_sqlite;

#[derive(diesel::QueryableByName)]
struct Settings {
    #[diesel(sql_type = Text)]
    journal_mode: String,
    #[diesel(sql_type = BigInt)]
    synchronous: i64,
    #[diesel(sql_type = BigInt)]
    foreign_keys: i64,
    #[diesel(sql_type = BigInt)]
    busy_timeout: i64,
}

const SETTINGS: &str = "SELECT journal_mode, synchronous, foreign_keys, timeout AS busy_timeout
    FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout";

/// Reads the settings of so many connections, all open at the same time.
fn settings_of(store: &Store, connections: u32) -> Vec<Settings> {
    if connections == 0 {
        return Vec::new();
    }
    let settings: Result<_, StoreError> = store.read(|register| {
        let mut found = settings_of(store, connections - 1);
        found.push(diesel::sql_query(SETTINGS).get_result(register)?);
        Ok(found)
    });
    settings.unwrap()
}

#[test]
fn every_connection_keeps_what_it_acknowledges() {
    let register = on_sqlite().unwrap();
    let settings = settings_of(&register.store, 8);
    assert_eq!(settings.len(), 8);
    for found in settings {
        assert_eq!(found.journal_mode, "wal");
        assert_eq!((found.synchronous, found.foreign_keys), (2, 1));
        assert!(found.busy_timeout >= 5_000);
    }
}

#[test]
fn a_mistyped_path_makes_no_empty_register() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("regster.db");
    let missing = Store::open(&format!("sqlite:{}", path.display())).unwrap_err();
    assert!(matches!(missing, StoreError::Missing(_)), "{missing}");
    assert!(!path.exists());
}

#[test]
fn a_file_that_is_no_register_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("register.db");
    std::fs::write(&path, "Kính gửi: UBND thành phố Hà Nội ".repeat(200)).unwrap();
    assert!(Store::open(&format!("sqlite:{}", path.display())).is_err());
}

#[test]
fn a_path_may_be_written_in_vietnamese() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("Sổ tem năm 2026 (bản chính).db");
    Store::open_or_create(&format!("sqlite:{}", path.display())).unwrap();
    assert!(path.exists());
}
