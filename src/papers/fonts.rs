//! The fonts of papers.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontMetrics, ParsedFont};
use subsetter::GlyphRemapper;
use ttf_parser::Face;

use super::paper::PaperError;
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

/// A font cut down to some characters. The subsetter drops the character map, so printpdf gets
/// it as a table.
pub(super) fn subset(
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
