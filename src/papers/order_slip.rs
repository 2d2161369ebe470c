//! *Phiếu đề nghị in tem*: a producer asks the office for stamps.

use super::official::{Block, Document, Signature};
use crate::domain::calendar::Day;
use crate::vietnamese;

/// What the slip says.
#[derive(Clone, Copy, Debug)]
pub struct OrderSlip<'a> {
    /// The office it goes to.
    pub office: &'a str,
    /// The order's number.
    pub order: i64,
    /// The day it was placed.
    pub placed_on: Day,
    /// Who asks.
    pub producer_name: &'a str,
    /// Its tax code, where it has one.
    pub tax_code: Option<&'a str>,
    /// Its address, where it is known.
    pub address: Option<&'a str>,
    /// The product.
    pub product_name: &'a str,
    /// The recognition it stands by: stars, number of the decision, day of signature, last day.
    pub recognition: Option<(u8, &'a str, Day, Day)>,
    /// How many stamps.
    pub stamps: u64,
    /// The plan that pays; none where the producer does.
    pub plan: Option<&'a str>,
    /// The day the stamps are wanted by.
    pub wanted_on: Option<Day>,
}

impl OrderSlip<'_> {
    /// The slip without its number.
    #[must_use]
    pub fn document(&self) -> Document {
        let stamps = format!("{} tem", vietnamese::number(self.stamps));
        let mut blocks = vec![Block::Heading("1. Chủ thể đề nghị".into())];
        let mut fact = |label, value: Option<String>| {
            blocks.extend(value.map(|value| Block::Fact(label, value)));
        };
        fact("Tên chủ thể", Some(self.producer_name.to_owned()));
        fact("Mã số thuế", self.tax_code.map(str::to_owned));
        fact("Địa chỉ", self.address.map(str::to_owned));
        blocks.push(Block::Heading("2. Nội dung đề nghị".into()));
        let mut fact = |label, value: Option<String>| {
            blocks.extend(value.map(|value| Block::Fact(label, value)));
        };
        fact("Sản phẩm", Some(self.product_name.to_owned()));
        if let Some((stars, decision, signed_on, ends_on)) = self.recognition {
            fact("Hạng sao", Some(format!("{stars} sao")));
            let (signed_on, ends_on) = (vietnamese::date(signed_on), vietnamese::date(ends_on));
            let text = format!("số {decision} ngày {signed_on}, có giá trị đến ngày {ends_on}");
            fact("Quyết định công nhận", Some(text));
        }
        fact("Đơn đề nghị cấp tem", Some(format!("số {}", self.order)));
        fact("Số lượng đề nghị in", Some(stamps.clone()));
        let plan = self.plan.map(|plan| format!("ngân sách hỗ trợ theo {plan}"));
        fact("Kinh phí", Some(plan.unwrap_or_else(|| "chủ thể tự chi trả".into())));
        fact("Ngày cần tem", self.wanted_on.map(vietnamese::date));
        blocks.push(Block::Heading("3. Cam kết".into()));
        blocks.push(Block::Paragraph(
            "Chủ thể cam kết chỉ sử dụng tem cho đúng sản phẩm nêu trên trong thời hạn công nhận; \
             kích hoạt tem trước khi đưa sản phẩm ra thị trường; báo ngay cho Văn phòng khi tem bị \
             hỏng hoặc thất lạc; không chuyển nhượng tem cho tổ chức, cá nhân khác."
                .into(),
        ));
        Document {
            issuer: self.producer_name.to_owned(),
            day: self.placed_on,
            title: "PHIẾU ĐỀ NGHỊ",
            about: "In tem OCOP".into(),
            addressee: Some(self.office.to_owned()),
            blocks,
            signatures: vec![Signature {
                who: "ĐẠI DIỆN CHỦ THỂ",
                note: "(Ký, ghi rõ họ tên, đóng dấu nếu có)",
            }],
            figures: vec![
                ("Chủ thể", self.producer_name.to_owned()),
                ("Sản phẩm", self.product_name.to_owned()),
                ("Số lượng đề nghị in", stamps),
            ],
        }
    }
}
