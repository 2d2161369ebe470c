//! Whether the paper under a code is light enough: what is darker than 85 % of white can be taken
//! for a module (ISO/IEC 15415 grades the contrast between the two).

use std::fmt;

use super::{Picture, PreviewError, picture};
use crate::printing::Design;
use crate::printing::design::FieldKind;

/// The darkest that the ground under a symbol may be, in per cent of white.
pub const LUMINANCE_MIN: u32 = 85;
/// Resolution at which the ground is looked at.
const DPI: u32 = 600;
/// Pixels at the edge of the box that may be covered by what stands beside it.
const EDGE: u32 = 2;

/// Something dark lies under the symbol or in its quiet zone.
#[derive(Clone, Debug, PartialEq)]
pub struct DarkGround {
    /// Luminance of the darkest spot, in per cent of white.
    pub luminance: u32,
    /// Where it is, from the upper left corner of the trim.
    pub at_mm: (f64, f64),
    /// The part of the box that is too dark, in per cent, at least 1.
    pub share: u32,
}

impl fmt::Display for DarkGround {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { luminance, at_mm: (x, y), share } = self;
        write!(
            out,
            "{share} % of the ground under the QR symbol is darker than {LUMINANCE_MIN} % of white \
             (darkest: {luminance} % at {x:.1}, {y:.1} mm): leave paper bare in its box"
        )
    }
}

/// Looks at the ground of a design: a page of one stamp with its bleed, without its code.
///
/// # Errors
/// [`PreviewError`].
pub fn ground(design: &Design, pdf: &[u8]) -> Result<Option<DarkGround>, PreviewError> {
    let Some(field) = design.data.only(FieldKind::Qr) else { return Ok(None) };
    let picture = picture(pdf, 1, DPI)?;
    let bleed = design.data.bleed_mm;
    let [x, y, width, height] = field.box_mm;
    let columns = pixels(x + bleed)..pixels(x + bleed + width);
    let rows = pixels(y + bleed)..pixels(y + bleed + height);
    let (mut dark, mut all) = (0_u64, 0_u64);
    let mut darkest = (100, (0, 0));
    for row in rows.start + EDGE..rows.end.saturating_sub(EDGE) {
        for column in columns.start + EDGE..columns.end.saturating_sub(EDGE) {
            let found = luminance(&picture, column, row);
            all += 1;
            dark += u64::from(found < LUMINANCE_MIN);
            if found < darkest.0 {
                darkest = (found, (column, row));
            }
        }
    }
    let (luminance, (column, row)) = darkest;
    let share = u32::try_from((dark * 100).div_ceil(all.max(1))).unwrap_or(100);
    let at_mm = (millimetres(column) - bleed, millimetres(row) - bleed);
    Ok((dark > 0).then_some(DarkGround { luminance, at_mm, share }))
}

/// How light a pixel is, in per cent of white (weights of Rec. 709).
fn luminance(picture: &Picture, column: u32, row: u32) -> u32 {
    let index = usize::try_from(u64::from(row) * u64::from(picture.width) + u64::from(column));
    let from = index.unwrap_or(usize::MAX).saturating_mul(3);
    match picture.rgb.get(from..from.saturating_add(3)) {
        Some([red, green, blue]) => {
            let weighed =
                2126 * u32::from(*red) + 7152 * u32::from(*green) + 722 * u32::from(*blue);
            weighed * 100 / (255 * 10_000)
        }
        _ => 100,
    }
}

fn pixels(length_mm: f64) -> u32 {
    let length = length_mm.max(0.0) / 25.4 * f64::from(DPI);
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "stamps have at most 320 mm and the number is not negative; the cast saturates"
    )]
    let pixels = length.round() as u32;
    pixels
}

fn millimetres(pixels: u32) -> f64 {
    f64::from(pixels) / f64::from(DPI) * 25.4
}
