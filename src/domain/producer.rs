//! Producers: the holders of recognised products (chủ thể OCOP).

use super::ids::ProducerId;

/// Legal kind of a producer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProducerKind {
    /// Doanh nghiệp.
    Enterprise,
    /// Hợp tác xã (HTX).
    Cooperative,
    /// Tổ hợp tác (THT): has no enterprise code.
    CooperativeGroup,
    /// Hộ kinh doanh (HKD), cơ sở sản xuất.
    HouseholdBusiness,
}

impl ProducerKind {
    /// Every kind, in the register's order.
    pub const ALL: [Self; 4] =
        [Self::Enterprise, Self::Cooperative, Self::CooperativeGroup, Self::HouseholdBusiness];

    /// The kind's name in the register and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Cooperative => "cooperative",
            Self::CooperativeGroup => "cooperative_group",
            Self::HouseholdBusiness => "household_business",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A producer as it is about to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProducer {
    /// Legal kind.
    pub kind: ProducerKind,
    /// Name as on its papers; never re-cased.
    pub name: String,
    /// Tax code (mã số thuế), where there is one.
    pub tax_code: Option<String>,
    /// Address in the register today.
    pub address: Option<String>,
}

/// A producer in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Producer {
    /// Identity.
    pub id: ProducerId,
    /// What is known of it.
    pub details: NewProducer,
}
