//! How often the register was written to. A look-up reads it with the stamp, and so knows whether
//! what it remembers of the stamp's batch is still so.

use diesel::prelude::*;

use super::schema::revision;
use super::{AnyConnection, StoreError};

/// Notes that something changes.
pub(super) fn advance(connection: &mut AnyConnection) -> Result<(), StoreError> {
    diesel::update(revision::table)
        .set(revision::number.eq(revision::number + 1))
        .execute(connection)?;
    Ok(())
}
