//! `ocop serve`.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::error::CliError;
use super::issue::note_large_symbols;
use super::{Session, remind, sheet};
use crate::app::{App, AppError};
use crate::issuance::Issuer;
use crate::shipping::Downloads;
use crate::web::{self, AppState};

/// A register over a network that has not answered by then is given up on: whoever scans is told what
/// the keys alone say.
const LOOKUP_WAIT: Duration = Duration::from_millis(250);

/// Options of `serve`.
#[derive(Args, Debug)]
pub(super) struct ServeArgs {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

pub(super) fn run(session: &Session, args: &ServeArgs) -> Result<(), CliError> {
    let flags = args.listen.clone().map(|listen| ("server", "listen", listen));
    let app = App::open(session.config(flags.as_slice())?)?;
    let listener = listen(&app)?;
    serve(&app, listener)
}

/// Takes the port, so that a busy one is said before anything else is done.
pub(super) fn listen(app: &App) -> Result<TcpListener, CliError> {
    let address = app.config.server.listen;
    TcpListener::bind(address)
        .map_err(|error| CliError::failed(format!("cannot listen on {address}: {error}")))
}

/// Serves until the process is told to stop.
pub(super) fn serve(app: &App, listener: TcpListener) -> Result<(), CliError> {
    finish_interrupted(app);
    let workers = app.config.server.workers;
    let printing = sheet::settings(app);
    let layout = &app.config.sheets.layout;
    printing
        .library
        .layout(layout)
        .map_err(|why| CliError::refused(format!("sheets.layout: {why}")))?;
    let state = AppState {
        store: app.store.clone(),
        clock: app.clock.clone(),
        identity: Arc::new(app.identity()?),
        issuer: issuer(app),
        paperwork: app.paperwork(),
        proxies: app.config.server.proxies.clone(),
        verifier: Arc::new(app.verifier()?),
        downloads: Downloads {
            store: app.store.clone(),
            clock: app.clock.clone(),
            folder: printing.folder.clone(),
        },
        printing: Arc::new(printing),
        lookup_wait: app.store.is_remote().then_some(LOOKUP_WAIT),
        https_only: app.config.server.https,
        report_contact: app.report_contact()?,
        contact_days: app.config.reports.contact_days,
        settings: app.config.shown().into(),
    };
    let _rounds = remind::start(app)?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    web::serve(listener, state, (workers > 0).then_some(workers))?;
    Ok(())
}

/// A service without a signing key answers scans all the same, and says so where codes are issued.
fn issuer(app: &App) -> Option<Arc<Issuer>> {
    let tell = |error: &AppError| {
        let error = error as &dyn std::error::Error;
        tracing::warn!(error, "no codes can be issued here: the signing key is not at hand");
    };
    note_large_symbols(app);
    app.issuer().inspect_err(tell).ok().map(Arc::new)
}

/// Batches that an interruption left are finished now; one that cannot be is no reason not to
/// answer scans.
fn finish_interrupted(app: &App) {
    match app.finish_interrupted("ocop serve") {
        Ok(batches) if batches.is_empty() => {}
        Ok(batches) => tracing::info!(batches = batches.len(), "finished interrupted batches"),
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "an interrupted batch was not finished");
        }
    }
}
