//! `ocop design copy`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::super::error::CliError;
use super::super::{Session, layout};
use crate::files;

/// Options of `design copy`.
#[derive(Args, Debug)]
pub(in crate::cli) struct CopyArgs {
    /// A name, or a folder
    design: String,
    /// The new folder; its name is the new design's
    folder: PathBuf,
}

pub(super) fn run(session: &Session, args: &CopyArgs) -> Result<(), CliError> {
    let design = layout::library(session)?.design(&args.design)?;
    let folder = &args.folder;
    if folder.exists() {
        let message = format!("{} is there already: give a new folder", folder.display());
        return Err(CliError::refused(message));
    }
    files::write(&folder.join(&design.data.art), design.art())?;
    files::write(&folder.join("design.toml"), design.toml().as_bytes())?;
    let answer = json!({ "design": design.name, "folder": folder });
    session.output.tell(&answer, || println!("{}", folder.display()));
    Ok(())
}
