//! Products entered and changed, and their photos.

use schemars::JsonSchema;
use serde::Deserialize;

use super::annexes::Base64File;
use super::call::Call;
use super::files::FileAnswer;
use super::input::{Line, Nothing, alike};
use super::operation::Made;
use super::problem::{Kind, Problem};
use super::products::{self, ProductFileJson};
use super::refusal;
use crate::desk::products::{self as desk, ProductFile};
use crate::domain::gtin::Gtin;
use crate::domain::ids::{ProducerId, ProductId};
use crate::domain::photo::{Photo, PhotoSize};
use crate::domain::product::{NewProduct, ProductGroup};
use crate::photos as pictures;
use crate::register::catalogue::CatalogueError;
use crate::store::photos;
use crate::vietnamese;
use crate::web::urls;
use crate::web::views::desk::wording;

/// What photos are.
pub(in crate::web) const JPEG: &[&str] = &["image/jpeg"];

/// A product that is to be entered.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewProduct")]
pub(in crate::web) struct NewJson {
    /// Number of its producer.
    producer: i64,
    /// Its name.
    name: Line,
    /// Its group, 1 to 6 (148/QĐ-TTg).
    #[schemars(range(min = 1, max = 6))]
    group: i16,
    /// Its GTIN.
    #[serde(default)]
    gtin: Option<Line>,
    /// Net quantity, as on the label.
    #[serde(default)]
    net_quantity: Option<Line>,
    /// Whether it is said to be another than products whose names are written alike; unsaid, it is
    /// refused where it may be one of them.
    #[serde(default)]
    is_other: bool,
}

/// What is known of a product, its producer aside.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ProductChange")]
pub(in crate::web) struct ChangeJson {
    /// Its name.
    name: Line,
    /// Its group, 1 to 6 (148/QĐ-TTg).
    #[schemars(range(min = 1, max = 6))]
    group: i16,
    /// Its GTIN.
    #[serde(default)]
    gtin: Option<Line>,
    /// Net quantity, as on the label.
    #[serde(default)]
    net_quantity: Option<Line>,
    /// Whether it is said to be another than products whose names are written alike; unsaid, it is
    /// refused where it may be one of them.
    #[serde(default)]
    is_other: bool,
}

/// A photo.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewPhoto")]
pub(in crate::web) struct PhotoJson {
    /// The file, JPEG, PNG or WebP, in Base64.
    file: Base64File<{ pictures::BYTES_MAX }>,
}

/// Enters a product.
pub(in crate::web) fn add(call: &Call, said: NewJson) -> Made<ProductFileJson> {
    let NewJson { producer, name, group, gtin, net_quantity, is_other } = said;
    let said = ChangeJson { name, group, gtin, net_quantity, is_other };
    let wanted = wanted(call, ProducerId(producer), said)?;
    let added = desk::add(&call.store, &call.worker(), &wanted, alike(is_other));
    let id = added.map_err(|why| refused(call, why))?;
    let made = desk::get(&call.store, &call.worker(), id)?.ok_or(Kind::NotFound)?;
    Ok((products::file(call, made), urls::of(urls::API_PRODUCT, id.0)))
}

/// Replaces what is known of a product.
pub(in crate::web) fn change(call: &Call, said: ChangeJson) -> Result<(), Problem> {
    let product = known(call)?.listed.product;
    let alike = alike(said.is_other);
    let wanted = wanted(call, product.details.producer, said)?;
    let (id, version) = (product.id, product.version);
    let changed = desk::change(&call.store, &call.worker(), id, version, (&wanted, alike));
    changed.map_err(|why| refused(call, why))
}

/// The photo of a product.
pub(in crate::web) fn photo(call: &Call) -> Result<FileAnswer, Problem> {
    let name = known(call)?.listed.product.photo.ok_or(Kind::NotFound)?;
    let found = call.store.read(|register| photos::file(register, &name, PhotoSize::Large))?;
    let bytes = found.ok_or(Kind::NotFound)?;
    Ok(FileAnswer::Bytes { name: format!("{name}.jpg"), media_type: "image/jpeg", bytes })
}

/// A photo of what was sent, made before the register is written to.
pub(in crate::web) fn picture(call: &Call, said: PhotoJson) -> Result<Photo, Problem> {
    let _turn = call.turns.take().map_err(|_full| Kind::Busy)?;
    let made = pictures::read(&said.file.0);
    made.map_err(|why| Problem::refused("photo", wording::photo(call.words, &why)))
}

/// Shows a photo with a product.
pub(in crate::web) fn show_photo(call: &Call, photo: Photo) -> Result<(), Problem> {
    set_photo(call, Some(&photo))
}

/// Shows none with a product any more.
pub(in crate::web) fn remove_photo(call: &Call, _: Nothing) -> Result<(), Problem> {
    set_photo(call, None)
}

fn set_photo(call: &Call, photo: Option<&Photo>) -> Result<(), Problem> {
    let product = known(call)?.listed.product;
    let (id, version) = (product.id, product.version);
    let set = desk::set_photo(&call.store, &call.worker(), id, version, photo);
    set.map_err(|why| refused(call, why))
}

fn known(call: &Call) -> Result<ProductFile, Problem> {
    let found = desk::get(&call.store, &call.worker(), ProductId(call.number()?))?;
    found.ok_or_else(|| Kind::NotFound.into())
}

fn refused(call: &Call, why: CatalogueError) -> Problem {
    match why {
        CatalogueError::NoProducer(_) => call.invalid("#/producer"),
        why => refusal::catalogue(call.words, why),
    }
}

fn wanted(call: &Call, producer: ProducerId, said: ChangeJson) -> Result<NewProduct, Problem> {
    let line = |line: Line| vietnamese::nfc(&line.0);
    let gtin = said.gtin.map(|line| line.0.parse::<Gtin>());
    Ok(NewProduct {
        producer,
        name: line(said.name),
        group: ProductGroup::from_number(said.group).ok_or_else(|| call.invalid("#/group"))?,
        gtin: gtin.transpose().map_err(|_not_one| call.invalid("#/gtin"))?,
        net_quantity: said.net_quantity.map(line),
    })
}
