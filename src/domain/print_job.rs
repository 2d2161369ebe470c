//! Print jobs (giao in): a batch at a print shop, from assignment to the closed account.

use super::act::Done;
use super::calendar::Day;
use super::ids::{HandOverId, ShopId};
use super::serial::BatchNumber;

/// Where a print job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Đã giao in.
    Assigned,
    /// Đang in: the shop has fetched a file.
    Printing,
    /// Đã in.
    Printed,
    /// Đã bàn giao: at least one hand-over is not confirmed yet.
    HandedOver,
    /// Đã nhận: the producer has confirmed every hand-over.
    Received,
    /// Đã quyết toán.
    Closed,
}

/// What can be done with a print job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobMove {
    /// The shop fetches a file.
    Download,
    /// The shop reports the batch printed.
    ReportPrinted,
    /// The shop hands stamps over.
    HandOver,
    /// The producer has confirmed everything that was handed over.
    Receive,
    /// The office closes the account.
    Close,
}

impl JobState {
    /// Every state, in the order a job passes through them.
    pub const ALL: [Self; 6] = [
        Self::Assigned,
        Self::Printing,
        Self::Printed,
        Self::HandedOver,
        Self::Received,
        Self::Closed,
    ];

    /// The state's name in the register and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Printing => "printing",
            Self::Printed => "printed",
            Self::HandedOver => "handed_over",
            Self::Received => "received",
            Self::Closed => "closed",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The state after a move; repeating the move that led here changes nothing. A file that is
    /// fetched late is a fact like any other, and moves nothing. Files may also be carried to a
    /// shop, so a job may be printed that nothing was downloaded for. Where every stamp was
    /// spoiled there is nothing to hand over before the job is closed.
    ///
    /// # Errors
    /// [`InvalidJobMove`] where the move does not start here.
    pub fn after(self, step: JobMove) -> Result<Self, InvalidJobMove> {
        use JobMove as M;
        use JobState as S;
        match (self, step) {
            (S::Assigned | S::Printing, M::Download) => Ok(S::Printing),
            (later, M::Download) => Ok(later),
            (S::Assigned | S::Printing | S::Printed, M::ReportPrinted) => Ok(S::Printed),
            (S::Printed | S::HandedOver | S::Received, M::HandOver) => Ok(S::HandedOver),
            (S::HandedOver | S::Received, M::Receive) => Ok(S::Received),
            (S::Printed | S::Received | S::Closed, M::Close) => Ok(S::Closed),
            (from, step) => Err(InvalidJobMove { from, step }),
        }
    }
}

impl JobMove {
    /// The move's name in the register's history and in JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Download => "download",
            Self::ReportPrinted => "printed",
            Self::HandOver => "hand_over",
            Self::Receive => "receive",
            Self::Close => "close",
        }
    }
}

/// A move that does not start from the job's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a print job that is “{}” cannot take the step “{}”", from.key(), step.key())]
pub struct InvalidJobMove {
    /// Where the job stands.
    pub from: JobState,
    /// What was asked.
    pub step: JobMove,
}

/// What a shop said when a batch was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintReport {
    /// Who reported it, and when.
    pub done: Done,
    /// Good stamps, by the shop's count.
    pub stated: u64,
    /// Stamps that the register had as printed then.
    pub found: u64,
}

/// How an account was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Who closed it, and when.
    pub done: Done,
    /// Why a difference was accepted; `None` where there was none.
    pub signed_off: Option<String>,
}

/// A batch at a print shop. A batch has one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintJob {
    /// The batch.
    pub batch: BatchNumber,
    /// The shop.
    pub shop: ShopId,
    /// Where it stands.
    pub state: JobState,
    /// The day the stamps are wanted by.
    pub wanted_on: Option<Day>,
    /// Who gave it to the shop.
    pub assigned: Done,
    /// What the shop reported.
    pub printed: Option<PrintReport>,
    /// How it was closed.
    pub closed: Option<Closing>,
}

/// A file fetched for a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// The file.
    pub file: String,
    /// First and last sheet in it, where it is known.
    pub sheets: Option<(u32, u32)>,
}

/// A hand-over as the minutes (biên bản bàn giao) say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// Their number: one within a batch.
    pub number: String,
    /// The day of the hand-over.
    pub handed_on: Day,
    /// Stamps by the minutes' count; `None` takes the register's.
    pub stated: Option<u64>,
}

/// A hand-over in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Identity.
    pub id: HandOverId,
    /// The batch.
    pub batch: BatchNumber,
    /// Number of the minutes.
    pub minutes: String,
    /// The day of the hand-over.
    pub handed_on: Day,
    /// Stamps by the minutes.
    pub stated: u64,
    /// Stamps that the register moved.
    pub moved: u64,
    /// Who handed over.
    pub done: Done,
    /// What the producer said.
    pub receipt: Option<Receipt>,
}

/// What a producer said of a hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Who received.
    pub done: Done,
    /// Stamps by the producer's count.
    pub stamps: u64,
    /// Why it is not what the minutes say.
    pub reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_goes_from_assigned_to_closed() {
        use JobMove as M;
        let steps = [M::Download, M::ReportPrinted, M::HandOver, M::Receive, M::Close];
        let end = steps.into_iter().try_fold(JobState::Assigned, JobState::after);
        assert_eq!(end, Ok(JobState::Closed));
    }

    #[test]
    fn a_repeated_step_changes_nothing() {
        for (state, step) in [
            (JobState::Printing, JobMove::Download),
            (JobState::Printed, JobMove::ReportPrinted),
            (JobState::HandedOver, JobMove::HandOver),
            (JobState::Received, JobMove::Receive),
            (JobState::Closed, JobMove::Close),
        ] {
            assert_eq!(state.after(step), Ok(state));
        }
    }

    #[test]
    fn nothing_moves_a_closed_job_and_a_late_download_moves_none() {
        for step in [JobMove::ReportPrinted, JobMove::HandOver, JobMove::Receive] {
            assert!(JobState::Closed.after(step).is_err(), "{step:?}");
        }
        assert_eq!(JobState::Closed.after(JobMove::Download), Ok(JobState::Closed));
        assert_eq!(JobState::Received.after(JobMove::Download), Ok(JobState::Received));
    }

    #[test]
    fn what_was_handed_over_is_received_before_the_job_is_closed() {
        assert!(JobState::HandedOver.after(JobMove::Close).is_err());
        assert!(JobState::Assigned.after(JobMove::HandOver).is_err());
    }
}
