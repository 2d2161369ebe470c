//! Batches as a person looks through them: those of one's own organisation, or all.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::dsl::{IntoBoxed, Nullable};
use diesel::prelude::*;

use super::batches::{number_from, number_to};
use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
use super::schema::{batches, hand_overs, print_jobs as jobs, print_shops as shops, products};
use super::{AnyConnection, StoreError, print_jobs};
use crate::domain::calendar::Instant;
use crate::domain::ids::ProducerId;
use crate::domain::print_job::{JobState, PrintJob};
use crate::domain::role::Organisation;
use crate::domain::serial::BatchNumber;
use crate::vietnamese;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchFilter {
    /// Standing there.
    pub stage: Option<BatchStage>,
    /// With these words in the name of the product or its producer, however accented.
    pub words: String,
    /// Of this producer's products.
    pub producer: Option<ProducerId>,
    /// With such a difference.
    pub difference: Option<Difference>,
}

/// A difference between what was counted of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Between what was stated and found when it was printed, or stated and received, of an account
    /// that is open.
    Open,
    /// One that an approver signed off when the account was closed.
    SignedOff,
}

impl Difference {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Open, Self::SignedOff];

    /// Its name in addresses, in JSON and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::SignedOff => "signed_off",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|difference| difference.key() == key)
    }
}

/// Where a batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchStage {
    /// No print shop has it.
    Unassigned,
    /// A print shop has it, or had.
    AtShop(JobState),
}

impl BatchStage {
    /// Every stage, from the first.
    pub fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Unassigned).chain(JobState::ALL.into_iter().map(Self::AtShop))
    }

    /// The stage's name in addresses and in text catalogues.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unassigned => "unassigned",
            Self::AtShop(state) => state.key(),
        }
    }

    /// The stage of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().find(|stage| stage.key() == key)
    }
}

/// What batches are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchColumn {
    /// Their number, which is the order they were issued in.
    Number,
    /// The product's name.
    Product,
    /// How many stamps.
    Stamps,
}

/// A batch with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedBatch {
    /// Its number.
    pub number: BatchNumber,
    /// Product name, as printed.
    pub product_name: String,
    /// Whose product it is.
    pub producer: ProducerId,
    /// Producer name, as printed.
    pub producer_name: String,
    /// How many stamps.
    pub stamps: u64,
    /// When it was issued.
    pub issued_at: Instant,
    /// Its print job, and the shop's name.
    pub job: Option<(PrintJob, String)>,
}

impl ListedBatch {
    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> BatchStage {
        self.job.as_ref().map_or(BatchStage::Unassigned, |(job, _)| BatchStage::AtShop(job.state))
    }
}

/// Issued batches: a producer's own, and those that a print shop was given.
impl Listing for BatchFilter {
    type Column = BatchColumn;
    type Line = ListedBatch;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        lines(self.narrowed(viewer.organisation).count().get_result(connection)?)
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<BatchColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<ListedBatch>, StoreError> {
        let found = self.narrowed(viewer.organisation);
        let found = match column {
            BatchColumn::Number => ordered!(found, is_descending, batches::number),
            BatchColumn::Product => {
                ordered!(found, is_descending, products::sort_key, batches::number)
            }
            BatchColumn::Stamps => {
                ordered!(found, is_descending, batches::quantity, batches::number)
            }
        };
        let rows: Vec<ListedRow> =
            found.offset(offset).limit(limit).select(columns()).load(connection)?;
        rows.into_iter().map(listed).collect()
    }
}

impl BatchFilter {
    fn narrowed(&self, seen_by: Organisation) -> IntoBoxed<'static, joined, Backend> {
        let mut found = joined().into_boxed().filter(batches::issued_at.is_not_null());
        found = match seen_by {
            Organisation::Office => found,
            Organisation::Producer(id) => found.filter(products::producer_id.eq(id.0)),
            Organisation::PrintShop(id) => found.filter(jobs::shop_id.eq(id.0)),
        };
        found = match self.stage {
            None => found,
            Some(BatchStage::Unassigned) => found.filter(jobs::state.is_null()),
            Some(BatchStage::AtShop(state)) => found.filter(jobs::state.eq(state.key())),
        };
        found = match self.difference {
            None => found,
            Some(Difference::SignedOff) => found.filter(jobs::signed_off.is_not_null()),
            Some(Difference::Open) => {
                let received = hand_overs::table
                    .filter(hand_overs::received_stamps.ne(hand_overs::stated.nullable()))
                    .select(hand_overs::batch_number);
                let differs = batches::number.eq_any(received).nullable();
                found
                    .filter(jobs::state.ne(JobState::Closed.key()))
                    .filter(jobs::printed_stated.ne(jobs::printed_found).or(differs))
            }
        };
        if let Some(producer) = self.producer {
            found = found.filter(products::producer_id.eq(producer.0));
        }
        // Folding leaves letters, digits and spaces: nothing that LIKE reads as a wildcard.
        for word in vietnamese::fold(&self.words).split_whitespace() {
            found = found.filter(products::search_text.like(format!("%{word}%")));
        }
        found
    }
}

/// An issued batch, where an organisation may see it.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    number: BatchNumber,
) -> Result<Option<ListedBatch>, StoreError> {
    let found = BatchFilter::default().narrowed(seen_by);
    let found = found.filter(batches::number.eq(number_to(number)?));
    let row: Option<ListedRow> = found.select(columns()).first(connection).optional()?;
    row.map(listed).transpose()
}

/// Issued batches of these numbers, where an organisation may see them.
///
/// # Errors
/// [`StoreError`].
pub fn some(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    numbers: &[BatchNumber],
) -> Result<BTreeMap<BatchNumber, ListedBatch>, StoreError> {
    let numbers: Vec<i32> = numbers.iter().map(|it| number_to(*it)).collect::<Result<_, _>>()?;
    let found = BatchFilter::default().narrowed(seen_by);
    let found = found.filter(batches::number.eq_any(numbers));
    let rows: Vec<ListedRow> = found.select(columns()).load(connection)?;
    let with_number = |row| listed(row).map(|listed| (listed.number, listed));
    rows.into_iter().map(with_number).collect()
}

type FaceRow = (i32, String, String, i32, Option<NaiveDateTime>, i64);
type ListedRow = (FaceRow, Option<print_jobs::Row>, Option<String>);

type Face = (
    batches::number,
    batches::product_name,
    batches::producer_name,
    batches::quantity,
    batches::issued_at,
    products::producer_id,
);

fn columns() -> (Face, Nullable<<jobs::table as Table>::AllColumns>, Nullable<shops::name>) {
    let face = (
        batches::number,
        batches::product_name,
        batches::producer_name,
        batches::quantity,
        batches::issued_at,
        products::producer_id,
    );
    (face, jobs::all_columns.nullable(), shops::name.nullable())
}

#[diesel::dsl::auto_type]
fn joined() -> _ {
    batches::table
        .inner_join(products::table.on(products::id.eq(batches::product_id)))
        .left_join(jobs::table.inner_join(shops::table))
}

fn listed((face, job, shop): ListedRow) -> Result<ListedBatch, StoreError> {
    let (number, product_name, producer_name, quantity, issued_at, producer) = face;
    Ok(ListedBatch {
        number: number_from(number)?,
        product_name,
        producer: ProducerId(producer),
        producer_name,
        stamps: u64::try_from(quantity).or(Err(StoreError::Corrupt("quantity")))?,
        issued_at: issued_at.ok_or(StoreError::Corrupt("batch"))?.and_utc(),
        job: job.map(print_jobs::from_row).transpose()?.zip(shop),
    })
}
