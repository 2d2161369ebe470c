//! Cells of a sheet are all alike: none covers or lacks anything that the others show.

use crate::file;
use crate::job::{Desk, desk_of, faces, job, layout, print};
use crate::render::{self, Picture};
use ocop_stamp::printing::design::FieldKind;
use ocop_stamp::printing::geometry::Rect;
use ocop_stamp::printing::prepress::Cut;
use ocop_stamp::printing::{Design, Face, Imposition, Job, Layout, Standard};

/// Pixels of a stamp that may be smoothed otherwise. A hair of a neighbour's along the shortest side of
/// the smallest stamp would be 170.
const PIXELS: usize = 20;

/// The same code on every stamp, so that what differs is the sheet's.
fn alike(design: &Design, total: u64) -> Vec<Face> {
    let mut face = faces(1).remove(0);
    if design.data.size_mm.0 < 16.0 {
        face.text = face.text.rsplit_once('/').unwrap().0.to_owned();
    }
    (0..total).map(|_| face.clone()).collect()
}

/// The first page of a job in which a stamp is in so many cells.
fn page(desk: &Desk, imposition: &Imposition, stamps: u32) -> Picture {
    let total = u64::from(stamps);
    let job = Job { imposition, ..job(desk, total) };
    let (_, files) = print(&job, alike(&desk.design, total)).unwrap();
    render::at_300_dpi(files.into_iter().next().unwrap()).remove(0)
}

/// The pixels of a rectangle of the sheet.
fn part(page: &Picture, imposition: &Imposition, rect: Rect) -> Vec<u8> {
    let rect = imposition.on_page(rect);
    let pixel = |dots: i32| usize::try_from(dots / imposition.grid().step()).unwrap();
    let (left, top) = (pixel(rect.x), page.height - pixel(rect.top()));
    let (width, height) = (pixel(rect.width), pixel(rect.height));
    let rows = (top..top + height).map(|y| y * page.width + left);
    rows.flat_map(|at| page.luma[at..at + width].to_vec()).collect()
}

/// What every cell may show: its trim, and as much of the bleed as neighbours leave.
fn own(imposition: &Imposition, cell: u32) -> Rect {
    let (across, up) = imposition.inner_bleed();
    imposition.cell(cell).grown_by(across, up).within(&imposition.sheet())
}

/// The same with symbol and letters masked out: renderers set letters at fractions of a pixel.
fn masked(page: &Picture, desk: &Desk, cell: u32) -> Vec<u8> {
    let imposition = &desk.imposition;
    let (own, trim) = (own(imposition, cell), imposition.cell(cell));
    let mut pixels = part(page, imposition, own);
    let on_page = imposition.on_page(own);
    let pixel = |dots: i32| dots.div_euclid(imposition.grid().step());
    let width = pixel(on_page.width);
    for field in desk.design.data.fields.iter().filter(|it| it.kind != FieldKind::Stars) {
        let [x, y, wide, high] = field.box_mm.map(|length| imposition.grid().dots(length));
        let area = Rect { x: trim.x + x, y: trim.top() - y - high, width: wide, height: high };
        let area = imposition.on_page(area.grown(imposition.grid().dots(0.7)).within(&own));
        let (left, top) = (pixel(area.x - on_page.x), pixel(on_page.top() - area.top()));
        for row in top..top + pixel(area.height) {
            for column in left..left + pixel(area.width) {
                let at = usize::try_from(row * width + column).unwrap();
                if let Some(pixel) = pixels.get_mut(at) {
                    *pixel = 255;
                }
            }
        }
    }
    pixels
}

/// Compares every cell with a stamp that has no neighbours.
fn assert_alike(desk: &Desk) {
    let imposition = &desk.imposition;
    let name = format!("{} on {}", desk.design.name, imposition.layout.name);
    let full = page(desk, imposition, imposition.cells());
    let alone = page(desk, imposition, 1);
    let wanted = masked(&alone, desk, 1);
    for cell in 1..=imposition.cells() {
        let found = masked(&full, desk, cell);
        // A hair less than a pixel is covered at the cuts that are shared, and edges are smoothed.
        let differ = found.iter().zip(&wanted).filter(|(a, b)| a.abs_diff(**b) > 24).count();
        assert_eq!(found.len(), wanted.len(), "{name}: cell {cell}");
        assert!(differ <= PIXELS, "{name}: cell {cell} differs in {differ} pixels");
    }
}

/// A paper with room for a few stamps of a design.
fn small(design: &Design, gutter_mm: f64, turn: u16, kind: &str) -> Layout {
    let (width, height) = design.data.size_mm;
    let size = |side: f64, count: f64| (side + gutter_mm) * count + 8.0;
    let (across, down) = (size(width, 3.0), size(height, 3.0));
    let page = if turn == 90 { (down, across) } else { (across, down) };
    let toml = format!(
        "title = \"x\"\nkind = \"{kind}\"\npage_mm = [{:.1}, {:.1}]\ngutter_mm = {gutter_mm}\n\
         turn = {turn}\n[marks]\ncrop = false\nslug = false\n",
        page.0, page.1
    );
    let mut layout = Layout::from_toml("x", &toml).unwrap();
    layout.die.cut = Cut::None;
    layout
}

fn on_small(design: &str, gutter_mm: f64, turn: u16, kind: &str) -> Desk {
    let found = Design::by_name(design).unwrap().unwrap();
    let desk = desk_of(&small(&found, gutter_mm, turn, kind), design);
    assert!(desk.imposition.cells() >= 4, "{}", desk.imposition.cells());
    desk
}

#[test]
fn the_cells_of_every_design_are_alike_however_near_they_stand() {
    for design in Design::shipped() {
        for gutter_mm in [0.0, 0.5, 2.3] {
            assert_alike(&on_small(design, gutter_mm, 0, "sheet"));
        }
    }
}

#[test]
fn the_cells_of_turned_sheets_of_rolls_and_of_every_standard_are_alike() {
    for (turn, kind) in [(90, "sheet"), (180, "sheet"), (0, "roll"), (90, "roll")] {
        assert_alike(&on_small("khue-van-40x25", 1.0, turn, kind));
    }
    for standard in [Standard::X1a, Standard::Vt1, Standard::Gray] {
        let mut layout = on_small("trong-dong-30", 0.0, 0, "sheet").imposition.layout;
        layout.press.standard = standard;
        assert_alike(&desk_of(&layout, "trong-dong-30"));
    }
}

#[test]
fn the_cells_of_every_design_on_the_paper_with_shared_cuts_are_alike() {
    let mut layout = layout("a4-pha");
    layout.die.cut = Cut::None;
    for design in ["sen-25x35", "khue-van-40x25"] {
        assert_alike(&desk_of(&layout, design));
    }
}

#[test]
fn art_bleeds_where_there_is_no_neighbour_and_stops_where_there_is_one() {
    let desk = on_small("sen-25x35", 0.0, 0, "sheet");
    let imposition = &desk.imposition;
    let picture = page(&desk, imposition, imposition.cells());
    let bleed = imposition.bleed();
    let inside = imposition.block().grown(bleed);
    let edge = Rect { height: bleed, y: inside.top() - bleed, ..inside };
    let dark = part(&picture, imposition, edge).iter().filter(|luma| **luma < 200).count();
    assert!(dark > 1000, "the upper edge bleeds: {dark}");
    let beyond = imposition.block().grown(bleed + imposition.grid().step() * 4);
    let above = Rect { height: imposition.grid().step() * 4, y: inside.top(), ..beyond };
    assert!(part(&picture, imposition, above).iter().all(|luma| *luma == 255));
}

#[test]
fn a_clip_is_written_once_a_file_and_not_once_a_stamp() {
    let desk = desk_of(&layout("a4-pha"), "sen-25x35");
    let cells = u64::from(desk.imposition.cells());
    let (_, files) = print(&job(&desk, 20 * cells), faces(20 * cells)).unwrap();
    let forms = file::objects(&files[0]);
    let forms = forms.iter().filter(|object| object.dict.contains("/Subtype/Form")).count();
    assert_eq!(forms, 12, "art, marks, die line, and nine places in a block");
    for page in file::pages(&files[0]) {
        let drawn = file::readable(&page).lines().filter(|line| line.contains("cm/C")).count();
        assert_eq!(drawn, usize::try_from(cells).unwrap());
    }
}
