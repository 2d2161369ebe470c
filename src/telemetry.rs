//! The log: lines on standard error, as text or JSON.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::LogConfig;

/// Starts the log. A second call changes nothing.
///
/// # Errors
/// The filter's own words where it cannot be read.
pub fn start(config: &LogConfig) -> Result<(), String> {
    let filter = EnvFilter::try_new(config.filter.as_str()).map_err(|error| error.to_string())?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // There is no other place to say that a line could not be written.
        .log_internal_errors(false)
        .with_ansi(std::io::stderr().is_terminal());
    // An error means that a log is there already.
    let _ = if config.json { log.json().try_init() } else { log.with_target(false).try_init() };
    Ok(())
}
