//! Steps 3 to 5: serials from the seed, signatures on all cores, every signature checked.

use std::sync::atomic::{AtomicU64, Ordering};

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::prepare::Prepared;
use super::{IssueError, Progress};
use crate::code::text;
use crate::domain::batch::{Batch, Intent};
use crate::domain::serial::{BatchNumber, Serial};
use crate::domain::stamp::SignatureBytes;
use crate::signing::{PublicKey, Signer};

/// Codes signed and checked together: enough to make checking cheap, few enough to share out.
const RUN: usize = 500;

/// A batch with its codes, every signature checked.
pub(super) struct Signed {
    batch: Batch,
    serials: Vec<Serial>,
    signatures: Vec<SignatureBytes>,
}

impl Signed {
    pub(super) fn into_parts(self) -> (Batch, Vec<Serial>, Vec<SignatureBytes>) {
        (self.batch, self.serials, self.signatures)
    }
}

pub(super) fn sign(
    prepared: Prepared,
    signer: &dyn Signer,
    public_key: &PublicKey,
    progress: Progress<'_>,
) -> Result<Signed, IssueError> {
    let batch = prepared.into_batch();
    let serials = serials(batch.number, batch.intent.seed, batch.intent.quantity.get());
    let done = AtomicU64::new(0);
    let runs: Vec<Vec<SignatureBytes>> = serials
        .par_chunks(RUN)
        .map(|run| {
            let signatures = sign_run(run, &batch.intent, signer, public_key)?;
            let run = run.len() as u64;
            progress(done.fetch_add(run, Ordering::Relaxed) + run);
            Ok(signatures)
        })
        .collect::<Result<_, IssueError>>()?;
    Ok(Signed { batch, serials, signatures: runs.concat() })
}

/// The serials of a batch: the seed's `ChaCha20` stream, 35 bits at a time, distinct, ascending. In
/// ascending order a sheet is a range, and neighbours still lie thousands of free numbers apart.
fn serials(batch: BatchNumber, seed: [u8; 32], quantity: u32) -> Vec<Serial> {
    let quantity = usize::try_from(quantity).unwrap_or(usize::MAX);
    let mut stream = ChaCha20Rng::from_seed(seed);
    let mut serials = Vec::with_capacity(quantity);
    while serials.len() < quantity {
        let missing = quantity - serials.len();
        let more = std::iter::repeat_with(|| stream.next_u64() >> (u64::BITS - Serial::ITEM_BITS));
        serials.extend(more.filter_map(|item| batch.serial(item)).take(missing));
        serials.sort_unstable();
        serials.dedup();
    }
    serials
}

fn sign_run(
    serials: &[Serial],
    intent: &Intent,
    signer: &dyn Signer,
    public_key: &PublicKey,
) -> Result<Vec<SignatureBytes>, IssueError> {
    let gtin = intent.face.gtin;
    let messages: Vec<Vec<u8>> =
        serials.iter().map(|serial| text::signed_message(&intent.key_id, gtin, *serial)).collect();
    let signatures: Vec<SignatureBytes> =
        messages.iter().map(|message| signer.sign(message)).collect::<Result<_, _>>()?;
    let messages: Vec<&[u8]> = messages.iter().map(Vec::as_slice).collect();
    if public_key.id != intent.key_id || !public_key.verifies_all(&messages, &signatures) {
        return Err(IssueError::WrongSignature);
    }
    Ok(signatures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_follow_from_the_seed_distinct_and_ascending() {
        let batch = BatchNumber::new(7).unwrap();
        let first = serials(batch, [3; 32], 10_000);
        assert_eq!(first, serials(batch, [3; 32], 10_000));
        assert_eq!(first.len(), 10_000);
        assert!(first.is_sorted_by(|a, b| a < b));
        assert!(first.iter().all(|serial| serial.batch() == batch));
        assert_ne!(first, serials(batch, [4; 32], 10_000));
    }
}
