//! *Biên bản kiểm tra*.

use super::official::{Block, Document, Signature, in_words};
use super::table::{Column, Table};
use crate::domain::inspection::{FindingKind, NewInspection};
use crate::vietnamese;

/// What was found, as it is written down: serials and product of the stamps beside it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The serials, as printed.
    pub serials: String,
    /// The product they were issued for.
    pub product_name: String,
    /// What was found.
    pub kind: FindingKind,
    /// More about it.
    pub note: Option<String>,
}

/// What the minutes say.
#[derive(Clone, Copy, Debug)]
pub struct InspectionMinutes<'a> {
    /// The office.
    pub office: &'a str,
    /// What was recorded.
    pub details: &'a NewInspection,
    /// What was found.
    pub found: &'a [Found],
}

impl InspectionMinutes<'_> {
    /// The minutes without their number.
    #[must_use]
    pub fn document(&self) -> Document {
        let details = self.details;
        let place = format!("{}, {}", details.place, details.commune);
        let mut blocks = vec![
            Block::Paragraph(format!(
                "Hôm nay, {}, tại {place}, Đoàn kiểm tra đã tiến hành kiểm tra việc sử dụng tem OCOP \
                 với nội dung như sau:",
                in_words(details.inspected_on)
            )),
            Block::Heading("1. Đoàn kiểm tra".into()),
            Block::Paragraph(details.team.clone()),
            Block::Heading("2. Đối tượng được kiểm tra".into()),
            Block::Paragraph(details.inspected.clone()),
            Block::Heading("3. Kết quả kiểm tra tem".into()),
        ];
        if self.found.is_empty() {
            blocks.push(Block::Paragraph("Không ghi nhận nội dung nào về tem.".into()));
        } else {
            blocks.push(Block::Table(table(self.found)));
        }
        let none = || "không".to_owned();
        blocks.push(Block::Heading("4. Mẫu đã lấy và yêu cầu".into()));
        blocks.push(Block::Fact("Mẫu đã lấy", details.samples.clone().unwrap_or_else(none)));
        blocks.push(Block::Fact("Yêu cầu", details.requests.clone().unwrap_or_else(none)));
        let remedy = details.remedy_by.map(vietnamese::date);
        blocks.extend(remedy.map(|day| Block::Fact("Khắc phục trước ngày", day)));
        blocks.push(Block::Paragraph(
            "Biên bản đã được đọc lại cho những người có tên trên cùng nghe, nhất trí và ký tên."
                .into(),
        ));
        let opinion = "Ý kiến khác của đối tượng được kiểm tra (nếu có): ………………………";
        blocks.push(Block::Paragraph(opinion.into()));
        Document {
            issuer: self.office.to_owned(),
            day: details.inspected_on,
            title: "BIÊN BẢN",
            about: "Kiểm tra việc sử dụng tem OCOP".into(),
            addressee: None,
            blocks,
            signatures: vec![
                Signature::of("ĐỐI TƯỢNG ĐƯỢC KIỂM TRA"),
                Signature::of("ĐẠI DIỆN ĐOÀN KIỂM TRA"),
            ],
            figures: vec![
                ("Đối tượng được kiểm tra", details.inspected.clone()),
                ("Nơi kiểm tra", place),
                ("Số nội dung ghi nhận", self.found.len().to_string()),
            ],
        }
    }
}

fn table(found: &[Found]) -> Table {
    let row = |(number, one): (usize, &Found)| {
        let note = one.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
        vec![
            number.to_string(),
            one.serials.clone(),
            one.product_name.clone(),
            format!("{}{note}", named(one.kind)),
        ]
    };
    Table {
        columns: vec![
            Column { head: "TT", share: 8, is_number: false },
            Column { head: "Số sê-ri", share: 27, is_number: false },
            Column { head: "Tem cấp cho sản phẩm", share: 30, is_number: false },
            Column { head: "Ghi nhận", share: 35, is_number: false },
        ],
        rows: (1..).zip(found).map(row).collect(),
        starts_with_sum: false,
    }
}

/// What was found in the words of the office: signs, never a verdict about goods.
fn named(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::InOrder => "Đúng quy định",
        FindingKind::NotActivated => "Chưa kích hoạt, đã bày bán",
        FindingKind::Copied => "Có dấu hiệu bị sao chép",
        FindingKind::OtherProduct => "Dán trên sản phẩm khác",
        FindingKind::Damaged => "Hư hỏng",
        FindingKind::Other => "Khác",
    }
}
