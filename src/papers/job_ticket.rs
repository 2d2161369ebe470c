//! *Phiếu giao in*: what a print shop needs to know about a job, to check and to sign.

use super::fonts::PaperFonts;
use super::paper::{Margins, PAGE_MM, PageNumbers, Paper, PaperError, Type};
use crate::domain::calendar::Day;
use crate::printing::design::{Fact, TextLanguage};
use crate::printing::{Design, Imposition, Label, LeftOut, Volume};
use crate::vietnamese;

const MARGINS: Margins = Margins { left: 20.0, right: 20.0, top: 20.0, bottom: 18.0 };
const LEFT: f32 = MARGINS.left;
const RIGHT: f32 = PAGE_MM.0 - MARGINS.right;
/// Where values start, beside their labels.
const VALUES: f32 = LEFT + 38.0;

/// Label of the design, under which its checksum stands.
const DESIGN: &str = "Mẫu tem";

/// What the press must keep to.
const NOTES: [&str; 6] = [
    "In đúng tỷ lệ 100 %, không co giãn, không xoay, không “vừa trang”.",
    "Mã QR và số sê-ri chỉ in mực đen (K 100 %), không pha màu, không chuyển sang RGB.",
    "Giữ nguyên vùng trắng quanh mã QR, dấu xén và dòng ghi chú dưới chân mỗi tờ.",
    "Đối chiếu SHA-256 của từng tệp trước khi in; sai khác thì báo lại, không in.",
    "In thử một tờ, quét thử mọi mã trên tờ đó bằng điện thoại trước khi chạy cả lô.",
    "Tem hỏng phải giữ lại và lập biên bản theo số sê-ri; không tự in bù.",
];

/// The facts on the ticket.
#[derive(Clone, Copy, Debug)]
pub struct JobTicket<'a> {
    /// The office that gives the job.
    pub office: &'a str,
    /// What the stamps say.
    pub label: Label<'a>,
    /// The order the batch was issued for.
    pub order: &'a str,
    /// How stamps lie on the sheets.
    pub imposition: &'a Imposition,
    /// What they look like.
    pub design: &'a Design,
    /// Plates that are left out.
    pub without: &'a LeftOut,
    /// Size of the symbols' modules, in dots and in millimetres.
    pub module: (i32, f64),
    /// When the batch was issued.
    pub issued_on: Day,
    /// The files, each with its name.
    pub files: &'a [(String, Volume)],
}

impl JobTicket<'_> {
    /// Composes the ticket as a PDF file. The same facts give the same bytes.
    ///
    /// # Errors
    /// [`PaperError`] where a font cannot be used.
    pub fn compose(&self, fonts: PaperFonts<'_>) -> Result<Vec<u8>, PaperError> {
        let mut paper = Paper::new(fonts, MARGINS)?;
        self.heading(&mut paper);
        self.facts(&mut paper);
        self.volumes(&mut paper);
        notes(&mut paper);
        signatures(&mut paper);
        let title = format!("Phiếu giao in tem OCOP, lô {}", self.label.batch);
        paper.finish(&title, &title, PageNumbers::InFoot)
    }

    fn heading(&self, paper: &mut Paper<'_>) {
        paper.paragraph(Type::Regular(9.0), LEFT, RIGHT - LEFT, self.office);
        paper.down(11.0, 0.0);
        paper.text(Type::Bold(20.0), LEFT, "PHIẾU GIAO IN TEM OCOP");
        paper.down(7.0, 0.0);
        let issued_on = vietnamese::date(self.issued_on);
        let line = format!("Lô tem {} · phát hành ngày {issued_on}", self.label.batch);
        paper.text(Type::Regular(11.0), LEFT, &line);
        paper.down(9.0, 0.0);
        paper.rule(5.0, 1.2);
    }

    fn facts(&self, paper: &mut Paper<'_>) {
        let stamps: u64 = self.files.iter().map(|(_, volume)| volume.stamps).sum();
        let sheets = self.files.last().map_or(0, |(_, volume)| volume.last_sheet);
        let imposition = self.imposition;
        let layout = &imposition.layout;
        let (page, trim) = (layout.page_mm, self.design.data.size_mm);
        let (dots, module_mm) = self.module;
        let grid = format!(
            "{} × {} = {} tem mỗi tờ; tem {} × {} mm, tràn lề {} mm",
            imposition.columns(),
            imposition.rows(),
            imposition.cells(),
            decimal(trim.0),
            decimal(trim.1),
            decimal(self.design.data.bleed_mm),
        );
        let module_mm = decimal((module_mm * 1000.0).round() / 1000.0);
        let die = &layout.die;
        let cut = if die.is_drawn(layout.press.standard) && !self.without.has(&die.name) {
            format!("đường bế màu pha “{}”, in đè, trên lớp riêng", die.name)
        } else {
            "không có đường bế trong tệp".to_owned()
        };
        let mut facts = self.said();
        facts.extend([
            ("Đơn đề nghị", self.order.to_owned()),
            ("Số tem", vietnamese::number(stamps)),
            ("Số tờ in", format!("{} tờ, {} tập", vietnamese::number(sheets), self.files.len())),
            ("Khổ giấy", format!("{} × {} mm", decimal(page.0), decimal(page.1))),
            ("Bố cục", format!("{} ({grid})", layout.name)),
            (DESIGN, format!("{}, phiên bản {}", self.design.name, self.design.data.version)),
            (
                "Tệp in",
                format!(
                    "{}, {} dpi, mỗi mô-đun mã QR {dots} điểm ({module_mm} mm)",
                    layout.press.standard.title(),
                    layout.dots().dpi()
                ),
            ),
            ("Cắt, bế", cut),
        ]);
        let without: Vec<&str> = self.without.names().collect();
        if !without.is_empty() {
            facts.push(("Bản không in", without.join(", ")));
        }
        for (label, value) in facts {
            paper.text(Type::Regular(9.5), LEFT, label);
            paper.paragraph(Type::Bold(9.5), VALUES, RIGHT - VALUES, &value);
            if label == DESIGN {
                paper.down(4.4, 0.0);
                paper.text(Type::Regular(7.5), VALUES, "SHA-256");
                paper.text(Type::Mono(7.5), VALUES + 14.0, &self.design.sha256);
            }
            paper.down(6.0, 0.0);
        }
        if let (Some((_, first)), Some((_, last))) = (self.files.first(), self.files.last()) {
            let range = format!("{} – {}", first.first_serial, last.last_serial);
            paper.text(Type::Regular(9.5), LEFT, "Số sê-ri");
            paper.text(Type::Mono(9.5), VALUES, &range);
            paper.down(4.0, 0.0);
        }
    }

    /// What the stamps say, so that it can be compared with a printed one.
    fn said(&self) -> Vec<(&'static str, String)> {
        let said = |fact| self.label.said(fact, TextLanguage::Vi);
        let stars = said(Fact::Stars).map(|stars| format!("{stars} sao"));
        let facts = [
            ("Sản phẩm", said(Fact::Product)),
            ("Chủ thể", said(Fact::Producer)),
            ("Hạng", stars),
            ("Quyết định", said(Fact::Decision)),
            ("Có giá trị đến", said(Fact::ValidUntil)),
            ("Xã, phường", said(Fact::Commune)),
            ("Lô sản xuất", said(Fact::Lot)),
        ];
        facts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
    }

    fn volumes(&self, paper: &mut Paper<'_>) {
        section(paper, "CÁC TẬP");
        for (name, volume) in self.files {
            paper.rule(4.2, 0.3);
            paper.text(Type::Bold(9.5), LEFT, &format!("{}", volume.number));
            paper.text(Type::Bold(9.5), LEFT + 8.0, name);
            let sheets = format!(
                "tờ {}–{} · {} tem",
                volume.first_sheet,
                volume.last_sheet,
                vietnamese::number(volume.stamps)
            );
            paper.text_to(Type::Regular(9.5), RIGHT, &sheets);
            paper.down(4.8, 0.0);
            let range = format!("{} – {}", volume.first_serial, volume.last_serial);
            paper.text(Type::Mono(8.5), LEFT + 8.0, &range);
            paper.text_to(
                Type::Regular(8.5),
                RIGHT,
                &format!("{} byte", vietnamese::number(volume.bytes)),
            );
            paper.down(4.4, 0.0);
            paper.text(Type::Regular(7.5), LEFT + 8.0, "SHA-256");
            paper.text(Type::Mono(7.5), LEFT + 22.0, &volume.sha256);
            paper.down(6.6, 12.0);
        }
    }
}

fn notes(paper: &mut Paper<'_>) {
    section(paper, "YÊU CẦU KHI IN");
    for (number, note) in (1..).zip(NOTES) {
        paper.text(Type::Bold(9.5), LEFT, &format!("{number}."));
        paper.paragraph(Type::Regular(9.5), LEFT + 8.0, RIGHT - LEFT - 8.0, note);
        paper.down(5.6, 6.0);
    }
}

fn signatures(paper: &mut Paper<'_>) {
    paper.down(4.0, 20.0);
    let second = LEFT + 95.0;
    for (x, who) in [(LEFT, "BÊN GIAO"), (second, "CƠ SỞ IN")] {
        paper.text(Type::Bold(9.5), x, who);
    }
    paper.down(5.0, 0.0);
    for x in [LEFT, second] {
        paper.text(Type::Regular(8.5), x, "Ngày …… / …… / ………   Ký, ghi rõ họ tên");
    }
}

/// A heading with room for what follows it.
fn section(paper: &mut Paper<'_>, heading: &str) {
    paper.down(9.0, 24.0);
    paper.text(Type::Bold(11.0), LEFT, heading);
    paper.down(7.5, 0.0);
}

/// A length as it is written in Vietnam: `4,5`.
fn decimal(length_mm: f64) -> String {
    length_mm.to_string().replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_with_a_comma() {
        assert_eq!(decimal(4.5), "4,5");
    }
}
