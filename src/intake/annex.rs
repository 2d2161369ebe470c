//! The rows of an annex, checked one by one and against each other.

use std::collections::HashMap;

use super::account::{PassedOver, Row as Told, RowRead, Why};
use super::column::Column;
use super::heading::Headings;
use super::problem::ProblemKind;
use super::row::RowReader;
use super::table::Row;
use super::{ANNEX_COLUMNS, Defaults, field, limits, section};
use crate::domain::annex::{AnnexEntry, Said};
use crate::domain::calendar::{Day, default_end};
use crate::domain::producer::{Contact, NewProducer};
use crate::domain::recognition::AuthorityLevel;
use crate::vietnamese;

/// The programme began with Quyết định 490/QĐ-TTg of this day: no decision under it is older.
const PROGRAMME_BEGAN: Option<Day> = Day::from_ymd_opt(2018, 5, 7);

/// Reads every row above and under the headings: `seen` are the products of the sheets before.
pub(super) fn read(headings: &Headings<'_>, defaults: &Defaults, seen: &mut Seen) -> Vec<Told> {
    let told = |row: &Row, read| Told {
        sheet: headings.sheet.map(str::to_owned),
        number: row.number,
        read,
    };
    let mut is_table = false;
    let above = headings.above.iter().map(|row| {
        let is_heading = headings.is_like(row, &ANNEX_COLUMNS);
        let is_row = is_table && !is_heading && section::unread(row).is_none();
        is_table |= is_heading;
        told(row, if is_row { other_table(row, headings) } else { above_headings(row) })
    });
    let rows = headings.rows;
    let end = rows.iter().rposition(|row| section::states_product(row, headings));
    let (mut other_headings, mut is_signed) = (false, false);
    let below = rows.iter().enumerate().map(|(at, row)| {
        let is_last = end.is_none_or(|end| at > end);
        let passed = again(row, headings, &mut other_headings)
            .or_else(|| section::passed_over(row, headings, is_last))
            .or_else(|| if is_signed { section::signature(row, headings) } else { None });
        is_signed |= is_last && passed.as_ref().is_some_and(|it| it.why == Why::Footer);
        let read = match passed {
            Some(passed) => RowRead::PassedOver(passed),
            None => product(row, headings, defaults, (&mut *seen, other_headings)),
        };
        told(row, read)
    });
    above.chain(below).collect()
}

fn above_headings(row: &Row) -> RowRead {
    RowRead::PassedOver(PassedOver { why: Why::AboveHeadings, text: section::text_of(row) })
}

/// A row of a table that ends above the headings: it has headings of its own.
fn other_table(row: &Row, headings: &Headings<'_>) -> RowRead {
    let mut reader = RowReader::new(row, headings);
    reader.report(Column::Product, ProblemKind::OtherHeadings);
    RowRead::Refused(reader.finish::<()>(None).err().unwrap_or_default())
}

/// A row that repeats the headings. One that moves them about says so of the rows below it, which
/// are then refused: what is under which heading would be guessed.
fn again(row: &Row, headings: &Headings<'_>, moved: &mut bool) -> Option<PassedOver> {
    if !headings.is_like(row, &ANNEX_COLUMNS) {
        return None;
    }
    let (same, named) = headings.repeated_in(row, &ANNEX_COLUMNS);
    *moved = same < named;
    Some(PassedOver { why: Why::Headings, text: section::text_of(row) })
}

fn product(
    row: &Row,
    headings: &Headings<'_>,
    defaults: &Defaults,
    (seen, other_headings): (&mut Seen, bool),
) -> RowRead {
    let mut reader = RowReader::new(row, headings);
    if other_headings {
        reader.report(Column::Product, ProblemKind::OtherHeadings);
    }
    let entry = entry(&mut reader, defaults);
    seen.check(row, headings.sheet, &mut reader, defaults);
    match reader.finish(entry) {
        Ok(entry) => RowRead::Entry(Box::new(entry)),
        Err(problems) => RowRead::Refused(problems),
    }
}

fn entry(reader: &mut RowReader<'_>, defaults: &Defaults) -> Option<AnnexEntry> {
    let producer = producer(reader);
    let product_name = reader.require_name(Column::Product, limits::NAME_LETTERS);
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
        effective_on: decision.effective_on,
        ends_on: decision.ends_on,
        said: Said::default(),
    })
}

fn producer(reader: &mut RowReader<'_>) -> Option<NewProducer> {
    let name = reader.require_name(Column::Producer, limits::NAME_LETTERS);
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
    effective_on: Day,
    ends_on: Day,
}

fn decision(reader: &mut RowReader<'_>, defaults: &Defaults) -> Option<Decision> {
    let number = match &defaults.decision_number {
        Some(number) if reader.cell(Column::DecisionNumber).is_none() => {
            reader.given(Column::DecisionNumber, number)
        }
        _ => reader.require_text(Column::DecisionNumber, limits::SHORT_LETTERS),
    };
    let authority = authority(reader, defaults);
    let signed_on = match defaults.signed_on {
        Some(day) if reader.cell(Column::SignedOn).is_none() => Some(day),
        _ => reader.require(Column::SignedOn, field::day),
    };
    if signed_on.is_some_and(|day| defaults.today.is_some_and(|today| day > today)) {
        reader.report(Column::SignedOn, ProblemKind::NotYetSigned);
    }
    if signed_on.is_some() && signed_on < PROGRAMME_BEGAN {
        reader.report(Column::SignedOn, ProblemKind::BeforeProgramme);
    }
    let effective_on = effect(reader, signed_on, defaults);
    let ends_on = end(reader, signed_on, effective_on);
    let (authority, level) = authority?;
    Some(Decision {
        number: number?,
        authority,
        level,
        signed_on: signed_on?,
        effective_on: effective_on?,
        ends_on: ends_on?,
    })
}

/// The authority and its level: as its column says, else as the name tells. A level given for the
/// whole file goes with the authority given for the whole file.
fn authority(reader: &mut RowReader<'_>, defaults: &Defaults) -> Option<(String, AuthorityLevel)> {
    let (name, level) = match &defaults.authority {
        Some(name) if reader.cell(Column::Authority).is_none() => {
            let name = reader.given(Column::Authority, name)?;
            let level = defaults.level.or_else(|| field::level_of_authority(&name));
            (name, level)
        }
        _ => {
            let name = reader.require_name(Column::Authority, limits::NAME_LETTERS)?;
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

/// The first day of effect: none before the decision was signed.
fn effect(reader: &mut RowReader<'_>, signed_on: Option<Day>, defaults: &Defaults) -> Option<Day> {
    let said = match defaults.effective_on {
        Some(day) if reader.cell(Column::EffectiveOn).is_none() => day,
        None if reader.cell(Column::EffectiveOn).is_none() => return signed_on,
        _ => reader.read(Column::EffectiveOn, field::day)?,
    };
    if signed_on.is_some_and(|signed_on| said < signed_on) {
        reader.report(Column::EffectiveOn, ProblemKind::EffectBeforeSignature);
        return None;
    }
    Some(said)
}

/// The last day in force: after the signature, and after the first.
fn end(
    reader: &mut RowReader<'_>,
    signed_on: Option<Day>,
    effective_on: Option<Day>,
) -> Option<Day> {
    let end = match reader.cell(Column::EndsOn) {
        None => signed_on.and_then(default_end),
        Some(_) => reader.read(Column::EndsOn, field::day),
    }?;
    if signed_on.max(effective_on).is_some_and(|first| end <= first) {
        reader.report(Column::EndsOn, ProblemKind::EndBeforeSignature);
        return None;
    }
    Some(end)
}

/// Products met so far and where: by what tells producers, products and decisions apart.
#[derive(Debug, Default)]
pub(super) struct Seen(HashMap<[String; 3], (Option<String>, u32)>);

impl Seen {
    fn check(
        &mut self,
        row: &Row,
        sheet: Option<&str>,
        reader: &mut RowReader<'_>,
        defaults: &Defaults,
    ) {
        let key = |column| reader.cell(column).map(|cell| vietnamese::name_key(&cell.text));
        let (Some(producer), Some(product)) = (key(Column::Producer), key(Column::Product)) else {
            return;
        };
        let number = |column| key(column).unwrap_or_default().replace(' ', "");
        let producer = format!("{producer}\n{}", number(Column::TaxCode));
        let (gtin, quantity) = (number(Column::Gtin), number(Column::NetQuantity));
        let product = format!("{product}\n{gtin}\n{quantity}");
        let default = defaults.decision_number.as_deref().map(vietnamese::name_key);
        let decision = key(Column::DecisionNumber).or(default).unwrap_or_default();
        let here = (sheet.map(str::to_owned), row.number);
        let first = self.0.entry([producer, product, decision]).or_insert_with(|| here.clone());
        if *first != here {
            let kind = ProblemKind::Duplicate { first_row: first.1, same_sheet: first.0 == here.0 };
            reader.report(Column::Product, kind);
        }
    }
}
