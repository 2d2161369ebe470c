//! What was printed → on its way to the print shop: one ZIP of all files, and links by which a shop
//! without an account fetches them.
//!
//! Only files that a printing's manifest names are given out, and only while they are the ones that
//! were printed.

mod archive;
mod links;
mod parcel;

use std::io;
use std::path::PathBuf;

pub use self::links::{Delivery, Downloads, link, unlink};
pub use self::parcel::{Contents, Entry, Parcel};
use crate::clock::NoRandomness;
use crate::domain::download::LINK_DAYS_MAX;
use crate::domain::ids::LinkId;
use crate::store::StoreError;

/// Why files were not made ready, or not given out.
#[derive(Debug, thiserror::Error)]
pub enum ShippingError {
    /// The printing has no files in the folder.
    #[error("there are no files of this printing: there is no {0}; write them with `ocop sheet`")]
    NotPrinted(PathBuf),
    /// A file is another one than was printed.
    #[error("{0} is not the file that was printed: write it again with `ocop sheet`")]
    Altered(PathBuf),
    /// A manifest cannot be understood.
    #[error("{0} is no manifest of a printing: write it again with `ocop sheet`")]
    Manifest(PathBuf, #[source] serde_json::Error),
    /// A file cannot be read or written.
    #[error("{0} cannot be read or written")]
    File(PathBuf, #[source] io::Error),
    /// The archive could not be written.
    #[error("the archive could not be written")]
    Archive(#[from] zip::result::ZipError),
    /// Nobody is named.
    #[error("a link is for somebody: name the print shop, in at most 200 letters")]
    Recipient,
    /// The link would last too long, or has ended.
    #[error("a link lasts 1 to {LINK_DAYS_MAX} days")]
    Days,
    /// No such link.
    #[error("there is no link {0}: `ocop sheet links BATCH` lists those of a batch")]
    NoLink(LinkId),
    /// No token could be made.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
