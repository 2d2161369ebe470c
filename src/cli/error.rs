//! Refused or failed: the two ways a command ends badly, with an exit code each.

use std::error::Error;

use super::verify::Unread;
use crate::accounting::destroying::DestroyError;
use crate::accounting::{Moved, StampError};
use crate::app::AppError;
use crate::app::keys::KeysError;
use crate::config::ConfigError;
use crate::delivery::JobError;
use crate::desk::proofs::OrderProofError;
use crate::domain::stamp::StampMove;
use crate::identity::IdentityError;
use crate::issuance::IssueError;
use crate::issuance::ordering::OrderError;
use crate::paperwork::PaperworkError;
use crate::plates::RenderError;
use crate::press::library::LibraryError;
use crate::press::{PressError, PrintOrderError, UnprintableDesign};
use crate::preview::PreviewError;
use crate::printing::dimensions::DrawingError;
use crate::printing::proof::ProofError;
use crate::printing::{LabelError, SheetError};
use crate::register::RegisterError;
use crate::register::designs::DesignError;
use crate::register::inspections::InspectionError;
use crate::register::shops::ShopError;
use crate::reminders::ReminderError;
use crate::shipping::ShippingError;
use crate::store::StoreError;

type Cause = Box<dyn Error + Send + Sync>;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(super) enum CliError {
    /// The rules or the input do not allow it. Trying again gives the same.
    Refused(Cause),
    /// Disk, database or network failed. Trying again may help.
    Failed(Cause),
    /// The answer that was told says what is refused.
    AnsweredRefused,
    /// The answer that was told says what failed.
    AnsweredFailed,
}

impl CliError {
    pub(super) fn refused(cause: impl Into<Cause>) -> Self {
        Self::Refused(cause.into())
    }

    pub(super) fn failed(cause: impl Into<Cause>) -> Self {
        Self::Failed(cause.into())
    }

    /// The reason, unless the answer has told it.
    pub(super) fn cause(&self) -> Option<&Cause> {
        match self {
            Self::Refused(cause) | Self::Failed(cause) => Some(cause),
            Self::AnsweredRefused | Self::AnsweredFailed => None,
        }
    }
}

impl CliError {
    /// The refusal of an act on stamps, print jobs, destructions, orders or recognitions by its stable name.
    pub(super) fn reason(&self) -> Option<&'static str> {
        let cause = self.cause()?;
        let stamps = cause.downcast_ref().map(StampError::key);
        let job = || cause.downcast_ref().map(JobError::key);
        let destruction = || cause.downcast_ref().map(DestroyError::key);
        let order = || cause.downcast_ref().map(OrderError::key);
        let register = || cause.downcast_ref().map(RegisterError::key);
        stamps.or_else(job).or_else(destruction).or_else(order).or_else(register)
    }

    /// The serials that may have been meant by a text that is none.
    pub(super) fn suggestions(&self) -> Option<&[String]> {
        self.cause()?.downcast_ref().map(|unread: &Unread| unread.meant.as_slice())
    }

    /// The stamps that kept others from being moved.
    pub(super) fn left(&self) -> Option<(StampMove, &Moved)> {
        match self.cause()?.downcast_ref() {
            Some(StampError::Left(step, found)) => Some((*step, found)),
            _ => None,
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Address(_) | StoreError::Missing(_) => Self::refused(error),
            other => Self::failed(other),
        }
    }
}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        Self::refused(error)
    }
}

impl From<KeysError> for CliError {
    fn from(error: KeysError) -> Self {
        match error {
            KeysError::File { .. } | KeysError::Random(_) => Self::failed(error),
            other => Self::refused(other),
        }
    }
}

impl From<AppError> for CliError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => error.into(),
            AppError::Keys(error) => error.into(),
            AppError::Issue(error) => error.into(),
            AppError::Setting { .. } | AppError::Nobodys { .. } | AppError::Mail(_) => {
                Self::refused(error)
            }
        }
    }
}

impl From<OrderError> for CliError {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::Store(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<OrderProofError> for CliError {
    fn from(error: OrderProofError) -> Self {
        match error {
            OrderProofError::Layout(error) => error.into(),
            OrderProofError::Proof(error) => error.into(),
            OrderProofError::Store(error) => error.into(),
            OrderProofError::Intent(_) => Self::refused(error),
            OrderProofError::Font(_) => Self::failed(error),
        }
    }
}

impl From<InspectionError> for CliError {
    fn from(error: InspectionError) -> Self {
        match error {
            InspectionError::Store(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<PaperworkError> for CliError {
    fn from(error: PaperworkError) -> Self {
        match error {
            PaperworkError::Store(error) => error.into(),
            PaperworkError::Compose(_) | PaperworkError::Random(_) => Self::failed(error),
            PaperworkError::NoSubject
            | PaperworkError::Account(_)
            | PaperworkError::Host(_)
            | PaperworkError::Unprintable(_) => Self::refused(error),
        }
    }
}

impl From<ReminderError> for CliError {
    fn from(error: ReminderError) -> Self {
        match error {
            ReminderError::Store(error) => error.into(),
            ReminderError::Text(_) => Self::failed(error),
        }
    }
}

impl From<IdentityError> for CliError {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Store(error) => error.into(),
            IdentityError::Random(_) | IdentityError::Hashing(_) | IdentityError::Letter(_) => {
                Self::failed(error)
            }
            other => Self::refused(other),
        }
    }
}

impl From<IssueError> for CliError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Store(error) => error.into(),
            IssueError::Random(_) | IssueError::Signing(_) | IssueError::WrongSignature => {
                Self::failed(error)
            }
            other => Self::refused(other),
        }
    }
}

impl From<StampError> for CliError {
    fn from(error: StampError) -> Self {
        match error {
            StampError::Store(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<DestroyError> for CliError {
    fn from(error: DestroyError) -> Self {
        match error {
            DestroyError::Store(error) => error.into(),
            DestroyError::Stamps(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<JobError> for CliError {
    fn from(error: JobError) -> Self {
        match error {
            JobError::Store(error) => error.into(),
            JobError::Stamps(error) => error.into(),
            JobError::Order(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<ShopError> for CliError {
    fn from(error: ShopError) -> Self {
        match error {
            ShopError::Store(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<RegisterError> for CliError {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::Store(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<DesignError> for CliError {
    fn from(error: DesignError) -> Self {
        match error {
            DesignError::Store(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<UnprintableDesign> for CliError {
    fn from(error: UnprintableDesign) -> Self {
        match error {
            UnprintableDesign::Store(error) => error.into(),
            other => Self::refused(other),
        }
    }
}

impl From<PrintOrderError> for CliError {
    fn from(error: PrintOrderError) -> Self {
        match error {
            PrintOrderError::Design(error) => error.into(),
            PrintOrderError::Intent(error) => Self::refused(error),
            PrintOrderError::Plate(error) => Self::refused(error),
        }
    }
}

impl From<PressError> for CliError {
    fn from(error: PressError) -> Self {
        match error {
            PressError::Store(error) => error.into(),
            PressError::Design(error) => error.into(),
            PressError::NoBatch(_)
            | PressError::Host { .. }
            | PressError::NoVolume(..)
            | PressError::OtherSheets { .. }
            | PressError::Unprintable(_)
            | PressError::Misprint(_)
            | PressError::Layout(_) => Self::refused(error),
            PressError::Plate(error @ RenderError::TooLarge { .. }) => Self::refused(error),
            PressError::Sheets(error) => (*error).into(),
            PressError::Labels(error) => match *error {
                LabelError::Sheets(error) => error.into(),
                error @ LabelError::Picture(_) => Self::failed(error),
                other => Self::refused(other),
            },
            other => Self::failed(other),
        }
    }
}

impl From<ShippingError> for CliError {
    fn from(error: ShippingError) -> Self {
        match error {
            ShippingError::Store(error) => error.into(),
            ShippingError::File(..) | ShippingError::Archive(_) | ShippingError::Random(_) => {
                Self::failed(error)
            }
            ShippingError::NotPrinted(_)
            | ShippingError::Altered(_)
            | ShippingError::Manifest(..)
            | ShippingError::Recipient
            | ShippingError::Days
            | ShippingError::NoLink(_) => Self::refused(error),
        }
    }
}

impl From<SheetError<PressError>> for CliError {
    fn from(error: SheetError<PressError>) -> Self {
        match error {
            SheetError::Fault(fault) => Self::refused(fault),
            SheetError::Faces(error) => error.into(),
            other => Self::failed(other),
        }
    }
}

impl From<LibraryError> for CliError {
    fn from(error: LibraryError) -> Self {
        Self::refused(error)
    }
}

impl From<DrawingError> for CliError {
    fn from(error: DrawingError) -> Self {
        match error {
            DrawingError::Font(_) => Self::refused(error),
            DrawingError::Write(_) => Self::failed(error),
        }
    }
}

impl From<ProofError> for CliError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Layout(error) => Self::refused(error),
            ProofError::Sheets(error) => match *error {
                SheetError::Fault(fault) => Self::refused(fault),
                other => Self::failed(other),
            },
        }
    }
}

impl From<PreviewError> for CliError {
    fn from(error: PreviewError) -> Self {
        match error {
            PreviewError::TooLarge { .. } | PreviewError::NoPage { .. } => Self::refused(error),
            PreviewError::NoPdf | PreviewError::Png(_) | PreviewError::Light(_) => {
                Self::failed(error)
            }
        }
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        Self::failed(error)
    }
}
