//! Answers of any length: written on a thread of their own, sent as fast as the network takes them,
//! a few pieces in memory at a time.

use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::rt::task;
use actix_web::rt::time::timeout;
use actix_web::web::Bytes;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::Error;

/// Bytes of a piece.
const PIECE_BYTES: usize = 1 << 16;
/// Pieces written ahead.
const PIECES_AHEAD: usize = 4;
/// Most files given out at a time: each holds a thread.
const DOWNLOADS_MAX: usize = 32;
/// A visitor who takes nothing for so long is given up on.
const STALL_TIME: Duration = Duration::from_mins(1);

/// Places for files given out at a time.
pub(super) struct Places(Arc<Semaphore>);

/// A place that is taken until it is dropped.
pub(super) struct Place(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

impl Places {
    /// As many as there are.
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(DOWNLOADS_MAX)))
    }

    /// Takes a place, if one is free.
    pub(super) fn take(&self) -> Result<Place, Error> {
        self.0.clone().try_acquire_owned().map(Place).map_err(|_full| Error::Busy)
    }
}

/// A body as it is written.
pub(super) struct Stream {
    size: BodySize,
    pieces: Option<Receiver<Piece>>,
}

/// A piece of a body, or its end: a body whose writer fails has none, and is seen to be torn.
enum Piece {
    Bytes(Bytes),
    End,
}

impl Stream {
    /// A body that `write` writes; `size` is its length, where it is known before.
    pub(super) fn new<E: std::fmt::Display>(
        size: Option<u64>,
        place: Place,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E> + Send + 'static,
    ) -> Self {
        let (sender, receiver) = channel(PIECES_AHEAD);
        let pieces = Pieces { sender, runtime: Handle::current() };
        // Nobody waits for the writer: what it wrote, or that it failed, is told by the body.
        drop(task::spawn_blocking(move || {
            let mut out = BufWriter::with_capacity(PIECE_BYTES, pieces);
            let written = write(&mut out).map_err(|error| error.to_string());
            let ended = written.and_then(|()| {
                let sent = out.flush().and_then(|()| out.get_ref().send(Piece::End));
                sent.map_err(|error| error.to_string())
            });
            if let Err(error) = ended {
                tracing::info!(%error, "a download was broken off");
                // What is in the buffer is no whole piece.
                drop(out.into_parts());
            }
            drop(place);
        }));
        Self { size: size.map_or(BodySize::Stream, BodySize::Sized), pieces: Some(receiver) }
    }

    /// No body, where only its length is asked for.
    pub(super) fn only_size(size: Option<u64>) -> Self {
        Self { size: size.map_or(BodySize::Stream, BodySize::Sized), pieces: None }
    }
}

impl MessageBody for Stream {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        self.size
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, io::Error>>> {
        let Some(pieces) = &mut self.pieces else { return Poll::Ready(None) };
        Poll::Ready(match ready!(pieces.poll_recv(context)) {
            Some(Piece::Bytes(bytes)) => Some(Ok(bytes)),
            Some(Piece::End) => {
                self.pieces = None;
                None
            }
            None => Some(Err(io::Error::other("the writer failed"))),
        })
    }
}

/// Where the writer writes to.
struct Pieces {
    sender: Sender<Piece>,
    runtime: Handle,
}

impl Pieces {
    fn send(&self, piece: Piece) -> io::Result<()> {
        // A timer starts where a runtime is entered.
        let sent =
            self.runtime.block_on(async { timeout(STALL_TIME, self.sender.send(piece)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_gone)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_elapsed) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.send(Piece::Bytes(Bytes::copy_from_slice(bytes)))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
