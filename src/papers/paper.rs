//! A plain A4 paper: lines of text and rules from the top down, page after page.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Cmyk, Color, FontId, FontMetrics, Line, LinePoint, Mm, Op, ParsedFont, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem,
};
use subsetter::GlyphRemapper;
use thiserror::Error;
use ttf_parser::Face;

const PAGE_MM: (f32, f32) = (210.0, 297.0);
/// White on the left and right; text starts as far below the upper edge.
pub(super) const MARGIN_MM: f32 = 20.0;
/// Below this height nothing is written but the foot.
const FOOT_MM: f32 = 18.0;
const MM_PER_PT: f32 = 25.4 / 72.0;

/// Why a paper cannot be composed.
#[derive(Debug, Error)]
pub enum PaperError {
    /// The bytes are not a font.
    #[error("not a usable font")]
    Font(#[from] ttf_parser::FaceParsingError),
    /// The font cannot be cut down to the glyphs in use.
    #[error("the font cannot be subset")]
    Subset(#[from] subsetter::Error),
    /// The file could not be put together.
    #[error("the paper could not be written")]
    Write(#[from] std::io::Error),
}

/// Font files of the papers as bytes (TrueType outlines), Vietnamese complete.
#[derive(Clone, Copy, Debug)]
pub struct PaperFonts<'a> {
    /// Running text.
    pub regular: &'a [u8],
    /// Headings and what matters.
    pub bold: &'a [u8],
    /// Serial numbers and checksums.
    pub mono: &'a [u8],
}

impl PaperFonts<'static> {
    /// The fonts that come with this package (SIL Open Font License, see `fonts/`).
    pub const BUNDLED: Self = Self {
        regular: include_bytes!("../../fonts/BeVietnamPro-Regular.ttf"),
        bold: include_bytes!("../../fonts/BeVietnamPro-Bold.ttf"),
        mono: include_bytes!("../../fonts/JetBrainsMono-Medium.ttf"),
    };
}

/// One of the fonts, and a size in points.
#[derive(Clone, Copy, Debug)]
pub(super) enum Type {
    Regular(f32),
    Bold(f32),
    Mono(f32),
}

impl Type {
    fn id(self) -> &'static str {
        match self {
            Self::Regular(_) => "Regular",
            Self::Bold(_) => "Bold",
            Self::Mono(_) => "Mono",
        }
    }

    pub(super) fn size_pt(self) -> f32 {
        match self {
            Self::Regular(size) | Self::Bold(size) | Self::Mono(size) => size,
        }
    }
}

/// A paper in the making.
pub(super) struct Paper<'a> {
    faces: BTreeMap<&'static str, (&'a [u8], Face<'a>)>,
    written: BTreeMap<&'static str, BTreeSet<char>>,
    pages: Vec<Vec<Op>>,
    /// Height of the next line above the lower edge.
    y_mm: f32,
}

impl<'a> Paper<'a> {
    pub(super) fn new(fonts: PaperFonts<'a>) -> Result<Self, PaperError> {
        let PaperFonts { regular, bold, mono } = fonts;
        let mut faces = BTreeMap::new();
        for (id, bytes) in [("Regular", regular), ("Bold", bold), ("Mono", mono)] {
            faces.insert(id, (bytes, Face::parse(bytes, 0)?));
        }
        let y_mm = PAGE_MM.1 - MARGIN_MM;
        Ok(Self { faces, written: BTreeMap::new(), pages: vec![Vec::new()], y_mm })
    }

    /// Goes down, to a new page where less than `room_mm` is left below.
    pub(super) fn down(&mut self, by_mm: f32, room_mm: f32) {
        self.y_mm -= by_mm;
        if self.y_mm - room_mm < FOOT_MM {
            self.pages.push(Vec::new());
            self.y_mm = PAGE_MM.1 - MARGIN_MM;
        }
    }

    /// Writes a text that starts at `x_mm` from the left edge.
    pub(super) fn text(&mut self, kind: Type, x_mm: f32, text: &str) {
        self.written.entry(kind.id()).or_default().extend(text.chars());
        let font = PdfFontHandle::External(FontId(kind.id().to_owned()));
        let pos = Point { x: Mm(x_mm).into(), y: Mm(self.y_mm).into() };
        self.ops([
            Op::StartTextSection,
            Op::SetFont { font, size: Pt(kind.size_pt()) },
            Op::SetTextCursor { pos },
            Op::ShowText { items: vec![TextItem::Text(text.to_owned())] },
            Op::EndTextSection,
        ]);
    }

    /// Writes a text that ends at `x_mm`.
    pub(super) fn text_to(&mut self, kind: Type, x_mm: f32, text: &str) {
        self.text(kind, x_mm - self.width_mm(kind, text), text);
    }

    /// Writes a text on as many lines as its width takes; goes down for all but the last.
    pub(super) fn paragraph(&mut self, kind: Type, x_mm: f32, width_mm: f32, text: &str) {
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width_mm(kind, &longer) > width_mm && !line.is_empty() {
                self.text(kind, x_mm, &line);
                self.down(kind.size_pt() * MM_PER_PT * 1.4, 0.0);
                word.clone_into(&mut line);
            } else {
                line = longer;
            }
        }
        self.text(kind, x_mm, &line);
    }

    /// Draws a rule from margin to margin at a height above the next line.
    pub(super) fn rule(&mut self, above_mm: f32, width_pt: f32) {
        let y = Mm(self.y_mm + above_mm).into();
        let ends = [MARGIN_MM, PAGE_MM.0 - MARGIN_MM];
        let points =
            ends.map(|x| LinePoint { p: Point { x: Mm(x).into(), y }, bezier: false }).to_vec();
        self.ops([
            Op::SetOutlineThickness { pt: Pt(width_pt) },
            Op::DrawLine { line: Line { points, is_closed: false } },
        ]);
    }

    /// Writes the foot of every page and returns the file.
    pub(super) fn finish(mut self, title: &str, foot: &str) -> Result<Vec<u8>, PaperError> {
        let count = self.pages.len();
        let pages = std::mem::take(&mut self.pages);
        let mut document = PdfDocument::new(title);
        for (number, ops) in (1..).zip(pages) {
            self.pages = vec![ops];
            self.y_mm = 12.0;
            self.text(Type::Regular(8.0), MARGIN_MM, foot);
            let page = format!("Trang {number}/{count}");
            self.text_to(Type::Regular(8.0), PAGE_MM.0 - MARGIN_MM, &page);
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

    fn width_mm(&self, kind: Type, text: &str) -> f32 {
        let Some((_, face)) = self.faces.get(kind.id()) else { return 0.0 };
        let advance = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph));
        let units: f32 = text.chars().filter_map(advance).map(f32::from).sum();
        units / f32::from(face.units_per_em()) * kind.size_pt() * MM_PER_PT
    }

    fn ops<const N: usize>(&mut self, ops: [Op; N]) {
        if let Some(page) = self.pages.last_mut() {
            page.extend(ops);
        }
    }
}

/// Everything in black ink alone.
fn black() -> Vec<Op> {
    let col = Color::Cmyk(Cmyk { c: 0.0, m: 0.0, y: 0.0, k: 1.0, icc_profile: None });
    vec![Op::SetFillColor { col: col.clone() }, Op::SetOutlineColor { col }]
}

/// A font cut down to some characters. The subsetter drops the character map, so printpdf gets
/// it as a table.
fn subset(
    bytes: &[u8],
    face: &Face<'_>,
    characters: &BTreeSet<char>,
) -> Result<ParsedFont, PaperError> {
    let mut remapper = GlyphRemapper::new();
    let (mut glyphs, mut widths) = (BTreeMap::new(), BTreeMap::new());
    for &character in characters {
        let Some(glyph) = face.glyph_index(character) else { continue };
        let new = remapper.remap(glyph.0);
        glyphs.insert(u32::from(character), new);
        widths.insert(new, face.glyph_hor_advance(glyph).unwrap_or(0));
    }
    Ok(ParsedFont::with_glyph_data(
        subsetter::subset(bytes, 0, &remapper)?,
        0,
        None,
        glyphs,
        widths,
        face.units_per_em(),
        FontMetrics { ascent: face.ascender(), descent: face.descender() },
    ))
}
