//! Rows of paper annexes that state no product: titles, sections, totals, signatures. What is not
//! surely one of these is read as a row, and refused where something is missing.

use super::account::{PassedOver, Why};
use super::column::Column;
use super::field;
use super::heading::Headings;
use super::phrase;
use super::table::{Cell, Row, Unseen};

/// Letters of a row that are told again.
const TEXT_LETTERS: usize = 80;

/// Why a row is passed over; none where it is to be read. `is_last` says that no row below it
/// states a product.
pub(super) fn passed_over(row: &Row, headings: &Headings<'_>, is_last: bool) -> Option<PassedOver> {
    let why = why(row, headings, is_last)?;
    Some(PassedOver { why, text: text_of(row) })
}

/// A row that has names of people alone, as they stand below the titles of those who sign.
pub(super) fn signature(row: &Row, headings: &Headings<'_>) -> Option<PassedOver> {
    let is_free = cell(row, headings, Column::Ordinal).is_none() && values(row, headings) == 0;
    let is_signature = is_free && row.own().all(|(_, cell)| is_person(&cell.text));
    is_signature.then(|| PassedOver { why: Why::Footer, text: text_of(row) })
}

/// `Nguyễn Văn Mẫu`: words that all begin with a capital.
fn is_person(text: &str) -> bool {
    let words = text.split_whitespace();
    let begins = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    (2..=5).contains(&words.clone().count())
        && words.clone().all(begins)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.'))
}

/// What a row says, in short.
pub(super) fn text_of(row: &Row) -> String {
    let cells: Vec<&str> = row.own().map(|(_, cell)| cell.text.as_str()).collect();
    cells.join(" | ").chars().take(TEXT_LETTERS).collect()
}

/// Whether a row states a product, or as much of one as makes it a row.
pub(super) fn states_product(row: &Row, headings: &Headings<'_>) -> bool {
    let others = [Column::Producer, Column::Group, Column::Stars, Column::DecisionNumber];
    let has = |column| cell(row, headings, column).is_some();
    has(Column::Product) && others.into_iter().any(has)
        || has_ordinal(row, headings) && !is_alone(row)
        || headings.beside(row).is_some()
}

/// Why a row of any table is not read: nobody sees it, or it numbers the columns.
pub(super) fn unread(row: &Row) -> Option<Why> {
    match row.unseen {
        Some(Unseen::Hidden) => Some(Why::Hidden),
        Some(Unseen::Filtered) => Some(Why::Filtered),
        None if row.own().all(|(_, cell)| cell.struck) => Some(Why::StruckOut),
        None => numbers_columns(row).then_some(Why::ColumnNumbers),
    }
}

fn why(row: &Row, headings: &Headings<'_>, is_last: bool) -> Option<Why> {
    if let Some(why) = unread(row) {
        return Some(why);
    }
    if has_ordinal(row, headings) {
        return (is_alone(row) && is_last).then_some(Why::OrdinalAlone);
    }
    // What is merged down from above is the row's too.
    let main = [Column::Product, Column::Group, Column::Stars];
    let count = main.into_iter().filter(|it| cell(row, headings, *it).is_some()).count();
    if count >= 2 || headings.beside(row).is_some() {
        return None;
    }
    let (text, is_free) = title(row, headings)?;
    let said = without_ordinal(text);
    let is = |kind: fn(&str, bool) -> bool| kind(said.unwrap_or(text), is_free);
    let (is_total, is_note) = (is(phrase::is_total), is_last && is(phrase::is_note));
    let is_heading = is(phrase::is_section) || is_free && said.is_some();
    let is_known = is_total || is_note || is_heading;
    if product_text(row, headings).is_some() && !is_known
        || states_values(row, headings, if is_known { 2 } else { 1 })
    {
        return None;
    }
    if is_total {
        return Some(Why::Total);
    }
    if is_note {
        return Some(Why::Footer);
    }
    if !is_heading && is_last && count == 0 && !names_producer(row, headings) {
        return Some(Why::Footer);
    }
    is_section(row, headings, is_heading).then_some(Why::Section)
}

fn cell<'a>(row: &'a Row, headings: &Headings<'_>, column: Column) -> Option<&'a Cell> {
    row.cell(headings.place(column)?)
}

/// Whether the ordinal column has a number as rows have it: `7`, `07.`.
fn has_ordinal(row: &Row, headings: &Headings<'_>) -> bool {
    let cell = cell(row, headings, Column::Ordinal);
    cell.is_some_and(|cell| is_number(cell.text.trim_end_matches(['.', ')'])))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a row has one cell, and shares none with the row above.
fn is_alone(row: &Row) -> bool {
    row.cells.len() == 1
}

/// `(1) (2) (3) …`: every cell is one more than the one before, from the first on.
fn numbers_columns(row: &Row) -> bool {
    let number = |cell: &Cell| cell.text.trim_matches(['(', ')', '[', ']']).parse::<usize>().ok();
    let numbers: Vec<Option<usize>> = row.own().map(|(_, cell)| number(cell)).collect();
    let counts = numbers.iter().zip(1..).all(|(number, count)| *number == Some(count));
    numbers.len() >= 3 && counts
}

/// What a row would head, and whether it is free of names: one that is written without tones may be
/// anything.
fn title<'a>(row: &'a Row, headings: &Headings<'_>) -> Option<(&'a str, bool)> {
    if let Some(product) = product_text(row, headings) {
        return Some((product, false));
    }
    let (at, cell) = row.own().find(|(_, cell)| !is_section_ordinal(&cell.text))?;
    Some((&cell.text, headings.place(Column::Producer) != Some(at)))
}

/// What stands in the product's column, where it is more than a number.
fn product_text<'a>(row: &'a Row, headings: &Headings<'_>) -> Option<&'a str> {
    let text = &cell(row, headings, Column::Product)?.text;
    let is_name = text.chars().any(char::is_alphabetic) && !is_section_ordinal(text);
    is_name.then_some(text.as_str())
}

/// `I`, `IV.`, `A`, `b)`, `2.1`.
fn is_section_ordinal(text: &str) -> bool {
    let name = text.trim_end_matches(['.', ')', '/']);
    let is_roman = !name.is_empty() && name.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let is_letter = name.chars().count() == 1 && name.chars().all(char::is_alphabetic);
    let is_level = name.contains('.') && name.split('.').all(is_number);
    is_roman || is_letter || is_level
}

/// `Thực phẩm` of `I. Thực phẩm`.
fn without_ordinal(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(' ')?;
    (first.ends_with(['.', ')', '/']) && is_section_ordinal(first)).then_some(rest)
}

/// One text, with a section's ordinal or without one, that heads no row by what it says.
fn is_section(row: &Row, headings: &Headings<'_>, is_heading: bool) -> bool {
    let cells: Vec<(usize, &Cell)> = row.own().collect();
    let texts =
        cells.iter().filter(|(_, cell)| !is_section_ordinal(&cell.text) && !is_number(&cell.text));
    let [(at, cell)] = texts.copied().collect::<Vec<_>>()[..] else { return false };
    let is_producer =
        field::kind_of_name(&cell.text).is_some() && headings.place(Column::Ordinal) != Some(at);
    is_heading || cells.len() > 1 || !is_producer
}

/// Whether the producer's column names a producer.
fn names_producer(row: &Row, headings: &Headings<'_>) -> bool {
    let cell = cell(row, headings, Column::Producer);
    cell.is_some_and(|cell| field::kind_of_name(&cell.text).is_some())
}

/// Whether a row says at least so much that no heading and no signature says: of a producer, or more
/// of nobody.
fn states_values(row: &Row, headings: &Headings<'_>, least: usize) -> bool {
    let names = usize::from(cell(row, headings, Column::Producer).is_none());
    values(row, headings) >= least + names
}

/// How many cells say what their column asks for, beside texts that anything could be.
fn values(row: &Row, headings: &Headings<'_>) -> usize {
    let asked = [
        Column::TaxCode,
        Column::Group,
        Column::Stars,
        Column::SignedOn,
        Column::EffectiveOn,
        Column::EndsOn,
        Column::Gtin,
    ];
    let is = |column, is_right: fn(&Cell) -> bool| {
        usize::from(cell(row, headings, column).is_some_and(is_right))
    };
    let answered = |column: &&Column| {
        cell(row, headings, **column).is_some_and(|it| field::answers(it, **column))
    };
    asked.iter().filter(answered).count()
        + is(Column::Kind, |it| field::producer_kind(it).is_ok())
        + is(Column::DecisionNumber, |it| it.text.contains('/') && it.text.contains('-'))
}
