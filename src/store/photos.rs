//! Photos of products.

use diesel::prelude::*;

use super::schema::photos;
use super::{AnyConnection, StoreError};
use crate::domain::act::Act;
use crate::domain::photo::{Photo, PhotoSize};

/// Keeps a photo; one that is there is kept as it is.
///
/// # Errors
/// [`StoreError`].
pub fn put(connection: &mut AnyConnection, photo: &Photo, act: Act<'_>) -> Result<(), StoreError> {
    let known: i64 =
        photos::table.filter(photos::sha256.eq(&photo.sha256)).count().get_result(connection)?;
    if known > 0 {
        return Ok(());
    }
    diesel::insert_into(photos::table)
        .values((
            photos::sha256.eq(&photo.sha256),
            photos::large.eq(&photo.large),
            photos::small.eq(&photo.small),
            photos::made_by.eq(act.by),
            photos::made_at.eq(act.at.naive_utc()),
        ))
        .execute(connection)?;
    Ok(())
}

/// The file of a photo in a size.
///
/// # Errors
/// [`StoreError`].
pub fn file(
    connection: &mut AnyConnection,
    name: &str,
    size: PhotoSize,
) -> Result<Option<Vec<u8>>, StoreError> {
    let found = photos::table.find(name);
    let file = match size {
        PhotoSize::Large => found.select(photos::large).first(connection),
        PhotoSize::Small => found.select(photos::small).first(connection),
    };
    Ok(file.optional()?)
}
