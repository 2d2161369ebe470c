//! Products and the six groups of the programme.

use super::gtin::Gtin;
use super::ids::{ProducerId, ProductId};

/// Product group (148/QĐ-TTg, 24/02/2023).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProductGroup {
    /// 1 Thực phẩm.
    Food,
    /// 2 Đồ uống.
    Drinks,
    /// 3 Dược liệu và sản phẩm từ dược liệu.
    Herbal,
    /// 4 Hàng thủ công mỹ nghệ.
    Crafts,
    /// 5 Sinh vật cảnh.
    Ornamentals,
    /// 6 Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch.
    Services,
}

impl ProductGroup {
    /// Every group, by number.
    pub const ALL: [Self; 6] =
        [Self::Food, Self::Drinks, Self::Herbal, Self::Crafts, Self::Ornamentals, Self::Services];

    /// The group's number in the programme, 1 to 6.
    #[must_use]
    pub fn number(self) -> i16 {
        match self {
            Self::Food => 1,
            Self::Drinks => 2,
            Self::Herbal => 3,
            Self::Crafts => 4,
            Self::Ornamentals => 5,
            Self::Services => 6,
        }
    }

    /// The group of that number.
    #[must_use]
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.number() == number)
    }

    /// Whether there is a unit to put a stamp on: a service has none.
    #[must_use]
    pub fn can_carry_stamps(self) -> bool {
        self != Self::Services
    }
}

/// A product as it is about to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProduct {
    /// Who makes it.
    pub producer: ProducerId,
    /// Name in the register today.
    pub name: String,
    /// Group.
    pub group: ProductGroup,
    /// GS1 number, where the producer has one.
    pub gtin: Option<Gtin>,
    /// Net quantity as on the label ("500 g"), where given.
    pub net_quantity: Option<String>,
}

/// A product in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Identity.
    pub id: ProductId,
    /// What is known of it.
    pub details: NewProduct,
    /// Its [photo](super::photo::Photo), by name.
    pub photo: Option<String>,
    /// How often it was changed: whoever changes what they saw says so by it.
    pub version: i64,
}
