//! The table of read rates in `docs/INSPECTION.md`.

use crate::canvas::Canvas;
use crate::sheet::{CELLS, SHEET, expected};
use ocop_stamp::inspection::{CellState, Scan};

/// A phone's picture of the sheet, 12 megapixels, from aside.
pub(crate) fn photo(sheet: &Canvas) -> Canvas {
    let corners = [(330.0, 250.0), (2650.0, 130.0), (2880.0, 3700.0), (190.0, 3850.0)];
    sheet.seen((3000, 4000), corners)
}

/// Something done to a sheet, and its name.
type Case = (&'static str, Box<dyn Fn(&Canvas) -> Vec<u8>>);

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    vec![
        ("300 dpi, clean", Box::new(Canvas::png)),
        ("600 dpi, turned 0.7°", Box::new(|s| s.at_dpi(600).turned(0.7).png())),
        ("300 dpi, turned 0.7°, noise 12", Box::new(|s| s.turned(0.7).noisy(12).png())),
        ("300 dpi, turned 33°", Box::new(|s| s.turned(33.0).png())),
        ("300 dpi, noise 40", Box::new(|s| s.clone().noisy(40).png())),
        ("300 dpi, blur 2 px", Box::new(|s| s.blurred(2.0).png())),
        ("300 dpi, blur 3 px", Box::new(|s| s.blurred(3.0).png())),
        ("300 dpi, light falling to 30 %", Box::new(|s| s.clone().unevenly_lit(30).noisy(6).png())),
        ("300 dpi, paper curled by 1 mm", Box::new(|s| s.curled(12.0).png())),
        ("300 dpi, paper curled by 3 mm", Box::new(|s| s.curled(35.0).png())),
        ("300 dpi, paper curled by 6 mm, blur 2 px", Box::new(|s| s.curled(70.0).blurred(2.0).png())),
        ("200 dpi, noise 12", Box::new(|s| s.at_dpi(200).noisy(12).png())),
        ("200 dpi, turned 3°, JPEG 60", Box::new(|s| s.at_dpi(200).turned(3.0).jpeg(60))),
        ("150 dpi, clean", Box::new(|s| s.at_dpi(150).png())),
        ("150 dpi, turned 0.7°, noise 12", Box::new(|s| s.at_dpi(150).turned(0.7).noisy(12).png())),
        ("150 dpi, turned 0.7°, blur 1 px, noise 12", Box::new(|s| s.at_dpi(150).turned(0.7).blurred(1.0).noisy(12).png())),
        ("120 dpi, clean", Box::new(|s| s.at_dpi(120).png())),
        ("100 dpi, clean", Box::new(|s| s.at_dpi(100).png())),
        ("photo 12 MP, aslant, light to 60 %, noise 8, JPEG 85", Box::new(|s| photo(s).unevenly_lit(60).noisy(8).jpeg(85))),
        ("photo 12 MP, aslant, blur 2 px, noise 12, JPEG 60", Box::new(|s| photo(s).blurred(2.0).noisy(12).jpeg(60))),
        ("photo 12 MP, aslant, light to 30 %, blur 3 px, noise 12", Box::new(|s| photo(s).unevenly_lit(30).blurred(3.0).noisy(12).jpeg(85))),
        ("photo 12 MP, aslant, paper curled by 3 mm, light to 60 %, blur 1 px, noise 8, JPEG 85", Box::new(|s| photo(&s.curled(35.0)).unevenly_lit(60).blurred(1.0).noisy(8).jpeg(85))),
        ("photo 3 MP, aslant, noise 8, JPEG 85", Box::new(|s| photo(s).at_dpi(150).noisy(8).jpeg(85))),
    ]
}

#[test]
#[ignore = "prints a table; takes minutes"]
fn read_rates() {
    let expected = expected("AB12", CELLS);
    println!("| picture | at first sight | after the closer look | pixels a module |");
    println!("|---|---|---|---|");
    for (name, degrade) in cases() {
        let file = degrade(&SHEET);
        let scan = Scan::read(&file).unwrap();
        let first = scan.readings().count();
        let report = scan.inspect(&expected);
        let read = report.count(CellState::Read);
        assert_eq!(
            (report.count(CellState::Foreign), report.strays.len()),
            (0, 0),
            "misread: {name}"
        );
        println!("| {name} | {first} | {read} | {:.1} |", report.module_px);
    }
}
