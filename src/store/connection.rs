//! Addresses of registers, and connections to them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{self, R2D2Connection};
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, PgConnection, RunQueryDsl, SqliteConnection};

use super::StoreError;
use super::file::OpenFile;

/// A module of its own, since the derive writes a dozen types beside the enum.
mod multi {
    /// A connection to either database. The queries are written against both.
    #[derive(diesel::MultiConnection)]
    pub enum AnyConnection {
        /// To a PostgreSQL server.
        Postgres(diesel::PgConnection),
        /// To an SQLite file.
        Sqlite(diesel::SqliteConnection),
    }
}

pub use multi::AnyConnection;

/// Runs a query on the database at hand by its own type. The combined connection takes most queries,
/// but no insert of many rows, and it writes the SQL out anew for every call: too dear where a scan
/// waits.
macro_rules! directly {
    ($connection:expr, $own:ident => $run:expr) => {
        match $connection {
            $crate::store::AnyConnection::Sqlite($own) => $run,
            $crate::store::AnyConnection::Postgres($own) => $run,
        }
    };
}
pub(super) use directly;

/// Where a register is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// A file.
    Sqlite(PathBuf),
    /// A server, by URL.
    Postgres(String),
}

impl Address {
    /// Any other scheme is refused, so that a typo makes no new empty file.
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(path.into())),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(url.to_owned())),
            _ => Err(StoreError::Address(without_password(url))),
        }
    }

    pub(super) fn is_remote(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }
}

/// How soon a server that is away is given up on, where the address does not say it
/// (<https://www.postgresql.org/docs/current/libpq-connect.html>): seconds to connect, and to find out
/// that nobody is at the other end; milliseconds until what was sent is confirmed.
const SERVER_TIMES: [(&str, u32); 5] = [
    ("connect_timeout", 2),
    ("keepalives_idle", 5),
    ("keepalives_interval", 2),
    ("keepalives_count", 3),
    ("tcp_user_timeout", 10_000),
];

/// The address with the times that it lacks.
fn with_times(url: &str) -> String {
    let query = url.split_once('?').map(|(_, query)| query);
    let said = |name: &str| {
        let mut parts = query.unwrap_or_default().split('&');
        parts.any(|part| part.split('=').next() == Some(name))
    };
    let mut joint = if query.is_some() { '&' } else { '?' };
    let mut url = url.to_owned();
    for (name, time) in SERVER_TIMES.into_iter().filter(|(name, _)| !said(name)) {
        url.extend([joint.to_string().as_str(), name, "=", time.to_string().as_str()]);
        joint = '&';
    }
    url
}

/// An address that is none, as it may be shown: nobody can tell where its password is, so only the
/// scheme, or a text that can be nothing but a path.
fn without_password(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, _)) if !scheme.contains(['=', '@', ' ']) => format!("{scheme}://…"),
        None if !url.contains(['=', '@', ' ']) => url.to_owned(),
        _ => "…".to_owned(),
    }
}

/// Opens connections for the pool.
#[derive(Clone, Debug)]
pub(super) struct Manager {
    pub(super) address: Address,
    /// The file that is open already: only it is opened again.
    pub(super) file: Option<Arc<OpenFile>>,
}

/// Opens a file, and its write-ahead log.
pub(super) fn open_file(path: &Path) -> Result<SqliteConnection, StoreError> {
    let unreachable = |error: diesel::ConnectionError| StoreError::Unreachable(error.into());
    let path = path.to_string_lossy();
    let mut connection = SqliteConnection::establish(&path).map_err(unreachable)?;
    make_durable(&mut connection)?;
    // The log is opened at the first look into the register.
    connection.batch_execute("SELECT count(*) FROM sqlite_schema")?;
    Ok(connection)
}

impl r2d2::ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = StoreError;

    fn connect(&self) -> Result<AnyConnection, StoreError> {
        let unreachable = |error: diesel::ConnectionError| StoreError::Unreachable(error.into());
        match &self.address {
            Address::Postgres(url) => {
                let url = with_times(url);
                PgConnection::establish(&url).map(AnyConnection::Postgres).map_err(unreachable)
            }
            Address::Sqlite(path) => {
                if let Some(file) = &self.file {
                    file.check()?;
                }
                open_file(path).map(AnyConnection::Sqlite)
            }
        }
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        connection.ping().map_err(StoreError::from)
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}

/// Logs what the pool would otherwise print.
#[derive(Debug)]
pub(super) struct LogErrors;

impl r2d2::HandleError<StoreError> for LogErrors {
    fn handle_error(&self, error: StoreError) {
        tracing::warn!(error = &error as &dyn std::error::Error, "the register did not connect");
    }
}

/// Longest wait for another writer, in milliseconds: a batch of a million codes takes seconds.
const BUSY_TIMEOUT_MS: i64 = 60_000;

/// Sets what durability rests on, and reads it back.
///
/// `synchronous=FULL`: with NORMAL, a power cut loses commits that were already acknowledged
/// (<https://sqlite.org/pragma.html#pragma_synchronous>). Nothing is read through a memory map: a file
/// that is cut off under it ends the program.
fn make_durable(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    connection.batch_execute(&format!(
        "PRAGMA busy_timeout = {BUSY_TIMEOUT_MS};
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA mmap_size = 0;
         PRAGMA cache_size = -16000;"
    ))?;
    expect_pragma(connection, "synchronous", 2)?;
    expect_pragma(connection, "foreign_keys", 1)?;
    let mode: JournalMode = diesel::sql_query("PRAGMA journal_mode").get_result(connection)?;
    if mode.journal_mode != "wal" {
        return Err(StoreError::Pragma { pragma: "journal_mode", found: mode.journal_mode });
    }
    Ok(())
}

fn expect_pragma(
    connection: &mut SqliteConnection,
    pragma: &'static str,
    expected: i64,
) -> Result<(), StoreError> {
    let query = format!("SELECT {pragma} AS value FROM pragma_{pragma}");
    let row: PragmaValue = diesel::sql_query(query).get_result(connection)?;
    if row.value == expected {
        return Ok(());
    }
    Err(StoreError::Pragma { pragma, found: row.value.to_string() })
}

#[derive(diesel::QueryableByName)]
struct PragmaValue {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(diesel::QueryableByName)]
struct JournalMode {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_database() {
        let file = Address::parse("sqlite:data/register.db").unwrap();
        assert_eq!(file, Address::Sqlite("data/register.db".into()));
        assert!(Address::parse("postgres://ocop@db/ocop").unwrap().is_remote());
    }

    #[test]
    fn an_address_says_how_long_to_wait_or_the_program_does() {
        let ours = with_times("postgres://ocop@db/ocop");
        assert!(ours.starts_with("postgres://ocop@db/ocop?connect_timeout=2&keepalives_idle=5&"));
        let theirs = with_times("postgres:///ocop?host=/run/pg&connect_timeout=30");
        assert!(theirs.starts_with("postgres:///ocop?host=/run/pg&connect_timeout=30&keepalives"));
        assert_eq!(theirs.matches("connect_timeout").count(), 1);
    }

    #[test]
    fn a_mistyped_address_is_refused_and_its_password_not_shown() {
        for url in [
            "postgre://ocop:secret@db/ocop",
            "postgre://db/ocop?password=secret",
            "postgre://db/ocop?password=x@secret",
        ] {
            let error = Address::parse(url).unwrap_err().to_string();
            assert!(error.contains("postgre://…"), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
        let error = Address::parse("host=db password=secret").unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
        let error = Address::parse("register.db").unwrap_err().to_string();
        assert!(error.contains("register.db"), "{error}");
        assert!(Address::parse("sqlite:").is_err());
    }
}
