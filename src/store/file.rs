//! Whether the file of a register is still the one that was opened. SQLite reads and writes on in a
//! file that was moved, replaced or cut, and what it then answers or keeps is worth nothing.

use std::fs::{self, File, Metadata};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use diesel::SqliteConnection;

use super::StoreError;

/// The first bytes of every SQLite file (<https://sqlite.org/fileformat2.html>).
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Bytes of the header.
const HEADER_BYTES: usize = 100;
/// Least bytes of the index of the write-ahead log, which is mapped into memory.
const INDEX_BYTES_MIN: u64 = 32 * 1024;

/// Bytes of the header of that log, and of each of its frames beside the page.
const LOG_HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: u64 = 24;
/// Bytes of a copy of the header of its index (<https://sqlite.org/walformat.html>, section 2.1).
const INDEX_HEADER_BYTES: usize = 48;

/// What became of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It is not where it was. It may come back.
    Gone,
    /// Its write-ahead log, or the index of it, is not where it was.
    LogGone,
    /// Its write-ahead log is shorter than its index says, or another.
    LogCut,
    /// There is another one in its place.
    Replaced,
    /// It is shorter than it says.
    Cut,
    /// Something else was written into it.
    Overwritten,
}

impl Fault {
    fn text(self) -> &'static str {
        match self {
            Self::Gone => "is not where it was opened",
            Self::LogGone => "has lost its write-ahead log (-wal, -shm)",
            Self::LogCut => "has a write-ahead log (-wal) that was cut off or written over",
            Self::Replaced => "was replaced by another",
            Self::Cut => "was cut off",
            Self::Overwritten => "was written over",
        }
    }

    /// Whether everything is well again once the same files are back.
    fn can_heal(self) -> bool {
        matches!(self, Self::Gone | Self::LogGone)
    }
}

/// A file as a device and a number on it, which stay when it is moved.
type Id = (u64, u64);

fn id(file: &Metadata) -> Id {
    (file.dev(), file.ino())
}

/// The file of a register that is open.
pub(super) struct OpenFile {
    path: PathBuf,
    main: Id,
    /// The write-ahead log and its index.
    companions: [(PathBuf, Id); 2],
    seen: Mutex<Seen>,
    /// Keeps the register open, so that the log stays where it is while connections come and go.
    _keeper: Mutex<SqliteConnection>,
    /// Stays open as long as the register: closing any handle of a file gives up all locks that the
    /// process has on it.
    handle: File,
    /// Both of these too, for the same reason.
    log: File,
    index: File,
}

impl std::fmt::Debug for OpenFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenFile").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What was last seen of the file.
#[derive(Debug, Default)]
struct Seen {
    bytes: u64,
    modified: (i64, i64),
    header: Option<Header>,
    fault: Option<Fault>,
}

/// What the header says.
#[derive(Clone, Copy, Debug)]
struct Header {
    bytes: u64,
    /// Only ever grows.
    changes: u32,
    /// Tells registers apart; 0 until it is written.
    mark: u32,
}

/// The header of the index of the write-ahead log, in the machine's own byte order.
#[derive(Clone, Copy, PartialEq, Eq)]
struct IndexHeader([u8; INDEX_HEADER_BYTES]);

impl IndexHeader {
    /// Frames of the log that count; `None` before it is made.
    fn frames(&self) -> Option<u32> {
        let is_made = self.0.get(12) == Some(&1);
        let frames = self.0.get(16..)?.first_chunk().copied().map(u32::from_ne_bytes);
        frames.filter(|_| is_made)
    }

    /// Least bytes of a log of so many frames.
    fn log_bytes(&self, frames: u32) -> Option<u64> {
        let page = self.0.get(14..)?.first_chunk().copied().map(u16::from_ne_bytes)?;
        // The largest page, which two bytes cannot hold, is 1.
        let page = if page == 1 { 65_536 } else { u64::from(page) };
        let frames = u64::from(frames).checked_mul(page + FRAME_HEADER_BYTES)?;
        frames.checked_add(LOG_HEADER_BYTES.try_into().ok()?)
    }

    /// What tells this log from the one before it in the same file.
    fn salts(&self) -> Option<&[u8]> {
        self.0.get(32..40)
    }
}

impl OpenFile {
    /// Remembers which file a connection has opened, and keeps that open.
    pub(super) fn new(path: &Path, keeper: SqliteConnection) -> Result<Self, StoreError> {
        let failed = |error: std::io::Error| StoreError::Unreachable(error.into());
        let of = |path: &Path| fs::metadata(path).map(|file| id(&file)).map_err(failed);
        let companion = |suffix: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            let path = PathBuf::from(name);
            of(&path).map(|id| (path, id))
        };
        let handle = File::open(path).map_err(failed)?;
        let companions = [companion("-wal")?, companion("-shm")?];
        let [(log, _), (index, _)] = &companions;
        Ok(Self {
            path: path.to_owned(),
            main: id(&handle.metadata().map_err(failed)?),
            log: File::open(log).map_err(failed)?,
            index: File::open(index).map_err(failed)?,
            companions,
            seen: Mutex::default(),
            _keeper: Mutex::new(keeper),
            handle,
        })
    }

    /// Refuses what is known to be lost before it is touched, and an index that was cut off: SQLite reads
    /// it through a memory map whatever is set, and the program would end there.
    pub(super) fn check_index(&self) -> Result<(), StoreError> {
        let [_, (index, _)] = &self.companions;
        let is_whole = fs::metadata(index).is_ok_and(|there| there.len() >= INDEX_BYTES_MIN);
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_well = is_whole && seen.fault.is_none();
        drop(seen);
        if is_well { Ok(()) } else { self.check() }
    }

    /// Refuses a file that is no longer the one that was opened.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known = seen.fault;
        if known.is_none_or(Fault::can_heal) {
            seen.fault = self.look(&mut seen).err();
        }
        if seen.fault != known {
            let file = self.path.display();
            match seen.fault {
                None => tracing::info!(%file, "the register's file is where it was"),
                Some(fault) => tracing::error!(
                    alarm = "register_file",
                    %file,
                    "the register's file {}: nothing is answered from it", fault.text()
                ),
            }
        }
        match seen.fault {
            None => Ok(()),
            Some(fault) => Err(StoreError::Replaced(self.path.clone(), fault.text())),
        }
    }

    fn look(&self, seen: &mut Seen) -> Result<(), Fault> {
        let file = fs::metadata(&self.path).map_err(|_gone| Fault::Gone)?;
        if id(&file) != self.main {
            return Err(Fault::Replaced);
        }
        let [log, index] = &self.companions;
        for ((path, opened), bytes_min) in [(log, 0), (index, INDEX_BYTES_MIN)] {
            let there = fs::metadata(path).map_err(|_gone| Fault::LogGone)?;
            if id(&there) != *opened || there.len() < bytes_min {
                return Err(Fault::LogGone);
            }
        }
        self.look_at_log()?;
        let modified = (file.mtime(), file.mtime_nsec());
        if (file.len(), modified) == (seen.bytes, seen.modified) {
            return Ok(());
        }
        let header = self.header().map_err(|_short| Fault::Cut)?.ok_or(Fault::Overwritten)?;
        let last = seen.header.unwrap_or(header);
        let is_other = last.mark != 0 && header.mark != last.mark;
        if is_other || header.changes < last.changes {
            return Err(Fault::Overwritten);
        }
        // While the log is being written back, the file may be shorter than it says, but does not shrink.
        if file.len() < header.bytes && file.len() < seen.bytes {
            return Err(Fault::Cut);
        }
        (seen.bytes, seen.modified, seen.header) = (file.len(), modified, Some(header));
        Ok(())
    }

    /// Whether the log has every frame that its index counts. While either is being written, whoever writes
    /// answers for it.
    fn look_at_log(&self) -> Result<(), Fault> {
        let Some(before) = self.index_header() else { return Ok(()) };
        let Some(frames) = before.frames().filter(|frames| *frames > 0) else { return Ok(()) };
        let mut header = [0; LOG_HEADER_BYTES];
        let is_read = self.log.read_exact_at(&mut header, 0).is_ok();
        let bytes = self.log.metadata().map_or(0, |log| log.len());
        let is_long = before.log_bytes(frames).is_some_and(|least| bytes >= least);
        let is_same = is_read && header.get(16..24) == before.salts();
        if (is_long && is_same) || self.index_header() != Some(before) {
            return Ok(());
        }
        Err(Fault::LogCut)
    }

    /// The header of the log's index, where both of its copies are alike, as they are between two writes.
    fn index_header(&self) -> Option<IndexHeader> {
        let mut copies = [0; 2 * INDEX_HEADER_BYTES];
        self.index.read_exact_at(&mut copies, 0).ok()?;
        let (one, other) = copies.split_at(INDEX_HEADER_BYTES);
        (one == other).then(|| one.try_into().ok().map(IndexHeader))?
    }

    /// What the file says of itself; `None` where it is no SQLite file.
    fn header(&self) -> std::io::Result<Option<Header>> {
        let mut header = [0; HEADER_BYTES];
        self.handle.read_exact_at(&mut header, 0)?;
        let number = |at: usize| -> Option<u32> {
            let bytes = header.get(at..)?.first_chunk::<4>()?;
            Some(u32::from_be_bytes(*bytes))
        };
        let page = header.get(16..).and_then(|rest| rest.first_chunk::<2>());
        // 1 stands for the largest page, which two bytes cannot hold.
        let page = page.map(|bytes| match u16::from_be_bytes(*bytes) {
            1 => 65_536,
            bytes => u64::from(bytes),
        });
        if !header.starts_with(MAGIC) {
            return Ok(None);
        }
        let read = || {
            let bytes = page?.checked_mul(number(28)?.into())?;
            Some(Header { bytes, changes: number(24)?, mark: number(60)? })
        };
        Ok(read())
    }
}
