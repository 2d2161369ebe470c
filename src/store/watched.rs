//! What is looked at before and after the register is asked, so that it can be believed.

use std::sync::Arc;

use super::StoreError;
use super::file::OpenFile;
use super::server::Line;

/// The file, or the line to the server.
#[derive(Clone, Debug)]
pub(super) enum Watched {
    File(Arc<OpenFile>),
    Server(Arc<Line>),
}

impl Watched {
    /// Refuses what cannot be written to.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        match self {
            Self::File(file) => file.check(),
            Self::Server(line) => line.check(),
        }
    }

    /// Refuses what cannot be touched.
    pub(super) fn before(&self) -> Result<(), StoreError> {
        match self {
            Self::File(file) => file.check_index(),
            Self::Server(line) => line.check(),
        }
    }

    /// Refuses what was read from, or written to, a file that is no longer the one that was opened.
    pub(super) fn after(&self) -> Result<(), StoreError> {
        match self {
            Self::File(file) => file.check(),
            Self::Server(_) => Ok(()),
        }
    }

    /// Whether it can be asked, as far as is known.
    pub(super) fn is_up(&self) -> bool {
        match self {
            Self::File(_) => true,
            Self::Server(line) => line.is_up(),
        }
    }

    /// Notes that nothing was answered.
    pub(super) fn lost(&self, why: &StoreError) {
        if let Self::Server(line) = self {
            line.lost(why);
        }
    }
}
