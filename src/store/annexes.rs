//! A decision's annex, row by row, into producers, products and recognitions.

use chrono::Datelike;

use super::meant::{self, Place, new_product};
use super::{AnyConnection, StoreError, aliases, authorities, producers, products, recognitions};
use crate::domain::annex::{AnnexEntry, Difference, Fact, Outcome, Value};
use crate::domain::calendar::{Instant, vietnam_day};
use crate::domain::gtin::Gtin;
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::naming::{Answer, Likeness};
use crate::domain::producer::Producer;
use crate::domain::product::Product;
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
    let place = match meant::find(connection, entry)? {
        Ok(place) => place,
        Err(doubt) => return Ok(Outcome::Unclear(doubt)),
    };
    let kept = match &place {
        Place { maker: Some(maker), product } => kept(connection, entry, maker, product.as_ref())?,
        Place { maker: None, .. } => Vec::new(),
    };
    if let Some(product) = &place.product {
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
    enter(connection, entry, &place, at)?;
    Ok(Outcome::Entered(kept))
}

fn enter(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    place: &Place,
    at: Instant,
) -> Result<(), StoreError> {
    let authority = Authority {
        name: entry.authority.clone(),
        level: entry.authority_level,
        active_from: None,
        active_to: None,
    };
    let paper = NewRecognition {
        product: product(connection, entry, place)?,
        stars: entry.stars,
        potential_five_star: entry.potential_five_star,
        decision_number: entry.decision_number.clone(),
        authority: authorities::put(connection, &authority)?,
        signed_on: entry.signed_on,
        effective_on: entry.effective_on,
        ends_on: entry.ends_on,
        product_name: entry.product_name.clone(),
        address: entry.producer.address.clone(),
    };
    recognitions::insert(connection, &paper, at).map(drop)
}

/// The product of a row, entered where it is not there, and its producer too.
fn product(
    connection: &mut AnyConnection,
    entry: &AnnexEntry,
    place: &Place,
) -> Result<ProductId, StoreError> {
    if let Some(product) = &place.product {
        return Ok(product.id);
    }
    let (producer, name) = match &place.maker {
        // The register may know it by another name than the annex does, and a search goes by that.
        Some(maker) => (maker.id, &maker.details.name),
        None => (producer(connection, entry)?, &entry.producer.name),
    };
    let product = new_product(producer, entry);
    let id = products::insert(connection, &product, name)?;
    if entry.said.product == Some(Answer::New) {
        aliases::say_product(connection, &product, id)?;
    }
    Ok(id)
}

fn producer(connection: &mut AnyConnection, entry: &AnnexEntry) -> Result<ProducerId, StoreError> {
    let id = producers::insert(connection, &entry.producer)?;
    if entry.said.producer == Some(Answer::New) {
        aliases::say_producer(connection, &entry.producer, id)?;
    }
    Ok(id)
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
    // Mostly it is the day of signature, and told as that.
    let (was, is) = (paper.effective_on, entry.effective_on);
    if (was, is) != (paper.signed_on, entry.signed_on) {
        all.value(Fact::EffectiveOn, Value::Day(was), Value::Day(is));
    }
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
    let had = aliases::had_by(connection, maker.id)?;
    let is = |it: &str| vietnamese::likeness(it, name) == Likeness::Same;
    Ok(is(&maker.details.name) || had.iter().any(|it| is(it)))
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn text(&mut self, fact: Fact, register: Option<&str>, row: Option<&str>) {
        // Names are one here that are one when they are told apart.
        let key = |text: &str| match fact {
            Fact::NetQuantity => products::quantity_key(text),
            _ => vietnamese::name_key(text),
        };
        let known = register.map(key);
        let Some(row) = row.filter(|row| known != Some(key(row))) else { return };
        let text = |text: &str| Value::Text(text.to_owned());
        self.0.push(Difference { fact, register: register.map(text), row: text(row) });
    }

    fn value(&mut self, fact: Fact, register: Value, row: Value) {
        if register != row {
            self.0.push(Difference { fact, register: Some(register), row });
        }
    }
}
