//! Pictures that are not wholly there are refused: of what was lost in transfer nothing is told.

use std::io::Cursor;

use image::codecs::tiff::TiffEncoder;
use image::{DynamicImage, ImageFormat};
use ocop_stamp::inspection::{PictureError, Scan};
use ocop_stamp::photos::{self, PhotoError};

use crate::pages::tiff_of;
use crate::sheet::SHEET;

fn small() -> DynamicImage {
    SHEET.at_dpi(60).image()
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// How many pictures of a file were looked at, or why not.
fn looked_at(file: &[u8]) -> Result<usize, PictureError> {
    let mut pictures = 0;
    Scan::each(file, |_, _| -> Result<(), PictureError> {
        pictures += 1;
        Ok(())
    })?;
    Ok(pictures)
}

#[track_caller]
fn assert_refused(file: &[u8], what: &str) {
    let looked = looked_at(file);
    let is_damage = matches!(looked, Err(PictureError::CutOff | PictureError::Damaged(_)));
    assert!(is_damage || matches!(looked, Err(PictureError::Kind)), "{what}: {looked:?}");
}

#[test]
fn a_file_cut_off_anywhere_is_refused_whatever_its_kind() {
    let gray = small();
    let colour: DynamicImage = gray.to_rgb8().into();
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Tiff, ImageFormat::WebP] {
        for picture in [&gray, &colour] {
            if format == ImageFormat::WebP && picture.color() != colour.color() {
                continue;
            }
            let file = written(picture, format);
            assert_eq!(looked_at(&file).unwrap(), 1, "{format:?}");
            let parts = (1..40).map(|part| file.len() * part / 40);
            for length in parts.chain([1, 2, 4, 9, 17].map(|less| file.len() - less)) {
                assert_refused(&file[..length], &format!("{format:?} at {length}"));
                // What a program for downloads leaves when it has reserved the space before.
                let mut reserved = file[..length].to_vec();
                reserved.resize(file.len(), 0);
                // The last bytes say nothing but that the file ends.
                let is_told = matches!(format, ImageFormat::Jpeg | ImageFormat::Png);
                if is_told && length + 8 < file.len() {
                    assert_refused(&reserved, &format!("{format:?} at {length}, then zeros"));
                }
            }
        }
    }
}

#[test]
fn a_jpeg_that_ends_before_its_last_rows_is_refused() {
    let file = written(&SHEET.at_dpi(150).image(), ImageFormat::Jpeg);
    for percent in [30, 60, 88, 95] {
        let mut ended = file[..file.len() * percent / 100].to_vec();
        ended.extend([0xFF, 0xD9]);
        assert_refused(&ended, &format!("{percent} %"));
        assert!(matches!(photos::read(&ended), Err(PhotoError::Damaged(_))), "{percent} %");
    }
    let cut = &file[..file.len() * 88 / 100];
    assert!(matches!(looked_at(cut), Err(PictureError::CutOff)));
    assert!(matches!(photos::read(cut), Err(PhotoError::CutOff)));
    assert!(photos::read(&file).is_ok());
}

#[test]
fn a_tiff_whose_next_page_cannot_be_read_is_refused() {
    for big_endian in [false, true] {
        let file = tiff_of(3, big_endian);
        assert_eq!(looked_at(&file).unwrap(), 3);
        // Directories of nine entries stand one after the other at the end.
        for less in [1, 4, 60, 114, 120, 200, 228, 240] {
            assert_refused(&file[..file.len() - less], &format!("{less} bytes less"));
        }
    }
    let mut buffer = Cursor::new(Vec::new());
    small().write_with_encoder(TiffEncoder::new(&mut buffer)).unwrap();
    assert_eq!(looked_at(buffer.get_ref()).unwrap(), 1);
    // An empty directory, as zeros for what was not transferred read.
    assert_refused(b"II*\0\x08\0\0\0\0\0\0\0\0\0", "no entries");
    assert_refused(b"II*\0\0\0\0\0", "no page");
}

#[test]
fn every_picture_of_a_file_of_several_is_looked_at() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let one = written(&SHEET.at_dpi(150).image(), format);
        let two = [&one[..], &one].concat();
        let mut read = Vec::new();
        Scan::each(&two, |scan, (page, pages)| -> Result<(), PictureError> {
            read.push((page, pages, scan.readings().count()));
            Ok(())
        })
        .unwrap();
        assert_eq!(read, [(1, 2, 42), (2, 2, 42)], "{format:?}");
        assert!(matches!(Scan::read(&two), Err(PictureError::Pages)));
        assert_refused(&two[..two.len() - 30], "the second picture is cut off");
    }
}

/// An index of several pictures (CIPA DC-007) before the other segments of a JPEG: where each picture
/// begins, from its own start on, its bytes, and what it is.
fn indexed(jpeg: &[u8], others: &[(u32, &[u8])]) -> Vec<u8> {
    let count = u32::try_from(others.len() + 1).unwrap();
    let tiff_bytes = 8 + 2 + 12 + 4 + 16 * (others.len() + 1);
    let mut index = b"MPF\0II*\0\x08\0\0\0\x01\0".to_vec();
    index.extend([0x02, 0xB0, 7, 0]);
    index.extend((16 * count).to_le_bytes());
    index.extend(26_u32.to_le_bytes());
    index.extend([0; 4]);
    let segment = 2 + 2 + 4 + tiff_bytes;
    let own = jpeg.len() + segment;
    let entry = |kind: u32, bytes: usize, at: usize| {
        let numbers = [kind, u32::try_from(bytes).unwrap(), u32::try_from(at).unwrap(), 0];
        numbers.map(u32::to_le_bytes).concat()
    };
    index.extend(entry(0x03_0000, own, 0));
    // Places are counted from the byte order on, ten bytes into the file and its segment.
    let mut at = own - 10;
    for (kind, other) in others {
        index.extend(entry(*kind, other.len(), at));
        at += other.len();
    }
    let mut file = jpeg[..2].to_vec();
    file.extend([0xFF, 0xE2]);
    file.extend(u16::try_from(index.len() + 2).unwrap().to_be_bytes());
    file.extend(index);
    file.extend(&jpeg[2..]);
    for (_, other) in others {
        file.extend(*other);
    }
    file
}

#[test]
fn smaller_copies_and_gain_maps_of_phones_are_no_pages() {
    let sheet = written(&small(), ImageFormat::Jpeg);
    let mut map = written(&DynamicImage::new_luma8(40, 60), ImageFormat::Jpeg);
    let xmp =
        b"http://ns.adobe.com/xap/1.0/\0<x xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\"/>";
    let mut marked = vec![0xFF, 0xE1];
    marked.extend(u16::try_from(xmp.len() + 2).unwrap().to_be_bytes());
    marked.extend(xmp);
    map.splice(2..2, marked);
    assert_eq!(looked_at(&[&sheet[..], &map].concat()).unwrap(), 1);
    assert_eq!(looked_at(&indexed(&sheet, &[(0, &map)])).unwrap(), 1);
    let copy = written(&DynamicImage::new_luma8(160, 120), ImageFormat::Jpeg);
    assert_eq!(looked_at(&indexed(&sheet, &[(0x01_0001, &copy)])).unwrap(), 1);
    assert_eq!(looked_at(&indexed(&sheet, &[(0, &sheet)])).unwrap(), 2);
    let named_often = indexed(&sheet, &vec![(0, &b"\xFF\xD8\xFF\xD9"[..]); 300]);
    assert!(matches!(looked_at(&named_often), Err(PictureError::Pages)));
    // A phone writes a film behind its picture.
    assert_eq!(looked_at(&[&sheet[..], b"\0\0\0\x18ftypmp42"].concat()).unwrap(), 1);
}

#[test]
fn a_picture_that_the_index_names_and_the_file_lacks_is_missed() {
    let sheet = written(&small(), ImageFormat::Jpeg);
    let whole = indexed(&sheet, &[(0, &sheet)]);
    assert_refused(&whole[..whole.len() - sheet.len()], "cut off between the pictures");
}
