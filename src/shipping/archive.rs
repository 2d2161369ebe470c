//! All files of a printing in one ZIP, written as a stream.
//!
//! PDFs are compressed already, so nothing is deflated. Times are those of no file and no day: the
//! same printing gives the same bytes, on disk and over the web.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::{Entry, Parcel, ShippingError};
use crate::files::Partial;

/// From this length on, an entry needs the fields of ZIP64 (APPNOTE.TXT, 4.4.9).
const ZIP64_BYTES: u64 = 0xFFFF_FFFF;

impl Parcel {
    /// Writes the archive of all files.
    ///
    /// # Errors
    /// [`ShippingError`]; what was written until then is no whole archive.
    pub fn write_archive(&self, out: impl Write) -> Result<(), ShippingError> {
        let mut archive = ZipWriter::new_stream(Fused { out, failed: false });
        for entry in &self.entries {
            let mut file = self.open(entry)?;
            archive.start_file(entry.name.as_str(), options(entry))?;
            let copied = io::copy(&mut file, &mut archive);
            let length = copied.map_err(|error| ShippingError::File(self.path(entry), error))?;
            if length != entry.bytes {
                return Err(ShippingError::Altered(self.path(entry)));
            }
        }
        let mut fused = archive.finish()?.into_inner();
        fused.out.flush().map_err(|error| ShippingError::File(self.archive_path(), error))
    }

    /// Writes the archive beside the files and returns its path.
    ///
    /// # Errors
    /// [`ShippingError`]; then there is no such file, or the old one.
    pub fn save_archive(&self) -> Result<PathBuf, ShippingError> {
        let path = self.archive_path();
        let unwritten = |error| ShippingError::File(path.clone(), error);
        let file = Partial::create(&path).map_err(unwritten)?;
        self.write_archive(file.writer().map_err(unwritten)?)?;
        file.finish().map_err(unwritten)?;
        Ok(path)
    }

    fn path(&self, entry: &Entry) -> PathBuf {
        self.archive_path().parent().unwrap_or(Path::new("")).join(&entry.name)
    }
}

fn options(entry: &Entry) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .large_file(entry.bytes >= ZIP64_BYTES)
}

/// Fails once, and then takes everything: an archive that is given up tries to write its end, and
/// would print that this failed too.
struct Fused<W> {
    out: W,
    failed: bool,
}

impl<W: Write> Write for Fused<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        self.failed = written.is_err();
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed { Ok(()) } else { self.out.flush() }
    }
}
