//! Production lots (lô sản xuất) that stamps are activated onto.

use super::calendar::Day;
use super::ids::{LotId, ProductId};

/// A lot as the producer names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLot {
    /// The product.
    pub product: ProductId,
    /// The producer's own lot code, unique within the product.
    pub code: String,
    /// Ngày sản xuất (NSX).
    pub made_on: Option<Day>,
    /// Hạn sử dụng (HSD).
    pub use_by: Option<Day>,
}

/// A lot in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Identity.
    pub id: LotId,
    /// What the producer said of it.
    pub details: NewLot,
    /// Set while its goods are being recalled.
    pub recall: Option<Recall>,
}

/// A recall of goods (thu hồi sản phẩm): never the withdrawal of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// Since when.
    pub since: Day,
    /// Why, in words for the public.
    pub reason: String,
    /// Whom to call.
    pub phone: Option<String>,
}
