//! Which version of a design a batch is printed with.

use diesel::prelude::*;

use super::schema::{designs, printings};
use super::{AnyConnection, StoreError};
use crate::domain::ids::DesignId;
use crate::domain::serial::BatchNumber;
use crate::domain::sheet::Printing;

/// The version that a printing has; none where nothing of it was printed.
///
/// # Errors
/// [`StoreError`].
pub fn design(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    printing: &Printing,
) -> Result<Option<DesignId>, StoreError> {
    let id: Option<i64> = printings::table
        .inner_join(designs::table)
        .filter(printings::batch_number.eq(number_to(batch)?))
        .filter(printings::layout.eq(&printing.layout))
        .filter(designs::name.eq(&printing.design))
        .order(printings::id.desc())
        .select(printings::design_id)
        .first(connection)
        .optional()?;
    Ok(id.map(DesignId))
}

/// How a batch was printed, each way once.
///
/// # Errors
/// [`StoreError`].
pub fn of_batch(
    connection: &mut AnyConnection,
    batch: BatchNumber,
) -> Result<Vec<Printing>, StoreError> {
    let found: Vec<(String, String)> = printings::table
        .inner_join(designs::table)
        .filter(printings::batch_number.eq(number_to(batch)?))
        .select((printings::layout, designs::name))
        .distinct()
        .order((printings::layout, designs::name))
        .load(connection)?;
    Ok(found.into_iter().map(|(layout, design)| Printing { layout, design }).collect())
}

/// Notes the version that a batch has in a layout from now on.
///
/// # Errors
/// [`StoreError`].
pub fn insert(
    connection: &mut AnyConnection,
    batch: BatchNumber,
    layout: &str,
    design: DesignId,
) -> Result<(), StoreError> {
    diesel::insert_into(printings::table)
        .values((
            printings::batch_number.eq(number_to(batch)?),
            printings::layout.eq(layout),
            printings::design_id.eq(design.0),
        ))
        .execute(connection)?;
    Ok(())
}

fn number_to(number: BatchNumber) -> Result<i32, StoreError> {
    i32::try_from(number.get()).or(Err(StoreError::Corrupt("batch number")))
}
