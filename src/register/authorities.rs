//! Issuing authorities, and when they were in office.

use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::ids::AuthorityId;
use crate::domain::recognition::Authority;
use crate::fonts::{self, Unprintable};
use crate::store::{Store, StoreError, audit, authorities};

/// Most letters of an authority's name.
pub const NAME_CHARS_MAX: usize = 300;

/// Why an authority was not entered or changed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// It has no name or too long a one, or left office before it took it.
    #[error("give the authority's name, and an end that is not before its start")]
    Facts,
    /// No font prints its name.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The name is another's.
    #[error("there is an authority “{0}” already")]
    Taken(String),
    /// No such authority.
    #[error("there is no authority {0}")]
    NoAuthority(AuthorityId),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Enters an authority, or with `id` replaces what is known of it. Entered again, it changes nothing.
///
/// # Errors
/// [`AuthorityError`].
pub fn keep(
    store: &Store,
    id: Option<AuthorityId>,
    authority: &Authority,
    act: Act<'_>,
) -> Result<AuthorityId, AuthorityError> {
    let fits =
        !authority.name.trim().is_empty() && authority.name.chars().count() <= NAME_CHARS_MAX;
    let dates = authority.active_from.zip(authority.active_to);
    if !fits || dates.is_some_and(|(from, to)| to < from) {
        return Err(AuthorityError::Facts);
    }
    fonts::check(&authority.name)?;
    store.write(|register| {
        let namesake = authorities::find(register, &authority.name)?;
        if let Some(known) = namesake.filter(|known| Some(*known) != id) {
            let same = authorities::get(register, known)?.is_some_and(|it| it == *authority);
            let taken = || AuthorityError::Taken(authority.name.clone());
            return if id.is_none() && same { Ok(known) } else { Err(taken()) };
        }
        let kept = match id {
            None => authorities::put(register, authority)?,
            Some(id) => {
                let known = authorities::get(register, id)?;
                if known.ok_or(AuthorityError::NoAuthority(id))? == *authority {
                    return Ok(id);
                }
                authorities::update(register, id, authority)?;
                id
            }
        };
        let action = if id.is_none() { Action::AddAuthority } else { Action::UpdateAuthority };
        let entry = action
            .on(kept)
            .with(FactName::Name.is(&authority.name))
            .with(FactName::Level.is_word(authority.level.key()))
            .with_all(FactName::From.may_be(authority.active_from))
            .with_all(FactName::To.may_be(authority.active_to));
        audit::record(register, act, &entry)?;
        Ok(kept)
    })
}
