//! Batches (lô tem): the codes issued for one order, and everything their stamps say.

use super::calendar::Instant;
use super::gtin::Gtin;
use super::ids::{OrderId, ProductId, RecognitionId};
use super::order::Quantity;
use super::recognition::Stars;
use super::serial::BatchNumber;

/// How much a QR text carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Serial and signature: can be checked offline.
    Signed,
    /// Serial alone, for labels under about 16 mm.
    Compact,
}

impl Profile {
    /// The profile's name in the register, on the command line and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Compact => "compact",
        }
    }

    /// The profile of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Signed, Self::Compact].into_iter().find(|profile| profile.key() == key)
    }
}

/// What is decided before a batch is signed. Stored first: all codes follow from it, so a batch
/// that was interrupted is finished to the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The order it fulfils. An order has one batch at most.
    pub order: OrderId,
    /// The product.
    pub product: ProductId,
    /// The recognition in force when it was issued.
    pub recognition: RecognitionId,
    /// How many stamps.
    pub quantity: Quantity,
    /// Id of the signing key: 8 hex digits.
    pub key_id: String,
    /// Where the serials come from: 32 bytes from the system's random source.
    pub seed: [u8; 32],
    /// What is printed.
    pub face: Face,
}

/// What every stamp of a batch has in common, fixed at issue since it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Host of the printed address.
    pub host: String,
    /// How much the QR text carries.
    pub profile: Profile,
    /// GS1 number bound to the serials, where the product has one.
    pub gtin: Option<Gtin>,
    /// Product name.
    pub product_name: String,
    /// Producer name.
    pub producer_name: String,
    /// Stars.
    pub stars: Stars,
    /// Commune or ward of the producer, where the register knew it.
    pub commune: Option<String>,
}

/// A batch in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its number: the first group of every serial.
    pub number: BatchNumber,
    /// What it was to be.
    pub intent: Intent,
    /// When the intent was stored.
    pub prepared_at: Instant,
    /// When all its codes were stored; `None` while they are being signed.
    pub issued_at: Option<Instant>,
}
