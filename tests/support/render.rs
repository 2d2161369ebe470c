//! Pages as pixels at 300 dpi, and the symbols on them.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use ocop_stamp::printing::Imposition;
use rxing::common::HybridBinarizer;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader};

/// A page in gray.
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) luma: Vec<u8>,
}

/// Renders all pages of a file at 300 dpi.
pub(crate) fn at_300_dpi(pdf: Vec<u8>) -> Vec<Picture> {
    // A hair above 300 / 72: the renderer rounds the page down to whole pixels.
    const SCALE: f32 = 300.000_1 / 72.0;
    let pdf = Pdf::new(pdf).unwrap();
    let cache = RenderCache::new();
    let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    pdf.pages()
        .iter()
        .map(|page| {
            let interpreter = InterpreterSettings::default();
            let pixmap = render(page, &cache, &interpreter, &RenderSettings::default(), &settings);
            let gray = |p: &[u8]| {
                (u32::from(p[0]) * 30 + u32::from(p[1]) * 59 + u32::from(p[2]) * 11) / 100
            };
            let bytes = pixmap.data_as_u8_slice();
            Picture {
                width: usize::from(pixmap.width()),
                height: usize::from(pixmap.height()),
                luma: bytes.chunks(4).map(|p| u8::try_from(gray(p)).unwrap()).collect(),
            }
        })
        .collect()
}

/// The text of the symbol in a cell (from 1), or `None` for an empty cell.
pub(crate) fn decode_cell(page: &Picture, sheet: &Imposition, cell: u32) -> Option<String> {
    let rect = sheet.on_page(sheet.cell(cell));
    let pixel = |dots: i32| usize::try_from(dots / sheet.grid().step()).unwrap();
    let (left, top) = (pixel(rect.x), page.height - pixel(rect.top()));
    let (width, height) = (pixel(rect.width), pixel(rect.height));
    let rows = (top..top + height).map(|y| y * page.width + left);
    let luma: Vec<u8> = rows.flat_map(|at| page.luma[at..at + width].to_vec()).collect();
    // The middle tells: around it an empty cell has its die line.
    let middle = |at: &usize| {
        let (x, y) = (at % width, at / width);
        (width / 4..width * 3 / 4).contains(&x) && (height / 4..height * 3 / 4).contains(&y)
    };
    if (0..luma.len()).filter(middle).all(|at| luma[at] == 255) {
        return None;
    }
    let size = (u32::try_from(width).unwrap(), u32::try_from(height).unwrap());
    let source = Luma8LuminanceSource::new(luma, size.0, size.1).unwrap();
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    let found = QrReader.decode(&mut bitmap);
    Some(found.map_or_else(|error| format!("unreadable: {error}"), |r| r.getText().to_owned()))
}
