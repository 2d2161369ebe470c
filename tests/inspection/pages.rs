//! Files of several pictures: every page is read, or the file refused.

use std::io::Cursor;

use ocop_stamp::inspection::{CellState, PictureError, Reading, Scan};
use ocop_stamp::photos::{self, PhotoError};

use crate::sheet::{CELLS, SHEET, expected};

/// Codes read on each page of a file.
fn pages(file: &[u8]) -> Vec<usize> {
    let mut read = Vec::new();
    let looked: Result<(), PictureError> = Scan::each(file, |scan, (page, pages)| {
        assert!(page == read.len() + 1 && pages >= page);
        read.push(scan.readings().count());
        Ok(())
    });
    looked.unwrap();
    read
}

/// An animated PNG of two frames.
fn animated() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 120, 120);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    for tone in [255, 0] {
        writer.write_image_data(&vec![tone; 120 * 120]).unwrap();
    }
    writer.finish().unwrap();
    file
}

#[test]
fn every_page_of_a_tiff_is_read() {
    let file = include_bytes!("s05-two-pages.tif");
    let read = pages(file);
    assert_eq!(read.len(), 2);
    assert!(read.iter().all(|codes| *codes > 0), "{read:?}");
    assert!(matches!(Scan::read(file), Err(PictureError::Pages)), "one picture is asked for");
}

#[test]
fn pages_are_read_whichever_way_round_their_numbers_stand() {
    for big_endian in [false, true] {
        let file = tiff_of(2, big_endian);
        assert_eq!(pages(&file), [42, 42], "{big_endian}");
    }
    assert_eq!(pages(&SHEET.at_dpi(150).png()), [42]);
}

/// A TIFF with the sheet on each of its pages.
pub(crate) fn tiff_of(count: usize, big_endian: bool) -> Vec<u8> {
    let sheet = SHEET.at_dpi(150).image().into_luma8();
    let (width, height) = sheet.dimensions();
    let pixels = sheet.into_raw();
    let short = |n: u16| if big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
    let long = |n: u32| if big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
    let mut file = if big_endian { b"MM".to_vec() } else { b"II".to_vec() };
    file.extend(short(42));
    let at = |bytes: usize| u32::try_from(bytes).unwrap();
    file.extend(long(at(8 + pixels.len())));
    file.extend(&pixels);
    // Width, height, bits, no compression, black is zero, one strip, one sample, all rows, bytes.
    let tags: [(u16, u32); 9] = [
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (278, height),
        (279, at(pixels.len())),
    ];
    for page in 1..=count {
        file.extend(short(9));
        for (tag, value) in tags {
            file.extend(short(tag));
            file.extend(short(4));
            file.extend(long(1));
            file.extend(long(value));
        }
        let next = if page == count { 0 } else { at(file.len() + 4) };
        file.extend(long(next));
    }
    file
}

#[test]
fn a_picture_that_moves_is_refused() {
    let file = animated();
    assert!(matches!(Scan::read(&file), Err(PictureError::Animated)));
    assert!(matches!(photos::read(&file), Err(PhotoError::Animated)));
    let still = SHEET.at_dpi(150).image();
    let mut webp = Cursor::new(Vec::new());
    still.to_rgb8().write_to(&mut webp, image::ImageFormat::WebP).unwrap();
    assert!(photos::read(webp.get_ref()).is_ok());
}

#[test]
fn a_mirrored_lamp_is_the_pictures_fault_and_a_blank_place_the_stamps() {
    let mut sheet = SHEET.clone();
    let (left, top, width, height) = crate::sheet::trim_px(42);
    sheet.fill((left - 24, top - 24, width + 48, height + 48), 255);
    let lit = crate::measure::photo(&sheet).unevenly_lit(70).mirroring((1500, 1500), 420);
    let report = Scan::read(&lit.noisy(4).jpeg(90)).unwrap().inspect(&expected("AB12", CELLS));
    let unread: Vec<_> = report
        .cells
        .iter()
        .filter(|cell| cell.state != CellState::Read)
        .map(|cell| (cell.cell, cell.state))
        .collect();
    assert_eq!(unread.last(), Some(&(42, CellState::Blank)), "{unread:?}");
    let (_, unclear) = unread.split_last().unwrap();
    assert!(!unclear.is_empty(), "the lamp hides nothing");
    assert!(unclear.iter().all(|(_, state)| *state == CellState::Unclear), "{unread:?}");
    assert!(!report.is_clear() && report.is_whole());
}

#[test]
fn a_photo_taken_with_flash_voids_no_stamp() {
    let scan = Scan::read(include_bytes!("s13-flash.jpg")).unwrap();
    // Cells are filled in the order of the serials; those under the flash are 15 and 16.
    let mut serials: Vec<_> = scan.readings().filter_map(Reading::serial).collect();
    serials.sort();
    let mut expected = expected("AB12", CELLS);
    let unread = expected.cells.len() - serials.len();
    assert!(unread > 0, "the flash hides nothing");
    for cell in &mut expected.cells {
        let at = usize::try_from(cell.cell).unwrap() - 1;
        let read = if at < 14 {
            serials.get(at)
        } else {
            at.checked_sub(unread).and_then(|at| serials.get(at))
        };
        let is_hidden = (14..14 + unread).contains(&at);
        cell.serial = read.copied().filter(|_| !is_hidden).unwrap_or(cell.serial);
    }
    let report = scan.inspect(&expected);
    assert_eq!(
        (report.count(CellState::Blank), report.count(CellState::Unreadable)),
        (0, 0),
        "{report:#?}"
    );
    assert!(!report.is_clear() && !report.is_right());
}
