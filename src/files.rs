//! Writing files so that they are wholly there or not at all, also after a power cut.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Bytes read at a time.
const CHUNK_BYTES: usize = 1 << 16;

/// A file being written under another name. Dropped without [`finish`](Self::finish), it is gone.
pub struct Partial {
    file: File,
    written_to: PathBuf,
    path: PathBuf,
    finished: bool,
}

impl Partial {
    /// Begins a file; folders above it are made.
    ///
    /// # Errors
    /// [`io::Error`].
    pub fn create(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut written_to = path.as_os_str().to_owned();
        written_to.push(".part");
        let written_to = PathBuf::from(written_to);
        let file = File::create(&written_to)?;
        Ok(Self { file, written_to, path: path.to_owned(), finished: false })
    }

    /// Where its bytes go. To be flushed before the file is finished.
    ///
    /// # Errors
    /// [`io::Error`].
    pub fn writer(&self) -> io::Result<BufWriter<File>> {
        self.file.try_clone().map(BufWriter::new)
    }

    /// The name that it will have.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was written, to be read from its start.
    ///
    /// # Errors
    /// [`io::Error`].
    pub fn reader(&self) -> io::Result<File> {
        File::open(&self.written_to)
    }

    /// Puts the file on disk under its name.
    ///
    /// # Errors
    /// [`io::Error`]; then there is no such file, or the old one.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.written_to, &self.path)?;
        self.finished = true;
        // The name is on disk only once its folder is.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing rests on it: a left-over is overwritten next time.
            let _ = fs::remove_file(&self.written_to);
        }
    }
}

/// Writes a whole file.
///
/// # Errors
/// [`io::Error`]; then there is no such file, or the old one.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = Partial::create(path)?;
    let mut writer = file.writer()?;
    writer.write_all(bytes)?;
    writer.flush()?;
    file.finish()
}

/// Length of a file, and its SHA-256 in lower-case hexadecimal.
///
/// # Errors
/// [`io::Error`].
pub fn sha256(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hash, mut length) = (Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok((length, HEXLOWER.encode(&hash.finalize())));
        }
        hash.update(chunk.get(..read).unwrap_or_default());
        length += u64::try_from(read).unwrap_or(u64::MAX);
    }
}

/// Writes a file that only its owner can read (mode 600 where there are modes).
///
/// # Errors
/// [`io::Error`]; also where the file exists, so that no secret is overwritten.
pub fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_not_finished_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/sheet.pdf");
        let partial = Partial::create(&path).unwrap();
        partial.writer().unwrap().write_all(b"half").unwrap();
        drop(partial);
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 0);
        write(&path, b"whole").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
    }

    #[test]
    fn a_secret_is_neither_readable_by_others_nor_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        write_secret(&path, b"one").unwrap();
        assert!(write_secret(&path, b"two").is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
