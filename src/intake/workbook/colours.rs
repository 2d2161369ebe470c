//! Whether a text can be seen on its ground.

use calamine::{Color, FillPattern, Style};
use quick_xml::events::BytesStart;

use super::parts::attribute;

/// Below this the lightness of a text and of its ground are one to the eye: white on white has 1,
/// black on white 21.
const CONTRAST_MIN: f64 = 1.2;
/// Points of a font that is too small to be seen.
const POINTS_MIN: f64 = 2.0;

const BLACK: Color = Color { alpha: 255, red: 0, green: 0, blue: 0 };
const WHITE: Color = Color { alpha: 255, red: 255, green: 255, blue: 255 };

/// The colours of the Office theme, which the parser of cells takes too, whatever theme there is.
const THEME: [u32; 12] = [
    0xFF_FFFF, 0x00_0000, 0xEE_ECE1, 0x1F_497D, 0x4F_81BD, 0xC0_504D, 0x9B_BB59, 0x80_64A2,
    0x4B_ACC6, 0xF7_9646, 0x00_00FF, 0x80_0080,
];

/// The colours that are known by a number (ECMA-376 Part 1, 18.8.27), from 8 on; the first eight are
/// the same again.
const INDEXED: [u32; 58] = [
    0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF,
    0x80_0000, 0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080,
    0x99_99FF, 0x99_3366, 0xFF_FFCC, 0xCC_FFFF, 0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF,
    0x00_0080, 0xFF_00FF, 0xFF_FF00, 0x00_FFFF, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00FF,
    0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99, 0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99,
    0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900, 0xFF_6600, 0x66_6699, 0x96_9696,
    0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
    // What the system writes in, and on.
    0x00_0000, 0xFF_FFFF,
];

/// What a cell is written in, and on what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    colour: Color,
    ground: Color,
    is_tiny: bool,
}

impl Ink {
    pub(super) fn of(style: Option<&Style>) -> Self {
        let font = style.and_then(|style| style.font.as_ref());
        let is_tiny = font.and_then(|font| font.size).is_some_and(|size| size < POINTS_MIN);
        let colour = font.and_then(|font| font.color).unwrap_or(BLACK);
        let fill = style.and_then(|style| style.fill.as_ref());
        let solid = fill.filter(|fill| fill.pattern == FillPattern::Solid);
        let ground = solid.and_then(|fill| fill.foreground_color).unwrap_or(WHITE);
        Self { colour, ground, is_tiny }
    }

    /// The same where a format gives it another colour or another ground.
    pub(super) fn with(self, colour: Option<Color>, ground: Option<Color>) -> Self {
        let (colour, ground) = (colour.unwrap_or(self.colour), ground.unwrap_or(self.ground));
        Self { colour, ground, ..self }
    }

    /// Whether a text can be seen; `parts` are the colours of its parts, where one has its own, none for
    /// that of the cell.
    pub(super) fn is_seen(self, parts: &[Option<Color>]) -> bool {
        let is_clear = |part: Color| contrast(part, self.ground) >= CONTRAST_MIN;
        let all_clear = if parts.is_empty() {
            is_clear(self.colour)
        } else {
            parts.iter().all(|part| is_clear(part.unwrap_or(self.colour)))
        };
        !self.is_tiny && all_clear
    }
}

/// The colour that an element tells; none where it is that of the cell.
pub(super) fn of_element(element: &BytesStart<'_>) -> Option<Color> {
    let number = |name| attribute(element, name).and_then(|it| it.parse::<usize>().ok());
    let rgb = match attribute(element, "rgb") {
        Some(rgb) => u32::from_str_radix(rgb.get(rgb.len().checked_sub(6)?..)?, 16).ok()?,
        None => match (number("theme"), number("indexed")) {
            (Some(at), _) => *THEME.get(at)?,
            (None, Some(at)) => *INDEXED.get(at.checked_sub(8).unwrap_or(at))?,
            (None, None) => return None,
        },
    };
    let tint = attribute(element, "tint").and_then(|it| it.parse::<f64>().ok());
    let [_, red, green, blue] = rgb.to_be_bytes();
    let part = |part| tinted(part, tint.unwrap_or_default());
    Some(Color { alpha: 255, red: part(red), green: part(green), blue: part(blue) })
}

/// A part of a colour, made lighter up to 1 or darker down to -1.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a conversion to u8 stays within it"
)]
fn tinted(part: u8, tint: f64) -> u8 {
    let part = f64::from(part);
    let tint = tint.clamp(-1.0, 1.0);
    (if tint < 0.0 { part * (1.0 + tint) } else { part + (255.0 - part) * tint }).round() as u8
}

/// How two colours contrast, as the Web Content Accessibility Guidelines measure it: 1 to 21.
fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(Color { red, green, blue, .. }: Color) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
