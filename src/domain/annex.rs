//! One row of a recognition decision's annex: a product, its producer, and what was decided.

use super::calendar::Day;
use super::gtin::Gtin;
use super::producer::NewProducer;
use super::product::ProductGroup;
use super::recognition::{AuthorityLevel, Stars};

/// A checked row, ready for the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnexEntry {
    /// The producer.
    pub producer: NewProducer,
    /// Product name as printed in the decision.
    pub product_name: String,
    /// Group.
    pub group: ProductGroup,
    /// GS1 number, where given.
    pub gtin: Option<Gtin>,
    /// Net quantity, where given.
    pub net_quantity: Option<String>,
    /// Grade.
    pub stars: Stars,
    /// Four stars, proposed to the ministry for five.
    pub potential_five_star: bool,
    /// Number of the decision.
    pub decision_number: String,
    /// Name of the authority that signed.
    pub authority: String,
    /// Its level of government.
    pub authority_level: AuthorityLevel,
    /// Day of signature.
    pub signed_on: Day,
    /// First day in force: that of the signature, unless the decision names another.
    pub effective_on: Day,
    /// Last day in force.
    pub ends_on: Day,
}
