//! Download links: made by the office, opened by whoever has the token.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;

use super::{Parcel, ShippingError};
use crate::clock::{Clock, Random};
use crate::code::text;
use crate::delivery;
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName, NewEntry};
use crate::domain::download::{DownloadLink, LINK_DAYS_MAX, LinkState, NewDownloadLink};
use crate::domain::ids::LinkId;
use crate::domain::print_job::Download;
use crate::store::{Store, StoreError, audit, download_links};
use crate::token::Token;

/// Most letters of a recipient's name.
const RECIPIENT_CHARS_MAX: usize = 200;

/// Makes a link to a printing whose files are under `folder`.
///
/// # Errors
/// [`ShippingError`].
pub fn link(
    store: &Store,
    random: &dyn Random,
    folder: &Path,
    details: &NewDownloadLink,
    act: Act<'_>,
) -> Result<(DownloadLink, Token), ShippingError> {
    let letters = details.recipient.chars().count();
    if details.recipient.trim().is_empty() || letters > RECIPIENT_CHARS_MAX {
        return Err(ShippingError::Recipient);
    }
    let longest = act.at + TimeDelta::days(LINK_DAYS_MAX.into());
    if details.expires_at <= act.at || details.expires_at > longest {
        return Err(ShippingError::Days);
    }
    Parcel::read(folder, &text::batch(details.batch), &details.printing)?;
    let token = Token::new(random)?;
    let made = store.write(|register| -> Result<_, StoreError> {
        let made = download_links::insert(register, &token.sha256(), details, act.at)?;
        let entry = about(Action::MakeLink.on(made.id), details);
        audit::record(register, act, &entry.with(FactName::Until.is(details.expires_at)))?;
        Ok(made)
    })?;
    Ok((made, token))
}

/// Withdraws a link. Repeated, it changes nothing.
///
/// # Errors
/// [`ShippingError`].
pub fn unlink(store: &Store, id: LinkId, act: Act<'_>) -> Result<DownloadLink, ShippingError> {
    store.write(|register| {
        let link = download_links::get(register, id)?.ok_or(ShippingError::NoLink(id))?;
        if link.revoked_at.is_some() {
            return Ok(link);
        }
        download_links::set_revoked(register, id, act.at)?;
        audit::record(register, act, &about(Action::WithdrawLink.on(id), &link.details))?;
        Ok(DownloadLink { revoked_at: Some(act.at), ..link })
    })
}

/// Gives out what links lead to.
#[derive(Clone)]
pub struct Downloads {
    /// The register.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The folder of printed files.
    pub folder: PathBuf,
}

/// What an open link leads to.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The link.
    pub link: DownloadLink,
    /// The files.
    pub parcel: Parcel,
}

impl Downloads {
    /// What a token opens now; `None` where it opens nothing, for whatever reason.
    ///
    /// # Errors
    /// [`ShippingError`].
    pub fn open(&self, token: &str) -> Result<Option<Delivery>, ShippingError> {
        let Some(token) = Token::read(token) else { return Ok(None) };
        let found =
            self.store.read(|register| download_links::by_token(register, &token.sha256()))?;
        let Some(link) = found.filter(|link| link.state(self.clock.now()) == LinkState::Open)
        else {
            return Ok(None);
        };
        let details = &link.details;
        let parcel = Parcel::read(&self.folder, &text::batch(details.batch), &details.printing)?;
        Ok(Some(Delivery { link, parcel }))
    }

    /// Notes that a file begins to be fetched: what and for whom, not from where. The print job of its
    /// batch, if it has one, is being printed from the first time on.
    ///
    /// # Errors
    /// [`ShippingError`].
    pub fn note(&self, link: &DownloadLink, file: &str) -> Result<(), ShippingError> {
        let act = Act { by: &link.details.recipient, at: self.clock.now() };
        let download = Download { file: file.to_owned(), sheets: None };
        Ok(self.store.write(|register| {
            delivery::noted(register, link.details.batch, &download, act)?;
            let entry = Action::FetchFile.on(link.id).with(FactName::File.is(file));
            audit::record(register, act, &entry)
        })?)
    }
}

fn about(entry: NewEntry, details: &NewDownloadLink) -> NewEntry {
    entry
        .with(FactName::Batch.is(text::batch(details.batch)))
        .with(FactName::Layout.is(&details.printing.layout))
        .with(FactName::Design.is(&details.printing.design))
        .with(FactName::Recipient.is(&details.recipient))
}
