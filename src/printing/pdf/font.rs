//! Fonts: measured, subset and embedded.
//!
//! A text is written as UTF-16: the character code is the Unicode number, and the font's
//! `CIDToGIDMap` leads from there to the glyph (ISO 32000-1, 9.7.4.2). So text in the file is
//! readable and searchable as it stands, and `ToUnicode` is the identity.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Rect, Ref, Str};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;
use thiserror::Error;
use ttf_parser::{Face, GlyphId};

use super::content::deflate;
use super::document::Document;
use crate::fonts;

const ADOBE_IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Why a font cannot be used.
#[derive(Debug, Error)]
pub enum FontError {
    /// The bytes are not a font.
    #[error("not a usable font")]
    Parse(#[from] ttf_parser::FaceParsingError),
    /// The font cannot be cut down to the glyphs in use.
    #[error("the font cannot be subset")]
    Subset(#[from] subsetter::Error),
    /// The font cannot show a text.
    #[error("no glyph for {character:?} in {text:?}")]
    MissingGlyph {
        /// The character without glyph.
        character: char,
        /// Where it stands.
        text: String,
    },
}

/// What a font is used for, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// The wordmark and headings.
    Display,
    /// Product names and small capitals.
    Strong,
    /// Producers, the slug line.
    Plain,
    /// Serial numbers.
    Mono,
    /// What the font of a text lacks.
    Fallback,
}

impl Style {
    /// Its name among a page's resources.
    pub(crate) fn resource(self) -> &'static str {
        match self {
            Self::Display => "FD",
            Self::Strong => "FS",
            Self::Plain => "FP",
            Self::Mono => "FM",
            Self::Fallback => "FF",
        }
    }
}

/// The fonts of the sheets.
pub struct Fonts<'a> {
    display: Font<'a>,
    strong: Font<'a>,
    plain: Font<'a>,
    mono: Font<'a>,
    fallback: Font<'a>,
}

/// Font files as bytes (TrueType outlines), Vietnamese complete.
#[derive(Clone, Copy, Debug)]
pub struct FontFiles<'a> {
    /// The wordmark and headings.
    pub display: &'a [u8],
    /// Product names and small capitals.
    pub strong: &'a [u8],
    /// Producers, the slug line.
    pub plain: &'a [u8],
    /// Serial numbers; every character as wide as any other.
    pub mono: &'a [u8],
}

impl FontFiles<'static> {
    /// The fonts that come with this package (SIL Open Font License, see `fonts/`).
    pub const BUNDLED: Self = Self {
        display: fonts::DISPLAY,
        strong: fonts::STRONG,
        plain: fonts::PLAIN,
        mono: fonts::MONO,
    };
}

impl<'a> Fonts<'a> {
    /// Reads font files.
    ///
    /// # Errors
    /// [`FontError::Parse`] where one is not a font.
    pub fn new(files: FontFiles<'a>) -> Result<Self, FontError> {
        let FontFiles { display, strong, plain, mono } = files;
        let fallback = Font::new(fonts::FALLBACK)?;
        let font = |bytes| {
            let fallback = Some(fallback.face.clone());
            Font::new(bytes).map(|font| Font { fallback, ..font })
        };
        Ok(Self {
            display: font(display)?,
            strong: font(strong)?,
            plain: font(plain)?,
            mono: font(mono)?,
            fallback,
        })
    }

    pub(crate) fn get(&self, style: Style) -> &Font<'a> {
        match style {
            Style::Display => &self.display,
            Style::Strong => &self.strong,
            Style::Plain => &self.plain,
            Style::Mono => &self.mono,
            Style::Fallback => &self.fallback,
        }
    }

    /// A text in pieces, each with the style it is set in.
    pub(crate) fn runs<'t>(
        &self,
        style: Style,
        text: &'t str,
    ) -> impl Iterator<Item = (Style, &'t str)> {
        let runs = fonts::runs(&self.get(style).face, text);
        runs.map(move |(is_lacking, run)| (if is_lacking { Style::Fallback } else { style }, run))
    }
}

/// One font, with what typesetting asks of it; lengths in units of the font size.
pub(crate) struct Font<'a> {
    bytes: &'a [u8],
    face: Face<'a>,
    fallback: Option<Face<'a>>,
}

impl<'a> Font<'a> {
    /// A font without another to fall back on.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, FontError> {
        Ok(Self { bytes, face: Face::parse(bytes, 0)?, fallback: None })
    }

    /// Width of a line of text.
    pub(crate) fn width(&self, text: &str) -> f32 {
        self.glyphs(text).map(|(face, glyph)| advance(face, glyph)).sum::<f32>() / 1000.0
    }

    /// Height of a capital letter without marks.
    pub(crate) fn cap_height(&self) -> f32 {
        let height = self.face.capital_height().unwrap_or_else(|| self.face.ascender());
        em(&self.face, height) / 1000.0
    }

    /// How far below and above the baseline a text reaches, its marks included.
    pub(crate) fn extent(&self, text: &str) -> (f32, f32) {
        let boxes = self.glyphs(text).filter_map(|(face, glyph)| {
            let it = face.glyph_bounding_box(glyph)?;
            Some((em(face, it.y_min) / 1000.0, em(face, it.y_max) / 1000.0))
        });
        boxes.fold((0.0, 0.0), |(low, high), (below, above)| (below.min(low), above.max(high)))
    }

    /// The letters of a text with their marks, from left to right.
    pub(crate) fn letters(&self, text: &str) -> Vec<Letter> {
        let mut x = 0.0;
        let letters = self.glyphs(text).map(|(face, glyph)| {
            let from = x;
            x += advance(face, glyph) / 1000.0;
            let it = face.glyph_bounding_box(glyph)?;
            let [left, right, below, above] =
                [it.x_min, it.x_max, it.y_min, it.y_max].map(|length| em(face, length) / 1000.0);
            Some(Letter { left: from + left, right: from + right, below, above })
        });
        letters.flatten().collect()
    }

    /// Checks that every character can be shown.
    pub(crate) fn check(&self, text: &str) -> Result<(), FontError> {
        match text.chars().find(|&c| self.glyph(c).is_none()) {
            None => Ok(()),
            Some(character) => Err(FontError::MissingGlyph { character, text: text.to_owned() }),
        }
    }

    fn glyphs(&self, text: &str) -> impl Iterator<Item = (&Face<'a>, GlyphId)> {
        text.chars().filter_map(|c| self.glyph(c))
    }

    /// The glyph of a character, of this font or of the one it falls back on.
    fn glyph(&self, character: char) -> Option<(&Face<'a>, GlyphId)> {
        let faces = [Some(&self.face), self.fallback.as_ref()];
        let face = faces.into_iter().flatten().find(|face| fonts::has(face, character))?;
        Some((face, face.glyph_index(character)?))
    }

    /// The glyph of a character of this font.
    fn own_glyph(&self, character: char) -> Option<GlyphId> {
        self.face.glyph_index(character).filter(|_| fonts::has(&self.face, character))
    }
}

/// The ink of a letter: from the start of its line, and from the baseline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letter {
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) below: f32,
    pub(crate) above: f32,
}

fn advance(face: &Face<'_>, glyph: GlyphId) -> f32 {
    face.glyph_hor_advance(glyph)
        .map_or(0.0, |advance| f32::from(advance) * 1000.0 / f32::from(face.units_per_em()))
}

/// A length of a font in thousandths of its size.
fn em(face: &Face<'_>, length: i16) -> f32 {
    f32::from(length) * 1000.0 / f32::from(face.units_per_em())
}

/// A font cut down to some characters, ready to be embedded any number of times.
pub(crate) struct Subset {
    name: String,
    program: Vec<u8>,
    program_length: usize,
    glyph_map: Vec<u8>,
    to_unicode: Vec<u8>,
    widths: BTreeMap<u16, f32>,
    bbox: Rect,
    ascent: f32,
    descent: f32,
    cap_height: f32,
    fixed_pitch: bool,
}

impl Subset {
    /// Cuts a font down to the characters of some texts.
    pub(crate) fn new(font: &Font<'_>, characters: &BTreeSet<char>) -> Result<Self, FontError> {
        let mut remapper = GlyphRemapper::new();
        let mut widths = BTreeMap::new();
        let mut glyph_map = Vec::new();
        let mut cmap = UnicodeCmap::new(Name(b"Adobe-Identity-UCS"), ADOBE_IDENTITY);
        for &character in characters {
            let Some(glyph) = font.own_glyph(character) else { continue };
            let Ok(code) = u16::try_from(u32::from(character)) else { continue };
            let new = remapper.remap(glyph.0);
            widths.insert(code, advance(&font.face, glyph));
            glyph_map.resize(usize::from(code) * 2, 0);
            glyph_map.extend(new.to_be_bytes());
            cmap.pair(code, character);
        }
        let program = subsetter::subset(font.bytes, 0, &remapper)?;
        let bbox = font.face.global_bounding_box();
        let em = |length| em(&font.face, length);
        Ok(Self {
            name: subset_name(font, &program),
            program_length: program.len(),
            program: deflate(&program),
            glyph_map: deflate(&glyph_map),
            to_unicode: deflate(cmap.finish().as_slice()),
            widths,
            bbox: Rect::new(em(bbox.x_min), em(bbox.y_min), em(bbox.x_max), em(bbox.y_max)),
            ascent: em(font.face.ascender()),
            descent: em(font.face.descender()),
            cap_height: font.cap_height() * 1000.0,
            fixed_pitch: font.face.is_monospaced(),
        })
    }

    /// Writes the font's objects and returns the number of the font.
    pub(crate) fn write<W: Write>(&self, document: &mut Document<W>) -> io::Result<Ref> {
        let [font, cid, descriptor, program, map, unicode] =
            std::array::from_fn(|_| document.reserve());
        let name = Name(self.name.as_bytes());
        document.object(font, |chunk| {
            let mut dict = chunk.type0_font(font);
            dict.base_font(name).encoding_predefined(Name(b"Identity-H"));
            dict.descendant_font(cid).to_unicode(unicode);
        })?;
        document.object(cid, |chunk| {
            let mut dict = chunk.cid_font(cid);
            dict.subtype(CidFontType::Type2).base_font(name).system_info(ADOBE_IDENTITY);
            dict.font_descriptor(descriptor).default_width(0.0).cid_to_gid_map_stream(map);
            let mut widths = dict.widths();
            for (&code, &width) in &self.widths {
                widths.consecutive(code, [width]);
            }
            widths.finish();
        })?;
        document.object(descriptor, |chunk| {
            // Symbolic: the codes are none of the standard encodings (table 123).
            let mut flags = FontFlags::SYMBOLIC;
            flags.set(FontFlags::FIXED_PITCH, self.fixed_pitch);
            let mut dict = chunk.font_descriptor(descriptor);
            dict.name(name).flags(flags).bbox(self.bbox).italic_angle(0.0);
            dict.ascent(self.ascent).descent(self.descent).cap_height(self.cap_height);
            dict.stem_v(90.0).font_file2(program);
        })?;
        document.object(program, |chunk| {
            let mut stream = chunk.stream(program, &self.program);
            stream.filter(Filter::FlateDecode);
            let length = i32::try_from(self.program_length).unwrap_or(i32::MAX);
            stream.pair(Name(b"Length1"), length);
        })?;
        write_stream(document, map, &self.glyph_map)?;
        write_stream(document, unicode, &self.to_unicode)?;
        Ok(font)
    }
}

/// Writes a stream that is already compressed.
pub(crate) fn write_stream<W: Write>(
    document: &mut Document<W>,
    id: Ref,
    compressed: &[u8],
) -> io::Result<()> {
    document.object(id, |chunk| {
        chunk.stream(id, compressed).filter(Filter::FlateDecode);
    })
}

/// The PostScript name behind a tag of six letters, as subsets are named (9.6.4).
fn subset_name(font: &Font<'_>, program: &[u8]) -> String {
    let tag = Sha256::digest(program)
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect::<String>();
    let names = font.face.names();
    let name = names
        .into_iter()
        .filter(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME)
        .find_map(|name| name.to_string())
        .unwrap_or_else(|| "Font".to_owned());
    format!("{tag}+{name}")
}
