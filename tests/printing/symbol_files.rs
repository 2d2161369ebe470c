//! Symbols as files of their own.

use crate::dots::decode;
use crate::file;
use crate::job::{Desk, desk, desk_of, face, layout};
use crate::render;
use ocop_stamp::printing::qr::{self, ErrorCorrection, Symbol};
use ocop_stamp::printing::{Bitmap, SymbolFiles};

/// The value of an attribute of the first element that has it.
fn attribute<'a>(svg: &'a str, name: &str) -> &'a str {
    let (_, rest) = svg.split_once(&format!(" {name}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

/// Draws a path of `M x y h n v 1 h -n z`, four dots to the unit.
fn drawn(path: &str, side: u32) -> Bitmap {
    let mut bitmap = Bitmap::new(side * 4, side * 4);
    for part in path.split_terminator('z') {
        let (start, run) = part.strip_prefix('M').unwrap().split_once('h').unwrap();
        let (x, y) = start.split_once(' ').unwrap();
        let (x, y): (u32, u32) = (x.parse().unwrap(), y.parse().unwrap());
        let (length, back) = run.split_once("v1h-").unwrap();
        assert_eq!(length, back);
        for dy in 0..4 {
            for dx in 0..4 * length.parse::<u32>().unwrap() {
                bitmap.blacken(x * 4 + dx, y * 4 + dy);
            }
        }
    }
    bitmap
}

fn files(desk: &Desk) -> (SymbolFiles, Symbol, String) {
    let text = face(7).text;
    let symbol = qr::encode(&text, ErrorCorrection::M).unwrap();
    (SymbolFiles::new(&desk.design, &desk.imposition), symbol, text)
}

#[test]
fn an_svg_symbol_is_one_path_in_millimetres_and_decodes() {
    let (files, symbol, text) = files(&desk());
    let svg = files.svg(&symbol);
    // 41 modules and the quiet zone, each 10 dots of 600 dpi: 49 × 0.4233 mm.
    assert_eq!(attribute(&svg, "width"), "20.7433mm");
    assert_eq!(attribute(&svg, "height"), "20.7433mm");
    assert_eq!(attribute(&svg, "viewBox"), "0 0 49 49");
    assert_eq!(attribute(&svg, "shape-rendering"), "crispEdges");
    assert_eq!(svg.matches("<path").count(), 1);
    assert_eq!(decode(&drawn(attribute(&svg, "d"), 49)), Some(text));
}

#[test]
fn a_pdf_symbol_is_a_mask_in_black_alone_as_large_as_on_the_sheets_and_decodes() {
    let (files, symbol, text) = files(&desk());
    let pdf = files.pdf(&symbol).unwrap();
    let pages = file::pages(&pdf);
    let content = file::readable(&pages[0]);
    assert!(content.contains("0 0 0 1 k"), "{content}");
    assert!(content.contains("/IM true"), "{content}");
    let page = render::at_300_dpi(pdf).remove(0);
    assert_eq!((page.width, page.height), (245, 245));
    let mut dots = Bitmap::new(245, 245);
    for (at, luma) in (0..).zip(page.luma) {
        if luma < 128 {
            dots.blacken(at % 245, at / 245);
        }
    }
    assert_eq!(decode(&dots), Some(text));
    let gray = desk_of(&layout("cuon-nhiet-203"), "sen-25x35");
    let (files, symbol, _) = self::files(&gray);
    let pdf = files.pdf(&symbol).unwrap();
    assert!(file::readable(&file::pages(&pdf)[0]).contains("0 g"));
}
