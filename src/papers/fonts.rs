//! The fonts of papers.

use crate::fonts;

/// Font files of the papers as bytes (TrueType outlines), Vietnamese complete.
#[derive(Clone, Copy, Debug)]
pub struct PaperFonts<'a> {
    /// Running text.
    pub regular: &'a [u8],
    /// Headings and what matters.
    pub bold: &'a [u8],
    /// Places, dates and notes of official papers.
    pub italic: &'a [u8],
    /// Serial numbers and checksums.
    pub mono: &'a [u8],
}

impl PaperFonts<'static> {
    /// For what goes with a print job (SIL Open Font License, see `fonts/`); it has no italics.
    pub const BUNDLED: Self =
        Self { regular: fonts::TEXT, bold: fonts::DISPLAY, italic: fonts::TEXT, mono: fonts::MONO };

    /// For official papers: cut to the measure of Times New Roman, which Nghị định 30/2020/NĐ-CP
    /// asks for (SIL Open Font License, see `fonts/`).
    pub const OFFICIAL: Self = Self {
        regular: fonts::OFFICIAL,
        bold: fonts::OFFICIAL_BOLD,
        italic: fonts::OFFICIAL_ITALIC,
        mono: fonts::MONO,
    };
}
