//! Content streams: what is drawn on a page or in a form (ISO 32000-1, 7.8.2 and annex A).

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::font::{Fonts, Style};
use crate::printing::colour::{Ink, Step};
use crate::printing::geometry::{Rect, as_f32, signed};
use crate::printing::qr::Symbol;

/// Level 4 of Flate: symbols hardly compress, so more effort buys nothing.
const EFFORT: Compression = Compression::new(4);

/// How far a mask stays within its box, in dots. On the layout's own grid this changes nothing: every
/// dot's centre stays in the module it belongs to. Where a dot is no whole number of pixels, as 203 dpi
/// shown at 300, renderers round a box outwards and would paint a symbol a pixel too large on either side.
const INSET: f32 = 0.2;

/// Name of the graphics state that overprints.
pub(crate) const OVERPRINT: &str = "GO";
/// Name of the graphics state in which process inks leave the plates of spot colours alone.
pub(crate) const APART: &str = "GA";

/// Operators, written one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    bytes: Vec<u8>,
}

impl Content {
    /// Operands and their operator.
    pub(crate) fn op(&mut self, operands: &[f32], operator: &str) -> &mut Self {
        for operand in operands {
            self.raw(format_args!("{operand} "));
        }
        self.raw(format_args!("{operator}\n"))
    }

    /// The ink of what is filled next.
    pub(crate) fn fill_ink(&mut self, ink: Ink) -> &mut Self {
        match ink {
            Ink::Gray(lightness) => self.op(&[lightness], "g"),
            Ink::Process(inks) => self.op(&inks, "k"),
            Ink::Spot(number) => self.raw(format_args!("/S{number} cs 1 scn\n")),
            Ink::NoSpot(number) => self.raw(format_args!("/S{number} cs 0 scn\n")),
        }
    }

    /// The ink of what is stroked next.
    pub(crate) fn stroke_ink(&mut self, ink: Ink) -> &mut Self {
        match ink {
            Ink::Gray(lightness) => self.op(&[lightness], "G"),
            Ink::Process(inks) => self.op(&inks, "K"),
            Ink::Spot(number) => self.raw(format_args!("/S{number} CS 1 SCN\n")),
            Ink::NoSpot(number) => self.raw(format_args!("/S{number} CS 0 SCN\n")),
        }
    }

    /// From here on, plates that an ink has nothing on are left as they are.
    pub(crate) fn overprint(&mut self) -> &mut Self {
        self.raw(format_args!("/{OVERPRINT} gs\n"))
    }

    /// From here on, process inks knock out each other and leave the plates of spot colours alone.
    pub(crate) fn apart(&mut self) -> &mut Self {
        self.raw(format_args!("/{APART} gs\n"))
    }

    /// What follows belongs to the layer of a processing step.
    pub(crate) fn begin_layer(&mut self, step: Step) -> &mut Self {
        self.raw(format_args!("/OC/{} BDC\n", step.resource()))
    }

    /// The end of a layer's content.
    pub(crate) fn end_layer(&mut self) -> &mut Self {
        self.op(&[], "EMC")
    }

    /// Strokes so much of a line, then leaves so much out.
    pub(crate) fn dash(&mut self, on: f32, off: f32) -> &mut Self {
        self.raw(format_args!("[{on} {off}] 0 d\n"))
    }

    /// Adds a rectangle to the path.
    pub(crate) fn rect(&mut self, rect: Rect) -> &mut Self {
        self.raw(format_args!("{} {} {} {} re\n", rect.x, rect.y, rect.width, rect.height))
    }

    /// Draws a form at an offset.
    pub(crate) fn form(&mut self, name: &str, x: i32, y: i32) -> &mut Self {
        self.raw(format_args!("q 1 0 0 1 {x} {y} cm/{name} Do Q\n"))
    }

    /// Draws a form where it is.
    pub(crate) fn form_here(&mut self, name: &str) -> &mut Self {
        self.raw(format_args!("/{name} Do\n"))
    }

    /// Adds what was drawn elsewhere.
    pub(crate) fn append(&mut self, drawn: &Self) -> &mut Self {
        self.bytes.extend_from_slice(&drawn.bytes);
        self
    }

    /// Starts text in a font.
    pub(crate) fn begin_text(&mut self, style: Style, size: f32) -> &mut Self {
        self.raw(format_args!("BT/{} {size} Tf\n", style.resource()))
    }

    /// Shows text at an offset from the start of the line before.
    pub(crate) fn show(&mut self, dx: f32, dy: f32, text: &str) -> &mut Self {
        self.raw(format_args!("{dx} {dy} Td"));
        self.string(text);
        self.raw(format_args!("Tj\n"))
    }

    /// Shows text of any letters, those that its font lacks in the fallback.
    pub(crate) fn show_runs(
        &mut self,
        fonts: &Fonts<'_>,
        (style, size): (Style, f32),
        (dx, dy): (f32, f32),
        text: &str,
    ) -> &mut Self {
        if text.is_empty() {
            return self.show(dx, dy, text);
        }
        self.raw(format_args!("{dx} {dy} Td"));
        let mut last = style;
        let back = Some((style, "")).into_iter();
        for (style, run) in fonts.runs(style, text).chain(back) {
            if style != last {
                self.raw(format_args!("/{} {size} Tf\n", style.resource()));
            }
            if !run.is_empty() {
                self.string(run);
                self.raw(format_args!("Tj\n"));
            }
            last = style;
        }
        self
    }

    /// Paints the dark modules of a symbol, as large as a square, with the ink at hand.
    ///
    /// An image mask covers exactly the pixels whose centres lie in dark modules; filled paths
    /// would cover every pixel they touch (ISO 32000-1, 10.6.5 and 8.9.6.2).
    pub(crate) fn symbol(&mut self, symbol: &Symbol, x: i32, y: i32, side: i32) -> &mut Self {
        let mut samples = Vec::with_capacity(512);
        symbol.write_mask(&mut samples);
        self.mask(symbol.size(), x, y, side).inline_samples(&samples)
    }

    /// The same with every dark edge drawn back by some dots; a module has `scale` dots.
    pub(crate) fn shaved_symbol(
        &mut self,
        symbol: &Symbol,
        (x, y, side): (i32, i32, i32),
        scale: u32,
        shaving: u32,
    ) -> &mut Self {
        let mut samples = Vec::new();
        symbol.write_shaved_mask(scale, shaving, &mut samples);
        self.mask(symbol.size() * scale, x, y, side);
        self.raw(format_args!("/F/Fl ID "));
        let compressed = deflate(&samples);
        self.bytes.extend_from_slice(&compressed);
        self.raw(format_args!("\nEI Q\n"))
    }

    /// The same as one filled path, a rectangle for each run of dark modules in a row.
    pub(crate) fn symbol_path(
        &mut self,
        symbol: &Symbol,
        x: i32,
        y: i32,
        module: i32,
    ) -> &mut Self {
        for (row, from, length) in symbol.runs() {
            let row = signed(symbol.size() - 1 - row);
            self.rect(Rect {
                x: x + signed(from) * module,
                y: y + row * module,
                width: signed(length) * module,
                height: module,
            });
        }
        self.op(&[], "f")
    }

    /// Begins an image mask of so many samples a side.
    fn mask(&mut self, samples: u32, x: i32, y: i32, side: i32) -> &mut Self {
        let (x, y, side) = (as_f32(x) + INSET, as_f32(y) + INSET, as_f32(side) - 2.0 * INSET);
        self.raw(format_args!("q {side} 0 0 {side} {x} {y} cm BI/W {samples}/H {samples}/IM true"))
    }

    /// The samples of an inline image, and its end.
    fn inline_samples(&mut self, samples: &[u8]) -> &mut Self {
        if ends_early(samples) {
            self.raw(format_args!("/F/AHx ID "));
            for sample in samples {
                self.raw(format_args!("{sample:02x}"));
            }
            self.raw(format_args!(">"));
        } else {
            self.raw(format_args!(" ID "));
            self.bytes.extend_from_slice(samples);
        }
        self.raw(format_args!("\nEI Q\n"))
    }

    /// A string operand: UTF-16BE, which is the code of our fonts (see [`super::font`]).
    fn string(&mut self, text: &str) {
        self.bytes.push(b'(');
        for unit in text.encode_utf16() {
            for byte in unit.to_be_bytes() {
                match byte {
                    b'(' | b')' | b'\\' => self.bytes.extend([b'\\', byte]),
                    b'\r' => self.bytes.extend(*b"\\r"),
                    _ => self.bytes.push(byte),
                }
            }
        }
        self.bytes.push(b')');
    }

    fn raw(&mut self, text: std::fmt::Arguments<'_>) -> &mut Self {
        // Writing to a vector does not fail.
        let _infallible = self.bytes.write_fmt(text);
        self
    }

    /// The operators as written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Compresses a stream for the `FlateDecode` filter.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), EFFORT);
    // Writing to a vector does not fail.
    let _infallible = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Whether a reader that looks for the end of an inline image could find one in its samples.
/// Readers differ in what they want around the mark (white space, a delimiter, nothing), so any
/// counts.
fn ends_early(samples: &[u8]) -> bool {
    samples.windows(2).any(|two| two == b"EI")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::pdf::font::FontFiles;

    #[test]
    fn only_samples_that_hold_an_end_mark_are_written_in_hexadecimal() {
        let written = |samples: &[u8]| {
            let mut content = Content::default();
            content.inline_samples(samples);
            content.bytes
        };
        assert_eq!(written(b"E\x00I\x00IE"), b" ID E\x00I\x00IE\nEI Q\n");
        assert_eq!(written(b"\x12\nEI\xFF"), b"/F/AHx ID 120a4549ff>\nEI Q\n");
        assert_eq!(written(b"\xFFEI("), b"/F/AHx ID ff454928>\nEI Q\n");
    }

    #[test]
    fn operators_stand_apart_whatever_fonts_a_text_takes() {
        let fonts = Fonts::new(FontFiles::BUNDLED).unwrap();
        let written = |text: &str| {
            let mut content = Content::default();
            content.begin_text(Style::Strong, 9.0);
            content.show_runs(&fonts, (Style::Strong, 9.0), (1.0, 2.0), text).op(&[], "ET");
            content.bytes
        };
        assert_eq!(written("A"), b"BT/FS 9 Tf\n1 2 Td(\0A)Tj\nET\n");
        assert_eq!(written(""), b"BT/FS 9 Tf\n1 2 Td()Tj\nET\n");
        let ends_in_another = b"BT/FS 9 Tf\n1 2 Td(\0A)Tj\n/FF 9 Tf\n(\x04\x14)Tj\n/FS 9 Tf\nET\n";
        assert_eq!(written("AД"), ends_in_another);
    }

    #[test]
    fn strings_are_escaped_where_a_byte_would_end_or_change_them() {
        let mut content = Content::default();
        content.string("(\u{2809}\u{5C01}\u{10D}A");
        assert_eq!(content.bytes, *b"(\0\\(\\(\x09\\\\\x01\x01\\r\0A)");
    }
}
