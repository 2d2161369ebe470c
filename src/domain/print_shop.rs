//! Print shops (cơ sở in) and their licences.

use super::calendar::Day;
use super::ids::ShopId;

/// What the office knows of a print shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopDetails {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: Option<String>,
    /// How it is reached.
    pub phone: Option<String>,
    /// Number of its licence (giấy phép hoạt động in).
    pub licence_number: String,
    /// Who issued the licence (cơ quan cấp giấy phép); `None` where that is not known.
    pub licence_issuer: Option<String>,
    /// Last day of the licence; `None` where it has no end.
    pub licence_ends_on: Option<Day>,
    /// Whether the office still gives it work.
    pub is_active: bool,
}

/// A print shop in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintShop {
    /// Identity.
    pub id: ShopId,
    /// What is known of it.
    pub details: ShopDetails,
}

/// Why a shop may not be given work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLicence {
    /// The office gives it none any more.
    #[error(
        "“{0}” is not active any more: choose another shop, or `ocop shop update ID --active true`"
    )]
    Inactive(String),
    /// Its licence has ended.
    #[error("the licence of “{0}” ended on {1}: enter the new one with `ocop shop update`")]
    Ended(String, Day),
}

impl ShopDetails {
    /// The licence as people name it: its number, and who issued it.
    #[must_use]
    pub fn licence(&self) -> String {
        let issuer = self.licence_issuer.iter().map(String::as_str);
        std::iter::once(&*self.licence_number).chain(issuer).collect::<Vec<_>>().join(", ")
    }

    /// Whether it may be given work on a day.
    ///
    /// # Errors
    /// [`NoLicence`].
    pub fn may_print(&self, on: Day) -> Result<(), NoLicence> {
        if !self.is_active {
            return Err(NoLicence::Inactive(self.name.clone()));
        }
        match self.licence_ends_on {
            Some(ends_on) if ends_on < on => Err(NoLicence::Ended(self.name.clone(), ends_on)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_holds_until_the_end_of_its_last_day() {
        let day = |day| Day::from_ymd_opt(2026, 11, day).unwrap();
        let mut shop = ShopDetails {
            name: "In Mẫu".into(),
            address: None,
            phone: None,
            licence_number: "12/GP".into(),
            licence_issuer: None,
            licence_ends_on: Some(day(23)),
            is_active: true,
        };
        assert_eq!(shop.may_print(day(23)), Ok(()));
        assert_eq!(shop.may_print(day(24)), Err(NoLicence::Ended("In Mẫu".into(), day(23))));
        shop.is_active = false;
        assert_eq!(shop.may_print(day(23)), Err(NoLicence::Inactive("In Mẫu".into())));
    }
}
