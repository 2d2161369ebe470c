//! Rows of paper annexes that state no product: titles, sections, totals, signatures. What is not
//! surely one of these is read as a row, and refused where something is missing.

use super::account::{PassedOver, Why};
use super::column::Column;
use super::field;
use super::heading::Headings;
use super::table::{Cell, Row, Unseen};
use crate::vietnamese::fold;

/// Letters of a row that are told again.
const TEXT_LETTERS: usize = 80;

/// What headings of sections begin with, folded.
const SECTIONS: [&str; 18] = [
    "hang",
    "nhom",
    "huyen",
    "quan",
    "thi xa",
    "xa",
    "phuong",
    "thanh pho",
    "nganh",
    "linh vuc",
    "phan",
    "muc",
    "danh sach",
    "dot",
    "cap",
    "san pham hang",
    "san pham dat",
    "khu vuc",
];
/// What totals begin with, folded.
const TOTALS: [&str; 5] = ["tong", "tong cong", "cong", "tong so", "tong san pham"];
/// What notes and signatures begin with, folded.
const FOOTERS: [&str; 30] = [
    "ghi chu",
    "luu y",
    "chu thich",
    "nguoi lap",
    "lap bieu",
    "can bo",
    "ke toan",
    "thu truong",
    "thu ky",
    "tm",
    "kt",
    "tuq",
    "tl",
    "chu tich",
    "pho chu tich",
    "giam doc",
    "pho giam doc",
    "truong phong",
    "chanh van phong",
    "noi nhan",
    "ha noi ngay",
    "ngay",
    "xac nhan",
    "ky ten",
    "ky ghi ro",
    "da ky",
    "danh sach nay",
    "phu luc nay",
    "hoi dong",
    "uy ban nhan dan",
];

/// Why a row is passed over; none where it is to be read. `is_last` says that no row below it
/// states a product.
pub(super) fn passed_over(row: &Row, headings: &Headings<'_>, is_last: bool) -> Option<PassedOver> {
    let why = why(row, headings, is_last)?;
    Some(PassedOver { why, text: text_of(row) })
}

/// What a row says, in short.
pub(super) fn text_of(row: &Row) -> String {
    let cells: Vec<&str> = row.own().map(|(_, cell)| cell.text.as_str()).collect();
    cells.join(" | ").chars().take(TEXT_LETTERS).collect()
}

/// Whether a row states a product, or as much of one as makes it a row.
pub(super) fn states_product(row: &Row, headings: &Headings<'_>) -> bool {
    let has = |column| has(row, headings, column);
    let others = [Column::Producer, Column::Group, Column::Stars, Column::DecisionNumber];
    has(Column::Product) && others.into_iter().any(has)
        || has_ordinal(row, headings) && !is_alone(row)
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
    let has_ordinal = has_ordinal(row, headings);
    if has_ordinal && is_alone(row) && is_last {
        return Some(Why::OrdinalAlone);
    }
    if has_ordinal {
        return None;
    }
    let main = [Column::Product, Column::Group, Column::Stars];
    let count = main.into_iter().filter(|column| has(row, headings, *column)).count();
    if count >= 2 {
        return None;
    }
    let words = fold(&first_words(row)?);
    if is_total(&words) {
        return Some(Why::Total);
    }
    if is_last && begins_with_any(&words, &FOOTERS) {
        return Some(Why::Footer);
    }
    if is_last && count == 0 && !names_producer(row, headings) {
        return Some(Why::Footer);
    }
    is_section(row, headings, &words).then_some(Why::Section)
}

fn has(row: &Row, headings: &Headings<'_>, column: Column) -> bool {
    headings.place(column).is_some_and(|at| row.own().any(|(own, _)| own == at))
}

/// Whether the ordinal column has a number as rows have it: `7`, `07.`.
fn has_ordinal(row: &Row, headings: &Headings<'_>) -> bool {
    let cell = headings.place(Column::Ordinal).and_then(|at| row.cell(at));
    cell.is_some_and(|cell| is_number(cell.text.trim_end_matches(['.', ')'])))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_alone(row: &Row) -> bool {
    row.own().count() == 1
}

/// `(1) (2) (3) …`: every cell is one more than the one before, from the first on.
fn numbers_columns(row: &Row) -> bool {
    let number = |cell: &Cell| cell.text.trim_matches(['(', ')', '[', ']']).parse::<usize>().ok();
    let numbers: Vec<Option<usize>> = row.own().map(|(_, cell)| number(cell)).collect();
    let counts = numbers.iter().zip(1..).all(|(number, count)| *number == Some(count));
    numbers.len() >= 3 && counts
}

/// The first text of a row that is more than a roman numeral or a letter.
fn first_words(row: &Row) -> Option<String> {
    let mut texts = row.own().map(|(_, cell)| cell.text.as_str());
    texts.find(|text| !is_section_ordinal(text)).map(str::to_owned)
}

/// `I`, `IV.`, `A`, `b)`, `2.1`.
fn is_section_ordinal(text: &str) -> bool {
    let name = text.trim_end_matches(['.', ')', '/']);
    let is_roman = !name.is_empty() && name.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let is_letter = name.chars().count() == 1 && name.chars().all(char::is_alphabetic);
    let is_level = name.contains('.') && name.split('.').all(is_number);
    is_roman || is_letter || is_level
}

fn is_total(words: &str) -> bool {
    let is_company = words.starts_with("tong cong ty") || words.starts_with("cong ty");
    !is_company && begins_with_any(words, &TOTALS)
}

fn begins_with_any(words: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| field::after_words(words, beginning).is_some())
}

/// One text, with a section's ordinal or without one, that heads no row by what it says.
fn is_section(row: &Row, headings: &Headings<'_>, words: &str) -> bool {
    let cells: Vec<(usize, &Cell)> = row.own().collect();
    let texts =
        cells.iter().filter(|(_, cell)| !is_section_ordinal(&cell.text) && !is_number(&cell.text));
    let [(at, cell)] = texts.copied().collect::<Vec<_>>()[..] else { return false };
    let is_headed = cells.len() > 1 || begins_like_section(&cell.text, words);
    let is_name = Some(at) == headings.place(Column::Product)
        || field::kind_of_name(&cell.text).is_some() && !is_place_of_ordinals(at, headings);
    is_headed || !is_name
}

fn is_place_of_ordinals(at: usize, headings: &Headings<'_>) -> bool {
    headings.place(Column::Ordinal) == Some(at)
}

/// `I. Thực phẩm`, `Hạng 4 sao`, `Huyện Gia Lâm`.
fn begins_like_section(text: &str, words: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_ordinal = first.ends_with(['.', ')', '/']) && is_section_ordinal(first);
    is_ordinal || begins_with_any(words, &SECTIONS)
}

/// Whether the producer's column names a producer.
fn names_producer(row: &Row, headings: &Headings<'_>) -> bool {
    let cell = headings.place(Column::Producer).and_then(|at| row.cell(at));
    cell.is_some_and(|cell| field::kind_of_name(&cell.text).is_some())
}
