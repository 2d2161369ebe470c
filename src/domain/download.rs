//! Download links: how a print shop without an account fetches the files of one printing.

use super::calendar::Instant;
use super::ids::LinkId;
use super::serial::BatchNumber;
use super::sheet::Printing;

/// Most days a link may last.
pub const LINK_DAYS_MAX: u32 = 90;

/// A link about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDownloadLink {
    /// The batch.
    pub batch: BatchNumber,
    /// How it was printed.
    pub printing: Printing,
    /// Whom the link is for, as the office calls them.
    pub recipient: String,
    /// When it ends.
    pub expires_at: Instant,
}

/// A link in the register. Its token is not: whoever has one, has the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadLink {
    /// Identity.
    pub id: LinkId,
    /// What it leads to, for whom, and until when.
    pub details: NewDownloadLink,
    /// When it was made.
    pub created_at: Instant,
    /// When it was withdrawn.
    pub revoked_at: Option<Instant>,
}

/// How a link stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It opens.
    Open,
    /// Its time is over.
    Expired,
    /// The office withdrew it.
    Revoked,
}

impl LinkState {
    /// The state's name in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl DownloadLink {
    /// How it stands at a moment.
    #[must_use]
    pub fn state(&self, at: Instant) -> LinkState {
        match self.revoked_at {
            Some(revoked_at) if revoked_at <= at => LinkState::Revoked,
            _ if at >= self.details.expires_at => LinkState::Expired,
            _ => LinkState::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_link_opens_until_it_ends_or_is_withdrawn() {
        let at = Instant::from_timestamp(1_795_000_000, 0).unwrap();
        let printing = Printing { layout: "a4".into(), design: "sen-25x35".into() };
        let batch = BatchNumber::new(1).unwrap();
        let (recipient, expires_at) = ("Xưởng in".into(), at + TimeDelta::days(7));
        let details = NewDownloadLink { batch, printing, recipient, expires_at };
        let link = DownloadLink { id: LinkId(1), details, created_at: at, revoked_at: None };
        assert_eq!(link.state(at), LinkState::Open);
        assert_eq!(link.state(expires_at - TimeDelta::seconds(1)), LinkState::Open);
        assert_eq!(link.state(expires_at), LinkState::Expired);
        let withdrawn = DownloadLink { revoked_at: Some(at), ..link };
        assert_eq!(withdrawn.state(at), LinkState::Revoked);
    }
}
