//! The rows of an annex, checked one by one and against each other.

use std::collections::HashMap;

use super::heading::{Column, Headings};
use super::problem::ProblemKind;
use super::row::RowReader;
use super::table::Row;
use super::{Defaults, Preview, field, limits};
use crate::domain::annex::{AnnexEntry, Said};
use crate::domain::calendar::{Day, default_end};
use crate::domain::producer::{Contact, NewProducer};
use crate::domain::recognition::AuthorityLevel;

/// Reads every row under the headings.
pub(super) fn read(headings: &Headings<'_>, defaults: &Defaults) -> Preview {
    let ignored_columns = headings.ignored.clone();
    let mut preview = Preview { ignored_columns, ..Preview::default() };
    let mut seen = Seen::default();
    for row in headings.rows.iter().filter(|row| !is_in_between(row, headings)) {
        preview.rows += 1;
        let mut reader = RowReader::new(row, headings);
        let entry = entry(&mut reader, defaults);
        seen.check(row, &mut reader, defaults);
        let sound = reader.finish(entry, &mut preview.problems);
        preview.entries.extend(sound.map(|entry| (row.number, entry)));
    }
    preview
}

/// Rows of paper annexes that name no product: column numbers `(1) (2) (3)` under the headings, and
/// headings of sections (`II  Huyện Gia Lâm`).
fn is_in_between(row: &Row, headings: &Headings<'_>) -> bool {
    let is_number = |text: &str| text.trim_matches(['(', ')']).bytes().all(|b| b.is_ascii_digit());
    let numbers_only = row.cells.iter().all(|(_, cell)| is_number(&cell.text));
    let main = [Column::Product, Column::Group, Column::Stars];
    let mut places = main.iter().filter_map(|column| headings.place(*column));
    let has_product = places.any(|at| row.cell(at).is_some());
    numbers_only || (!has_product && row.cells.len() <= 2)
}

fn entry(reader: &mut RowReader<'_>, defaults: &Defaults) -> Option<AnnexEntry> {
    let producer = producer(reader);
    let product_name = reader.require_text(Column::Product, limits::NAME_LETTERS);
    let group = reader.require(Column::Group, field::group);
    let stars = reader.require(Column::Stars, field::stars);
    let gtin = reader.read(Column::Gtin, field::gtin);
    let net_quantity = reader.text(Column::NetQuantity, limits::SHORT_LETTERS);
    let decision = decision(reader, defaults);
    let (stars, potential_five_star) = stars?;
    let decision = decision?;
    Some(AnnexEntry {
        producer: producer?,
        product_name: product_name?,
        group: group?,
        gtin,
        net_quantity,
        stars,
        potential_five_star,
        decision_number: decision.number,
        authority: decision.authority,
        authority_level: decision.level,
        signed_on: decision.signed_on,
        ends_on: decision.ends_on,
        said: Said::default(),
    })
}

fn producer(reader: &mut RowReader<'_>) -> Option<NewProducer> {
    let name = reader.require_text(Column::Producer, limits::NAME_LETTERS);
    let kind = if reader.cell(Column::Kind).is_some() {
        reader.read(Column::Kind, field::producer_kind)
    } else {
        let kind = name.as_deref().and_then(field::kind_of_name);
        if name.is_some() && kind.is_none() {
            reader.report(Column::Kind, ProblemKind::ProducerKind);
        }
        kind
    };
    let tax_code = reader.read(Column::TaxCode, field::tax_code);
    let address = reader.text(Column::Address, limits::ADDRESS_LETTERS);
    let contact = Contact::default();
    Some(NewProducer { kind: kind?, name: name?, tax_code, address, contact })
}

struct Decision {
    number: String,
    authority: String,
    level: AuthorityLevel,
    signed_on: Day,
    ends_on: Day,
}

fn decision(reader: &mut RowReader<'_>, defaults: &Defaults) -> Option<Decision> {
    let number = match &defaults.decision_number {
        Some(number) if reader.cell(Column::DecisionNumber).is_none() => Some(number.clone()),
        _ => reader.require_text(Column::DecisionNumber, limits::SHORT_LETTERS),
    };
    let authority = authority(reader, defaults);
    let signed_on = match defaults.signed_on {
        Some(day) if reader.cell(Column::SignedOn).is_none() => Some(day),
        _ => reader.require(Column::SignedOn, field::day),
    };
    let ends_on = end(reader, signed_on);
    let (authority, level) = authority?;
    Some(Decision { number: number?, authority, level, signed_on: signed_on?, ends_on: ends_on? })
}

/// The authority and its level: as its column says, else as the name tells. A level given for the
/// whole file goes with the authority given for the whole file.
fn authority(reader: &mut RowReader<'_>, defaults: &Defaults) -> Option<(String, AuthorityLevel)> {
    let (name, level) = match &defaults.authority {
        Some(name) if reader.cell(Column::Authority).is_none() => {
            (name.clone(), defaults.level.or_else(|| field::level_of_authority(name)))
        }
        _ => {
            let name = reader.require_text(Column::Authority, limits::NAME_LETTERS)?;
            let level = field::level_of_authority(&name).or(defaults.level);
            (name, level)
        }
    };
    if reader.cell(Column::Level).is_some() {
        return reader.read(Column::Level, field::level).map(|level| (name, level));
    }
    if level.is_none() {
        reader.report(Column::Level, ProblemKind::AuthorityLevel);
    }
    level.map(|level| (name, level))
}

fn end(reader: &mut RowReader<'_>, signed_on: Option<Day>) -> Option<Day> {
    if reader.cell(Column::EndsOn).is_none() {
        return signed_on.and_then(default_end);
    }
    let end = reader.read(Column::EndsOn, field::day)?;
    if signed_on.is_some_and(|signed_on| end <= signed_on) {
        reader.report(Column::EndsOn, ProblemKind::EndBeforeSignature);
        return None;
    }
    Some(end)
}

/// Products met so far, by producer, name and decision, whatever their letter case.
#[derive(Default)]
struct Seen(HashMap<[String; 3], u32>);

impl Seen {
    fn check(&mut self, row: &Row, reader: &mut RowReader<'_>, defaults: &Defaults) {
        let lower = |column| reader.cell(column).map(|cell| cell.text.to_lowercase());
        let (Some(producer), Some(product)) = (lower(Column::Producer), lower(Column::Product))
        else {
            return;
        };
        let default = defaults.decision_number.as_deref().map(str::to_lowercase);
        let decision = lower(Column::DecisionNumber).or(default).unwrap_or_default();
        let first_row = *self.0.entry([producer, product, decision]).or_insert(row.number);
        if first_row != row.number {
            reader.report(Column::Product, ProblemKind::Duplicate { first_row });
        }
    }
}
