//! What becomes of stamps after they are issued: printed, handed over, activated onto a lot, spoiled,
//! lost, destroyed, cancelled; and the account of them. Every stamp stays accounted for.

pub mod destroying;
pub mod moves;
pub mod reconcile;
mod selection;

use crate::domain::calendar::Day;
use crate::domain::lot::LotFault;
use crate::domain::sheet::Printing;
use crate::domain::stamp::StampMove;
use crate::issuance::Ineligible;
use crate::store::StoreError;

pub use self::moves::{activate, elsewhere, end_recall, held, look, recall, report, step, tally};
pub use self::selection::Selection;

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

/// Who has stamps: a hand-over leads from the one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The print shop.
    PrintShop,
    /// The producer.
    Producer,
}

/// What an act did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Stamps that were moved.
    pub moved: u64,
    /// Stamps that were there already.
    pub already: u64,
    /// Stamps that the act cannot move, and left as they are.
    pub left: u64,
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
    /// None of the stamps can be moved so.
    #[error("none of these {0} stamps can take the step “{step}” from where they are", step = .1.key())]
    NoneMovable(u64, StampMove),
    /// Some of the stamps are with the other side of the hand-over.
    #[error("{0} of these stamps are not with you: report only stamps that you have")]
    Elsewhere(u64),
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
    /// No such lot.
    #[error("the product has no lot {0}")]
    NoLot(String),
    /// The register failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
