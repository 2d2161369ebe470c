//! Approved order → batch of codes, in the order of writes that certificate authorities use.
//!
//! `docs/ISSUANCE-CYCLE.md` says the six steps in words. Nothing is signed before its batch is on
//! disk, and everything a code is made of follows from what was stored then; so a batch that was
//! interrupted is finished by the same path, to the same bytes.

mod commit;
pub mod eligibility;
pub mod ordering;
mod prepare;
pub mod replacing;
mod sign;

use std::sync::Arc;

use crate::clock::{Clock, NoRandomness, Random};
use crate::domain::act::Act;
use crate::domain::batch::{Batch, Profile};
use crate::domain::host::Host;
use crate::domain::ids::OrderId;
use crate::domain::order::InvalidMove;
use crate::signing::{PublicKey, Signer, SigningError};
use crate::store::{Store, StoreError, batches};

pub use self::eligibility::Ineligible;
pub use self::replacing::Irreplaceable;

/// Hears how many of a batch's codes are signed, from any thread.
pub type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// Issues batches with one signing key.
pub struct Issuer {
    /// The register.
    pub store: Store,
    /// The key.
    pub signer: Arc<dyn Signer>,
    /// Its public half: every signature is checked with it before it is stored.
    pub public_key: PublicKey,
    /// Tells the day a recognition must be in force.
    pub clock: Arc<dyn Clock>,
    /// Where seeds come from.
    pub random: Arc<dyn Random>,
    /// Host of the printed addresses.
    pub host: Host,
    /// How much the QR texts carry.
    pub profile: Profile,
}

/// Why a batch was not issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// No such order.
    #[error("there is no order {0}")]
    NoOrder(OrderId),
    /// There is no key here.
    #[error("there is no signing key here: `ocop key new` makes one")]
    NoKey,
    /// The order is not approved.
    #[error(transparent)]
    Order(#[from] InvalidMove),
    /// The product may not have stamps, now.
    #[error(transparent)]
    Ineligible(#[from] Ineligible),
    /// The key is outside its time, or was compromised.
    #[error("key {0} may not sign now: see its times in the key set")]
    KeyMayNotSign(String),
    /// The batch was begun with another key.
    #[error(
        "this batch was begun with key {wanted} and must be finished with it, not with {found}: \
         `ocop issue --resume` does so"
    )]
    OtherKey {
        /// The key the batch names.
        wanted: String,
        /// The key at hand.
        found: String,
    },
    /// All 1,048,575 batch numbers are used.
    #[error("all batch numbers are used up: a new serial format is needed")]
    NumbersUsedUp,
    /// The key did not sign.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// A signature just made is wrong: faulty hardware, or the wrong public key.
    #[error("a signature just made does not verify: nothing was issued; check the machine")]
    WrongSignature,
    /// No randomness.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Issuer {
    /// Issues the codes of an approved order. Repeating it is safe: an order has one batch, and one
    /// that was issued before is returned as it is.
    ///
    /// # Errors
    /// [`IssueError`]. After any error the batch is either wholly there or can be finished by
    /// calling again.
    pub fn issue(
        &self,
        order: OrderId,
        by: &str,
        progress: Progress<'_>,
    ) -> Result<Batch, IssueError> {
        // Steps 1 and 2: load the order; store batch number, quota and intent.
        let prepared = match prepare::prepare(self, order, self.act(by))? {
            prepare::Found::Issued(batch) => return Ok(batch),
            prepare::Found::Prepared(prepared) => prepared,
        };
        self.finish(prepared, by, progress)
    }

    /// Finishes every batch that an interruption left without its codes, of those begun with this
    /// issuer's key.
    ///
    /// # Errors
    /// [`IssueError`], at the first that cannot be finished.
    pub fn finish_interrupted(
        &self,
        by: &str,
        progress: Progress<'_>,
    ) -> Result<Vec<Batch>, IssueError> {
        let unfinished = self.store.read(batches::unfinished)?;
        unfinished
            .into_iter()
            .filter(|batch| batch.intent.key_id == self.signer.key_id())
            .map(|batch| self.finish(prepare::Prepared::again(self, batch)?, by, progress))
            .collect()
    }

    fn finish(
        &self,
        prepared: prepare::Prepared,
        by: &str,
        progress: Progress<'_>,
    ) -> Result<Batch, IssueError> {
        // Steps 3 to 5: make the serials, sign them, check every signature.
        let signed = sign::sign(prepared, self.signer.as_ref(), &self.public_key, progress)?;
        // Step 6: store the codes and the batch as issued.
        commit::commit(&self.store, signed, self.act(by))
    }

    fn act<'a>(&self, by: &'a str) -> Act<'a> {
        Act { by, at: self.clock.now() }
    }
}
