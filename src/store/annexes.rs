//! A decision's annex, row by row, into producers, products and recognitions.

use chrono::Datelike;

use super::{
    AnyConnection, StoreError, authorities, former_names, producers, products, recognitions,
};
use crate::domain::annex::{AnnexEntry, Difference, Fact, Outcome, Value};
use crate::domain::calendar::{Instant, vietnam_day};
use crate::domain::gtin::Gtin;
use crate::domain::ids::ProducerId;
use crate::domain::producer::Producer;
use crate::domain::product::{NewProduct, Product};
use crate::domain::recognition::{Authority, NewRecognition, Recognition};
use crate::vietnamese;

/// Enters a row and whatever it names that is not there yet. What is there is never changed: where
/// the row says otherwise, that comes back.
///
/// # Errors
/// [`StoreError`].
pub fn record(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    at: Instant,
) -> Result<Outcome, StoreError> {
    let known = known(connection, entry)?;
    let kept = match &known {
        Known { maker: Some(maker), product } => kept(connection, entry, maker, product.as_ref())?,
        Known { maker: None, .. } => Vec::new(),
    };
    if let Some(product) = &known.product {
        let papers = recognitions::with_authorities(connection, product.id)?;
        let same = papers.into_iter().find(|(it, by)| is_of_decision(entry, it, by));
        if let Some((paper, authority)) = same {
            let mut all = said_otherwise(connection, entry, (&paper, &authority), at)?;
            // Of the address, the paper has the one that counts.
            all.extend(kept.into_iter().filter(|it| it.fact != Fact::Address));
            all.sort_by_key(|it| it.fact);
            all.dedup();
            return Ok(if all.is_empty() { Outcome::Same } else { Outcome::Different(all) });
        }
    }
    enter(connection, entry, at)?;
    Ok(Outcome::Entered(kept))
}

/// Who and what of a row is in the register already.
struct Known {
    maker: Option<Producer>,
    product: Option<Product>,
}

fn known(connection: &mut AnyConnection, entry: &AnnexEntry) -> Result<Known, StoreError> {
    let maker = producers::known_as(connection, &entry.producer)?;
    let Some(id) = maker else { return Ok(Known { maker: None, product: None }) };
    let maker = producers::get(connection, id)?;
    let product = products::known_as(connection, &new_product(id, entry))?;
    let product = product.map(|id| products::get(connection, id)).transpose()?.flatten();
    Ok(Known { maker, product: product.map(|(product, _)| product) })
}

fn new_product(producer: ProducerId, entry: &AnnexEntry) -> NewProduct {
    NewProduct {
        producer,
        name: entry.product_name.clone(),
        group: entry.group,
        gtin: entry.gtin,
        net_quantity: entry.net_quantity.clone(),
    }
}

fn enter(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    at: Instant,
) -> Result<(), StoreError> {
    let authority = Authority {
        name: entry.authority.clone(),
        level: entry.authority_level,
        active_from: None,
        active_to: None,
    };
    let producer = producers::put(connection, &entry.producer)?;
    // The register may know it by another name than the annex does, and a search goes by that.
    let maker = producers::get(connection, producer)?.ok_or(StoreError::Corrupt("producer"))?;
    let product = new_product(producer, entry);
    let paper = NewRecognition {
        product: products::put(connection, &product, &maker.details.name)?,
        stars: entry.stars,
        potential_five_star: entry.potential_five_star,
        decision_number: entry.decision_number.clone(),
        authority: authorities::put(connection, &authority)?,
        signed_on: entry.signed_on,
        ends_on: entry.ends_on,
        product_name: entry.product_name.clone(),
        address: entry.producer.address.clone(),
    };
    recognitions::insert(connection, &paper, at).map(drop)
}

/// Whether a recognition is by the decision that a row names. Two of number, authority and day tell:
/// the third is then what one of them has wrong. Numbers begin anew every year.
fn is_of_decision(entry: &AnnexEntry, known: &Recognition, authority: &str) -> bool {
    let plain = |text: &str| vietnamese::fold(text);
    let paper = &known.paper;
    let office =
        |name: &str| plain(name).replace("uy ban nhan dan", "ubnd").replace("thanh pho", "tp");
    let number = plain(&paper.decision_number) == plain(&entry.decision_number);
    let authority = office(authority) == office(&entry.authority);
    let day = paper.signed_on == entry.signed_on;
    let years = (paper.signed_on.year() - entry.signed_on.year()).abs();
    authority && (day || number && years <= 1)
}

/// What a row states of its decision otherwise than the register.
fn said_otherwise(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    (known, authority): (&Recognition, &str),
    at: Instant,
) -> Result<Vec<Difference>, StoreError> {
    let paper = &known.paper;
    let mut all = Differences::default();
    all.text(Fact::Product, Some(&paper.product_name), Some(&entry.product_name));
    all.text(Fact::Address, paper.address.as_deref(), entry.producer.address.as_deref());
    all.value(Fact::Stars, Value::Stars(paper.stars), Value::Stars(entry.stars));
    let (was, is) = (paper.potential_five_star, entry.potential_five_star);
    all.value(Fact::PotentialFiveStar, Value::Is(was), Value::Is(is));
    all.text(Fact::DecisionNumber, Some(&paper.decision_number), Some(&entry.decision_number));
    all.text(Fact::Authority, Some(authority), Some(&entry.authority));
    all.value(Fact::SignedOn, Value::Day(paper.signed_on), Value::Day(entry.signed_on));
    // An end that was changed since is right too, whichever of the two the annex has.
    if entry.ends_on != known.ends_on(vietnam_day(at)) {
        all.value(Fact::EndsOn, Value::Day(paper.ends_on), Value::Day(entry.ends_on));
    }
    if let Some(known) = authorities::get(connection, paper.authority)? {
        let (was, is) = (known.level, entry.authority_level);
        all.value(Fact::Level, Value::Level(was), Value::Level(is));
    }
    Ok(all.0)
}

/// What a row states otherwise of a producer and a product that the register has. What a row leaves
/// out it does not state.
fn kept(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    maker: &Producer,
    product: Option<&Product>,
) -> Result<Vec<Difference>, StoreError> {
    let (has, says) = (&maker.details, &entry.producer);
    let mut all = Differences::default();
    if !is_name_of(connection, maker, &says.name)? {
        all.text(Fact::Producer, Some(&has.name), Some(&says.name));
    }
    all.value(Fact::Kind, Value::Kind(has.kind), Value::Kind(says.kind));
    all.text(Fact::TaxCode, has.tax_code.as_deref(), says.tax_code.as_deref());
    all.text(Fact::Address, has.address.as_deref(), says.address.as_deref());
    if let Some(Product { details: has, .. }) = product {
        all.value(Fact::Group, Value::Group(has.group), Value::Group(entry.group));
        let gtin = |it: Gtin| it.to_string();
        let (was, is) = (has.gtin.map(gtin), entry.gtin.map(gtin));
        all.text(Fact::Gtin, was.as_deref(), is.as_deref());
        let (was, is) = (has.net_quantity.as_deref(), entry.net_quantity.as_deref());
        all.text(Fact::NetQuantity, was, is);
    }
    Ok(all.0)
}

/// Whether a producer has a name, or had it.
fn is_name_of(
    connection: &mut AnyConnection,
    maker: &Producer,
    name: &str,
) -> Result<bool, StoreError> {
    let folded = vietnamese::fold(name);
    if folded == vietnamese::fold(&maker.details.name) {
        return Ok(true);
    }
    Ok(former_names::producer(connection, &folded)? == Some(maker.id))
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn text(&mut self, fact: Fact, register: Option<&str>, row: Option<&str>) {
        let Some(row) = row.filter(|row| register != Some(*row)) else { return };
        let text = |text: &str| Value::Text(text.to_owned());
        self.0.push(Difference { fact, register: register.map(text), row: text(row) });
    }

    fn value(&mut self, fact: Fact, register: Value, row: Value) {
        if register != row {
            self.0.push(Difference { fact, register: Some(register), row });
        }
    }
}
