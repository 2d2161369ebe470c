//! An official paper: the heading, title, text and signatures that Nghị định 30/2020/NĐ-CP, Annex I,
//! asks for, and a QR symbol to check it by.

use super::fonts::PaperFonts;
use super::paper::{Margins, PageNumbers, Paper, PaperError, Type};
use super::table::{self, Table};
use crate::domain::calendar::Day;
use crate::printing::ErrorCorrection;
use crate::printing::qr;
use crate::vietnamese;

/// White around the text (Annex I, part I, 2).
const MARGINS: Margins = Margins { left: 30.0, right: 20.0, top: 20.0, bottom: 20.0 };
const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// Where papers of the office are made.
const PLACE: &str = "Hà Nội";

const NATION_TYPE: Type = Type::Bold(12.0);
const MOTTO_TYPE: Type = Type::Bold(13.0);
const ISSUER_TYPE: Type = Type::Bold(12.0);
const PLACE_TYPE: Type = Type::Italic(13.0);
const TITLE_TYPE: Type = Type::Bold(14.0);
/// Running text: 13 to 14 points (Annex I, part II, 6).
pub(super) const TEXT_TYPE: Type = Type::Regular(13.0);
/// The middles of the two columns of the heading, and the width of the left one.
const ISSUER_X: f32 = 60.0;
const ISSUER_WIDTH: f32 = 62.0;
const NATION_X: f32 = 144.0;
/// Start of a paragraph (Annex I, part II, 6: 1 to 1,27 cm).
const INDENT: f32 = 10.0;
/// From line to line, single spaced at 13 points.
const LINE_MM: f32 = 5.7;
const PARAGRAPH_GAP: f32 = 1.2;
const SYMBOL_SIDE: f32 = 22.0;
/// A signature with its room to sign.
const SIGNATURE_ROOM: f32 = 34.0;

/// A part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of a part.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A fact with its name.
    Fact(&'static str, String),
    /// A table.
    Table(Table),
}

/// A place to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Who signs.
    pub who: &'static str,
    /// How: under the title, in brackets.
    pub note: &'static str,
}

impl Signature {
    pub(super) const fn of(who: &'static str) -> Self {
        Self { who, note: "(Ký, ghi rõ họ tên)" }
    }
}

/// What makes a text that one paper: what it is numbered with, and where it can be checked.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// Số, ký hiệu: `12/BB-BGT`.
    pub number: &'a str,
    /// The address of its page.
    pub address: &'a str,
}

/// A paper without its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Who issues it.
    pub issuer: String,
    /// The day it bears.
    pub day: Day,
    /// What it is, in capitals.
    pub title: &'static str,
    /// What it is about.
    pub about: String,
    /// To whom it goes, where it is a letter.
    pub addressee: Option<String>,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Who signs, from left to right.
    pub signatures: Vec<Signature>,
    /// What its page tells whoever checks it, by name.
    pub figures: Vec<(&'static str, String)>,
}

impl Document {
    /// Everything that is on it but its number and its day, as plain text: a paper with the same
    /// text is the same paper.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![self.issuer.clone(), self.title.to_owned(), self.about.clone()];
        lines.extend(self.addressee.clone());
        for block in &self.blocks {
            match block {
                Block::Heading(text) | Block::Paragraph(text) => lines.push(text.clone()),
                Block::Fact(label, value) => lines.push(format!("{label}: {value}")),
                Block::Table(table) => lines.extend(table.rows.iter().map(|row| row.join("\t"))),
            }
        }
        lines.extend(self.signatures.iter().map(|one| one.who.to_owned()));
        lines.join("\n")
    }

    /// Composes the paper as a PDF file. The same document and reference give the same bytes.
    ///
    /// # Errors
    /// [`PaperError`] where a font cannot be used, or the address is too long for a symbol.
    pub fn compose(
        &self,
        reference: Reference<'_>,
        fonts: PaperFonts<'_>,
    ) -> Result<Vec<u8>, PaperError> {
        let mut paper = Paper::new(fonts, MARGINS)?;
        self.heading(&mut paper, reference);
        self.title(&mut paper, reference)?;
        for block in &self.blocks {
            write(&mut paper, block);
        }
        self.signatures(&mut paper);
        let name = format!("{} số {}: {}", self.title, reference.number, self.about);
        let foot = format!("Số {} · Kiểm tra tại {}", reference.number, reference.address);
        paper.finish(&name, &foot, PageNumbers::Above)
    }

    fn heading(&self, paper: &mut Paper<'_>, reference: Reference<'_>) {
        let top = paper.y_mm();
        paper.go_to(top - 4.0);
        paper.text_about(NATION_TYPE, NATION_X, NATION);
        paper.down(6.0, 0.0);
        paper.text_about(MOTTO_TYPE, NATION_X, MOTTO);
        let half = paper.width_mm(MOTTO_TYPE, MOTTO) / 2.0;
        let y = paper.y_mm() - 1.8;
        paper.line((NATION_X - half, y), (NATION_X + half, y), 0.6);
        paper.down(11.0, 0.0);
        let place = format!("{PLACE}, {}", in_words(self.day));
        let below_nation = paper.y_mm();

        paper.go_to(top - 4.0);
        let issuer = self.issuer.to_uppercase();
        for line in paper.lines(ISSUER_TYPE, ISSUER_WIDTH, 0.0, &issuer) {
            paper.text_about(ISSUER_TYPE, ISSUER_X, &line);
            paper.down(5.2, 0.0);
        }
        let y = paper.y_mm() + 2.6;
        paper.line((ISSUER_X - 12.0, y), (ISSUER_X + 12.0, y), 0.6);
        paper.down(3.6, 0.0);
        let level = paper.y_mm().min(below_nation);
        paper.go_to(level);
        paper.text_about(TEXT_TYPE, ISSUER_X, &format!("Số: {}", reference.number));
        paper.text_about(PLACE_TYPE, NATION_X, &place);
    }

    fn title(&self, paper: &mut Paper<'_>, reference: Reference<'_>) -> Result<(), PaperError> {
        let (left, right) = paper.sides();
        let middle = f32::midpoint(left, right);
        let symbol = qr::encode(reference.address, ErrorCorrection::M)?;
        let top = paper.y_mm() - 7.0;
        paper.symbol(&symbol, (left, top), SYMBOL_SIDE);
        paper.go_to(top - 6.0);
        paper.text_about(TITLE_TYPE, middle, self.title);
        let width = right - left - 2.0 * (SYMBOL_SIDE + 4.0);
        for line in paper.lines(TITLE_TYPE, width, 0.0, &self.about) {
            paper.down(6.4, 0.0);
            paper.text_about(TITLE_TYPE, middle, &line);
        }
        let y = paper.y_mm() - 2.4;
        paper.line((middle - 18.0, y), (middle + 18.0, y), 0.6);
        let below = (paper.y_mm() - 12.0).min(top - SYMBOL_SIDE - 8.0);
        paper.go_to(below);
        if let Some(addressee) = &self.addressee {
            let text = format!("Kính gửi: {addressee}");
            for line in paper.lines(TEXT_TYPE, right - left - INDENT, 0.0, &text) {
                paper.text_about(TEXT_TYPE, middle, &line);
                paper.down(LINE_MM, 0.0);
            }
            paper.down(PARAGRAPH_GAP * 2.0, 0.0);
        }
        Ok(())
    }

    fn signatures(&self, paper: &mut Paper<'_>) {
        paper.down(4.0, SIGNATURE_ROOM);
        let (left, right) = paper.sides();
        let columns = u8::try_from(self.signatures.len()).unwrap_or(1).max(1);
        // A single signature stands on the right.
        let width = (right - left) / f32::from(columns.max(2));
        let top = paper.y_mm();
        for (column, one) in (1_u8..).zip(&self.signatures) {
            let column = if columns == 1 { 2 } else { column };
            let x = left + width * (f32::from(column) - 0.5);
            paper.go_to(top);
            for line in paper.lines(Type::Bold(13.0), width - 1.0, 0.0, one.who) {
                paper.text_about(Type::Bold(13.0), x, &line);
                paper.down(5.6, 0.0);
            }
            paper.text_about(Type::Italic(12.0), x, one.note);
        }
    }
}

fn write(paper: &mut Paper<'_>, block: &Block) {
    match block {
        Block::Heading(text) => {
            paper.down(2.0, 24.0);
            spread(paper, Type::Bold(13.0), text);
        }
        Block::Paragraph(text) => spread(paper, TEXT_TYPE, text),
        Block::Fact(label, value) => spread(paper, TEXT_TYPE, &format!("- {label}: {value}")),
        Block::Table(table) => table::write(paper, table),
    }
}

/// A paragraph from margin to margin, all lines but the last of one length.
fn spread(paper: &mut Paper<'_>, kind: Type, text: &str) {
    let (left, right) = paper.sides();
    let width = right - left;
    let lines = paper.lines(kind, width, INDENT, text);
    let last = lines.len().saturating_sub(1);
    for (number, line) in lines.iter().enumerate() {
        if !paper.has_room(1.0) {
            paper.turn();
        }
        let indent = if number == 0 { INDENT } else { 0.0 };
        if number == last {
            paper.text(kind, left + indent, line);
        } else {
            paper.text_across(kind, left + indent, width - indent, line);
        }
        paper.down(LINE_MM, 0.0);
    }
    paper.down(PARAGRAPH_GAP, 0.0);
}

/// `ngày 05 tháng 02 năm 2026`: days below 10 and the first two months have a nought before them
/// (Annex I, part II, 4b).
#[must_use]
pub fn in_words(day: Day) -> String {
    let written = vietnamese::date(day);
    let mut parts = written.split('/');
    let (of_month, month, year) = (parts.next(), parts.next(), parts.next());
    let month = month.unwrap_or_default();
    let month = if matches!(month, "01" | "02") { month } else { month.trim_start_matches('0') };
    format!("ngày {} tháng {month} năm {}", of_month.unwrap_or_default(), year.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_decree_writes_them() {
        let day = |month, day| Day::from_ymd_opt(2026, month, day).unwrap();
        assert_eq!(in_words(day(2, 5)), "ngày 05 tháng 02 năm 2026");
        assert_eq!(in_words(day(3, 24)), "ngày 24 tháng 3 năm 2026");
        assert_eq!(in_words(day(10, 9)), "ngày 09 tháng 10 năm 2026");
    }
}
