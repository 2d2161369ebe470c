//! The words across every stamp of a proof, so that none can be taken for a stamp: hollow letters
//! from corner to corner, which hide neither art nor symbol, in every standard alike.

use crate::printing::colour::{self, Ink};
use crate::printing::geometry::{Rect, as_f32, narrow};
use crate::printing::pdf::content::Content;
use crate::printing::pdf::font::{Fonts, Style};
use crate::printing::prepress::Standard;

/// “Printed for trial”.
pub(super) const WORDS: &str = "BẢN IN THỬ";
/// Their font.
pub(super) const STYLE: Style = Style::Display;

/// How much of the diagonal they take.
const SHARE: f32 = 0.84;
/// Greatest part of the shorter side that is as high as their capitals.
const HEIGHT_MAX: f32 = 0.42;
/// Line width of the letters, and of the light line below it that sets them off from dark art, as
/// parts of the font size.
const LINE: f32 = 0.022;
const HALO: f32 = 0.05;

/// Draws the words across cells.
pub(super) fn write(
    content: &mut Content,
    standard: Standard,
    fonts: &Fonts<'_>,
    cells: impl Iterator<Item = Rect>,
) {
    let font = fonts.get(STYLE);
    let (width, cap) = (font.width(WORDS), font.cap_height());
    let letters = match standard {
        Standard::Gray => Ink::Gray(0.5),
        Standard::X4 | Standard::X1a | Standard::Vt1 => Ink::Process([0.0, 1.0, 0.0, 0.0]),
    };
    for cell in cells {
        let (across, up) = (as_f32(cell.width), as_f32(cell.height));
        let diagonal = (across * across + up * up).sqrt();
        let size = (diagonal * SHARE / width).min(across.min(up) * HEIGHT_MAX / cap).round();
        // A four-figure cosine turns a line by less than a hundredth of a degree.
        let [cos, sin] = [across, up].map(|side| short(side / diagonal, 1e4));
        // From the middle of the stamp to the left end of the baseline.
        let (back, down) = (width * size / 2.0, cap * size / 2.0);
        let x = as_f32(cell.x) + across / 2.0 - back * cos + down * sin;
        let y = as_f32(cell.y) + up / 2.0 - back * sin - down * cos;
        content.op(&[], "q").op(&[cos, sin, -sin, cos, x.round(), y.round()], "cm");
        content.op(&[1.0], "j");
        for (ink, part) in [(colour::paper(standard), HALO), (letters, LINE)] {
            content.stroke_ink(ink).op(&[short(size * part, 10.0)], "w");
            // Text rendering mode 1: outlines (ISO 32000-1, 9.3.6).
            content.begin_text(STYLE, size).op(&[1.0], "Tr").show(0.0, 0.0, WORDS).op(&[], "ET");
        }
        content.op(&[], "Q");
    }
}

fn short(number: f32, places: f64) -> f32 {
    narrow((f64::from(number) * places).round() / places)
}
