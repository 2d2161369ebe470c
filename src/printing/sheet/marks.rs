//! What stands outside the stamps: crop and register marks, the colour bar, and the die line.

use crate::printing::colour::{Ink, Step};
use crate::printing::design::{Palette, outline};
use crate::printing::geometry::{Rect, as_f32};
use crate::printing::imposition::{COLOUR_BAR_MM, Imposition, MARK_MM};
use crate::printing::pdf::content::Content;
use crate::printing::prepress::{Cut, Die, Standard};

/// Width of a mark in points.
const HAIRLINE_PT: f64 = 0.25;
/// Side of a patch of the colour bar, in millimetres.
const PATCH_MM: f64 = 3.0;

/// Everything around the stamps that is the same on every sheet.
pub(super) fn around(imposition: &Imposition, palette: &Palette) -> Content {
    let mut content = Content::default();
    let marks = imposition.layout.marks;
    let hairline = imposition.grid().from_points(HAIRLINE_PT);
    content.op(&[hairline], "w");
    if marks.crop
        && let Some(black) = palette.black()
    {
        content.stroke_ink(black);
        crop(&mut content, imposition);
    }
    if marks.register {
        register(&mut content, imposition, palette);
    }
    if marks.colour_bar {
        colour_bar(&mut content, imposition, palette);
    }
    content
}

/// Marks on the cut lines of all rows and columns, around the block, beyond the bleed.
fn crop(content: &mut Content, imposition: &Imposition) {
    let outside = imposition.block().grown(imposition.bleed());
    let length = imposition.grid().dots(MARK_MM);
    let (xs, ys) = cut_lines(imposition);
    for x in xs {
        line(content, (x, outside.top()), (x, outside.top() + length));
        line(content, (x, outside.y), (x, outside.y - length));
    }
    for y in ys {
        line(content, (outside.x, y), (outside.x - length, y));
        line(content, (outside.right(), y), (outside.right() + length, y));
    }
    content.op(&[], "S");
}

/// The x of every upright cut and the y of every level one, each once.
fn cut_lines(imposition: &Imposition) -> (Vec<i32>, Vec<i32>) {
    let cells: Vec<Rect> = (1..=imposition.cells()).map(|cell| imposition.cell(cell)).collect();
    let lines = |ends: fn(&Rect) -> [i32; 2]| {
        let mut lines: Vec<i32> = cells.iter().flat_map(ends).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    };
    (lines(|cell| [cell.x, cell.right()]), lines(|cell| [cell.y, cell.top()]))
}

/// Crosses at the four corners, on every process plate and on no other: a cutter must not take
/// them for its line.
fn register(content: &mut Content, imposition: &Imposition, palette: &Palette) {
    let all = match palette.standard() {
        Standard::Gray => Ink::Gray(0.0),
        Standard::X4 | Standard::X1a | Standard::Vt1 => Ink::Process([1.0; 4]),
    };
    let Some(all) = palette.seen(all) else { return };
    content.stroke_ink(all);
    let size = imposition.grid().dots(MARK_MM);
    let middles = imposition.block().grown(imposition.bleed() + size / 2);
    for x in [middles.x, middles.right()] {
        for y in [middles.y, middles.top()] {
            line(content, (x - size / 2, y), (x + size / 2, y));
            line(content, (x, y - size / 2), (x, y + size / 2));
        }
    }
    content.op(&[], "S");
}

/// Patches of every ink, full and half, above the block.
fn colour_bar(content: &mut Content, imposition: &Imposition, palette: &Palette) {
    let grid = imposition.grid();
    let outside = imposition.block().grown(imposition.bleed());
    let y = outside.top() + grid.dots(MARK_MM) + grid.dots(COLOUR_BAR_MM - PATCH_MM);
    let side = grid.dots(PATCH_MM);
    let mut inks = Vec::new();
    if palette.standard() == Standard::Gray {
        inks.extend([0.0, 0.25, 0.5, 0.75].map(Ink::Gray));
    } else {
        for plate in 0..4 {
            for tint in [1.0, 0.5] {
                let tinted = |other: usize| if other == plate { tint } else { 0.0 };
                inks.push(Ink::Process(std::array::from_fn(tinted)));
            }
        }
        inks.push(Ink::Process([0.5, 0.4, 0.4, 0.0]));
    }
    for (index, spot) in palette.spots().iter().enumerate() {
        if spot.step.is_none() {
            inks.push(Ink::Spot(index));
        }
    }
    let mut x = imposition.block().x;
    for ink in inks {
        if x + side > imposition.block().right() {
            return;
        }
        if let Some(ink) = palette.seen(ink) {
            content.fill_ink(ink).rect(Rect { x, y, width: side, height: side }).op(&[], "f");
        }
        x += side;
    }
}

/// The die line of a whole sheet, on its layer; nothing where there is none.
pub(super) fn die_line(
    imposition: &Imposition,
    design: &crate::printing::Design,
    palette: &Palette,
) -> Option<Content> {
    let ink = palette.die()?;
    let (die, grid) = (&imposition.layout.die, imposition.grid());
    let mut content = Content::default();
    let layers = palette.standard().has_layers();
    if layers {
        content.begin_layer(Step::Cutting);
    }
    content.op(&[], "q").overprint().stroke_ink(ink);
    content.op(&[grid.from_points(die.line_pt)], "w");
    bridges(&mut content, die, imposition);
    match die.cut {
        Cut::Contour => {
            for cell in 1..=imposition.cells() {
                outline(&mut content, &design.data, imposition.cell(cell), grid);
            }
        }
        Cut::Straight => straight(&mut content, imposition),
        Cut::None => {}
    }
    content.op(&[], "S").op(&[], "Q");
    if layers {
        content.end_layer();
    }
    Some(content)
}

/// Cuts through the whole block and its bleed.
fn straight(content: &mut Content, imposition: &Imposition) {
    let outside = imposition.block().grown(imposition.bleed());
    let (xs, ys) = cut_lines(imposition);
    for x in xs {
        line(content, (x, outside.y), (x, outside.top()));
    }
    for y in ys {
        line(content, (outside.x, y), (outside.right(), y));
    }
}

/// Gaps in the line, so that cut stamps hold to their sheet.
fn bridges(content: &mut Content, die: &Die, imposition: &Imposition) {
    if die.gap_mm > 0.0 {
        let grid = imposition.grid();
        let gap = as_f32(grid.dots(die.gap_mm).max(grid.step()));
        content.dash(grid.from_mm(die.gap_every_mm).round() - gap, gap);
    }
}

fn line(content: &mut Content, from: (i32, i32), to: (i32, i32)) {
    content.op(&[as_f32(from.0), as_f32(from.1)], "m").op(&[as_f32(to.0), as_f32(to.1)], "l");
}
