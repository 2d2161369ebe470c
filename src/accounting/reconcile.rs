//! Reconciliation (đối soát): what was issued against what became of it, and what people reported
//! against what the register has.

use super::StampError;
use super::sorting::issued;
use crate::domain::calendar::{Day, vietnam_midnight};
use crate::domain::ids::{ProducerId, ProductId, ShopId};
use crate::domain::print_job::{HandOver, PrintJob};
use crate::domain::serial::BatchNumber;
use crate::domain::stamp::{StampRun, StampState};
use crate::domain::tally::Tally;
use crate::store::batch_tallies::{self, Sum, SumFilter};
use crate::store::{
    AnyConnection, Store, StoreError, batches, hand_overs, orders, print_jobs, stamps,
};

/// Runs of stamps listed at most for a batch.
pub const RUNS_MAX: usize = 1_000;

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// There are not as many codes as the batch was issued with.
    Issued {
        /// Codes the batch was issued with.
        asked: u64,
        /// Codes there are.
        found: u64,
    },
    /// Stamps are on goods, or at the producer, that were never handed over.
    NeverHandedOver {
        /// How many.
        stamps: u64,
    },
    /// The counts kept beside the stamps are not those of the stamps: an older program moved some.
    /// Closing the batch counts it anew.
    Counts,
    /// The shop reported another number of good stamps than the register had as printed.
    Printed {
        /// By the shop.
        stated: u64,
        /// By the register.
        found: u64,
    },
    /// The minutes state another number than was moved.
    Minutes {
        /// The minutes.
        minutes: String,
        /// By the minutes.
        stated: u64,
        /// By the register.
        moved: u64,
    },
    /// Stamps were handed over beside all minutes.
    WithoutMinutes {
        /// By all minutes together.
        by_minutes: u64,
        /// Stamps that were handed over.
        found: u64,
    },
    /// The producer received another number than the minutes state.
    Received {
        /// The minutes.
        minutes: String,
        /// By the minutes.
        stated: u64,
        /// By the producer.
        received: u64,
        /// What the producer said.
        reason: Option<String>,
    },
}

impl Difference {
    /// The difference's name in JSON.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Issued { .. } => "issued",
            Self::NeverHandedOver { .. } => "never_handed_over",
            Self::Counts => "counts",
            Self::Printed { .. } => "printed",
            Self::Minutes { .. } => "minutes",
            Self::WithoutMinutes { .. } => "without_minutes",
            Self::Received { .. } => "received",
        }
    }

    /// What was stated, and what was found; none where no two numbers stand against each other.
    #[must_use]
    pub fn numbers(&self) -> Option<(u64, u64)> {
        match self {
            Self::Issued { asked, found } => Some((*asked, *found)),
            Self::NeverHandedOver { stamps } => Some((0, *stamps)),
            Self::Counts => None,
            Self::Printed { stated, found } => Some((*stated, *found)),
            Self::Minutes { stated, moved, .. } => Some((*stated, *moved)),
            Self::WithoutMinutes { by_minutes, found } => Some((*by_minutes, *found)),
            Self::Received { stated, received, .. } => Some((*stated, *received)),
        }
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Issued { asked, found } => {
                write!(f, "issued with {asked} codes, {found} are there")
            }
            Self::NeverHandedOver { stamps } => {
                write!(f, "{stamps} stamps are in use that were never handed over")
            }
            Self::Counts => write!(f, "the kept counts are not those of the stamps"),
            Self::Printed { stated, found } => {
                write!(f, "the shop reported {stated} printed, the register had {found}")
            }
            Self::Minutes { minutes, stated, moved } => {
                write!(f, "minutes {minutes} state {stated}, {moved} were handed over")
            }
            Self::WithoutMinutes { by_minutes, found } => {
                write!(f, "{found} were handed over, {by_minutes} of them on minutes")
            }
            Self::Received { minutes, stated, received, reason } => {
                let reason = reason.as_deref().unwrap_or("–");
                write!(f, "minutes {minutes} state {stated}, {received} were received: {reason}")
            }
        }
    }
}

/// The account of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchAccount {
    /// The batch.
    pub batch: BatchNumber,
    /// The batch whose spoiled stamps it replaces.
    pub replaces: Option<BatchNumber>,
    /// Where its stamps stand, counted now.
    pub tally: Tally,
    /// Its print job.
    pub job: Option<PrintJob>,
    /// What was handed over.
    pub hand_overs: Vec<HandOver>,
    /// What does not agree.
    pub differences: Vec<Difference>,
}

/// The account of a batch and of those that replace its spoiled stamps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// The batch that was asked for, then its replacements; each with the runs of its stamps that
    /// stand in the same place, and whether there are more than [`RUNS_MAX`].
    pub batches: Vec<(BatchAccount, Vec<StampRun>, bool)>,
}

impl Reconciliation {
    /// All of them together.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.batches.iter().map(|(account, ..)| account.tally).sum()
    }

    /// Whether nothing is left in print and everything agrees, or somebody answers for what does not.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let agrees = |it: &BatchAccount| it.tally.in_print() == 0 && it.differences.is_empty();
        let closed = |it: &BatchAccount| it.job.as_ref().is_some_and(|job| job.closed.is_some());
        self.batches.iter().all(|(account, ..)| agrees(account) || closed(account))
    }
}

/// Reconciles a batch with its replacements, down to runs of serials.
///
/// # Errors
/// [`StampError::NoBatch`].
pub fn batch(store: &Store, number: BatchNumber) -> Result<Reconciliation, StampError> {
    store.read(|register| {
        let mut numbers = vec![number];
        numbers.extend(batches::replacements(register, number)?);
        let one = |number: BatchNumber| {
            let account = account(register, number)?;
            let (runs, more) =
                stamps::runs(register, &number.serials(), &StampState::ALL, RUNS_MAX)?;
            Ok((account, runs, more))
        };
        let batches = numbers.into_iter().map(one).collect::<Result<_, StampError>>()?;
        Ok(Reconciliation { batches })
    })
}

/// The account of one batch.
///
/// # Errors
/// [`StampError::NoBatch`].
pub fn account(
    register: &mut AnyConnection,
    number: BatchNumber,
) -> Result<BatchAccount, StampError> {
    let batch = issued(register, number)?;
    let tally = stamps::tally(register, &number.serials())?;
    let order = orders::get(register, batch.intent.order)?.ok_or(StoreError::Corrupt("order"))?;
    let job = print_jobs::get(register, number)?;
    let hand_overs = hand_overs::of_batch(register, number)?;
    let mut differences = of_the_register(&tally, batch.intent.quantity.get().into());
    if batch_tallies::of_batch(register, number)? != tally {
        differences.push(Difference::Counts);
    }
    if let Some(job) = &job {
        differences.extend(of_people(job, &hand_overs, &tally));
    }
    let replaces = order.request.replaces;
    Ok(BatchAccount { batch: number, replaces, tally, job, hand_overs, differences })
}

fn of_the_register(tally: &Tally, asked: u64) -> Vec<Difference> {
    let found = tally.issued();
    let mut differences = Vec::new();
    if found != asked {
        differences.push(Difference::Issued { asked, found });
    }
    if !tally.is_balanced() {
        let accounted = tally.in_print() + tally.void_in_print() + tally.handed_over();
        differences.push(Difference::NeverHandedOver { stamps: found.abs_diff(accounted) });
    }
    differences
}

fn of_people(job: &PrintJob, hand_overs: &[HandOver], tally: &Tally) -> Vec<Difference> {
    let mut differences = Vec::new();
    let report = job.printed.as_ref().filter(|report| report.stated != report.found);
    if let Some(report) = report {
        differences.push(Difference::Printed { stated: report.stated, found: report.found });
    }
    for one in hand_overs {
        let (minutes, stated) = (one.minutes.clone(), one.stated);
        if stated != one.moved {
            differences.push(Difference::Minutes {
                minutes: minutes.clone(),
                stated,
                moved: one.moved,
            });
        }
        if let Some(receipt) = one.receipt.as_ref().filter(|receipt| receipt.stamps != stated) {
            let (received, reason) = (receipt.stamps, receipt.reason.clone());
            differences.push(Difference::Received { minutes, stated, received, reason });
        }
    }
    let by_minutes = hand_overs.iter().map(|one| one.moved).sum();
    let found = tally.handed_over();
    if found != by_minutes {
        differences.push(Difference::WithoutMinutes { by_minutes, found });
    }
    differences
}

/// Which batches are summed up. What is left open is not asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Of this product.
    pub product: Option<ProductId>,
    /// Of this producer.
    pub producer: Option<ProducerId>,
    /// Given to this print shop.
    pub shop: Option<ShopId>,
    /// Issued on this day or later.
    pub from: Option<Day>,
    /// Issued on this day or before.
    pub to: Option<Day>,
}

/// Sums over many batches, by product and print shop. Reads the counts kept beside the stamps: some
/// rows a batch, however many stamps there are.
///
/// # Errors
/// [`StoreError`].
pub fn sums(store: &Store, scope: &Scope) -> Result<Vec<Sum>, StoreError> {
    let filter = SumFilter {
        product: scope.product,
        producer: scope.producer,
        shop: scope.shop,
        from: scope.from.map(vietnam_midnight),
        before: scope.to.and_then(|day| day.succ_opt()).map(vietnam_midnight),
    };
    store.read(|register| batch_tallies::sums(register, &filter))
}
