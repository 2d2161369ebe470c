//! Answers on standard output: words for people, or one JSON object for scripts.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::process::{self, ExitCode};

use serde_json::{Value, json};

use super::error::CliError;
use super::stamp;

/// A line on standard output; nowhere, if whoever reads has read enough. Ends the program where it cannot
/// be written: what was to be told is not.
pub(super) fn line(said: fmt::Arguments<'_>) {
    let mut out = io::stdout().lock();
    let told = out.write_fmt(said).and_then(|()| out.write_all(b"\n"));
    match told {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "failed: the answer cannot be written: {error}");
            process::exit(1);
        }
        _ => {}
    }
}

/// How answers are given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    /// As JSON.
    pub(super) json: bool,
}

impl Output {
    /// Gives an answer one way or the other.
    pub(super) fn tell(self, json: &Value, words: impl FnOnce()) {
        if self.json {
            println!("{json}");
        } else {
            words();
        }
    }

    /// Says what was refused or failed, with everything that led to it.
    pub(super) fn error(self, error: &CliError) -> ExitCode {
        let (word, code) = match error {
            CliError::Failed(_) | CliError::AnsweredFailed => ("failed", 1),
            CliError::Refused(_) | CliError::AnsweredRefused => ("refused", 3),
        };
        let Some(cause) = error.cause() else { return ExitCode::from(code) };
        let mut message = cause.to_string();
        let mut source = cause.source();
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            // Transparent errors say the same as their source.
            if !message.contains(&cause_text) {
                message = format!("{message}: {cause_text}");
            }
            source = cause.source();
        }
        if self.json {
            println!("{}", told(word, &message, error));
        } else {
            let _ = writeln!(io::stderr(), "{word}: {message}");
        }
        ExitCode::from(code)
    }
}

/// A refusal for scripts: which rule refused, where it has a name, the serials that may have been meant,
/// and the stamps that kept others from being moved.
fn told(word: &str, message: &str, error: &CliError) -> Value {
    let mut told = json!({ "error": word, "message": message });
    let Value::Object(fields) = &mut told else { return told };
    if let Some(reason) = error.reason() {
        fields.insert("reason".to_owned(), reason.into());
    }
    if let Some(suggestions) = error.suggestions() {
        fields.insert("suggestions".to_owned(), suggestions.into());
    }
    if let Some((step, found)) = error.left() {
        fields.insert("stamps".to_owned(), stamp::found(step, found));
    }
    told
}
