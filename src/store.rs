//! The register on disk: SQLite beside the program, or PostgreSQL for several nodes. One schema, and
//! each query written once. The only room that names diesel.
//!
//! Queries stand in one file a table, take a [`AnyConnection`] and return nouns of the domain. What
//! belongs together is done in one [`Store::write`]: all of it is on disk when it returns, or none.

pub mod account_list;
pub mod accounts;
pub mod aliases;
pub mod annexes;
pub mod api_tokens;
pub mod audit;
pub mod audit_list;
pub mod authorities;
pub mod batch_list;
pub mod batch_tallies;
pub mod batches;
mod connection;
pub mod designs;
pub mod destructions;
pub mod devices;
pub mod download_links;
pub mod due_list;
mod file;
pub mod hand_overs;
pub mod inspection_list;
pub mod inspections;
pub mod invitations;
pub mod job_downloads;
pub mod judgements;
pub mod kept_answers;
pub mod listing;
pub mod lookup;
pub mod lot_list;
pub mod lot_stamps;
pub mod lots;
mod meant;
pub mod merged;
mod migrations;
pub mod order_list;
pub mod orders;
pub mod outbox;
pub mod papers;
pub mod people;
pub mod photos;
pub mod plans;
pub mod print_jobs;
pub mod print_shops;
pub mod printings;
pub mod producer_list;
pub mod producers;
pub mod product_list;
pub mod products;
pub mod recognitions;
pub mod reconciliation_list;
pub mod renewal_list;
pub mod report_list;
pub mod reports;
mod revision;
pub mod scan_days;
pub mod scans;
mod schema;
mod server;
pub mod sessions;
pub mod sheets;
pub mod stamp_places;
pub mod stamp_sums;
pub mod stamps;
mod transaction;
mod watched;

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::r2d2::{self, PooledConnection};

pub use self::connection::AnyConnection;
use self::connection::{Address, Manager};
use self::file::OpenFile;
use self::server::Line;
use self::watched::Watched;

/// Most connections open at a time.
const CONNECTIONS_MAX: u32 = 8;

/// Longest wait for a free connection, in milliseconds. A scan must not wait for longer.
const CONNECTION_WAIT_MS: u64 = 5_000;

/// Longest wait for the first connection; of those that fail later, half of it between two tries.
const CONNECT_TIME: Duration = Duration::from_secs(2);

/// The register. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pool: r2d2::Pool<Manager>,
    address: Address,
    watched: Watched,
    /// Held by the one writer of this process. Others wait for it here and not on a connection, so
    /// that there are always connections for readers.
    writing: Arc<Mutex<()>>,
    /// The transaction that everything is done in, for one that [`Store::together`] gave.
    open: Option<Open>,
}

/// A connection with a transaction that has begun.
#[derive(Clone)]
struct Open(Arc<Mutex<PooledConnection<Manager>>>);

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Open(…)")
    }
}

impl Open {
    /// The connection, for one piece of work at a time.
    fn connection(&self) -> Result<MutexGuard<'_, PooledConnection<Manager>>, StoreError> {
        let busy = || StoreError::Failed("work on the register within other work on it".into());
        self.0.try_lock().map_err(|_held| busy())
    }
}

/// What went wrong below.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the register did not answer, or did not take what it was given. Whatever it was, nothing of
/// the transaction is stored, unless the error came from the commit itself: then ask again.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not an address of a register.
    #[error("“{0}” is no register: use sqlite:PATH or postgres://USER@HOST/NAME")]
    Address(String),
    /// There is no register yet.
    #[error("there is no register at {0}: `ocop migrate` makes one")]
    Missing(PathBuf),
    /// No connection could be had.
    #[error("the register cannot be reached")]
    Unreachable(#[source] Cause),
    /// The file is not the one that was opened, or not whole.
    #[error(
        "the register's file {0} {1}: stop the service, put the right file back, without a -wal or \
         -shm of another, and start again"
    )]
    Replaced(PathBuf, &'static str),
    /// A durability setting did not take.
    #[error("SQLite refused {pragma}: it is {found}")]
    Pragma {
        /// The setting.
        pragma: &'static str,
        /// Its value after it was set.
        found: String,
    },
    /// The schema could not be brought up to date.
    #[error("the register's schema could not be updated")]
    Migration(#[source] Cause),
    /// Something of that key is there already.
    #[error("the register has this already")]
    Duplicate(#[source] Cause),
    /// A stored value is none that the program writes.
    #[error("the register holds an impossible value of {0}")]
    Corrupt(&'static str),
    /// Any other failure.
    #[error("the register failed")]
    Failed(#[source] Cause),
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error as E};
        match error {
            E::DatabaseError(Kind::UniqueViolation, _) => Self::Duplicate(error.into()),
            E::DatabaseError(Kind::ClosedConnection, _) => Self::Unreachable(error.into()),
            other => Self::Failed(other.into()),
        }
    }
}

impl Store {
    /// Opens the register at `sqlite:PATH` or `postgres://…`, with its schema as it is.
    ///
    /// # Errors
    /// [`StoreError`]: above all [`StoreError::Missing`], so that a mistyped path does not quietly
    /// make an empty register.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        if let Address::Sqlite(path) = &address
            && !path.exists()
        {
            return Err(StoreError::Missing(path.clone()));
        }
        Self::connect(address)
    }

    /// Opens the register, made if it is not there, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open_or_create(url: &str) -> Result<Self, StoreError> {
        let address = Address::parse(url)?;
        if let Address::Sqlite(path) = &address
            && let Some(folder) = path.parent()
        {
            std::fs::create_dir_all(folder)
                .map_err(|error| StoreError::Unreachable(error.into()))?;
        }
        let store = Self::connect(address)?;
        store.migrate()?;
        Ok(store)
    }

    fn connect(address: Address) -> Result<Self, StoreError> {
        let file = match &address {
            Address::Sqlite(path) => {
                let keeper = connection::open_file(path)?;
                Some(Arc::new(OpenFile::new(path, keeper)?))
            }
            Address::Postgres(_) => None,
        };
        let manager = Manager { address: address.clone(), file: file.clone() };
        let watched =
            file.map_or_else(|| Watched::Server(Line::new(manager.clone())), Watched::File);
        let pool = r2d2::Pool::builder()
            .max_size(CONNECTIONS_MAX)
            .min_idle(Some(1))
            .test_on_check_out(address.is_remote())
            .connection_timeout(CONNECT_TIME)
            .error_handler(Box::new(connection::LogErrors))
            .build(manager)
            .map_err(|error| StoreError::Unreachable(error.into()))?;
        Ok(Self { pool, address, watched, writing: Arc::default(), open: None })
    }

    /// Whether a look-up goes over a network, and so should not be waited for on a worker thread.
    #[must_use]
    pub fn is_remote(&self) -> bool {
        self.address.is_remote()
    }

    /// Whether the register can be asked, as far as is known. While it cannot, whoever asks it is told
    /// so at once.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.watched.is_up()
    }

    /// Notes that somebody has waited for the register for as long as they could. Until it answers
    /// again, nobody waits for it.
    pub fn gave_up(&self) {
        self.watched.lost(&StoreError::Unreachable("a look-up was given up".into()));
    }

    /// Reads: what a query of `work` sees may be a moment old, never half of a write.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Unreachable`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.open {
            Some(open) => work(&mut *open.connection()?),
            None => self.believed(work(&mut *self.checkout()?)),
        }
    }

    /// Reads all of `work` from the register as it is at one moment.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Unreachable`].
    pub fn snapshot<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.open {
            // Nobody else writes meanwhile.
            Some(open) => work(&mut *open.connection()?),
            None => self.believed(transaction::snapshot(&mut *self.checkout()?, work)),
        }
    }

    /// Writes, one at a time over all nodes: all of `work` is on disk when this returns `Ok`, and
    /// nothing of it when `work` returns an error.
    ///
    /// # Errors
    /// Those of `work` and of the commit.
    pub fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(open) = &self.open {
            return transaction::nested(&mut *open.connection()?, work);
        }
        self.watched.check()?;
        // What a writer that panicked had in hand was rolled back.
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.believed(transaction::exclusive(&mut *self.checkout()?, work))
    }

    /// Writes what only adds up, without waiting for other writers.
    fn add_up<T>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.watched.check()?;
        self.believed(transaction::concurrent(&mut *self.checkout()?, work))
    }

    /// Does several acts as one: whatever `work` does by the store it is given, is on disk together
    /// when this returns `Ok`, and nothing of it when `work` returns an error. Nobody else writes
    /// meanwhile, so what `work` reads stays so.
    ///
    /// # Errors
    /// Those of `work` and of the commit.
    pub fn together<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.open.is_some() {
            return work(self);
        }
        self.watched.check()?;
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let open = Open(Arc::new(Mutex::new(self.checkout()?)));
        transaction::begin(&mut *open.connection()?)?;
        let done = work(&Self { open: Some(open.clone()), ..self.clone() });
        self.believed(transaction::end(&mut *open.connection()?, done))
    }

    /// Does `work` as [`Store::together`] does, and takes all of it back: what it would have done.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError`].
    pub fn taken_back<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(open) = &self.open {
            transaction::mark(&mut *open.connection()?)?;
            let done = work(self);
            transaction::back_to_mark(&mut *open.connection()?)?;
            return done;
        }
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let open = Open(Arc::new(Mutex::new(self.checkout()?)));
        transaction::begin(&mut *open.connection()?)?;
        let done = work(&Self { open: Some(open.clone()), ..self.clone() });
        transaction::roll_back(&mut *open.connection()?);
        done
    }

    /// Brings the schema up to date, and makes what SQL alone cannot; returns the names of the migrations
    /// that ran.
    ///
    /// # Errors
    /// [`StoreError::Migration`].
    pub fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let ran = migrations::run(&mut *self.checkout()?)?;
        migrations::mark(&mut *self.checkout()?)?;
        if self.read(producers::lacks_keys)? {
            self.write(producers::make_keys)?;
            self.read(merged::all)?.iter().for_each(merged::Merged::warn);
        }
        let shops = self.read(print_shops::with_other_keys)?;
        if !shops.is_empty() {
            self.write(|register| print_shops::set_keys(register, shops))?;
        }
        if self.read(audit::has_words)? {
            self.write(audit::take_over)?;
        }
        Ok(ran)
    }

    /// Takes the schema down again: for the tests of the migrations.
    ///
    /// # Errors
    /// [`StoreError::Migration`].
    pub fn unmigrate(&self) -> Result<(), StoreError> {
        migrations::revert(&mut *self.checkout()?)
    }

    fn checkout(&self) -> Result<PooledConnection<Manager>, StoreError> {
        self.watched.before()?;
        let wait = Duration::from_millis(CONNECTION_WAIT_MS);
        let connection = self.pool.get_timeout(wait);
        let connection = connection.map_err(|error| StoreError::Unreachable(error.into()));
        connection.inspect_err(|error| self.watched.lost(error))
    }

    /// What was read or written, unless the file was no longer the one that was opened.
    fn believed<T, E: From<StoreError>>(&self, done: Result<T, E>) -> Result<T, E> {
        self.watched.after()?;
        done
    }
}
