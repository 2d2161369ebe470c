//! The register and everything that is done with it, once on SQLite and once on PostgreSQL.
//!
//! PostgreSQL runs privately in a temporary folder where its programs are installed; elsewhere its
//! tests are skipped, which the test of that name says. `TEST_DATABASE_URL` names another server,
//! and `OCOP_TEST_REQUIRE_POSTGRES=1` makes its absence a failure.
#![expect(
    clippy::disallowed_methods,
    clippy::duplicate_mod,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "one suite runs twice; helpers stop at the first surprise and read the environment"
)]

#[path = "../support/desk.rs"]
mod desk;
#[path = "../support/postgres.rs"]
mod postgres;

mod both;
mod file_lost;
mod interruption;
mod outage;
mod postgresql;
mod proofread;
mod secrets;
mod serving;
mod sqlite;
mod sqlite_file;

use ocop_stamp::store::Store;

/// A fresh register; an SQLite file goes with its folder.
pub(crate) struct Register {
    store: Store,
    url: String,
    dir: Option<tempfile::TempDir>,
}

#[expect(clippy::unnecessary_wraps, reason = "as PostgreSQL, which may not be there")]
fn on_sqlite() -> Option<Register> {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("register.db").display());
    let store = Store::open_or_create(&url).unwrap();
    Some(Register { store, url, dir: Some(dir) })
}

fn on_postgresql() -> Option<Register> {
    let url = postgres::new_database()?;
    let store = Store::open_or_create(&url).unwrap();
    Some(Register { store, url, dir: None })
}

#[test]
fn postgresql_is_installed_or_its_tests_are_skipped() {
    if !postgres::is_available() {
        eprintln!("skipped: no PostgreSQL server binary found (initdb, pg_ctl, postgres)");
        assert!(!postgres::is_required(), "PostgreSQL is required here and was not found");
    }
}
