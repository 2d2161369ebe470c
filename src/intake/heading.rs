//! Finding the row of headings and telling which column is which.

use super::error::IntakeError;
use super::limits::ROWS_ABOVE_HEADINGS;
use super::table::{Row, Table};
use crate::vietnamese::fold;

/// A column that means something to the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Ordinal,
    Producer,
    Kind,
    TaxCode,
    Address,
    Product,
    Group,
    Stars,
    DecisionNumber,
    Authority,
    Level,
    SignedOn,
    EndsOn,
    Gtin,
    NetQuantity,
    ActiveFrom,
    ActiveTo,
}

/// The spellings of headings in use, folded.
const SPELLINGS: [(Column, &str); 17] = [
    (Column::Ordinal, "stt | tt | so tt | so thu tu"),
    (
        Column::Producer,
        "chu the | ten chu the | chu the san xuat | ten chu the san xuat \
         | chu the ocop | ten chu the ocop | chu the san pham | don vi san xuat \
         | ten don vi | ten co so | co so san xuat | ten co so san xuat | nha san xuat",
    ),
    (
        Column::Kind,
        "loai hinh | loai hinh chu the | loai chu the | loai hinh to chuc \
         | loai hinh san xuat | hinh thuc to chuc | loai hinh kinh doanh",
    ),
    (Column::TaxCode, "ma so thue | mst | ma so doanh nghiep | ma so thue mst"),
    (
        Column::Address,
        "dia chi | dia chi san xuat | dia chi chu the | dia chi co so \
         | dia chi tru so | noi san xuat | dia diem | dia diem san xuat",
    ),
    (Column::Product, "san pham | ten san pham | san pham ocop | ten san pham ocop"),
    (
        Column::Group,
        "nhom | nhom san pham | thuoc nhom | thuoc nhom san pham | nganh hang \
         | nganh san pham | nhom nganh | nhom nganh hang",
    ),
    (
        Column::Stars,
        "hang sao | so sao | sao | phan hang | hang | xep hang | xep hang sao \
         | phan hang sao | thu hang sao | thu hang | hang san pham | dat hang \
         | hang sao dat duoc | ket qua | ket qua phan hang | ket qua xep hang \
         | ket qua danh gia | ket qua danh gia phan hang",
    ),
    (
        Column::DecisionNumber,
        "so quyet dinh | quyet dinh so | quyet dinh | so qd | qd so | qd \
         | so quyet dinh cong nhan | quyet dinh cong nhan | so ky hieu",
    ),
    (
        Column::Authority,
        "co quan cap | co quan ban hanh | co quan cong nhan | co quan ky \
         | co quan quyet dinh | co quan | don vi cap | noi cap | ten co quan",
    ),
    (
        Column::Level,
        "cap | cap cong nhan | cap ban hanh | cap danh gia | cap co quan \
         | cap quyet dinh | cap hanh chinh",
    ),
    (
        Column::SignedOn,
        "ngay ky | ngay ky ban hanh | ngay ban hanh | ngay quyet dinh | ngay cap \
         | ngay cong nhan | ngay ky quyet dinh | ngay ky qd | ngay thang nam ky",
    ),
    (
        Column::EndsOn,
        "co gia tri den ngay | co gia tri den | gia tri den ngay | gia tri den \
         | hieu luc den | hieu luc den ngay | co hieu luc den ngay | co hieu luc den \
         | ngay het han | ngay het hieu luc | het han | thoi han den",
    ),
    (Column::Gtin, "gtin | ma gtin | ma vach | ma so ma vach | ma so gtin"),
    (
        Column::NetQuantity,
        "khoi luong tinh | dinh luong | khoi luong | trong luong | quy cach \
         | quy cach dong goi | khoi luong tinh dinh luong | the tich thuc",
    ),
    (Column::ActiveFrom, "tu ngay | hoat dong tu ngay | bat dau"),
    (Column::ActiveTo, "den ngay | hoat dong den ngay | ket thuc"),
];

impl Column {
    /// The heading that people are told.
    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Ordinal => "STT",
            Self::Producer => "Chủ thể",
            Self::Kind => "Loại hình",
            Self::TaxCode => "Mã số thuế",
            Self::Address => "Địa chỉ",
            Self::Product => "Sản phẩm",
            Self::Group => "Nhóm sản phẩm",
            Self::Stars => "Hạng sao",
            Self::DecisionNumber => "Số quyết định",
            Self::Authority => "Cơ quan cấp",
            Self::Level => "Cấp",
            Self::SignedOn => "Ngày ký",
            Self::EndsOn => "Có giá trị đến ngày",
            Self::Gtin => "Mã GTIN",
            Self::NetQuantity => "Khối lượng tịnh",
            Self::ActiveFrom => "Từ ngày",
            Self::ActiveTo => "Đến ngày",
        }
    }

    /// The column of that heading, among those wanted. A remark in brackets does not count.
    fn recognise(heading: &str, wanted: &[Self]) -> Option<Self> {
        let name = heading.split_once('(').map_or(heading, |(name, _)| name);
        let folded = fold(name);
        let mut wanted = SPELLINGS.iter().filter(|(column, _)| wanted.contains(column));
        wanted.find(|(_, spellings)| spellings.split(" | ").any(|s| s == folded)).map(|(c, _)| *c)
    }
}

/// Where the headings are, and what they say.
#[derive(Debug)]
pub(super) struct Headings<'a> {
    /// Rows under the headings.
    pub(super) rows: &'a [Row],
    /// Headings that mean nothing to the register.
    pub(super) ignored: Vec<String>,
    known: Vec<(Column, usize, &'a str)>,
    width: usize,
}

impl<'a> Headings<'a> {
    /// The row, among the first ones, in which most headings are known; at least two must be.
    pub(super) fn find(table: &'a Table, wanted: &[Column]) -> Option<Self> {
        let rows = table.rows();
        let candidates = rows.iter().take(ROWS_ABOVE_HEADINGS).enumerate();
        let read = candidates.map(|(at, row)| {
            let below = rows.get(at + 1..).unwrap_or_default();
            Self::read(row, below, wanted)
        });
        // The first of equals: a later row may repeat the headings.
        read.filter(|headings| headings.known.len() >= 2)
            .reduce(|best, next| if next.known.len() > best.known.len() { next } else { best })
    }

    fn read(row: &'a Row, rows: &'a [Row], wanted: &[Column]) -> Self {
        let mut headings = Self { rows, ignored: Vec::new(), known: Vec::new(), width: 0 };
        for (at, cell) in &row.cells {
            headings.width = headings.width.max(at + 1);
            match Column::recognise(&cell.text, wanted) {
                Some(column) if headings.place(column).is_none() => {
                    headings.known.push((column, *at, &cell.text));
                }
                _ => headings.ignored.push(cell.text.clone()),
            }
        }
        headings
    }

    /// How many headings are known.
    pub(super) fn known(&self) -> usize {
        self.known.len()
    }

    /// Where a column is.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.known.iter().find(|(known, ..)| *known == column).map(|(_, at, _)| *at)
    }

    /// The heading as the file has it, or the usual one.
    pub(super) fn heading(&self, column: Column) -> &str {
        let known = self.known.iter().find(|(known, ..)| *known == column);
        known.map_or(column.heading(), |(_, _, text)| text)
    }

    /// One column more than the headings take up.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// That all of these columns are there.
    pub(super) fn require(&self, columns: &[Column]) -> Result<(), IntakeError> {
        let missing: Vec<_> = columns
            .iter()
            .filter(|column| self.place(**column).is_none())
            .map(|column| column.heading())
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let known = self.known.iter().map(|(_, _, text)| (*text).to_owned());
        Err(IntakeError::MissingColumns {
            missing,
            found: known.chain(self.ignored.clone()).collect(),
        })
    }
}

/// The error for a table without headings.
pub(super) fn no_headings(table: &Table) -> IntakeError {
    match table.rows().first() {
        None => IntakeError::Empty,
        Some(row) => IntakeError::NoHeadings {
            found: row.cells.iter().map(|(_, cell)| cell.text.clone()).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::ANNEX_COLUMNS;
    use super::*;

    #[test]
    fn headings_are_known_in_any_spelling() {
        let spelt = [
            ("TÊN CHỦ THỂ", Column::Producer),
            ("Chủ thể\nsản xuất", Column::Producer),
            ("Hạng sao (3-5)", Column::Stars),
            ("Mã số thuế *", Column::TaxCode),
            ("Ngày ký, ban hành", Column::SignedOn),
            ("Co\u{301} gia\u{301} trị đến ngày", Column::EndsOn),
            ("Số QĐ", Column::DecisionNumber),
        ];
        for (heading, column) in spelt {
            assert_eq!(Column::recognise(heading, &ANNEX_COLUMNS), Some(column), "{heading}");
        }
        assert_eq!(Column::recognise("Ghi chú", &ANNEX_COLUMNS), None);
    }

    #[test]
    fn no_spelling_names_two_columns_and_each_is_folded() {
        let mut all: Vec<&str> = SPELLINGS.iter().flat_map(|(_, all)| all.split(" | ")).collect();
        assert!(all.iter().all(|spelling| fold(spelling) == *spelling));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        for column in ANNEX_COLUMNS {
            assert_eq!(Column::recognise(column.heading(), &ANNEX_COLUMNS), Some(column));
        }
    }
}
