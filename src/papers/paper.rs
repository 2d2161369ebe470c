//! A plain A4 paper: lines of text and rules from the top down, page after page.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Cmyk, Color, FontId, Line, LinePoint, Mm, Op, PaintMode, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, TextItem, WindingOrder,
};
use thiserror::Error;
use ttf_parser::Face;

use super::fonts::{PaperFonts, subset};
use crate::fonts::{self, Obstacle, Unprintable};
use crate::printing::QrError;
use crate::printing::qr::Symbol;

pub(super) const PAGE_MM: (f32, f32) = (210.0, 297.0);
const MM_PER_PT: f32 = 25.4 / 72.0;
/// From line to line, as a part of the letters' size.
const LEADING: f32 = 1.4;
/// Heights of what stands in the margins, above the lower edge.
const FOOT_MM: f32 = 12.0;
const PAGE_NUMBER_MM: f32 = PAGE_MM.1 - 13.0;

/// What a paper calls the font that has what the font of a text lacks.
const FALLBACK: &str = "Fallback";

/// White around what is written, in millimetres.
#[derive(Clone, Copy, Debug)]
pub(super) struct Margins {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// Where the number of a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageNumbers {
    /// In the foot, with how many there are: `Trang 2/3`.
    InFoot,
    /// Above the text, in the middle, from the second page on (Nghị định 30/2020/NĐ-CP, Annex I).
    Above,
}

/// Why a paper cannot be composed.
#[derive(Debug, Error)]
pub enum PaperError {
    /// The bytes are not a font.
    #[error("not a usable font")]
    Font(#[from] ttf_parser::FaceParsingError),
    /// The font cannot be cut down to the glyphs in use.
    #[error("the font cannot be subset")]
    Subset(#[from] subsetter::Error),
    /// A text has what no font prints.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// The address for the QR symbol is too long.
    #[error("the address of the paper does not fit a QR symbol")]
    Symbol(#[from] QrError),
    /// The file could not be put together.
    #[error("the paper could not be written")]
    Write(#[from] std::io::Error),
}

/// One of the fonts, and a size in points.
#[derive(Clone, Copy, Debug)]
pub(super) enum Type {
    Regular(f32),
    Bold(f32),
    Italic(f32),
    Mono(f32),
}

impl Type {
    fn id(self) -> &'static str {
        match self {
            Self::Regular(_) => "Regular",
            Self::Bold(_) => "Bold",
            Self::Italic(_) => "Italic",
            Self::Mono(_) => "Mono",
        }
    }

    /// Sets a font in this size.
    fn set(self, id: &str) -> Op {
        let font = PdfFontHandle::External(FontId(id.to_owned()));
        Op::SetFont { font, size: Pt(self.size_pt()) }
    }

    pub(super) fn size_pt(self) -> f32 {
        match self {
            Self::Regular(size) | Self::Bold(size) | Self::Italic(size) | Self::Mono(size) => size,
        }
    }

    /// From line to line.
    pub(super) fn line_mm(self) -> f32 {
        self.size_pt() * MM_PER_PT * LEADING
    }
}

/// A paper in the making.
pub(super) struct Paper<'a> {
    faces: BTreeMap<&'static str, (&'a [u8], Face<'a>)>,
    written: BTreeMap<&'static str, BTreeSet<char>>,
    pages: Vec<Vec<Op>>,
    margins: Margins,
    /// Height of the next line above the lower edge.
    y_mm: f32,
    /// The first text that cannot be written.
    unprintable: Option<Unprintable>,
}

impl<'a> Paper<'a> {
    pub(super) fn new(fonts: PaperFonts<'a>, margins: Margins) -> Result<Self, PaperError> {
        let PaperFonts { regular, bold, italic, mono } = fonts;
        let mut faces = BTreeMap::new();
        for (id, bytes) in [
            ("Regular", regular),
            ("Bold", bold),
            ("Italic", italic),
            ("Mono", mono),
            (FALLBACK, fonts::FALLBACK),
        ] {
            faces.insert(id, (bytes, Face::parse(bytes, 0)?));
        }
        let y_mm = PAGE_MM.1 - margins.top;
        let (written, pages) = (BTreeMap::new(), vec![Vec::new()]);
        Ok(Self { faces, written, pages, margins, y_mm, unprintable: None })
    }

    /// Left and right end of a line.
    pub(super) fn sides(&self) -> (f32, f32) {
        (self.margins.left, PAGE_MM.0 - self.margins.right)
    }

    /// Height of the next line above the lower edge.
    pub(super) fn y_mm(&self) -> f32 {
        self.y_mm
    }

    /// Goes to a height of the same page.
    pub(super) fn go_to(&mut self, y_mm: f32) {
        self.y_mm = y_mm;
    }

    /// Whether so much is left below the next line's height.
    pub(super) fn has_room(&self, room_mm: f32) -> bool {
        self.y_mm - room_mm >= self.margins.bottom
    }

    /// Goes to the top of a new page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y_mm = PAGE_MM.1 - self.margins.top;
    }

    /// Goes down, to a new page where less than `room_mm` is left below.
    pub(super) fn down(&mut self, by_mm: f32, room_mm: f32) {
        self.y_mm -= by_mm;
        if !self.has_room(room_mm) {
            self.turn();
        }
    }

    /// Writes a text that starts at `x_mm` from the left edge.
    pub(super) fn text(&mut self, kind: Type, x_mm: f32, text: &str) {
        self.show(kind, x_mm, vec![TextItem::Text(text.to_owned())], text);
    }

    /// Writes a text that ends at `x_mm`.
    pub(super) fn text_to(&mut self, kind: Type, x_mm: f32, text: &str) {
        self.text(kind, x_mm - self.width_mm(kind, text), text);
    }

    /// Writes a text whose middle is at `x_mm`.
    pub(super) fn text_about(&mut self, kind: Type, x_mm: f32, text: &str) {
        self.text(kind, x_mm - self.width_mm(kind, text) / 2.0, text);
    }

    /// Writes a text with its spaces widened so that it ends at `x_mm + width_mm`.
    pub(super) fn text_across(&mut self, kind: Type, x_mm: f32, width_mm: f32, text: &str) {
        let spaces = text.chars().filter(|&c| c == ' ').count();
        let (over, gaps) =
            (width_mm - self.width_mm(kind, text), f32::from(u16::try_from(spaces).unwrap_or(1)));
        // In thousandths of the letters' size, leftwards (ISO 32000-1, 9.4.3).
        let each = -over / gaps.max(1.0) / (kind.size_pt() * MM_PER_PT) * 1000.0;
        let mut items = Vec::new();
        for word in text.split_inclusive(' ') {
            items.push(TextItem::Text(word.to_owned()));
            items.push(TextItem::Offset(each));
        }
        items.pop();
        self.show(kind, x_mm, items, text);
    }

    fn show(&mut self, kind: Type, x_mm: f32, items: Vec<TextItem>, text: &str) {
        if self.unprintable.is_none() {
            self.unprintable = self.missing(kind, text);
        }
        let pos = Point { x: Mm(x_mm).into(), y: Mm(self.y_mm).into() };
        let mut ops = vec![Op::StartTextSection, kind.set(kind.id()), Op::SetTextCursor { pos }];
        let mut id = kind.id();
        for (next, items) in self.runs(kind, items) {
            if next != id {
                ops.push(kind.set(next));
            }
            ops.push(Op::ShowText { items });
            id = next;
        }
        ops.push(Op::EndTextSection);
        self.ops(ops);
    }

    /// What of a text neither its font nor the fallback has.
    fn missing(&self, kind: Type, text: &str) -> Option<Unprintable> {
        let faces = [kind.id(), FALLBACK].map(|id| self.faces.get(id));
        let has = |c: char| faces.iter().flatten().any(|(_, face)| fonts::has(face, c));
        let characters: Vec<char> = fonts::printed(text).chars().filter(|&c| !has(c)).collect();
        let obstacle = Obstacle::Missing;
        let text = text.to_owned();
        (!characters.is_empty()).then_some(Unprintable { text, characters, obstacle })
    }

    /// Texts and the gaps between them, by the font that each is set in.
    fn runs(&mut self, kind: Type, items: Vec<TextItem>) -> Vec<(&'static str, Vec<TextItem>)> {
        let mut runs: Vec<(&'static str, Vec<TextItem>)> = Vec::new();
        let mut put = |id: &'static str, item| match runs.last_mut() {
            Some((last, items)) if *last == id => items.push(item),
            _ => runs.push((id, vec![item])),
        };
        for item in items {
            let TextItem::Text(text) = item else {
                put(kind.id(), item);
                continue;
            };
            let text = fonts::printed(&text);
            let Some((_, face)) = self.faces.get(kind.id()) else { continue };
            for (is_lacking, run) in fonts::runs(face, &text) {
                let id = if is_lacking { FALLBACK } else { kind.id() };
                self.written.entry(id).or_default().extend(run.chars());
                put(id, TextItem::Text(run.to_owned()));
            }
        }
        runs
    }

    /// The lines that a text takes in a width; a word that is longer stays whole.
    pub(super) fn lines(
        &self,
        kind: Type,
        width_mm: f32,
        indent_mm: f32,
        text: &str,
    ) -> Vec<String> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        // Breaks that people typed are spaces here.
        for word in fonts::printed(text).split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            let room = if lines.is_empty() { width_mm - indent_mm } else { width_mm };
            if self.width_mm(kind, &longer) > room && !line.is_empty() {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
        lines
    }

    /// Writes a text on as many lines as its width takes; goes down for all but the last.
    pub(super) fn paragraph(&mut self, kind: Type, x_mm: f32, width_mm: f32, text: &str) {
        for (number, line) in self.lines(kind, width_mm, 0.0, text).iter().enumerate() {
            if number > 0 {
                self.down(kind.line_mm(), 0.0);
            }
            self.text(kind, x_mm, line);
        }
    }

    /// Draws a rule from margin to margin at a height above the next line.
    pub(super) fn rule(&mut self, above_mm: f32, width_pt: f32) {
        let (left, right) = self.sides();
        let y_mm = self.y_mm + above_mm;
        self.line((left, y_mm), (right, y_mm), width_pt);
    }

    /// Draws a line from one point to another, in millimetres from the lower left corner.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), width_pt: f32) {
        let point = |(x, y): (f32, f32)| Point { x: Mm(x).into(), y: Mm(y).into() };
        let points = [from, to].map(|end| LinePoint { p: point(end), bezier: false }).to_vec();
        self.ops([
            Op::SetOutlineThickness { pt: Pt(width_pt) },
            Op::DrawLine { line: Line { points, is_closed: false } },
        ]);
    }

    /// Draws a QR symbol of a side length with its upper left corner at a point.
    pub(super) fn symbol(&mut self, symbol: &Symbol, (x_mm, y_mm): (f32, f32), side_mm: f32) {
        let module = side_mm / short(symbol.size());
        let rings = symbol.runs().map(|(y, x, length)| {
            let (left, top) = (x_mm + module * short(x), y_mm - module * short(y));
            let (right, bottom) = (left + module * short(length), top - module);
            let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
            let point = |(x, y): (f32, f32)| LinePoint {
                p: Point { x: Mm(x).into(), y: Mm(y).into() },
                bezier: false,
            };
            PolygonRing { points: corners.map(point).to_vec() }
        });
        let polygon = Polygon {
            rings: rings.collect(),
            mode: PaintMode::Fill,
            winding_order: WindingOrder::NonZero,
        };
        self.ops([Op::DrawPolygon { polygon }]);
    }

    /// Writes the foot of every page and returns the file.
    pub(super) fn finish(
        mut self,
        title: &str,
        foot: &str,
        numbers: PageNumbers,
    ) -> Result<Vec<u8>, PaperError> {
        if let Some(unprintable) = self.unprintable {
            return Err(unprintable.into());
        }
        let count = self.pages.len();
        let pages = std::mem::take(&mut self.pages);
        let (left, right) = self.sides();
        let mut document = PdfDocument::new(title);
        for (number, ops) in (1..).zip(pages) {
            self.pages = vec![ops];
            if numbers == PageNumbers::Above && number > 1 {
                self.y_mm = PAGE_NUMBER_MM;
                self.text_about(
                    Type::Regular(13.0),
                    f32::midpoint(left, right),
                    &number.to_string(),
                );
            }
            self.y_mm = FOOT_MM;
            self.text(Type::Regular(8.0), left, foot);
            self.text_to(Type::Regular(8.0), right, &format!("Trang {number}/{count}"));
            let mut ops = black();
            ops.extend(self.pages.drain(..).flatten());
            document.pages.push(PdfPage::new(Mm(PAGE_MM.0), Mm(PAGE_MM.1), ops));
        }
        for (id, characters) in &self.written {
            if let Some((bytes, face)) = self.faces.get(id) {
                let cut = PdfFont::new(subset(bytes, face, characters)?);
                document.resources.fonts.map.insert(FontId((*id).to_owned()), cut);
            }
        }
        let options = PdfSaveOptions { subset_fonts: false, ..PdfSaveOptions::default() };
        let mut file = document.to_lopdf_document(&options, &mut Vec::new());
        // The identifier is drawn at random, and optional (ISO 32000-1, table 15).
        file.trailer.remove(b"ID");
        file.compress();
        let mut bytes = Vec::new();
        file.save_to(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn width_mm(&self, kind: Type, text: &str) -> f32 {
        let faces = [kind.id(), FALLBACK].map(|id| self.faces.get(id));
        let advance = |c| {
            let (_, face) = faces.iter().flatten().find(|(_, face)| fonts::has(face, c))?;
            let advance = face.glyph_hor_advance(face.glyph_index(c)?)?;
            Some(f32::from(advance) / f32::from(face.units_per_em()))
        };
        let ems: f32 = fonts::printed(text).chars().filter_map(advance).sum();
        ems * kind.size_pt() * MM_PER_PT
    }

    fn ops(&mut self, ops: impl IntoIterator<Item = Op>) {
        if let Some(page) = self.pages.last_mut() {
            page.extend(ops);
        }
    }
}

/// Sides of symbols and places in them are below 64.
fn short(modules: u32) -> f32 {
    u16::try_from(modules).map_or(0.0, f32::from)
}

/// Everything in black ink alone.
fn black() -> Vec<Op> {
    let col = Color::Cmyk(Cmyk { c: 0.0, m: 0.0, y: 0.0, k: 1.0, icc_profile: None });
    vec![Op::SetFillColor { col: col.clone() }, Op::SetOutlineColor { col }]
}
