//! The columns that mean something to the register, and how people head them.

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
         | so quyet dinh cong nhan | quyet dinh cong nhan | so ky hieu | so ky hieu quyet dinh",
    ),
    (
        Column::Authority,
        "co quan cong nhan | co quan cap | co quan ban hanh | co quan ky \
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
         | ngay cong nhan | ngay ky quyet dinh | ngay ky qd | ngay thang nam ky \
         | ngay quyet dinh cong nhan | ngay ky quyet dinh cong nhan | ngay ban hanh quyet dinh",
    ),
    (
        Column::EndsOn,
        "co gia tri den ngay | co gia tri den | gia tri den ngay | gia tri den \
         | hieu luc den | hieu luc den ngay | co hieu luc den ngay | co hieu luc den \
         | ngay het han | ngay het hieu luc | het han | thoi han den | den ngay hieu luc \
         | thoi han den ngay | den ngay thoi han",
    ),
    (Column::Gtin, "gtin | ma gtin | ma vach | ma so ma vach | ma so gtin"),
    (
        Column::NetQuantity,
        "dinh luong quy cach | dinh luong | khoi luong tinh | khoi luong | trong luong | quy cach \
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
            Self::Authority => "Cơ quan công nhận",
            Self::Level => "Cấp",
            Self::SignedOn => "Ngày ký",
            Self::EndsOn => "Có giá trị đến ngày",
            Self::Gtin => "Mã GTIN",
            Self::NetQuantity => "Định lượng, quy cách",
            Self::ActiveFrom => "Từ ngày",
            Self::ActiveTo => "Đến ngày",
        }
    }

    /// The spellings of its heading, folded, the usual ones first.
    pub(super) fn spellings(self) -> impl Iterator<Item = &'static str> {
        let own = SPELLINGS.iter().filter(move |(column, _)| *column == self);
        own.flat_map(|(_, spellings)| spellings.split(" | "))
    }

    /// The column of that heading, among those wanted, and how usual the spelling is, 0 most. A remark
    /// in brackets does not count.
    pub(super) fn recognise(heading: &str, wanted: &[Self]) -> Option<(Self, usize)> {
        let name = heading.split_once('(').map_or(heading, |(name, _)| name);
        let folded = fold(name);
        wanted.iter().find_map(|column| {
            let rank = column.spellings().position(|spelling| spelling == folded)?;
            Some((*column, rank))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::ANNEX_COLUMNS;
    use super::*;

    fn known(heading: &str) -> Option<Column> {
        Column::recognise(heading, &ANNEX_COLUMNS).map(|(column, _)| column)
    }

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
            ("Ðịa chỉ", Column::Address),
            ("\u{189}ịa chỉ", Column::Address),
        ];
        for (heading, column) in spelt {
            assert_eq!(known(heading), Some(column), "{heading}");
        }
        assert_eq!(known("Ghi chú"), None);
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
            assert_eq!(known(column.heading()), Some(column));
        }
    }
}
