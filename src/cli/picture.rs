//! Pages for people to look at: PDF, PNG or SVG by the ending of the file's name.

use std::path::Path;

use super::error::CliError;
use crate::files;
use crate::preview;

/// Writes a PDF file, or its first page as a picture.
pub(super) fn save(path: &Path, pdf: &[u8], dpi: u32) -> Result<(), CliError> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "pdf" => files::write(path, pdf)?,
        "png" => files::write(path, &preview::png(pdf, 1, dpi)?)?,
        "svg" => files::write(path, preview::svg(pdf, 1)?.as_bytes())?,
        _ => {
            let path = path.display();
            let why = format!("{path} is no picture: use a name ending in .pdf, .png or .svg");
            return Err(CliError::refused(why));
        }
    }
    Ok(())
}
