//! A file to fill in.

use std::path::Path;

use serde_json::json;

use crate::cli::Session;
use crate::cli::error::CliError;
use crate::export::{self, Format};
use crate::files;

/// Writes it as what its name says.
pub(super) fn write(
    session: &Session,
    file: &Path,
    (headings, rows): (Vec<String>, Vec<Vec<String>>),
) -> Result<(), CliError> {
    let extension = file.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let format = Format::from_extension(&extension.to_lowercase())
        .ok_or_else(|| CliError::refused(format!("{}: name it .xlsx or .csv", file.display())))?;
    if file.exists() {
        let message = format!("{}: there is such a file: choose another name", file.display());
        return Err(CliError::refused(message));
    }
    let bytes = export::texts(format, &headings, &rows).map_err(CliError::failed)?;
    files::write(file, &bytes)?;
    let answer = json!({ "file": file, "columns": headings, "rows": rows.len() });
    session.output.tell(&answer, || {
        println!(
            "{}: {} columns, {} rows of example: replace them with your own",
            file.display(),
            headings.len(),
            rows.len()
        );
    });
    Ok(())
}
