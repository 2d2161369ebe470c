//! Print shops and their licences.

use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::contact;
use crate::domain::ids::ShopId;
use crate::domain::print_shop::{PrintShop, ShopDetails};
use crate::fonts::{self, Unprintable};
use crate::store::{AnyConnection, Store, StoreError, audit, print_shops};

/// Most letters of a shop's name.
pub const NAME_CHARS_MAX: usize = 200;
/// Most letters of a licence's number.
pub const LICENCE_CHARS_MAX: usize = 100;

/// Why a shop was not entered or changed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    /// It has no name, or too long a one.
    #[error("name the print shop, in at most {NAME_CHARS_MAX} letters")]
    Name,
    /// It has no licence, or one that is told of at too great a length.
    #[error(
        "give the number of the print shop's licence, in at most {LICENCE_CHARS_MAX} letters, and \
         who issued it, if known, in at most {NAME_CHARS_MAX}"
    )]
    Licence,
    /// Not in the form of a telephone number.
    #[error("give a telephone number of Việt Nam, like 024 3825 0000, 0912 345 678 or 1900 1234")]
    Phone,
    /// No font prints what papers say of it.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The name is another's, or is known with other facts.
    #[error("“{0}” is print shop {1} already: `ocop shop update {1}` changes it")]
    NameTaken(String, ShopId),
    /// No such shop.
    #[error("there is no print shop {0}: `ocop shop list` lists them")]
    NoShop(ShopId),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Enters a print shop. Entering it again changes nothing.
///
/// # Errors
/// [`ShopError`].
pub fn add(store: &Store, details: &ShopDetails, act: Act<'_>) -> Result<PrintShop, ShopError> {
    let details = &checked(details)?;
    store.write(|register| {
        match print_shops::by_name(register, &details.name)? {
            Some(known) if known.details == *details => return Ok(known),
            Some(known) => return Err(ShopError::NameTaken(known.details.name, known.id)),
            None => {}
        }
        let shop = print_shops::insert(register, details)?;
        record(register, &shop, Action::AddShop, act)?;
        Ok(shop)
    })
}

/// Replaces what is known of a print shop. What is the same already is not noted again.
///
/// # Errors
/// [`ShopError`].
pub fn update(
    store: &Store,
    id: ShopId,
    details: &ShopDetails,
    act: Act<'_>,
) -> Result<PrintShop, ShopError> {
    let details = &checked(details)?;
    store.write(|register| {
        let known = print_shops::get(register, id)?.ok_or(ShopError::NoShop(id))?;
        if known.details == *details {
            return Ok(known);
        }
        let namesake = print_shops::by_name(register, &details.name)?;
        if let Some(other) = namesake.filter(|other| other.id != id) {
            return Err(ShopError::NameTaken(other.details.name, other.id));
        }
        let shop = PrintShop { id, details: details.clone() };
        print_shops::update(register, &shop)?;
        record(register, &shop, Action::UpdateShop, act)?;
        Ok(shop)
    })
}

/// A shop with its telephone number in the spelling that is kept.
fn checked(details: &ShopDetails) -> Result<ShopDetails, ShopError> {
    let fits = |text: &str, most| !text.trim().is_empty() && text.chars().count() <= most;
    if !fits(&details.name, NAME_CHARS_MAX) {
        return Err(ShopError::Name);
    }
    let issuer = details.licence_issuer.as_ref();
    if !fits(&details.licence_number, LICENCE_CHARS_MAX)
        || issuer.is_some_and(|issuer| !fits(issuer, NAME_CHARS_MAX))
    {
        return Err(ShopError::Licence);
    }
    fonts::check_all([&details.name, &details.licence_number])?;
    fonts::check_all(details.address.iter().chain(issuer))?;
    let phone = details.phone.as_deref().map(|it| contact::phone(it).ok_or(ShopError::Phone));
    Ok(ShopDetails { phone: phone.transpose()?, ..details.clone() })
}

fn record(
    register: &mut AnyConnection,
    shop: &PrintShop,
    action: Action,
    act: Act<'_>,
) -> Result<(), StoreError> {
    let details = &shop.details;
    let entry = action
        .on(shop.id)
        .with(FactName::Name.is(&details.name))
        .with_all(FactName::Address.may_be(details.address.as_ref()))
        .with_all(FactName::Phone.may_be(details.phone.as_ref()))
        .with(FactName::Licence.is(details.licence()))
        .with_all(FactName::Until.may_be(details.licence_ends_on))
        .with(FactName::InUse.is_word(if details.is_active { "yes" } else { "no" }));
    audit::record(register, act, &entry)
}
