//! Stars and the wave pattern, as paths.

use crate::printing::geometry::{Rect, as_f32};
use crate::printing::pdf::content::Content;

/// Corners of a five-pointed star of radius 1000 around the origin. A table rather than sines, whose
/// last digit depends on the machine.
const STAR: [(i32, i32); 10] = [
    (0, 1000),
    (225, 309),
    (951, 309),
    (363, -118),
    (588, -809),
    (0, -382),
    (-588, -809),
    (-363, -118),
    (-951, 309),
    (-225, 309),
];

/// How far the control points of a quarter circle lie along its tangents, in radii.
const KAPPA: f32 = 0.5523;

/// Adds a star to the path.
pub(super) fn star(content: &mut Content, centre: (i32, i32), radius: i32) {
    for (index, (x, y)) in STAR.into_iter().enumerate() {
        let at = [scaled(centre.0, x, radius), scaled(centre.1, y, radius)];
        content.op(&at, if index == 0 { "m" } else { "l" });
    }
    content.op(&[], "h");
}

/// A coordinate in tenths of dots.
fn scaled(centre: i32, thousandths: i32, radius: i32) -> f32 {
    as_f32(centre * 10 + thousandths * radius / 100) / 10.0
}

/// Fills an area with overlapping waves; fill and stroke inks are set before.
pub(super) fn waves(content: &mut Content, area: Rect, radius: i32) {
    content.op(&[], "q").rect(area).op(&[], "W").op(&[], "n");
    let rows = area.height / (radius / 2) + 3;
    for row in 0..rows {
        let y = area.top() + radius / 2 - row * (radius / 2);
        let shift = if row % 2 == 0 { 0 } else { radius };
        let mut x = area.x - radius + shift;
        while x - radius < area.right() {
            for ring in [10, 7, 4] {
                circle(content, (as_f32(x), as_f32(y)), as_f32(radius * ring) / 10.0);
                content.op(&[], "b");
            }
            x += 2 * radius;
        }
    }
    content.op(&[], "Q");
}

fn circle(content: &mut Content, (x, y): (f32, f32), r: f32) {
    let k = ((r * KAPPA) * 10.0).round() / 10.0;
    content.op(&[x + r, y], "m");
    content.op(&[x + r, y + k, x + k, y + r, x, y + r], "c");
    content.op(&[x - k, y + r, x - r, y + k, x - r, y], "c");
    content.op(&[x - r, y - k, x - k, y - r, x, y - r], "c");
    content.op(&[x + k, y - r, x + r, y - k, x + r, y], "c");
}

/// Adds a rectangle with round ends to the path.
pub(super) fn pill(content: &mut Content, area: Rect) {
    let r = as_f32(area.height) / 2.0;
    let k = ((r * (1.0 - KAPPA)) * 10.0).round() / 10.0;
    let (left, right) = (as_f32(area.x), as_f32(area.right()));
    let (bottom, top) = (as_f32(area.y), as_f32(area.top()));
    content.op(&[left + r, bottom], "m").op(&[right - r, bottom], "l");
    content.op(&[right - k, bottom, right, bottom + k, right, bottom + r], "c");
    content.op(&[right, top - k, right - k, top, right - r, top], "c");
    content.op(&[left + r, top], "l");
    content.op(&[left + k, top, left, top - k, left, bottom + r], "c");
    content.op(&[left, bottom + k, left + k, bottom, left + r, bottom], "c").op(&[], "h");
}
