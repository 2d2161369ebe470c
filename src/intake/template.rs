//! The columns of an annex as they are explained to whoever makes one, and an annex to begin with.

use std::fmt::Write;

use super::ANNEX_COLUMNS;
use super::column::Column;
use crate::domain::language::Language;

/// Whether a column must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// In every annex.
    Always,
    /// Unless it is said once for all rows when the annex is entered.
    OrOnce,
    /// It may be left out, and its cells empty.
    No,
}

/// A column of an annex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnexColumn {
    /// Its heading.
    pub heading: &'static str,
    /// Whether it must be there.
    pub needed: Needed,
    /// Other headings that it is known by, without diacritics.
    pub also: Vec<&'static str>,
    /// What to write in it, in the example's two rows.
    pub example: [&'static str; 2],
    column: Column,
}

/// Every column, in the order of the template.
#[must_use]
pub fn columns() -> Vec<AnnexColumn> {
    ANNEX_COLUMNS.map(column).into()
}

/// The headings of the template, and the rows of its example, which names nobody and nothing real.
#[must_use]
pub fn example() -> (Vec<String>, Vec<Vec<String>>) {
    let columns = columns();
    let row = |at: usize| {
        columns.iter().filter_map(|it| it.example.get(at)).map(|&it| it.to_owned()).collect()
    };
    (columns.iter().map(|it| it.heading.to_owned()).collect(), vec![row(0), row(1)])
}

/// The same of a list of issuing authorities: who recognises products today, 5 stars and the others
/// (Quyết định 148/QĐ-TTg).
#[must_use]
pub fn authorities_example() -> (Vec<String>, Vec<Vec<String>>) {
    let own = |row: [&str; 4]| row.map(str::to_owned).into();
    let rows = vec![
        own(["UBND thành phố Hà Nội", "thành phố", "", ""]),
        own(["Bộ Nông nghiệp và Môi trường", "bộ", "01/03/2025", ""]),
    ];
    (own(["Cơ quan công nhận", "Cấp", "Từ ngày", "Đến ngày"]), rows)
}

/// The table of the columns for a document, in Markdown.
#[must_use]
pub fn markdown(language: Language) -> String {
    let head = language.of(
        "| Cột | Bắt buộc | Ghi gì | Ví dụ | Tên khác |\n|---|---|---|---|---|\n",
        "| column | needed | what to write | example | other headings |\n|---|---|---|---|---|\n",
    );
    let mut table = head.to_owned();
    for column in columns() {
        let needed = match column.needed {
            Needed::Always => language.of("có", "yes"),
            Needed::OrOnce => language.of("có, hoặc khai chung", "yes, or once for the file"),
            Needed::No => language.of("không", "no"),
        };
        let (heading, [example, _]) = (column.heading, column.example);
        let (what, also) = (what(column.column, language), column.also.join(", "));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {heading} | {needed} | {what} | {example} | {also} |");
    }
    table
}

fn column(column: Column) -> AnnexColumn {
    let (needed, example) = match column {
        Column::Ordinal => (Needed::No, ["1", "2"]),
        Column::Producer => (Needed::Always, ["HTX Mẫu Một", "Hộ kinh doanh Mẫu Hai"]),
        Column::Kind => (Needed::No, ["hợp tác xã", "hộ kinh doanh"]),
        Column::TaxCode => (Needed::No, ["0109999998", ""]),
        Column::Address => (Needed::No, ["Thôn Mẫu, xã Mẫu, Hà Nội", ""]),
        Column::Product => (Needed::Always, ["Mật ong hoa nhãn mẫu", "Trà sen mẫu"]),
        Column::Group => (Needed::Always, ["1", "Đồ uống"]),
        Column::Stars => (Needed::Always, ["3", "4 (tiềm năng 5)"]),
        Column::DecisionNumber => (Needed::OrOnce, ["MẪU-01/QĐ-UBND", "MẪU-01/QĐ-UBND"]),
        Column::Authority => (Needed::OrOnce, ["UBND thành phố Hà Nội", "UBND thành phố Hà Nội"]),
        Column::Level => (Needed::No, ["thành phố", ""]),
        Column::SignedOn => (Needed::OrOnce, ["04/03/2026", "04/03/2026"]),
        Column::EndsOn => (Needed::No, ["04/03/2029", ""]),
        Column::Gtin => (Needed::No, ["9521234543213", ""]),
        Column::NetQuantity => (Needed::No, ["500 g", "Hộp 20 gói"]),
        Column::ActiveFrom | Column::ActiveTo => (Needed::No, ["", ""]),
    };
    let own = crate::vietnamese::fold(column.heading());
    let also = column.spellings().filter(|spelling| **spelling != *own).collect();
    AnnexColumn { heading: column.heading(), needed, also, example, column }
}

fn what(column: Column, language: Language) -> &'static str {
    let (vietnamese, english) = match column {
        Column::Ordinal => (
            "Số thứ tự. Dòng có số thứ tự là một dòng của bảng, không bị bỏ qua.",
            "Ordinal number. A row that has one is a row of the table and is never passed over.",
        ),
        Column::Producer => (
            "Tên chủ thể như trên giấy tờ; ô gộp theo chiều dọc được hiểu cho mọi dòng.",
            "The producer's name as on its papers; a cell merged downwards stands for all its rows.",
        ),
        Column::Kind => (
            "doanh nghiệp, hợp tác xã, tổ hợp tác hoặc hộ kinh doanh; để trống nếu tên đã cho biết.",
            "doanh nghiệp, hợp tác xã, tổ hợp tác or hộ kinh doanh; empty where the name tells.",
        ),
        Column::TaxCode => (
            "10 chữ số, 10-3 chữ số hoặc 12 chữ số; để dạng văn bản để giữ số 0 ở đầu.",
            "10 digits, 10-3 digits or 12 digits; as text, to keep the leading zero.",
        ),
        Column::Address => ("Địa chỉ như trên quyết định.", "The address as in the decision."),
        Column::Product => {
            ("Tên sản phẩm như trên quyết định.", "The product's name as in the decision.")
        }
        Column::Group => (
            "Số từ 1 đến 6, hoặc tên nhóm theo Quyết định 148/QĐ-TTg.",
            "A number from 1 to 6, or the group's name as in Decision 148/QĐ-TTg.",
        ),
        Column::Stars => (
            "3, 4, 5 hoặc “4 (tiềm năng 5)”.",
            "3, 4, 5 or “4 (tiềm năng 5)”, a four proposed for five.",
        ),
        Column::DecisionNumber => ("Số, ký hiệu quyết định.", "Number of the decision."),
        Column::Authority => {
            ("Tên cơ quan ký quyết định.", "Name of the authority that signed it.")
        }
        Column::Level => (
            "huyện, thành phố hoặc bộ; để trống nếu tên cơ quan đã cho biết.",
            "huyện, thành phố or bộ; empty where the authority's name tells.",
        ),
        Column::SignedOn => ("Ngày ký, dd/mm/yyyy.", "Day of signature, dd/mm/yyyy."),
        Column::EndsOn => (
            "Ngày cuối còn hiệu lực, dd/mm/yyyy; để trống thì tính 36 tháng từ ngày ký.",
            "Last day in force, dd/mm/yyyy; empty means 36 months from the signature.",
        ),
        Column::Gtin => (
            "8, 12, 13 hoặc 14 chữ số, để dạng văn bản; không có thì để trống.",
            "8, 12, 13 or 14 digits, as text; empty if there is none.",
        ),
        Column::NetQuantity => ("Khối lượng, thể tích hoặc quy cách.", "Weight, volume or pack."),
        Column::ActiveFrom | Column::ActiveTo => ("", ""),
    };
    language.of(vietnamese, english)
}

#[cfg(test)]
mod tests {
    use super::super::{Defaults, preview};
    use super::*;

    #[test]
    fn the_example_is_read_without_a_fault_and_with_every_column() {
        let (headings, rows) = example();
        let lines = rows.iter().map(|row| row.join(";"));
        let file = [headings.join(";")].into_iter().chain(lines).collect::<Vec<_>>().join("\n");
        let read = preview(file.as_bytes(), &Defaults::default()).unwrap();
        assert_eq!(read.problems().next(), None);
        assert_eq!((read.entries().len(), read.rows.len()), (2, 2));
    }

    #[test]
    fn the_document_has_the_columns_of_the_code() {
        let document = include_str!("../../docs/ANNEX.md");
        assert!(document.contains(&markdown(Language::English)), "{}", markdown(Language::English));
    }

    #[test]
    fn columns_without_which_nothing_is_read_are_said_to_be_needed() {
        let (headings, rows) = example();
        for (at, column) in columns().iter().enumerate() {
            let without = |row: &Vec<String>| {
                let kept = row.iter().enumerate().filter(|(it, _)| *it != at);
                kept.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(";")
            };
            let file = [without(&headings), without(&rows[0])].join("\n");
            let read = preview(file.as_bytes(), &Defaults::default());
            assert_eq!(read.is_err(), column.needed != Needed::No, "{}", column.heading);
        }
    }
}
