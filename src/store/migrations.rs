//! The schema's history, compiled in.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationVersion;
use diesel::sql_types::BigInt;
use diesel::{Connection as _, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{AnyConnection, Cause, StoreError, transaction};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("migrations/postgresql");

/// Runs what is missing; returns the names. All in one write transaction, so that nodes that start
/// together do not run it twice.
pub(super) fn run(connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let names = |versions: Vec<MigrationVersion<'_>>| {
        versions.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let ran = match connection {
        AnyConnection::Sqlite(sqlite) => {
            sqlite.immediate_transaction(|sqlite| sqlite.run_pending_migrations(SQLITE).map(names))
        }
        AnyConnection::Postgres(postgres) => postgres.transaction(|postgres| {
            postgres.batch_execute(&transaction::take_turn())?;
            postgres.run_pending_migrations(POSTGRESQL).map(names)
        }),
    };
    ran.map_err(|error: Cause| StoreError::Migration(error))
}

/// Gives a file a number of its own, once: it stands in the file's header, so that another register in
/// its place is noticed. Written into the file at once.
pub(super) fn mark(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let AnyConnection::Sqlite(connection) = connection else { return Ok(()) };
    let look = |connection: &mut _| -> Result<Mark, StoreError> {
        let query = "SELECT user_version AS mark, abs(random() % 2147483647) + 1 AS other
            FROM pragma_user_version";
        Ok(diesel::sql_query(query).get_result(connection)?)
    };
    if look(connection)?.mark != 0 {
        return Ok(());
    }
    connection.immediate_transaction(|connection| {
        // Another process may have been sooner.
        match look(connection)? {
            Mark { mark: 0, other } => {
                let mark = format!("PRAGMA user_version = {other}");
                connection.batch_execute(&mark).map_err(StoreError::from)
            }
            Mark { .. } => Ok(()),
        }
    })?;
    Ok(connection.batch_execute("PRAGMA wal_checkpoint")?)
}

#[derive(diesel::QueryableByName)]
struct Mark {
    #[diesel(sql_type = BigInt)]
    mark: i64,
    #[diesel(sql_type = BigInt)]
    other: i64,
}

/// Takes everything down again.
pub(super) fn revert(connection: &mut AnyConnection) -> Result<(), StoreError> {
    match connection {
        AnyConnection::Sqlite(sqlite) => sqlite.revert_all_migrations(SQLITE).map(drop),
        AnyConnection::Postgres(postgres) => postgres.revert_all_migrations(POSTGRESQL).map(drop),
    }
    .map_err(StoreError::Migration)
}
