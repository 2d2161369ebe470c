//! How many stamps there are, by what they are and whose.

use diesel::prelude::*;

use super::recognitions::stars_from;
use super::schema::{batch_tallies as tallies, batches, print_jobs as jobs, producers, products};
use super::stamps::state_from;
use super::{AnyConnection, StoreError};
use crate::domain::recognition::Stars;
use crate::domain::role::Organisation;
use crate::domain::stamp::StampState;

/// Stamps alike: of one producer, with the same stars printed, in the same state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampSum {
    /// Where the producer is, as the paper has it.
    pub address: Option<String>,
    /// Code of the commune that it is in, where the office noted it.
    pub commune_code: Option<String>,
    /// Stars printed on them.
    pub stars: Stars,
    /// Where they stand.
    pub state: StampState,
    /// How many.
    pub stamps: u64,
}

type Row = (Option<String>, Option<String>, i16, i16, Option<i64>);

/// The stamps that an organisation may see, in one query over the kept counts.
///
/// # Errors
/// [`StoreError`].
pub fn all(
    connection: &mut AnyConnection,
    seen_by: Organisation,
) -> Result<Vec<StampSum>, StoreError> {
    let mut found = tallies::table
        .inner_join(batches::table.inner_join(products::table.inner_join(producers::table)))
        .left_join(jobs::table.on(jobs::batch_number.eq(tallies::batch_number)))
        .group_by((
            producers::id,
            producers::address,
            producers::commune_code,
            batches::stars,
            tallies::state,
        ))
        .select((
            producers::address,
            producers::commune_code,
            batches::stars,
            tallies::state,
            diesel::dsl::sum(tallies::stamps),
        ))
        .into_boxed();
    found = match seen_by {
        Organisation::Office => found,
        Organisation::Producer(id) => found.filter(producers::id.eq(id.0)),
        Organisation::PrintShop(id) => found.filter(jobs::shop_id.eq(id.0)),
    };
    let rows: Vec<Row> = found.load(connection)?;
    let sum = |(address, commune_code, stars, state, stamps): Row| {
        let stamps = u64::try_from(stamps.unwrap_or(0)).or(Err(StoreError::Corrupt("count")))?;
        let (stars, state) = (stars_from(stars)?, state_from(state)?);
        Ok(StampSum { address, commune_code, stars, state, stamps })
    };
    rows.into_iter().map(sum).collect()
}
