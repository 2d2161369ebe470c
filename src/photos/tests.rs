//! What becomes of pictures that people send.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::{PhotoError, SMALL_BYTES, read};

/// Red on the left, blue on the right.
fn two_colours(width: u32, height: u32) -> DynamicImage {
    let half = |x: u32, _: u32| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, half))
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn opened(bytes: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().to_rgb8()
}

/// A JPEG with the EXIF orientation `value` and a word that only its metadata has.
fn turned(picture: &DynamicImage, value: u8) -> Vec<u8> {
    let plain = written(picture, ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([value, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"secret place");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
}

#[test]
fn jpeg_png_and_webp_become_jpeg_in_two_sizes() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let photo = read(&written(&two_colours(1600, 800), format)).unwrap();
        assert_eq!(opened(&photo.large).dimensions(), (1024, 512), "{format:?}");
        assert_eq!(opened(&photo.small).dimensions(), (480, 240), "{format:?}");
        assert!(photo.small.len() <= SMALL_BYTES);
        assert_eq!(photo.sha256.len(), 64);
    }
}

#[test]
fn a_photo_taken_with_the_phone_on_its_side_stands_upright_and_loses_its_metadata() {
    let photo = read(&turned(&two_colours(400, 200), 6)).unwrap();
    let seen = opened(&photo.large);
    assert_eq!(seen.dimensions(), (200, 400));
    assert!(seen.get_pixel(100, 20).0[0] > 150, "what was on the left is on top");
    assert!(!photo.large.windows(12).any(|part| part == b"secret place"));
}

#[test]
fn what_is_transparent_is_white() {
    let clear = RgbaImage::from_pixel(200, 200, Rgba([0, 0, 0, 0]));
    let photo = read(&written(&DynamicImage::ImageRgba8(clear), ImageFormat::Png)).unwrap();
    assert!(opened(&photo.large).get_pixel(100, 100).0.iter().all(|&it| it > 250));
}

#[test]
fn a_small_picture_is_not_enlarged() {
    let photo = read(&written(&two_colours(300, 200), ImageFormat::Png)).unwrap();
    assert_eq!(opened(&photo.large).dimensions(), (300, 200));
}

#[test]
fn a_picture_full_of_noise_still_fits_a_phone() {
    let mut state = 1_u32;
    let noise = RgbImage::from_fn(900, 900, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, red, green, blue] = state.to_le_bytes();
        Rgb([red, green, blue])
    });
    let photo = read(&written(&DynamicImage::ImageRgb8(noise), ImageFormat::Png)).unwrap();
    assert!(photo.small.len() <= 2 * SMALL_BYTES, "{} bytes", photo.small.len());
}

#[test]
fn what_is_no_photo_is_refused_with_a_reason() {
    assert!(matches!(read(b""), Err(PhotoError::Empty)));
    assert!(matches!(read(b"GIF89a and more"), Err(PhotoError::Kind)));
    // No TIFF is taken, whole or cut.
    assert!(matches!(read(b"II*\0\x08\0\0\0\x01"), Err(PhotoError::Kind)));
    let broken = written(&two_colours(300, 200), ImageFormat::Png);
    assert!(matches!(read(&broken[..100]), Err(PhotoError::CutOff)));
    let tiny = written(&two_colours(20, 20), ImageFormat::Png);
    assert!(matches!(read(&tiny), Err(PhotoError::TooSmall { width: 20, height: 20 })));
}

#[test]
fn a_picture_that_would_unpack_to_more_than_memory_is_refused_unread() {
    let mut bomb = written(&two_colours(300, 200), ImageFormat::Png);
    // Width and height in the header, and its checksum.
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    assert!(matches!(read(&bomb), Err(PhotoError::TooLarge { .. } | PhotoError::Damaged(_))));
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, &byte: &u8| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}
