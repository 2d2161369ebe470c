//! Files that are read, and files that are refused.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use ocop_stamp::inspection::{BYTES_MAX, PictureError, Scan};

use crate::sheet::SHEET;

#[test]
fn png_jpeg_and_tiff_are_read_in_gray_and_in_colour() {
    let sheet = SHEET.at_dpi(150).image();
    let pictures = [sheet.clone(), sheet.to_rgb8().into(), sheet.to_luma16().into()];
    for (index, picture) in pictures.iter().enumerate() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Tiff] {
            // JPEG has eight bits.
            if (index, format) != (2, ImageFormat::Jpeg) {
                let mut file = Cursor::new(Vec::new());
                picture.write_to(&mut file, format).unwrap();
                let scan = Scan::read(file.get_ref()).unwrap();
                assert_eq!(scan.readings().count(), 42, "{format:?} {index}");
            }
        }
    }
}

#[test]
fn what_is_transparent_is_paper() {
    let sheet = SHEET.at_dpi(150).image().into_luma8();
    let ink = |x, y| Rgba([0, 0, 0, 255 - sheet.get_pixel(x, y).0[0]]);
    let picture = DynamicImage::from(RgbaImage::from_fn(sheet.width(), sheet.height(), ink));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    assert_eq!(Scan::read(file.get_ref()).unwrap().readings().count(), 42);
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in [&b""[..], b"%PDF-1.7", b"serial,state", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"] {
        assert!(matches!(Scan::read(bytes).unwrap_err(), PictureError::Kind), "{bytes:?}");
    }
}

#[test]
fn a_damaged_picture_is_refused() {
    let file = SHEET.at_dpi(100).png();
    for length in [20, 60, file.len() / 2] {
        let error = Scan::read(&file[..length]).unwrap_err();
        assert!(matches!(error, PictureError::CutOff), "{length}: {error:?}");
    }
}

#[test]
fn pictures_too_large_are_refused_before_they_are_unpacked() {
    // Where a PNG says how wide it is: bytes 16 to 23, guarded by a checksum.
    let mut file = SHEET.at_dpi(30).png();
    file[16..24].copy_from_slice(&[0, 0, 0x60, 0, 0, 0, 0x60, 0]);
    let sum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&sum.to_be_bytes());
    let error = Scan::read(&file).unwrap_err();
    let large = PictureError::TooLarge { width: 24_576, height: 24_576 };
    assert_eq!(error.to_string(), large.to_string());
    let error = Scan::read(&vec![0; BYTES_MAX + 1]).unwrap_err();
    assert!(matches!(error, PictureError::TooLong(_)), "{error:?}");
}

#[test]
fn pictures_too_small_hold_nothing() {
    for size in [1, 2, 7, 41, 50] {
        let mut file = Cursor::new(Vec::new());
        DynamicImage::new_luma8(size, size).write_to(&mut file, ImageFormat::Png).unwrap();
        assert_eq!(Scan::read(file.get_ref()).unwrap().readings().count(), 0);
    }
}

/// The checksum of PNG (ISO 3309), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, &byte| (0..8).fold(sum ^ u32::from(byte), step))
}
