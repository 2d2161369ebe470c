//! Write transactions: one at a time, on both databases.
//!
//! SQLite has one writer by nature; `BEGIN IMMEDIATE` waits for its turn at once instead of failing
//! half-way. On PostgreSQL an advisory lock gives the same order, so that no check of a quota or a
//! state can be overtaken, and no transaction need be tried again.

use diesel::connection::SimpleConnection;

use super::{AnyConnection, StoreError, revision};

/// Any number that no other user of the database locks: "OCOP" in ASCII.
const WRITER_LOCK: i64 = 0x4F43_4F50;

/// Waits, on PostgreSQL, until no other write transaction runs.
pub(super) fn take_turn() -> String {
    format!("SELECT pg_advisory_xact_lock({WRITER_LOCK})")
}

/// Begins a write transaction, and notes that the register changes. [`end`] ends it.
pub(super) fn begin(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let begin = match connection {
        AnyConnection::Sqlite(_) => "BEGIN IMMEDIATE".to_owned(),
        AnyConnection::Postgres(_) => format!("BEGIN; {}", take_turn()),
    };
    connection.batch_execute(&begin)?;
    let advanced = revision::advance(connection);
    if advanced.is_err() {
        roll_back(connection);
    }
    advanced
}

/// Ends a transaction: with what was done in it, or as if nothing had been.
pub(super) fn end<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    done: Result<T, E>,
) -> Result<T, E> {
    if done.is_err() {
        roll_back(connection);
        return done;
    }
    let committed = connection.batch_execute("COMMIT").map_err(StoreError::from);
    if committed.is_err() {
        roll_back(connection);
    }
    committed?;
    done
}

/// Runs `work` in a write transaction, and notes that the register changes.
pub(super) fn exclusive<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    begin(connection)?;
    let done = work(connection);
    end(connection, done)
}

/// Runs `work` within a transaction that has begun: what an error leaves of it is taken back, and
/// the transaction goes on.
pub(super) fn nested<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    connection.batch_execute("SAVEPOINT act").map_err(StoreError::from)?;
    let done = work(connection);
    let ending = if done.is_ok() { "RELEASE act" } else { "ROLLBACK TO act; RELEASE act" };
    connection.batch_execute(ending).map_err(StoreError::from)?;
    done
}

/// Runs `work` in a transaction that waits for no other: for writes that only ever add up.
pub(super) fn concurrent<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    let begin = match connection {
        AnyConnection::Sqlite(_) => "BEGIN IMMEDIATE",
        AnyConnection::Postgres(_) => "BEGIN",
    };
    connection.batch_execute(begin).map_err(StoreError::from)?;
    let done = work(connection);
    end(connection, done)
}

/// Runs `work` on the register as it is at one moment, whatever others write meanwhile.
pub(super) fn snapshot<T, E: From<StoreError>>(
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<T, E> {
    let begin = match connection {
        AnyConnection::Sqlite(_) => "BEGIN DEFERRED",
        AnyConnection::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    connection.batch_execute(begin).map_err(StoreError::from)?;
    let done = work(connection);
    end(connection, done)
}

/// Marks where a transaction that has begun stands. [`back_to_mark`] takes back what was done since.
pub(super) fn mark(connection: &mut AnyConnection) -> Result<(), StoreError> {
    Ok(connection.batch_execute("SAVEPOINT trial")?)
}

/// Takes back what was done since [`mark`]; the transaction goes on.
pub(super) fn back_to_mark(connection: &mut AnyConnection) -> Result<(), StoreError> {
    Ok(connection.batch_execute("ROLLBACK TO trial; RELEASE trial")?)
}

/// A connection that cannot even roll back is gone, and with it the transaction.
pub(super) fn roll_back(connection: &mut AnyConnection) {
    if let Err(error) = connection.batch_execute("ROLLBACK") {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "a transaction was not rolled back"
        );
    }
}
