//! The service on the web: the pages and JSON people and programs get for a scan, the files a print
//! shop fetches by its link, and the pages people work on when they are signed in.
//!
//! The only room that names actix-web. A request passes [`middleware`], which guards and finishes
//! every answer, is led by [`routes`] to a handler, and is answered by a view; what is of work passes
//! [`desk::guard`] first. No script (but for the [`proof`] that a designer looks at). Of who scans,
//! nothing is remembered; a cookie has only who signs in, or chose a language at work.

mod api;
mod assets;
mod desk;
mod error;
mod extract;
mod file;
mod guides;
mod handlers;
mod looks;
mod middleware;
mod problem;
pub mod proof;
mod routes;
mod stream;
mod table;
mod urls;
mod views;
mod words;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::rt::System;
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use self::desk::{Decoding, Hashing};
use self::stream::Places;
use crate::clock::Clock;
use crate::config::Setting;
use crate::identity::Identity;
use crate::issuance::Issuer;
use crate::paperwork::Paperwork;
use crate::press::PrintSettings;
use crate::shipping::Downloads;
use crate::store::Store;
use crate::verification::Verifier;

/// A connection must send its request head within this time.
const REQUEST_HEAD_TIME: Duration = Duration::from_secs(5);
/// An idle connection is kept this long.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// Requests under way when the service is told to stop have this long to finish.
const SHUTDOWN_SECONDS: u64 = 10;

/// What the handlers work with.
#[derive(Clone)]
pub struct AppState {
    /// The register.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Knows who people are.
    pub identity: Arc<Identity>,
    /// Issues codes; none where this service has no signing key.
    pub issuer: Option<Arc<Issuer>>,
    /// Makes official papers.
    pub paperwork: Paperwork,
    /// Answers scans.
    pub verifier: Arc<Verifier>,
    /// Gives out printed files to who has a link.
    pub downloads: Downloads,
    /// How sheets are made.
    pub printing: Arc<PrintSettings>,
    /// How long a look-up waits for a register over a network, beside the threads that serve requests;
    /// none for a register that is a file.
    pub lookup_wait: Option<Duration>,
    /// Whether the public reaches the service by https only; browsers are then told to insist.
    pub https_only: bool,
    /// Proxies that say truly where a request comes from.
    pub proxies: Vec<IpAddr>,
    /// Where people can report a suspicion, in words (a telephone number, an address).
    pub report_contact: Option<String>,
    /// Days after a report is settled, until the contact that was left with it is erased.
    pub contact_days: u16,
    /// What the service runs with, as far as it may be seen.
    pub settings: Arc<[Setting]>,
}

/// A service running on threads of its own; it stops when dropped.
pub struct Running {
    address: SocketAddr,
    handle: ServerHandle,
    thread: Option<JoinHandle<io::Result<()>>>,
}

/// Serves until the process is told to stop (SIGINT, SIGTERM); requests under way are finished.
///
/// `workers` is the number of serving threads; by default, one for each core.
///
/// # Errors
/// Where the listener cannot be served from.
pub fn serve(listener: TcpListener, state: AppState, workers: Option<usize>) -> io::Result<()> {
    System::new().block_on(async { server(listener, state, workers, Signals::Heed)?.await })
}

/// Starts to serve and returns at once, leaving the process's signals alone.
///
/// # Errors
/// Where the listener cannot be served from.
pub fn start(
    listener: TcpListener,
    state: AppState,
    workers: Option<usize>,
) -> io::Result<Running> {
    launch(listener, move |listener| server(listener, state, workers, Signals::Ignore))
}

/// Runs a server on a thread of its own.
fn launch(
    listener: TcpListener,
    make: impl FnOnce(TcpListener) -> io::Result<Server> + Send + 'static,
) -> io::Result<Running> {
    let address = listener.local_addr()?;
    let (started, starting) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        System::new().block_on(async {
            let server = make(listener)?;
            // Nobody waits only if the starter is gone, and then there is nothing to tell.
            let _ = started.send(server.handle());
            server.await
        })
    });
    match starting.recv() {
        Ok(handle) => Ok(Running { address, handle, thread: Some(thread) }),
        Err(_gone) => Err(ended(thread).err().unwrap_or_else(|| io::Error::other("not started"))),
    }
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Finishes the requests under way and stops.
    ///
    /// # Errors
    /// What ended the service before it was asked to.
    pub fn stop(mut self) -> io::Result<()> {
        self.halt()
    }

    fn halt(&mut self) -> io::Result<()> {
        // The command is sent at once; the future only waits for it.
        drop(self.handle.stop(true));
        self.thread.take().map_or(Ok(()), ended)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.halt() {
            tracing::error!(%error, "the web service ended badly");
        }
    }
}

fn ended(thread: JoinHandle<io::Result<()>>) -> io::Result<()> {
    thread.join().unwrap_or_else(|_panic| Err(io::Error::other("the web service panicked")))
}

#[derive(Clone, Copy, PartialEq)]
enum Signals {
    Heed,
    Ignore,
}

fn server(
    listener: TcpListener,
    state: AppState,
    workers: Option<usize>,
    signals: Signals,
) -> io::Result<Server> {
    let state = Data::new(state);
    let places = Data::new(Places::new());
    let hashing = Data::new(Hashing::new());
    let decoding = Data::new(Decoding::new());
    let mut server = HttpServer::new(move || {
        App::new()
            .app_data(Data::clone(&state))
            .app_data(Data::clone(&places))
            .app_data(Data::clone(&hashing))
            .app_data(Data::clone(&decoding))
            .app_data(desk::limits())
            .configure(routes::configure)
            .wrap(actix_web::middleware::from_fn(middleware::finish))
    })
    .client_request_timeout(REQUEST_HEAD_TIME)
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(SHUTDOWN_SECONDS);
    if let Some(workers) = workers {
        server = server.workers(workers.max(1));
    }
    if signals == Signals::Ignore {
        server = server.disable_signals();
    }
    Ok(server.listen(listener)?.run())
}
