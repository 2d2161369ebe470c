//! What stands outside the stamps: crop marks, and the slug line that says which sheet this is.

use super::{Face, Job};
use crate::printing::geometry::{Rect, as_f32, dots};
use crate::printing::imposition::Layout;
use crate::printing::pdf::content::{BLACK, Content};
use crate::printing::pdf::font::{Fonts, Style};

/// The font of the slug line.
pub(super) const STYLE: Style = Style::Plain;

/// Font size of the slug line in dots: 5.3 pt.
const SIZE: f32 = 44.0;
/// Length of a crop mark.
const MARK_MM: f64 = 3.0;
/// Width of a crop mark in dots: about a quarter of a point.
const HAIRLINE: f32 = 2.0;
/// White between the two halves of the slug line, in dots.
const GAP: f32 = 100.0;

/// Marks on the cut lines of all rows and columns, all around the block, beyond the bleed.
pub(super) fn crop_marks(layout: &Layout) -> Content {
    let mut content = Content::default();
    content.stroke_ink(BLACK).op(&[HAIRLINE], "w");
    let outside = layout.block().grown(dots(layout.bleed_mm));
    let length = dots(MARK_MM);
    for column in 1..=layout.columns() {
        let cell = layout.cell(column);
        for x in [cell.x, cell.right()] {
            line(&mut content, (x, outside.top()), (x, outside.top() + length));
            line(&mut content, (x, outside.y), (x, outside.y - length));
        }
    }
    for row in 0..layout.rows() {
        let cell = layout.cell(row * layout.columns() + 1);
        for y in [cell.y, cell.top()] {
            line(&mut content, (outside.x, y), (outside.x - length, y));
            line(&mut content, (outside.right(), y), (outside.right() + length, y));
        }
    }
    content.op(&[], "S");
    content
}

/// Everything the slug line may say, apart from serial numbers.
pub(super) fn slug_texts(job: &Job<'_>) -> impl Iterator<Item = String> {
    [subject(job), "Tờ / · – 0123456789 … Tập".to_owned()].into_iter()
}

/// Writes the slug line below the stamps: what is printed on the left, which sheet on the right.
pub(super) fn slug(
    content: &mut Content,
    job: &Job<'_>,
    fonts: &Fonts<'_>,
    (sheet, sheets): (u64, u64),
    faces: &[Face],
) {
    let font = fonts.get(STYLE);
    let Rect { x: left, width, .. } = job.layout.block();
    let (left, width) = (as_f32(left), as_f32(width));
    let volume = (sheet - 1) / u64::from(job.sheets_per_volume.max(1)) + 1;
    let serials = match faces {
        [first, .., last] => format!("{} – {}", first.serial, last.serial),
        [only] => only.serial.clone(),
        [] => String::new(),
    };
    let which = format!("Tập {volume} · Tờ {sheet}/{sheets} · {serials}");
    let which_width = (font.width(&which) * SIZE).ceil();
    let mut what = subject(job);
    let room = width - which_width - GAP;
    if font.width(&what) * SIZE > room {
        while !what.is_empty() && font.width(&format!("{what}…")) * SIZE > room {
            what.pop();
        }
        what.push('…');
    }
    let y = as_f32(dots(job.layout.margin_mm)) + 8.0;
    content.begin_text(STYLE, SIZE).show(left, y, &what);
    content.show(width - which_width, 0.0, &which).op(&[], "ET");
}

fn subject(job: &Job<'_>) -> String {
    let Job { batch, product_name, producer_name, stars, .. } = job;
    format!("Lô tem {batch} · {product_name} · {stars} sao · {producer_name}")
}

fn line(content: &mut Content, from: (i32, i32), to: (i32, i32)) {
    content.op(&[as_f32(from.0), as_f32(from.1)], "m").op(&[as_f32(to.0), as_f32(to.1)], "l");
}
