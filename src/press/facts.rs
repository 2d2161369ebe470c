//! What the stamps of a product say, from the register: the same for proofs, sheets and job tickets.

use crate::code::text;
use crate::domain::batch::Batch;
use crate::domain::calendar::Day;
use crate::domain::order::Order;
use crate::domain::producer::Producer;
use crate::domain::recognition::{NewRecognition, governing};
use crate::printing::Label;
use crate::printing::proof::{NO_BATCH, NO_LOT};
use crate::store::{AnyConnection, StoreError, batches, products, recognitions};

/// What stamps say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    batch: String,
    product_name: String,
    producer_name: String,
    stars: u8,
    decision: String,
    valid_until: Option<Day>,
    commune: String,
    lot: String,
}

impl Facts {
    /// Of a batch: its names and stars are those of the day it was issued on.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn of_batch(
        register: &mut AnyConnection,
        batch: &Batch,
        lot: Option<&str>,
    ) -> Result<Self, StoreError> {
        let intent = &batch.intent;
        let all = recognitions::of_product(register, intent.product)?;
        let paper = all.into_iter().find(|it| it.id == intent.recognition).map(|it| it.paper);
        let face = &intent.face;
        let commune = match &face.commune {
            Some(commune) => Some(commune.clone()),
            // Batches of before kept none.
            None => products::get(register, intent.product)?.and_then(|(_, maker)| commune(&maker)),
        };
        Ok(Self {
            batch: text::batch(batch.number),
            product_name: face.product_name.clone(),
            producer_name: face.producer_name.clone(),
            stars: face.stars.get(),
            commune: commune.unwrap_or_default(),
            lot: lot.unwrap_or_default().to_owned(),
            ..Self::default()
        }
        .recognised(paper))
    }

    /// Of an order: those of its batch, or before it has one, what would be issued on a day.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn of_order(
        register: &mut AnyConnection,
        order: &Order,
        on: Day,
    ) -> Result<Self, StoreError> {
        if let Some(batch) = batches::of_order(register, order.id)? {
            return Self::of_batch(register, &batch, Some(NO_LOT));
        }
        let product = order.request.product;
        let all = recognitions::of_product(register, product)?;
        let paper = governing(&all, on).map(|it| it.paper.clone());
        let found = products::get(register, product)?;
        let (product, maker) = found.ok_or(StoreError::Corrupt("product of an order"))?;
        Ok(Self::of_product(&product.details.name, &maker, paper))
    }

    /// Of a product that has no batch yet.
    pub(super) fn of_product(name: &str, maker: &Producer, paper: Option<NewRecognition>) -> Self {
        Self {
            batch: NO_BATCH.to_owned(),
            product_name: paper.as_ref().map_or(name, |paper| &paper.product_name).to_owned(),
            producer_name: maker.details.name.clone(),
            stars: paper.as_ref().map_or(0, |paper| paper.stars.get()),
            commune: commune(maker).unwrap_or_default(),
            lot: NO_LOT.to_owned(),
            ..Self::default()
        }
        .recognised(paper)
    }

    fn recognised(self, paper: Option<NewRecognition>) -> Self {
        let Some(paper) = paper else { return self };
        // As on the paper: what the office changed later is for the scan to tell.
        Self { decision: paper.decision_number, valid_until: Some(paper.ends_on), ..self }
    }

    /// The same as it is drawn.
    #[must_use]
    pub fn label(&self) -> Label<'_> {
        Label {
            batch: &self.batch,
            product_name: &self.product_name,
            producer_name: &self.producer_name,
            stars: self.stars,
            decision: &self.decision,
            valid_until: self.valid_until,
            commune: &self.commune,
            lot: &self.lot,
        }
    }
}

fn commune(maker: &Producer) -> Option<String> {
    maker.details.contact.commune.map(|it| it.title().to_owned())
}
