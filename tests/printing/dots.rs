//! Symbols on one-bit pictures.

use ocop_stamp::printing::Bitmap;
use rxing::common::HybridBinarizer;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BinaryBitmap, Luma8LuminanceSource, Reader};

/// The text of the symbol on a picture, or `None` where there is none.
pub(crate) fn decode(picture: &Bitmap) -> Option<String> {
    let (width, height) = (picture.width(), picture.height());
    let dots = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let luma = dots.map(|(x, y)| if picture.is_black(x, y) { 0 } else { 255 }).collect();
    let source = Luma8LuminanceSource::new(luma, width, height).unwrap();
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
    QrReader.decode(&mut bitmap).ok().map(|found| found.getText().to_owned())
}

/// How many dots are black.
pub(crate) fn black(picture: &Bitmap) -> u32 {
    picture.bytes().iter().map(|byte| byte.count_ones()).sum()
}
