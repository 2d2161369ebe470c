//! Production lots as a person looks through them: those of one's own products, or all.

use diesel::dsl::IntoBoxed;
use diesel::prelude::*;

use super::listing::{Backend, Listing, Sort, Viewer, Window, lines, ordered};
use super::product_list::producer_seen;
use super::schema::{lots, producers, products};
use super::{AnyConnection, StoreError, lots as lot_rows};
use crate::domain::ids::{LotId, ProducerId, ProductId};
use crate::domain::lot::Lot;
use crate::domain::role::Organisation;
use crate::vietnamese::{self, name_key};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LotFilter {
    /// Being recalled, or not.
    pub is_recalled: Option<bool>,
    /// With these words in the name of the product or its producer, however accented.
    pub words: String,
    /// Of this code, however it is spelt: as `name_key` compares names. Any where it is empty.
    pub code: String,
    /// Of this product.
    pub product: Option<ProductId>,
}

/// What lots are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LotColumn {
    /// When they were entered.
    Entered,
    /// Their code.
    Code,
    /// The product's name.
    Product,
}

/// A lot with what a list says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedLot {
    /// The lot.
    pub lot: Lot,
    /// Name of the product.
    pub product_name: String,
    /// Whose product it is.
    pub producer: ProducerId,
    /// Name of the producer.
    pub producer_name: String,
}

impl Listing for LotFilter {
    type Column = LotColumn;
    type Line = ListedLot;

    fn count(&self, connection: &mut AnyConnection, viewer: Viewer) -> Result<u64, StoreError> {
        let codes = self.spellings(connection)?;
        lines(self.narrowed(viewer.organisation, &codes).count().get_result(connection)?)
    }

    fn part(
        &self,
        connection: &mut AnyConnection,
        viewer: Viewer,
        Sort { column, is_descending }: Sort<LotColumn>,
        (offset, limit): Window,
    ) -> Result<Vec<ListedLot>, StoreError> {
        let codes = self.spellings(connection)?;
        let found = self.narrowed(viewer.organisation, &codes);
        let found = match column {
            LotColumn::Entered => ordered!(found, is_descending, lots::id),
            LotColumn::Code => ordered!(found, is_descending, lots::code, lots::id),
            LotColumn::Product => ordered!(found, is_descending, products::sort_key, lots::id),
        };
        let rows: Vec<Row> = found.offset(offset).limit(limit).select(COLUMNS).load(connection)?;
        Ok(rows.into_iter().map(listed).collect())
    }
}

impl LotFilter {
    /// The codes in the register that are the one looked for.
    fn spellings(&self, connection: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
        if self.code.is_empty() {
            return Ok(Vec::new());
        }
        let mut of = lots::table.select(lots::code).distinct().into_boxed();
        if let Some(product) = self.product {
            of = of.filter(lots::product_id.eq(product.0));
        }
        let key = name_key(&self.code);
        let all: Vec<String> = of.load(connection)?;
        Ok(all.into_iter().filter(|code| name_key(code) == key).collect())
    }

    fn narrowed(
        &self,
        seen_by: Organisation,
        codes: &[String],
    ) -> IntoBoxed<'static, joined, Backend> {
        let mut found = joined().into_boxed();
        if let Some(producer) = producer_seen(seen_by) {
            found = found.filter(products::producer_id.eq(producer));
        }
        match self.is_recalled {
            Some(true) => found = found.filter(lots::recalled_on.is_not_null()),
            Some(false) => found = found.filter(lots::recalled_on.is_null()),
            None => {}
        }
        if let Some(product) = self.product {
            found = found.filter(lots::product_id.eq(product.0));
        }
        if !self.code.is_empty() {
            found = found.filter(lots::code.eq_any(codes.to_vec()));
        }
        // Folding leaves letters, digits and spaces: nothing that LIKE reads as a wildcard.
        for word in vietnamese::fold(&self.words).split_whitespace() {
            found = found.filter(products::search_text.like(format!("%{word}%")));
        }
        found
    }
}

/// A lot, where an organisation may see it.
///
/// # Errors
/// [`StoreError`].
pub fn get(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    id: LotId,
) -> Result<Option<ListedLot>, StoreError> {
    let found = LotFilter::default().narrowed(seen_by, &[]).filter(lots::id.eq(id.0));
    let row: Option<Row> = found.select(COLUMNS).first(connection).optional()?;
    Ok(row.map(listed))
}

/// Products that have lots, where an organisation may see them, by name: at most so many, or that `one`.
///
/// # Errors
/// [`StoreError`].
pub fn products_with_lots(
    connection: &mut AnyConnection,
    seen_by: Organisation,
    one: Option<ProductId>,
    products_max: i64,
) -> Result<Vec<(ProductId, String)>, StoreError> {
    let has_lots = diesel::dsl::exists(lots::table.filter(lots::product_id.eq(products::id)));
    let mut found = products::table.filter(has_lots).into_boxed();
    if let Some(producer) = producer_seen(seen_by) {
        found = found.filter(products::producer_id.eq(producer));
    }
    if let Some(one) = one {
        found = found.filter(products::id.eq(one.0));
    }
    let rows: Vec<(i64, String)> = found
        .order((products::sort_key, products::id))
        .limit(products_max)
        .select((products::id, products::name))
        .load(connection)?;
    Ok(rows.into_iter().map(|(id, name)| (ProductId(id), name)).collect())
}

type Row = (lot_rows::Row, String, i64, String);

type Columns = (<lots::table as Table>::AllColumns, products::name, producers::id, producers::name);

const COLUMNS: Columns = (lots::all_columns, products::name, producers::id, producers::name);

#[diesel::dsl::auto_type]
fn joined() -> _ {
    lots::table
        .inner_join(products::table.on(products::id.eq(lots::product_id)))
        .inner_join(producers::table.on(producers::id.eq(products::producer_id)))
}

fn listed((lot, product_name, producer, producer_name): Row) -> ListedLot {
    ListedLot {
        lot: lot_rows::from_row(lot),
        product_name,
        producer: ProducerId(producer),
        producer_name,
    }
}
