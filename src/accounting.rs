//! What becomes of stamps after they are issued: printed, handed over, activated onto a lot, spoiled,
//! lost, destroyed, cancelled; and the account of them. Every stamp stays accounted for.

pub mod destroying;
mod moved;
pub mod moves;
pub mod reconcile;
mod selection;
mod sorting;

use crate::domain::calendar::Day;
use crate::domain::lot::LotFault;
use crate::domain::sheet::Printing;
use crate::domain::stamp::StampMove;
use crate::fonts::Unprintable;
use crate::issuance::Ineligible;
use crate::store::StoreError;

pub use self::moved::{Item, Left, Moved, Why};
pub use self::moves::{activate, end_recall, given, recall, report, step, tally};
pub use self::selection::{CODES_MAX, Code, Entered, Said, Selection, Unclear, batch_of};
pub use self::sorting::Wanted;
pub use crate::domain::stamp::Holder;

/// The lot that stamps are activated onto, as the producer names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotName {
    /// Its code.
    pub code: String,
    /// Ngày sản xuất.
    pub made_on: Option<Day>,
    /// Hạn sử dụng.
    pub use_by: Option<Day>,
}

/// Why an act was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StampError {
    /// No stamp of that range was ever issued.
    #[error("none of these stamps was ever issued")]
    NoneIssued,
    /// A range must stay within a batch.
    #[error("{} and {} are of two batches: give a range within one", .0, .1)]
    TwoBatches(String, String),
    /// A range runs backwards.
    #[error("{0} comes after {1}: give the smaller serial first")]
    Backwards(String, String),
    /// No such batch.
    #[error("there is no issued batch {0}")]
    NoBatch(String),
    /// No such sheet.
    #[error(
        "batch {batch} has no sheet {number} in layout {} with design {}: its sheets are written \
         by `ocop sheet`", .printing.layout, .printing.design
    )]
    NoSheet {
        /// The batch's name.
        batch: String,
        /// How it was printed.
        printing: Printing,
        /// The sheet.
        number: u32,
    },
    /// Some of the stamps cannot be moved so.
    #[error("nothing was moved: {}", .1.said(*.0))]
    Left(StampMove, Box<Moved>),
    /// It is not clear which stamps are meant.
    #[error(transparent)]
    Unclear(#[from] Unclear),
    /// The product may not carry the mark now.
    #[error(transparent)]
    Ineligible(#[from] Ineligible),
    /// The lot is known with other dates.
    #[error("lot {0} is known with other dates: name another lot, or give the same dates")]
    LotDiffers(String),
    /// The lot's dates do not let stamps onto its goods.
    #[error("lot {lot}: {fault}")]
    LotDates {
        /// Its code.
        lot: String,
        /// What is wrong with the dates.
        #[source]
        fault: LotFault,
    },
    /// The goods of the lot are being recalled.
    #[error(
        "the goods of lot {lot} are being recalled since {}: end the recall before more stamps are put \
         on them", .since.format("%d/%m/%Y")
    )]
    LotRecalled {
        /// Its code.
        lot: String,
        /// The first day of the recall.
        since: Day,
    },
    /// The lot has no code, or too long a one.
    #[error("give the code of the lot, in at most 100 letters")]
    LotName,
    /// No font prints the code of the lot.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The reason says nothing, or too much.
    #[error("say why, in at most 1.000 letters")]
    NoReason,
    /// Nobody can be called there.
    #[error(
        "“{0}” is no telephone number of Việt Nam: write it like 024 3825 0000, 0912 345 678 or 1900 1234"
    )]
    Phone(String),
    /// No such lot.
    #[error("the product has no lot {0}")]
    NoLot(String),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl StampError {
    /// The refusal's name in JSON.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NoneIssued | Self::NoBatch(_) => "none_issued",
            Self::TwoBatches(..) => "other_batch",
            Self::Backwards(..) => "backwards",
            Self::NoSheet { .. } => "no_sheet",
            Self::Left(_, found) => found.key(),
            Self::Unclear(_) => "unclear",
            Self::Ineligible(why) => why.key(),
            Self::LotDiffers(_) => "lot_differs",
            Self::LotDates { fault: LotFault::Backwards, .. } => "lot_dates",
            Self::LotDates { fault: LotFault::Past { .. }, .. } => "lot_past",
            Self::LotDates { fault: LotFault::NotMade { .. }, .. } => "lot_not_made",
            Self::LotRecalled { .. } => "lot_recalled",
            Self::LotName => "lot_name",
            Self::Unprintable(_) => "unprintable",
            Self::NoReason => "no_reason",
            Self::Phone(_) => "phone",
            Self::NoLot(_) => "no_lot",
            Self::Store(_) => "",
        }
    }
}
