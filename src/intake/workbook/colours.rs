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

/// Whether a text in a style can be seen; `parts` are the colours of its parts, where one has its own,
/// none for that of the style.
pub(super) fn is_seen(style: Option<&Style>, parts: &[Option<Color>]) -> bool {
    let font = style.and_then(|style| style.font.as_ref());
    let is_tiny = font.and_then(|font| font.size).is_some_and(|size| size < POINTS_MIN);
    let colour = font.and_then(|font| font.color).unwrap_or(BLACK);
    let ground = ground(style);
    let is_clear = |part: Color| contrast(part, ground) >= CONTRAST_MIN;
    let all_clear = if parts.is_empty() {
        is_clear(colour)
    } else {
        parts.iter().all(|part| is_clear(part.unwrap_or(colour)))
    };
    !is_tiny && all_clear
}

fn ground(style: Option<&Style>) -> Color {
    let fill = style.and_then(|style| style.fill.as_ref());
    let solid = fill.filter(|fill| fill.pattern == FillPattern::Solid);
    solid.and_then(|fill| fill.foreground_color).unwrap_or(WHITE)
}

/// The colour of a part of a text, where it is told outright.
pub(super) fn of_part(element: &BytesStart<'_>) -> Option<Color> {
    if let Some(rgb) = attribute(element, "rgb") {
        let digits = rgb.get(rgb.len().checked_sub(6)?..)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        return Some(Color { alpha: 255, red: part(0)?, green: part(2)?, blue: part(4)? });
    }
    if attribute(element, "tint").is_some() {
        return None;
    }
    match (attribute(element, "theme").as_deref(), attribute(element, "indexed").as_deref()) {
        (Some("0"), _) | (_, Some("1" | "9" | "65")) => Some(WHITE),
        (Some("1"), _) | (_, Some("0" | "8" | "64")) => Some(BLACK),
        _ => None,
    }
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
