//! Sheets in their plates, as a press without a front end for PDF gets them.

use std::io::Cursor;

use crate::dots::{black, decode};
use crate::job::{Desk, desk, desk_of, desk_with, faces, fonts, job, layout};
use crate::own;
use ocop_stamp::plates::{render_sheet, write_png, write_tiff};
use ocop_stamp::printing::geometry::{Grid, Rect};
use ocop_stamp::printing::{Bitmap, Design, Job, Layout, Plate, SheetError, Standard, separate};

/// Why a job was not separated.
#[derive(Debug)]
struct Failed(String);

impl From<SheetError<Self>> for Failed {
    fn from(error: SheetError<Self>) -> Self {
        Self(error.to_string())
    }
}

/// The plates of a sheet, by name.
fn plates_of(desk: &Desk, total: u64, sheet: u64) -> Vec<(String, Bitmap)> {
    let job = Job { only: Some(sheet..=sheet), ..job(desk, total) };
    let faces = faces(total).into_iter().map(Ok::<_, Failed>);
    let mut painted = Vec::new();
    separate(&job, &fonts(), faces, |sheet| {
        let plates = render_sheet(sheet, desk.imposition.grid()).unwrap();
        painted.extend(plates.into_iter().map(|(plate, dots)| (plate.name().to_owned(), dots)));
        Ok(())
    })
    .unwrap();
    painted
}

fn named<'a>(plates: &'a [(String, Bitmap)], name: &str) -> &'a Bitmap {
    &plates.iter().find(|(plate, _)| plate == name).unwrap().1
}

/// A rectangle of the page, y upwards, as a picture.
fn part(bitmap: &Bitmap, rect: Rect) -> Bitmap {
    let top = i32::try_from(bitmap.height()).unwrap() - rect.top();
    let side = |length: i32| u32::try_from(length).unwrap();
    bitmap.part((rect.x, top), side(rect.width), side(rect.height))
}

fn decoded(bitmap: &Bitmap, desk: &Desk, cell: u32) -> Option<String> {
    let page = &desk.imposition;
    decode(&part(bitmap, page.on_page(page.cell(cell))))
}

#[test]
fn every_symbol_of_a_sheet_decodes_from_the_black_plate_of_600_dpi() {
    let desk = desk();
    let cells = u64::from(desk.imposition.cells());
    let plates = plates_of(&desk, cells + 2, 1);
    let names: Vec<&str> = plates.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Cyan", "Magenta", "Yellow", "Black", "CutContour"]);
    let black = named(&plates, "Black");
    assert_eq!((black.width(), black.height()), (4960, 7016));
    for (cell, face) in (1..).zip(faces(cells)) {
        assert_eq!(decoded(black, &desk, cell), Some(face.text), "cell {cell}");
    }
    for other in ["Cyan", "Magenta", "Yellow", "CutContour"] {
        assert_eq!(decoded(named(&plates, other), &desk, 1), None, "{other}");
    }
}

#[test]
fn the_die_line_is_on_its_own_plate_at_the_trims_and_on_no_other() {
    let desk = desk_of(&layout("sra3"), "sen-25x35");
    let plates = plates_of(&desk, u64::from(desk.imposition.cells()), 1);
    let die = named(&plates, "CutContour");
    let grid = desk.imposition.grid();
    let mut rest = die.clone();
    for cell in 1..=desk.imposition.cells() {
        let trim = desk.imposition.on_page(desk.imposition.cell(cell));
        // A line of 0.25 pt is two dots wide: one on either side of the trim.
        let at_the_cut = black(&part(die, trim.grown(2))) - black(&part(die, trim.grown(-2)));
        let round = u32::try_from(2 * (trim.width + trim.height)).unwrap();
        assert!(at_the_cut > round, "cell {cell}: {at_the_cut} of {round} dots are cut");
        let (width, height) = (trim.width + 4, trim.height + 4);
        let top = i32::try_from(die.height()).unwrap() - trim.top() - 2;
        let side = |length: i32| u32::try_from(length).unwrap();
        assert_eq!(black(&part(die, trim.grown(-grid.dots(1.0)))), 0, "cell {cell}: inside");
        rest.whiten(trim.x - 2, top, side(width), side(height));
    }
    assert_eq!(black(&rest), 0, "there is something beside the trims");
    let without = {
        let mut layout = layout("sra3");
        layout.die.cut = ocop_stamp::printing::prepress::Cut::None;
        desk_of(&layout, "sen-25x35")
    };
    let bare = plates_of(&without, u64::from(desk.imposition.cells()), 1);
    assert!(bare.iter().all(|(name, _)| name != "CutContour"));
    for (name, plate) in &bare {
        assert!(named(&plates, name) == plate, "the die line is on {name}");
    }
}

/// Bands from the top, 4 mm high: a mix of process inks, gold on it, varnish on both, and bare paper
/// below.
const BANDS: &str = r##"
    <rect x="-2" y="-2" width="24" height="10" fill="#aa0000"/>
    <rect x="-2" y="4" width="24" height="4" fill="#ddaa00"/>
    <rect x="10" y="-2" width="12" height="10" fill="#00ffff"/>"##;

#[test]
fn a_tint_has_its_share_of_dots_spot_colours_knock_out_and_varnish_lies_on_top() {
    let desk = desk_with(&layout("a4"), own::design("", BANDS));
    let plates = plates_of(&desk, 1, 1);
    let trim = desk.imposition.on_page(desk.imposition.cell(1));
    let grid = desk.imposition.grid();
    let share = |plate: &str, (x, y): (f64, f64)| {
        let corner = (trim.x + grid.dots(x), trim.top() - grid.dots(y) - 32);
        let patch = Rect { x: corner.0, y: corner.1, width: 64, height: 32 };
        f64::from(black(&part(named(&plates, plate), patch))) / (64.0 * 32.0)
    };
    let (mix, gold, varnished, paper) = ((2.0, 1.0), (2.0, 5.0), (15.0, 5.0), (2.0, 8.2));
    for (plate, expected) in [
        ("Cyan", [0.10, 0.0, 0.0, 0.0]),
        ("Magenta", [1.0, 0.0, 0.0, 0.0]),
        ("Yellow", [0.75, 0.0, 0.0, 0.0]),
        ("Black", [0.25, 0.0, 0.0, 0.0]),
        ("Gold", [0.0, 1.0, 1.0, 0.0]),
        ("Varnish", [0.0, 0.0, 1.0, 0.0]),
        ("CutContour", [0.0, 0.0, 0.0, 0.0]),
    ] {
        for (place, expected) in [mix, gold, varnished, paper].into_iter().zip(expected) {
            let found = share(plate, place);
            assert!((found - expected).abs() < 0.01, "{plate} at {place:?}: {found}");
        }
    }
}

#[test]
fn artwork_that_is_a_pdf_page_is_not_separated() {
    let toml = own::toml("").replace("art.svg", "art.pdf");
    let one = "title = \"x\"\npage_mm = [24.2, 34.2]\n[marks]\ncrop = false\nslug = false\n\
               [press]\nstandard = \"gray\"";
    let one = desk_with(&Layout::from_toml("one", one).unwrap(), own::design("", BANDS));
    let page = crate::job::print(&job(&one, 1), faces(1)).unwrap().1.remove(0);
    let desk = desk_with(&layout("a4"), Design::new("page", &toml, &page).unwrap());
    let faces = faces(1).into_iter().map(Ok::<_, Failed>);
    let refused = separate(&job(&desk, 1), &fonts(), faces, |_| Ok(())).unwrap_err();
    assert!(refused.0.contains("cannot be separated into plates"), "{refused:?}");
}

#[test]
fn register_marks_are_on_every_process_plate_and_on_no_other() {
    let desk = desk_of(&layout("sra3"), "trong-dong-30");
    assert!(desk.imposition.layout.marks.register, "the layout of this test has register marks");
    let plates = plates_of(&desk, 1, 1);
    let outside = desk.imposition.block().grown(desk.imposition.bleed());
    let size = desk.imposition.grid().dots(3.0);
    let corner = Rect { x: outside.x - size, y: outside.top(), width: size, height: size };
    let corner = desk.imposition.on_page(corner);
    for (name, plate) in &plates {
        let marked = black(&part(plate, corner)) > u32::try_from(size).unwrap();
        let process = ["Cyan", "Magenta", "Yellow", "Black"].contains(&name.as_str());
        assert_eq!(marked, process, "{name}");
    }
}

#[test]
fn a_gray_job_has_one_plate() {
    let mut layout = layout("a4");
    layout.press.standard = Standard::Gray;
    let desk = desk_of(&layout, "sen-25x35");
    let plates = plates_of(&desk, 3, 1);
    assert_eq!(plates.len(), 1);
    assert_eq!(plates[0].0, Plate::Gray.name());
    assert_eq!(decoded(&plates[0].1, &desk, 3), Some(faces(3)[2].text.clone()));
}

#[test]
fn files_have_one_bit_a_dot_and_say_their_resolution() {
    let mut picture = Bitmap::new(1001, 700);
    for at in 0..700 {
        picture.blacken(at, at);
        picture.blacken(1000, at);
    }
    let grid = Grid::try_from(1200).unwrap();
    let mut file = Cursor::new(Vec::new());
    write_tiff(&mut file, &picture, grid, "AB12 1 Black").unwrap();
    let tiff = file.into_inner();
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(&tiff)).unwrap();
    assert_eq!(decoder.dimensions().unwrap(), (1001, 700));
    assert_eq!(decoder.colortype().unwrap(), tiff::ColorType::Gray(1));
    let tag = |decoder: &mut tiff::decoder::Decoder<_>, tag| decoder.get_tag_u32(tag).unwrap();
    assert_eq!(tag(&mut decoder, tiff::tags::Tag::PhotometricInterpretation), 0);
    let value = decoder.get_tag(tiff::tags::Tag::XResolution).unwrap();
    assert_eq!(value, tiff::decoder::ifd::Value::Rational(12000, 10));
    let tiff::decoder::DecodingResult::U8(bytes) = decoder.read_image().unwrap() else {
        panic!("other samples")
    };
    // The decoder gives white as one.
    let inverted: Vec<u8> = bytes.iter().map(|byte| !byte).collect();
    assert!(same_dots(&inverted, &picture));

    let mut png = Vec::new();
    write_png(&mut png, &picture, grid).unwrap();
    let mut reader = png::Decoder::new(Cursor::new(&png)).read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.bit_depth, info.width, info.height), (png::BitDepth::One, 1001, 700));
    assert_eq!(info.pixel_dims.unwrap().xppu, 47_244);
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    let inverted: Vec<u8> = bytes.iter().map(|byte| !byte).collect();
    assert!(same_dots(&inverted, &picture));
}

/// Whether rows of packed bits show a picture, whatever the padding.
fn same_dots(bytes: &[u8], picture: &Bitmap) -> bool {
    let row = picture.row_bytes();
    (0..picture.height()).all(|y| {
        (0..picture.width()).all(|x| {
            let byte = bytes[y as usize * row + x as usize / 8];
            (byte & (0x80 >> (x % 8)) != 0) == picture.is_black(x, y)
        })
    })
}
