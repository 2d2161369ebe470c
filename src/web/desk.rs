//! The pages people work on when they are signed in.
//!
//! [`table`] says of every address what it needs; [`guard`] holds every request to it before a
//! handler sees it. A handler gets the [`Actor`], who cannot be had otherwise.

pub(super) mod actor;
pub(super) mod cookies;
pub(super) mod forms;
pub(super) mod guard;
pub(super) mod posted;
pub(super) mod table;
#[cfg(test)]
pub(super) mod tests;
mod uploaded;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::error::Error;

pub(super) use actor::Actor;
pub(super) use posted::Posted;
pub(super) use uploaded::{Keyed, Uploaded, limits};

/// Passwords compared at a time: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 2;

/// Bounds how many passwords are compared at a time.
pub(super) struct Hashing(Semaphore);

impl Hashing {
    pub(super) fn new() -> Self {
        Self(Semaphore::new(HASHES_AT_ONCE))
    }

    /// Runs work that compares passwords, beside the serving threads, when its turn comes.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        in_turn(&self.0, work).await
    }
}

/// Photos unpacked at a time: each may take some hundred megabytes.
const PHOTOS_AT_ONCE: usize = 2;

/// Bounds how many photos are unpacked at a time.
pub(super) struct Decoding(Semaphore);

impl Decoding {
    pub(super) fn new() -> Self {
        Self(Semaphore::new(PHOTOS_AT_ONCE))
    }

    /// Runs work that unpacks a photo, beside the serving threads, when its turn comes.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        in_turn(&self.0, work).await
    }

    /// Takes a turn, if one is free.
    pub(super) fn take(&self) -> Result<SemaphorePermit<'_>, Error> {
        self.0.try_acquire().map_err(|_full| Error::Busy)
    }
}

async fn in_turn<T: Send + 'static>(
    turns: &Semaphore,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    // It is never closed.
    let _turn = turns.acquire().await.map_err(|why| Error::Internal("no turn", why.into()))?;
    beside(work).await
}

/// Leads to another page, which is then asked for by itself.
pub(super) fn lead(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
}

/// Runs work beside the serving threads.
pub(super) async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    actix_web::web::block(work)
        .await
        .map_err(|why| Error::Internal("work was broken off", why.into()))
}
