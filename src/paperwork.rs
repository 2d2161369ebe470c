//! Official papers from what the register knows: each gets a number, a day and an address where it can
//! be checked, and is kept as it was made. Asked for again, the same paper is the same file; once
//! something on it has changed, a paper of another number takes its place.

mod facts;

use std::sync::Arc;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::accounting::StampError;
use crate::clock::{NoRandomness, Random};
use crate::domain::act::Act;
use crate::domain::audit::{Action, FactName};
use crate::domain::calendar::Day;
use crate::domain::host::{Host, HostError};
use crate::domain::ids::{DestructionId, HandOverId, InspectionId, OrderId};
use crate::domain::paper::{Paper, PaperKind, reference};
use crate::domain::serial::BatchNumber;
use crate::fonts::Unprintable;
use crate::papers::official::{Document, Reference};
use crate::papers::{PaperError, PaperFonts};
use crate::store::papers::{self, NewPaper};
use crate::store::{AnyConnection, Store, StoreError, audit};
use crate::token::Token;

/// The part of an address before a paper's secret.
pub const ADDRESS: &str = "/giay";

/// Makes papers.
#[derive(Clone)]
pub struct Paperwork {
    /// The register.
    pub store: Store,
    /// Chance, for addresses nobody guesses.
    pub random: Arc<dyn Random>,
    /// The host of their addresses, or why there is none to print.
    pub host: Result<Host, HostError>,
}

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum PaperworkError {
    /// What it would be about is not there.
    #[error("there is nothing to make this paper about")]
    NoSubject,
    /// A text of it has what no font prints.
    #[error(transparent)]
    Unprintable(Unprintable),
    /// It could not be composed.
    #[error(transparent)]
    Compose(PaperError),
    /// The batch could not be accounted for.
    #[error(transparent)]
    Account(#[from] StampError),
    /// There is no host for its address.
    #[error("stamps.host: {0}")]
    Host(#[from] HostError),
    /// No secret for its address.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PaperError> for PaperworkError {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::Unprintable(why) => Self::Unprintable(why),
            other => Self::Compose(other),
        }
    }
}

impl Paperwork {
    /// *Phiếu đề nghị in tem* of an order.
    ///
    /// # Errors
    /// [`PaperworkError`].
    pub fn order_slip(&self, order: OrderId, act: Act<'_>) -> Result<Paper, PaperworkError> {
        let document = self.store.read(|register| facts::order_slip(register, order))?;
        self.number(PaperKind::OrderSlip, order.0, &document, act)
    }

    /// *Biên bản bàn giao tem* of a hand-over of a batch.
    ///
    /// # Errors
    /// [`PaperworkError`].
    pub fn hand_over(
        &self,
        batch: BatchNumber,
        id: HandOverId,
        act: Act<'_>,
    ) -> Result<Paper, PaperworkError> {
        let document = self.store.read(|register| facts::hand_over(register, batch, id))?;
        self.number(PaperKind::HandOver, id.0, &document, act)
    }

    /// *Bảng đối soát, quyết toán tem* of a batch as it stands on a day.
    ///
    /// # Errors
    /// [`PaperworkError`].
    pub fn reconciliation(
        &self,
        batch: BatchNumber,
        today: Day,
        act: Act<'_>,
    ) -> Result<Paper, PaperworkError> {
        let document = facts::reconciliation(&self.store, batch, today)?;
        self.number(PaperKind::Reconciliation, batch.get().into(), &document, act)
    }

    /// *Biên bản tiêu hủy tem* of a destruction of a batch.
    ///
    /// # Errors
    /// [`PaperworkError`].
    pub fn destruction(
        &self,
        batch: BatchNumber,
        id: DestructionId,
        act: Act<'_>,
    ) -> Result<Paper, PaperworkError> {
        let document = self.store.read(|register| facts::destruction(register, batch, id))?;
        self.number(PaperKind::Destruction, id.0, &document, act)
    }

    /// *Biên bản kiểm tra* of an inspection.
    ///
    /// # Errors
    /// [`PaperworkError`].
    pub fn inspection(&self, id: InspectionId, act: Act<'_>) -> Result<Paper, PaperworkError> {
        let document = self.store.read(|register| facts::inspection(register, id))?;
        self.number(PaperKind::Inspection, id.0, &document, act)
    }

    fn number(
        &self,
        kind: PaperKind,
        subject: i64,
        document: &Document,
        act: Act<'_>,
    ) -> Result<Paper, PaperworkError> {
        let text_sha256 = HEXLOWER.encode(&Sha256::digest(document.text()));
        self.store.write(|register| {
            if let Some((paper, known)) = papers::standing(register, kind, subject)?
                && known == text_sha256
            {
                return Ok(paper);
            }
            self.keep(register, kind, subject, document, &text_sha256, act)?;
            let made = papers::standing(register, kind, subject)?;
            Ok(made.ok_or(StoreError::Corrupt("paper"))?.0)
        })
    }

    fn keep(
        &self,
        register: &mut AnyConnection,
        kind: PaperKind,
        subject: i64,
        document: &Document,
        text_sha256: &str,
        act: Act<'_>,
    ) -> Result<(), PaperworkError> {
        let host = self.host.as_ref().map_err(HostError::clone)?;
        let token = Token::new(&*self.random)?;
        let number = papers::next_number(register, kind, document.day)?;
        let (name, address) =
            (reference(kind, number), format!("https://{host}{ADDRESS}/{}", token.reveal()));
        let reference = Reference { number: &name, address: &address };
        let file = document.compose(reference, PaperFonts::OFFICIAL)?;
        let new = NewPaper {
            kind,
            number,
            subject,
            day: document.day,
            text_sha256,
            token_sha256: &token.sha256(),
            file: &file,
            figures: &document.figures,
        };
        let id = papers::insert(register, &new, act)?;
        let entry = Action::MakePaper.on(id).with(FactName::Name.is(name));
        Ok(audit::record(register, act, &entry)?)
    }
}
