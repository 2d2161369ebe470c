//! *Biên bản tiêu hủy tem*.

use super::official::{Block, Document, Signature, in_words};
use super::reconciliation::{Run, runs};
use crate::domain::calendar::Day;
use crate::vietnamese;

/// What the minutes say.
#[derive(Clone, Copy, Debug)]
pub struct DestructionMinutes<'a> {
    /// The office.
    pub office: &'a str,
    /// The number it was entered under.
    pub minutes: &'a str,
    /// The day.
    pub destroyed_on: Day,
    /// Where.
    pub place: &'a str,
    /// Who saw it.
    pub witnesses: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The batch.
    pub batch: &'a str,
    /// The product.
    pub product_name: &'a str,
    /// Who makes it.
    pub producer_name: &'a str,
    /// The stamps, as they stood before.
    pub runs: &'a [Run],
    /// Who recorded and who confirmed it in the register; none where one person did both.
    pub people: Option<(&'a str, &'a str)>,
}

impl DestructionMinutes<'_> {
    /// The minutes without their number.
    #[must_use]
    pub fn document(&self) -> Document {
        let stamps: u64 = self.runs.iter().map(|run| run.stamps).sum();
        let stamps = format!("{} tem", vietnamese::number(stamps));
        let day = in_words(self.destroyed_on);
        let mut blocks = vec![
            Block::Paragraph(format!(
                "Hôm nay, {day}, tại {}, đã tiến hành tiêu hủy tem OCOP với nội dung như sau:",
                self.place
            )),
            Block::Heading("1. Thành phần chứng kiến".into()),
            Block::Paragraph(self.witnesses.to_owned()),
            Block::Heading("2. Tem tiêu hủy".into()),
            Block::Fact("Sản phẩm", self.product_name.to_owned()),
            Block::Fact("Chủ thể", self.producer_name.to_owned()),
            Block::Fact("Lô tem", self.batch.to_owned()),
            Block::Fact("Số tem tiêu hủy", stamps.clone()),
            Block::Fact("Lý do", self.reason.to_owned()),
            Block::Fact("Số biên bản đã ghi nhận trên hệ thống", self.minutes.to_owned()),
            Block::Paragraph("Các dãy số sê-ri, theo tình trạng trước khi tiêu hủy:".into()),
            Block::Table(runs(self.runs)),
            Block::Paragraph(
                "Toàn bộ số tem nêu trên đã được cắt, hủy tại chỗ, không còn khả năng sử dụng. Mã \
                 của các tem này đã bị vô hiệu trên hệ thống."
                    .into(),
            ),
        ];
        if let Some((recorded, confirmed)) = self.people {
            blocks.push(Block::Fact("Người ghi nhận trên hệ thống", recorded.to_owned()));
            blocks.push(Block::Fact("Người xác nhận trên hệ thống", confirmed.to_owned()));
        }
        Document {
            issuer: self.office.to_owned(),
            day: self.destroyed_on,
            title: "BIÊN BẢN",
            about: format!("Tiêu hủy tem OCOP lô {}", self.batch),
            addressee: None,
            blocks,
            signatures: vec![
                Signature::of("NGƯỜI CHỨNG KIẾN"),
                Signature::of("ĐẠI DIỆN CHỦ THỂ"),
                Signature::of("ĐẠI DIỆN VĂN PHÒNG"),
            ],
            figures: vec![
                ("Lô tem", self.batch.to_owned()),
                ("Sản phẩm", self.product_name.to_owned()),
                ("Chủ thể", self.producer_name.to_owned()),
                ("Số tem tiêu hủy", stamps),
                ("Lý do", self.reason.to_owned()),
            ],
        }
    }
}
