//! The slug: the line below the stamps that says which sheet this is, and the sheet's bar code.

use super::{Face, Job};
use crate::fonts;
use crate::printing::code128;
use crate::printing::geometry::{Rect, as_f32};
use crate::printing::imposition::{MARK_MM, SLUG_MM};
use crate::printing::pdf::content::Content;
use crate::printing::pdf::font::{Fonts, Style};

/// The font of the slug.
pub(super) const STYLE: Style = Style::Plain;

/// Font size in points.
const SIZE_PT: f64 = 5.3;
/// Width of the narrowest bar, in millimetres.
const BAR_MM: f64 = 0.254;
/// Height of the bars, in millimetres.
const BAR_HEIGHT_MM: f64 = 2.6;
/// White between the parts of the slug, in millimetres.
const GAP_MM: f64 = 4.0;

/// Everything the slug may say, apart from serial numbers.
pub(super) fn texts(job: &Job<'_>) -> impl Iterator<Item = String> {
    [subject(job), "Tờ / · – 0123456789 … Mô-đun điểm, dpi".to_owned()].into_iter()
}

/// Which sheet it is, for machines: batch and number. No stamp reads so.
pub(super) fn sheet_code(job: &Job<'_>, sheet: u64) -> String {
    format!("{}-{sheet:05}", job.label.batch)
}

/// Writes the slug; `module` is the size of the symbols' modules in dots.
pub(super) fn write(
    content: &mut Content,
    job: &Job<'_>,
    fonts: &Fonts<'_>,
    (sheet, sheets): (u64, u64),
    faces: &[(u32, Face)],
    module: i32,
) {
    let imposition = job.imposition;
    let grid = imposition.grid();
    let Rect { x: left, width, y: block, .. } = imposition.block();
    let mark = if imposition.layout.marks.crop { MARK_MM } else { 0.0 };
    let top = block - imposition.bleed() - grid.dots(mark);
    let y = top - grid.dots(SLUG_MM);
    let bars = bar_code(content, job, sheet, (left + width, y));
    let room = as_f32(width - bars);
    let font = fonts.get(STYLE);
    let size = grid.from_points(SIZE_PT);
    let serials = match faces {
        [(_, first), .., (_, last)] => format!("{} – {}", first.serial, last.serial),
        [(_, only)] => only.serial.clone(),
        [] => String::new(),
    };
    let dpi = grid.dpi();
    let which = format!("Tờ {sheet}/{sheets} · {serials} · Mô-đun {module} điểm, {dpi} dpi");
    let which_width = (font.width(&which) * size).ceil();
    let gap = grid.from_mm(GAP_MM);
    if which_width > room {
        return;
    }
    let what = cut(&subject(job), room - which_width - gap, |text| font.width(text) * size);
    // In the middle of the bars.
    let height = as_f32(grid.dots(BAR_HEIGHT_MM));
    let y = (as_f32(y) + (height - font.cap_height() * size) / 2.0).round();
    content.begin_text(STYLE, size).show_runs(fonts, (STYLE, size), (as_f32(left), y), &what);
    content.show((room - which_width).floor(), 0.0, &which).op(&[], "ET");
}

/// Draws the sheet's bar code so that it ends at a point; returns the width it takes, or none where
/// the block is too narrow for it.
fn bar_code(content: &mut Content, job: &Job<'_>, sheet: u64, (right, y): (i32, i32)) -> i32 {
    let grid = job.imposition.grid();
    let bar = grid.dots(BAR_MM).max(1);
    let Some((bars, modules)) = code128::encode(&sheet_code(job, sheet)) else { return 0 };
    let width = (modules + code128::QUIET_ZONE) * bar;
    if width * 2 > job.imposition.block().width {
        return 0;
    }
    let left = right - modules * bar;
    let height = grid.dots(BAR_HEIGHT_MM);
    for (at, length) in bars {
        content.rect(Rect { x: left + at * bar, y, width: length * bar, height });
    }
    content.op(&[], "f");
    width
}

/// A text cut with an ellipsis to a width; empty where not even that fits.
fn cut(text: &str, room: f32, width: impl Fn(&str) -> f32) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut cut = text.to_owned();
    while !cut.is_empty() && width(&format!("{cut}…")) > room {
        cut.pop();
    }
    cut.truncate(cut.trim_end().len());
    if cut.is_empty() { cut } else { cut + "…" }
}

fn subject(job: &Job<'_>) -> String {
    let label = &job.label;
    let design = &job.design;
    fonts::printed(&format!(
        "Lô tem {} · {} · {} sao · {} · {} v{}",
        label.batch,
        label.product_name,
        label.stars,
        label.producer_name,
        design.name,
        design.data.version
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::geometry::signed;

    #[test]
    fn a_text_is_cut_only_where_it_must_be() {
        let width = |text: &str| as_f32(signed(u32::try_from(text.chars().count()).unwrap()));
        assert_eq!(cut("Lô tem AB12", 11.0, width), "Lô tem AB12");
        assert_eq!(cut("Lô tem AB12", 8.0, width), "Lô tem…");
        assert_eq!(cut("Lô tem AB12", 0.5, width), "");
    }
}
