//! Stars, and the outlines of stamps, as paths.

use super::data::{Data, Shape};
use crate::printing::geometry::{Grid, Rect, as_f32};
use crate::printing::pdf::content::Content;

/// Corners of a five-pointed star of radius 1000 around the origin. A table rather than sines, whose
/// last digit depends on the machine.
const STAR: [(f32, f32); 10] = [
    (0.0, 1000.0),
    (225.0, 309.0),
    (951.0, 309.0),
    (363.0, -118.0),
    (588.0, -809.0),
    (0.0, -382.0),
    (-588.0, -809.0),
    (-363.0, -118.0),
    (-951.0, 309.0),
    (-225.0, 309.0),
];
/// Width of a star, and its height, in radii.
const STAR_WIDTH: f32 = 1.902;
const STAR_HEIGHT: f32 = 1.809;
/// From star to star, in radii.
const STAR_PITCH: f32 = 2.1;

/// How far the control points of a quarter circle lie along its tangents, in radii.
const KAPPA: f32 = 0.5523;

/// Fills a row of stars, as large as the box allows; `align` says where the row stands, from 0 at
/// the left to 1 at the right.
pub(super) fn stars(content: &mut Content, count: u8, area: Rect, align: f32) {
    let radii = STAR_WIDTH + f32::from(count.saturating_sub(1)) * STAR_PITCH;
    let radius = (as_f32(area.height) / STAR_HEIGHT).min(as_f32(area.width) / radii);
    let free = as_f32(area.width) - radii * radius;
    // A star reaches higher above its middle than below.
    let y = as_f32(area.y) + as_f32(area.height) / 2.0 + (STAR_HEIGHT / 2.0 - 1.0) * radius;
    for index in 0..count {
        let across = STAR_WIDTH / 2.0 + f32::from(index) * STAR_PITCH;
        let x = as_f32(area.x) + free * align + across * radius;
        for (corner, (dx, dy)) in STAR.into_iter().enumerate() {
            let at = [x + dx * radius / 1000.0, y + dy * radius / 1000.0].map(tenth);
            content.op(&at, if corner == 0 { "m" } else { "l" });
        }
        content.op(&[], "h");
    }
    content.op(&[], "f");
}

/// Adds the outline of a stamp to the path: its trim, as the design shapes it.
pub(crate) fn outline(content: &mut Content, data: &Data, trim: Rect, grid: Grid) {
    let half = as_f32(trim.width.min(trim.height)) / 2.0;
    let radius = match data.shape {
        Shape::Rectangle => 0.0,
        Shape::Rounded => grid.from_mm(data.corner_mm).min(half),
        Shape::Circle => half,
    };
    if radius <= 0.0 {
        content.rect(trim);
        return;
    }
    let k = radius * (1.0 - KAPPA);
    let (left, right) = (as_f32(trim.x), as_f32(trim.right()));
    let (bottom, top) = (as_f32(trim.y), as_f32(trim.top()));
    let mut put = |operands: &[f32], operator: &str| {
        let short: Vec<f32> = operands.iter().map(|length| tenth(*length)).collect();
        content.op(&short, operator);
    };
    put(&[left + radius, bottom], "m");
    put(&[right - radius, bottom], "l");
    put(&[right - k, bottom, right, bottom + k, right, bottom + radius], "c");
    put(&[right, top - radius], "l");
    put(&[right, top - k, right - k, top, right - radius, top], "c");
    put(&[left + radius, top], "l");
    put(&[left + k, top, left, top - k, left, top - radius], "c");
    put(&[left, bottom + radius], "l");
    put(&[left, bottom + k, left + k, bottom, left + radius, bottom], "c");
    put(&[], "h");
}

/// To a tenth of a dot, which keeps files small.
fn tenth(length: f32) -> f32 {
    (length * 10.0).round() / 10.0
}
