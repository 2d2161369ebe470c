//! Producers: the holders of recognised products (chủ thể OCOP).

use super::commune::Commune;
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
    /// Where it is by the communes of today, and how it is reached.
    pub contact: Contact,
}

/// What papers do not say of a producer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The commune it is in.
    pub commune: Option<Commune>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A producer in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Producer {
    /// Identity.
    pub id: ProducerId,
    /// What is known of it.
    pub details: NewProducer,
    /// How often it was changed: whoever changes what they saw says so by it.
    pub version: i64,
}

/// Whether a text is a tax code: 10 digits, 10 and 3 for a branch, or the 12 digits of a person.
#[must_use]
pub fn is_tax_code(text: &str) -> bool {
    let is_digits =
        |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('-') {
        Some((main, branch)) => is_digits(main, 10) && is_digits(branch, 3),
        None => is_digits(text, 10) || is_digits(text, 12),
    }
}

/// The commune of an address as papers have it (`thôn Đông, xã Bát Tràng, Hà Nội`), by its name alone;
/// none where it names none. The one that says so, else the first part that is neither a street nor a
/// district nor the city.
#[must_use]
pub fn commune(address: &str) -> Option<&str> {
    const COMMUNES: [&str; 3] = ["xã ", "phường ", "thị trấn "];
    const OTHERS: [&str; 14] = [
        "số ",
        "thôn ",
        "xóm ",
        "tổ ",
        "ngõ ",
        "ngách ",
        "đường ",
        "phố ",
        "quận ",
        "huyện ",
        "thị xã ",
        "thành phố ",
        "tp ",
        "tp.",
    ];
    let begins = |part: &str, with: &[&str]| {
        let part = part.to_lowercase();
        with.iter().any(|begin| part.starts_with(begin))
    };
    let parts = || address.split(',').map(str::trim).filter(|part| !part.is_empty());
    let named = parts().find(|part| begins(part, &COMMUNES));
    let name = |part: &'_ str| part.split_once(' ').map_or("", |(_, name)| name).trim().len();
    if let Some(part) = named {
        // “thị trấn” is two words.
        let words = if begins(part, &["thị trấn "]) { 2 } else { 1 };
        let after = part.splitn(words + 1, ' ').last().map(str::trim);
        return after.filter(|_| name(part) > 0);
    }
    parts().find(|part| {
        let is_numbered = part.starts_with(|c: char| c.is_ascii_digit());
        !is_numbered && !begins(part, &OTHERS) && part.to_lowercase() != "hà nội"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commune_is_found_in_addresses_as_they_are_written() {
        for (address, found) in [
            ("thôn Đông, xã Bát Tràng, Hà Nội", Some("Bát Tràng")),
            ("Phường Tây Hồ, thành phố Hà Nội", Some("Tây Hồ")),
            ("Số 7 ngõ 2, thị trấn Quốc Oai, huyện Quốc Oai, Hà Nội", Some("Quốc Oai")),
            ("Thụy Khuê, Tây Hồ, Hà Nội", Some("Thụy Khuê")),
            ("12 Hàng Bạc, Hoàn Kiếm, Hà Nội", Some("Hoàn Kiếm")),
            ("huyện Gia Lâm, Hà Nội", None),
            ("", None),
        ] {
            assert_eq!(commune(address), found, "{address}");
        }
    }
}
