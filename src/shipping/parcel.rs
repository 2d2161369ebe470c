//! The files of one printing, as its manifest names them.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ShippingError;
use crate::domain::sheet::Printing;
use crate::{files, press};

/// Most bytes of a manifest: that of a million stamps on volumes of one sheet each has fewer.
const MANIFEST_BYTES_MAX: u64 = 32 << 20;

/// The files of one printing.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The batch.
    pub batch: String,
    /// How it was printed.
    pub printing: Printing,
    /// What it was printed as.
    pub facts: Facts,
    /// Its files: the volumes in order, the ticket, the list of codes, the manifest.
    pub entries: Vec<Entry>,
    folder: PathBuf,
}

/// What the manifest says of the whole.
#[derive(Clone, Debug, Deserialize)]
pub struct Facts {
    /// The product.
    pub product: String,
    /// Who makes it.
    pub producer: String,
    /// Stars of the product.
    pub stars: u8,
    /// Stamps in all.
    pub stamps: u64,
    /// Sheets in all.
    pub sheets: u64,
    /// What kind of files they are (PDF/X-4 and so on).
    pub standard: String,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in lower-case hexadecimal.
    pub sha256: String,
    /// What is in it.
    pub contents: Contents,
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Contents {
    /// Sheets to print.
    Volume {
        /// Number of the volume, from 1.
        number: u32,
        /// Its first sheet.
        first_sheet: u64,
        /// Its last sheet.
        last_sheet: u64,
        /// The lowest serial on them, as printed.
        first_serial: String,
        /// The highest serial on them, as printed.
        last_serial: String,
        /// How many stamps.
        stamps: u64,
    },
    /// The job ticket.
    #[serde(skip)]
    Ticket,
    /// Every code with its place.
    #[serde(skip)]
    Codes,
    /// The manifest itself.
    #[serde(skip)]
    Manifest,
}

#[derive(Deserialize)]
struct Manifest {
    codes: String,
    ticket: String,
    volumes: Vec<VolumeFacts>,
    files: Vec<FileFacts>,
    #[serde(flatten)]
    facts: Facts,
}

#[derive(Deserialize)]
struct VolumeFacts {
    #[serde(flatten)]
    file: FileFacts,
    #[serde(flatten)]
    contents: Contents,
}

#[derive(Deserialize)]
struct FileFacts {
    file: String,
    bytes: u64,
    sha256: String,
}

impl Parcel {
    /// The files of a printing that were written under `folder`.
    ///
    /// # Errors
    /// [`ShippingError`]: above all [`ShippingError::NotPrinted`].
    pub fn read(folder: &Path, batch: &str, printing: &Printing) -> Result<Self, ShippingError> {
        let path = press::file_path(folder, batch, printing, press::SUMMARY);
        let manifest = manifest(&path)?;
        let mut entries: Vec<Entry> = manifest
            .volumes
            .into_iter()
            .map(|volume| volume.file.entry(volume.contents))
            .chain(manifest.files.into_iter().filter_map(|file| {
                let is = |name: &str| file.file == name;
                let contents = (is(&manifest.ticket).then_some(Contents::Ticket))
                    .or(is(&manifest.codes).then_some(Contents::Codes));
                contents.map(|contents| file.entry(contents))
            }))
            .collect();
        let unread = |error| ShippingError::File(path.clone(), error);
        let (bytes, sha256) = files::sha256(&path).map_err(unread)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        entries.push(Entry { name, bytes, sha256, contents: Contents::Manifest });
        Ok(Self {
            batch: batch.to_owned(),
            printing: printing.clone(),
            facts: manifest.facts,
            entries,
            folder: folder.join(batch),
        })
    }

    /// The file of that name: one of [`entries`](Self::entries), and nothing else.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// What the archive of all files is called: `BATCH-LAYOUT-DESIGN.zip`.
    #[must_use]
    pub fn archive_name(&self) -> String {
        format!("{}-{}-{}.zip", self.batch, self.printing.layout, self.printing.design)
    }

    /// Opens a file, if it is as long as the one that was printed.
    ///
    /// # Errors
    /// [`ShippingError`].
    pub fn open(&self, entry: &Entry) -> Result<File, ShippingError> {
        let path = self.folder.join(&entry.name);
        // The manifest is ours, and yet no name leads out of the folder.
        if Path::new(&entry.name).file_name() != Some(entry.name.as_ref()) {
            return Err(ShippingError::Altered(path));
        }
        let opened = File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file)));
        match opened {
            Ok((length, file)) if length == entry.bytes => Ok(file),
            Ok(_) => Err(ShippingError::Altered(path)),
            Err(error) => Err(ShippingError::File(path, error)),
        }
    }

    /// Where the archive of all files is written beside them.
    #[must_use]
    pub fn archive_path(&self) -> PathBuf {
        self.folder.join(self.archive_name())
    }
}

impl FileFacts {
    fn entry(self, contents: Contents) -> Entry {
        Entry { name: self.file, bytes: self.bytes, sha256: self.sha256, contents }
    }
}

fn manifest(path: &Path) -> Result<Manifest, ShippingError> {
    let unread = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => ShippingError::NotPrinted(path.to_owned()),
        _ => ShippingError::File(path.to_owned(), error),
    };
    if fs::metadata(path).map_err(unread)?.len() > MANIFEST_BYTES_MAX {
        return Err(ShippingError::Altered(path.to_owned()));
    }
    let json = fs::read(path).map_err(unread)?;
    serde_json::from_slice(&json).map_err(|why| ShippingError::Manifest(path.to_owned(), why))
}
