//! *Biên bản bàn giao tem*: a print shop hands stamps over to a producer.

use super::official::{Block, Document, Signature, in_words};
use crate::domain::calendar::Day;
use crate::vietnamese;

/// Most runs of serials that are written out.
const RUNS_MAX: usize = 40;

/// One of the two sides.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address, where it is known.
    pub address: Option<&'a str>,
    /// What it is known by: a licence, a tax code.
    pub known_by: Option<(&'static str, &'a str)>,
}

/// What was received.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// Stamps by the producer's count.
    pub stamps: u64,
    /// The day.
    pub on: Day,
    /// Why it is not what was handed over.
    pub reason: Option<&'a str>,
}

/// What the minutes say.
#[derive(Clone, Copy, Debug)]
pub struct HandOverMinutes<'a> {
    /// The print shop.
    pub giver: Side<'a>,
    /// The producer.
    pub receiver: Side<'a>,
    /// The number both sides know the hand-over by.
    pub minutes: &'a str,
    /// The day.
    pub handed_on: Day,
    /// The batch.
    pub batch: &'a str,
    /// The serials of the stamps that were handed over, each run of them in words.
    pub serials: &'a [String],
    /// The product.
    pub product_name: &'a str,
    /// Stamps by the shop's count.
    pub stated: u64,
    /// Stamps that the register moved.
    pub moved: u64,
    /// What the producer said, where it did.
    pub received: Option<Received<'a>>,
}

impl HandOverMinutes<'_> {
    /// The minutes without their number.
    #[must_use]
    pub fn document(&self) -> Document {
        let stamps = |count| format!("{} tem", vietnamese::number(count));
        let mut blocks = vec![Block::Paragraph(format!(
            "Hôm nay, {}, hai bên cùng lập biên bản bàn giao tem OCOP với nội dung như sau:",
            in_words(self.handed_on)
        ))];
        blocks.push(Block::Heading("1. Bên giao (cơ sở in)".into()));
        blocks.extend(side(&self.giver));
        blocks.push(Block::Heading("2. Bên nhận (chủ thể OCOP)".into()));
        blocks.extend(side(&self.receiver));
        blocks.push(Block::Heading("3. Nội dung bàn giao".into()));
        blocks.push(Block::Fact("Sản phẩm", self.product_name.to_owned()));
        blocks.push(Block::Fact("Lô tem", self.batch.to_owned()));
        blocks.extend(self.serials().map(|text| Block::Fact("Số sê-ri", text)));
        blocks.push(Block::Fact("Phiếu giao của cơ sở in", format!("số {}", self.minutes)));
        let text = format!("{}, hệ thống ghi nhận {}", stamps(self.stated), stamps(self.moved));
        blocks.push(Block::Fact("Số tem bên giao bàn giao", text));
        if let Some(received) = &self.received {
            let on = vietnamese::date(received.on);
            let text = format!("{}, xác nhận ngày {on}", stamps(received.stamps));
            blocks.push(Block::Fact("Số tem bên nhận xác nhận thực nhận", text));
            let reason = received.reason.map(str::to_owned);
            blocks.extend(reason.map(|it| Block::Fact("Lý do khác với số bên giao", it)));
        } else {
            let blank = "……………… tem".to_owned();
            blocks.push(Block::Fact("Số tem bên nhận xác nhận thực nhận", blank));
        }
        blocks.push(Block::Paragraph(
            "Bên giao không giữ lại, không in thêm tem của lô này. Bên nhận kiểm đếm, bảo quản và \
             chỉ sử dụng tem cho đúng sản phẩm nêu trên. Biên bản được lập thành 03 bản có giá trị \
             như nhau, mỗi bên giữ 01 bản, gửi Văn phòng Điều phối 01 bản."
                .into(),
        ));
        let mut figures = vec![
            ("Bên giao", self.giver.name.to_owned()),
            ("Bên nhận", self.receiver.name.to_owned()),
            ("Sản phẩm", self.product_name.to_owned()),
            ("Lô tem", self.batch.to_owned()),
            ("Số tem bàn giao", stamps(self.stated)),
        ];
        figures.extend(self.received.map(|it| ("Số tem thực nhận", stamps(it.stamps))));
        Document {
            issuer: self.giver.name.to_owned(),
            day: self.handed_on,
            title: "BIÊN BẢN",
            about: "Bàn giao tem OCOP".into(),
            addressee: None,
            blocks,
            signatures: vec![
                Signature::of("ĐẠI DIỆN BÊN GIAO"),
                Signature::of("ĐẠI DIỆN BÊN NHẬN"),
            ],
            figures,
        }
    }

    /// The runs, as many as a page has room for.
    fn serials(&self) -> Option<String> {
        let told = self.serials.iter().take(RUNS_MAX).cloned().collect::<Vec<_>>().join("; ");
        match self.serials.len().saturating_sub(RUNS_MAX) {
            0 => Some(told).filter(|told| !told.is_empty()),
            more => Some(format!("{told}; và {more} đoạn khác ghi trong hệ thống")),
        }
    }
}

fn side(side: &Side<'_>) -> Vec<Block> {
    let mut facts = vec![Block::Fact("Tên", side.name.to_owned())];
    facts.extend(side.address.map(|address| Block::Fact("Địa chỉ", address.to_owned())));
    facts.extend(side.known_by.map(|(label, value)| Block::Fact(label, value.to_owned())));
    let dots = "……………………………… Chức vụ: ………………………";
    facts.push(Block::Fact("Người đại diện", dots.into()));
    facts
}
